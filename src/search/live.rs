//! A segment in use: which of its articles are still there.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::model::ArticleId;

use super::expand::Lexicon;
use super::postings::Place;
use super::query::NameField;
use super::segment::Segment;
use super::vocabulary::Term;

/// Which vocabulary of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Among {
    /// All words.
    Words,
    /// Words of titles.
    Titles,
}

/// A segment and which of its articles are gone.
#[derive(Clone)]
pub(super) struct Live {
    pub segment: Arc<Segment>,
    /// Words of all its articles together, gone ones too.
    pub words: u64,
    places: Arc<HashMap<ArticleId, Place>>,
    gone: Arc<HashSet<Place>>,
}

impl Live {
    /// With all of its articles.
    pub fn new(segment: Segment) -> Self {
        let places = (0..).zip(&segment.cards).map(|(place, card)| (card.id, place)).collect();
        let words = segment.cards.iter().map(|c| u64::from(c.length)).sum();
        Self { segment: Arc::new(segment), words, places: Arc::new(places), gone: Arc::default() }
    }

    /// Articles that are still there.
    pub fn len(&self) -> usize {
        self.segment.cards.len() - self.gone.len()
    }

    /// Whether the article at `place` is still there.
    pub fn is_live(&self, place: Place) -> bool {
        self.gone.is_empty() || !self.gone.contains(&place)
    }

    /// Whether it has this article.
    pub fn has(&self, id: ArticleId) -> bool {
        self.places.get(&id).is_some_and(|place| self.is_live(*place))
    }

    /// Forgets an article.
    pub fn remove(&mut self, id: ArticleId) {
        if let Some(&place) = self.places.get(&id) {
            Arc::make_mut(&mut self.gone).insert(place);
        }
    }

    /// Its words for expanding.
    pub fn lexicon(&self, among: Among) -> Lexicon<'_> {
        let dictionary = match among {
            Among::Words => &self.segment.words,
            Among::Titles => &self.segment.titles,
        };
        let left = move |term: Term| {
            let left = dictionary.postings.of(term).filter(|p| self.is_live(p.place)).count();
            u32::try_from(left).unwrap_or(u32::MAX)
        };
        self.lexicon_of(&dictionary.vocabulary, left)
    }

    /// Words of its names of one kind for expanding; `None` for titles.
    pub fn names_lexicon(&self, field: NameField) -> Option<Lexicon<'_>> {
        let names = self.segment.names(field)?;
        let left = move |term: Term| names.left(term, |place| self.is_live(place));
        Some(self.lexicon_of(&names.words.vocabulary, left))
    }

    fn lexicon_of<'a>(
        &'a self,
        vocabulary: &'a super::vocabulary::Vocabulary,
        left: impl Fn(Term) -> u32 + 'a,
    ) -> Lexicon<'a> {
        let left = (!self.gone.is_empty()).then(|| Box::new(left) as Box<dyn Fn(Term) -> u32 + 'a>);
        Lexicon { vocabulary, left }
    }
}
