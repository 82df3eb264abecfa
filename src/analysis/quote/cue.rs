//! Verbs of saying in a unit.
//!
//! The table lists the verbs; which of them rules the unit, and whether a separable one has its
//! particle, is decided here. Who speaks is not: see `phrase`.

use std::sync::LazyLock;

use super::unit::{Item, Unit};
use crate::model::Language;
use crate::text::quick::QuickMap;

/// What a verb says about the words that go with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Takes a clause or a quotation.
    Say,
    /// Takes an infinitive.
    Ask,
    /// Names or values something.
    Judge,
    /// Holds a view.
    Think,
}

/// A verb of saying in a unit.
#[derive(Clone, Debug)]
pub(super) struct Cue {
    pub class: Class,
    /// Item of the verb.
    pub verb: usize,
    /// Item of the finite verb: the auxiliary of a participle, else the verb.
    pub finite: usize,
    /// Item of the particle or participle, where it is another.
    pub tail: Option<usize>,
    /// Somebody else acts (`wurde gesagt`).
    pub passive: bool,
}

impl Cue {
    /// The words as written: `fügte hinzu`, `hatte angekündigt`.
    pub fn text(&self, unit: &Unit<'_>) -> String {
        let word = |at: usize| unit.words(at, at + 1);
        match self.tail {
            Some(tail) => format!("{} {}", word(self.finite), word(tail)),
            None => word(self.verb).to_owned(),
        }
    }

    /// Whether `at` is one of its words.
    pub fn holds(&self, at: usize) -> bool {
        at == self.verb || at == self.finite || self.tail == Some(at)
    }
}

static TABLE: &str = include_str!("../../../assets/lexicon/speech_verbs.tsv");

#[derive(Clone, Copy, Debug)]
struct Form {
    class: Class,
    particle: Option<&'static str>,
    participle: bool,
}

type Forms = QuickMap<String, Vec<Form>>;

static GERMAN: LazyLock<Forms> = LazyLock::new(|| forms("de"));
static ENGLISH: LazyLock<Forms> = LazyLock::new(|| forms("en"));

fn forms(language: &str) -> Forms {
    let mut forms = Forms::default();
    for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
        let fields: Vec<&'static str> = line.split('\t').collect();
        let &[of, class, _, particle, singular, plural, past, pasts, participle] = fields.as_slice() else {
            continue;
        };
        if of != language {
            continue;
        }
        let class = match class {
            "ask" => Class::Ask,
            "judge" => Class::Judge,
            "think" => Class::Think,
            _ => Class::Say,
        };
        let particle = (particle != "-").then_some(particle);
        let mut add = |form: &str, particle, participle| {
            let known: &mut Vec<Form> = forms.entry(form.to_owned()).or_default();
            if !known.iter().any(|k| k.particle == particle && k.participle == participle) {
                known.push(Form { class, particle, participle });
            }
        };
        for finite in [singular, plural, past, pasts] {
            add(finite, particle, false);
            // In a subordinate clause the particle stays with its verb.
            if let Some(particle) = particle {
                add(&format!("{particle}{finite}"), None, false);
            }
        }
        add(participle, None, true);
    }
    forms
}

/// Separable particles: with one of them a verb means something else (`sagte die Reise ab`).
const PARTICLES: &[&str] = &[
    "ab", "an", "auf", "aus", "bei", "ein", "fest", "her", "heran", "heraus", "hin", "los", "mit", "nieder",
    "statt", "teil", "um", "vor", "weg", "zu", "zurück", "zusammen", "durch", "hervor",
];

const HAVE: &[&str] = &["hat", "haben", "hatte", "hatten", "habe", "hätte", "hätten"];
const BECOME: &[&str] = &["wird", "werden", "wurde", "wurden"];

/// The verbs of saying in `unit`, by place.
pub(super) fn cues(unit: &Unit<'_>) -> Vec<Cue> {
    match unit.language {
        Language::German => unit.items.iter().enumerate().filter_map(|(at, i)| german(unit, at, i)).collect(),
        Language::English | Language::Other => {
            unit.items.iter().enumerate().filter_map(|(at, i)| english(unit, at, i)).collect()
        }
    }
}

