//! What the program says, in both languages of its interface.
//!
//! Each match is exhaustive: a new message does not compile without both languages.

use crate::model::{Locale, Progress};

/// Fixed words of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the table below gives both wordings of every variant")]
pub enum Word {
    AllArticles,
    UnreadArticles,
    StarredArticles,
    OfStory,
    WithEntity,
    Search,
    Comparison,
    Stories,
    Help,
    People,
    Places,
    Organisations,
    Others,
    Figures,
    Facts,
    WordChoice,
    WordsShort,
    Quotes,
    OnlyHere,
    Fact,
    WhoIsCalled,
    Speaker,
    Same,
    Vaguer,
    Differs,
    NotFound,
    Unclear,
    MentionedIn,
    NothingToUndo,
    NothingToRedo,
    NoMoreMatches,
    NoMoreDifferences,
    NothingUnread,
    NoEntityChosen,
    NoLink,
    Copied,
    NothingToCopy,
    MarkMore,
    NothingToCompare,
    TwoStay,
    EmptyLibrary,
    EmptyFilter,
    EmptyList,
    NoArticle,
    OpensList,
    ImportTitle,
    FeedsTitle,
    FetchingWhole,
    WholeFetched,
    ImportHint,
    HowReadTitle,
    EarlierSearches,
    SavedSearches,
    SearchHint,
    SoFar,
    NowhereFound,
    ScopeSource,
    ScopeStory,
    ScopeArticle,
    ScopeEverything,
    NoNarrower,
    NothingToSave,
    /// A search within one article is no list of articles.
    ScopeNotSaved,
    Cancelling,
    LostNotes,
    NotesHeading,
    NoteTitle,
    TagsTitle,
    SearchName,
    NewName,
    Highlighted,
    Unhighlighted,
    Noted,
    AlreadyNoted,
    NoNoteHere,
    NoteDeleted,
    NoMoreNotes,
    SearchSaved,
    SearchDeleted,
    Loading,
    TooSmall,
    TypeToSearch,
    NothingFound,
    Nearest,
    NoEntities,
    NoSharedFacts,
    NoLabels,
    NoQuotes,
    NoSingles,
    NoStories,
    InMemory,
    Beside,
    Filter,
    FindHere,
    ImportPath,
    GoTo,
    SearchHelp,
    NothingFits,
    Outside,
    NotFoundAt,
    UnclearAt,
    ByRelevance,
    ByDate,
    ByAdded,
    BySource,
    ByStory,
    NotGathered,
    GatheredByDay,
    GatheredBySource,
    GatheredByStory,
    WithoutStory,
    NewArticles,
    NotedArticles,
    Exactly,
    Tolerant,
    Hidden,
    MouseOn,
    MouseOff,
    ZenOn,
    Headline,
    Source,
    Person,
    Place,
    Organisation,
    OtherName,
    Tag,
    SavedSearch,
    EarlierSearch,
    SearchEverything,
    PickHint,
    Indexing,
}

