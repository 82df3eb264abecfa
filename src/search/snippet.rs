//! What a query lights in an article: matched words, and the passages that show them best.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{Snippet, Span};
use crate::text::sentence::sentences;

use super::expand::Expanded;
use super::plan::Plan;
use super::query::NameField;
use super::request::{Body, Lit};
use super::token;

/// Passages of one article.
const MAX_SNIPPETS: usize = 3;
/// Longest passage in bytes; longer sentences are cut around their first match.
const MAX_BYTES: usize = 300;
/// Bytes kept before the first match of a cut sentence.
const LEAD_BYTES: usize = 90;

/// Words and phrases to light.
#[derive(Debug, Default)]
pub(super) struct Lamp {
    /// Key -> which of the query's words (a bit each; the last for all beyond) and their weight.
    words: HashMap<String, (u64, f32)>,
    /// The same for the title only.
    titles: HashMap<String, (u64, f32)>,
    /// Words that mean whatever begins with them, with their bit; the last of a query as a rule.
    begun: Vec<(Arc<Expanded>, u64)>,
    /// Folded words in order; whether in the title only.
    phrases: Vec<(Vec<String>, bool)>,
    /// Beginnings of words that a title has all of, where it was found by them.
    headline: Vec<String>,
    asked: u32,
}

/// A matched word or phrase.
#[derive(Clone, Copy, Debug)]
struct Match {
    start: usize,
    end: usize,
    asked: u64,
    weight: f32,
}

impl Lamp {
    /// For what `plan` wants; what it excludes is never lit.
    pub fn new(plan: &Plan, headline: Vec<String>) -> Self {
        let mut lamp = Self { headline, ..Self::default() };
        lamp.take(plan);
        lamp
    }

    fn take(&mut self, plan: &Plan) {
        match plan {
            Plan::Word(expanded) | Plan::Title(expanded) => {
                let bit = self.bit();
                let words = if matches!(plan, Plan::Word(_)) { &mut self.words } else { &mut self.titles };
                for (key, &weight) in &expanded.keys {
                    note(words, key, bit, weight);
                }
                if matches!(plan, Plan::Word(_)) && !expanded.begins.is_empty() {
                    self.begun.push((Arc::clone(expanded), bit));
                }
            }
            Plan::Named(field, _, keys) if *field != NameField::Source => {
                let bit = self.bit();
                for key in keys {
                    note(&mut self.words, key, bit, 0.9);
                }
            }
            Plan::Phrase(phrase) if phrase.near.is_some() => {
                for expanded in &phrase.looked_up {
                    let bit = self.bit();
                    for key in expanded.keys.keys() {
                        note(&mut self.words, key, bit, 1.5);
                    }
                }
            }
            Plan::Phrase(phrase) => {
                self.phrases.push((phrase.words.clone(), phrase.in_title));
            }
            Plan::All(plans) | Plan::Any(plans) => plans.iter().for_each(|p| self.take(p)),
            _ => {}
        }
    }

    fn bit(&mut self) -> u64 {
        let bit = 1 << self.asked.min(62);
        self.asked += 1;
        bit
    }

    /// What is lit in `body`.
    pub fn light(&self, body: &Body) -> Lit {
        let title = self.matches(&body.title, true);
        let text = self.matches(&body.text, false);
        Lit {
            title: spans(&body.title, &title),
            text: spans(&body.text, &text),
            snippets: snippets(body, &text),
        }
    }

    fn matches(&self, text: &str, is_title: bool) -> Vec<Match> {
        let mut matches: Vec<Match> = Vec::new();
        // All words are kept only where several are looked at together.
        let together = !self.phrases.is_empty() || (is_title && !self.headline.is_empty());
        let mut words = Vec::new();
        token::each(text, |range, key| {
            let titles = if is_title { self.titles.get(key) } else { None };
            let mut lit = self.words.get(key).copied();
            if let Some(&(asked, weight)) = titles {
                lit = Some(lit.map_or((asked, weight), |lit| (lit.0 | asked, lit.1.max(weight))));
            }
            if lit.is_none() {
                let begun = |(expanded, bit): &(Arc<Expanded>, u64)| Some((*bit, expanded.weight(key)?));
                lit = self.begun.iter().find_map(begun);
            }
            if let Some((asked, weight)) = lit {
                matches.push(Match { start: range.start, end: range.end, asked, weight });
            }
            if together {
                words.push((range, key.to_owned()));
            }
        });
        for (phrase, in_title) in &self.phrases {
            if *in_title && !is_title {
                continue;
            }
            for window in words.windows(phrase.len()) {
                if let ([(first, _), ..], [.., (last, _)]) = (window, window)
                    && window.iter().map(|(_, key)| token::folded(key)).eq(phrase.iter().map(String::as_str))
                {
                    matches.push(Match { start: first.start, end: last.end, asked: 1 << 63, weight: 1.5 });
                }
            }
        }
        if is_title {
            matches.extend(self.headline_matches(&words));
        }
        matches.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
        // Of matches inside each other the outer one is lit.
        let mut end = 0;
        matches.retain(|m| {
            let outside = m.start >= end;
            end = end.max(m.end);
            outside
        });
        matches
    }

    fn headline_matches(&self, words: &[(std::ops::Range<usize>, String)]) -> Vec<Match> {
        let begins = |key: &str, beginning: &String| token::folded(key).starts_with(beginning.as_str());
        if self.headline.is_empty() || !self.headline.iter().all(|b| words.iter().any(|(_, k)| begins(k, b)))
        {
            return Vec::new();
        }
        words
            .iter()
            .filter(|(_, key)| self.headline.iter().any(|b| begins(key, b)))
            .map(|(range, _)| Match { start: range.start, end: range.end, asked: 1, weight: 0.5 })
            .collect()
    }
}

fn note(words: &mut HashMap<String, (u64, f32)>, key: &str, bit: u64, weight: f32) {
    let entry = words.entry(key.to_owned()).or_insert((0, 0.0));
    entry.0 |= bit;
    entry.1 = entry.1.max(weight);
}

fn spans(text: &str, matches: &[Match]) -> Vec<Span> {
    matches.iter().filter_map(|m| Span::new(text, m.start..m.end)).collect()
}

fn snippets(body: &Body, matches: &[Match]) -> Vec<Snippet> {
    let mut passages: Vec<(f32, std::ops::Range<usize>, &[Match])> = Vec::new();
    let mut opening = None;
    let mut at = 0;
    for paragraph in body.text.split("\n\n") {
        for sentence in sentences(paragraph) {
            let range = at + sentence.start..at + sentence.end;
            let from = matches.partition_point(|m| m.start < range.start);
            let to = matches.partition_point(|m| m.start < range.end);
            let inside = matches.get(from..to).unwrap_or_default();
            if inside.is_empty() {
                if body.text.get(range.clone()).is_some_and(|s| s != body.title) {
                    opening.get_or_insert(range);
                }
            } else {
                passages.push((worth(inside), range, inside));
            }
        }
        at += paragraph.len() + 2;
    }
    if passages.is_empty() {
        // Found by its title, a name or a filter: its opening says what it is about.
        passages.extend(opening.map(|range| (0.0, range, [].as_slice())));
    }
    passages.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.start.cmp(&b.1.start)));
    passages.truncate(MAX_SNIPPETS);
    passages.into_iter().map(|(_, range, inside)| cut(&body.text, range, inside)).collect()
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
fn cut(text: &str, range: std::ops::Range<usize>, matches: &[Match]) -> Snippet {
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
