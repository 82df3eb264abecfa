//! Asking: each request has a number, and the newest of its kind is the one awaited.

use std::path::PathBuf;

use super::awaited::Kind;
use super::effect::{Effect, Ticket};
use super::{App, Landing, Overlay};
use crate::model::{ArticleId, Progress};

impl App {
    pub(super) fn ask(&mut self, kind: Kind) -> Ticket {
        self.tickets += 1;
        let ticket = Ticket(self.tickets);
        self.awaited.0[kind as usize] = Some(ticket);
        ticket
    }

    pub(super) fn ask_list(&mut self) -> Vec<Effect> {
        self.ask_list_again(false)
    }

    /// Asks for the list once more, after the library has changed.
    pub(super) fn refresh_list(&mut self) -> Vec<Effect> {
        let is_refresh = self.list.loaded;
        self.ask_list_again(is_refresh)
    }

    pub(super) fn ask_list_again(&mut self, is_refresh: bool) -> Vec<Effect> {
        let ticket = self.ask(Kind::List);
        let filter = self.list.filter.text().trim().to_owned();
        let near = self.list.near();
        vec![Effect::List { ticket, view: self.list.view.clone(), filter, near, is_refresh }]
    }

    pub(super) fn ask_folders(&mut self) -> Vec<Effect> {
        let ticket = self.ask(Kind::Folders);
        vec![Effect::Folders { ticket }]
    }

    /// Has the articles of saved searches counted; not before the index has all of them.
    pub(super) fn ask_counts(&mut self) -> Vec<Effect> {
        let is_wanted = self.prepared && self.list.saved().next().is_some();
        if is_wanted && !self.awaited.waits_for(Kind::Folders) { self.ask_folders() } else { Vec::new() }
    }

    pub(super) fn ask_rows(&mut self) -> Vec<Effect> {
        let ids = self.list.missing();
        // While a request is under way its rows may be the missing ones.
        let under_way = [Kind::List, Kind::Rows].iter().any(|k| self.awaited.0[*k as usize].is_some());
        if ids.is_empty() || under_way {
            return Vec::new();
        }
        let ticket = self.ask(Kind::Rows);
        vec![Effect::Rows { ticket, ids }]
    }

    /// Asks for stories that came into sight.
    pub(super) fn ask_stories(&mut self) -> Vec<Effect> {
        if self.awaited.waits_for(Kind::Stories) {
            return Vec::new();
        }
        let Some((from, count)) = self.stories.missing() else { return Vec::new() };
        let ticket = self.ask(Kind::Stories);
        vec![Effect::Stories { ticket, from, count }]
    }

    pub(super) fn ask_open(&mut self, id: ArticleId, landing: Landing) -> Vec<Effect> {
        let mut effects = self.keep_place();
        self.landing = landing;
        effects.push(self.reopen(id));
        effects
    }

    /// Asks for an article that is in the reading pane, or on the way there.
    pub(super) fn reopen(&mut self, id: ArticleId) -> Effect {
        self.opening = id;
        Effect::Open { ticket: self.ask(Kind::Open), id, beside: false }
    }

    /// The article of the reading pane: the one that is being opened, else the one shown.
    pub(super) fn soon_in_reader(&self) -> Option<ArticleId> {
        if self.awaited.waits_for(Kind::Open) { Some(self.opening) } else { self.reader.id() }
    }

    pub(super) fn ask_import(&mut self, path: &str) -> Vec<Effect> {
        let path = path.trim();
        if path.is_empty() {
            return Vec::new();
        }
        let ticket = self.ask(Kind::Import);
        self.progress = Some(Progress::default());
        self.imported = 0;
        self.overlay = Some(Overlay::Importing);
        vec![Effect::Import { ticket, paths: vec![PathBuf::from(path)] }]
    }
}
