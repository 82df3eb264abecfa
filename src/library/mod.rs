//! The one door to articles, for the reader and the command line alike.
//!
//! A library is one SQLite file, `library.db` in the library's folder, or lives in memory: the
//! bundled articles before there is a file, and paths that are opened beside it. Its tables are
//! described in the `schema` module.
//!
//! All methods take `&self`: threads share one value. What is decided and computed (reading,
//! analysis, search, comparison) happens outside the lock that guards the file.

mod analysing;
mod archive;
mod article;
mod beside;
mod change;
mod codec;
mod columns;
mod connections;
mod cores;
mod correction;
mod entity;
mod error;
mod export;
mod feed;
mod files;
mod find;
mod foreign;
mod group;
mod identity;
mod intake;
mod journal;
mod lease;
mod listing;
mod membership;
mod note;
mod opening;
mod pace;
mod packing;
mod parts;
mod passage;
mod pdf;
mod picks;
mod pipeline;
mod profile;
mod read;
mod recover;
mod saved;
mod schema;
mod state;
mod steps;
mod storing;
mod story;
mod tag;
mod whole;
mod write;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

pub use crate::compare::Options;
pub use crate::search::{Order, Query, QueryError};
pub use error::Error;
pub use listing::{FirstLists, Listing};
pub use picks::Picks;
pub use read::Counts;
pub use recover::Recovery;
pub use write::Applied;

use connections::{Connections, Home};

use crate::model::{ArticleId, ImportReport};
use crate::search::Index;

/// The library's file in its folder.
pub const FILE: &str = "library.db";

/// What the tables of the library's file hold, as Markdown.
pub const FORM: &str = include_str!("../../assets/library.md");

/// The folder of the search index beside it; may be deleted, it is made again.
const INDEX: &str = "index";

/// The bundled articles, as delivered.
const SEEDS: [(&str, &[u8]); 5] = [
    ("seeds/000_409db86bdcacd237.txt", include_bytes!("../../seeds/000_409db86bdcacd237.txt")),
    ("seeds/001_38393fa2de6d2fd6.txt", include_bytes!("../../seeds/001_38393fa2de6d2fd6.txt")),
    ("seeds/002_8bf24d917596bb10.txt", include_bytes!("../../seeds/002_8bf24d917596bb10.txt")),
    ("seeds/003_135e26ff78ab9609.txt", include_bytes!("../../seeds/003_135e26ff78ab9609.txt")),
    ("seeds/004_326eb513b9fdb411.txt", include_bytes!("../../seeds/004_326eb513b9fdb411.txt")),
];

/// Articles with what they say, where they stand and what the user did with them.
#[derive(Debug)]
pub struct Library {
    store: Connections,
    index: Index,
    /// Held while stories are made, so that two threads do not number them differently.
    grouping: Mutex<()>,
    /// Changes that wait for the disk.
    waiting: Mutex<write::Waiting>,
    /// What was kept of a damaged file when it was opened.
    recovery: Option<Recovery>,
    /// The last article that is not new to the reader who is here, once there is one.
    new_since: Mutex<Option<ArticleId>>,
    /// Work was left to another process.
    is_left: AtomicBool,
    /// Number of the last article that the index has come to: who tells of it must not wait for the index.
    indexed: AtomicU32,
}

