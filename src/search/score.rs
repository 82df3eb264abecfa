//! What it is worth that a word stands in an article.
//!
//! BM25 (Robertson and Zaragoza 2009) with b = 1, where an article is as long as what it says: see
//! [`super::bulk`]. A query word tells as much as the word most likely meant, not
//! as each rare slip of it.

use super::bulk::TIMES;
use super::cards::USUAL_LENGTH;
use super::dictionary::Dictionary;
use super::expand::Expanded;
use super::postings::Posting;
use super::rank::Ranker;
use super::vocabulary::Term;

/// How soon further occurrences of a word say nothing more.
const K1: f32 = 0.9;

/// A word asked of one segment.
pub(super) struct Asked<'a> {
    ranker: &'a Ranker<'a>,
    dictionary: &'a Dictionary,
    terms: &'a [(Term, f32)],
    /// Articles with the word most likely meant.
    count: u32,
}

impl<'a> Asked<'a> {
    /// `expanded`, looked for in this dictionary of the ranker's segment.
    pub fn new(ranker: &'a Ranker<'a>, expanded: &'a Expanded, dictionary: &'a Dictionary) -> Self {
        let terms = expanded.terms.get(ranker.at).map(Vec::as_slice).unwrap_or_default();
        Self { ranker, dictionary, terms, count: expanded.count }
    }

    /// Postings of all its terms.
    pub fn postings(&self) -> u64 {
        self.terms.iter().map(|&(term, _)| u64::from(self.dictionary.vocabulary.count(term))).sum()
    }

    /// Calls `take` with each posting of each term, places of one term ascending, and what tells its
    /// worth.
    pub fn each(&self, mut take: impl FnMut(Posting, &Scale)) {
        let Ranker { articles, title_times, .. } = *self.ranker;
        let cards = &self.ranker.live.segment.cards;
        let most_likely = idf(articles, self.count);
        let mut scale = Scale { bulks: cards.bulks(), most: 0.0, spread: self.spread(), title_times };
        let numbers: Vec<Term> = self.terms.iter().map(|(term, _)| *term).collect();
        self.dictionary.postings.each(&numbers, |at, list| {
            let Some(&(term, weight)) = self.terms.get(at) else { return };
            let count = self.dictionary.vocabulary.count(term);
            let idf = if count <= self.count { most_likely } else { idf(articles, count).min(most_likely) };
            scale.most = (K1 + 1.0) * weight * idf.max(0.1);
            for posting in list {
                take(posting, &scale);
            }
        });
    }
}

impl Asked<'_> {
    /// What bulks of the segment, by step, leave to an occurrence.
    #[allow(clippy::cast_precision_loss, reason = "counts of words, for ranking only")]
    fn spread(&self) -> [f32; 256] {
        let Ranker { live, mean_length, .. } = *self.ranker;
        let segment = &live.segment;
        let cards = segment.cards.len().max(1) as f32;
        // Bulks are told beside the mean of the segment, or beside the usual length.
        let mean = if segment.cards.is_weighed() { segment.length() as f32 / cards } else { USUAL_LENGTH };
        let times = mean / mean_length.max(1.0);
        TIMES.map(|bulk| K1 * bulk * times)
    }
}

/// What turns the postings of one term into scores.
pub(super) struct Scale<'a> {
    bulks: &'a [u8],
    most: f32,
    spread: [f32; 256],
    title_times: f32,
}

impl Scale<'_> {
    /// What the posting is worth; more than 0.
    #[inline]
    pub fn score(&self, posting: Posting) -> f32 {
        let times = self.times(posting);
        let bulk = self.bulks.get(posting.place as usize).copied().unwrap_or_default();
        // The part of BM25 that grows with the number of occurrences.
        self.most * times / (times + self.spread[usize::from(bulk)])
    }

    /// Occurrences, those in the title counted more often; the text's count has them once.
    #[inline]
    fn times(&self, posting: Posting) -> f32 {
        match posting {
            Posting { count: 0, title: 0, .. } => 0.5,
            Posting { count, title, .. } => f32::from(count) + self.title_times * f32::from(title),
        }
    }
}

/// How much it tells to find a word that `count` of `articles` have.
#[allow(clippy::cast_precision_loss, reason = "counts of articles, for ranking only")]
pub(super) fn idf(articles: f32, count: u32) -> f32 {
    let count = (count as f32).min(articles);
    ((articles - count + 0.5) / (count + 0.5) + 1.0).ln().max(0.1)
}
