//! Which keys may have some letters inside: lists of keys by runs of four bytes.
//!
//! Compounds are found by the rarest two runs of the part asked for; a pass over the whole
//! vocabulary took ten times as long at 100,000 articles. Runs that begin with one of the first three
//! letters are left out: too little stands before them to be a word.

use std::io::{self, Write};

use super::layout::{Piece, Tag, Writer};
use super::postings::{Place, Posting, Postings, write_lists};
use super::vocabulary::Term;

/// Bytes of a run.
const RUN: usize = 4;
/// Letters of a key before its first run.
pub(super) const LEAD: usize = 3;

/// Lists for a vocabulary of `keys`: some eight keys each, or more in large ones.
fn lists(keys: usize) -> usize {
    (keys / 8).next_power_of_two().clamp(64, 1 << 16)
}

fn list_of(run: [u8; RUN], lists: usize) -> usize {
    let mixed = u32::from_le_bytes(run).wrapping_mul(0x9e37_79b1);
    (mixed >> 16) as usize & (lists - 1)
}

/// The lists of the runs in `letters`, each once.
fn runs(letters: &[u8], lists: usize, found: &mut Vec<usize>) {
    found.clear();
    for run in letters.windows(RUN) {
        if let Ok(run) = run.try_into() {
            found.push(list_of(run, lists));
        }
    }
    found.sort_unstable();
    found.dedup();
}

/// The part of a folded form that has runs.
fn behind_lead(form: &str) -> &[u8] {
    let at = form.char_indices().nth(LEAD).map_or(form.len(), |(at, _)| at);
    form.as_bytes().get(at..).unwrap_or_default()
}

/// Writes the lists for folded forms in the order of their terms.
pub(super) fn write<'a, W: Write>(
    out: &mut Writer<W>,
    dictionary: u16,
    keys: usize,
    forms: impl Iterator<Item = &'a str> + Clone,
) -> io::Result<()> {
    let lists = lists(keys);
    let mut found = Vec::new();
    let mut starts = vec![0_u32; lists + 1];
    for form in forms.clone() {
        runs(behind_lead(form), lists, &mut found);
        for &list in &found {
            starts[list + 1] += 1;
        }
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut free = starts.clone();
    let mut terms: Vec<Term> = vec![0; starts[lists] as usize];
    for (term, form) in (0..).zip(forms) {
        runs(behind_lead(form), lists, &mut found);
        for &list in &found {
            terms[free[list] as usize] = term;
            free[list] += 1;
        }
    }
    let tags = [Tag::of(dictionary, Piece::RunLengths), Tag::of(dictionary, Piece::Runs)];
    write_lists(out, tags, lists, |number, list| {
        for &place in terms.get(starts[number] as usize..starts[number + 1] as usize).unwrap_or_default() {
            list.push(Posting { place, count: 1, title: 0 });
        }
    })
}

/// Terms that may have `part` behind their first letters, ascending; `None` where the part is too
/// short to say or there are no lists.
pub(super) fn candidates(postings: &Postings, part: &str) -> Option<Vec<Term>> {
    let lists = postings.len();
    let mut found = Vec::new();
    if lists.is_power_of_two() {
        runs(part.as_bytes(), lists, &mut found);
    }
    let mut numbers: Vec<u32> = found.iter().filter_map(|&list| u32::try_from(list).ok()).collect();
    numbers.sort_by_key(|&number| postings.bytes_of(number));
    let mut numbers = numbers.into_iter();
    let rarest = postings.of(numbers.next()?);
    let mut terms: Vec<Place> = rarest.iter().map(|p| p.place).collect();
    // A third list costs more than it takes away.
    if let Some(number) = numbers.next() {
        let second = postings.of(number);
        let mut second = second.iter().map(|p| p.place).peekable();
        terms.retain(|&term| {
            while second.next_if(|&other| other < term).is_some() {}
            second.peek() == Some(&term)
        });
    }
    Some(terms)
}
