//! Who brings a library up to date: one process at a time, and an importing one before all others.
//!
//! A lock on a file beside the library. The system takes it back from a process that ends, however it
//! ends, so that no clock and no number of a process has to be trusted. Where the disk knows no locks
//! everybody may: two that do the same work disturb each other in nothing but time.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// The file that is locked; nothing stands in it.
const NAME: &str = ".library.lock";

/// The right to bring the library up to date, until it is dropped.
#[derive(Debug, Default)]
pub(super) struct Lease {
    folder: Option<PathBuf>,
    held: Option<File>,
}

impl Lease {
    /// For an import into the library in `folder`: other imports have it too, nobody else does.
    pub fn of_import(folder: Option<&Path>) -> Self {
        let mut lease = Self { folder: folder.map(Path::to_owned), held: None };
        lease.insist();
        lease
    }

    /// Tries once more where somebody was just at work; never waits.
    pub fn insist(&mut self) {
        if self.held.is_none()
            && let Some(file) = self.folder.as_deref().and_then(open)
            && file.try_lock_shared().is_ok()
        {
            self.held = Some(file);
        }
    }

    /// For the work that is there; `None` while another process imports or does that work.
    pub fn of_work(folder: Option<&Path>) -> Option<Self> {
        let Some(file) = folder.and_then(open) else { return Some(Self::default()) };
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => None,
            Ok(()) | Err(TryLockError::Error(_)) => Some(Self { folder: None, held: Some(file) }),
        }
    }
}

fn open(folder: &Path) -> Option<File> {
    File::options().create(true).truncate(false).write(true).open(folder.join(NAME)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_go_together_and_before_other_work() {
        let home = tempfile::tempdir().unwrap();
        let folder = Some(home.path());
        let first = Lease::of_import(folder);
        let second = Lease::of_import(folder);
        assert!(second.held.is_some());
        assert!(Lease::of_work(folder).is_none());
        drop(first);
        assert!(Lease::of_work(folder).is_none());
        drop(second);
        let work = Lease::of_work(folder).unwrap();
        assert!(Lease::of_work(folder).is_none(), "one at a time");
        let mut import = Lease::of_import(folder);
        assert!(import.held.is_none(), "it does not wait");
        drop(work);
        import.insist();
        assert!(Lease::of_work(folder).is_none());
    }

    #[test]
    fn where_no_lock_can_be_had_the_work_is_done_all_the_same() {
        assert!(Lease::of_work(None).is_some());
        assert!(Lease::of_work(Some(Path::new("/nowhere/at/all"))).is_some());
    }
}
