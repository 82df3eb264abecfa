//! A line being typed.

use unicode_segmentation::UnicodeSegmentation;

use super::chord::{Chord, Key};

/// A line of text with a cursor on a grapheme boundary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditLine {
    text: String,
    cursor: usize,
}

impl EditLine {
    /// A line with the cursor at its end.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), cursor: text.len() }
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

    /// Puts `text` at the cursor; line breaks and control characters become spaces.
    pub fn insert(&mut self, text: &str) {
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
    fn pasted_line_breaks_become_spaces() {
        assert_eq!(typed("a\nb\u{1b}c").text(), "a b c");
    }
}
