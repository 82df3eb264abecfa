//! A vocabulary with the articles of each of its words, and how one is built.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::postings::{List, Posting, Postings};
use super::vocabulary::Vocabulary;

/// Words with their postings.
pub(super) struct Dictionary {
    /// The words.
    pub vocabulary: Vocabulary,
    /// Their articles, by term.
    pub postings: Postings,
}

/// A dictionary while it grows: words in any order, articles ascending.
#[derive(Default)]
pub(super) struct Growing {
    numbers: HashMap<Box<str>, u32, BuildHasherDefault<WordHasher>>,
    lists: Vec<List>,
}

impl Growing {
    /// The number of `key` while growing; new keys get the next.
    pub fn number(&mut self, key: &str) -> u32 {
        if let Some(&number) = self.numbers.get(key) {
            return number;
        }
        let number = u32::try_from(self.lists.len()).unwrap_or(u32::MAX);
        self.numbers.insert(key.into(), number);
        self.lists.push(List::default());
        number
    }

    /// Adds an article to the list of a number given before.
    pub fn push(&mut self, number: u32, posting: Posting) {
        if let Some(list) = self.lists.get_mut(number as usize) {
            list.push(posting);
        }
    }

    /// Takes in all of `dictionary` whose articles are still wanted, under their new places.
    pub fn absorb(&mut self, dictionary: &Dictionary, moved: &dyn Fn(u32) -> Option<u32>) {
        dictionary.vocabulary.all(|term, key| {
            let mut number = None;
            for posting in dictionary.postings.of(term) {
                if let Some(place) = moved(posting.place) {
                    let number = *number.get_or_insert_with(|| self.number(key));
                    self.push(number, Posting { place, ..posting });
                }
            }
        });
    }

    /// The finished dictionary.
    pub fn finish(&self) -> Dictionary {
        let mut order: Vec<(&str, &List)> =
            self.numbers.iter().filter_map(|(k, &n)| Some((&**k, self.lists.get(n as usize)?))).collect();
        order.sort_unstable_by_key(|(key, _)| *key);
        let counted: Vec<(&str, u32)> = order.iter().map(|(key, list)| (*key, list.articles)).collect();
        Dictionary {
            vocabulary: Vocabulary::new(&counted),
            postings: Postings::new(order.iter().map(|(_, list)| *list)),
        }
    }
}

/// Multiply-and-rotate over eight bytes at a time: half the build time went into the standard
/// hasher, and words of articles are no attack that a slower table would not survive.
#[derive(Default)]
struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 29
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut eight = [0; 8];
            eight[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(eight)).wrapping_mul(0x517c_c1b7_2722_0a95);
        }
    }
}
