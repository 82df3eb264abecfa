//! The embedded tables of names and words, and what they know of a word.

use std::sync::LazyLock;

use crate::model::{EntityKind, Language};
use crate::text::quick::QuickSet;

use super::role::Title;
use super::stems;
use super::table::Table;

/// Grammatical gender of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// He.
    Male,
    /// She.
    Female,
    /// The name does not tell.
    Unknown,
}

/// How sure a table is that its word is a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sure {
    /// Always.
    Yes,
    /// Only where the words around say so: it is also an ordinary word or another kind of name.
    Context,
}

/// An entry of the tables of places and organisations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The word without its genitive ending, or the canonical name where the table has one.
    pub canonical: &'static str,
    /// What it names.
    pub kind: EntityKind,
    /// How sure.
    pub sure: Sure,
    /// A country or continent.
    pub country: bool,
    /// The word carries a genitive ending.
    pub genitive: bool,
}

/// What the tables know of a capitalised word.
#[allow(clippy::struct_excessive_bools, reason = "independent answers of independent tables")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Class {
    /// A first name.
    pub first: bool,
    /// A last name, or the genitive of one.
    pub last: bool,
    /// An ordinary noun (German).
    pub noun: bool,
    /// A word that is mostly written with a small letter.
    pub word: bool,
    /// A place.
    pub place: Option<Entry>,
    /// An organisation.
    pub organisation: Option<Entry>,
    /// An adjective or inhabitants' name.
    pub derived: bool,
    /// Capitals only, at least two.
    pub acronym: bool,
}

impl Class {
    /// Whether no table explains the word, or only one of names of persons.
    #[must_use]
    pub fn is_open(self) -> bool {
        !self.noun && !self.word && self.place.is_none() && self.organisation.is_none() && !self.derived
    }
}

macro_rules! table {
    ($name:ident, $file:literal) => {
        static $name: LazyLock<Table> =
            LazyLock::new(|| Table::new(include_str!(concat!("../../assets/lexicon/", $file))));
    };
}

table!(FIRST_NAMES, "first_names.tsv");
table!(LAST_NAMES, "last_names.tsv");
table!(NOUNS, "nouns.tsv");
table!(WORDS, "words.tsv");
table!(PLACES, "places.tsv");
table!(ORGANISATIONS, "organisations.tsv");
table!(PHRASES, "phrases.tsv");
table!(DERIVED, "derived.tsv");
table!(OFFICES, "offices.tsv");

/// What the tables know of `word`, which begins with a capital letter.
#[must_use]
pub fn classify(word: &str, language: Language) -> Class {
    let lower = word.to_lowercase();
    let mut letters = 0;
    let acronym = word.chars().all(|c| {
        letters += usize::from(c.is_uppercase());
        c.is_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '&' | '/')
    });
    let genitive = genitive_base(word);
    Class {
        first: is_first_name(word),
        last: is_last_name(word) || genitive.is_some_and(is_last_name),
        noun: language != Language::English && is_noun(word),
        word: WORDS.has(&lower),
        place: place(word, language),
        organisation: organisation(word, language),
        derived: derived(word, language).is_some(),
        acronym: acronym && letters >= 2,
    }
}

/// Whether `word` is a first name, or one joined by a hyphen (`Hans-Peter`).
#[must_use]
pub fn is_first_name(word: &str) -> bool {
    FIRST_NAMES.has(word)
        || (word.contains('-') && word.split('-').all(|part| part.len() > 1 && FIRST_NAMES.has(part)))
}

/// Whether `word` is a last name.
#[must_use]
pub fn is_last_name(word: &str) -> bool {
    LAST_NAMES.has(word)
}

/// Whether `word` is an ordinary German noun: listed, with a noun's ending, or a compound whose
/// last part is listed.
#[must_use]
pub fn is_noun(word: &str) -> bool {
    let last = word.rsplit('-').next().unwrap_or(word);
    if NOUNS.has(last) || stems::has_noun_ending(last) {
        return true;
    }
    // Three letters in front and five behind: below that, tails are found in names by chance.
    tails(last, 3, 5).any(|tail| NOUNS.has(&tail))
}

/// The ends of `word`, longest first, capitalised: `front` letters or more are cut off, `rest` or
/// more stay. None where `word` has capitals inside.
fn tails(word: &str, front: usize, rest: usize) -> impl Iterator<Item = String> {
    let length = word.chars().count();
    let plain = length >= front + rest && !word.chars().skip(1).any(char::is_uppercase);
    let count = if plain { length + 1 - front - rest } else { 0 };
    word.char_indices().skip(front).take(count).map(|(at, c)| {
        let mut tail = String::with_capacity(word.len());
        tail.extend(c.to_uppercase());
        tail.push_str(word.get(at + c.len_utf8()..).unwrap_or_default());
        tail
    })
}

