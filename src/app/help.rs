//! The searchable help, made from the table of actions and the keymap.

use super::action::{ACTIONS, Action, Group, Scope};
use super::edit::EditLine;
use super::keymap::Keymap;
use crate::model::Locale;
use crate::text::fold::fold;

/// A row of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpRow {
    /// A group's heading.
    Heading(Group),
    /// Keys and what they do.
    Entry {
        /// The keys, joined.
        keys: String,
        /// What they do.
        what: &'static str,
        /// The action.
        action: Action,
    },
}

/// The help screen.
#[derive(Clone, Debug)]
pub struct Help {
    /// What is typed.
    pub line: EditLine,
    rows: Vec<HelpRow>,
    offset: usize,
    height: u16,
    scope: Scope,
}

impl Help {
    /// Help for what can be done in `scope`.
    #[must_use]
    pub fn new(scope: Scope, keymap: &Keymap, locale: Locale, ascii: bool) -> Self {
        let mut help = Self { line: EditLine::default(), rows: Vec::new(), offset: 0, height: 0, scope };
        help.arrange(keymap, locale, ascii);
        help
    }

    /// Fits the rows to what is typed.
    pub fn arrange(&mut self, keymap: &Keymap, locale: Locale, ascii: bool) {
        let wanted = fold(self.line.text().trim());
        self.rows.clear();
        self.offset = 0;
        for group in Group::ALL {
            let mut entries: Vec<HelpRow> = Vec::new();
            for info in ACTIONS.iter().filter(|i| i.group == group && i.holds_in(self.scope)) {
                let keys = keymap.chords(self.scope, info.action, locale, ascii);
                let what = info.describe(locale);
                if keys.is_empty() && wanted.is_empty() {
                    continue;
                }
                let keys = keys.join("  ");
                if wanted.is_empty() || fold(what).contains(&wanted) || fold(&keys).contains(&wanted) {
                    entries.push(HelpRow::Entry { keys, what, action: info.action });
                }
            }
            if !entries.is_empty() {
                self.rows.push(HelpRow::Heading(group));
                self.rows.append(&mut entries);
            }
        }
    }

    /// Where the help was asked for.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// All rows.
    #[must_use]
    pub fn rows(&self) -> &[HelpRow] {
        &self.rows
    }

    /// First row on the screen.
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
        let most = self.rows.len().saturating_sub(usize::from(self.height));
        self.offset = self.offset.saturating_add_signed(rows).min(most);
    }

    /// Rows of a page.
    #[must_use]
    pub fn page(&self) -> isize {
        isize::try_from(self.height.saturating_sub(1).max(1)).unwrap_or(1)
    }
}
