//! Replies: the one place where answers change the state, and where old ones are dropped.

use std::path::PathBuf;

use super::effect::{Effect, Listed, Reply, Ticket};
use super::notice::Notice;
use super::on_main::entity_index;
use super::report::Report;
use super::words::{self, Word};
use super::words_steps;
use super::{App, Kind, Landing, Overlay, Pane, Screen};
use crate::model::{Analysis, Article, ArticleRow, Coverage, Progress};

impl App {
    /// Takes an answer.
    pub fn receive(&mut self, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Listed { ticket, listed, rows } => self.listed(ticket, *listed, rows),
            Reply::Rows { ticket, rows } => self.take_rows(ticket, rows),
            Reply::Opened { ticket, article, analysis, coverage, covered } => {
                if self.awaited.settle(Kind::Passage, ticket) {
                    self.finder.passage.show(article, analysis, self.locale);
                    self.finder.show_passage();
                } else if self.awaited.settle(Kind::Open, ticket) {
                    self.covered = covered;
                    return self.opened(article, analysis, coverage);
                }
                Vec::new()
            }
            Reply::Found { ticket, answer, ids, rows, is_complete } => {
                if !self.awaited.is(Kind::Search, ticket) {
                    return Vec::new();
                }
                if is_complete {
                    self.awaited.forget(Kind::Search);
                }
                self.found(*answer, ids, rows, is_complete)
            }
            Reply::Mistake { ticket, column, message } => {
                if self.awaited.settle(Kind::Search, ticket) {
                    self.finder.mistake = Some((column, message));
                } else if [Kind::List, Kind::Explain, Kind::Light]
                    .iter()
                    .any(|k| self.awaited.settle(*k, ticket))
                {
                    self.notice = Some(Notice::error(message));
                }
                Vec::new()
            }
            Reply::Compared { ticket, articles, comparison } => {
                if !self.awaited.settle(Kind::Compare, ticket) {
                    return Vec::new();
                }
                self.comparing.waiting = false;
                if articles.len() < 2 {
                    return self.say(Word::NothingToCompare);
                }
                self.comparing.show(articles, *comparison, self.locale);
                self.push(Screen::Comparison);
                Vec::new()
            }
            Reply::Stories { ticket, from, stories, total } => {
                if self.awaited.settle(Kind::Stories, ticket) {
                    self.stories.take(from, stories, total);
                }
                Vec::new()
            }
            Reply::Candidates { ticket, candidates } => {
                if !self.awaited.settle(Kind::Candidates, ticket) {
                    return Vec::new();
                }
                self.offered(candidates)
            }
            Reply::Changed { summary } => {
                self.summary = summary;
                self.prepared = true;
                self.refresh()
            }
            Reply::Folders { ticket, folders } => {
                if self.awaited.settle(Kind::Folders, ticket) {
                    self.list.set_folders(folders);
                }
                Vec::new()
            }
            Reply::Tags { ticket, tags } => {
                if self.awaited.settle(Kind::Tags, ticket)
                    && let Some(Overlay::Prompt(prompt)) = &mut self.overlay
                {
                    prompt.set_known(tags.into_iter().map(|(name, _)| name).collect());
                }
                Vec::new()
            }
            Reply::Stored { changes, home } => {
                self.note_home(home);
                self.show_kept(&changes)
            }
            Reply::Restored { changes, is_redo, title } => self.restored(changes, is_redo, title.as_deref()),
            Reply::Progress { ticket, progress } => self.progressed(ticket, *progress),
            Reply::Elsewhere { added } => self.changed_elsewhere(added),
            Reply::Lit { .. } | Reply::Explained { .. } | Reply::History { .. } => {
                self.receive_about_search(reply)
            }
            Reply::Fetching { .. } | Reply::Fetched { .. } | Reply::Whole { .. } | Reply::Feeds { .. } => {
                self.receive_about_feeds(reply)
            }
            Reply::Versions { ticket, id, pair } => self.show_versions(ticket, id, pair),
            Reply::Imported { ticket, report } => self.imported(ticket, &report),
            Reply::Failed { ticket, reason } => self.failed(ticket, reason),
        }
    }

    fn take_rows(&mut self, ticket: Ticket, rows: Vec<ArticleRow>) -> Vec<Effect> {
        if !self.awaited.settle(Kind::Rows, ticket) {
            return Vec::new();
        }
        for row in &rows {
            self.finder.hits.change(row.id, |shown| shown.clone_from(row));
        }
        self.list.add_rows(rows);
        self.ask_rows()
    }

    fn receive_about_search(&mut self, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Lit { ticket, hits, rows } if self.awaited.settle(Kind::Light, ticket) => {
                self.lit(hits, rows)
            }
            Reply::Explained { ticket, reading } if self.awaited.settle(Kind::Explain, ticket) => {
                self.explained(&reading)
            }
            Reply::History { ticket, queries } if self.awaited.settle(Kind::History, ticket) => {
                self.finder.offers.set_earlier(queries);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Notes how far an import is; the list is asked for again each time it has grown by a third.
    fn progressed(&mut self, ticket: Ticket, progress: Progress) -> Vec<Effect> {
        if !self.awaited.is(Kind::Import, ticket) {
            return Vec::new();
        }
        let shown = self.imported;
        let added = progress.added;
        self.progress = Some(progress);
        if added > shown + shown / 3 && !self.awaited.waits_for(Kind::List) {
            self.imported = added;
            return self.refresh_list();
        }
        Vec::new()
    }

    fn changed_elsewhere(&mut self, added: u32) -> Vec<Effect> {
        if added > 0 {
            self.notice = Some(Notice::plain(words_steps::came(added, self.locale)));
        }
        self.refresh_list()
    }

    fn opened(
        &mut self,
        article: Box<Article>,
        analysis: Box<Analysis>,
        coverage: Vec<Coverage>,
    ) -> Vec<Effect> {
        let is_same = self.reader.id() == Some(article.id);
        self.reader.show(article, analysis, self.locale);
        if let Some(article) = self.reader.article() {
            self.panel.replace(coverage, self.reader.analysis(), article, is_same);
        }
        self.land()
    }

    fn listed(&mut self, ticket: Ticket, listed: Listed, rows: Vec<ArticleRow>) -> Vec<Effect> {
        if !self.awaited.is(Kind::List, ticket) {
            return Vec::new();
        }
        if listed.is_complete {
            self.awaited.forget(Kind::List);
        }
        self.list.replace(listed, rows);
        let mut effects = Vec::new();
        if self.screen() == Screen::Main && self.focus == Pane::List {
            effects = self.preview();
        }
        if self.list.saved().any(|(_, count)| count.is_none()) {
            effects.extend(self.ask_counts());
        }
        effects
    }

    /// Goes to where the opened article was asked for.
    fn land(&mut self) -> Vec<Effect> {
        match std::mem::take(&mut self.landing) {
            Landing::Place => {}
            Landing::Matches(matches, place) => {
                self.reader.unlight();
                self.reader.set_matches(matches, place);
            }
            Landing::Evidence(spans) => {
                self.reader.unlight();
                self.reader.set_evidence(spans);
            }
            Landing::Entity(kind, canonical) => {
                let index = entity_index(&self.reader, kind, &canonical);
                self.reader.light(index);
            }
        }
        if self.focus() == Pane::List { Vec::new() } else { self.read_by_opening() }
    }

    /// Asks again for what a changed library may show otherwise.
    fn refresh(&mut self) -> Vec<Effect> {
        let mut effects = self.refresh_list();
        effects.extend(self.ask_counts());
        if let Some(id) = self.soon_in_reader() {
            effects.push(self.reopen(id));
        }
        if self.screen() == Screen::Search {
            effects.extend(self.ask_search());
        }
        effects
    }

    fn note_home(&mut self, home: Option<PathBuf>) {
        if let (None, Some(made)) = (&self.summary.home, &home) {
            self.notice = Some(Notice::plain(words::library_made(&made.display().to_string(), self.locale)));
        }
        self.summary.home = home;
    }

    fn imported(&mut self, ticket: Ticket, report: &crate::model::ImportReport) -> Vec<Effect> {
        if self.awaited.settle(Kind::Import, ticket) {
            self.progress = None;
        }
        if matches!(self.overlay, Some(Overlay::Importing)) {
            self.overlay = None;
        }
        let text = words_steps::import_report(report, self.locale);
        self.notice = Some(if report.added.is_empty() { Notice::error(text) } else { Notice::plain(text) });
        if !report.refused.is_empty() && self.overlay.is_none() {
            self.overlay = Some(Overlay::Report(Report::of_import(report, self.locale)));
        }
        Vec::new()
    }

    fn failed(&mut self, ticket: Option<Ticket>, reason: String) -> Vec<Effect> {
        let Some(ticket) = ticket else {
            self.notice = Some(Notice::error(reason));
            return Vec::new();
        };
        let mut is_newest = false;
        for kind in Kind::ALL {
            if self.awaited.settle(kind, ticket) {
                is_newest = true;
                match kind {
                    Kind::Import => {
                        self.progress = None;
                        if matches!(self.overlay, Some(Overlay::Importing)) {
                            self.overlay = None;
                        }
                    }
                    Kind::Fetch => self.fetching = None,
                    Kind::Compare => self.comparing.waiting = false,
                    Kind::Light => self.finder.hits.light(Vec::new(), Vec::new()),
                    _ => {}
                }
            }
        }
        if !is_newest {
            return Vec::new();
        }
        self.notice = Some(Notice::error(reason));
        Vec::new()
    }
}
