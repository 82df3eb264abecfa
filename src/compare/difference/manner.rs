//! Differences of manner: quoted or reported, stated or hedged, with or without a source, denied.

use super::Finding;
use crate::compare::told::{Story, Telling, role};
use crate::compare::unit::Unit;
use crate::model::{DifferenceKind, MentionRole, QuoteKind, Span};
use crate::text::fold::fold;

/// Quoted by one outlet, reported by the other.
pub(super) fn direct_or_indirect(a: &Telling<'_>, b: &Telling<'_>) -> Option<Finding> {
    let direct = |t: &Telling<'_>| {
        t.units
            .iter()
            .find(|u| role(u) == MentionRole::Direct)
            .and_then(|u| u.quoted().next())
            .map(|s| s.span)
    };
    let indirect = |t: &Telling<'_>| {
        let whole = t.units.iter().all(|u| role(u) != MentionRole::Direct);
        let unit = t.units.iter().find(|u| role(u) == MentionRole::Indirect)?;
        whole.then_some(unit.span)
    };
    let kind = DifferenceKind::DirectIndirect;
    if let (Some(x), Some(y)) = (direct(a), indirect(b)) {
        return Some(Finding::pair(kind, (a.article, x), (b.article, y), false));
    }
    let (x, y) = (indirect(a)?, direct(b)?);
    Some(Finding::pair(kind, (a.article, x), (b.article, y), false))
}

/// How firmly something is stated, by the words that hedge it.
fn hedge(story: &Story<'_>, unit: &Unit) -> Option<Span> {
    // Folded words that take back certainty; from the grammar of both languages.
    const HEDGES: [&str; 33] = [
        "soll",
        "sollen",
        "konnte",
        "konnten",
        "durfte",
        "durften",
        "offenbar",
        "mutmasslich",
        "mutmassliche",
        "mutmasslichen",
        "moglicherweise",
        "womoglich",
        "vermutlich",
        "wohl",
        "angeblich",
        "angebliche",
        "angeblichen",
        "anscheinend",
        "wahrscheinlich",
        "vielleicht",
        "scheinbar",
        "may",
        "might",
        "could",
        "reportedly",
        "allegedly",
        "apparently",
        "possibly",
        "probably",
        "perhaps",
        "likely",
        "alleged",
        "seemingly",
    ];
    unit.words
        .iter()
        .find(|w| HEDGES.contains(&fold(story.words(unit.article, w.span)).as_str()))
        .map(|w| w.span)
}

/// The word that states a thing as done or so.
fn statement(story: &Story<'_>, unit: &Unit) -> Option<Span> {
    const FINITE: [&str; 18] = [
        "ist", "sind", "war", "waren", "hat", "haben", "hatte", "hatten", "wurde", "wurden", "wird",
        "werden", "is", "are", "was", "were", "has", "have",
    ];
    unit.words
        .iter()
        .find(|w| FINITE.contains(&fold(story.words(unit.article, w.span)).as_str()))
        .map(|w| w.span)
}

/// Hedged by one outlet, stated by the other.
pub(super) fn modality(story: &Story<'_>, a: &Telling<'_>, b: &Telling<'_>) -> Option<Finding> {
    let hedged = |t: &Telling<'_>| t.units.iter().find_map(|u| hedge(story, u));
    let stated = |t: &Telling<'_>| {
        let plain = t.units.iter().all(|u| role(u) == MentionRole::Paraphrase && hedge(story, u).is_none());
        let question = t.units.iter().any(|u| story.text(u).ends_with('?'));
        (plain && !question).then(|| t.units.iter().find_map(|u| statement(story, u))).flatten()
    };
    let spoken = |t: &Telling<'_>| t.units.iter().any(|u| role(u) == MentionRole::Direct);
    if spoken(a) || spoken(b) {
        return None;
    }
    let kind = DifferenceKind::Modality;
    if let (Some(x), Some(y)) = (hedged(a), stated(b)) {
        return Some(Finding::pair(kind, (a.article, x), (b.article, y), false));
    }
    let (x, y) = (stated(a)?, hedged(b)?);
    Some(Finding::pair(kind, (a.article, x), (b.article, y), false))
}

