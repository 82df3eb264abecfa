//! What a picker offers at 100,000 articles: headlines and names by the beginnings or insides of
//! their words, a few hundred at most, for [`super::fuzzy`] to rank.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::ControlFlow;

use super::Index;
use super::dictionary::Dictionary;
use super::live::Live;
use super::numbers::Numbers;
use super::query::NameField;
use super::token::{self, folded};
use super::vocabulary::Term;
use crate::model::ArticleId;

/// Words looked at for one typed part, the most frequent first.
const BEGUN: usize = 120;
const INSIDE: usize = 60;
/// Names that are weighed.
const WEIGHED: usize = 1000;
/// Letters from which a part is looked for inside words too.
const INSIDE_FROM: usize = 3;

/// Kinds of names that are offered.
const FIELDS: [NameField; 3] = [NameField::Person, NameField::Place, NameField::Organisation];

impl Index {
    /// Articles whose headlines have a word for each part of `typed`, begun by it or with it inside,
    /// at most `limit`: those where all are begun first, then the newest.
    #[must_use]
    pub fn titled(&self, typed: &str, limit: usize) -> Vec<ArticleId> {
        let parts = parts(typed);
        let mut found = Vec::new();
        for live in &self.shelf().live {
            let Some(Fitting { begun, any }) = fitting(&live.segment.titles, &parts) else { continue };
            found.extend(any.iter().filter(|place| live.is_live(*place)).filter_map(|place| {
                let card = live.segment.cards.get(place)?;
                Some((begun.contains(place), card.days.map(|(first, _)| first), card.id))
            }));
        }
        best(&mut found, limit, |found| Reverse(*found));
        found.into_iter().map(|(.., id)| id).collect()
    }

    /// People, places and organisations that have a word for each part of `typed`, begun by it or with
    /// it inside, at most `limit`: those in most articles.
    #[must_use]
    pub fn named(&self, typed: &str, limit: usize) -> Vec<(NameField, String)> {
        let parts = parts(typed);
        let mut counts: HashMap<(usize, String), usize> = HashMap::new();
        for live in &self.shelf().live {
            for (kind, field) in FIELDS.into_iter().enumerate() {
                for (name, count) in names(live, field, &parts, limit) {
                    *counts.entry((kind, name)).or_default() += count;
                }
            }
        }
        let mut found: Vec<(usize, (usize, String))> = counts.into_iter().map(|(n, c)| (c, n)).collect();
        best(&mut found, limit, |(count, name)| (Reverse(*count), name.clone()));
        found.into_iter().filter_map(|(_, (kind, name))| Some((*FIELDS.get(kind)?, name))).collect()
    }
}

/// The words typed, in their search form.
fn parts(typed: &str) -> Vec<String> {
    token::keys(typed).into_iter().map(|(_, key)| folded(&key).to_owned()).collect()
}

/// The `limit` first of `found` in the order of `key`.
fn best<T, K: Ord>(found: &mut Vec<T>, limit: usize, key: impl Fn(&T) -> K) {
    if let Some(last) = limit.checked_sub(1)
        && last < found.len()
    {
        found.select_nth_unstable_by_key(last, &key);
    }
    found.truncate(limit);
    found.sort_unstable_by_key(key);
}

/// What has a word for each part.
struct Fitting {
    /// Where all parts begin a word.
    begun: Numbers,
    /// Where all parts begin a word or stand inside one.
    any: Numbers,
}

/// What in `dictionary` has a word for each of `parts`; `None` without parts.
fn fitting(dictionary: &Dictionary, parts: &[String]) -> Option<Fitting> {
    let mut all: Option<Fitting> = None;
    for part in parts {
        let (begun_terms, inside_terms) = terms(dictionary, part);
        let mut begun = Numbers::default();
        gather(dictionary, &begun_terms, &mut begun);
        let mut any = begun.clone();
        gather(dictionary, &inside_terms, &mut any);
        all = Some(match all {
            None => Fitting { begun, any },
            Some(all) => Fitting { begun: both(&all.begun, &begun), any: both(&all.any, &any) },
        });
        if all.as_ref().is_some_and(|all| all.any.is_empty()) {
            break;
        }
    }
    all
}

