//! Walks a dictionary for the words within a few slips of a typed one.
//!
//! A slip is a letter too many, too few, another one, or two neighbours swapped (optimal string
//! alignment). The states are sets of positions in the typed word, one bit each and one set a
//! number of slips, so a step costs a few word operations (Wu and Manber 1992, with swaps added).

use super::token::MARK;

/// Most slips that are looked for.
pub(super) const MAX_SLIPS: usize = 2;
/// Longest word in characters: one bit each and one for the end.
const MAX_CHARS: usize = 62;

/// Accepts the keys whose folded form is within `slips` of the word.
pub(super) struct Near {
    /// Positions of each ASCII character.
    ascii: [u64; 128],
    /// Positions of other characters.
    others: Vec<(char, u64)>,
    length: u32,
    slips: usize,
    /// A key is accepted once its beginning is near enough.
    prefix: bool,
    /// First bytes of its characters, ascending.
    alphabet: Vec<u8>,
}

/// Where the walk stands.
#[derive(Clone, Copy)]
pub(super) struct Reached {
    /// By number of slips: positions reached with at most so many.
    at: [u64; MAX_SLIPS + 1],
    /// Positions whose next two letters are being swapped, by slips after the swap.
    swapping: [u64; MAX_SLIPS + 1],
    /// Bits of a character of which some bytes are still to come, and their number.
    partial: (u32, u8),
    /// The verdict stands, whatever follows.
    settled: bool,
}

impl Near {
    /// For `word`, folded; `None` where it is too long to be anyone's typing. `slips` up to 2.
    pub fn new(word: &str, slips: usize, prefix: bool) -> Option<Self> {
        let mut near = Self {
            ascii: [0; 128],
            others: Vec::new(),
            length: 0,
            slips: slips.min(MAX_SLIPS),
            prefix,
            alphabet: Vec::new(),
        };
        for (index, c) in word.chars().enumerate() {
            if index >= MAX_CHARS {
                return None;
            }
            let bit = 1 << index;
            if let Some(positions) = near.ascii.get_mut(c as usize) {
                *positions |= bit;
            } else if let Some((_, positions)) = near.others.iter_mut().find(|(o, _)| *o == c) {
                *positions |= bit;
            } else {
                near.others.push((c, bit));
            }
            near.length += 1;
            near.alphabet.extend(c.encode_utf8(&mut [0; 4]).bytes().next());
        }
        near.alphabet.sort_unstable();
        near.alphabet.dedup();
        Some(near)
    }

    fn positions(&self, c: u32) -> u64 {
        let other = || self.others.iter().find(|(o, _)| *o as u32 == c).map_or(0, |(_, p)| *p);
        self.ascii.get(c as usize).copied().unwrap_or_else(other)
    }

    fn is_near(&self, reached: &Reached) -> bool {
        reached.at[self.slips] & (1 << self.length) != 0
    }

    fn step(&self, from: &Reached, c: u32) -> Reached {
        let fits = self.positions(c);
        let inside = (1_u64 << (self.length + 1)) - 1;
        let mut to = Reached { at: [0; 3], swapping: [0; 3], partial: (0, 0), settled: false };
        for slips in 0..=self.slips {
            let mut at = (from.at[slips] & fits) << 1;
            if slips > 0 {
                let fewer = from.at[slips - 1];
                // One too many, another letter, one left out, second half of a swap.
                at |= fewer | fewer << 1 | to.at[slips - 1] << 1 | (from.swapping[slips] & fits) << 2;
                to.swapping[slips] = fewer & (fits >> 1);
            }
            to.at[slips] = at & inside;
        }
        to.settled = self.prefix && self.is_near(&to);
        to
    }
}

impl Near {
    /// Before the first byte.
    pub fn start(&self) -> Reached {
        let inside = (1_u64 << (self.length + 1)) - 1;
        let mut reached = Reached { at: [0; 3], swapping: [0; 3], partial: (0, 0), settled: false };
        for slips in 0..=self.slips {
            reached.at[slips] = ((1 << (slips + 1)) - 1) & inside;
        }
        reached
    }

    /// Whether a key that ends here is near enough.
    pub fn is_match(&self, reached: &Reached) -> bool {
        reached.settled || (reached.partial.1 == 0 && self.is_near(reached))
    }

    /// Whether a key that goes on from here may be.
    pub fn can_match(&self, reached: &Reached) -> bool {
        reached.settled || reached.at[self.slips] | reached.swapping[self.slips] != 0
    }

    /// The least byte above `byte` that may follow and lead to a match; `None` where none does.
    pub fn next_byte(&self, reached: &Reached, byte: u8) -> Option<u8> {
        let is_free = self.slips.checked_sub(1).is_some_and(|fewer| reached.at[fewer] != 0);
        // Inside of a character, and where one may be anything, all bytes are possible.
        if is_free || reached.settled || reached.partial.1 > 0 || byte >= 0x80 {
            return byte.checked_add(1);
        }
        let mut later = self.alphabet.iter().filter(|&&next| next > byte);
        later.find(|&&next| self.can_match(&self.accept(reached, next))).copied()
    }

    /// What is reached after another byte.
    pub fn accept(&self, reached: &Reached, byte: u8) -> Reached {
        if reached.settled {
            return *reached;
        }
        if byte == MARK {
            let near = self.is_near(reached);
            return Reached { at: [0; 3], swapping: [0; 3], partial: (0, 0), settled: near };
        }
        match (byte, reached.partial) {
            (0..=0x7f, _) => self.step(reached, u32::from(byte)),
            (0x80..=0xbf, (bits, left)) => {
                let bits = bits << 6 | u32::from(byte & 0x3f);
                if left > 1 {
                    Reached { partial: (bits, left - 1), ..*reached }
                } else {
                    self.step(reached, bits)
                }
            }
            (0xc0..=0xdf, _) => Reached { partial: (u32::from(byte & 0x1f), 1), ..*reached },
            (0xe0..=0xef, _) => Reached { partial: (u32::from(byte & 0x0f), 2), ..*reached },
            (0xf0.., _) => Reached { partial: (u32::from(byte & 0x07), 3), ..*reached },
        }
    }
}