/// A fixed word in the language of the interface.
#[must_use]
#[allow(clippy::too_many_lines, reason = "one table, two columns")]
pub fn word(word: Word, locale: Locale) -> &'static str {
    use Word as W;
    let (de, en) = match word {
        W::AllArticles => ("Alle Artikel", "All articles"),
        W::UnreadArticles => ("Ungelesene", "Unread"),
        W::StarredArticles => ("Gemerkte", "Starred"),
        W::OfStory => ("Thema", "Story"),
        W::WithEntity => ("Artikel mit", "Articles with"),
        W::Search => ("Suche", "Search"),
        W::Comparison => ("Vergleich", "Comparison"),
        W::Stories => ("Themen", "Stories"),
        W::Help => ("Hilfe", "Help"),
        W::People => ("Personen", "People"),
        W::Places => ("Orte", "Places"),
        W::Organisations => ("Organisationen", "Organisations"),
        W::Others => ("Weitere Namen", "Other names"),
        W::Figures => ("Zahlen und Daten", "Numbers and dates"),
        W::Facts => ("Fakten", "Facts"),
        W::WordChoice => ("Wortwahl", "Word choice"),
        W::WordsShort => ("Worte", "Words"),
        W::Quotes => ("Zitate", "Quotes"),
        W::OnlyHere => ("Nur hier", "Only here"),
        W::Fact => ("Fakt", "Fact"),
        W::WhoIsCalled => ("Wer heißt wie?", "Who is called what?"),
        W::Speaker => ("Wer spricht?", "Who speaks?"),
        W::Same => ("gleich", "same"),
        W::Vaguer => ("ungenauer", "less exact"),
        W::Differs => ("weicht ab", "differs"),
        W::NotFound => ("nicht gefunden", "not found"),
        W::Unclear => ("unklar", "unclear"),
        W::MentionedIn => ("erwähnt", "mentioned"),
        W::NothingToUndo => ("Nichts rückgängig zu machen", "Nothing to undo"),
        W::NothingToRedo => ("Nichts zu wiederholen", "Nothing to redo"),
        W::NoMoreMatches => ("Keine weitere Fundstelle", "No further match"),
        W::NoMoreDifferences => ("Keine weitere Abweichung", "No further difference"),
        W::NothingUnread => ("Nichts mehr ungelesen", "Nothing left unread"),
        W::NoEntityChosen => ("Hier ist kein Name gewählt", "No name is chosen here"),
        W::NoLink => ("Der Artikel nennt keine Webadresse", "The article states no web address"),
        W::Copied => ("In die Zwischenablage kopiert", "Copied to the clipboard"),
        W::NothingToCopy => ("Hier ist nichts zu kopieren", "There is nothing to copy here"),
        W::MarkMore => ("Noch einen Artikel mit x vormerken, dann c", "Mark another article with x, then c"),
        W::NothingToCompare => (
            "Kein anderer Artikel berichtet dasselbe Ereignis; mit x Artikel vormerken",
            "No other article reports this event; mark articles with x",
        ),
        W::TwoStay => ("Zwei Quellen bleiben immer stehen", "Two outlets always stay"),
        W::EmptyLibrary => {
            ("Hier stehen die Artikel deiner Bibliothek.", "The articles of your library stand here.")
        }
        W::EmptyFilter => ("Kein Artikel passt zu diesem Filter.", "No article fits this filter."),
        W::EmptyList => ("Diese Liste ist leer.", "This list is empty."),
        W::NoArticle => ("Kein Artikel gewählt.", "No article is chosen."),
        W::LostNotes => ("Notizen, deren Stelle nicht mehr im Text steht", "Notes whose passage is gone"),
        W::NotesHeading => ("Notizen", "Notes"),
        W::NoteTitle => ("Notiz (leer: nur hervorheben)", "Note (empty: highlight only)"),
        W::TagsTitle => ("Schlagwörter, durch Komma getrennt", "Tags, parted by commas"),
        W::SearchName => ("Suche sichern als", "Save the search as"),
        W::NewName => ("Neuer Name", "New name"),
        W::Highlighted => ("Hervorgehoben; u nimmt es zurück", "Highlighted; u undoes it"),
        W::Unhighlighted => {
            ("Nicht mehr hervorgehoben; u nimmt es zurück", "No longer highlighted; u undoes it")
        }
        W::Noted => ("Notiz behalten; u nimmt sie zurück", "Note kept; u undoes it"),
        W::AlreadyNoted => ("Hier steht schon eine Notiz; a ändert sie", "A note stands here; a changes it"),
        W::NoNoteHere => {
            ("Hier steht keine Notiz; J geht zur nächsten", "No note stands here; J goes to the next")
        }
        W::NoteDeleted => ("Notiz gelöscht; u nimmt es zurück", "Note deleted; u undoes it"),
        W::NoMoreNotes => ("Keine weitere Notiz", "No further note"),
        W::SearchSaved => {
            ("Suche gesichert; sie steht über der Liste", "Search saved; it stands above the list")
        }
        W::SearchDeleted => ("Suche gelöscht; u nimmt es zurück", "Search deleted; u undoes it"),
        W::ImportHint => (
            "Esc: im Hintergrund weiter · x: abbrechen, Fertiges bleibt",
            "Esc: go on in the background · x: stop, what is done stays",
        ),
        W::ImportTitle => ("Einlesen", "Import"),
        W::FeedsTitle => ("Feeds", "Feeds"),
        W::FetchingWhole => ("Hole den ganzen Text …", "Fetching the whole text …"),
        W::WholeFetched => ("Der ganze Text ist da", "The whole text is here"),
        W::HowReadTitle => ("So wurde die Anfrage gelesen", "How the query was read"),
        W::EarlierSearches => ("Frühere Suchen", "Earlier searches"),
        W::SavedSearches => ("Gesicherte Suchen", "Saved searches"),
        W::SearchHint => (
            "\"genau so\"   -ohne   a OR b   quelle:welt   nach:7d   person:…   is:neu",
            "\"exactly so\"   -without   a OR b   source:welt   since:7d   person:…   is:new",
        ),
        W::SoFar => ("bis jetzt", "so far"),
        W::NowhereFound => ("Nirgends gefunden:", "Found nowhere:"),
        W::ScopeSource => ("nur Quelle", "outlet only"),
        W::ScopeStory => ("nur dieses Ereignis", "this story only"),
        W::ScopeArticle => ("nur dieser Artikel", "this article only"),
        W::ScopeEverything => ("alles", "everything"),
        W::NoNarrower => (
            "Kein Artikel gewählt, auf den sich die Suche beschränken ließe",
            "No article is chosen to search in",
        ),
        W::ScopeNotSaved => (
            "Eine Suche in nur einem Artikel lässt sich nicht sichern",
            "A search within one article cannot be saved",
        ),
        W::NothingToSave => ("Erst etwas suchen, dann sichern", "Search for something first, then save it"),
        W::Cancelling => ("Wird abgebrochen; was fertig ist, bleibt", "Stopping; what is done stays"),
        W::OpensList => {
            ("Enter öffnet diese Liste, Esc führt zurück.", "Enter opens this list, Esc leads back.")
        }
        W::Loading => ("Lädt …", "Loading …"),
        W::TooSmall => ("zu klein", "too small"),
        W::TypeToSearch => (
            "Tippen sucht in Titeln, Texten, Quellen und Namen.",
            "Type to search titles, texts, sources and names.",
        ),
        W::Nearest => ("Kein Artikel hat alle Wörter; am nächsten:", "No article has all words; nearest:"),
        W::NothingFound => ("Nichts gefunden.", "Nothing found."),
        W::NoEntities => {
            ("Keine Namen, Daten oder Zahlen erkannt.", "No names, dates or numbers recognised.")
        }
        W::NoSharedFacts => {
            ("Kein Fakt steht in zwei dieser Artikel.", "No fact stands in two of these articles.")
        }
        W::NoLabels => ("Keine Bezeichnungen gefunden.", "No labels found."),
        W::NoQuotes => ("Niemand wird zitiert.", "Nobody is quoted."),
        W::NoSingles => ("Nichts steht nur in einem Artikel.", "Nothing stands in one article only."),
        W::NoStories => {
            ("Noch kein Ereignis, über das zwei Artikel berichten.", "No event yet that two articles report.")
        }
        W::InMemory => (
            "Noch nichts auf der Platte: die Bibliothek entsteht beim ersten Merken oder Importieren",
            "Nothing on disk yet: the library is made when you first mark or import something",
        ),
        W::Beside => (
            "Geöffnet, ohne zu importieren: Gelesenes und Gemerktes gilt, bis du gehst",
            "Opened without importing: what you mark holds until you leave",
        ),
        W::Filter => ("Filter", "Filter"),
        W::FindHere => ("Im Artikel", "In the article"),
        W::ImportPath => ("Importieren aus", "Import from"),
        W::GoTo => ("Befehle und Ziele", "Commands and places"),
        W::SearchHelp => ("tippen durchsucht die Hilfe", "type to search the help"),
        W::NothingFits => ("Nichts passt.", "Nothing fits."),
        W::Outside => ("Anderes Ereignis", "Another event"),
        W::NotFoundAt => ("nicht gefunden bei", "not found at"),
        W::UnclearAt => ("unklar bei", "unclear at"),
        W::ByRelevance => ("nach Treffgenauigkeit", "by relevance"),
        W::ByDate => ("nach Datum", "by date"),
        W::ByAdded => ("nach Aufnahme", "as added"),
        W::BySource => ("nach Quelle", "by source"),
        W::ByStory => ("nach Ereignis", "by story"),
        W::NotGathered => ("nicht gebündelt; B bündelt die Liste", "not gathered; B gathers the list"),
        W::GatheredByDay => ("nach Tag gebündelt", "gathered by day"),
        W::GatheredBySource => ("nach Quelle gebündelt", "gathered by outlet"),
        W::GatheredByStory => ("nach Ereignis gebündelt", "gathered by story"),
        W::WithoutStory => ("Ohne weitere Berichte", "No further reports"),
        W::NewArticles => ("Neu seit dem letzten Mal", "New since last time"),
        W::NotedArticles => ("Mit Notizen", "With notes"),
        W::Exactly => ("genau wie getippt", "exactly as typed"),
        W::Tolerant => ("unscharf", "tolerant"),
        W::Hidden => ("ausgeblendet", "hidden"),
        W::MouseOn => ("Maus an", "Mouse on"),
        W::MouseOff => ("Maus aus", "Mouse off"),
        W::ZenOn => ("Nur der Text; z bringt die Spalten zurück", "Text only; z brings the panes back"),
        W::Headline => ("Artikel", "article"),
        W::Source => ("Quelle", "source"),
        W::Person => ("Person", "person"),
        W::Place => ("Ort", "place"),
        W::Organisation => ("Organisation", "organisation"),
        W::OtherName => ("Name", "name"),
        W::Tag => ("Tag", "tag"),
        W::SavedSearch => ("gespeicherte Suche", "saved search"),
        W::EarlierSearch => ("frühere Suche", "earlier search"),
        W::SearchEverything => ("alles danach durchsuchen", "search everything for it"),
        W::PickHint => (
            "Befehl, Titel, Name …   > Befehle   # Tags   quelle:  person:  titel:",
            "Command, title, name …   > commands   # tags   source:  person:  title:",
        ),
        W::Indexing => ("erkennt Namen …", "recognising names …"),
    };
    match locale {
        Locale::German => de,
        Locale::English => en,
    }
}