/// Other sources named, or one named by one outlet only.
pub(super) fn attribution(story: &Story<'_>, a: &Telling<'_>, b: &Telling<'_>) -> Option<Finding> {
    let (ours, theirs) = (source(story, a), source(story, b));
    let kind = DifferenceKind::Attribution;
    match (ours, theirs) {
        (Some((name, x)), Some((other, y))) => {
            let same = name == other || name.contains(&other) || other.contains(&name);
            (!same).then(|| Finding::pair(kind, (a.article, x), (b.article, y), false))
        }
        (Some((_, x)), None) => {
            let y = unsourced(b)?;
            Some(Finding::pair(kind, (a.article, x), (b.article, y), false))
        }
        (None, Some((_, y))) => {
            let x = unsourced(a)?;
            Some(Finding::pair(kind, (a.article, x), (b.article, y), false))
        }
        (None, None) => None,
    }
}

/// Who a telling gives as its source, folded, with the words that say so.
fn source(story: &Story<'_>, telling: &Telling<'_>) -> Option<(String, Span)> {
    let article = story.articles.get(telling.article as usize)?;
    let text = &article.draft.text;
    for unit in &telling.units {
        for quote in article.analysis.quotes.iter().filter(|q| q.span.overlaps(unit.span)) {
            let Some(speaker) = quote.speaker.as_deref() else { continue };
            let last = speaker.rsplit(' ').next().unwrap_or(speaker);
            let start = unit.span.of(text).find(last).map(|at| unit.span.start() + at);
            let Some(span) = start.and_then(|s| Span::new(text, s..s + last.len())) else { continue };
            return Some((fold(last), span));
        }
    }
    None
}

/// The sentence of a telling that states a thing in the outlet's own voice, with nothing spoken.
fn unsourced(telling: &Telling<'_>) -> Option<Span> {
    let own = telling.units.iter().all(|u| role(u) == MentionRole::Paraphrase && u.speech.is_empty());
    own.then(|| telling.units[0].span)
}

/// One affirms what the other denies, in nearly the same words.
pub(super) fn contradiction(story: &Story<'_>, a: &Telling<'_>, b: &Telling<'_>) -> Option<Finding> {
    const ALIKE: f32 = 0.75;
    const CONTENT_WORDS: usize = 5;
    for x in &a.units {
        for y in &b.units {
            let spoken = |u: &Unit| u.speech.iter().any(|s| s.kind == QuoteKind::Direct);
            let short = x.content_words().min(y.content_words()) < CONTENT_WORDS;
            if spoken(x) || spoken(y) || short || likeness(x, y) < ALIKE {
                continue;
            }
            let (ours, theirs) = (negation(story, x), negation(story, y));
            if ours.is_some() != theirs.is_some() {
                let kind = DifferenceKind::Contradiction;
                return Some(Finding::pair(
                    kind,
                    (a.article, ours.unwrap_or(x.span)),
                    (b.article, theirs.unwrap_or(y.span)),
                    true,
                ));
            }
        }
    }
    None
}

/// Share of the content words of the longer sentence that the other has too.
#[allow(clippy::cast_precision_loss, reason = "a sentence has few words")]
fn likeness(x: &Unit, y: &Unit) -> f32 {
    let content = |u: &Unit| u.words.iter().filter(|w| w.content).map(|w| w.stem).collect::<Vec<_>>();
    let (a, b) = (content(x), content(y));
    let shared = a.iter().filter(|w| b.contains(w)).count();
    shared as f32 / a.len().max(b.len()).max(1) as f32
}

fn negation(story: &Story<'_>, unit: &Unit) -> Option<Span> {
    const NOT: [&str; 14] = [
        "nicht", "kein", "keine", "keinen", "keiner", "keinem", "keines", "nie", "niemals", "not", "no",
        "never", "weder", "neither",
    ];
    unit.words
        .iter()
        .find(|w| NOT.contains(&fold(story.words(unit.article, w.span)).as_str()))
        .map(|w| w.span)
}
