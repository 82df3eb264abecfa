//! What stands below an empty search line: saved searches, and those made before.

use super::App;
use super::edit::EditLine;
use super::effect::Effect;
use crate::model::SavedSearch;

/// Queries remembered.
const HISTORY: usize = 50;

/// A search that can be made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer<'a> {
    /// A saved one, with the articles it finds once they are counted.
    Saved(&'a SavedSearch, Option<u32>),
    /// One made before, as typed.
    Earlier(&'a str),
}

/// Searches made before, and where one is among the offers.
#[derive(Clone, Debug, Default)]
pub struct Offers {
    /// Newest first.
    earlier: Vec<String>,
    /// The offer that is picked while nothing is typed.
    picked: Option<usize>,
    /// The one of the earlier ones that stands in the line.
    recalled: Option<usize>,
}

impl Offers {
    /// Takes the searches made before, newest first.
    pub fn set_earlier(&mut self, earlier: Vec<String>) {
        self.earlier = earlier;
    }

    /// Searches made before, newest first.
    #[must_use]
    pub fn earlier(&self) -> &[String] {
        &self.earlier
    }

    /// Index of the picked offer.
    #[must_use]
    pub fn picked(&self) -> Option<usize> {
        self.picked
    }

    /// Picks nothing.
    pub fn unpick(&mut self) {
        self.picked = None;
    }

    /// Notes a search that led somewhere.
    pub fn remember(&mut self, query: &str) {
        self.recalled = None;
        self.earlier.retain(|q| q != query);
        self.earlier.insert(0, query.to_owned());
        self.earlier.truncate(HISTORY);
    }

    /// Whether an earlier query stands in the line as it was recalled.
    #[must_use]
    pub fn is_recalled(&self, typed: &str) -> bool {
        self.recalled.and_then(|n| self.earlier.get(n)).is_some_and(|q| q == typed)
    }

    /// The next earlier query than the one in the line.
    pub fn recall(&mut self, line: &EditLine) -> Option<&str> {
        let next = self.recalled.filter(|_| !line.text().is_empty()).map_or(0, |n| n + 1);
        let query = self.earlier.get(next)?;
        self.recalled = Some(next);
        self.picked = None;
        Some(query)
    }

    /// Moves among `count` offers; above the first one none is picked.
    fn step(&mut self, steps: isize, count: usize) {
        let Some(last) = count.checked_sub(1) else {
            self.picked = None;
            return;
        };
        let from = self.picked.map_or(-1, |at| isize::try_from(at).unwrap_or(isize::MAX));
        self.picked = usize::try_from(from.saturating_add(steps)).ok().map(|at| at.min(last));
    }
}

impl App {
    /// Searches that are offered while nothing is typed: the saved ones by name, then the earlier ones.
    #[must_use]
    pub fn offers(&self) -> Vec<Offer<'_>> {
        let saved = self.list.saved().map(|(saved, count)| Offer::Saved(saved, count));
        saved.chain(self.finder.offers.earlier().iter().map(|q| Offer::Earlier(q))).collect()
    }

    /// Moves among the offers.
    pub(super) fn step_offer(&mut self, steps: isize) {
        let count = self.offers().len();
        self.finder.offers.step(steps, count);
    }

    /// Searches for what is picked.
    pub(super) fn take_offer(&mut self) -> Vec<Effect> {
        let picked = self.finder.offers.picked().and_then(|at| self.offers().get(at).copied());
        let (query, by_date) = match picked {
            // A saved query says its scope itself.
            Some(Offer::Saved(saved, _)) => (saved.query.clone(), Some(saved.by_date)),
            Some(Offer::Earlier(query)) => (query.to_owned(), None),
            None => return Vec::new(),
        };
        if let Some(by_date) = by_date {
            self.finder.by_date = by_date;
            self.finder.exactly = false;
            self.finder.widen_scope();
        }
        self.search_for(&query)
    }
}
