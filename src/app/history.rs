//! Undo and redo for every change of read state.

use crate::model::{ArticleId, StateChange};

/// Changes of several articles made at once.
pub type Changes = Vec<(ArticleId, StateChange)>;

/// Steps done and undone, newest last; each with what takes it back and what does it again.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
}

#[derive(Clone, Debug)]
struct Step {
    back: Changes,
    again: Changes,
}

impl History {
    /// Remembers a step just made; what was undone before it cannot be redone any more.
    pub fn record(&mut self, back: Changes, again: Changes) {
        self.undone.clear();
        self.done.push(Step { back, again });
    }

    /// Changes that take the last step back, or `None`.
    pub fn undo(&mut self) -> Option<Changes> {
        let step = self.done.pop()?;
        let back = step.back.clone();
        self.undone.push(step);
        Some(back)
    }

    /// Changes that do the last undone step again, or `None`.
    pub fn redo(&mut self) -> Option<Changes> {
        let step = self.undone.pop()?;
        let again = step.again.clone();
        self.done.push(step);
        Some(again)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(id: u32, read: bool) -> Changes {
        vec![(ArticleId(id), StateChange { read: Some(read), ..StateChange::default() })]
    }

    #[test]
    fn steps_come_back_in_reverse_order() {
        let mut history = History::default();
        history.record(read(1, false), read(1, true));
        history.record(read(2, false), read(2, true));
        assert_eq!(history.undo(), Some(read(2, false)));
        assert_eq!(history.undo(), Some(read(1, false)));
        assert_eq!(history.undo(), None);
        assert_eq!(history.redo(), Some(read(1, true)));
    }

    #[test]
    fn a_new_step_ends_what_could_be_redone() {
        let mut history = History::default();
        history.record(read(1, false), read(1, true));
        history.undo();
        history.record(read(2, false), read(2, true));
        assert_eq!(history.redo(), None);
    }
}
