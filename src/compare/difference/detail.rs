//! Details that some outlets have and others lack.

use super::Finding;
use crate::compare::told::{Story, Telling};
use crate::model::{DifferenceKind, Span};

/// Details an outlet may have that the others lack, most telling first; one for an outlet.
pub(super) fn find(story: &Story<'_>, tellings: &[Telling<'_>]) -> Vec<Finding> {
    let mut found = Vec::new();
    for telling in tellings {
        let others: Vec<&Telling<'_>> = tellings.iter().filter(|t| t.article != telling.article).collect();
        if others.is_empty() {
            continue;
        }
        if let Some(span) = own_detail(story, telling, &others) {
            let mut words = vec![(telling.article, span)];
            words.extend(others.iter().map(|t| (t.article, t.units[0].span)));
            found.push(Finding { kind: DifferenceKind::Detail, words, clash: false });
        }
    }
    found
}

/// A number, a day or a name of a telling that none of the others has.
fn own_detail(story: &Story<'_>, telling: &Telling<'_>, others: &[&Telling<'_>]) -> Option<Span> {
    let other_units = || others.iter().flat_map(|t| t.units.iter());
    let number = telling
        .units
        .iter()
        .flat_map(|u| &u.numbers)
        .find(|n| n.is_telling() && other_units().all(|u| u.numbers.is_empty()));
    if let Some(number) = number {
        return Some(number.span);
    }
    let time =
        telling.units.iter().flat_map(|u| &u.times).find(|_| other_units().all(|u| u.times.is_empty()));
    if let Some(time) = time {
        return Some(time.span);
    }
    let article = story.articles.get(telling.article as usize)?;
    telling.units.iter().find_map(|unit| {
        unit.named.iter().find_map(|(name, span)| {
            let elsewhere = other_units().any(|u| u.names.binary_search(name).is_ok());
            (!elsewhere && !span.of(&article.draft.text).is_empty()).then_some(*span)
        })
    })
}
