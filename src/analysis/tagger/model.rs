//! What each attribute speaks for: the embedded weights, looked up in place.
//!
//! The file: `LTG1`, the number of buckets (u32), 14 × 13 transitions (i16: from the start, then from
//! each label), zeros up to 512 bytes, then the buckets. A bucket is four rows of 16 bytes, one line
//! of the processor's cache: 13 weights (i8), a zero, and a mark of the attribute's hash (u16; 0 is a
//! free row). An attribute stands in the bucket that the lower half of its hash points to, or has no
//! weights. Numbers are little-endian.

use std::sync::LazyLock;

use super::label::{COUNT, Label};

/// Bytes before the buckets.
pub const HEADER: usize = 512;

/// Bytes of a row.
pub const ROW: usize = 16;

/// Rows of a bucket.
pub const ROWS: usize = 4;

static FILE: &[u8] = include_bytes!("../../../assets/tagger/german.model");

static GERMAN: LazyLock<Model<'static>> = LazyLock::new(|| Model::new(FILE));

/// The embedded model.
#[must_use]
pub fn german() -> &'static Model<'static> {
    &GERMAN
}

/// What speaks for each label.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scores([i16; ROW]);

impl Scores {
    /// What speaks for `label`.
    #[must_use]
    pub fn of(&self, label: usize) -> i32 {
        self.0.get(label).copied().map_or(0, i32::from)
    }

    /// Adds what `other` says.
    pub fn add(&mut self, other: &Self) {
        for (sum, more) in self.0.iter_mut().zip(other.0) {
            *sum = sum.wrapping_add(more);
        }
    }

    /// Scores of the first labels; the others have 0.
    #[must_use]
    pub fn from_slice(values: &[i16]) -> Self {
        let mut scores = Self::default();
        for (place, value) in scores.0.iter_mut().zip(values.iter().take(COUNT)) {
            *place = *value;
        }
        scores
    }
}

/// What speaks for a label by the label before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transitions {
    /// At the start of a sentence.
    pub first: [i32; COUNT],
    /// From label to label; far below any score where they may not follow each other.
    pub between: [[i32; COUNT]; COUNT],
}

impl Transitions {
    /// Those of the file's order: from the start, then from each label; missing ones are 0.
    pub fn new(mut weights: impl Iterator<Item = i16>) -> Self {
        let mut from = |before: Label| -> [i32; COUNT] {
            std::array::from_fn(|label| {
                let weight = weights.next().map_or(0, i32::from);
                // Sums stay far inside of an i32: a sentence has some hundred words.
                if Label::new(label).may_follow(before) { weight } else { -1_000_000 }
            })
        };
        let first = from(Label::OUTSIDE);
        let between = std::array::from_fn(|before| from(Label::new(before)));
        Self { first, between }
    }

    fn read(file: &[u8]) -> Self {
        let bytes = file.get(8..HEADER).unwrap_or_default();
        Self::new(bytes.as_chunks::<2>().0.iter().map(|pair| i16::from_le_bytes(*pair)))
    }
}

/// A file of weights.
#[derive(Clone, Debug)]
pub struct Model<'a> {
    buckets: &'a [[u8; ROW]],
    /// What speaks for a label by the label before.
    pub transitions: Transitions,
}

impl<'a> Model<'a> {
    /// The model in `file`; one without weights where it is something else.
    #[must_use]
    pub fn new(file: &'a [u8]) -> Self {
        let whole = file.split_at_checked(HEADER).filter(|(head, _)| head.starts_with(b"LTG1"));
        let buckets = whole.map_or(&[][..], |(_, rows)| rows.as_chunks().0);
        Self { buckets, transitions: Transitions::read(file) }
    }

    /// Adds what `attribute` speaks for to `scores`.
    pub fn add(&self, attribute: u64, scores: &mut Scores) {
        let (bucket, mark) = place(attribute, self.buckets.len() / ROWS);
        let Some(rows) = self.buckets.get(bucket * ROWS..(bucket + 1) * ROWS) else { return };
        let mark = mark.to_le_bytes();
        if let Some(row) = rows.iter().find(|row| [row[ROW - 2], row[ROW - 1]] == mark) {
            // The mark's own lanes are added too, and never looked at: sixteen at once are quicker.
            for (sum, weight) in scores.0.iter_mut().zip(row) {
                *sum = sum.wrapping_add(i16::from(weight.cast_signed()));
            }
        }
    }
}

/// The bucket (of `buckets`) and the mark of an attribute.
#[must_use]
pub fn place(attribute: u64, buckets: usize) -> (usize, u16) {
    let bucket = ((attribute & 0xffff_ffff) * buckets as u64) >> 32;
    let mark = u16::try_from(attribute >> 48).unwrap_or(0).max(1);
    (usize::try_from(bucket).unwrap_or(0), mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_model_is_whole() {
        assert!(FILE.starts_with(b"LTG1"));
        let buckets = u32::from_le_bytes([FILE[4], FILE[5], FILE[6], FILE[7]]) as usize;
        assert_eq!(FILE.len(), HEADER + buckets * ROWS * ROW);
        assert!(FILE.len() <= 1_000_000);
    }

    #[test]
    fn buckets_lie_inside_of_the_file() {
        assert_eq!(place(u64::MAX, 10).0, 9);
        assert_eq!(place(0, 10), (0, 1));
    }
}
