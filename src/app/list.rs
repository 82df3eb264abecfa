//! The article list: all ids of a view, and rows around the screen only.

use std::collections::HashMap;

use super::edit::EditLine;
use super::viewport::Area;
use crate::model::{ArticleId, ArticleRow, Language, View};
use crate::text::wrap::{Options, wrap};

/// Rows fetched around the screen at once.
const WINDOW: usize = 200;
/// Rows kept before those far from the screen are dropped.
const KEPT: usize = 1200;
/// Lines that a title may take.
pub const TITLE_LINES: usize = 2;
/// Columns of a row that do not belong to its title: bar, unread mark, margins.
pub const MARGIN: u16 = 4;

/// The list and where one is in it.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// What it shows.
    pub view: View,
    /// Query that narrows it.
    pub filter: EditLine,
    /// The filter is being typed.
    pub filtering: bool,
    /// Unread articles in it.
    pub unread: usize,
    /// The first answer has arrived.
    pub loaded: bool,
    /// Articles marked for comparison, in the order marked.
    pub marked: Vec<ArticleId>,
    ids: Vec<ArticleId>,
    rows: HashMap<ArticleId, ArticleRow>,
    selected: usize,
    offset: usize,
    area: Area,
}

impl List {
    /// How many articles it shows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether it shows none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// All articles, in order.
    #[must_use]
    pub fn ids(&self) -> &[ArticleId] {
        &self.ids
    }

    /// Index of the selected row.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The selected article.
    #[must_use]
    pub fn selected_id(&self) -> Option<ArticleId> {
        self.ids.get(self.selected).copied()
    }

    /// The row of an article, where it is loaded.
    #[must_use]
    pub fn row(&self, id: ArticleId) -> Option<&ArticleRow> {
        self.rows.get(&id)
    }

    /// Takes a new order; the selected article stays selected where it is still there.
    pub fn replace(&mut self, ids: Vec<ArticleId>, rows: Vec<ArticleRow>, unread: usize) {
        let before = self.selected_id();
        self.ids = ids;
        self.rows.clear();
        self.rows.extend(rows.into_iter().map(|r| (r.id, r)));
        self.unread = unread;
        self.loaded = true;
        let kept = before.and_then(|id| self.ids.iter().position(|i| *i == id));
        self.select(kept.unwrap_or(self.selected.min(self.ids.len().saturating_sub(1))));
    }

    /// Takes rows that were asked for.
    pub fn add_rows(&mut self, rows: Vec<ArticleRow>) {
        if self.rows.len() > KEPT {
            let near = self.offset.saturating_sub(WINDOW)..self.offset + 2 * WINDOW;
            let keep: std::collections::HashSet<ArticleId> =
                near.filter_map(|i| self.ids.get(i).copied()).collect();
            self.rows.retain(|id, _| keep.contains(id));
        }
        self.rows.extend(rows.into_iter().map(|r| (r.id, r)));
        self.keep_visible();
    }

    /// Changes a loaded row in place.
    pub fn change(&mut self, id: ArticleId, change: impl FnOnce(&mut ArticleRow)) {
        if let Some(row) = self.rows.get_mut(&id) {
            let was_unread = !row.read;
            change(row);
            match (was_unread, !row.read) {
                (true, false) => self.unread = self.unread.saturating_sub(1),
                (false, true) => self.unread += 1,
                _ => {}
            }
        }
    }