fn german(unit: &Unit<'_>, at: usize, item: &Item) -> Option<Cue> {
    // A verb begins in lower case, unless it opens the sentence.
    if !item.is_word() || item.is_capital() && at > 0 {
        return None;
    }
    let forms = GERMAN.get(item.low.as_ref())?;
    if let Some((tail, class)) = separated(unit, at, forms) {
        return Some(Cue { class, verb: at, finite: at, tail: Some(tail), passive: false });
    }
    if let Some(form) = forms.iter().find(|f| f.participle)
        && let Some((finite, passive)) = auxiliary(unit, at)
    {
        return Some(Cue { class: form.class, verb: at, finite, tail: Some(at), passive });
    }
    let form = forms.iter().find(|f| !f.participle && f.particle.is_none())?;
    if changed(unit, at) || is_infinitive(unit, at) {
        return None;
    }
    Some(Cue { class: form.class, verb: at, finite: at, tail: None, passive: false })
}

/// The particle that makes the verb at `verb` one of saying: the last word of its clause.
fn separated(unit: &Unit<'_>, verb: usize, forms: &[Form]) -> Option<(usize, Class)> {
    (verb + 1..unit.items.len()).find_map(|at| {
        let form = forms.iter().find(|f| f.particle.is_some_and(|p| p == unit.low(at)))?;
        closes_clause(unit, at).then_some((at, form.class))
    })
}

/// Whether a particle gives the verb at `verb` another meaning (`sagte die Reise ab`).
fn changed(unit: &Unit<'_>, verb: usize) -> bool {
    (verb + 1..unit.items.len())
        .take_while(|&at| !unit.is_break(at))
        .any(|at| PARTICLES.contains(&unit.low(at)) && closes_clause(unit, at))
}

/// Whether a particle at `at` can end its clause; `ein` before a quotation is an article.
fn closes_clause(unit: &Unit<'_>, at: usize) -> bool {
    let next = unit.low(at + 1);
    if unit.is_quote(at + 1) {
        return unit.low(at) != "ein";
    }
    unit.is_break(at + 1) || matches!(next, "und" | "oder")
}

/// The auxiliary of the participle at `at`, and whether the clause is passive.
fn auxiliary(unit: &Unit<'_>, at: usize) -> Option<(usize, bool)> {
    // Behind the participle in a subordinate clause (`der gesagt hatte`).
    if HAVE.contains(&unit.low(at + 1)) {
        return Some((at + 1, false));
    }
    for before in (0..at).rev() {
        let low = unit.low(before);
        if HAVE.contains(&low) {
            return Some((before, false));
        }
        if BECOME.contains(&low) {
            return Some((before, true));
        }
        if unit.is_stop(before, &[':', ';']) {
            break;
        }
    }
    None
}

/// Whether the form at `at` is an infinitive (`zu sagen`, `will erklären`) or a plural.
fn is_infinitive(unit: &Unit<'_>, at: usize) -> bool {
    const MODAL: &[&str] = &[
        "will", "wollen", "wollte", "wollten", "kann", "können", "konnte", "konnten", "muss", "müssen",
        "musste", "mussten", "soll", "sollen", "sollte", "sollten", "darf", "dürfen", "durfte", "möchte",
        "würde", "würden",
    ];
    let low = unit.low(at);
    if at > 0 && unit.low(at - 1) == "zu" {
        return true;
    }
    low.ends_with('n')
        && !low.ends_with("ten")
        && (0..at)
            .rev()
            .take_while(|&b| !unit.is_stop(b, &[',', ':', ';']))
            .chain(std::iter::once(at + 1))
            .any(|b| MODAL.contains(&unit.low(b)))
}

/// Behind these a form is a noun or an adjective.
const DETERMINERS: &[&str] = &[
    "the", "a", "an", "this", "that", "its", "his", "her", "their", "no", "any", "in", "of", "for", "to",
    "new",
];

fn english(unit: &Unit<'_>, at: usize, item: &Item) -> Option<Cue> {
    if !item.is_word() || item.is_capital() {
        return None;
    }
    let form = ENGLISH.get(item.low.as_ref())?.first()?;
    let before = at.checked_sub(1).map_or("", |b| unit.low(b));
    let after = unit.low(at + 1);
    if DETERMINERS.contains(&before) || after == "by" {
        return None;
    }
    let passive = matches!(before, "is" | "are" | "was" | "were" | "been" | "be") && item.low.ends_with('d');
    if passive && item.low != "quoted" {
        return None;
    }
    let bare = !item.low.ends_with(['s', 'd'])
        && !matches!(item.low.as_ref(), "wrote" | "swore" | "thought" | "saw" | "forecast");
    // The plain form is a finite verb only after a plural noun.
    if bare && !before.ends_with('s') && before != "they" {
        return None;
    }
    Some(Cue { class: form.class, verb: at, finite: at, tail: None, passive })
}

