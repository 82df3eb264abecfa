//! Which requests are under way.

use super::effect::Ticket;

/// Kinds of requests; a newer one of a kind overtakes the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    List,
    Rows,
    Open,
    Passage,
    Search,
    Compare,
    Stories,
    Candidates,
    Import,
    Folders,
    Tags,
    Light,
    Explain,
    History,
    Fetch,
    Whole,
    Feeds,
    Versions,
}

impl Kind {
    pub const ALL: [Self; 18] = [
        Self::List,
        Self::Rows,
        Self::Open,
        Self::Passage,
        Self::Search,
        Self::Compare,
        Self::Stories,
        Self::Candidates,
        Self::Import,
        Self::Folders,
        Self::Tags,
        Self::Light,
        Self::Explain,
        Self::History,
        Self::Fetch,
        Self::Whole,
        Self::Feeds,
        Self::Versions,
    ];
}

/// Requests under way, the newest of each kind.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Awaited(pub(super) [Option<Ticket>; 18]);

impl Awaited {
    /// Whether `ticket` is the one awaited of its kind; it is not awaited any more.
    pub fn settle(&mut self, kind: Kind, ticket: Ticket) -> bool {
        let slot = &mut self.0[kind as usize];
        let is_newest = *slot == Some(ticket);
        if is_newest {
            *slot = None;
        }
        is_newest
    }

    /// Does not wait for an answer of this kind any more.
    pub fn forget(&mut self, kind: Kind) {
        self.0[kind as usize] = None;
    }

    /// Whether an answer of this kind is still to come.
    pub fn waits_for(&self, kind: Kind) -> bool {
        self.0[kind as usize].is_some()
    }

    pub fn is(&self, kind: Kind, ticket: Ticket) -> bool {
        self.0[kind as usize] == Some(ticket)
    }
}
