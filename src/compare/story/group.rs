//! The stories of a library: articles grouped by event.

use std::collections::HashMap;

use super::evidence::Evidence;
use super::gate::{EVENT_DAYS, days_between, distance};
use super::profile::Profile;
use super::space::Space;
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

/// What grouping needs of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its words.
    pub profile: Profile,
    /// When it appeared.
    pub published: Published,
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
/// A selection of so many articles is small: all likeness is weighed. In a larger one words tell
/// more, and what is less alike than [`ALIKE`] is neither of one event nor related.
const FEW: usize = 100;
const ALIKE: f32 = 0.09;
/// Likeness from which strong evidence is looked for, and in how many of the nearest articles: in a
/// small selection, and in a larger one, where it would cost more than all else.
const BINDS: (f32, usize) = (0.03, 10);
const BINDS_AMONG_MANY: (f32, usize) = (0.3, 1);
/// Days after which likeness has fallen to three fifths.
const DECAY_DAYS: f32 = 3.0;
/// Most articles of a story, so that one of many equal texts costs no more than others.
const LARGEST: usize = 200;

/// Groups `articles` by event; articles that stand alone are in no group.
///
/// Groups are ordered by their first member. The result does not depend on the order of the
/// articles but for their indices.
#[must_use]
pub fn group(articles: &[Analysed<'_>]) -> Vec<Grouping> {
    let order = crate::compare::own_order(articles);
    let entry = |&i: &usize| {
        let article: &Analysed<'_> = &articles[i];
        Entry { profile: Profile::of(article), published: article.draft.published }
    };
    let entries: Vec<Entry> = order.iter().map(entry).collect();
    let entries: Vec<&Entry> = entries.iter().collect();
    let mut groups = group_entries(&entries, &mut |one, others| {
        let among: Vec<Analysed<'_>> =
            std::iter::once(&one).chain(others).map(|&i| articles[order[i]]).collect();
        bound(&among)
    });
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

/// Groups articles by event, from their profiles. `entries` are in an order of their own: ties are
/// broken by it.
///
/// `bound` says, for an article without a stated day and others near it, which of these strong
/// evidence binds it to (see [`bound`]).
pub fn group_entries(
    entries: &[&Entry],
    bound: &mut dyn FnMut(usize, &[usize]) -> Vec<bool>,
) -> Vec<Grouping> {
    let profiles: Vec<&Profile> = entries.iter().map(|e| &e.profile).collect();
    let is_small = entries.len() <= FEW;
    let space = Space::new(&profiles, if is_small { BINDS.0 } else { ALIKE });
    let grouper = Grouper { entries, space, binds: if is_small { BINDS } else { BINDS_AMONG_MANY } };
    let mut parts = grouper.dated_clusters();
    grouper.add_undated(&mut parts, bound);
    parts.retain(|p| p.len() > 1);
    parts
        .iter()
        .map(|members| Grouping { members: members.clone(), related: grouper.related(members) })
        .collect()
}

/// Which of the articles behind the first strong evidence binds to it: rare names and a quotation, a
/// number or a dated event. What is rare is judged among the articles given.
#[must_use]
pub fn bound(among: &[Analysed<'_>]) -> Vec<bool> {
    let units = units(among);
    let evidence = Evidence::new(&units, &Links::measure(&units), among.len());
    (1..among.len()).map(|other| evidence.is_strong(0, other)).collect()
}

struct Grouper<'a> {
    entries: &'a [&'a Entry],
    space: Space,
    /// Likeness from which strong evidence is looked for, and in how many articles.
    binds: (f32, usize),
}

impl Grouper<'_> {
    fn published(&self, index: usize) -> Published {
        self.entries[index].published
    }

    /// Days between two dated articles.
    fn apart(&self, a: usize, b: usize) -> Option<i32> {
        let day = |i: usize| self.published(i).stated();
        Some(days_between(day(a)?, day(b)?))
    }

    /// Likeness weakened by days; none where both are dated and too far apart, or one is undated.
    fn score(&self, a: usize, b: usize) -> Option<f32> {
        let apart = self.apart(a, b)?.abs();
        if apart > EVENT_DAYS {
            return None;
        }
        let likeness = self.space.likeness(a, b);
        #[allow(clippy::cast_precision_loss, reason = "a few days")]
        let days = apart as f32;
        Some(likeness * (-days * days / (2.0 * DECAY_DAYS * DECAY_DAYS)).exp())
    }

    /// Average-link clusters of the dated articles; every article stands in exactly one.
    fn dated_clusters(&self) -> Vec<Vec<usize>> {
        let mut parts: Vec<Vec<usize>> = (0..self.entries.len()).map(|i| vec![i]).collect();
        let mut part_of: Vec<usize> = (0..parts.len()).collect();
        let mut scored: Vec<(f32, usize, usize)> = (0..parts.len())
            .flat_map(|a| self.space.near(a).map(move |(b, _)| (a, b)).filter(|(a, b)| a < b))
            .filter_map(|(a, b)| Some((self.score(a, b)?, a, b)))
            .filter(|(score, ..)| *score >= SAME_EVENT)
            .collect();
        scored.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        // Pairs are taken from the strongest down. Two clusters merge when all their pairs average
        // high enough; later pairs between the same clusters ask again after these have grown.
        let mut refused: HashMap<(usize, usize), usize> = HashMap::new();
        for (_, a, b) in scored {
            let (x, y) = (part_of[a], part_of[b]);
            let size = parts[x].len() + parts[y].len();
            if x == y || size > LARGEST || refused.get(&(x.min(y), x.max(y))) == Some(&size) {
                continue;
            }
            if self.average(&parts[x], &parts[y]).is_none_or(|s| s < SAME_EVENT) {
                refused.insert((x.min(y), x.max(y)), size);
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
    fn add_undated(&self, parts: &mut [Vec<usize>], bound: &mut dyn FnMut(usize, &[usize]) -> Vec<bool>) {
        let mut bonds: Vec<(f32, usize, usize)> = Vec::new();
        for index in (0..self.entries.len()).filter(|&i| self.published(i).stated().is_none()) {
            let mut near: Vec<(usize, f32)> =
                self.space.near(index).filter(|n| n.1 >= self.binds.0).collect();
            near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            near.truncate(self.binds.1);
            if near.is_empty() {
                continue;
            }
            let others: Vec<usize> = near.iter().map(|(other, _)| *other).collect();
            let strong = near.iter().zip(bound(index, &others)).filter(|(_, is_bound)| *is_bound);
            bonds.extend(strong.map(|((other, likeness), _)| (*likeness, index, *other)));
        }
        if bonds.is_empty() {
            return;
        }
        bonds.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        let mut part_of: Vec<usize> = vec![0; self.entries.len()];
        for (part, members) in parts.iter().enumerate() {
            for &member in members {
                part_of[member] = part;
            }
        }
        for (_, a, b) in bonds {
            let (own, to) = (part_of[a], part_of[b]);
            let mut both = [parts[own].as_slice(), parts[to].as_slice()].concat();
            if own == to || both.len() > LARGEST || !self.is_one_event(&both) {
                continue;
            }
            for &member in &parts[own] {
                part_of[member] = to;
            }
            both.sort_unstable();
            parts[to] = both;
            parts[own].clear();
        }
    }

    /// Whether the days of all `members` allow one event.
    fn is_one_event(&self, members: &[usize]) -> bool {
        let published: Vec<Published> = members.iter().map(|&m| self.published(m)).collect();
        let stated = || published.iter().filter_map(|p| p.stated());
        let Some(days) = stated().min().zip(stated().max()) else { return true };
        days_between(days.0, days.1) <= EVENT_DAYS && published.iter().all(|p| distance(*p, days) == 0)
    }

    /// Articles near a story that stand outside.
    fn related(&self, members: &[usize]) -> Vec<(usize, OutsideReason)> {
        let bar = RELATED.min(RELATED_SHARE * self.mean_likeness(members));
        let mut found: Vec<(usize, OutsideReason)> = Vec::new();
        for &member in members {
            for (other, likeness) in self.space.near(member) {
                if likeness < bar || members.contains(&other) || found.iter().any(|(o, _)| *o == other) {
                    continue;
                }
                let nearest =
                    members.iter().filter_map(|&m| self.apart(m, other)).min_by_key(|days| days.abs());
                let dated = self.published(other).stated().is_some();
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
        let (sum, count) =
            pairs.fold((0.0, 0_usize), |(s, n), (a, b)| (s + self.space.likeness(a, b), n + 1));
        sum / count.max(1) as f32
    }
}
