//! Differences of source: who is named as having said it.

use super::Finding;
use super::pairing::{common, inside, nearest};
use crate::compare::told::{Story, Telling, role};
use crate::compare::unit::{Speech, Unit};
use crate::model::{Degree, DifferenceKind, MentionRole, QuoteKind, Span};
use crate::text::fold::fold;

/// Share of a reported sentence's content that the other outlet must state for its source to be the
/// source of that.
const SAME_CONTENT: f32 = 0.4;

/// Other sources named, or one named by one outlet and none by the other.
pub(super) fn attribution(story: &Story<'_>, a: &Telling<'_>, b: &Telling<'_>) -> Option<Finding> {
    let kind = DifferenceKind::Attribution;
    let pairs = || a.units.iter().flat_map(|x| b.units.iter().map(move |y| (*x, *y)));
    let (here, there) = (sourced(story, a), sourced(story, b));
    match (here, there) {
        (false, false) => None,
        (true, true) => {
            let (x, y) = nearest(a, b)?;
            let ((name, ours), (other, theirs)) = source(story, x).zip(source(story, y))?;
            let same = name == other || name.contains(&other) || other.contains(&name);
            let named = |words: &str, unit: &Unit| fold(story.text(unit)).contains(words);
            let both = named(&name, y) || named(&other, x);
            let pair = Finding::pair(kind, Degree::Varies, (a.article, ours), (b.article, theirs));
            (!same && !both).then_some(pair)
        }
        (true, false) => pairs().find_map(|(x, y)| {
            let (name, ours) = source(story, x).filter(|_| carries(x, y))?;
            let theirs = unsourced(story, b, y, &name)?;
            Some(Finding::pair(kind, Degree::Lacks, (a.article, ours), (b.article, theirs)))
        }),
        (false, true) => pairs().find_map(|(x, y)| {
            let (name, theirs) = source(story, y).filter(|_| carries(y, x))?;
            let ours = unsourced(story, a, x, &name)?;
            Some(Finding::pair(kind, Degree::Lacks, (a.article, ours), (b.article, theirs)))
        }),
    }
}

/// Whether any sentence of a telling names a source.
fn sourced(story: &Story<'_>, telling: &Telling<'_>) -> bool {
    telling.units.iter().any(|u| source(story, u).is_some())
}

/// Whether what `sourced` reports is what `plain` states.
#[allow(clippy::cast_precision_loss, reason = "a sentence has few words")]
fn carries(sourced: &Unit, plain: &Unit) -> bool {
    let shorter = sourced.content_words().min(plain.content_words()).max(1);
    common(sourced, plain) as f32 / shorter as f32 >= SAME_CONTENT && said(sourced, plain)
}

/// Whether at least two of the shared words stand in what is said, not in who says it.
fn said(sourced: &Unit, plain: &Unit) -> bool {
    reports(sourced).any(|s| inside(sourced.words.get(s.words.clone()).unwrap_or_default(), plain) >= 2)
}

/// What a sentence reports: quoted words inside the outlet's own sentence do not make their speaker
/// the source of the sentence.
fn reports(unit: &Unit) -> impl Iterator<Item = &Speech> {
    unit.speech.iter().filter(|s| s.kind != QuoteKind::Fragment)
}

/// Who a sentence gives as its source, folded, with the words that say so.
fn source(story: &Story<'_>, unit: &Unit) -> Option<(String, Span)> {
    let article = story.articles.get(unit.article as usize)?;
    let text = &article.draft.text;
    let quotes = article.analysis.quotes.iter().filter(|q| q.kind != QuoteKind::Fragment);
    for quote in quotes.filter(|q| q.span.overlaps(unit.span)) {
        let Some(speaker) = quote.speaker.as_deref() else { continue };
        let last = speaker.rsplit(' ').next().unwrap_or(speaker);
        let start = unit.span.of(text).find(last).map(|at| unit.span.start() + at);
        let Some(span) = start.and_then(|s| Span::new(text, s..s + last.len())) else { continue };
        return Some((fold(last), span));
    }
    None
}

/// The sentence of a telling that states a thing in the outlet's own voice, with nothing spoken and
/// without `speaker`, who may well be its source in a sentence before.
fn unsourced(story: &Story<'_>, telling: &Telling<'_>, unit: &Unit, speaker: &str) -> Option<Span> {
    let own = telling.units.iter().all(|u| role(u) == MentionRole::Paraphrase && u.speech.is_empty());
    let named = telling.units.iter().any(|u| fold(story.text(u)).contains(speaker));
    (own && !named).then_some(unit.span)
}
