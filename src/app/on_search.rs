//! Actions on the search screen and in the list of stories.

use super::action::Action;
use super::edit::EditLine;
use super::effect::{Effect, SearchScope};
use super::finder::Onward;
use super::prompt::{Asked, Prompt};
use super::report::Report;
use super::show::clip;
use super::words::{self, Word, word};
use super::{App, Kind, Landing, Overlay, Pane, Screen, typed};
use crate::model::{ArticleId, ArticleRow, Hit, Locale, SavedSearch, SearchAnswer};
use crate::search::{Chip, QueryError, ReadPart, Reading};
use crate::text::fold::fold;

/// A recognised field as it is shown below the query.
fn chip(chip: &Chip, locale: Locale) -> String {
    let sign = if chip.negated { "-" } else { "" };
    format!("{sign}{}:{}", words::field(chip.field, locale), chip.value)
}

/// The setting that says what was searched last.
pub const LAST: &str = "search.last";

impl App {
    /// Opens the search as it was left; what is typed first replaces the earlier words.
    pub(super) fn open_search(&mut self) -> Vec<Effect> {
        self.finder.line.select_all();
        self.show_search()
    }

    fn show_search(&mut self) -> Vec<Effect> {
        self.push(Screen::Search);
        self.finder.in_hits = false;
        self.finder.offers.unpick();
        let mut effects = if self.finder.line.text().is_empty() { Vec::new() } else { self.ask_search() };
        let ticket = self.ask(Kind::History);
        effects.push(Effect::History { ticket });
        effects.extend(self.ask_counts());
        effects
    }

    /// Opens the search with a query.
    pub(super) fn search_for(&mut self, query: &str) -> Vec<Effect> {
        self.finder.line = EditLine::new(query);
        self.show_search()
    }

    pub(super) fn ask_search(&mut self) -> Vec<Effect> {
        let read = typed::understand(self.finder.line.text(), self.today);
        self.finder.enters = false;
        self.finder.chips = read.chips.iter().map(|c| chip(c, self.locale)).collect();
        self.finder.is_unfinished = read.mistake.as_ref().is_some_and(QueryError::is_unfinished);
        self.finder.mistake = read.mistake.map(|m| (m.column, m.message(self.locale)));
        let is_understood = read.query.is_some();
        self.finder.finished = read.query;
        if self.finder.line.text().trim().is_empty() {
            self.finder.forget();
            self.awaited.forget(Kind::Search);
            return Vec::new();
        }
        let query = self.finder.query();
        if !is_understood || query.is_empty() {
            return Vec::new();
        }
        self.finder.words = typed::words(&query, self.today).iter().map(|w| fold(w)).collect();
        let ticket = self.ask(Kind::Search);
        let (by_date, scope) = (self.finder.by_date, self.finder.scope.clone());
        let most = self.finder.hits.begin();
        self.finder.is_more = false;
        self.finder.awaits = None;
        vec![Effect::Search { ticket, query, by_date, scope, most }]
    }

    /// Asks for more hits where the selection nears the last of those that came.
    pub(super) fn ask_more_hits(&mut self) -> Vec<Effect> {
        if self.awaited.waits_for(Kind::Search) {
            return Vec::new();
        }
        if self.finder.is_partial {
            return Vec::new();
        }
        let Some(most) = self.finder.hits.wants_more() else { return Vec::new() };
        let ticket = self.ask(Kind::Search);
        self.finder.is_more = true;
        let (query, by_date, scope) = (self.finder.query(), self.finder.by_date, self.finder.scope.clone());
        vec![Effect::Search { ticket, query, by_date, scope, most }]
    }

    /// Takes an answer, or a part of it.
    pub(super) fn found(
        &mut self,
        answer: SearchAnswer,
        ids: Vec<ArticleId>,
        rows: Vec<ArticleRow>,
        is_complete: bool,
    ) -> Vec<Effect> {
        let is_short = is_complete && !self.finder.is_more && (answer.partial || ids.is_empty());
        self.finder.found(answer, ids, rows, is_complete);
        if is_complete && std::mem::take(&mut self.finder.enters) {
            return self.go_on(Onward::Open);
        }
        let mut effects = self.ask_passage();
        if self.finder.awaits.is_some() {
            effects.extend(self.ask_light());
        }
        if is_short {
            // Which words stand nowhere is what one wants to know now.
            self.shows_reading = false;
            effects.extend(self.ask_reading());
        }
        effects
    }

    fn ask_reading(&mut self) -> Vec<Effect> {
        let query = self.finder.query();
        if query.is_empty() {
            return Vec::new();
        }
        let ticket = self.ask(Kind::Explain);
        vec![Effect::Explain { ticket, query }]
    }

    /// Shows how the query was read, or names the words that stand nowhere.
    pub(super) fn explained(&mut self, reading: &Reading) -> Vec<Effect> {
        let nowhere = reading.lines.iter().filter_map(|line| match &line.part {
            ReadPart::Word { typed, forms, .. } if forms.is_empty() && !line.negated => Some(typed.clone()),
            _ => None,
        });
        self.finder.missing_words = nowhere.collect();
        if std::mem::take(&mut self.shows_reading) {
            self.overlay = Some(Overlay::Report(Report::of_reading(reading, self.locale)));
        }
        Vec::new()
    }

