//! Sure signs that two units report one fact, and signs that they do not.
//!
//! Words alone cannot tell Friday's call of two ministers from Tuesday's call of two others: who,
//! when and the very words said must decide.

use super::measure::Link;
use super::unit::Unit;

/// What makes a link sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The same words quoted, by nobody who is known to be another.
    Quote,
    /// The same two people in contact on the same day, told and not spoken of.
    Event,
    /// The same telling number of the same thing.
    Number,
}

/// Contact of people, as bits: a call and a meeting are both talks, but not each other.
pub(super) const TALK: u8 = 1;
const CALL: u8 = 2;
const MEETING: u8 = 4;

/// The contact a folded stem names.
pub(super) fn contact(stem: &str) -> u8 {
    const CALLS: [&str; 5] = ["telefon", "telephon", "anruf", "phone", "call"];
    const MEETINGS: [&str; 6] = ["treff", "traf", "besuch", "meet", "met", "visit"];
    const TALKS: [&str; 7] =
        ["gesprach", "unterhaltung", "unterred", "beratung", "talk", "conversation", "discussion"];
    let begins = |list: &[&str]| list.iter().any(|w| stem.starts_with(w));
    let ends = |list: &[&str]| list.iter().any(|w| stem.ends_with(w));
    if begins(&CALLS[..4]) || stem == CALLS[4] {
        CALL | TALK
    } else if MEETINGS.iter().any(|w| stem == *w || w.len() >= 5 && stem.starts_with(w)) {
        MEETING | TALK
    } else if begins(&TALKS) || ends(&TALKS) {
        TALK
    } else {
        0
    }
}

/// Share of a quotation that must stand in the other unit.
const SAME_QUOTE: f32 = 0.6;
/// Taken off for each sign that two units speak of different things.
const PENALTY: f32 = 0.15;

/// Raises `link` where an anchor holds and lowers it where people or days differ.
pub(super) fn judge(a: &Unit, b: &Unit, link: &mut Link) {
    let others_speak = other_speakers(a, b);
    let other_days = a.days != 0 && b.days != 0 && a.days & b.days == 0;
    let in_contact = a.contact & b.contact != 0;
    let shared_people = shared(&a.people, &b.people);
    let other_people = in_contact && a.people.len() >= 2 && b.people.len() >= 2 && shared_people < 2;

    link.anchor = if link.quote >= SAME_QUOTE && !others_speak {
        Some(Anchor::Quote)
    } else if shared_people >= 2 && in_contact && a.days & b.days != 0 && !a.is_reported() && !b.is_reported()
    {
        Some(Anchor::Event)
    } else if same_count(a, b) && shared(&a.terms, &b.terms) >= 3 {
        Some(Anchor::Number)
    } else {
        None
    };
    if link.anchor.is_some() {
        link.score += 0.1;
    }
    if others_speak {
        link.score -= PENALTY;
    }
    if other_days {
        link.score -= PENALTY;
    }
    if other_people {
        link.score = link.score.min(OTHER_PEOPLE);
    }
}

/// Highest score of two units with other people in the same kind of contact: never a fact.
const OTHER_PEOPLE: f32 = 0.15;

/// Whether both name who speaks, and it is not the same.
fn other_speakers(a: &Unit, b: &Unit) -> bool {
    let speakers = |u: &Unit| u.speech.iter().filter_map(|s| s.speaker).collect::<Vec<_>>();
    let (x, y) = (speakers(a), speakers(b));
    !x.is_empty() && !y.is_empty() && !x.iter().any(|s| y.contains(s))
}

/// A telling number of both, counting the same.
fn same_count(a: &Unit, b: &Unit) -> bool {
    a.numbers
        .iter()
        .filter(|n| n.is_telling())
        .any(|x| b.numbers.iter().any(|y| x.states(y) && x.counted.is_some() && x.counted == y.counted))
}

/// How many entries two sorted lists share.
pub(super) fn shared(a: &[u32], b: &[u32]) -> usize {
    a.iter().filter(|x| b.binary_search(x).is_ok()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_a_talk_but_no_meeting() {
        assert_ne!(contact("telefonat") & contact("gesprach"), 0);
        assert_ne!(contact("treff") & contact("unterhaltung"), 0);
        assert_eq!(contact("telefoniert") & contact("treff") & !TALK, 0);
        assert_eq!(contact("haus"), 0);
        assert_ne!(contact("militargesprach"), 0);
    }

    #[test]
    fn shared_counts_sorted_lists() {
        assert_eq!(shared(&[1, 3, 5], &[3, 4, 5]), 2);
        assert_eq!(shared(&[], &[1]), 0);
    }
}
