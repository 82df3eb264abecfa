//! A damaged file: what can be read of it goes into a new one, and the damaged one is kept beside it.
//!
//! Each article is looked up by its number, so that a broken page costs the articles on it and no
//! others. What the program makes itself (analyses, stories, the index) is made anew.

use std::path::{Path, PathBuf};
use std::{fs, io};

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params_from_iter};

use super::{Error, packing, schema};
use crate::model::ArticleId;

/// What became of a damaged file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// Where the damaged file lies now.
    pub copy: PathBuf,
    /// Articles that are in the new file, older versions included.
    pub kept: u32,
    /// Those of them whose text has wrong letters: it is not what was stored. They take a newer text
    /// from the next import of the same.
    pub doubtful: u32,
    /// Articles that could not be read.
    pub lost: u32,
}

impl Recovery {
    /// How many of the kept ones have wrong letters; nothing where all are sound.
    pub(super) fn of_them_doubtful(&self) -> String {
        match self.doubtful {
            0 => String::new(),
            doubtful => format!(", {doubtful} of them with wrong letters"),
        }
    }
}

/// Tables that are copied as far as they can be read, those that others refer to first.
const TABLES: [&str; 12] = [
    "source",
    "dictionary",
    "state",
    "tag",
    "tagged",
    "note",
    "correction",
    "journal",
    "saved_search",
    "searched",
    "feed",
    "fed",
];

/// Whether a file that the store does not know for its own was a library.
pub(super) fn was_library(path: &Path) -> bool {
    const LOOKED_AT: u64 = 1 << 20;
    let mut start = Vec::new();
    let read = fs::File::open(path)
        .and_then(|f| io::Read::read_to_end(&mut io::Read::take(f, LOOKED_AT), &mut start));
    read.is_ok() && memchr::memmem::find(&start, b"CREATE TABLE article (").is_some()
}

/// Puts a new file in the place of the damaged one at `path`.
///
/// # Errors
/// `Damaged` where nothing of it can be read: then it stays where it is. `Io` where the disk says no.
pub(super) fn recover(path: &Path) -> Result<Recovery, Error> {
    let new = beside(path, "recovered");
    let _ = fs::remove_file(&new);
    let saved = save(path, &new);
    let Saved { kept, doubtful, lost } = match saved {
        Ok(saved) => saved,
        Err(error) => {
            let _ = fs::remove_file(&new);
            return Err(Error::Damaged { path: path.to_owned(), source: error });
        }
    };
    let io = |source| Error::Io { path: path.to_owned(), source };
    let copy = free_name(path);
    keep(path, &copy).map_err(io)?;
    let log = |path: &Path| PathBuf::from(format!("{}-wal", path.display()));
    if log(path).exists() {
        fs::copy(log(path), log(&copy)).map_err(io)?;
        // It belongs to the damaged file, and would be taken for the new one's.
        fs::remove_file(log(path)).map_err(io)?;
    }
    let _ = fs::remove_file(format!("{}-shm", path.display()));
    fs::rename(&new, path).map_err(io)?;
    Ok(Recovery { copy, kept, doubtful, lost })
}

fn beside(path: &Path, what: &str) -> PathBuf {
    path.with_file_name(format!(".{}.{what}", path.file_name().unwrap_or_default().to_string_lossy()))
}

fn free_name(path: &Path) -> PathBuf {
    (1..=u32::MAX)
        .map(|n| path.with_file_name(format!("library.damaged-{n}.db")))
        .find(|p| !p.exists())
        .expect("there are more numbers than files")
}

/// Gives the file a second name, or copies it where the file system has no such thing.
fn keep(path: &Path, copy: &Path) -> io::Result<()> {
    fs::hard_link(path, copy).or_else(|_| fs::copy(path, copy).map(|_| ()))
}

/// How many articles were saved, and how many not.
#[derive(Default)]
struct Saved {
    kept: u32,
    doubtful: u32,
    lost: u32,
}

