//! A part of the index that no longer changes: its dictionaries and what is kept of each article.

use jiff::civil::Date;

use crate::model::{ArticleId, EntityKind, Language, Published};

use super::dictionary::{Dictionary, Growing};
use super::names::{GrowingNames, Names};
use super::postings::{MAX_COUNT, MAX_TITLE, Place, Posting};
use super::query::NameField;
use super::request::Document;
use super::token;

/// What is kept of an article beside its words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Card {
    /// Its number in the library.
    pub id: ArticleId,
    /// Words in title and text.
    pub length: u16,
    /// Language it is written in.
    pub language: Language,
    /// Days it may have appeared on.
    pub days: Option<(Date, Date)>,
}

/// Articles that were indexed together.
pub(super) struct Segment {
    /// The articles, by place.
    pub cards: Vec<Card>,
    /// Words of title, text, entities and outlet.
    pub words: Dictionary,
    /// Words of titles only.
    pub titles: Dictionary,
    names: [Names; 4],
}

impl Segment {
    /// The names of `field`; `None` for titles, which are words.
    pub fn names(&self, field: NameField) -> Option<&Names> {
        kind(field).and_then(|k| self.names.get(k))
    }
}

fn kind(field: NameField) -> Option<usize> {
    match field {
        NameField::Source => Some(0),
        NameField::Person => Some(1),
        NameField::Place => Some(2),
        NameField::Organisation => Some(3),
        NameField::Title => None,
    }
}

/// A segment while it grows.
#[derive(Default)]
pub(super) struct Builder {
    pub cards: Vec<Card>,
    words: Growing,
    titles: Growing,
    names: [GrowingNames; 4],
    /// Counts of the article at hand: number of the word, times, times in the title.
    counts: Counts,
}

impl Builder {
    /// Takes an article in.
    pub fn add(&mut self, document: &Document) {
        let place = Place::try_from(self.cards.len()).unwrap_or(Place::MAX);
        let mut length = 0_u16;
        token::each(document.title, |_, key| {
            self.counts.note(self.words.number(key), 1, 1);
            length = length.saturating_add(1);
        });
        let title = self.counts.drain();
        let mut titles = Vec::new();
        token::each(document.title, |_, key| titles.push(self.titles.number(key)));
        titles.sort_unstable();
        titles.dedup();
        for number in titles {
            self.titles.push(number, Posting { place, count: 1, title: 1 });
        }
        token::each(document.text, |_, key| {
            self.counts.note(self.words.number(key), 1, 0);
            length = length.saturating_add(1);
        });
        for (number, count, in_title) in title {
            // A text that begins with its title has counted it already.
            self.counts.note(number, 0, in_title);
            self.counts.at_least(number, count);
        }
        self.add_names(document, place);
        for (number, count, title) in self.counts.drain() {
            self.words.push(number, Posting { place, count, title });
        }
        let days = match document.published {
            Published::Unknown => None,
            Published::Day(day) => Some((day, day)),
            Published::Estimated { from, to } => Some((from, to)),
        };
        self.cards.push(Card { id: document.id, length, language: document.language, days });
    }

    fn add_names(&mut self, document: &Document, place: Place) {
        let outlet: Vec<&str> = [&document.source.name, &document.source.domain]
            .into_iter()
            .filter_map(|n| n.as_deref())
            .collect();
        let outlet = outlet.join(" ");
        let mut all: Vec<(Option<NameField>, &str)> = document
            .entities
            .iter()
            .map(|(kind, name)| {
                let field = match kind {
                    EntityKind::Person => Some(NameField::Person),
                    EntityKind::Place => Some(NameField::Place),
                    EntityKind::Organisation => Some(NameField::Organisation),
                    EntityKind::Event | EntityKind::Other => None,
                };
                (field, *name)
            })
            .collect();
        all.push((Some(NameField::Source), &outlet));
        all.sort_unstable_by_key(|(field, name)| (field.and_then(kind), *name));
        all.dedup();
        for (field, name) in all {
            token::each(name, |_, key| self.counts.note(self.words.number(key), 0, 0));
            if let Some(names) = field.and_then(kind).and_then(|k| self.names.get_mut(k))
                && !name.is_empty()
            {
                names.push(name, place);
            }
        }
    }

    /// Takes in the articles of `segment` that `keeps` wants.
    pub fn absorb(&mut self, segment: &Segment, keeps: &dyn Fn(Place) -> bool) {
        let mut places: Vec<Option<Place>> = Vec::with_capacity(segment.cards.len());
        for (place, card) in (0..).zip(&segment.cards) {
            places.push(keeps(place).then(|| Place::try_from(self.cards.len()).unwrap_or(Place::MAX)));
            if keeps(place) {
                self.cards.push(*card);
            }
        }
        let moved = |place: Place| places.get(place as usize).copied().flatten();
        self.words.absorb(&segment.words, &moved);
        self.titles.absorb(&segment.titles, &moved);
        for (growing, names) in self.names.iter_mut().zip(&segment.names) {
            growing.absorb(names, &moved);
        }
    }

    /// The finished segment.
    pub fn finish(self) -> Segment {
        Segment {
            words: self.words.finish(),
            titles: self.titles.finish(),
            names: self.names.each_ref().map(GrowingNames::finish),
            cards: self.cards,
        }
    }
}

/// Counts words of one article at a time.
#[derive(Default)]
struct Counts {
    /// By number: times and times in the title, of the numbers in `used`.
    by_number: Vec<(u8, u8)>,
    used: Vec<u32>,
    is_used: Vec<bool>,
}

impl Counts {
    fn slot(&mut self, number: u32) -> &mut (u8, u8) {
        let at = number as usize;
        if at >= self.by_number.len() {
            self.by_number.resize(at + 1, (0, 0));
            self.is_used.resize(at + 1, false);
        }
        if !self.is_used[at] {
            self.is_used[at] = true;
            self.used.push(number);
        }
        &mut self.by_number[at]
    }

    fn note(&mut self, number: u32, times: u8, in_title: u8) {
        let slot = self.slot(number);
        slot.0 = slot.0.saturating_add(times).min(MAX_COUNT);
        slot.1 = slot.1.saturating_add(in_title).min(MAX_TITLE);
    }

    fn at_least(&mut self, number: u32, times: u8) {
        let slot = self.slot(number);
        slot.0 = slot.0.max(times);
    }

    fn drain(&mut self) -> Vec<(u32, u8, u8)> {
        let by_number = &mut self.by_number;
        let is_used = &mut self.is_used;
        self.used
            .drain(..)
            .map(|number| {
                let at = number as usize;
                is_used[at] = false;
                let (count, title) = std::mem::take(&mut by_number[at]);
                (number, count, title)
            })
            .collect()
    }
}
