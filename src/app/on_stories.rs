//! Actions in the list of stories.

use super::App;
use super::action::Action;
use super::effect::Effect;

impl App {
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
