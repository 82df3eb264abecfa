//! The one door to articles, for the reader and the command line alike.
//!
//! A library is one SQLite file, `library.db` in the library's folder, or lives in memory: the
//! bundled articles before there is a file, and paths that are opened beside it. Its tables are
//! described in the `schema` module.
//!
//! All methods take `&self`: threads share one value. What is decided and computed (reading,
//! analysis, search, comparison) happens outside the lock that guards the file.

mod article;
mod change;
mod codec;
mod columns;
mod entity;
mod error;
mod files;
mod find;
mod group;
mod identity;
mod intake;
mod journal;
mod note;
mod passage;
mod read;
mod saved;
mod schema;
mod state;
mod story;
mod tag;
mod write;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use std::{fs, io};

use rusqlite::Connection;

pub use crate::compare::Options;
pub use crate::search::{Order, Query, QueryError};
pub use error::Error;
pub use read::Counts;
pub use write::Applied;

use crate::model::{ArticleId, ImportReport};
use crate::search::Index;

/// The library's file in its folder.
pub const FILE: &str = "library.db";

/// The folder of the search index beside it; may be deleted, it is made again.
const INDEX: &str = "index";

/// How long to wait for another program that writes.
const PATIENCE: Duration = Duration::from_secs(2);

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
    store: Mutex<Store>,
    index: Index,
    /// Held while stories are made, so that two threads do not number them differently.
    grouping: Mutex<()>,
    /// The last article that is not new to the reader who is here, once there is one.
    new_since: Mutex<Option<ArticleId>>,
}

/// The tables and where they lie.
#[derive(Debug)]
struct Store {
    tables: Connection,
    home: Home,
}

/// Where a library lies.
#[derive(Clone, Debug)]
enum Home {
    /// In a file.
    File(PathBuf),
    /// In memory, until there is something to keep: then in this folder, where there is one.
    Until(Option<PathBuf>),
    /// In memory for good.
    Memory,
}

impl Home {
    /// What to name in an error.
    fn path(&self) -> &Path {
        match self {
            Self::File(path) => path,
            Self::Until(_) | Self::Memory => Path::new("(memory)"),
        }
    }
}

impl Library {
    /// Opens the library in `folder`, creating or upgrading its file.
    ///
    /// # Errors
    /// `Newer` where a later version wrote it and `NotALibrary` where it is something else (both
    /// are left untouched), `Locked` after two seconds, `Io` or `ReadOnly` where the folder
    /// cannot be made or written.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        fs::create_dir_all(folder).map_err(|source| Error::Io { path: folder.to_owned(), source })?;
        let path = folder.join(FILE);
        let tables = open_file(&path)?;
        let identity = find::identity(&tables);
        let library = Self::new(tables, Home::File(path));
        if let Ok(identity) = identity {
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
            let (drafts, refused) = files::drafts(&bytes, "(stdin)", 0);
            library.store(&drafts, &mut report)?;
            report.refused.extend(refused);
        }
        Ok((library, report))
    }

    fn bundled(home: Home) -> Result<Self, Error> {
        let library = Self::in_memory(home)?;
        let mut report = ImportReport::default();
        for (origin, bytes) in SEEDS {
            library.store(&files::drafts(bytes, origin, 0).0, &mut report)?;
        }
        Ok(library)
    }

    fn in_memory(home: Home) -> Result<Self, Error> {
        let failed = |error| Error::of_store(home.path(), error);
        let mut tables = Connection::open_in_memory().map_err(failed)?;
        schema::upgrade(&mut tables).map_err(failed)?;
        tables.set_prepared_statement_cache_capacity(64);
        Ok(Self::new(tables, home))
    }

    fn new(tables: Connection, home: Home) -> Self {
        Self {
            store: Mutex::new(Store { tables, home }),
            index: Index::new(),
            grouping: Mutex::default(),
            new_since: Mutex::default(),
        }
    }

    /// Whether marks and imports outlive the program.
    #[must_use]
    pub fn is_persistent(&self) -> bool {
        self.home().is_some()
    }

    /// Whether it stays in memory for good: articles opened beside the library.
    pub fn is_beside(&self) -> bool {
        self.locked(|store| matches!(store.home, Home::Memory))
    }

    /// The library's file, where it has one.
    #[must_use]
    pub fn home(&self) -> Option<PathBuf> {
        self.locked(|store| match &store.home {
            Home::File(path) => Some(path.clone()),
            Home::Until(_) | Home::Memory => None,
        })
    }

    fn locked<T>(&self, work: impl FnOnce(&mut Store) -> T) -> T {
        // A thread that fell while it held the lock left no half transaction: dropping one rolls back.
        work(&mut self.store.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn new_since(&self) -> MutexGuard<'_, Option<ArticleId>> {
        self.new_since.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Works on the tables; a failure names their file.
    fn with<T>(&self, work: impl FnOnce(&mut Connection) -> rusqlite::Result<T>) -> Result<T, Error> {
        self.locked(|store| work(&mut store.tables).map_err(|e| Error::of_store(store.home.path(), e)))
    }

    /// Moves a library that waits for it from memory to its file; others stay where they are.
    fn persist(&self) -> Result<(), Error> {
        self.locked(|store| {
            let Home::Until(Some(folder)) = &store.home else { return Ok(()) };
            let path = folder.join(FILE);
            let io = |at: &Path| {
                let path = at.to_owned();
                move |source: io::Error| Error::Io { path, source }
            };
            fs::create_dir_all(folder).map_err(io(folder))?;
            // Whole or not at all: the copy gets its name when it is complete. Should another
            // lesart have made the file meanwhile, that one stays.
            let copy = folder.join(format!(".{FILE}.{}", std::process::id()));
            let copied = store
                .tables
                .execute("VACUUM INTO ?", [copy.to_string_lossy()])
                .map_err(|e| Error::of_store(&copy, e))
                .and_then(|_| fs::File::open(&copy).and_then(|f| f.sync_all()).map_err(io(&copy)))
                .and_then(|()| name(&copy, &path).map_err(io(&path)));
            // Its name is gone or never was: nothing is lost with it.
            let _ = fs::remove_file(&copy);
            copied?;
            store.tables = open_file(&path)?;
            if let Ok(identity) = find::identity(&store.tables) {
                self.index.keep_in(folder.join(INDEX), identity);
            }
            store.home = Home::File(path);
            Ok(())
        })
    }
}

/// Gives the file `copy` the name `path`, unless that is taken.
fn name(copy: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(copy, path) {
        // Some file systems have no second names.
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists && !path.exists() => {
            fs::rename(copy, path)
        }
        named => named,
    }
}

fn open_file(path: &Path) -> Result<Connection, Error> {
    let failed = |error| Error::of_store(path, error);
    let mut tables = Connection::open(path).map_err(failed)?;
    tables.busy_timeout(PATIENCE).map_err(failed)?;
    tables.set_prepared_statement_cache_capacity(64);
    match schema::upgrade(&mut tables).map_err(failed)? {
        schema::Standing::Ready => {}
        schema::Standing::Newer(found) => {
            return Err(Error::Newer { path: path.to_owned(), found, known: schema::newest() });
        }
        schema::Standing::Foreign => return Err(Error::NotALibrary { path: path.to_owned() }),
    }
    tables.pragma_update(None, "journal_mode", "WAL").map_err(failed)?;
    tables.pragma_update(None, "synchronous", "NORMAL").map_err(failed)?;
    Ok(tables)
}
