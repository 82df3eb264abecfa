//! The search form of words: case, umlauts, ß and accents fall away.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `text` in its search form: lower case, no accents (`ä` = `a`), `ß` = `ss`.
///
/// "Außenminister", "AUSSENMINISTER" and "Aussenminister" give the same.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// [`fold`] behind what `folded` already holds.
pub fn fold_into(text: &str, folded: &mut String) {
    for c in text.chars() {
        fold_char(c, folded);
    }
}

/// A folded text that knows where each of its bytes came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// The search form.
    pub text: String,
    /// For each byte of `text` the byte of the original character; one more for the end.
    origin: Vec<u32>,
}

impl Folded {
    /// Folds `text`, keeping the way back. Texts beyond 4 GiB are cut there.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut folded =
            Self { text: String::with_capacity(text.len()), origin: Vec::with_capacity(text.len() + 1) };
        for (at, c) in text.char_indices() {
            let Ok(at) = u32::try_from(at) else { break };
            fold_char(c, &mut folded.text);
            folded.origin.resize(folded.text.len(), at);
        }
        folded.origin.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        folded
    }

    /// The byte of the original text behind byte `at` of the folded one.
    #[must_use]
    pub fn original(&self, at: usize) -> usize {
        self.origin.get(at).or(self.origin.last()).map_or(0, |&o| o as usize)
    }
}

fn fold_char(c: char, folded: &mut String) {
    if c.is_ascii() {
        folded.push(c.to_ascii_lowercase());
        return;
    }
    match c {
        // The common ones first; the rule below gives the same.
        'ä' | 'Ä' => folded.push('a'),
        'ö' | 'Ö' | 'ø' | 'Ø' => folded.push('o'),
        'ü' | 'Ü' => folded.push('u'),
        'é' | 'è' => folded.push('e'),
        '–' | '„' | '“' | '”' => folded.push(c),
        'ß' | 'ẞ' => folded.push_str("ss"),
        'æ' | 'Æ' => folded.push_str("ae"),
        'œ' | 'Œ' => folded.push_str("oe"),
        'ł' | 'Ł' => folded.push('l'),
        'đ' | 'Đ' => folded.push('d'),
        // Soft hyphens split words in the source only for the eye.
        '\u{ad}' => {}
        '‐' | '‑' => folded.push('-'),
        '’' | '‘' | 'ʼ' => folded.push('\''),
        _ => folded.extend(c.nfkd().filter(|d| !is_combining_mark(*d)).flat_map(char::to_lowercase)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_meet() {
        for spelling in ["Außenminister", "AUSSENMINISTER", "Aussenminister", "außen\u{ad}minister"] {
            assert_eq!(fold(spelling), "aussenminister");
        }
        assert_eq!(fold("Müller"), fold("Mu\u{308}ller"));
        assert_eq!(fold("Çelik Ørsted Łódź"), "celik orsted lodz");
    }

    #[test]
    fn folded_bytes_lead_back_to_their_characters() {
        let text = "Größe";
        let folded = Folded::new(text);
        assert_eq!(folded.text, "grosse");
        assert_eq!(folded.original(3), "Grö".len());
        assert_eq!(folded.original(4), "Grö".len(), "both s of ß come from ß");
        assert_eq!(folded.original(6), text.len());
    }
}
