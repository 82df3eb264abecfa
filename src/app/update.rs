//! Actions: one arm a group, one call each.

use super::action::Action;
use super::chord::{Chord, Key};
use super::edit::EditLine;
use super::effect::{Effect, ShellRequest};
use super::help::Help;
use super::notice::Notice;
use super::prompt::{Asked, Prompt};
use super::report::Report;
use super::words::{self, Word, word};
use super::{App, Kind, Overlay, Pane, Screen};
use crate::model::Filter;

/// Narrowest and widest measure, and the step between.
const MEASURE: (u16, u16, u16) = (40, 90, 2);

impl App {
    /// Does what an action asks for.
    pub fn update(&mut self, action: Action) -> Vec<Effect> {
        if self.overlay.is_some() {
            return self.update_overlay(action);
        }
        if self.is_filtering() {
            return self.update_filter(action);
        }
        match action {
            Action::Quit => self.leave(),
            Action::QuitNow => self.quit(),
            Action::Suspend => vec![Effect::Shell(ShellRequest::Suspend)],
            Action::Redraw => vec![Effect::Shell(ShellRequest::Redraw)],
            Action::Mouse => self.toggle_mouse(),
            Action::Theme => {
                self.theme_steps += 1;
                Vec::new()
            }
            Action::Zen => self.toggle_zen(),
            Action::Wider => self.widen(true),
            Action::Narrower => self.widen(false),
            Action::Help => self.open_help(),
            Action::Palette => self.open_picker(),
            Action::Import if self.progress.is_some() => {
                self.overlay = Some(Overlay::Importing);
                Vec::new()
            }
            Action::Import => {
                self.overlay = Some(Overlay::Prompt(Box::new(Prompt::new(Asked::Path, ""))));
                Vec::new()
            }
            Action::Fetch => self.fetch(),
            Action::WholeText => self.fetch_whole(),
            Action::Feeds => self.open_feeds(),
            Action::Undo => vec![Effect::Undo],
            Action::Redo => vec![Effect::Redo],
            Action::ToggleRead => self.toggle_read(),
            Action::ToggleStar => self.toggle_star(),
            Action::AllRead => self.mark_all_read(),
            Action::Tag => self.ask_tags(),
            Action::Search => self.open_search(),
            Action::Stories => self.open_stories(),
            Action::OpenLink => self.open_link(),
            Action::Copy => self.copy(),
            Action::Correct => self.open_details(),
            Action::Versions => self.open_versions(),
            _ => match self.screen() {
                Screen::Main | Screen::Article => self.update_main(action),
                Screen::Search => self.update_search(action),
                Screen::Comparison => self.update_comparison(action),
                Screen::Stories => self.update_stories(action),
                Screen::Versions => self.update_versions(action),
            },
        }
    }

    /// One level out; at the top level the program ends.
    pub(super) fn leave(&mut self) -> Vec<Effect> {
        let effects = self.back();
        match effects {
            Some(effects) => effects,
            None => self.quit(),
        }
    }

    fn quit(&mut self) -> Vec<Effect> {
        self.quits = true;
        [self.keep_place(), self.keep_search()].concat()
    }

    /// One level out; `None` at the top level.
    pub(super) fn back(&mut self) -> Option<Vec<Effect>> {
        // Versions that come late would lead away again.
        self.awaited.forget(Kind::Versions);
        match self.screen() {
            Screen::Main => self.back_in_main(),
            Screen::Article if self.focus == Pane::Panel => {
                self.focus = Pane::Reader;
                Some(Vec::new())
            }
            Screen::Search if self.finder.in_hits => {
                self.finder.in_hits = false;
                Some(Vec::new())
            }
            Screen::Article => {
                let effects = self.keep_place();
                self.screens.pop();
                // The list's own article comes back into the pane.
                if self.screen() == Screen::Main {
                    Some([effects, self.preview()].concat())
                } else {
                    Some(effects)
                }
            }
            Screen::Versions => {
                self.screens.pop();
                Some(Vec::new())
            }
            Screen::Search | Screen::Comparison | Screen::Stories => {
                let mut effects = self.keep_search();
                self.screens.pop();
                if self.screen() == Screen::Main {
                    effects.extend(self.preview());
                }
                Some(effects)
            }
        }
    }

    fn back_in_main(&mut self) -> Option<Vec<Effect>> {
        if self.zen {
            self.zen = false;
            return Some(Vec::new());
        }
        if self.focus != Pane::List {
            if self.focus == Pane::Reader && self.reader.unlight() {
                return Some(Vec::new());
            }
            self.focus = if self.focus == Pane::Panel { Pane::Reader } else { Pane::List };
            return Some(Vec::new());
        }
        if !self.list.is_whole() {
            self.list.leave();
            return Some(self.ask_list());
        }
        if !self.list.filter.text().is_empty() {
            self.list.filter.clear();
            return Some(self.leave_relevance());
        }
        if !self.list.marked.is_empty() {
            self.list.marked.clear();
            return Some(Vec::new());
        }
        None
    }

