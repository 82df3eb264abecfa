//! Differences of wording: a quotation changed, shortened or kept word for word.

use super::Finding;
use crate::compare::measure::longest_run;
use crate::compare::told::{Story, Telling};
use crate::compare::unit::{Speech, Unit};
use crate::model::{Degree, DifferenceKind};
use crate::text::fold::fold;
use crate::text::word::words;

/// Share of the shorter quotation that must be the same for it to be the same quotation.
const SAME_QUOTATION: f32 = 0.5;

/// Words that say nothing about where two outlets have them from when both have them.
const PHRASE: usize = 3;

/// The same quotation in other words: shortened, or changed; or word for word the same, which tells
/// just as much about where outlets have it from.
///
/// Outlets cut a long quotation at other places, so words that stand whole in the other article are
/// not changed; only where each has words that the other has not, or one quotes a fragment, it is a
/// difference.
pub(super) fn quote(story: &Story<'_>, a: &Telling<'_>, b: &Telling<'_>) -> Option<Finding> {
    let kind = DifferenceKind::QuoteWording;
    let (mut same, mut articles) = (None, None);
    for (x, ours, y, theirs) in quotations(a, b) {
        if !is_one_quotation(x, ours, y, theirs) {
            continue;
        }
        let left = plain(story.words(a.article, ours.span));
        let right = plain(story.words(b.article, theirs.span));
        let (here, there) =
            articles.get_or_insert_with(|| (whole(story, a.article), whole(story, b.article)));
        let pair = |degree| Finding::pair(kind, degree, (a.article, ours.span), (b.article, theirs.span));
        let (left_there, right_here) = (there.contains(&left), here.contains(&right));
        if left == right || left_there && right_here {
            // A phrase of three words recurs by itself.
            let telling = ours.words.len().min(theirs.words.len()) > PHRASE;
            same = same.or_else(|| telling.then(|| pair(Degree::Same)));
            continue;
        }
        // A part quoted inside a reporting sentence is told as quoted and reported.
        let part = ours.kind != theirs.kind && (right.contains(&left) || left.contains(&right));
        if !part {
            let degree = if left_there || right_here { Degree::Varies } else { Degree::Clash };
            return Some(pair(degree));
        }
    }
    same.or_else(|| repeated(story, a, b))
}

/// Sentences that two outlets have word for word, quoted or not.
fn repeated(story: &Story<'_>, a: &Telling<'_>, b: &Telling<'_>) -> Option<Finding> {
    for x in &a.units {
        for y in &b.units {
            let body = x.kind.is_running_text() && y.kind.is_running_text();
            let alike = || x.words.iter().map(|w| w.stem).eq(y.words.iter().map(|w| w.stem));
            if body && x.words.len() > PHRASE && alike() && plain(story.text(x)) == plain(story.text(y)) {
                let kind = DifferenceKind::QuoteWording;
                return Some(Finding::pair(kind, Degree::Same, (a.article, x.span), (b.article, y.span)));
            }
        }
    }
    None
}

/// All pairs of quotations of two tellings.
pub(super) fn quotations<'a>(
    a: &'a Telling<'a>,
    b: &'a Telling<'a>,
) -> impl Iterator<Item = (&'a Unit, &'a Speech, &'a Unit, &'a Speech)> {
    a.units.iter().flat_map(move |x| {
        b.units.iter().flat_map(move |y| {
            x.quoted().flat_map(move |ours| y.quoted().map(move |theirs| (*x, ours, *y, theirs)))
        })
    })
}

/// All words of an article, plain.
fn whole(story: &Story<'_>, article: u32) -> String {
    story.articles.get(article as usize).map_or_else(String::new, |a| plain(&a.draft.text))
}

#[allow(clippy::cast_precision_loss, reason = "a sentence has few words")]
pub(super) fn is_one_quotation(x: &Unit, ours: &Speech, y: &Unit, theirs: &Speech) -> bool {
    let (Some(a), Some(b)) = (x.words.get(ours.words.clone()), y.words.get(theirs.words.clone())) else {
        return false;
    };
    let shorter = a.len().min(b.len());
    let run = longest_run(a, b);
    shorter >= 2 && run >= 2 && run as f32 / shorter as f32 >= SAME_QUOTATION
}

/// The words alone: no marks, no case.
fn plain(text: &str) -> String {
    words(text).into_iter().filter_map(|r| text.get(r)).map(fold).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_case_do_not_change_a_quotation() {
        assert_eq!(plain("„Wir haben Ziele.“"), plain("\"wir haben Ziele\""));
    }
}
