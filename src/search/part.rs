//! The bytes of a segment: in memory, or in a file of which a range is read where it is needed.
//!
//! The whole room reads through here, so no damaged file is trusted: what is loaded whole is checked
//! against its sum, what is read in pieces carries sums of its own, and a failure is remembered.

use std::borrow::Cow;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A 64-bit sum that every flipped bit changes; not against malice.
pub(super) fn sum(bytes: &[u8]) -> u64 {
    let mut sum = 0x9e37_79b9_7f4a_7c15_u64 ^ bytes.len() as u64;
    let (eights, rest) = bytes.as_chunks::<8>();
    for eight in eights {
        sum = mixed(sum, u64::from_le_bytes(*eight));
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    sum = mixed(sum, u64::from_le_bytes(last));
    sum ^ sum >> 32
}

fn mixed(sum: u64, eight: u64) -> u64 {
    // An odd factor and a rotation lose nothing, so two texts that differ in one word differ in sum.
    (sum ^ eight).wrapping_mul(0xd6e8_feb8_6659_fd93).rotate_left(29)
}

/// Where the bytes of a segment are.
#[derive(Debug)]
pub(super) struct Medium {
    held: Held,
    damaged: AtomicBool,
}

#[derive(Debug)]
enum Held {
    Memory(Arc<Vec<u8>>),
    #[cfg(unix)]
    File(File),
    #[cfg(not(unix))]
    File(std::sync::Mutex<File>),
}

impl Medium {
    /// Bytes in memory.
    pub fn memory(bytes: Vec<u8>) -> Self {
        Self { held: Held::Memory(Arc::new(bytes)), damaged: AtomicBool::new(false) }
    }

    /// Bytes of an open file that nobody changes.
    pub fn file(file: File) -> Self {
        #[cfg(not(unix))]
        let file = std::sync::Mutex::new(file);
        Self { held: Held::File(file), damaged: AtomicBool::new(false) }
    }

    /// All bytes, where they are in memory.
    pub fn in_memory(&self) -> Option<&[u8]> {
        match &self.held {
            Held::Memory(bytes) => Some(bytes),
            Held::File(_) => None,
        }
    }

    /// Whether something was read that is not what was written.
    pub fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::Relaxed)
    }

    /// Remembers that something was wrong.
    pub fn note_damage(&self) {
        self.damaged.store(true, Ordering::Relaxed);
    }

    /// Length in bytes.
    pub fn len(&self) -> io::Result<u64> {
        match &self.held {
            Held::Memory(bytes) => Ok(bytes.len() as u64),
            #[cfg(unix)]
            Held::File(file) => Ok(file.metadata()?.len()),
            #[cfg(not(unix))]
            Held::File(file) => {
                Ok(file.lock().unwrap_or_else(std::sync::PoisonError::into_inner).metadata()?.len())
            }
        }
    }

    /// The bytes of `range`.
    pub fn read(&self, range: Range<u64>) -> io::Result<Cow<'_, [u8]>> {
        let outside = || io::Error::from(io::ErrorKind::UnexpectedEof);
        let len = usize::try_from(range.end.saturating_sub(range.start)).map_err(|_| outside())?;
        match &self.held {
            Held::Memory(bytes) => {
                let start = usize::try_from(range.start).map_err(|_| outside())?;
                let end = start.checked_add(len).ok_or_else(outside)?;
                bytes.get(start..end).map(Cow::Borrowed).ok_or_else(outside)
            }
            Held::File(file) => {
                let mut bytes = vec![0; len];
                read_at(file, &mut bytes, range.start)?;
                Ok(Cow::Owned(bytes))
            }
        }
    }
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], from: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, from)
}

#[cfg(not(unix))]
fn read_at(file: &std::sync::Mutex<File>, bytes: &mut [u8], from: u64) -> io::Result<()> {
    use std::io::{Read, Seek, SeekFrom};
    let mut file = file.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    file.seek(SeekFrom::Start(from))?;
    file.read_exact(bytes)
}

/// A part of a segment.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub medium: Arc<Medium>,
    pub start: u64,
    pub len: u64,
    /// Sum of all its bytes; not kept of parts that are read in pieces.
    pub sum: u64,
}

