//! How far something long is, on standard error: one line that is rewritten on a terminal; of an import a
//! line now and then elsewhere.

use std::cell::RefCell;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use super::words::Words;
use crate::app::words;
use crate::model::Progress;

/// Time between two states on a terminal.
const REDRAW: Duration = Duration::from_millis(100);

/// Time between two lines elsewhere, at least.
const QUIET: Duration = Duration::from_millis(200);

/// Share that is worth a line of its own, in percent.
const STEP: u8 = 5;

/// Time after which there is a line even so.
const PATIENCE: Duration = Duration::from_secs(10);

/// Shows progress as it comes.
pub struct ProgressLine {
    words: Words,
    /// Standard error is a terminal.
    is_watched: bool,
    last: RefCell<Last>,
}

struct Last {
    at: Instant,
    percent: u8,
    width: usize,
    added: u32,
    is_stored: bool,
}

impl ProgressLine {
    /// Shows nothing yet.
    pub fn new(words: Words, is_watched: bool) -> Self {
        let last = Last { at: Instant::now(), percent: 0, width: 0, added: 0, is_stored: false };
        Self { words, is_watched, last: RefCell::new(last) }
    }

    /// Takes the news, and shows them where it is time.
    pub fn show(&self, progress: &Progress) {
        let mut last = self.last.borrow_mut();
        last.added = progress.added;
        let waited = last.at.elapsed();
        let is_new_stage = progress.is_stored && !last.is_stored && waited >= QUIET;
        let is_time = if is_new_stage || self.is_watched {
            is_new_stage || waited >= REDRAW
        } else {
            waited >= PATIENCE || waited >= QUIET && progress.percent() >= last.percent + STEP
        };
        if !is_time {
            return;
        }
        last.percent = progress.percent();
        last.is_stored = progress.is_stored;
        let line = words::importing(progress, self.words.locale);
        if self.is_watched {
            self.rewrite(&mut last, line);
        } else {
            last.at = Instant::now();
            let _ = writeln!(io::stderr(), "lesart: {}", self.words.marked(line));
        }
    }

    /// Shows a line on a terminal, where it is time; elsewhere nothing.
    pub fn tell(&self, line: String) {
        let mut last = self.last.borrow_mut();
        if self.is_watched && (last.width == 0 || last.at.elapsed() >= REDRAW) {
            self.rewrite(&mut last, line);
        }
    }

    fn rewrite(&self, last: &mut Last, line: String) {
        let line = self.words.marked(line);
        // What stood there before is covered.
        let columns = line.chars().count();
        let rest = last.width.saturating_sub(columns);
        let _ = write!(io::stderr(), "\r{line}{:rest$}", "");
        last.at = Instant::now();
        last.width = columns;
    }

    /// Takes the line off the terminal.
    pub fn clear(&self) {
        let mut last = self.last.borrow_mut();
        if last.width > 0 {
            let _ = write!(io::stderr(), "\r{:1$}\r", "", last.width);
            last.width = 0;
        }
    }

    /// Articles that were stored as far as is known.
    pub fn added(&self) -> u32 {
        self.last.borrow().added
    }
}
