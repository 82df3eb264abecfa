//! The dictionary of one segment: every key once, found whole, by beginning, inside, or with slips.
//!
//! A key's number is its place among the keys when the most frequent stands first. So a search
//! inside words walks them in that order and can stop at its first hits, and counts need a few bytes
//! for all.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::sync::OnceLock;

use memchr::memmem::Finder;
use memchr::{memchr, memchr_iter, memrchr};

use super::book::{Book, BookWriter, Cursor};
use super::chunks::{ChunkWriter, Chunks};
use super::grams::{self, LEAD};
use super::layout::{Directory, Piece, Tag, Writer};
use super::near::Near;
use super::part::{Part, read_number, write_number};
use super::postings::Postings;
use super::segment::WORDS;
use super::token::{MARK, folded};
use super::walk::walk;

/// Number of a key in its vocabulary: 0 has most articles.
pub(super) type Term = u32;

/// Keys of a chunk in the order of terms.
const KEYS: usize = 64;
/// Keys in the order of terms are held whole up to so many bytes: candidates for compounds lie all
/// over them. Enough for some hundred thousand articles.
const MOST_WHOLE: u64 = 12 << 20;

/// Keys with the number of articles that have each; read when asked.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// Keys in order with their terms.
    book: Book,
    /// Keys by term, each closed by a line feed, one before the first of each chunk.
    keys: Chunks,
    count_runs: Part,
    counts: OnceLock<Vec<(Term, u32)>>,
    /// Terms by runs of letters, where the segment has them.
    runs: Postings,
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
        let mut keys = ChunkWriter::new(out);
        let mut chunk = Vec::new();
        let mut counts = Vec::new();
        let mut run = 0_u64;
        for (number, &at) in (0..).zip(&by_number) {
            numbers[at as usize] = number;
            if chunk.is_empty() {
                chunk.push(b'\n');
            }
            chunk.extend_from_slice(self.key(at as usize).as_bytes());
            chunk.push(b'\n');
            let next = by_number.get(number as usize + 1);
            if next.is_none() || (number as usize + 1).is_multiple_of(KEYS) {
                keys.push(out, &chunk)?;
                chunk.clear();
            }
            run += 1;
            let count = self.counts[at as usize];
            if next.map(|&next| self.counts[next as usize]) != Some(count) {
                write_number(run, &mut counts);
                write_number(u64::from(count), &mut counts);
                run = 0;
            }
        }
        keys.close(out, Tag::of(dictionary, Piece::Keys), Tag::of(dictionary, Piece::KeyLengths))?;
        out.part(Tag::of(dictionary, Piece::Counts), &counts)?;
        let mut book = BookWriter::new(out);
        for (at, &number) in numbers.iter().enumerate() {
            book.push(out, self.key(at).as_bytes(), number)?;
        }
        book.close(out, dictionary)?;
        if dictionary == WORDS {
            let forms = by_number.iter().map(|&at| folded(self.key(at as usize)));
            grams::write(out, dictionary, self.len(), forms)?;
        }
        Ok(by_number)
    }
}

impl Vocabulary {
    /// The vocabulary that [`Sorted::write`] wrote.
    pub fn new(directory: &Directory, dictionary: u16) -> Self {
        let tag = |piece| Tag::of(dictionary, piece);
        Self {
            book: Book::new(directory, dictionary),
            keys: Chunks::new(directory, tag(Piece::Keys), tag(Piece::KeyLengths), MOST_WHOLE),
            count_runs: directory.part(tag(Piece::Counts)),
            counts: OnceLock::new(),
            runs: Postings::new(directory.part(tag(Piece::RunLengths)), directory.part(tag(Piece::Runs))),
        }
    }

