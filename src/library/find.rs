//! Finding: the index over all articles, and short lists for pickers.

use std::cell::Cell;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::atomic::Ordering;
use std::time::Instant;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params};

use super::{Error, Library, article, correction, entity, packing, tag};
use crate::model::{Article, ArticleId, EntityCount, EntityKind, SearchAnswer};
use crate::search::{Body, Document, Lit, Mark, Numbers, Order, Query, Request, Set};

/// Articles that are read and indexed at once; newer requests are heard in between.
const PART: u32 = 64;

/// Hits of an answer that come with passages: a page of them. Each takes reading a text.
const DETAILED: usize = 20;
/// The same while a query is typed: what a screen shows. The others are lit by [`Library::light`]
/// when they come into sight.
const IN_SIGHT: usize = 12;

/// A search that takes longer tells every so often what it has, in microseconds.
const EVERY_US: u64 = 30_000;

impl Library {
    /// The articles that answer `query`, at most `limit`, with passages for the first ones. Only
    /// articles that [`Library::prepare`] came to are searched; `searched` says how many. Where no
    /// article has all words, those with most of them stand in for an answer by relevance.
    ///
    /// # Errors
    /// `Overtaken` where `is_current` said no; else where the library's file cannot be read.
    pub fn search(
        &self,
        query: &Query,
        limit: usize,
        order: Order,
        is_current: &dyn Fn() -> bool,
    ) -> Result<SearchAnswer, Error> {
        let asked = (limit, limit.min(DETAILED), order);
        self.answer(query, asked, is_current, &|_| {})
    }

    /// As [`Library::search`], for queries that are being typed: fewer hits come with passages, and where
    /// it takes long, `publish` is given what was found so far, every now and then.
    ///
    /// # Errors
    /// Those of [`Library::search`].
    pub fn search_live(
        &self,
        query: &Query,
        limit: usize,
        order: Order,
        is_current: &dyn Fn() -> bool,
        publish: &dyn Fn(SearchAnswer),
    ) -> Result<SearchAnswer, Error> {
        self.answer(query, (limit, limit.min(IN_SIGHT), order), is_current, publish)
    }

    fn answer(
        &self,
        query: &Query,
        (limit, detailed, order): (usize, usize, Order),
        is_current: &dyn Fn() -> bool,
        publish: &dyn Fn(SearchAnswer),
    ) -> Result<SearchAnswer, Error> {
        let start = Instant::now();
        let took_us = || u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
        let published = Cell::new(0);
        let answer = self.with_request(query, is_current, |request| {
            let request = Request {
                limit,
                detailed,
                order,
                nearest: order == Order::Relevance,
                is_due: &|| took_us() >= published.get() + EVERY_US,
                publish: &|answer| {
                    publish(SearchAnswer { took_us: took_us(), ..answer });
                    published.set(took_us());
                },
                ..request
            };
            self.asked(is_current, || self.index.search(&request))
        })?;
        Ok(SearchAnswer { took_us: took_us(), ..answer })
    }

    /// All articles that answer `query`, as a set: for what narrows a list.
    ///
    /// # Errors
    /// Those of [`Library::search`].
    pub fn matching(&self, query: &Query, is_current: &dyn Fn() -> bool) -> Result<Numbers, Error> {
        self.with_request(query, is_current, |request| {
            self.asked(is_current, || self.index.matching(&request))
        })
    }

    /// All articles that answer `query`, best first.
    ///
    /// # Errors
    /// Those of [`Library::search`].
    pub fn ranked(&self, query: &Query, is_current: &dyn Fn() -> bool) -> Result<Vec<ArticleId>, Error> {
        let answer = self.with_request(query, is_current, |request| {
            let request = Request { limit: usize::MAX, order: Order::Relevance, ..request };
            self.asked(is_current, || self.index.search(&request))
        })?;
        Ok(answer.hits.into_iter().map(|hit| hit.id).collect())
    }

