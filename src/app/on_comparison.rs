//! Actions on the comparison.

use super::action::Action;
use super::effect::Effect;
use super::sheet::SheetView;
use super::words::Word;
use super::{App, Kind, Landing, Pane, Screen};
use crate::model::ArticleId;

impl App {
    pub(super) fn ask_compare(&mut self, articles: Vec<ArticleId>, force: bool) -> Vec<Effect> {
        let ticket = self.ask(Kind::Compare);
        self.comparing.asked.clone_from(&articles);
        self.comparing.force = force;
        self.comparing.waiting = true;
        vec![Effect::Compare { ticket, articles, force }]
    }

    pub(super) fn update_comparison(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Back => return self.back().unwrap_or_default(),
            Action::Up => self.comparing.step(-1),
            Action::Down => self.comparing.step(1),
            Action::Right | Action::NextPane | Action::NextArticle => self.comparing.step_column(1),
            Action::Left | Action::PreviousPane | Action::PreviousArticle => self.comparing.step_column(-1),
            Action::HalfPageDown => {
                self.comparing.scroll_evidence(5);
            }
            Action::HalfPageUp => {
                self.comparing.scroll_evidence(-5);
            }
            Action::PageDown => {
                let page = self.comparing.page();
                if !self.comparing.scroll_evidence(page) {
                    self.comparing.step(1);
                }
            }
            Action::PageUp => {
                let page = self.comparing.page();
                if !self.comparing.scroll_evidence(-page) {
                    self.comparing.step(-1);
                }
            }
            Action::Top => self.comparing.step(isize::MIN),
            Action::Bottom => self.comparing.step(isize::MAX),
            Action::ViewFacts => self.comparing.set_view(SheetView::Facts, self.locale),
            Action::ViewWords => self.comparing.set_view(SheetView::Words, self.locale),
            Action::ViewQuotes => self.comparing.set_view(SheetView::Quotes, self.locale),
            Action::ViewOnly => self.comparing.set_view(SheetView::Only, self.locale),
            Action::Mark if self.comparing.columns().len() <= 2 && self.comparing.hidden().is_empty() => {
                return self.say(Word::TwoStay);
            }
            Action::Mark => self.comparing.toggle_column(),
            Action::ToggleOutside => {
                let (asked, force) = (self.comparing.asked.clone(), !self.comparing.force);
                return self.ask_compare(asked, force);
            }
            Action::Next => return self.step_difference(true),
            Action::Previous => return self.step_difference(false),
            Action::Open => return self.open_evidence(),
            _ => {}
        }
        Vec::new()
    }

    fn step_difference(&mut self, forward: bool) -> Vec<Effect> {
        if self.comparing.step_difference(forward) { Vec::new() } else { self.say(Word::NoMoreDifferences) }
    }

    /// Opens the selected cell's sentences in their article.
    fn open_evidence(&mut self) -> Vec<Effect> {
        let Some((id, spans)) = self.comparing.target() else { return Vec::new() };
        self.push(Screen::Article);
        self.focus = Pane::Reader;
        self.ask_open(id, Landing::Evidence(spans))
    }
}
