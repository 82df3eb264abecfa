//! A quick hash for tables of words.
//!
//! Multiply-and-rotate over eight bytes at a time: half the build time went into the standard
//! hasher, and words of articles are no attack that a slower table would not survive.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A table by words.
pub(super) type ByWord<V> = HashMap<String, V, BuildHasherDefault<Quick>>;

/// The hash of a word; its upper half is mixed best.
pub(super) fn hash(word: &[u8]) -> u64 {
    let (eights, rest) = word.as_chunks::<8>();
    let mut hash = word.len() as u64;
    for eight in eights {
        hash = mixed(hash, u64::from_le_bytes(*eight));
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    mixed(hash, u64::from_le_bytes(last))
}

fn mixed(hash: u64, eight: u64) -> u64 {
    (hash.rotate_left(5) ^ eight).wrapping_mul(0x517c_c1b7_2722_0a95)
}

/// Hashes words for tables.
#[derive(Debug, Default)]
pub(super) struct Quick(u64);

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = mixed(self.0, hash(bytes));
    }

    fn write_u8(&mut self, _: u8) {
        // Closes a string, whose length is hashed already.
    }

    fn finish(&self) -> u64 {
        // A table looks at the lowest bits too.
        self.0 ^ self.0 >> 32
    }
}
