//! Who stands inside the story of a comparison, and who outside with which reason.

use jiff::civil::Date;

use super::evidence::Evidence;
use crate::compare::Analysed;
use crate::compare::measure::Links;
use crate::compare::unit::units;
use crate::model::{OutsideReason, Published};

/// Days from an event's first article within which others report it; later ones report what came
/// of it. Newspapers print a day late, weeklies and comments two.
pub(super) const EVENT_DAYS: i32 = 3;
/// Alike sentences that relate two undated articles where no article has a date.
const RELATED: usize = 3;

/// Who stands inside a story and who outside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gate {
    /// Indices of the articles of the story, ascending.
    pub inside: Vec<usize>,
    /// Indices of the others, ascending, with the reason.
    pub outside: Vec<(usize, OutsideReason)>,
}

impl Gate {
    /// Lets all `count` articles in.
    #[must_use]
    pub fn open(count: usize) -> Self {
        Self { inside: (0..count).collect(), outside: Vec::new() }
    }

    /// Whether an article stands outside because it appeared days after the story.
    #[must_use]
    pub fn is_later(&self, index: usize) -> bool {
        self.outside
            .iter()
            .any(|(i, why)| *i == index && matches!(why, OutsideReason::Days(days) if *days > 0))
    }
}

/// Sets apart the articles that tell of another event than most of `articles`.
///
/// The dated ones choose the days; those without a date join where names and a quotation, a number
/// or a dated event bind them to one inside.
#[must_use]
pub fn gate(articles: &[Analysed<'_>]) -> Gate {
    if articles.len() < 2 {
        return Gate::open(articles.len());
    }
    let units = units(articles);
    let links = Links::measure(&units);
    let evidence = Evidence::new(&units, &links, articles.len());
    let published: Vec<Published> = articles.iter().map(|a| a.draft.published).collect();

    let mut inside = core(&published, &evidence);
    let days = span_of(&inside, &published);
    let mut grown = true;
    while grown {
        grown = false;
        for (index, published) in published.iter().enumerate() {
            if inside.contains(&index) || published.stated().is_some() {
                continue;
            }
            let near = days.is_none_or(|days| distance(*published, days) == 0);
            if near && inside.iter().any(|&i| evidence.is_strong(i, index)) {
                inside.push(index);
                grown = true;
            }
        }
    }
    inside.sort_unstable();
    let outside = (0..articles.len())
        .filter(|i| !inside.contains(i))
        .map(|i| (i, reason(published[i], days)))
        .collect();
    Gate { inside, outside }
}

/// The articles that fix what the story is: the dated ones of the fullest days that are alike, or
/// without any date the largest group that belongs together.
fn core(published: &[Published], evidence: &Evidence) -> Vec<usize> {
    let dated: Vec<(usize, Date)> =
        published.iter().enumerate().filter_map(|(i, p)| Some((i, p.stated()?))).collect();
    if dated.is_empty() {
        let all: Vec<usize> = (0..published.len()).collect();
        let bound = |a: usize, b: usize| evidence.is_strong(a, b) || evidence.alike(a, b) >= RELATED;
        return largest_part(&all, bound);
    }
    let window = |from: Date| -> Vec<usize> {
        dated
            .iter()
            .filter(|(_, day)| (0..=EVENT_DAYS).contains(&days_between(from, *day)))
            .map(|(i, _)| *i)
            .collect()
    };
    let alike = |list: &[usize]| -> usize {
        list.iter()
            .map(|&a| list.iter().filter(|&&b| a < b).map(|&b| evidence.alike(a, b)).sum::<usize>())
            .sum()
    };
    // Of equally full windows the one whose articles are most alike, then the earliest.
    let fullest = dated
        .iter()
        .map(|(_, day)| (window(*day), *day))
        .max_by_key(|(list, day)| (list.len(), alike(list), std::cmp::Reverse(*day)))
        .map(|(list, _)| list)
        .unwrap_or_default();
    largest_part(&fullest, |a, b| evidence.is_strong(a, b) || evidence.alike(a, b) > 0)
}

/// The largest connected part of `list`; of equal ones the first.
fn largest_part(list: &[usize], bound: impl Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut left: Vec<usize> = list.to_vec();
    let mut largest: Vec<usize> = Vec::new();
    while let Some(first) = left.first().copied() {
        left.remove(0);
        let mut part = vec![first];
        let mut at = 0;
        while at < part.len() {
            let (near, far) = left.iter().partition(|&&other| bound(part[at], other));
            part.extend::<Vec<usize>>(near);
            left = far;
            at += 1;
        }
        if part.len() > largest.len() {
            largest = part;
        }
    }
    largest
}

/// First and last stated day of the articles inside.
fn span_of(inside: &[usize], published: &[Published]) -> Option<(Date, Date)> {
    let days: Vec<Date> = inside.iter().filter_map(|&i| published[i].stated()).collect();
    Some((*days.iter().min()?, *days.iter().max()?))
}

/// Days between an article and the days of an event; 0 where it may lie within, negative before.
pub(super) fn distance(published: Published, (first, last): (Date, Date)) -> i32 {
    let (from, to) = match published {
        Published::Unknown => return 0,
        Published::Day(day) => (day, day),
        Published::Estimated { from, to } => (from, to),
    };
    // An event lasts its days from either end, so both edges have the slack that is left.
    let slack = EVENT_DAYS - days_between(first, last).min(EVENT_DAYS);
    let (after, before) = (days_between(last, from), days_between(to, first));
    if after > slack {
        after
    } else if before > slack {
        -before
    } else {
        0
    }
}

fn reason(published: Published, days: Option<(Date, Date)>) -> OutsideReason {
    match (published, days) {
        (Published::Unknown, _) => OutsideReason::Undated,
        (_, Some(days)) => match (distance(published, days), published) {
            (0, Published::Estimated { .. }) => OutsideReason::Undated,
            (0, _) => OutsideReason::OtherEvent,
            (apart, _) => OutsideReason::Days(apart),
        },
        (_, None) => OutsideReason::OtherEvent,
    }
}

/// Days from `a` to `b`, negative where `b` is earlier.
pub(super) fn days_between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_count_from_the_nearer_edge_of_the_event() {
        let days = (date(2020, 8, 12), date(2020, 8, 14));
        assert_eq!(distance(Published::Day(date(2020, 8, 15)), days), 0);
        assert_eq!(distance(Published::Day(date(2020, 8, 17)), days), 3);
        assert_eq!(distance(Published::Day(date(2019, 8, 12)), days), -366);
        assert_eq!(distance(Published::Unknown, days), 0);
    }

    #[test]
    fn the_largest_part_is_connected() {
        let bound = |a: usize, b: usize| matches!((a.min(b), a.max(b)), (0, 1) | (2, 3) | (3, 4));
        assert_eq!(largest_part(&[0, 1, 2, 3, 4], bound), [2, 3, 4]);
        assert!(largest_part(&[], bound).is_empty());
    }
}
