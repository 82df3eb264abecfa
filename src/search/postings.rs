//! Which articles have a word, how often, and whether in the title: compressed lists.

/// Place of an article in its segment.
pub(super) type Place = u32;

/// One article's entry in a word's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Posting {
    /// Which article.
    pub place: Place,
    /// How often the word stands in title and text, at most [`MAX_COUNT`]; 0 where only a name of
    /// an entity or of the outlet has it.
    pub count: u8,
    /// How often in the title, at most [`MAX_TITLE`].
    pub title: u8,
}

/// Six bits; more occurrences change no rank.
pub(super) const MAX_COUNT: u8 = 63;
/// Two bits.
pub(super) const MAX_TITLE: u8 = 3;

/// Lists of postings, by term.
#[derive(Default)]
pub(super) struct Postings {
    bytes: Vec<u8>,
    /// Where each list begins, and one more for the end.
    starts: Vec<u32>,
}

impl Postings {
    /// From encoded lists in the order of their terms.
    pub fn new<'a>(lists: impl Iterator<Item = &'a List>) -> Self {
        let mut postings = Self { bytes: Vec::new(), starts: vec![0] };
        for list in lists {
            postings.bytes.extend_from_slice(&list.bytes);
            postings.starts.push(u32::try_from(postings.bytes.len()).unwrap_or(u32::MAX));
        }
        postings
    }

    /// The list of `term`, places ascending; empty where there is none.
    pub fn of(&self, term: u32) -> impl Iterator<Item = Posting> + '_ {
        let at = |n: usize| self.starts.get(n).map_or(self.bytes.len(), |&s| s as usize);
        let term = term as usize;
        let list = self.bytes.get(at(term)..at(term + 1)).unwrap_or_default();
        Reader { rest: list.iter(), place: 0 }
    }
}

struct Reader<'a> {
    rest: std::slice::Iter<'a, u8>,
    place: Place,
}

impl Iterator for Reader<'_> {
    type Item = Posting;

    fn next(&mut self) -> Option<Posting> {
        let mut step = 0_u32;
        let mut shift = 0;
        loop {
            let byte = *self.rest.next()?;
            step |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
            shift = (shift + 7).min(28);
        }
        let counts = *self.rest.next()?;
        self.place = self.place.wrapping_add(step);
        Some(Posting { place: self.place, count: counts & MAX_COUNT, title: counts >> 6 })
    }
}

/// A list while it grows.
#[derive(Clone, Debug, Default)]
pub(super) struct List {
    bytes: Vec<u8>,
    last: Place,
    /// Articles in it.
    pub articles: u32,
}

impl List {
    /// Adds an article; its place must not lie before the last one's.
    pub fn push(&mut self, posting: Posting) {
        let mut step = posting.place.saturating_sub(self.last);
        while step >= 0x80 {
            self.bytes.push(step.to_le_bytes()[0] | 0x80);
            step >>= 7;
        }
        self.bytes.push(step.to_le_bytes()[0]);
        self.bytes.push(posting.count.min(MAX_COUNT) | posting.title.min(MAX_TITLE) << 6);
        self.last = posting.place;
        self.articles += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn lists_read_back_as_written(
            lists in prop::collection::vec(prop::collection::btree_map(any::<u32>(), (0..64_u8, 0..4_u8), 0..20), 0..5)
        ) {
            let wanted: Vec<Vec<Posting>> = lists
                .into_iter()
                .map(|l| l.into_iter().map(|(place, (count, title))| Posting { place, count, title }).collect())
                .collect();
            let written: Vec<List> = wanted
                .iter()
                .map(|l| l.iter().fold(List::default(), |mut list, p| { list.push(*p); list }))
                .collect();
            let postings = Postings::new(written.iter());
            for (term, list) in (0..).zip(&wanted) {
                prop_assert_eq!(&postings.of(term).collect::<Vec<_>>(), list);
            }
            prop_assert_eq!(postings.of(99).count(), 0);
        }
    }
}
