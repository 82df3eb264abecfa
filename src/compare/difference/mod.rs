//! What sets the reports of a fact apart, each difference with its evidence.
//!
//! Every rule looks at two outlets' own words and shows them side by side; none says who is right.
//! A rule that cannot be sure stays silent: a missing difference costs less than a wrong one.

mod detail;
mod figure;
mod manner;
mod wording;

use super::told::{Story, Telling};
use crate::model::{Difference, DifferenceKind, Span};

/// A difference between two or more tellings, before its words are put into a note.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Finding {
    /// What kind.
    pub kind: DifferenceKind,
    /// One outlet's words each: article of the story and span; the first two make the note.
    pub words: Vec<(u32, Span)>,
    /// Whether both cannot be meant at once: a mark `≠`, not merely `~`.
    pub clash: bool,
}

impl Finding {
    fn pair(kind: DifferenceKind, a: (u32, Span), b: (u32, Span), clash: bool) -> Self {
        Self { kind, words: vec![a, b], clash }
    }
}

/// All differences between the tellings of one fact, at most one of a kind for two articles.
pub(super) fn find(story: &Story<'_>, tellings: &[Telling<'_>]) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for (at, a) in tellings.iter().enumerate() {
        for b in &tellings[at + 1..] {
            let rules = [
                figure::number(story, a, b),
                figure::time(story, a, b),
                wording::quote(story, a, b),
                wording::label(story, a, b),
                manner::direct_or_indirect(a, b),
                manner::modality(story, a, b),
                manner::attribution(story, a, b),
                manner::contradiction(story, a, b),
            ];
            for finding in rules.into_iter().flatten() {
                merge(story, finding, &mut found);
            }
        }
    }
    found.extend(detail::find(story, tellings));
    found.sort_by_key(|f| (f.kind, f.words.clone()));
    found
}

/// Adds a finding, or joins it to one of its kind that shares a telling's very words: three outlets
/// with three numbers are one difference.
fn merge(story: &Story<'_>, finding: Finding, found: &mut Vec<Finding>) {
    let same = found
        .iter_mut()
        .find(|f| f.kind == finding.kind && finding.words.iter().any(|w| f.words.contains(w)));
    let Some(known) = same else {
        found.push(finding);
        return;
    };
    // Of manner the first pair tells all; a row of verbs tells nothing.
    if matches!(finding.kind, DifferenceKind::Modality | DifferenceKind::DirectIndirect) {
        return;
    }
    known.clash |= finding.clash;
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
        // A whole sentence stands for what is not in it: no detail, no source.
        let lacking = matches!(finding.kind, DifferenceKind::Detail | DifferenceKind::Attribution)
            && story.units.iter().any(|u| u.article == *article && u.span == *span);
        let words = if lacking { NOTHING.to_owned() } else { clip(story.words(*article, *span)) };
        if !note.contains(&words) {
            note.push(words);
        }
    }
    let spans = finding
        .words
        .iter()
        .filter_map(|(article, span)| Some((*numbers.get(*article as usize)?, *span)))
        .collect();
    Difference { kind: finding.kind, note: note.join(" / "), spans }
}

/// Stands in a note for an outlet that has no such words.
const NOTHING: &str = "–";

/// Words for a note: one line, shortened at a word where they are many.
fn clip(words: &str) -> String {
    const WORDS: usize = 9;
    let all: Vec<&str> = words.split_whitespace().collect();
    if all.len() <= WORDS { all.join(" ") } else { format!("{} …", all[..WORDS].join(" ")) }
}