    fn toggle_mouse(&mut self) -> Vec<Effect> {
        self.mouse = !self.mouse;
        let said = if self.mouse { Word::MouseOn } else { Word::MouseOff };
        self.notice = Some(Notice::plain(word(said, self.locale)));
        vec![Effect::Shell(ShellRequest::Mouse(self.mouse))]
    }

    fn toggle_zen(&mut self) -> Vec<Effect> {
        if self.screen() == Screen::Main {
            self.zen = !self.zen;
            if self.zen {
                self.focus = Pane::Reader;
                self.notice = Some(Notice::plain(word(Word::ZenOn, self.locale)));
            }
        }
        Vec::new()
    }

    fn widen(&mut self, wider: bool) -> Vec<Effect> {
        let (narrowest, widest, step) = MEASURE;
        let measure = if wider { self.measure + step } else { self.measure.saturating_sub(step) };
        self.measure = measure.clamp(narrowest, widest);
        self.notice = Some(Notice::plain(words::measure(self.measure, self.locale)));
        Vec::new()
    }

    fn cancel_import(&mut self) -> Vec<Effect> {
        let ticket = self.awaited.0[Kind::Import as usize];
        self.say(Word::Cancelling);
        ticket.map(|ticket| Effect::CancelImport { ticket }).into_iter().collect()
    }

    /// Lists what the import that goes on has refused lately.
    fn open_refused(&mut self) -> Vec<Effect> {
        match self.progress.as_ref().filter(|progress| progress.refused > 0) {
            Some(progress) => {
                self.overlay = Some(Overlay::Report(Report::of_progress(progress, self.locale)));
                Vec::new()
            }
            None => self.say(Word::NothingRefused),
        }
    }

    fn open_help(&mut self) -> Vec<Effect> {
        let help = Help::new(self.scope(), &self.keymap, self.locale, self.ascii);
        self.overlay = Some(Overlay::Help(help));
        Vec::new()
    }

    fn open_stories(&mut self) -> Vec<Effect> {
        self.push(Screen::Stories);
        self.stories.forget();
        self.ask_stories()
    }

    /// Shows a screen; one that is on the way already is gone back to.
    pub(super) fn push(&mut self, screen: Screen) {
        if let Some(at) = self.screens.iter().position(|s| *s == screen) {
            self.screens.truncate(at + 1);
        } else {
            self.screens.push(screen);
        }
    }

    fn open_link(&mut self) -> Vec<Effect> {
        let wanted = self.current_article();
        let url = match self.screen() {
            Screen::Comparison => self
                .comparing
                .articles()
                .iter()
                .find(|a| Some(a.article.id) == wanted)
                .and_then(|a| a.article.draft.url.clone()),
            Screen::Search => self.finder.passage.article().and_then(|a| a.draft.url.clone()),
            Screen::Versions => self.versions.reader.article().and_then(|a| a.draft.url.clone()),
            _ => self.reader.article().filter(|a| Some(a.id) == wanted).and_then(|a| a.draft.url.clone()),
        };
        match url {
            Some(url) => vec![Effect::Shell(ShellRequest::OpenLink(url))],
            None => self.say(Word::NoLink),
        }
    }

    /// Copies the sentence one stands on, with its source.
    fn copy(&mut self) -> Vec<Effect> {
        let copied = match self.screen() {
            Screen::Comparison => self.comparing.target().and_then(|(id, spans)| {
                let article = self.comparing.articles().iter().find(|a| a.article.id == id)?;
                let text = &article.article.draft.text;
                let words: Vec<&str> = spans.iter().map(|s| s.of(text)).collect();
                Some((words.join(" … "), &article.article.draft))
            }),
            Screen::Search => sentence_of(&self.finder.passage),
            Screen::Versions => None,
            Screen::Main | Screen::Article | Screen::Stories => sentence_of(&self.reader),
        };
        let Some((words, draft)) = copied else { return self.say(Word::NothingToCopy) };
        let mut text = format!("{words}\n— {}", super::show::meta(draft, self.locale));
        if let Some(url) = &draft.url {
            text.push('\n');
            text.push_str(url);
        }
        self.notice = Some(Notice::plain(word(Word::Copied, self.locale)));
        vec![Effect::Shell(ShellRequest::Copy(text))]
    }

    pub(super) fn say(&mut self, said: Word) -> Vec<Effect> {
        self.notice = Some(Notice::plain(word(said, self.locale)));
        Vec::new()
    }