    /// Asks for the hits in detail that came into sight without.
    pub(super) fn ask_light(&mut self) -> Vec<Effect> {
        if [Kind::Search, Kind::Light].iter().any(|k| self.awaited.waits_for(*k)) {
            return Vec::new();
        }
        let ids = self.finder.hits.take_unlit();
        if ids.is_empty() {
            return Vec::new();
        }
        let ticket = self.ask(Kind::Light);
        vec![Effect::Light { ticket, query: self.finder.query(), ids }]
    }

    /// Takes hits in detail; goes on where that waited for them.
    pub(super) fn lit(&mut self, hits: Vec<Hit>, rows: Vec<ArticleRow>) -> Vec<Effect> {
        self.finder.hits.light(hits, rows);
        let mut effects = match self.finder.awaits {
            None => self.ask_passage(),
            Some(onward) => self.go_on(onward),
        };
        effects.extend(self.ask_light());
        effects
    }

    /// Opens the selected hit, as soon as it is here in detail.
    fn go_on(&mut self, onward: Onward) -> Vec<Effect> {
        if !self.finder.hits.is_empty() && !self.finder.hits.is_lit() {
            self.finder.awaits = Some(onward);
            return self.ask_light();
        }
        self.finder.awaits = None;
        match onward {
            Onward::Open => self.open_hit(),
            Onward::Walk(forward) => self.open_walked(forward),
        }
    }

    /// The next narrower scope around the article of the list, then everything again.
    fn next_scope(&mut self) -> Vec<Effect> {
        let Some(article) = self.reader.article() else { return self.say(Word::NoNarrower) };
        let title = article.draft.title.text.clone();
        let source = article.draft.source.label().map(str::to_owned);
        let mut scopes = vec![(SearchScope::Everything, String::new())];
        if let Some(name) = source {
            let said = format!("{} {name}", word(Word::ScopeSource, self.locale));
            scopes.push((SearchScope::Source(name), said));
        }
        if let Some(story) = article.story {
            scopes.push((SearchScope::Story(story), word(Word::ScopeStory, self.locale).to_owned()));
        }
        let said = format!("{}: {}", word(Word::ScopeArticle, self.locale), clip(&title, 30));
        scopes.push((SearchScope::Article(article.id), said));
        let at = scopes.iter().position(|(scope, _)| *scope == self.finder.scope).map_or(0, |at| at + 1);
        if let Some((scope, name)) = scopes.get(at % scopes.len()).cloned() {
            (self.finder.scope, self.finder.scope_name) = (scope, name);
        }
        self.ask_search()
    }

    /// Asks for a name to save the query under.
    fn save_search(&mut self) -> Vec<Effect> {
        let query = self.finder.query();
        if query.is_empty() {
            return self.say(Word::NothingToSave);
        }
        // What is saved says its scope itself: it is read, changed and exported like any query.
        let Some(narrowed) = self.finder.scope.narrow(&query) else {
            return self.say(Word::ScopeNotSaved);
        };
        let saved = SavedSearch { name: String::new(), query: narrowed, by_date: self.finder.by_date };
        self.overlay = Some(Overlay::Prompt(Box::new(Prompt::new(Asked::SearchName(saved), &query))));
        Vec::new()
    }

