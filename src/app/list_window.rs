//! The part of the list that is on the screen.

use super::{HEAD_ROWS, Held, Item, List, MARGIN, WINDOW, title_lines};
use crate::app::row::{RowLines, row_lines};
use crate::app::viewport::Area;
use crate::model::{ArticleId, ArticleRow};

impl List {
    /// Rows near the screen that are not loaded; empty where all are.
    #[must_use]
    pub fn missing(&self) -> Vec<ArticleId> {
        let first = self.offset.saturating_sub(self.folders().len());
        let last = (first + usize::from(self.area.height)).min(self.ids.len());
        let near = self.ids.get(first..last).unwrap_or_default();
        if near.iter().all(|id| self.rows.contains_key(id)) {
            return Vec::new();
        }
        let from = first.saturating_sub(WINDOW / 2);
        let to = (first + WINDOW).min(self.ids.len());
        let ids = self.ids.get(from..to).unwrap_or_default();
        ids.iter().copied().filter(|id| !self.rows.contains_key(id)).collect()
    }

    /// Takes the pane's place on the screen.
    pub fn set_area(&mut self, area: Area) {
        if area != self.area {
            self.area = area;
            self.keep_visible();
        }
    }

    /// Moves the selection by `items`, stopping at both ends.
    pub fn step(&mut self, items: isize) {
        self.select(self.selected.saturating_add_signed(items));
    }

    /// Selects an item, or the last where there are fewer.
    pub fn select(&mut self, index: usize) {
        let items = self.folders().len() + self.ids.len();
        self.wants_end = index == usize::MAX && self.ids.len() < self.total;
        self.sought = None;
        self.selected = index.min(items.saturating_sub(1));
        self.keep_visible();
    }

    /// Selects an article, where the list has it.
    pub fn select_id(&mut self, id: ArticleId) {
        if let Some(index) = self.find(&Held::Article(id)) {
            self.select(index);
        }
    }

    /// Items that a page holds, at least one.
    #[must_use]
    pub fn page(&self) -> usize {
        self.visible().len().max(1)
    }

    /// Indices of items on the screen with their first row, from the top; the last may be cut.
    #[must_use]
    pub fn visible(&self) -> Vec<(usize, u16)> {
        let mut found = Vec::new();
        let mut y = 0;
        for index in self.offset..self.folders().len() + self.ids.len() {
            if y >= self.area.height {
                break;
            }
            found.push((index, y));
            y += self.height(index);
        }
        found
    }

    /// The index shown at a row of the pane.
    #[must_use]
    pub fn index_at(&self, row: u16) -> Option<usize> {
        self.visible().into_iter().rev().find(|(_, y)| *y <= row).map(|(index, _)| index)
    }

    /// Rows of an item with what belongs to it: the head above, the blank below.
    pub(super) fn height(&self, index: usize) -> u16 {
        match self.item(index) {
            Some(Item::Folder(folder)) => 1 + u16::from(folder + 1 == self.folders().len()),
            Some(Item::Article(article)) => {
                let row = self.ids.get(article).and_then(|id| self.rows.get(id));
                let lines = row.map_or(1, |r| title_lines(&r.title, self.area.width).len());
                let head = u16::from(self.head_above(article).is_some()) * HEAD_ROWS;
                let below = row.map_or(1, |r| self.lines_of(r).count());
                u16::try_from(lines).unwrap_or(1) + below + 1 + head
            }
            None => 1,
        }
    }

    /// The lines of a row below its title.
    #[must_use]
    pub fn lines_of(&self, row: &ArticleRow) -> RowLines {
        row_lines(row, usize::from(self.area.width.saturating_sub(MARGIN)), self.locale)
    }

    pub(super) fn keep_visible(&mut self) {
        self.offset = self.offset.min(self.selected);
        let mut needed: u16 = 0;
        let mut first = self.selected;
        // The blank row below the last item need not show.
        loop {
            needed = needed.saturating_add(self.height(first));
            if needed.saturating_sub(1) > self.area.height || first == self.offset {
                break;
            }
            first -= 1;
        }
        if needed.saturating_sub(1) > self.area.height && first < self.selected {
            self.offset = first + 1;
        } else if needed.saturating_sub(1) > self.area.height {
            self.offset = self.selected;
        }
    }
}
