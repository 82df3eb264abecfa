use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ArticleId, Field, FieldValue, Kept, Note, Published, Span, StoryId};

/// How a field is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The source says so.
    Stated,
    /// Follows from something stated (a name from a URL's host, a title from the first sentence).
    Derived,
    /// Not known.
    #[default]
    Unknown,
}

/// The language an article is written in; decides hyphenation, abbreviations and rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// German, Swiss and Austrian spelling included.
    #[default]
    #[serde(rename = "de")]
    German,
    /// English.
    #[serde(rename = "en")]
    English,
    /// Any other, or too short to tell.
    #[serde(rename = "other")]
    Other,
}

impl Language {
    /// Two-letter code, or `other`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::German => "de",
            Self::English => "en",
            Self::Other => "other",
        }
    }
}

/// What a paragraph is in its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ParagraphKind {
    /// Short line above the title.
    Kicker,
    /// The headline, as stated.
    Title,
    /// Summary before the text.
    Lead,
    /// Running text.
    Body,
    /// Heading between paragraphs.
    Heading,
    /// Words under a picture.
    Caption,
    /// Who made a picture.
    Credit,
    /// Closing line with agencies and authors' codes.
    Tail,
}

impl ParagraphKind {
    /// Whether sentences of it tell the story (not a caption, credit or tail).
    #[must_use]
    pub fn is_running_text(self) -> bool {
        matches!(self, Self::Lead | Self::Body)
    }
}

/// One paragraph of an article's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Where it stands; paragraphs are in order and do not overlap.
    pub span: Span,
    /// What it is.
    pub kind: ParagraphKind,
}

/// The headline, or a stand-in where the source has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// Words to show.
    pub text: String,
    /// [`Basis::Derived`]: taken from the first sentence, and no paragraph of the text.
    pub basis: Basis,
}

/// The outlet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Name to show, where known.
    pub name: Option<String>,
    /// Registrable domain, lower case (`welt.de`), where known.
    pub domain: Option<String>,
    /// How it is known.
    pub basis: Basis,
}

impl Source {
    /// Name, else domain.
    #[must_use]
    pub fn label(&self) -> Option<&str> {
        self.name.as_deref().or(self.domain.as_deref())
    }
}

/// An article as read from a source, before anything is stored.
///
/// `text` is what the reader shows: paragraphs joined by one blank line, beginning with the kicker
/// and the title where the source states them; boilerplate is not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Where it was read from: a path, or a name such as `(stdin)`.
    pub origin: String,
    /// The id that the source itself gives (a dump's `id`).
    pub key: Option<String>,
    /// Headline.
    pub title: Title,
    /// Line above the headline.
    pub kicker: Option<String>,
    /// Summary before the text.
    pub lead: Option<String>,
    /// Outlet.
    pub source: Source,
    /// Address of the article, http(s) only.
    pub url: Option<String>,
    /// When it appeared.
    pub published: Published,
    /// Authors by name.
    pub authors: Vec<String>,
    /// Agencies named in the article's tail or dateline, as they stand there.
    pub agencies: Vec<String>,
    /// Language of the text.
    pub language: Language,
    /// All paragraphs, joined by one blank line.
    pub text: String,
    /// Kinds and places of the paragraphs, in order.
    pub paragraphs: Vec<Paragraph>,
    /// What of it the user said beside its file, or when it was imported.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given: Vec<Field>,
    /// What a reader did with it in the library that it was exported from; taken over when it is
    /// stored, and not part of it then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Box<Kept>>,
}

impl Draft {
    /// The paragraph that holds byte `offset`, by index; `None` between paragraphs.
    #[must_use]
    pub fn paragraph_at(&self, offset: usize) -> Option<usize> {
        let after = self.paragraphs.partition_point(|p| p.span.start() <= offset);
        let index = after.checked_sub(1)?;
        self.paragraphs[index].span.holds(offset).then_some(index)
    }

    /// Minutes to read the text, at least 1: 200 words a minute in German, 230 otherwise
    /// (Brysbaert 2019 gives 238 for English; German words are longer).
    #[must_use]
    pub fn minutes(&self) -> u16 {
        let words = self.text.split_whitespace().count();
        let rate = if self.language == Language::German { 200 } else { 230 };
        u16::try_from(words.div_ceil(rate).max(1)).unwrap_or(u16::MAX)
    }
}

/// What the user did with an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadState {
    /// Opened and read, or marked so.
    pub read: bool,
    /// Starred.
    pub starred: bool,
    /// Byte of the text where reading stopped.
    pub place: u32,
}

/// What changes of an article's read state; `None` leaves as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateChange {
    /// Read or not.
    pub read: Option<bool>,
    /// Starred or not.
    pub starred: Option<bool>,
    /// Where reading stopped.
    pub place: Option<u32>,
}

impl StateChange {
    /// `state` with this change.
    #[must_use]
    pub fn on(self, state: ReadState) -> ReadState {
        ReadState {
            read: self.read.unwrap_or(state.read),
            starred: self.starred.unwrap_or(state.starred),
            place: self.place.unwrap_or(state.place),
        }
    }
}

/// Which of the texts that one page had in the course of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number, from 1 for the oldest.
    pub number: u32,
    /// How many there are.
    pub of: u32,
    /// When it was stored; `None` where that was not noted.
    pub added: Option<Timestamp>,
}

impl Default for Version {
    fn default() -> Self {
        Self { number: 1, of: 1, added: None }
    }
}

/// An article of the library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Its number in the open library.
    pub id: ArticleId,
    /// What was read.
    pub draft: Draft,
    /// What the user did with it.
    pub state: ReadState,
    /// The story it belongs to, where others report the same event.
    pub story: Option<StoryId>,
    /// The reader's tags, by name.
    pub tags: Vec<String>,
    /// The reader's notes, by place; those without one last.
    pub notes: Vec<Note>,
    /// What its source says of the fields that the reader has corrected; `draft` has the corrections.
    pub corrected: Vec<FieldValue>,
    /// Which version of its page's text it is.
    pub version: Version,
}

impl Article {
    /// The draft as its source has it, without the reader's corrections.
    #[must_use]
    pub fn stated(&self) -> Draft {
        let mut draft = self.draft.clone();
        self.corrected.iter().cloned().for_each(|stated| stated.put(&mut draft));
        draft
    }

    /// The reader's corrections.
    #[must_use]
    pub fn corrections(&self) -> Vec<FieldValue> {
        self.corrected.iter().map(|stated| FieldValue::of(stated.field(), &self.draft)).collect()
    }

    /// Whether the reader has corrected a field.
    #[must_use]
    pub fn is_corrected(&self, field: Field) -> bool {
        self.corrected.iter().any(|stated| stated.field() == field)
    }
}
