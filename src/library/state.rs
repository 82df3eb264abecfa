//! What the user did with articles.

use rusqlite::{Connection, OptionalExtension, params};

use crate::model::{ArticleId, ReadState};

/// The state of an article; `None` where there is no such article.
pub(super) fn get(tables: &Connection, id: ArticleId) -> rusqlite::Result<Option<ReadState>> {
    tables
        .prepare_cached(
            "SELECT coalesce(read, 0), coalesce(starred, 0), coalesce(place, 0)
             FROM article LEFT JOIN state ON state.article = article.id WHERE article.id = ?",
        )?
        .query_row([id.0], |r| Ok(ReadState { read: r.get(0)?, starred: r.get(1)?, place: r.get(2)? }))
        .optional()
}

/// Sets it.
pub(super) fn set(tables: &Connection, id: ArticleId, state: ReadState) -> rusqlite::Result<()> {
    tables
        .prepare_cached("INSERT OR REPLACE INTO state (article, read, starred, place) VALUES (?, ?, ?, ?)")?
        .execute(params![id.0, state.read, state.starred, state.place])?;
    Ok(())
}
