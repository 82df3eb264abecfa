//! Feeds: asked for in the background, told in the first line, and how each of them is.

use super::action::Action;
use super::effect::{Effect, Reply};
use super::notice::Notice;
use super::report::Report;
use super::words::Word;
use super::{App, Kind, Landing, Overlay, words_feeds};
use crate::model::{FetchReport, Filter};

impl App {
    /// Fetches the feed whose articles are listed, else all that are due; while that goes on, stops it.
    pub(super) fn fetch(&mut self) -> Vec<Effect> {
        if let Some(ticket) = self.awaited.0[Kind::Fetch as usize] {
            self.say(Word::Cancelling);
            return vec![Effect::CancelFetch { ticket }];
        }
        let feed = match &self.list.view.filter {
            Filter::Feed { id, .. } => Some(*id),
            _ => None,
        };
        let ticket = self.ask(Kind::Fetch);
        self.fetching = Some(FetchReport::default());
        vec![Effect::Fetch { ticket, feed }]
    }

    /// Fetches the whole text of the article at hand; one at a time.
    pub(super) fn fetch_whole(&mut self) -> Vec<Effect> {
        if self.awaited.waits_for(Kind::Whole) {
            return self.say(Word::FetchingWhole);
        }
        let Some(id) = self.current_article() else { return Vec::new() };
        let ticket = self.ask(Kind::Whole);
        self.say(Word::FetchingWhole);
        vec![Effect::FetchWhole { ticket, id }]
    }

    /// Asks how all feeds are.
    pub(super) fn open_feeds(&mut self) -> Vec<Effect> {
        let ticket = self.ask(Kind::Feeds);
        vec![Effect::Feeds { ticket }]
    }

    /// What tells how all feeds are: a key, or the name of the action where it has none.
    fn key_of_feeds(&self) -> String {
        let keys = self.keymap.chords(self.scope_below(), Action::Feeds, self.locale, self.ascii);
        keys.into_iter().next().unwrap_or_else(|| Action::Feeds.name().to_owned())
    }

    /// Takes an answer about feeds.
    pub(super) fn receive_about_feeds(&mut self, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Fetching { ticket, report } if self.awaited.is(Kind::Fetch, ticket) => {
                self.fetching = Some(*report);
                Vec::new()
            }
            Reply::Fetched { ticket, report } if self.awaited.settle(Kind::Fetch, ticket) => {
                self.fetching = None;
                let text = words_feeds::fetched(&report, &self.key_of_feeds(), self.locale);
                let all_failed = report.of > 0 && report.failed.len() >= report.of as usize;
                self.notice = Some(if all_failed { Notice::error(text) } else { Notice::plain(text) });
                if report.added > 0 { self.refresh_list() } else { Vec::new() }
            }
            Reply::Whole { ticket, before, id } if self.awaited.settle(Kind::Whole, ticket) => {
                self.say(Word::WholeFetched);
                let mut effects = self.refresh_list();
                if self.reader.id() == Some(before) {
                    effects.extend(self.ask_open(id, Landing::Place));
                }
                effects
            }
            Reply::Feeds { ticket, feeds } if self.awaited.settle(Kind::Feeds, ticket) => {
                if self.overlay.is_none() {
                    let lines = words_feeds::overview(&feeds, self.locale);
                    self.overlay = Some(Overlay::Report(Report::of_lines(Word::FeedsTitle, lines)));
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }
}
