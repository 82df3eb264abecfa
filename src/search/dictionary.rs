//! A vocabulary with the articles of each of its words, and how one is built.

use std::io::{self, Write};

use super::bulk::Weigher;
use super::layout::{Directory, Piece, Tag, Writer};
use super::postings::{List, Place, Posting, Postings, write_lists};
use super::quick::hash;
use super::vocabulary::{Sorted, Vocabulary};

/// Words with their postings.
#[derive(Debug)]
pub(super) struct Dictionary {
    /// The words.
    pub vocabulary: Vocabulary,
    /// Their articles, by term.
    pub postings: Postings,
}

impl Dictionary {
    /// The dictionary of this number in a segment.
    pub fn new(directory: &Directory, number: u16) -> Self {
        let part = |piece| directory.part(Tag::of(number, piece));
        Self {
            vocabulary: Vocabulary::new(directory, number),
            postings: Postings::new(part(Piece::ListLengths), part(Piece::Lists)),
        }
    }
}

/// Writes a dictionary; `fill` writes the list of the key at a place of `sorted`.
pub(super) fn write<W: Write>(
    out: &mut Writer<W>,
    dictionary: u16,
    sorted: &Sorted,
    mut fill: impl FnMut(usize, &mut List),
) -> io::Result<()> {
    let by_number = sorted.write(out, dictionary)?;
    let tags = [Tag::of(dictionary, Piece::ListLengths), Tag::of(dictionary, Piece::Lists)];
    write_lists(out, tags, by_number.len(), |number, list| fill(by_number[number] as usize, list))
}

/// Keys with postings while they grow: keys in any order, articles ascending.
#[derive(Debug, Default)]
pub(super) struct Growing {
    /// All keys in the order of their numbers.
    text: String,
    ends: Vec<u32>,
    hashes: Vec<u32>,
    /// Number of a key, from 1, at its hash or the next free place; a power of two long.
    table: Vec<u32>,
    /// One entry an article and key: number and place, and both counts.
    entries: Vec<(u32, Place)>,
    counts: Vec<u8>,
}

impl Growing {
    /// The number of `key` while growing; new keys get the next.
    pub fn number(&mut self, key: &str) -> u32 {
        if self.ends.len() * 2 >= self.table.len() {
            self.grow();
        }
        let hash = u32::try_from(hash(key.as_bytes()) >> 32).unwrap_or_default();
        let mut slot = self.slot(hash);
        while let Some(number) = self.table[slot].checked_sub(1) {
            if self.hashes[number as usize] == hash && self.key(number) == key {
                return number;
            }
            slot = (slot + 1) & (self.table.len() - 1);
        }
        self.text.push_str(key);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        self.hashes.push(hash);
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.table[slot] = number;
        number - 1
    }

    fn slot(&self, hash: u32) -> usize {
        hash as usize & (self.table.len() - 1)
    }

    fn grow(&mut self) {
        self.table = vec![0; (self.table.len() * 2).max(64)];
        for (number, &hash) in (1..).zip(&self.hashes) {
            let mut slot = hash as usize & (self.table.len() - 1);
            while self.table[slot] != 0 {
                slot = (slot + 1) & (self.table.len() - 1);
            }
            self.table[slot] = number;
        }
    }

    fn key(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.text.get(start..self.ends[number] as usize).unwrap_or_default()
    }

    /// Adds an article to a number given before.
    pub fn push(&mut self, number: u32, posting: Posting) {
        self.entries.push((number, posting.place));
        self.counts.push(posting.counts());
    }

    /// About how much memory it takes.
    pub fn bytes(&self) -> usize {
        self.text.len() + self.ends.len() * 16 + self.counts.len() * 9
    }

    /// Weighs the articles by its words.
    pub fn weigh(&self, weigher: &mut Weigher) {
        let mut articles = vec![0_u32; self.ends.len()];
        for &(number, _) in &self.entries {
            articles[number as usize] += 1;
        }
        let worths: Vec<f32> = articles.into_iter().map(|count| weigher.worth(count)).collect();
        for (&(number, place), &counts) in self.entries.iter().zip(&self.counts) {
            weigher.take(Posting::new(place, counts), worths[number as usize]);
        }
    }

    /// What it holds in the order of its keys.
    pub fn ordered(&self) -> Ordered<'_> {
        let mut order: Vec<u32> = (0..).take(self.ends.len()).collect();
        order.sort_unstable_by_key(|&number| self.key(number));
        let mut starts = vec![0_u32; self.ends.len() + 1];
        for &(number, _) in &self.entries {
            starts[number as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut free = starts.clone();
        let mut places = vec![0; self.entries.len()];
        let mut counts = vec![0; self.entries.len()];
        for (&(number, place), &count) in self.entries.iter().zip(&self.counts) {
            let at = free[number as usize] as usize;
            free[number as usize] += 1;
            places[at] = place;
            counts[at] = count;
        }
        Ordered { growing: self, order, starts, places, counts }
    }

    /// Writes it as a dictionary.
    pub fn write<W: Write>(&self, out: &mut Writer<W>, dictionary: u16) -> io::Result<()> {
        let ordered = self.ordered();
        let mut sorted = Sorted::default();
        for at in 0..ordered.len() {
            sorted.push(ordered.key(at), ordered.count(at));
        }
        write(out, dictionary, &sorted, |at, list| ordered.fill(at, list))
    }
}

/// Keys in ascending order with their postings.
pub(super) struct Ordered<'a> {
    growing: &'a Growing,
    order: Vec<u32>,
    starts: Vec<u32>,
    places: Vec<Place>,
    counts: Vec<u8>,
}

impl Ordered<'_> {
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// The key at a place in this order.
    pub fn key(&self, at: usize) -> &str {
        self.growing.key(self.order[at])
    }

    fn range(&self, at: usize) -> std::ops::Range<usize> {
        let number = self.order[at] as usize;
        self.starts[number] as usize..self.starts[number + 1] as usize
    }

    fn count(&self, at: usize) -> u32 {
        u32::try_from(self.range(at).len()).unwrap_or(u32::MAX)
    }

    /// Writes its postings.
    pub fn fill(&self, at: usize, list: &mut List) {
        let range = self.range(at);
        for (&place, &counts) in self.places[range.clone()].iter().zip(&self.counts[range]) {
            list.push(Posting::new(place, counts));
        }
    }
}
