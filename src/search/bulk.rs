//! How much an article says: its length as a vector of its words (Salton, Wong and Yang 1975), each word
//! counted by what it tells.
//!
//! A report that mentions a name among forty others is less about it than a note of a few lines, and
//! so is a text of rare words beside one of common ones with as many. Of two articles that have the
//! asked words as often, the one that says less beside them comes first.

use std::sync::LazyLock;

use super::postings::{Place, Posting};
use super::score::idf;

/// In a smaller segment counts of articles do not tell which words are rare.
const FEWEST: usize = 256;
/// Steps of a bulk from one to its double.
const STEPS: f32 = 16.0;
/// The step of the mean.
const MIDDLE: f32 = 128.0;
/// Of an article that was not weighed.
pub(super) const UNKNOWN: u8 = 0;

/// The step of something so many times the mean; never [`UNKNOWN`].
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a clamped number of steps")]
pub(super) fn step(times: f32) -> u8 {
    (MIDDLE + STEPS * times.max(f32::MIN_POSITIVE).log2()).round().clamp(1.0, 255.0) as u8
}

/// How many times the mean each step is.
pub(super) static TIMES: LazyLock<[f32; 256]> = LazyLock::new(|| {
    let mut times = [0.0; 256];
    for (times, step) in times.iter_mut().zip(0_u8..=255) {
        *times = ((f32::from(step) - MIDDLE) / STEPS).exp2();
    }
    times
});

/// Weighs the articles of a segment, list by list.
pub(super) struct Weigher {
    squares: Vec<f32>,
}

impl Weigher {
    /// For so many articles.
    pub fn new(articles: usize) -> Self {
        Self { squares: vec![0.0; if articles < FEWEST { 0 } else { articles }] }
    }

    /// What each occurrence of a word weighs that `count` of the articles have.
    #[allow(clippy::cast_precision_loss, reason = "counts of articles, for ranking only")]
    pub fn worth(&self, count: u32) -> f32 {
        let idf = idf(self.squares.len() as f32, count);
        idf * idf
    }

    /// Takes a posting of a word of this worth.
    #[inline]
    pub fn take(&mut self, posting: Posting, worth: f32) {
        self.add(posting.place, posting.count, worth);
    }

    /// As [`Weigher::take`], for a word that stands `count` times in the article.
    #[inline]
    pub fn add(&mut self, place: Place, count: u8, worth: f32) {
        if let Some(squares) = self.squares.get_mut(place as usize) {
            *squares += f32::from(count) * worth;
        }
    }

    /// The step of each article beside the mean of all; none where they are too few.
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "for ranking only")]
    pub fn steps(&self) -> Vec<u8> {
        let sum: f64 = self.squares.iter().map(|squares| f64::from(squares.sqrt())).sum();
        let mean = (sum / self.squares.len().max(1) as f64).max(f64::from(f32::MIN_POSITIVE));
        self.squares.iter().map(|squares| step((f64::from(squares.sqrt()) / mean) as f32)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_lead_back_to_what_they_stand_for() {
        for times in [0.004_f32, 0.1, 0.5, 0.97, 1.0, 1.4, 3.0, 200.0] {
            let back = TIMES[usize::from(step(times))];
            assert!((back / times - 1.0).abs() < 0.025, "{times} {back}");
        }
        for odd in [0.0, f32::NAN, -1.0, f32::INFINITY] {
            assert_ne!(step(odd), UNKNOWN);
        }
    }

    #[test]
    fn rare_words_weigh_more_than_common_ones() {
        let mut weigher = Weigher::new(1000);
        let (rare, common) = (weigher.worth(3), weigher.worth(600));
        for place in 0..1000 {
            for _ in 0..10 {
                weigher.add(place, 1, if place == 7 { rare } else { common });
            }
        }
        weigher.add(8, 20, common);
        let steps = weigher.steps();
        assert!(steps[7] > steps[8] && steps[8] > steps[9]);
    }

    #[test]
    fn few_articles_are_not_weighed() {
        assert!(Weigher::new(20).steps().is_empty());
    }
}
