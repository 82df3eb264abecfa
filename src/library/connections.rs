//! The connections to the library's tables: one that writes, and some that read beside it.
//!
//! In a file (WAL) readers see the last whole state and wait for nobody, however long an import
//! writes. In memory all share one connection.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::{fs, io};

use rusqlite::Connection;

use super::opening::{Access, furnish, open_file, open_reader, version};
use super::recover::{self, Recovery};
use super::{Error, FILE, schema};

/// Reading connections that are kept open: as many as threads read at once.
const IDLE: usize = 4;

/// Where a library lies.
#[derive(Clone, Debug)]
pub(super) enum Home {
    /// In a file.
    File(PathBuf),
    /// In memory, until there is something to keep: then in this folder, where there is one.
    Until(Option<PathBuf>),
    /// In memory for good.
    Memory,
}

impl Home {
    /// What to name in an error.
    pub fn path(&self) -> &Path {
        match self {
            Self::File(path) => path,
            Self::Until(_) | Self::Memory => Path::new("(memory)"),
        }
    }
}

/// The tables and where they lie.
#[derive(Debug)]
pub(super) struct Connections {
    /// Those that read. First, and so closed first: the last to be closed moves the write-ahead log
    /// into the file, which a reading one cannot.
    idle: Mutex<Vec<Connection>>,
    /// The one that writes; alone in memory.
    writer: Mutex<Writer>,
    place: Mutex<Place>,
}

#[derive(Debug)]
struct Writer {
    tables: Connection,
    /// The store's number of the last change by another program that was noticed.
    version: i64,
}

#[derive(Clone, Debug)]
struct Place {
    home: Home,
    access: Access,
    /// Counts the files that had this place: a connection to an earlier one is of no use.
    files: u32,
}

impl Connections {
    /// To the file at `path`, which is created or upgraded.
    ///
    /// # Errors
    /// Those of `Library::open`.
    pub fn to_file(path: &Path) -> Result<Self, Error> {
        let (tables, access) = open_file(path)?;
        Ok(Self::new(tables, Home::File(path.to_owned()), access))
    }

    /// To empty tables in memory.
    ///
    /// # Errors
    /// Where memory is short.
    pub fn in_memory(home: Home) -> Result<Self, Error> {
        let failed = |error| Error::of_store(home.path(), error);
        let mut tables = Connection::open_in_memory().map_err(failed)?;
        schema::upgrade(&mut tables).map_err(failed)?;
        furnish(&tables).map_err(failed)?;
        Ok(Self::new(tables, home, Access::Write))
    }

    fn new(tables: Connection, home: Home, access: Access) -> Self {
        let version = version(&tables).unwrap_or_default();
        Self {
            writer: Mutex::new(Writer { tables, version }),
            place: Mutex::new(Place { home, access, files: 0 }),
            idle: Mutex::default(),
        }
    }

    pub fn home(&self) -> Home {
        self.place().home
    }

    pub fn is_read_only(&self) -> bool {
        self.place().access != Access::Write
    }

