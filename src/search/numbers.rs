//! Sets of small numbers: articles of the library, or places in a segment.

use crate::model::ArticleId;

/// A set of numbers; a bit each up to the largest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    bits: Vec<u64>,
    len: usize,
}

impl Numbers {
    /// Adds a number; whether it was not there.
    pub fn insert(&mut self, number: u32) -> bool {
        let (at, bit) = (number as usize / 64, 1_u64 << (number % 64));
        if at >= self.bits.len() {
            self.bits.resize(at + 1, 0);
        }
        let is_new = self.bits[at] & bit == 0;
        self.bits[at] |= bit;
        self.len += usize::from(is_new);
        is_new
    }

    /// Whether the number is there.
    #[must_use]
    pub fn contains(&self, number: u32) -> bool {
        self.bits.get(number as usize / 64).is_some_and(|bits| bits & 1 << (number % 64) != 0)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// All of them, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0_u32..).zip(&self.bits).flat_map(|(at, &bits)| {
            (0..64).filter(move |bit| bits & 1 << bit != 0).map(move |bit| at * 64 + bit)
        })
    }
}

impl FromIterator<ArticleId> for Numbers {
    fn from_iter<I: IntoIterator<Item = ArticleId>>(ids: I) -> Self {
        let mut numbers = Self::default();
        for id in ids {
            numbers.insert(id.0);
        }
        numbers
    }
}