impl Library {
    /// Opens the library in `folder`, creating or upgrading its file.
    ///
    /// # Errors
    /// `Newer` where a later version wrote it and `NotALibrary` where it is something else (both
    /// are left untouched), `Damaged` where nothing can be read of a damaged file (what can be is
    /// recovered, see [`Library::recovery`]), `Locked` after two seconds, `Io` where the folder cannot be made or read,
    /// `Older` where the file is of an older form and may not be written. A file of the newest form
    /// that may not be written opens for reading.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        fs::create_dir_all(folder).map_err(|source| Error::Io { path: folder.to_owned(), source })?;
        let path = folder.join(FILE);
        let (store, recovery) = match Connections::to_file(&path) {
            Err(error) if error.is_damage() && recover::was_library(&path) => {
                let recovery = recover::recover(&path)?;
                (Connections::to_file(&path)?, Some(recovery))
            }
            opened => (opened?, None),
        };
        let library = Self { recovery, ..Self::new(store) };
        if let Ok(identity) = library.with(|tables| find::identity(tables)) {
            library.index.open_in(folder.join(INDEX), identity);
        }
        Ok(library)
    }

    /// The library in `folder` where its file exists, else the bundled articles in memory, which
    /// move to `folder` with the first mark or import. Nothing is written before.
    ///
    /// # Errors
    /// Those of [`Library::open`].
    pub fn start(folder: Option<PathBuf>) -> Result<Self, Error> {
        match folder {
            Some(folder) if folder.join(FILE).exists() => Self::open(&folder),
            folder => Self::bundled(Home::Until(folder)),
        }
    }

    /// The statements that make the tables of a library's file.
    #[must_use]
    pub fn statements() -> &'static str {
        schema::STATEMENTS
    }

    /// The bundled articles, in memory for good.
    ///
    /// # Errors
    /// Where memory is short.
    pub fn seeds() -> Result<Self, Error> {
        Self::bundled(Home::Memory)
    }

    /// The articles at `paths` and in `stdin`, in memory for good, in that order; with what could
    /// not be read. A folder stands for all files below it, a dump for all its articles.
    ///
    /// # Errors
    /// Where memory is short.
    pub fn of_paths(paths: &[PathBuf], stdin: Option<Vec<u8>>) -> Result<(Self, ImportReport), Error> {
        let library = Self::in_memory(Home::Memory)?;
        let (found, refused) = files::find(paths);
        let mut report = ImportReport { refused, ..ImportReport::default() };
        library.take_files(found, &mut report)?;
        if let Some(bytes) = stdin {
            let (drafts, refused) = files::drafts(&bytes, "(stdin)", 0, None);
            library.store(&drafts, &mut report)?;
            report.refused.extend(refused);
        }
        Ok((library, report))
    }

    fn bundled(home: Home) -> Result<Self, Error> {
        let library = Self::in_memory(home)?;
        let mut report = ImportReport::default();
        for (origin, bytes) in SEEDS {
            library.store(&files::drafts(bytes, origin, 0, None).0, &mut report)?;
        }
        // Nobody added them.
        library.with(|tables| tables.execute("UPDATE article SET added = NULL", []))?;
        Ok(library)
    }

    fn in_memory(home: Home) -> Result<Self, Error> {
        Ok(Self::new(Connections::in_memory(home)?))
    }

    fn new(store: Connections) -> Self {
        Self {
            store,
            index: Index::new(),
            grouping: Mutex::default(),
            new_since: Mutex::default(),
            recovery: None,
            waiting: Mutex::default(),
            is_left: AtomicBool::new(false),
            indexed: AtomicU32::new(0),
        }
    }

    /// Whether marks and imports outlive the program.
    #[must_use]
    pub fn is_persistent(&self) -> bool {
        self.home().is_some()
    }

    /// Whether it stays in memory for good: articles opened beside the library.
    pub fn is_beside(&self) -> bool {
        matches!(self.store.home(), Home::Memory)
    }

    /// Whether the file may not be written: what is marked is not kept.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.store.is_read_only()
    }

    /// The library's file, where it has one.
    #[must_use]
    pub fn home(&self) -> Option<PathBuf> {
        match self.store.home() {
            Home::File(path) => Some(path),
            Home::Until(_) | Home::Memory => None,
        }
    }

    /// The folder of its file, where it has one that may be written.
    fn folder(&self) -> Option<PathBuf> {
        let home = self.home().filter(|_| !self.is_read_only())?;
        home.parent().map(Path::to_owned)
    }

    /// Lets the file grow to so many pages and no further, as a full disk does: for tests.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    #[doc(hidden)]
    pub fn limit_size(&self, pages: u32) -> Result<(), Error> {
        self.with(|tables| tables.pragma_update(None, "max_page_count", pages))
    }

    /// What was kept of the file, where it was found damaged when it was opened: to be told to the user.
    #[must_use]
    pub fn recovery(&self) -> Option<&Recovery> {
        self.recovery.as_ref()
    }

    /// Whether another program has written to the library's file since this was last asked, or since
    /// it was opened; never waits, and costs microseconds.
    pub fn changed_elsewhere(&self) -> bool {
        self.store.changed_elsewhere()
    }

    fn new_since(&self) -> MutexGuard<'_, Option<ArticleId>> {
        self.new_since.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Works on the tables, writing; a failure names their file.
    fn with<T>(&self, work: impl FnOnce(&mut Connection) -> rusqlite::Result<T>) -> Result<T, Error> {
        self.mended(self.store.write(work))
    }

    /// Reads the tables, beside whoever writes; a failure names their file.
    fn read<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Error> {
        self.mended(self.store.read(work))
    }

    /// An answer of the store; where the file turns out to be damaged, it is recovered first.
    fn mended<T>(&self, answer: Result<T, Error>) -> Result<T, Error> {
        match answer {
            Err(error) if error.is_damage() => match self.store.repair() {
                Ok(Some(recovery)) => {
                    let path = self.home().unwrap_or_default();
                    Err(Error::Recovered { path, recovery })
                }
                _ => Err(error),
            },
            answer => answer,
        }
    }

    /// Moves a library that waits for it from memory to its file; others stay where they are.
    fn persist(&self) -> Result<(), Error> {
        if self.store.persist()?
            && let Some(folder) = self.home().as_deref().and_then(Path::parent)
            && let Ok(identity) = self.with(|tables| find::identity(tables))
        {
            self.index.keep_in(folder.join(INDEX), identity);
        }
        Ok(())
    }
}
