//! What the user does with articles: changes made, undone and done again.

use std::sync::PoisonError;

use super::journal::{self, Way};
use super::{Error, Library, change, tag};
use crate::model::Change;

/// What changes did.
#[derive(Debug)]
pub struct Applied {
    /// What takes them back; nothing where all was so already.
    pub before: Vec<Change>,
    /// Why they hold in memory only, where the file could not be made; or wait there, where the disk
    /// is full or another program writes: then they are made with the next change, before it.
    pub unsaved: Option<Error>,
}

/// Changes that wait for the disk, and whether the user made them by hand.
pub(super) type Waiting = Vec<(Vec<Change>, bool)>;

impl Library {
    /// Makes changes, all or none.
    ///
    /// Those that the user makes by hand are a step that [`Library::undo`] takes back, and move a
    /// library that waits for its first mark to its file. Others (read by opening, the reading
    /// place) do neither. Of an article that a newer version replaced, the newer one takes star, tags
    /// and notes. A note without a number gets one; one whose words stand elsewhere is moved there.
    ///
    /// # Errors
    /// `NoArticle`; or where the library's file may not be written.
    pub fn apply(&self, changes: &[Change], by_hand: bool) -> Result<Applied, Error> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        match self.make_waiting(&mut waiting).and_then(|()| self.make(changes, by_hand)) {
            Err(error) if passes(&error) => {
                waiting.push((changes.to_vec(), by_hand));
                Ok(Applied { before: Vec::new(), unsaved: Some(error) })
            }
            made => made,
        }
    }

    /// Makes the changes that wait, where that can be done now.
    pub(super) fn catch_up(&self) -> Result<(), Error> {
        self.make_waiting(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn make_waiting(&self, waiting: &mut Waiting) -> Result<(), Error> {
        while let Some((changes, by_hand)) = waiting.first() {
            match self.make(changes, *by_hand) {
                Err(error) if passes(&error) => return Err(error),
                // What can never be made keeps nothing else from being made.
                _ => drop(waiting.remove(0)),
            }
        }
        Ok(())
    }

    fn make(&self, changes: &[Change], by_hand: bool) -> Result<Applied, Error> {
        let made = self.with(|tables| {
            let all = tables.transaction()?;
            let step = match change::make(&all, changes)? {
                Ok(step) => step,
                Err(missing) => return Ok(Err(missing)),
            };
            if by_hand && !step.back.is_empty() {
                journal::record(&all, &step)?;
            }
            all.commit()?;
            Ok(Ok(step))
        })?;
        let step = made.map_err(Error::NoArticle)?;
        let unsaved = if by_hand && !step.back.is_empty() { self.persist().err() } else { None };
        Ok(Applied { before: step.back, unsaved })
    }

    /// Takes the last step back, one of an earlier session too; the changes that did so, or `None`
    /// where there is none.
    ///
    /// # Errors
    /// Where the library's file cannot be written.
    pub fn undo(&self) -> Result<Option<Vec<Change>>, Error> {
        self.go(Way::Back)
    }

    /// Makes the step again that was taken back last; the changes that did so, or `None` where there
    /// is none, or another step came after.
    ///
    /// # Errors
    /// Where the library's file cannot be written.
    pub fn redo(&self) -> Result<Option<Vec<Change>>, Error> {
        self.go(Way::Again)
    }

    fn go(&self, way: Way) -> Result<Option<Vec<Change>>, Error> {
        self.catch_up()?;
        self.with(|tables| {
            let all = tables.transaction()?;
            let Some(changes) = journal::go(&all, way)? else { return Ok(None) };
            let made = change::make_what_can_be(&all, &changes)?;
            all.commit()?;
            Ok(Some(made))
        })
    }

    /// The reader's tags with their number of articles, by name.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn tags(&self) -> Result<Vec<(String, u32)>, Error> {
        self.read(tag::all)
    }
}

/// Whether what failed can be done later.
fn passes(error: &Error) -> bool {
    matches!(error, Error::Full { .. } | Error::Locked { .. })
}
