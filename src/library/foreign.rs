//! Databases of other readers, opened for reading only: newsboat, newsraft, news-flash.
//!
//! Their articles come with read and star state; what a feed is called names the outlet where the
//! article's address does not. The database stays as it is, byte for byte.

use std::fs::{self, DirBuilder};
use std::io;
use std::path::{Path, PathBuf};
use std::process;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::{Connection, OpenFlags, Row};

use crate::ingest::Record;
use crate::model::address::resolve;
use crate::model::{Kept, NewFeed, ReadState, RefusalReason};
use crate::text::clean::clean_line;

/// First bytes of such files.
pub(super) const MAGIC: &[u8] = b"SQLite format 3\0";

/// Articles handed over at once.
const PORTION: usize = 40;

/// Largest database that is copied where it cannot be read where it lies, with its log.
const LARGEST_COPY: u64 = 4 << 30;

/// A reader, and what to ask its database.
struct Reader {
    /// Tables and columns that tell it: `table.column`.
    signs: &'static [(&'static str, &'static str)],
    /// Title, address, author, feed, seconds since 1970, text, read, starred, key.
    query: &'static str,
    /// Address, site and title of its feeds.
    feeds: &'static str,
}

const READERS: [Reader; 3] = [
    // newsboat, newsbeuter
    Reader {
        signs: &[("rss_item", "feedurl"), ("rss_item", "pubDate"), ("rss_feed", "rssurl")],
        query: "SELECT i.title, i.url, i.author, coalesce(f.title, ''), i.pubDate, i.content, NOT i.unread, \
            coalesce(i.flags, '') <> '', i.guid FROM rss_item i LEFT JOIN rss_feed f ON f.rssurl = i.feedurl \
            WHERE coalesce(i.deleted, 0) = 0 ORDER BY i.pubDate, i.id",
        feeds: "SELECT rssurl, url, title FROM rss_feed ORDER BY rowid",
    },
    // newsraft
    Reader {
        signs: &[("items", "publication_date"), ("items", "important"), ("feeds", "feed_url")],
        query: "SELECT i.title, i.link, i.persons, coalesce(f.title, ''), \
            CASE WHEN i.publication_date > 0 THEN i.publication_date ELSE i.update_date END, i.content, NOT i.unread, \
            i.important, i.guid FROM items i LEFT JOIN feeds f ON f.feed_url = i.feed_url ORDER BY 5, i.rowid",
        feeds: "SELECT feed_url, '', title FROM feeds ORDER BY rowid",
    },
    // news-flash and what is built on it
    Reader {
        signs: &[("articles", "article_id"), ("articles", "marked"), ("feeds", "feed_id")],
        query: "SELECT a.title, a.url, a.author, coalesce(f.label, ''), a.timestamp, \
            coalesce(nullif(a.scraped_content, ''), nullif(a.html, ''), a.summary), a.unread = 0, a.marked <> 0, \
            a.article_id FROM articles a LEFT JOIN feeds f ON f.feed_id = a.feed_id ORDER BY a.timestamp, a.rowid",
        feeds: "SELECT feed_url, website, label FROM feeds ORDER BY rowid",
    },
];

/// Hands the articles of another reader's database to `take` in portions, until it says no.
pub(super) fn records(path: &Path, take: &mut dyn FnMut(Vec<Record>) -> bool) -> Result<(), RefusalReason> {
    let source = Source::open(path, &std::env::temp_dir())?;
    let base = &source.base;
    let reader = reader_of(base)?;
    let mut statement = base.prepare(reader.query).map_err(|e| unreadable(&e))?;
    let mut rows = statement.query([]).map_err(|e| unreadable(&e))?;
    let (mut portion, mut is_empty) = (Vec::with_capacity(PORTION), true);
    loop {
        let row = rows.next().map_err(|e| unreadable(&e))?;
        let is_end = row.is_none();
        if let Some(row) = row {
            is_empty = false;
            portion.push(record(row).map_err(|e| unreadable(&e))?);
        }
        if portion.len() >= PORTION || is_end && !portion.is_empty() {
            let go_on = take(std::mem::take(&mut portion));
            if !go_on {
                return Ok(());
            }
        }
        if is_end {
            return if is_empty { Err(RefusalReason::Empty) } else { Ok(()) };
        }
    }
}

/// The feeds that another reader's database subscribes to; what is no address is left out.
pub(super) fn feeds(path: &Path) -> Result<Vec<NewFeed>, RefusalReason> {
    let source = Source::open(path, &std::env::temp_dir())?;
    let base = &source.base;
    let mut statement = base.prepare(reader_of(base)?.feeds).map_err(|e| unreadable(&e))?;
    let rows = statement
        .query_map([], |row| {
            let words = |at: usize| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
            Ok((words(0)?, words(1)?, words(2)?))
        })
        .map_err(|e| unreadable(&e))?;
    let mut feeds = Vec::new();
    for row in rows {
        let (url, site, title) = row.map_err(|e| unreadable(&e))?;
        let Some(url) = resolve("", &url) else { continue };
        let title = Some(clean_line(&title)).filter(|title| !title.is_empty());
        feeds.push(NewFeed { url, title, site: resolve("", &site), tags: Vec::new() });
    }
    Ok(feeds)
}

