//! Which units of a story's articles report the same fact.
//!
//! Average-link clusters of units, then the strong links that a partition into clusters has to
//! leave out, because one sentence may tell two facts. Does not judge who is right; see
//! `difference` for what sets reports apart.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap};

use super::measure::{Link, Links};
use super::unit::Unit;
use crate::model::Tier;

/// Units that report one fact.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Unit numbers, ascending; of at least two articles.
    pub units: Vec<usize>,
    /// How sure it is.
    pub tier: Tier,
}

/// Mean link from which units form a fact at all.
const LIKELY: f32 = 0.22;
/// Mean link from which a fact is sure.
const SURE: f32 = 0.33;
/// Link from which a pair is sure when it stands out.
const DISTINCT: f32 = 0.25;
/// What the second-best partner may reach of the best for the best to stand out.
const RUNNER_UP: f32 = 0.75;
/// Share of sure links from which a fact is sure.
const MOST: f32 = 0.75;
/// Words in common without which a link is not sure.
const COMMON_WORDS: usize = 3;
/// Weakest link that a sure fact may have inside.
const WEAKEST: f32 = 0.2;
/// Link from which a pair outside the clusters is a fact of its own.
const STRONG: f32 = 0.26;
/// How much a link loses where one of its units has a better partner in the other's article.
const RIVALRY: f32 = 0.3;
/// Units that one article may give to a fact: a headline and a sentence, or two sentences.
pub(super) const UNITS_AN_ARTICLE: usize = 2;
/// Facts that one sentence may tell.
const FACTS_A_UNIT: usize = 3;

/// The facts that `units` of two or more articles report; `links` may know of further units.
pub(super) fn align(units: &[Unit], links: &Links) -> Vec<Group> {
    let rival = Rivalry::new(units, links);
    let mut groups = clusters(units, &rival);
    complete(units, links, &mut groups);
    purify(&mut groups, units, links, &rival);
    groups
        .into_iter()
        .filter(|members| members.iter().any(|&u| units[u].article != units[members[0]].article))
        .map(|mut members| {
            members.sort_unstable();
            let tier = tier(&members, units, links, &rival);
            Group { units: members, tier }
        })
        .collect()
}

/// A fact is sure where nearly all of its links are.
#[allow(clippy::cast_precision_loss, reason = "a fact has few members")]
fn tier(members: &[usize], units: &[Unit], links: &Links, rival: &Rivalry) -> Tier {
    let (mut sure, mut pairs) = (0_usize, 0_usize);
    for (at, &a) in members.iter().enumerate() {
        for &b in members[at + 1..].iter().filter(|&&b| units[b].article != units[a].article) {
            pairs += 1;
            if rival.get(a, b) < WEAKEST {
                return Tier::Likely;
            }
            sure += usize::from(is_sure(a, b, units, links, rival));
        }
    }
    let share = sure as f32 / pairs.max(1) as f32;
    if pairs > 0 && share >= MOST { Tier::Sure } else { Tier::Likely }
}

/// A link is sure where it is anchored, or strong, or plainly the best that either sentence has in
/// the other's article, by more than a word or two.
fn is_sure(a: usize, b: usize, units: &[Unit], links: &Links, rival: &Rivalry) -> bool {
    let Some(link) = links.get(a, b) else { return false };
    let score = rival.get(a, b);
    let plain = score >= DISTINCT && rival.stands_out(a, b, units);
    link.anchor.is_some() || link.common >= COMMON_WORDS && (score >= SURE || plain)
}

/// Takes out of a fact with sure links the units that none of these holds and that tell another
/// fact anyway: they came along with a neighbour.
fn purify(groups: &mut [Vec<usize>], units: &[Unit], links: &Links, rival: &Rivalry) {
    for number in 0..groups.len() {
        let members = groups[number].clone();
        let held = |unit: usize| {
            members
                .iter()
                .any(|&m| units[m].article != units[unit].article && is_sure(unit, m, units, links, rival))
        };
        if !members.iter().any(|&m| held(m)) {
            continue;
        }
        let elsewhere = |unit: usize| {
            groups.iter().enumerate().any(|(other, group)| other != number && group.contains(&unit))
        };
        groups[number] = members.iter().copied().filter(|&m| held(m) || !elsewhere(m)).collect();
    }
}

