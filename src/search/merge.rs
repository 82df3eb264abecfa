//! Several segments become one, without all of it in memory: keys are gathered, lists pass through.

use std::io::{self, Write};

use super::book::Cursor;
use super::builder::{length, write_cards};
use super::bulk::Weigher;
use super::cards::Card;
use super::dictionary::{Dictionary, write};
use super::layout::Writer;
use super::live::Live;
use super::names::GrowingNames;
use super::postings::{Ahead, Place, Posting};
use super::segment::{KINDS, NAMES, TITLES, WORDS};
use super::vocabulary::{Sorted, Term};

/// Where a segment's articles go; `None` for those that are gone.
struct Move {
    first: Place,
    /// Places of a segment of which some are gone.
    places: Option<Vec<Option<Place>>>,
}

impl Move {
    fn to(&self, place: Place) -> Option<Place> {
        match &self.places {
            None => self.first.checked_add(place),
            Some(places) => places.get(place as usize).copied().flatten(),
        }
    }
}

/// Writes the articles of `parts` that are still there as one segment, in this order.
pub(super) fn merge<W: Write>(parts: &[Live], out: W) -> io::Result<W> {
    let mut cards: Vec<Card> = Vec::new();
    let mut moves = Vec::new();
    for live in parts {
        let first = Place::try_from(cards.len()).unwrap_or(Place::MAX);
        let mut places = (!live.is_whole()).then(Vec::new);
        for (place, card) in (0..).zip(live.segment.cards.iter()) {
            let stays = live.is_live(place);
            if let Some(places) = &mut places {
                places.push(stays.then(|| Place::try_from(cards.len()).unwrap_or(Place::MAX)));
            }
            if stays {
                cards.push(card);
            }
        }
        moves.push(Move { first, places });
    }
    let mut out = Writer::new(out);
    let mut weigher = Weigher::new(cards.len());
    let dictionaries = |of: fn(&Live) -> &Dictionary| parts.iter().map(of).collect::<Vec<_>>();
    merge_words(&mut out, WORDS, &dictionaries(|l| &l.segment.words), &moves, Some(&mut weigher))?;
    write_cards(&mut out, &cards, &weigher)?;
    merge_words(&mut out, TITLES, &dictionaries(|l| &l.segment.titles), &moves, None)?;
    for (number, kind) in (NAMES..).zip(0..KINDS) {
        let mut growing = GrowingNames::default();
        for (live, to) in parts.iter().zip(&moves) {
            growing.absorb(&live.segment.names[kind], &|place| to.to(place));
        }
        growing.write(&mut out, number)?;
    }
    if parts.iter().any(|l| l.segment.medium().is_damaged()) {
        return Err(io::ErrorKind::InvalidData.into());
    }
    out.finish(length(&cards))
}

fn merge_words<W: Write>(
    out: &mut Writer<W>,
    number: u16,
    parts: &[&Dictionary],
    moves: &[Move],
    mut weigher: Option<&mut Weigher>,
) -> io::Result<()> {
    let mut sorted = Sorted::default();
    // Of each key: which parts have it, under which number.
    let mut sources: Vec<(u32, Term)> = Vec::new();
    let mut ends: Vec<u32> = Vec::new();
    let mut worths: Vec<f32> = Vec::new();
    // Of each part that has one left, the next key.
    let mut next: Vec<(usize, Cursor)> = parts.iter().map(|p| p.vocabulary.open()).enumerate().collect();
    next.retain_mut(|(_, cursor)| cursor.next());
    let mut key = Vec::new();
    while let Some(least) = next.iter().map(|(_, cursor)| cursor.key()).min() {
        key.clear();
        key.extend_from_slice(least);
        let before = sources.len();
        let mut count = 0_u32;
        // In the order of the parts: places must ascend.
        for (index, cursor) in next.iter().filter(|(_, cursor)| cursor.key() == key) {
            let (Some(part), Some(to), term) = (parts.get(*index), moves.get(*index), cursor.term()) else {
                continue;
            };
            let left = if to.places.is_none() {
                part.vocabulary.count(term)
            } else {
                let left = part.postings.of(term).iter().filter(|p| to.to(p.place).is_some()).count();
                u32::try_from(left).unwrap_or(u32::MAX)
            };
            if left > 0 {
                count = count.saturating_add(left);
                sources.push((u32::try_from(*index).unwrap_or(u32::MAX), term));
            }
        }
        if sources.len() > before
            && let Ok(key) = std::str::from_utf8(&key)
        {
            sorted.push(key, count);
            worths.extend(weigher.as_ref().map(|weigher| weigher.worth(count)));
            ends.push(u32::try_from(sources.len()).unwrap_or(u32::MAX));
        }
        next.retain_mut(|(_, cursor)| cursor.key() != key || cursor.next());
    }
    let mut ahead: Vec<Ahead> = parts.iter().map(|part| Ahead::new(&part.postings)).collect();
    write(out, number, &sorted, |at, list| {
        let start = at.checked_sub(1).map_or(0, |before| ends[before] as usize);
        for &(part, term) in sources.get(start..ends[at] as usize).unwrap_or_default() {
            let (Some(ahead), Some(to)) = (ahead.get_mut(part as usize), moves.get(part as usize)) else {
                continue;
            };
            for posting in ahead.of(term).iter() {
                let Some(place) = to.to(posting.place) else { continue };
                let posting = Posting { place, ..posting };
                if let (Some(weigher), Some(&worth)) = (&mut weigher, worths.get(at)) {
                    weigher.take(posting, worth);
                }
                list.push(posting);
            }
        }
    })
}

/// How many of the last segments to make into one so that sizes at least double from each to the
/// one before: few segments, and an article is moved a logarithmic number of times.
pub(super) fn tail(sizes: &[usize]) -> usize {
    let mut sizes = sizes.iter().rev();
    let mut total = sizes.next().copied().unwrap_or(0);
    let mut count = 1;
    for &size in sizes {
        if size >= 2 * total {
            break;
        }
        total += size;
        count += 1;
    }
    count
}
