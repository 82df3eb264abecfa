use serde::{Deserialize, Serialize};

use super::Span;

/// How speech is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    /// A whole utterance in quotation marks.
    Direct,
    /// Quoted words inside the article's own sentence.
    Fragment,
    /// A sentence that reports speech (conjunctive, dass, infinitive).
    Indirect,
    /// A sentence with a source phrase (laut, nach Angaben, zufolge).
    Attributed,
}

impl QuoteKind {
    /// Whether the words stand in quotation marks.
    #[must_use]
    pub fn is_quoted(self) -> bool {
        matches!(self, Self::Direct | Self::Fragment)
    }
}

/// Speech in an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Quoted words with their marks, or the reporting sentence.
    pub span: Span,
    /// How it is given.
    pub kind: QuoteKind,
    /// Who speaks, by canonical name where known.
    pub speaker: Option<String>,
    /// The verb or phrase that marks it as speech.
    pub cue: Option<String>,
}
