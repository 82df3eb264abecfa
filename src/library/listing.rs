//! What lists show of many articles: ids in order, heads between them, counts. Never a row's words.

use std::collections::HashMap;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, params_from_iter};

use super::{Error, Library, article};
use crate::model::{ArticleId, Gathering, HeadLabel, ListHead, Sort, StoryId, View};

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
    let last: u32 =
        tables.prepare_cached("SELECT coalesce(max(id), 0) FROM article")?.query_row([], |r| r.get(0))?;
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
    let (join, condition, values) = article::condition(&view.filter, since);
    let (source, story) = needs(view);
    let key = match view.gathering {
        Gathering::None => "NULL",
        Gathering::Day => "article.day",
        Gathering::Source => "coalesce(nullif(source.name, ''), source.domain)",
        Gathering::Story => "told.story",
    };
    let mut query = tables.prepare_cached(&format!(
        "SELECT article.id, coalesce(mark.read, 0), {key} FROM article {join}
         LEFT JOIN state AS mark ON mark.article = article.id {} {}
         WHERE replaced_by IS NULL {condition} ORDER BY {} LIMIT {}",
        if source { SOURCE } else { "" },
        if story { STORY } else { "" },
        order(view),
        limit.map_or(-1, i64::from),
    ))?;
    let mut rows = query.query(params_from_iter(values))?;
    let mut list = Listing::default();
    let mut keys: Vec<(Key, u32)> = Vec::new();
    while let Some(row) = rows.next()? {
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
    list.heads = heads(tables, view.gathering, keys)?;
    Ok(list)
}

const SOURCE: &str = "JOIN source ON source.id = article.source";
const STORY: &str = "LEFT JOIN member AS of_story ON of_story.article = article.id
     LEFT JOIN (SELECT story, max(day) AS newest FROM member JOIN article ON article.id = member.article
                WHERE replaced_by IS NULL GROUP BY story HAVING count(*) > 1) AS told
     ON told.story = of_story.story";

/// Whether a view's order needs the outlets, and whether it needs the stories.
fn needs(view: &View) -> (bool, bool) {
    (
        view.gathering == Gathering::Source
            || (view.gathering == Gathering::None && view.sort == Sort::Source),
        view.gathering == Gathering::Story || (view.gathering == Gathering::None && view.sort == Sort::Story),
    )
}

/// Articles under one head stand together; within, the view's own order.
fn order(view: &View) -> String {
    // An unknown day counts as less than any, so it comes last; the index has this order.
    const NEWEST: &str = "article.day DESC, article.id";
    const BY_SOURCE: &str =
        "source.name || source.domain = '', lower(coalesce(nullif(source.name, ''), source.domain))";
    const BY_STORY: &str = "told.story IS NULL, told.newest DESC, told.story";
    let within = if view.sort == Sort::Added { "article.id" } else { NEWEST };
    match (view.gathering, view.sort) {
        (Gathering::Source, _) | (Gathering::None, Sort::Source) => format!("{BY_SOURCE}, {within}"),
        (Gathering::Story, _) | (Gathering::None, Sort::Story) => format!("{BY_STORY}, {within}"),
        (Gathering::Day, Sort::Added) => "article.day DESC, article.id".to_owned(),
        (Gathering::Day | Gathering::None, _) => within.to_owned(),
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
    let mut titles = if gathering == Gathering::Story { titles(tables)? } else { HashMap::new() };
    let mut first = 0;
    let mut heads = Vec::with_capacity(keys.len());
    for (key, articles) in keys {
        let label = match key {
            Key::Day(day) => HeadLabel::Day(day.parse().ok()),
            Key::Source(name) => HeadLabel::Source(name),
            Key::Story(id) => HeadLabel::Story(Some((StoryId(id), titles.remove(&id).unwrap_or_default()))),
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
mod tests {
    use super::*;
    use crate::model::Filter;

    #[test]
    fn heads_cover_the_list_without_gaps() {
        let library = Library::seeds().unwrap();
        library.prepare(&|| true).unwrap();
        for gathering in [Gathering::Day, Gathering::Source, Gathering::Story] {
            for sort in [Sort::Date, Sort::Added, Sort::Source, Sort::Story] {
                let view = View { sort, gathering, ..View::default() };
                let list = library.listing(&view, None, &|_| true).unwrap();
                let mut next = 0;
                for head in &list.heads {
                    assert_eq!(head.first, next, "{view:?}");
                    next += head.articles;
                }
                assert_eq!(next as usize, list.ids.len());
                let labels: Vec<String> = list.heads.iter().map(|h| format!("{:?}", h.label)).collect();
                let mut once = labels.clone();
                once.sort();
                once.dedup();
                assert_eq!(once.len(), labels.len(), "each head stands once: {labels:?}");
            }
        }
    }

    #[test]
    fn a_listing_has_the_articles_of_its_view_and_counts_them() {
        let library = Library::seeds().unwrap();
        for filter in [Filter::All, Filter::Unread, Filter::Starred, Filter::New] {
            let view = View { filter: filter.clone(), ..View::default() };
            let list = library.listing(&view, None, &|_| true).unwrap();
            assert_eq!(list.ids, library.ids(&view).unwrap());
            assert_eq!(list.ids.len(), library.counts_of(&filter).unwrap().articles as usize);
        }
        let lists = library.first_lists().unwrap();
        assert_eq!((lists.all, lists.unread, lists.starred, lists.noted), (5, 5, 0, 0));
        let one = library.listing(&View::default(), Some(1), &|_| true).unwrap();
        assert_eq!((one.ids.len(), one.unread), (1, vec![true]));
        let kept = library.listing(&View::default(), None, &|id| id == ArticleId(2)).unwrap();
        assert_eq!(kept.ids, [ArticleId(2)]);
    }
}
