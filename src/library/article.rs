//! Articles as the tables have them: counted, listed, read.

use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};

use super::{columns, correction, export, note, packing, saved, tag};
use crate::model::{
    Article, ArticleId, ArticleRow, Draft, Filter, ParagraphKind, ReadState, Source, StoryBadge, StoryId,
    Title, Version,
};

/// How many articles are listed; triggers count them, since looking at a million takes 80 ms.
pub(super) fn count(tables: &Connection) -> rusqlite::Result<u32> {
    tables.prepare_cached("SELECT articles FROM tally")?.query_row([], |r| r.get(0))
}

/// The last article that was stored.
pub(super) fn newest(tables: &Connection) -> rusqlite::Result<ArticleId> {
    tables
        .prepare_cached("SELECT coalesce(max(id), 0) FROM article")?
        .query_row([], |r| r.get(0).map(ArticleId))
}

/// Whether an article is there and no newer version has replaced it.
pub(super) fn is_listed(tables: &Connection, id: ArticleId) -> rusqlite::Result<bool> {
    tables
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM article WHERE id = ? AND replaced_by IS NULL)")?
        .query_row([id.0], |r| r.get(0))
}

/// The text of an article; `None` where there is none with this number.
pub(super) fn text(tables: &Connection, id: ArticleId) -> rusqlite::Result<Option<String>> {
    tables
        .prepare_cached("SELECT text FROM body WHERE article = ?")?
        .query_row([id.0], |row| packing::unpack(tables, row.get_ref(0)?.as_blob()?))
        .optional()
}

/// How many articles a filter lets through, and how many of them are unread.
pub(super) fn counts(
    tables: &Connection,
    filter: &Filter,
    new_since: Option<ArticleId>,
) -> rusqlite::Result<(u32, u32)> {
    let (join, condition, values) = condition(filter, since(tables, new_since)?);
    tables
        .prepare_cached(&format!(
            "SELECT count(*), count(*) FILTER (WHERE NOT coalesce(mark.read, 0)) FROM article {join}
             LEFT JOIN state AS mark ON mark.article = article.id
             WHERE replaced_by IS NULL {condition}"
        ))?
        .query_row(params_from_iter(values), |r| Ok((r.get(0)?, r.get(1)?)))
}

/// The last article that is not new: of this visit, else of the last one.
pub(super) fn since(tables: &Connection, new_since: Option<ArticleId>) -> rusqlite::Result<ArticleId> {
    new_since.map_or_else(|| saved::seen(tables), Ok)
}

/// Tables to join, the condition and its values.
pub(super) fn condition(filter: &Filter, since: ArticleId) -> (&'static str, &'static str, Vec<Value>) {
    let words = |word: &str| Value::Text(word.to_owned());
    match filter {
        Filter::All => ("", "", Vec::new()),
        Filter::Unread => {
            ("LEFT JOIN state ON state.article = article.id", "AND NOT coalesce(state.read, 0)", Vec::new())
        }
        Filter::Starred => ("JOIN state ON state.article = article.id", "AND state.starred", Vec::new()),
        Filter::New => ("", "AND article.id > ?", vec![Value::Integer(since.0.into())]),
        Filter::Noted => ("", "AND EXISTS (SELECT 1 FROM note WHERE note.article = article.id)", Vec::new()),
        Filter::Tagged(tag) => (
            "JOIN tagged ON tagged.article = article.id JOIN tag ON tag.id = tagged.tag",
            "AND tag.folded = ?",
            vec![Value::Text(tag::folded(tag))],
        ),
        Filter::Source(outlet) => (
            "",
            "AND article.source IN (SELECT id FROM source WHERE coalesce(nullif(name, ''), domain) = ?)",
            vec![words(outlet)],
        ),
        Filter::Story(story) => (
            "JOIN member ON member.article = article.id",
            "AND member.story = ?",
            vec![Value::Integer(story.0.into())],
        ),
        Filter::Feed { id, .. } => {
            ("JOIN fed ON fed.article = article.id", "AND fed.feed = ?", vec![Value::Integer(id.0.into())])
        }
        Filter::Entity { kind, canonical } => (
            "JOIN mention ON mention.article = article.id JOIN entity ON entity.id = mention.entity",
            "AND entity.kind = ? AND entity.canonical = ?",
            vec![words(columns::entity_kind(*kind)), words(canonical)],
        ),
    }
}

/// What the list shows of `ids`, in their order; unknown ones are left out.
pub(super) fn rows(tables: &Connection, ids: &[ArticleId]) -> rusqlite::Result<Vec<ArticleRow>> {
    let mut query = tables.prepare_cached(
        "SELECT title, title_basis, name, domain, source_basis, day, day_to, minutes,
                coalesce(read, 0), coalesce(starred, 0), story.id, story.articles,
                (SELECT json_group_array(name) FROM (SELECT name FROM tagged JOIN tag ON tag.id = tag
                 WHERE tagged.article = article.id ORDER BY folded)),
                (SELECT count(*) FROM note WHERE note.article = article.id)
         FROM article
         JOIN source ON source.id = article.source
         LEFT JOIN state ON state.article = article.id
         LEFT JOIN member ON member.article = article.id
         LEFT JOIN story ON story.id = member.story
         WHERE article.id = ?",
    )?;
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        rows.extend(query.query_row([id.0], |row| listed(*id, row)).optional()?);
    }
    Ok(rows)
}