    /// What `ask` makes of a request about `query`, with the library's sets and texts; it asks for no
    /// hits, and tells nothing on the way.
    pub(super) fn with_request<T>(
        &self,
        query: &Query,
        is_current: &dyn Fn() -> bool,
        ask: impl FnOnce(Request<'_>) -> T,
    ) -> T {
        ask(Request {
            query,
            limit: 0,
            detailed: 0,
            order: Order::Date,
            nearest: false,
            sets: &|set| self.set(set),
            text_of: &|id| self.read(|tables| body(tables, id)).ok().flatten(),
            is_current,
            is_due: &|| false,
            publish: &|_| {},
        })
    }

    /// What `ask` finds in the index as it is now; once more where that was damaged and made anew.
    fn asked<T>(&self, is_current: &dyn Fn() -> bool, ask: impl Fn() -> Option<T>) -> Result<T, Error> {
        self.index.refresh();
        let mut found = ask();
        if self.index.is_damaged() {
            // The index is made from the tables: what is lost of it is made again.
            self.index.clear();
            self.update_index(is_current)?;
            found = ask();
        }
        found.ok_or(Error::Overtaken)
    }

    /// The articles of a set; none where the tables cannot be read.
    pub(super) fn set(&self, set: Set<'_>) -> Numbers {
        let new_since = *self.new_since();
        self.read(|tables| articles(tables, set, new_since)).unwrap_or_default()
    }

    /// What `query` lights in an article, found by it or not.
    ///
    /// # Errors
    /// `NoArticle`; or where the library's file cannot be read.
    pub fn light(&self, query: &Query, id: ArticleId) -> Result<Lit, Error> {
        let body = self.read(|tables| body(tables, id))?.ok_or(Error::NoArticle(id))?;
        Ok(self.index.light(query, &body))
    }

    /// Takes articles into the index that it does not hold yet, and out of it what was replaced.
    ///
    /// # Errors
    /// `Overtaken` where `is_current` said no; else where the library's file cannot be read.
    pub(super) fn update_index(&self, is_current: &dyn Fn() -> bool) -> Result<(), Error> {
        // One at a time; who waits then finds little left to do.
        let turn = self.index.turn();
        if self.index.is_damaged() || !self.read(|tables| is_known(tables, self.index.mark()))? {
            self.index.clear();
        }
        let mut last = self.index.mark().last;
        loop {
            self.indexed.store(last.0, Ordering::Relaxed);
            if !is_current() {
                return Err(Error::Overtaken);
            }
            let (replaced, part) = self.read(|tables| Ok((replaced(tables, last)?, part(tables, last)?)))?;
            let Some((newest, _)) = part.last() else { break };
            for id in replaced {
                self.index.remove(id);
            }
            for (article, names) in &part {
                self.index.add(&document(article, &kinds(names)));
            }
            last = newest.id;
            turn.reached(self.read(|tables| mark(tables, last))?);
        }
        let (up_to, unready) = self.index_corrected(is_current)?;
        // A disk that does not take the index costs the time to make it again, and nothing else.
        let is_kept = turn.finish().unwrap_or(false) || self.home().is_none();
        if is_kept && up_to > 0 {
            // What stays marked is taken in once more; that fails nobody who searches.
            let _ = self.with(|tables| correction::indexed(tables, up_to, &unready));
        }
        Ok(())
    }

    /// Takes in anew what was corrected; the number up to which that is done, 0 where there was nothing,
    /// and the articles that are to be taken in once more when they are analysed.
    fn index_corrected(&self, is_current: &dyn Fn() -> bool) -> Result<(i64, Vec<ArticleId>), Error> {
        let (ids, up_to) = self.read(correction::to_index)?;
        let mut unready = Vec::new();
        for id in ids {
            if !is_current() {
                return Err(Error::Overtaken);
            }
            match self.read(|tables| corrected(tables, id))? {
                Some((article, names, is_analysed)) => {
                    self.index.add(&document(&article, &kinds(&names)));
                    unready.extend((!is_analysed).then_some(id));
                }
                None => self.index.remove(id),
            }
        }
        Ok((up_to, unready))
    }

    /// Headlines with their articles, newest first, at most `limit`.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn headlines(&self, limit: u32) -> Result<Vec<(ArticleId, String)>, Error> {
        self.read(|tables| {
            tables
                .prepare_cached(
                    "SELECT id, title FROM article WHERE replaced_by IS NULL
                     ORDER BY day DESC, id LIMIT ?",
                )?
                .query_map([limit], |r| Ok((ArticleId(r.get(0)?), r.get(1)?)))?
                .collect()
        })
    }
}

/// What the index takes in of an article.
fn document<'a>(article: &'a Article, entities: &'a [(EntityKind, &'a str)]) -> Document<'a> {
    let draft = &article.draft;
    Document {
        id: article.id,
        title: &draft.title.text,
        text: &draft.text,
        source: &draft.source,
        language: draft.language,
        published: draft.published,
        entities,
    }
}

fn kinds(names: &[EntityCount]) -> Vec<(EntityKind, &str)> {
    names.iter().map(|e| (e.kind, e.canonical.as_str())).collect()
}

