//! What sets the reports of a fact apart, each difference with its evidence.
//!
//! Every rule looks at two outlets' own words and shows them side by side; none says who is right.
//! Rules compare the two sentences that correspond best ([`pairing`]), since what a neighbouring
//! sentence hedges or sources says nothing about this fact. A rule that cannot be sure stays silent:
//! a missing difference costs less than a wrong one.

mod called;
mod detail;
mod figure;
mod manner;
mod pairing;
mod source;
mod wording;

use super::told::{Story, Telling};
use crate::model::{Degree, Difference, DifferenceKind, Span, Tier};

/// A difference between two or more tellings, before its words are put into a note.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Finding {
    /// What kind.
    pub kind: DifferenceKind,
    /// One outlet's words each: article of the story and span; the first two make the note.
    pub words: Vec<(u32, Span)>,
    /// How far apart the words are.
    pub degree: Degree,
}

impl Finding {
    fn pair(kind: DifferenceKind, degree: Degree, a: (u32, Span), b: (u32, Span)) -> Self {
        Self { kind, words: vec![a, b], degree }
    }
}

/// All differences between the tellings of one fact.
pub(super) fn find(story: &Story<'_>, tellings: &[Telling<'_>], tier: Tier) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for (at, a) in tellings.iter().enumerate() {
        for b in &tellings[at + 1..] {
            let rules = [
                figure::number(story, a, b),
                figure::time(story, a, b),
                wording::quote(story, a, b),
                called::role(story, a, b),
                called::counted(story, a, b),
                called::cue(story, a, b),
                called::word(story, a, b),
                manner::direct_or_indirect(story, a, b),
                manner::modality(story, a, b, tier),
                if tier == Tier::Sure { source::attribution(story, a, b) } else { None },
                manner::contradiction(story, a, b),
            ];
            for finding in rules.into_iter().flatten() {
                merge(story, finding, &mut found);
            }
        }
    }
    // Words that are the same somewhere say nothing where they are changed elsewhere.
    let changed = |kind| found.iter().any(|f: &Finding| f.kind == kind && f.degree != Degree::Same);
    let changed_quote = changed(DifferenceKind::QuoteWording);
    found.retain(|f| f.degree != Degree::Same || !changed_quote);
    if tier == Tier::Sure {
        found.extend(figure::undated(story, tellings, &found));
        found.extend(detail::find(story, tellings));
    }
    found.sort_by_key(|f| (f.kind, f.degree == Degree::Same, f.words.clone()));
    found
}

/// Adds a finding, or joins it to one of its kind: of manner there is one for a fact, of words one
/// for all outlets that share a telling's very words, since three outlets with three numbers are one
/// difference.
fn merge(story: &Story<'_>, finding: Finding, found: &mut Vec<Finding>) {
    use DifferenceKind::{Attribution, DirectIndirect, Modality, QuoteWording};
    let once = matches!(finding.kind, Modality | DirectIndirect | Attribution)
        || finding.kind == QuoteWording && finding.degree == Degree::Same;
    let same = found.iter_mut().find(|f| {
        f.kind == finding.kind
            && (f.degree == Degree::Same) == (finding.degree == Degree::Same)
            && (once || finding.words.iter().any(|w| f.words.contains(w)))
    });
    let Some(known) = same else {
        found.push(finding);
        return;
    };
    known.degree = known.degree.max(finding.degree);
    for word in finding.words {
        let known_article = known.words.iter().any(|(article, _)| *article == word.0);
        if !known_article && !story.words(word.0, word.1).is_empty() {
            known.words.push(word);
        }
    }
}

/// A finding as the answer gives it; `numbers` are the articles' indices in the result.
pub(super) fn show(finding: &Finding, story: &Story<'_>, numbers: &[u32]) -> Difference {
    let mut note: Vec<String> = Vec::new();
    for (article, span) in &finding.words {
        // A whole sentence stands for what is not in it: no detail, no time, no source.
        let lacking = matches!(
            finding.kind,
            DifferenceKind::Detail | DifferenceKind::Attribution | DifferenceKind::Time
        ) && story.units.iter().any(|u| u.article == *article && u.span == *span);
        let words = if lacking { NOTHING.to_owned() } else { clip(story.words(*article, *span)) };
        let said = finding.degree == Degree::Same && !note.is_empty();
        if !said && !note.contains(&words) {
            note.push(words);
        }
    }
    let spans = finding
        .words
        .iter()
        .filter_map(|(article, span)| Some((*numbers.get(*article as usize)?, *span)))
        .collect();
    Difference { kind: finding.kind, degree: finding.degree, note: note.join(" / "), spans }
}

/// Stands in a note for an outlet that has no such words.
const NOTHING: &str = "–";

/// Words for a note: one line, shortened at a word where they are many.
fn clip(words: &str) -> String {
    const WORDS: usize = 9;
    let all: Vec<&str> = words.split_whitespace().collect();
    if all.len() <= WORDS { all.join(" ") } else { format!("{} …", all[..WORDS].join(" ")) }
}
