//! Where the panes are: made by the ui's layout, read by the app.

/// A rectangle of terminal cells; without size where a pane is not shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Leftmost column.
    pub x: u16,
    /// Topmost row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// Whether anything of it is shown.
    #[must_use]
    pub fn is_shown(self) -> bool {
        self.width > 0 && self.height > 0
    }

    /// Whether the cell lies inside.
    #[must_use]
    pub fn holds(self, x: u16, y: u16) -> bool {
        (self.x..self.x.saturating_add(self.width)).contains(&x)
            && (self.y..self.y.saturating_add(self.height)).contains(&y)
    }
}

/// The panes of the current screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Viewport {
    /// The whole terminal.
    pub screen: Area,
    /// Article list, list of hits or of stories.
    pub list: Area,
    /// Reading pane, or the passage beside the hits.
    pub reader: Area,
    /// Columns of a line in the reading pane.
    pub measure: u16,
    /// Entities.
    pub panel: Area,
    /// Facts or other rows of the comparison.
    pub facts: Area,
    /// The outlets' own words in the comparison.
    pub evidence: Area,
    /// Rows that the words of the selected fact take.
    pub evidence_rows: usize,
    /// Outlet columns that fit.
    pub columns: usize,
    /// Palette or help.
    pub overlay: Area,
}
