//! Whether an article that has no report of a fact really has nothing of it.
//!
//! "Not found" is the most dangerous claim of a comparison, so it is made only where nothing is
//! near the fact's words and none of its rare names and numbers stands in the article. All else is
//! unclear. Nothing here says why an outlet has no report.

use super::measure::Links;
use super::unit::Unit;
use crate::model::AbsenceState;

/// Link under which two units have nothing to do with each other.
const NOTHING_NEAR: f32 = 0.12;
/// Share of the fact's distinctive words that may stand anywhere in the article.
const STRAY_WORDS: f32 = 0.4;

/// What can be said of `article`, which has no report of the fact told by `members`.
pub(super) fn absence(members: &[usize], article: u32, units: &[Unit], links: &Links) -> AbsenceState {
    let near = members.iter().any(|&m| {
        links
            .of(m)
            .iter()
            .any(|(other, link)| units[*other as usize].article == article && link.words >= NOTHING_NEAR)
    });
    if near || shares_rare_thing(members, article, units) || shares_words(members, article, units) {
        AbsenceState::Unclear
    } else {
        AbsenceState::NotFound
    }
}

/// Whether a name that few units have, or a number that tells, stands in the article too.
fn shares_rare_thing(members: &[usize], article: u32, units: &[Unit]) -> bool {
    let there: Vec<&Unit> = units.iter().filter(|u| u.article == article).collect();
    let rare = |name: &u32| {
        let with = units.iter().filter(|u| u.names.binary_search(name).is_ok()).count();
        with * 8 <= units.len()
    };
    members.iter().any(|&m| {
        let fact = &units[m];
        let names = fact
            .names
            .iter()
            .filter(|n| rare(n))
            .any(|n| there.iter().any(|u| u.names.binary_search(n).is_ok()));
        let numbers =
            fact.numbers.iter().filter(|n| n.is_telling()).any(|n| {
                there.iter().any(|u| u.numbers.iter().any(|o| (o.stated() - n.stated()).abs() < 1e-9))
            });
        names || numbers
    })
}

/// Whether most of the fact's distinctive words stand somewhere in the article, in whatever
/// sentences: then it may be told in pieces.
fn shares_words(members: &[usize], article: u32, units: &[Unit]) -> bool {
    members.iter().any(|&m| {
        let words: Vec<u32> = units[m].words.iter().filter(|w| w.content).map(|w| w.stem).collect();
        let found = words
            .iter()
            .filter(|w| units.iter().any(|u| u.article == article && u.terms.binary_search(w).is_ok()))
            .count();
        #[allow(clippy::cast_precision_loss, reason = "a sentence has few words")]
        let share = found as f32 / words.len().max(1) as f32;
        share > STRAY_WORDS
    })
}
