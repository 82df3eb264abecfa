//! The one filter between the world's bytes and the screen.
//!
//! Whatever a source contains, a cleaned text moves no cursor, hides no letter and reverses no
//! reading direction. It changes characters only; it knows nothing of paragraphs or boilerplate.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::is_nfc;

/// Marks kept on one letter; written languages use up to four, stacked marks spill over rows.
const MARKS_PER_LETTER: usize = 8;

/// `text` fit for a terminal: composed (NFC), with line feed as its only control character.
///
/// Dropped: control characters, terminal sequences with their printable tail, direction overrides
/// and marks, tag and private-use characters, byte-order marks, soft hyphens and other zero-width
/// characters (a joiner stays inside an emoji). Tabs and odd spaces become one space each, every
/// kind of line end a line feed. Linear; cleaning twice changes nothing.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let kept = filtered(text);
    let composed = if is_nfc(&kept) { kept } else { kept.nfc().collect() };
    Cow::Owned(without_stacked_marks(composed))
}

/// `text` cleaned and on one line: runs of white space become one space, none at the ends.
#[must_use]
pub fn clean_line(text: &str) -> String {
    collapse(&clean(text))
}

/// `text` with every run of white space as one space, and none at the ends.
#[must_use]
pub fn collapse(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Characters that need no look: visible, composed and of no effect on a terminal.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\n' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205e}' | '\u{20a0}'..='\u{20c0}')
}

fn filtered(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if !chars.as_str().starts_with('\n') {
                    kept.push('\n');
                }
            }
            '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => kept.push('\n'),
            '\u{1b}' => chars = after_escape(chars.as_str()).chars(),
            '\u{9b}' => chars = after_control_sequence(chars.as_str()).chars(),
            '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => {
                // These five also turn up where UTF-8 was read as Latin-1 (a closing quotation
                // mark ends in U+009D): without a terminator the words behind them are text.
                if let Some(rest) = after_string(chars.as_str()) {
                    chars = rest.chars();
                }
            }
            '\t' => kept.push(' '),
            '\u{200d}' => {
                if kept.chars().next_back().is_some_and(joins_to_emoji) {
                    kept.push(c);
                }
            }
            _ if is_dropped(c) => {}
            _ if c.is_whitespace() => kept.push(' '),
            _ => kept.push(c),
        }
    }
    kept
}

/// Characters without a place in a shown text.
fn is_dropped(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0d}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffc}' | '\u{fdd0}'..='\u{fdef}' | '\u{e000}'..='\u{f8ff}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{10ffff}')
        || u32::from(c) & 0xfffe == 0xfffe
}

