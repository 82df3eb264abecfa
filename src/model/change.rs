//! What a reader leaves in the library: tags, notes on passages, saved searches, and each change
//! as a value that can be kept, undone and done again.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ArticleId, Field, FieldValue, NewFeed, ReadState, Span, StateChange};

/// Number of a note in its library; 0 for one that is not stored yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NoteId(pub u32);

/// A passage that the reader marked, with or without words of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Which note.
    pub id: NoteId,
    /// Where the passage stands in the article's text; `None` where a newer version of the article
    /// does not have these words any more.
    pub span: Option<Span>,
    /// The passage's own words, kept for the day its text changes.
    pub words: String,
    /// What the reader wrote beside it; empty for a mere highlight.
    pub text: String,
    /// When it was made; set by the library.
    pub made: Option<Timestamp>,
}

/// A search to come back to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSearch {
    /// What the reader calls it; one of a name.
    pub name: String,
    /// The query as typed.
    pub query: String,
    /// Newest first instead of best first.
    pub by_date: bool,
}

/// One change of what a reader leaves in the library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// Read, starred, reading place.
    State(ArticleId, StateChange),
    /// A tag put on an article or taken from it.
    Tag {
        /// The article.
        article: ArticleId,
        /// The tag, as the reader writes it; letter case does not tell tags apart.
        tag: String,
        /// Put on, or taken away.
        on: bool,
    },
    /// A note made or changed; a new one has the number 0.
    PutNote {
        /// The article.
        article: ArticleId,
        /// The whole note.
        note: Note,
    },
    /// A note taken away.
    DropNote {
        /// The article.
        article: ArticleId,
        /// Which.
        note: NoteId,
    },
    /// A field of an article corrected, or no longer.
    Correct {
        /// The article.
        article: ArticleId,
        /// Which field.
        field: Field,
        /// What it is to say; `None`: what the article's source says.
        to: Option<FieldValue>,
    },
    /// A search saved, or one of that name changed.
    PutSearch(SavedSearch),
    /// A saved search taken away, by name.
    DropSearch(String),
}

impl Change {
    /// The article that it changes, where it changes one.
    #[must_use]
    pub fn article(&self) -> Option<ArticleId> {
        match self {
            Self::State(article, _)
            | Self::Tag { article, .. }
            | Self::PutNote { article, .. }
            | Self::DropNote { article, .. }
            | Self::Correct { article, .. } => Some(*article),
            Self::PutSearch(_) | Self::DropSearch(_) => None,
        }
    }
}

/// What an export of a library says of an article beyond what its source says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Read, starred, reading place; `None` where nothing is said of them.
    pub state: Option<ReadState>,
    /// The reader's tags.
    pub tags: Vec<String>,
    /// The reader's notes; their numbers say nothing elsewhere.
    pub notes: Vec<Note>,
    /// Hashes of the texts that it was a newer version of there, in hexadecimal letters.
    pub replaces: Vec<String>,
    /// The reader's corrections; the article itself has what its source says.
    pub corrected: Vec<FieldValue>,
    /// When it was stored there.
    pub added: Option<Timestamp>,
    /// What stands before the first article of an export and belongs to none.
    pub library: Option<Leavings>,
}

/// What a reader leaves in a library beside its articles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leavings {
    /// Saved searches.
    pub searches: Vec<SavedSearch>,
    /// Searches made before, newest first.
    pub history: Vec<String>,
    /// Settings of views, by name.
    pub settings: Vec<(String, String)>,
    /// Subscriptions.
    pub feeds: Vec<NewFeed>,
}
