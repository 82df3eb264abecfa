//! What is said of the fields of an article, of corrections and versions.

use super::details::{DetailLine, Mistake};
use super::show;
use super::words::{Word, grouped, word};
use crate::model::{Article, Basis, Field, FieldValue, Language, Locale, Published, Version};
use crate::text::typed::NoDay;

/// The name of a field.
#[must_use]
pub fn field(field: Field, locale: Locale) -> &'static str {
    let (de, en) = match field {
        Field::Title => ("Titel", "Title"),
        Field::Source => ("Quelle", "Source"),
        Field::Date => ("Datum", "Date"),
        Field::Authors => ("Autor", "Author"),
        Field::Language => ("Sprache", "Language"),
    };
    one(de, en, locale)
}

/// The name of a language.
#[must_use]
pub fn language(language: Language, locale: Locale) -> &'static str {
    let (de, en) = match language {
        Language::German => ("Deutsch", "German"),
        Language::English => ("Englisch", "English"),
        Language::Other => ("andere", "other"),
    };
    one(de, en, locale)
}

/// What is wrong with what is typed.
#[must_use]
pub fn mistake(mistake: Mistake, locale: Locale) -> &'static str {
    let (de, en) = match mistake {
        Mistake::Day(NoDay::NotADay) => {
            ("kein Tag; zum Beispiel 18.9.2015 oder gestern", "no day; 2015-09-18 for example, or yesterday")
        }
        Mistake::Day(NoDay::NotInCalendar) => {
            ("diesen Tag gibt es im Kalender nicht", "the calendar has no such day")
        }
        Mistake::Day(NoDay::Ambiguous) => (
            "Tag und Monat sind nicht zu unterscheiden; 2015-04-03 ist eindeutig",
            "day and month cannot be told apart; 2015-04-03 is clear",
        ),
        Mistake::Language => ("deutsch, englisch oder andere", "german, english or other"),
        Mistake::NoTitle => ("ein Artikel braucht einen Titel", "an article needs a title"),
    };
    one(de, en, locale)
}

/// What a value reads as.
#[must_use]
pub fn value(value: &FieldValue, locale: Locale) -> String {
    let unknown = || one("unbekannt", "unknown", locale).to_owned();
    match value {
        FieldValue::Title(title) => title.text.clone(),
        FieldValue::Source(source) => source.label().map_or_else(unknown, str::to_owned),
        FieldValue::Date(Published::Unknown) => unknown(),
        FieldValue::Date(Published::Estimated { from, to }) if from != to => {
            let day = |day| show::date_long(Published::Day(day), locale);
            format!("~ {} – {}", day(*from), day(*to))
        }
        FieldValue::Date(published) => show::date_long(*published, locale),
        FieldValue::Authors(authors) if authors.is_empty() => unknown(),
        FieldValue::Authors(authors) => authors.join(", "),
        FieldValue::Language(of) => language(*of, locale).to_owned(),
    }
}

/// What a field will say.
#[must_use]
pub fn will_be(to: &FieldValue, locale: Locale) -> String {
    format!("{} {}", one("wird:", "will be:", locale), value(to, locale))
}

/// A field will say what the article's source says.
#[must_use]
pub fn as_stated(stated: &FieldValue, locale: Locale) -> String {
    format!(
        "{} {}",
        one("wieder wie in der Vorlage:", "as in the original again:", locale),
        value(stated, locale)
    )
}

/// Where a value comes from.
#[must_use]
pub fn origin(line: &DetailLine, locale: Locale) -> String {
    let say = |de, en| one(de, en, locale).to_owned();
    if line.is_corrected {
        let stated = value(&line.stated, locale);
        return format!(
            "{} {stated}",
            say("von dir berichtigt; in der Vorlage:", "corrected by you; in the original:")
        );
    }
    if line.is_given {
        return say(
            "von dir beim Einlesen oder neben der Datei angegeben",
            "given by you beside the file or at import",
        );
    }
    let stated = || say("steht so in der Vorlage", "stated by the original");
    let unknown = || say("unbekannt", "unknown");
    let by_basis = |basis: Basis, derived: String| match basis {
        Basis::Stated => stated(),
        Basis::Derived => derived,
        Basis::Unknown => unknown(),
    };
    match &line.stated {
        FieldValue::Title(title) => by_basis(
            title.basis,
            say(
                "aus dem ersten Satz, die Vorlage hat keinen Titel",
                "the first sentence; the original has no title",
            ),
        ),
        FieldValue::Source(source) => {
            by_basis(source.basis, say("aus der Adresse geschlossen", "follows from the address"))
        }
        FieldValue::Date(Published::Day(_)) => stated(),
        FieldValue::Date(Published::Unknown) => unknown(),
        FieldValue::Date(estimated) => {
            format!("{} {}", say("geschätzt:", "estimated:"), value(&FieldValue::Date(*estimated), locale))
        }
        FieldValue::Authors(authors) if authors.is_empty() => unknown(),
        FieldValue::Authors(_) => stated(),
        FieldValue::Language(_) => say("am Text erkannt", "recognised by the text"),
    }
}

/// What stands below the headline: outlet, date and so on; which version it is, where there are several.
#[must_use]
pub fn below_headline(article: &Article, locale: Locale) -> Vec<String> {
    let mut meta = show::meta(&article.draft, locale);
    if !article.corrected.is_empty() {
        meta = format!("{meta} · {}", corrected(&article.corrected, locale));
    }
    for tag in &article.tags {
        meta = format!("{meta} #{tag}");
    }
    let mut below = vec![meta];
    if article.version.of > 1 {
        below.push(format!("{} · {}", version(article.version, locale), word(Word::VersionHint, locale)));
    }
    below
}

/// Which fields the reader has corrected, behind what is known of an article.
#[must_use]
pub fn corrected(fields: &[FieldValue], locale: Locale) -> String {
    let names: Vec<&str> = fields.iter().map(|stated| field(stated.field(), locale)).collect();
    format!("{}: {}", one("berichtigt", "corrected", locale), names.join(", "))
}

/// Which version an article is, and when it came.
#[must_use]
pub fn version(version: Version, locale: Locale) -> String {
    let when = version.added.map(|at| {
        let form = one("%d.%m.%Y %H:%M UTC", "%-d %b %Y %H:%M UTC", locale);
        format!("{} {}", one(", vom", ", of", locale), at.strftime(form))
    });
    format!("{}{}", numbered(version.number, locale), when.unwrap_or_default())
}

/// `2. Fassung`, `version 2`.
#[must_use]
pub fn numbered(number: u32, locale: Locale) -> String {
    match locale {
        Locale::German => format!("{number}. Fassung"),
        Locale::English => format!("version {number}"),
    }
}

/// Which versions are compared, and how much changed.
#[must_use]
pub fn compared(older: Version, newer: Version, removed: usize, added: usize, locale: Locale) -> String {
    let (to, from) = (self::version(newer, locale), numbered(older.number, locale));
    let words = match removed {
        1 => one("Wort", "word", locale),
        _ => one("Wörter", "words", locale),
    };
    let (removed, added) = (grouped(removed, locale), grouped(added, locale));
    match locale {
        Locale::German => {
            format!("{to}, gegen die {from} · {removed} {words} weg [-…-], {added} neu {{+…+}}")
        }
        Locale::English => {
            format!("{to}, against {from} · {removed} {words} gone [-…-], {added} new {{+…+}}")
        }
    }
}

fn one(de: &'static str, en: &'static str, locale: Locale) -> &'static str {
    match locale {
        Locale::German => de,
        Locale::English => en,
    }
}
