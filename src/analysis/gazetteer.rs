//! Names that the tables list: places, organisations, phrases of several words.

use crate::model::{EntityKind, Language};

use super::candidate::{Candidate, weight};
use super::clue::{Clue, clue};
use super::lexicon::{self, Entry, Sure};
use super::stems;
use super::token::{Document, Token};

/// Longest listed name in words.
const LONGEST: usize = 5;

/// Every listed name.
pub fn find(document: &Document<'_>, found: &mut Vec<Candidate>) {
    for (index, token) in document.tokens.iter().enumerate() {
        if token.is_capital() {
            phrases(document, index, found);
            single(document, index, token, found);
        }
    }
}

fn phrases(document: &Document<'_>, first: usize, found: &mut Vec<Candidate>) {
    let Some(token) = document.tokens.get(first) else { return };
    let mut key = stems::stem(token.text);
    if !lexicon::begins_phrase(&key) {
        return;
    }
    for last in first + 1..first + LONGEST {
        let Some(next) = document.at(last, token.sentence) else { return };
        if !(next.follows() || document.tokens[last - 1].text.len() <= 2 && next.gap == ". ") {
            return;
        }
        key.push(' ');
        key.push_str(&stems::stem(next.text));
        // "heiliger Abend" is none, "Bank of America" is one.
        if !next.is_capital() && !next.text.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        if let Some(entry) = lexicon::phrase(&key, document.language)
            && (entry.sure == Sure::Yes || is_quoted(document, first, last))
        {
            found.push(candidate(first, last, entry, weight::PHRASE));
        }
    }
}

fn single(document: &Document<'_>, index: usize, token: &Token<'_>, found: &mut Vec<Candidate>) {
    if let Some(entry) = token.class.organisation {
        let stands = match entry.sure {
            Sure::Yes => !(token.opens && token.class.word || entry.genitive && token.class.noun),
            Sure::Context => is_quoted(document, index, index),
        };
        if stands {
            found.push(candidate(index, index, entry, weight::LISTED + 1));
        }
    }
    if let Some(entry) = token.class.place {
        let stands = match entry.sure {
            Sure::Yes => !(token.opens && token.class.word),
            Sure::Context => stands_as_place(document, index, token),
        };
        // An ordinary word's genitive is no place: "Bergens" is, "Essens" is not.
        let stands = stands && !(entry.genitive && token.class.noun && !entry.country);
        if stands {
            let sure = if entry.sure == Sure::Yes { weight::LISTED } else { weight::CONTEXT };
            found.push(candidate(index, index, entry, sure));
        }
    }
}

fn candidate(first: usize, last: usize, entry: Entry, weight: u8) -> Candidate {
    let known = entry.genitive || last > first || entry.kind != EntityKind::Other;
    Candidate { first, last, kind: entry.kind, canonical: known.then_some(entry.canonical), weight }
}

/// Whether words that also mean something ordinary stand as a place here: after `in`, `aus`,
/// `nach` without an article, and not before another capital word that they may describe.
fn stands_as_place(document: &Document<'_>, index: usize, token: &Token<'_>) -> bool {
    let Some(before) = document.before(index).filter(|_| token.follows()) else { return false };
    let prepositions: &[&str] = match document.language {
        Language::English => &["in", "near", "from", "at"],
        _ => &["in", "aus", "nach", "bei", "um", "Stadt", "Raum", "Region"],
    };
    let noun_after = document
        .after(index)
        .is_some_and(|next| next.follows() && next.is_capital() && (next.class.noun || next.class.last));
    prepositions.contains(&before.text) && !noun_after
}

/// Whether the words stand in quotation marks of their own, or belong to a word for a medium.
fn is_quoted(document: &Document<'_>, first: usize, last: usize) -> bool {
    const OPENING: [char; 6] = ['„', '»', '«', '“', '"', '‚'];
    const CLOSING: [char; 7] = ['“', '”', '«', '»', '"', '‘', '\''];
    let Some(token) = document.tokens.get(first) else { return false };
    let end = document.tokens.get(last).map_or(0, |t| t.end);
    let behind = document.text.get(end..).unwrap_or_default();
    let articled = |gap: &str| gap.ends_with(OPENING);
    let opens = articled(token.gap)
        || document.before(first).is_some_and(|b| {
            matches!(b.text, "Der" | "Die" | "Das" | "Le" | "El" | "La" | "The") && articled(b.gap)
        });
    if opens && behind.starts_with(CLOSING) {
        return true;
    }
    document
        .before(first)
        .is_some_and(|b| token.follows() && clue(b.text.trim_end_matches('s'), Clue::Medium))
}
