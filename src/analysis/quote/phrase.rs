//! Noun phrases, and which of them is the subject of a verb of saying.

use super::cue::{Cue, opener};
use super::unit::{Item, Unit};
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

const SUBJECT_ARTICLES: &[&str] = &[
    "der",
    "die",
    "das",
    "ein",
    "eine",
    "kein",
    "keine",
    "sein",
    "seine",
    "ihr",
    "ihre",
    "unser",
    "unsere",
    "dieser",
    "diese",
    "dieses",
    "jener",
    "jene",
    "mehrere",
    "viele",
    "einige",
    "manche",
    "beide",
    "zahlreiche",
    "alle",
    "andere",
    "weitere",
    "zwei",
    "drei",
    "vier",
    "deren",
    "dessen",
    "jeder",
    "jede",
    "etliche",
    "einzelne",
    "the",
    "a",
    "an",
    "his",
    "her",
    "its",
    "their",
    "several",
    "many",
];
const OBJECT_ARTICLES: &[&str] = &[
    "den", "dem", "des", "einen", "einem", "eines", "einer", "keinen", "keinem", "seinen", "seinem",
    "seiner", "seines", "ihren", "ihrem", "ihrer", "ihres", "diesen", "diesem", "unseren", "unserem",
    "unserer", "deinen", "aller", "beider", "mehrerer",
];
const GENITIVE_ARTICLES: &[&str] = &[
    "des", "der", "eines", "einer", "seines", "seiner", "ihres", "ihrer", "beider", "dieses", "dieser",
    "mehrerer", "aller", "deren",
];
const PREPOSITIONS: &[&str] = &[
    "in",
    "im",
    "ins",
    "an",
    "am",
    "ans",
    "auf",
    "aus",
    "bei",
    "beim",
    "mit",
    "nach",
    "von",
    "vom",
    "zu",
    "zum",
    "zur",
    "für",
    "gegen",
    "über",
    "unter",
    "vor",
    "vorm",
    "durch",
    "ohne",
    "um",
    "seit",
    "während",
    "wegen",
    "trotz",
    "zwischen",
    "hinter",
    "neben",
    "gegenüber",
    "laut",
    "bis",
    "ab",
    "per",
    "via",
    "anlässlich",
    "angesichts",
    "of",
    "to",
    "with",
    "from",
    "at",
    "on",
    "by",
    "for",
    "against",
    "about",
    "after",
    "before",
    "into",
    "as",
    "during",
    "since",
    "under",
    "without",
    "within",
    "through",
    "than",
];
const CONJUNCTIONS: &[&str] = &[
    "und", "oder", "aber", "sondern", "denn", "dass", "ob", "wie", "als", "weil", "wenn", "sowie", "and",
    "or", "but", "that", "which", "who",
];
/// Words that open a German sentence with a capital and are no nouns.
const ADVERBS: &[&str] = &[
    "zuletzt",
    "zuvor",
    "dabei",
    "dazu",
    "damit",
    "darum",
    "deshalb",
    "daher",
    "dennoch",
    "trotzdem",
    "allerdings",
    "außerdem",
    "ausserdem",
    "zudem",
    "ferner",
    "weiter",
    "weiterhin",
    "auch",
    "so",
    "nun",
    "jetzt",
    "heute",
    "gestern",
    "morgen",
    "inzwischen",
    "mittlerweile",
    "bereits",
    "schon",
    "erst",
    "noch",
    "nur",
    "dann",
    "danach",
    "daraufhin",
    "später",
    "früher",
    "einst",
    "dort",
    "hier",
    "da",
    "dagegen",
    "hingegen",
    "jedoch",
    "doch",
    "insgesamt",
    "generell",
    "grundsätzlich",
    "offiziell",
    "offenbar",
    "angeblich",
    "gleichzeitig",
    "zugleich",
    "schließlich",
    "schliesslich",
    "letztlich",
    "endlich",
    "kürzlich",
    "jüngst",
    "unterdessen",
    "derweil",
    "wörtlich",
    "nicht",
    "vielmehr",
    "stattdessen",
    "immer",
    "wieder",
    "erneut",
    "kurz",
    "lange",
    "bislang",
    "bisher",
    "seitdem",
    "ebenso",
    "ebenfalls",
    "gegenüber",
    "sogar",
    "selbst",
    "vielleicht",
    "natürlich",
    "mehrfach",
    "mehrmals",
    "wiederholt",
    "einerseits",
    "andererseits",
    "darüber",
    "dafür",
    "davon",
    "davor",
    "darin",
    "daran",
    "darauf",
    "hinzu",
    "konkret",
    "zwar",
    "what",
    "however",
];

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

fn is_word(unit: &Unit<'_>, at: usize) -> bool {
    unit.item(at).is_some_and(Item::is_word)
}

fn is_capital(unit: &Unit<'_>, at: usize) -> bool {
    unit.item(at).is_some_and(Item::is_capital)
}

fn same_name(unit: &Unit<'_>, at: usize, other: usize) -> bool {
    let name = |at: usize| unit.item(at).and_then(|i| i.mention);
    name(at).is_some() && name(at) == name(other)
}

pub(super) fn is_preposition(low: &str) -> bool {
    PREPOSITIONS.contains(&low)
}

/// The noun phrase that begins at `at`: article, adjectives, nouns and names, a bracket behind them.
pub(super) fn phrase(unit: &Unit<'_>, at: usize) -> Option<Phrase> {
    let mut case = Case::Subject;
    let mut i = at;
    let article = unit.low(i);
    let has_article = if SUBJECT_ARTICLES.contains(&article) {
        i += 1;
        true
    } else if OBJECT_ARTICLES.contains(&article) {
        case = Case::Object;
        i += 1;
        true
    } else {
        false
    };
    if !has_article
        && (ADVERBS.contains(&article) || is_preposition(article) || CONJUNCTIONS.contains(&article))
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
            || is_preposition(low) && low != "in"
            || CONJUNCTIONS.contains(&low) && low != "und"
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
        let next = if GENITIVE_ARTICLES.contains(&low) {
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
        (Some(_), Some(Subject::Pronoun(p))) if adjacent(unit, finite) => Some(Subject::Pronoun(p)),
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
        if is_preposition(unit.low(at)) {
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
    const TIMES: &[&str] = &[
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonnabend",
        "sonntag",
        "ende",
        "mitte",
        "anfang",
        "januar",
        "februar",
        "märz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "dezember",
        "tag",
    ];
    TIMES.contains(&unit.low(p.core))
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
        let inner = comma.and_then(|c| (start..c).rev().find(|&b| unit.is_stop(b, &[','])));
        if let Some(inner) = inner
            && name.is_none_or(|_| unit.is_person(inner.saturating_sub(1)))
        {
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
    let core = if SUBJECT_ARTICLES.contains(&unit.low(first)) && first < last { first + 1 } else { first };
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
                || is_preposition(unit.low(at)) && unit.low(at) != "of"
        })
        .unwrap_or(to);
    let end = if end > from && unit.is_stop(end - 1, &['.']) { end - 1 } else { end };
    if end <= from || !(is_capital(unit, from) || SUBJECT_ARTICLES.contains(&unit.low(from))) {
        return None;
    }
    let core = if SUBJECT_ARTICLES.contains(&unit.low(from)) { from + 1 } else { from };
    Some(Subject::Phrase(Phrase { from, to: end, core: core.min(end - 1), case: Case::Subject }))
}
