//! Places that no table lists, by the words around them.

use crate::model::{EntityKind, Language};

use super::candidate::{Candidate, weight};
use super::clue::{Clue, clue};
use super::lexicon;
use super::names::{end_of_open_run, is_unexplained};
use super::token::{Document, Token};

/// Every word that the words around show to be a place.
pub fn find(document: &Document<'_>, found: &mut Vec<Candidate>) {
    for (index, token) in document.tokens.iter().enumerate() {
        if !token.is_capital() {
            continue;
        }
        if let Some((first, last, weight)) = reading(document, index, token) {
            found.push(Candidate { first, last, kind: EntityKind::Place, canonical: None, weight });
        }
    }
}

fn reading(document: &Document<'_>, index: usize, token: &Token<'_>) -> Option<(usize, usize, u8)> {
    if is_region(token, document.language) || is_town_with_parts(token) {
        return Some((index, index, weight::CONTEXT));
    }
    if !is_unexplained(document, token) || !token.follows() {
        return None;
    }
    let before = document.before(index)?;
    if is_trigger(before) {
        return Some((index, end_of_open_run(document, index), weight::LISTED));
    }
    // "im französischen Hambach": only places are inside of a country.
    if before.class == lexicon::Class::default()
        && lexicon::derived(before.text, document.language).is_some()
        && document.before(index - 1).is_some_and(|b| matches!(b.text, "im" | "in" | "aus" | "nach" | "bei"))
        && before.follows()
    {
        return Some((index, end_of_open_run(document, index), weight::LISTED));
    }
    let prepositions: &[&str] = match document.language {
        Language::English => &["in", "near", "at"],
        _ => &["in", "aus", "nach"],
    };
    // "nach Merkel" is a person; a first name behind "in" is none.
    let person = token.class.last || token.class.first;
    if prepositions.contains(&before.text) && !person && !token.text.contains('-') {
        let last = end_of_open_run(document, index);
        let named = (index..=last).any(|i| document.tokens[i].class.last || document.tokens[i].class.first);
        return (!named).then_some((index, last, weight::PAIR + 1));
    }
    None
}

fn is_trigger(before: &Token<'_>) -> bool {
    let word = before.text;
    clue(word, Clue::Place)
        || ["stadt", "provinz", "region", "insel", "dorf", "bezirk", "teil", "metropole", "gemeinde"]
            .iter()
            .any(|end| word.ends_with(end) && word.starts_with(char::is_uppercase))
}

/// `Nordirak`, `Ostukraine`: a point of the compass before a listed place.
fn is_region(token: &Token<'_>, language: Language) -> bool {
    let Some(rest) =
        ["Nordwest", "Nordost", "Südwest", "Südost", "Nord", "Süd", "West", "Ost", "Zentral", "Mittel"]
            .into_iter()
            .find_map(|direction| token.text.strip_prefix(direction))
            .map(|rest| rest.trim_start_matches('-'))
            .filter(|rest| rest.chars().count() >= 4)
    else {
        return false;
    };
    let mut letters = rest.chars();
    let Some(first) = letters.next() else { return false };
    let name: String = first.to_uppercase().chain(letters).collect();
    language != Language::English
        && token.class.place.is_none()
        && lexicon::place(&name, language).is_some_and(|p| p.sure == lexicon::Sure::Yes)
}

/// `Fontenay-le-Comte`, `Berlin-Mitte`.
fn is_town_with_parts(token: &Token<'_>) -> bool {
    let mut parts = token.text.split('-');
    let Some(first) = parts.next() else { return false };
    let rest: Vec<&str> = parts.collect();
    if rest.is_empty() || token.class.place.is_some() || !first.starts_with(char::is_uppercase) {
        return false;
    }
    rest.len() >= 2
        && clue(rest[0], Clue::Inner)
        && rest.last().is_some_and(|r| r.starts_with(char::is_uppercase) || r.contains('’'))
}
