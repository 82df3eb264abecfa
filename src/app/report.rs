//! Something to read over the screen: what came of an import, how a query was read.

use super::words::{self, Word};
use super::{words_query, words_steps};
use crate::model::{ImportReport, Locale};
use crate::search::Reading;

/// A line of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportLine {
    /// Its words.
    pub text: String,
    /// How deep it stands.
    pub depth: usize,
    /// Beside the point.
    pub is_muted: bool,
}

/// Lines to scroll through.
#[derive(Clone, Debug)]
pub struct Report {
    /// Heading.
    pub title: Word,
    lines: Vec<ReportLine>,
    offset: usize,
    height: u16,
}

impl Report {
    /// What came of an import, with every file that was refused.
    #[must_use]
    pub fn of_import(report: &ImportReport, locale: Locale) -> Self {
        let plain = |text: String| ReportLine { text, depth: 0, is_muted: false };
        let mut lines = vec![plain(words_steps::import_report(report, locale)), plain(String::new())];
        for refusal in &report.refused {
            lines.push(plain(refusal.origin.clone()));
            let text = words::refusal(&refusal.reason, locale);
            lines.push(ReportLine { text, depth: 1, is_muted: true });
        }
        Self { title: Word::ImportTitle, lines, offset: 0, height: 0 }
    }

    /// Any lines.
    #[must_use]
    pub fn of_lines(title: Word, lines: Vec<ReportLine>) -> Self {
        Self { title, lines, offset: 0, height: 0 }
    }

    /// How a query was read.
    #[must_use]
    pub fn of_reading(reading: &Reading, locale: Locale) -> Self {
        let lines = words_query::reading(reading, locale);
        Self { title: Word::HowReadTitle, lines, offset: 0, height: 0 }
    }

    /// All lines.
    #[must_use]
    pub fn lines(&self) -> &[ReportLine] {
        &self.lines
    }

    /// First line on the screen.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Takes the rows that fit.
    pub fn set_height(&mut self, height: u16) {
        self.height = height;
        self.scroll(0);
    }

    /// Scrolls by rows, stopping at both ends.
    pub fn scroll(&mut self, rows: isize) {
        let most = self.lines.len().saturating_sub(usize::from(self.height));
        self.offset = self.offset.saturating_add_signed(rows).min(most);
    }

    /// Rows of a page.
    #[must_use]
    pub fn page(&self) -> isize {
        isize::try_from(self.height.saturating_sub(1).max(1)).unwrap_or(1)
    }
}
