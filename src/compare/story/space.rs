//! Profiles as weighted vectors, and which of them are near each other.
//!
//! What is rare is judged among the profiles given. The cost grows with the articles and with how
//! many share a word that is not common, not with the square of the articles; memory is bounded by
//! [`NEAREST`] an article.

use super::profile::Profile;
use crate::compare::measure::rarity;
use crate::text::quick::QuickMap;

/// Weight of the likeness of titles beside that of texts.
const TITLE: f32 = 0.3;
/// Terms that more than this share of the articles have find no candidates.
const COMMON: f32 = 0.1;
/// The same in a small selection, where nothing is rare.
const COMMON_AT_LEAST: usize = 30;
/// Partners that are kept of an article, the nearest.
const NEAREST: usize = 48;

/// A list of terms with weights, by number of the term; of length 1 with the terms that no other
/// article has, which are left out.
type Vector = Vec<(u32, f32)>;

/// Articles as vectors.
pub(super) struct Space {
    texts: Vec<Vector>,
    titles: Vec<Vector>,
    /// For each article those it is near to with their likeness, by number.
    near: Vec<Vec<(u32, f32)>>,
}

impl Space {
    /// Weighs `profiles` and finds pairs that are alike at least to `floor`.
    pub fn new(profiles: &[&Profile], floor: f32) -> Self {
        let terms = Terms::of(profiles);
        let (mut texts, mut titles) = (Vec::new(), Vec::new());
        for profile in profiles {
            texts.push(terms.vector(profile, false));
            titles.push(terms.vector(profile, true));
        }
        let mut space = Self { texts, titles, near: Vec::new() };
        space.near = space.find_near(&terms, floor);
        space
    }

    /// Likeness of two articles, without regard to their days.
    pub fn likeness(&self, a: usize, b: usize) -> f32 {
        let near = &self.near[a];
        match near.binary_search_by_key(&number(b), |(other, _)| *other) {
            Ok(at) => near[at].1,
            Err(_) => {
                cosine(&self.texts[a], &self.texts[b]) + TITLE * cosine(&self.titles[a], &self.titles[b])
            }
        }
    }

    /// Those near an article, by number, with their likeness.
    pub fn near(&self, index: usize) -> impl Iterator<Item = (usize, f32)> {
        self.near[index].iter().map(|&(other, likeness)| (other as usize, likeness))
    }

    fn find_near(&self, terms: &Terms, floor: f32) -> Vec<Vec<(u32, f32)>> {
        let articles = self.texts.len();
        let mut found = Postings::new(&self.texts, terms);
        let mut near: Vec<Vec<(u32, f32)>> = vec![Vec::new(); articles];
        let (mut text, mut title) = (vec![0.0; terms.shared()], vec![0.0; terms.shared()]);
        let mut sums = vec![0.0_f32; articles];
        let mut touched: Vec<u32> = Vec::new();
        for a in 0..articles {
            for &(term, weight) in &self.texts[a] {
                text[term as usize] = weight;
            }
            for &(term, weight) in &self.titles[a] {
                title[term as usize] = weight;
            }
            found.later(a, &self.texts[a], &mut sums, &mut touched);
            for b in touched.drain(..).map(|b| b as usize) {
                let by_rare = std::mem::take(&mut sums[b]);
                let by_title = TITLE * gathered(&self.titles[b], &title);
                // What the common terms can add at most.
                if by_rare + found.common[a] * found.common[b] + by_title < floor {
                    continue;
                }
                let likeness = gathered(&self.texts[b], &text) + by_title;
                if likeness >= floor {
                    keep(&mut near[a], (number(b), likeness));
                    keep(&mut near[b], (number(a), likeness));
                }
            }
            for &(term, _) in &self.texts[a] {
                text[term as usize] = 0.0;
            }
            for &(term, _) in &self.titles[a] {
                title[term as usize] = 0.0;
            }
        }
        mutual(near)
    }
}

/// Adds a partner; the list is cut to the nearest when it has grown to twice their number.
fn keep(list: &mut Vec<(u32, f32)>, partner: (u32, f32)) {
    list.push(partner);
    if list.len() >= 2 * NEAREST {
        cut(list);
    }
}

fn cut(list: &mut Vec<(u32, f32)>) {
    list.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    list.truncate(NEAREST);
}

/// Nearness goes both ways, whoever has the other among his nearest.
fn mutual(mut near: Vec<Vec<(u32, f32)>>) -> Vec<Vec<(u32, f32)>> {
    near.iter_mut().for_each(cut);
    let mut back: Vec<Vec<(u32, f32)>> = vec![Vec::new(); near.len()];
    for (a, list) in near.iter().enumerate() {
        for &(b, likeness) in list {
            back[b as usize].push((number(a), likeness));
        }
    }
    for (list, back) in near.iter_mut().zip(back) {
        list.extend(back);
        list.sort_unstable_by_key(|(other, _)| *other);
        list.dedup_by_key(|(other, _)| *other);
    }
    near
}

