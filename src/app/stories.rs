//! The list of stories: how many there are, and rows around the screen only.

use std::collections::HashMap;

use crate::model::StoryRow;

/// Rows that a story takes: title, counts, blank.
pub const STORY_ROWS: u16 = 3;

/// Stories fetched at once.
const WINDOW: usize = 100;

/// Stories and where one is among them.
#[derive(Clone, Debug, Default)]
pub struct Stories {
    /// The first answer has arrived.
    pub loaded: bool,
    total: usize,
    rows: HashMap<usize, StoryRow>,
    selected: usize,
    offset: usize,
    height: u16,
}

impl Stories {
    /// Takes some of the stories.
    pub fn take(&mut self, from: usize, rows: Vec<StoryRow>, total: usize) {
        if self.total != total {
            self.rows.clear();
        }
        self.total = total;
        self.rows.extend((from..).zip(rows));
        self.loaded = true;
        self.select(self.selected);
    }

    /// Forgets what was fetched, to be asked for again.
    pub fn forget(&mut self) {
        self.rows.clear();
        self.loaded = false;
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.total
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// A story, where it is fetched.
    #[must_use]
    pub fn row(&self, index: usize) -> Option<&StoryRow> {
        self.rows.get(&index)
    }

    /// Index of the selected one.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The selected one.
    #[must_use]
    pub fn selected_row(&self) -> Option<&StoryRow> {
        self.rows.get(&self.selected)
    }

    /// First story on the screen.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Where to begin to fetch, and how many, where a story on the screen is missing.
    #[must_use]
    pub fn missing(&self) -> Option<(usize, usize)> {
        let end = (self.offset + self.page() + 1).min(self.total);
        let is_missing = !self.loaded || (self.offset..end).any(|i| !self.rows.contains_key(&i));
        is_missing.then(|| (self.offset.saturating_sub(WINDOW / 4), WINDOW))
    }

    /// Takes the pane's height.
    pub fn set_height(&mut self, height: u16) {
        self.height = height;
        self.select(self.selected);
    }

    /// Moves the selection.
    pub fn step(&mut self, steps: isize) {
        self.select(self.selected.saturating_add_signed(steps));
    }

    /// Stories on a page.
    #[must_use]
    pub fn page(&self) -> usize {
        usize::from(self.height / STORY_ROWS).max(1)
    }

    fn select(&mut self, index: usize) {
        self.selected = index.min(self.total.saturating_sub(1));
        self.offset = self.offset.min(self.selected).max((self.selected + 1).saturating_sub(self.page()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::StoryId;

    #[test]
    fn stories_out_of_sight_are_asked_for_when_they_come_into_it() {
        let row = |id| StoryRow {
            id: StoryId(id),
            title: String::new(),
            articles: Vec::new(),
            related: Vec::new(),
        };
        let mut stories = Stories::default();
        stories.set_height(30);
        assert_eq!(stories.missing(), Some((0, 100)));
        stories.take(0, (0..100).map(row).collect(), 5000);
        assert_eq!(stories.missing(), None);
        stories.step(4000);
        assert!(stories.selected_row().is_none());
        let (from, count) = stories.missing().unwrap();
        assert!(from <= 3991 && from + count > 4000);
        let first = u32::try_from(from).unwrap();
        stories.take(from, (first..first + 100).map(row).collect(), 5000);
        assert_eq!(stories.selected_row().map(|r| r.id), Some(StoryId(4000)));
    }
}
