//! Undo and redo for every change of read state.

use crate::model::{ArticleId, ReadState};

/// One change: what each article's state was and became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Article, state before, state after.
    pub states: Vec<(ArticleId, ReadState, ReadState)>,
}

/// Changes done and undone, newest last.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Change>,
    undone: Vec<Change>,
}

impl History {
    /// Remembers a change just made; what was undone before it cannot be redone any more.
    pub fn record(&mut self, change: Change) {
        self.undone.clear();
        self.done.push(change);
    }

    /// States to restore for the last change, or `None`.
    pub fn undo(&mut self) -> Option<Vec<(ArticleId, ReadState)>> {
        let change = self.done.pop()?;
        let states = change.states.iter().map(|&(id, before, _)| (id, before)).collect();
        self.undone.push(change);
        Some(states)
    }

    /// States to set again for the last undone change, or `None`.
    pub fn redo(&mut self) -> Option<Vec<(ArticleId, ReadState)>> {
        let change = self.undone.pop()?;
        let states = change.states.iter().map(|&(id, _, after)| (id, after)).collect();
        self.done.push(change);
        Some(states)
    }
}
