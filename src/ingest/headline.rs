//! Which lines above the text are its kicker, title and lead.

use std::collections::HashSet;
use std::ops::Range;

use crate::model::ParagraphKind;
use crate::text::date::dates;

use super::compose::{Part, reads_as_lead};
use super::credit::dateline_place;
use super::ending;
use super::header::Meta;
use super::line::Line;
use super::plain::{Shape, Typed};

/// Lines above the text that are looked at where a page was copied along.
const REACH: usize = 12;

/// Whether line `at` opens the text as a title in a full sentence: alone above a line about the
/// article, or short and ending in a question or exclamation.
pub(super) fn is_title_in_full(typed: &[Typed], at: usize) -> bool {
    let Some(line) = typed.get(at).map(|t| &t.line) else { return false };
    let is_first = !typed.iter().take(at).any(Typed::is_text);
    if !is_first || line.text.len() > 220 || line.words > 32 {
        return false;
    }
    let next = typed.get(at + 1);
    let above_meta = next.is_some_and(|n| matches!(n.shape, Shape::Meta(_)) && n.line.gap);
    let long_text_follows = typed.iter().skip(at + 1).any(Typed::is_running);
    let exclaims = !line.text.ends_with('.') && line.ends && line.words <= 24;
    (above_meta && line.sentences <= 2 || exclaims && next.is_some_and(|n| n.line.gap)) && long_text_follows
}

/// Marks kicker, title and a short lead above the text in `run`.
pub(super) fn mark(typed: &mut [Typed], run: Range<usize>, is_page: bool) {
    let from = if is_page { run.start.saturating_sub(REACH) } else { 0 };
    let above: Vec<usize> = (from..run.start)
        .filter(|&at| typed.get(at).is_some_and(|t| t.is_text() && (t.kind.is_none() || may_be_caption(t))))
        .collect();
    if above.is_empty() {
        return;
    }
    let is_furnished = typed.iter().take(run.start).any(|t| matches!(t.shape, Shape::Chrome(_)));
    let title =
        if is_page || is_furnished { best_of(typed, &above, &run) } else { first_of(typed, &above, &run) };
    let Some(title) = title else { return };
    let is_free = |at: &usize| typed.get(*at).is_some_and(|t| t.kind.is_none()) || *at == title;
    let above: Vec<usize> = above.into_iter().filter(is_free).collect();
    let (before, after) = above.split_at(above.partition_point(|&at| at < title));
    if let Some(&kicker) = before.last()
        && (!is_page || is_kicker(typed, kicker, title, &run))
    {
        set(typed, kicker, ParagraphKind::Kicker);
    }
    set(typed, title, ParagraphKind::Title);
    let mut has_lead = false;
    for &at in after.iter().filter(|&&at| at > title) {
        let line = &typed[at].line;
        let is_lead = !has_lead && (line.words >= 6 || line.ends) && !is_enumeration(line);
        if is_lead {
            set(typed, at, ParagraphKind::Lead);
            has_lead = true;
        } else if !is_page {
            let kind = if line.ends { ParagraphKind::Body } else { ParagraphKind::Heading };
            set(typed, at, kind);
        }
    }
}

/// Whether a line that stands above a picture's credit may as well be the title.
fn may_be_caption(typed: &Typed) -> bool {
    typed.kind == Some(ParagraphKind::Caption) && !typed.line.ends && typed.line.words <= 16
}

/// Marks what stands between a known title and the text.
pub(super) fn mark_below_known_title(typed: &mut [Typed], run: &Range<usize>, title: &str) {
    for line in typed.iter_mut().take(run.start).filter(|t| t.is_text() && t.kind.is_none()) {
        if line.line.text != title {
            line.kind = Some(if line.line.words >= 6 { ParagraphKind::Lead } else { ParagraphKind::Heading });
        }
    }
}

/// Words divided by commas and no sentence: a list of subjects.
fn is_enumeration(line: &Line) -> bool {
    !line.ends
        && line.text.matches(", ").count() * 4 >= line.words.saturating_sub(2)
        && line.text.contains(", ")
}