/// A count with its noun: `1 Artikel`, `3 stories`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Articles.
    Articles,
    /// Outlets.
    Sources,
    /// Stories.
    Stories,
    /// Facts.
    Facts,
    /// Differences.
    Differences,
    /// Matches.
    Matches,
    /// Subscriptions.
    Feeds,
    /// Compared texts.
    Texts,
    /// Outlets of a story.
    Outlets,
    /// Texts that are not copies of each other.
    Independent,
    /// The reader's notes.
    Notes,
}

/// `number` of what is counted.
#[must_use]
pub fn count(number: usize, of: Counted, locale: Locale) -> String {
    let one = number == 1;
    let noun = match (of, locale, one) {
        (Counted::Articles, Locale::German, _) => "Artikel",
        (Counted::Articles, Locale::English, true) => "article",
        (Counted::Articles, Locale::English, false) => "articles",
        (Counted::Sources, Locale::German, true) => "Quelle",
        (Counted::Sources, Locale::German, false) => "Quellen",
        (Counted::Sources, Locale::English, true) => "source",
        (Counted::Sources, Locale::English, false) => "sources",
        (Counted::Stories, Locale::German, true) => "Thema",
        (Counted::Stories, Locale::German, false) => "Themen",
        (Counted::Stories, Locale::English, true) => "story",
        (Counted::Stories, Locale::English, false) => "stories",
        (Counted::Facts, Locale::German, true) => "Fakt",
        (Counted::Facts, Locale::German, false) => "Fakten",
        (Counted::Facts, Locale::English, true) => "fact",
        (Counted::Facts, Locale::English, false) => "facts",
        (Counted::Differences, Locale::German, true) => "Abweichung",
        (Counted::Differences, Locale::German, false) => "Abweichungen",
        (Counted::Differences, Locale::English, true) => "difference",
        (Counted::Differences, Locale::English, false) => "differences",
        (Counted::Matches, Locale::German, _) => "Treffer",
        (Counted::Matches, Locale::English, true) => "match",
        (Counted::Matches, Locale::English, false) => "matches",
        (Counted::Feeds, Locale::German, true) => "Feed",
        (Counted::Feeds, Locale::German, false) => "Feeds",
        (Counted::Feeds, Locale::English, true) => "feed",
        (Counted::Feeds, Locale::English, false) => "feeds",
        (Counted::Notes, Locale::German, true) => "Notiz",
        (Counted::Notes, Locale::German, false) => "Notizen",
        (Counted::Notes, Locale::English, true) => "note",
        (Counted::Notes, Locale::English, false) => "notes",
        (Counted::Texts, Locale::German, true) => "Text",
        (Counted::Texts, Locale::German, false) => "Texte",
        (Counted::Texts, Locale::English, true) => "text",
        (Counted::Texts, Locale::English, false) => "texts",
        (Counted::Outlets, Locale::German, true) => "Bericht",
        (Counted::Outlets, Locale::German, false) => "Berichte",
        (Counted::Outlets, Locale::English, true) => "report",
        (Counted::Outlets, Locale::English, false) => "reports",
        (Counted::Independent, Locale::German, true) => "unabhängiger Text",
        (Counted::Independent, Locale::German, false) => "unabhängige Texte",
        (Counted::Independent, Locale::English, true) => "independent text",
        (Counted::Independent, Locale::English, false) => "independent texts",
    };
    format!("{} {noun}", grouped(number, locale))
}

