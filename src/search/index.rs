//! The index over all articles: adding, removing, answering.

use std::collections::BTreeMap;

use crate::model::{ArticleId, Hit, SearchAnswer, Span};
use crate::text::fold::fold;
use crate::text::word::words;

use super::query::{Clause, Query};
use super::request::{Body, Document, Lit, Request};

/// All words of all articles, with where they stand.
#[derive(Debug, Default)]
pub struct Index {
    articles: BTreeMap<ArticleId, String>,
}

impl Index {
    /// An index without articles.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes an article in; one of the same number is replaced.
    pub fn add(&mut self, document: &Document) {
        let mut words = fold(&format!(
            "{} {} {}",
            document.title,
            document.source.label().unwrap_or_default(),
            document.text
        ));
        for (_, name) in document.entities {
            words.push(' ');
            words.push_str(&fold(name));
        }
        self.articles.insert(document.id, words);
    }

    /// Forgets an article; nothing happens where it is not there.
    pub fn remove(&mut self, id: ArticleId) {
        self.articles.remove(&id);
    }

    /// Articles that can be found.
    #[must_use]
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Whether no article can be found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// The articles that answer `request`; `None` when it was overtaken.
    ///
    /// An empty query finds all. `took_us` is left at 0: the caller owns the clock.
    #[must_use]
    pub fn search(&self, request: &Request) -> Option<SearchAnswer> {
        let mut found: Vec<ArticleId> = Vec::new();
        for (id, words) in &self.articles {
            if !(request.is_current)() {
                return None;
            }
            if request.query.clause().is_none_or(|c| holds(c, words, *id, request)) {
                found.push(*id);
            }
        }
        let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
        let hits = found.into_iter().take(request.limit).enumerate().map(|(at, id)| {
            let body = (at < request.detailed).then(|| (request.text_of)(id)).flatten();
            let lit = body.map(|b| self.light(request.query, &b)).unwrap_or_default();
            Hit { id, score: 0.0, title_matches: lit.title, matches: lit.text, snippets: lit.snippets }
        });
        Some(SearchAnswer {
            hits: hits.collect(),
            total,
            searched: u32::try_from(self.articles.len()).unwrap_or(u32::MAX),
            ..SearchAnswer::default()
        })
    }

    /// What `query` lights in an article, found by it or not.
    #[must_use]
    pub fn light(&self, query: &Query, body: &Body) -> Lit {
        let mut wanted = Vec::new();
        if let Some(clause) = query.clause() {
            collect(clause, &mut wanted);
        }
        let spans = |text: &str| -> Vec<Span> {
            words(text)
                .into_iter()
                .filter_map(|r| Span::new(text, r))
                .filter(|s| wanted.iter().any(|w| fold(s.of(text)).contains(w)))
                .collect()
        };
        Lit { title: spans(&body.title), text: spans(&body.text), snippets: Vec::new() }
    }
}

fn holds(clause: &Clause, words: &str, id: ArticleId, request: &Request) -> bool {
    match clause {
        Clause::Word(w) | Clause::Named(_, w) => words.contains(&fold(&w.text)),
        Clause::Phrase(p) => words.contains(&fold(p)),
        Clause::All(all) => all.iter().all(|c| holds(c, words, id, request)),
        Clause::Any(any) => any.iter().any(|c| holds(c, words, id, request)),
        Clause::Not(not) => !holds(not, words, id, request),
        Clause::Story(story) => (request.facts)(id).story == Some(*story),
        Clause::State(_) | Clause::Language(_) | Clause::Between(..) => true,
    }
}

fn collect(clause: &Clause, wanted: &mut Vec<String>) {
    match clause {
        Clause::Word(w) => wanted.push(fold(&w.text)),
        Clause::Phrase(p) => wanted.extend(p.split_whitespace().map(fold)),
        Clause::All(all) | Clause::Any(all) => all.iter().for_each(|c| collect(c, wanted)),
        _ => {}
    }
}
