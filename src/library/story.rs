//! Stories and comparisons.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::{Error, Library};
use crate::compare::{Analysed, Options, compare};
use crate::model::{ArticleId, Comparison, OutsideReason, StoryId, StoryRow};

impl Library {
    /// Events that several articles report, newest first.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn stories(&self) -> Result<Vec<StoryRow>, Error> {
        self.read(rows)
    }

    /// The articles of a story, by date.
    ///
    /// # Errors
    /// `NoStory`; or where the library's file cannot be read.
    pub fn articles_of_story(&self, story: StoryId) -> Result<Vec<ArticleId>, Error> {
        let articles: Vec<ArticleId> = self.read(|tables| {
            tables
                .prepare_cached(
                    "SELECT article.id FROM member JOIN article ON article.id = member.article
                     WHERE story = ? AND replaced_by IS NULL ORDER BY day IS NULL, day, article.id",
                )?
                .query_map([story.0], |r| r.get(0).map(ArticleId))?
                .collect()
        })?;
        if articles.is_empty() { Err(Error::NoStory(story)) } else { Ok(articles) }
    }

    /// The articles to read beside `id`: its story by date and then what is related to that; where it
    /// has no story but is related to one, that one with what is related to it; itself alone else.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn beside(&self, id: ArticleId) -> Result<Vec<ArticleId>, Error> {
        let list: Vec<ArticleId> = self.read(|tables| {
            tables
                .prepare_cached(
                    "WITH here (story) AS (
                         SELECT coalesce(
                             (SELECT story FROM member WHERE article = ?1),
                             (SELECT min(story) FROM related WHERE article = ?1)))
                     SELECT article.id, 0, day IS NULL, day FROM member JOIN here USING (story)
                         JOIN article ON article.id = member.article WHERE replaced_by IS NULL
                     UNION ALL
                     SELECT article.id, 1, day IS NULL, day FROM related JOIN here USING (story)
                         JOIN article ON article.id = related.article WHERE replaced_by IS NULL
                     ORDER BY 2, 3, 4, 1",
                )?
                .query_map([id.0], |r| r.get(0).map(ArticleId))?
                .collect()
        })?;
        Ok(if list.is_empty() { vec![id] } else { list })
    }

    /// How the articles report the same facts; indices in the result count in the order of `ids`.
    ///
    /// # Errors
    /// `NoArticle`; or where the library's file cannot be read.
    pub fn compare(&self, ids: &[ArticleId], options: Options) -> Result<Comparison, Error> {
        let mut articles = Vec::with_capacity(ids.len());
        for id in ids {
            articles.push((self.article(*id)?, self.analysis(*id)?));
        }
        let analysed: Vec<Analysed<'_>> =
            articles.iter().map(|(article, analysis)| Analysed { draft: &article.draft, analysis }).collect();
        Ok(compare(&analysed, options))
    }
}

fn rows(tables: &Connection) -> rusqlite::Result<Vec<StoryRow>> {
    let mut stories: BTreeMap<u32, (StoryRow, Option<String>)> = BTreeMap::new();
    let mut query = tables.prepare_cached(
        "SELECT story, article.id, title, title_basis, day FROM member
         JOIN article ON article.id = member.article
         WHERE replaced_by IS NULL ORDER BY day IS NULL, day, article.id",
    )?;
    let mut members = query.query([])?;
    let mut has_title = std::collections::BTreeSet::new();
    while let Some(row) = members.next()? {
        let id: u32 = row.get(0)?;
        let (story, newest) = stories.entry(id).or_insert_with(|| {
            let story =
                StoryRow { id: StoryId(id), title: String::new(), articles: Vec::new(), related: Vec::new() };
            (story, None)
        });
        story.articles.push(ArticleId(row.get(1)?));
        // The first headline that an outlet wrote, else the first stand-in.
        let is_stated = row.get_ref(3)?.as_str()? == "stated";
        if story.title.is_empty() || (is_stated && has_title.insert(id)) {
            story.title = row.get(2)?;
            if is_stated {
                has_title.insert(id);
            }
        }
        if let Some(day) = row.get(4)? {
            *newest = Some(day);
        }
    }
    let mut query =
        tables.prepare_cached("SELECT story, article, reason, days FROM related ORDER BY story, article")?;
    let mut beside = query.query([])?;
    while let Some(row) = beside.next()? {
        if let Some((story, _)) = stories.get_mut(&row.get(0)?) {
            let why = reason(row.get_ref(2)?.as_str()?, row.get(3)?);
            story.related.push((ArticleId(row.get(1)?), why));
        }
    }
    let mut list: Vec<(StoryRow, Option<String>)> =
        stories.into_values().filter(|(story, _)| story.articles.len() > 1).collect();
    list.sort_by(|(a, a_day), (b, b_day)| b_day.cmp(a_day).then(a.id.cmp(&b.id)));
    Ok(list.into_iter().map(|(story, _)| story).collect())
}

fn reason(word: &str, days: Option<i32>) -> OutsideReason {
    match (word, days) {
        ("days", Some(days)) => OutsideReason::Days(days),
        ("undated", _) => OutsideReason::Undated,
        _ => OutsideReason::OtherEvent,
    }
}
