//! The dictionary of one segment: every key once, found whole, by beginning, inside, or with slips.
//!
//! A key's number is its place among the keys when the most frequent stands first. So a search
//! inside words walks them in that order and can stop at its first hits, counts need a few bytes for
//! all, and nothing has to lead from one order to the other.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::sync::OnceLock;

use fst::{IntoStreamer, Streamer};
use memchr::memmem::Finder;
use memchr::{memchr, memchr_iter, memrchr};

use super::grams::{self, LEAD};
use super::layout::{Directory, Piece, Tag, Writer};
use super::near::Near;
use super::part::{Part, Slice, read_number, write_number};
use super::postings::Postings;
use super::segment::WORDS;
use super::token::{MARK, folded};
use super::walk::walk;

/// Number of a key in its vocabulary: 0 has most articles.
pub(super) type Term = u32;

/// Keys between two remembered places.
const STRIDE: usize = 16;

/// Keys with the number of articles that have each; loaded when first asked.
#[derive(Debug)]
pub(super) struct Vocabulary {
    parts: [Part; 3],
    /// Terms by runs of letters, where the segment has them.
    runs: Postings,
    map: OnceLock<fst::Map<Slice>>,
    keys: OnceLock<Keys>,
    counts: OnceLock<Vec<(Term, u32)>>,
}

/// Keys by number, each closed by a line feed, one before the first.
#[derive(Debug)]
struct Keys {
    text: Slice,
    /// Where every [`STRIDE`]th key begins.
    known: Vec<u32>,
}

/// Keys in strictly ascending order with their number of articles, to be written.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    text: String,
    ends: Vec<u32>,
    counts: Vec<u32>,
}

impl Sorted {
    /// Adds the next key.
    pub fn push(&mut self, key: &str, count: u32) {
        self.text.push_str(key);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        self.counts.push(count);
    }

    /// Number of keys.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    fn key(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.text.get(start..self.ends[at] as usize).unwrap_or_default()
    }

    /// Writes the keys; gives their places in this order by number.
    pub fn write<W: Write>(&self, out: &mut Writer<W>, dictionary: u16) -> io::Result<Vec<u32>> {
        let mut by_number: Vec<u32> = (0..).take(self.len()).collect();
        by_number.sort_by_key(|&at| std::cmp::Reverse(self.counts[at as usize]));
        let mut numbers = vec![0_u32; self.len()];
        let mut keys = Vec::with_capacity(self.text.len() + self.len() + 1);
        keys.push(b'\n');
        let mut counts = Vec::new();
        let mut run = 0_u64;
        for (number, &at) in (0..).zip(&by_number) {
            numbers[at as usize] = number;
            keys.extend_from_slice(self.key(at as usize).as_bytes());
            keys.push(b'\n');
            run += 1;
            let count = self.counts[at as usize];
            let next = by_number.get(number as usize + 1).map(|&next| self.counts[next as usize]);
            if next != Some(count) {
                write_number(run, &mut counts);
                write_number(u64::from(count), &mut counts);
                run = 0;
            }
        }
        out.part(Tag::of(dictionary, Piece::Keys), &keys)?;
        drop(keys);
        out.part(Tag::of(dictionary, Piece::Counts), &counts)?;
        let keys = numbers.iter().enumerate().map(|(at, &number)| (self.key(at), u64::from(number)));
        let map = fst::Map::from_iter(keys).map_err(io::Error::other)?;
        out.part(Tag::of(dictionary, Piece::Map), map.as_fst().as_bytes())?;
        if dictionary == WORDS {
            let forms = by_number.iter().map(|&at| folded(self.key(at as usize)));
            grams::write(out, dictionary, self.len(), forms)?;
        }
        Ok(by_number)
    }
}

impl Keys {
    fn new(text: Slice) -> Self {
        let ends = memchr_iter(b'\n', text.as_ref()).step_by(STRIDE);
        let known = ends.map(|end| u32::try_from(end + 1).unwrap_or(u32::MAX)).collect();
        Self { text, known }
    }

