//! The passages of an article that show best what matches.

use std::ops::Range;

use crate::model::{Snippet, Span};
use crate::text::sentence::sentences;

use super::lamp::Match;
use super::request::Body;

/// Passages of one article.
const MAX_SNIPPETS: usize = 3;
/// Longest passage in bytes; longer sentences are cut around their first match.
const MAX_BYTES: usize = 300;
/// Bytes kept before the first match of a cut sentence.
const LEAD_BYTES: usize = 90;
/// Between paragraphs.
const BREAK: &str = "\n\n";

/// Passages of `body` with the best of these matches of its text; its opening where there are none.
pub(super) fn snippets(body: &Body, matches: &[Match]) -> Vec<Snippet> {
    let mut passages: Vec<(f32, Range<usize>, &[Match])> = Vec::new();
    let mut at = 0;
    for paragraph in body.text.split(BREAK) {
        let has_matches = !within(matches, &(at..at + paragraph.len())).is_empty();
        for sentence in has_matches.then(|| sentences(paragraph)).into_iter().flatten() {
            let range = at + sentence.start..at + sentence.end;
            let inside = within(matches, &range);
            if !inside.is_empty() {
                passages.push((worth(inside), range, inside));
            }
        }
        at += paragraph.len() + BREAK.len();
    }
    if passages.is_empty() {
        // Found by its title, a name or a filter: its opening says what it is about.
        passages.extend(opening(body).map(|range| (0.0, range, [].as_slice())));
    }
    passages.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.start.cmp(&b.1.start)));
    passages.truncate(MAX_SNIPPETS);
    passages.into_iter().map(|(_, range, inside)| cut(&body.text, range, inside)).collect()
}

/// The matches that begin in `range`.
fn within<'m>(matches: &'m [Match], range: &Range<usize>) -> &'m [Match] {
    let from = matches.partition_point(|m| m.start < range.start);
    let to = matches.partition_point(|m| m.start < range.end);
    matches.get(from..to).unwrap_or_default()
}

/// The first sentence that does not repeat the title.
fn opening(body: &Body) -> Option<Range<usize>> {
    let mut at = 0;
    for paragraph in body.text.split(BREAK) {
        for sentence in sentences(paragraph) {
            let range = at + sentence.start..at + sentence.end;
            if body.text.get(range.clone()).is_some_and(|s| s != body.title) {
                return Some(range);
            }
        }
        at += paragraph.len() + BREAK.len();
    }
    None
}

/// Each asked word counts once a passage, by its best match.
fn worth(matches: &[Match]) -> f32 {
    let mut seen = 0_u64;
    let mut worth = 0.0;
    for m in matches {
        if m.asked & !seen != 0 {
            seen |= m.asked;
            worth += m.weight;
        }
    }
    worth
}

/// The sentence at `range`, one line, cut where it is long.
fn cut(text: &str, range: Range<usize>, matches: &[Match]) -> Snippet {
    let first = matches.first().map_or(range.start, |m| m.start);
    let (mut start, mut end) = (range.start, range.end);
    if range.len() > MAX_BYTES {
        if first - start > LEAD_BYTES {
            start = word_start(text, first - LEAD_BYTES, first);
        }
        if end - start > MAX_BYTES {
            let first_end = matches.first().map_or(start, |m| m.end);
            end = word_end(text, start + MAX_BYTES, first_end);
        }
    }
    let mut line = String::new();
    if start > range.start {
        line.push_str("… ");
    }
    let shift = line.len();
    let passage = text.get(start..end).unwrap_or_default();
    line.extend(passage.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }));
    if end < range.end {
        line.push_str(" …");
    }
    let matches = matches
        .iter()
        .filter(|m| m.start >= start && m.end <= end)
        .filter_map(|m| Span::new(&line, m.start - start + shift..m.end - start + shift))
        .collect();
    Snippet { matches, text: line, place: u32::try_from(first).unwrap_or(u32::MAX) }
}

/// The first beginning of a word at or behind `at`, or `limit`.
fn word_start(text: &str, at: usize, limit: usize) -> usize {
    let at = (at..=limit).find(|&i| text.is_char_boundary(i)).unwrap_or(limit);
    let between = text.get(at..limit).unwrap_or_default();
    between.find(char::is_whitespace).map_or(limit, |space| {
        let rest = between.get(space..).unwrap_or_default();
        at + space + rest.len() - rest.trim_start().len()
    })
}

/// The last end of a word at or before `at`, but not before `limit`.
fn word_end(text: &str, at: usize, limit: usize) -> usize {
    let at = (0..=at).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(limit);
    let Some(between) = text.get(limit..at) else { return limit };
    between
        .rfind(char::is_whitespace)
        .map_or(at, |space| limit + between.get(..space).map_or(0, |s| s.trim_end().len()))
}
