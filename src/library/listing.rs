//! What lists show of many articles: ids in order, heads between them, counts. Never a row's words.

use std::collections::HashMap;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, params_from_iter};

use super::{Error, Library, article, story};
use crate::model::{ArticleId, Filter, Gathering, HeadLabel, ListHead, Sort, StoryId, View};

/// A view's articles in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Articles.
    pub ids: Vec<ArticleId>,
    /// Which of them are unread.
    pub unread: Vec<bool>,
    /// Heads between them; empty where they are not gathered.
    pub heads: Vec<ListHead>,
}

/// How many articles stand in the lists above all others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FirstLists {
    /// All articles.
    pub all: u32,
    /// Not read yet.
    pub unread: u32,
    /// Added since the reader was here last.
    pub new: u32,
    /// Starred.
    pub starred: u32,
    /// With notes.
    pub noted: u32,
}

/// What a head gathers: enough to tell two neighbours apart.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Key {
    Unknown,
    Day(String),
    Source(String),
    Story(u32),
}

impl Library {
    /// The articles of a view in its order, at most `limit`, of those that `keep` holds on to.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn listing(
        &self,
        view: &View,
        limit: Option<u32>,
        keep: &dyn Fn(ArticleId) -> bool,
    ) -> Result<Listing, Error> {
        let since = *self.new_since();
        self.read(|tables| {
            let since = article::since(tables, since)?;
            listing(tables, view, since, limit, keep)
        })
    }

    /// How many articles the library and its first lists have, without looking at each.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn first_lists(&self) -> Result<FirstLists, Error> {
        let since = *self.new_since();
        self.read(|tables| {
            let count = |query: &str| tables.prepare_cached(query)?.query_row([], |r| r.get::<_, u32>(0));
            let all = article::count(tables)?;
            // From the few that were touched to the articles, not the other way.
            let read = count(
                "SELECT count(*) FROM state CROSS JOIN article ON article.id = state.article
                 WHERE read AND replaced_by IS NULL",
            )?;
            let since = article::since(tables, since)?;
            Ok(FirstLists {
                all,
                unread: all.saturating_sub(read),
                new: newer(tables, since, all)?,
                starred: count(
                    "SELECT count(*) FROM state CROSS JOIN article ON article.id = state.article
                     WHERE starred AND replaced_by IS NULL",
                )?,
                noted: count("SELECT count(DISTINCT article) FROM note")?,
            })
        })
    }

    /// Outlets with a name, and stories of several articles.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn breadth(&self) -> Result<(u32, u32), Error> {
        self.read(|tables| {
            tables
                .prepare_cached(
                    "SELECT (SELECT count(DISTINCT coalesce(nullif(name, ''), domain)) FROM source
                             WHERE coalesce(nullif(name, ''), domain) <> ''
                             AND EXISTS (SELECT 1 FROM article WHERE article.source = source.id
                                         AND replaced_by IS NULL)),
                            (SELECT count(*) FROM story WHERE articles > 1)",
                )?
                .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        })
    }
}

/// How many of `all` articles came after `since`; counted on the shorter side of it.
fn newer(tables: &Connection, since: ArticleId, all: u32) -> rusqlite::Result<u32> {
    let last = article::newest(tables)?.0;
    let count = |side: &str| {
        tables
            .prepare_cached(&format!(
                "SELECT count(*) FROM article WHERE id {side} ? AND replaced_by IS NULL"
            ))?
            .query_row([since.0], |r| r.get::<_, u32>(0))
    };
    if since.0 > last / 2 { count(">") } else { Ok(all.saturating_sub(count("<=")?)) }
}

fn listing(
    tables: &Connection,
    view: &View,
    since: ArticleId,
    limit: Option<u32>,
    keep: &dyn Fn(ArticleId) -> bool,
) -> rusqlite::Result<Listing> {
    let mut list = Listing::default();
    let mut keys: Vec<(Key, u32)> = Vec::new();
    let mut left = limit.map_or(-1, i64::from);
    for part in parts(view) {
        let (join, condition, values) = article::condition(&view.filter, since);
        let mut query = tables.prepare_cached(&part.statement(join, condition, left))?;
        let mut rows = query.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            left -= i64::from(limit.is_some());
            let id = ArticleId(row.get(0)?);
            if !keep(id) {
                continue;
            }
            if view.gathering != Gathering::None {
                let key = key_of(row, view.gathering)?;
                match keys.last_mut() {
                    Some((before, articles)) if *before == key => *articles += 1,
                    _ => keys.push((key, 1)),
                }
            }
            list.ids.push(id);
            list.unread.push(!row.get::<_, bool>(1)?);
        }
        if left == 0 {
            break;
        }
    }
    list.heads = heads(tables, view.gathering, keys)?;
    Ok(list)
}

