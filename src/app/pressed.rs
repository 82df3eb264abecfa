//! Where keys and pasted text go.

use super::action::Scope;
use super::chord::Chord;
use super::effect::Effect;
use super::keymap::Found;
use super::{App, Overlay, Pane, Screen};

impl App {
    /// Where keys are looked up.
    #[must_use]
    pub fn scope(&self) -> Scope {
        match &self.overlay {
            Some(Overlay::Help(_)) => Scope::Help,
            Some(Overlay::Picker(_) | Overlay::Prompt(_) | Overlay::Details(_)) => Scope::Picker,
            Some(Overlay::Report(report)) if report.is_filtering => Scope::Picker,
            Some(Overlay::Report(_) | Overlay::Importing) => Scope::Report,
            None if self.is_filtering() => Scope::Picker,
            None => self.scope_of_screen(),
        }
    }

    /// Where keys would be looked up without the overlay.
    #[must_use]
    pub fn scope_below(&self) -> Scope {
        match &self.overlay {
            None => self.scope(),
            Some(Overlay::Help(help)) => help.scope(),
            Some(_) => self.scope_of_screen(),
        }
    }

    fn scope_of_screen(&self) -> Scope {
        match self.screen() {
            Screen::Search if !self.finder.in_hits => Scope::Search,
            Screen::Search => Scope::Hits,
            Screen::Comparison => Scope::Comparison,
            Screen::Stories => Scope::Stories,
            Screen::Versions => Scope::Versions,
            Screen::Main | Screen::Article => match self.focus() {
                Pane::List => Scope::List,
                Pane::Reader => Scope::Reader,
                Pane::Panel => Scope::Entities,
            },
        }
    }

    /// Whether a filter or the words to find in a pane are being typed.
    pub(super) fn is_filtering(&self) -> bool {
        match self.screen() {
            Screen::Main | Screen::Article => match self.focus() {
                Pane::List => self.list.filtering,
                Pane::Reader => self.reader.find.is_some(),
                Pane::Panel => self.panel.filtering,
            },
            Screen::Search | Screen::Comparison | Screen::Stories | Screen::Versions => false,
        }
    }

    /// Handles a key.
    pub fn key(&mut self, chord: Chord) -> Vec<Effect> {
        self.notice = None;
        self.finder.awaits = None;
        self.pending.push(chord);
        let scope = self.scope();
        match self.keymap.lookup(scope, &self.pending) {
            Found::Action(action) => {
                self.pending.clear();
                self.update(action)
            }
            Found::Pending => Vec::new(),
            Found::Nothing => {
                let first = self.pending.len() == 1;
                self.pending.clear();
                if first && scope.takes_text() { self.type_chord(chord) } else { Vec::new() }
            }
        }
    }

    /// Handles pasted text: into a line where one is typed, else nothing.
    pub fn paste(&mut self, text: &str) -> Vec<Effect> {
        let Some(line) = self.typed_line() else { return Vec::new() };
        line.insert(text.trim_end_matches(['\n', '\r']));
        self.typed()
    }
}
