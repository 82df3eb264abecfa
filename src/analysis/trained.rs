//! What the trained tagger says, beside the rules: its names, and its doubts about theirs.

use crate::model::EntityKind;

use super::candidate::{Candidate, weight};
use super::tagger::{Reading, Tagged};
use super::token::Document;

/// Margin from which the tagger is surer than names of persons by their form.
const SURE: i32 = 120;

/// Margin below which its names are left out: half of them were wrong.
const LEAST: i32 = 20;

/// By how much "no name" has to be better before a guess of the rules falls.
const DOUBT: i32 = 20;

/// Adds the tagger's names to those that other finders have `found`.
pub fn find(document: &Document<'_>, reading: &Reading, found: &mut Vec<Candidate>) {
    for name in reading.names.iter().filter(|name| name.margin >= LEAST) {
        let Some(words) = document.tokens.get(name.first..=name.last) else { continue };
        if !words.iter().any(|word| word.text.contains(char::is_uppercase)) {
            continue;
        }
        let canonical = listed(name, found);
        let weight = if name.margin >= SURE { weight::TRAINED_SURE } else { weight::TRAINED };
        found.push(Candidate { first: name.first, last: name.last, kind: name.kind, canonical, weight });
    }
}

/// The canonical name that a table has for the same words.
fn listed(name: &Tagged, found: &[Candidate]) -> Option<&'static str> {
    let same = |c: &&Candidate| (c.first, c.last, c.kind) == (name.first, name.last, name.kind);
    found.iter().filter(same).find_map(|c| c.canonical)
}

/// Takes away guesses of the rules where the tagger is sure that there is no name.
pub fn doubt(reading: &Reading, found: &mut Vec<Candidate>) {
    found.retain(|candidate| {
        let words = reading.outside.get(candidate.first..=candidate.last).unwrap_or_default();
        let least = words.iter().min().copied().unwrap_or(0);
        // Events are no kind that the tagger knows.
        candidate.weight >= weight::LISTED || candidate.kind == EntityKind::Event || least < DOUBT
    });
}