fn listed(id: ArticleId, row: &Row<'_>) -> rusqlite::Result<ArticleRow> {
    let story: Option<u32> = row.get(10)?;
    let articles: Option<u16> = row.get(11)?;
    Ok(ArticleRow {
        id,
        title: row.get(0)?,
        title_derived: word(row, 1)? == "derived",
        source: source(row, 2)?,
        published: columns::to_published(optional(row, 5)?, optional(row, 6)?),
        minutes: row.get(7)?,
        read: row.get(8)?,
        starred: row.get(9)?,
        story: story.zip(articles).map(|(id, articles)| StoryBadge { id: StoryId(id), articles }),
        tags: columns::to_words(word(row, 12)?),
        notes: row.get(13)?,
    })
}

/// One whole article; `None` where there is none with this number. It counts as the only version:
/// see [`numbered`].
pub(super) fn load(tables: &Connection, id: ArticleId) -> rusqlite::Result<Option<Article>> {
    tables
        .prepare_cached(
            "SELECT title, title_basis, name, domain, source_basis, day, day_to, language, text, paragraphs,
                    kicker, lead, url, authors, agencies, origin, key,
                    coalesce(read, 0), coalesce(starred, 0), coalesce(place, 0), member.story, given, added
             FROM article
             JOIN body ON body.article = article.id
             JOIN source ON source.id = article.source
             LEFT JOIN state ON state.article = article.id
             LEFT JOIN member ON member.article = article.id
             WHERE article.id = ?",
        )?
        .query_row([id.0], |row| whole(tables, id, row))
        .optional()?
        .map(|article| {
            let notes = note::of(tables, id, &article.draft.text)?;
            let corrected = correction::of(tables, id)?;
            Ok(Article { tags: tag::of(tables, id)?, notes, corrected, ..article })
        })
        .transpose()
}

/// All versions of an article that are kept, the oldest first; none where there is no such article.
pub(super) fn versions(tables: &Connection, id: ArticleId) -> rusqlite::Result<Vec<ArticleId>> {
    let mut all = Vec::new();
    if let Some(newest) = super::change::newest_version(tables, id)? {
        export::with_older(tables, newest, &mut all)?;
    }
    all.sort_unstable();
    Ok(all)
}

/// The article with its number among `versions`. Apart from [`load`], since finding them takes time that
/// only readers need to spend.
pub(super) fn numbered(article: Article, versions: &[ArticleId]) -> Article {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let older = versions.iter().filter(|other| **other < article.id).count();
    let version = Version { number: number(older + 1), of: number(versions.len()), ..article.version };
    Article { version, ..article }
}

fn whole(tables: &Connection, id: ArticleId, row: &Row<'_>) -> rusqlite::Result<Article> {
    let body = packing::unpack(tables, row.get_ref(8)?.as_blob()?)?;
    let paragraphs = columns::to_paragraphs(word(row, 9)?, &body);
    let draft = Draft {
        origin: row.get(15)?,
        key: row.get(16)?,
        title: Title { text: row.get(0)?, basis: columns::to_basis(word(row, 1)?) },
        kicker: columns::to_standing(row.get(10)?, ParagraphKind::Kicker, &paragraphs, &body),
        lead: columns::to_standing(row.get(11)?, ParagraphKind::Lead, &paragraphs, &body),
        source: source(row, 2)?,
        url: row.get(12)?,
        published: columns::to_published(optional(row, 5)?, optional(row, 6)?),
        authors: columns::to_words(word(row, 13)?),
        agencies: columns::to_words(word(row, 14)?),
        language: columns::to_language(word(row, 7)?),
        paragraphs,
        text: body,
        given: columns::to_fields(optional(row, 21)?),
        kept: None,
    };
    let state = ReadState { read: row.get(17)?, starred: row.get(18)?, place: row.get(19)? };
    let story: Option<u32> = row.get(20)?;
    let story = story.map(StoryId);
    let added: Option<i64> = row.get(22)?;
    let added = added.and_then(|second| Timestamp::from_second(second).ok());
    let version = Version { added, ..Version::default() };
    Ok(Article {
        id,
        draft,
        state,
        story,
        tags: Vec::new(),
        notes: Vec::new(),
        corrected: Vec::new(),
        version,
    })
}

/// Name, domain and basis from column `at` on.
fn source(row: &Row<'_>, at: usize) -> rusqlite::Result<Source> {
    let filled = |at| -> rusqlite::Result<Option<String>> {
        Ok(Some(word(row, at)?).filter(|w| !w.is_empty()).map(str::to_owned))
    };
    Ok(Source { name: filled(at)?, domain: filled(at + 1)?, basis: columns::to_basis(word(row, at + 2)?) })
}

pub(super) fn word<'row>(row: &'row Row<'_>, at: usize) -> rusqlite::Result<&'row str> {
    Ok(row.get_ref(at)?.as_str()?)
}

pub(super) fn optional<'row>(row: &'row Row<'_>, at: usize) -> rusqlite::Result<Option<&'row str>> {
    Ok(row.get_ref(at)?.as_str_or_null()?)
}
