//! What the app asks others to do, and what they answer.

use std::path::PathBuf;

use crate::model::{
    Analysis, Article, ArticleId, ArticleRow, Change, Comparison, Coverage, Feed, FeedId, FetchReport, Hit,
    ImportReport, Progress, SearchAnswer, StoryRow, View,
};
use crate::search::Reading;

pub use super::values::{
    Candidate, ComparedArticle, Fit, Folder, FolderPlace, Listed, SearchScope, ShellRequest, Summary,
    VersionPair,
};

/// Number of a request; a reply with an older one than the newest of its kind is dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// Work that the app wants done. Each with a ticket is answered exactly once (a list and a search
/// perhaps by parts before), unless a newer request of its kind overtakes it.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// The articles of a view, in order; `filter` narrows them by a query.
    List {
        /// Request.
        ticket: Ticket,
        /// What and in which order.
        view: View,
        /// Query typed into the list, empty for none.
        filter: String,
        /// Articles on the screen, whose rows are to come with the answer.
        near: Vec<ArticleId>,
        /// No first part before the whole: the list is shown already.
        is_refresh: bool,
    },
    /// The folders above the articles, with their counts.
    Folders {
        /// Request.
        ticket: Ticket,
    },
    /// List rows of these articles.
    Rows {
        /// Request.
        ticket: Ticket,
        /// Which.
        ids: Vec<ArticleId>,
    },
    /// One article with what it says, and the coverage of its entities.
    Open {
        /// Request.
        ticket: Ticket,
        /// Which.
        id: ArticleId,
        /// For the passage beside the hits, not for the reading pane.
        beside: bool,
    },
    /// Articles that match a query.
    Search {
        /// Request.
        ticket: Ticket,
        /// As typed.
        query: String,
        /// Newest first instead of best first.
        by_date: bool,
        /// Among which articles.
        scope: SearchScope,
        /// Hits wanted at most.
        most: usize,
    },
    /// Rows and passages of hits that came without.
    Light {
        /// Request.
        ticket: Ticket,
        /// As typed.
        query: String,
        /// Which.
        ids: Vec<ArticleId>,
    },
    /// How a query is read.
    Explain {
        /// Request.
        ticket: Ticket,
        /// As typed.
        query: String,
    },
    /// Searches made before.
    History {
        /// Request.
        ticket: Ticket,
    },
    /// Remember a search that led somewhere.
    Remember {
        /// As typed.
        query: String,
    },
    /// How articles report the same facts.
    Compare {
        /// Request.
        ticket: Ticket,
        /// Which; one alone stands for its story.
        articles: Vec<ArticleId>,
        /// Treat articles about another event like the others.
        force: bool,
    },
    /// Some of the stories, newest first.
    Stories {
        /// Request.
        ticket: Ticket,
        /// The first of them.
        from: usize,
        /// How many.
        count: usize,
    },
    /// What one can go to by name.
    Candidates {
        /// Request.
        ticket: Ticket,
        /// What is typed.
        typed: String,
    },
    /// All tags of the reader.
    Tags {
        /// Request.
        ticket: Ticket,
    },
    /// Keep what the reader did.
    Store {
        /// What changes.
        changes: Vec<Change>,
        /// A step of the user, which undo takes back; otherwise it came of reading, and makes no new
        /// library file.
        by_hand: bool,
    },
    /// Take the last step back.
    Undo,
    /// Make the step again that was taken back last.
    Redo,
    /// Keep a setting of a view.
    Setting {
        /// Its name.
        name: &'static str,
        /// Its value.
        value: String,
    },
    /// Add files to the library.
    Import {
        /// Request.
        ticket: Ticket,
        /// Files and folders.
        paths: Vec<PathBuf>,
    },
    /// Stop an import: what it stored is kept, and its answer comes soon.
    CancelImport {
        /// The import's request; those before it are stopped too.
        ticket: Ticket,
    },
    /// Fetch feeds.
    Fetch {
        /// Request.
        ticket: Ticket,
        /// This one, by hand; otherwise all whose time has come.
        feed: Option<FeedId>,
    },
    /// Stop fetching: what came is kept, and the answer comes soon.
    CancelFetch {
        /// The request; those before it are stopped too.
        ticket: Ticket,
    },
    /// Fetch the whole text of an article from its page.
    FetchWhole {
        /// Request.
        ticket: Ticket,
        /// Which.
        id: ArticleId,
    },
    /// What changed from one version of an article to the next.
    Versions {
        /// Request.
        ticket: Ticket,
        /// Any of its versions.
        id: ArticleId,
        /// Number of the newer one of the two; `None`: the newest.
        number: Option<u32>,
    },
    /// All feeds, and how they are.
    Feeds {
        /// Request.
        ticket: Ticket,
    },
    /// Something only the terminal's owner can do.
    Shell(ShellRequest),
}

/// Answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// To [`Effect::List`].
    Listed {
        /// Request.
        ticket: Ticket,
        /// What the list shows; the last answer is complete.
        listed: Box<Listed>,
        /// Rows of the first of them, and of those asked for.
        rows: Vec<ArticleRow>,
    },
    /// To [`Effect::Folders`].
    Folders {
        /// Request.
        ticket: Ticket,
        /// The folders.
        folders: Vec<Folder>,
    },
    /// To [`Effect::Rows`].
    Rows {
        /// Request.
        ticket: Ticket,
        /// In the order asked.
        rows: Vec<ArticleRow>,
    },
    /// To [`Effect::Open`].
    Opened {
        /// Request.
        ticket: Ticket,
        /// The article.
        article: Box<Article>,
        /// What it says.
        analysis: Box<Analysis>,
        /// Which articles of its story, or of the library, mention its entities.
        coverage: Vec<Coverage>,
        /// The articles that the coverage flags stand for.
        covered: Vec<ArticleId>,
    },
    /// To [`Effect::Search`].
    Found {
        /// Request.
        ticket: Ticket,
        /// What was found, with the first hits in detail.
        answer: Box<SearchAnswer>,
        /// The articles found, in order, as many as were asked for.
        ids: Vec<ArticleId>,
        /// Rows of the first hits.
        rows: Vec<ArticleRow>,
        /// Nothing more comes.
        is_complete: bool,
    },
    /// To [`Effect::Light`].
    Lit {
        /// Request.
        ticket: Ticket,
        /// The hits with their passages, those without any too.
        hits: Vec<Hit>,
        /// Their rows.
        rows: Vec<ArticleRow>,
    },
    /// To [`Effect::Explain`].
    Explained {
        /// Request.
        ticket: Ticket,
        /// How it was read.
        reading: Box<Reading>,
    },
    /// To [`Effect::History`].
    History {
        /// Request.
        ticket: Ticket,
        /// Queries, newest first.
        queries: Vec<String>,
    },
    /// Another program has changed the library.
    Elsewhere {
        /// Articles that came.
        added: u32,
    },
    /// To [`Effect::Search`] and [`Effect::List`]: the query has a mistake.
    Mistake {
        /// Request.
        ticket: Ticket,
        /// Column, from 1, in characters.
        column: usize,
        /// What is wrong, in the interface's language.
        message: String,
    },
    /// To [`Effect::Compare`].
    Compared {
        /// Request.
        ticket: Ticket,
        /// The articles that the comparison's indices count.
        articles: Vec<ComparedArticle>,
        /// The comparison.
        comparison: Box<Comparison>,
    },
    /// To [`Effect::Stories`].
    Stories {
        /// Request.
        ticket: Ticket,
        /// The first of those that come.
        from: usize,
        /// By date, newest first.
        stories: Vec<StoryRow>,
        /// All there are.
        total: usize,
    },
    /// To [`Effect::Candidates`].
    Candidates {
        /// Request.
        ticket: Ticket,
        /// Those that fit, best first.
        candidates: Vec<Fit>,
    },
    /// The library is analysed and indexed, or has changed.
    Changed {
        /// What it has now.
        summary: Summary,
    },
    /// To [`Effect::Tags`].
    Tags {
        /// Request.
        ticket: Ticket,
        /// Tags with their number of articles, by name.
        tags: Vec<(String, u32)>,
    },
    /// To [`Effect::Store`] of a step of the user.
    Stored {
        /// The changes asked for.
        changes: Vec<Change>,
        /// Where the library's file lies, which this may have made.
        home: Option<PathBuf>,
    },
    /// To [`Effect::Undo`] and [`Effect::Redo`].
    Restored {
        /// The changes that were made; `None` where there was nothing to undo or redo.
        changes: Option<Vec<Change>>,
        /// Done again, not taken back.
        is_redo: bool,
        /// The headline, where one article alone is concerned.
        title: Option<String>,
    },
    /// An import goes on.
    Progress {
        /// Request.
        ticket: Ticket,
        /// How far it is.
        progress: Box<Progress>,
    },
    /// To [`Effect::Import`].
    Imported {
        /// Request.
        ticket: Ticket,
        /// What came of it.
        report: Box<ImportReport>,
    },
    /// Fetching goes on.
    Fetching {
        /// Request.
        ticket: Ticket,
        /// How far it is.
        report: Box<FetchReport>,
    },
    /// To [`Effect::Fetch`].
    Fetched {
        /// Request.
        ticket: Ticket,
        /// What came of it.
        report: Box<FetchReport>,
    },
    /// To [`Effect::FetchWhole`].
    Whole {
        /// Request.
        ticket: Ticket,
        /// The article as it was.
        before: ArticleId,
        /// Its version with the whole text.
        id: ArticleId,
    },
    /// To [`Effect::Versions`].
    Versions {
        /// Request.
        ticket: Ticket,
        /// The article asked for.
        id: ArticleId,
        /// The two versions; `None` where there is but one.
        pair: Option<Box<VersionPair>>,
    },
    /// To [`Effect::Feeds`].
    Feeds {
        /// Request.
        ticket: Ticket,
        /// By title.
        feeds: Vec<Feed>,
    },
    /// Something could not be done.
    Failed {
        /// Which request; `None` for one without.
        ticket: Option<Ticket>,
        /// Why, in one line.
        reason: String,
    },
}