/// Whose database it is.
fn reader_of(base: &Connection) -> Result<&'static Reader, RefusalReason> {
    READERS.iter().find(|reader| is_of(base, reader)).ok_or_else(|| {
        let is_ours = has(base, "article", "text") || has(base, "article", "packed");
        let why = if is_ours {
            "a library of lesart; open it with --library, or take it over by lesart export"
        } else {
            "a database of no reader that is known (newsboat, newsraft, news-flash)"
        };
        RefusalReason::NotUnderstood(why.to_owned())
    })
}

/// A database that is only read: nothing is written, neither to it nor beside it.
struct Source {
    base: Connection,
    /// Where a copy is read in its place; behind the connection, so that this ends first.
    _copy: Option<Copy>,
}

impl Source {
    /// The database at `path`; where it must be copied, to a folder in `scratch`.
    fn open(path: &Path, scratch: &Path) -> Result<Self, RefusalReason> {
        let connect = |path: &Path, how: &str| connect(path, how).map_err(|e| unreadable(&e));
        // With a log beside it the newest articles stand there; without one, opening as a file that nobody
        // changes keeps SQLite from making one.
        if !fs::metadata(with(path, LOG)).is_ok_and(|meta| meta.len() > 0) {
            return Ok(Self { base: connect(path, "immutable=1")?, _copy: None });
        }
        // Whoever reads a log needs an index of it, and makes one where its writer has left none.
        if with(path, LOG_INDEX).exists() {
            return Ok(Self { base: connect(path, "mode=ro")?, _copy: None });
        }
        let copy = Copy::of(path, scratch)?;
        Ok(Self { base: connect(&copy.base(), "mode=ro")?, _copy: Some(copy) })
    }
}

/// What SQLite puts beside a database: the newest changes, and where they stand.
const LOG: &str = "-wal";
const LOG_INDEX: &str = "-shm";

/// The file beside a database.
fn with(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// A copy of a database and its log, in a folder that only this user may open and that goes with it.
struct Copy {
    folder: PathBuf,
}

impl Copy {
    fn of(path: &Path, scratch: &Path) -> Result<Self, RefusalReason> {
        let (log, size) = (with(path, LOG), |path: &Path| fs::metadata(path).map_or(0, |meta| meta.len()));
        let bytes = size(path).saturating_add(size(&log));
        if bytes > LARGEST_COPY {
            return Err(RefusalReason::NotUnderstood(format!(
                "a database whose last changes are still in its log, too large to be copied ({} GB); open and \
                 leave it once with its own program",
                bytes >> 30
            )));
        }
        let copied = || -> io::Result<Self> {
            // From here on it is removed, whatever fails.
            let copy = Self { folder: folder_in(scratch)? };
            fs::copy(path, copy.base())?;
            fs::copy(&log, with(&copy.base(), LOG))?;
            Ok(copy)
        };
        copied().map_err(|error| RefusalReason::System(error.to_string()))
    }

    fn base(&self) -> PathBuf {
        self.folder.join("base")
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A new folder in `scratch`, for this user only.
fn folder_in(scratch: &Path) -> io::Result<PathBuf> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let mut number = 0;
    loop {
        let folder = scratch.join(format!("lesart-{}-{number}", process::id()));
        match builder.create(&folder) {
            // Of another thread, or left behind by a process that was killed.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 1000 => number += 1,
            made => return made.map(|()| folder),
        }
    }
}

fn unreadable(error: &rusqlite::Error) -> RefusalReason {
    RefusalReason::NotUnderstood(format!("a database that cannot be read ({error})"))
}

/// Connects for reading; `how` is a parameter of SQLite's addresses.
fn connect(path: &Path, how: &str) -> rusqlite::Result<Connection> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut name = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/.-_".contains(byte) {
            name.push(char::from(*byte));
            continue;
        }
        name.push('%');
        for half in [byte >> 4, byte & 15] {
            name.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
        }
    }
    Connection::open_with_flags(format!("{name}?{how}"), flags)
}

fn has(base: &Connection, table: &str, column: &str) -> bool {
    base.query_row("SELECT 1 FROM pragma_table_info(?1) WHERE name = ?2", [table, column], |_| Ok(())).is_ok()
}

fn is_of(base: &Connection, reader: &Reader) -> bool {
    reader.signs.iter().all(|(table, column)| has(base, table, column))
}

