//! Plain pages: lines of text that move no cursor, filled to a width.

use unicode_width::UnicodeWidthStr;

/// Lines for people and screen readers. Everything added is cleaned on the way in.
#[derive(Debug)]
pub struct Page {
    text: String,
    width_columns: usize,
}

impl Page {
    /// An empty page.
    pub fn new(width_columns: usize) -> Self {
        Self { text: String::new(), width_columns }
    }

    /// What was written.
    pub fn into_text(self) -> String {
        self.text
    }

    /// One line as it is.
    pub fn line(&mut self, line: &str) {
        self.text.push_str(printable(line).trim_end());
        self.text.push('\n');
    }

    /// An empty line, but never two, and none at the top.
    pub fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Words filled to the width; the first line begins with `first`, the others with as much space.
    pub fn fill(&mut self, first: &str, words: &str) {
        self.fill_with(first, &" ".repeat(first.width()), words);
    }

    /// Words filled to the width; the first line begins with `first`, the others with `rest`.
    pub fn fill_with(&mut self, first: &str, rest: &str, words: &str) {
        let words = printable(words);
        let mut line = printable(first);
        let mut used = line.width();
        let mut is_fresh = true;
        for word in words.split_whitespace() {
            let width = word.width();
            if !is_fresh && used + 1 + width > self.width_columns {
                self.line(&line);
                rest.clone_into(&mut line);
                used = rest.width();
                is_fresh = true;
            }
            if !is_fresh {
                line.push(' ');
                used += 1;
            }
            line.push_str(word);
            used += width;
            is_fresh = false;
        }
        self.line(&line);
    }
}

/// `text` without what a terminal would act on.
fn printable(text: &str) -> String {
    crate::text::clean::clean(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fill_the_width_and_hang_below_the_first() {
        let mut page = Page::new(20);
        page.fill("1. ", "eins zwei drei vier fünf sechs");
        assert_eq!(page.into_text(), "1. eins zwei drei\n   vier fünf sechs\n");
    }

    #[test]
    fn a_word_wider_than_the_page_stands_alone() {
        let mut page = Page::new(8);
        page.fill("", "ja Donaudampfschiff nein");
        assert_eq!(page.into_text(), "ja\nDonaudampfschiff\nnein\n");
    }

    #[test]
    fn nothing_on_a_page_moves_the_cursor() {
        let mut page = Page::new(40);
        page.line("rot\u{1b}[31m und \u{202e}verkehrt");
        page.fill("", "titel\u{1b}]0;x\u{7} text");
        let text = page.into_text();
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
        assert!(!text.contains('\u{202e}'));
    }

    #[test]
    fn gaps_do_not_add_up() {
        let mut page = Page::new(40);
        page.gap();
        page.line("a");
        page.gap();
        page.gap();
        page.line("b");
        assert_eq!(page.into_text(), "a\n\nb\n");
    }
}