/// The verb that rules the unit's reported words, where there are several.
pub(super) fn ruling<'c>(unit: &Unit<'_>, cues: &'c [Cue]) -> Option<&'c Cue> {
    cues.iter()
        .enumerate()
        .max_by_key(|(index, cue)| (weight(unit, cue), usize::MAX - index))
        .map(|(_, cue)| cue)
}

fn weight(unit: &Unit<'_>, cue: &Cue) -> i32 {
    let class = match cue.class {
        Class::Say => 6,
        Class::Ask => 4,
        Class::Judge => 2,
        Class::Think => 1,
    };
    let before = cue.finite.checked_sub(1);
    let after_words = before.is_some_and(|b| unit.is_quote(b) || unit.is_stop(b, &[',', '–']));
    let colon = (cue.verb + 1..unit.items.len()).take(12).any(|at| unit.is_stop(at, &[':']));
    class + 4 * i32::from(after_words) + 4 * i32::from(colon)
        - 5 * i32::from(is_subordinate(unit, cue))
        - 5 * i32::from(cue.passive)
}

/// Words that open a subordinate clause.
const OPENERS: &[&str] = &[
    "dass", "ob", "weil", "da", "nachdem", "obwohl", "während", "wenn", "damit", "die", "der", "das", "den",
    "dem", "dessen", "deren", "who", "which", "because", "after", "although", "that", "als", "indem",
];

/// Whether the verb ends a clause that hangs on another (`…, dass er gesagt habe`).
pub(super) fn is_subordinate(unit: &Unit<'_>, cue: &Cue) -> bool {
    opener(unit, cue).is_some_and(|at| {
        // `bei denen … gesagt hatten`
        if matches!(unit.low(at + 1), "denen" | "dem" | "der" | "dessen" | "deren" | "die")
            && super::words::is_preposition(unit.low(at))
            && at > 0
        {
            return true;
        }
        // `Der Minister sagte, …`: a main clause may begin like a relative one.
        OPENERS.contains(&unit.low(at)) && (!is_relative(unit.low(at)) || follows_comma(unit, at))
    })
}

/// Whether the verb ends a relative clause (`Leute, die behaupten`).
pub(super) fn is_relative_clause(unit: &Unit<'_>, cue: &Cue) -> bool {
    opener(unit, cue).is_some_and(|at| is_relative(unit.low(at)) && follows_comma(unit, at))
}

fn is_relative(low: &str) -> bool {
    matches!(low, "die" | "der" | "das" | "den" | "dem" | "dessen" | "deren" | "who" | "which")
}

fn follows_comma(unit: &Unit<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|b| unit.is_stop(b, &[',']))
}

/// The first word of the cue's clause, where the verb stands last in it.
pub(super) fn opener(unit: &Unit<'_>, cue: &Cue) -> Option<usize> {
    let last = cue.finite.max(cue.verb);
    if !(unit.is_break(last + 1) || matches!(unit.low(last + 1), "und" | "hat" | "hatte")) {
        return None;
    }
    let first = cue.finite.min(cue.verb);
    let stop =
        (0..first).rev().find(|&b| unit.is_quote(b) || unit.is_stop(b, &[',', ':', ';', '.', '–', '(', ')']));
    let at = stop.map_or(0, |s| s + 1);
    (at + 1 < first).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = TABLE.lines().filter(|l| !l.starts_with('#'));
        for line in lines {
            let fields: Vec<&str> = line.split('\t').collect();
            assert_eq!(fields.len(), 9, "{line}");
            assert!(["say", "ask", "judge", "think"].contains(&fields[1]), "{line}");
            let forms = if fields[0] == "de" { &GERMAN } else { &ENGLISH };
            assert!(forms.contains_key(fields[8]), "{line}");
        }
        assert!(GERMAN.len() > 500 && ENGLISH.len() > 200);
    }
}
