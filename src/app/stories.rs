//! The list of stories.

use crate::model::StoryRow;

/// Rows that a story takes: title, counts, blank.
pub const STORY_ROWS: u16 = 3;

/// Stories and where one is among them.
#[derive(Clone, Debug, Default)]
pub struct Stories {
    /// The first answer has arrived.
    pub loaded: bool,
    rows: Vec<StoryRow>,
    selected: usize,
    offset: usize,
    height: u16,
}

impl Stories {
    /// Takes the stories.
    pub fn replace(&mut self, rows: Vec<StoryRow>) {
        self.rows = rows;
        self.loaded = true;
        self.select(self.selected);
    }

    /// All stories.
    #[must_use]
    pub fn rows(&self) -> &[StoryRow] {
        &self.rows
    }

    /// Index of the selected one.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The selected one.
    #[must_use]
    pub fn selected_row(&self) -> Option<&StoryRow> {
        self.rows.get(self.selected)
    }

    /// First story on the screen.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
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
        self.selected = index.min(self.rows.len().saturating_sub(1));
        self.offset = self.offset.min(self.selected).max((self.selected + 1).saturating_sub(self.page()));
    }
}
