//! Names that stand beside a name found before: `Person (Club)`, `Merkel oder Macron`.

use crate::model::EntityKind;

use super::candidate::{Candidate, weight};
use super::names::{end_of_open_run, is_unexplained};
use super::token::Document;

/// Most words in the brackets behind a person.
const LONGEST: usize = 4;

/// Readings that follow from the `chosen` ones.
pub fn find(document: &Document<'_>, chosen: &[Candidate], found: &mut Vec<Candidate>) {
    for candidate in chosen {
        if candidate.kind != EntityKind::Person {
            continue;
        }
        if !candidate.is_single()
            && let Some((first, last)) = in_brackets(document, candidate.last)
        {
            let kind = EntityKind::Organisation;
            found.push(Candidate { first, last, kind, canonical: None, weight: weight::TITLED });
        }
        if let Some((first, last)) = joined(document, candidate.last) {
            let kind = EntityKind::Person;
            found.push(Candidate { first, last, kind, canonical: None, weight: weight::PAIR + 2 });
        }
    }
}

/// `Anna Muster (Bora-Test)`: party, club, team or outlet of a person.
fn in_brackets(document: &Document<'_>, person: usize) -> Option<(usize, usize)> {
    let first = person + 1;
    let token = document.after(person)?;
    if token.gap.trim_start() != "(" {
        return None;
    }
    for last in first..first + LONGEST {
        let word = document.at(last, token.sentence)?;
        let plain = word.class.place.is_some() || word.class.derived || (word.class.noun && last == first);
        if !word.is_capital() || plain || (last > first && !word.follows()) || word.class.first {
            return None;
        }
        if document.text.get(word.end..).is_some_and(|rest| rest.starts_with(')')) {
            return Some((first, last));
        }
    }
    None
}

/// Unexplained words joined to a person by `und`, `oder`, `and`, `or`.
fn joined(document: &Document<'_>, person: usize) -> Option<(usize, usize)> {
    let joint = document.after(person)?;
    if !joint.follows() || !matches!(joint.text, "und" | "oder" | "and" | "or" | "sowie") {
        return None;
    }
    let first = person + 2;
    let token = document.after(person + 1).filter(|t| t.follows())?;
    is_unexplained(document, token).then(|| (first, end_of_open_run(document, first)))
}
