//! What articles outside the story share with it: background, told again.
//!
//! An article on another event may repeat what the story's articles know from before, and a later
//! one recounts the event itself. What happened, was said and was counted on another day must not
//! be taken for this one: so only near repetitions join, and from articles that are earlier or
//! undated none that names a day, quotes or counts.

use super::align::{Group, UNITS_AN_ARTICLE};
use super::feature::Number;
use super::measure::Links;
use super::unit::Unit;
use crate::model::Tier;

/// Mean link to a fact's units from which an outside unit repeats it.
const REPEATS: f32 = 0.34;
/// Link from which two units alone share background.
const SHARES: f32 = 0.45;

/// Adds units from number `inside` on, of articles outside the story, to the facts they repeat.
///
/// `later` says of each article whether it appeared after the story.
pub(super) fn attach(groups: &mut Vec<Group>, units: &[Unit], links: &Links, inside: usize, later: &[bool]) {
    let core: Vec<Vec<usize>> = groups.iter().map(|g| g.units.clone()).collect();
    for outer in inside..units.len() {
        let unit = &units[outer];
        if !later[unit.article as usize] && is_news(unit) {
            continue;
        }
        let best = core
            .iter()
            .enumerate()
            .map(|(number, members)| (mean(outer, members, links), number))
            .max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
        match best {
            Some((score, number)) if score >= REPEATS => {
                let there =
                    groups[number].units.iter().filter(|&&u| units[u].article == unit.article).count();
                if there < UNITS_AN_ARTICLE {
                    groups[number].units.push(outer);
                }
            }
            _ => {
                let partner = links
                    .of(outer)
                    .iter()
                    .filter(|(other, link)| (*other as usize) < inside && link.score >= SHARES)
                    .max_by(|x, y| x.1.score.total_cmp(&y.1.score).then(y.0.cmp(&x.0)));
                if let Some((partner, _)) = partner {
                    groups.push(Group { units: vec![*partner as usize, outer], tier: Tier::Likely });
                }
            }
        }
    }
}

/// Units at the head of an article, its title and first sentence, that tell its own news.
const OPENING: u32 = 2;

/// Whether a unit tells something that belongs to a day of its own.
fn is_news(unit: &Unit) -> bool {
    unit.place < OPENING
        || unit.days != 0
        || unit.contact != 0
        || !unit.speech.is_empty()
        || unit.numbers.iter().any(Number::is_telling)
}

#[allow(clippy::cast_precision_loss, reason = "a fact has few members")]
fn mean(outer: usize, members: &[usize], links: &Links) -> f32 {
    let sum: f32 = members.iter().map(|&m| links.get(m, outer).map_or(0.0, |l| l.score)).sum();
    sum / members.len().max(1) as f32
}
