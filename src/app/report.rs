//! Something to read over the screen: what came of an import, how a query was read.

use super::action::Action;
use super::edit::EditLine;
use super::scrolling::Scrolling;
use super::words::{self, Word};
use super::{words_query, words_steps};
use crate::model::{ImportReport, Locale, Progress, Refusal};
use crate::search::Reading;
use crate::text::fold::fold;

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
    /// Words that narrow it.
    pub filter: EditLine,
    /// They are being typed.
    pub is_filtering: bool,
    /// All lines, while it is narrowed.
    all: Vec<ReportLine>,
}

impl Report {
    /// What came of an import, with every file that was refused.
    #[must_use]
    pub fn of_import(report: &ImportReport, locale: Locale) -> Self {
        let plain = |text: String| ReportLine { text, depth: 0, is_muted: false };
        let mut lines = vec![plain(words_steps::import_report(report, locale)), plain(String::new())];
        lines.extend(refused(&report.refused, locale));
        Self::of_lines(Word::ImportTitle, lines)
    }

    /// What an import that goes on has refused lately.
    #[must_use]
    pub fn of_progress(progress: &Progress, locale: Locale) -> Self {
        Self::of_lines(Word::RefusedTitle, refused(&progress.latest_refused, locale))
    }

    /// Any lines.
    #[must_use]
    pub fn of_lines(title: Word, lines: Vec<ReportLine>) -> Self {
        let (all, filter) = (lines.clone(), EditLine::default());
        Self { title, lines, scrolling: Scrolling::default(), filter, is_filtering: false, all }
    }

    /// Narrows it to what has the typed words: lines that stand by themselves, and those with a deeper one
    /// below that has them, with all below.
    pub fn arrange(&mut self) {
        let wanted = fold(self.filter.text().trim());
        self.scrolling.obey(Action::Top, 0);
        let mut kept: Vec<ReportLine> = Vec::new();
        for block in self.all.chunk_by(|_, next| next.depth > 0) {
            if block.iter().any(|line| fold(&line.text).contains(&wanted)) {
                kept.extend_from_slice(block);
            }
        }
        self.lines = kept;
    }

    /// How a query was read.
    #[must_use]
    pub fn of_reading(reading: &Reading, locale: Locale) -> Self {
        let lines = words_query::reading(reading, locale);
        Self::of_lines(Word::HowReadTitle, lines)
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

/// Files that gave no article, each with the reason below.
fn refused(list: &[Refusal], locale: Locale) -> Vec<ReportLine> {
    let lines = list.iter().flat_map(|refusal| {
        let reason = words::refusal(&refusal.reason, locale);
        [
            ReportLine { text: refusal.origin.clone(), depth: 0, is_muted: false },
            ReportLine { text: reason, depth: 1, is_muted: true },
        ]
    });
    lines.collect()
}
