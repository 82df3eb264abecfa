//! Words of a text, and the parts of hyphenated ones.

use std::ops::Range;

/// The words of `text`: byte ranges in order. A word is letters and digits with inner hyphens,
/// apostrophes and, between digits, points and commas (`US-Außenminister`, `2.000`, `d'Arcy`).
#[must_use]
pub fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut open: Option<usize> = None;
    let mut last = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |&(_, n)| n);
        let joins = match c {
            '-' | '‐' | '‑' | '\'' | '’' => last.is_alphanumeric() && next.is_alphanumeric(),
            '.' | ',' => last.is_ascii_digit() && next.is_ascii_digit(),
            '\u{ad}' => open.is_some() && next.is_alphanumeric(),
            _ => is_word_char(c),
        };
        match (open, joins) {
            (None, true) => open = Some(at),
            (Some(start), false) => {
                words.push(start..at);
                open = None;
            }
            _ => {}
        }
        last = c;
    }
    if let Some(start) = open {
        words.push(start..text.len());
    }
    words
}

/// The parts of a hyphenated word, as ranges of `word`; one range where there is no hyphen.
#[must_use]
pub fn parts(word: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, c) in word.char_indices().filter(|(_, c)| matches!(c, '-' | '‐' | '‑')) {
        parts.push(start..at);
        start = at + c.len_utf8();
    }
    parts.push(start..word.len());
    parts.retain(|p| !p.is_empty());
    parts
}

fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<&str> {
        words(text).into_iter().filter_map(|r| text.get(r)).collect()
    }

    #[test]
    fn hyphens_and_numbers_stay_together() {
        assert_eq!(
            list("Der US-Außenminister – 2.000 Mann, 3,5 Prozent."),
            ["Der", "US-Außenminister", "2.000", "Mann", "3,5", "Prozent"]
        );
        assert_eq!(list("-ab- c- '"), ["ab", "c"]);
    }

    #[test]
    fn letters_beyond_latin_1_do_not_split_a_word() {
        assert_eq!(list("Łódź Gdańsk Erdoğan"), ["Łódź", "Gdańsk", "Erdoğan"]);
    }

    #[test]
    fn compound_parts() {
        assert_eq!(parts("IS-Terror"), [0..2, 3..9]);
        assert_eq!(parts("Haus").len(), 1);
    }
}
