//! What one can go to by some letters of its name, and how a query was read.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension};

use super::{Error, Library, story};
use crate::model::{ArticleId, EntityKind, SavedSearch, StoryId};
use crate::search::{NameField, Query, Reading};

/// Headlines offered at most; a screen shows some twenty rows of all kinds.
const HEADLINES: usize = 60;
/// Entities offered at most.
const ENTITIES: usize = 50;
/// Stories of the headlines offered at most.
const STORIES: usize = 20;
/// Headlines whose stories are looked for.
const TOLD: usize = 40;
/// Articles and searches that come to mind where nothing is typed.
const RECENT: u32 = 8;

/// What can be gone to by name: not yet ranked, and a few hundred at most.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picks {
    /// Saved searches, by name.
    pub saved: Vec<SavedSearch>,
    /// Searches made before, newest first.
    pub searched: Vec<String>,
    /// The reader's tags.
    pub tags: Vec<String>,
    /// Outlets by name or domain.
    pub sources: Vec<String>,
    /// Entities, those in most articles first.
    pub entities: Vec<(EntityKind, String)>,
    /// Stories with a headline of theirs and their number of articles.
    pub stories: Vec<(StoryId, String, u32)>,
    /// Articles with their headlines, newest first.
    pub headlines: Vec<(ArticleId, String)>,
}

impl Library {
    /// What `typed` may mean as the name of something; where nothing is typed, what was used or came
    /// last.
    ///
    /// # Errors
    /// `Overtaken` where `is_current` said no; else where the library's file cannot be read.
    pub fn picks(&self, typed: &str, is_current: &dyn Fn() -> bool) -> Result<Picks, Error> {
        let mut picks = Picks { saved: self.saved_searches()?, ..Picks::default() };
        picks.tags = self.tags()?.into_iter().map(|(tag, _)| tag).collect();
        if typed.trim().is_empty() {
            picks.searched = self.search_history(RECENT)?;
            picks.sources = self.read(sources)?;
            picks.headlines = self.headlines(RECENT)?;
            return Ok(picks);
        }
        self.index.refresh();
        let titled = self.index.titled(typed, HEADLINES);
        let named = self.index.named(typed, ENTITIES);
        if !is_current() {
            return Err(Error::Overtaken);
        }
        picks.entities = named.into_iter().filter_map(|(field, name)| Some((kind(field)?, name))).collect();
        self.read(|tables| {
            picks.sources = sources(tables)?;
            for id in &titled {
                picks.headlines.extend(title(tables, *id)?.map(|title| (*id, title)));
            }
            picks.stories = stories(tables, &titled)?;
            Ok(())
        })?;
        Ok(picks)
    }

    /// How `query` was read: what each of its parts stands for, and what it finds alone.
    ///
    /// # Errors
    /// `Overtaken` where `is_current` said no.
    pub fn explain(&self, query: &Query, is_current: &dyn Fn() -> bool) -> Result<Reading, Error> {
        self.with_request(query, is_current, |request| self.index.explain(&request)).ok_or(Error::Overtaken)
    }
}

fn kind(field: NameField) -> Option<EntityKind> {
    match field {
        NameField::Person => Some(EntityKind::Person),
        NameField::Place => Some(EntityKind::Place),
        NameField::Organisation => Some(EntityKind::Organisation),
        NameField::Source | NameField::Title => None,
    }
}

/// All outlets with articles: few beside them.
fn sources(tables: &Connection) -> rusqlite::Result<Vec<String>> {
    tables
        .prepare_cached(
            "SELECT DISTINCT coalesce(nullif(name, ''), domain) AS label FROM source
             WHERE label <> '' AND EXISTS (
                 SELECT 1 FROM article WHERE article.source = source.id AND replaced_by IS NULL)",
        )?
        .query_map([], |row| row.get(0))?
        .collect()
}

fn title(tables: &Connection, id: ArticleId) -> rusqlite::Result<Option<String>> {
    tables
        .prepare_cached("SELECT title FROM article WHERE id = ? AND replaced_by IS NULL")?
        .query_row([id.0], |row| row.get(0))
        .optional()
}

/// The stories that `articles` belong to, where they have several articles.
fn stories(tables: &Connection, articles: &[ArticleId]) -> rusqlite::Result<Vec<(StoryId, String, u32)>> {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for id in articles.iter().take(TOLD) {
        let told: Option<(u32, u32)> = tables
            .prepare_cached(
                "SELECT story.id, story.articles FROM member JOIN story ON story.id = member.story
                 WHERE member.article = ? AND story.articles > 1",
            )?
            .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((number, count)) = told.filter(|(story, _)| seen.insert(*story)) else { continue };
        let title = story::title(tables, StoryId(number))?;
        found.extend(title.map(|title| (StoryId(number), title, count)));
        if found.len() == STORIES {
            break;
        }
    }
    Ok(found)
}
