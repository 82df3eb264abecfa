//! Actions that write: highlights, notes, tags, names of searches.

use super::action::Action;
use super::effect::{Effect, FolderPlace};
use super::panel::PanelRow;
use super::prompt::{Asked, Prompt};
use super::words::Word;
use super::{App, Kind, Overlay, Pane, Screen};
use crate::model::{ArticleId, Change, Note, SavedSearch};

impl App {
    /// Actions of the reader while sentences are chosen, and those that begin to; `None` for others.
    pub(super) fn update_passage(&mut self, action: Action) -> Option<Vec<Effect>> {
        let is_choosing = self.reader.is_choosing();
        match action {
            Action::Choose => self.reader.choose(),
            Action::Highlight | Action::Note if !is_choosing => self.reader.choose(),
            Action::Highlight => return Some(self.highlight()),
            Action::Open if is_choosing => return Some(self.highlight()),
            Action::Note => return Some(self.ask_note()),
            Action::Delete => return Some(self.delete_note()),
            Action::Up if is_choosing => self.reader.step_choice(-1),
            Action::Down if is_choosing => self.reader.step_choice(1),
            Action::Back | Action::Left if is_choosing => {
                self.reader.leave_choice();
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    /// Highlights what is chosen; a highlight without words is taken away.
    fn highlight(&mut self) -> Vec<Effect> {
        let (Some(article), Some(span)) = (self.reader.article(), self.reader.chosen()) else {
            return Vec::new();
        };
        let id = article.id;
        let change = match self.reader.chosen_note() {
            Some(note) if note.text.is_empty() && note.span == Some(span) => {
                Change::DropNote { article: id, note: note.id }
            }
            Some(note) if note.span == Some(span) => return self.say(Word::AlreadyNoted),
            _ => {
                let words = span.of(&article.draft.text).to_owned();
                Change::PutNote { article: id, note: Note { span: Some(span), words, ..Note::default() } }
            }
        };
        self.reader.leave_choice();
        self.say(if matches!(change, Change::DropNote { .. }) {
            Word::Unhighlighted
        } else {
            Word::Highlighted
        });
        self.step(vec![change])
    }

    /// Asks for words beside what is chosen: those of the note that stands there, or new ones.
    fn ask_note(&mut self) -> Vec<Effect> {
        let (Some(article), Some(span)) = (self.reader.article(), self.reader.chosen()) else {
            return Vec::new();
        };
        let new =
            || Note { span: Some(span), words: span.of(&article.draft.text).to_owned(), ..Note::default() };
        let note = self.reader.chosen_note().cloned().unwrap_or_else(new);
        let text = note.text.clone();
        let asked = Asked::Note(article.id, note);
        self.overlay = Some(Overlay::Prompt(Box::new(Prompt::new(asked, &text))));
        Vec::new()
    }

    fn delete_note(&mut self) -> Vec<Effect> {
        let note = self.reader.chosen_note().map(|n| n.id);
        let (Some(article), Some(note)) = (self.reader.id(), note) else { return self.say(Word::NoNoteHere) };
        self.reader.leave_choice();
        self.say(Word::NoteDeleted);
        self.step(vec![Change::DropNote { article, note }])
    }

    /// Notes in the panel: gone to, changed, deleted; `None` for other rows and actions.
    pub(super) fn update_panel_note(&mut self, action: Action) -> Option<Vec<Effect>> {
        let Some(PanelRow::Note(index)) = self.panel.selected_row() else { return None };
        let note = self.reader.article().and_then(|a| a.notes.get(index)).cloned();
        let (Some(article), Some(note)) = (self.reader.id(), note) else { return Some(Vec::new()) };
        match action {
            Action::Open => {
                self.reader.choose_note(index);
                self.focus = Pane::Reader;
                Some(Vec::new())
            }
            Action::Note => {
                let text = note.text.clone();
                let prompt = Prompt::new(Asked::Note(article, note), &text);
                self.overlay = Some(Overlay::Prompt(Box::new(prompt)));
                Some(Vec::new())
            }
            Action::Delete => {
                self.say(Word::NoteDeleted);
                Some(self.step(vec![Change::DropNote { article, note: note.id }]))
            }
            _ => None,
        }
    }

    /// Asks for the tags of the marked articles, or of the current one.
    pub(super) fn ask_tags(&mut self) -> Vec<Effect> {
        let in_list = self.screen() == Screen::Search || self.focus() == Pane::List;
        let articles = if in_list && !self.list.marked.is_empty() {
            self.list.marked.clone()
        } else {
            self.current_article().into_iter().collect()
        };
        let Some(first) = articles.first() else { return Vec::new() };
        let mut before = self.tags_of(*first);
        before.retain(|tag| articles.iter().all(|id| self.tags_of(*id).contains(tag)));
        let text = before.iter().map(String::as_str).chain([""]).collect::<Vec<_>>().join(", ");
        let prompt = Prompt::new(Asked::Tags { articles, before }, &text);
        self.overlay = Some(Overlay::Prompt(Box::new(prompt)));
        let ticket = self.ask(Kind::Tags);
        vec![Effect::Tags { ticket }]
    }

    fn tags_of(&self, id: ArticleId) -> Vec<String> {
        if let Some(article) = self.reader.article().filter(|a| a.id == id) {
            return article.tags.clone();
        }
        self.list.row(id).or(self.finder.hits.row(id)).map_or(Vec::new(), |r| r.tags.clone())
    }

    /// Deletes the selected saved search.
    pub(super) fn delete_saved(&mut self) -> Vec<Effect> {
        match self.list.selected_folder().map(|f| f.place.clone()) {
            Some(FolderPlace::Saved(saved)) => {
                self.say(Word::SearchDeleted);
                self.step(vec![Change::DropSearch(saved.name)])
            }
            _ => Vec::new(),
        }
    }

    /// Asks for another name of the selected saved search.
    pub(super) fn rename_saved(&mut self) -> Vec<Effect> {
        if let Some(FolderPlace::Saved(saved)) = self.list.selected_folder().map(|f| f.place.clone()) {
            let name = saved.name.clone();
            let prompt = Prompt::new(Asked::NewName(saved), &name);
            self.overlay = Some(Overlay::Prompt(Box::new(prompt)));
        }
        Vec::new()
    }

    /// Keys of a prompt.
    pub(super) fn update_prompt(&mut self, action: Action) -> Vec<Effect> {
        let Some(Overlay::Prompt(prompt)) = &mut self.overlay else { return Vec::new() };
        match action {
            Action::Up => prompt.step(false),
            Action::Down => prompt.step(true),
            Action::NextPane => {
                prompt.complete();
            }
            Action::Open if prompt.selected().is_some() => {
                prompt.complete();
            }
            Action::Open => {
                let prompt = prompt.clone();
                self.overlay = None;
                return self.answered(*prompt);
            }
            _ => {}
        }
        Vec::new()
    }

    fn answered(&mut self, prompt: Prompt) -> Vec<Effect> {
        let typed = prompt.line.text().trim().to_owned();
        let tags = prompt.tags();
        match prompt.asked {
            Asked::Path => self.ask_import(&typed),
            Asked::Note(article, note) => {
                self.reader.leave_choice();
                self.say(if typed.is_empty() { Word::Highlighted } else { Word::Noted });
                self.step(vec![Change::PutNote { article, note: Note { text: typed, ..note } }])
            }
            Asked::Tags { articles, before } => {
                let has = |list: &[String], tag: &String| {
                    list.iter().any(|t| t.to_lowercase() == tag.to_lowercase())
                };
                let gone = before.iter().filter(|t| !has(&tags, t)).map(|t| (t.clone(), false));
                let new = tags.iter().filter(|t| !has(&before, t)).map(|t| (t.clone(), true));
                let steps: Vec<(String, bool)> = gone.chain(new).collect();
                let changes: Vec<Change> = articles
                    .iter()
                    .flat_map(|id| {
                        let tagged = |(tag, on): &(String, bool)| Change::Tag {
                            article: *id,
                            tag: tag.clone(),
                            on: *on,
                        };
                        steps.iter().map(tagged).collect::<Vec<_>>()
                    })
                    .collect();
                if changes.is_empty() { Vec::new() } else { self.step(changes) }
            }
            Asked::SearchName(saved) if !typed.is_empty() => {
                self.say(Word::SearchSaved);
                self.step(vec![Change::PutSearch(SavedSearch { name: typed, ..saved })])
            }
            Asked::NewName(saved) if !typed.is_empty() && typed != saved.name => {
                let old = Change::DropSearch(saved.name.clone());
                self.step(vec![old, Change::PutSearch(SavedSearch { name: typed, ..saved })])
            }
            Asked::SearchName(_) | Asked::NewName(_) => Vec::new(),
        }
    }
}
