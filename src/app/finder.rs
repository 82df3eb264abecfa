//! The search screen: what is typed, what was found, and the passage beside it.

use super::edit::EditLine;
use super::reader::Reader;
use super::viewport::Area;
use crate::model::{ArticleRow, Hit, SearchAnswer};

/// Queries remembered.
const HISTORY: usize = 50;

/// The search screen.
#[derive(Clone, Debug, Default)]
pub struct Finder {
    /// What is typed.
    pub line: EditLine,
    /// What was found for it, or for what stood there before.
    pub answer: Option<SearchAnswer>,
    /// Rows of the hits.
    pub rows: Vec<ArticleRow>,
    /// Fields recognised in the query.
    pub chips: Vec<String>,
    /// What is wrong with the query: column from 1, message.
    pub mistake: Option<(usize, String)>,
    /// The keys go to the hits, not to the box.
    pub in_hits: bool,
    /// By date instead of relevance.
    pub by_date: bool,
    /// Words as typed, without tolerance.
    pub exactly: bool,
    /// The article of the selected hit.
    pub passage: Reader,
    selected: usize,
    offset: usize,
    area: Area,
    history: Vec<String>,
    recalled: Option<usize>,
}

/// Rows that a hit takes in the list.
pub const HIT_ROWS: u16 = 4;

impl Finder {
    /// The query as it goes to the library.
    #[must_use]
    pub fn query(&self) -> String {
        let typed = self.line.text().trim();
        if !self.exactly {
            return typed.to_owned();
        }
        let exact = |w: &str| {
            let plain = w.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’'));
            if plain && w != "OR" && !w.starts_with('-') { format!("={w}") } else { w.to_owned() }
        };
        typed.split_whitespace().map(exact).collect::<Vec<_>>().join(" ")
    }

    /// Index of the selected hit.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The selected hit with its row.
    #[must_use]
    pub fn selected_hit(&self) -> Option<(&Hit, &ArticleRow)> {
        let hit = self.answer.as_ref()?.hits.get(self.selected)?;
        Some((hit, self.rows.get(self.selected)?))
    }

    /// Takes an answer.
    pub fn found(&mut self, mut answer: SearchAnswer, mut rows: Vec<ArticleRow>) {
        if self.by_date {
            let mut order: Vec<usize> = (0..rows.len()).collect();
            order.sort_by_key(|&i| std::cmp::Reverse(rows[i].published.day()));
            answer.hits = order.iter().filter_map(|&i| answer.hits.get(i).cloned()).collect();
            rows = order.into_iter().map(|i| rows[i].clone()).collect();
        }
        self.answer = Some(answer);
        self.rows = rows;
        self.mistake = None;
        self.select(0);
        self.offset = 0;
    }

    /// Takes the place of the hits on the screen.
    pub fn set_area(&mut self, area: Area) {
        self.area = area;
        self.keep_visible();
    }

    /// Hits on the screen with their first row.
    #[must_use]
    pub fn visible(&self) -> Vec<(usize, u16)> {
        let count = usize::from(self.area.height.div_ceil(HIT_ROWS));
        (self.offset..self.rows.len())
            .take(count)
            .zip(0u16..)
            .map(|(index, n)| (index, n * HIT_ROWS))
            .collect()
    }

    /// Hits that a page holds.
    #[must_use]
    pub fn page(&self) -> usize {
        usize::from(self.area.height / HIT_ROWS).max(1)
    }

    /// Moves the selection.
    pub fn step(&mut self, steps: isize) {
        self.select(self.selected.saturating_add_signed(steps));
    }

    /// Selects a hit, or the last where there are fewer.
    pub fn select(&mut self, index: usize) {
        self.selected = index.min(self.rows.len().saturating_sub(1));
        self.keep_visible();
    }

    fn keep_visible(&mut self) {
        self.offset = self.offset.min(self.selected).max((self.selected + 1).saturating_sub(self.page()));
    }

    /// Remembers the query as one that led somewhere.
    pub fn remember(&mut self) {
        let query = self.line.text().trim().to_owned();
        if !query.is_empty() {
            self.history.retain(|q| *q != query);
            self.history.push(query);
            let surplus = self.history.len().saturating_sub(HISTORY);
            self.history.drain(..surplus);
        }
        self.recalled = None;
    }

    /// Puts the previous query that led somewhere into the box; whether there was one.
    pub fn recall(&mut self) -> bool {
        let next = self.recalled.unwrap_or(self.history.len()).checked_sub(1);
        let Some(query) = next.and_then(|n| self.history.get(n)) else { return false };
        self.line = EditLine::new(query);
        self.recalled = next;
        true
    }

    /// Scrolls the passage to the first match of the selected hit.
    pub fn show_passage(&mut self) {
        let Some((hit, _)) = self.selected_hit() else { return };
        let place = hit.snippets.first().map_or(0, |s| s.place as usize);
        let matches = hit.matches.clone();
        self.passage.set_matches(matches, place);
    }
}
