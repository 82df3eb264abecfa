//! Articles in and out of the tables.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

use super::identity::{self, Known};
use super::{columns, note, packing, saved, state, tag};
use crate::model::{
    Article, ArticleId, ArticleRow, Draft, Filter, Kept, Note, NoteId, ParagraphKind, ReadState, Source,
    StoryBadge, StoryId, Title,
};

/// What became of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stored {
    /// A new article.
    Added(ArticleId),
    /// A new text for an address that had another.
    Updated(ArticleId),
    /// The library has it.
    Duplicate,
}

/// Stores a draft, where the library does not have it.
pub(super) fn insert(tables: &Connection, draft: &Draft) -> rusqlite::Result<Stored> {
    if let Some(leavings) = draft.kept.as_ref().and_then(|kept| kept.library.as_ref()) {
        saved::restore(tables, leavings)?;
    }
    let hash = identity::of_text(&draft.text);
    let address = draft.url.as_deref().and_then(identity::address);
    if has_same(tables, draft, &hash, address.as_deref())? {
        return Ok(Stored::Duplicate);
    }
    let older = older_version(tables, draft, address.as_deref())?;
    let added = put(tables, draft, &hash, address.as_deref())?;
    if let Some(older) = older {
        replace(tables, older, added.0.into())?;
    }
    if let Some(kept) = &draft.kept {
        restore(tables, added, kept, older.is_some())?;
    }
    Ok(if older.is_some() { Stored::Updated(added) } else { Stored::Added(added) })
}

/// Stores a draft as the newer version of `older`, whatever they share.
pub(super) fn insert_version(
    tables: &Connection,
    draft: &Draft,
    older: ArticleId,
) -> rusqlite::Result<ArticleId> {
    let address = draft.url.as_deref().and_then(identity::address);
    let added = put(tables, draft, &identity::of_text(&draft.text), address.as_deref())?;
    replace(tables, older.0.into(), added.0.into())?;
    Ok(added)
}

/// Stores a draft under a new number.
fn put(
    tables: &Connection,
    draft: &Draft,
    hash: &[u8; 16],
    address: Option<&str>,
) -> rusqlite::Result<ArticleId> {
    let source = source_id(tables, &draft.source)?;
    let (day, day_to) = columns::days(draft.published);
    tables
        .prepare_cached(
            "INSERT INTO article (title, title_basis, source, source_basis, day, day_to, minutes, language,
                                  page, identity)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            draft.title.text,
            columns::basis(draft.title.basis),
            source,
            columns::basis(draft.source.basis),
            day,
            day_to,
            draft.minutes(),
            draft.language.code(),
            address.map(identity::of_address),
            hash,
        ])?;
    let id = tables.last_insert_rowid();
    tables
        .prepare_cached(
            "INSERT INTO body (article, text, paragraphs, kicker, lead, url, authors, agencies, origin, key)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            id,
            packing::pack(tables, &draft.text)?,
            columns::paragraphs(draft),
            columns::standing(draft.kicker.as_deref(), ParagraphKind::Kicker, draft),
            columns::standing(draft.lead.as_deref(), ParagraphKind::Lead, draft),
            draft.url,
            columns::words(&draft.authors),
            columns::words(&draft.agencies),
            draft.origin,
            draft.key,
        ])?;
    let added = ArticleId(u32::try_from(id).unwrap_or(u32::MAX));
    if added.0 == packing::ENOUGH {
        packing::learn(tables)?;
    }
    Ok(added)
}

/// Takes over what a reader did with an article elsewhere.
fn restore(tables: &Connection, id: ArticleId, kept: &Kept, is_newer: bool) -> rusqlite::Result<()> {
    // An older version's star has come along, and may have been taken away since.
    if is_newer || kept.state != ReadState::default() {
        state::set(tables, id, kept.state)?;
    }
    for tag in &kept.tags {
        tag::put(tables, id, tag)?;
    }
    for note in &kept.notes {
        note::put(tables, id, Note { id: NoteId::default(), ..note.clone() })?;
    }
    Ok(())
}

/// The newer version takes star, tags and notes of the older one, and is unread again.
fn replace(tables: &Connection, older: i64, newer: i64) -> rusqlite::Result<()> {
    tables.execute("UPDATE article SET replaced_by = ? WHERE id = ?", params![newer, older])?;
    tables.execute(
        "INSERT INTO state (article, read, starred, place)
         SELECT ?, 0, starred, 0 FROM state WHERE article = ? AND starred",
        params![newer, older],
    )?;
    tag::hand_over(tables, older, newer)?;
    note::hand_over(tables, older, newer)?;
    tables.execute("DELETE FROM member WHERE article = ?", [older])?;
    tables.execute("DELETE FROM mention WHERE article = ?", [older])?;
    Ok(())
}

/// Whether the library has a draft whose text has this hash.
pub(super) fn is_known(tables: &Connection, draft: &Draft, hash: &[u8; 16]) -> rusqlite::Result<bool> {
    if draft.kept.as_ref().is_some_and(|kept| kept.library.is_some()) {
        // With it comes what belongs to no article.
        return Ok(false);
    }
    let address = draft.url.as_deref().and_then(identity::address);
    has_same(tables, draft, hash, address.as_deref())
}

