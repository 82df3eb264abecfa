//! The mouse: the wheel scrolls what is under the pointer, a click focuses and selects.

use super::action::Action;
use super::effect::Effect;
use super::hits::HIT_ROWS;
use super::{App, Overlay, Pane, Screen};

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// Wheel away from the user.
    WheelUp,
    /// Wheel towards the user.
    WheelDown,
    /// Left button pressed.
    Click,
}

/// Where the mouse did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What.
    pub kind: MouseKind,
    /// Column.
    pub x: u16,
    /// Row.
    pub y: u16,
}

/// Rows that one notch of the wheel scrolls.
const WHEEL: isize = 3;

impl App {
    /// Handles the mouse.
    pub fn mouse(&mut self, mouse: Mouse) -> Vec<Effect> {
        let steps = match mouse.kind {
            MouseKind::WheelUp => -1,
            MouseKind::WheelDown => 1,
            MouseKind::Click => return self.click(mouse),
        };
        let action = if steps < 0 { Action::Up } else { Action::Down };
        match &mut self.overlay {
            Some(Overlay::Help(help)) => help.scroll(steps * WHEEL),
            Some(_) => return self.update(action),
            None => match self.screen() {
                Screen::Main | Screen::Article if self.viewport.reader.holds(mouse.x, mouse.y) => {
                    self.reader.scroll(steps * WHEEL);
                }
                Screen::Main | Screen::Article if self.viewport.panel.holds(mouse.x, mouse.y) => {
                    self.panel.step(steps);
                }
                Screen::Main if self.viewport.list.holds(mouse.x, mouse.y) => {
                    self.list.step(steps);
                    return self.preview();
                }
                Screen::Search if self.viewport.reader.holds(mouse.x, mouse.y) => {
                    self.finder.passage.scroll(steps * WHEEL);
                }
                Screen::Versions => {
                    self.versions.reader.scroll(steps * WHEEL);
                }
                Screen::Comparison if self.viewport.evidence.holds(mouse.x, mouse.y) => {
                    self.comparing.scroll_evidence(steps * WHEEL);
                }
                Screen::Search | Screen::Comparison | Screen::Stories => return self.update(action),
                Screen::Main | Screen::Article => {}
            },
        }
        Vec::new()
    }

    fn click(&mut self, mouse: Mouse) -> Vec<Effect> {
        if self.overlay.is_some() {
            return Vec::new();
        }
        let viewport = self.viewport;
        match self.screen() {
            Screen::Main | Screen::Article => {
                if viewport.list.holds(mouse.x, mouse.y) {
                    self.set_focus(Pane::List);
                    if let Some(index) = self.list.index_at(mouse.y - viewport.list.y) {
                        self.list.select(index);
                    }
                    return self.preview();
                }
                if viewport.panel.holds(mouse.x, mouse.y) {
                    self.set_focus(Pane::Panel);
                    self.panel.select(self.panel.offset() + usize::from(mouse.y - viewport.panel.y));
                } else if viewport.reader.holds(mouse.x, mouse.y) {
                    self.set_focus(Pane::Reader);
                }
            }
            Screen::Search if viewport.list.holds(mouse.x, mouse.y) => {
                let row = (mouse.y - viewport.list.y) / HIT_ROWS;
                let first = self.finder.hits.visible().first().map_or(0, |(index, _)| *index);
                self.finder.hits.select(first + usize::from(row));
                return self.ask_passage();
            }
            Screen::Search | Screen::Comparison | Screen::Stories | Screen::Versions => {}
        }
        Vec::new()
    }
}
