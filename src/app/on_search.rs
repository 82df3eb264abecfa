//! Actions on the search screen and in the list of stories.

use super::action::Action;
use super::edit::EditLine;
use super::effect::Effect;
use super::words::Word;
use super::{App, Kind, Landing, Pane, Screen};
use crate::search::{Chip, Query};

/// A recognised field as it is shown below the query.
fn chip(chip: &Chip) -> String {
    let sign = if chip.negated { "-" } else { "" };
    format!("{sign}{}:{}", chip.field, chip.value)
}

impl App {
    pub(super) fn open_search(&mut self) -> Vec<Effect> {
        self.push(Screen::Search);
        self.finder.in_hits = false;
        if self.finder.line.text().is_empty() { Vec::new() } else { self.ask_search() }
    }

    /// Opens the search with a query.
    pub(super) fn search_for(&mut self, query: &str) -> Vec<Effect> {
        self.finder.line = EditLine::new(query);
        self.open_search()
    }

    pub(super) fn ask_search(&mut self) -> Vec<Effect> {
        let query = self.finder.query();
        self.finder.chips = match Query::parse(self.finder.line.text(), self.today) {
            Ok(read) => read.chips().iter().map(chip).collect(),
            Err(_) => Vec::new(),
        };
        if query.is_empty() {
            self.finder.answer = None;
            self.finder.rows.clear();
            self.finder.mistake = None;
            self.finder.passage.clear();
            return Vec::new();
        }
        let ticket = self.ask(Kind::Search);
        vec![Effect::Search { ticket, query }]
    }

    /// Asks for the article of the selected hit.
    pub(super) fn ask_passage(&mut self) -> Vec<Effect> {
        let Some(id) = self.finder.selected_hit().map(|(hit, _)| hit.id) else {
            self.finder.passage.clear();
            return Vec::new();
        };
        if self.finder.passage.id() == Some(id) {
            self.finder.show_passage();
            return Vec::new();
        }
        let ticket = self.ask(Kind::Passage);
        vec![Effect::Open { ticket, id, beside: true }]
    }

    pub(super) fn update_search(&mut self, action: Action) -> Vec<Effect> {
        let page = isize::try_from(self.finder.page()).unwrap_or(1);
        match action {
            Action::Back => return self.back().unwrap_or_default(),
            Action::Open => return self.open_hit(),
            Action::NextPane | Action::PreviousPane => {
                self.finder.in_hits = !self.finder.in_hits;
                return Vec::new();
            }
            Action::Find => {
                self.finder.in_hits = false;
                return Vec::new();
            }
            Action::Exactly => {
                self.finder.exactly = !self.finder.exactly;
                self.say(if self.finder.exactly { Word::Exactly } else { Word::Tolerant });
                return self.ask_search();
            }
            Action::Order => {
                self.finder.by_date = !self.finder.by_date;
                self.say(if self.finder.by_date { Word::ByDate } else { Word::ByRelevance });
                return self.ask_search();
            }
            Action::Mark => {
                if let Some(id) = self.current_article() {
                    let marked = &mut self.list.marked;
                    match marked.iter().position(|m| *m == id) {
                        Some(at) => {
                            marked.remove(at);
                        }
                        None => marked.push(id),
                    }
                }
                return Vec::new();
            }
            Action::Compare => return self.compare_current(),
            Action::Next => {
                self.finder.passage.step_match(true);
                return Vec::new();
            }
            Action::Previous => {
                self.finder.passage.step_match(false);
                return Vec::new();
            }
            // With nothing typed, ↑ brings back what was looked for before.
            Action::Up if self.finder.selected() == 0 && self.finder.rows.is_empty() => {
                return if self.finder.recall() { self.ask_search() } else { Vec::new() };
            }
            Action::Up => self.finder.step(-1),
            Action::Down => self.finder.step(1),
            Action::PageUp | Action::HalfPageUp => self.finder.step(-page),
            Action::PageDown | Action::HalfPageDown => self.finder.step(page),
            Action::Top => self.finder.select(0),
            Action::Bottom => self.finder.select(usize::MAX),
            _ => return Vec::new(),
        }
        self.ask_passage()
    }

    /// Opens the selected hit at its passage.
    fn open_hit(&mut self) -> Vec<Effect> {
        let Some((hit, _)) = self.finder.selected_hit() else { return Vec::new() };
        let place = hit.snippets.first().map_or(0, |s| s.place as usize);
        // A hit of the search's own passage that n and N went to is where reading goes on.
        let (matches, current) = self.finder.passage.matches();
        let place = matches.get(current).map_or(place, |m| m.start());
        let landing = Landing::Matches(hit.matches.clone(), place);
        let id = hit.id;
        self.finder.remember();
        self.push(Screen::Article);
        self.focus = Pane::Reader;
        self.ask_open(id, landing)
    }

    /// On from the last match of an article to the next article with a hit.
    pub(super) fn step_hit(&mut self, forward: bool) -> Vec<Effect> {
        let searched = self.screens.contains(&Screen::Search);
        let at = self.reader.id().and_then(|id| self.finder.rows.iter().position(|r| r.id == id));
        let Some(at) = at.filter(|_| searched) else { return self.say(Word::NoMoreMatches) };
        let next = if forward { at.checked_add(1) } else { at.checked_sub(1) };
        let Some(next) = next.filter(|n| *n < self.finder.rows.len()) else {
            return self.say(Word::NoMoreMatches);
        };
        self.finder.select(next);
        let Some((hit, _)) = self.finder.selected_hit() else { return Vec::new() };
        let place = if forward { 0 } else { usize::MAX };
        let landing = Landing::Matches(hit.matches.clone(), place);
        let id = hit.id;
        self.ask_open(id, landing)
    }

    pub(super) fn update_stories(&mut self, action: Action) -> Vec<Effect> {
        let page = isize::try_from(self.stories.page()).unwrap_or(1);
        match action {
            Action::Back | Action::Left => return self.back().unwrap_or_default(),
            Action::Up => self.stories.step(-1),
            Action::Down => self.stories.step(1),
            Action::PageUp | Action::HalfPageUp => self.stories.step(-page),
            Action::PageDown | Action::HalfPageDown => self.stories.step(page),
            Action::Top => self.stories.step(isize::MIN),
            Action::Bottom => self.stories.step(isize::MAX),
            Action::Open | Action::Right => {
                let Some(story) = self.stories.selected_row().map(|s| s.id) else { return Vec::new() };
                return self.show_story(story);
            }
            Action::Compare => {
                let Some(story) = self.stories.selected_row() else { return Vec::new() };
                let mut articles = story.articles.clone();
                articles.extend(story.related.iter().map(|(id, _)| *id));
                return self.ask_compare(articles, false);
            }
            _ => {}
        }
        Vec::new()
    }
}
