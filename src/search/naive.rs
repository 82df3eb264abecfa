//! The index against a plain scan of the same articles.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use proptest::prelude::*;

use crate::model::{ArticleId, EntityKind, Language, Published, SearchAnswer, Source, StoryId};
use crate::text::fold::fold;

use super::compound::has_part;
use super::layout::{Directory, Writer};
use super::near::Near;
use super::part::Medium;
use super::token::{folded, key_of, keys, spelling};
use super::vocabulary::{Sorted, Vocabulary};
use super::{Body, Document, Index, Numbers, Order, Query, Request, Set};

/// An index with the texts it was made from.
#[derive(Default)]
pub(super) struct Shelf {
    pub index: Index,
    pub bodies: BTreeMap<u32, Body>,
}

impl Shelf {
    pub fn body(&self, id: ArticleId) -> Option<Body> {
        self.bodies.get(&id.0).cloned()
    }

    pub fn of(texts: &[(&str, &str)]) -> Self {
        let mut shelf = Self::default();
        for (id, (title, text)) in (0..).zip(texts) {
            shelf.add(id, title, text);
        }
        shelf
    }

    pub fn add(&mut self, id: u32, title: &str, text: &str) {
        let source = Source {
            name: Some("Die Welt".to_owned()),
            domain: Some("welt.de".to_owned()),
            ..Source::default()
        };
        self.add_with(id, title, text, &source, &[]);
    }

    pub fn add_with(
        &mut self,
        id: u32,
        title: &str,
        text: &str,
        source: &Source,
        entities: &[(EntityKind, &str)],
    ) {
        let day = date(2015, 9, i8::try_from(id % 28).unwrap() + 1);
        self.index.add(&Document {
            id: ArticleId(id),
            title,
            text,
            source,
            language: Language::German,
            published: Published::Day(day),
            entities,
        });
        self.bodies.insert(id, Body { title: title.to_owned(), text: text.to_owned() });
    }

    pub fn remove(&mut self, id: u32) {
        self.index.remove(ArticleId(id));
        self.bodies.remove(&id);
    }

    pub fn answer(&self, query: &str) -> SearchAnswer {
        self.index.settle();
        let query = Query::parse(query, date(2015, 9, 30)).unwrap();
        let text_of = |id: ArticleId| self.body(id);
        let sets = |set: Set<'_>| {
            let has = |id: u32| match set {
                Set::Read => id.is_multiple_of(2),
                Set::Starred => id == 1,
                Set::New => id > 1,
                Set::Noted => id == 2,
                Set::Story(story) => story == StoryId(id / 2),
                Set::Tag(tag) => tag == "Zu lesen" && id == 1,
            };
            self.bodies.keys().filter(|id| has(**id)).map(|id| ArticleId(*id)).collect::<Numbers>()
        };
        let request = Request {
            query: &query,
            limit: 1000,
            detailed: 1000,
            order: Order::Relevance,
            nearest: false,
            sets: &sets,
            text_of: &text_of,
            is_current: &|| true,
            is_due: &|| false,
            publish: &|_| {},
        };
        self.index.search(&request).expect("nothing overtakes it")
    }

    pub fn ids(&self, query: &str) -> Vec<u32> {
        self.answer(query).hits.iter().map(|h| h.id.0).collect()
    }

    pub fn set(&self, query: &str) -> BTreeSet<u32> {
        self.ids(query).into_iter().collect()
    }

    /// Articles one of whose words passes.
    pub fn scan(&self, passes: impl Fn(&str) -> bool) -> BTreeSet<u32> {
        let holds = |text: &str| keys(text).iter().any(|(_, key)| passes(key));
        self.bodies.iter().filter(|(_, b)| holds(&b.title) || holds(&b.text)).map(|(id, _)| *id).collect()
    }
}

fn vocabulary<'a>(keys: impl Iterator<Item = &'a String>) -> Vocabulary {
    let mut sorted = Sorted::default();
    keys.zip([3, 1, 2].into_iter().cycle()).for_each(|(key, count)| sorted.push(key, count));
    let mut out = Writer::new(Vec::new());
    sorted.write(&mut out, 0).unwrap();
    let directory = Directory::read(Medium::memory(out.finish(0).unwrap())).unwrap();
    Vocabulary::new(&directory, 0)
}

pub(super) fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[abeu]{1,4}",
        2 => "[abcst]{3,7}",
        1 => "[aäeoöuüß]{1,5}",
        1 => prop::sample::select(vec!["Minister", "Außenminister", "Müller", "Mueller", "Schule", "Shule"]).prop_map(str::to_owned),
    ]
}

