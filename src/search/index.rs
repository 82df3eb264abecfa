//! The index over all articles: adding, removing, answering, keeping.
//!
//! Articles are gathered, and become a segment when [`Index::settle`] or the end of a [`Turn`] says so;
//! small segments are merged into larger ones, so an article is moved only a few times. Searching
//! works on a snapshot and blocks nobody. All methods may be called from several threads.
//!
//! With a folder the segments lie in files and outlive the program. The index remains a cache: what
//! of the folder cannot be used is forgotten, [`Index::mark`] says how far what is left goes.

use std::collections::HashSet;
use std::fmt;
use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::model::ArticleId;

use super::answer::Cache;
use super::builder::Builder;
use super::folder::{Folder, Manifest, Mark};
use super::live::Live;
use super::merge::{merge, tail};
use super::part::Medium;
use super::request::Document;
use super::segment::Segment;
use super::table::Table;

/// Memory that gathered articles may take before they become a segment.
const MAX_GATHERED: usize = 24 << 20;
/// Segments of like size that a long import lets gather before it merges them.
const PATIENCE: usize = 6;

/// All words of all articles, with where they stand; the texts are not kept.
#[derive(Default)]
pub struct Index {
    shelf: Mutex<Arc<Shelf>>,
    desk: Mutex<Desk>,
    /// Held by the one who takes articles in.
    turn: Mutex<()>,
    /// Expanded words of the last queries.
    pub(super) cache: Mutex<Cache>,
    /// Scores of the search before, to be written over.
    pub(super) table: Mutex<Table>,
}

/// What a search works on.
#[derive(Default)]
pub(super) struct Shelf {
    pub live: Vec<Live>,
    /// Another number, other segments.
    pub generation: u64,
    pub articles: u32,
}

/// What is being taken in, and where it is kept.
#[derive(Default)]
struct Desk {
    folder: Option<Folder>,
    /// Of the manifest that was read or written last.
    stamp: Option<u64>,
    /// Number of the next file.
    next: u64,
    mark: Mark,
    /// Largest number of an article ever taken in.
    largest: ArticleId,
    pending: Builder,
    pending_ids: HashSet<ArticleId>,
    /// Something changed since the manifest was written.
    is_changed: bool,
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What a panicking thread left is still a set of whole segments.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Index {
    /// An index without articles.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes over what can be used of the index of a library in its folder, perhaps nothing, and keeps
    /// it there. `library` tells libraries apart. Nothing is written before the first [`Index::turn`].
    pub fn open_in(&self, folder: PathBuf, library: u64) {
        self.keep_in(folder, library);
        self.refresh();
    }

    /// From now on keeps what it has in this folder.
    pub fn keep_in(&self, folder: PathBuf, library: u64) {
        let mut desk = lock(&self.desk);
        desk.folder = Some(Folder::new(folder, library));
        desk.is_changed = true;
    }

    /// How far it goes.
    #[must_use]
    pub fn mark(&self) -> Mark {
        lock(&self.desk).mark
    }

    /// Takes over what another process has written meanwhile; cheap where there is nothing new.
    pub fn refresh(&self) {
        // Whoever takes articles in has just done it.
        if let Ok(_alone) = self.turn.try_lock() {
            self.take_over();
        }
    }

    fn take_over(&self) {
        let mut desk = lock(&self.desk);
        let Some(folder) = &desk.folder else { return };
        // The other process may remove files between the two readings.
        for _ in 0..4 {
            let stamp = folder.stamp();
            if stamp.is_none() || stamp == desk.stamp {
                return;
            }
            let Ok(Manifest { mark, largest, next, live }) = folder.read() else { continue };
            desk.stamp = stamp;
            desk.mark = mark;
            desk.largest = largest;
            desk.next = next;
            desk.pending = Builder::default();
            desk.pending_ids.clear();
            desk.is_changed = false;
            self.put(live);
            return;
        }
    }

    /// Makes these the segments to search.
    fn put(&self, live: Vec<Live>) {
        let articles = u32::try_from(live.iter().map(Live::len).sum::<usize>()).unwrap_or(u32::MAX);
        let mut current = lock(&self.shelf);
        *current = Arc::new(Shelf { live, generation: current.generation + 1, articles });
    }

    /// Begins to take articles in; of one process at a time, others wait. Takes over what another
    /// process wrote; while that one goes on writing, what is taken in stays in memory.
    pub fn turn(&self) -> Turn<'_> {
        let alone = lock(&self.turn);
        let folder = lock(&self.desk).folder.clone();
        let leads = folder.and_then(|f| f.lock());
        self.take_over();
        Turn { index: self, leads, _alone: alone }
    }

    /// Forgets everything, for what was damaged or belongs to other articles.
    pub fn clear(&self) {
        let mut desk = lock(&self.desk);
        desk.mark = Mark::default();
        desk.largest = ArticleId::default();
        desk.pending = Builder::default();
        desk.pending_ids.clear();
        desk.is_changed = true;
        self.put(Vec::new());
    }

