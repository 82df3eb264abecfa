//! Which noun phrase is the subject of a verb of saying.

use super::cue::{Cue, opener};
use super::phrase::{Case, Phrase, Subject, backward, is_capital, is_word, phrase, pronoun, same_name};
use super::unit::Unit;
use super::words;
use crate::model::Language;

/// The subject of `cue`; `None` where the sentence does not say.
pub(super) fn subject(unit: &Unit<'_>, cue: &Cue) -> Option<Subject> {
    if cue.passive {
        return agent(unit, cue);
    }
    match unit.language {
        Language::German => german(unit, cue),
        Language::English | Language::Other => english(unit, cue),
    }
}

/// `von X` or `durch X` of a passive verb.
fn agent(unit: &Unit<'_>, cue: &Cue) -> Option<Subject> {
    let clause =
        (cue.finite..unit.items.len()).find(|&at| unit.is_stop(at, &[',', ':'])).unwrap_or(unit.items.len());
    (0..clause.max(cue.verb))
        .filter(|&at| matches!(unit.low(at), "von" | "vom" | "durch" | "by"))
        .find_map(|at| phrase(unit, at + 1))
        .map(Subject::Phrase)
}

fn german(unit: &Unit<'_>, cue: &Cue) -> Option<Subject> {
    // `wie X sagte`, `als er sagte`, `der sagte`
    if let Some(at) = opener(unit, cue) {
        if matches!(
            unit.low(at),
            "wie"
                | "als"
                | "dass"
                | "ob"
                | "weil"
                | "da"
                | "nachdem"
                | "obwohl"
                | "während"
                | "wenn"
                | "indem"
                | "so"
        ) {
            return forward(unit, at + 1, cue.finite.min(cue.verb), false);
        }
        if at > 0
            && unit.is_stop(at - 1, &[','])
            && matches!(unit.low(at), "der" | "die" | "das" | "welcher" | "welche")
        {
            return backward(unit, at - 1);
        }
    }
    let finite = cue.finite;
    let before = finite.checked_sub(1);
    let inverted =
        before.is_some_and(|b| unit.is_quote(b) || unit.is_stop(b, &[',', '–', '-', '”', '“', '"']));
    let after = forward(unit, finite + 1, unit.items.len(), true);
    let first = clause_start(unit, finite);
    let front = front(unit, first, finite);
    if inverted {
        // `X, Minister von Y, sagte`: only an apposition stands between.
        if let Some(Subject::Phrase(p)) = front
            && unit.is_stop(p.to, &[','])
            && before.is_some_and(|b| p.to < b)
            && ((p.core..p.to).any(|i| unit.entity(i).is_some()) || p.to - p.core >= 2)
        {
            return front;
        }
        return after.or(front);
    }
    match (front, after) {
        (Some(Subject::Phrase(_)), Some(Subject::Pronoun(p))) if adjacent(unit, finite) => {
            Some(Subject::Pronoun(p))
        }
        (Some(Subject::Phrase(f)), Some(after)) if f.case != Case::Subject => Some(after),
        // `Die Reise fand X unnötig`: a person right behind the verb is its subject.
        (Some(Subject::Phrase(f)), Some(Subject::Phrase(a)))
            if a.from == finite + 1 && a.case == Case::Subject && outranks(unit, a, f) =>
        {
            after
        }
        (Some(front), _) => Some(front),
        (None, after) => after,
    }
}

/// Whether `after` is more of a speaker than `front`: a name against none, an article against none.
fn outranks(unit: &Unit<'_>, after: Phrase, front: Phrase) -> bool {
    let person = |p: Phrase| (p.core..p.to).any(|at| unit.is_person(at));
    let known = |p: Phrase| p.core > p.from || (p.core..p.to).any(|at| unit.entity(at).is_some());
    person(after) && !person(front) || !known(front) && after.core == after.from && front.to == front.from + 1
}

/// Whether a pronoun stands right behind the finite verb at `finite`.
fn adjacent(unit: &Unit<'_>, finite: usize) -> bool {
    pronoun(unit, finite + 1).is_some()
}

/// First item of the main clause that holds `finite`.
fn clause_start(unit: &Unit<'_>, finite: usize) -> usize {
    let stop = (0..finite).rev().find(|&b| {
        unit.is_stop(b, &[':', ';', '.', '!', '?', '–']) && !inside_name(unit, b) || unit.is_quote(b)
    });
    let mut first = stop.map_or(0, |s| s + 1);
    while unit.is_stop(first, &[',', '–', '-'])
        || matches!(unit.low(first), "und" | "aber" | "doch" | "denn" | "oder")
    {
        first += 1;
    }
    first
}

fn inside_name(unit: &Unit<'_>, stop: usize) -> bool {
    stop > 0 && same_name(unit, stop - 1, stop + 1) || unit.low(stop.saturating_sub(1)).chars().count() <= 2
}

/// The phrase or pronoun that opens the clause at `first`, where it can be the subject of `finite`.
fn front(unit: &Unit<'_>, first: usize, finite: usize) -> Option<Subject> {
    let mut at = first;
    if matches!(unit.low(at), "auch" | "nur" | "selbst" | "sogar" | "schon") {
        at += 1;
    }
    if at >= finite {
        return None;
    }
    if let Some(p) = pronoun(unit, at) {
        return Some(Subject::Pronoun(p));
    }
    phrase(unit, at).filter(|p| p.case != Case::Object && p.to <= finite).map(Subject::Phrase)
}