/// Makes the first paragraph the lead where it stands apart from the text, or reads as one.
pub(super) fn mark_lead(typed: &mut [Typed], run: &Range<usize>) {
    if typed.iter().any(|t| t.kind == Some(ParagraphKind::Lead)) {
        return;
    }
    let body: Vec<usize> = (run.clone())
        .filter(|&at| typed.get(at).is_some_and(|t| t.kind == Some(ParagraphKind::Body)))
        .take(24)
        .collect();
    let [first, second, ..] = body.as_slice() else { return };
    let (first, second) = (*first, *second);
    let text = |at: usize| typed.get(at).map_or("", |t| t.line.text.as_str());
    let has_title = typed.iter().any(|t| t.kind == Some(ParagraphKind::Title));
    let is_brief = typed[first].line.words <= 60 && typed[first].line.ends;
    let is_cut_off = typed
        .get(first + 1..second)
        .is_some_and(|between| between.iter().any(|t| matches!(t.shape, Shape::Meta(_) | Shape::Picture(_))));
    let place_follows = dateline_place(text(first)).is_none() && dateline_place(text(second)).is_some();
    let rest: Vec<&str> = body.iter().skip(1).map(|&at| text(at)).collect();
    let opens_untitled = !has_title && rest.len() >= 2;
    if is_brief && (is_cut_off || place_follows || opens_untitled || reads_as_lead(text(first), &rest)) {
        set(typed, first, ParagraphKind::Lead);
    }
}

/// The same for paragraphs that another program has cut, from index `from` on.
pub(super) fn mark_lead_of_parts(parts: &mut [Part], from: usize) {
    let Some((first, rest)) = parts.get_mut(from..).and_then(<[Part]>::split_first_mut) else { return };
    let rest: Vec<&str> =
        rest.iter().filter(|p| p.kind == ParagraphKind::Body).take(24).map(|p| p.text.as_str()).collect();
    if first.kind == ParagraphKind::Body && reads_as_lead(&first.text, &rest) {
        first.kind = ParagraphKind::Lead;
    }
}

fn set(typed: &mut [Typed], at: usize, kind: ParagraphKind) {
    if let Some(line) = typed.get_mut(at) {
        line.kind = Some(kind);
    }
}

/// The title among the lines above a text without a page around it: the first, or the second
/// where the first reads as its kicker.
fn first_of(typed: &[Typed], above: &[usize], run: &Range<usize>) -> Option<usize> {
    let first = *above.first()?;
    let line = &typed.get(first)?.line;
    let Some(second) = above.get(1).copied() else {
        // A single word that the dateline repeats is a kicker without a title.
        let alone = line.words <= 2 && opens_with(typed, run, &line.text);
        return (!alone).then_some(first);
    };
    let next = &typed.get(second)?.line;
    let next_is_title = !next.text.ends_with('.') && next.words <= 24;
    let are_neighbours = second == first + 1;
    let reads_as_kicker = line.text.ends_with(':')
        || opens_with(typed, run, &line.text)
        || (line.words <= 3 && next.words > line.words && !line.ends)
        // Both in one block above the lines about the article.
        || (!next.gap && typed.get(second + 1).is_some_and(|t| matches!(t.shape, Shape::Meta(_))));
    Some(if are_neighbours && next_is_title && reads_as_kicker { second } else { first })
}

/// Whether the text opens with `words` as its dateline.
fn opens_with(typed: &[Typed], run: &Range<usize>, words: &str) -> bool {
    let opening = typed.get(run.clone()).and_then(|r| r.iter().find(|t| t.is_running()));
    opening.and_then(|t| t.line.text.strip_prefix(words)).is_some_and(|rest| {
        rest.starts_with(['.', ':', ',', '/', '(', '-', '–', '—'])
            || rest.starts_with(" (")
            || rest.starts_with(" -")
            || rest.starts_with(" –")
    })
}

