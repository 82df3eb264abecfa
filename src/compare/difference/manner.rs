//! Differences of manner: quoted or reported, stated or hedged, done or planned, denied.

use super::Finding;
use super::pairing::{inside, nearest};
use crate::compare::told::{Story, Telling, role};
use crate::compare::unit::{Unit, Word};
use crate::model::{Degree, DifferenceKind, Language, MentionRole, QuoteKind, Span, Tier};
use crate::text::fold::fold;

/// Quoted by one outlet, reported by the other, or quoted in part.
pub(super) fn direct_or_indirect(story: &Story<'_>, a: &Telling<'_>, b: &Telling<'_>) -> Option<Finding> {
    let kind = DifferenceKind::DirectIndirect;
    let pair = |x, y| Finding::pair(kind, Degree::Varies, (a.article, x), (b.article, y));
    if let Some((x, y)) = spoken_and_reported(a, b) {
        return Some(pair(x, y));
    }
    if let Some((y, x)) = spoken_and_reported(b, a) {
        return Some(pair(x, y));
    }
    if let Some((x, y)) = marked_and_unmarked(story, a, b) {
        return Some(pair(x, y));
    }
    let (y, x) = marked_and_unmarked(story, b, a)?;
    Some(pair(x, y))
}

/// Words quoted by `a` and the sentence of `b` that reports them.
fn spoken_and_reported(a: &Telling<'_>, b: &Telling<'_>) -> Option<(Span, Span)> {
    const SHARED: usize = 2;
    if b.units.iter().any(|u| role(u) == MentionRole::Direct) {
        return None;
    }
    let direct = a.units.iter().filter(|u| role(u) == MentionRole::Direct);
    direct
        .flat_map(|x| x.quoted().map(move |s| (x, s)))
        .flat_map(|(x, s)| b.units.iter().map(move |y| (x, s, y)))
        .filter(|(_, _, y)| role(y) == MentionRole::Indirect)
        .map(|(x, s, y)| (inside(x.words.get(s.words.clone()).unwrap_or_default(), y), s.span, y.span))
        .filter(|(shared, ..)| *shared >= SHARED)
        .max_by_key(|(shared, x, y)| (*shared, std::cmp::Reverse((*x, *y))))
        .map(|(_, x, y)| (x, y))
}

/// Words that `a` sets in quotation marks inside a sentence of its own and that `b` has word for
/// word without marks.
fn marked_and_unmarked(story: &Story<'_>, a: &Telling<'_>, b: &Telling<'_>) -> Option<(Span, Span)> {
    if b.units.iter().any(|u| u.quoted().next().is_some()) {
        return None;
    }
    let (x, y) = nearest(a, b)?;
    let mut fragments = x.quoted().filter(|s| s.kind == QuoteKind::Fragment);
    fragments.find_map(|s| {
        let words: Vec<u32> = x.words.get(s.words.clone())?.iter().map(|w| w.stem).collect();
        let content = x.words.get(s.words.clone())?.iter().any(|w| w.content);
        let at = y
            .words
            .windows(words.len().max(1))
            .position(|w| w.iter().map(|w| w.stem).eq(words.iter().copied()))?;
        let last = y.words.get(at + words.len().checked_sub(1)?)?;
        let text = &story.articles.get(y.article as usize)?.draft.text;
        let theirs = Span::new(text, y.words[at].span.start()..last.span.end())?;
        content.then_some((s.span, theirs))
    })
}

