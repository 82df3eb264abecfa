use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A byte range of a text, end exclusive, made only where it lies on `char` boundaries of that text.
///
/// A span does not know its text: [`Span::of`] on another text yields an empty string rather than a
/// panic when the range does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span of `range` in `text`; `None` where it is reversed, out of bounds, splits a
    /// character, or `text` exceeds 4 GiB.
    #[must_use]
    pub fn new(text: &str, range: Range<usize>) -> Option<Self> {
        text.get(range.clone())?;
        Some(Self { start: u32::try_from(range.start).ok()?, end: u32::try_from(range.end).ok()? })
    }

    /// First byte.
    #[must_use]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// Byte after the last.
    #[must_use]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Start and end as a range.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The words it covers in `text`; empty where the span is not one of `text`.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// Whether both share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` lies inside.
    #[must_use]
    pub fn holds(self, offset: usize) -> bool {
        self.start() <= offset && offset < self.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_never_splits_a_character() {
        assert_eq!(Span::new("größe", 0..3), None);
        assert_eq!(Span::new("größe", 0..4).map(|s| s.of("größe")), Some("grö"));
    }

    #[test]
    fn a_span_outside_its_text_is_refused() {
        assert_eq!(Span::new("ab", 1..3), None);
        #[allow(clippy::reversed_empty_ranges, reason = "the reversed range is what is tested")]
        let reversed = 2..1;
        assert_eq!(Span::new("ab", reversed), None);
    }

    #[test]
    fn touching_spans_do_not_overlap() {
        let text = "abcd";
        let (a, b) = (Span::new(text, 0..2).unwrap(), Span::new(text, 2..4).unwrap());
        assert!(!a.overlaps(b) && !b.overlaps(a));
        assert!(a.overlaps(Span::new(text, 1..3).unwrap()));
    }
}
