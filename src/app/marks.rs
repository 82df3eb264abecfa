//! Read, starred, reading place: changes, kept and undone.

use super::effect::Effect;
use super::history::Change;
use super::notice::Notice;
use super::words::{self, Word, word};
use super::{App, Pane, Screen};
use crate::model::{ArticleId, ReadState};

impl App {
    /// The article that marks apply to.
    pub(super) fn current_article(&self) -> Option<ArticleId> {
        match self.screen() {
            Screen::Main => match self.focus() {
                Pane::List => self.list.selected_id(),
                Pane::Reader | Pane::Panel => self.reader.id(),
            },
            Screen::Article => self.reader.id(),
            Screen::Search => self.finder.selected_hit().map(|(hit, _)| hit.id),
            Screen::Comparison => self.comparing.target().map(|(id, _)| id),
            Screen::Stories => None,
        }
    }

    fn state_of(&self, id: ArticleId) -> ReadState {
        if let Some(article) = self.reader.article().filter(|a| a.id == id) {
            return article.state;
        }
        let found = self.finder.rows.iter().find(|r| r.id == id);
        let row = self.list.row(id).or(found);
        row.map_or_else(ReadState::default, |r| ReadState { read: r.read, starred: r.starred, place: 0 })
    }

    /// Puts states on what is shown, without asking anybody.
    pub(super) fn apply(&mut self, states: &[(ArticleId, ReadState)]) {
        for &(id, state) in states {
            self.list.change(id, |row| {
                row.read = state.read;
                row.starred = state.starred;
            });
            for row in self.finder.rows.iter_mut().filter(|r| r.id == id) {
                row.read = state.read;
                row.starred = state.starred;
            }
            self.reader.change(id, |article| {
                article.state.read = state.read;
                article.state.starred = state.starred;
            });
        }
    }

    fn change(&mut self, states: Vec<(ArticleId, ReadState, ReadState)>) -> Vec<Effect> {
        let changes: Vec<(ArticleId, ReadState)> = states.iter().map(|&(id, _, after)| (id, after)).collect();
        self.history.record(Change { states });
        self.apply(&changes);
        vec![Effect::Store { changes, by_hand: true }]
    }

    pub(super) fn toggle_read(&mut self) -> Vec<Effect> {
        let Some(id) = self.current_article() else { return Vec::new() };
        let before = self.state_of(id);
        let after = ReadState { read: !before.read, ..before };
        self.notice = Some(Notice::plain(words::marked(Some(after.read), None, self.locale)));
        self.change(vec![(id, before, after)])
    }

    pub(super) fn toggle_star(&mut self) -> Vec<Effect> {
        let Some(id) = self.current_article() else { return Vec::new() };
        let before = self.state_of(id);
        let after = ReadState { starred: !before.starred, ..before };
        self.notice = Some(Notice::plain(words::marked(None, Some(after.starred), self.locale)));
        self.change(vec![(id, before, after)])
    }

    /// Marks all articles of the list as read, those without a loaded row too.
    pub(super) fn mark_all_read(&mut self) -> Vec<Effect> {
        let unread: Vec<ArticleId> =
            self.list.ids().iter().copied().filter(|id| !self.state_of(*id).read).collect();
        if unread.is_empty() {
            self.notice = Some(Notice::plain(word(Word::NothingUnread, self.locale)));
            return Vec::new();
        }
        let states = unread
            .into_iter()
            .map(|id| {
                let before = self.state_of(id);
                (id, before, ReadState { read: true, ..before })
            })
            .collect::<Vec<_>>();
        self.notice = Some(Notice::plain(words::all_read(states.len(), self.locale)));
        self.change(states)
    }

    pub(super) fn undo(&mut self) -> Vec<Effect> {
        let states = self.history.undo();
        self.restore(states, Word::Undone, Word::NothingToUndo)
    }

    pub(super) fn redo(&mut self) -> Vec<Effect> {
        let states = self.history.redo();
        self.restore(states, Word::Redone, Word::NothingToRedo)
    }

    fn restore(
        &mut self,
        states: Option<Vec<(ArticleId, ReadState)>>,
        done: Word,
        nothing: Word,
    ) -> Vec<Effect> {
        let Some(changes) = states else {
            self.notice = Some(Notice::plain(word(nothing, self.locale)));
            return Vec::new();
        };
        self.apply(&changes);
        self.notice = Some(Notice::plain(word(done, self.locale)));
        vec![Effect::Store { changes, by_hand: true }]
    }

    /// Marks the article being read as read, as opening it does; not written to a library that does
    /// not exist yet.
    pub(super) fn read_by_opening(&mut self) -> Vec<Effect> {
        let Some(article) = self.reader.article().filter(|a| !a.state.read) else { return Vec::new() };
        let (id, state) = (article.id, ReadState { read: true, ..article.state });
        self.apply(&[(id, state)]);
        vec![Effect::Store { changes: vec![(id, state)], by_hand: false }]
    }

    /// Keeps the reading place of the article that is being left.
    pub(super) fn keep_place(&mut self) -> Vec<Effect> {
        let place = u32::try_from(self.reader.place()).unwrap_or(u32::MAX);
        let Some(article) = self.reader.article().filter(|a| a.state.place != place) else {
            return Vec::new();
        };
        let (id, state) = (article.id, ReadState { place, ..article.state });
        self.reader.change(id, |a| a.state.place = place);
        vec![Effect::Store { changes: vec![(id, state)], by_hand: false }]
    }
}