fn articles(tables: &Connection, set: Set<'_>, new_since: Option<ArticleId>) -> rusqlite::Result<Numbers> {
    let (sql, value) = match set {
        Set::Read => ("SELECT article FROM state WHERE read AND ?1", Value::Integer(1)),
        Set::Starred => ("SELECT article FROM state WHERE starred AND ?1", Value::Integer(1)),
        Set::Noted => ("SELECT article FROM note WHERE ?1", Value::Integer(1)),
        Set::New => {
            let since = article::since(tables, new_since)?;
            ("SELECT id FROM article WHERE id > ?1", Value::Integer(since.0.into()))
        }
        Set::Story(story) => ("SELECT article FROM member WHERE story = ?1", Value::Integer(story.0.into())),
        Set::Tag(name) => (
            "SELECT article FROM tagged JOIN tag ON tag.id = tagged.tag WHERE folded = ?1",
            Value::Text(tag::folded(name)),
        ),
    };
    tables.prepare_cached(sql)?.query_map([value], |r| r.get(0).map(ArticleId))?.collect()
}

pub(super) fn body(tables: &Connection, id: ArticleId) -> rusqlite::Result<Option<Body>> {
    tables
        .prepare_cached(
            "SELECT title, text FROM article JOIN body ON body.article = article.id WHERE article.id = ?",
        )?
        .query_row([id.0], |row| {
            Ok(Body { title: row.get(0)?, text: packing::unpack(tables, row.get_ref(1)?.as_blob()?)? })
        })
        .optional()
}

/// What tells this library's file from others, made when first asked for.
pub(super) fn identity(tables: &Connection) -> rusqlite::Result<u64> {
    let known = || {
        tables
            .query_row("SELECT value FROM meta WHERE name = 'identity'", [], |r| r.get::<_, String>(0))
            .optional()
    };
    let mut identity = known()?;
    if identity.is_none() {
        // Not for secrets: the standard hasher is seeded anew for each.
        let new = RandomState::new().hash_one(std::process::id());
        tables.execute("INSERT OR IGNORE INTO meta VALUES ('identity', ?)", [format!("{new:016x}")])?;
        identity = known()?;
    }
    Ok(identity.and_then(|known| u64::from_str_radix(&known, 16).ok()).unwrap_or_default())
}

/// The mark of an index that reaches up to `last`: the article's hash tells it from one of the same
/// number in an older copy of the library.
fn mark(tables: &Connection, last: ArticleId) -> rusqlite::Result<Mark> {
    let hash: Option<Vec<u8>> = tables
        .prepare_cached("SELECT identity FROM article WHERE id = ?")?
        .query_row([last.0], |r| r.get(0))
        .optional()?;
    let key = hash.iter().flatten().take(8).fold(0, |key, &byte| key << 8 | u64::from(byte));
    Ok(Mark { last, key })
}

/// Whether an index that reaches up to `known` was made from these articles.
fn is_known(tables: &Connection, known: Mark) -> rusqlite::Result<bool> {
    Ok(known.last == ArticleId::default() || mark(tables, known.last)? == known)
}

/// Articles up to `last` whose newer version comes after it.
fn replaced(tables: &Connection, last: ArticleId) -> rusqlite::Result<Vec<ArticleId>> {
    tables
        .prepare_cached("SELECT id FROM article WHERE replaced_by > ?1 AND id <= ?1")?
        .query_map([last.0], |r| r.get(0).map(ArticleId))?
        .collect()
}

/// A corrected article with its entities, and whether these are what it says now; `None` where it is
/// not listed.
fn corrected(
    tables: &Connection,
    id: ArticleId,
) -> rusqlite::Result<Option<(Article, Vec<EntityCount>, bool)>> {
    if !article::is_listed(tables, id)? {
        return Ok(None);
    }
    let Some(article) = article::load(tables, id)? else { return Ok(None) };
    Ok(Some((article, entity::of_article(tables, id)?, entity::is_analysed(tables, id)?)))
}

/// The next articles after `last`, with their entities.
fn part(tables: &Connection, last: ArticleId) -> rusqlite::Result<Vec<(Article, Vec<EntityCount>)>> {
    let ids: Vec<ArticleId> = tables
        .prepare_cached("SELECT id FROM article WHERE id > ? AND replaced_by IS NULL ORDER BY id LIMIT ?")?
        .query_map(params![last.0, PART], |r| r.get(0).map(ArticleId))?
        .collect::<rusqlite::Result<_>>()?;
    let mut part = Vec::with_capacity(ids.len());
    for id in ids {
        if let Some(article) = article::load(tables, id)? {
            part.push((article, entity::of_article(tables, id)?));
        }
    }
    Ok(part)
}
