//! Actions on list, reader and entities.

use super::action::Action;
use super::edit::EditLine;
use super::effect::Effect;
use super::notice::Notice;
use super::words::{self, Word};
use super::{App, Kind, Landing, Pane, Screen};
use crate::model::{ArticleId, Filter};

impl App {
    pub(super) fn update_main(&mut self, action: Action) -> Vec<Effect> {
        let taken = match self.focus() {
            Pane::Reader => self.update_passage(action),
            Pane::Panel => self.update_panel_note(action),
            Pane::List => None,
        };
        if let Some(effects) = taken {
            return effects;
        }
        match action {
            Action::Back => self.leave(),
            Action::NextPane => self.step_pane(true),
            Action::PreviousPane => self.step_pane(false),
            Action::Right => self.step_in(),
            Action::Left => self.step_out(),
            Action::Entities => self.toggle_panel(),
            Action::Find => self.open_filter(),
            Action::Compare => self.compare_current(),
            Action::Mark => self.mark_for_comparison(),
            Action::NextArticle => self.step_article(1),
            Action::PreviousArticle => self.step_article(-1),
            Action::Order => self.next_order(),
            Action::Gather => self.next_gathering(),
            Action::NextPart => self.step_part(true),
            Action::PreviousPart => self.step_part(false),
            Action::Next => self.step_next(true),
            Action::Previous => self.step_next(false),
            _ => match self.focus() {
                Pane::List => self.update_list(action),
                Pane::Reader => self.update_reader(action),
                Pane::Panel => self.update_panel(action),
            },
        }
    }

    /// Shows the selected article in the reading pane, without marking it as read.
    pub(super) fn preview(&mut self) -> Vec<Effect> {
        let Some(id) = self.list.selected_id() else {
            let effects = self.keep_place();
            self.reader.clear();
            self.panel.clear();
            self.awaited.forget(Kind::Open);
            return effects;
        };
        if self.reader.id() == Some(id) { Vec::new() } else { self.ask_open(id, self.landing_in_list()) }
    }

    /// Where articles of the list open: at the mentions of the entity that the list is about.
    pub(super) fn landing_in_list(&self) -> Landing {
        match &self.list.view.filter {
            Filter::Entity { kind, canonical } => Landing::Entity(*kind, canonical.clone()),
            _ => Landing::Place,
        }
    }

    fn update_reader(&mut self, action: Action) -> Vec<Effect> {
        let moved = self.reader.obey(action);
        // A page on from the end leads to the next article.
        if action == Action::PageDown && moved == Some(false) { self.step_article(1) } else { Vec::new() }
    }

    fn update_panel(&mut self, action: Action) -> Vec<Effect> {
        let page = isize::try_from(self.viewport.panel.height.max(2) - 1).unwrap_or(1);
        match action {
            Action::Up => self.panel.step(-1),
            Action::Down => self.panel.step(1),
            Action::PageUp | Action::HalfPageUp => self.panel.step(-page),
            Action::PageDown | Action::HalfPageDown => self.panel.step(page),
            Action::Top => self.panel.select(0),
            Action::Bottom => self.panel.select(usize::MAX),
            Action::Open => return self.open_entity(),
            _ => {}
        }
        Vec::new()
    }

    /// Lights the mentions of the selected entity; the second time lists all articles with it.
    fn open_entity(&mut self) -> Vec<Effect> {
        use super::panel::PanelRow;
        match self.panel.selected_row() {
            Some(PanelRow::Figure(index)) => {
                if let Some(figure) = self.reader.analysis().figures.get(index) {
                    let span = figure.span;
                    self.reader.set_evidence(vec![span]);
                }
                Vec::new()
            }
            Some(PanelRow::Entity(_)) => {
                let Some(entity) = self.panel.selected_entity().map(|c| c.entity.clone()) else {
                    return Vec::new();
                };
                let index = entity_index(&self.reader, entity.kind, &entity.canonical);
                if index.is_some() && self.reader.lit() == index {
                    return self.show_entity(entity.kind, entity.canonical);
                }
                self.reader.light(index);
                Vec::new()
            }
            _ => self.say(Word::NoEntityChosen),
        }
    }

    fn step_pane(&mut self, forward: bool) -> Vec<Effect> {
        let shown = |pane: Pane| match pane {
            Pane::List => self.screen() == Screen::Main && !self.zen,
            Pane::Reader => self.reader.article().is_some(),
            // Where the panel has no column of its own it lies over the reader.
            Pane::Panel => self.viewport.panel.is_shown(),
        };
        let order = if forward {
            [Pane::List, Pane::Reader, Pane::Panel]
        } else {
            [Pane::Panel, Pane::Reader, Pane::List]
        };
        let at = order.iter().position(|p| *p == self.focus()).unwrap_or(0);
        let next = (1..=order.len()).map(|step| order[(at + step) % order.len()]).find(|p| shown(*p));
        if let Some(next) = next {
            self.set_focus(next);
        }
        Vec::new()
    }

    pub(super) fn set_focus(&mut self, pane: Pane) {
        self.focus = pane;
    }

    fn step_in(&mut self) -> Vec<Effect> {
        match self.focus() {
            Pane::List => self.open_selected(),
            Pane::Reader => {
                self.focus = Pane::Panel;
                Vec::new()
            }
            Pane::Panel => Vec::new(),
        }
    }