impl Part {
    /// A part without bytes.
    pub fn empty(medium: &Arc<Medium>) -> Self {
        Self { medium: Arc::clone(medium), start: 0, len: 0, sum: sum(&[]) }
    }

    /// The whole part, checked; empty where it is damaged.
    pub fn load(&self) -> Slice {
        let loaded = match &self.medium.held {
            Held::Memory(bytes) => self.slice_of(bytes),
            Held::File(_) => self
                .medium
                .read(self.start..self.start.saturating_add(self.len))
                .ok()
                .map(|bytes| Slice::from(bytes.into_owned())),
        };
        if let Some(slice) = loaded
            && sum(slice.as_ref()) == self.sum
        {
            return slice;
        }
        self.medium.note_damage();
        Slice::default()
    }

    fn slice_of(&self, bytes: &Arc<Vec<u8>>) -> Option<Slice> {
        let start = usize::try_from(self.start).ok()?;
        let range = start..start.checked_add(usize::try_from(self.len).ok()?)?;
        bytes.get(range.clone())?;
        Some(Slice { bytes: Arc::clone(bytes), range })
    }

    /// The bytes of `range` of the part, unchecked; empty where they cannot be read.
    pub fn slice(&self, range: Range<u64>) -> Slice {
        if let Held::Memory(bytes) = &self.medium.held
            && let Some(whole) = self.slice_of(bytes)
        {
            let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
            return whole.sub(place(range.start)..place(range.end));
        }
        Slice::from(self.read(range).into_owned())
    }

    /// The bytes of `range` of the part; empty where they cannot be read.
    pub fn read(&self, range: Range<u64>) -> Cow<'_, [u8]> {
        if range.start <= range.end
            && range.end <= self.len
            && let Ok(bytes) = self.medium.read(self.start + range.start..self.start + range.end)
        {
            return bytes;
        }
        self.medium.note_damage();
        Cow::Borrowed(&[])
    }
}

/// Bytes in memory, shared.
#[derive(Clone, Debug, Default)]
pub(super) struct Slice {
    bytes: Arc<Vec<u8>>,
    range: Range<usize>,
}

impl Slice {
    /// The bytes of `range` of it; empty where it has not so many.
    pub fn sub(&self, range: Range<usize>) -> Self {
        let sub = self.range.start.saturating_add(range.start)..self.range.start.saturating_add(range.end);
        if sub.end > self.range.end || sub.start > sub.end {
            return Self::default();
        }
        Self { bytes: Arc::clone(&self.bytes), range: sub }
    }
}

impl From<Vec<u8>> for Slice {
    fn from(bytes: Vec<u8>) -> Self {
        let range = 0..bytes.len();
        Self { bytes: Arc::new(bytes), range }
    }
}

impl AsRef<[u8]> for Slice {
    fn as_ref(&self) -> &[u8] {
        self.bytes.get(self.range.clone()).unwrap_or_default()
    }
}

/// Appends `number`, seven bits a byte, the lowest first.
pub(super) fn write_number(number: u64, bytes: &mut Vec<u8>) {
    let mut rest = number;
    while rest >= 0x80 {
        bytes.push(rest.to_le_bytes()[0] | 0x80);
        rest >>= 7;
    }
    bytes.push(rest.to_le_bytes()[0]);
}

/// The number at `at`, which moves behind it; `None` where the bytes end in it.
pub(super) fn read_number(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut number = 0_u64;
    let mut shift = 0;
    loop {
        let byte = *bytes.get(*at)?;
        *at += 1;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
        shift = (shift + 7).min(63);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_changed_byte_changes_the_sum(bytes in prop::collection::vec(any::<u8>(), 1..40), at in any::<prop::sample::Index>(), flip in 1..=255_u8) {
            let mut other = bytes.clone();
            other[at.index(bytes.len())] ^= flip;
            prop_assert_ne!(sum(&bytes), sum(&other));
        }

        #[test]
        fn numbers_read_back_as_written(numbers in prop::collection::vec(prop_oneof![0..300_u64, any::<u64>()], 0..20)) {
            let mut bytes = Vec::new();
            for number in &numbers {
                write_number(*number, &mut bytes);
            }
            let mut at = 0;
            for number in numbers {
                prop_assert_eq!(read_number(&bytes, &mut at), Some(number));
            }
            prop_assert_eq!(read_number(&bytes, &mut at), None);
        }
    }
}