    /// Asks for the article of the selected hit.
    pub(super) fn ask_passage(&mut self) -> Vec<Effect> {
        let Some(id) = self.finder.hits.selected_id() else {
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
        let page = isize::try_from(self.finder.hits.page()).unwrap_or(1);
        match action {
            Action::Back => return self.back().unwrap_or_default(),
            Action::SearchScope => return self.next_scope(),
            Action::SaveSearch => return self.save_search(),
            Action::HowRead => {
                self.shows_reading = true;
                return self.ask_reading();
            }
            _ if self.finder.line.text().is_empty() && !self.finder.in_hits => {
                return self.update_offers(action);
            }
            // What was found for another text is not what Enter means.
            Action::Open if self.awaited.waits_for(Kind::Search) => {
                self.finder.enters = true;
                return Vec::new();
            }
            Action::Open => return self.go_on(Onward::Open),
            Action::NextPane | Action::PreviousPane => {
                self.finder.in_hits = !self.finder.in_hits;
                return Vec::new();
            }
            Action::Find => {
                self.finder.in_hits = false;
                return Vec::new();
            }
            Action::Exactly => return self.toggle_exactly(),
            Action::Order => return self.toggle_order(),
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
            Action::Next => return self.step_passage(true),
            Action::Previous => return self.step_passage(false),
            // ↑ goes on from what it brought back.
            Action::Up if !self.finder.in_hits && self.finder.recalls() => {
                return if self.finder.recall() { self.ask_search() } else { Vec::new() };
            }
            Action::Up => self.finder.hits.step(-1),
            Action::Down => self.finder.hits.step(1),
            Action::PageUp | Action::HalfPageUp => self.finder.hits.step(-page),
            Action::PageDown | Action::HalfPageDown => self.finder.hits.step(page),
            Action::Top => self.finder.hits.select(0),
            Action::Bottom => self.finder.hits.select(usize::MAX),
            _ => return Vec::new(),
        }
        self.ask_passage()
    }

    /// Keys while nothing is typed: what stands below the line is moved through and made again.
    fn update_offers(&mut self, action: Action) -> Vec<Effect> {
        let page = isize::try_from(self.finder.hits.page() * 2).unwrap_or(1);
        match action {
            Action::Open => return self.take_offer(),
            // ↑ brings back what was looked for before, as a shell does.
            Action::Up if self.finder.offers.picked().is_none() => {
                return if self.finder.recall() { self.ask_search() } else { Vec::new() };
            }
            Action::Up => self.step_offer(-1),
            Action::Down => self.step_offer(1),
            Action::PageUp => self.step_offer(-page),
            Action::PageDown => self.step_offer(page),
            Action::Exactly => return self.toggle_exactly(),
            Action::Order => return self.toggle_order(),
            _ => {}
        }
        Vec::new()
    }

    fn toggle_exactly(&mut self) -> Vec<Effect> {
        self.finder.exactly = !self.finder.exactly;
        self.say(if self.finder.exactly { Word::Exactly } else { Word::Tolerant });
        self.ask_search()
    }

    fn toggle_order(&mut self) -> Vec<Effect> {
        self.finder.by_date = !self.finder.by_date;
        self.say(if self.finder.by_date { Word::ByDate } else { Word::ByRelevance });
        self.ask_search()
    }

    /// Opens the selected hit at its passage.
    fn open_hit(&mut self) -> Vec<Effect> {
        let Some(id) = self.finder.hits.selected_id() else { return Vec::new() };
        let hit = self.finder.hits.selected_hit().map(|(hit, _)| hit);
        let mut place = hit.and_then(|hit| hit.snippets.first()).map_or(0, |s| s.place as usize);
        let found = hit.map_or(Vec::new(), |hit| hit.matches.clone());
        if self.finder.passage.id() == Some(id) {
            // A match of the search's own passage that n and N went to is where reading goes on.
            let (matches, current) = self.finder.passage.matches();
            place = matches.get(current).map_or(place, |m| m.start());
        }
        let remembered = self.finder.remember().map(|query| Effect::Remember { query });
        let kept = self.keep_search();
        self.push(Screen::Article);
        self.focus = Pane::Reader;
        let mut effects = self.ask_open(id, Landing::Matches(found, place));
        effects.extend(remembered);
        effects.extend(kept);
        effects
    }

    /// Opens the selected hit at its first match, or its last where one comes from behind.
    fn open_walked(&mut self, forward: bool) -> Vec<Effect> {
        let Some(id) = self.finder.hits.selected_id() else { return Vec::new() };
        let found = self.finder.hits.selected_hit().map_or(Vec::new(), |(hit, _)| hit.matches.clone());
        let place = if forward { 0 } else { usize::MAX };
        self.ask_open(id, Landing::Matches(found, place))
    }

    /// The next match of the passage, or the next hit's first.
    fn step_passage(&mut self, forward: bool) -> Vec<Effect> {
        if self.finder.passage.step_match(forward) {
            return Vec::new();
        }
        let before = self.finder.hits.selected();
        self.finder.hits.step(if forward { 1 } else { -1 });
        if self.finder.hits.selected() == before { self.say(Word::NoMoreMatches) } else { self.ask_passage() }
    }

    /// Keeps what is searched, to come back to it.
    pub(super) fn keep_search(&mut self) -> Vec<Effect> {
        if !self.screens.contains(&Screen::Search) {
            return Vec::new();
        }
        let kept = self.finder.keep();
        kept.map(|value| Effect::Setting { name: LAST, value }).into_iter().collect()
    }

    /// Whether an article was reached through the search, so that n and N walk its hits.
    pub(super) fn is_walking_hits(&self) -> bool {
        self.screen() == Screen::Article && self.screens.contains(&Screen::Search)
    }

    /// On from the last match of an article to the next article with a hit.
    pub(super) fn step_hit(&mut self, forward: bool) -> Vec<Effect> {
        let searched = self.screens.contains(&Screen::Search);
        let ids = self.finder.hits.ids();
        let at = self.reader.id().and_then(|id| ids.iter().position(|i| *i == id));
        let next = at.filter(|_| searched).and_then(|at| at.checked_add_signed(if forward { 1 } else { -1 }));
        let Some(next) = next.filter(|n| *n < ids.len()) else { return self.say(Word::NoMoreMatches) };
        self.finder.hits.select(next);
        let mut effects = self.go_on(Onward::Walk(forward));
        effects.extend(self.ask_more_hits());
        effects
    }
}
