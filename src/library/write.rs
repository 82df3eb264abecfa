//! What the user does with articles.

use super::{Error, Library, state};
use crate::model::{ArticleId, ReadState, StateChange};

/// What a mark did.
#[derive(Debug)]
pub struct Marked {
    /// The articles it changed, with what their state was before.
    pub before: Vec<(ArticleId, ReadState)>,
    /// Why it holds in memory only, where the file could not be made.
    pub unsaved: Option<Error>,
}

impl Library {
    /// Sets the state of an article.
    ///
    /// # Errors
    /// `NoArticle`; or where the library's file cannot be written.
    pub fn set_state(&self, id: ArticleId, to: ReadState) -> Result<Marked, Error> {
        self.set_states(&[(id, to)])
    }

    /// Sets the states of articles, all or none: what undo needs.
    ///
    /// # Errors
    /// `NoArticle`; or where the library's file cannot be written.
    pub fn set_states(&self, states: &[(ArticleId, ReadState)]) -> Result<Marked, Error> {
        let to = |id| states.iter().find(|(other, _)| *other == id).map(|(_, state)| *state);
        self.mark(&states.iter().map(|(id, _)| *id).collect::<Vec<_>>(), |id, was| to(id).unwrap_or(was))
    }

    /// Makes changes, all or none. Those that the user did not make by hand (read by opening, the
    /// reading place) do not move a library that waits for its first mark to its file.
    ///
    /// # Errors
    /// `NoArticle`; or where the library's file cannot be written.
    pub fn change_states(
        &self,
        changes: &[(ArticleId, StateChange)],
        by_hand: bool,
    ) -> Result<Marked, Error> {
        let change = |id, was| {
            let change = changes.iter().find(|(other, _)| *other == id);
            change.map_or(was, |(_, change)| change.on(was))
        };
        let ids: Vec<ArticleId> = changes.iter().map(|(id, _)| *id).collect();
        if by_hand {
            return self.mark(&ids, change);
        }
        Ok(Marked { before: self.change(&ids, change)?, unsaved: None })
    }

    /// Marks articles as read or unread.
    ///
    /// # Errors
    /// `NoArticle`; or where the library's file cannot be written.
    pub fn mark_read(&self, ids: &[ArticleId], read: bool) -> Result<Marked, Error> {
        self.mark(ids, |_, was| ReadState { read, ..was })
    }

    /// Stars an article, or takes the star away.
    ///
    /// # Errors
    /// `NoArticle`; or where the library's file cannot be written.
    pub fn set_starred(&self, id: ArticleId, starred: bool) -> Result<Marked, Error> {
        self.mark(&[id], |_, was| ReadState { starred, ..was })
    }

    /// Remembers where reading stopped. No mark of the user: it does not make a file.
    ///
    /// # Errors
    /// `NoArticle`; or where the library's file cannot be written.
    pub fn set_place(&self, id: ArticleId, place: u32) -> Result<(), Error> {
        self.change(&[id], |_, was| ReadState { place, ..was })?;
        Ok(())
    }

    /// Changes states, and moves a library that waits for its first mark to its file.
    fn mark(
        &self,
        ids: &[ArticleId],
        change: impl Fn(ArticleId, ReadState) -> ReadState,
    ) -> Result<Marked, Error> {
        let before = self.change(ids, change)?;
        let unsaved = if before.is_empty() { None } else { self.persist().err() };
        Ok(Marked { before, unsaved })
    }

    fn change(
        &self,
        ids: &[ArticleId],
        change: impl Fn(ArticleId, ReadState) -> ReadState,
    ) -> Result<Vec<(ArticleId, ReadState)>, Error> {
        let mut missing = None;
        let before = self.with(|tables| {
            let all = tables.transaction()?;
            let mut before = Vec::new();
            for id in ids {
                let Some(was) = state::get(&all, *id)? else {
                    missing = Some(*id);
                    return Ok(Vec::new());
                };
                let to = change(*id, was);
                if to != was {
                    state::set(&all, *id, to)?;
                    before.push((*id, was));
                }
            }
            all.commit()?;
            Ok(before)
        })?;
        missing.map_or(Ok(before), |id| Err(Error::NoArticle(id)))
    }
}