fn record(row: &Row) -> rusqlite::Result<Record> {
    let words = |at: usize| -> rusqlite::Result<String> {
        Ok(match row.get_ref(at)? {
            rusqlite::types::ValueRef::Text(bytes) | rusqlite::types::ValueRef::Blob(bytes) => {
                String::from_utf8_lossy(bytes).into_owned()
            }
            rusqlite::types::ValueRef::Integer(number) => number.to_string(),
            _ => String::new(),
        })
    };
    let truth =
        |at: usize| -> rusqlite::Result<bool> { Ok(row.get::<_, Option<i64>>(at)?.unwrap_or(0) != 0) };
    let state = ReadState { read: truth(6)?, starred: truth(7)?, ..ReadState::default() };
    let author = field(&words(2)?, "name=");
    Ok(Record {
        title: words(0)?,
        url: words(1)?,
        authors: Some(author).filter(|a| !a.is_empty()).into_iter().collect(),
        feed: words(3)?,
        date: day(&words(4)?),
        body: field(&words(5)?, "text="),
        key: words(8)?,
        kept: Some(Kept { state: Some(state), ..Kept::default() }),
        ..Record::default()
    })
}

/// The day of a time: seconds since 1970, or written out.
fn day(time: &str) -> String {
    let Ok(seconds) = time.parse::<i64>() else { return time.to_owned() };
    if seconds <= 0 {
        return String::new();
    }
    Timestamp::from_second(seconds)
        .map(|t| TimeZone::UTC.to_datetime(t).date().to_string())
        .unwrap_or_default()
}

