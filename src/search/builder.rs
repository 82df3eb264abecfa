//! A segment while it grows: takes articles in and writes them.

use std::io::{self, Write};

use crate::model::EntityKind;

use super::bulk::{UNKNOWN, Weigher};
use super::cards::Card;
use super::dictionary::Growing;
use super::layout::{Tag, Writer};
use super::names::GrowingNames;
use super::postings::{MAX_COUNT, MAX_TITLE, Place, Posting};
use super::query::NameField;
use super::request::Document;
use super::segment::{KINDS, NAMES, TITLES, WORDS, kind};
use super::token;

/// A segment while it grows.
#[derive(Default)]
pub(super) struct Builder {
    cards: Vec<Card>,
    words: Growing,
    titles: Growing,
    names: [GrowingNames; KINDS],
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
        let days = Card::days_of(document.published);
        let card = Card { id: document.id, length, language: document.language, bulk: UNKNOWN, days };
        self.cards.push(card);
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

    /// About how much memory it takes.
    pub fn bytes(&self) -> usize {
        let names: usize = self.names.iter().map(GrowingNames::bytes).sum();
        self.words.bytes() + self.titles.bytes() + names + self.cards.len() * size_of::<Card>()
    }

    /// Writes the finished segment.
    pub fn write<W: Write>(&self, out: W) -> io::Result<W> {
        let mut out = Writer::new(out);
        let mut weigher = Weigher::new(self.cards.len());
        self.words.weigh(&mut weigher);
        write_cards(&mut out, &self.cards, &weigher)?;
        self.words.write(&mut out, WORDS)?;
        self.titles.write(&mut out, TITLES)?;
        for (number, names) in (NAMES..).zip(&self.names) {
            names.write(&mut out, number)?;
        }
        out.finish(length(&self.cards))
    }
}

/// Writes the cards of a segment, whose articles were weighed.
pub(super) fn write_cards<W: Write>(
    out: &mut Writer<W>,
    cards: &[Card],
    weigher: &Weigher,
) -> io::Result<()> {
    let bulks = weigher.steps().into_iter().chain(std::iter::repeat(UNKNOWN));
    let bytes: Vec<u8> = cards.iter().zip(bulks).flat_map(|(c, bulk)| Card { bulk, ..*c }.bytes()).collect();
    out.part(Tag::CARDS, &bytes)
}

/// Words of these articles together.
pub(super) fn length(cards: &[Card]) -> u64 {
    cards.iter().map(|card| u64::from(card.length)).sum()
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
