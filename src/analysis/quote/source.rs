//! Phrases that name a source: `laut X`, `X zufolge`, `nach Angaben von X`, `hieß es in X`.

use super::phrase::{Case, Phrase, Subject, backward, phrase};
use super::unit::Unit;
use crate::model::Language;

/// A source phrase.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// Items of the phrase's marking words.
    pub from: usize,
    pub to: usize,
    pub who: Who,
}

/// Whom a source phrase names.
#[derive(Clone, Copy, Debug)]
pub(super) enum Who {
    Named(Subject),
    /// Nobody; who spoke last (`seiner Ansicht nach`, `demnach`).
    Last,
    /// Nobody at all (`hieß es`).
    Nobody,
    /// The sentence's own subject (`nach eigenen Angaben`).
    Own,
}

/// Nouns for what somebody said or thinks.
const WORDS: &[&str] = &[
    "angaben",
    "angabe",
    "worten",
    "mitteilung",
    "mitteilungen",
    "informationen",
    "darstellung",
    "darstellungen",
    "einschätzung",
    "einschätzungen",
    "auffassung",
    "ansicht",
    "ansichten",
    "meinung",
    "aussage",
    "aussagen",
    "überzeugung",
    "bericht",
    "berichten",
    "erkenntnissen",
    "schätzung",
    "schätzungen",
    "berechnungen",
    "recherchen",
    "auskunft",
    "meldung",
    "meldungen",
    "medienberichten",
    "medienangaben",
    "polizeiangaben",
    "behördenangaben",
    "regierungsangaben",
    "firmenangaben",
    "agenturberichten",
];

/// The source phrase of `unit` that is not part of a relative clause.
pub(super) fn source(unit: &Unit<'_>) -> Option<Source> {
    (0..unit.items.len()).find_map(|at| {
        let found = if unit.language == Language::German { german(unit, at) } else { english(unit, at) };
        found.filter(|f| !in_relative_clause(unit, f.from))
    })
}

fn german(unit: &Unit<'_>, at: usize) -> Option<Source> {
    let low = unit.low(at);
    let next = unit.low(at + 1);
    match low {
        "laut" if !unit.is_break(at + 1) => {
            // `laut Angaben der Polizei`
            let noun = phrase(unit, at + 1)?;
            let who =
                if WORDS.contains(&unit.low(noun.core)) { owner(unit, noun.core + 1) } else { named(noun) };
            Some(Source { from: at, to: at + 1, who })
        }
        "zufolge" => {
            let who = match at.checked_sub(1).map_or("", |b| unit.low(b)) {
                "dem" => Who::Last,
                _ => before(unit, at).map_or(Who::Nobody, |p| {
                    if WORDS.contains(&unit.low(p.core)) { owner(unit, p.core + 1) } else { named(p) }
                }),
            };
            Some(Source { from: at, to: at + 1, who })
        }
        "nach" => behind_nach(unit, at),
        // `seiner Ansicht nach`
        "seiner" | "ihrer" | "deren" | "dessen" if WORDS.contains(&next) && unit.low(at + 2) == "nach" => {
            Some(Source { from: at, to: at + 3, who: Who::Last })
        }
        "hieß" | "heißt" | "hiess" | "heisst" if next == "es" || at > 0 && unit.low(at - 1) == "es" => {
            Some(said(unit, at))
        }
        "demnach" | "demzufolge" => Some(Source { from: at, to: at + 1, who: Who::Last }),
        "so" => so(unit, at),
        _ => None,
    }
}

/// `nach Angaben von X`, `nach den Worten des X`, `nach eigenen Angaben`.
fn behind_nach(unit: &Unit<'_>, at: usize) -> Option<Source> {
    let word = (at + 1..at + 5).find(|&i| WORDS.contains(&unit.low(i)))?;
    let between: Vec<&str> = (at + 1..word).map(|i| unit.low(i)).collect();
    if between.iter().any(|w| w.is_empty() || !w.ends_with(['n', 'r', 's', 'e'])) {
        return None;
    }
    let who = if between.iter().any(|w| w.starts_with("eigene")) {
        Who::Own
    } else if between
        .iter()
        .any(|w| matches!(*w, "seinen" | "ihren" | "seiner" | "ihrer" | "deren" | "dessen"))
    {
        Who::Last
    } else {
        owner(unit, word + 1)
    };
    Some(Source { from: at, to: word + 1, who })
}

