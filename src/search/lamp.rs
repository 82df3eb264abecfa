//! What a query lights in an article: the words that match, in title and text.

use std::collections::HashSet;
use std::ops::Range;

use crate::model::Span;

use super::expand::Expanded;
use super::plan::{Phrase, Plan};
use super::query::NameField;
use super::request::{Body, Lit};
use super::snippet::snippets;
use super::starts::Starts;
use super::token;

/// Words and phrases to light.
#[derive(Debug, Default)]
pub(super) struct Lamp<'p> {
    words: Vec<Asked<'p>>,
    /// Keys of words of names, with their bit.
    names: Vec<(&'p HashSet<String>, u64)>,
    phrases: Vec<&'p Phrase>,
    /// Beginnings of words that a title has all of, where it was found by them.
    headline: Vec<String>,
    /// How words begin that may be lit, but for those of phrases and headlines.
    starts: Starts,
    asked: u32,
}

/// A word of the query.
#[derive(Debug)]
struct Asked<'p> {
    expanded: &'p Expanded,
    /// Which of the query's words; the last for all beyond.
    bit: u64,
    in_title: bool,
    /// Instead of that of each of its keys.
    weight: Option<f32>,
}

/// A matched word or phrase.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    pub start: usize,
    pub end: usize,
    /// Which of the query's words, a bit each.
    pub asked: u64,
    pub weight: f32,
}

/// What a word of a name weighs.
const NAME: f32 = 0.9;
/// What a phrase weighs, or a word of several that must be near.
const PHRASE: f32 = 1.5;

impl<'p> Lamp<'p> {
    /// For what `plan` wants; what it excludes is never lit.
    pub fn new(plan: &'p Plan, headline: Vec<String>) -> Self {
        let mut lamp = Self { headline, ..Self::default() };
        lamp.take(plan);
        lamp
    }

    fn take(&mut self, plan: &'p Plan) {
        match plan {
            Plan::Word(expanded) => self.take_word(expanded, false, None),
            Plan::Title(expanded) => self.take_word(expanded, true, None),
            Plan::Named(field, _, keys) if *field != NameField::Source => {
                let bit = self.bit();
                for key in keys {
                    self.starts.add_whole(key);
                }
                self.names.push((keys, bit));
            }
            Plan::Phrase(phrase) if phrase.near.is_some() => {
                for expanded in &phrase.looked_up {
                    self.take_word(expanded, false, Some(PHRASE));
                }
            }
            Plan::Phrase(phrase) => self.phrases.push(phrase),
            Plan::All(plans) | Plan::Any(plans) => plans.iter().for_each(|p| self.take(p)),
            _ => {}
        }
    }

    fn take_word(&mut self, expanded: &'p Expanded, in_title: bool, weight: Option<f32>) {
        let bit = self.bit();
        for key in expanded.keys.keys() {
            self.starts.add_whole(key);
        }
        for form in &expanded.begins {
            self.starts.add_beginning(&form.folded);
        }
        self.words.push(Asked { expanded, bit, in_title, weight });
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
        let wants = |word: &str| together || self.starts.may_begin(word);
        token::each_where(text, wants, |range, key| {
            if let Some((asked, weight)) = self.lit(key, is_title) {
                matches.push(Match { start: range.start, end: range.end, asked, weight });
            }
            if together {
                words.push((range, key.to_owned()));
            }
        });
        self.add_phrases(&words, is_title, &mut matches);
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

    /// Which of the query's words a key is, and how much it weighs.
    fn lit(&self, key: &str, is_title: bool) -> Option<(u64, f32)> {
        let words = self.words.iter().filter(|asked| is_title || !asked.in_title).filter_map(|asked| {
            let weight = asked.expanded.keys.get(key)?;
            Some((asked.bit, asked.weight.unwrap_or(*weight)))
        });
        let names = self.names.iter().filter(|(keys, _)| keys.contains(key)).map(|(_, bit)| (*bit, NAME));
        let lit = words.chain(names).reduce(|a, b| (a.0 | b.0, a.1.max(b.1)));
        lit.or_else(|| {
            let mut begun = self.words.iter().filter(|asked| !asked.in_title && asked.weight.is_none());
            begun.find_map(|asked| Some((asked.bit, asked.expanded.begun_weight(key)?)))
        })
    }

    fn add_phrases(&self, words: &[(Range<usize>, String)], is_title: bool, matches: &mut Vec<Match>) {
        for phrase in self.phrases.iter().filter(|phrase| is_title || !phrase.in_title) {
            for window in words.windows(phrase.words.len()) {
                let forms = window.iter().map(|(_, key)| token::folded(key));
                if let ([(first, _), ..], [.., (last, _)]) = (window, window)
                    && forms.eq(phrase.words.iter().map(String::as_str))
                {
                    matches.push(Match { start: first.start, end: last.end, asked: 1 << 63, weight: PHRASE });
                }
            }
        }
    }

    fn headline_matches(&self, words: &[(Range<usize>, String)]) -> Vec<Match> {
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

fn spans(text: &str, matches: &[Match]) -> Vec<Span> {
    matches.iter().filter_map(|m| Span::new(text, m.start..m.end)).collect()
}
