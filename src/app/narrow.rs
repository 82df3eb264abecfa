//! What narrows the picker to things of one kind.

use super::effect::Candidate;
use crate::model::EntityKind;

/// Of what kind things are to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Narrow {
    /// Of any.
    #[default]
    All,
    /// Commands.
    Commands,
    /// Articles by their headlines.
    Headlines,
    /// Stories.
    Stories,
    /// Outlets.
    Sources,
    /// Entities of a kind.
    Entities(EntityKind),
    /// Saved and earlier searches.
    Searches,
    /// Tags.
    Tags,
}

/// What narrows the picker when it stands first: the signs that chat and code programs use, and the
/// names of the search's fields.
const NARROWING: &[(&str, Narrow)] = &[
    (">", Narrow::Commands),
    ("#", Narrow::Tags),
    ("titel:", Narrow::Headlines),
    ("title:", Narrow::Headlines),
    ("thema:", Narrow::Stories),
    ("story:", Narrow::Stories),
    ("quelle:", Narrow::Sources),
    ("source:", Narrow::Sources),
    ("person:", Narrow::Entities(EntityKind::Person)),
    ("ort:", Narrow::Entities(EntityKind::Place)),
    ("place:", Narrow::Entities(EntityKind::Place)),
    ("org:", Narrow::Entities(EntityKind::Organisation)),
    ("suche:", Narrow::Searches),
    ("search:", Narrow::Searches),
    ("tag:", Narrow::Tags),
];

impl Narrow {
    /// The kind that `typed` asks for, and the rest of it.
    #[must_use]
    pub fn read(typed: &str) -> (Self, &str) {
        let typed = typed.trim();
        let begins = |sign: &str| {
            let start = typed.get(..sign.len())?;
            start.eq_ignore_ascii_case(sign).then(|| typed.get(sign.len()..).unwrap_or_default().trim())
        };
        NARROWING
            .iter()
            .find_map(|(sign, narrow)| Some((*narrow, begins(sign)?)))
            .unwrap_or((Self::All, typed))
    }

    pub(super) fn takes(self, candidate: &Candidate) -> bool {
        match self {
            Self::All => true,
            Self::Commands => false,
            Self::Headlines => matches!(candidate, Candidate::Headline(..)),
            Self::Stories => matches!(candidate, Candidate::Story(..)),
            Self::Sources => matches!(candidate, Candidate::Source(_)),
            Self::Entities(kind) => matches!(candidate, Candidate::Entity(of, _) if *of == kind),
            Self::Searches => matches!(candidate, Candidate::Saved(_) | Candidate::Searched(_)),
            Self::Tags => matches!(candidate, Candidate::Tag(_)),
        }
    }
}
