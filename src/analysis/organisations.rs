//! Organisations by the form of their names: heads, legal forms, clubs, acronyms.

use crate::model::{EntityKind, Language};

use super::candidate::{Candidate, weight};
use super::clue::{Clue, clue};
use super::names::is_unexplained;
use super::token::{Document, Token};

/// Every name that its form shows to be an organisation's.
pub fn find(document: &Document<'_>, found: &mut Vec<Candidate>) {
    for index in 0..document.tokens.len() {
        let token = &document.tokens[index];
        if !token.is_capital() {
            continue;
        }
        let reading = headed(document, index)
            .or_else(|| club(document, index))
            .or_else(|| company(document, index))
            .map(|(first, last)| (first, last, weight::HEAD))
            .or_else(|| hyphenated(token).then_some((index, index, weight::HEAD)))
            .or_else(|| federal(token).then_some((index, index, weight::CONTEXT)))
            .or_else(|| acronym(document, index).then_some((index, index, weight::GUESS + 10)));
        if let Some((first, last, weight)) = reading {
            let kind = EntityKind::Organisation;
            found.push(Candidate { first, last, kind, canonical: None, weight });
        }
    }
}

fn headed(document: &Document<'_>, index: usize) -> Option<(usize, usize)> {
    let token = document.tokens.get(index)?;
    if document.language == Language::English {
        return english_headed(document, index);
    }
    if !clue(token.text, Clue::Head) && !clue(token.text.trim_end_matches('s'), Clue::Head) {
        // "der Canadian Asia Pacific Foundation"
        return english_headed(document, index)
            .filter(|(first, last)| document.tokens[*first..*last].iter().all(|t| !t.class.noun));
    }
    let next = document.after(index).filter(|n| n.follows())?;
    // "Universität Heidelberg", "Stiftung Warentest"; a plain noun behind it is another phrase.
    if next.is_capital() {
        let named = next.class.place.is_some_and(|p| !p.country && !p.genitive)
            || (is_unexplained(document, next) && !next.class.last);
        let person_follows = next.class.first && next.class.place.is_none();
        return (named && !person_follows).then_some((index, index + 1));
    }
    // "Hauptverband des Österreichischen Buchhandels": a capital adjective makes it a name.
    if matches!(next.text, "des" | "der" | "für") {
        let adjective = document.after(index + 1).filter(|n| n.follows() && n.is_capital())?;
        let noun = document.after(index + 2).filter(|n| n.follows() && n.is_capital())?;
        let is_adjective = adjective.class.derived || adjective.text.ends_with("en");
        return (is_adjective && noun.class.noun && !adjective.class.noun).then_some((index, index + 3));
    }
    None
}

/// A run of capital words that ends in one of `english`, `of`, `and`, `for` inside.
fn english_headed(document: &Document<'_>, index: usize) -> Option<(usize, usize)> {
    let token = document.tokens.get(index)?;
    if token.opens && clue(token.text, Clue::Small) {
        return None;
    }
    let previous_joins = document
        .before(index)
        .is_some_and(|b| token.follows() && b.is_capital() && !clue(b.text, Clue::Small) && !b.opens);
    if previous_joins {
        return None;
    }
    let mut last = None;
    let mut at = index;
    while at < index + 7 {
        let Some(word) = document.at(at, token.sentence) else { break };
        if at > index && !word.follows() {
            break;
        }
        if word.is_capital() {
            let head = clue(word.text, Clue::EnglishHead);
            if head && at > index {
                last = Some(at);
            }
        } else if !matches!(word.text, "of" | "and" | "for") || at == index {
            break;
        }
        at += 1;
    }
    let mut last = last?;
    // "Bank of England", "University of Texas": a head, `of`, and a name.
    if document.at(last + 1, token.sentence).is_some_and(|w| w.text == "of" && w.follows())
        && document.at(last + 2, token.sentence).is_some_and(Token::is_capital)
    {
        last += 2;
    }
    let opens_with_derived = token.class.derived && last == index + 1;
    (!opens_with_derived).then_some((index, last))
}

