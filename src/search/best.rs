//! The first of many articles in the asked order, and how many there are.

use std::cmp::{Ordering, Reverse};

use crate::model::ArticleId;

use super::cards::{Cards, Day};
use super::request::Order;
use super::scored::Scored;

/// A found article before it becomes a hit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    pub score: f32,
    pub day: Option<Day>,
    pub id: ArticleId,
}

/// Takes articles in any order and keeps the first ones of them.
#[derive(Clone, Debug)]
pub(super) struct Best {
    order: Order,
    limit: usize,
    total: u32,
    /// The first ones, and some more that came since they were sorted out.
    kept: Vec<Found>,
    /// The last that can still be among the first.
    last: Option<Found>,
}

/// Taken beyond the limit before the first are sorted out again.
const SPARE: usize = 256;

impl Best {
    /// Keeps `limit` articles.
    pub fn new(order: Order, limit: usize) -> Self {
        Self { order, limit, total: 0, kept: Vec::new(), last: None }
    }

    /// Articles taken in.
    pub fn total(&self) -> u32 {
        self.total
    }

    /// Takes an article of a segment. Its card is only looked at where it may be among the first.
    #[inline]
    pub fn take_scored(&mut self, scored: &Scored, cards: &Cards) {
        let is_late = self.order == Order::Relevance && self.last.is_some_and(|l| scored.score < l.score);
        if self.limit == 0 || is_late {
            self.total = self.total.saturating_add(1);
            return;
        }
        if let Some(card) = cards.get(scored.place) {
            self.take(Found { score: scored.score, day: card.days.map(|(first, _)| first), id: card.id });
        }
    }

    /// Takes an article.
    pub fn take(&mut self, found: Found) {
        self.total = self.total.saturating_add(1);
        if self.limit == 0 || self.last.is_some_and(|last| compare(self.order, &found, &last).is_gt()) {
            return;
        }
        self.kept.push(found);
        if self.kept.len() >= self.limit.saturating_add(SPARE) {
            self.cut();
        }
    }

    fn cut(&mut self) {
        let Some(last) = self.limit.checked_sub(1) else { return };
        if last < self.kept.len() {
            self.kept.select_nth_unstable_by(last, |a, b| compare(self.order, a, b));
            self.kept.truncate(self.limit);
            self.last = self.kept.get(last).copied();
        }
    }

    /// The first ones in order.
    pub fn into_hits(mut self) -> Vec<Found> {
        self.cut();
        self.kept.sort_unstable_by(|a, b| compare(self.order, a, b));
        self.kept
    }
}

/// Which comes first; no two articles are equal.
fn compare(order: Order, a: &Found, b: &Found) -> Ordering {
    let by_score = || b.score.total_cmp(&a.score);
    let by_day = || Reverse(a.day).cmp(&Reverse(b.day));
    let first = match order {
        Order::Relevance => by_score().then_with(by_day),
        Order::Date => by_day().then_with(by_score),
    };
    first.then(a.id.cmp(&b.id))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_first_of_many_are_those_of_all_sorted(
            all in prop::collection::vec((0..40_u8, prop::option::of(1..9_i8)), 0..2000),
            limit in prop_oneof![0..60_usize, Just(usize::MAX)],
            by_date in any::<bool>(),
        ) {
            let order = if by_date { Order::Date } else { Order::Relevance };
            let mut best = Best::new(order, limit);
            let mut sorted = Vec::new();
            for (id, (score, day)) in (0..).zip(all) {
                let day = day.map(|day| date(2015, 9, day).into());
                let found = Found { score: f32::from(score), day, id: ArticleId(id) };
                best.take(found);
                sorted.push(found);
            }
            prop_assert_eq!(best.total() as usize, sorted.len());
            sorted.sort_by(|a, b| compare(order, a, b));
            sorted.truncate(limit);
            prop_assert_eq!(best.into_hits(), sorted);
        }
    }
}