/// The partners of a unit among `units`.
fn among<'a>(units: &[Unit], links: &'a Links, unit: usize) -> impl Iterator<Item = &'a (u32, Link)> {
    let partners = links.of(unit);
    partners[..partners.partition_point(|(other, _)| (*other as usize) < units.len())].iter()
}

/// Links weakened where a better partner stands in the same article: each sentence has at most one
/// or two true counterparts there.
struct Rivalry {
    scores: Vec<Vec<(u32, f32)>>,
    /// Best and second-best link of a unit into an article.
    best: HashMap<(usize, u32), (f32, f32)>,
}

impl Rivalry {
    fn new(units: &[Unit], links: &Links) -> Self {
        let mut best: HashMap<(usize, u32), (f32, f32)> = HashMap::new();
        for unit in 0..units.len() {
            for (other, link) in among(units, links, unit) {
                let entry = best.entry((unit, units[*other as usize].article)).or_default();
                if link.score > entry.0 {
                    *entry = (link.score, entry.0);
                } else {
                    entry.1 = entry.1.max(link.score);
                }
            }
        }
        let relative = |unit: usize, article: u32, score: f32| {
            best.get(&(unit, article)).map_or(1.0, |(b, _)| if *b > 0.0 { score / b } else { 0.0 })
        };
        let scores = (0..units.len())
            .map(|unit| {
                among(units, links, unit)
                    .map(|(other, link)| {
                        let there = *other as usize;
                        let share = relative(unit, units[there].article, link.score).min(relative(
                            there,
                            units[unit].article,
                            link.score,
                        ));
                        (*other, link.score * (1.0 - RIVALRY + RIVALRY * share))
                    })
                    .collect()
            })
            .collect();
        Self { scores, best }
    }

    /// Whether two units are each other's best partner in their articles, by far.
    fn stands_out(&self, a: usize, b: usize, units: &[Unit]) -> bool {
        let score = self.get(a, b);
        let alone = |unit: usize, article: u32| {
            let known = self.best.get(&(unit, article));
            known.is_some_and(|(best, second)| score >= best * 0.999 && *second <= RUNNER_UP * best)
        };
        alone(a, units[b].article) && alone(b, units[a].article)
    }

    fn get(&self, a: usize, b: usize) -> f32 {
        let row = &self.scores[a];
        u32::try_from(b)
            .ok()
            .and_then(|b| row.binary_search_by_key(&b, |(other, _)| *other).ok())
            .map_or(0.0, |at| row[at].1)
    }
}

/// A merge that may be made; the strongest first, ties by unit numbers.
struct Merge {
    score: f32,
    a: usize,
    b: usize,
}

