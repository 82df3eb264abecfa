//! Subscriptions: which feeds there are, and what came of asking for them.
//!
//! Articles of feeds come in as all others do. Whatever is noted of an answer is stored with its articles in one
//! transaction: a process that ends in between asks again for what it has not kept.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::article;
use super::storing::{self, Stored};
use super::{Error, Library, columns, foreign, identity, packing};
use crate::ingest::Hint;
use crate::ingest::feed::{FeedText, read_feed};
use crate::model::{
    ArticleId, Draft, Feed, FeedId, Fetched, Filter, Kept, Missed, NewFeed, RefusalReason, Taken, Trouble,
    Validators, address,
};

/// Least pause between two requests for a feed, in seconds.
const PAUSE_S: u64 = 30 * 60;

/// Longest pause of our own, in seconds, whatever a feed says and however often it failed.
const DAY_S: u64 = 24 * 3600;

/// Pause where a server wants one and does not say how long, in seconds.
const WAIT_S: u64 = 3600;

impl Library {
    /// All feeds, by title.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn feeds(&self) -> Result<Vec<Feed>, Error> {
        let new_since = *self.new_since();
        self.read(|tables| {
            let since = article::since(tables, new_since)?;
            let mut feeds = all(tables)?;
            let mut counts = tables.prepare_cached(
                "SELECT count(*), count(*) FILTER (WHERE NOT coalesce(read, 0)), count(*) FILTER (WHERE id > ?2)
                 FROM fed JOIN article ON article.id = fed.article LEFT JOIN state ON state.article = article.id
                 WHERE feed = ?1 AND replaced_by IS NULL",
            )?;
            for feed in &mut feeds {
                (feed.articles, feed.unread, feed.new) =
                    counts.query_row(params![feed.id.0, since.0], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
            }
            Ok(feeds)
        })
    }

    /// The feeds that the database of another reader subscribes to; `None` where the file at `path` is no
    /// database.
    ///
    /// # Errors
    /// Why it cannot be read, or whose it is.
    pub fn feeds_of_reader(path: &Path) -> Result<Option<Vec<NewFeed>>, RefusalReason> {
        let mut start = Vec::new();
        let read =
            File::open(path).and_then(|file| file.take(foreign::MAGIC.len() as u64).read_to_end(&mut start));
        if read.is_err() || start != foreign::MAGIC {
            return Ok(None);
        }
        foreign::feeds(path).map(Some)
    }

    /// Whether there is any feed.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn has_feeds(&self) -> Result<bool, Error> {
        self.read(|tables| tables.query_row("SELECT EXISTS (SELECT 1 FROM feed)", [], |r| r.get(0)))
    }

    /// Feeds with articles that are new since the reader was here last: filter and number of new ones.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn feeds_with_new(&self) -> Result<Vec<(Filter, u32)>, Error> {
        let new_since = *self.new_since();
        self.read(|tables| {
            let since = article::since(tables, new_since)?;
            // From the few new articles to their feeds.
            tables
                .prepare_cached(
                    "SELECT feed.id, coalesce(feed.name, feed.title), count(*)
                     FROM article CROSS JOIN fed ON fed.article = article.id JOIN feed ON feed.id = fed.feed
                     WHERE article.id > ? AND replaced_by IS NULL
                     GROUP BY feed.id ORDER BY lower(coalesce(feed.name, feed.title)), feed.id",
                )?
                .query_map([since.0], |row| {
                    let filter = Filter::Feed { id: FeedId(row.get(0)?), title: row.get(1)? };
                    Ok((filter, row.get(2)?))
                })?
                .collect()
        })
    }

    /// Subscribes to feeds, in one go: how many are new. One that is there already gets the tags that it does
    /// not have, and the name if it has none.
    ///
    /// # Errors
    /// Where the library's file cannot be written.
    pub fn add_feeds(&self, feeds: &[NewFeed]) -> Result<u32, Error> {
        self.persist()?;
        self.with(|tables| {
            let all = tables.transaction()?;
            let mut new = 0;
            for feed in feeds {
                new += u32::from(add(&all, feed)?);
            }
            all.commit()?;
            Ok(new)
        })
    }

    /// Ends a subscription; its articles stay. The feed, or `None` where there is none of this number.
    ///
    /// # Errors
    /// Where the library's file cannot be written.
    pub fn remove_feed(&self, id: FeedId) -> Result<Option<Feed>, Error> {
        self.with(|tables| {
            let step = tables.transaction()?;
            let feed = one(&step, id)?;
            step.execute("DELETE FROM fed WHERE feed = ?", [id.0])?;
            step.execute("DELETE FROM feed WHERE id = ?", [id.0])?;
            step.commit()?;
            Ok(feed)
        })
    }

    /// Takes the answer to a request for a feed at `now`: stores new articles, without analysing them, and when
    /// to ask again. [`Library::prepare`] does the rest, best once behind a whole round.
    ///
    /// # Errors
    /// Where the library's file cannot be written.
    pub fn take_feed(
        &self,
        feed: &Feed,
        answer: &Result<Fetched, Missed>,
        now: Timestamp,
    ) -> Result<Taken, Error> {
        let fetched = match answer {
            Ok(fetched) => fetched,
            Err(missed) => {
                self.with(|tables| note_trouble(tables, feed, missed, now))?;
                return Ok(Taken { trouble: Some(missed.trouble), ..Taken::default() });
            }
        };
        let Some(bytes) = &fetched.bytes else {
            self.with(|tables| note_fetched(tables, feed, fetched, None, now))?;
            return Ok(Taken { is_unchanged: true, ..Taken::default() });
        };
        let hint = Hint {
            origin: &feed.url,
            url: Some(&fetched.url),
            charset: fetched.charset.as_deref(),
            ..Hint::default()
        };
        let Ok(mut text) = read_feed(bytes, &hint) else {
            let missed = Missed { trouble: Trouble::NoFeed, retry_s: None };
            self.with(|tables| note_trouble(tables, feed, &missed, now))?;
            return Ok(Taken { trouble: Some(missed.trouble), ..Taken::default() });
        };
        for draft in &mut text.articles {
            feed.url.clone_into(&mut draft.origin);
            if !feed.tags.is_empty() {
                draft.kept = Some(Box::new(Kept { tags: feed.tags.clone(), ..Kept::default() }));
            }
        }
        self.with(|tables| {
            let all = tables.transaction()?;
            if one(&all, feed.id)?.is_none() {
                // It was unsubscribed while it was asked for.
                return Ok(Taken::default());
            }
            let taken = store(&all, feed, &text.articles)?;
            note_fetched(&all, feed, fetched, Some(&text), now)?;
            all.commit()?;
            Ok(taken)
        })
    }
}

