//! What is read off single words: hashes, character grams, weekdays, numbers.

use jiff::civil::Date;

use crate::model::{Language, Span};
use crate::text::fold::fold;
use crate::text::stem::{is_function_word, stem};

use super::unit::Word;

/// A day, a span of days, or a weekday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Time {
    /// The words.
    pub span: Span,
    /// First and last day, where they can be told.
    pub days: Option<(Date, Date)>,
    /// The weekday named, Monday 0.
    pub weekday: Option<u8>,
}

impl Time {
    /// Whether both may mean one day; unknown days may.
    pub fn meets(&self, other: &Self) -> bool {
        match (self.days, other.days) {
            (Some((a, b)), Some((c, d))) => a <= d && c <= b,
            _ => match (self.weekday, other.weekday) {
                (Some(a), Some(b)) => a == b,
                _ => true,
            },
        }
    }
}

/// A number with what it counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    /// The words.
    pub span: Span,
    /// Lowest value meant.
    pub low: f64,
    /// Highest value meant; infinite for `more than`.
    pub high: f64,
    /// Hash of the stem of the counted noun or unit.
    pub counted: Option<u32>,
}

impl Number {
    /// Whether both may mean one value.
    pub fn meets(&self, other: &Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    /// Whether both state one value, however exactly it is meant.
    pub fn states(&self, other: &Self) -> bool {
        (self.stated() - other.stated()).abs() < 1e-9
    }

    /// The stated bound: the value itself, or the finite end of an open range.
    pub fn stated(&self) -> f64 {
        if self.high.is_finite() { self.high } else { self.low }
    }

    /// Whether it tells by itself: not a small count, which every text has, nor a year.
    pub fn is_telling(&self) -> bool {
        let value = self.stated();
        value >= 13.0 && !(1900.0..=2100.0).contains(&value)
    }
}

/// 32-bit FNV-1a. Two of 30,000 features of a large story share a hash with odds of one in ten.
pub(super) fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

/// Hashes of the 3-, 4- and 5-grams of a folded word with its edges marked.
pub(super) fn gram_hashes(word: &str) -> Vec<u32> {
    let marked = format!("^{word}$");
    let edges: Vec<usize> = marked.char_indices().map(|(at, _)| at).chain([marked.len()]).collect();
    let mut found = Vec::with_capacity(3 * edges.len());
    for length in 3..=5 {
        for window in edges.windows(length + 1) {
            if let Some(gram) = marked.get(window[0]..window[length]) {
                found.push(hash(gram));
            }
        }
    }
    found
}

/// The weekday a folded word names, Monday 0, German or English (`dienstagabend` too).
pub(super) fn day_of_week(word: &str) -> Option<u8> {
    const DAYS: [(&str, u8); 15] = [
        ("montag", 0),
        ("dienstag", 1),
        ("mittwoch", 2),
        ("donnerstag", 3),
        ("freitag", 4),
        ("samstag", 5),
        ("sonnabend", 5),
        ("sonntag", 6),
        ("monday", 0),
        ("tuesday", 1),
        ("wednesday", 2),
        ("thursday", 3),
        ("friday", 4),
        ("saturday", 5),
        ("sunday", 6),
    ];
    DAYS.iter().find(|(name, _)| word.starts_with(name)).map(|(_, day)| *day)
}

/// Plain numbers among `words`, in digits and in words, each with the next noun.
///
/// A stand-in where the analysis found no figure: it knows no ranges and no units.
pub(super) fn number_in_words(text: &str, words: &[Word], language: Language) -> Vec<Number> {
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let folded = fold(word.span.of(text));
        let Some(value) = value(&folded) else { continue };
        // "Covid-19", "Su-27": a number behind a hyphen is part of a name.
        let before = text.get(..word.span.start()).unwrap_or_default();
        if before.ends_with(['-', '‐', '‑']) {
            continue;
        }
        // The counted noun stands close behind; a function word between them ends the phrase.
        let counted = words[at + 1..]
            .iter()
            .take(3)
            .take_while(|w| !is_function_word(&fold(w.span.of(text)), language))
            .find(|w| w.capital || language == Language::English);
        let end = counted.map_or(word.span.end(), |c| c.span.end());
        let Some(span) = Span::new(text, word.span.start()..end) else { continue };
        let counted = counted.map(|c| hash(stem(&fold(c.span.of(text)), language)));
        found.push(Number { span, low: value, high: value, counted });
    }
    found
}

/// Number words of both languages, folded; one is left out, being an article too.
const WORDS: [(&str, f64); 32] = [
    ("zwei", 2.0),
    ("drei", 3.0),
    ("vier", 4.0),
    ("funf", 5.0),
    ("sechs", 6.0),
    ("sieben", 7.0),
    ("acht", 8.0),
    ("neun", 9.0),
    ("zehn", 10.0),
    ("elf", 11.0),
    ("zwolf", 12.0),
    ("zweimal", 2.0),
    ("dreimal", 3.0),
    ("viermal", 4.0),
    ("dritte", 3.0),
    ("dritten", 3.0),
    ("vierte", 4.0),
    ("vierten", 4.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("twice", 2.0),
    ("third", 3.0),
    ("fourth", 4.0),
];

fn value(folded: &str) -> Option<f64> {
    if folded.starts_with(|c: char| c.is_ascii_digit()) {
        return digits(folded);
    }
    WORDS.iter().find(|(word, _)| *word == folded).map(|(_, value)| *value)
}

/// `44.000`, `44,000` and `44000` are one number; `3,5` and `3.5` another.
fn digits(word: &str) -> Option<f64> {
    let groups: Vec<&str> = word.split(['.', ',']).collect();
    let grouped = groups.len() > 1 && groups[1..].iter().all(|g| g.len() == 3);
    let plain = if grouped { groups.concat() } else { word.replace(',', ".") };
    plain.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_number_meet() {
        for (word, wanted) in [("44.000", 44000.0), ("44,000", 44000.0), ("3,5", 3.5), ("2015", 2015.0)] {
            assert_eq!(digits(word), Some(wanted), "{word}");
        }
        assert_eq!(value("dreimal"), value("dritten"));
        assert_eq!(value("1a"), None);
    }

    #[test]
    fn grams_mark_the_edges_of_a_word() {
        assert_eq!(gram_hashes("ab").len(), 3, "^ab, ab$, ^ab$");
        assert!(gram_hashes("haus").contains(&hash("^ha")));
        assert!(gram_hashes("").is_empty());
    }

    #[test]
    fn weekdays_are_found_inside_times_of_day() {
        assert_eq!(day_of_week("dienstagabend"), Some(1));
        assert_eq!(day_of_week("sonnabend"), Some(5));
        assert_eq!(day_of_week("tag"), None);
    }
}
