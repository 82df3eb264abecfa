//! Differences of words: a quotation changed, one person under two labels.

use super::Finding;
use crate::compare::measure::longest_run;
use crate::compare::told::{Story, Telling};
use crate::compare::unit::{Speech, Unit, mentions_in, role_span};
use crate::model::{DifferenceKind, EntityKind, Span};
use crate::text::fold::fold;
use crate::text::word::words;

/// Share of the shorter quotation that must be the same for it to be the same quotation.
const SAME_QUOTATION: f32 = 0.5;

/// The same quotation in other words: shortened, or changed.
///
/// Outlets cut a long quotation at other places, so words that stand whole in the other article are
/// not changed; only where each has words that the other has not, or one quotes a fragment, it is a
/// difference.
pub(super) fn quote(story: &Story<'_>, a: &Telling<'_>, b: &Telling<'_>) -> Option<Finding> {
    let (here, there) = (whole(story, a.article), whole(story, b.article));
    for (x, ours, y, theirs) in quotations(a, b) {
        let left = plain(story.words(a.article, ours.span));
        let right = plain(story.words(b.article, theirs.span));
        if !is_one_quotation(x, ours, y, theirs) || left == right {
            continue;
        }
        let (left_there, right_here) = (there.contains(&left), here.contains(&right));
        if left_there && right_here {
            continue;
        }
        let kind = DifferenceKind::QuoteWording;
        let clash = !left_there && !right_here;
        return Some(Finding::pair(kind, (a.article, ours.span), (b.article, theirs.span), clash));
    }
    None
}

/// All pairs of quotations of two tellings.
fn quotations<'a>(
    a: &'a Telling<'a>,
    b: &'a Telling<'a>,
) -> impl Iterator<Item = (&'a Unit, &'a Speech, &'a Unit, &'a Speech)> {
    a.units.iter().flat_map(move |x| {
        b.units.iter().flat_map(move |y| {
            x.quoted().flat_map(move |ours| y.quoted().map(move |theirs| (*x, ours, *y, theirs)))
        })
    })
}

/// All words of an article, plain.
fn whole(story: &Story<'_>, article: u32) -> String {
    story.articles.get(article as usize).map_or_else(String::new, |a| plain(&a.draft.text))
}

#[allow(clippy::cast_precision_loss, reason = "a sentence has few words")]
fn is_one_quotation(x: &Unit, ours: &Speech, y: &Unit, theirs: &Speech) -> bool {
    let (Some(a), Some(b)) = (x.words.get(ours.words.clone()), y.words.get(theirs.words.clone())) else {
        return false;
    };
    let shorter = a.len().min(b.len());
    let run = longest_run(a, b);
    shorter >= 2 && run >= 2 && run as f32 / shorter as f32 >= SAME_QUOTATION
}

/// The words alone: no marks, no case.
fn plain(text: &str) -> String {
    words(text).into_iter().filter_map(|r| text.get(r)).map(fold).collect::<Vec<_>>().join(" ")
}

/// One person with other offices or titles beside the name.
pub(super) fn label(story: &Story<'_>, a: &Telling<'_>, b: &Telling<'_>) -> Option<Finding> {
    let (ours, theirs) = (roles(story, a), roles(story, b));
    for (name, span) in &ours {
        for (other, their_span) in &theirs {
            let (left, right) = (story.words(a.article, *span), story.words(b.article, *their_span));
            if name == other && !one_label(left, right) {
                return Some(Finding::pair(
                    DifferenceKind::Label,
                    (a.article, *span),
                    (b.article, *their_span),
                    false,
                ));
            }
        }
    }
    None
}

/// Spelling, inflection and hyphens make no other label; nor does a part of the longer one.
fn one_label(a: &str, b: &str) -> bool {
    let bare = |s: &str| fold(s).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (a, b) = (bare(a), bare(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let root = |s: &str| s.trim_end_matches(['s', 'n', 'e', 'r', 'm']).to_owned();
    long.contains(short.as_str()) || long.contains(&root(short))
}

/// Persons of a telling with the words of their office: folded last name and span.
fn roles(story: &Story<'_>, telling: &Telling<'_>) -> Vec<(String, Span)> {
    let Some(article) = story.articles.get(telling.article as usize) else { return Vec::new() };
    let text = &article.draft.text;
    let mut found = Vec::new();
    for unit in &telling.units {
        for mention in mentions_in(article, unit.span) {
            let Some(entity) = article.analysis.entities.get(mention.entity as usize) else { continue };
            if entity.kind != EntityKind::Person {
                continue;
            }
            if let Some(span) = role_span(text, unit.span, mention) {
                let name = fold(&entity.canonical);
                found.push((name.rsplit(' ').next().unwrap_or(&name).to_owned(), span));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inflected_or_shorter_label_is_the_same() {
        assert!(one_label("Präsidenten", "Präsident"));
        assert!(one_label("US-Außenminister", "Aussenminister"));
        assert!(!one_label("Machthaber", "Diktator"));
    }

    #[test]
    fn marks_and_case_do_not_change_a_quotation() {
        assert_eq!(plain("„Wir haben Ziele.“"), plain("\"wir haben Ziele\""));
    }
}
