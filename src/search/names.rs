//! Names of one kind (outlets, persons, …): found by some of their words, with their articles.
//!
//! All words asked for must stand in the same name, so `person:"John Smith"` is not a John beside
//! a Smith.

use std::collections::{BTreeMap, BTreeSet};

use super::dictionary::{Dictionary, Growing};
use super::postings::{List, Place, Posting, Postings};
use super::token;

/// Distinct names with their articles.
pub(super) struct Names {
    /// Words of the names; the places of its postings are numbers of names.
    pub words: Dictionary,
    list: Vec<String>,
    articles: Postings,
}

/// Names while they grow.
#[derive(Default)]
pub(super) struct GrowingNames {
    lists: BTreeMap<String, List>,
}

impl GrowingNames {
    /// Adds `name` to the article at `place`; places ascend.
    pub fn push(&mut self, name: &str, place: Place) {
        if let Some(list) = self.lists.get_mut(name) {
            list.push(Posting { place, count: 1, title: 0 });
        } else {
            let mut list = List::default();
            list.push(Posting { place, count: 1, title: 0 });
            self.lists.insert(name.to_owned(), list);
        }
    }

    /// Takes in all of `names` whose articles are still wanted, under their new places.
    pub fn absorb(&mut self, names: &Names, moved: &dyn Fn(Place) -> Option<Place>) {
        for (number, name) in (0..).zip(&names.list) {
            for place in names.articles.of(number).filter_map(|p| moved(p.place)) {
                self.push(name, place);
            }
        }
    }

    /// The finished names.
    pub fn finish(&self) -> Names {
        let mut words = Growing::default();
        for (number, name) in (0..).zip(self.lists.keys()) {
            let mut own = BTreeSet::new();
            token::each(name, |_, key| {
                own.insert(key.to_owned());
            });
            for key in own {
                let word = words.number(&key);
                words.push(word, Posting { place: number, count: 1, title: 0 });
            }
        }
        Names {
            words: words.finish(),
            list: self.lists.keys().cloned().collect(),
            articles: Postings::new(self.lists.values()),
        }
    }
}

impl Names {
    /// How many of the names with this word have an article that `is_live`.
    pub fn left(&self, term: u32, is_live: impl Fn(Place) -> bool) -> u32 {
        let names = self.words.postings.of(term);
        let left = names.filter(|n| self.articles.of(n.place).any(|p| is_live(p.place))).count();
        u32::try_from(left).unwrap_or(u32::MAX)
    }

    /// The articles of the names that have, for each asked word, one of its terms; ascending.
    pub fn articles_of(&self, asked: &[Vec<u32>]) -> Vec<Place> {
        let mut names: Option<BTreeSet<u32>> = None;
        for terms in asked {
            let of_word: BTreeSet<u32> =
                terms.iter().flat_map(|&t| self.words.postings.of(t)).map(|p| p.place).collect();
            names = Some(match names {
                Some(names) => names.intersection(&of_word).copied().collect(),
                None => of_word,
            });
        }
        let articles: BTreeSet<Place> =
            names.into_iter().flatten().flat_map(|n| self.articles.of(n)).map(|p| p.place).collect();
        articles.into_iter().collect()
    }
}
