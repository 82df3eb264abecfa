//! Which lines of a copied page are the article: the run of lines that speaks most for prose.

use std::collections::HashSet;
use std::ops::Range;

use super::chrome::Chrome;
use super::ending;
use super::headline;
use super::line::Line;
use super::plain::{Shape, Typed};
use crate::text::date::dates;

/// From the first line of prose to the last line.
pub(super) fn all_prose(typed: &[Typed]) -> Range<usize> {
    let first =
        typed.iter().enumerate().position(|(at, t)| t.is_running() && !headline::is_title_in_full(typed, at));
    first.unwrap_or_else(|| first_sentence(typed))..typed.len()
}

/// Where no line is long enough for prose: the first sentence below a possible title.
fn first_sentence(typed: &[Typed]) -> usize {
    let texts = |from: usize| typed.iter().enumerate().skip(from).find(|(_, t)| t.is_text());
    let Some((first, title)) = texts(0) else { return typed.len() };
    match texts(first + 1) {
        Some((second, _)) if title.line.is_short() && !title.line.text.is_empty() => second,
        _ => first,
    }
}

/// Lines of the page that may stand between an article's paragraphs.
const REACH_BACK: usize = 10;

/// The run of lines with the largest sum of scores (Kadane), without the teasers behind it.
pub(super) fn densest(typed: &[Typed]) -> Range<usize> {
    let (mut best, mut run) = (0.0, 0..0);
    let (mut sum, mut start) = (0.0, 0);
    for at in 0..typed.len() {
        if sum <= 0.0 {
            (sum, start) = (0.0, at);
        }
        sum += score(typed, at);
        if sum > best {
            (best, run) = (sum, start..at + 1);
        }
    }
    run.end = ending::without_teasers(typed, &run);
    // In a short article what the page put between two paragraphs may outweigh them.
    let words = headline::content_words(typed, &run);
    while let Some(start) = prose_before(typed, &run, &words) {
        run.start = start;
    }
    // Lines that are statements go on with the text, as long as nothing of the page cuts it off.
    while typed.get(run.end).is_some_and(|t| t.is_text() && (t.line.ends || t.line.words >= 12)) {
        run.end += 1;
    }
    // A title that asks or exclaims scores as a statement.
    while run.len() > 1
        && typed
            .get(run.start)
            .is_some_and(|t| t.is_text() && !t.line.is_running() && !t.line.text.ends_with('.'))
    {
        run.start += 1;
    }
    run
}

/// The nearest prose above a run that goes on with it: no line that may be its title stands between.
fn prose_before(typed: &[Typed], run: &Range<usize>, words: &HashSet<String>) -> Option<usize> {
    let before = typed.get(..run.start)?;
    let at = before.iter().rposition(Typed::is_running).filter(|&at| at + REACH_BACK >= run.start)?;
    let is_title = |t: &Typed| {
        t.is_text()
            && (3..=16).contains(&t.line.words)
            && !t.line.text.ends_with('.')
            && headline::content(&t.line.text).filter(|word| words.contains(word)).count() >= 2
    };
    (!typed.get(at + 1..run.start)?.iter().any(is_title)).then_some(at)
}

/// How much a line speaks for prose: above 0 for it, below against.
fn score(typed: &[Typed], at: usize) -> f64 {
    let Some(Typed { line, shape, .. }) = typed.get(at) else { return 0.0 };
    let is_of_others = line.is_running() && (reads_as_teaser(typed, at) || is_on_page_itself(line));
    let weight = if is_of_others { 0.4 } else { 1.0 };
    match shape {
        Shape::Chrome(Chrome::SkipLink) => -2.0,
        Shape::Chrome(Chrome::ListHead) => -3.0,
        Shape::Chrome(_) => -1.5,
        Shape::Tail(_) => -0.3,
        Shape::Text if line.words >= 25 && line.sentences >= 1 => {
            weight * (3.0 + f64::from(u32::try_from(line.words.min(120)).unwrap_or(120)) / 40.0)
        }
        Shape::Text if line.words >= 12 && line.ends => weight * 2.0,
        Shape::Text if line.words >= 6 && line.ends => 0.6,
        Shape::Text if is_item(line) => -0.1,
        Shape::Text if line.words <= 3 && !line.ends => -1.2,
        Shape::Text | Shape::Picture(_) | Shape::Meta(_) => -0.7,
    }
}

/// Lines around a teaser among which the next one stands.
const NEXT_TEASER: usize = 4;

/// Whether a paragraph is short and stands alone below a line that may be a headline, and another near it
/// too: so do the teasers of other articles.
fn reads_as_teaser(typed: &[Typed], at: usize) -> bool {
    let others = at.saturating_sub(NEXT_TEASER)..(at + NEXT_TEASER + 1).min(typed.len());
    is_alone(typed, at) && others.filter(|&other| other != at).any(|other| is_alone(typed, other))
}

fn is_alone(typed: &[Typed], at: usize) -> bool {
    let is_headline = |t: &Typed| t.is_text() && !t.line.ends && (2..=16).contains(&t.line.words);
    let is_below = at.checked_sub(1).and_then(|before| typed.get(before)).is_some_and(is_headline);
    is_below
        && !is_entry(typed, at)
        && typed.get(at).is_some_and(|t| t.is_running() && t.line.words < 40)
        && !typed.get(at + 1).is_some_and(Typed::is_running)
}

/// Whether a paragraph is an entry of a ticker or of a list, by the time or the number above it.
fn is_entry(typed: &[Typed], at: usize) -> bool {
    let above = typed.get(at.saturating_sub(2)..at).unwrap_or_default();
    // A stamp with a day stands above teasers too.
    let is_time =
        |line: &Line| line.words <= 3 && ending::has_time(&line.text) && dates(&line.text).is_empty();
    above.iter().any(|t| is_time(&t.line) || is_item(&t.line))
}

/// Words on the page itself and its rules, as they stand at its foot.
fn is_on_page_itself(line: &Line) -> bool {
    const PHRASES: [&str; 12] = [
        "cookies",
        "terms of service",
        "terms of use",
        "privacy policy",
        "community guidelines",
        "creative commons",
        "datenschutzerklärung",
        "nutzungsbedingungen",
        "geschäftsbedingungen",
        "newsletter",
        "all rights reserved",
        "unsubscribe",
    ];
    let lower = line.text.to_lowercase();
    line.words <= 40 && PHRASES.iter().any(|phrase| lower.contains(phrase))
}

/// An item of a list: "1. Finland", "• Neun Stimmen".
fn is_item(line: &Line) -> bool {
    let digits = line.text.chars().take_while(char::is_ascii_digit).count();
    let behind = line.text.get(digits..).unwrap_or_default();
    (1..=2).contains(&digits) && (behind.starts_with(". ") || behind.starts_with(") "))
        || ["• ", "- ", "– ", "* "].iter().any(|mark| line.text.starts_with(mark))
}