    fn step_out(&mut self) -> Vec<Effect> {
        match self.focus() {
            Pane::List => Vec::new(),
            Pane::Reader if self.screen() == Screen::Article => self.back().unwrap_or_default(),
            Pane::Reader => {
                self.focus = Pane::List;
                self.zen = false;
                Vec::new()
            }
            Pane::Panel => {
                self.focus = Pane::Reader;
                Vec::new()
            }
        }
    }

    fn toggle_panel(&mut self) -> Vec<Effect> {
        self.focus = if self.focus() == Pane::Panel { Pane::Reader } else { Pane::Panel };
        self.zen = false;
        Vec::new()
    }

    fn open_filter(&mut self) -> Vec<Effect> {
        match self.focus() {
            Pane::List => self.list.filtering = true,
            Pane::Reader => self.reader.find = Some(EditLine::default()),
            Pane::Panel => self.panel.filtering = true,
        }
        Vec::new()
    }

    /// Keys of a filter or find line: Enter keeps it, Esc drops it.
    pub(super) fn update_filter(&mut self, action: Action) -> Vec<Effect> {
        let focus = self.focus();
        match (action, focus) {
            (Action::Open, Pane::List) => self.list.filtering = false,
            (Action::Open, Pane::Panel) => self.panel.filtering = false,
            (Action::Open, Pane::Reader) => self.reader.find = None,
            (Action::Back, Pane::List) => {
                self.list.filtering = false;
                self.list.filter.clear();
                return self.leave_relevance();
            }
            (Action::Back, Pane::Panel) => {
                self.panel.filtering = false;
                self.panel.filter.clear();
                self.panel.arrange();
            }
            (Action::Back, Pane::Reader) => {
                self.reader.find = None;
                self.reader.unlight();
            }
            (Action::QuitNow, _) => {
                self.quits = true;
                return self.keep_place();
            }
            (Action::Up | Action::Down | Action::PageUp | Action::PageDown, Pane::List) => {
                return self.update_list(action);
            }
            (Action::Up, Pane::Panel) => self.panel.step(-1),
            (Action::Down, Pane::Panel) => self.panel.step(1),
            (Action::Up, Pane::Reader) => {
                self.reader.step_match(false);
            }
            (Action::Down, Pane::Reader) => {
                self.reader.step_match(true);
            }
            _ => {}
        }
        Vec::new()
    }

    fn step_article(&mut self, steps: isize) -> Vec<Effect> {
        if self.screen() == Screen::Article {
            return self.step_beside(steps);
        }
        let before = self.list.selected_id();
        self.list.step(steps);
        if self.list.selected_id() == before {
            return Vec::new();
        }
        let Some(id) = self.list.selected_id() else { return Vec::new() };
        self.ask_open(id, Landing::Place)
    }

    /// From an article reached through a story or search: the neighbour there.
    fn step_beside(&mut self, steps: isize) -> Vec<Effect> {
        let ids: Vec<ArticleId> = match self.screens.iter().rev().nth(1) {
            Some(Screen::Search) => self.finder.hits.ids().to_vec(),
            _ => self.covered.clone(),
        };
        let at = self.reader.id().and_then(|id| ids.iter().position(|i| *i == id));
        let next = at.and_then(|at| at.checked_add_signed(steps)).and_then(|at| ids.get(at));
        next.map_or_else(Vec::new, |id| self.ask_open(*id, Landing::Place))
    }

    /// n and N: matches while there are some, else mentions of the lit entity, else unread articles.
    fn step_next(&mut self, forward: bool) -> Vec<Effect> {
        // A hit found by its title alone has no match in the text to stop at.
        if !self.reader.matches().0.is_empty() || self.is_walking_hits() {
            return if self.reader.step_match(forward) { Vec::new() } else { self.step_hit(forward) };
        }
        if self.reader.lit().is_some() {
            self.reader.step_mention(forward);
            return Vec::new();
        }
        self.step_unread(forward)
    }

    fn mark_for_comparison(&mut self) -> Vec<Effect> {
        let Some(id) = self.current_article() else { return Vec::new() };
        let marked = &mut self.list.marked;
        match marked.iter().position(|m| *m == id) {
            Some(at) => {
                marked.remove(at);
            }
            None => marked.push(id),
        }
        self.notice = Some(Notice::plain(words::chosen(self.list.marked.len(), self.locale)));
        Vec::new()
    }

    /// Compares the marked articles, or all of the current one's story.
    pub(super) fn compare_current(&mut self) -> Vec<Effect> {
        let articles = match self.list.marked.len() {
            0 => self.current_article().into_iter().collect(),
            1 => return self.say(Word::MarkMore),
            _ => self.list.marked.clone(),
        };
        if articles.is_empty() { self.say(Word::NothingToCompare) } else { self.ask_compare(articles, false) }
    }
}

/// The index of an entity in the analysis of the article being read.
pub(super) fn entity_index(
    reader: &super::reader::Reader,
    kind: crate::model::EntityKind,
    canonical: &str,
) -> Option<u32> {
    let at = reader.analysis().entities.iter().position(|e| e.kind == kind && e.canonical == canonical)?;
    u32::try_from(at).ok()
}
