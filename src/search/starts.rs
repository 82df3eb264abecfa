//! Which words of a text need a closer look: by their first letters.
//!
//! Most words of an article are none of those asked for; splitting a text is quick, folding all its
//! words is not.

use super::token::folded;

/// Letters looked at.
const LETTERS: usize = 3;
/// Five bits a letter.
const BITS: usize = 1 << (5 * LETTERS);

/// The first letters of some words, a bit each; different ones may share it.
#[derive(Debug, Default)]
pub(super) struct Starts {
    /// Empty until there is one.
    bits: Vec<u64>,
    /// Some word may begin with anything.
    all: bool,
}

impl Starts {
    /// Looks out for this word, given by its key.
    pub fn add_whole(&mut self, key: &str) {
        self.add(folded(key).as_bytes());
    }

    /// Looks out for all words whose folded form begins so.
    pub fn add_beginning(&mut self, form: &str) {
        self.all |= form.len() < LETTERS;
        self.add(form.as_bytes());
    }

    fn add(&mut self, form: &[u8]) {
        self.bits.resize(BITS / 64, 0);
        // Words with other letters at their beginning are looked at in any case.
        if let Some(place) = place(form)
            && let Some(bits) = self.bits.get_mut(place / 64)
        {
            *bits |= 1 << (place % 64);
        }
    }

    /// Whether `word`, as written, may be one of those.
    pub fn may_begin(&self, word: &str) -> bool {
        let has = |place: usize| self.bits.get(place / 64).is_some_and(|bits| bits & 1 << (place % 64) != 0);
        self.all || place(word.as_bytes()).is_none_or(has)
    }
}

/// The bit of a word; `None` where folding may change its first letters in more than case.
fn place(word: &[u8]) -> Option<usize> {
    let mut place = 0;
    for at in 0..LETTERS {
        let byte = word.get(at).copied().unwrap_or_default();
        // Digits may be joined to those of the next group.
        if byte != 0 && !byte.is_ascii_alphabetic() {
            return None;
        }
        place = place << 5 | usize::from(byte & 0x1f);
    }
    Some(place)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::token::{each, key_of};
    use super::*;

    proptest! {
        #[test]
        fn no_word_that_is_looked_out_for_is_passed_over(
            texts in prop::collection::vec("[a-dA-Däß0-2.\u{301}\u{ad}' ]{0,12}", 1..6),
            from in "[a-dä]{1,4}",
        ) {
            let mut starts = Starts::default();
            let wanted = key_of(&texts[0]);
            starts.add_whole(&wanted);
            let from = key_of(&from);
            starts.add_beginning(folded(&from));
            for text in &texts {
                each(text, |range, key| {
                    if key == wanted || folded(key).starts_with(folded(&from)) {
                        assert!(starts.may_begin(text.get(range).unwrap_or_default()), "{text:?} {key}");
                    }
                });
            }
        }
    }

    #[test]
    fn most_other_words_are_passed_over() {
        let mut starts = Starts::default();
        starts.add_whole("minister");
        starts.add_beginning("auss");
        let seen = |word: &str| starts.may_begin(word);
        assert!(seen("Minister") && seen("Außenamt") && seen("Über") && seen("2.000"));
        assert!(!seen("Kanzler") && !seen("der") && !seen("Mi"));
    }
}
