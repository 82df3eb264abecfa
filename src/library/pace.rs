//! How fast an import goes, and how long it will take.

use std::collections::VecDeque;
use std::time::Duration;

/// What counts as lately.
const WINDOW: Duration = Duration::from_secs(8);

/// Time between two looks; closer ones tell of single batches.
const STEP: Duration = Duration::from_millis(200);

/// Before this nothing is said: first files and first batches tell little.
const SETTLED: Duration = Duration::from_millis(800);

/// How much was done by when.
#[derive(Clone, Copy, Debug, Default)]
struct Look {
    at: Duration,
    articles: u64,
    bytes: u64,
}

/// Looks back over the last seconds of an import.
#[derive(Debug)]
pub(super) struct Pace {
    looks: VecDeque<Look>,
}

impl Pace {
    /// At the start, with nothing done.
    pub fn new() -> Self {
        Self { looks: VecDeque::from([Look::default()]) }
    }

    /// Notes what is done `at` this time after the start.
    pub fn note(&mut self, at: Duration, articles: u64, bytes: u64) {
        let look = Look { at, articles, bytes };
        // The newest stands for now, whatever came a moment before.
        let is_close = self.looks.iter().rev().nth(1).is_some_and(|before| at < before.at + STEP);
        if is_close {
            self.looks.pop_back();
        }
        self.looks.push_back(look);
        while self.looks.get(1).is_some_and(|second| second.at + WINDOW <= at) {
            self.looks.pop_front();
        }
    }

    /// Articles a second, lately; 0 while unknown.
    pub fn per_second(&self) -> u32 {
        let Some((first, last, seconds)) = self.ends() else { return 0 };
        whole(count(last.articles - first.articles) / seconds)
    }

    /// Seconds until `of_bytes` are done; `None` while unknown.
    pub fn seconds_left(&self, of_bytes: u64) -> Option<u32> {
        let (first, last, seconds) = self.ends()?;
        let done = last.bytes.checked_sub(first.bytes).filter(|done| *done > 0)?;
        let left = of_bytes.saturating_sub(last.bytes);
        Some(whole((count(left) * seconds / count(done)).ceil()))
    }

    fn ends(&self) -> Option<(Look, Look, f64)> {
        let (first, last) = (*self.looks.front()?, *self.looks.back()?);
        let seconds = last.at.checked_sub(first.at)?.as_secs_f64();
        (last.at >= SETTLED && seconds > 0.0).then_some((first, last, seconds))
    }
}

#[allow(clippy::cast_precision_loss, reason = "an estimate for people")]
fn count(number: u64) -> f64 {
    number as f64
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "not negative, and clamped to the type's range by `as`"
)]
fn whole(number: f64) -> u32 {
    number.round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn nothing_is_said_before_something_is_known() {
        let mut pace = Pace::new();
        assert_eq!((pace.per_second(), pace.seconds_left(1000)), (0, None));
        pace.note(ms(100), 200, 100);
        assert_eq!((pace.per_second(), pace.seconds_left(1000)), (0, None));
        pace.note(ms(5_000), 200, 0);
        assert_eq!(pace.seconds_left(1000), None, "no bytes, no guess");
    }

    #[test]
    fn a_steady_import_is_foretold() {
        let mut pace = Pace::new();
        for second in 1..=20 {
            pace.note(ms(second * 1000), second * 500, second * 1_000);
        }
        assert_eq!(pace.per_second(), 500);
        assert_eq!(pace.seconds_left(50_000), Some(30));
        assert_eq!(pace.seconds_left(20_000), Some(0));
    }

    #[test]
    fn only_the_last_seconds_count() {
        let mut pace = Pace::new();
        for second in 1..=60 {
            // Half a minute of known articles, then new ones.
            let articles = if second <= 30 { second * 10_000 } else { 300_000 + (second - 30) * 100 };
            pace.note(ms(second * 1000), articles, second * 1_000);
        }
        assert_eq!(pace.per_second(), 100);
        assert!(pace.looks.len() < 50);
    }
}