/// A number with its thousands parted: `12 480` in German, `12,480` in English.
#[must_use]
pub fn grouped(number: usize, locale: Locale) -> String {
    let digits = number.to_string();
    let separator = match locale {
        Locale::German => '\u{202f}',
        Locale::English => ',',
    };
    let mut shown = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) && digits.len() > 4 {
            shown.push(separator);
        }
        shown.push(digit);
    }
    shown
}

/// `read` of all articles are read, `unread` not.
#[must_use]
pub fn read_counts(read: usize, unread: usize, locale: Locale) -> String {
    let (read, unread) = (grouped(read, locale), grouped(unread, locale));
    match locale {
        Locale::German => format!("{read} gelesen, {unread} ungelesen"),
        Locale::English => format!("{read} read, {unread} unread"),
    }
}

/// What changed on an article.
#[must_use]
pub fn marked(read: Option<bool>, starred: Option<bool>, locale: Locale) -> String {
    match (read, starred, locale) {
        (Some(true), _, Locale::German) => "Gelesen".to_owned(),
        (Some(true), _, Locale::English) => "Read".to_owned(),
        (Some(false), _, Locale::German) => "Ungelesen".to_owned(),
        (Some(false), _, Locale::English) => "Unread".to_owned(),
        (_, Some(true), Locale::German) => "Gemerkt".to_owned(),
        (_, Some(true), Locale::English) => "Starred".to_owned(),
        (_, _, Locale::German) => "Nicht mehr gemerkt".to_owned(),
        (_, _, Locale::English) => "No longer starred".to_owned(),
    }
}

