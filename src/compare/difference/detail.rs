//! Details that one outlet has and the others lack.

use super::Finding;
use super::pairing::nearest;
use crate::compare::told::{Story, Telling};
use crate::compare::unit::Unit;
use crate::model::{Degree, DifferenceKind, Span};
use crate::text::fold::fold;

/// The detail that tells most: a number before a name.
///
/// At most one for a fact, since every sentence has some word that others lack; and only where the
/// other articles do not have it in another place.
pub(super) fn find(story: &Story<'_>, tellings: &[Telling<'_>]) -> Option<Finding> {
    if tellings.len() < 2 {
        return None;
    }
    let own = tellings.iter().filter_map(|t| own_detail(story, t, tellings)).min_by_key(|(rank, ..)| *rank);
    let (_, article, span) = own?;
    let mut words = vec![(article, span)];
    words.extend(tellings.iter().filter(|t| t.article != article).map(|t| (t.article, t.units[0].span)));
    Some(Finding { kind: DifferenceKind::Detail, words, degree: Degree::Lacks })
}

/// A number or a name that no other telling's article has, with its rank, in a sentence that
/// another telling's sentence corresponds to.
fn own_detail(story: &Story<'_>, telling: &Telling<'_>, all: &[Telling<'_>]) -> Option<(u8, u32, Span)> {
    let others = || all.iter().filter(|t| t.article != telling.article);
    let elsewhere: Vec<(&Unit, &str)> = story
        .units
        .iter()
        .zip(story.folded.iter().map(String::as_str))
        .filter(|(u, _)| others().any(|t| t.article == u.article))
        .collect();
    let mut units: Vec<&Unit> = others().filter_map(|t| nearest(telling, t)).map(|(own, _)| own).collect();
    units.sort_by_key(|u| u.place);
    units.dedup_by_key(|u| u.place);

    let number = units
        .iter()
        .flat_map(|u| &u.numbers)
        .find(|n| n.is_telling() && elsewhere.iter().all(|(u, _)| u.numbers.iter().all(|o| !o.meets(n))));
    if let Some(number) = number {
        return Some((0, telling.article, number.span));
    }
    // Who is only named as speaking is no detail of what is told.
    let speaks = |unit: &Unit, name: u32| unit.speech.iter().any(|s| s.speaker == Some(name));
    let unknown = |name: u32, span: Span| {
        let words = fold(story.words(telling.article, span));
        let last = words.rsplit(' ').next().unwrap_or(&words);
        let stem = last.trim_end_matches('s');
        elsewhere.iter().all(|(u, text)| u.names.binary_search(&name).is_err() && !text.contains(stem))
    };
    units
        .iter()
        .flat_map(|u| u.named.iter().map(move |(name, span)| (*u, *name, *span)))
        .find(|(unit, name, span)| !span.is_empty() && !speaks(unit, *name) && unknown(*name, *span))
        .map(|(.., span)| (1, telling.article, span))
}
