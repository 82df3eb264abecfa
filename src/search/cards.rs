//! What is kept of each article beside its words: sixteen bytes, and its length once more.

use std::sync::OnceLock;

use jiff::civil::Date;

use crate::model::{ArticleId, Language, Published};

use super::bulk::{UNKNOWN, step};
use super::part::{Part, Slice};
use super::postings::Place;

/// Bytes of a card.
pub(super) const CARD_BYTES: usize = 16;
/// About the words of an article: bulks of articles that were not weighed are told by it.
pub(super) const USUAL_LENGTH: f32 = 400.0;
/// No day is known.
const UNDATED: i32 = i32::MIN;

/// What is kept of an article beside its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Card {
    /// Its number in the library.
    pub id: ArticleId,
    /// Words in title and text.
    pub length: u16,
    /// Language it is written in.
    pub language: Language,
    /// How much it says, in steps beside the mean of its segment; see [`super::bulk`].
    pub bulk: u8,
    /// First and last day it may have appeared on.
    pub days: Option<(Day, Day)>,
}

/// A day as a number that sorts like it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day(i32);

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self(i32::from(date.year()) * 512 + i32::from(date.month()) * 32 + i32::from(date.day()))
    }
}

impl Card {
    /// First and last of the days meant.
    pub fn days_of(published: Published) -> Option<(Day, Day)> {
        match published {
            Published::Unknown => None,
            Published::Day(day) => Some((day.into(), day.into())),
            Published::Estimated { from, to } => Some((from.into(), to.into())),
        }
    }

    /// The card as bytes.
    pub fn bytes(&self) -> [u8; CARD_BYTES] {
        let (first, last) = self.days.map_or((UNDATED, UNDATED), |(first, last)| (first.0, last.0));
        let language = match self.language {
            Language::German => 0,
            Language::English => 1,
            Language::Other => 2,
        };
        let mut bytes = [0; CARD_BYTES];
        bytes[..4].copy_from_slice(&self.id.0.to_le_bytes());
        bytes[4..8].copy_from_slice(&first.to_le_bytes());
        bytes[8..12].copy_from_slice(&last.to_le_bytes());
        bytes[12..14].copy_from_slice(&self.length.to_le_bytes());
        bytes[14] = language;
        bytes[15] = self.bulk;
        bytes
    }

    fn read(bytes: &[u8; CARD_BYTES]) -> Self {
        let four = |at: usize| bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).unwrap_or_default();
        let (first, last) = (i32::from_le_bytes(four(4)), i32::from_le_bytes(four(8)));
        Self {
            id: ArticleId(u32::from_le_bytes(four(0))),
            length: u16::from_le_bytes([bytes[12], bytes[13]]),
            language: match bytes[14] {
                0 => Language::German,
                1 => Language::English,
                _ => Language::Other,
            },
            bulk: bytes[15],
            days: (first != UNDATED).then_some((Day(first), Day(last))),
        }
    }
}

/// The cards of a segment, by place; loaded when first asked.
#[derive(Debug)]
pub(super) struct Cards {
    part: Part,
    loaded: OnceLock<Loaded>,
}

#[derive(Debug)]
struct Loaded {
    cards: Slice,
    /// Apart, since scoring asks for nothing else.
    bulks: Vec<u8>,
    /// Otherwise they are told by lengths.
    is_weighed: bool,
    /// First and last day of each [`BLOCK`] of articles; articles mostly come as they appear.
    days: Vec<Option<(Day, Day)>>,
}

/// Articles whose days are looked at together.
const BLOCK: usize = 64;

impl Cards {
    /// The cards of this part.
    pub fn new(part: Part) -> Self {
        Self { part, loaded: OnceLock::new() }
    }

    /// Number of articles.
    pub fn len(&self) -> usize {
        usize::try_from(self.part.len).unwrap_or_default() / CARD_BYTES
    }

    fn loaded(&self) -> &Loaded {
        self.loaded.get_or_init(|| {
            let cards = self.part.load();
            let (all, _) = cards.as_ref().as_chunks();
            let is_weighed = all.iter().all(|card| Card::read(card).bulk != UNKNOWN);
            let bulk = |card: Card| {
                if is_weighed { card.bulk } else { step(f32::from(card.length) / USUAL_LENGTH) }
            };
            let bulks = all.iter().map(|card| bulk(Card::read(card))).collect();
            let wider = |a: (Day, Day), b: (Day, Day)| (a.0.min(b.0), a.1.max(b.1));
            let days = |block: &[[u8; CARD_BYTES]]| {
                block.iter().filter_map(|card| Card::read(card).days).reduce(wider)
            };
            let days = all.chunks(BLOCK).map(days).collect();
            Loaded { cards, bulks, is_weighed, days }
        })
    }

    /// Of the article at `place`; `None` where there is none or the cards are damaged.
    pub fn get(&self, place: Place) -> Option<Card> {
        self.loaded().cards.as_ref().as_chunks().0.get(place as usize).map(Card::read)
    }

    /// All cards.
    pub fn iter(&self) -> impl Iterator<Item = Card> + '_ {
        self.loaded().cards.as_ref().as_chunks().0.iter().map(Card::read)
    }

    /// Places of articles that may have appeared between two days, all of those that have among them.
    pub fn around(&self, from: Option<Day>, to: Option<Day>) -> impl Iterator<Item = Place> + '_ {
        let len = self.len();
        let fits = move |days: &Option<(Day, Day)>| {
            days.is_some_and(|(first, last)| {
                from.is_none_or(|from| from <= last) && to.is_none_or(|to| first <= to)
            })
        };
        let blocks = (0..len).step_by(BLOCK).zip(&self.loaded().days).filter(move |(_, days)| fits(days));
        blocks.flat_map(move |(start, _)| start..(start + BLOCK).min(len)).filter_map(|at| at.try_into().ok())
    }

    /// How much each article says, in steps beside the mean of the segment.
    pub fn bulks(&self) -> &[u8] {
        &self.loaded().bulks
    }

    /// Whether the articles were weighed; otherwise bulks are their lengths beside [`USUAL_LENGTH`].
    pub fn is_weighed(&self) -> bool {
        self.loaded().is_weighed
    }
}