/// How firmly something is stated, by the words that hedge it.
fn hedge(story: &Story<'_>, unit: &Unit) -> Option<Span> {
    // Words that take back certainty; from the grammar of both languages.
    const GERMAN: [&str; 22] = [
        "mutmasslich",
        "mutmassliche",
        "mutmasslichen",
        "könnte",
        "könnten",
        "dürfte",
        "dürften",
        "offenbar",
        "mutmaßlich",
        "mutmaßliche",
        "mutmaßlichen",
        "möglicherweise",
        "womöglich",
        "vermutlich",
        "wohl",
        "angeblich",
        "angebliche",
        "angeblichen",
        "anscheinend",
        "wahrscheinlich",
        "vielleicht",
        "scheinbar",
    ];
    const ENGLISH: [&str; 12] = [
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
    // In reported speech the speaker hedges, not the outlet; that a thing `shall` be so is hearsay
    // by itself.
    let own = if unit.is_reported() { None } else { listed(story, unit, &GERMAN, &ENGLISH) };
    own.or_else(|| listed(story, unit, &["soll", "sollen"], &[]))
}

/// The word that states a thing as done or so.
fn statement(story: &Story<'_>, unit: &Unit) -> Option<Span> {
    const GERMAN: [&str; 12] = [
        "ist", "sind", "war", "waren", "hat", "haben", "hatte", "hatten", "wurde", "wurden", "wird", "werden",
    ];
    const ENGLISH: [&str; 7] = ["is", "are", "was", "were", "has", "have", "had"];
    listed(story, unit, &GERMAN, &ENGLISH)
}

/// The word that says a thing is wanted or planned.
fn plan(story: &Story<'_>, unit: &Unit) -> Option<Span> {
    const GERMAN: [&str; 14] = [
        "will",
        "wollen",
        "wollte",
        "wollten",
        "plant",
        "planen",
        "plante",
        "planten",
        "geplant",
        "beabsichtigt",
        "erwägt",
        "erwägen",
        "angestrebt",
        "vorgesehen",
    ];
    const ENGLISH: [&str; 9] =
        ["wants", "want", "plans", "plan", "planned", "intends", "intend", "aims", "considering"];
    listed(story, unit, &GERMAN, &ENGLISH)
}

/// The first word of a sentence that stands in the list of its language.
fn listed(story: &Story<'_>, unit: &Unit, german: &[&str], english: &[&str]) -> Option<Span> {
    let language = story.articles.get(unit.article as usize)?.draft.language;
    let list = if language == Language::English { english } else { german };
    // Not folded: `konnte` is no hedge, `könnte` is.
    let is_listed = |w: &&Word| list.contains(&story.words(unit.article, w.span).to_lowercase().as_str());
    unit.words.iter().find(is_listed).map(|w| w.span)
}

/// Hedged by one outlet, stated by the other; where the reports surely belong together also planned
/// here, done there.
pub(super) fn modality(story: &Story<'_>, a: &Telling<'_>, b: &Telling<'_>, tier: Tier) -> Option<Finding> {
    let spoken = |t: &Telling<'_>| t.units.iter().any(|u| role(u) == MentionRole::Direct);
    if spoken(a) || spoken(b) {
        return None;
    }
    let (x, y) = nearest(a, b)?;
    let pair = |ours, theirs| {
        Finding::pair(DifferenceKind::Modality, Degree::Varies, (a.article, ours), (b.article, theirs))
    };
    let planned = |u: &Unit| if tier == Tier::Sure { plan(story, u) } else { None };
    let weak = |u: &Unit| hedge(story, u).or_else(|| planned(u));
    let weak_in = |t: &Telling<'_>| t.units.iter().any(|u| weak(u).is_some());
    let stated = |t: &Telling<'_>, u: &Unit| {
        let plain = t.units.iter().all(|u| role(u) == MentionRole::Paraphrase) && !weak_in(t);
        let question = story.text(u).ends_with('?');
        if plain && !question { statement(story, u) } else { None }
    };
    if let (Some(ours), Some(theirs)) = (weak(x), stated(b, y)) {
        return Some(pair(ours, theirs));
    }
    let (ours, theirs) = (stated(a, x)?, weak(y)?);
    Some(pair(ours, theirs))
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
                let (ours, theirs) = (ours.unwrap_or(x.span), theirs.unwrap_or(y.span));
                return Some(Finding::pair(kind, Degree::Clash, (a.article, ours), (b.article, theirs)));
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