    /// Rows near the screen that are not loaded; empty where all are.
    #[must_use]
    pub fn missing(&self) -> Vec<ArticleId> {
        let last = (self.offset + usize::from(self.area.height)).min(self.ids.len());
        let near = self.ids.get(self.offset..last).unwrap_or_default();
        if near.iter().all(|id| self.rows.contains_key(id)) {
            return Vec::new();
        }
        let from = self.offset.saturating_sub(WINDOW / 2);
        let to = (self.offset + WINDOW).min(self.ids.len());
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

    /// Moves the selection by `rows`, stopping at both ends.
    pub fn step(&mut self, rows: isize) {
        self.select(self.selected.saturating_add_signed(rows));
    }

    /// Selects a row, or the last where there are fewer.
    pub fn select(&mut self, index: usize) {
        self.selected = index.min(self.ids.len().saturating_sub(1));
        self.keep_visible();
    }

    /// Selects an article, where the list has it.
    pub fn select_id(&mut self, id: ArticleId) {
        if let Some(index) = self.ids.iter().position(|i| *i == id) {
            self.select(index);
        }
    }

    /// Articles that a page holds, at least one.
    #[must_use]
    pub fn page(&self) -> usize {
        self.visible().len().max(1)
    }

    /// Indices on the screen with their first row, from the top; the last may be cut.
    #[must_use]
    pub fn visible(&self) -> Vec<(usize, u16)> {
        let mut found = Vec::new();
        let mut y = 0;
        for index in self.offset..self.ids.len() {
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

    fn height(&self, index: usize) -> u16 {
        let row = self.ids.get(index).and_then(|id| self.rows.get(id));
        let lines = row.map_or(1, |r| title_lines(&r.title, self.area.width).len());
        u16::try_from(lines).unwrap_or(1) + 2
    }

    fn keep_visible(&mut self) {
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

/// A title in the lines that a list of `width` columns shows: at most [`TITLE_LINES`], the last
/// ending in `…` where words are left out.
#[must_use]
pub fn title_lines(title: &str, width: u16) -> Vec<String> {
    let width = width.saturating_sub(MARGIN).max(1);
    let lines = wrap(title, Options { width, language: Language::Other });
    let cut = lines.len() > TITLE_LINES;
    let mut shown: Vec<String> = lines
        .into_iter()
        .take(TITLE_LINES)
        .map(|l| title.get(l.range).unwrap_or_default().to_owned())
        .collect();
    if cut && let Some(last) = shown.last_mut() {
        *last = super::show::clip(&format!("{last} …"), usize::from(width));
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Published, Source};

    fn row(id: u32, title: &str) -> ArticleRow {
        ArticleRow {
            id: ArticleId(id),
            title: title.to_owned(),
            title_derived: false,
            source: Source::default(),
            published: Published::Unknown,
            minutes: 1,
            read: false,
            starred: false,
            story: None,
            tags: Vec::new(),
            notes: 0,
        }
    }

    fn list(count: u32) -> List {
        let mut list = List::default();
        list.set_area(Area { x: 0, y: 0, width: 30, height: 10 });
        let rows: Vec<ArticleRow> = (0..count).map(|i| row(i, "Kurzer Titel")).collect();
        list.replace(rows.iter().map(|r| r.id).collect(), rows, count as usize);
        list
    }

    #[test]
    fn selection_stays_visible_when_it_moves_below_the_pane() {
        let mut list = list(50);
        for _ in 0..40 {
            list.step(1);
            let visible = list.visible();
            let (_, y) = visible.iter().find(|(i, _)| *i == list.selected()).copied().expect("visible");
            assert!(y + 2 <= 10, "the selected row shows whole: {y}");
        }
        list.step(-100);
        assert_eq!(list.visible().first(), Some(&(0, 0)));
    }

    #[test]
    fn the_selected_article_stays_selected_in_a_new_order() {
        let mut list = list(5);
        list.select(3);
        let ids: Vec<ArticleId> = list.ids().iter().rev().copied().collect();
        list.replace(ids, Vec::new(), 0);
        assert_eq!(list.selected_id(), Some(ArticleId(3)));
        assert_eq!(list.selected(), 1);
    }

    #[test]
    fn rows_that_are_not_loaded_are_asked_for() {
        let mut list = List::default();
        list.set_area(Area { x: 0, y: 0, width: 30, height: 10 });
        list.replace((0..1000).map(ArticleId).collect(), Vec::new(), 0);
        assert!(list.missing().contains(&ArticleId(0)));
        list.add_rows((0..300).map(|i| row(i, "T")).collect());
        assert!(list.missing().is_empty());
    }

    #[test]
    fn a_long_title_ends_in_an_ellipsis() {
        let lines = title_lines("Ein sehr langer Titel, der auf zwei Zeilen keinen Platz hat", 24);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…'), "{lines:?}");
    }
}