/// A part of a list, which comes in order from the tables themselves: indices hold the outlets by
/// name, the stories by day and the articles of each by day, so that the first of a million need no
/// sorting of all.
struct Part {
    /// Tables before the filter's own, and behind them.
    from: [&'static str; 2],
    condition: &'static str,
    /// What a head tells apart.
    key: &'static str,
    order: String,
}

impl Part {
    fn statement(&self, join: &str, condition: &str, limit: i64) -> String {
        let Self { from: [before, behind], key, order, condition: own } = self;
        format!(
            "SELECT article.id, coalesce(mark.read, 0), {key} FROM {before} {join} {behind}
             LEFT JOIN state AS mark ON mark.article = article.id
             WHERE replaced_by IS NULL {own} {condition} ORDER BY {order} LIMIT {limit}"
        )
    }
}

/// The parts of a view, in its order. Articles under one head stand together; within, the view's own
/// order.
fn parts(view: &View) -> Vec<Part> {
    // An unknown day counts as less than any, so it comes last; the index has this order.
    const NEWEST: &str = "article.day DESC, article.id";
    const LABEL: &str = "coalesce(nullif(source.name, ''), source.domain)";
    let within = if view.sort == Sort::Added { "article.id" } else { NEWEST };
    // A filter that lets few through finds them itself; those are soon sorted.
    let is_broad = matches!(view.filter, Filter::All | Filter::Unread | Filter::New);
    match (view.gathering, view.sort) {
        (Gathering::Source, _) | (Gathering::None, Sort::Source) => vec![Part {
            from: if is_broad {
                ["source CROSS JOIN article ON article.source = source.id", ""]
            } else {
                ["article", "JOIN source ON source.id = article.source"]
            },
            condition: "",
            key: LABEL,
            order: format!("source.name || source.domain = '', lower({LABEL}), {LABEL}, {within}"),
        }],
        (Gathering::Story, _) | (Gathering::None, Sort::Story) => vec![
            Part {
                from: if is_broad {
                    [
                        "story AS told CROSS JOIN member AS of_story ON of_story.story = told.id
                         CROSS JOIN article ON article.id = of_story.article",
                        "",
                    ]
                } else {
                    [
                        "article",
                        "JOIN member AS of_story ON of_story.article = article.id
                         JOIN story AS told ON told.id = of_story.story",
                    ]
                },
                condition: "AND told.articles > 1",
                key: "told.id",
                order: format!("told.last_day DESC, told.id, {within}"),
            },
            Part {
                from: ["article", ""],
                condition: "AND NOT EXISTS (SELECT 1 FROM member AS of_story JOIN story AS told
                                ON told.id = of_story.story AND told.articles > 1
                                WHERE of_story.article = article.id)",
                key: "NULL",
                order: within.to_owned(),
            },
        ],
        (Gathering::Day, _) => vec![Part::of_articles("article.day", NEWEST)],
        (Gathering::None, _) => vec![Part::of_articles("NULL", within)],
    }
}

impl Part {
    fn of_articles(key: &'static str, order: &str) -> Self {
        Self { from: ["article", ""], condition: "", key, order: order.to_owned() }
    }
}

fn key_of(row: &Row<'_>, gathering: Gathering) -> rusqlite::Result<Key> {
    Ok(match (row.get_ref(2)?, gathering) {
        (ValueRef::Text(day), Gathering::Day) => Key::Day(String::from_utf8_lossy(day).into_owned()),
        (ValueRef::Text(name), Gathering::Source) => Key::Source(String::from_utf8_lossy(name).into_owned()),
        (ValueRef::Integer(story), Gathering::Story) => u32::try_from(story).map_or(Key::Unknown, Key::Story),
        _ => Key::Unknown,
    })
}

fn heads(
    tables: &Connection,
    gathering: Gathering,
    keys: Vec<(Key, u32)>,
) -> rusqlite::Result<Vec<ListHead>> {
    let mut titles = match gathering {
        Gathering::Story if keys.len() > FEW => titles(tables)?,
        _ => HashMap::new(),
    };
    let mut title = |id: u32| match titles.remove(&id) {
        None if gathering == Gathering::Story => story::title(tables, StoryId(id)),
        known => Ok(known),
    };
    let mut first = 0;
    let mut heads = Vec::with_capacity(keys.len());
    for (key, articles) in keys {
        let label = match key {
            Key::Day(day) => HeadLabel::Day(day.parse().ok()),
            Key::Source(name) => HeadLabel::Source(name),
            Key::Story(id) => HeadLabel::Story(Some((StoryId(id), title(id)?.unwrap_or_default()))),
            Key::Unknown => match gathering {
                Gathering::Day => HeadLabel::Day(None),
                Gathering::Source => HeadLabel::Source(String::new()),
                Gathering::Story | Gathering::None => HeadLabel::Story(None),
            },
        };
        heads.push(ListHead { label, first, articles });
        first += articles;
    }
    Ok(heads)
}

/// Stories whose headlines are looked up one by one; those of more are read in one go.
const FEW: usize = 300;

/// A headline for every story: the first stated one of its articles, else the first.
fn titles(tables: &Connection) -> rusqlite::Result<HashMap<u32, String>> {
    let mut titles: HashMap<u32, (bool, String)> = HashMap::new();
    let mut query = tables.prepare_cached(
        "SELECT story, title, title_basis = 'stated' FROM member JOIN article ON article.id = member.article
         WHERE replaced_by IS NULL ORDER BY day IS NULL, day, article.id",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (story, stated): (u32, bool) = (row.get(0)?, row.get(2)?);
        match titles.get(&story) {
            Some((known, _)) if *known || !stated => {}
            _ => {
                titles.insert(story, (stated, row.get(1)?));
            }
        }
    }
    Ok(titles.into_iter().map(|(story, (_, title))| (story, title)).collect())
}

#[cfg(test)]
#[path = "listing_tests.rs"]
mod tests;