/// What `word` says of a person it stands before: an office (women's forms, endings of the cases
/// and compounds included) or a form of address; `None` where it is neither.
#[must_use]
pub fn office(word: &str, language: Language) -> Option<Title> {
    if language != Language::English && !word.starts_with(char::is_uppercase) {
        return None;
    }
    let last = word.rsplit('-').next().unwrap_or(word);
    let listed = |word: &str| {
        let kind = OFFICES.get(word)?;
        Some(if kind == "h" { Title::Address } else { Title::Office })
    };
    let inflected = |word: &str| {
        listed(word).or_else(|| {
            ["innen", "in", "en", "es", "s", "n", "ern", "er", "r", "e"]
                .into_iter()
                .filter_map(|ending| word.strip_suffix(ending))
                .filter(|base| base.chars().count() >= 3)
                .find_map(|base| {
                    listed(base).or_else(|| {
                        // "Kollegin" and "Gesandten" have lost the -e of the base.
                        let mut base = base.to_owned();
                        base.push('e');
                        listed(&base)
                    })
                })
                .filter(|title| *title == Title::Office)
        })
    };
    if language == Language::English {
        return listed(last).or_else(|| last.strip_suffix('s').and_then(listed));
    }
    if let Some(title) = inflected(last) {
        return Some(title);
    }
    tails(last, 2, 4).any(|tail| inflected(&tail) == Some(Title::Office)).then_some(Title::Office)
}

/// Whether `word`, in lower case, is a frequent one that is no noun.
#[must_use]
pub fn is_plain_word(word: &str) -> bool {
    WORDS.has(word)
}

/// The place that `word` names; a genitive ending falls off where only then it is one.
#[must_use]
pub fn place(word: &str, language: Language) -> Option<Entry> {
    with_genitive(word, |word, genitive| {
        let (key, fields) = PLACES.entry(word)?;
        let mut fields = fields.split('\t');
        let kind = fields.next().unwrap_or_default();
        Some(Entry {
            canonical: canonical(key, fields.next(), fields.next(), language),
            kind: EntityKind::Place,
            sure: if kind == "a" { Sure::Context } else { Sure::Yes },
            country: kind == "c",
            genitive,
        })
    })
}

/// The organisation that `word` names.
#[must_use]
pub fn organisation(word: &str, language: Language) -> Option<Entry> {
    with_genitive(word, |word, genitive| {
        let (key, fields) = ORGANISATIONS.entry(word)?;
        let mut fields = fields.split('\t');
        let canonical = canonical(key, fields.next(), fields.next(), language);
        let sure = if fields.next() == Some("q") { Sure::Context } else { Sure::Yes };
        Some(Entry { canonical, kind: EntityKind::Organisation, sure, country: false, genitive })
    })
}

/// The name behind words whose stems, joined by single spaces, are `key`.
#[must_use]
pub fn phrase(key: &str, language: Language) -> Option<Entry> {
    let (_, fields) = PHRASES.entry(key)?;
    let mut fields = fields.split('\t');
    let kind = match fields.next()? {
        "LOC" => EntityKind::Place,
        "EVENT" => EntityKind::Event,
        "OTHER" => EntityKind::Other,
        _ => EntityKind::Organisation,
    };
    let canonical = canonical("", fields.next(), fields.next(), language);
    let sure = if fields.next() == Some("q") { Sure::Context } else { Sure::Yes };
    Some(Entry { canonical, kind, sure, country: false, genitive: false })
}

/// Whether a name of several words begins with one of this stem.
#[must_use]
pub fn begins_phrase(stem: &str) -> bool {
    static FIRST: LazyLock<QuickSet<&'static str>> =
        LazyLock::new(|| PHRASES.keys().filter_map(|key| key.split(' ').next()).collect());
    FIRST.contains(stem)
}