/// Takes the texts of the table `loose`, as an earlier form of the file had them, to `body`.
pub(super) fn compact(tables: &Connection) -> rusqlite::Result<()> {
    let ids: Vec<i64> = tables
        .prepare("SELECT article FROM loose ORDER BY article")?
        .query_map([], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut read = tables.prepare(
        "SELECT text, paragraphs, kicker, lead, url, authors, agencies, origin, key FROM loose WHERE article = ?",
    )?;
    let mut keep = tables.prepare(
        "INSERT INTO body (article, text, paragraphs, kicker, lead, url, authors, agencies, origin, key)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    let mut page = tables.prepare("UPDATE article SET page = ? WHERE id = ?")?;
    for (done, id) in (1..).zip(ids) {
        let (draft, lists) = read.query_row([id], |row| {
            let text: String = row.get(0)?;
            let draft = Draft {
                paragraphs: columns::to_paragraphs(word(row, 1)?, &text),
                text,
                kicker: row.get(2)?,
                lead: row.get(3)?,
                url: row.get(4)?,
                origin: row.get(7)?,
                key: row.get(8)?,
                ..Draft::default()
            };
            let lists: (String, String) = (row.get(5)?, row.get(6)?);
            Ok((draft, lists))
        })?;
        keep.execute(params![
            id,
            packing::pack(tables, &draft.text)?,
            columns::paragraphs(&draft),
            columns::standing(draft.kicker.as_deref(), ParagraphKind::Kicker, &draft),
            columns::standing(draft.lead.as_deref(), ParagraphKind::Lead, &draft),
            draft.url,
            lists.0,
            lists.1,
            draft.origin,
            draft.key,
        ])?;
        let address = draft.url.as_deref().and_then(identity::address);
        if let Some(address) = address {
            page.execute(params![identity::of_address(&address), id])?;
        }
        if done == packing::ENOUGH {
            packing::learn(tables)?;
        }
    }
    Ok(())
}

fn has_same(
    tables: &Connection,
    draft: &Draft,
    hash: &[u8; 16],
    address: Option<&str>,
) -> rusqlite::Result<bool> {
    let mut query = tables.prepare_cached(
        "SELECT url, coalesce(nullif(name, ''), domain), day
         FROM article JOIN source ON source.id = source JOIN body ON body.article = article.id
         WHERE identity = ?",
    )?;
    let mut rows = query.query([hash])?;
    while let Some(row) = rows.next()? {
        let address_of = optional(row, 0)?.and_then(identity::address);
        let known = Known { address: address_of, source: row.get(1)?, day: row.get(2)? };
        if identity::is_same(draft, address, &known) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The newest article of the same address whose text is an older version of `draft`.
fn older_version(tables: &Connection, draft: &Draft, address: Option<&str>) -> rusqlite::Result<Option<i64>> {
    let Some(address) = address else { return Ok(None) };
    let mut query = tables.prepare_cached(
        "SELECT article.id, url, text FROM article JOIN body ON body.article = article.id
         WHERE page = ? AND replaced_by IS NULL ORDER BY article.id DESC",
    )?;
    let mut rows = query.query([identity::of_address(address)])?;
    while let Some(row) = rows.next()? {
        if optional(row, 1)?.and_then(identity::address).as_deref() != Some(address) {
            continue;
        }
        let text = packing::unpack(tables, row.get_ref(2)?.as_blob()?)?;
        if identity::is_version(&text, &draft.text) {
            return row.get(0).map(Some);
        }
    }
    Ok(None)
}

fn source_id(tables: &Connection, source: &Source) -> rusqlite::Result<i64> {
    let (name, domain) = (source.name.as_deref().unwrap_or(""), source.domain.as_deref().unwrap_or(""));
    let known = tables
        .prepare_cached("SELECT id FROM source WHERE name = ? AND domain = ?")?
        .query_row([name, domain], |r| r.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    tables.prepare_cached("INSERT INTO source (name, domain) VALUES (?, ?)")?.execute([name, domain])?;
    Ok(tables.last_insert_rowid())
}

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

/// One whole article; `None` where there is none with this number.
pub(super) fn load(tables: &Connection, id: ArticleId) -> rusqlite::Result<Option<Article>> {
    tables
        .prepare_cached(
            "SELECT title, title_basis, name, domain, source_basis, day, day_to, language, text, paragraphs,
                    kicker, lead, url, authors, agencies, origin, key,
                    coalesce(read, 0), coalesce(starred, 0), coalesce(place, 0), member.story
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
            Ok(Article { tags: tag::of(tables, id)?, notes, ..article })
        })
        .transpose()
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
        kept: None,
    };
    let state = ReadState { read: row.get(17)?, starred: row.get(18)?, place: row.get(19)? };
    let story: Option<u32> = row.get(20)?;
    let story = story.map(StoryId);
    Ok(Article { id, draft, state, story, tags: Vec::new(), notes: Vec::new() })
}

/// Name, domain and basis from column `at` on.
fn source(row: &Row<'_>, at: usize) -> rusqlite::Result<Source> {
    let filled = |at| -> rusqlite::Result<Option<String>> {
        Ok(Some(word(row, at)?).filter(|w| !w.is_empty()).map(str::to_owned))
    };
    Ok(Source { name: filled(at)?, domain: filled(at + 1)?, basis: columns::to_basis(word(row, at + 2)?) })
}

fn word<'row>(row: &'row Row<'_>, at: usize) -> rusqlite::Result<&'row str> {
    Ok(row.get_ref(at)?.as_str()?)
}

fn optional<'row>(row: &'row Row<'_>, at: usize) -> rusqlite::Result<Option<&'row str>> {
    Ok(row.get_ref(at)?.as_str_or_null()?)
}
