//! A quick hash for words of a text and of embedded tables.
//!
//! The standard library's is made against strangers who choose keys to collide; these keys live for
//! one article, or are our own, and a hash costs more than what is done with the word. A text that
//! was made to collide would slow its own analysis only.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A map for words of one text.
pub type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

/// A set for words of one text.
pub type QuickSet<K> = HashSet<K, BuildHasherDefault<Quick>>;

/// Odd, with bits set all over: 2^64 divided by the golden ratio (Knuth, multiplicative hashing).
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Keeps a word of zeros from ending as 0: the fraction of pi.
const START: u64 = 0x243f_6a88_85a3_08d3;

/// The hash of some bytes; the same in every run.
#[must_use]
pub fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = Quick::default();
    hasher.write(bytes);
    hasher.finish()
}

/// Hashes eight bytes at once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quick(u64);

impl Quick {
    fn add(&mut self, word: u64) {
        // Both halves of the product: the lower one alone knows nothing of a word's upper bits.
        let product = u128::from(self.0.rotate_left(23) ^ word ^ START) * u128::from(FACTOR);
        #[allow(clippy::cast_possible_truncation, reason = "the two halves of the product")]
        let (low, high) = (product as u64, (product >> 64) as u64);
        self.0 = low ^ high;
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        if let Some(place) = last.get_mut(..rest.len()) {
            place.copy_from_slice(rest);
        }
        // The length keeps "a" and "a\0" apart.
        self.add(u64::from_le_bytes(last) ^ (bytes.len() as u64) << 56);
    }

    fn write_u8(&mut self, number: u8) {
        self.add(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.add(u64::from(number));
    }

    fn write_usize(&mut self, number: usize) {
        self.add(number as u64);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_differ_little_have_different_hashes() {
        let words = ["", "a", "a\0", "b", "ab", "ba", "Regierung", "Regierungen", "regierung", "Regierunh"];
        let hashes: HashSet<u64> = words.iter().map(|w| hash(w.as_bytes())).collect();
        assert_eq!(hashes.len(), words.len());
    }

    #[test]
    fn hashes_spread_over_the_slots_of_a_table() {
        let slots: HashSet<u64> = (0..1000).map(|n| hash(format!("Wort{n}").as_bytes()) & 1023).collect();
        // Chance fills 1024 * (1 - 1/e) = 639 or so.
        assert!(slots.len() > 580, "{}", slots.len());
    }
}
