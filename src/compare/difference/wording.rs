//! Differences of words: a quotation changed, one person under two labels.

use super::Finding;
use crate::compare::measure::longest_run;
use crate::compare::told::{Story, Telling};
use crate::compare::unit::{Speech, Unit};
use crate::model::{DifferenceKind, EntityKind, Mention, Span};
use crate::text::fold::fold;
use crate::text::word::words;

/// Share of the shorter quotation that must be the same for it to be the same quotation.
const SAME_QUOTATION: f32 = 0.5;

/// The same quotation in other words: shortened, or changed.
pub(super) fn quote(story: &Story<'_>, a: &Telling<'_>, b: &Telling<'_>) -> Option<Finding> {
    for x in &a.units {
        for y in &b.units {
            for ours in x.quoted() {
                for theirs in y.quoted() {
                    let (left, right) =
                        (story.words(a.article, ours.span), story.words(b.article, theirs.span));
                    if is_one_quotation(x, ours, y, theirs) && plain(left) != plain(right) {
                        // Only cut shorter is no clash: the words that stand in both agree.
                        let cut = plain(left).contains(&plain(right)) || plain(right).contains(&plain(left));
                        return Some(Finding::pair(
                            DifferenceKind::QuoteWording,
                            (a.article, ours.span),
                            (b.article, theirs.span),
                            !cut,
                        ));
                    }
                }
            }
        }
    }
    None
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
        for mention in article.analysis.mentions.iter().filter(|m| unit.span.contains(m.span)) {
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

/// Where the office of a mention stands: the same words nearest to it in the sentence.
fn role_span(text: &str, sentence: Span, mention: &Mention) -> Option<Span> {
    let role = mention.role.as_deref().filter(|r| !r.is_empty())?;
    let inside = sentence.of(text);
    let at = mention.span.start().checked_sub(sentence.start())?;
    let nearest =
        inside.match_indices(role).map(|(start, _)| start).min_by_key(|start| start.abs_diff(at))?;
    let start = sentence.start() + nearest;
    Span::new(text, start..start + role.len())
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
