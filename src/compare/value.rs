//! What a report says of a fact, in the few words that a narrow cell holds.

use super::difference::Finding;
use super::feature::Number;
use super::told::{Story, Telling};
use super::unit::{Unit, Word};
use crate::model::{DifferenceKind, FactKind, Span};

/// Letters that a narrow cell holds.
const CELL: usize = 18;

/// The words that tell what this report says of the fact, inside the telling's units.
///
/// The first words said where the fact is a quotation; else a number with its noun where others
/// count the same or another number; else a time where the times differ; else a detail of two words
/// or more that the others lack. None where no such words stand out: a single verb or name tells
/// nothing. Whole words, about [`CELL`] letters.
pub(super) fn value(
    story: &Story<'_>,
    telling: &Telling<'_>,
    (kind, all): (FactKind, &[Telling<'_>]),
    findings: &[Finding],
) -> Option<Span> {
    let said = || if kind == FactKind::Quote { said(telling) } else { None };
    let chosen = said()
        .or_else(|| differing(story, telling, findings, DifferenceKind::Number))
        .or_else(|| counted(telling, all, kind))
        .or_else(|| differing(story, telling, findings, DifferenceKind::Time))
        .or_else(|| detail(story, telling, findings))?;
    shorten(story, telling, chosen)
}

/// Two words or more in quotation marks, else reported.
fn said(telling: &Telling<'_>) -> Option<Span> {
    let speech = || telling.units.iter().flat_map(|u| &u.speech).filter(|s| s.words.len() >= 2);
    speech().find(|s| s.kind.is_quoted()).or_else(|| speech().next()).map(|s| s.span)
}

/// This report's words in a difference of a kind; none where they are a whole sentence.
fn differing(
    story: &Story<'_>,
    telling: &Telling<'_>,
    findings: &[Finding],
    kind: DifferenceKind,
) -> Option<Span> {
    let words = findings.iter().filter(|f| f.kind == kind).flat_map(|f| &f.words);
    let mine = words.filter(|(article, _)| *article == telling.article).map(|(_, span)| *span);
    mine.filter(|span| !story.words(telling.article, *span).is_empty())
        .find(|span| telling.units.iter().any(|u| u.span != *span && u.span.contains(*span)))
}

/// A number whose noun another report counts too; of a fact that one report alone counts, its own.
fn counted(telling: &Telling<'_>, all: &[Telling<'_>], kind: FactKind) -> Option<Span> {
    let others = || all.iter().filter(|t| t.article != telling.article).flat_map(|t| &t.units);
    let compares = |n: &&Number| {
        let alike = others().flat_map(|u| &u.numbers).any(|o| o.counted == n.counted);
        n.counted.is_some() && (alike || all.len() == 1 && kind == FactKind::Number && n.is_telling())
    };
    telling.units.iter().flat_map(|u| &u.numbers).find(compares).map(|n| n.span)
}

/// The detail of two words or more that this report alone has.
fn detail(story: &Story<'_>, telling: &Telling<'_>, findings: &[Finding]) -> Option<Span> {
    let span = differing(story, telling, findings, DifferenceKind::Detail)?;
    let several = story.words(telling.article, span).split_whitespace().nth(1).is_some();
    several.then_some(span)
}

/// As many whole words of `span` as a cell holds, at least two where there are.
fn shorten(story: &Story<'_>, telling: &Telling<'_>, span: Span) -> Option<Span> {
    let text = story.articles.get(telling.article as usize)?.draft.text.as_str();
    if span.of(text).chars().count() <= CELL {
        return Some(span);
    }
    let unit: &&Unit = telling.units.iter().find(|u| u.span.contains(span))?;
    let inside: Vec<&Word> = unit.words.iter().filter(|w| span.contains(w.span)).collect();
    let first = inside.first()?.span.start();
    let fits = |word: &&&Word| {
        Span::new(text, first..word.span.end()).is_some_and(|s| s.of(text).chars().count() <= CELL)
    };
    let count = inside.iter().take_while(fits).count().max(2).min(inside.len());
    Span::new(text, first..inside.get(count.checked_sub(1)?)?.span.end())
}
