//! Go to anything: commands, headlines, sources, entities, by some of their letters.

use super::action::{ACTIONS, Action, Scope};
use super::edit::EditLine;
use super::effect::Candidate;
use crate::model::{Locale, Span};
use crate::search::fuzzy;

/// Rows shown at most; more than a screen holds are no help in picking.
const SHOWN: usize = 200;

/// What a row of the picker stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// An action.
    Action(Action),
    /// An article, outlet or entity.
    Candidate(Candidate),
}

/// A row of the picker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickRow {
    /// Index into the items.
    pub index: usize,
    /// Matched letters.
    pub matched: Vec<Span>,
}

/// The picker.
#[derive(Clone, Debug, Default)]
pub struct Picker {
    /// What is typed.
    pub line: EditLine,
    items: Vec<(Pick, String)>,
    rows: Vec<PickRow>,
    selected: usize,
    offset: usize,
    height: u16,
}

impl Picker {
    /// All actions that do something in `scope`, then the candidates.
    #[must_use]
    pub fn new(scope: Scope, locale: Locale) -> Self {
        let useful = |scopes: &[Scope]| scopes.contains(&Scope::Global) || scopes.contains(&scope);
        let items = ACTIONS
            .iter()
            .filter(|i| useful(i.scopes))
            .map(|i| (Pick::Action(i.action), i.describe(locale).to_owned()))
            .collect();
        let mut picker = Self { items, ..Self::default() };
        picker.arrange();
        picker
    }

    /// Adds what one can go to by name.
    pub fn add(&mut self, candidates: Vec<Candidate>) {
        self.items.extend(candidates.into_iter().map(|c| {
            let name = match &c {
                Candidate::Headline(_, name) | Candidate::Source(name) | Candidate::Entity(_, name) => {
                    name.clone()
                }
            };
            (Pick::Candidate(c), name)
        }));
        self.arrange();
    }

    /// Fits the rows to what is typed.
    pub fn arrange(&mut self) {
        let names: Vec<&str> = self.items.iter().map(|(_, name)| name.as_str()).collect();
        self.rows = if self.line.text().trim().is_empty() {
            (0..names.len().min(SHOWN)).map(|index| PickRow { index, matched: Vec::new() }).collect()
        } else {
            let picked = fuzzy::pick(self.line.text(), &names, SHOWN);
            picked.into_iter().map(|p| PickRow { index: p.index, matched: p.matched }).collect()
        };
        self.select(0);
    }

    /// Rows that fit.
    #[must_use]
    pub fn rows(&self) -> &[PickRow] {
        &self.rows
    }

    /// What a row stands for, and its name.
    #[must_use]
    pub fn item(&self, row: &PickRow) -> Option<(&Pick, &str)> {
        self.items.get(row.index).map(|(pick, name)| (pick, name.as_str()))
    }

    /// Index of the selected row.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// First row on the screen.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// What the selected row stands for.
    #[must_use]
    pub fn picked(&self) -> Option<Pick> {
        let row = self.rows.get(self.selected)?;
        self.items.get(row.index).map(|(pick, _)| pick.clone())
    }

    /// Takes the rows that fit on the screen.
    pub fn set_height(&mut self, height: u16) {
        self.height = height;
        self.select(self.selected);
    }

    /// Moves the selection.
    pub fn step(&mut self, steps: isize) {
        self.select(self.selected.saturating_add_signed(steps));
    }

    fn select(&mut self, index: usize) {
        self.selected = index.min(self.rows.len().saturating_sub(1));
        let height = usize::from(self.height.max(1));
        self.offset = self.offset.min(self.selected).max((self.selected + 1).saturating_sub(height));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_find_a_command_without_regard_to_umlauts() {
        let mut picker = Picker::new(Scope::List, Locale::German);
        picker.line.insert("ruckg");
        picker.arrange();
        assert!(picker.rows().iter().any(|r| picker.item(r).is_some_and(|(_, n)| n.contains("ückg"))));
    }

    #[test]
    fn names_are_offered_beside_commands() {
        let mut picker = Picker::new(Scope::List, Locale::German);
        picker.add(vec![Candidate::Source("Tagesblatt".to_owned())]);
        picker.line.insert("tagbl");
        picker.arrange();
        assert_eq!(picker.picked(), Some(Pick::Candidate(Candidate::Source("Tagesblatt".to_owned()))));
    }
}