/// All of a list were marked as read.
#[must_use]
pub fn all_read(articles: usize, locale: Locale) -> String {
    match locale {
        Locale::German => {
            format!("{} als gelesen; u macht es rückgängig", count(articles, Counted::Articles, locale))
        }
        Locale::English => {
            format!("{} marked as read; u undoes it", count(articles, Counted::Articles, locale))
        }
    }
}

/// The column width changed.
#[must_use]
pub fn measure(columns: u16, locale: Locale) -> String {
    match locale {
        Locale::German => format!("Zeilen mit {columns} Zeichen"),
        Locale::English => format!("Lines of {columns} columns"),
    }
}

/// A library file was made.
#[must_use]
pub fn library_made(path: &str, locale: Locale) -> String {
    match locale {
        Locale::German => format!("Bibliothek angelegt: {path}"),
        Locale::English => format!("Library made: {path}"),
    }
}

/// What came of an import.
#[must_use]
pub fn imported(added: usize, duplicates: usize, refused: usize, locale: Locale) -> String {
    match locale {
        Locale::German => format!("{added} neu, {duplicates} schon da, {refused} nicht lesbar"),
        Locale::English => format!("{added} new, {duplicates} known, {refused} refused"),
    }
}

/// An import goes on: how much is stored, how fast, how long it will take.
#[must_use]
pub fn importing(progress: &Progress, locale: Locale) -> String {
    let german = locale == Locale::German;
    if progress.is_stored {
        return if german { "Importiert: ordne ein" } else { "Imported: sorting in" }.to_owned();
    }
    let (importing, articles) = if german { ("Importiert", "Artikel") } else { ("Importing", "articles") };
    let read = progress.added + progress.duplicates;
    let mut parts = vec![format!("{importing} {} %", progress.percent()), format!("{read} {articles}")];
    if progress.per_second > 0 {
        parts.push(format!("{}/s", progress.per_second));
    }
    if let Some(seconds) = progress.seconds_left {
        let left = format!("{}:{:02}", seconds / 60, seconds % 60);
        parts.push(if german { format!("noch {left}") } else { format!("{left} left") });
    }
    parts.join(" · ")
}

/// Articles chosen for comparison.
#[must_use]
pub fn chosen(number: usize, locale: Locale) -> String {
    match locale {
        Locale::German => format!("{} vorgemerkt; c vergleicht", count(number, Counted::Articles, locale)),
        Locale::English => format!("{} chosen; c compares", count(number, Counted::Articles, locale)),
    }
}

