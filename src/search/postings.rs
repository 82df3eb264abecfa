//! Which articles have a word, how often, and whether in the title: compressed lists.
//!
//! A posting is the step from the article before, doubled, plus 1 where the word stands once and not
//! in the title; else a byte of counts follows. Two bytes of sum end each list.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::OnceLock;

use super::layout::{Tag, Writer};
use super::part::{Part, read_number, write_number};

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
/// Counts of a word that stands once and not in the title.
const PLAIN: u8 = 1;
/// Of the sum at the end of a list.
const SUM_BYTES: usize = 2;
/// Bytes of neighbouring lists that are read at once.
const MAX_AT_ONCE: u64 = 1 << 16;
/// Lists between two remembered places.
const STRIDE: usize = 32;

/// The sum at the end of a list (Fletcher 1982, modulo 255): any one flipped bit changes it, which
/// two bytes of a longer sum would not see to.
fn list_sum(bytes: &[u8]) -> [u8; SUM_BYTES] {
    // Eight bytes at a time: of each the sum grows by what the later ones are weighed.
    const AT_ONCE: usize = 8;
    // So many overflow neither number.
    const MAX: usize = 512;
    let (eights, rest) = bytes.as_chunks::<AT_ONCE>();
    let (mut once, mut twice) = (1_u32, 0_u32);
    for part in eights.chunks(MAX) {
        for eight in part {
            let (mut plain, mut weighed) = (0_u32, 0_u32);
            for (&byte, weight) in eight.iter().zip([8, 7, 6, 5, 4, 3, 2, 1]) {
                plain += u32::from(byte);
                weighed += u32::from(byte) * weight;
            }
            twice += once * 8 + weighed;
            once += plain;
        }
        once %= 255;
        twice %= 255;
    }
    for &byte in rest {
        once += u32::from(byte);
        twice += once;
    }
    [once % 255, twice % 255].map(|sum| u8::try_from(sum).unwrap_or(u8::MAX))
}

impl Posting {
    /// Both counts in a byte.
    pub fn counts(self) -> u8 {
        self.count.min(MAX_COUNT) | self.title.min(MAX_TITLE) << 6
    }

    /// From a place and both counts in a byte.
    pub fn new(place: Place, counts: u8) -> Self {
        Self { place, count: counts & MAX_COUNT, title: counts >> 6 }
    }
}

/// A list being written.
#[derive(Debug, Default)]
pub(super) struct List {
    bytes: Vec<u8>,
    last: Place,
}

impl List {
    /// Adds an article; its place must not lie before the last one's.
    pub fn push(&mut self, posting: Posting) {
        let counts = posting.counts();
        let step = u64::from(posting.place.saturating_sub(self.last)) << 1;
        write_number(step | u64::from(counts == PLAIN), &mut self.bytes);
        if counts != PLAIN {
            self.bytes.push(counts);
        }
        self.last = posting.place;
    }

    /// The finished bytes; the list is empty again.
    fn close(&mut self, take: impl FnOnce(&[u8]) -> io::Result<()>) -> io::Result<()> {
        if !self.bytes.is_empty() {
            let sum = list_sum(&self.bytes);
            self.bytes.extend(sum);
        }
        take(&self.bytes)?;
        self.bytes.clear();
        self.last = 0;
        Ok(())
    }
}

/// Writes `count` lists as the parts `lengths` and `lists`; `fill` is called for each in turn.
pub(super) fn write_lists<W: Write>(
    out: &mut Writer<W>,
    tags: [Tag; 2],
    count: usize,
    mut fill: impl FnMut(usize, &mut List),
) -> io::Result<()> {
    let [lengths_tag, lists_tag] = tags;
    let start = out.open_pieces();
    let mut lengths = Vec::with_capacity(count);
    let mut list = List::default();
    for number in 0..count {
        fill(number, &mut list);
        list.close(|bytes| {
            write_number(bytes.len() as u64, &mut lengths);
            out.piece(bytes)
        })?;
    }
    out.close_pieces(lists_tag, start);
    out.part(lengths_tag, &lengths)
}

/// Lists of postings, by number.
#[derive(Debug)]
pub(super) struct Postings {
    lengths: Part,
    lists: Part,
    places: OnceLock<Places>,
}

/// Where the lists are.
#[derive(Debug, Default)]
struct Places {
    lengths: super::part::Slice,
    /// Of every [`STRIDE`]th list: its place, and that of its length.
    known: Vec<(u64, u32)>,
    /// Number of lists.
    len: usize,
}

impl Places {
    fn new(lengths: super::part::Slice) -> Self {
        let mut known = Vec::new();
        let (mut at, mut place, mut len) = (0, 0_u64, 0_usize);
        let bytes = lengths.as_ref();
        loop {
            if len.is_multiple_of(STRIDE) {
                known.push((place, u32::try_from(at).unwrap_or(u32::MAX)));
            }
            let Some(length) = read_number(bytes, &mut at) else { break };
            place = place.saturating_add(length);
            len += 1;
        }
        Self { lengths, known, len }
    }

