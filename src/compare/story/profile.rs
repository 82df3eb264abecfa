//! An article as a weighted list of its stems and names, for finding those on the same event.

use std::collections::HashMap;

use crate::compare::Analysed;
use crate::compare::feature::hash;
use crate::compare::measure::rarity;
use crate::model::{EntityKind, ParagraphKind};
use crate::text::fold::fold;
use crate::text::stem::{is_function_word, stem};
use crate::text::word::{parts, words};

/// Weight of a word in the title, and in the first lines; 1 elsewhere.
const IN_TITLE: f32 = 2.0;
const IN_OPENING: f32 = 1.5;
/// Bytes of running text that count as the opening: lead and first sentences.
const OPENING_BYTES: usize = 400;

/// Words of an article, counted by place.
pub(super) struct Counts {
    /// Stem or name to its weighted count, sorted by hash.
    pub all: Vec<(u32, f32)>,
    /// Stems of the title alone.
    pub title: Vec<(u32, f32)>,
}

/// Counts the words of one article.
pub(super) fn count(article: &Analysed<'_>) -> Counts {
    let draft = article.draft;
    let mut all: HashMap<u32, f32> = HashMap::new();
    let mut title: HashMap<u32, f32> = HashMap::new();
    let mut add = |text: &str, weight: f32, to_title: bool| {
        for range in words(text) {
            let whole = text.get(range).unwrap_or_default();
            for part in parts(whole) {
                let folded = fold(whole.get(part).unwrap_or_default());
                if folded.chars().nth(1).is_none() || is_function_word(&folded, draft.language) {
                    continue;
                }
                let key = hash(stem(&folded, draft.language));
                *all.entry(key).or_default() += weight;
                if to_title {
                    title.insert(key, 1.0);
                }
            }
        }
    };
    add(&draft.title.text, IN_TITLE, true);
    let mut seen = 0;
    for paragraph in &draft.paragraphs {
        if paragraph.kind.is_running_text() || paragraph.kind == ParagraphKind::Heading {
            add(paragraph.span.of(&draft.text), if seen < OPENING_BYTES { IN_OPENING } else { 1.0 }, false);
            seen += paragraph.span.len();
        }
    }
    for mention in &article.analysis.mentions {
        let Some(entity) = article.analysis.entities.get(mention.entity as usize) else { continue };
        if entity.kind != EntityKind::Place {
            *all.entry(hash(&fold(&entity.canonical)) ^ 1).or_default() += 1.0;
        }
    }
    Counts { all: sorted(all), title: sorted(title) }
}

fn sorted(map: HashMap<u32, f32>) -> Vec<(u32, f32)> {
    let mut list: Vec<(u32, f32)> = map.into_iter().collect();
    list.sort_unstable_by_key(|(key, _)| *key);
    list
}

/// A list of features with weights, of length 1.
#[derive(Clone, Debug, Default)]
pub(super) struct Vector(pub Vec<(u32, f32)>);

/// In how many articles each feature stands.
pub(super) struct Frequencies {
    with: HashMap<u32, usize>,
    articles: usize,
}

impl Frequencies {
    pub fn of(counts: &[Counts]) -> Self {
        let mut with: HashMap<u32, usize> = HashMap::new();
        for count in counts {
            for (key, _) in &count.all {
                *with.entry(*key).or_default() += 1;
            }
        }
        Self { with, articles: counts.len() }
    }

    /// How many articles have a feature.
    pub fn with(&self, key: u32) -> usize {
        self.with.get(&key).copied().unwrap_or(0)
    }

    /// tf-idf with logarithmic counts, of length 1.
    pub fn vector(&self, counts: &[(u32, f32)]) -> Vector {
        let mut list: Vec<(u32, f32)> = counts
            .iter()
            .map(|&(key, count)| (key, (1.0 + count.ln()).max(0.3) * rarity(self.with(key), self.articles)))
            .collect();
        let length = list.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
        if length > 0.0 {
            for (_, weight) in &mut list {
                *weight /= length;
            }
        }
        Vector(list)
    }
}

impl Vector {
    /// The cosine of two vectors, 0 to 1.
    pub fn cosine(&self, other: &Self) -> f32 {
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut sum = 0.0;
        while let (Some((x, v)), Some((y, w))) = (a.peek(), b.peek()) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => {
                    a.next();
                }
                std::cmp::Ordering::Greater => {
                    b.next();
                }
                std::cmp::Ordering::Equal => {
                    sum += v * w;
                    a.next();
                    b.next();
                }
            }
        }
        sum
    }
}
