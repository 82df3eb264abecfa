//! Whether a unit reports speech in its own words.

use super::cue::{self, Class, Cue};
use super::mood;
use super::unit::Unit;
use super::words::is_preposition;
use crate::model::Language;

/// What the words around the quotations of a unit say about its report.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    /// Its first verb in the mood of reported speech.
    pub subjunctive: Option<usize>,
    /// The unit before, in the same paragraph, is speech.
    pub follows_speech: bool,
    /// All its quotations are whole utterances (true without any).
    pub whole_only: bool,
    /// It has a quotation that is part of its own sentence.
    pub has_fragment: bool,
}

/// Whether `unit`, ruled by `cue`, reports what somebody said.
pub(super) fn by_cue(unit: &Unit<'_>, cue: &Cue, context: Context) -> bool {
    if unit.language != Language::German {
        return english(unit, cue, context);
    }
    if cue::is_relative_clause(unit, cue) && !context.has_fragment {
        return false;
    }
    if context.subjunctive.is_some_and(|at| !cue.holds(at)) {
        return true;
    }
    if context.has_fragment && content(unit, cue) >= 2 {
        return !matches!(cue.class, Class::Think) || clause(unit, cue) || cue_takes_fragment(unit, cue);
    }
    if clause(unit, cue) {
        return true;
    }
    if cue.passive {
        return false;
    }
    match cue.class {
        Class::Ask => infinitive(unit),
        Class::Say => {
            let conditional = mood::conditional(unit);
            conditional && unit.items.iter().any(|i| i.is_stop(','))
                || bare_clause(unit, cue)
                || infinitive(unit) && accuses(unit, cue)
        }
        Class::Judge => unit.low(cue.finite + 1) == "von" || names(unit, cue),
        Class::Think => false,
    }
}

/// Whether a unit without any cue goes on with what was reported before.
pub(super) fn by_mood(unit: &Unit<'_>, context: Context) -> bool {
    context.subjunctive.is_some() || context.follows_speech && mood::conditional(unit)
}

/// Words outside quotations that are not the cue's own.
fn content(unit: &Unit<'_>, cue: &Cue) -> usize {
    unit.items.iter().enumerate().filter(|(at, i)| i.is_word() && !cue.holds(*at)).count()
}

/// `, dass …`, `, ob …`, or a question word behind the cue.
fn clause(unit: &Unit<'_>, cue: &Cue) -> bool {
    if unit.low(0) == "dass" {
        return true;
    }
    (0..unit.items.len()).any(|at| {
        if !unit.is_stop(at, &[',']) {
            return false;
        }
        let next = unit.low(at + 1);
        if matches!(next, "dass" | "daß" | "ob") {
            return at > cue.finite.min(cue.verb);
        }
        matches!(next, "wie" | "warum" | "weshalb" | "wieso" | "wann" | "wer" | "wohin")
            && at > cue.finite
            && matches!(cue.class, Class::Say)
            && at <= last_of(unit, cue) + 1
    })
}

/// The last word that belongs to the cue's clause: particle, participle, or adverbs behind the verb.
fn last_of(unit: &Unit<'_>, cue: &Cue) -> usize {
    let last = cue.tail.unwrap_or(cue.finite).max(cue.finite);
    let end = (last + 1..unit.items.len()).find(|&at| unit.is_break(at)).unwrap_or(unit.items.len());
    end.saturating_sub(1)
}

/// A clause without a conjunction before or behind the cue: `Es regnet, sagte sie`.
fn bare_clause(unit: &Unit<'_>, cue: &Cue) -> bool {
    let first = cue.finite.min(cue.verb);
    let before = first.checked_sub(1);
    // `…, das berichten Medien`, `…, wie sie sagte`
    if first > 4 && matches!(unit.low(first - 1), "das" | "dies") && unit.is_stop(first - 2, &[',']) {
        return true;
    }
    if cue::opener(unit, cue).is_some_and(|at| matches!(unit.low(at), "wie" | "so") && (at > 4 || at == 0)) {
        return true;
    }
    if before.is_some_and(|b| unit.is_stop(b, &[',']))
        && cue::opener(unit, cue).is_none()
        && unit.items.iter().take(first).filter(|i| i.is_word()).count() >= 4
        && (0..first - 1)
            .rev()
            .all(|b| !unit.is_stop(b, &[',']) || b + 12 < first || b == 0 || !apposition(unit, b))
    {
        return true;
    }
    // Behind the cue only where nothing but the verb stands before the comma.
    let comma = (cue.tail.unwrap_or(cue.finite) + 1).max(cue.finite + 1);
    if unit.is_stop(comma, &[',']) && unit.items.iter().skip(comma).filter(|i| i.is_word()).count() >= 4 {
        let next = unit.low(comma + 1);
        return !matches!(
            next,
            "und"
                | "aber"
                | "sondern"
                | "weil"
                | "um"
                | "wenn"
                | "nachdem"
                | "obwohl"
                | "während"
                | "als"
                | "so"
                | "wie"
        );
    }
    false
}

