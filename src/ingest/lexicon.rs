//! The embedded lists of words about pages and credits: `kind`, tab, words in lower case.

use std::collections::{HashMap, HashSet};

/// The entries of one kind in `table`.
pub(super) fn entries(table: &'static str, kind: &'static str) -> impl Iterator<Item = &'static str> {
    table
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('\t'))
        .filter(move |(k, _)| *k == kind)
        .map(|(_, words)| words)
}

/// The entries of one kind, to look words up.
pub(super) fn set(table: &'static str, kind: &'static str) -> HashSet<&'static str> {
    entries(table, kind).collect()
}

/// Phrases that lines begin with, by their first word, so that most lines cost one look.
pub(super) struct Openings(HashMap<&'static str, Vec<&'static str>>);

impl Openings {
    /// The entries of one kind in `table`.
    pub fn new(table: &'static str, kind: &'static str) -> Self {
        let mut by_word: HashMap<&'static str, Vec<&'static str>> = HashMap::new();
        for phrase in entries(table, kind) {
            by_word.entry(first_word(phrase)).or_default().push(phrase);
        }
        Self(by_word)
    }

    /// Whether `text`, in lower case, begins with one of the phrases, at the end of a word.
    pub fn open(&self, text: &str) -> bool {
        self.0.get(first_word(text)).is_some_and(|phrases| phrases.iter().any(|p| starts_with_words(text, p)))
    }
}

fn first_word(text: &str) -> &str {
    let end =
        text.char_indices().find(|&(at, c)| at > 0 && !c.is_alphanumeric()).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
}

/// Whether `text` begins with `start` and the word ends there.
pub(super) fn starts_with_words(text: &str, start: &str) -> bool {
    text.strip_prefix(start).is_some_and(|rest| {
        !rest.starts_with(char::is_alphanumeric) || !start.ends_with(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# comment\na\teins zwei\nb\tdrei\na\t© vier\n";

    #[test]
    fn kinds_stay_apart_and_phrases_end_with_their_words() {
        assert_eq!(entries(TABLE, "a").collect::<Vec<_>>(), ["eins zwei", "© vier"]);
        let openings = Openings::new(TABLE, "a");
        assert!(openings.open("eins zwei, drei") && openings.open("© vier"));
        assert!(!openings.open("eins zweihundert") && !openings.open("drei") && !openings.open(""));
    }
}
