//! What the program says with numbers and names in it.

use super::fixed::{Word, word};
use crate::model::{Locale, Progress};

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
