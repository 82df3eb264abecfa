//! The reader's tags. Letter case and white space do not tell them apart.

use rusqlite::{Connection, OptionalExtension, params};

use crate::model::ArticleId;

/// Puts a tag on an article; its name as the library writes it, or `None` where it was there or has
/// no letter.
pub(super) fn put(tables: &Connection, article: ArticleId, tag: &str) -> rusqlite::Result<Option<String>> {
    let name = squeezed(tag);
    if name.is_empty() {
        return Ok(None);
    }
    tables
        .prepare_cached("INSERT INTO tag (name, folded) VALUES (?, ?) ON CONFLICT DO NOTHING")?
        .execute([name.as_str(), folded(&name).as_str()])?;
    let (id, name) = find(tables, &name)?.expect("it was there or has just been made");
    let new = tables
        .prepare_cached("INSERT INTO tagged (tag, article) VALUES (?, ?) ON CONFLICT DO NOTHING")?
        .execute(params![id, article.0])?;
    Ok((new > 0).then_some(name))
}

/// Takes a tag from an article; its name, or `None` where the article did not have it. A tag that
/// no article has is gone.
pub(super) fn take(tables: &Connection, article: ArticleId, tag: &str) -> rusqlite::Result<Option<String>> {
    let Some((id, name)) = find(tables, tag)? else { return Ok(None) };
    let gone = tables
        .prepare_cached("DELETE FROM tagged WHERE tag = ? AND article = ?")?
        .execute(params![id, article.0])?;
    tables
        .prepare_cached("DELETE FROM tag WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM tagged WHERE tag = ?1)")?
        .execute([id])?;
    Ok((gone > 0).then_some(name))
}

/// Gives the tags of an article to its newer version.
pub(super) fn hand_over(tables: &Connection, older: i64, newer: i64) -> rusqlite::Result<()> {
    tables
        .prepare_cached("UPDATE OR IGNORE tagged SET article = ? WHERE article = ?")?
        .execute([newer, older])?;
    tables.prepare_cached("DELETE FROM tagged WHERE article = ?")?.execute([older])?;
    Ok(())
}

/// Tags with their number of listed articles, by name.
pub(super) fn all(tables: &Connection) -> rusqlite::Result<Vec<(String, u32)>> {
    tables
        .prepare_cached(
            "SELECT tag.name, count(*) FROM tag JOIN tagged ON tagged.tag = tag.id
             JOIN article ON article.id = tagged.article
             WHERE replaced_by IS NULL GROUP BY tag.id ORDER BY folded",
        )?
        .query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect()
}

/// Of an article, by name.
pub(super) fn of(tables: &Connection, article: ArticleId) -> rusqlite::Result<Vec<String>> {
    tables
        .prepare_cached("SELECT name FROM tagged JOIN tag ON tag.id = tag WHERE article = ? ORDER BY folded")?
        .query_map([article.0], |row| row.get(0))?
        .collect()
}

fn find(tables: &Connection, tag: &str) -> rusqlite::Result<Option<(i64, String)>> {
    tables
        .prepare_cached("SELECT id, name FROM tag WHERE folded = ?")?
        .query_row([folded(tag)], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()
}

/// The form in which tags are looked up.
pub(super) fn folded(tag: &str) -> String {
    squeezed(tag).to_lowercase()
}

fn squeezed(tag: &str) -> String {
    tag.split_whitespace().collect::<Vec<_>>().join(" ")
}
