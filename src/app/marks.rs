//! Read, starred, reading place: changes, kept and undone.

use super::effect::Effect;
use super::history::Changes;
use super::notice::Notice;
use super::words::{self, Word};
use super::{App, Pane, Screen};
use crate::model::{ArticleId, ArticleRow, ReadState, StateChange};

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

    /// Puts changes on what is shown, without asking anybody.
    fn apply(&mut self, changes: &[(ArticleId, StateChange)]) {
        for &(id, change) in changes {
            let on_row = |row: &mut ArticleRow| {
                row.read = change.read.unwrap_or(row.read);
                row.starred = change.starred.unwrap_or(row.starred);
            };
            self.list.change(id, on_row);
            self.finder.rows.iter_mut().filter(|r| r.id == id).for_each(on_row);
            self.reader.change(id, |article| article.state = change.on(article.state));
        }
    }

    /// Makes a step of the user: shown, remembered for undo, and kept.
    fn step(&mut self, back: Changes, again: Changes) -> Vec<Effect> {
        self.history.record(back, again.clone());
        self.apply(&again);
        vec![Effect::Store { changes: again, by_hand: true }]
    }

    pub(super) fn toggle_read(&mut self) -> Vec<Effect> {
        let Some(id) = self.current_article() else { return Vec::new() };
        let was = self.state_of(id).read;
        self.notice = Some(Notice::plain(words::marked(Some(!was), None, self.locale)));
        self.step(vec![(id, read(was))], vec![(id, read(!was))])
    }

    pub(super) fn toggle_star(&mut self) -> Vec<Effect> {
        let Some(id) = self.current_article() else { return Vec::new() };
        let was = self.state_of(id).starred;
        let starred = |to| StateChange { starred: Some(to), ..StateChange::default() };
        self.notice = Some(Notice::plain(words::marked(None, Some(!was), self.locale)));
        self.step(vec![(id, starred(was))], vec![(id, starred(!was))])
    }

    /// Marks all articles of the list as read, those without a loaded row too.
    pub(super) fn mark_all_read(&mut self) -> Vec<Effect> {
        let unread: Vec<ArticleId> =
            self.list.ids().iter().copied().filter(|id| !self.state_of(*id).read).collect();
        if unread.is_empty() {
            return self.say(Word::NothingUnread);
        }
        self.notice = Some(Notice::plain(words::all_read(unread.len(), self.locale)));
        let all = |to| unread.iter().map(|id| (*id, read(to))).collect::<Changes>();
        self.step(all(false), all(true))
    }

    pub(super) fn undo(&mut self) -> Vec<Effect> {
        let changes = self.history.undo();
        self.restore(changes, Word::Undone, Word::NothingToUndo)
    }

    pub(super) fn redo(&mut self) -> Vec<Effect> {
        let changes = self.history.redo();
        self.restore(changes, Word::Redone, Word::NothingToRedo)
    }

    fn restore(&mut self, changes: Option<Changes>, done: Word, nothing: Word) -> Vec<Effect> {
        let Some(changes) = changes else { return self.say(nothing) };
        self.apply(&changes);
        self.say(done);
        vec![Effect::Store { changes, by_hand: true }]
    }

    /// Marks the article being read as read, as opening it does; not written to a library that does
    /// not exist yet.
    pub(super) fn read_by_opening(&mut self) -> Vec<Effect> {
        let Some(article) = self.reader.article().filter(|a| !a.state.read) else { return Vec::new() };
        let changes = vec![(article.id, read(true))];
        self.apply(&changes);
        vec![Effect::Store { changes, by_hand: false }]
    }

    /// Keeps the reading place of the article that is being left.
    pub(super) fn keep_place(&mut self) -> Vec<Effect> {
        let place = u32::try_from(self.reader.place()).unwrap_or(u32::MAX);
        let Some(article) = self.reader.article().filter(|a| a.state.place != place) else {
            return Vec::new();
        };
        let changes = vec![(article.id, StateChange { place: Some(place), ..StateChange::default() })];
        self.apply(&changes);
        vec![Effect::Store { changes, by_hand: false }]
    }
}

fn read(to: bool) -> StateChange {
    StateChange { read: Some(to), ..StateChange::default() }
}