/// The terms of a selection: in how many articles each stands, and the number of those that several
/// have.
struct Terms {
    /// By key: articles with it, and its number from 1; 0 for one that a single article has.
    by_key: QuickMap<u32, (u32, u32)>,
    /// By number: articles with it.
    counts: Vec<u32>,
    articles: usize,
}

impl Terms {
    fn of(profiles: &[&Profile]) -> Self {
        let mut by_key: QuickMap<u32, (u32, u32)> = QuickMap::default();
        for term in profiles.iter().flat_map(|p| &p.0) {
            by_key.entry(term.key).or_default().0 += 1;
        }
        let mut counts = Vec::new();
        for term in profiles.iter().flat_map(|p| &p.0) {
            if let Some((count, own)) = by_key.get_mut(&term.key)
                && *count > 1
                && *own == 0
            {
                counts.push(*count);
                *own = number(counts.len());
            }
        }
        Self { by_key, counts, articles: profiles.len() }
    }

    /// How many terms several articles have.
    fn shared(&self) -> usize {
        self.counts.len()
    }

    /// Whether too many articles have a term for it to find candidates.
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a count"
    )]
    fn is_common(&self, term: u32) -> bool {
        let most = ((self.articles as f32 * COMMON) as usize).max(COMMON_AT_LEAST);
        self.counts[term as usize] as usize > most
    }

    /// tf-idf with logarithmic counts, of length 1; of the title alone, where each word counts once.
    #[allow(clippy::cast_precision_loss, reason = "counts are small")]
    fn vector(&self, profile: &Profile, title: bool) -> Vector {
        let mut list = Vec::with_capacity(if title { 8 } else { profile.0.len() / 2 });
        let mut square = 0.0;
        for term in profile.0.iter().filter(|t| t.in_title || !title) {
            let count = if title { 1.0 } else { term.halves as f32 / 2.0 };
            let (with, own) = self.by_key.get(&term.key).copied().unwrap_or_default();
            let weight = (1.0 + count.ln()).max(0.3) * rarity(with as usize, self.articles);
            square += weight * weight;
            if let Some(number) = own.checked_sub(1) {
                list.push((number, weight));
            }
        }
        if square > 0.0 {
            let length = f32::sqrt(square);
            for (_, weight) in &mut list {
                *weight /= length;
            }
        }
        list.sort_unstable_by_key(|(term, _)| *term);
        list
    }
}

/// Terms that are not common to the articles that have them.
struct Postings {
    /// By term: where its list begins, and how far it was read.
    starts: Vec<u32>,
    read: Vec<u32>,
    lists: Vec<(u32, f32)>,
    /// By article: the length of what its common terms make up.
    common: Vec<f32>,
}

impl Postings {
    fn new(texts: &[Vector], terms: &Terms) -> Self {
        let mut starts = Vec::with_capacity(terms.shared() + 1);
        let mut all = 0;
        for term in 0..number(terms.shared()) {
            starts.push(all);
            all += if terms.is_common(term) { 0 } else { terms.counts[term as usize] };
        }
        starts.push(all);
        let mut lists = vec![(0, 0.0); all as usize];
        let mut at = starts.clone();
        let mut common = vec![0.0_f32; texts.len()];
        for (article, text) in texts.iter().enumerate() {
            for &(term, weight) in text {
                if terms.is_common(term) {
                    common[article] += weight * weight;
                } else {
                    lists[at[term as usize] as usize] = (number(article), weight);
                    at[term as usize] += 1;
                }
            }
            common[article] = common[article].sqrt();
        }
        Self { read: starts.clone(), starts, lists, common }
    }

    /// Adds what `a` shares with each later article to `sums`, and those articles to `touched`. To
    /// be asked once for each article, in order.
    fn later(&mut self, a: usize, text: &Vector, sums: &mut [f32], touched: &mut Vec<u32>) {
        for &(term, weight) in text {
            let (read, end) = (self.read[term as usize] as usize, self.starts[term as usize + 1] as usize);
            let Some(((first, _), later)) = self.lists[read..end].split_first() else { continue };
            debug_assert_eq!(*first as usize, a, "lists are read along with the articles");
            self.read[term as usize] += 1;
            for &(other, theirs) in later {
                let sum = &mut sums[other as usize];
                if *sum == 0.0 {
                    touched.push(other);
                }
                *sum += weight * theirs;
            }
        }
    }
}

/// The product of a vector with one that is spread out by term.
fn gathered(vector: &Vector, spread: &[f32]) -> f32 {
    vector.iter().map(|&(term, weight)| weight * spread[term as usize]).sum()
}

/// The cosine of two vectors, 0 to 1.
fn cosine(a: &Vector, b: &Vector) -> f32 {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
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

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
