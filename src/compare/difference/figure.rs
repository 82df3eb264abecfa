//! Differences of number and time.

use super::Finding;
use super::pairing::nearest;
use crate::compare::feature::Time;
use crate::compare::told::{Story, Telling};
use crate::compare::unit::Unit;
use crate::model::{Degree, DifferenceKind};
use crate::text::fold::fold;

/// Two numbers for one counted thing that are not the same, or not meant alike (`rund 900`,
/// `mehr als 900`).
pub(super) fn number(story: &Story<'_>, a: &Telling<'_>, b: &Telling<'_>) -> Option<Finding> {
    let (ours, theirs) = (a.numbers(), b.numbers());
    let mut shades = None;
    for x in &ours {
        for y in &theirs {
            let pair = |degree| {
                Finding::pair(DifferenceKind::Number, degree, (a.article, x.span), (b.article, y.span))
            };
            let same_thing = x.counted.is_some() && x.counted == y.counted;
            if x.states(y) {
                let other_shade =
                    qualifier(story.words(a.article, x.span)) != qualifier(story.words(b.article, y.span));
                if other_shade && x.is_telling() && shades.is_none() {
                    shades = Some(pair(Degree::Varies));
                }
                continue;
            }
            // The same thing counted twice in one article (goal and result) is no difference when
            // the other article has either number too.
            let repeated = ours.iter().any(|n| n.states(y)) || theirs.iter().any(|n| n.states(x));
            if same_thing && !repeated && !x.meets(y) {
                return Some(pair(Degree::Clash));
            }
        }
    }
    shades
}

/// How exactly a number is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Qualifier {
    Plain,
    About,
    AtMost,
    AtLeast,
}

fn qualifier(words: &str) -> Qualifier {
    let folded = fold(words);
    let mut tokens = folded.split_whitespace();
    let first = tokens.next().unwrap_or_default();
    match first {
        "rund" | "etwa" | "ca" | "ungefahr" | "circa" | "gut" | "about" | "around" | "some" | "roughly"
        | "approximately" => Qualifier::About,
        "fast" | "knapp" | "beinahe" | "hochstens" | "maximal" | "bis" | "nearly" | "almost" | "up"
        | "under" | "unter" | "weniger" | "less" | "fewer" => Qualifier::AtMost,
        "uber" | "mehr" | "mindestens" | "wenigstens" | "over" | "more" | "least" | "at" => {
            Qualifier::AtLeast
        }
        _ => Qualifier::Plain,
    }
}

/// Two times for one fact that are not the same; a clash where they cannot be the same day.
pub(super) fn time(story: &Story<'_>, a: &Telling<'_>, b: &Telling<'_>) -> Option<Finding> {
    let times = |t: &Telling<'_>| -> Vec<Time> { t.units.iter().flat_map(|u| u.times.clone()).collect() };
    let (ours, theirs) = (times(a), times(b));
    let same = |x: &Time, y: &Time| {
        let days = x.days.is_some() && x.days == y.days || x.weekday.is_some() && x.weekday == y.weekday;
        days || fold(story.words(a.article, x.span)) == fold(story.words(b.article, y.span))
    };
    // Sentences name several times; one in common is enough to be at peace.
    if ours.is_empty() || theirs.is_empty() || ours.iter().any(|x| theirs.iter().any(|y| same(x, y))) {
        return None;
    }
    let clash = ours.iter().all(|x| theirs.iter().all(|y| !x.meets(y)));
    let degree = if clash { Degree::Clash } else { Degree::Varies };
    Some(Finding::pair(DifferenceKind::Time, degree, (a.article, ours[0].span), (b.article, theirs[0].span)))
}

/// A day that one outlet gives for a fact and that the others, who tell it in as many words, leave
/// out; none where the times differ anyway.
pub(super) fn undated(story: &Story<'_>, tellings: &[Telling<'_>], known: &[Finding]) -> Option<Finding> {
    if known.iter().any(|f| f.kind == DifferenceKind::Time) {
        return None;
    }
    let dated = |t: &Telling<'_>| t.units.iter().any(|u| !u.times.is_empty());
    let without: Vec<&Telling<'_>> = tellings.iter().filter(|t| !dated(t)).collect();
    for one in tellings.iter().filter(|t| dated(t)) {
        let near = without.iter().filter_map(|t| nearest(one, t).map(|(x, y)| (x, *t, y)));
        // A headline gives no day, and an article that has the day in another sentence lacks nothing.
        let lacks = |x: &Unit, t: &Telling<'_>, y: &Unit| {
            let [time] = x.times.as_slice() else { return false };
            let mut known = story.units.iter().filter(|u| u.article == t.article).flat_map(|u| &u.times);
            let given = known.any(|k| {
                k.days.is_some() && k.days == time.days || k.weekday.is_some() && k.weekday == time.weekday
            });
            y.kind.is_running_text() && !given
        };
        let lacking: Vec<_> = near.filter(|(x, t, y)| lacks(x, t, y)).collect();
        let Some((x, ..)) = lacking.first() else { continue };
        let mut words = vec![(one.article, x.times[0].span)];
        words.extend(lacking.iter().map(|(_, t, y)| (t.article, y.span)));
        let told = words.iter().all(|(article, span)| !story.words(*article, *span).is_empty());
        return told.then_some(Finding { kind: DifferenceKind::Time, words, degree: Degree::Lacks });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_qualifier_is_read_off_the_first_word() {
        for (words, wanted) in [
            ("900 Menschen", Qualifier::Plain),
            ("rund 900", Qualifier::About),
            ("mehr als 900", Qualifier::AtLeast),
            ("knapp 60.000", Qualifier::AtMost),
            ("über 20", Qualifier::AtLeast),
        ] {
            assert_eq!(qualifier(words), wanted, "{words}");
        }
    }
}
