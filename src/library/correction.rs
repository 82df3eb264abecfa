//! The reader's corrections of single fields.
//!
//! The tables of articles have what holds, so that lists, search and stories need not know of
//! corrections; beside it is kept what the source says. By that an article is known again when its file
//! is imported once more.

use rusqlite::{Connection, params};

use super::{Error, Library, article, columns, storing};
use crate::ingest;
use crate::model::{Article, ArticleId, Basis, Draft, Field, FieldValue, Source, Title};

/// Versions of one page that are read at most, the newest.
const VERSIONS: usize = 64;

impl Library {
    /// All versions of an article that are kept, the oldest first; of very many the newest.
    ///
    /// # Errors
    /// `NoArticle`; or where the library's file cannot be read.
    pub fn versions(&self, id: ArticleId) -> Result<Vec<Article>, Error> {
        self.read(|tables| {
            let all = article::versions(tables, id)?;
            let kept = all.get(all.len().saturating_sub(VERSIONS)..).unwrap_or_default();
            let loaded = kept.iter().filter_map(|id| article::load(tables, *id).transpose());
            loaded.map(|article| Ok(article::numbered(article?, &all))).collect()
        })
        .and_then(|all: Vec<Article>| if all.is_empty() { Err(Error::NoArticle(id)) } else { Ok(all) })
    }
}

/// What the source says of the fields of an article that are corrected, in the order of fields.
pub(super) fn of(tables: &Connection, id: ArticleId) -> rusqlite::Result<Vec<FieldValue>> {
    let mut stated: Vec<FieldValue> = tables
        .prepare_cached("SELECT stated FROM correction WHERE article = ?")?
        .query_map([id.0], |row| Ok(serde_json::from_str(article::word(row, 0)?).ok()))?
        .filter_map(Result::transpose)
        .collect::<rusqlite::Result<_>>()?;
    stated.sort_by_key(FieldValue::field);
    Ok(stated)
}

/// What takes a correction back.
pub(super) struct Back {
    /// What the field was corrected to, where it was.
    pub to: Option<FieldValue>,
}

/// Has a field say `to`, or what the source says; what takes that back, or `None` where nothing changes.
pub(super) fn set(
    tables: &Connection,
    id: ArticleId,
    field: Field,
    to: Option<FieldValue>,
) -> rusqlite::Result<Option<Back>> {
    let Some(article) = article::load(tables, id)? else { return Ok(None) };
    let now = FieldValue::of(field, &article.draft);
    let before = article.corrected.into_iter().find(|stated| stated.field() == field);
    let stated = before.clone().unwrap_or_else(|| now.clone());
    let to = to.filter(|to| to.field() == field).map(named).filter(|to| *to != stated);
    let was = before.is_some().then(|| now.clone());
    if to == was {
        return Ok(None);
    }
    if to.is_some() {
        tables
            .prepare_cached("INSERT OR REPLACE INTO correction (article, field, stated) VALUES (?, ?, ?)")?
            .execute(params![id.0, name(field), words(&stated)])?;
    } else {
        tables
            .prepare_cached("DELETE FROM correction WHERE article = ? AND field = ?")?
            .execute(params![id.0, name(field)])?;
    }
    let mut draft = article.draft;
    to.unwrap_or(stated).put(&mut draft);
    write(tables, id, field, &draft)?;
    Ok(Some(Back { to: was }))
}

/// Gives the corrections of an article to its newer version; the older one says again what its source
/// said then.
pub(super) fn hand_over(tables: &Connection, older: i64, newer: i64) -> rusqlite::Result<()> {
    let number = |id| ArticleId(u32::try_from(id).unwrap_or(u32::MAX));
    let (older, newer) = (number(older), number(newer));
    for stated in of(tables, older)? {
        let field = stated.field();
        let correction = set(tables, older, field, None)?.and_then(|back| back.to);
        set(tables, newer, field, correction)?;
    }
    Ok(())
}

/// A correction as it is kept: an outlet by the name that the reader gives it, as other articles of it
/// have it; a headline as stated, since someone states it now.
fn named(value: FieldValue) -> FieldValue {
    match value {
        FieldValue::Source(Source { name: Some(name), domain: None, .. }) => {
            let plain = || Source { name: Some(name.clone()), domain: None, basis: Basis::Stated };
            FieldValue::Source(ingest::source_named(&name).unwrap_or_else(plain))
        }
        FieldValue::Title(title) => FieldValue::Title(Title { basis: Basis::Stated, ..title }),
        value => value,
    }
}