    /// The key of `term`.
    fn key(&self, term: Term) -> &str {
        let term = term as usize;
        let text = self.text.as_ref();
        let mut at = self.known.get(term / STRIDE).map_or(text.len(), |&at| at as usize);
        let end = |at: usize| text.get(at..).and_then(|rest| memchr(b'\n', rest)).map(|length| at + length);
        for _ in 0..term % STRIDE {
            let Some(end) = end(at) else { return "" };
            at = end + 1;
        }
        end(at)
            .and_then(|end| text.get(at..end))
            .and_then(|k| std::str::from_utf8(k).ok())
            .unwrap_or_default()
    }

    /// The number of the key that begins at byte `start`.
    fn term(&self, start: usize) -> Term {
        let block = self.known.partition_point(|&at| at as usize <= start).saturating_sub(1);
        let from = self.known.get(block).map_or(0, |&at| at as usize);
        let before = self.text.as_ref().get(from..start).unwrap_or_default();
        u32::try_from(block * STRIDE + memchr_iter(b'\n', before).count()).unwrap_or(u32::MAX)
    }

    /// Calls `take` with the beginning of each key that has `what` from behind `at` on, and the key.
    fn search(&self, what: &[u8], mut take: impl FnMut(usize, &str) -> ControlFlow<()>) {
        let finder = Finder::new(what);
        let text = self.text.as_ref();
        let mut at = 0;
        while let Some(found) = text.get(at..).and_then(|rest| finder.find(rest)) {
            // The hit may begin with the line feed before its key.
            let hit = at + found + usize::from(what.first() == Some(&b'\n'));
            let start = text.get(..hit).and_then(|before| memrchr(b'\n', before)).map_or(0, |end| end + 1);
            let Some(length) = text.get(hit..).and_then(|rest| memchr(b'\n', rest)) else { return };
            let end = hit + length;
            let key = text.get(start..end).and_then(|k| std::str::from_utf8(k).ok()).unwrap_or_default();
            if take(start, key).is_break() {
                return;
            }
            at = end;
        }
    }
}

impl Vocabulary {
    /// The vocabulary that [`Sorted::write`] wrote.
    pub fn new(directory: &Directory, dictionary: u16) -> Self {
        let part = |piece| directory.part(Tag::of(dictionary, piece));
        Self {
            parts: [part(Piece::Map), part(Piece::Keys), part(Piece::Counts)],
            runs: Postings::new(part(Piece::RunLengths), part(Piece::Runs)),
            map: OnceLock::new(),
            keys: OnceLock::new(),
            counts: OnceLock::new(),
        }
    }

    fn map(&self) -> &fst::Map<Slice> {
        self.map.get_or_init(|| {
            let [part, ..] = &self.parts;
            // A part that is not there is an empty one.
            fst::Map::new(part.load()).unwrap_or_else(|_| nothing())
        })
    }

    fn keys(&self) -> &Keys {
        let [_, part, _] = &self.parts;
        self.keys.get_or_init(|| Keys::new(part.load()))
    }

    /// First number and count of each run of equal counts.
    fn counts(&self) -> &[(Term, u32)] {
        self.counts.get_or_init(|| {
            let [.., part] = &self.parts;
            let bytes = part.load();
            let (mut at, mut first, mut runs) = (0, 0_u32, Vec::new());
            while let Some(run) = read_number(bytes.as_ref(), &mut at)
                && let Some(count) = read_number(bytes.as_ref(), &mut at)
            {
                runs.push((first, u32::try_from(count).unwrap_or(u32::MAX)));
                first = first.saturating_add(u32::try_from(run).unwrap_or(u32::MAX));
            }
            runs.push((first, 0));
            runs
        })
    }

    /// Articles that have `term`.
    pub fn count(&self, term: Term) -> u32 {
        let runs = self.counts();
        let run = runs.partition_point(|&(first, _)| first <= term).checked_sub(1);
        run.and_then(|run| runs.get(run)).map_or(0, |&(_, count)| count)
    }

