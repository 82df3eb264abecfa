//! What a reader corrects of what is known about an article: single fields, each with what its source
//! says, so that every correction can be taken back.

use serde::{Deserialize, Serialize};

use super::{Draft, Language, Published, Source, Title};

/// A field that can be corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// Headline.
    Title,
    /// Outlet.
    Source,
    /// Day of publication.
    Date,
    /// Authors.
    Authors,
    /// Language of the text.
    Language,
}

impl Field {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Title, Self::Source, Self::Date, Self::Authors, Self::Language];
}

/// What a field says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldValue {
    /// Headline.
    Title(Title),
    /// Outlet.
    Source(Source),
    /// Day of publication.
    Date(Published),
    /// Authors.
    Authors(Vec<String>),
    /// Language of the text.
    Language(Language),
}

impl FieldValue {
    /// What `draft` says in `field`.
    #[must_use]
    pub fn of(field: Field, draft: &Draft) -> Self {
        match field {
            Field::Title => Self::Title(draft.title.clone()),
            Field::Source => Self::Source(draft.source.clone()),
            Field::Date => Self::Date(draft.published),
            Field::Authors => Self::Authors(draft.authors.clone()),
            Field::Language => Self::Language(draft.language),
        }
    }

    /// The field that it is of.
    #[must_use]
    pub fn field(&self) -> Field {
        match self {
            Self::Title(_) => Field::Title,
            Self::Source(_) => Field::Source,
            Self::Date(_) => Field::Date,
            Self::Authors(_) => Field::Authors,
            Self::Language(_) => Field::Language,
        }
    }

    /// Has `draft` say this.
    pub fn put(self, draft: &mut Draft) {
        match self {
            Self::Title(title) => draft.title = title,
            Self::Source(source) => draft.source = source,
            Self::Date(published) => draft.published = published,
            Self::Authors(authors) => draft.authors = authors,
            Self::Language(language) => draft.language = language,
        }
    }
}