/// Saves what can be read of the file into a new one.
fn save(path: &Path, new: &Path) -> rusqlite::Result<Saved> {
    let mended = beside(path, "mended");
    let old = open_damaged(path, &mended)?;
    let mut to = Connection::open(new)?;
    to.pragma_update(None, "foreign_keys", false)?;
    schema::upgrade(&mut to)?;
    let all = to.transaction()?;
    for table in TABLES {
        copy_table(&old, &all, table)?;
    }
    copy_meta(&old, &all)?;
    let mut saved = Saved::default();
    let articles = Copy::new(&old, &all, "article", "id")?;
    let bodies = Copy::new(&old, &all, "body", "article")?;
    for id in 1..=newest(&old) {
        let has_row = bodies.one(id)?;
        let is_whole = has_row && packing_is_whole(&all, id)?;
        let doubtful = if has_row && !is_whole { salvage(&all, id)? } else { None };
        let has_body = is_whole || doubtful.is_some();
        let has_article = articles.one(id)?;
        match (has_article, has_body) {
            (true, true) => saved.kept += 1,
            (true, false) => {
                forget(&all, "article", "id", id)?;
                forget(&all, "body", "article", id)?;
                saved.lost += 1;
            }
            (false, true) => {
                stand_in(&all, id)?;
                saved.kept += 1;
            }
            (false, false) => {
                // A number that was never used, or an article of which nothing is left.
                forget(&all, "body", "article", id)?;
                saved.lost += u32::from(articles.is_broken(id) || bodies.is_broken(id));
            }
        }
        if let Some(text) = doubtful {
            saved.doubtful += 1;
            tell_apart(&all, id, &text)?;
        }
    }
    if saved.kept == 0 {
        return Err(rusqlite::Error::QueryReturnedNoRows);
    }
    all.execute_batch(
        "UPDATE article SET replaced_by = NULL WHERE replaced_by NOT IN (SELECT id FROM article);
         DELETE FROM state WHERE article NOT IN (SELECT id FROM article);
         DELETE FROM tagged WHERE article NOT IN (SELECT id FROM article) OR tag NOT IN (SELECT id FROM tag);
         DELETE FROM note WHERE article NOT IN (SELECT id FROM article);
         DELETE FROM correction WHERE article NOT IN (SELECT id FROM article);
         DELETE FROM fed WHERE article NOT IN (SELECT id FROM article) OR feed NOT IN (SELECT id FROM feed);
         INSERT OR IGNORE INTO source (id, name, domain)
             SELECT DISTINCT source, '', 'lost-' || source FROM article WHERE source NOT IN (SELECT id FROM source);
         UPDATE tally SET articles = (SELECT count(*) FROM article WHERE replaced_by IS NULL);",
    )?;
    all.commit()?;
    let _ = fs::remove_file(mended);
    Ok(saved)
}

/// Opens the file for reading; one whose first bytes are broken through a copy that has them mended.
fn open_damaged(path: &Path, mended: &Path) -> rusqlite::Result<Connection> {
    let open = |path: &Path| -> rusqlite::Result<Connection> {
        let old = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        old.pragma_update(None, "query_only", true)?;
        old.pragma_update(None, "cell_size_check", true)?;
        old.query_row("SELECT count(*) FROM pragma_table_info('body') WHERE name = 'text'", [], |r| {
            r.get::<_, i64>(0)
        })?;
        Ok(old)
    };
    open(path).or_else(|error| {
        mend(path, mended).map_err(|_| error)?;
        open(mended)
    })
}

/// A copy of the file with the first hundred bytes as a library has them.
fn mend(path: &Path, mended: &Path) -> io::Result<()> {
    const PAGE_BYTES: u64 = 4096;
    let pages = u32::try_from(fs::metadata(path)?.len() / PAGE_BYTES).unwrap_or(u32::MAX);
    let mut head = [0_u8; 100];
    let mut put = |at: usize, bytes: &[u8]| {
        for (place, byte) in head.iter_mut().skip(at).zip(bytes) {
            *place = *byte;
        }
    };
    put(0, b"SQLite format 3\0");
    put(16, &[0x10, 0, 1, 1, 0, 64, 32, 32]);
    put(24, &1_u32.to_be_bytes());
    put(28, &pages.to_be_bytes());
    put(40, &1_u32.to_be_bytes());
    put(44, &4_u32.to_be_bytes());
    put(56, &1_u32.to_be_bytes());
    put(60, &u32::try_from(schema::newest()).unwrap_or_default().to_be_bytes());
    put(92, &1_u32.to_be_bytes());
    fs::copy(path, mended)?;
    let mut file = fs::OpenOptions::new().write(true).open(mended)?;
    io::Write::write_all(&mut file, &head)
}

/// The columns of a table that both files have: the damaged one may be of an earlier form.
fn columns(old: &Connection, new: &Connection, table: &str) -> rusqlite::Result<String> {
    let names = |tables: &Connection| -> rusqlite::Result<Vec<String>> {
        tables
            .prepare(&format!("SELECT name FROM pragma_table_info('{table}')"))?
            .query_map([], |r| r.get(0))?
            .collect()
    };
    let mut all = names(new)?;
    let known = names(old).unwrap_or_default();
    if !known.is_empty() {
        all.retain(|name| known.contains(name));
    }
    Ok(all.join(", "))
}

/// Rows of a table, one by one.
struct Copy<'a> {
    old: &'a Connection,
    new: &'a Connection,
    find: String,
    keep: String,
}

impl<'a> Copy<'a> {
    fn new(old: &'a Connection, new: &'a Connection, table: &str, key: &str) -> rusqlite::Result<Self> {
        let columns = columns(old, new, table)?;
        let marks = vec!["?"; columns.split(',').count()].join(", ");
        let find = format!("SELECT {columns} FROM {table} WHERE {key} = ?");
        let keep = format!("INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})");
        Ok(Self { old, new, find, keep })
    }

    fn row(&self, id: u32) -> rusqlite::Result<Option<Vec<Value>>> {
        self.old.prepare_cached(&self.find)?.query_row([id], values).optional()
    }