    fn update_overlay(&mut self, action: Action) -> Vec<Effect> {
        if let Some(Overlay::Report(report)) = &mut self.overlay
            && report.is_filtering
            && matches!(action, Action::Back | Action::Open)
        {
            report.is_filtering = false;
            if action == Action::Back {
                report.filter.clear();
                report.arrange();
            }
            return Vec::new();
        }
        if matches!(action, Action::Back | Action::Quit) {
            self.overlay = None;
            return Vec::new();
        }
        if action == Action::QuitNow {
            return self.quit();
        }
        match (&self.overlay, action) {
            (_, Action::Suspend | Action::Redraw) => {}
            (Some(Overlay::Prompt(_)), _) => return self.update_prompt(action),
            (Some(Overlay::Details(_)), _) => return self.update_details(action),
            _ => {}
        }
        let is_scrolled = match &mut self.overlay {
            Some(Overlay::Help(help)) => help.obey(action),
            Some(Overlay::Report(report)) => report.obey(action),
            _ => false,
        };
        if is_scrolled {
            return Vec::new();
        }
        match (&mut self.overlay, action) {
            (Some(Overlay::Help(_)), Action::Help)
            | (Some(Overlay::Help(_) | Overlay::Report(_) | Overlay::Importing), Action::Open) => {
                self.overlay = None;
            }
            (Some(Overlay::Importing), Action::CancelImport) => return self.cancel_import(),
            (Some(Overlay::Report(report)), Action::Find) => report.is_filtering = true,
            (Some(Overlay::Importing), Action::Find) => return self.open_refused(),
            (_, Action::Suspend) => return vec![Effect::Shell(ShellRequest::Suspend)],
            (_, Action::Redraw) => return vec![Effect::Shell(ShellRequest::Redraw)],
            (Some(Overlay::Picker(_)), action) => return self.update_picker(action),
            _ => {}
        }
        Vec::new()
    }

    /// Lists all articles that mention an entity.
    pub(super) fn show_entity(&mut self, kind: crate::model::EntityKind, canonical: String) -> Vec<Effect> {
        self.show_list(Filter::Entity { kind, canonical })
    }

    /// The line that is being typed, if any.
    pub(super) fn typed_line(&mut self) -> Option<&mut EditLine> {
        let (filtering, focus, screen) = (self.is_filtering(), self.focus(), self.screen());
        match &mut self.overlay {
            Some(Overlay::Help(help)) => Some(&mut help.line),
            Some(Overlay::Picker(picker)) => Some(&mut picker.line),
            Some(Overlay::Prompt(prompt)) => Some(&mut prompt.line),
            Some(Overlay::Details(details)) => details.line_mut(),
            Some(Overlay::Report(report)) => report.is_filtering.then_some(&mut report.filter),
            Some(Overlay::Importing) => None,
            None if filtering => match focus {
                Pane::List => Some(&mut self.list.filter),
                Pane::Reader => self.reader.find.as_mut(),
                Pane::Panel => Some(&mut self.panel.filter),
            },
            None => (screen == Screen::Search && !self.finder.in_hits).then_some(&mut self.finder.line),
        }
    }

    /// Handles a key that no binding takes, in a place that takes text.
    pub(super) fn type_chord(&mut self, chord: Chord) -> Vec<Effect> {
        let Some(line) = self.typed_line() else { return Vec::new() };
        let before = line.text().to_owned();
        if chord.key == Key::Backspace && before.is_empty() {
            return self.leave_typing();
        }
        let taken = line.press(chord);
        let changed = line.text() != before;
        if taken && changed { self.typed() } else { Vec::new() }
    }

    fn leave_typing(&mut self) -> Vec<Effect> {
        match &mut self.overlay {
            Some(Overlay::Details(_)) => return Vec::new(),
            Some(Overlay::Report(report)) => {
                report.is_filtering = false;
                return Vec::new();
            }
            _ => {}
        }
        if self.overlay.take().is_some() {
            return Vec::new();
        }
        if self.is_filtering() { self.update_filter(Action::Back) } else { Vec::new() }
    }

    /// The typed line has changed.
    pub(super) fn typed(&mut self) -> Vec<Effect> {
        let (locale, ascii) = (self.locale, self.ascii);
        let (filtering, focus) = (self.is_filtering(), self.focus());
        match &mut self.overlay {
            Some(Overlay::Help(help)) => help.arrange(&self.keymap, locale, ascii),
            Some(Overlay::Picker(picker)) => {
                picker.arrange();
                return self.ask_candidates();
            }
            Some(Overlay::Prompt(prompt)) => prompt.arrange(),
            Some(Overlay::Report(report)) => report.arrange(),
            Some(Overlay::Details(_) | Overlay::Importing) => {}
            None if filtering => match focus {
                Pane::List => return self.ask_list(),
                Pane::Reader => self.reader.find_typed(),
                Pane::Panel => self.panel.arrange(),
            },
            None => return self.ask_search(),
        }
        Vec::new()
    }
}

fn sentence_of(reader: &super::reader::Reader) -> Option<(String, &crate::model::Draft)> {
    let article = reader.article()?;
    let span = reader.sentence()?;
    Some((span.of(&article.draft.text).to_owned(), &article.draft))
}
