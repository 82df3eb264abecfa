//! Opens the library's file: to write where that may be done, else to read, and in its newest form only.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::{Error, FILE, schema};

/// How long to wait for another program that writes.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);

/// Statements that a connection keeps ready.
const STATEMENTS: usize = 64;

/// What a connection may hold of the file in memory, in KiB: the system holds it too, so more gains
/// little.
const CACHE_KIB: i64 = 1024;

/// Largest write-ahead log to leave behind, in bytes.
const LOG_BYTES: i64 = 16 << 20;

/// How a file may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// Read and written.
    Write,
    /// Read only; others may write.
    Read,
    /// Read only, in a folder where nobody can write: not even the files that tell programs of each
    /// other can be made there.
    Still,
}

/// Grows with each change that another connection makes.
pub(super) fn version(tables: &Connection) -> rusqlite::Result<i64> {
    tables.query_row("PRAGMA data_version", [], |r| r.get(0))
}

/// Opens the file at `path` to write, or to read where it may not be written; creates or upgrades it.
pub(super) fn open_file(path: &Path) -> Result<(Connection, Access), Error> {
    let failed = |error| Error::of_store(path, error);
    let may_not_write = |error: &rusqlite::Error| matches!(failed_for(error), Some(Denied));
    match open_writer(path) {
        Ok((tables, standing)) => {
            let access =
                if tables.is_readonly("main").map_err(failed)? { Access::Read } else { Access::Write };
            judged(path, &standing, access).map(|()| (tables, access))
        }
        Err(error) if may_not_write(&error) && path.exists() => {
            let (tables, access) = open_unwritable(path).map_err(failed)?;
            let standing = schema::standing(&tables).map_err(failed)?;
            judged(path, &standing, access).map(|()| (tables, access))
        }
        Err(error) => Err(failed(error)),
    }
}

/// Says no to a file of another form.
fn judged(path: &Path, standing: &schema::Standing, access: Access) -> Result<(), Error> {
    match standing {
        schema::Standing::Ready => Ok(()),
        schema::Standing::Newer(found) => {
            Err(Error::Newer { path: path.to_owned(), found: *found, known: schema::newest() })
        }
        schema::Standing::Foreign => Err(Error::NotALibrary { path: path.to_owned() }),
        schema::Standing::Older => {
            debug_assert!(access != Access::Write, "a file that can be written is upgraded");
            Err(Error::Older { path: path.to_owned() })
        }
    }
}

/// The system does not let this user write.
struct Denied;

fn failed_for(error: &rusqlite::Error) -> Option<Denied> {
    use rusqlite::ErrorCode;
    let code = error.sqlite_error_code()?;
    matches!(code, ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen)
        .then_some(Denied)
}

fn open_writer(path: &Path) -> rusqlite::Result<(Connection, schema::Standing)> {
    let mut tables = Connection::open(path)?;
    tables.busy_timeout(PATIENCE)?;
    let standing =
        if tables.is_readonly("main")? { schema::standing(&tables)? } else { schema::upgrade(&mut tables)? };
    if matches!(standing, schema::Standing::Ready) && !tables.is_readonly("main")? {
        tables.pragma_update(None, "journal_mode", "WAL")?;
        tables.pragma_update(None, "synchronous", "NORMAL")?;
        tables.pragma_update(None, "journal_size_limit", LOG_BYTES)?;
    }
    tables.set_transaction_behavior(TransactionBehavior::Immediate);
    furnish(&tables)?;
    Ok((tables, standing))
}

fn open_unwritable(path: &Path) -> rusqlite::Result<(Connection, Access)> {
    let first = open_reader(path, Access::Read).and_then(|tables| {
        version(&tables)?;
        schema::standing(&tables)?;
        Ok(tables)
    });
    if let Ok(tables) = first {
        return Ok((tables, Access::Read));
    }
    // With something in the log the file alone is not the last state: better to say no.
    let log = path.with_file_name(format!("{FILE}-wal"));
    if fs::metadata(log).is_ok_and(|m| m.len() > 0) {
        return first.map(|tables| (tables, Access::Read));
    }
    Ok((open_reader(path, Access::Still)?, Access::Still))
}

/// Opens the file to read beside others.
pub(super) fn open_reader(path: &Path, access: Access) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let tables = if access == Access::Still {
        let mut address = "file:".to_owned();
        for c in path.to_string_lossy().chars() {
            match c {
                '%' => address.push_str("%25"),
                '?' => address.push_str("%3f"),
                '#' => address.push_str("%23"),
                c => address.push(c),
            }
        }
        address.push_str("?immutable=1");
        Connection::open_with_flags(address, flags | OpenFlags::SQLITE_OPEN_URI)?
    } else {
        Connection::open_with_flags(path, flags)?
    };
    tables.busy_timeout(PATIENCE)?;
    furnish(&tables)?;
    Ok(tables)
}

/// What every connection is set to.
pub(super) fn furnish(tables: &Connection) -> rusqlite::Result<()> {
    tables.set_prepared_statement_cache_capacity(STATEMENTS);
    // Otherwise statements are compiled anew when a value that they are asked with changes.
    tables.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    tables.pragma_update(None, "cache_size", -CACHE_KIB)?;
    // Mapped pages would count as memory of the program.
    tables.pragma_update(None, "mmap_size", 0)
}