pub(super) fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 0..12).prop_map(|w| w.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whole_longer_and_inner_words_agree_with_a_scan(texts in prop::collection::vec((text(), text()), 1..8), asked in word()) {
        let words: BTreeSet<String> = texts.iter().flat_map(|(a, b)| keys(a).into_iter().chain(keys(b))).map(|(_, k)| k).collect();
        let vocabulary = vocabulary(words.iter());
        let asked = fold(&asked);
        let scan = |passes: &dyn Fn(&str) -> bool| words.iter().filter(|k| passes(folded(k))).cloned().collect::<BTreeSet<_>>();
        let mut found = BTreeSet::new();
        vocabulary.whole(&asked, |_, key| { found.insert(key.to_owned()); });
        prop_assert_eq!(&found, &scan(&|k| k == asked));
        found.clear();
        vocabulary.longer(&asked, |cursor| { found.insert(cursor.text().to_owned()); });
        prop_assert_eq!(&found, &scan(&|k| k != asked && k.starts_with(&asked)));
        let mut by_count = BTreeSet::new();
        vocabulary.longer_by_count(&asked, |_, key| { by_count.insert(key.to_owned()); std::ops::ControlFlow::Continue(()) });
        prop_assert_eq!(&found, &by_count);
        found.clear();
        vocabulary.inside(&asked, |_, key| { found.insert(key.to_owned()); std::ops::ControlFlow::Continue(()) });
        prop_assert_eq!(&found, &scan(&|k| !k.starts_with(&asked) && k.contains(&asked)));
        if asked.len() >= 4 {
            found.clear();
            vocabulary.compounds(&asked, |_, key| { found.insert(key.to_owned()); std::ops::ControlFlow::Continue(()) });
            let behind = |k: &str| k.char_indices().nth(3).and_then(|(at, _)| k.get(at..)).unwrap_or_default().to_owned();
            prop_assert_eq!(&found, &scan(&|k| behind(k).contains(&asked)));
        }
        let mut cursor = vocabulary.open();
        let (mut seen, mut counts) = (0, std::collections::BTreeMap::new());
        while cursor.next() {
            let term = cursor.term();
            prop_assert_eq!(vocabulary.key(term), cursor.text());
            prop_assert_eq!(vocabulary.count(term), [3, 1, 2][seen % 3]);
            seen += 1;
            counts.insert(term, vocabulary.count(term));
        }
        prop_assert!(counts.values().is_sorted_by(|a, b| a >= b));
        prop_assert_eq!(seen, words.len());
    }

    #[test]
    fn words_within_some_slips_agree_with_brute_force(words in prop::collection::btree_set("[abcä]{0,6}", 1..40), asked in "[abcä]{1,6}", slips in 0..3_usize) {
        let keys: BTreeSet<String> = words.iter().map(|w| key_of(w)).filter(|k| !k.is_empty()).collect();
        let vocabulary = vocabulary(keys.iter());
        for asked in [asked.clone(), fold(&asked)] {
            let near = Near::new(&asked, slips, false).unwrap();
            let mut found = BTreeSet::new();
            vocabulary.near(&near, None, |_, key| { found.insert(key.to_owned()); });
            let scan: BTreeSet<String> = keys.iter().filter(|k| distance(&asked, folded(k)) <= slips).cloned().collect();
            prop_assert_eq!(found, scan);
            let near = Near::new(&asked, slips, true).unwrap();
            let mut found = BTreeSet::new();
            vocabulary.near(&near, None, |_, key| { found.insert(key.to_owned()); });
            let begins = |k: &str| (0..=k.len()).filter_map(|e| k.get(..e)).any(|b| distance(&asked, b) <= slips);
            let scan: BTreeSet<String> = keys.iter().filter(|k| begins(folded(k))).cloned().collect();
            prop_assert_eq!(found, scan);
        }
    }

    #[test]
    fn adds_and_removes_in_any_order_leave_what_is_there(steps in prop::collection::vec((0..12_u32, prop::option::weighted(0.7, (text(), text())), any::<bool>()), 1..40), asked in word()) {
        let mut shelf = Shelf::default();
        for (id, article, settle) in steps {
            match article {
                Some((title, text)) => shelf.add(id, &title, &text),
                None => shelf.remove(id),
            }
            if settle {
                shelf.index.settle();
            }
        }
        prop_assert_eq!(shelf.index.len(), shelf.bodies.len());
        let written = spelling(&key_of(&asked)).to_owned();
        prop_assert_eq!(shelf.set(&format!("={asked}")), shelf.scan(|k| spelling(k) == written));
        let form = fold(&asked);
        let closed = format!("{asked} ");
        prop_assert!(shelf.set(&closed).is_superset(&shelf.scan(|k| folded(k) == form)));
        if form.chars().count() >= 3 {
            prop_assert!(shelf.set(&asked).is_superset(&shelf.scan(|k| folded(k).starts_with(&form))));
        }
        if form.chars().count() >= 4 {
            let known = |word: &str| !shelf.scan(|k| folded(k) == word).is_empty();
            let compounds = shelf.scan(|k| has_part(folded(k), &form, &known));
            prop_assert!(shelf.set(&asked).is_superset(&compounds));
        }
        let fresh = Index::new();
        let source = Source::default();
        for (id, body) in &shelf.bodies {
            fresh.add(&Document { id: ArticleId(*id), title: &body.title, text: &body.text, source: &source, language: Language::German, published: Published::Unknown, entities: &[] });
        }
        let fresh = Shelf { index: fresh, bodies: shelf.bodies.clone() };
        prop_assert_eq!(shelf.set(&asked), fresh.set(&asked));
    }

    #[test]
    fn what_is_lit_lies_in_the_text(title in text(), body in r"([a-zäß]{1,6}|[ .„“\n]|\n\n|\PC){0,60}", asked in r#"([a-zäß]{1,5}| |"|-|\PC){1,6}"#) {
        let mut shelf = Shelf::default();
        shelf.add(0, &title, &body);
        let Ok(query) = Query::parse(&asked, date(2015, 9, 30)) else { return Ok(()) };
        let lit = shelf.index.light(&query, &Body { title: title.clone(), text: body.clone() });
        let mut last = 0;
        for span in lit.text {
            prop_assert!(!span.of(&body).is_empty() && span.start() >= last);
            last = span.end();
        }
        for snippet in lit.snippets {
            prop_assert!(body.is_char_boundary(snippet.place as usize) && !snippet.text.contains('\n'));
            for span in snippet.matches {
                prop_assert!(!span.of(&snippet.text).is_empty());
            }
        }
        shelf.answer(&asked);
    }
}

/// Optimal string alignment, by the book.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = match (i, j) {
                (0, n) | (n, 0) => n,
                _ => {
                    let other = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    let mut best = other.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        best = best.min(table[i - 2][j - 2] + 1);
                    }
                    best
                }
            };
        }
    }
    table[a.len()][b.len()]
}
