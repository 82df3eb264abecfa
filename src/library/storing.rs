//! Drafts become articles, unless the library has them; a newer text takes what the reader left on the
//! older.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::identity::{self, Known};
use super::{article, columns, correction, note, packing, saved, state, tag};
use crate::model::{ArticleId, Draft, FieldValue, Kept, Note, NoteId, ParagraphKind, ReadState, Source};

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
    let older = match stated_version(tables, draft)? {
        None => older_version(tables, draft, address.as_deref())?,
        stated => stated,
    };
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
    let added = draft.kept.as_ref().and_then(|kept| kept.added).unwrap_or_else(Timestamp::now);
    tables
        .prepare_cached(
            "INSERT INTO article (title, title_basis, source, source_basis, day, day_to, minutes, language,
                                  page, identity, added)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
            added.as_second(),
        ])?;
    let id = tables.last_insert_rowid();
    tables
        .prepare_cached(
            "INSERT INTO body (article, text, paragraphs, kicker, lead, url, authors, agencies, origin, key,
                               given)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
            columns::fields(&draft.given),
        ])?;
    let added = ArticleId(u32::try_from(id).unwrap_or(u32::MAX));
    if added.0 == packing::ENOUGH {
        packing::learn(tables)?;
    }
    Ok(added)
}

/// The listed article that an export says this one was a newer version of, however little their texts
/// share: the whole text of an article of which there was a part.
fn stated_version(tables: &Connection, draft: &Draft) -> rusqlite::Result<Option<i64>> {
    let replaces = draft.kept.as_ref().map(|kept| kept.replaces.as_slice()).unwrap_or_default();
    let mut query = tables.prepare_cached(
        "SELECT id FROM article WHERE identity = unhex(?) AND replaced_by IS NULL ORDER BY id",
    )?;
    for hash in replaces {
        if let Some(id) = query.query_row([hash], |row| row.get(0)).optional()? {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// Takes over what a reader did with an article elsewhere.
fn restore(tables: &Connection, id: ArticleId, kept: &Kept, is_newer: bool) -> rusqlite::Result<()> {
    // An older version's star has come along, and may have been taken away since.
    if let Some(state) = kept.state.filter(|state| is_newer || *state != ReadState::default()) {
        state::set(tables, id, state)?;
    }
    for tag in &kept.tags {
        tag::put(tables, id, tag)?;
    }
    for correction in &kept.corrected {
        correction::set(tables, id, correction.field(), Some(correction.clone()))?;
    }
    for note in &kept.notes {
        note::put(tables, id, Note { id: NoteId::default(), ..note.clone() })?;
    }
    Ok(())
}

/// The newer version takes star, tags, notes, corrections and feeds of the older one, and is unread again.
fn replace(tables: &Connection, older: i64, newer: i64) -> rusqlite::Result<()> {
    tables.execute("UPDATE article SET replaced_by = ? WHERE id = ?", params![newer, older])?;
    tables.execute(
        "INSERT INTO state (article, read, starred, place)
         SELECT ?, 0, starred, 0 FROM state WHERE article = ? AND starred",
        params![newer, older],
    )?;
    tables.execute(
        "INSERT OR IGNORE INTO fed (feed, article) SELECT feed, ? FROM fed WHERE article = ?",
        params![newer, older],
    )?;
    tag::hand_over(tables, older, newer)?;
    note::hand_over(tables, older, newer)?;
    correction::hand_over(tables, older, newer)?;
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
                paragraphs: columns::to_paragraphs(article::word(row, 1)?, &text),
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
        "SELECT url, coalesce(nullif(name, ''), domain), day, article.id
         FROM article JOIN source ON source.id = source JOIN body ON body.article = article.id
         WHERE identity = ?",
    )?;
    let mut rows = query.query([hash])?;
    while let Some(row) = rows.next()? {
        let address_of = article::optional(row, 0)?.and_then(identity::address);
        let known = Known { address: address_of, source: row.get(1)?, day: row.get(2)? };
        if identity::is_same(draft, address, &known) {
            return Ok(true);
        }
        // The file may say what it said before the article was corrected.
        let stated = correction::of(tables, ArticleId(row.get(3)?))?;
        if !stated.is_empty() && identity::is_same(draft, address, &as_stated(known, &stated)) {
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
        if article::optional(row, 1)?.and_then(identity::address).as_deref() != Some(address) {
            continue;
        }
        let text = packing::unpack(tables, row.get_ref(2)?.as_blob()?)?;
        if identity::is_version(&text, &draft.text) {
            return row.get(0).map(Some);
        }
    }
    Ok(None)
}

/// What is known of an article by its source alone.
fn as_stated(mut known: Known, stated: &[FieldValue]) -> Known {
    for value in stated {
        match value {
            FieldValue::Source(source) => {
                source.label().unwrap_or_default().clone_into(&mut known.source);
            }
            FieldValue::Date(published) => known.day = published.day().map(|day| day.to_string()),
            FieldValue::Title(_) | FieldValue::Authors(_) | FieldValue::Language(_) => {}
        }
    }
    known
}

/// The number of an outlet; a new one where it is not known yet.
pub(super) fn source_id(tables: &Connection, source: &Source) -> rusqlite::Result<i64> {
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
