//! Stories and comparisons.

use rusqlite::{Connection, OptionalExtension};

use super::membership::reason;
use super::{Error, Library};
use crate::compare::{Analysed, Options, compare};
use crate::model::{ArticleId, Comparison, StoryId, StoryRow};

impl Library {
    /// Events that several articles report, newest first.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn stories(&self) -> Result<Vec<StoryRow>, Error> {
        self.stories_page(0, u32::MAX)
    }

    /// `count` of the stories behind the first `from`, newest first.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn stories_page(&self, from: u32, count: u32) -> Result<Vec<StoryRow>, Error> {
        self.read(|tables| {
            tables
                .prepare_cached(
                    "SELECT id FROM story WHERE articles > 1 ORDER BY last_day DESC, id LIMIT ? OFFSET ?",
                )?
                .query_map([count, from], |r| r.get(0))?
                .map(|id| row(tables, id?))
                .filter(|story| !matches!(story, Ok(story) if story.articles.len() < 2))
                .collect()
        })
    }

    /// How many stories there are.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn story_count(&self) -> Result<u32, Error> {
        self.read(|tables| {
            tables.query_row("SELECT count(*) FROM story WHERE articles > 1", [], |r| r.get(0))
        })
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

fn row(tables: &Connection, id: u32) -> rusqlite::Result<StoryRow> {
    let mut story =
        StoryRow { id: StoryId(id), title: String::new(), articles: Vec::new(), related: Vec::new() };
    let mut query = tables.prepare_cached(
        "SELECT article.id, title, title_basis FROM member JOIN article ON article.id = member.article
         WHERE story = ? AND replaced_by IS NULL ORDER BY day IS NULL, day, article.id",
    )?;
    let mut members = query.query([id])?;
    let mut has_title = false;
    while let Some(row) = members.next()? {
        story.articles.push(ArticleId(row.get(0)?));
        // The first headline that an outlet wrote, else the first stand-in.
        let is_stated = row.get_ref(2)?.as_str()? == "stated";
        if story.title.is_empty() || (is_stated && !has_title) {
            story.title = row.get(1)?;
            has_title |= is_stated;
        }
    }
    let mut query = tables
        .prepare_cached("SELECT article, reason, days FROM related WHERE story = ? ORDER BY article")?;
    let mut beside = query.query([id])?;
    while let Some(row) = beside.next()? {
        story.related.push((ArticleId(row.get(0)?), reason(row.get_ref(1)?.as_str()?, row.get(2)?)));
    }
    Ok(story)
}

/// A headline for a story: the first stated one of its articles, else the first.
pub(super) fn title(tables: &Connection, story: StoryId) -> rusqlite::Result<Option<String>> {
    tables
        .prepare_cached(
            "SELECT title FROM member JOIN article ON article.id = member.article
             WHERE story = ? AND replaced_by IS NULL
             ORDER BY title_basis <> 'stated', day IS NULL, day, article.id LIMIT 1",
        )?
        .query_row([story.0], |row| row.get(0))
        .optional()
}