/// Stores the articles of a feed.
fn store(tables: &Connection, feed: &Feed, drafts: &[Draft]) -> rusqlite::Result<Taken> {
    let mut taken = Taken::default();
    // The last of a feed are its oldest: they get the lower numbers.
    for draft in drafts.iter().rev() {
        let known = at_address(tables, draft)?;
        let id = match known {
            Some(Known { id, has_whole: true }) => Some(id),
            known => match storing::insert(tables, draft)? {
                Stored::Added(id) => {
                    taken.added += 1;
                    Some(id)
                }
                Stored::Updated(id) => {
                    taken.added += 1;
                    taken.updated += 1;
                    Some(id)
                }
                Stored::Duplicate => known.map(|known| known.id),
            },
        };
        if let Some(id) = id {
            tables
                .prepare_cached("INSERT OR IGNORE INTO fed (feed, article) VALUES (?, ?)")?
                .execute([feed.id.0, id.0])?;
        }
    }
    Ok(taken)
}

/// The newest version of the article at a draft's address.
struct Known {
    id: ArticleId,
    /// The draft is a part of it: a later form of that part is no newer version.
    has_whole: bool,
}

/// What the library has at a draft's address.
fn at_address(tables: &Connection, draft: &Draft) -> rusqlite::Result<Option<Known>> {
    let Some(address) = draft.url.as_deref().and_then(identity::address) else { return Ok(None) };
    tables
        .prepare_cached(
            "SELECT article.id, text, origin = url FROM article JOIN body ON body.article = article.id
             WHERE page = ? AND replaced_by IS NULL ORDER BY article.id DESC LIMIT 1",
        )?
        .query_row([identity::of_address(&address)], |row| {
            let text = packing::unpack(tables, row.get_ref(1)?.as_blob()?)?;
            // What was read from its page is the whole by whatever it is longer, as it was when it was taken.
            // Of other texts that is guessed: an article that was shortened by half is rare.
            let is_page = row.get::<_, Option<bool>>(2)?.unwrap_or(false);
            let longest_part =
                if is_page { text.len().saturating_sub(1) } else { text.len().saturating_sub(1) / 2 };
            Ok(Known { id: ArticleId(row.get(0)?), has_whole: draft.text.len() <= longest_part })
        })
        .optional()
}

/// What a feed is by the reader's own doing, for an export.
pub(super) fn to_keep(tables: &Connection) -> rusqlite::Result<Vec<NewFeed>> {
    tables
        .prepare_cached("SELECT url, name, site, tags FROM feed ORDER BY id")?
        .query_map([], |row| {
            let tags = columns::to_words(&row.get::<_, String>(3)?);
            Ok(NewFeed { url: row.get(0)?, title: row.get(1)?, site: row.get(2)?, tags })
        })?
        .collect()
}