    /// The key of `term`; empty where there is none.
    pub fn key(&self, term: Term) -> &str {
        self.keys().key(term)
    }

    /// Whether some key's folded form is `word`.
    pub fn has(&self, word: &str) -> bool {
        let mut has = self.map().contains_key(word);
        if !has {
            self.whole(word, |_, _| has = true);
        }
        has
    }

    /// Calls `take` with each key whose folded form is `word`.
    pub fn whole(&self, word: &str, take: impl FnMut(Term, &str)) {
        let mut above = word.as_bytes().to_vec();
        above.push(MARK + 1);
        self.range(word.as_bytes(), &above, take);
    }

    /// Calls `take` with each key whose folded form begins with `word` and goes on.
    pub fn longer(&self, word: &str, take: impl FnMut(Term, &str)) {
        let mut from = word.as_bytes().to_vec();
        from.push(MARK + 1);
        let mut above = word.as_bytes().to_vec();
        // No byte of UTF-8 is as large.
        above.push(0xff);
        self.range(&from, &above, take);
    }

    fn range(&self, from: &[u8], above: &[u8], mut take: impl FnMut(Term, &str)) {
        let mut stream = self.map().range().ge(from).lt(above).into_stream();
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
        let keys = self.keys();
        keys.search(word.as_bytes(), |start, key| {
            let form = folded(key);
            // The hit may be the key's beginning, or lie in its spelling: look behind the first letter.
            let second = form.chars().next().map_or(0, char::len_utf8);
            if form.get(second..).is_some_and(|rest| rest.contains(word)) && !form.starts_with(word) {
                return take(keys.term(start), key);
            }
            ControlFlow::Continue(())
        });
    }

    /// Calls `take` with each key whose folded form begins with `word` and goes on, most frequent
    /// first, until told to break. For very short words, which begin too many keys to see them all.
    pub fn longer_by_count(&self, word: &str, mut take: impl FnMut(Term, &str) -> ControlFlow<()>) {
        let keys = self.keys();
        keys.search(&[b"\n", word.as_bytes()].concat(), |start, key| {
            if folded(key).len() > word.len() {
                return take(keys.term(start), key);
            }
            ControlFlow::Continue(())
        });
    }

    /// Calls `take` with each key that has `part` inside its folded form behind at least [`LEAD`]
    /// letters, most frequent first, until told to break.
    pub fn compounds(&self, part: &str, mut take: impl FnMut(Term, &str) -> ControlFlow<()>) {
        let has = |key: &str| {
            let form = folded(key);
            let behind = form.char_indices().nth(LEAD).map_or(form.len(), |(at, _)| at);
            form.get(behind..).is_some_and(|rest| rest.contains(part))
        };
        if let Some(terms) = grams::candidates(&self.runs, part) {
            for term in terms {
                let key = self.key(term);
                if has(key) && take(term, key).is_break() {
                    return;
                }
            }
        } else {
            self.inside(part, |term, key| if has(key) { take(term, key) } else { ControlFlow::Continue(()) });
        }
    }

    /// Calls `take` with each key that `near` accepts and that begins with `first`.
    pub fn near(&self, near: &Near, first: Option<char>, take: impl FnMut(Term, &str)) {
        let mut buffer = [0; 4];
        let first = first.map_or("", |first| first.encode_utf8(&mut buffer));
        walk(self.map().as_fst(), near, first.as_bytes(), take);
    }

    /// All keys in ascending order with their numbers.
    pub fn stream(&self) -> fst::map::Stream<'_> {
        self.map().stream()
    }
}

/// A map without keys.
fn nothing() -> fst::Map<Slice> {
    fst::Map::new(Slice::from(fst::Map::default().into_fst().into_inner())).expect("it was just written")
}

fn hand(key: &[u8], term: u64, take: &mut impl FnMut(Term, &str)) {
    if let (Ok(key), Ok(term)) = (std::str::from_utf8(key), Term::try_from(term)) {
        take(term, key);
    }
}
