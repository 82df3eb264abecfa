//! Corrections of an article, and its versions.

use super::action::Action;
use super::details::Details;
use super::effect::{Effect, Ticket};
use super::notice::Notice;
use super::values::VersionPair;
use super::words::Word;
use super::{App, Kind, Overlay, Screen, words_details};
use crate::model::{Article, ArticleId};

impl App {
    /// The article that marks apply to, where it has been read.
    fn article_at_hand(&self) -> Option<&Article> {
        let id = self.current_article()?;
        let compared = self.comparing.articles().iter().map(|compared| &compared.article);
        let shown = [self.reader.article(), self.finder.passage.article()].into_iter().flatten();
        shown.chain(compared).find(|article| article.id == id)
    }

    /// Opens the form with what is known of the article at hand.
    pub(super) fn open_details(&mut self) -> Vec<Effect> {
        let Some(article) = self.article_at_hand() else {
            let is_coming = self.current_article().is_some();
            return self.say(if is_coming { Word::Loading } else { Word::NoArticle });
        };
        let details = Details::new(article, self.today, self.locale);
        self.overlay = Some(Overlay::Details(Box::new(details)));
        Vec::new()
    }

    /// Keys of the form.
    pub(super) fn update_details(&mut self, action: Action) -> Vec<Effect> {
        let Some(Overlay::Details(details)) = &mut self.overlay else { return Vec::new() };
        match action {
            Action::Up | Action::PreviousPane => details.step(-1),
            Action::Down | Action::NextPane => details.step(1),
            Action::Open => match details.changes() {
                Err(mistake) => {
                    self.notice = Some(Notice::error(words_details::mistake(mistake, self.locale)));
                }
                Ok(changes) => {
                    self.overlay = None;
                    if !changes.is_empty() {
                        self.say(Word::Corrected);
                        return self.step(changes);
                    }
                }
            },
            _ => {}
        }
        Vec::new()
    }

    /// Shows what changed in the article at hand since its version before; from there, goes back.
    pub(super) fn open_versions(&mut self) -> Vec<Effect> {
        if self.screen() == Screen::Versions {
            return self.leave();
        }
        match self.current_article() {
            Some(id) => self.ask_versions(id, None),
            None => self.say(Word::NoArticle),
        }
    }

    fn ask_versions(&mut self, id: ArticleId, number: Option<u32>) -> Vec<Effect> {
        let ticket = self.ask(Kind::Versions);
        vec![Effect::Versions { ticket, id, number }]
    }

    /// Takes the versions asked for, where their article is still the one at hand.
    pub(super) fn show_versions(
        &mut self,
        ticket: Ticket,
        id: ArticleId,
        pair: Option<Box<VersionPair>>,
    ) -> Vec<Effect> {
        if !self.awaited.settle(Kind::Versions, ticket) || self.current_article() != Some(id) {
            return Vec::new();
        }
        let Some(pair) = pair else {
            let is_on_pairs = self.screen() == Screen::Versions;
            return self.say(if is_on_pairs { Word::NoMoreVersions } else { Word::OneVersion });
        };
        self.versions.show(id, *pair, self.locale);
        self.push(Screen::Versions);
        Vec::new()
    }

    /// Actions on the screen of versions.
    pub(super) fn update_versions(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Back | Action::Left => self.leave(),
            Action::Next | Action::Previous => {
                let found = self.versions.reader.step_match(action == Action::Next);
                if found { Vec::new() } else { self.say(Word::NoMoreChanges) }
            }
            Action::NextPart | Action::PreviousPart => {
                let steps = if action == Action::NextPart { 1 } else { -1 };
                match self.versions.beside(steps) {
                    Some(number) => self.ask_versions(self.versions.article(), Some(number)),
                    None => self.say(Word::NoMoreVersions),
                }
            }
            _ => {
                self.versions.reader.obey(action);
                Vec::new()
            }
        }
    }
}