/// Subscribes to a feed; whether it is new.
pub(super) fn add(tables: &Connection, feed: &NewFeed) -> rusqlite::Result<bool> {
    let known: Option<(u32, String)> = tables
        .prepare_cached("SELECT id, tags FROM feed WHERE url = ?")?
        .query_row([&feed.url], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    if let Some((id, tags)) = known {
        let mut tags = columns::to_words(&tags);
        let new: Vec<String> = feed.tags.iter().filter(|tag| !tags.contains(tag)).cloned().collect();
        tags.extend(new);
        tables
            .prepare_cached(
                "UPDATE feed SET tags = ?, name = coalesce(name, ?), site = coalesce(site, ?) WHERE id = ?",
            )?
            .execute(params![columns::words(&tags), feed.title, feed.site, id])?;
        return Ok(false);
    }
    let title = address::host(&feed.url).unwrap_or_else(|| feed.url.clone());
    tables
        .prepare_cached(
            "INSERT INTO feed (url, title, name, site, tags, failures) VALUES (?, ?, ?, ?, ?, 0)",
        )?
        .execute(params![feed.url, title, feed.title, feed.site, columns::words(&feed.tags)])?;
    Ok(true)
}

const COLUMNS: &str =
    "id, url, coalesce(name, title), site, tags, etag, modified, fetched, next, wait, trouble, failures";

fn all(tables: &Connection) -> rusqlite::Result<Vec<Feed>> {
    tables
        .prepare_cached(&format!("SELECT {COLUMNS} FROM feed ORDER BY lower(coalesce(name, title)), id"))?
        .query_map([], feed)?
        .collect()
}

fn one(tables: &Connection, id: FeedId) -> rusqlite::Result<Option<Feed>> {
    tables
        .prepare_cached(&format!("SELECT {COLUMNS} FROM feed WHERE id = ?"))?
        .query_row([id.0], feed)
        .optional()
}

fn feed(row: &Row<'_>) -> rusqlite::Result<Feed> {
    let instant = |at: usize| -> rusqlite::Result<Option<Timestamp>> {
        Ok(row.get::<_, Option<String>>(at)?.and_then(|text| text.parse().ok()))
    };
    Ok(Feed {
        id: FeedId(row.get(0)?),
        url: row.get(1)?,
        title: row.get(2)?,
        site: row.get(3)?,
        tags: columns::to_words(&row.get::<_, String>(4)?),
        validators: Validators { etag: row.get(5)?, modified: row.get(6)? },
        fetched: instant(7)?,
        next: instant(8)?,
        wait: instant(9)?,
        trouble: row.get::<_, Option<String>>(10)?.and_then(|code| Trouble::from_code(&code)),
        failures: row.get(11)?,
        ..Feed::default()
    })
}

/// Notes a good answer; `text` is what was read, where it is not the same as before.
fn note_fetched(
    tables: &Connection,
    feed: &Feed,
    fetched: &Fetched,
    text: Option<&FeedText>,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let ttl_s = text.and_then(|text| text.ttl_minutes).map_or(0, |minutes| u64::from(minutes) * 60);
    let pause = PAUSE_S.max(ttl_s).max(fetched.fresh_s.unwrap_or(0)).min(DAY_S);
    let validators = if text.is_some() {
        fetched.validators.clone()
    } else {
        // An answer without content need not repeat them.
        Validators {
            etag: fetched.validators.etag.clone().or_else(|| feed.validators.etag.clone()),
            modified: fetched.validators.modified.clone().or_else(|| feed.validators.modified.clone()),
        }
    };
    tables
        .prepare_cached(
            "UPDATE feed SET title = coalesce(?, title), site = coalesce(?, site), etag = ?, modified = ?,
                    fetched = ?, next = ?, wait = NULL, trouble = NULL, failures = 0 WHERE id = ?",
        )?
        .execute(params![
            text.and_then(|text| text.title.as_deref()),
            text.and_then(|text| text.site.as_deref()),
            validators.etag,
            validators.modified,
            now.to_string(),
            later(now, pause),
            feed.id.0,
        ])?;
    if let Some(moved) = &fetched.moved {
        // Where that address is subscribed to already, both stay as they are.
        tables.execute("UPDATE OR IGNORE feed SET url = ? WHERE id = ?", params![moved, feed.id.0])?;
    }
    Ok(())
}

/// Notes that a feed could not be read; what was read before stays.
fn note_trouble(tables: &Connection, feed: &Feed, missed: &Missed, now: Timestamp) -> rusqlite::Result<()> {
    let wait = match missed.trouble {
        Trouble::Wait(_) => Some(missed.retry_s.unwrap_or(WAIT_S)),
        _ => missed.retry_s,
    };
    // Each time in a row the pause doubles.
    let pause = (PAUSE_S << feed.failures.min(6)).min(DAY_S).max(wait.unwrap_or(0));
    tables
        .prepare_cached(
            "UPDATE feed SET trouble = ?, failures = failures + 1, next = ?, wait = ? WHERE id = ?",
        )?
        .execute(params![
            missed.trouble.code(),
            later(now, pause),
            wait.map(|wait| later(now, wait)),
            feed.id.0
        ])?;
    Ok(())
}

fn later(now: Timestamp, seconds: u64) -> String {
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
    let then = now.as_second().saturating_add(seconds);
    Timestamp::from_second(then).unwrap_or(Timestamp::MAX).to_string()
}
