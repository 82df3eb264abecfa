//! A story ready for comparison, and one fact as its articles tell it.

use super::Analysed;
use super::feature::Number;
use super::measure::Links;
use super::unit::Unit;
use crate::model::{MentionRole, QuoteKind, Span};
use crate::text::fold::fold;

/// The articles of a story with their units and links.
pub(super) struct Story<'a> {
    /// The articles.
    pub articles: &'a [Analysed<'a>],
    /// Their units.
    pub units: Vec<Unit>,
    /// What links the units.
    pub links: Links,
    /// The words of each unit, folded; names are looked for in them again and again.
    pub folded: Vec<String>,
}

impl<'a> Story<'a> {
    /// A story of `articles` with their `units`.
    pub fn new(articles: &'a [Analysed<'a>], units: Vec<Unit>, links: Links) -> Self {
        let text = |u: &Unit| articles.get(u.article as usize).map_or("", |a| u.span.of(&a.draft.text));
        let folded = units.iter().map(|u| fold(text(u))).collect();
        Self { articles, units, links, folded }
    }

    /// Words of an article of the story.
    pub fn words(&self, article: u32, span: Span) -> &str {
        self.articles.get(article as usize).map_or("", |a| span.of(&a.draft.text))
    }

    /// The words of a unit.
    pub fn text(&self, unit: &Unit) -> &str {
        self.words(unit.article, unit.span)
    }
}

/// The units of one article that tell a fact, by place.
#[derive(Clone, Debug)]
pub(super) struct Telling<'a> {
    /// Index of the article in its story.
    pub article: u32,
    /// The units, never empty.
    pub units: Vec<&'a Unit>,
}

impl Telling<'_> {
    /// The numbers in its units.
    pub fn numbers(&self) -> Vec<Number> {
        self.units.iter().flat_map(|u| u.numbers.iter().copied()).collect()
    }
}

/// One fact as each of its articles tells it, by article.
pub(super) fn tellings<'a>(members: &[usize], units: &'a [Unit]) -> Vec<Telling<'a>> {
    let mut tellings: Vec<Telling<'a>> = Vec::new();
    for unit in members.iter().map(|&m| &units[m]) {
        match tellings.iter_mut().find(|t| t.article == unit.article) {
            Some(telling) => telling.units.push(unit),
            None => tellings.push(Telling { article: unit.article, units: vec![unit] }),
        }
    }
    tellings.sort_by_key(|t| t.article);
    tellings
}

/// How a unit gives what it tells.
pub(super) fn role(unit: &Unit) -> MentionRole {
    let quoted: usize =
        unit.speech.iter().filter(|s| s.kind == QuoteKind::Direct).map(|s| s.words.len()).sum();
    // A sentence is direct speech when half of it stands in quotation marks.
    if quoted * 2 >= unit.words.len() && quoted > 0 {
        MentionRole::Direct
    } else if unit.is_reported() {
        MentionRole::Indirect
    } else if quoted > 0 {
        MentionRole::Direct
    } else {
        MentionRole::Paraphrase
    }
}