/// A company by the legal form behind its name.
fn company(document: &Document<'_>, index: usize) -> Option<(usize, usize)> {
    let token = document.tokens.get(index)?;
    let begins = document.before(index).is_none_or(|b| !(token.follows() && joins_company(document, b)));
    if !begins || !joins_company(document, token) || (token.opens && clue(token.text, Clue::Small)) {
        return None;
    }
    let mut at = index;
    let mut last = None;
    while at < index + 6 {
        let Some(word) = document.at(at, token.sentence) else { break };
        if at > index && !(word.follows() || word.gap.trim() == "&") {
            break;
        }
        if at > index && clue(word.text, Clue::Company) {
            last = Some(at);
        } else if !(joins_company(document, word) || word.text == "and" && at > index) {
            break;
        }
        at += 1;
    }
    Some((index, last?))
}

fn joins_company(document: &Document<'_>, token: &Token<'_>) -> bool {
    let noun = token.class.noun && document.language != Language::English;
    token.is_capital() && !noun && !clue(token.text, Clue::Calendar)
}

/// `1. FC Köln`, `VfL Wolfsburg`.
fn club(document: &Document<'_>, index: usize) -> Option<(usize, usize)> {
    let token = document.tokens.get(index)?;
    if !clue(token.text, Clue::Club) {
        return None;
    }
    let next = document.after(index).filter(|n| n.follows())?;
    let named = next.is_capital() && (next.class.place.is_some() || next.class.is_open());
    if !named {
        return None;
    }
    let mut last = index + 1;
    let number = document.after(last).filter(|n| n.follows());
    if number.is_some_and(|n| n.text.len() <= 4 && n.text.starts_with(|c: char| c.is_ascii_digit())) {
        let behind = document.after(last + 1);
        last += usize::from(!behind.is_some_and(|b| b.gap.starts_with([':', '.'])));
    }
    let ordinal = document.before(index).is_some_and(|b| b.text == "1" && token.gap == ". ");
    Some((index - usize::from(ordinal), last))
}

/// `Robert-Koch-Institut`, `UN-Vollversammlung`.
fn hyphenated(token: &Token<'_>) -> bool {
    let Some((front, head)) = token.text.rsplit_once('-') else { return false };
    let Some(base) = ["", "s", "es", "en", "n"]
        .into_iter()
        .filter_map(|ending| head.strip_suffix(ending))
        .find(|base| clue(base, Clue::Compound))
    else {
        return false;
    };
    let first = front.split('-').next().unwrap_or(front);
    let acronym = first.chars().count() >= 2 && first.chars().all(char::is_uppercase);
    if clue(base, Clue::Descriptive) {
        let council = base == "Rat" && matches!(first, "EU" | "UN" | "UNO" | "NATO");
        return council || (front.contains('-') && !acronym);
    }
    acronym || front.starts_with(char::is_uppercase)
}

/// `Bundesgesundheitsministerium`: authorities of the federation have no other name.
fn federal(token: &Token<'_>) -> bool {
    const ENDS: [&str; 14] = [
        "ministerium",
        "ministeriums",
        "amt",
        "amtes",
        "amts",
        "gericht",
        "gerichts",
        "gerichtes",
        "agentur",
        "behörde",
        "institut",
        "instituts",
        "zentrale",
        "verband",
    ];
    token.text.strip_prefix("Bundes").is_some_and(|rest| ENDS.iter().any(|end| rest.ends_with(end)))
}

/// Capitals that no table explains, where not everything around is in capitals.
fn acronym(document: &Document<'_>, index: usize) -> bool {
    let Some(token) = document.tokens.get(index) else { return false };
    let letters = token.text.chars().filter(|c| c.is_alphabetic()).count();
    let plain = token.text.chars().all(char::is_uppercase);
    if !token.class.acronym || !plain || !(2..=5).contains(&letters) || clue(token.text, Clue::Abbreviation) {
        return false;
    }
    let roman = token.text.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C' | 'M'));
    let shouted = |t: Option<&Token<'_>>| t.is_some_and(|t| t.class.acronym && t.text.len() > 3);
    let around = shouted(document.before(index)) && shouted(document.after(index));
    // A lone capital word of a heading, or a currency before or behind a number.
    let number = |t: Option<&Token<'_>>| t.is_some_and(|t| t.text.starts_with(|c: char| c.is_ascii_digit()));
    let counted = number(document.before(index)) && token.follows();
    !roman && !around && !counted
}
