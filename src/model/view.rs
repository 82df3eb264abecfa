use super::{ArticleId, EntityKind, FeedId, Published, Source, Span, StoryId};

/// The story of a list row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoryBadge {
    /// Which story.
    pub id: StoryId,
    /// How many articles it has.
    pub articles: u16,
}

/// One line of the list: everything it shows, and not the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleRow {
    /// Which article.
    pub id: ArticleId,
    /// Headline.
    pub title: String,
    /// The source states no headline; `title` is its first sentence.
    pub title_derived: bool,
    /// Outlet.
    pub source: Source,
    /// When.
    pub published: Published,
    /// Minutes to read.
    pub minutes: u16,
    /// Read.
    pub read: bool,
    /// Starred.
    pub starred: bool,
    /// The story, where it has several articles.
    pub story: Option<StoryBadge>,
    /// The reader's tags, by name.
    pub tags: Vec<String>,
    /// How many notes the reader has on passages of it.
    pub notes: u32,
}

/// Part of an article's text around matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The passage, one line.
    pub text: String,
    /// Matched words in `text`.
    pub matches: Vec<Span>,
    /// Byte of the article's text where the first match of the passage stands.
    pub place: u32,
}

/// An article found by a search.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Which article.
    pub id: ArticleId,
    /// Rank; higher is better, comparable within one answer only.
    pub score: f32,
    /// Matched words in the title.
    pub title_matches: Vec<Span>,
    /// Matched words in the article's text, by place.
    pub matches: Vec<Span>,
    /// Best passages first.
    pub snippets: Vec<Snippet>,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchAnswer {
    /// Best first, at most the asked number.
    pub hits: Vec<Hit>,
    /// All articles found.
    pub total: u32,
    /// No article has all words; these have at least half of them.
    pub partial: bool,
    /// Articles searched.
    pub searched: u32,
    /// Words that were not found as typed, with what stood in for them.
    pub expansions: Vec<(String, Vec<String>)>,
    /// Time taken in microseconds.
    pub took_us: u64,
}

/// How often an entity is mentioned, and by which articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityCount {
    /// Canonical name.
    pub canonical: String,
    /// Kind.
    pub kind: EntityKind,
    /// Mentions in all of the articles asked for.
    pub mentions: u32,
}

/// Which articles of a selection mention an entity, in the selection's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The entity.
    pub entity: EntityCount,
    /// One flag an article.
    pub mentioned: Vec<bool>,
}

/// Articles on one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryRow {
    /// Which story.
    pub id: StoryId,
    /// Headline of one of its articles.
    pub title: String,
    /// Its articles, by date.
    pub articles: Vec<ArticleId>,
    /// Articles that may belong to it, with the reason they stand outside.
    pub related: Vec<(ArticleId, super::OutsideReason)>,
}

/// Why a file gave no article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefusalReason {
    /// There is no such file or folder.
    Missing,
    /// A link that leads nowhere.
    DanglingLink,
    /// The file or folder may not be read.
    NoRights,
    /// Neither a file nor a folder (a pipe, a device).
    NotAFile,
    /// Larger than the limit.
    TooLarge {
        /// Its size in bytes.
        bytes: u64,
        /// The largest size read.
        limit_bytes: u64,
    },
    /// Nothing in it.
    Empty,
    /// Not text.
    Binary,
    /// Nothing was left after boilerplate was set aside.
    NoText,
    /// A folder without files that could be read.
    NoFiles,
    /// Read, but not understood; the words of the reader of that form.
    NotUnderstood(String),
    /// The system's own words.
    System(String),
}

/// A file that could not become articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Which file.
    pub origin: String,
    /// Why.
    pub reason: RefusalReason,
}

/// What came of reading or importing files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Articles that are new, new versions of known ones included.
    pub added: Vec<ArticleId>,
    /// Of those, articles whose text differs from what their address had before; the older version
    /// is kept and no longer listed.
    pub updated: u32,
    /// Articles that the library had already.
    pub duplicates: u32,
    /// Files that gave nothing.
    pub refused: Vec<Refusal>,
    /// The user stopped it; what was added until then is kept.
    pub stopped: bool,
    /// Time taken in milliseconds.
    pub took_ms: u64,
}

/// How far an import is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files read.
    pub files: u32,
    /// Files found.
    pub of: u32,
    /// Articles added.
    pub added: u32,
    /// Articles that the library had already.
    pub duplicates: u32,
    /// Files refused.
    pub refused: u32,
    /// The latest of them, with the reason; at most [`Progress::REFUSED`].
    pub latest_refused: Vec<Refusal>,
    /// Files read from the disk, whatever has become of them yet.
    pub read: u32,
    /// Articles of which it is known what they say, stored or not yet.
    pub recognised: u32,
    /// Articles that can be found and are grouped.
    pub sorted_in: u32,
    /// The file at work.
    pub origin: String,
    /// Bytes of the files that are dealt with.
    pub bytes: u64,
    /// Bytes of all files.
    pub of_bytes: u64,
    /// Articles a second, lately; 0 while unknown.
    pub per_second: u32,
    /// Time left in seconds, by the bytes that are left; `None` while unknown.
    pub seconds_left: Option<u32>,
    /// Everything is stored; what is left is to index and group it.
    pub is_stored: bool,
}

impl Progress {
    /// Refused files that progress names.
    pub const REFUSED: usize = 100;

    /// How much of the files is stored, in percent.
    #[must_use]
    pub fn percent(&self) -> u8 {
        if self.of_bytes == 0 {
            return 0;
        }
        let percent = u128::from(self.bytes.min(self.of_bytes)) * 100 / u128::from(self.of_bytes);
        u8::try_from(percent).unwrap_or(100)
    }
}

/// Order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Newest first; unknown dates last.
    #[default]
    Date,
    /// As added to the library.
    Added,
    /// By outlet, newest first within.
    Source,
    /// By story, the story with the newest article first; articles without one after them.
    Story,
    /// Best answer to the list's query first; without a query as [`Sort::Date`].
    Relevance,
}

/// Under which heads a list gathers its articles; the heads come in the order of its sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Gathering {
    /// None.
    #[default]
    None,
    /// Day of publication.
    Day,
    /// Outlet.
    Source,
    /// Story.
    Story,
}

/// What a head of a gathered list says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeadLabel {
    /// A day; `None` for articles without a date.
    Day(Option<jiff::civil::Date>),
    /// An outlet by name or domain; empty where it is unknown.
    Source(String),
    /// A story by its headline; `None` for articles without one.
    Story(Option<(StoryId, String)>),
}

/// A head of a gathered list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListHead {
    /// What it says.
    pub label: HeadLabel,
    /// Index of its first article in the list.
    pub first: u32,
    /// How many articles stand under it.
    pub articles: u32,
}

/// Which articles a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Filter {
    /// All.
    #[default]
    All,
    /// Not read yet.
    Unread,
    /// Starred.
    Starred,
    /// Added since the reader was here last.
    New,
    /// With notes of the reader.
    Noted,
    /// With this tag.
    Tagged(String),
    /// Of this outlet, by name or domain.
    Source(String),
    /// Those of one story.
    Story(StoryId),
    /// Those of a feed.
    Feed {
        /// Which.
        id: FeedId,
        /// What it is called.
        title: String,
    },
    /// Those that mention an entity.
    Entity {
        /// Kind of the entity.
        kind: EntityKind,
        /// Its canonical name.
        canonical: String,
    },
}

/// What a list shows, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct View {
    /// Order.
    pub sort: Sort,
    /// Heads between them.
    pub gathering: Gathering,
    /// Which articles.
    pub filter: Filter,
}
