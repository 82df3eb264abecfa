//! A part of many chunks that are read one by one, each checked by itself.
//!
//! Small parts are held whole once they are asked; of large ones only some chunks are, so that memory
//! does not grow with the library.

use std::io::{self, Write};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::layout::{Directory, Tag, Writer};
use super::part::{Part, Slice, read_number, sum, write_number};

/// Bytes of the sum behind each chunk.
const SUM_BYTES: usize = 4;
/// Chunks of a large part that are held.
const HELD: usize = 4096;

/// Writes the chunks of a part.
pub(super) struct ChunkWriter {
    start: u64,
    lengths: Vec<u8>,
}

impl ChunkWriter {
    /// Begins a part in `out`; nothing else may be written there before [`ChunkWriter::close`].
    pub fn new<W: Write>(out: &Writer<W>) -> Self {
        Self { start: out.open_pieces(), lengths: Vec::new() }
    }

    /// Writes the next chunk.
    pub fn push<W: Write>(&mut self, out: &mut Writer<W>, chunk: &[u8]) -> io::Result<()> {
        out.piece(chunk)?;
        out.piece(&short_sum(chunk))?;
        write_number(chunk.len() as u64, &mut self.lengths);
        Ok(())
    }

    /// Ends the part, and writes the lengths of its chunks as another one.
    pub fn close<W: Write>(self, out: &mut Writer<W>, chunks: Tag, lengths: Tag) -> io::Result<()> {
        out.close_pieces(chunks, self.start);
        out.part(lengths, &self.lengths)
    }
}

fn short_sum(chunk: &[u8]) -> [u8; SUM_BYTES] {
    u32::try_from(sum(chunk) & u64::from(u32::MAX)).unwrap_or_default().to_le_bytes()
}

/// The chunks of a part, by number.
#[derive(Debug)]
pub(super) struct Chunks {
    part: Part,
    lengths: Part,
    /// Largest part that is held whole, in bytes.
    most_whole: u64,
    /// Where each chunk begins, and where the last one ends.
    places: OnceLock<Vec<u64>>,
    whole: OnceLock<Slice>,
    held: Mutex<Vec<Option<(usize, Slice)>>>,
}

impl Chunks {
    /// The chunks that [`ChunkWriter`] wrote. The part is held whole where it is not larger than
    /// `most_whole` bytes.
    pub fn new(directory: &Directory, chunks: Tag, lengths: Tag, most_whole: u64) -> Self {
        Self {
            part: directory.part(chunks),
            lengths: directory.part(lengths),
            most_whole,
            places: OnceLock::new(),
            whole: OnceLock::new(),
            held: Mutex::default(),
        }
    }

    fn places(&self) -> &[u64] {
        self.places.get_or_init(|| {
            let lengths = self.lengths.load();
            let (mut at, mut place, mut places) = (0, 0_u64, vec![0]);
            while let Some(length) = read_number(lengths.as_ref(), &mut at) {
                place = place.saturating_add(length).saturating_add(SUM_BYTES as u64);
                places.push(place);
            }
            places.shrink_to_fit();
            places
        })
    }

    /// Number of chunks.
    pub fn len(&self) -> usize {
        self.places().len() - 1
    }

    /// A chunk; empty where there is none or it is damaged.
    pub fn get(&self, number: usize) -> Slice {
        let Some(&[from, to]) = self.places().get(number..).and_then(|rest| rest.first_chunk()) else {
            return Slice::default();
        };
        if self.part.len <= self.most_whole || self.part.medium.in_memory().is_some() {
            let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
            return self.whole().sub(place(from)..place(to).saturating_sub(SUM_BYTES));
        }
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.resize(HELD, None);
        let slot = number % HELD;
        if let Some(Some((known, chunk))) = held.get(slot)
            && *known == number
        {
            return chunk.clone();
        }
        let chunk = self.checked(&self.part.slice(from..to));
        if let Some(slot) = held.get_mut(slot) {
            *slot = Some((number, chunk.clone()));
        }
        chunk
    }

    /// All chunks with their sums; empty where one is damaged.
    fn whole(&self) -> &Slice {
        self.whole.get_or_init(|| {
            let whole = self.part.slice(0..self.part.len);
            let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
            let ranges = self.places().iter().zip(self.places().iter().skip(1));
            let mut chunks = ranges.map(|(&from, &to)| whole.sub(place(from)..place(to)));
            if chunks.any(|chunk| self.checked(&chunk).as_ref().is_empty()) {
                Slice::default()
            } else {
                whole
            }
        })
    }

    fn checked(&self, chunk: &Slice) -> Slice {
        let end = chunk.as_ref().len().saturating_sub(SUM_BYTES);
        let bytes = chunk.as_ref();
        if bytes.get(..end).map(short_sum).as_ref().map(<[u8; SUM_BYTES]>::as_slice) == bytes.get(end..) {
            return chunk.sub(0..end);
        }
        self.part.medium.note_damage();
        Slice::default()
    }
}