    fn place(&self) -> Place {
        self.place.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        // A thread that fell while it held the lock left no half transaction: dropping one rolls back.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Works on the writing connection, one thread at a time; transactions begin with the right to
    /// write, so that they fail at their start or not at all for want of it.
    pub fn write<T>(&self, work: impl FnOnce(&mut Connection) -> rusqlite::Result<T>) -> Result<T, Error> {
        let mut writer = self.writer();
        work(&mut writer.tables).map_err(|e| Error::of_store(self.home().path(), e))
    }

    /// Reads one state of the tables, beside other readers and beside whoever writes.
    pub fn read<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Error> {
        let place = self.place();
        let Home::File(path) = &place.home else { return self.write(|tables| work(tables)) };
        let failed = |error| Error::of_store(path, error);
        let idle = self.idle().pop();
        let Ok(tables) = idle.map_or_else(|| open_reader(path, place.access), Ok) else {
            // No more files may be opened: wait for the one that is.
            return self.write(|tables| work(tables));
        };
        let answer = {
            let state = tables.unchecked_transaction().map_err(failed)?;
            let answer = work(&state);
            // Nothing was written: there is nothing to commit and nothing to lose.
            let _ = state.finish();
            answer
        };
        let mut idle = self.idle();
        if idle.len() < IDLE && self.place().files == place.files {
            idle.push(tables);
        }
        answer.map_err(failed)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether another program has written to the file since this was last asked, or since it was
    /// opened. Never waits: while this program writes, the answer is no.
    pub fn changed_elsewhere(&self) -> bool {
        let Ok(mut writer) = self.writer.try_lock() else { return false };
        let Ok(now) = version(&writer.tables) else { return false };
        std::mem::replace(&mut writer.version, now) != now
    }

    /// Saves what can be read of a damaged file into a new one in its place; `None` where there is no
    /// file, or somebody has done so meanwhile.
    pub fn repair(&self) -> Result<Option<Recovery>, Error> {
        let files = self.place().files;
        let mut writer = self.writer();
        let Place { home: Home::File(path), access: Access::Write, files: now } = self.place() else {
            return Ok(None);
        };
        if now != files {
            return Ok(None);
        }
        self.idle().clear();
        // The file is let go of before another takes its place.
        writer.tables = Connection::open_in_memory().map_err(|e| Error::of_store(&path, e))?;
        let recovered = recover::recover(&path);
        let (tables, access) = open_file(&path)?;
        *writer = Writer { version: version(&tables).unwrap_or_default(), tables };
        *self.place.lock().unwrap_or_else(PoisonError::into_inner) =
            Place { home: Home::File(path), access, files: now + 1 };
        recovered.map(Some)
    }

    /// Moves tables that wait for it from memory to their file; others stay where they are, and the
    /// answer is no.
    pub fn persist(&self) -> Result<bool, Error> {
        let mut writer = self.writer();
        let Home::Until(Some(folder)) = self.home() else { return Ok(false) };
        let path = folder.join(FILE);
        let io = |at: &Path| {
            let path = at.to_owned();
            move |source: io::Error| Error::Io { path, source }
        };
        fs::create_dir_all(&folder).map_err(io(&folder))?;
        // Whole or not at all: the copy gets its name when it is complete. Should another lesart
        // have made the file meanwhile, that one stays.
        let copy = folder.join(format!(".{FILE}.{}", std::process::id()));
        let copied = writer
            .tables
            .execute("VACUUM INTO ?", [copy.to_string_lossy()])
            .map_err(|e| Error::of_store(&copy, e))
            .and_then(|_| fs::File::open(&copy).and_then(|f| f.sync_all()).map_err(io(&copy)))
            .and_then(|()| name(&copy, &path).map_err(io(&path)));
        // Its name is gone or never was: nothing is lost with it.
        let _ = fs::remove_file(&copy);
        copied?;
        let (tables, access) = open_file(&path)?;
        *writer = Writer { version: version(&tables).unwrap_or_default(), tables };
        *self.place.lock().unwrap_or_else(PoisonError::into_inner) =
            Place { home: Home::File(path), access, files: 0 };
        Ok(true)
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

#[cfg(test)]
mod tests {
    use super::super::opening::PATIENCE;
    use super::*;

    fn file() -> (tempfile::TempDir, Connections) {
        let home = tempfile::tempdir().unwrap();
        let store = Connections::to_file(&home.path().join(FILE)).unwrap();
        (home, store)
    }

    fn names(tables: &Connection) -> rusqlite::Result<i64> {
        tables.query_row("SELECT count(*) FROM meta", [], |r| r.get(0))
    }

    #[test]
    fn readers_do_not_wait_for_a_transaction() {
        let (_home, store) = file();
        store
            .write(|tables| {
                let all = tables.transaction()?;
                all.execute("INSERT INTO meta VALUES ('a', 'b')", [])?;
                assert_eq!(store.read(names).unwrap(), 0, "they see what was whole before");
                all.commit()?;
                assert_eq!(store.read(names).unwrap(), 1);
                Ok(())
            })
            .unwrap();
    }

    #[test]
    fn readers_cannot_write_and_few_stay_open() {
        let (_home, store) = file();
        assert!(matches!(
            store.read(|tables| tables.execute("DELETE FROM meta", [])),
            Err(Error::ReadOnly { .. })
        ));
        std::thread::scope(|scope| {
            for _ in 0..3 * IDLE {
                scope.spawn(|| store.read(names).unwrap());
            }
        });
        assert!((1..=IDLE).contains(&store.idle().len()));
    }

    #[test]
    fn a_change_by_another_program_is_noticed_once_and_the_own_is_not() {
        let (home, store) = file();
        let other = Connections::to_file(&home.path().join(FILE)).unwrap();
        let set = |store: &Connections, value: i64| {
            store
                .write(|t| t.execute("INSERT OR REPLACE INTO meta VALUES ('a', ?)", [value.to_string()]))
                .unwrap();
        };
        assert!(!store.changed_elsewhere());
        set(&store, 1);
        store.read(names).unwrap();
        assert!(!store.changed_elsewhere());
        set(&other, 2);
        assert!(store.changed_elsewhere());
        assert!(!store.changed_elsewhere());
        let asked = store.write(|_| Ok(store.changed_elsewhere())).unwrap();
        assert!(!asked, "it does not wait");
    }

    #[test]
    fn who_writes_waits_for_another_and_then_says_so() {
        let (home, store) = file();
        let other = Connections::to_file(&home.path().join(FILE)).unwrap();
        other
            .write(|tables| {
                let _all = tables.transaction()?;
                let start = std::time::Instant::now();
                let failed = store.write(|tables| tables.execute("DELETE FROM meta", []));
                assert!(matches!(failed, Err(Error::Locked { path }) if path.ends_with(FILE)));
                assert!(start.elapsed() >= PATIENCE / 2);
                Ok(())
            })
            .unwrap();
    }

    #[test]
    fn a_file_in_a_folder_where_nobody_writes_can_be_read() {
        let (home, store) = file();
        store.write(|t| t.execute("INSERT INTO meta VALUES ('a', 'b')", [])).unwrap();
        drop(store);
        let path = home.path().join(FILE);
        // As it stands on a read-only disk; the name needs escaping.
        let odd = home.path().join("50% #1?.db");
        fs::copy(&path, &odd).unwrap();
        let tables = open_reader(&odd, Access::Still).unwrap();
        assert!(matches!(schema::standing(&tables), Ok(schema::Standing::Ready)));
        assert_eq!(names(&tables).unwrap(), 1);
        assert!(!home.path().join("50% #1?.db-shm").exists());
    }
}
