//! Pickers: which of some short strings are meant by a few typed letters.
//!
//! For lists of up to about 1,000 items a keystroke. It forgives left-out letters, not wrong ones;
//! articles are found by [`super::Index`].

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use crate::model::Span;
use crate::text::fold::{Folded, fold};

/// An item that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picked {
    /// Its place among the items.
    pub index: usize,
    /// How well it fits; higher is better, comparable within one pick only.
    pub score: i64,
    /// Matched letters in the item as written, by place.
    pub matched: Vec<Span>,
}

/// How well letters fit a string. The one place that names the matcher, so it can be exchanged.
pub trait Picker {
    /// Score and matched characters (by index) of folded `item`; `None` where `part`, folded and
    /// without white space, does not fit.
    fn fit(&self, item: &str, part: &str) -> Option<(i64, Vec<usize>)>;
}

/// Letters in order, with a liking for beginnings of words and neighbours.
struct Skim(SkimMatcherV2);

impl Picker for Skim {
    fn fit(&self, item: &str, part: &str) -> Option<(i64, Vec<usize>)> {
        self.0.fuzzy_indices(item, part)
    }
}

/// The items that fit `query`, best first, at most `limit`; of equals the earlier.
///
/// Every part between spaces must fit. An empty query keeps all in their order. Case, accents and
/// umlauts do not matter.
#[must_use]
pub fn pick<T: AsRef<str>>(query: &str, items: &[T], limit: usize) -> Vec<Picked> {
    thread_local! {
        /// The tables that it fills are kept from one list to the next.
        static SKIM: Skim = Skim(SkimMatcherV2::default().ignore_case());
    }
    SKIM.with(|skim| pick_with(skim, query, items, limit))
}

/// [`pick`] with another matcher.
#[must_use]
pub fn pick_with<T: AsRef<str>>(picker: &dyn Picker, query: &str, items: &[T], limit: usize) -> Vec<Picked> {
    let parts: Vec<String> = query.split_whitespace().map(fold).filter(|p| !p.is_empty()).collect();
    let mut found: Vec<Picked> = items
        .iter()
        .enumerate()
        .filter_map(|(index, item)| {
            let (score, matched) = fit(picker, item.as_ref(), &parts)?;
            Some(Picked { index, score, matched })
        })
        .collect();
    found.sort_by(|a, b| b.score.cmp(&a.score).then(a.index.cmp(&b.index)));
    found.truncate(limit);
    found
}

/// Matched letters of one string, for lighting a visible row; empty where `query` does not fit.
#[must_use]
pub fn light(query: &str, item: &str) -> Vec<Span> {
    pick(query, &[item], 1).pop().map(|p| p.matched).unwrap_or_default()
}

fn fit(picker: &dyn Picker, item: &str, parts: &[String]) -> Option<(i64, Vec<Span>)> {
    let folded = Folded::new(item);
    let mut score = 0;
    let mut lit: Vec<usize> = Vec::new();
    for part in parts {
        let (part_score, letters) = picker.fit(&folded.text, part)?;
        score += part_score;
        lit.extend(letters);
    }
    lit.sort_unstable();
    lit.dedup();
    Some((score, spans(item, &folded, &lit)))
}

/// Character indices of the folded text as spans of the original; neighbours become one span.
fn spans(item: &str, folded: &Folded, letters: &[usize]) -> Vec<Span> {
    let mut spans: Vec<std::ops::Range<usize>> = Vec::new();
    let mut wanted = letters.iter().peekable();
    for (index, (at, c)) in folded.text.char_indices().enumerate() {
        if wanted.peek() != Some(&&index) {
            continue;
        }
        wanted.next();
        let start = folded.original(at);
        // Letters that share an original character (ss from ß) end where that character ends.
        let end = (at + c.len_utf8()..=folded.text.len())
            .map(|next| folded.original(next))
            .find(|&end| end > start)
            .unwrap_or(item.len());
        match spans.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => spans.push(start..end),
        }
    }
    spans.into_iter().filter_map(|r| Span::new(item, r)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names(query: &str, items: &[&str]) -> Vec<String> {
        pick(query, items, 10).into_iter().map(|p| items[p.index].to_owned()).collect()
    }

    #[test]
    fn umlauts_and_case_do_not_matter() {
        let items = ["Süddeutsche Zeitung", "Die Zeit", "Spiegel"];
        assert_eq!(names("sudde", &items), ["Süddeutsche Zeitung"]);
        assert_eq!(names("SÜD", &items), ["Süddeutsche Zeitung"]);
        assert_eq!(names("zeit", &items), ["Süddeutsche Zeitung", "Die Zeit"]);
    }

    #[test]
    fn parts_may_stand_in_any_order() {
        assert_eq!(names("zür neu", &["Neue Zürcher", "Neue Presse"]), ["Neue Zürcher"]);
    }

    #[test]
    fn an_empty_query_keeps_all_in_order() {
        assert_eq!(names(" ", &["b", "a"]), ["b", "a"]);
    }

    #[test]
    fn matched_letters_are_those_of_the_original() {
        let lit = light("gross", "Größe");
        assert_eq!(lit.iter().map(|s| s.of("Größe")).collect::<Vec<_>>(), ["Größ"]);
    }

    proptest! {
        #[test]
        fn matched_letters_lie_in_the_item(query in r"[a-zäß ]{0,4}|\PC{0,4}", item in r"[A-Za-zäßÄ -]{0,12}|\PC{0,8}") {
            for found in pick(&query, &[&item], 1) {
                let mut last = 0;
                for span in found.matched {
                    prop_assert!(!span.of(&item).is_empty() && span.start() >= last);
                    last = span.end();
                }
            }
        }
    }
}