fn joins_to_emoji(c: char) -> bool {
    matches!(c, '\u{fe0f}' | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// What follows the escape sequence whose ESC stands before `rest`.
fn after_escape(rest: &str) -> &str {
    let mut chars = rest.chars();
    match chars.next() {
        Some('[') => after_control_sequence(chars.as_str()),
        Some(']' | 'P' | 'X' | '^' | '_') => {
            let payload = chars.as_str();
            // A terminal would swallow all that follows; here an unfinished string ends its line.
            after_string(payload).unwrap_or_else(|| {
                let end = payload.find(['\n', '\r', '\u{1b}']).unwrap_or(payload.len());
                payload.get(end..).unwrap_or_default()
            })
        }
        Some(' '..='/') => without_first(rest.trim_start_matches(|c| matches!(c, ' '..='/')), '0', '~'),
        Some('0'..='~') => chars.as_str(),
        _ => rest,
    }
}

fn after_control_sequence(rest: &str) -> &str {
    let rest = rest.trim_start_matches(|c| matches!(c, '0'..='?'));
    let rest = rest.trim_start_matches(|c| matches!(c, ' '..='/'));
    without_first(rest, '@', '~')
}

fn without_first(rest: &str, low: char, high: char) -> &str {
    rest.strip_prefix(|c| (low..=high).contains(&c)).unwrap_or(rest)
}

/// What follows the terminator of a string sequence; `None` where it has none on its line. Any
/// other control character ends the look, which keeps the whole scan linear.
fn after_string(payload: &str) -> Option<&str> {
    let at = payload.find(|c: char| c.is_control() && c != '\t')?;
    let mut rest = payload.get(at..)?.chars();
    match rest.next()? {
        '\u{7}' | '\u{9c}' => Some(rest.as_str()),
        '\u{1b}' => rest.as_str().strip_prefix('\\'),
        _ => None,
    }
}

fn without_stacked_marks(mut text: String) -> String {
    let mut run = 0;
    text.retain(|c| {
        run = if is_combining_mark(c) { run + 1 } else { 0 };
        run <= MARKS_PER_LETTER
    });
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_harmless_text_is_not_copied() {
        assert!(matches!(clean("„Größe“ – 5 €\nDie WELT"), Cow::Borrowed(_)));
    }

    #[test]
    fn terminal_sequences_go_with_their_printable_tail() {
        for (raw, shown) in [
            ("a\u{1b}[31;1mb\u{1b}[0m", "ab"),
            ("a\u{1b}]0;evil title\u{7}b", "ab"),
            ("a\u{1b}]52;c;ZWNobyBoaQ==\u{1b}\\b", "ab"),
            ("a\u{1b}]8;;http://x.example\u{1b}\\link\u{1b}]8;;\u{1b}\\", "alink"),
            ("a\u{1b}P1$r0m\u{1b}\\b\u{1b}_G1;AAAA\u{1b}\\c", "abc"),
            ("a\u{9b}2Jb\u{9d}0;t\u{9c}c", "abc"),
            ("a\u{1b}(Bb\u{1b}7c\u{1b}", "abc"),
            ("a\u{1b}]0;never ended\nnext", "a\nnext"),
            ("a\u{1b}]0;x\u{1b}[31mb", "ab"),
        ] {
            assert_eq!(clean(raw), shown, "{raw:?}");
        }
    }

    #[test]
    fn words_behind_a_misread_quotation_mark_stay() {
        assert_eq!(clean("â\u{80}\u{9e}Er kamâ\u{80}\u{9d}, sagte sie"), "âEr kamâ, sagte sie");
    }

    #[test]
    fn hidden_characters_fall_and_letters_stay() {
        assert_eq!(clean("\u{feff}Au\u{ad}ßen\u{200b}minister\u{202e}\u{2066}"), "Außenminister");
        assert_eq!(clean("u\u{308}ber \u{e0041}\u{e007f}all"), "über all");
        assert_eq!(clean("20\u{a0}000\u{202f}€\tund\u{3000}mehr"), "20 000 € und mehr");
        assert_eq!(clean("👩\u{200d}🚀 a\u{200d}b"), "👩\u{200d}🚀 ab");
    }

    #[test]
    fn every_line_end_is_a_line_feed() {
        assert_eq!(clean("a\r\nb\rc\u{85}d\u{2028}e\u{c}f"), "a\nb\nc\nd\ne\nf");
    }

    #[test]
    fn stacked_marks_do_not_spill_over_other_rows() {
        let tower = format!("a{}b", "\u{316}".repeat(100));
        assert_eq!(clean(&tower).chars().count(), 2 + MARKS_PER_LETTER);
    }

    #[test]
    fn a_title_has_no_line_break() {
        assert_eq!(clean_line(" Zwei\r\nZeilen\u{a0} Titel "), "Zwei Zeilen Titel");
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(
            text in "([\\x1b\u{9b}\u{9d}\u{9c}\\[\\]P;0-9m\\\\\\x07\\r\\n\\t a-eü\u{308}\u{316}\u{958}\u{200d}\u{202e}👩]|\\PC|.)*"
        ) {
            let once = clean(&text).into_owned();
            prop_assert_eq!(clean(&once), once.as_str());
            prop_assert!(once.chars().all(|c| c == '\n' || !c.is_control()));
        }
    }
}
