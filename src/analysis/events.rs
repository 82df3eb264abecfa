//! Named events: `Ukraine-Krise`, `Gulf war`.

use crate::model::EntityKind;

use super::candidate::{Candidate, weight};
use super::lexicon;
use super::token::Document;

/// Every compound of a name and a word for an event.
pub fn find(document: &Document<'_>, found: &mut Vec<Candidate>) {
    for (index, token) in document.tokens.iter().enumerate() {
        let Some((front, head)) = token.text.rsplit_once('-') else { continue };
        let last = front.rsplit('-').next().unwrap_or(front);
        if token.is_capital() && is_event(head) && !lexicon::is_noun(last) {
            let kind = EntityKind::Event;
            found.push(Candidate { first: index, last: index, kind, canonical: None, weight: weight::HEAD });
        }
    }
}

fn is_event(head: &str) -> bool {
    matches!(
        head,
        "Krise"
            | "Konflikt"
            | "Konflikts"
            | "Konfliktes"
            | "Krieg"
            | "Kriegs"
            | "Krieges"
            | "Pandemie"
            | "Epidemie"
            | "Affäre"
            | "Skandal"
            | "Skandals"
            | "Wahl"
            | "Wahlen"
            | "Festspiele"
            | "Festspielen"
    )
}
