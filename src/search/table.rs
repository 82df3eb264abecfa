//! The best score of each article while the lists of a word are read.
//!
//! Kept from one search to the next: clearing it costs what was found, not what there is.

use super::postings::Place;
use super::scored::Scored;

/// Scores by place.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Of the places that are seen.
    scores: Vec<f32>,
    /// A bit each.
    seen: Vec<u64>,
    titled: Vec<u64>,
}

fn bit(place: Place) -> (usize, u64) {
    (place as usize / 64, 1 << (place % 64))
}

impl Table {
    /// Makes room for so many articles; none is seen.
    pub fn begin(&mut self, articles: usize) {
        let words = articles.div_ceil(64);
        if words > self.seen.len() {
            self.scores.resize(words * 64, 0.0);
            self.seen.resize(words, 0);
            self.titled.resize(words, 0);
        }
    }

    /// Notes a score of the article; the best stays, and whether one was of the title.
    #[inline]
    pub fn raise(&mut self, place: Place, score: f32, is_titled: bool) {
        let (word, bit) = bit(place);
        let (Some(seen), Some(best)) = (self.seen.get_mut(word), self.scores.get_mut(place as usize)) else {
            return;
        };
        if *seen & bit == 0 {
            *seen |= bit;
            *best = score;
        } else if *best < score {
            *best = score;
        }
        if is_titled && let Some(titled) = self.titled.get_mut(word) {
            *titled |= bit;
        }
    }

    /// Calls `take` with all that was seen, by place; nothing is seen any more.
    pub fn drain(&mut self, mut take: impl FnMut(Scored)) {
        for ((first, seen), titled) in (0..).step_by(64).zip(&mut self.seen).zip(&mut self.titled) {
            let (mut left, titles) = (std::mem::take(seen), std::mem::take(titled));
            while left != 0 {
                let at = left.trailing_zeros();
                left &= left - 1;
                let place: Place = first + at;
                let score = self.scores.get(place as usize).copied().unwrap_or_default();
                take(Scored { place, score, titled: u8::from(titles >> at & 1 == 1) });
            }
        }
    }

    /// Sees these articles, with a score of 0.
    pub fn mark(&mut self, found: &[Scored]) {
        for found in found {
            let (word, bit) = bit(found.place);
            if let (Some(seen), Some(best)) =
                (self.seen.get_mut(word), self.scores.get_mut(found.place as usize))
            {
                *seen |= bit;
                *best = 0.0;
            }
        }
    }

    /// Whether the article is seen.
    #[inline]
    pub fn is_seen(&self, place: Place) -> bool {
        let (word, bit) = bit(place);
        self.seen.get(word).is_some_and(|seen| seen & bit != 0)
    }

    /// What was noted of the article, which is no longer seen: its score, and whether one was of the
    /// title. 0 where it was not seen.
    pub fn take(&mut self, place: Place) -> (f32, bool) {
        let (word, bit) = bit(place);
        let (Some(seen), Some(titled), Some(&best)) =
            (self.seen.get_mut(word), self.titled.get_mut(word), self.scores.get(place as usize))
        else {
            return (0.0, false);
        };
        let noted = (if *seen & bit == 0 { 0.0 } else { best }, *titled & bit != 0);
        *seen &= !bit;
        *titled &= !bit;
        noted
    }
}
