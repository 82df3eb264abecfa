//! How far lines are scrolled that are only read.

use super::action::Action;

/// The first line on the screen, and how many fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scrolling {
    offset: usize,
    height: u16,
}

impl Scrolling {
    /// First line on the screen.
    #[must_use]
    pub fn offset(self) -> usize {
        self.offset
    }

    /// Takes the rows that fit.
    pub fn set_height(&mut self, height: u16, lines: usize) {
        self.height = height;
        self.by(0, lines);
    }

    /// Scrolls by rows, stopping at both ends of `lines`.
    pub fn by(&mut self, rows: isize, lines: usize) {
        let most = lines.saturating_sub(usize::from(self.height));
        self.offset = self.offset.saturating_add_signed(rows).min(most);
    }

    /// Does what an action asks for; whether it is one that scrolls.
    pub fn obey(&mut self, action: Action, lines: usize) -> bool {
        let page = isize::try_from(self.height.saturating_sub(1).max(1)).unwrap_or(1);
        let rows = match action {
            Action::Up => -1,
            Action::Down => 1,
            Action::PageUp => -page,
            Action::PageDown => page,
            Action::HalfPageUp => -(page / 2).max(1),
            Action::HalfPageDown => (page / 2).max(1),
            Action::Top => isize::MIN,
            Action::Bottom => isize::MAX,
            _ => return false,
        };
        self.by(rows, lines);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scrolling_stops_at_both_ends() {
        let mut scrolling = Scrolling::default();
        scrolling.set_height(10, 25);
        for (action, offset) in [
            (Action::Up, 0),
            (Action::PageDown, 9),
            (Action::HalfPageDown, 13),
            (Action::PageDown, 15),
            (Action::PageUp, 6),
            (Action::Bottom, 15),
            (Action::Down, 15),
            (Action::Top, 0),
        ] {
            assert!(scrolling.obey(action, 25));
            assert_eq!(scrolling.offset(), offset, "{action:?}");
        }
        assert!(!scrolling.obey(Action::Open, 25));
        scrolling.obey(Action::Bottom, 25);
        scrolling.set_height(30, 25);
        assert_eq!(scrolling.offset(), 0, "all fit");
    }
}
