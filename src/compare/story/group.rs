//! The stories of a library: articles grouped by event.

use std::collections::HashMap;

use super::evidence::Evidence;
use super::gate::{EVENT_DAYS, days_between, distance};
use super::profile::{Counts, Frequencies, Vector, count};
use crate::compare::Analysed;
use crate::compare::measure::Links;
use crate::compare::unit::units;
use crate::model::{OutsideReason, Published};

/// Articles on one event, and those that are near but stand outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouping {
    /// Indices of the articles, ascending; two or more.
    pub members: Vec<usize>,
    /// Indices of articles near it, ascending, with the reason that they stand outside.
    pub related: Vec<(usize, OutsideReason)>,
}

/// Mean likeness from which articles form a story.
///
/// Measured on three windows of German and English articles: lower ones join neighbouring events
/// of one topic, higher ones lose comments and features on the event.
const SAME_EVENT: f32 = 0.18;
/// Likeness from which an article is named as related.
const RELATED: f32 = 0.10;
/// The same as a share of the likeness of a story's articles, where that is lower: in a library of a
/// few articles no word is rare.
const RELATED_SHARE: f32 = 0.5;
/// Likeness from which strong evidence is looked for.
const BINDS: f32 = 0.03;
/// Weight of the likeness of titles beside that of texts.
const TITLE: f32 = 0.3;
/// Days after which likeness has fallen to three fifths.
const DECAY_DAYS: f32 = 3.0;
/// Terms that more than this share of the articles have find no candidates.
const COMMON: f32 = 0.1;
/// Candidates an article is compared with in full.
const CANDIDATES: usize = 40;

/// Groups `articles` by event; articles that stand alone are in no group.
///
/// Groups are ordered by their first member. The result does not depend on the order of the
/// articles but for their indices.
#[must_use]
pub fn group(articles: &[Analysed<'_>]) -> Vec<Grouping> {
    let order = crate::compare::own_order(articles);
    let sorted: Vec<Analysed<'_>> = order.iter().map(|&i| articles[i]).collect();
    let mut groups = Grouper::new(&sorted).run();
    for group in &mut groups {
        for member in &mut group.members {
            *member = order[*member];
        }
        for (related, _) in &mut group.related {
            *related = order[*related];
        }
        group.members.sort_unstable();
        group.related.sort_unstable_by_key(|(index, _)| *index);
    }
    groups.sort_by_key(|g| g.members[0]);
    groups
}

struct Grouper<'a> {
    articles: &'a [Analysed<'a>],
    texts: Vec<Vector>,
    titles: Vec<Vector>,
    /// For each article the candidates with their likeness, by number.
    near: Vec<Vec<(usize, f32)>>,
}

