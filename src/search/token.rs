//! Words as the index keeps them: split, folded, and with the spelling that folding lost.
//!
//! A word's *key* is its folded form; where the text writes it otherwise (umlaut, ß, accent), a
//! [`MARK`] and the lower-case spelling follow: `muller␁müller`, but `muller` for Muller. So one
//! dictionary finds all spellings side by side and can still tell them apart.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::fold::fold_into;

/// Between folded form and spelling; sorts before every letter and occurs in no word.
pub(super) const MARK: u8 = 1;

/// Longest folded form or spelling in bytes; what is longer is cut (the longest German words in
/// use have some 60 letters).
const MAX_BYTES: usize = 62;

/// The folded form of a key.
pub(super) fn folded(key: &str) -> &str {
    key.split(char::from(MARK)).next().unwrap_or_default()
}

/// The spelling of a key: lower case as written.
pub(super) fn spelling(key: &str) -> &str {
    key.rsplit(char::from(MARK)).next().unwrap_or_default()
}

/// The key of one word.
#[cfg(test)]
pub(super) fn key_of(word: &str) -> String {
    let mut key = String::new();
    write_key(word, &mut key);
    key
}

/// The words of `text` with their keys, in order.
pub(super) fn keys(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    each(text, |range, key| found.push((range, key.to_owned())));
    found
}

/// Calls `take` with range and key of each word of `text`, in order.
///
/// Words are runs of letters and digits; hyphens and apostrophes split, soft hyphens do not.
/// `2.000`, `2,000` and `2'000` are one word, `2000`.
pub(super) fn each(text: &str, take: impl FnMut(Range<usize>, &str)) {
    each_where(text, |_| true, take);
}

/// As [`each`], but only words that `wants` says yes to when it sees them as written: folding takes
/// most of the time.
pub(super) fn each_where(text: &str, wants: impl Fn(&str) -> bool, mut take: impl FnMut(Range<usize>, &str)) {
    let mut key = String::new();
    let mut at = 0;
    while let Some(start) = start_of_run(text, at) {
        let mut end = end_of_run(text, start);
        if text.get(start..end).is_some_and(|w| w.len() <= 3 && w.bytes().all(|b| b.is_ascii_digit())) {
            while let Some(longer) = end_of_thousand(text, end) {
                end = longer;
            }
        }
        at = end;
        let word = text.get(start..end).unwrap_or_default();
        if !wants(word) {
            continue;
        }
        key.clear();
        write_key(word, &mut key);
        if !key.is_empty() {
            take(start..end, &key);
        }
    }
}

/// The first beginning of a word at or behind `from`.
fn start_of_run(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        match text.as_bytes().get(at)? {
            byte if byte.is_ascii_alphanumeric() => return Some(at),
            byte if byte.is_ascii() => at += 1,
            _ => {
                let c = text.get(at..)?.chars().next()?;
                if c.is_alphanumeric() {
                    return Some(at);
                }
                at += c.len_utf8();
            }
        }
    }
}

/// End of the run of word characters that begins at `start`.
fn end_of_run(text: &str, start: usize) -> usize {
    let (mut at, mut end) = (start, start);
    loop {
        match text.as_bytes().get(at) {
            Some(byte) if byte.is_ascii_alphanumeric() => {
                at += 1;
                end = at;
            }
            Some(byte) if !byte.is_ascii() => {
                let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { return end };
                at += c.len_utf8();
                if c.is_alphanumeric() || is_combining_mark(c) {
                    end = at;
                } else if c != '\u{ad}' {
                    return end;
                }
            }
            _ => return end,
        }
    }
}

/// End of a separator and exactly three digits at `at`.
fn end_of_thousand(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '.' | ',' | '\'' | '’'))?;
    let digits = rest.get(separator.len_utf8()..)?;
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    (count == 3).then_some(at + separator.len_utf8() + count)
}

fn write_key(word: &str, key: &mut String) {
    if word.is_ascii() {
        key.push_str(word);
        key.make_ascii_lowercase();
        if !key.bytes().all(|b| b.is_ascii_alphanumeric()) {
            key.retain(|c| c.is_ascii_alphanumeric());
        }
        cut(key, MAX_BYTES);
        return;
    }
    fold_into(word, key);
    key.retain(char::is_alphanumeric);
    cut(key, MAX_BYTES);
    if key.is_empty() {
        return;
    }
    let mut spelling = String::with_capacity(word.len());
    if word.chars().all(|c| c.is_ascii_alphanumeric() || ('À'..='ÿ').contains(&c)) {
        // Already composed: nearly all words of German and English.
        spelling.extend(word.chars().flat_map(char::to_lowercase));
    } else {
        spelling.extend(word.chars().filter(|&c| c != '\u{ad}').nfc().flat_map(char::to_lowercase));
        spelling.retain(|c| c.is_alphanumeric() || is_combining_mark(c));
    }
    cut(&mut spelling, MAX_BYTES);
    if spelling != *key {
        key.push(char::from(MARK));
        key.push_str(&spelling);
    }
}

fn cut(text: &mut String, bytes: usize) {
    if text.len() > bytes {
        let end = (0..=bytes).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
        text.truncate(end);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn list(text: &str) -> Vec<String> {
        keys(text).into_iter().map(|(_, key)| key.replace('\u{1}', "/")).collect()
    }

    #[test]
    fn keys_hold_folded_form_and_spelling() {
        assert_eq!(list("Müller MUELLER Muller"), ["muller/müller", "mueller", "muller"]);
        assert_eq!(list("Mu\u{308}ller"), ["muller/müller"]);
        assert_eq!(list("Außenminister"), ["aussenminister/außenminister"]);
        assert_eq!(list("Au\u{ad}to"), ["auto"]);
    }

    #[test]
    fn hyphens_split_and_thousands_join() {
        assert_eq!(list("US-Außenpolitik al-Assad"), ["us", "aussenpolitik/außenpolitik", "al", "assad"]);
        assert_eq!(
            list("2.000 2,000,000 2'000 3,5 19.09.2015"),
            ["2000", "2000000", "2000", "3", "5", "19", "09", "2015"]
        );
    }

    proptest! {
        #[test]
        fn words_lie_on_character_boundaries(text in r"[a-zäß0-9.,' \u{ad}\u{308}-]{0,20}|\PC{0,20}") {
            let mut last = 0;
            for (range, key) in keys(&text) {
                prop_assert!(range.start >= last && text.get(range.clone()).is_some());
                prop_assert!(!folded(&key).is_empty() && folded(&key).len() <= MAX_BYTES);
                prop_assert_eq!(key_of(text.get(range.clone()).unwrap()), key);
                last = range.end;
            }
        }
    }
}
