//! Read, starred, reading place, corrected fields: changes, kept and undone.

use std::collections::HashMap;

use super::effect::Effect;
use super::notice::Notice;
use super::words::{self, Word};
use super::words_steps;
use super::{App, Kind, Pane, Screen};
use crate::model::{Article, ArticleId, ArticleRow, Change, Field, FieldValue, ReadState, StateChange};

impl App {
    /// The article that marks apply to.
    pub(super) fn current_article(&self) -> Option<ArticleId> {
        match self.screen() {
            Screen::Main => match self.focus() {
                Pane::List => self.list.selected_id(),
                Pane::Reader | Pane::Panel => self.reader.id(),
            },
            Screen::Article => self.reader.id(),
            Screen::Search => self.finder.hits.selected_id(),
            Screen::Comparison => self.comparing.target().map(|(id, _)| id),
            Screen::Versions => Some(self.versions.article()),
            Screen::Stories => None,
        }
    }

    fn state_of(&self, id: ArticleId) -> ReadState {
        if let Some(article) = self.reader.article().filter(|a| a.id == id) {
            return article.state;
        }
        let row = self.list.row(id).or(self.finder.hits.row(id));
        row.map_or_else(ReadState::default, |r| ReadState { read: r.read, starred: r.starred, place: 0 })
    }

    /// Puts changes on what is shown, without asking anybody: read, starred and place, and in the
    /// comparison the fields, which nobody asks for anew. Tags, notes and else the fields show when they
    /// are kept.
    fn apply(&mut self, changes: &[Change]) {
        let mut read = HashMap::new();
        for change in changes {
            if let Change::Correct { article, field, to } = change {
                self.comparing.change(*article, |article| correct(article, *field, to.clone()));
            }
            let Change::State(id, change) = *change else { continue };
            let on_row = |row: &mut ArticleRow| {
                row.read = change.read.unwrap_or(row.read);
                row.starred = change.starred.unwrap_or(row.starred);
            };
            self.list.change(id, on_row);
            self.finder.hits.change(id, on_row);
            self.reader.change(id, |article| article.state = change.on(article.state));
            read.extend(change.read.map(|is_read| (id, is_read)));
        }
        self.list.count_read(&read);
    }

    /// Makes a step of the user: shown at once, and kept; the library can take it back.
    pub(super) fn step(&mut self, changes: Vec<Change>) -> Vec<Effect> {
        self.apply(&changes);
        vec![Effect::Store { changes, by_hand: true }]
    }

    /// Asks anew for what `changes` touch beyond read and starred.
    pub(super) fn show_kept(&mut self, changes: &[Change]) -> Vec<Effect> {
        let mut touched: Vec<ArticleId> = changes.iter().filter_map(beyond_state).collect();
        touched.dedup();
        let mut effects = self.ask_folders();
        if let Some(id) = self.soon_in_reader().filter(|id| touched.contains(id)) {
            effects.push(self.reopen(id));
        }
        // The passage is the selected hit's, or will be.
        let hit = self.finder.passage.id().and(self.finder.hits.selected_id());
        if let Some(id) = hit.filter(|id| touched.contains(id)) {
            let ticket = self.ask(Kind::Passage);
            effects.push(Effect::Open { ticket, id, beside: true });
        }
        touched.retain(|id| self.list.row(*id).or(self.finder.hits.row(*id)).is_some());
        if !touched.is_empty() {
            let ticket = self.ask(Kind::Rows);
            effects.push(Effect::Rows { ticket, ids: touched });
        }
        effects
    }

    pub(super) fn toggle_read(&mut self) -> Vec<Effect> {
        let Some(id) = self.current_article() else { return Vec::new() };
        let was = self.state_of(id).read;
        self.notice = Some(Notice::plain(words::marked(Some(!was), None, self.locale)));
        self.step(vec![Change::State(id, read(!was))])
    }

    pub(super) fn toggle_star(&mut self) -> Vec<Effect> {
        let Some(id) = self.current_article() else { return Vec::new() };
        let was = self.state_of(id).starred;
        let starred = |to| StateChange { starred: Some(to), ..StateChange::default() };
        self.notice = Some(Notice::plain(words::marked(None, Some(!was), self.locale)));
        self.step(vec![Change::State(id, starred(!was))])
    }

    /// Marks all articles of the list as read, those without a loaded row too.
    pub(super) fn mark_all_read(&mut self) -> Vec<Effect> {
        let unread = self.list.all_unread();
        if unread.is_empty() {
            return self.say(Word::NothingUnread);
        }
        self.notice = Some(Notice::plain(words::all_read(unread.len(), self.locale)));
        self.step(unread.into_iter().map(|id| Change::State(id, read(true))).collect())
    }

    /// Shows what undo or redo did, and says it.
    pub(super) fn restored(
        &mut self,
        changes: Option<Vec<Change>>,
        is_redo: bool,
        title: Option<&str>,
    ) -> Vec<Effect> {
        let Some(changes) = changes else {
            return self.say(if is_redo { Word::NothingToRedo } else { Word::NothingToUndo });
        };
        self.apply(&changes);
        self.notice = Some(Notice::plain(words_steps::restored(&changes, is_redo, title, self.locale)));
        self.show_kept(&changes)
    }

    /// Marks the article being read as read, as opening it does; not written to a library that does
    /// not exist yet.
    pub(super) fn read_by_opening(&mut self) -> Vec<Effect> {
        let Some(article) = self.reader.article().filter(|a| !a.state.read) else { return Vec::new() };
        let changes = vec![Change::State(article.id, read(true))];
        self.apply(&changes);
        vec![Effect::Store { changes, by_hand: false }]
    }

    /// Keeps the reading place of the article that is being left.
    pub(super) fn keep_place(&mut self) -> Vec<Effect> {
        let place = u32::try_from(self.reader.place()).unwrap_or(u32::MAX);
        let Some(article) = self.reader.article().filter(|a| a.state.place != place) else {
            return Vec::new();
        };
        let place = StateChange { place: Some(place), ..StateChange::default() };
        let changes = vec![Change::State(article.id, place)];
        self.apply(&changes);
        vec![Effect::Store { changes, by_hand: false }]
    }
}

fn read(to: bool) -> StateChange {
    StateChange { read: Some(to), ..StateChange::default() }
}

/// Has a field say `to`, or again what the source says.
fn correct(article: &mut Article, field: Field, to: Option<FieldValue>) {
    let known = article.corrected.iter().position(|stated| stated.field() == field);
    let now = FieldValue::of(field, &article.draft);
    let stated = known.map_or(now, |at| article.corrected.remove(at));
    let to = to.filter(|to| *to != stated);
    if to.is_some() {
        article.corrected.push(stated.clone());
        article.corrected.sort_by_key(FieldValue::field);
    }
    to.unwrap_or(stated).put(&mut article.draft);
}

/// The article whose tags, notes or fields a change touches.
fn beyond_state(change: &Change) -> Option<ArticleId> {
    match change {
        Change::Tag { article, .. }
        | Change::PutNote { article, .. }
        | Change::DropNote { article, .. }
        | Change::Correct { article, .. } => Some(*article),
        Change::State(..) | Change::PutSearch(_) | Change::DropSearch(_) => None,
    }
}
