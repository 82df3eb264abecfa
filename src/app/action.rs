//! Everything a reader can ask for, in one table.
//!
//! The keymap's spelling, the help screen, the palette, the key hints and the manual are made from
//! [`ACTIONS`]; no other place names an action to the reader.

pub use super::scope::{Group, Scope};

use crate::model::Locale;

/// One thing a reader can ask for; its meaning depends on the focused pane.
///
/// What each does is said once, in [`ActionInfo`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs, reason = "the table below describes every variant in two languages")]
pub enum Action {
    Up,
    Down,
    Left,
    Right,
    PageDown,
    PageUp,
    HalfPageDown,
    HalfPageUp,
    Top,
    Bottom,
    NextPane,
    PreviousPane,
    NextPart,
    PreviousPart,
    Open,
    NextArticle,
    PreviousArticle,
    Entities,
    Wider,
    Narrower,
    Zen,
    OpenLink,
    Copy,
    Correct,
    Versions,
    Search,
    Find,
    Next,
    Previous,
    Exactly,
    SearchScope,
    HowRead,
    SaveSearch,
    Order,
    Gather,
    Compare,
    Mark,
    Stories,
    ViewFacts,
    ViewWords,
    ViewQuotes,
    ViewOnly,
    ToggleOutside,
    ToggleRead,
    ToggleStar,
    AllRead,
    Choose,
    Highlight,
    Note,
    Tag,
    Delete,
    Rename,
    Undo,
    Redo,
    Palette,
    Help,
    Back,
    Quit,
    QuitNow,
    Import,
    CancelImport,
    Fetch,
    Feeds,
    WholeText,
    Theme,
    Mouse,
    Suspend,
    Redraw,
}

/// What is said about an action.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ActionInfo {
    /// The action.
    pub action: Action,
    /// Its spelling in a keymap and in the palette.
    pub name: &'static str,
    /// Its heading.
    pub group: Group,
    /// Where it does something; [`Scope::Global`] stands for everywhere.
    pub scopes: &'static [Scope],
    /// Description in German.
    pub de: &'static str,
    /// Description in English.
    pub en: &'static str,
}

impl ActionInfo {
    /// The description in the language of the interface.
    #[must_use]
    pub fn describe(&self, locale: Locale) -> &'static str {
        match locale {
            Locale::German => self.de,
            Locale::English => self.en,
        }
    }

    /// Whether the action does something in `scope`.
    #[must_use]
    pub fn holds_in(&self, scope: Scope) -> bool {
        self.scopes.contains(&Scope::Global) || self.scopes.contains(&scope)
    }
}

impl Action {
    /// What is said about it.
    #[must_use]
    pub fn info(self) -> &'static ActionInfo {
        // A test holds that the table names each variant at its own place.
        &ACTIONS[self as usize]
    }

    /// Its spelling in a keymap.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.info().name
    }

    /// The action spelled `name`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Action> {
        ACTIONS.iter().find(|info| info.name == name).map(|info| info.action)
    }
}

const fn info(
    action: Action,
    name: &'static str,
    group: Group,
    scopes: &'static [Scope],
    de: &'static str,
    en: &'static str,
) -> ActionInfo {
    ActionInfo { action, name, group, scopes, de, en }
}

const PANES: &[Scope] = &[
    Scope::List,
    Scope::Reader,
    Scope::Entities,
    Scope::Search,
    Scope::Hits,
    Scope::Comparison,
    Scope::Stories,
];

