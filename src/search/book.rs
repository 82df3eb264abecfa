//! The keys of a vocabulary in order, in blocks: found by search, read on from there.
//!
//! A key is written as the number of bytes it shares with the one before, the bytes that follow, and
//! its term; the first key of a block is written out. The first keys of all blocks are held, the
//! blocks are read where they are needed.

use std::io::{self, Write};
use std::sync::OnceLock;

use super::chunks::{ChunkWriter, Chunks};
use super::layout::{Directory, Piece, Tag, Writer};
use super::part::{Part, Slice, read_number, write_number};
use super::token::MARK;
use super::vocabulary::Term;

/// Keys of a block.
const KEYS: usize = 32;
/// Blocks of a small book.
const SMALL: usize = 1024;
/// Blocks are not held whole: a search comes to few of them.
const MOST_WHOLE: u64 = 0;

/// Writes keys that come in ascending order.
pub(super) struct BookWriter {
    chunks: ChunkWriter,
    block: Vec<u8>,
    keys: usize,
    last: Vec<u8>,
    heads: Vec<u8>,
}

impl BookWriter {
    /// Begins a book in `out`; nothing else may be written there before [`BookWriter::close`].
    pub fn new<W: Write>(out: &Writer<W>) -> Self {
        Self {
            chunks: ChunkWriter::new(out),
            block: Vec::new(),
            keys: 0,
            last: Vec::new(),
            heads: Vec::new(),
        }
    }

    /// Writes the next key.
    pub fn push<W: Write>(&mut self, out: &mut Writer<W>, key: &[u8], term: Term) -> io::Result<()> {
        if self.keys == KEYS {
            self.flush(out)?;
        }
        if self.keys == 0 {
            write_number(key.len() as u64, &mut self.heads);
            self.heads.extend_from_slice(key);
            self.last.clear();
        }
        let shared = shared(&self.last, key);
        let rest = key.get(shared..).unwrap_or_default();
        write_number(shared as u64, &mut self.block);
        write_number(rest.len() as u64, &mut self.block);
        self.block.extend_from_slice(rest);
        write_number(u64::from(term), &mut self.block);
        self.last.clear();
        self.last.extend_from_slice(key);
        self.keys += 1;
        Ok(())
    }

    fn flush<W: Write>(&mut self, out: &mut Writer<W>) -> io::Result<()> {
        if self.keys > 0 {
            self.chunks.push(out, &self.block)?;
            self.block.clear();
            self.keys = 0;
        }
        Ok(())
    }

    /// Ends the book.
    pub fn close<W: Write>(mut self, out: &mut Writer<W>, dictionary: u16) -> io::Result<()> {
        self.flush(out)?;
        let [blocks, lengths, heads] = [Piece::Blocks, Piece::BlockLengths, Piece::BlockHeads];
        self.chunks.close(out, Tag::of(dictionary, blocks), Tag::of(dictionary, lengths))?;
        out.part(Tag::of(dictionary, heads), &self.heads)
    }
}

