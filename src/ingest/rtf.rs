//! The text of RTF documents: letters and the exports of media databases.
//!
//! Reads words and paragraphs only; fonts, pictures, heads and feet of pages and what is marked as
//! deleted or hidden are passed over.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use encoding_rs::{Encoding, WINDOWS_1252};

/// First bytes of such documents.
const MAGIC: &[u8] = b"{\\rtf";

/// Groups in groups that are looked into; what lies deeper is passed over.
const DEEPEST: usize = 200;

/// Groups that hold no words of the text.
static PASSED_OVER: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "fonttbl colortbl stylesheet info pict object header headerl headerr headerf \
    footer footerl footerr footerf footnote listtable listoverridetable revtbl rsidtbl generator themedata \
    colorschememapping latentstyles datastore xmlnstbl mmathPr annotation atnid atnauthor fldinst nonshppict \
    shpinst filetbl template bkmkstart bkmkend tc xe rxe"
        .split_whitespace()
        .collect()
});

/// Whether bytes begin as an RTF document.
pub(super) fn is_document(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// The lines of an RTF document, which are its paragraphs; empty ones too.
///
/// Never panics; linear in the length of `bytes`. What is cut off ends there.
pub(super) fn lines(bytes: &[u8]) -> Vec<String> {
    let mut reader = Reader::new(bytes);
    reader.read();
    reader.finish()
}

/// What holds inside one group.
#[derive(Clone, Copy, Default)]
struct Group {
    /// Its words are none of the text.
    is_passed_over: bool,
    /// Bytes that stand for a letter again behind its number.
    fallback: usize,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    groups: Vec<Group>,
    now: Group,
    /// Groups that lie too deep.
    too_deep: usize,
    /// Letters to pass over: a number stood for them.
    skip: usize,
    charset: &'static Encoding,
    /// Bytes of the character set that are not yet letters.
    raw: Vec<u8>,
    /// The first half of a letter that takes two numbers.
    half: Option<u16>,
    line: String,
    lines: Vec<String>,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            groups: Vec::new(),
            now: Group { is_passed_over: false, fallback: 1 },
            too_deep: 0,
            skip: 0,
            charset: WINDOWS_1252,
            raw: Vec::new(),
            half: None,
            line: String::new(),
            lines: Vec::new(),
        }
    }

    fn read(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'{' => self.open(),
                b'}' => self.close(),
                b'\\' => self.control(),
                b'\r' | b'\n' | 0 => {}
                _ => self.byte(byte),
            }
        }
    }

    fn finish(mut self) -> Vec<String> {
        // Also where the end lies inside of what is passed over.
        self.settle();
        self.lines.push(self.line);
        self.lines
    }

    fn open(&mut self) {
        self.settle();
        if self.groups.len() >= DEEPEST {
            self.too_deep += 1;
            return;
        }
        self.groups.push(self.now);
        // `{\*` opens what only some programs know.
        if self.bytes.get(self.at..self.at + 2) == Some(b"\\*") {
            self.now.is_passed_over = true;
        }
    }

    fn close(&mut self) {
        self.settle();
        if self.too_deep > 0 {
            self.too_deep -= 1;
        } else if let Some(group) = self.groups.pop() {
            self.now = group;
        }
        self.skip = 0;
    }

    /// A byte of the text in its character set.
    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.is_heard() {
            self.raw.push(byte);
        }
    }

    fn letter(&mut self, letter: char) {
        self.settle();
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.is_heard() {
            self.line.push(letter);
        }
    }

    fn is_heard(&self) -> bool {
        !self.now.is_passed_over && self.too_deep == 0
    }

    /// Makes letters of the bytes before.
    fn settle(&mut self) {
        if self.raw.is_empty() {
            return;
        }
        self.half = None;
        let (letters, _) = self.charset.decode_without_bom_handling(&self.raw);
        self.line.push_str(&letters);
        drop(letters);
        self.raw.clear();
    }

    fn end_line(&mut self) {
        self.settle();
        if self.is_heard() {
            self.lines.push(std::mem::take(&mut self.line));
        }
    }

    /// What stands behind a backslash.
    fn control(&mut self) {
        let Some(&first) = self.bytes.get(self.at) else { return };
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return self.sign(first);
        }
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let word = String::from_utf8_lossy(rest.get(..length).unwrap_or_default());
        let behind = rest.get(length..).unwrap_or_default();
        let is_negative = behind.first() == Some(&b'-');
        let digits = behind.get(usize::from(is_negative)..).unwrap_or_default();
        let count = digits.iter().take_while(|b| b.is_ascii_digit()).count();
        let number = std::str::from_utf8(digits.get(..count).unwrap_or_default()).unwrap_or_default();
        let number = number.parse::<i64>().ok().map(|n| if is_negative { -n } else { n });
        self.at += length + if count > 0 { count + usize::from(is_negative) } else { 0 };
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        self.word(&word, number);
    }

    /// A sign behind a backslash.
    fn sign(&mut self, sign: u8) {
        match sign {
            b'\'' => {
                let hex = self.bytes.get(self.at..self.at + 2).and_then(|h| std::str::from_utf8(h).ok());
                if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                    self.at += 2;
                    self.byte(byte);
                }
            }
            b'~' => self.letter('\u{a0}'),
            b'_' => self.letter('-'),
            b'\\' | b'{' | b'}' => self.byte(sign),
            b'\r' | b'\n' => self.end_line(),
            _ => {}
        }
    }

    fn word(&mut self, word: &str, number: Option<i64>) {
        match word {
            "par" | "line" | "sect" | "page" | "row" => self.end_line(),
            "tab" | "cell" => self.letter('\t'),
            "emdash" => self.letter('—'),
            "endash" => self.letter('–'),
            "bullet" => self.letter('•'),
            "lquote" => self.letter('‘'),
            "rquote" => self.letter('’'),
            "ldblquote" => self.letter('“'),
            "rdblquote" => self.letter('”'),
            "emspace" | "enspace" | "qmspace" => self.letter(' '),
            "u" => self.number(number.unwrap_or_default()),
            "uc" => self.now.fallback = number.and_then(|n| usize::try_from(n).ok()).unwrap_or(1).min(16),
            "ansicpg" => self.charset = number.and_then(code_page).unwrap_or(self.charset),
            "mac" => self.charset = encoding_rs::MACINTOSH,
            // Bytes of a picture, which may look like anything.
            "bin" => {
                let length = number.and_then(|n| usize::try_from(n).ok()).unwrap_or_default();
                self.at = self.at.saturating_add(length).min(self.bytes.len());
            }
            "v" | "deleted" => {
                self.settle();
                self.now.is_passed_over = number != Some(0);
            }
            _ if PASSED_OVER.contains(word) => {
                self.settle();
                self.now.is_passed_over = true;
            }
            _ => {}
        }
    }

    /// A letter by its number in UTF-16, behind which others stand for it again.
    fn number(&mut self, number: i64) {
        self.settle();
        self.skip = 0;
        // Numbers beyond 32,767 are written as negative ones.
        let Ok(unit) = u16::try_from(number.rem_euclid(1 << 16)) else { return };
        let units = self.half.take().map_or_else(|| vec![unit], |half| vec![half, unit]);
        if units.len() == 1 && (0xD800..0xDC00).contains(&unit) {
            self.half = Some(unit);
        } else if self.is_heard() {
            self.line.push_str(&String::from_utf16_lossy(&units));
        }
        self.skip = self.now.fallback;
    }
}

