//! What it is worth that a word stands in an article.
//!
//! BM25 (Robertson and Zaragoza 2009). A query word tells as much as the word most likely meant, not
//! as each rare slip of it.

use super::dictionary::Dictionary;
use super::expand::Expanded;
use super::postings::Posting;
use super::rank::Ranker;
use super::vocabulary::Term;

/// How soon further occurrences of a word say nothing more.
const K1: f32 = 0.9;
/// How much longer articles must have more occurrences.
const B: f32 = 0.55;

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
        let Ranker { articles, mean_length, title_times, .. } = *self.ranker;
        let most_likely = idf(articles, self.count);
        let mut scale = Scale {
            lengths: self.ranker.live.segment.cards.lengths(),
            most: 0.0,
            per_word: K1 * B / mean_length.max(1.0),
            title_times,
        };
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

/// What turns the postings of one term into scores.
pub(super) struct Scale<'a> {
    lengths: &'a [u16],
    most: f32,
    per_word: f32,
    title_times: f32,
}

impl Scale<'_> {
    /// What the posting is worth; more than 0.
    #[inline]
    pub fn score(&self, posting: Posting) -> f32 {
        let times = self.times(posting);
        let length = self.lengths.get(posting.place as usize).copied().unwrap_or_default();
        // The part of BM25 that grows with the number of occurrences.
        self.most * times / (times + K1 * (1.0 - B) + self.per_word * f32::from(length))
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
fn idf(articles: f32, count: u32) -> f32 {
    let count = (count as f32).min(articles);
    ((articles - count + 0.5) / (count + 0.5) + 1.0).ln().max(0.1)
}
