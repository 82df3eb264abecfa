//! What the reader typed into the search, understood.
//!
//! Words (all must be found), `"exact phrase"`, `"these words"~5` near each other (in any order, at most
//! five others among them), `-not`, `OR`, brackets, `=word` exactly as typed, and fields such as
//! `source:`, `tag:` or `since:` with German names. `OR` binds closer than a space:
//! `syria russia OR moscow` wants `syria` and one of the others. An unknown field is a plain word.
//! Parsing is total; a mistake points at its column. Reading tokens is in `parse`.

use jiff::civil::Date;

use crate::model::{Language, Locale, Span, StoryId};

use super::parse;

/// A parsed query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What is asked for; `None` where nothing was typed.
    pub(super) clause: Option<Clause>,
    chips: Vec<Chip>,
}

/// A condition on articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clause {
    /// A word, found with tolerance.
    Word(Word),
    /// These words in this order, letters as typed but for case and accents.
    Phrase(String),
    /// These words in any order, with at most so many others among them.
    Near(String, u32),
    /// With this tag of the reader, case and accents aside.
    Tag(String),
    /// A name or title that has these words.
    Named(NameField, Word),
    /// Written in this language.
    Language(Language),
    /// Member of this story.
    Story(StoryId),
    /// What the reader did with it.
    State(State),
    /// Appeared in these days, both inclusive; undated articles never do.
    Between(Option<Date>, Option<Date>),
    /// All of these; never empty.
    All(Vec<Clause>),
    /// One of these at least; never empty.
    Any(Vec<Clause>),
    /// Not this.
    Not(Box<Clause>),
}

/// A typed word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As typed, without marks; may hold several words (`al-Assad`, a quoted value).
    pub text: String,
    /// Found only as typed: no tolerance but for case.
    pub exact: bool,
    /// It ends the query without a space: perhaps only the beginning of a word.
    pub open: bool,
}

/// Fields that hold names or words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameField {
    /// Outlet, by name or domain.
    Source,
    /// Persons mentioned.
    Person,
    /// Places mentioned.
    Place,
    /// Organisations mentioned.
    Organisation,
    /// The headline.
    Title,
}

/// What the reader did with an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Not read.
    Unread,
    /// Read.
    Read,
    /// Starred.
    Starred,
    /// New since the last visit.
    New,
    /// With notes of the reader.
    Noted,
}

/// A recognised field, for showing how the query was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// The field with its value, a `-` before it included; bytes of the typed query.
    pub span: Span,
    /// Its English name, `source` for `quelle:`.
    pub field: &'static str,
    /// The value as typed, without quotation marks.
    pub value: String,
    /// Articles that have it are left out.
    pub negated: bool,
}

impl Query {
    /// Reads `text`; relative days (`7d`) count back from `today`.
    ///
    /// # Errors
    /// A mistake with its column: unclosed quotation mark or bracket, a field without or with an
    /// impossible value, `OR` without a side, too long or too deep.
    pub fn parse(text: &str, today: Date) -> Result<Self, QueryError> {
        let (clause, chips) = parse::parse(text, today)?;
        Ok(Self { clause, chips })
    }

    /// Nothing is asked for; every article answers it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.clause.is_none()
    }

    /// Whether one word is asked for, and beside it only filters.
    pub(super) fn is_one_word(&self) -> bool {
        let words = |clause: &Clause| matches!(clause, Clause::Word(_) | Clause::Named(NameField::Title, _));
        match &self.clause {
            Some(Clause::All(all)) => {
                all.iter().filter(|c| words(c)).count() == 1
                    && !all.iter().any(|c| matches!(c, Clause::All(_) | Clause::Any(_)))
            }
            Some(clause) => words(clause),
            None => false,
        }
    }

    /// The recognised fields, in typed order.
    #[must_use]
    pub fn chips(&self) -> &[Chip] {
        &self.chips
    }

    /// What is asked for; `None` where nothing was typed.
    #[must_use]
    pub fn clause(&self) -> Option<&Clause> {
        self.clause.as_ref()
    }
}

/// A mistake in a query.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("column {column}: {}", self.message(Locale::English))]
pub struct QueryError {
    /// Where, in characters, from 1.
    pub column: usize,
    /// What.
    pub problem: Problem,
}

/// What is wrong with a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A quotation mark that is never closed.
    OpenQuote,
    /// An opening bracket that is never closed.
    OpenBracket,
    /// A closing bracket that was never opened.
    StrayBracket,
    /// `OR` without something on both sides.
    LonelyOr,
    /// A field without a value.
    NoValue(&'static str),
    /// No day can be read from the value.
    BadDate(String),
    /// Not a value of this field; with those it takes.
    BadValue(&'static str, String),
    /// Brackets in brackets beyond what anyone means.
    TooDeep,
    /// More words than anyone means.
    TooLong,
}

impl QueryError {
    /// Whether going on typing may mend it, so that a search as you type need not complain yet.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        matches!(
            self.problem,
            Problem::OpenQuote | Problem::OpenBracket | Problem::LonelyOr | Problem::NoValue(_)
        )
    }

    /// What is wrong and what to do, one line without the column.
    #[must_use]
    pub fn message(&self, locale: Locale) -> String {
        match locale {
            Locale::German => match &self.problem {
                Problem::OpenQuote => "das Anführungszeichen wird nicht geschlossen".to_owned(),
                Problem::OpenBracket => "die Klammer wird nicht geschlossen".to_owned(),
                Problem::StrayBracket => "diese Klammer wurde nie geöffnet".to_owned(),
                Problem::LonelyOr => "OR braucht links und rechts etwas".to_owned(),
                Problem::NoValue(field) => format!("'{field}:' braucht einen Wert"),
                Problem::BadDate(value) => {
                    format!("'{value}' ist kein Tag; zum Beispiel 2015-09-19, 19.9.2015 oder 7d")
                }
                Problem::BadValue(field, value) => {
                    format!("'{field}:' kennt '{value}' nicht; möglich: {}", values(field))
                }
                Problem::TooDeep => "zu viele Klammern ineinander".to_owned(),
                Problem::TooLong => "zu viele Wörter".to_owned(),
            },
            Locale::English => match &self.problem {
                Problem::OpenQuote => "the quotation mark is never closed".to_owned(),
                Problem::OpenBracket => "the bracket is never closed".to_owned(),
                Problem::StrayBracket => "this bracket was never opened".to_owned(),
                Problem::LonelyOr => "OR needs something on both sides".to_owned(),
                Problem::NoValue(field) => format!("'{field}:' needs a value"),
                Problem::BadDate(value) => {
                    format!("'{value}' is no day; for example 2015-09-19, 19.9.2015 or 7d")
                }
                Problem::BadValue(field, value) => {
                    format!("'{field}:' does not know '{value}'; it takes {}", values(field))
                }
                Problem::TooDeep => "too many brackets inside each other".to_owned(),
                Problem::TooLong => "too many words".to_owned(),
            },
        }
    }
}

/// The values that a field with a closed list takes.
fn values(field: &str) -> &'static str {
    match field {
        "is" => "unread, read, starred, new, noted, ungelesen, gelesen, markiert, neu, notiert",
        "lang" => "de, en, other",
        _ => "1, 2, 3, …",
    }
}