/// What newsraft packs into a column: records of `name=value`, divided by control characters; the
/// longest value of that name. Other columns are as they are.
fn field(column: &str, name: &str) -> String {
    if !column.contains(['\u{1e}', '\u{1f}']) {
        return column.to_owned();
    }
    let values = column.split(['\u{1e}', '\u{1f}']).filter_map(|piece| piece.strip_prefix(name));
    values.max_by_key(|value| value.len()).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(sql: &str) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("daten %20 bank.db");
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        (folder, path)
    }

    fn read(path: &Path) -> Result<Vec<Record>, RefusalReason> {
        let mut all = Vec::new();
        let beside = || {
            let entries = std::fs::read_dir(path.parent().unwrap()).unwrap();
            let mut files: Vec<_> =
                entries.map(|e| e.unwrap().path()).map(|p| (std::fs::read(&p).unwrap(), p)).collect();
            files.sort();
            files
        };
        let before = beside();
        let read = records(path, &mut |records| {
            all.extend(records);
            true
        });
        assert_eq!(beside(), before, "nothing is written, and nothing beside it");
        read.map(|()| all)
    }

    #[test]
    fn newsboat_keeps_its_marks() {
        let (_folder, path) = base(
            "CREATE TABLE rss_feed (rssurl VARCHAR PRIMARY KEY, url VARCHAR, title VARCHAR);
             CREATE TABLE rss_item (id INTEGER PRIMARY KEY, guid VARCHAR, title VARCHAR, author VARCHAR, url VARCHAR,
               feedurl VARCHAR, pubDate INTEGER, content VARCHAR, unread INTEGER, enclosure_url VARCHAR,
               enqueued INTEGER, flags VARCHAR, deleted INTEGER NOT NULL DEFAULT 0);
             INSERT INTO rss_feed VALUES ('https://example.org/f', 'https://example.org', 'Der Morgenbote');
             INSERT INTO rss_item VALUES (1,'g1','Rat tagt','Erika Muster','https://example.org/1','https://example.org/f',
               1263186000,'<p>Der Rat tagt.</p>',0,'',0,'s',0), (2,'g2','Weg','','','https://example.org/f',1,'x',1,'',0,NULL,1),
               (3,'g3','Offen','','https://example.org/3','https://example.org/x',0,'Ein Satz.',1,'',0,NULL,0);",
        );
        let all = read(&path).unwrap();
        assert_eq!(
            all.iter().map(|r| r.key.as_str()).collect::<Vec<_>>(),
            ["g3", "g1"],
            "what was deleted is not taken"
        );
        let first = &all[1];
        assert_eq!((first.date.as_str(), first.feed.as_str()), ("2010-01-11", "Der Morgenbote"));
        let state = first.kept.as_ref().unwrap().state.unwrap();
        assert!(state.read && state.starred);
        assert_eq!(all[0].date, "");
        let feeds = feeds(&path).unwrap();
        assert_eq!(
            feeds,
            [NewFeed {
                url: "https://example.org/f".to_owned(),
                title: Some("Der Morgenbote".to_owned()),
                site: Some("https://example.org/".to_owned()),
                tags: Vec::new(),
            }]
        );
        assert!(!all[0].kept.as_ref().unwrap().state.unwrap().read);
    }

    #[test]
    fn what_stands_in_a_log_only_is_read_and_nothing_left_behind() {
        let (source, path) = base(
            "PRAGMA journal_mode = WAL;
             CREATE TABLE feeds (feed_id TEXT PRIMARY KEY, label TEXT);
             CREATE TABLE articles (article_id TEXT PRIMARY KEY, title TEXT, author TEXT, feed_id TEXT, url TEXT,
               timestamp DATETIME, html TEXT, summary TEXT, unread INTEGER, marked INTEGER, scraped_content TEXT);",
        );
        // As a program leaves it that did not end well: the log is there, and nobody has it open.
        let writer = Connection::open(&path).unwrap();
        writer
            .execute_batch(
                "INSERT INTO articles VALUES ('a','Rat tagt',NULL,'f','https://example.org/1','2010-01-11 05:00:00',
                   '<p>Der ganze Text.</p>','Kurz',1,0,NULL);",
            )
            .unwrap();
        let left = tempfile::tempdir().unwrap();
        for entry in std::fs::read_dir(source.path()).unwrap().map(|e| e.unwrap().path()) {
            if !entry.to_string_lossy().ends_with(LOG_INDEX) {
                std::fs::copy(&entry, left.path().join(entry.file_name().unwrap())).unwrap();
            }
        }
        drop(writer);
        let path = left.path().join(path.file_name().unwrap());
        assert!(with(&path, LOG).exists() && !with(&path, LOG_INDEX).exists());
        assert_eq!(read(&path).unwrap().len(), 1);

        let scratch = tempfile::tempdir().unwrap();
        let count = || std::fs::read_dir(scratch.path()).unwrap().count();
        let source = Source::open(&path, scratch.path()).unwrap();
        assert_eq!(count(), 1, "a copy is read");
        drop(source);
        assert_eq!(count(), 0, "and removed");
    }

    #[test]
    fn newsraft_unpacks_its_columns() {
        let (_folder, path) = base(
            "CREATE TABLE feeds (feed_url TEXT, title TEXT);
             CREATE TABLE items (feed_url TEXT, guid TEXT, title TEXT, link TEXT, content TEXT, attachments TEXT, persons TEXT,
               extras TEXT, publication_date INTEGER, update_date INTEGER, unread INTEGER, important INTEGER);
             INSERT INTO feeds VALUES ('f', 'Der Morgenbote');
             INSERT INTO items VALUES ('f','g','Rat tagt','https://example.org/1',
               '^' || char(31) || 'type=text/plain' || char(31) || 'text=Kurz.' || char(31) || '^' || char(31) || 'type=text/html'
               || char(31) || 'text=<p>Der Rat tagt.</p>', NULL,
               '^' || char(31) || 'type=author' || char(31) || 'name=Erika Muster', NULL, 0, 1263186000, 0, 1);",
        );
        let all = read(&path).unwrap();
        assert_eq!(
            (all[0].body.as_str(), all[0].authors.as_slice()),
            ("<p>Der Rat tagt.</p>", ["Erika Muster".to_owned()].as_slice())
        );
        assert_eq!(all[0].date, "2010-01-11");
        assert!(all[0].kept.as_ref().unwrap().state.unwrap().starred);
    }

    #[test]
    fn news_flash_gives_the_longest_text_it_has() {
        let (_folder, path) = base(
            "CREATE TABLE feeds (feed_id TEXT PRIMARY KEY, label TEXT);
             CREATE TABLE articles (article_id TEXT PRIMARY KEY, title TEXT, author TEXT, feed_id TEXT, url TEXT,
               timestamp DATETIME, html TEXT, summary TEXT, unread INTEGER, marked INTEGER, scraped_content TEXT);
             INSERT INTO feeds VALUES ('f', 'Der Morgenbote');
             INSERT INTO articles VALUES ('a','Rat tagt',NULL,'f','https://example.org/1','2010-01-11 05:00:00',
               '<p>Kurz.</p>','Kurz',1,0,'<p>Der ganze Text.</p>');",
        );
        let all = read(&path).unwrap();
        assert_eq!(
            (all[0].body.as_str(), all[0].date.as_str()),
            ("<p>Der ganze Text.</p>", "2010-01-11 05:00:00")
        );
    }

    #[test]
    fn other_databases_are_refused_by_what_they_are() {
        let (_folder, path) = base("CREATE TABLE x (y TEXT);");
        let Err(RefusalReason::NotUnderstood(why)) = read(&path) else { panic!("refused") };
        assert!(why.contains("no reader that is known"));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.db");
        std::fs::write(&path, [MAGIC, b"and then nothing"].concat()).unwrap();
        assert!(read(&path).is_err());
    }
}
