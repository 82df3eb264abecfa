//! Numbers in figures and words.

use crate::model::Language;

/// First letters of the words that German number words are made of.
const GERMAN_OPENINGS: &[[char; 2]] = &[
    ['z', 'w'],
    ['d', 'r'],
    ['v', 'i'],
    ['f', 'ü'],
    ['s', 'e'],
    ['s', 'i'],
    ['a', 'c'],
    ['n', 'e'],
    ['z', 'e'],
    ['e', 'l'],
    ['e', 'i'],
    ['a', 'n'],
    ['t', 'a'],
    ['h', 'u'],
];

/// The same in English.
const ENGLISH_OPENINGS: &[[char; 2]] = &[
    ['t', 'w'],
    ['t', 'h'],
    ['f', 'o'],
    ['f', 'i'],
    ['s', 'i'],
    ['s', 'e'],
    ['e', 'i'],
    ['n', 'i'],
    ['t', 'e'],
    ['e', 'l'],
    ['h', 'u'],
];

/// The number that `word` writes in figures or as one number word; `None` where it is none.
///
/// German points part thousands and a comma parts decimals (`2.000`, `3,5`), English the other way
/// round. `ein` and `one` are no numbers here: they are mostly articles.
#[must_use]
pub fn parse(word: &str, language: Language) -> Option<f64> {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return in_figures(word, language);
    }
    // Most words are no numbers; two letters tell.
    let mut letters = word.chars().flat_map(char::to_lowercase);
    let opening = [letters.next()?, letters.next()?];
    let openings = match language {
        Language::English => ENGLISH_OPENINGS,
        Language::German | Language::Other => GERMAN_OPENINGS,
    };
    if !openings.contains(&opening) {
        return None;
    }
    let lower = word.to_lowercase();
    match language {
        Language::English => english(&lower),
        Language::German | Language::Other => german(&lower),
    }
}

/// What a word behind a number multiplies it by (`Millionen`, `mln`); `None` for others.
#[must_use]
pub fn multiplier(word: &str, language: Language) -> Option<f64> {
    let german = language != Language::English;
    Some(match word {
        "Tausend" | "tausend" | "thousand" => 1e3,
        "Million" | "Millionen" | "Mio" | "million" | "mln" => 1e6,
        "Milliarde" | "Milliarden" | "Mrd" | "billion" | "bln" => 1e9,
        "Billion" | "Billionen" if german => 1e12,
        "trillion" => 1e12,
        "Dutzend" | "dozen" => 12.0,
        "hundred" => 100.0,
        _ => return None,
    })
}

/// The share that a word such as `Drittel` or `thirds` names.
#[must_use]
pub fn fraction(word: &str) -> Option<f64> {
    Some(match word {
        "Hälfte" | "half" => 0.5,
        "Drittel" | "Dritteln" | "third" | "thirds" => 1.0 / 3.0,
        "Viertel" | "Vierteln" | "quarter" | "quarters" => 0.25,
        "Fünftel" | "fifth" | "fifths" => 0.2,
        "Sechstel" => 1.0 / 6.0,
        "Zehntel" | "tenth" | "tenths" => 0.1,
        _ => return None,
    })
}

fn in_figures(word: &str, language: Language) -> Option<f64> {
    let (thousands, decimal) = match language {
        Language::English => (',', '.'),
        Language::German | Language::Other => ('.', ','),
    };
    if !word.chars().all(|c| c.is_ascii_digit() || c == thousands || c == decimal) {
        return None;
    }
    let mut whole_and_rest = word.splitn(2, decimal);
    let whole = whole_and_rest.next()?;
    let rest = whole_and_rest.next();
    let groups: Vec<&str> = whole.split(thousands).collect();
    let grouped = groups.len() == 1 || groups[1..].iter().all(|g| g.len() == 3) && groups[0].len() <= 3;
    if !grouped || rest.is_some_and(|r| r.is_empty() || !r.chars().all(|c| c.is_ascii_digit())) {
        return None;
    }
    let plain = format!("{}.{}", groups.concat(), rest.unwrap_or("0"));
    plain.parse().ok()
}