    /// Copies the row with this number; whether it was there and whole.
    fn one(&self, id: u32) -> rusqlite::Result<bool> {
        let Ok(Some(row)) = self.row(id) else { return Ok(false) };
        // What does not fit the table is damaged too.
        Ok(self.new.prepare_cached(&self.keep)?.execute(params_from_iter(row)).is_ok_and(|n| n > 0))
    }

    fn is_broken(&self, id: u32) -> bool {
        self.row(id).is_err()
    }
}

fn values(row: &rusqlite::Row<'_>) -> rusqlite::Result<Vec<Value>> {
    (0..row.as_ref().column_count()).map(|at| row.get(at)).collect()
}

/// Copies a table from its start to where it breaks, and from its end back to there.
fn copy_table(old: &Connection, new: &Connection, table: &str) -> rusqlite::Result<()> {
    let columns = columns(old, new, table)?;
    let marks = vec!["?"; columns.split(',').count()].join(", ");
    let mut keep = new.prepare(&format!("INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})"))?;
    for order in ["ASC", "DESC"] {
        let mut copy = || -> rusqlite::Result<()> {
            let mut query = old.prepare(&format!("SELECT {columns} FROM {table} ORDER BY 1 {order}"))?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                let _ = keep.execute(params_from_iter(values(row)?));
            }
            Ok(())
        };
        if copy().is_ok() {
            break;
        }
    }
    Ok(())
}

/// Settings, without what is true of the damaged file only.
fn copy_meta(old: &Connection, new: &Connection) -> rusqlite::Result<()> {
    copy_table(old, new, "meta")?;
    new.execute("DELETE FROM meta WHERE name <> 'seen' AND name NOT LIKE 'view.%'", [])?;
    Ok(())
}

/// The highest number that an article may have.
fn newest(old: &Connection) -> u32 {
    let ask = |question: &str| old.query_row(question, [], |r| r.get::<_, Option<u32>>(0)).ok().flatten();
    [
        "SELECT seq FROM sqlite_sequence WHERE name = 'article'",
        "SELECT max(id) FROM article",
        "SELECT max(article) FROM body",
        "SELECT max(article) FROM analysis",
    ]
    .into_iter()
    .filter_map(ask)
    .max()
    // Nothing says it: no article takes fewer than a hundred bytes of a page.
    .unwrap_or_else(|| ask("PRAGMA page_count").unwrap_or(0).saturating_mul(40))
    .min(50_000_000)
}

fn packing_is_whole(new: &Connection, id: u32) -> rusqlite::Result<bool> {
    let packed: Option<Vec<u8>> =
        new.query_row("SELECT text FROM body WHERE article = ?", [id], |r| r.get(0)).optional()?;
    Ok(packed.is_some_and(|packed| packing::unpack(new, &packed).is_ok()))
}

/// Keeps a text as far as it can be read although its checksum says that it has changed; what could
/// be read of it.
fn salvage(new: &Connection, id: u32) -> rusqlite::Result<Option<String>> {
    let packed: Vec<u8> = new.query_row("SELECT text FROM body WHERE article = ?", [id], |r| r.get(0))?;
    let Some(text) = packing::salvage(new, &packed) else { return Ok(None) };
    let packed = packing::pack(new, &text)?;
    new.execute("UPDATE body SET text = ? WHERE article = ?", rusqlite::params![packed, id])?;
    Ok(Some(text))
}

/// Gives an article the hash of the text that it has now, so that an import of the right text is no
/// duplicate of it.
fn tell_apart(new: &Connection, id: u32, text: &str) -> rusqlite::Result<()> {
    new.execute(
        "UPDATE article SET identity = ? WHERE id = ?",
        rusqlite::params![super::identity::of_text(text), id],
    )?;
    Ok(())
}

fn forget(new: &Connection, table: &str, key: &str, id: u32) -> rusqlite::Result<()> {
    new.execute(&format!("DELETE FROM {table} WHERE {key} = ?"), [id])?;
    Ok(())
}

/// A row for a text of which the list's row is lost: its first line stands for the headline, and
/// what is not known stays unknown.
fn stand_in(new: &Connection, id: u32) -> rusqlite::Result<()> {
    let text = super::article::text(new, ArticleId(id))?.unwrap_or_default();
    let title: String = text.lines().next().unwrap_or_default().chars().take(100).collect();
    new.execute("INSERT OR IGNORE INTO source (name, domain) VALUES ('', '')", [])?;
    new.execute(
        "INSERT INTO article (id, title, title_basis, source, source_basis, minutes, language, identity)
         SELECT ?, ?, 'derived', id, 'unknown', ?, ?, ? FROM source WHERE name = '' AND domain = ''",
        rusqlite::params![
            id,
            title,
            u32::try_from(text.split_whitespace().count() / 200 + 1).unwrap_or(u32::MAX),
            crate::text::language::language(&text).code(),
            super::identity::of_text(&text)
        ],
    )?;
    Ok(())
}
