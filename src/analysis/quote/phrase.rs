//! Noun phrases and pronouns.

use super::unit::{Item, Unit};
use super::words;
use crate::model::{EntityKind, Language};

/// A noun phrase: items `from` to before `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub from: usize,
    pub to: usize,
    /// First item behind articles and adjectives.
    pub core: usize,
    pub case: Case,
}

/// What the form says about the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// May be the subject.
    Subject,
    /// May be the subject, but its form is more often an object's (`der` before a feminine).
    Doubtful,
    /// Cannot be the subject.
    Object,
}

/// A pronoun of the third person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pronoun {
    He,
    /// German `sie` may also be many.
    She,
    They,
    It,
}

/// The pronoun at `at`.
pub(super) fn pronoun(unit: &Unit<'_>, at: usize) -> Option<Pronoun> {
    match (unit.language, unit.low(at)) {
        (Language::German, "er") => Some(Pronoun::He),
        (Language::German, "sie") => Some(Pronoun::She),
        (Language::German, _) => None,
        (_, "he") => Some(Pronoun::He),
        (_, "she") => Some(Pronoun::She),
        (_, "they") => Some(Pronoun::They),
        (_, "it") => Some(Pronoun::It),
        _ => None,
    }
}

/// Who does the speaking, as it stands in the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Phrase(Phrase),
    Pronoun(Pronoun),
}

pub(super) fn is_word(unit: &Unit<'_>, at: usize) -> bool {
    unit.item(at).is_some_and(Item::is_word)
}

pub(super) fn is_capital(unit: &Unit<'_>, at: usize) -> bool {
    unit.item(at).is_some_and(Item::is_capital)
}

pub(super) fn same_name(unit: &Unit<'_>, at: usize, other: usize) -> bool {
    let name = |at: usize| unit.item(at).and_then(|i| i.mention);
    name(at).is_some() && name(at) == name(other)
}

/// The noun phrase that begins at `at`: article, adjectives, nouns and names, a bracket behind them.
pub(super) fn phrase(unit: &Unit<'_>, at: usize) -> Option<Phrase> {
    let mut case = Case::Subject;
    let mut i = at;
    let article = unit.low(i);
    let has_article = if words::is_subject_article(article) {
        i += 1;
        true
    } else if words::is_object_article(article) {
        case = Case::Object;
        i += 1;
        true
    } else {
        false
    };
    if !has_article
        && (words::is_adverb(article) || words::is_preposition(article) || words::is_conjunction(article))
    {
        return None;
    }
    if !has_article && pronoun(unit, i).is_some() {
        return None;
    }
    // Adjectives, and numbers before them (`55 Jahre alte`).
    let mut steps = 0;
    while is_word(unit, i) && !is_capital(unit, i) && steps < 6 {
        let low = unit.low(i);
        let adjective = low.ends_with(['e', 'r', 'n', 's', 'm']) || low.chars().all(char::is_numeric);
        if !adjective
            || words::is_preposition(low) && low != "in"
            || words::is_conjunction(low) && low != "und"
            || !has_article && steps > 2
        {
            return None;
        }
        i += 1;
        steps += 1;
        if low.chars().all(char::is_numeric) && unit.low(i) == "jahre" {
            i += 1;
        }
    }
    let core = i;
    while is_capital(unit, i) || i > core && is_name_part(unit, i) {
        i += 1;
        // `FDP-Chef (…)`, `G. W. Bush`: stops inside a name.
        while unit.is_stop(i, &['.', '„', '“', '"', '«', '»', '”'])
            && is_capital(unit, i + 1)
            && (same_name(unit, i - 1, i + 1) || !unit.is_stop(i, &['.']))
        {
            i += 1;
        }
    }
    if i == core {
        return None;
    }
    if unit.is_stop(i, &['(']) {
        i = (i..unit.items.len().min(i + 8)).find(|&b| unit.is_stop(b, &[')'])).map_or(i, |b| b + 1);
    }
    if article == "der" && is_feminine(unit, i) {
        case = Case::Doubtful;
    }
    Some(Phrase { from: at, to: i, core, case })
}

fn is_name_part(unit: &Unit<'_>, at: usize) -> bool {
    is_word(unit, at) && at > 0 && same_name(unit, at - 1, at)
}

/// Whether the noun before `end` takes `die`, so that `der` makes it an object.
fn is_feminine(unit: &Unit<'_>, end: usize) -> bool {
    const ENDINGS: &[&str] = &["ung", "heit", "keit", "schaft", "tion", "tät", "presse", "post", "welt"];
    let last = end.saturating_sub(1);
    let low = unit.low(last);
    ENDINGS.iter().any(|e| low.ends_with(e))
        || low.ends_with("erin")
        || matches!(unit.entity(last), Some((EntityKind::Organisation, _)))
}

/// The end of what hangs on a phrase that ends before `to`: genitives, prepositional phrases, names.
pub(super) fn extended(unit: &Unit<'_>, to: usize) -> usize {
    let mut end = to;
    for _ in 0..6 {
        let low = unit.low(end);
        let next = if words::is_genitive_article(low) {
            phrase(unit, end)
        } else if matches!(
            low,
            "von"
                | "vom"
                | "für"
                | "im"
                | "in"
                | "aus"
                | "beim"
                | "bei"
                | "am"
                | "zum"
                | "zur"
                | "of"
                | "for"
                | "at"
        ) {
            phrase(unit, end + 1)
        } else if matches!(low, "und" | "sowie") {
            // `für Gesundheit und Sicherheit`, inside a name of an office.
            phrase(unit, end + 1).filter(|p| p.to < unit.items.len() && is_capital(unit, p.core) && end > to)
        } else if is_capital(unit, end) {
            phrase(unit, end)
        } else {
            None
        };
        match next {
            Some(next) if next.to > end => end = next.to,
            _ => break,
        }
    }
    end
}

/// The phrase that ends before item `end`.
pub(super) fn backward(unit: &Unit<'_>, end: usize) -> Option<Subject> {
    let low = end.saturating_sub(7);
    (low..end)
        .find_map(|at| {
            // Not in the middle of a longer phrase.
            phrase(unit, at).filter(|p| p.to == end || extended(unit, p.to) == end && at + 1 < end)
        })
        .map(Subject::Phrase)
}