/// How many bytes both begin with.
pub(super) fn shared(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

/// The keys of a vocabulary in ascending order with their terms.
#[derive(Debug)]
pub(super) struct Book {
    blocks: Chunks,
    heads: Part,
    loaded: OnceLock<Heads>,
}

/// The first keys of all blocks.
#[derive(Debug, Default)]
struct Heads {
    text: Slice,
    /// Where each begins and ends.
    places: Vec<(u32, u32)>,
    /// By the first two bytes of a key: how many blocks begin before all such keys; or nothing.
    before: Vec<u32>,
}

impl Heads {
    fn new(text: Slice) -> Self {
        let mut places = Vec::new();
        let mut at = 0;
        while let Some(length) = read_number(text.as_ref(), &mut at) {
            let end = at.saturating_add(usize::try_from(length).unwrap_or(usize::MAX));
            let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            places.push((number(at), number(end)));
            at = end;
        }
        places.shrink_to_fit();
        let mut heads = Self { text, places, before: Vec::new() };
        let mut block = 0;
        // A small book is searched as quickly without.
        let pairs = (heads.places.len() > SMALL).then_some(0..=u16::MAX);
        for pair in pairs.into_iter().flatten() {
            while block < heads.places.len() && two(heads.get(block)) < pair {
                block += 1;
            }
            heads.before.push(u32::try_from(block).unwrap_or(u32::MAX));
        }
        heads
    }

    fn get(&self, block: usize) -> &[u8] {
        let range = self.places.get(block).map(|&(from, to)| from as usize..to as usize);
        range.and_then(|range| self.text.as_ref().get(range)).unwrap_or_default()
    }

    /// The last block that begins with `key` or before it, or the first one.
    fn block_of(&self, key: &[u8]) -> usize {
        let pair = usize::from(two(key));
        let from = self.before.get(pair).map_or(0, |&block| block as usize);
        let to = self.before.get(pair + 1).map_or(self.places.len(), |&block| block as usize);
        let (mut low, mut high) = (from.saturating_sub(1), to);
        while low + 1 < high {
            let middle = low.midpoint(high);
            if self.get(middle) <= key {
                low = middle;
            } else {
                high = middle;
            }
        }
        low
    }
}

/// The first two bytes of a key as a number that sorts like them.
fn two(key: &[u8]) -> u16 {
    let byte = |at: usize| key.get(at).copied().unwrap_or_default();
    u16::from_be_bytes([byte(0), byte(1)])
}

impl Book {
    /// The book that [`BookWriter`] wrote.
    pub fn new(directory: &Directory, dictionary: u16) -> Self {
        let tag = |piece| Tag::of(dictionary, piece);
        Self {
            blocks: Chunks::new(directory, tag(Piece::Blocks), tag(Piece::BlockLengths), MOST_WHOLE),
            heads: directory.part(tag(Piece::BlockHeads)),
            loaded: OnceLock::new(),
        }
    }

    fn heads(&self) -> &Heads {
        self.loaded.get_or_init(|| Heads::new(self.heads.load()))
    }

    /// Opened before its first key.
    pub fn open(&self) -> Cursor<'_> {
        Cursor {
            book: self,
            block: None,
            bytes: Slice::default(),
            at: 0,
            key: Vec::with_capacity(64),
            form: 0,
            term: 0,
        }
    }
}

/// A place in a book.
pub(super) struct Cursor<'a> {
    book: &'a Book,
    /// The block here; none is read before it is needed.
    block: Option<usize>,
    bytes: Slice,
    at: usize,
    key: Vec<u8>,
    form: usize,
    term: Term,
}

