//! Facts that one outlet alone reports.
//!
//! Close readers list about one sentence in six as something that only its outlet has; the rest
//! is shared, or no statement of its own. So each article gives at most that share of its units,
//! those that carry most: a quotation, a figure, or what a named person did or said.

use super::measure::Links;
use super::unit::Unit;

/// One unit in this many may stand alone.
const ONE_IN: usize = 6;
/// Likeness to any unit of another article from which a unit does not stand alone.
const SHARED: f32 = 0.2;
/// Content words that a statement needs.
const CONTENT_WORDS: usize = 5;

/// Units worth listing that no other article shares, by article, the most telling first.
///
/// `taken` says which units stand in a fact already.
pub(super) fn singles(units: &[Unit], links: &Links, taken: &[bool]) -> Vec<usize> {
    let mut found = Vec::new();
    let articles = units.iter().map(|u| u.article + 1).max().unwrap_or(0);
    for article in 0..articles {
        let own = units.iter().filter(|u| u.article == article).count();
        let mut worth: Vec<(u32, usize)> = units
            .iter()
            .enumerate()
            .filter(|(index, u)| u.article == article && !taken[*index])
            .filter(|(index, _)| links.of(*index).iter().all(|(_, link)| link.words < SHARED))
            .filter(|(_, u)| u.content_words() >= CONTENT_WORDS)
            .map(|(index, u)| (weight(u), index))
            .filter(|(weight, _)| *weight > 0)
            .collect();
        worth.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        found.extend(worth.into_iter().take(own.div_ceil(ONE_IN)).map(|(_, index)| index));
    }
    found
}

/// What a unit carries: each kind of telling thing counts once.
fn weight(unit: &Unit) -> u32 {
    let quoted: usize = unit.quoted().map(|s| s.words.len()).max().unwrap_or(0);
    let figure = unit.numbers.iter().any(super::feature::Number::is_telling);
    let spoken = !unit.people.is_empty() && !unit.speech.is_empty();
    let dated = !unit.people.is_empty() && !unit.times.is_empty();
    2 * u32::from(quoted >= 2) + 2 * u32::from(figure) + 2 * u32::from(spoken) + u32::from(dated)
}