/// The title among the lines above a text with a page around it: many words of the text in it,
/// long enough, near.
fn best_of(typed: &[Typed], above: &[usize], run: &Range<usize>) -> Option<usize> {
    let words = content_words(typed, run);
    let mut best: Option<(f64, usize)> = None;
    for &at in above {
        let line = &typed.get(at)?.line;
        if line.words < 2 || line.words > 30 || line.text.len() > 220 || line.sentences > 2 {
            continue;
        }
        if ending::has_time(&line.text) && !dates(&line.text).is_empty() {
            continue;
        }
        let shared = content(&line.text).filter(|w| words.contains(w)).count();
        let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        let value = number(shared) / (1.0 + 0.02 * number(line.words)) + 0.15 * number(line.words.min(8))
            - 0.12 * number(run.start - at)
            - if line.text.ends_with('.') { 4.0 } else { 0.0 }
            + if line.marked_heading { 2.0 } else { 0.0 }
            - if typed.get(at).is_some_and(may_be_caption) { 1.0 } else { 0.0 }
            - if ends_with_other(typed, above, at) { 3.0 } else { 0.0 }
            + if typed.get(at + 1).is_some_and(|t| is_about_article(&t.shape)) { 0.8 } else { 0.0 };
        if best.is_none_or(|(b, _)| value > b) {
            best = Some((value, at));
        }
    } // A short title may share no word with the text; then the nearest line has to do.
    let is_title = |at: &usize| {
        let line = typed.get(*at).map(|t| &t.line);
        let is_word = |line: &&Line| line.words == 1 && content(&line.text).any(|word| words.contains(&word));
        line.is_some_and(|l| l.words >= 2 || is_word(&l))
    };
    let nearest = above.last().copied().filter(|&at| at + 2 >= run.start).filter(is_title);
    let only = above.first().copied().filter(|_| above.len() == 1).filter(is_title);
    let best = best.filter(|&(value, _)| value > 0.6).map(|(_, at)| at);
    let above_best = best.and_then(|best| title_above(typed, above, best, &words));
    above_best.or(best).or(nearest).or(only)
}

/// The title where what was taken for it is the longer line below: most of its words stand in the text too.
fn title_above(typed: &[Typed], above: &[usize], best: usize, words: &HashSet<String>) -> Option<usize> {
    let lower = &typed.get(best)?.line;
    let upper_at = above.iter().rev().copied().find(|&at| at < best)?;
    let between = typed.get(upper_at + 1..best)?;
    let upper = &typed.get(upper_at)?.line;
    let shared = content(&upper.text).filter(|word| words.contains(word)).count();
    let fits = between.iter().all(|t| matches!(t.shape, Shape::Meta(_)))
        && (4..=16).contains(&upper.words)
        && !upper.text.ends_with(['.', ':'])
        && (lower.words >= upper.words + 3 || lower.ends)
        && shared >= 2;
    fits.then_some(upper_at)
}

/// Whether a line is another one with something before it: a path to the page, a button.
fn ends_with_other(typed: &[Typed], above: &[usize], at: usize) -> bool {
    let text = |at: usize| typed.get(at).map_or("", |t| t.line.text.as_str());
    // Only what stands near may be the title.
    above.iter().rev().take(4 * REACH).any(|&other| {
        let behind = text(at).strip_suffix(text(other)).unwrap_or_default();
        text(other).contains(' ') && behind.ends_with(' ')
    })
}

/// Whether the line above a page's title is its kicker and not the end of a menu.
fn is_kicker(typed: &[Typed], kicker: usize, title: usize, run: &Range<usize>) -> bool {
    let Some(line) = typed.get(kicker).map(|t| &t.line) else { return false };
    let is_near = kicker + 1 == title;
    let words = content_words(typed, run);
    // "Brückenstreit" above a text on a bridge: the beginning of a compound is enough.
    let shares = content(&line.text)
        .any(|kicker| words.contains(&kicker) || words.iter().any(|word| common_letters(&kicker, word) >= 5));
    is_near && line.words <= 6 && !line.ends && (shares || line.text.ends_with(':'))
}

fn common_letters(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count()
}

fn is_about_article(shape: &Shape) -> bool {
    matches!(shape, Shape::Meta(Meta::Dated { .. } | Meta::Authors(_)))
}

pub(super) fn content_words(typed: &[Typed], run: &Range<usize>) -> HashSet<String> {
    let lines = typed.get(run.clone()).unwrap_or_default();
    lines.iter().filter(|t| t.is_running()).take(40).flat_map(|t| content(&t.line.text)).collect()
}

pub(super) fn content(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 3).map(str::to_lowercase)
}
