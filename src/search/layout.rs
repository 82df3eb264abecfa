//! The form of a segment's file: parts one behind the other, then a directory of them.
//!
//! All numbers are little-endian. A directory entry is the part's tag, place, length and sum; the
//! last bytes of the file lead to the directory, so a file is written in one go and a cut one is
//! recognised by its end.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use super::part::{Medium, Part, sum};

/// Number of this form; another number is another program's.
pub(super) const FORM: u32 = 4;
const MAGIC: [u8; 8] = *b"lsrtpart";
/// Directory's place, length and sum; words of all articles; form; magic.
const END_BYTES: u64 = 8 + 8 + 8 + 8 + 4 + 8;
const ENTRY_BYTES: usize = 2 + 8 + 8 + 8;
/// A directory has some forty entries; more is no directory.
const MAX_DIRECTORY: u64 = 1 << 16;

/// Which part: a dictionary and what of it, or the articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Tag(u16);

/// What of a dictionary.
#[derive(Clone, Copy, Debug)]
#[repr(u16)]
pub(super) enum Piece {
    /// Keys in sorted order with their terms, in blocks.
    Blocks,
    /// Keys in the order of terms, in chunks.
    Keys,
    /// How many terms have how many articles.
    Counts,
    /// Lengths of the lists.
    ListLengths,
    /// Lists of postings.
    Lists,
    /// Names, sorted.
    Names,
    /// Lengths of the lists of articles of names.
    ArticleLengths,
    /// Lists of articles of names.
    Articles,
    /// Lengths of the lists of keys by runs of letters.
    RunLengths,
    /// Lists of keys by runs of letters.
    Runs,
    /// Lengths of the blocks.
    BlockLengths,
    /// First keys of the blocks.
    BlockHeads,
    /// Lengths of the chunks of keys.
    KeyLengths,
}

impl Tag {
    /// What is kept of each article beside its words.
    pub const CARDS: Self = Self(0xff00);

    /// A piece of a dictionary.
    pub fn of(dictionary: u16, piece: Piece) -> Self {
        Self(dictionary << 8 | piece as u16)
    }
}

/// A segment while it is written.
pub(super) struct Writer<W> {
    out: W,
    at: u64,
    entries: Vec<u8>,
}

impl<W: Write> Writer<W> {
    pub fn new(out: W) -> Self {
        Self { out, at: 0, entries: Vec::new() }
    }

    /// Writes a part that is loaded whole.
    pub fn part(&mut self, tag: Tag, bytes: &[u8]) -> io::Result<()> {
        let start = self.at;
        self.piece(bytes)?;
        self.close(tag, start, sum(bytes));
        Ok(())
    }

    /// Where a part begins whose bytes follow by [`Writer::piece`], until [`Writer::close_pieces`].
    pub fn open_pieces(&self) -> u64 {
        self.at
    }

    /// Writes a piece of a part.
    pub fn piece(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.at += bytes.len() as u64;
        Ok(())
    }

    /// Ends a part that is read in pieces.
    pub fn close_pieces(&mut self, tag: Tag, start: u64) {
        self.close(tag, start, 0);
    }

    fn close(&mut self, tag: Tag, start: u64, sum: u64) {
        self.entries.extend(tag.0.to_le_bytes());
        for number in [start, self.at - start, sum] {
            self.entries.extend(number.to_le_bytes());
        }
    }

    /// Writes the directory; `words` of all articles together. Gives the sink back.
    pub fn finish(mut self, words: u64) -> io::Result<W> {
        let mut end = std::mem::take(&mut self.entries);
        let (place, length, entries) = (self.at, end.len() as u64, sum(&end));
        for number in [place, length, entries ^ words, words] {
            end.extend(number.to_le_bytes());
        }
        end.extend(FORM.to_le_bytes());
        end.extend(MAGIC);
        self.out.write_all(&end)?;
        Ok(self.out)
    }
}

/// The parts of a segment.
#[derive(Debug)]
pub(super) struct Directory {
    pub medium: Arc<Medium>,
    /// Words of all articles together.
    pub words: u64,
    /// Sum of the directory: tells one file from another.
    pub sum: u64,
    parts: BTreeMap<Tag, Part>,
}

impl Directory {
    /// Reads the directory of a segment.
    ///
    /// # Errors
    /// Where the bytes are cut, damaged, or of another form.
    pub fn read(medium: Medium) -> io::Result<Self> {
        let broken = || io::Error::from(io::ErrorKind::InvalidData);
        let medium = Arc::new(medium);
        let length = medium.len()?;
        let end_at = length.checked_sub(END_BYTES).ok_or_else(broken)?;
        let end = medium.read(end_at..length)?.into_owned();
        let number = |at: usize| end.get(at..at + 8).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes);
        let [Some(place), Some(entries_length), Some(entries_sum), Some(words)] =
            [number(0), number(8), number(16), number(24)]
        else {
            return Err(broken());
        };
        let closes = end.get(32..36) == Some(&FORM.to_le_bytes()) && end.get(36..) == Some(&MAGIC);
        if !closes || entries_length > MAX_DIRECTORY || place.checked_add(entries_length) != Some(end_at) {
            return Err(broken());
        }
        let entries = medium.read(place..end_at)?.into_owned();
        if sum(&entries) ^ words != entries_sum {
            return Err(broken());
        }
        let mut parts = BTreeMap::new();
        for entry in entries.chunks_exact(ENTRY_BYTES) {
            let number = |at: usize| {
                entry.get(at..at + 8).and_then(|b| b.try_into().ok()).map_or(0, u64::from_le_bytes)
            };
            let tag = Tag(u16::from_le_bytes([entry[0], entry[1]]));
            let part =
                Part { medium: Arc::clone(&medium), start: number(2), len: number(10), sum: number(18) };
            if part.start.checked_add(part.len).is_none_or(|end| end > place) {
                return Err(broken());
            }
            parts.insert(tag, part);
        }
        Ok(Self { medium, words, sum: entries_sum, parts })
    }

    /// A part; empty where the segment has none of it.
    pub fn part(&self, tag: Tag) -> Part {
        self.parts.get(&tag).cloned().unwrap_or_else(|| Part::empty(&self.medium))
    }
}
