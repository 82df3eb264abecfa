//! Walks the keys of a book along an automaton.
//!
//! Keys that begin like one that has failed are leapt over: a search for slips looks at a few hundred
//! of half a million.

use super::book::{Book, Cursor, shared};
use super::near::{Near, Reached};
use super::vocabulary::Term;

/// Calls `take` with each key that `near` accepts and that begins with `first`, in order.
pub(super) fn walk(book: &Book, near: &Near, first: &[u8], mut take: impl FnMut(Term, &str)) {
    let mut cursor = book.open();
    if !cursor.seek(first) {
        return;
    }
    // What is reached behind each byte of the key at hand, as far as it goes.
    let mut path: Vec<u8> = Vec::with_capacity(64);
    let mut reached: Vec<Reached> = vec![near.start()];
    let mut target: Vec<u8> = Vec::with_capacity(64);
    while cursor.key().starts_with(first) {
        let key = cursor.key();
        let known = shared(&path, key);
        path.truncate(known);
        reached.truncate(known + 1);
        let mut has_failed = false;
        while let (Some(&byte), Some(before)) = (key.get(path.len()), reached.last()) {
            let next = near.accept(before, byte);
            if !near.can_match(&next) {
                has_failed = true;
                break;
            }
            path.push(byte);
            reached.push(next);
        }
        let goes_on = if has_failed {
            let found = next_beginning(near, &path, &reached, key, first.len(), &mut target);
            found && cursor.seek(&target)
        } else {
            hand(&cursor, near, &reached, &mut take);
            cursor.next()
        };
        if !goes_on {
            return;
        }
    }
}

fn hand(cursor: &Cursor<'_>, near: &Near, reached: &[Reached], take: &mut impl FnMut(Term, &str)) {
    if reached.last().is_some_and(|reached| near.is_match(reached)) {
        take(cursor.term(), cursor.text());
    }
}

/// Puts into `target` the least beginning behind all keys that fail like `key` does after `path`;
/// whether there is one whose first `fixed` bytes are the same.
fn next_beginning(
    near: &Near,
    path: &[u8],
    reached: &[Reached],
    key: &[u8],
    fixed: usize,
    target: &mut Vec<u8>,
) -> bool {
    for depth in (fixed..=path.len()).rev() {
        let (Some(before), Some(&byte)) = (reached.get(depth), key.get(depth)) else { continue };
        if let Some(next) = near.next_byte(before, byte) {
            target.clear();
            target.extend_from_slice(path.get(..depth).unwrap_or_default());
            target.push(next);
            return true;
        }
    }
    false
}
