//! Names inside compounds, and the adjectives and inhabitants of places.

use crate::model::{EntityKind, Language};
use crate::text::quick::QuickMap;
use crate::text::word::parts;

use super::lexicon::{self, Entry, Sure};
use super::token::{Document, Token};

/// A name inside a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// First byte in the article's text.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// What it names.
    pub kind: EntityKind,
    /// Its words.
    pub name: &'a str,
    /// Canonical name, where a table knows it.
    pub canonical: Option<&'static str>,
}

/// Names inside hyphenated words (`US` in `US-Außenminister`) and before a word for a person
/// (`Kreml` in `Kremlchef`). `known` are the article's own names of one word.
#[must_use]
pub fn find<'a>(
    document: &Document<'a>,
    known: &QuickMap<&'a str, EntityKind>,
    is_name: impl Fn(usize) -> bool,
) -> Vec<Part<'a>> {
    let mut found = Vec::new();
    for (index, token) in document.tokens.iter().enumerate() {
        if token.text.contains(['-', '‐', '‑']) {
            hyphenated(document, token, known, is_name(index), &mut found);
        } else if token.is_capital()
            && document.language != Language::English
            && let Some(part) = glued(document, token)
        {
            found.push(part);
        }
    }
    found
}

fn hyphenated<'a>(
    document: &Document<'a>,
    token: &Token<'a>,
    known: &QuickMap<&'a str, EntityKind>,
    is_name: bool,
    found: &mut Vec<Part<'a>>,
) {
    let ranges = parts(token.text);
    let count = ranges.len();
    for (at, range) in ranges.into_iter().enumerate() {
        let Some(name) = token.text.get(range.clone()) else { continue };
        // The last part is what the compound is about; inside a name only acronyms are names.
        let last = at + 1 == count;
        let part = part_kind(name, known, document.language);
        let Some((kind, canonical)) = part else { continue };
        let acronym = name.chars().all(char::is_uppercase);
        let place = kind == EntityKind::Place;
        let fits = if is_name { acronym && !last } else { !last || (place && at > 0) };
        if fits && name.starts_with(char::is_uppercase) {
            let (start, end) = (token.start + range.start, token.start + range.end);
            found.push(Part { start, end, kind, name, canonical });
        }
    }
}

fn part_kind(
    name: &str,
    known: &QuickMap<&str, EntityKind>,
    language: Language,
) -> Option<(EntityKind, Option<&'static str>)> {
    if let Some(kind) = known.get(name) {
        let canonical = listed(name, language).filter(|e| e.kind == *kind).map(|e| e.canonical);
        return Some((*kind, canonical));
    }
    let entry = listed(name, language)?;
    (entry.sure == Sure::Yes && !entry.genitive).then_some((entry.kind, Some(entry.canonical)))
}

fn listed(name: &str, language: Language) -> Option<Entry> {
    lexicon::organisation(name, language).or_else(|| lexicon::place(name, language))
}

/// `Kremlchef`: a listed name of five letters or more, and a word for a person.
fn glued<'a>(document: &Document<'a>, token: &Token<'a>) -> Option<Part<'a>> {
    const PERSONS: [&str; 7] =
        ["chef", "chefin", "chefs", "sprecher", "sprecherin", "sprechers", "präsident"];
    let head = PERSONS.into_iter().find(|head| token.text.ends_with(head))?;
    let name = token.text.strip_suffix(head)?;
    let entry = listed(name, document.language)?;
    if name.len() < 4 || entry.sure != Sure::Yes || entry.genitive {
        return None;
    }
    Some(Part {
        start: token.start,
        end: token.start + name.len(),
        kind: entry.kind,
        name,
        canonical: Some(entry.canonical),
    })
}
