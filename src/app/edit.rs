//! A line being typed.

use unicode_segmentation::UnicodeSegmentation;

use super::chord::{Chord, Key};

/// A line of text with a cursor on a grapheme boundary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditLine {
    text: String,
    cursor: usize,
    /// What stands there goes with the next letter; any other key that edits keeps it.
    is_selected: bool,
}

impl EditLine {
    /// A line with the cursor at its end.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), cursor: text.len(), is_selected: false }
    }

    /// A line that the first letter typed replaces.
    #[must_use]
    pub fn selected(text: &str) -> Self {
        Self { is_selected: !text.is_empty(), ..Self::new(text) }
    }

    /// Has the next letter replace what stands there.
    pub fn select_all(&mut self) {
        *self = Self::selected(&self.text);
    }

    /// Whether the next letter replaces what stands there.
    #[must_use]
    pub fn is_selected(&self) -> bool {
        self.is_selected
    }

    /// What stands in it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What stands before the cursor.
    #[must_use]
    pub fn before_cursor(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or_default()
    }

    /// Empties it.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Puts `text` at the cursor, or in place of what is selected; line breaks and control characters
    /// become spaces.
    pub fn insert(&mut self, text: &str) {
        if self.is_selected && !text.is_empty() {
            self.clear();
        }
        let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        self.text.insert_str(self.cursor, &clean);
        self.cursor += clean.len();
    }

    /// Handles a chord that edits; whether it did anything with it.
    pub fn press(&mut self, chord: Chord) -> bool {
        if chord.alt {
            return false;
        }
        match (chord.key, chord.ctrl) {
            (Key::Char(c), false) => self.insert(c.encode_utf8(&mut [0; 4])),
            (Key::Backspace, false) => self.delete_to(self.previous()),
            (Key::Char('w'), true) => self.delete_to(self.previous_word()),
            (Key::Char('u'), true) => self.delete_to(0),
            (Key::Delete, false) => {
                let end = self.next();
                self.text.replace_range(self.cursor..end, "");
            }
            (Key::Left, false) => self.cursor = self.previous(),
            (Key::Right, false) => self.cursor = self.next(),
            (Key::Home, false) | (Key::Char('a'), true) => self.cursor = 0,
            (Key::End, false) | (Key::Char('e'), true) => self.cursor = self.text.len(),
            _ => return false,
        }
        self.is_selected = false;
        true
    }

    fn delete_to(&mut self, start: usize) {
        self.text.replace_range(start..self.cursor, "");
        self.cursor = start;
    }

    fn previous(&self) -> usize {
        self.before_cursor().grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn next(&self) -> usize {
        let rest = self.text.get(self.cursor..).unwrap_or_default();
        self.cursor + rest.graphemes(true).next().map_or(0, str::len)
    }

    fn previous_word(&self) -> usize {
        let before = self.before_cursor().trim_end();
        before
            .rfind(char::is_whitespace)
            .map_or(0, |at| at + before.get(at..).and_then(|r| r.chars().next()).map_or(0, char::len_utf8))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &str) -> EditLine {
        let mut line = EditLine::default();
        line.insert(keys);
        line
    }

    #[test]
    fn backspace_removes_a_whole_grapheme() {
        let mut line = typed("ae\u{301}");
        assert!(line.press(Chord::plain(Key::Backspace)));
        assert_eq!(line.text(), "a");
    }

    #[test]
    fn a_word_is_deleted_at_once() {
        let mut line = typed("größe der ");
        line.press(Chord::ctrl(Key::Char('w')));
        assert_eq!(line.text(), "größe ");
        line.press(Chord::ctrl(Key::Char('w')));
        assert_eq!(line.text(), "");
    }

    #[test]
    fn a_letter_replaces_what_is_selected_and_other_keys_edit_it() {
        for (key, then) in [
            (Key::Char('k'), "kx"),
            (Key::Backspace, "rissx"),
            (Key::End, "rissex"),
            (Key::Left, "rissxe"),
            (Key::Home, "xrisse"),
        ] {
            let mut line = EditLine::selected("risse");
            assert!(line.press(Chord::plain(key)));
            line.press(Chord::char('x'));
            assert_eq!(line.text(), then, "{key:?}");
        }
        let mut line = EditLine::selected("risse");
        line.insert("beton");
        assert_eq!(line.text(), "beton", "what is pasted replaces it too");
        assert!(!EditLine::selected("").is_selected());
    }

    #[test]
    fn pasted_line_breaks_become_spaces() {
        assert_eq!(typed("a\nb\u{1b}c").text(), "a b c");
    }
}
