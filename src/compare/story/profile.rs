//! An article as a list of its stems and names with counts: all that grouping needs of most articles.
//!
//! A profile is small enough to be kept beside the article (some 500 bytes), so that its text need
//! not be read again when others come.

use crate::compare::Analysed;
use crate::compare::feature::hash;
use crate::model::{EntityKind, ParagraphKind};
use crate::text::fold::{fold, fold_into};
use crate::text::stem::{is_function_word, stem};
use crate::text::word::{parts, words};

/// Changes with what is counted or how it is written down; profiles in another form are made anew.
pub const FORM: u32 = 1;

/// Bits of a key. With fewer, words of one window share keys; with more, profiles grow. Of 50,000
/// words one in forty shares its key with another.
pub(super) const KEY_BITS: u32 = 21;

/// Half words that a word counts in the title, in the first lines and elsewhere.
const IN_TITLE: u32 = 4;
const IN_OPENING: u32 = 3;
const IN_TEXT: u32 = 2;
/// Bytes of running text that count as the opening: lead and first sentences.
const OPENING_BYTES: usize = 400;

/// Words of an article, counted by place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile(pub(super) Vec<Term>);

/// A stem or a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Term {
    /// Hash of the word, of [`KEY_BITS`] bits; terms are sorted by it and it is unique.
    pub key: u32,
    /// Its weighted count in half words.
    pub halves: u32,
    /// It stands in the title.
    pub in_title: bool,
}

impl Profile {
    /// Counts the words of an article.
    #[must_use]
    pub fn of(article: &Analysed<'_>) -> Self {
        let draft = article.draft;
        let mut terms: Vec<Term> = Vec::with_capacity(draft.text.len() / 8);
        let mut folded = String::new();
        let mut add = |text: &str, halves: u32, in_title: bool| {
            for range in words(text) {
                let whole = text.get(range).unwrap_or_default();
                for part in parts(whole) {
                    folded.clear();
                    fold_into(whole.get(part).unwrap_or_default(), &mut folded);
                    if folded.chars().nth(1).is_none() || is_function_word(&folded, draft.language) {
                        continue;
                    }
                    terms.push(Term { key: key(hash(stem(&folded, draft.language))), halves, in_title });
                }
            }
        };
        add(&draft.title.text, IN_TITLE, true);
        let mut seen = 0;
        for paragraph in &draft.paragraphs {
            if paragraph.kind.is_running_text() || paragraph.kind == ParagraphKind::Heading {
                let halves = if seen < OPENING_BYTES { IN_OPENING } else { IN_TEXT };
                add(paragraph.span.of(&draft.text), halves, false);
                seen += paragraph.span.len();
            }
        }
        let entities = &article.analysis.entities;
        let names: Vec<u32> = entities.iter().map(|e| key(hash(&fold(&e.canonical)) ^ 1)).collect();
        for mention in &article.analysis.mentions {
            let at = mention.entity as usize;
            if entities.get(at).is_some_and(|e| e.kind != EntityKind::Place) {
                terms.push(Term { key: names[at], halves: IN_TEXT, in_title: false });
            }
        }
        terms.sort_unstable_by_key(|t| t.key);
        terms.dedup_by(|later, kept| {
            let same = later.key == kept.key;
            if same {
                kept.halves += later.halves;
                kept.in_title |= later.in_title;
            }
            same
        });
        Self(terms)
    }

    /// The profile as bytes: for each term the distance to the key before it, and its count with
    /// the mark of the title, as numbers of seven bits a byte.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(3 * self.0.len());
        let mut last = 0;
        for term in &self.0 {
            write(term.key.wrapping_sub(last), &mut bytes);
            write(term.halves.min(u32::MAX / 2) << 1 | u32::from(term.in_title), &mut bytes);
            last = term.key;
        }
        bytes
    }

    /// Reads what [`Self::encode`] wrote; `None` for other bytes.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let mut terms: Vec<Term> = Vec::with_capacity(bytes.len() / 3);
        let mut rest = bytes.iter();
        let mut key = 0_u32;
        while rest.len() > 0 {
            let step = read(&mut rest)?;
            let count = read(&mut rest)?;
            if step == 0 && !terms.is_empty() {
                return None;
            }
            key = key.checked_add(step).filter(|key| *key < 1 << KEY_BITS)?;
            terms.push(Term { key, halves: count >> 1, in_title: count & 1 == 1 });
        }
        Some(Self(terms))
    }
}

/// The upper bits of a hash after one round of mixing.
fn key(hash: u32) -> u32 {
    (hash ^ (hash >> 15)).wrapping_mul(0x9e37_79b1) >> (32 - KEY_BITS)
}

#[allow(clippy::cast_possible_truncation, reason = "seven bits at a time")]
fn write(mut number: u32, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn read(bytes: &mut std::slice::Iter<'_, u8>) -> Option<u32> {
    let mut number = 0;
    for shift in (0..32).step_by(7) {
        let byte = *bytes.next()?;
        number |= u32::from(byte & 0x7f).checked_shl(shift)?;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_profile_reads_back_as_written(
            terms in prop::collection::btree_map(0_u32..1 << KEY_BITS, (1_u32..5000, any::<bool>()), 0..60),
        ) {
            let terms = terms.into_iter().map(|(key, (halves, in_title))| Term { key, halves, in_title });
            let profile = Profile(terms.collect());
            prop_assert_eq!(Profile::decode(&profile.encode()), Some(profile));
        }

        #[test]
        fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            if let Some(profile) = Profile::decode(&bytes) {
                prop_assert!(profile.0.is_sorted_by(|a, b| a.key < b.key));
            }
        }
    }
}