    fn of(&self, number: u32) -> Option<std::ops::Range<u64>> {
        let number = number as usize;
        let &(mut place, at) = self.known.get(number / STRIDE)?;
        let mut at = at as usize;
        let bytes = self.lengths.as_ref();
        for _ in 0..number % STRIDE {
            place = place.checked_add(read_number(bytes, &mut at)?)?;
        }
        Some(place..place.checked_add(read_number(bytes, &mut at)?)?)
    }
}

/// Ranges of lists that are asked for in order: of neighbours the second follows from the first.
struct Lengths<'a> {
    places: &'a Places,
    /// Next list, where it begins, and where its length stands.
    next: (u32, u64, usize),
}

impl<'a> Lengths<'a> {
    fn new(places: &'a Places) -> Self {
        Self { places, next: (0, 0, 0) }
    }

    fn range(&mut self, number: u32) -> Option<std::ops::Range<u64>> {
        let (mut next, mut start, mut at) = self.next;
        if number < next || (number - next) as usize > STRIDE {
            let known = number as usize / STRIDE;
            let &(place, length) = self.places.known.get(known)?;
            (next, start, at) = (u32::try_from(known * STRIDE).ok()?, place, length as usize);
        }
        let bytes = self.places.lengths.as_ref();
        while next < number {
            start = start.checked_add(read_number(bytes, &mut at)?)?;
            next += 1;
        }
        let end = start.checked_add(read_number(bytes, &mut at)?)?;
        self.next = (next + 1, end, at);
        Some(start..end)
    }
}

impl Postings {
    /// The lists that [`write_lists`] wrote.
    pub fn new(lengths: Part, lists: Part) -> Self {
        Self { lengths, lists, places: OnceLock::new() }
    }

    fn places(&self) -> &Places {
        self.places.get_or_init(|| Places::new(self.lengths.load()))
    }

    fn range(&self, number: u32) -> Option<std::ops::Range<u64>> {
        self.places().of(number)
    }

    /// Number of lists.
    pub fn len(&self) -> usize {
        self.places().len
    }

    /// Length of a list in bytes.
    pub fn bytes_of(&self, number: u32) -> u64 {
        self.range(number).map_or(0, |range| range.end - range.start)
    }

    /// Calls `take` with the list of each of `numbers`, ascending, and its place among them. Lists
    /// that lie behind each other are read at once: words of one beginning often do, where few
    /// articles have them.
    pub fn each(&self, numbers: &[u32], mut take: impl FnMut(usize, Entries<'_>)) {
        let mut lengths = Lengths::new(self.places());
        let mut at = 0;
        let mut ends = Vec::new();
        while let Some(&number) = numbers.get(at) {
            let Some(first) = lengths.range(number) else {
                at += 1;
                continue;
            };
            let mut end = first.end;
            ends.clear();
            ends.push(end);
            while end - first.start < MAX_AT_ONCE
                && let Some(next) = numbers.get(at + ends.len()).and_then(|&next| lengths.range(next))
                && next.start == end
            {
                end = next.end;
                ends.push(end);
            }
            let bytes = self.lists.read(first.start..end);
            let mut start = 0;
            for &end in &ends {
                let end = usize::try_from(end - first.start).unwrap_or(usize::MAX);
                let list = bytes.get(start..end).unwrap_or_default();
                take(at, self.checked(Cow::Borrowed(list)).iter());
                start = end;
                at += 1;
            }
        }
    }

    /// The list of `number`, places ascending; empty where there is none or it is damaged.
    pub fn of(&self, number: u32) -> Found<'_> {
        let Some(range) = self.range(number) else { return Found::default() };
        self.checked(self.lists.read(range))
    }

    fn checked<'a>(&self, bytes: Cow<'a, [u8]>) -> Found<'a> {
        if bytes.is_empty() {
            return Found::default();
        }
        let end = bytes.len().saturating_sub(SUM_BYTES);
        if bytes.get(..end).map(list_sum).as_ref().map(<[u8; SUM_BYTES]>::as_slice) != bytes.get(end..) {
            self.lists.medium.note_damage();
            return Found::default();
        }
        Found { bytes }
    }
}

/// Reads many lists, in nearly any order, with few reads of the file.
pub(super) struct Ahead<'a> {
    postings: &'a Postings,
    /// Blocks of the file by the last digits of their number.
    blocks: Vec<Option<(u64, Vec<u8>)>>,
}

/// Bytes of a block.
const BLOCK: u64 = 1 << 13;
/// Blocks kept. Lists come by the number of articles in all merged segments, so those of one segment
/// are taken from a few dozen places by turns.
const BLOCKS: usize = 256;

impl<'a> Ahead<'a> {
    pub fn new(postings: &'a Postings) -> Self {
        Self { postings, blocks: vec![None; BLOCKS] }
    }

