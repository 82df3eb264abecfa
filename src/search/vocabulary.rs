//! The dictionary of one segment: every key once, found whole, by beginning, inside, or with slips.

use std::ops::ControlFlow;

use fst::{IntoStreamer, Streamer};
use memchr::memmem::Finder;

use super::near::Near;
use super::token::{MARK, folded};

/// Number of a key in its vocabulary: its place in sorted order.
pub(super) type Term = u32;

/// Keys in sorted order, with the number of articles that have each.
pub(super) struct Vocabulary {
    map: fst::Map<Vec<u8>>,
    /// All keys, each closed by a line feed, most frequent first: a search inside words can stop at
    /// its first hits and has the best of them.
    blob: Vec<u8>,
    /// Where each key begins in `blob`, by place there.
    starts: Vec<u32>,
    /// The key's number, by place in `blob`.
    terms: Vec<Term>,
    /// Place in `blob`, by number.
    places: Vec<u32>,
    /// Articles, by number.
    counts: Vec<u32>,
}

impl Vocabulary {
    /// From keys in strictly ascending order with their number of articles.
    pub fn new(sorted: &[(&str, u32)]) -> Self {
        let map = fst::Map::from_iter(sorted.iter().zip(0..).map(|((key, _), n)| (key, n)))
            .expect("keys ascend strictly and memory takes any length");
        let counts: Vec<u32> = sorted.iter().map(|(_, count)| *count).collect();
        let mut terms: Vec<Term> = (0..).take(sorted.len()).collect();
        terms.sort_by_key(|&t| std::cmp::Reverse(counts[t as usize]));
        let mut vocabulary =
            Self { map, blob: vec![b'\n'], starts: Vec::new(), places: vec![0; terms.len()], terms, counts };
        for (place, &term) in (0..).zip(&vocabulary.terms) {
            vocabulary.starts.push(u32::try_from(vocabulary.blob.len()).unwrap_or(u32::MAX));
            vocabulary.places[term as usize] = place;
            vocabulary.blob.extend_from_slice(sorted[term as usize].0.as_bytes());
            vocabulary.blob.push(b'\n');
        }
        vocabulary
    }

    /// Articles that have `term`.
    pub fn count(&self, term: Term) -> u32 {
        self.counts.get(term as usize).copied().unwrap_or(0)
    }

    /// The key of `term`; empty where there is none.
    pub fn key(&self, term: Term) -> &str {
        self.places.get(term as usize).map_or("", |&place| self.key_at(place as usize))
    }

    fn key_at(&self, place: usize) -> &str {
        let start = self.starts.get(place).map_or(0, |&s| s as usize);
        let end = self.starts.get(place + 1).map_or(self.blob.len(), |&s| s as usize) - 1;
        self.blob.get(start..end).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default()
    }

    /// Whether some key's folded form is `word`.
    pub fn has(&self, word: &str) -> bool {
        let mut has = self.map.contains_key(word);
        if !has {
            self.whole(word, |_, _| has = true);
        }
        has
    }

    /// Calls `take` with each key whose folded form is `word`.
    pub fn whole(&self, word: &str, mut take: impl FnMut(Term, &str)) {
        let mut above = word.as_bytes().to_vec();
        above.push(MARK + 1);
        self.range(word.as_bytes(), &above, |term, key| take(term, key));
    }

    /// Calls `take` with each key whose folded form begins with `word` and goes on.
    pub fn longer(&self, word: &str, mut take: impl FnMut(Term, &str)) {
        let mut from = word.as_bytes().to_vec();
        from.push(MARK + 1);
        let mut above = word.as_bytes().to_vec();
        // No byte of UTF-8 is as large.
        above.push(0xff);
        self.range(&from, &above, |term, key| take(term, key));
    }

    fn range(&self, from: &[u8], above: &[u8], mut take: impl FnMut(Term, &str)) {
        let mut stream = self.map.range().ge(from).lt(above).into_stream();
        while let Some((key, term)) = stream.next() {
            hand(key, term, &mut take);
        }
    }

    /// Calls `take` with each key that has `word` inside its folded form but not at its beginning,
    /// most frequent first, until told to break.
    pub fn inside(&self, word: &str, mut take: impl FnMut(Term, &str) -> ControlFlow<()>) {
        if word.is_empty() {
            return;
        }
        let finder = Finder::new(word.as_bytes());
        let mut at = 0;
        while let Some(found) = self.blob.get(at..).and_then(|rest| finder.find(rest)) {
            let hit = at + found;
            let place = self.starts.partition_point(|&s| s as usize <= hit).saturating_sub(1);
            let key = self.key_at(place);
            let start = self.starts.get(place).map_or(0, |&s| s as usize);
            let form = folded(key);
            // The hit may be the key's beginning, or lie in its spelling: look behind the first letter.
            let second = form.chars().next().map_or(0, char::len_utf8);
            if form.get(second..).is_some_and(|rest| rest.contains(word))
                && let Some(&term) = self.terms.get(place)
                && !form.starts_with(word)
                && take(term, key).is_break()
            {
                return;
            }
            at = start + key.len();
        }
    }

    /// Calls `take` with each key whose folded form begins with `word` and goes on, most frequent
    /// first, until told to break. For very short words, which begin too many keys to see them all.
    pub fn longer_by_count(&self, word: &str, mut take: impl FnMut(Term, &str) -> ControlFlow<()>) {
        let finder_word = [b"\n", word.as_bytes()].concat();
        let finder = Finder::new(&finder_word);
        let mut at = 0;
        while let Some(found) = self.blob.get(at..).and_then(|rest| finder.find(rest)) {
            let start = at + found + 1;
            let place = self.starts.partition_point(|&s| s as usize <= start).saturating_sub(1);
            let key = self.key_at(place);
            if folded(key).len() > word.len()
                && let Some(&term) = self.terms.get(place)
                && take(term, key).is_break()
            {
                return;
            }
            at = start + key.len();
        }
    }

    /// Calls `take` with each key that `near` accepts and that begins with `first`.
    pub fn near(&self, near: &Near, first: Option<char>, mut take: impl FnMut(Term, &str)) {
        let mut search = self.map.search(near);
        let mut buffer = [0; 4];
        if let Some(first) = first {
            let from = first.encode_utf8(&mut buffer).as_bytes().to_vec();
            let mut above = from.clone();
            above.push(0xff);
            search = search.ge(from).lt(above);
        }
        let mut stream = search.into_stream();
        while let Some((key, term)) = stream.next() {
            hand(key, term, &mut take);
        }
    }

    /// Calls `take` with each key in order.
    pub fn all(&self, mut take: impl FnMut(Term, &str)) {
        let mut stream = self.map.stream();
        while let Some((key, term)) = stream.next() {
            hand(key, term, &mut take);
        }
    }
}

fn hand(key: &[u8], term: u64, take: &mut impl FnMut(Term, &str)) {
    if let (Ok(key), Ok(term)) = (std::str::from_utf8(key), Term::try_from(term)) {
        take(term, key);
    }
}
