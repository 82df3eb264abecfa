//! Embedded word tables: sorted lines, looked up where they lie.
//!
//! A table is the text of a file in `assets/lexicon`: comment lines (`#`) first, then one line an
//! entry, key and fields separated by tabs, sorted by the key's bytes. Nothing is copied; the first
//! question makes a table of places in the file, six to eleven bytes an entry, so that a word costs
//! one look: a search by halves took two fifths of an analysis.

use crate::text::quick::hash;

/// Bits of a place in the file; those above hold part of the key's hash.
const PLACE_BITS: u32 = 24;

/// A table of lines.
#[derive(Clone, Debug)]
pub struct Table {
    /// The lines behind the comments.
    lines: &'static str,
    /// Where a line begins, plus one, and the upper bits of its key's hash; 0 is free. The hash says
    /// where to look first, the next slots follow.
    slots: Box<[u32]>,
}

/// The slot to look at first.
fn first_slot(hash: u64, size: usize) -> usize {
    usize::try_from(hash & (size as u64 - 1)).unwrap_or(0)
}

/// The part of a hash that a slot holds.
fn mark(hash: u64) -> u32 {
    u32::try_from(hash >> 56).unwrap_or(0) << PLACE_BITS
}

impl Table {
    /// The table in the text of a file of less than 16 MB.
    #[must_use]
    pub fn new(file: &'static str) -> Self {
        let mut lines = file;
        while lines.starts_with('#') {
            lines = lines.split_once('\n').map_or("", |(_, rest)| rest);
        }
        // At most three quarters full.
        let size = (lines.lines().count() * 4 / 3 + 1).next_power_of_two();
        let mut slots = vec![0_u32; size].into_boxed_slice();
        let mut start = 0;
        for line in lines.split('\n') {
            let key = line.split('\t').next().unwrap_or(line);
            let place = u32::try_from(start + 1).ok().filter(|p| *p < 1 << PLACE_BITS);
            if let Some(place) = place.filter(|_| !key.is_empty()) {
                let hash = hash(key.as_bytes());
                let mut at = first_slot(hash, size);
                while slots[at] != 0 {
                    at = (at + 1) & (size - 1);
                }
                slots[at] = place | mark(hash);
            }
            start += line.len() + 1;
        }
        Self { lines, slots }
    }

    /// The fields behind `key` (empty where a line is its key only); `None` where it is no key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&'static str> {
        self.entry(key).map(|(_, fields)| fields)
    }

    /// `key` as the table holds it, and the fields behind it.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<(&'static str, &'static str)> {
        let hash = hash(key.as_bytes());
        let mut at = first_slot(hash, self.slots.len());
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                return None;
            }
            if slot >> PLACE_BITS == mark(hash) >> PLACE_BITS {
                let start = (slot & ((1 << PLACE_BITS) - 1)) as usize - 1;
                if let Some(found) = self.line_of(start, key) {
                    return Some(found);
                }
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// Key and fields of the line at `start`, where `key` is its key.
    fn line_of(&self, start: usize, key: &str) -> Option<(&'static str, &'static str)> {
        let line = self.lines.get(start..)?;
        let rest = line.strip_prefix(key)?;
        let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let rest = rest.get(..end)?;
        let fields = if rest.is_empty() { rest } else { rest.strip_prefix('\t')? };
        let key = line.get(..key.len())?;
        (!key.contains('\t')).then_some((key, fields))
    }

    /// Whether `key` is one.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// All keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.lines.lines().map(|line| line.split('\t').next().unwrap_or(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "# what\n# licence\nAb\tx\ty\nAbc\nÄ\tz\n";

    #[test]
    fn finds_first_last_and_middle_lines() {
        let table = Table::new(SMALL);
        assert_eq!(table.get("Ab"), Some("x\ty"));
        assert_eq!(table.get("Abc"), Some(""));
        assert_eq!(table.get("Ä"), Some("z"));
    }

    #[test]
    fn finds_nothing_else() {
        let table = Table::new(SMALL);
        for key in ["", "A", "Abd", "#", "z", "Ab\tx", "Abc\n", "Abc\nÄ"] {
            assert_eq!(table.get(key), None, "{key}");
        }
        assert_eq!(Table::new("").get("Ab"), None);
        assert_eq!(Table::new("# only comments").get("Ab"), None);
    }
}