/// The first subject among the items `from..to`; stops and quotations end the search where `breaks`.
fn forward(unit: &Unit<'_>, from: usize, to: usize, breaks: bool) -> Option<Subject> {
    let mut doubtful = None;
    let mut at = from;
    while at < to {
        if unit.is_break(at) {
            if breaks || unit.is_quote(at) {
                break;
            }
            at += 1;
            continue;
        }
        if let Some(p) = pronoun(unit, at) {
            return Some(Subject::Pronoun(p));
        }
        if words::is_preposition(unit.low(at)) {
            at = phrase(unit, at + 1).map_or(at + 1, |p| p.to);
            continue;
        }
        if let Some(p) = phrase(unit, at).filter(|p| p.to <= to) {
            match p.case {
                Case::Subject if !is_time(unit, &p) => return Some(Subject::Phrase(p)),
                Case::Doubtful if doubtful.is_none() => doubtful = Some(Subject::Phrase(p)),
                _ => {}
            }
            at = p.to;
            continue;
        }
        at += 1;
    }
    doubtful
}

/// `Ende`, `Montag`, `Mitte August`: no speakers.
fn is_time(unit: &Unit<'_>, p: &Phrase) -> bool {
    words::is_time(unit.low(p.core))
}

fn english(unit: &Unit<'_>, cue: &Cue) -> Option<Subject> {
    let finite = cue.finite;
    let before = finite.checked_sub(1);
    let start = (0..finite)
        .rev()
        .find(|&b| unit.is_quote(b) || unit.is_stop(b, &[':', ';', '–', '—']))
        .map_or(0, |s| s + 1);
    let comma = (start..finite).rev().find(|&b| unit.is_stop(b, &[',']));
    let at_comma = before.is_none_or(|b| unit.is_quote(b) || unit.is_stop(b, &[',']));
    if at_comma {
        // `…," said X` against `X, head of Y, said`.
        let name = name_or_noun(unit, finite + 1, unit.items.len());
        let mut pieces = (start..finite).filter(|&at| unit.is_stop(at, &[',']));
        let person = pieces.rfind(|&at| at > start && unit.is_person(at - 1) && at + 1 < finite);
        if let Some(end) = person {
            let from = (start..end).rev().find(|&b| unit.is_stop(b, &[','])).map_or(start, |s| s + 1);
            return segment(unit, from, end);
        }
        let inner = comma.and_then(|c| (start..c).rev().find(|&b| unit.is_stop(b, &[','])));
        if let Some(inner) = inner.filter(|_| name.is_none()) {
            let from = (start..inner).rev().find(|&b| unit.is_stop(b, &[','])).map_or(start, |s| s + 1);
            return segment(unit, from, inner);
        }
        return name;
    }
    segment(unit, comma.map_or(start, |c| c + 1), finite)
        .or_else(|| comma.and_then(|c| segment(unit, start, c)))
}

/// The pronoun or phrase that fills the items `from..to` up to their end.
fn segment(unit: &Unit<'_>, from: usize, to: usize) -> Option<Subject> {
    let mut last = to.checked_sub(1)?;
    while last > from
        && (unit.low(last).ends_with("ly")
            || matches!(unit.low(last), "also" | "has" | "have" | "had" | "then" | "later"))
    {
        last -= 1;
    }
    if last < from {
        return None;
    }
    if let Some(p) = pronoun(unit, last) {
        return Some(Subject::Pronoun(p));
    }
    let mut first = from;
    while first < last
        && (matches!(
            unit.low(first),
            "and"
                | "but"
                | "in"
                | "on"
                | "at"
                | "earlier"
                | "meanwhile"
                | "today"
                | "yesterday"
                | "that"
                | "as"
        ) || !is_word(unit, first))
    {
        first += 1;
    }
    let core = if words::is_subject_article(unit.low(first)) && first < last { first + 1 } else { first };
    // `X sold its shares and has said`: the subject stands first.
    if matches!(unit.low(last), "and" | "but") {
        let name = (core..last).take(4).find(|&at| unit.entity(at).is_some()).unwrap_or(core);
        let end = (name..last)
            .take_while(|&at| {
                unit.item(at).and_then(|i| i.mention) == unit.item(name).and_then(|i| i.mention)
            })
            .last();
        last = end.unwrap_or(name);
    }
    (is_word(unit, last)).then_some(Subject::Phrase(Phrase {
        from: first,
        to: last + 1,
        core,
        case: Case::Subject,
    }))
}

/// Pronoun, or the words up to the next stop, preposition or quotation.
fn name_or_noun(unit: &Unit<'_>, from: usize, to: usize) -> Option<Subject> {
    if let Some(p) = pronoun(unit, from) {
        return Some(Subject::Pronoun(p));
    }
    let end = (from..to)
        .find(|&at| {
            unit.is_break(at) && !unit.is_stop(at, &['.'])
                || words::is_preposition(unit.low(at)) && unit.low(at) != "of"
        })
        .unwrap_or(to);
    let end = if end > from && unit.is_stop(end - 1, &['.']) { end - 1 } else { end };
    if end <= from || !(is_capital(unit, from) || words::is_subject_article(unit.low(from))) {
        return None;
    }
    let core = if words::is_subject_article(unit.low(from)) { from + 1 } else { from };
    Some(Subject::Phrase(Phrase { from, to: end, core: core.min(end - 1), case: Case::Subject }))
}