/// Whose words: `der Polizei`, `von X`, `aus Regierungskreisen`.
fn owner(unit: &Unit<'_>, at: usize) -> Who {
    let at = if matches!(unit.low(at), "von" | "vom" | "aus" | "durch") { at + 1 } else { at };
    phrase(unit, at).map_or(Who::Nobody, named)
}

fn named(p: Phrase) -> Who {
    Who::Named(Subject::Phrase(Phrase { case: Case::Subject, ..p }))
}

fn before(unit: &Unit<'_>, end: usize) -> Option<Phrase> {
    match backward(unit, end)? {
        Subject::Phrase(p) => Some(p),
        Subject::Pronoun(_) => None,
    }
}

/// `hieß es in Moskau`, `heißt es aus der Partei`.
fn said(unit: &Unit<'_>, at: usize) -> Source {
    let to = if unit.low(at + 1) == "es" { at + 2 } else { at + 1 };
    let who = (to..to + 4)
        .find(|&i| matches!(unit.low(i), "in" | "im" | "aus" | "bei" | "beim" | "vom" | "von" | "seitens"))
        .and_then(|i| phrase(unit, i + 1))
        .map_or(Who::Nobody, named);
    Source { from: at, to, who }
}

/// `…, so der Minister.`
fn so(unit: &Unit<'_>, at: usize) -> Option<Source> {
    let before = at.checked_sub(1)?;
    if !(unit.is_quote(before) || unit.is_stop(before, &[',', '–', '-'])) {
        return None;
    }
    if let Some(p) = super::phrase::pronoun(unit, at + 1) {
        return unit.is_break(at + 2).then_some(Source {
            from: at,
            to: at + 1,
            who: Who::Named(Subject::Pronoun(p)),
        });
    }
    let p = phrase(unit, at + 1).filter(|p| p.case != Case::Object)?;
    // A verb behind it makes `so` an adverb (`so der Minister gehen will`).
    let end = super::phrase::extended(unit, p.to);
    let closes = unit.is_break(end)
        || matches!(
            unit.low(end),
            "weiter"
                | "gegenüber"
                | "am"
                | "im"
                | "in"
                | "auf"
                | "bei"
                | "zu"
                | "zum"
                | "nach"
                | "laut"
                | "und"
                | "vor"
                | "via"
                | "anschließend"
                | "heute"
                | "gestern"
        );
    closes.then_some(Source { from: at, to: at + 1, who: named(p) })
}

fn english(unit: &Unit<'_>, at: usize) -> Option<Source> {
    if unit.low(at) == "according" && unit.low(at + 1) == "to" {
        let end = (at + 2..unit.items.len()).find(|&i| unit.is_break(i)).unwrap_or(unit.items.len());
        let core = if matches!(unit.low(at + 2), "the" | "a" | "an") { at + 3 } else { at + 2 };
        if core >= end {
            return None;
        }
        let who = named(Phrase { from: at + 2, to: end, core, case: Case::Subject });
        return Some(Source { from: at, to: at + 2, who });
    }
    None
}

/// Whether `at` stands in a clause that a relative pronoun opened.
fn in_relative_clause(unit: &Unit<'_>, at: usize) -> bool {
    let Some(comma) = (1..at).rev().find(|&b| unit.is_stop(b, &[','])) else { return false };
    let relative = |c: usize| {
        matches!(
            unit.low(c + 1),
            "der"
                | "die"
                | "das"
                | "den"
                | "dem"
                | "dessen"
                | "deren"
                | "welche"
                | "welcher"
                | "who"
                | "which"
        ) && c > 0
            && unit.item(c - 1).is_some_and(super::unit::Item::is_capital)
    };
    let earlier = (1..comma).rev().find(|&b| unit.is_stop(b, &[',']));
    comma + 1 < at && relative(comma) || comma + 1 == at && earlier.is_some_and(relative)
}
