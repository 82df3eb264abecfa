//! Which sentences of two tellings correspond, and which of their words.

use std::ops::Range;

use crate::compare::told::Telling;
use crate::compare::unit::{Unit, Word};

/// Content words that two sentences share before what is said around them is compared.
const SHARED: usize = 3;

/// The two sentences of `a` and `b` that share most; `None` where they share too little to be about
/// one thing in detail.
pub(super) fn nearest<'a>(a: &Telling<'a>, b: &Telling<'a>) -> Option<(&'a Unit, &'a Unit)> {
    let pairs = a.units.iter().flat_map(|x| b.units.iter().map(move |y| (*x, *y)));
    pairs
        .map(|(x, y)| (common(x, y), x, y))
        .max_by_key(|(shared, x, y)| (*shared, std::cmp::Reverse((x.place, y.place))))
        .filter(|(shared, ..)| *shared >= SHARED)
        .map(|(_, x, y)| (x, y))
}

/// Content words of the shorter sentence that the other has too, whole or in a compound, and the
/// names that both have.
pub(super) fn common(x: &Unit, y: &Unit) -> usize {
    let (short, long) = if x.words.len() <= y.words.len() { (x, y) } else { (y, x) };
    inside(&short.words, long) + short.names.iter().filter(|n| long.names.binary_search(n).is_ok()).count()
}

/// How many different content words of `words` stand in `unit`.
pub(super) fn inside(words: &[Word], unit: &Unit) -> usize {
    let mut stems: Vec<u32> = words.iter().filter(|w| w.content).map(|w| w.stem).collect();
    stems.sort_unstable();
    stems.dedup();
    stems.iter().filter(|s| unit.terms.binary_search(s).is_ok()).count()
}

/// Words of a sentence from which on it is a table or a list without a full stop, and none in which
/// one noun stands for another.
const LONGEST: usize = 400;

/// Places where two rows of words go apart between words that they share: the ranges of both, at
/// least one of them not empty, each with shared words on both sides. None where a row is too long.
pub(super) fn gaps(a: &[Word], b: &[Word]) -> Vec<(Range<usize>, Range<usize>)> {
    if a.len().max(b.len()) > LONGEST {
        return Vec::new();
    }
    let shared = shared_in_order(a, b);
    shared
        .windows(2)
        .map(|pair| (pair[0].0 + 1..pair[1].0, pair[0].1 + 1..pair[1].1))
        .filter(|(x, y)| !x.is_empty() || !y.is_empty())
        .collect()
}

/// The longest row of words, by stem, that both have in this order: their positions.
fn shared_in_order(a: &[Word], b: &[Word]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut longest = vec![0_u16; (a.len() + 1) * width];
    for (i, x) in a.iter().enumerate().rev() {
        for (j, y) in b.iter().enumerate().rev() {
            longest[i * width + j] = if x.stem == y.stem {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut shared = Vec::new();
    while i < a.len() && j < b.len() {
        if a[i].stem == b[j].stem {
            shared.push((i, j));
            i += 1;
            j += 1;
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    shared
}
