//! Where keys are looked up, and under which headings help gathers what they do.

use crate::model::Locale;

/// Headings under which help and palette gather the actions.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Group {
    /// Moving about.
    Move,
    /// Reading an article.
    Read,
    /// Searching and filtering.
    Find,
    /// Comparing outlets.
    Compare,
    /// What the reader notes on articles.
    Marks,
    /// The program itself.
    Everywhere,
}

impl Group {
    /// All groups, in the order help shows them.
    pub const ALL: [Group; 6] =
        [Group::Move, Group::Read, Group::Find, Group::Compare, Group::Marks, Group::Everywhere];

    /// The heading.
    #[must_use]
    pub fn name(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Group::Move, Locale::German) => "Bewegen",
            (Group::Move, Locale::English) => "Move",
            (Group::Read, Locale::German) => "Lesen",
            (Group::Read, Locale::English) => "Read",
            (Group::Find, Locale::German) => "Suchen",
            (Group::Find, Locale::English) => "Find",
            (Group::Compare, Locale::German) => "Vergleichen",
            (Group::Compare, Locale::English) => "Compare",
            (Group::Marks, Locale::German) => "Merken",
            (Group::Marks, Locale::English) => "Marks",
            (Group::Everywhere, Locale::German) => "Überall",
            (Group::Everywhere, Locale::English) => "Everywhere",
        }
    }
}

/// Where keys are looked up: the pane or screen that has the focus.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Scope {
    /// Holds in every scope that does not say otherwise.
    Global,
    /// The list of articles.
    List,
    /// The reading pane.
    Reader,
    /// The panel of people, places, organisations.
    Entities,
    /// The search line; takes text.
    Search,
    /// What the search found.
    Hits,
    /// The comparison.
    Comparison,
    /// The list of stories.
    Stories,
    /// What changed between two versions.
    Versions,
    /// Any picker: palette, files, filter; takes text.
    Picker,
    /// The searchable help; takes text.
    Help,
    /// Something to read over the screen: an import, its report, how a query was read.
    Report,
}

impl Scope {
    /// All scopes.
    pub const ALL: [Scope; 12] = [
        Scope::Global,
        Scope::List,
        Scope::Reader,
        Scope::Entities,
        Scope::Search,
        Scope::Hits,
        Scope::Comparison,
        Scope::Stories,
        Scope::Versions,
        Scope::Picker,
        Scope::Help,
        Scope::Report,
    ];

    /// Its spelling in a keymap.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Scope::Global => "global",
            Scope::List => "list",
            Scope::Reader => "reader",
            Scope::Entities => "entities",
            Scope::Search => "search",
            Scope::Hits => "hits",
            Scope::Comparison => "comparison",
            Scope::Stories => "stories",
            Scope::Versions => "versions",
            Scope::Picker => "picker",
            Scope::Help => "help",
            Scope::Report => "report",
        }
    }

    /// The scope spelled `name`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Scope> {
        Scope::ALL.into_iter().find(|s| s.name() == name)
    }

    /// Whether what is typed here is text, so that printing keys and those that edit a line are
    /// never looked up in [`Scope::Global`].
    #[must_use]
    pub fn takes_text(self) -> bool {
        matches!(self, Scope::Search | Scope::Picker | Scope::Help)
    }
}