const UNITS: [(&str, f64); 20] = [
    ("zwei", 2.0),
    ("drei", 3.0),
    ("vier", 4.0),
    ("fünf", 5.0),
    ("sechs", 6.0),
    ("sieben", 7.0),
    ("acht", 8.0),
    ("neun", 9.0),
    ("zehn", 10.0),
    ("elf", 11.0),
    ("zwölf", 12.0),
    ("dreizehn", 13.0),
    ("vierzehn", 14.0),
    ("fünfzehn", 15.0),
    ("sechzehn", 16.0),
    ("siebzehn", 17.0),
    ("achtzehn", 18.0),
    ("neunzehn", 19.0),
    ("ein", 1.0),
    ("anderthalb", 1.5),
];

const TENS: [(&str, f64); 8] = [
    ("zwanzig", 20.0),
    ("dreißig", 30.0),
    ("vierzig", 40.0),
    ("fünfzig", 50.0),
    ("sechzig", 60.0),
    ("siebzig", 70.0),
    ("achtzig", 80.0),
    ("neunzig", 90.0),
];

/// `zweitausend`, `dreihundertfünfzig`, `einundzwanzig`.
fn german(word: &str) -> Option<f64> {
    if word == "ein" || word == "null" {
        return None;
    }
    let word = word.replace("dreissig", "dreißig");
    part_of_german(&word)
}

fn part_of_german(word: &str) -> Option<f64> {
    for (scale, factor) in [("tausend", 1000.0), ("hundert", 100.0)] {
        if let Some((before, behind)) = word.split_once(scale) {
            let before = if before.is_empty() { 1.0 } else { part_of_german(before)? };
            let behind = behind.strip_prefix("und").unwrap_or(behind);
            let behind = if behind.is_empty() { 0.0 } else { part_of_german(behind)? };
            return Some(before * factor + behind);
        }
    }
    let listed = |list: &[(&str, f64)], word: &str| list.iter().find(|(w, _)| *w == word).map(|(_, n)| *n);
    if let Some(number) = listed(&UNITS, word).or_else(|| listed(&TENS, word)) {
        return Some(number);
    }
    let (unit, ten) = word.split_once("und")?;
    Some(listed(&UNITS, unit).filter(|n| *n < 10.0)? + listed(&TENS, ten)?)
}

const ENGLISH_WORDS: [(&str, f64); 28] = [
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
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
    ("hundred", 100.0),
    ("thousand", 1000.0),
];

fn english(word: &str) -> Option<f64> {
    let listed = |word: &str| ENGLISH_WORDS.iter().find(|(w, _)| *w == word).map(|(_, n)| *n);
    if let Some(number) = listed(word) {
        return Some(number);
    }
    let (ten, unit) = word.split_once('-')?;
    let unit = if unit == "one" { 1.0 } else { listed(unit).filter(|n| *n < 10.0)? };
    Some(listed(ten).filter(|n| (20.0..=90.0).contains(n))? + unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn german_numbers() {
        for (word, number) in [
            ("2000", 2000.0),
            ("2.000", 2000.0),
            ("1.234.567", 1_234_567.0),
            ("3,5", 3.5),
            ("zwei", 2.0),
            ("zweitausend", 2000.0),
            ("dreihundertfünfzig", 350.0),
            ("einundzwanzig", 21.0),
            ("hundert", 100.0),
            ("Tausend", 1000.0),
        ] {
            assert_eq!(parse(word, Language::German), Some(number), "{word}");
        }
        for word in ["ein", "Verein", "19.9.", "2.00", "hundertprozentig", "", "1:1", "Hunderte"] {
            assert_eq!(parse(word, Language::German), None, "{word}");
        }
    }

    #[test]
    fn every_number_word_has_a_known_opening() {
        let opening =
            |word: &str| -> [char; 2] { [word.chars().next().unwrap(), word.chars().nth(1).unwrap()] };
        for (word, _) in UNITS.iter().chain(&TENS).chain(&[("tausend", 0.0), ("hundert", 0.0)]) {
            assert!(GERMAN_OPENINGS.contains(&opening(word)), "{word}");
        }
        for (word, _) in ENGLISH_WORDS {
            assert!(ENGLISH_OPENINGS.contains(&opening(word)), "{word}");
        }
    }

    #[test]
    fn english_numbers() {
        for (word, number) in [("2,000", 2000.0), ("3.5", 3.5), ("twenty-one", 21.0), ("ten", 10.0)] {
            assert_eq!(parse(word, Language::English), Some(number), "{word}");
        }
        assert_eq!(parse("one", Language::English), None);
        assert_eq!(multiplier("billion", Language::English), Some(1e9));
        assert_eq!(multiplier("Billionen", Language::German), Some(1e12));
    }
}
