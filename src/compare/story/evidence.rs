//! What binds two articles so strongly that no date is needed.

use std::collections::{HashMap, HashSet};

use crate::compare::anchor::{Anchor, shared};
use crate::compare::measure::Links;
use crate::compare::unit::Unit;

/// Names in common that few of the articles have.
const RARE_NAMES: usize = 2;
/// Link from which two sentences are alike enough to relate their articles.
const ALIKE: f32 = 0.25;

/// What each pair of articles has in common.
pub(super) struct Evidence {
    /// Pairs (lower number first) bound by rare names and an anchor.
    strong: HashSet<(u32, u32)>,
    /// How many links of some strength each pair has.
    alike: HashMap<(u32, u32), usize>,
}

impl Evidence {
    /// Weighs the `units` of `articles` articles.
    pub fn new(units: &[Unit], links: &Links, articles: usize) -> Self {
        let names = rare_names(units, articles);
        let mut alike: HashMap<(u32, u32), usize> = HashMap::new();
        let mut anchored: HashSet<(u32, u32)> = HashSet::new();
        for (a, unit) in units.iter().enumerate() {
            for (b, link) in links.of(a) {
                let other = &units[*b as usize];
                if other.article <= unit.article {
                    continue;
                }
                let pair = (unit.article, other.article);
                if link.score >= ALIKE {
                    *alike.entry(pair).or_default() += 1;
                }
                if link.anchor.is_some_and(|anchor| counts(anchor, unit, other)) {
                    anchored.insert(pair);
                }
            }
        }
        let strong = anchored
            .into_iter()
            .filter(|(a, b)| {
                let (a, b) = (&names[*a as usize], &names[*b as usize]);
                shared(a, b) >= RARE_NAMES
            })
            .collect();
        Self { strong, alike }
    }

    /// Whether rare names and a quotation, a number or a dated event bind two articles.
    pub fn is_strong(&self, a: usize, b: usize) -> bool {
        self.strong.contains(&pair(a, b))
    }

    /// How many sentences of two articles are alike.
    pub fn alike(&self, a: usize, b: usize) -> usize {
        self.alike.get(&pair(a, b)).copied().unwrap_or(0)
    }
}

fn pair(a: usize, b: usize) -> (u32, u32) {
    let (low, high) = (a.min(b), a.max(b));
    (u32::try_from(low).unwrap_or(u32::MAX), u32::try_from(high).unwrap_or(u32::MAX))
}

/// A short quotation may be a standing phrase; five words are somebody's own.
fn counts(anchor: Anchor, a: &Unit, b: &Unit) -> bool {
    const OWN_WORDS: usize = 4;
    anchor != Anchor::Quote || [a, b].iter().any(|u| u.quoted().any(|s| s.words.len() >= OWN_WORDS))
}

/// For each article the names that at most three quarters of the articles have, sorted.
///
/// In a small selection everybody names the main figures; they bind nothing.
fn rare_names(units: &[Unit], articles: usize) -> Vec<Vec<u32>> {
    let mut names: Vec<Vec<u32>> = vec![Vec::new(); articles];
    for unit in units {
        names[unit.article as usize].extend(&unit.names);
    }
    let mut with: HashMap<u32, usize> = HashMap::new();
    for list in &mut names {
        list.sort_unstable();
        list.dedup();
        for name in list.iter() {
            *with.entry(*name).or_default() += 1;
        }
    }
    let most = (articles * 3 / 4).max(2);
    for list in &mut names {
        list.retain(|name| with.get(name).is_some_and(|&count| count <= most));
    }
    names
}
