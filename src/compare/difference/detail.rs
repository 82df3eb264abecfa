//! Details that one outlet has and the others lack.

use super::Finding;
use crate::compare::told::{Story, Telling};
use crate::compare::unit::Unit;
use crate::model::{DifferenceKind, Span};

/// The detail that tells most: a number before a time, a time before a name.
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
    Some(Finding { kind: DifferenceKind::Detail, words, clash: false })
}

/// A number, a time or a name that no other telling's article has, with its rank.
fn own_detail(story: &Story<'_>, telling: &Telling<'_>, all: &[Telling<'_>]) -> Option<(u8, u32, Span)> {
    let others = |u: &&Unit| u.article != telling.article && all.iter().any(|t| t.article == u.article);
    let in_articles = || story.units.iter().filter(others);
    let in_tellings = || all.iter().filter(|t| t.article != telling.article).flat_map(|t| t.units.iter());
    let units = || telling.units.iter();

    let number = units()
        .flat_map(|u| &u.numbers)
        .find(|n| n.is_telling() && in_articles().all(|u| u.numbers.iter().all(|o| !o.meets(n))));
    if let Some(number) = number {
        return Some((0, telling.article, number.span));
    }
    if in_tellings().all(|u| u.times.is_empty())
        && let Some(time) = units().flat_map(|u| &u.times).next()
    {
        return Some((1, telling.article, time.span));
    }
    let name = units()
        .flat_map(|u| &u.named)
        .find(|(name, span)| !span.is_empty() && in_articles().all(|u| u.names.binary_search(name).is_err()));
    name.map(|(_, span)| (2, telling.article, *span))
}