const ROWS: &[Scope] = &[
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

const ALL: &[Scope] = &[Scope::Global];

/// Every action, in the order of [`Action`] and of the help screen.
#[rustfmt::skip]
pub const ACTIONS: &[ActionInfo] = &[
    info(Action::Up, "up", Group::Move, ROWS,
        "nach oben",
        "up"),
    info(Action::Down, "down", Group::Move, ROWS,
        "nach unten",
        "down"),
    info(Action::Left, "left", Group::Move, PANES,
        "Spalte oder Ebene hinaus; im Vergleich vorige Quelle",
        "pane or level out; previous outlet in the comparison"),
    info(Action::Right, "right", Group::Move, PANES,
        "Spalte oder Ebene hinein; im Vergleich nächste Quelle",
        "pane or level in; next outlet in the comparison"),
    info(Action::PageDown, "page-down", Group::Move, ROWS,
        "Seite vor; am Ende zum nächsten Artikel",
        "page down; at the end on to the next article"),
    info(Action::PageUp, "page-up", Group::Move, ROWS,
        "Seite zurück",
        "page up"),
    info(Action::HalfPageDown, "half-page-down", Group::Move, ROWS,
        "halbe Seite vor",
        "half a page down"),
    info(Action::HalfPageUp, "half-page-up", Group::Move, ROWS,
        "halbe Seite zurück",
        "half a page up"),
    info(Action::Top, "top", Group::Move, ROWS,
        "zum Anfang",
        "to the top"),
    info(Action::Bottom, "bottom", Group::Move, ROWS,
        "zum Ende",
        "to the bottom"),
    info(Action::NextPane, "next-pane", Group::Move, PANES,
        "nächste Spalte",
        "next pane"),
    info(Action::PreviousPane, "previous-pane", Group::Move, PANES,
        "vorige Spalte",
        "previous pane"),
    info(Action::NextPart, "next-part", Group::Move, &[Scope::List, Scope::Reader, Scope::Versions],
        "nächste Gruppe der Liste, nächste Notiz, neuere Fassung",
        "next head in the list, next note, newer version"),
    info(Action::PreviousPart, "previous-part", Group::Move, &[Scope::List, Scope::Reader, Scope::Versions],
        "vorige Gruppe der Liste, vorige Notiz, ältere Fassung",
        "previous head in the list, previous note, older version"),
    info(Action::Open, "open", Group::Read, &[Scope::List, Scope::Reader, Scope::Entities, Scope::Search, Scope::Hits, Scope::Comparison, Scope::Stories, Scope::Picker],
        "öffnen; bei Fakt und Treffer die Stelle im Artikel",
        "open; for a fact or hit, its place in the article"),
    info(Action::NextArticle, "next-article", Group::Read, &[Scope::List, Scope::Reader, Scope::Entities, Scope::Comparison],
        "nächster Artikel der Liste oder des Themas",
        "next article of the list or story"),
    info(Action::PreviousArticle, "previous-article", Group::Read, &[Scope::List, Scope::Reader, Scope::Entities, Scope::Comparison],
        "voriger Artikel der Liste oder des Themas",
        "previous article of the list or story"),
    info(Action::Entities, "entities", Group::Read, &[Scope::List, Scope::Reader, Scope::Comparison],
        "Personen, Orte, Organisationen",
        "people, places, organisations"),
    info(Action::Wider, "wider", Group::Read, &[Scope::Reader],
        "Zeilen länger",
        "longer lines"),
    info(Action::Narrower, "narrower", Group::Read, &[Scope::Reader],
        "Zeilen kürzer",
        "shorter lines"),
    info(Action::Zen, "zen", Group::Read, &[Scope::List, Scope::Reader, Scope::Comparison],
        "nur der Text",
        "nothing but the text"),
    info(Action::OpenLink, "open-link", Group::Read, &[Scope::List, Scope::Reader, Scope::Entities, Scope::Search, Scope::Hits, Scope::Comparison, Scope::Versions],
        "im Browser öffnen",
        "open in the browser"),
    info(Action::Copy, "copy", Group::Read, &[Scope::List, Scope::Reader, Scope::Entities, Scope::Search, Scope::Hits, Scope::Comparison],
        "Satz mit Quelle kopieren",
        "copy the sentence with its source"),
    info(Action::Correct, "correct", Group::Read, &[Scope::List, Scope::Reader, Scope::Entities, Scope::Search, Scope::Hits, Scope::Comparison, Scope::Versions],
        "Titel, Quelle, Datum, Autor, Sprache ansehen und berichtigen",
        "see and correct title, source, date, author, language"),
    info(Action::Versions, "versions", Group::Read, &[Scope::List, Scope::Reader, Scope::Entities, Scope::Search, Scope::Hits, Scope::Comparison, Scope::Versions],
        "was sich in der letzten Fassung geändert hat, oder zurück",
        "what changed in the last version, or back"),
    info(Action::Search, "search", Group::Find, &[Scope::List, Scope::Reader, Scope::Entities, Scope::Hits, Scope::Comparison, Scope::Stories],
        "alles durchsuchen",
        "search everything"),
    info(Action::Find, "find", Group::Find, &[Scope::List, Scope::Reader, Scope::Entities, Scope::Hits, Scope::Comparison, Scope::Stories, Scope::Report],
        "hier suchen oder filtern",
        "find or filter in this pane"),
    info(Action::Next, "next", Group::Find, &[Scope::List, Scope::Reader, Scope::Entities, Scope::Search, Scope::Hits, Scope::Comparison, Scope::Versions],
        "nächster Treffer, Unterschied, Ungelesenes, nächste Änderung",
        "next hit, difference, unread article or change"),
    info(Action::Previous, "previous", Group::Find, &[Scope::List, Scope::Reader, Scope::Entities, Scope::Search, Scope::Hits, Scope::Comparison, Scope::Versions],
        "voriger Treffer, Unterschied, Ungelesenes, vorige Änderung",
        "previous hit, difference, unread article or change"),
    info(Action::Exactly, "exactly", Group::Find, &[Scope::Search, Scope::Hits],
        "nur genau diese Schreibung",
        "exactly this spelling only"),
    info(Action::SearchScope, "search-scope", Group::Find, &[Scope::Search, Scope::Hits],
        "Suche auf Quelle, Ereignis, Artikel beschränken",
        "search in this outlet, story, article only"),
    info(Action::HowRead, "how-read", Group::Find, &[Scope::Search, Scope::Hits],
        "zeigen, wie die Anfrage gelesen wurde",
        "show how the query was read"),
    info(Action::SaveSearch, "save-search", Group::Find, &[Scope::Search, Scope::Hits],
        "Suche sichern; sie steht dann über der Liste",
        "save the search; it then stands above the list"),
    info(Action::Order, "order", Group::Find, &[Scope::List, Scope::Search, Scope::Hits, Scope::Comparison],
        "andere Reihenfolge",
        "another order"),
    info(Action::Gather, "gather", Group::Find, &[Scope::List],
        "Liste bündeln: nach Tag, Quelle, Ereignis",
        "gather the list by day, outlet, story"),
    info(Action::Compare, "compare", Group::Compare, PANES,
        "vergleichen: vorgemerkte Artikel oder das ganze Thema",
        "compare the marked articles, or the whole story"),
    info(Action::Mark, "mark", Group::Compare, &[Scope::List, Scope::Reader, Scope::Search, Scope::Hits, Scope::Comparison, Scope::Stories],
        "zum Vergleich markieren; im Vergleich Quelle zeigen oder verbergen",
        "mark for comparison; in it show or hide this outlet"),
    info(Action::Stories, "stories", Group::Compare, &[Scope::List, Scope::Reader, Scope::Comparison],
        "Themen: was mehrere Quellen berichten",
        "stories: what several outlets report"),
    info(Action::ViewFacts, "view-facts", Group::Compare, &[Scope::Comparison],
        "Ansicht: Fakten",
        "view: facts"),
    info(Action::ViewWords, "view-words", Group::Compare, &[Scope::Comparison],
        "Ansicht: Wortwahl",
        "view: word choice"),
    info(Action::ViewQuotes, "view-quotes", Group::Compare, &[Scope::Comparison],
        "Ansicht: Zitate",
        "view: quotes"),
    info(Action::ViewOnly, "view-only", Group::Compare, &[Scope::Comparison],
        "Ansicht: nur hier",
        "view: only here"),
    info(Action::ToggleOutside, "toggle-outside", Group::Compare, &[Scope::Comparison],
        "außenstehende Artikel wie die anderen zeigen",
        "show articles outside the story like the others"),
    info(Action::ToggleRead, "toggle-read", Group::Marks, &[Scope::List, Scope::Reader, Scope::Search, Scope::Hits],
        "gelesen oder ungelesen",
        "read or unread"),
    info(Action::ToggleStar, "toggle-star", Group::Marks, &[Scope::List, Scope::Reader, Scope::Search, Scope::Hits],
        "Stern setzen oder nehmen",
        "star or unstar"),
    info(Action::AllRead, "all-read", Group::Marks, &[Scope::List],
        "alle gelesen",
        "all read"),
    info(Action::Choose, "choose", Group::Marks, &[Scope::Reader],
        "Sätze wählen; noch einmal erweitert die Wahl",
        "choose sentences; once more extends the choice"),
    info(Action::Highlight, "highlight", Group::Marks, &[Scope::Reader],
        "gewählte Sätze hervorheben oder nicht mehr",
        "highlight the chosen sentences, or no longer"),
    info(Action::Note, "note", Group::Marks, &[Scope::Reader, Scope::Entities],
        "Notiz zu den gewählten Sätzen",
        "note on the chosen sentences"),
    info(Action::Tag, "tag", Group::Marks, &[Scope::List, Scope::Reader, Scope::Search, Scope::Hits],
        "Schlagwörter der vorgemerkten oder dieses Artikels",
        "tags of the marked articles, or this one"),
    info(Action::Delete, "delete", Group::Marks, &[Scope::List, Scope::Reader, Scope::Entities],
        "Notiz oder gesicherte Suche löschen",
        "delete a note or a saved search"),
    info(Action::Rename, "rename", Group::Marks, &[Scope::List],
        "gesicherte Suche umbenennen",
        "rename a saved search"),
    info(Action::Undo, "undo", Group::Marks, &[Scope::List, Scope::Reader, Scope::Search, Scope::Hits, Scope::Comparison, Scope::Stories],
        "rückgängig",
        "undo"),
    info(Action::Redo, "redo", Group::Marks, &[Scope::List, Scope::Reader, Scope::Search, Scope::Hits, Scope::Comparison, Scope::Stories],
        "wiederholen",
        "redo"),
    info(Action::Palette, "palette", Group::Everywhere, ALL,
        "Befehle (Palette)",
        "commands (palette)"),
    info(Action::Help, "help", Group::Everywhere, ALL,
        "Hilfe",
        "help"),
    info(Action::Back, "back", Group::Everywhere, ALL,
        "eine Ebene zurück, zuoberst beenden",
        "one level out; at the top level, quit"),
    info(Action::Quit, "quit", Group::Everywhere, ALL,
        "eine Ebene zurück, zuoberst beenden",
        "one level out; at the top level, quit"),
    info(Action::QuitNow, "quit-now", Group::Everywhere, ALL,
        "sofort beenden",
        "quit at once"),
    info(Action::Import, "import", Group::Everywhere, ALL,
        "Dateien einlesen; währenddessen: wie weit",
        "import files; meanwhile: how far it is"),
    info(Action::CancelImport, "cancel-import", Group::Everywhere, &[Scope::Report],
        "Einlesen abbrechen; was fertig ist, bleibt",
        "stop the import; what is done stays"),
    info(Action::Fetch, "fetch", Group::Everywhere, ALL,
        "Feeds holen; währenddessen: anhalten",
        "fetch feeds; meanwhile: stop"),
    info(Action::Feeds, "feeds", Group::Everywhere, ALL,
        "wie es den Feeds geht",
        "how the feeds are"),
    info(Action::WholeText, "whole-text", Group::Read, ALL,
        "den ganzen Text von der Seite holen",
        "fetch the whole text from its page"),
    info(Action::Theme, "theme", Group::Everywhere, ALL,
        "nächstes Farbschema",
        "next theme"),
    info(Action::Mouse, "mouse", Group::Everywhere, ALL,
        "Maus an oder aus",
        "mouse on or off"),
    info(Action::Suspend, "suspend", Group::Everywhere, ALL,
        "anhalten (weiter mit fg)",
        "suspend (fg resumes)"),
    info(Action::Redraw, "redraw", Group::Everywhere, ALL,
        "neu zeichnen",
        "redraw"),
];

#[cfg(test)]
#[path = "action_tests.rs"]
mod tests;