impl PartialEq for Merge {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Merge {}

impl PartialOrd for Merge {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Merge {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then_with(|| (other.a, other.b).cmp(&(self.a, self.b)))
    }
}

/// Average-link clusters; every unit stands in exactly one.
fn clusters(units: &[Unit], rival: &Rivalry) -> Vec<Vec<usize>> {
    // A cluster keeps its number until it is merged; the merged one gets a new number, so that
    // merges with the old ones are known to be stale.
    let mut clusters: Vec<Option<Vec<usize>>> = (0..units.len()).map(|u| Some(vec![u])).collect();
    let mut cluster_of: Vec<usize> = (0..units.len()).collect();
    let mut open = BinaryHeap::new();
    for a in 0..units.len() {
        for &(b, score) in &rival.scores[a] {
            let b = b as usize;
            if a < b && score >= LIKELY {
                open.push(Merge { score, a, b });
            }
        }
    }
    while let Some(Merge { a, b, .. }) = open.pop() {
        let (Some(Some(x)), Some(Some(y))) = (clusters.get(a), clusters.get(b)) else { continue };
        let merged: Vec<usize> = x.iter().chain(y).copied().collect();
        if fullest(&merged, units) > UNITS_AN_ARTICLE {
            continue;
        }
        clusters[a] = None;
        clusters[b] = None;
        let new = clusters.len();
        for &unit in &merged {
            cluster_of[unit] = new;
        }
        let mut near: Vec<usize> = merged
            .iter()
            .flat_map(|&u| rival.scores[u].iter().map(|(other, _)| cluster_of[*other as usize]))
            .filter(|&c| c != new)
            .collect();
        near.sort_unstable();
        near.dedup();
        for other in near {
            let Some(members) = &clusters[other] else { continue };
            let score = average(&merged, members, units, rival);
            if score >= LIKELY {
                open.push(Merge { score, a: other, b: new });
            }
        }
        clusters.push(Some(merged));
    }
    clusters.into_iter().flatten().collect()
}

/// Mean link between the members of two clusters that stand in different articles.
fn average(a: &[usize], b: &[usize], units: &[Unit], rival: &Rivalry) -> f32 {
    let (mut sum, mut pairs) = (0.0, 0.0);
    for &x in a {
        for &y in b.iter().filter(|&&y| units[y].article != units[x].article) {
            sum += rival.get(x, y);
            pairs += 1.0;
        }
    }
    if pairs > 0.0 { sum / pairs } else { 0.0 }
}

/// The largest number of members that one article has.
fn fullest(members: &[usize], units: &[Unit]) -> usize {
    members
        .iter()
        .map(|&m| members.iter().filter(|&&n| units[n].article == units[m].article).count())
        .max()
        .unwrap_or(0)
}

/// Adds the strong links that the clusters left out: to a cluster that the unit fits, else as a
/// fact of two.
fn complete(units: &[Unit], links: &Links, groups: &mut Vec<Vec<usize>>) {
    groups.retain(|g| g.len() > 1);
    let mut groups_of: Vec<Vec<usize>> = vec![Vec::new(); units.len()];
    for (number, group) in groups.iter().enumerate() {
        for &unit in group {
            groups_of[unit].push(number);
        }
    }
    let mut strong: Vec<Merge> = Vec::new();
    for a in 0..units.len() {
        for (b, link) in among(units, links, a) {
            let b = *b as usize;
            if a < b && link.score >= STRONG {
                strong.push(Merge { score: link.score, a, b });
            }
        }
    }
    strong.sort_by(|x, y| y.cmp(x));
    for Merge { a, b, .. } in strong {
        if groups_of[a].iter().any(|g| groups_of[b].contains(g)) {
            continue;
        }
        let fits = |unit: usize, group: &[usize]| {
            let mut with = group.to_vec();
            with.push(unit);
            if fullest(&with, units) > UNITS_AN_ARTICLE {
                return 0.0;
            }
            let scores: Vec<f32> = group
                .iter()
                .filter(|&&m| units[m].article != units[unit].article)
                .map(|&m| links.get(m, unit).map_or(0.0, |l| l.score))
                .collect();
            #[allow(clippy::cast_precision_loss, reason = "a fact has few members")]
            let count = scores.len().max(1) as f32;
            scores.iter().sum::<f32>() / count
        };
        let best = [(a, b), (b, a)]
            .into_iter()
            .filter(|(unit, _)| groups_of[*unit].len() < FACTS_A_UNIT)
            .flat_map(|(unit, partner)| groups_of[partner].iter().map(move |&g| (unit, g)))
            .map(|(unit, group)| (fits(unit, &groups[group]), unit, group))
            .filter(|(score, ..)| *score >= LIKELY)
            .max_by(|x, y| x.0.total_cmp(&y.0).then_with(|| (y.1, y.2).cmp(&(x.1, x.2))));
        if let Some((_, unit, group)) = best {
            groups[group].push(unit);
            groups_of[unit].push(group);
        } else if groups_of[a].len() < FACTS_A_UNIT && groups_of[b].len() < FACTS_A_UNIT {
            groups_of[a].push(groups.len());
            groups_of[b].push(groups.len());
            groups.push(vec![a, b]);
        }
    }
}
