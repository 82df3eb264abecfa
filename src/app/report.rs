//! Something to read over the screen: what came of an import, how a query was read.

use super::action::Action;
use super::scrolling::Scrolling;
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
    scrolling: Scrolling,
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
        Self { title: Word::ImportTitle, lines, scrolling: Scrolling::default() }
    }

    /// Any lines.
    #[must_use]
    pub fn of_lines(title: Word, lines: Vec<ReportLine>) -> Self {
        Self { title, lines, scrolling: Scrolling::default() }
    }

    /// How a query was read.
    #[must_use]
    pub fn of_reading(reading: &Reading, locale: Locale) -> Self {
        let lines = words_query::reading(reading, locale);
        Self { title: Word::HowReadTitle, lines, scrolling: Scrolling::default() }
    }

    /// All lines.
    #[must_use]
    pub fn lines(&self) -> &[ReportLine] {
        &self.lines
    }

    /// How far it is scrolled.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.scrolling.offset()
    }

    /// Takes the rows that fit.
    pub fn set_height(&mut self, height: u16) {
        self.scrolling.set_height(height, self.lines.len());
    }

    /// Scrolls as an action asks for; whether it is one that does.
    pub fn obey(&mut self, action: Action) -> bool {
        self.scrolling.obey(action, self.lines.len())
    }
}