impl<'a> Grouper<'a> {
    fn new(articles: &'a [Analysed<'a>]) -> Self {
        let counts: Vec<Counts> = articles.iter().map(count).collect();
        let frequencies = Frequencies::of(&counts);
        let texts: Vec<Vector> = counts.iter().map(|c| frequencies.vector(&c.all)).collect();
        let titles: Vec<Vector> = counts.iter().map(|c| frequencies.vector(&c.title)).collect();
        let mut grouper = Self { articles, texts, titles, near: vec![Vec::new(); articles.len()] };
        grouper.find_near(&frequencies);
        grouper
    }

    /// Fills `near`: candidates share terms that few articles have.
    fn find_near(&mut self, frequencies: &Frequencies) {
        let articles = self.articles.len();
        #[allow(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of a count"
        )]
        let most = ((articles as f32 * COMMON) as usize).max(30);
        let mut postings: HashMap<u32, Vec<(usize, f32)>> = HashMap::new();
        for (index, text) in self.texts.iter().enumerate() {
            for &(key, weight) in text.0.iter().filter(|(key, _)| frequencies.with(*key) <= most) {
                postings.entry(key).or_default().push((index, weight));
            }
        }
        let mut sums = vec![0.0_f32; articles];
        for index in 0..articles {
            sums.fill(0.0);
            for (key, weight) in &self.texts[index].0 {
                for (other, theirs) in postings.get(key).into_iter().flatten() {
                    sums[*other] += weight * theirs;
                }
            }
            let mut best: Vec<(usize, f32)> = sums
                .iter()
                .enumerate()
                .filter(|(other, sum)| *other != index && **sum > 0.0)
                .map(|(other, sum)| (other, *sum))
                .collect();
            best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            best.truncate(CANDIDATES);
            self.near[index] = best.iter().map(|&(other, _)| (other, self.likeness(index, other))).collect();
        }
        // Nearness goes both ways, whoever found whom.
        for index in 0..articles {
            for (other, likeness) in self.near[index].clone() {
                if !self.near[other].iter().any(|(o, _)| *o == index) {
                    self.near[other].push((index, likeness));
                }
            }
        }
        self.near.iter_mut().for_each(|list| list.sort_unstable_by_key(|(other, _)| *other));
    }

    /// Likeness of two articles, without regard to their days.
    fn likeness(&self, a: usize, b: usize) -> f32 {
        self.texts[a].cosine(&self.texts[b]) + TITLE * self.titles[a].cosine(&self.titles[b])
    }

    /// Days between two dated articles.
    fn apart(&self, a: usize, b: usize) -> Option<i32> {
        let day = |i: usize| self.articles[i].draft.published.stated();
        Some(days_between(day(a)?, day(b)?))
    }

    /// Likeness weakened by days; none where both are dated and too far apart, or one is undated.
    fn score(&self, a: usize, b: usize) -> Option<f32> {
        let apart = self.apart(a, b)?.abs();
        if apart > EVENT_DAYS {
            return None;
        }
        let near = &self.near[a];
        let at = near.binary_search_by_key(&b, |(other, _)| *other).ok();
        let likeness = at.map_or_else(|| self.likeness(a, b), |at| near[at].1);
        #[allow(clippy::cast_precision_loss, reason = "a few days")]
        let days = apart as f32;
        Some(likeness * (-days * days / (2.0 * DECAY_DAYS * DECAY_DAYS)).exp())
    }

    fn run(self) -> Vec<Grouping> {
        let mut parts = self.dated_clusters();
        self.add_undated(&mut parts);
        parts.retain(|p| p.len() > 1);
        parts
            .iter()
            .map(|members| Grouping { members: members.clone(), related: self.related(members) })
            .collect()
    }

    /// Average-link clusters of the dated articles; every article stands in exactly one.
    fn dated_clusters(&self) -> Vec<Vec<usize>> {
        let mut parts: Vec<Vec<usize>> = (0..self.articles.len()).map(|i| vec![i]).collect();
        let mut open: Vec<(usize, usize)> = Vec::new();
        for a in 0..parts.len() {
            open.extend(self.near[a].iter().filter(|(b, _)| a < *b).map(|(b, _)| (a, *b)));
        }
        let mut part_of: Vec<usize> = (0..parts.len()).collect();
        let mut scored: Vec<(f32, usize, usize)> = open
            .into_iter()
            .filter_map(|(a, b)| Some((self.score(a, b)?, a, b)))
            .filter(|(score, ..)| *score >= SAME_EVENT)
            .collect();
        scored.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        // Pairs are taken from the strongest down. Two clusters merge when all their pairs average
        // high enough; later pairs between the same clusters ask again after these have grown.
        for (_, a, b) in scored {
            let (x, y) = (part_of[a], part_of[b]);
            if x == y || self.average(&parts[x], &parts[y]).is_none_or(|s| s < SAME_EVENT) {
                continue;
            }
            let moved = std::mem::take(&mut parts[y]);
            for &member in &moved {
                part_of[member] = x;
            }
            parts[x].extend(moved);
            parts[x].sort_unstable();
        }
        parts.retain(|p| !p.is_empty());
        parts
    }

    fn average(&self, a: &[usize], b: &[usize]) -> Option<f32> {
        let mut sum = 0.0;
        for &x in a {
            for &y in b {
                sum += self.score(x, y)?;
            }
        }
        #[allow(clippy::cast_precision_loss, reason = "stories have few articles")]
        let pairs = (a.len() * b.len()) as f32;
        Some(sum / pairs)
    }

    /// Joins what strong evidence binds an undated article to, the nearest first, where the days
    /// allow it: an article may stand between two that have little in common.
    fn add_undated(&self, parts: &mut Vec<Vec<usize>>) {
        let undated = |i: &usize| self.articles[*i].draft.published.stated().is_none();
        let mut bonds: Vec<(f32, usize, usize)> =
            (0..self.articles.len()).filter(undated).flat_map(|index| self.bonds(index)).collect();
        bonds.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        for (_, a, b) in bonds {
            let at = |index: usize| parts.iter().position(|p| p.contains(&index));
            let (Some(own), Some(to)) = (at(a), at(b)) else { continue };
            let mut both = [parts[own].as_slice(), parts[to].as_slice()].concat();
            if own == to || !self.is_one_event(&both) {
                continue;
            }
            both.sort_unstable();
            parts[to] = both;
            parts[own].clear();
            parts.retain(|p| !p.is_empty());
        }
    }

    /// The articles that strong evidence binds to one, with their likeness. What is rare is judged
    /// among the articles nearest to it.
    fn bonds(&self, index: usize) -> Vec<(f32, usize, usize)> {
        let mut near: Vec<(usize, f32)> = self.near[index].clone();
        near.retain(|(_, likeness)| *likeness >= BINDS);
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        near.truncate(CANDIDATES / 4);
        if near.is_empty() {
            return Vec::new();
        }
        let beside: Vec<usize> = std::iter::once(index).chain(near.iter().map(|(other, _)| *other)).collect();
        let articles: Vec<Analysed<'_>> = beside.iter().map(|&i| self.articles[i]).collect();
        let units = units(&articles);
        let evidence = Evidence::new(&units, &Links::measure(&units), articles.len());
        let strong = near.into_iter().enumerate().filter(|(at, _)| evidence.is_strong(0, at + 1));
        strong.map(|(_, (other, likeness))| (likeness, index, other)).collect()
    }

    /// Whether the days of all `members` allow one event.
    fn is_one_event(&self, members: &[usize]) -> bool {
        let published: Vec<Published> = members.iter().map(|&m| self.articles[m].draft.published).collect();
        let stated = || published.iter().filter_map(|p| p.stated());
        let Some(days) = stated().min().zip(stated().max()) else { return true };
        days_between(days.0, days.1) <= EVENT_DAYS && published.iter().all(|p| distance(*p, days) == 0)
    }

    /// Articles near a story that stand outside.
    fn related(&self, members: &[usize]) -> Vec<(usize, OutsideReason)> {
        let bar = RELATED.min(RELATED_SHARE * self.mean_likeness(members));
        let mut found: Vec<(usize, OutsideReason)> = Vec::new();
        for &member in members {
            for &(other, likeness) in &self.near[member] {
                if likeness < bar || members.contains(&other) || found.iter().any(|(o, _)| *o == other) {
                    continue;
                }
                let nearest =
                    members.iter().filter_map(|&m| self.apart(m, other)).min_by_key(|days| days.abs());
                let dated = self.articles[other].draft.published.stated().is_some();
                let reason = match nearest {
                    Some(days) if days.abs() > EVENT_DAYS => OutsideReason::Days(days),
                    None if !dated => OutsideReason::Undated,
                    _ => OutsideReason::OtherEvent,
                };
                found.push((other, reason));
            }
        }
        found
    }

    /// Mean likeness of the pairs of a story's articles.
    #[allow(clippy::cast_precision_loss, reason = "stories have few articles")]
    fn mean_likeness(&self, members: &[usize]) -> f32 {
        let pairs =
            members.iter().enumerate().flat_map(|(at, &a)| members[at + 1..].iter().map(move |&b| (a, b)));
        let (sum, count) = pairs.fold((0.0, 0_usize), |(s, n), (a, b)| (s + self.likeness(a, b), n + 1));
        sum / count.max(1) as f32
    }
}
