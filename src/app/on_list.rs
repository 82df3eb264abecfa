//! Actions on the article list: moving, folders, order, heads.

use super::action::Action;
use super::effect::{Effect, FolderPlace};
use super::words::Word;
use super::{App, Pane};
use crate::model::{Filter, Gathering, Sort, StoryId, View};

/// Settings of the list.
pub const SORT: &str = "list.sort";
/// Heads in the list.
pub const GATHERING: &str = "list.gathering";

/// Orders, as settings spell them.
const SORTS: [(Sort, &str, Word); 5] = [
    (Sort::Date, "date", Word::ByDate),
    (Sort::Source, "source", Word::BySource),
    (Sort::Story, "story", Word::ByStory),
    (Sort::Added, "added", Word::ByAdded),
    (Sort::Relevance, "relevance", Word::ByRelevance),
];

/// Heads, as settings spell them.
const GATHERINGS: [(Gathering, &str, Word); 4] = [
    (Gathering::None, "none", Word::NotGathered),
    (Gathering::Day, "day", Word::GatheredByDay),
    (Gathering::Source, "source", Word::GatheredBySource),
    (Gathering::Story, "story", Word::GatheredByStory),
];

/// The order that a setting names; by date where it names none.
#[must_use]
pub fn sort_named(name: &str) -> Sort {
    SORTS.iter().find(|(_, n, _)| *n == name).map_or(Sort::Date, |(sort, _, _)| *sort)
}

/// The heads that a setting names; none where it names none.
#[must_use]
pub fn gathering_named(name: &str) -> Gathering {
    GATHERINGS.iter().find(|(_, n, _)| *n == name).map_or(Gathering::None, |(g, _, _)| *g)
}

impl App {
    pub(super) fn update_list(&mut self, action: Action) -> Vec<Effect> {
        let page = isize::try_from(self.list.page()).unwrap_or(1);
        match action {
            Action::Up => self.list.step(-1),
            Action::Down => self.list.step(1),
            Action::PageUp => self.list.step(-page),
            Action::PageDown => self.list.step(page),
            Action::HalfPageUp => self.list.step(-(page / 2).max(1)),
            Action::HalfPageDown => self.list.step((page / 2).max(1)),
            Action::Top => self.list.select(0),
            Action::Bottom => self.list.select(usize::MAX),
            Action::Open => return self.open_selected(),
            Action::Delete => return self.delete_saved(),
            Action::Rename => return self.rename_saved(),
            _ => return Vec::new(),
        }
        self.preview()
    }

    pub(super) fn open_selected(&mut self) -> Vec<Effect> {
        if let Some(place) = self.list.selected_folder().map(|f| f.place.clone()) {
            return self.open_folder(place);
        }
        let Some(id) = self.list.selected_id() else { return Vec::new() };
        self.focus = Pane::Reader;
        let mut effects = Vec::new();
        if self.reader.id() == Some(id) {
            effects.extend(self.read_by_opening());
        } else {
            let landing = self.landing_in_list();
            effects.extend(self.ask_open(id, landing));
        }
        effects
    }

    /// Lists what a folder holds.
    pub(super) fn open_folder(&mut self, place: FolderPlace) -> Vec<Effect> {
        match place {
            FolderPlace::View(filter) => self.show_list(filter),
            FolderPlace::Saved(saved) => {
                self.turn_to_list();
                let sort = if saved.by_date { Sort::Date } else { Sort::Relevance };
                let view = View { sort, ..View::default() };
                self.list.enter(view, &saved.query, Some(saved.name));
                self.ask_list()
            }
        }
    }

    /// Lists the articles that a filter lets through.
    pub(super) fn show_list(&mut self, filter: Filter) -> Vec<Effect> {
        self.turn_to_list();
        self.list.enter(View { filter, ..View::default() }, "", None);
        self.ask_list()
    }

    fn turn_to_list(&mut self) {
        self.screens.truncate(1);
        self.focus = Pane::List;
        self.zen = false;
    }

    /// Lists the articles of one story.
    pub(super) fn show_story(&mut self, story: StoryId) -> Vec<Effect> {
        self.show_list(Filter::Story(story))
    }

    pub(super) fn next_order(&mut self) -> Vec<Effect> {
        let has_query = !self.list.filter.text().trim().is_empty();
        let at = SORTS.iter().position(|(sort, ..)| *sort == self.list.view.sort).unwrap_or(0);
        let mut next = SORTS[(at + 1) % SORTS.len()];
        if next.0 == Sort::Relevance && !has_query {
            next = SORTS[0];
        }
        self.list.view.sort = next.0;
        self.say(next.2);
        let mut effects = self.ask_list();
        if self.list.is_whole() && next.0 != Sort::Relevance {
            effects.push(Effect::Setting { name: SORT, value: next.1.to_owned() });
        }
        effects
    }

    pub(super) fn next_gathering(&mut self) -> Vec<Effect> {
        let at = GATHERINGS.iter().position(|(g, ..)| *g == self.list.view.gathering).unwrap_or(0);
        let next = GATHERINGS[(at + 1) % GATHERINGS.len()];
        self.list.view.gathering = next.0;
        self.say(next.2);
        let mut effects = self.ask_list();
        if self.list.is_whole() {
            effects.push(Effect::Setting { name: GATHERING, value: next.1.to_owned() });
        }
        effects
    }

    /// Asks for the list without a query, which can no longer be ordered by relevance.
    pub(super) fn leave_relevance(&mut self) -> Vec<Effect> {
        if self.list.view.sort == Sort::Relevance {
            self.list.view.sort = Sort::Date;
        }
        self.ask_list()
    }

    /// The next head of a gathered list, or the next note in the text.
    pub(super) fn step_part(&mut self, forward: bool) -> Vec<Effect> {
        if self.focus() != Pane::List {
            self.focus = Pane::Reader;
            let found = self.reader.step_note(forward);
            return if found { Vec::new() } else { self.say(Word::NoMoreNotes) };
        }
        if self.list.heads().is_empty() {
            return self.say(Word::NotGathered);
        }
        self.list.step_head(forward);
        self.preview()
    }

    pub(super) fn step_unread(&mut self, forward: bool) -> Vec<Effect> {
        if self.list.step_unread(forward) { self.preview() } else { self.say(Word::NothingUnread) }
    }
}