fn write(tables: &Connection, id: ArticleId, field: Field, draft: &Draft) -> rusqlite::Result<()> {
    match field {
        Field::Title => {
            tables
                .prepare_cached("UPDATE article SET title = ?, title_basis = ? WHERE id = ?")?
                .execute(params![draft.title.text, columns::basis(draft.title.basis), id.0])?;
        }
        Field::Source => {
            let source = storing::source_id(tables, &draft.source)?;
            tables
                .prepare_cached("UPDATE article SET source = ?, source_basis = ? WHERE id = ?")?
                .execute(params![source, columns::basis(draft.source.basis), id.0])?;
        }
        Field::Date => {
            let (day, day_to) = columns::days(draft.published);
            tables
                .prepare_cached("UPDATE article SET day = ?, day_to = ? WHERE id = ?")?
                .execute(params![day, day_to, id.0])?;
        }
        Field::Authors => {
            tables
                .prepare_cached("UPDATE body SET authors = ? WHERE article = ?")?
                .execute(params![columns::words(&draft.authors), id.0])?;
            // Nothing is found or grouped by them.
            return Ok(());
        }
        Field::Language => {
            tables
                .prepare_cached("UPDATE article SET language = ?, minutes = ? WHERE id = ?")?
                .execute(params![draft.language.code(), draft.minutes(), id.0])?;
        }
    }
    stir(tables, id)
}

/// Has an article analysed, indexed and grouped anew. When it is analysed it is to be grouped with those
/// around its day; the stories that it stands in or beside are too, since they may lie on other days.
fn stir(tables: &Connection, id: ArticleId) -> rusqlite::Result<()> {
    tables
        .prepare_cached(
            "INSERT OR REPLACE INTO regroup (article, day)
             SELECT id, day FROM article JOIN member ON member.article = article.id
             WHERE story IN (SELECT story FROM member WHERE article = ?1
                             UNION SELECT story FROM related WHERE article = ?1)",
        )?
        .execute([id.0])?;
    tables.prepare_cached("DELETE FROM analysis WHERE article = ?")?.execute([id.0])?;
    tables.prepare_cached("INSERT INTO reindex (article) VALUES (?)")?.execute([id.0])?;
    Ok(())
}

/// The articles that the index is to take in anew, and the number up to which that is known.
pub(super) fn to_index(tables: &Connection) -> rusqlite::Result<(Vec<ArticleId>, i64)> {
    let mut query = tables.prepare_cached("SELECT article, max(id) FROM reindex GROUP BY article")?;
    let rows = query
        .query_map([], |r| Ok((ArticleId(r.get(0)?), r.get(1)?)))?
        .collect::<rusqlite::Result<Vec<(ArticleId, i64)>>>()?;
    let up_to = rows.iter().map(|(_, number)| *number).max().unwrap_or(0);
    Ok((rows.into_iter().map(|(id, _)| id).collect(), up_to))
}

/// The index has taken in what was to be up to this number, but for the articles `unready`: by their
/// marks they are also found when what was corrected is analysed.
pub(super) fn indexed(tables: &Connection, up_to: i64, unready: &[ArticleId]) -> rusqlite::Result<()> {
    let unready: Vec<u32> = unready.iter().map(|id| id.0).collect();
    let unready = serde_json::to_string(&unready).expect("numbers are JSON");
    tables
        .prepare_cached(
            "DELETE FROM reindex WHERE id <= ? AND article NOT IN (SELECT value FROM json_each(?))",
        )?
        .execute(params![up_to, unready])?;
    Ok(())
}

/// A number that grows with each correction by which an article may say something else.
pub(super) fn newest(tables: &Connection) -> rusqlite::Result<i64> {
    tables
        .prepare_cached("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'reindex'")?
        .query_row([], |r| r.get(0))
}

/// Whether what an article says is the same in both states of it.
pub(super) fn reads_alike(one: &Draft, other: &Draft) -> bool {
    [Field::Title, Field::Source, Field::Date, Field::Language]
        .into_iter()
        .all(|field| FieldValue::of(field, one) == FieldValue::of(field, other))
}

/// Whether an article says what it said before it was corrected, if it was: nothing is found or grouped
/// by its authors.
pub(super) fn reads_as_stated(tables: &Connection, id: ArticleId) -> rusqlite::Result<bool> {
    Ok(of(tables, id)?.iter().all(|stated| stated.field() == Field::Authors))
}

fn words(value: &FieldValue) -> String {
    serde_json::to_string(value).expect("a field is JSON")
}

fn name(field: Field) -> &'static str {
    match field {
        Field::Title => "title",
        Field::Source => "source",
        Field::Date => "date",
        Field::Authors => "authors",
        Field::Language => "language",
    }
}

#[cfg(test)]
#[path = "correction_tests.rs"]
mod tests;
