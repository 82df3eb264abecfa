//! The words of a report that tell most, for a narrow cell.

use super::difference::Finding;
use super::told::{Story, Telling};
use super::unit::{Unit, Word};
use crate::model::Span;

/// Letters that a narrow cell holds.
const CELL: usize = 18;

/// The most telling words of a report: what sets it apart, else a number with its noun, quoted
/// words, a day, a name, else its rarest words.
///
/// About [`CELL`] letters, always whole words, inside the telling's units.
pub(super) fn value(story: &Story<'_>, telling: &Telling<'_>, findings: &[Finding]) -> Option<Span> {
    let differing = findings
        .iter()
        .filter(|f| f.clash || f.words.len() == 2)
        .flat_map(|f| &f.words)
        .filter(|(article, _)| *article == telling.article)
        .map(|(_, span)| *span)
        .find(|span| telling.units.iter().any(|u| u.span != *span && u.span.contains(*span)));
    let units = || telling.units.iter();
    let number = || units().flat_map(|u| &u.numbers).find(|n| n.is_telling()).map(|n| n.span);
    let small = || units().flat_map(|u| &u.numbers).find(|n| n.counted.is_some()).map(|n| n.span);
    let quoted = || units().flat_map(|u| u.quoted()).map(|s| s.span).next();
    let time = || units().flat_map(|u| &u.times).map(|t| t.span).next();
    let chosen = differing
        .or_else(number)
        .or_else(quoted)
        .or_else(small)
        .or_else(|| rarest(story, telling))
        .or_else(time)
        .or_else(|| units().next().map(|u| u.span))?;
    shorten(story, telling, chosen)
}

/// The rarest capitalised word of a telling with what stands before it.
fn rarest(story: &Story<'_>, telling: &Telling<'_>) -> Option<Span> {
    let with = |word: &Word| story.units.iter().filter(|u| u.terms.binary_search(&word.stem).is_ok()).count();
    telling
        .units
        .iter()
        .flat_map(|u| u.words.iter())
        .filter(|w| w.content && w.capital)
        .min_by_key(|w| (with(w), std::cmp::Reverse(w.span.len())))
        .map(|w| w.span)
}

/// As many whole words of `span` as a cell holds, at least one.
fn shorten(story: &Story<'_>, telling: &Telling<'_>, span: Span) -> Option<Span> {
    let text = story.articles.get(telling.article as usize)?.draft.text.as_str();
    let words = span.of(text);
    if words.chars().count() <= CELL {
        return Some(span);
    }
    let unit: &&Unit = telling.units.iter().find(|u| u.span.contains(span))?;
    let inside: Vec<&Word> = unit.words.iter().filter(|w| span.contains(w.span)).collect();
    let first = inside.first()?.span.start();
    let fits = |word: &&&Word| {
        Span::new(text, first..word.span.end()).is_some_and(|s| s.of(text).chars().count() <= CELL)
    };
    let last = inside.iter().take_while(fits).last().or(inside.first())?;
    Span::new(text, first..last.span.end())
}
