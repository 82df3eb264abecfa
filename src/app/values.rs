//! What effects and replies carry.

use std::path::PathBuf;

use crate::model::{
    Analysis, Article, ArticleId, Draft, EntityKind, Filter, ListHead, SavedSearch, Span, StoryId, Version,
};
use crate::text::changes::changes;
use crate::text::diff::Edit;

/// Requests to the shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShellRequest {
    /// Stop the process group, as Ctrl-Z does.
    Suspend,
    /// Draw everything anew.
    Redraw,
    /// Put text on the clipboard.
    Copy(String),
    /// Open a web address.
    OpenLink(String),
    /// Mouse reports on or off.
    Mouse(bool),
}

/// Something one can go to by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Candidate {
    /// An article by its headline.
    Headline(ArticleId, String),
    /// An outlet.
    Source(String),
    /// An entity.
    Entity(EntityKind, String),
    /// A story by one of its headlines, with its number of articles.
    Story(StoryId, String, u32),
    /// A tag of the reader.
    Tag(String),
    /// A saved search.
    Saved(SavedSearch),
    /// A search made before.
    Searched(String),
}

impl Candidate {
    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Headline(_, name)
            | Self::Source(name)
            | Self::Entity(_, name)
            | Self::Story(_, name, _)
            | Self::Tag(name)
            | Self::Searched(name) => name,
            Self::Saved(saved) => &saved.name,
        }
    }
}

/// Something one can go to, with how well it fits what is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Where it leads.
    pub candidate: Candidate,
    /// Higher is better, comparable among what fits the same letters.
    pub score: i64,
    /// Matched letters of its name.
    pub matched: Vec<Span>,
}

/// Among which articles a search looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SearchScope {
    /// All.
    #[default]
    Everything,
    /// Those of an outlet.
    Source(String),
    /// Those of a story.
    Story(StoryId),
    /// One.
    Article(ArticleId),
}

impl SearchScope {
    /// `query` so that it says the scope itself; `None` for one article, which no query names.
    #[must_use]
    pub fn narrow(&self, query: &str) -> Option<String> {
        match self {
            Self::Everything => Some(query.to_owned()),
            Self::Source(name) => Some(format!("source:\"{}\" {query}", name.replace('"', " "))),
            Self::Story(story) => Some(format!("story:{} {query}", story.0)),
            Self::Article(_) => None,
        }
    }
}

/// Where a folder leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FolderPlace {
    /// To a list.
    View(Filter),
    /// To what a saved search finds.
    Saved(SavedSearch),
}

/// A list of its own above the articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Where it leads.
    pub place: FolderPlace,
    /// Articles in it, once they are counted.
    pub count: Option<u32>,
}

/// What a list shows, without the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Articles in order; the first of them only where this is not complete.
    pub ids: Vec<ArticleId>,
    /// Which of them are unread.
    pub fresh: Vec<bool>,
    /// Heads between them.
    pub heads: Vec<ListHead>,
    /// All articles of the list.
    pub total: usize,
    /// Unread ones among all.
    pub unread: usize,
    /// Folders above, where they may have changed.
    pub folders: Option<Vec<Folder>>,
    /// Nothing more comes.
    pub is_complete: bool,
}

/// How many articles of which kind the library has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Articles.
    pub articles: usize,
    /// Outlets with a name.
    pub sources: usize,
    /// Stories of several articles.
    pub stories: usize,
    /// Where the library's file lies; `None` while it lives in memory only.
    pub home: Option<PathBuf>,
}

/// Two versions of an article as one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionPair {
    /// The older one.
    pub older: Version,
    /// The newer one.
    pub newer: Version,
    /// The newer one with the words of both, those that changed in marks.
    pub draft: Draft,
    /// What was removed and added, by place.
    pub edits: Vec<(Span, Edit)>,
    /// Where something changed.
    pub places: Vec<Span>,
    /// Words removed.
    pub removed: usize,
    /// Words added.
    pub added: usize,
}

impl VersionPair {
    /// The pair of versions whose newer one has `number`, else the newest of `all`, which are in order.
    #[must_use]
    pub fn of(all: &[Article], number: Option<u32>) -> Option<Self> {
        let wanted =
            |pair: &&[Article]| number.is_none_or(|n| pair.last().is_some_and(|a| a.version.number == n));
        let [older, newer] = all.windows(2).rfind(wanted)? else { return None };
        let (was, now) = (older.stated(), newer.stated());
        let found = changes(&was, &now);
        Some(Self {
            older: older.version,
            newer: newer.version,
            draft: Draft { text: found.text, paragraphs: found.paragraphs, kept: None, ..now },
            edits: found.edits,
            places: found.places,
            removed: found.removed,
            added: found.added,
        })
    }
}

/// A compared article.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedArticle {
    /// The article.
    pub article: Article,
    /// What it says.
    pub analysis: Analysis,
}