fn gather(dictionary: &Dictionary, terms: &[Term], places: &mut Numbers) {
    // In their order, so that lists behind each other are read at once.
    let mut terms = terms.to_vec();
    terms.sort_unstable();
    terms.dedup();
    dictionary.postings.each(&terms, |_, postings| {
        for posting in postings {
            places.insert(posting.place);
        }
    });
}

fn both(a: &Numbers, b: &Numbers) -> Numbers {
    let mut both = Numbers::default();
    for number in a.iter().filter(|n| b.contains(*n)) {
        both.insert(number);
    }
    both
}

/// Words that `part` begins, and words that have it inside.
fn terms(dictionary: &Dictionary, part: &str) -> (Vec<Term>, Vec<Term>) {
    let vocabulary = &dictionary.vocabulary;
    let (mut begun, mut inside) = (Vec::new(), Vec::new());
    vocabulary.whole(part, |term, _| begun.push(term));
    vocabulary.longer_by_count(part, |term, _| {
        begun.push(term);
        if begun.len() < BEGUN { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    if part.chars().count() >= INSIDE_FROM {
        vocabulary.inside(part, |term, _| {
            inside.push(term);
            if inside.len() < INSIDE { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
    }
    (begun, inside)
}

/// The names of one kind that fit, with the articles of each, at most `limit`.
fn names(live: &Live, field: NameField, parts: &[String], limit: usize) -> Vec<(String, usize)> {
    let Some(names) = live.segment.names(field) else { return Vec::new() };
    let Some(Fitting { begun, any }) = fitting(&names.words, parts) else { return Vec::new() };
    let others = any.iter().filter(|number| !begun.contains(*number));
    // Long lists have many articles: only those of the names that are offered are counted.
    let mut heavy: Vec<(u64, u32)> =
        begun.iter().chain(others).take(WEIGHED).map(|number| (names.weight(number), number)).collect();
    best(&mut heavy, limit, |found| Reverse(*found));
    heavy
        .into_iter()
        .map(|(_, number)| (names.count(number, |place| live.is_live(place)), number))
        .filter(|(count, _)| *count > 0)
        .map(|(count, number)| (names.name(number), count))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::naive::Shelf;
    use super::*;
    use crate::model::{EntityKind, Source};

    fn shelf() -> Shelf {
        let mut shelf = Shelf::of(&[
            ("Außenminister reist nach Hamburg", "Text"),
            ("Minister in Hamburg", "Text"),
            ("Fähre erneuert", "Hamburg"),
        ]);
        let names: [&[(EntityKind, &str)]; 2] = [
            &[(EntityKind::Person, "Anna Berg"), (EntityKind::Place, "Bergen")],
            &[(EntityKind::Person, "Anna Berg"), (EntityKind::Organisation, "Bergbahn")],
        ];
        for (id, names) in (3..).zip(names) {
            shelf.add_with(id, "Titel", "Text", &Source::default(), names);
        }
        shelf.index.settle();
        shelf
    }

    #[test]
    fn headlines_are_found_by_beginnings_before_insides() {
        let index = shelf().index;
        assert_eq!(index.titled("ham min", 10), [ArticleId(1), ArticleId(0)]);
        assert_eq!(index.titled("minister", 1), [ArticleId(1)]);
        assert_eq!(index.titled("ham xyz", 10), []);
        assert_eq!(index.titled("", 10), []);
    }

    #[test]
    fn names_come_by_their_number_of_articles() {
        let index = shelf().index;
        let found = index.named("BERG", 10);
        let wanted = [
            (NameField::Person, "Anna Berg"),
            (NameField::Place, "Bergen"),
            (NameField::Organisation, "Bergbahn"),
        ];
        assert_eq!(found, wanted.map(|(field, name)| (field, name.to_owned())));
        assert_eq!(index.named("an ber", 10), [(NameField::Person, "Anna Berg".to_owned())]);
    }

    #[test]
    fn a_limit_is_kept() {
        assert_eq!(shelf().index.named("berg", 1).len(), 1);
        assert_eq!(shelf().index.titled("h", 0), []);
    }
}
