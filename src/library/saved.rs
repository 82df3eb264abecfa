//! Saved searches, the searches made before, settings of views, and since when articles are new.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Error, Library, feed};
use crate::model::{ArticleId, Leavings, SavedSearch};

/// Searches that are remembered.
const REMEMBERED: u32 = 500;

impl Library {
    /// The saved searches, by name.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn saved_searches(&self) -> Result<Vec<SavedSearch>, Error> {
        self.read(all)
    }

    /// The searches made before, newest first, each once, at most `limit`.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn search_history(&self, limit: u32) -> Result<Vec<String>, Error> {
        self.read(|tables| {
            tables
                .prepare_cached("SELECT query FROM searched ORDER BY id DESC LIMIT ?")?
                .query_map([limit], |r| r.get(0))?
                .collect()
        })
    }

    /// Remembers a search. No mark of the user: it does not make a file.
    ///
    /// # Errors
    /// Where the library's file cannot be written.
    pub fn remember_search(&self, query: &str) -> Result<(), Error> {
        let query = query.trim();
        if query.is_empty() {
            return Ok(());
        }
        self.with(|tables| {
            tables
                .prepare_cached("INSERT OR REPLACE INTO searched (query, made) VALUES (?, ?)")?
                .execute(params![query, now()])?;
            tables
                .prepare_cached("DELETE FROM searched WHERE id <= (SELECT max(id) FROM searched) - ?")?
                .execute([REMEMBERED])?;
            Ok(())
        })
    }

    /// A setting of a view; `None` where it was never set.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn setting(&self, name: &str) -> Result<Option<String>, Error> {
        self.read(|tables| meta(tables, &format!("{VIEW}{name}")))
    }

    /// Sets one. No mark of the user: it does not make a file.
    ///
    /// # Errors
    /// Where the library's file cannot be written.
    pub fn set_setting(&self, name: &str, value: &str) -> Result<(), Error> {
        self.with(|tables| set_meta(tables, &format!("{VIEW}{name}"), value))
    }

    /// Begins a visit of the reader: what was added since the end of the last one counts as new as
    /// long as this library is open, and so does what is added meanwhile.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn visit(&self) -> Result<(), Error> {
        let seen = self.read(seen)?;
        *self.new_since() = Some(seen);
        self.see();
        Ok(())
    }

    /// Ends a visit: changes that wait for the disk are tried once more, and what is there now is not new the next time. Not needed after a crash: what came
    /// while the reader was open is then new once more.
    pub fn leave(&self) {
        let _ = self.catch_up();
        if self.new_since().is_some() {
            self.see();
        }
    }

    /// Remembers what is there as seen. Where that cannot be written, articles are new once more.
    fn see(&self) {
        let _ = self.with(|tables| {
            let newest: Option<u32> = tables.query_row("SELECT max(id) FROM article", [], |r| r.get(0))?;
            let newest = newest.map_or(ArticleId(0), ArticleId);
            if seen(tables)? < newest { set_meta(tables, "seen", &newest.0.to_string()) } else { Ok(()) }
        });
    }
}

/// Before the names of settings of views.
const VIEW: &str = "view.";

/// The newest article at the end of the last visit.
pub(super) fn seen(tables: &Connection) -> rusqlite::Result<ArticleId> {
    Ok(ArticleId(meta(tables, "seen")?.and_then(|v| v.parse().ok()).unwrap_or(0)))
}

pub(super) fn meta(tables: &Connection, name: &str) -> rusqlite::Result<Option<String>> {
    tables.prepare_cached("SELECT value FROM meta WHERE name = ?")?.query_row([name], |r| r.get(0)).optional()
}

pub(super) fn set_meta(tables: &Connection, name: &str, value: &str) -> rusqlite::Result<()> {
    tables
        .prepare_cached("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)")?
        .execute([name, value])?;
    Ok(())
}

fn all(tables: &Connection) -> rusqlite::Result<Vec<SavedSearch>> {
    tables
        .prepare_cached("SELECT name, query, by_date FROM saved_search ORDER BY name")?
        .query_map([], search)?
        .collect()
}

/// What a reader leaves beside articles, all of it.
pub(super) fn leavings(tables: &Connection) -> rusqlite::Result<Leavings> {
    let settings = tables
        .prepare_cached("SELECT name, value FROM meta ORDER BY name")?
        .query_map([], |r| Ok((r.get::<_, String>(0)?, r.get(1)?)))?
        .collect::<rusqlite::Result<Vec<(String, String)>>>()?
        .into_iter()
        .filter_map(|(name, value)| Some((name.strip_prefix(VIEW)?.to_owned(), value)))
        .collect();
    let history = tables
        .prepare_cached("SELECT query FROM searched ORDER BY id DESC")?
        .query_map([], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Leavings { searches: all(tables)?, history, settings, feeds: feed::to_keep(tables)? })
}

/// Takes over what a reader left elsewhere; what is here already stays as it is.
pub(super) fn restore(tables: &Connection, leavings: &Leavings) -> rusqlite::Result<()> {
    for search in &leavings.searches {
        if get(tables, &search.name)?.is_none() {
            put(tables, search)?;
        }
    }
    for query in leavings.history.iter().rev() {
        tables
            .prepare_cached("INSERT OR IGNORE INTO searched (query, made) VALUES (?, ?)")?
            .execute(params![query, now()])?;
    }
    for one in &leavings.feeds {
        feed::add(tables, one)?;
    }
    for (name, value) in &leavings.settings {
        tables
            .prepare_cached("INSERT OR IGNORE INTO meta (name, value) VALUES (?, ?)")?
            .execute([&format!("{VIEW}{name}"), value])?;
    }
    Ok(())
}

/// The saved search of that name.
pub(super) fn get(tables: &Connection, name: &str) -> rusqlite::Result<Option<SavedSearch>> {
    tables
        .prepare_cached("SELECT name, query, by_date FROM saved_search WHERE name = ?")?
        .query_row([name], search)
        .optional()
}

/// Saves one, in the place of any of that name.
pub(super) fn put(tables: &Connection, search: &SavedSearch) -> rusqlite::Result<()> {
    tables
        .prepare_cached("INSERT OR REPLACE INTO saved_search (name, query, by_date) VALUES (?, ?, ?)")?
        .execute(params![search.name, search.query, search.by_date])?;
    Ok(())
}

/// Takes one away.
pub(super) fn drop(tables: &Connection, name: &str) -> rusqlite::Result<()> {
    tables.prepare_cached("DELETE FROM saved_search WHERE name = ?")?.execute([name])?;
    Ok(())
}

fn search(row: &Row<'_>) -> rusqlite::Result<SavedSearch> {
    Ok(SavedSearch { name: row.get(0)?, query: row.get(1)?, by_date: row.get(2)? })
}

/// This instant, to the millisecond, as tables keep it.
pub(super) fn now() -> String {
    format!("{:.3}", Timestamp::now())
}