    /// First number and count of each run of equal counts.
    fn counts(&self) -> &[(Term, u32)] {
        self.counts.get_or_init(|| {
            let bytes = self.count_runs.load();
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
    pub fn key(&self, term: Term) -> String {
        self.with_key(term, str::to_owned)
    }

    fn with_key<T>(&self, term: Term, take: impl FnOnce(&str) -> T) -> T {
        let chunk = self.keys.get(term as usize / KEYS);
        let text = chunk.as_ref();
        let mut ends = memchr_iter(b'\n', text).skip(term as usize % KEYS);
        let range = ends.next().and_then(|start| Some(start + 1..ends.next()?));
        take(range.and_then(|range| std::str::from_utf8(text.get(range)?).ok()).unwrap_or_default())
    }

    /// Whether some key's folded form is `word`.
    pub fn has(&self, word: &str) -> bool {
        let mut cursor = self.book.open();
        cursor.seek(word.as_bytes()) && is_form(&cursor, word.as_bytes())
    }

    /// Calls `take` with each key whose folded form is `word`.
    pub fn whole(&self, word: &str, mut take: impl FnMut(Term, &str)) {
        let mut cursor = self.book.open();
        let mut is_there = cursor.seek(word.as_bytes());
        while is_there && is_form(&cursor, word.as_bytes()) {
            take(cursor.term(), cursor.text());
            is_there = cursor.next();
        }
    }

    /// Calls `take` with each key whose folded form begins with `word` and goes on.
    pub fn longer(&self, word: &str, mut take: impl FnMut(&Cursor<'_>)) {
        let mut cursor = self.book.open();
        let mut is_there = cursor.seek(&[word.as_bytes(), &[MARK + 1]].concat());
        while is_there && cursor.key().starts_with(word.as_bytes()) {
            take(&cursor);
            is_there = cursor.next();
        }
    }

    /// Calls `take` with each key that has `word` inside its folded form but not at its beginning,
    /// most frequent first, until told to break.
    pub fn inside(&self, word: &str, mut take: impl FnMut(Term, &str) -> ControlFlow<()>) {
        if word.is_empty() {
            return;
        }
        self.search(word.as_bytes(), |key, term| {
            let form = folded(key);
            // The hit may be the key's beginning, or lie in its spelling: look behind the first letter.
            let second = form.chars().next().map_or(0, char::len_utf8);
            if form.get(second..).is_some_and(|rest| rest.contains(word)) && !form.starts_with(word) {
                return take(term(), key);
            }
            ControlFlow::Continue(())
        });
    }

    /// Calls `take` with each key whose folded form begins with `word` and goes on, most frequent
    /// first, until told to break. For very short words, which begin too many keys to see them all.
    pub fn longer_by_count(&self, word: &str, mut take: impl FnMut(Term, &str) -> ControlFlow<()>) {
        self.search(&[b"\n", word.as_bytes()].concat(), |key, term| {
            if folded(key).len() > word.len() {
                return take(term(), key);
            }
            ControlFlow::Continue(())
        });
    }

    /// Calls `take` with each key that has `what`, by term, and what tells the term.
    fn search(&self, what: &[u8], mut take: impl FnMut(&str, &dyn Fn() -> Term) -> ControlFlow<()>) {
        let finder = Finder::new(what);
        for number in 0..self.keys.len() {
            let chunk = self.keys.get(number);
            let text = chunk.as_ref();
            let mut at = 0;
            while let Some(found) = text.get(at..).and_then(|rest| finder.find(rest)) {
                // The hit may begin with the line feed before its key.
                let hit = at + found + usize::from(what.first() == Some(&b'\n'));
                let before = text.get(..hit).unwrap_or_default();
                let start = memrchr(b'\n', before).map_or(0, |end| end + 1);
                let Some(length) = text.get(hit..).and_then(|rest| memchr(b'\n', rest)) else { break };
                let end = hit + length;
                let key = text.get(start..end).and_then(|k| std::str::from_utf8(k).ok()).unwrap_or_default();
                let term = || {
                    let ends = memchr_iter(b'\n', text.get(..start).unwrap_or_default()).count();
                    u32::try_from(number * KEYS + ends.saturating_sub(1)).unwrap_or(u32::MAX)
                };
                if take(key, &term).is_break() {
                    return;
                }
                at = end;
            }
        }
    }

    /// Calls `take` with each key that has `part` inside its folded form behind at least [`LEAD`]
    /// letters, most frequent first, until told to break.
    pub fn compounds(&self, part: &str, mut take: impl FnMut(Term, &str) -> ControlFlow<()>) {
        let has = |key: &str| {
            let form = folded(key);
            let behind = form.char_indices().nth(LEAD).map_or(form.len(), |(at, _)| at);
            form.get(behind..).is_some_and(|rest| rest.contains(part))
        };
        let mut take = |term, key: &str| if has(key) { take(term, key) } else { ControlFlow::Continue(()) };
        if let Some(terms) = grams::candidates(&self.runs, part) {
            for term in terms {
                if self.with_key(term, |key| take(term, key)).is_break() {
                    return;
                }
            }
        } else {
            self.inside(part, take);
        }
    }

    /// Calls `take` with each key that `near` accepts and that begins with `first`.
    pub fn near(&self, near: &Near, first: Option<char>, take: impl FnMut(Term, &str)) {
        let mut buffer = [0; 4];
        let first = first.map_or("", |first| first.encode_utf8(&mut buffer));
        walk(&self.book, near, first.as_bytes(), take);
    }

    /// All keys in ascending order with their terms.
    pub fn open(&self) -> Cursor<'_> {
        self.book.open()
    }
}

/// Whether `word` is the folded form of the key here.
fn is_form(cursor: &Cursor<'_>, word: &[u8]) -> bool {
    cursor.form_len() == word.len() && cursor.key().starts_with(word)
}