    /// Whether a file was found damaged: answers may lack hits until it is built anew.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        self.shelf().live.iter().any(|l| l.segment.medium().is_damaged())
    }

    /// Takes an article in, to be found once it is settled; one of the same number is replaced.
    pub fn add(&self, document: &Document) {
        let mut desk = lock(&self.desk);
        if document.id <= desk.largest {
            self.remove_from(&mut desk, document.id);
        }
        desk.largest = desk.largest.max(document.id);
        desk.pending.add(document);
        desk.pending_ids.insert(document.id);
    }

    /// Forgets an article; nothing happens where it is not there.
    pub fn remove(&self, id: ArticleId) {
        self.remove_from(&mut lock(&self.desk), id);
    }

    fn remove_from(&self, desk: &mut Desk, id: ArticleId) {
        if desk.pending_ids.contains(&id) {
            self.settle_on(desk);
        }
        let mut live = self.shelf().live.clone();
        if live.iter_mut().any(|l| l.remove(id)) {
            desk.is_changed = true;
            self.put(live);
        }
    }

    /// Makes what was added ready to be found.
    pub fn settle(&self) {
        self.settle_on(&mut lock(&self.desk));
    }

    fn settle_on(&self, desk: &mut Desk) {
        if desk.pending_ids.is_empty() {
            return;
        }
        let pending = std::mem::take(&mut desk.pending);
        desk.pending_ids.clear();
        desk.is_changed = true;
        let mut live = self.shelf().live.clone();
        let from = live.iter().rposition(|l| l.file.is_some()).map_or(0, |last| last + 1);
        live.push(in_memory(|out| pending.write(out)));
        drop(pending);
        let sizes: Vec<usize> = live.iter().skip(from).map(Live::len).collect();
        let tail = live.split_off(live.len() - tail(&sizes));
        live.push(match tail.as_slice() {
            [one] => one.clone(),
            several => in_memory(|out| merge(several, out)),
        });
        live.retain(|l| l.len() > 0);
        self.put(live);
    }

    /// Articles that were taken in.
    #[must_use]
    pub fn len(&self) -> usize {
        let pending = lock(&self.desk).pending_ids.len();
        self.shelf().live.iter().map(Live::len).sum::<usize>() + pending
    }

    /// Whether no article was taken in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn shelf(&self) -> Arc<Shelf> {
        Arc::clone(&lock(&self.shelf))
    }
}

/// The right to take articles in, until it is dropped.
pub struct Turn<'a> {
    index: &'a Index,
    /// The folder's lock, where this process may write.
    leads: Option<File>,
    _alone: MutexGuard<'a, ()>,
}

impl Turn<'_> {
    /// What was added until now reaches up to `mark`. Where much has gathered it is kept.
    pub fn reached(&self, mark: Mark) {
        let is_full = {
            let mut desk = lock(&self.index.desk);
            desk.is_changed |= desk.mark != mark;
            desk.mark = mark;
            desk.pending.bytes() > MAX_GATHERED
        };
        if is_full {
            // What the disk does not take stays in memory, and is tried again at the end.
            let _ = self.keep(PATIENCE);
        }
    }

    /// Makes all that was added ready to be found, and keeps it where there is a folder and no other
    /// process writes; whether it is kept there, so that the next program to open it finds it as it is now.
    ///
    /// # Errors
    /// Where the disk does not take it; it can be found all the same, until the program ends.
    pub fn finish(self) -> io::Result<bool> {
        self.keep(2)?;
        Ok(self.leads.is_some())
    }

    /// Merges segments of like size where there are `patience` of them.
    fn keep(&self, patience: usize) -> io::Result<()> {
        let mut desk = lock(&self.index.desk);
        self.index.settle_on(&mut desk);
        let (Some(folder), Some(_), true) = (desk.folder.clone(), &self.leads, desk.is_changed) else {
            return Ok(());
        };
        let mut live = self.index.shelf().live.clone();
        let start = first_to_write(&live, patience);
        let rest = live.split_off(start);
        if !rest.is_empty() {
            let file = desk.next;
            let whole = match rest.as_slice() {
                [one] if one.is_whole() => one.segment.medium().in_memory(),
                _ => None,
            };
            let segment = folder.write(file, |mut out| match whole {
                Some(bytes) => io::Write::write_all(&mut out, bytes).map(|()| out),
                None => merge(&rest, out),
            })?;
            desk.next += 1;
            live.push(Live::new(segment, Some(file)));
            live.retain(|l| l.len() > 0);
            self.index.put(live.clone());
        }
        let manifest = Manifest { mark: desk.mark, largest: desk.largest, next: desk.next, live };
        desk.stamp = Some(folder.publish(&manifest)?);
        desk.is_changed = false;
        Ok(())
    }
}

/// The first segment that has to be written anew, together with all behind it.
fn first_to_write(live: &[Live], patience: usize) -> usize {
    let sizes: Vec<usize> = live.iter().map(Live::len).collect();
    let merged =
        Some(tail(&sizes)).filter(|&count| count >= patience).map(|count| live.len() - count.min(live.len()));
    let unsaved = live.iter().position(|l| l.file.is_none() || l.is_worn());
    merged.into_iter().chain(unsaved).min().unwrap_or(live.len())
}

fn in_memory(write: impl FnOnce(Vec<u8>) -> io::Result<Vec<u8>>) -> Live {
    // A merge of damaged files fails; nothing of them is to be trusted.
    let bytes = write(Vec::new()).or_else(|_| Builder::default().write(Vec::new()));
    let segment = bytes.and_then(|bytes| Segment::open(Medium::memory(bytes)));
    Live::new(segment.expect("what was written in memory can be read"), None)
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index").field("len", &self.len()).finish_non_exhaustive()
    }
}
