//! A segment in use: which of its articles are still there.

use std::sync::Arc;

use crate::model::ArticleId;

use super::expand::Lexicon;
use super::numbers::Numbers;
use super::postings::Place;
use super::query::NameField;
use super::segment::Segment;
use super::vocabulary::{Term, Vocabulary};

/// Which vocabulary of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Among {
    /// All words.
    Words,
    /// Words of titles.
    Titles,
}

/// A segment and which of its articles are gone.
#[derive(Clone, Debug)]
pub(super) struct Live {
    pub segment: Arc<Segment>,
    /// Number of its file; `None` while it is in memory only.
    pub file: Option<u64>,
    gone: Arc<Numbers>,
}

impl Live {
    /// With all of its articles.
    pub fn new(segment: Segment, file: Option<u64>) -> Self {
        Self { segment: Arc::new(segment), file, gone: Arc::default() }
    }

    /// Without those that are gone.
    pub fn with_gone(self, gone: Numbers) -> Self {
        Self { gone: Arc::new(gone), ..self }
    }

    /// The places of those that are gone.
    pub fn gone(&self) -> &Numbers {
        &self.gone
    }

    /// Articles that are still there.
    pub fn len(&self) -> usize {
        self.segment.cards.len().saturating_sub(self.gone.len())
    }

    /// Whether all articles are still there.
    pub fn is_whole(&self) -> bool {
        self.gone.is_empty()
    }

    /// Whether so many are gone that it is worth writing it anew.
    pub fn is_worn(&self) -> bool {
        self.gone.len() * 4 > self.segment.cards.len()
    }

    /// Whether the article at `place` is still there.
    pub fn is_live(&self, place: Place) -> bool {
        !self.gone.contains(place)
    }

    /// Forgets an article; whether it was there.
    pub fn remove(&mut self, id: ArticleId) -> bool {
        let place =
            (0..).zip(self.segment.cards.iter()).find(|(place, c)| c.id == id && self.is_live(*place));
        let Some((place, _)) = place else { return false };
        Arc::make_mut(&mut self.gone).insert(place)
    }

    /// Its words for expanding.
    pub fn lexicon(&self, among: Among) -> Lexicon<'_> {
        let dictionary = match among {
            Among::Words => &self.segment.words,
            Among::Titles => &self.segment.titles,
        };
        let left = move |term: Term| {
            let left = dictionary.postings.of(term).iter().filter(|p| self.is_live(p.place)).count();
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

    fn lexicon_of<'a>(&'a self, vocabulary: &'a Vocabulary, left: impl Fn(Term) -> u32 + 'a) -> Lexicon<'a> {
        let left = (!self.gone.is_empty()).then(|| Box::new(left) as Box<dyn Fn(Term) -> u32 + 'a>);
        Lexicon { vocabulary, left }
    }
}