/// The character set of a Windows code page.
fn code_page(number: i64) -> Option<&'static Encoding> {
    let label: Cow<'static, str> = match number {
        10_000 => "macintosh".into(),
        932 => "shift_jis".into(),
        936 => "gbk".into(),
        949 => "euc-kr".into(),
        950 => "big5".into(),
        866 => "ibm866".into(),
        65_001 => "utf-8".into(),
        _ => format!("windows-{number}").into(),
    };
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_and_paragraphs_come_without_what_is_around_them() {
        let text = br#"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}}{\colortbl;\red0\green0\blue0;}
{\info{\title Kein Text}}{\*\generator Programm 1;}{\header Seite 1}\pard\f0\fs24 Gr\'f6\'dfere {\b Br\u252\'fccke}\par
Zweiter\~Absatz \endash  mit {\field{\*\fldinst HYPERLINK "https://a.example/"}{\fldrslt Verweis}} und {\v weg}\u8222?Zitat\u8220?.
\par {\pict\pngblip 89504e47}\'84\bin3 }}}\u-10179?\u-8704? \\ \{x\}\line Ende}"#;
        assert_eq!(
            lines(text),
            ["Größere Brücke", "Zweiter\u{a0}Absatz – mit Verweis und „Zitat“.", "„\u{1f600} \\ {x}", "Ende"]
        );
    }

    #[test]
    fn other_character_sets_are_read_in_their_letters() {
        assert_eq!(lines(br"{\rtf1\ansi\ansicpg1251 \'cc\'ee\'f1\'ea\'e2\'e0}"), ["Москва"]);
        assert_eq!(lines(br"{\rtf1\mac Br\'9fcke}"), ["Brücke"]);
    }

    #[test]
    fn documents_that_end_early_give_what_is_there() {
        assert_eq!(lines(br"{\rtf1 Ein Satz.\par Noch {\b ein"), ["Ein Satz.", "Noch ein"]);
        assert_eq!(lines(br"{\rtf1 a\'"), ["a"]);
        assert_eq!(lines(br"{\rtf1 Ein Satz. {\pict 8950"), ["Ein Satz. "]);
        let deep = [b"{\\rtf1 ".as_slice(), &b"{".repeat(100_000), b"tief", &b"}".repeat(100_000), b" Satz}"]
            .concat();
        assert_eq!(lines(&deep), [" Satz"]);
    }

    proptest! {
        #[test]
        fn no_document_makes_it_panic(text in r"(\\|\{|\}|'|u|-|[0-9]{1,12}|par|bin|uc|v|\*|pict| |[a-zä])*") {
            let _ = lines(text.as_bytes());
        }
    }
}