/// The place behind an adjective or inhabitants' name (`nordsyrischen`, `Hamburger`, `Iranian`).
#[must_use]
pub fn derived(word: &str, language: Language) -> Option<&'static str> {
    let name = |form: &str| {
        let (key, fields) = DERIVED.entry(form)?;
        let mut fields = fields.split('\t');
        Some(canonical(key, fields.next(), fields.next(), language))
    };
    if let Some(found) = name(word) {
        return Some(found);
    }
    if language == Language::English {
        return None;
    }
    if let Some(stem) = stems::adjective(word) {
        if let Some(found) = name(&stem) {
            return Some(found);
        }
        return stems::without_direction(&stem).and_then(name);
    }
    let town = word.strip_suffix("ern").or_else(|| word.strip_suffix("er"))?;
    let town_of = |base: &str| {
        let (key, fields) = PLACES.entry(base)?;
        let mut fields = fields.split('\t');
        matches!(fields.next(), Some("t" | "r"))
            .then(|| canonical(key, fields.next(), fields.next(), language))
    };
    if town.len() < 4 || !town.starts_with(char::is_uppercase) {
        return None;
    }
    // Bremer, Münchner and Züricher drop letters of the town; Dresdner drops another.
    town_of(town)
        .or_else(|| town_of(&format!("{town}en")))
        .or_else(|| town.strip_suffix('n').and_then(|t| town_of(&format!("{t}en"))))
}

/// Gender by the first name of a full name.
#[must_use]
pub fn gender_of_name(name: &str) -> Gender {
    let Some((first, _)) = name.split_once(' ') else { return Gender::Unknown };
    let first = first.split('-').next().unwrap_or(first);
    match FIRST_NAMES.get(first) {
        Some("m") => Gender::Male,
        Some("f") => Gender::Female,
        _ => Gender::Unknown,
    }
}

/// `word` without a genitive ending (`s`, `'s`, an apostrophe behind s, x, z); `None` without one.
#[must_use]
pub fn genitive_base(word: &str) -> Option<&str> {
    let base = word
        .strip_suffix("'s")
        .or_else(|| word.strip_suffix("’s"))
        .or_else(|| word.strip_suffix(['\'', '’']))
        .or_else(|| word.strip_suffix('s'))?;
    (base.chars().count() >= 3).then_some(base)
}

fn with_genitive(word: &str, find: impl Fn(&str, bool) -> Option<Entry>) -> Option<Entry> {
    find(word, false).or_else(|| genitive_base(word).and_then(|base| find(base, true)))
}

fn canonical(
    key: &'static str,
    german: Option<&'static str>,
    english: Option<&'static str>,
    language: Language,
) -> &'static str {
    let filled = |name: Option<&'static str>| name.filter(|n| !n.is_empty());
    match language {
        Language::English => filled(english).or(filled(german)),
        Language::German | Language::Other => filled(german),
    }
    .unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_without_repeats() {
        for table in
            [&FIRST_NAMES, &LAST_NAMES, &NOUNS, &WORDS, &PLACES, &ORGANISATIONS, &PHRASES, &DERIVED, &OFFICES]
        {
            let keys: Vec<&str> = table.keys().collect();
            assert!(keys.windows(2).all(|w| w[0] < w[1]));
        }
    }

    #[test]
    fn first_names_tell_gender() {
        assert_eq!(gender_of_name("Angela Muster"), Gender::Female);
        assert_eq!(gender_of_name("Karl-Heinz Muster"), Gender::Male);
        assert_eq!(gender_of_name("Muster"), Gender::Unknown);
    }

    #[test]
    fn genitives_fall_off_only_where_the_word_is_no_name_by_itself() {
        let name = |word| place(word, Language::German).map(|e| (e.canonical, e.genitive));
        assert_eq!(name("Frankreichs"), Some(("Frankreich", true)));
        assert_eq!(name("Paris"), Some(("Paris", false)));
        assert_eq!(name("Grossbritanniens"), Some(("Großbritannien", true)));
    }

    #[test]
    fn adjectives_and_inhabitants_lead_to_their_place() {
        for (word, place) in [
            ("französischen", "Frankreich"),
            ("Russisches", "Russland"),
            ("nordsyrische", "Syrien"),
            ("Griechin", "Griechenland"),
            ("Hamburger", "Hamburg"),
            ("Münchner", "München"),
            ("Bremer", "Bremen"),
        ] {
            assert_eq!(derived(word, Language::German), Some(place), "{word}");
        }
        for word in ["fantastische", "Lehrer", "Fenster", "politischen"] {
            assert_eq!(derived(word, Language::German), None, "{word}");
        }
        assert_eq!(derived("Iranian", Language::English), Some("Iran"));
    }

    #[test]
    fn compounds_of_a_noun_are_nouns() {
        for word in ["Küstenprovinz", "Regierungssprecher", "Bedeutung", "Kampf"] {
            assert!(is_noun(word), "{word}");
        }
        for word in ["Merkel", "Syrien", "Kramp"] {
            assert!(!is_noun(word), "{word}");
        }
    }
}
