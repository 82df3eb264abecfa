//! The searchable help, made from the table of actions and the keymap.

use super::action::{ACTIONS, Action, Group, Scope};
use super::edit::EditLine;
use super::keymap::Keymap;
use super::scrolling::Scrolling;
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
    scrolling: Scrolling,
    scope: Scope,
}

impl Help {
    /// Help for what can be done in `scope`.
    #[must_use]
    pub fn new(scope: Scope, keymap: &Keymap, locale: Locale, ascii: bool) -> Self {
        let mut help =
            Self { line: EditLine::default(), rows: Vec::new(), scrolling: Scrolling::default(), scope };
        help.arrange(keymap, locale, ascii);
        help
    }

    /// Fits the rows to what is typed.
    pub fn arrange(&mut self, keymap: &Keymap, locale: Locale, ascii: bool) {
        let wanted = fold(self.line.text().trim());
        self.rows.clear();
        self.scrolling.obey(Action::Top, 0);
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

    /// How far it is scrolled.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.scrolling.offset()
    }

    /// Takes the rows that fit.
    pub fn set_height(&mut self, height: u16) {
        self.scrolling.set_height(height, self.rows.len());
    }

    /// Scrolls as an action asks for; whether it is one that does.
    pub fn obey(&mut self, action: Action) -> bool {
        self.scrolling.obey(action, self.rows.len())
    }

    /// Scrolls by rows.
    pub fn scroll(&mut self, rows: isize) {
        self.scrolling.by(rows, self.rows.len());
    }
}