    /// The list of `number`, as [`Postings::of`].
    pub fn of(&mut self, number: u32) -> Found<'_> {
        let Some(range) = self.postings.range(number) else { return Found::default() };
        let lists = &self.postings.lists;
        let block = range.start / BLOCK;
        if lists.medium.in_memory().is_some() || range.end > (block + 1) * BLOCK {
            return self.postings.checked(lists.read(range));
        }
        let start = block * BLOCK;
        let at = usize::try_from(block).unwrap_or_default() % BLOCKS;
        let slot = &mut self.blocks[at];
        if slot.as_ref().is_none_or(|(held, _)| *held != block) {
            *slot = Some((block, lists.read(start..lists.len.min(start + BLOCK)).into_owned()));
        }
        let place = |place: u64| usize::try_from(place - start).unwrap_or(usize::MAX);
        let bytes = slot.as_ref().and_then(|(_, bytes)| bytes.get(place(range.start)..place(range.end)));
        self.postings.checked(Cow::Borrowed(bytes.unwrap_or_default()))
    }
}

/// A list that was read.
#[derive(Debug, Default)]
pub(super) struct Found<'a> {
    bytes: Cow<'a, [u8]>,
}

impl Found<'_> {
    /// Its postings, places ascending.
    pub fn iter(&self) -> Entries<'_> {
        let end = self.bytes.len().saturating_sub(SUM_BYTES);
        Entries { bytes: self.bytes.get(..end).unwrap_or_default().iter(), place: 0 }
    }
}

/// The postings of a list.
pub(super) struct Entries<'a> {
    bytes: std::slice::Iter<'a, u8>,
    place: Place,
}

impl Iterator for Entries<'_> {
    type Item = Posting;

    #[inline]
    fn next(&mut self) -> Option<Posting> {
        let first = *self.bytes.next()?;
        let mut step = u64::from(first & 0x7f);
        if first >= 0x80 {
            let mut shift = 7;
            loop {
                let byte = *self.bytes.next()?;
                step |= u64::from(byte & 0x7f) << shift;
                if byte < 0x80 {
                    break;
                }
                shift = (shift + 7).min(63);
            }
        }
        self.place = self.place.wrapping_add(u32::try_from(step >> 1).unwrap_or(u32::MAX));
        if step & 1 == 1 {
            return Some(Posting { place: self.place, count: PLAIN, title: 0 });
        }
        Some(Posting::new(self.place, *self.bytes.next()?))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::layout::{Directory, Piece};
    use super::super::part::Medium;
    use super::*;

    fn written(lists: &[Vec<Posting>]) -> Vec<u8> {
        let mut out = Writer::new(Vec::new());
        let tags = [Tag::of(0, Piece::ListLengths), Tag::of(0, Piece::Lists)];
        write_lists(&mut out, tags, lists.len(), |n, list| lists[n].iter().for_each(|p| list.push(*p)))
            .unwrap();
        out.finish(0).unwrap()
    }

    fn postings(bytes: Vec<u8>) -> Option<Postings> {
        let directory = Directory::read(Medium::memory(bytes)).ok()?;
        let part = |piece| directory.part(Tag::of(0, piece));
        Some(Postings::new(part(Piece::ListLengths), part(Piece::Lists)))
    }

    fn lists() -> impl Strategy<Value = Vec<Vec<Posting>>> {
        let list =
            prop::collection::btree_map(prop_oneof![0..500_u32, any::<u32>()], (0..64_u8, 0..4_u8), 0..20)
                .prop_map(|l| {
                    l.into_iter().map(|(place, (count, title))| Posting { place, count, title }).collect()
                });
        prop::collection::vec(list, 0..80)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn lists_read_back_as_written(wanted in lists()) {
            let postings = postings(written(&wanted)).unwrap();
            let mut ahead = Ahead::new(&postings);
            let all: Vec<u32> = (0..).take(wanted.len()).filter(|n| n % 7 != 3).collect();
            let mut each = Vec::new();
            postings.each(&all, |at, list| each.push((all[at], list.collect::<Vec<_>>())));
            let straight: Vec<_> = all.iter().map(|&n| (n, wanted[n as usize].clone())).collect();
            prop_assert_eq!(each, straight);
            for (term, list) in (0..).zip(&wanted) {
                prop_assert_eq!(&postings.of(term).iter().collect::<Vec<_>>(), list);
                prop_assert_eq!(&ahead.of(term).iter().collect::<Vec<_>>(), list);
            }
            prop_assert_eq!(postings.of(99).iter().count(), 0);
        }

        #[test]
        fn a_damaged_list_is_noticed(wanted in lists(), at in any::<prop::sample::Index>(), bit in 0..8_u32) {
            let mut bytes = written(&wanted);
            let at = at.index(bytes.len());
            bytes[at] ^= 1_u8 << bit;
            let Some(postings) = postings(bytes) else { return Ok(()) };
            for (term, list) in (0..).zip(&wanted) {
                let found: Vec<Posting> = postings.of(term).iter().collect();
                prop_assert!(found == *list || postings.lists.medium.is_damaged());
            }
        }
    }
}
