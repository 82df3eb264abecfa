//! What the index is given: articles to keep, and a question with its surroundings.

use crate::model::{
    ArticleId, EntityKind, Language, Published, SearchAnswer, Snippet, Source, Span, StoryId,
};

use super::numbers::Numbers;
use super::query::Query;

/// An article as the index takes it in; nothing of it is kept but its words.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// Its number in the library.
    pub id: ArticleId,
    /// Headline, stated or derived.
    pub title: &'a str,
    /// The article's text; may begin with the title.
    pub text: &'a str,
    /// Outlet: found by name and by domain.
    pub source: &'a Source,
    /// Language it is written in.
    pub language: Language,
    /// When it appeared.
    pub published: Published,
    /// Canonical names of its entities.
    pub entities: &'a [(EntityKind, &'a str)],
}

/// Articles that the library keeps track of; they change without being indexed again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set<'a> {
    /// Read.
    Read,
    /// Starred.
    Starred,
    /// New since the last visit.
    New,
    /// With notes of the reader.
    Noted,
    /// Members of a story.
    Story(StoryId),
    /// With this tag of the reader, as typed.
    Tag(&'a str),
}

/// Title and text of an article, for phrases and passages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// Headline.
    pub title: String,
    /// The text that spans of a hit point into.
    pub text: String,
}

/// Order of the hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Best first; of equals the newest.
    #[default]
    Relevance,
    /// Newest first, undated last.
    Date,
}

/// A question to the index with all it needs from outside.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// What is asked for.
    pub query: &'a Query,
    /// Most hits to answer with; the total is counted beyond.
    pub limit: usize,
    /// How many of the hits, from the first, get passages and spans (a text is asked for each).
    pub detailed: usize,
    /// Order of the hits.
    pub order: Order,
    /// Where no article has all words, answer with those that have at least half of them.
    pub nearest: bool,
    /// The articles of a set; asked once for each that the query names.
    pub sets: &'a dyn Fn(Set<'_>) -> Numbers,
    /// The text of an article; `None` where it is gone. Asked for the detailed hits, and for every
    /// article that has all words of a quoted phrase.
    pub text_of: &'a dyn Fn(ArticleId) -> Option<Body>,
    /// Whether the answer is still wanted; asked at least every few milliseconds.
    pub is_current: &'a dyn Fn() -> bool,
    /// Whether it takes so long that a part of the answer is welcome; the caller owns the clock.
    pub is_due: &'a dyn Fn() -> bool,
    /// Given what was found so far, whenever it is due.
    pub publish: &'a dyn Fn(SearchAnswer),
}

/// What a query lights in one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lit {
    /// Matched words in the title.
    pub title: Vec<Span>,
    /// Matched words in the text, by place.
    pub text: Vec<Span>,
    /// Best passages first.
    pub snippets: Vec<Snippet>,
}
