//! The picker: opening it, asking for what fits, going there.

use super::action::Action;
use super::effect::{Candidate, Effect, Fit, FolderPlace};
use super::picker::{Pick, Picker};
use super::{App, Kind, Landing, Overlay, Pane, Screen};
use crate::model::Filter;

impl App {
    pub(super) fn open_picker(&mut self) -> Vec<Effect> {
        let picker = Picker::new(self.scope(), self.locale);
        self.overlay = Some(Overlay::Picker(Box::new(picker)));
        self.ask_candidates()
    }

    /// Asks for what fits the typed letters.
    pub(super) fn ask_candidates(&mut self) -> Vec<Effect> {
        let Some(Overlay::Picker(picker)) = &self.overlay else { return Vec::new() };
        let typed = picker.line.text().trim().to_owned();
        let ticket = self.ask(Kind::Candidates);
        vec![Effect::Candidates { ticket, typed }]
    }

    /// Takes what fits; goes there where Enter did not wait for it.
    pub(super) fn offered(&mut self, candidates: Vec<Fit>) -> Vec<Effect> {
        let Some(Overlay::Picker(picker)) = &mut self.overlay else { return Vec::new() };
        picker.offer(candidates);
        if picker.enters { self.pick() } else { Vec::new() }
    }

    pub(super) fn update_picker(&mut self, action: Action) -> Vec<Effect> {
        let Some(Overlay::Picker(picker)) = &mut self.overlay else { return Vec::new() };
        let page = isize::from(i16::try_from(self.viewport.overlay.height.max(2) - 1).unwrap_or(i16::MAX));
        match action {
            Action::Up => picker.step(-1),
            Action::Down => picker.step(1),
            Action::PageUp => picker.step(-page),
            Action::PageDown => picker.step(page),
            // What was typed before is not what Enter means.
            Action::Open if picker.is_waiting() => picker.enters = true,
            Action::Open => return self.pick(),
            _ => {}
        }
        Vec::new()
    }

    fn pick(&mut self) -> Vec<Effect> {
        let Some(Overlay::Picker(picker)) = self.overlay.take() else { return Vec::new() };
        self.awaited.forget(Kind::Candidates);
        picker.picked().map_or_else(Vec::new, |pick| self.go_to(pick))
    }

    fn go_to(&mut self, pick: Pick) -> Vec<Effect> {
        let candidate = match pick {
            Pick::Action(action) => return self.update(action),
            Pick::Search(query) => return self.search_for(&query),
            Pick::Candidate(candidate) => candidate,
        };
        match candidate {
            Candidate::Headline(id, _) => {
                self.screens.truncate(1);
                self.list.select_id(id);
                self.focus = Pane::Reader;
                if self.list.selected_id() != Some(id) {
                    self.screens.push(Screen::Article);
                }
                self.ask_open(id, Landing::Place)
            }
            Candidate::Source(name) => self.show_list(Filter::Source(name)),
            Candidate::Entity(kind, canonical) => self.show_entity(kind, canonical),
            Candidate::Story(story, ..) => self.show_story(story),
            Candidate::Tag(name) => self.show_list(Filter::Tagged(name)),
            Candidate::Saved(saved) => self.open_folder(FolderPlace::Saved(saved)),
            Candidate::Searched(query) => self.search_for(&query),
        }
    }
}
