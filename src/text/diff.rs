//! Which parts of one sequence stand in another: what stayed, what went, what came.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

/// Largest table of a part that is compared each with each, in cells: a moment's work.
const TABLE: usize = 1 << 18;

/// How often a part is divided at what both sides have once, at most.
const DEPTH: u32 = 40;

/// What became of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edit {
    /// It stands in both.
    Same,
    /// It stands in the older one only.
    Removed,
    /// It stands in the newer one only.
    Added,
}

/// A run of one kind; one of the ranges is empty where it stands in one of both only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// What became of it.
    pub edit: Edit,
    /// Where it stands in the older one.
    pub old: Range<usize>,
    /// Where it stands in the newer one.
    pub new: Range<usize>,
}

/// What leads from `old` to `new`: runs in order that make up both, removed before added.
///
/// Long sequences are divided at items that each has once (patience), parts of up to [`TABLE`] cells
/// are compared exactly, and longer ones that have no such item count as replaced: time grows with
/// the length.
#[must_use]
pub fn diff<T: Eq + Hash>(old: &[T], new: &[T]) -> Vec<Run> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut open = vec![(0..old.len(), 0..new.len(), 0)];
    while let Some((mut a, mut b, depth)) = open.pop() {
        while !a.is_empty() && !b.is_empty() && old[a.start] == new[b.start] {
            pairs.push((a.start, b.start));
            (a.start, b.start) = (a.start + 1, b.start + 1);
        }
        while !a.is_empty() && !b.is_empty() && old[a.end - 1] == new[b.end - 1] {
            (a.end, b.end) = (a.end - 1, b.end - 1);
            pairs.push((a.end, b.end));
        }
        if a.is_empty() || b.is_empty() {
            continue;
        }
        if a.len().saturating_mul(b.len()) <= TABLE {
            longest(&old[a.clone()], &new[b.clone()], &mut |i, j| pairs.push((a.start + i, b.start + j)));
            continue;
        }
        let anchors = if depth < DEPTH { anchors(old, &a, new, &b) } else { Vec::new() };
        if anchors.is_empty() {
            continue;
        }
        let (mut from, mut at) = (a.start, b.start);
        for (i, j) in anchors {
            open.push((from..i, at..j, depth + 1));
            pairs.push((i, j));
            (from, at) = (i + 1, j + 1);
        }
        open.push((from..a.end, at..b.end, depth + 1));
    }
    pairs.sort_unstable();
    runs(&pairs, old.len(), new.len())
}

/// Pairs of a longest common subsequence.
fn longest<T: Eq>(old: &[T], new: &[T], take: &mut dyn FnMut(usize, usize)) {
    let width = new.len() + 1;
    // Longest of what is left from here on; at most [`TABLE`] cells, so no number needs more bits.
    let mut left = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            left[i * width + j] = if old[i] == new[j] {
                left[(i + 1) * width + j + 1] + 1
            } else {
                left[(i + 1) * width + j].max(left[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            take(i, j);
            (i, j) = (i + 1, j + 1);
        } else if left[(i + 1) * width + j] >= left[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

/// Items that both parts have exactly once, as many as stand in the same order.
fn anchors<T: Eq + Hash>(old: &[T], a: &Range<usize>, new: &[T], b: &Range<usize>) -> Vec<(usize, usize)> {
    let mut seen: HashMap<&T, [(usize, usize); 2]> = HashMap::new();
    for (side, (items, part)) in [(old, a), (new, b)].into_iter().enumerate() {
        for at in part.clone() {
            let place = &mut seen.entry(&items[at]).or_default()[side];
            *place = (place.0 + 1, at);
        }
    }
    let mut once: Vec<(usize, usize)> =
        seen.into_values().filter(|[x, y]| x.0 == 1 && y.0 == 1).map(|[x, y]| (x.1, y.1)).collect();
    once.sort_unstable();
    ascending(&once)
}

/// A longest part of `pairs`, which are in order of their first number, whose second ones ascend.
fn ascending(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // Of each length, the pair with the least end; and before each pair, its best predecessor.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (index, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < pair.1);
        before[index] = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length == ends.len() {
            ends.push(index);
        } else {
            ends[length] = index;
        }
    }
    let mut chain = Vec::new();
    let mut at = ends.last().copied();
    while let Some(index) = at {
        chain.push(pairs[index]);
        at = before[index];
    }
    chain.reverse();
    chain
}

fn runs(pairs: &[(usize, usize)], old: usize, new: usize) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let (mut a, mut b) = (0, 0);
    for (i, j) in pairs.iter().copied().chain([(old, new)]) {
        if a < i {
            runs.push(Run { edit: Edit::Removed, old: a..i, new: b..b });
        }
        if b < j {
            runs.push(Run { edit: Edit::Added, old: i..i, new: b..j });
        }
        if (i, j) == (old, new) {
            break;
        }
        match runs.last_mut() {
            Some(last) if last.edit == Edit::Same => (last.old.end, last.new.end) = (i + 1, j + 1),
            _ => runs.push(Run { edit: Edit::Same, old: i..i + 1, new: j..j + 1 }),
        }
        (a, b) = (i + 1, j + 1);
    }
    runs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(old: &str, new: &str) -> String {
        let (a, b): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
        let told = diff(&a, &b).into_iter().map(|run| match run.edit {
            Edit::Same => b[run.new].join(" "),
            Edit::Removed => format!("-{}", a[run.old].join(" ")),
            Edit::Added => format!("+{}", b[run.new].join(" ")),
        });
        told.collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn what_stayed_went_and_came() {
        for (old, new, expected) in [
            ("a b c", "a b c", "a b c"),
            ("a b c", "a c", "a | -b | c"),
            ("a c", "a b c", "a | +b | c"),
            ("a b c d", "a x c y", "a | -b | +x | c | -d | +y"),
            ("a b", "c d", "-a b | +c d"),
        ] {
            assert_eq!(told(old, new), expected);
        }
    }

    #[test]
    fn long_texts_are_divided_at_rare_words() {
        let words =
            |odd: usize| (0..4000).map(move |n| if n % 50 == odd { "x".to_owned() } else { format!("w{n}") });
        let (old, new): (Vec<String>, Vec<String>) = (words(3).collect(), words(7).collect());
        let same: usize =
            diff(&old, &new).iter().filter(|run| run.edit == Edit::Same).map(|run| run.old.len()).sum();
        assert_eq!(same, 4000 - 160);
    }

    proptest! {
        #[test]
        fn the_runs_make_up_both_sides(
            old in prop::collection::vec(0..9_u8, 0..60),
            new in prop::collection::vec(0..9_u8, 0..60),
        ) {
            let (mut a, mut b) = (0, 0);
            for run in diff(&old, &new) {
                prop_assert_eq!((run.old.start, run.new.start), (a, b));
                match run.edit {
                    Edit::Same => prop_assert_eq!(&old[run.old.clone()], &new[run.new.clone()]),
                    Edit::Removed => prop_assert!(run.new.is_empty() && !run.old.is_empty()),
                    Edit::Added => prop_assert!(run.old.is_empty() && !run.new.is_empty()),
                }
                (a, b) = (run.old.end, run.new.end);
            }
            prop_assert_eq!((a, b), (old.len(), new.len()));
        }
    }
}