/// Why an article stands outside the story.
#[must_use]
pub fn outside(why: crate::model::OutsideReason, locale: Locale) -> String {
    use crate::model::OutsideReason as Why;
    match (why, locale) {
        (Why::Days(days), Locale::German) => format!("{days} Tage entfernt"),
        (Why::Days(days), Locale::English) => format!("{days} days apart"),
        (Why::Undated, Locale::German) => {
            "ohne Datum, und zu wenig gemeinsam, was nur dieses Ereignis hat".to_owned()
        }
        (Why::Undated, Locale::English) => {
            "no date, and too little in common that only this event has".to_owned()
        }
        (Why::OtherEvent, Locale::German) => "anderes Ereignis".to_owned(),
        (Why::OtherEvent, Locale::English) => "another event".to_owned(),
    }
}

/// Articles opened beside the library cannot be added to.
#[must_use]
pub fn import_beside(locale: Locale) -> &'static str {
    match locale {
        Locale::German => {
            "Hier sind nur die genannten Dateien geöffnet; 'lesart import PFAD' nimmt sie in die Bibliothek auf"
        }
        Locale::English => {
            "Only the named files are open here; 'lesart import PATH' adds them to the library"
        }
    }
}

/// The name of a search field in the interface's language.
#[must_use]
pub fn field(english: &'static str, locale: Locale) -> &'static str {
    if locale == Locale::English {
        return english;
    }
    match english {
        "source" => "quelle",
        "place" => "ort",
        "title" => "titel",
        "lang" => "sprache",
        "story" => "thema",
        "is" => "ist",
        "since" => "seit",
        "until" => "bis",
        "before" => "vor",
        "after" => "nach",
        other => other,
    }
}

/// A story in the picker: `Thema, 4 Artikel`.
#[must_use]
pub fn story_of(articles: usize, locale: Locale) -> String {
    format!("{}, {}", word(Word::OfStory, locale), count(articles, Counted::Articles, locale))
}

/// Why a file gave no article.
#[must_use]
pub fn refusal(reason: &crate::model::RefusalReason, locale: Locale) -> String {
    use crate::model::RefusalReason as Why;
    let megabytes = |bytes: u64| bytes.div_ceil(1024 * 1024);
    let (de, en) = match reason {
        Why::Missing => ("nicht gefunden; Pfad prüfen", "not found; check the path"),
        Why::DanglingLink => ("ein Verweis, der ins Leere führt", "a link that leads nowhere"),
        Why::NoRights => {
            ("darf nicht gelesen werden; Rechte prüfen", "may not be read; check its permissions")
        }
        Why::NotAFile => ("weder Datei noch Ordner", "neither a file nor a folder"),
        Why::Empty => ("leer", "empty"),
        Why::Binary => ("keine Textdatei", "not a text file"),
        Why::NoText => ("kein Artikeltext gefunden", "no article text found"),
        Why::NoFiles => ("ein Ordner ohne Dateien", "a folder without files"),
        Why::TooLarge { bytes, limit_bytes } => {
            let (size, limit) = (megabytes(*bytes), megabytes(*limit_bytes));
            return match locale {
                Locale::German => format!("zu groß ({size} MB, Grenze {limit} MB)"),
                Locale::English => format!("too large ({size} MB, limit {limit} MB)"),
            };
        }
        Why::NotUnderstood(words) | Why::System(words) => return words.clone(),
    };
    match locale {
        Locale::German => de,
        Locale::English => en,
    }
    .to_owned()
}

/// The name of a kind of difference.
#[must_use]
pub fn difference(kind: crate::model::DifferenceKind, locale: Locale) -> &'static str {
    use crate::model::DifferenceKind as Kind;
    let (de, en) = match kind {
        Kind::Number => ("Zahl", "number"),
        Kind::Time => ("Zeit", "time"),
        Kind::QuoteWording => ("Wortlaut", "wording"),
        Kind::DirectIndirect => ("Zitat / Bericht", "quoted / reported"),
        Kind::Label => ("Bezeichnung", "label"),
        Kind::Modality => ("Gewissheit", "certainty"),
        Kind::Attribution => ("Quelle", "source"),
        Kind::Detail => ("Einzelheit", "detail"),
        Kind::Contradiction => ("Widerspruch", "contradiction"),
    };
    match locale {
        Locale::German => de,
        Locale::English => en,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted_from_five_digits_on() {
        assert_eq!(grouped(999, Locale::German), "999");
        assert_eq!(grouped(9999, Locale::English), "9999");
        assert_eq!(grouped(100_000, Locale::English), "100,000");
    }

    #[test]
    fn one_is_singular() {
        assert_eq!(count(1, Counted::Stories, Locale::English), "1 story");
        assert_eq!(count(2, Counted::Sources, Locale::German), "2 Quellen");
    }
}