/// Whether the comma at `at` opens words that only explain the noun before it.
fn apposition(unit: &Unit<'_>, at: usize) -> bool {
    at > 0
        && at < 4
        && unit.item(at - 1).is_some_and(super::unit::Item::is_capital)
        && unit.entity(at - 1).is_some()
}

/// `…, zu handeln` or `auf, … fortzusetzen`.
fn infinitive(unit: &Unit<'_>) -> bool {
    (0..unit.items.len()).any(|at| {
        let low = unit.low(at);
        if low == "zu" {
            let next = unit.low(at + 1);
            return next.len() > 3
                && next.ends_with('n')
                && !unit.item(at + 1).is_some_and(super::unit::Item::is_capital)
                && !is_preposition(next);
        }
        low.len() > 7
            && low.ends_with('n')
            && !unit.item(at).is_some_and(super::unit::Item::is_capital)
            && infix(low)
    })
}

/// `fortzusetzen`, `abzulehnen`.
fn infix(low: &str) -> bool {
    const PREFIXES: &[&str] = &[
        "ab", "an", "auf", "aus", "bei", "ein", "fest", "fort", "her", "hin", "los", "mit", "nach", "nieder",
        "vor", "weg", "weiter", "zurück", "zusammen", "voran", "ent", "bereit",
    ];
    PREFIXES.iter().any(|p| low.strip_prefix(p).is_some_and(|rest| rest.starts_with("zu") && rest.len() > 5))
}

/// Verbs of saying that put their content into an infinitive: `warf ihm vor, gelogen zu haben`.
fn accuses(unit: &Unit<'_>, cue: &Cue) -> bool {
    matches!(
        unit.low(cue.verb),
        "warf"
            | "wirft"
            | "warfen"
            | "werfen"
            | "vorgeworfen"
            | "behauptet"
            | "behauptete"
            | "behaupteten"
            | "kündigte"
            | "kündigt"
            | "kündigten"
            | "angekündigt"
            | "bestritt"
            | "bestreitet"
            | "gab"
            | "gibt"
            | "räumte"
            | "beteuert"
            | "beteuerte"
            | "versicherte"
            | "versichert"
            | "unterstellte"
            | "unterstellt"
            | "bestritten"
            | "hielt"
            | "vorgehalten"
    )
}

/// `bezeichnete X als Y`, `nannte X falsch`.
fn names(unit: &Unit<'_>, cue: &Cue) -> bool {
    let low = unit.low(cue.verb);
    let as_word = unit.items.iter().any(|i| i.low == "als");
    (low.contains("bezeichne") || low.contains("nannt") || low.contains("bewerte") || low.contains("einstuf"))
        && as_word
}

fn cue_takes_fragment(unit: &Unit<'_>, cue: &Cue) -> bool {
    matches!(
        unit.low(cue.verb),
        "findet"
            | "fand"
            | "fanden"
            | "finden"
            | "sieht"
            | "sah"
            | "sehen"
            | "hält"
            | "hielt"
            | "glaubt"
            | "glaubte"
    )
}

fn english(unit: &Unit<'_>, cue: &Cue, context: Context) -> bool {
    let that = unit.low(cue.verb + 1) == "that"
        || (cue.verb + 1..unit.items.len().min(cue.verb + 7))
            .any(|at| unit.low(at) == "that" || unit.low(at) == "whether");
    let infinitive = (cue.verb + 1..unit.items.len()).any(|at| unit.low(at) == "to");
    if context.whole_only
        && unit.items.iter().any(super::unit::Item::is_quote)
        && !that
        && content(unit, cue) < 14
    {
        return false;
    }
    let behind = (cue.verb + 1..unit.items.len())
        .filter(|&at| unit.item(at).is_some_and(super::unit::Item::is_word))
        .count();
    let comma = cue.verb > 0 && (0..cue.verb).any(|b| unit.is_stop(b, &[',']));
    let ahead = (0..cue.verb).filter(|&at| unit.item(at).is_some_and(super::unit::Item::is_word)).count();
    let plain = matches!(
        unit.low(cue.verb),
        "said"
            | "says"
            | "say"
            | "added"
            | "adds"
            | "told"
            | "stated"
            | "claimed"
            | "claims"
            | "warned"
            | "predicted"
            | "argued"
            | "insisted"
            | "estimated"
            | "reported"
    );
    match cue.class {
        Class::Say => {
            that || plain && (behind >= 4 || comma && ahead >= 5) || comma && ahead >= 6 && behind <= 4
        }
        Class::Ask => that || infinitive,
        Class::Judge => context.has_fragment,
        Class::Think => that || context.has_fragment,
    }
}