impl Cursor<'_> {
    /// The key here; empty before the first one.
    pub fn key(&self) -> &[u8] {
        &self.key
    }

    /// The key here as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.key).unwrap_or_default()
    }

    /// Bytes of the key's folded form.
    pub fn form_len(&self) -> usize {
        self.form
    }

    /// The term of the key here.
    pub fn term(&self) -> Term {
        self.term
    }

    /// Moves to the next key; whether there is one.
    #[inline]
    pub fn next(&mut self) -> bool {
        while self.at >= self.bytes.as_ref().len() {
            let block = self.block.map_or(0, |block| block + 1);
            if block >= self.book.blocks.len() {
                return false;
            }
            self.turn_to(block);
        }
        self.read().is_some()
    }

    fn read(&mut self) -> Option<()> {
        let bytes = self.bytes.as_ref();
        let mut at = self.at;
        // Where something is damaged the block ends.
        self.at = bytes.len();
        let entry = Entry::read(bytes, &mut at)?;
        self.key.truncate(entry.shared);
        if self.form >= entry.shared {
            let marked = entry.rest.iter().position(|&byte| byte == MARK);
            self.form = entry.shared + marked.unwrap_or(entry.rest.len());
        }
        self.key.extend_from_slice(entry.rest);
        self.term = entry.term;
        self.at = at;
        Some(())
    }

    fn turn_to(&mut self, block: usize) {
        self.block = Some(block);
        self.bytes = self.book.blocks.get(block);
        self.at = 0;
        self.key.clear();
        self.form = 0;
    }

    /// Moves to the first key from here on that is not before `key`; whether there is one.
    pub fn seek(&mut self, key: &[u8]) -> bool {
        if !self.key.is_empty() && self.key.as_slice() >= key {
            return true;
        }
        let block = self.book.heads().block_of(key);
        if self.block.is_none_or(|here| here < block) && block < self.book.blocks.len() {
            self.turn_to(block);
        }
        let known = shared(&self.key, key);
        // Where all of the block lie before it, none of the next does.
        self.leap(key, known).is_some() || self.next()
    }

    /// Moves to the first key of the block behind the present one that is not before `wanted`, of
    /// which the present key has the first `known` bytes; that one lies before it. `None` where there
    /// is none.
    fn leap(&mut self, wanted: &[u8], mut known: usize) -> Option<()> {
        let bytes = self.bytes.as_ref();
        let mut at = self.at;
        self.at = bytes.len();
        loop {
            let entry = Entry::read(bytes, &mut at)?;
            // With more of the key before than that has of `wanted`, it lies on the same side.
            if entry.shared > known {
                continue;
            }
            let tail = wanted.get(known..).unwrap_or_default();
            self.key.truncate(entry.shared);
            self.key.extend_from_slice(entry.rest);
            if entry.shared < known || entry.rest >= tail {
                self.form = self.key.iter().position(|&byte| byte == MARK).unwrap_or(self.key.len());
                self.term = entry.term;
                self.at = at;
                return Some(());
            }
            known += shared(entry.rest, tail);
        }
    }
}

/// A key as it is written.
struct Entry<'a> {
    /// Bytes it has of the key before.
    shared: usize,
    /// Those that follow.
    rest: &'a [u8],
    term: Term,
}

impl<'a> Entry<'a> {
    #[inline]
    fn read(bytes: &'a [u8], at: &mut usize) -> Option<Self> {
        let shared = usize::try_from(read_number(bytes, at)?).ok()?;
        let length = usize::try_from(read_number(bytes, at)?).ok()?;
        let rest = bytes.get(*at..)?.get(..length)?;
        *at += length;
        Some(Self { shared, rest, term: Term::try_from(read_number(bytes, at)?).ok()? })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::super::part::Medium;
    use super::*;

    fn book(keys: &BTreeSet<String>) -> Book {
        let mut out = Writer::new(Vec::new());
        let mut book = BookWriter::new(&out);
        for (term, key) in (0..).zip(keys) {
            book.push(&mut out, key.as_bytes(), term).unwrap();
        }
        book.close(&mut out, 0).unwrap();
        Book::new(&Directory::read(Medium::memory(out.finish(0).unwrap())).unwrap(), 0)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn keys_are_read_in_order_from_any_place(
            keys in prop::collection::btree_set("[a-c\u{1}ä]{1,5}", 0..400),
            mut wanted in prop::collection::vec("[a-cä]{0,4}", 1..12),
        ) {
            let book = book(&keys);
            let mut all = Vec::new();
            let mut cursor = book.open();
            while cursor.next() {
                all.push((cursor.text().to_owned(), cursor.term()));
                let form = cursor.text().split('\u{1}').next().map_or(0, str::len);
                prop_assert_eq!(cursor.form_len(), form);
            }
            prop_assert!(all.iter().map(|(key, _)| key).eq(keys.iter()));
            prop_assert!(all.iter().map(|(_, term)| *term).eq((0..).take(keys.len())));
            wanted.sort();
            let mut forward = book.open();
            for key in &wanted {
                let next = keys.range(key.clone()..).next();
                let mut fresh = book.open();
                for cursor in [&mut fresh, &mut forward] {
                    let found = cursor.seek(key.as_bytes()).then(|| cursor.text());
                    prop_assert_eq!(found, next.map(String::as_str));
                }
            }
        }
    }
}
