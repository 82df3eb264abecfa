//! What the user says of files in files beside them: `name.txt.toml` of one, `_lesart.toml` of a
//! folder and all below it.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::ingest::Given;
use crate::model::{Refusal, RefusalReason};

/// Name of the file that speaks for a folder.
const FOLDER: &str = "_lesart.toml";

/// Longest such file, in bytes.
const LONGEST: u64 = 1 << 20;

/// What is said of one file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Beside {
    /// When it is imported.
    pub flags: Option<Arc<Given>>,
    /// By the file beside it.
    pub stated: Option<Given>,
    /// By the nearest folder that says something.
    pub folder: Option<Given>,
}

/// Folders looked at already, and what holds in all of them.
pub(super) struct Folders {
    known: HashMap<PathBuf, Option<Arc<Given>>>,
    flags: Option<Arc<Given>>,
}

impl Folders {
    /// No folder yet; `flags` is said of all files.
    pub(super) fn new(flags: &Given) -> Self {
        let flags = Some(flags).filter(|flags| **flags != Given::default()).cloned().map(Arc::new);
        Self { known: HashMap::new(), flags }
    }

    /// What is said of the file at `path`, which was found below `root`; what is wrong with the file
    /// that says it goes to `refused`.
    pub(super) fn beside(
        &mut self,
        path: &Path,
        root: &Path,
        refused: &mut Vec<Refusal>,
    ) -> Option<Arc<Beside>> {
        let mut beside =
            Beside { flags: self.flags.clone(), stated: read(&sidecar(path), refused), folder: None };
        for folder in path.ancestors().skip(1) {
            let known = if let Some(known) = self.known.get(folder) {
                known.clone()
            } else {
                let given = read(&folder.join(FOLDER), refused).map(Arc::new);
                self.known.insert(folder.to_owned(), given.clone());
                given
            };
            if let Some(given) = known {
                let inside = path.strip_prefix(folder).unwrap_or(path);
                beside.folder = Some(given.with_path(inside));
                break;
            }
            if folder == root {
                break;
            }
        }
        (beside != Beside::default()).then(|| Arc::new(beside))
    }
}

/// Whether a file speaks for others and is none to read: `is_there` tells which files lie beside it.
pub(super) fn is_beside(path: &Path, is_there: impl Fn(&Path) -> bool) -> bool {
    path.file_name().is_some_and(|name| name == FOLDER)
        || (path.extension().is_some_and(|e| e == "toml") && is_there(&path.with_extension("")))
}

fn sidecar(path: &Path) -> PathBuf {
    let mut name = path.file_name().map(OsString::from).unwrap_or_default();
    name.push(".toml");
    path.with_file_name(name)
}

fn read(path: &Path, refused: &mut Vec<Refusal>) -> Option<Given> {
    let meta = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    let refuse = |why: String| Refusal {
        origin: path.to_string_lossy().into_owned(),
        reason: RefusalReason::NotUnderstood(why),
    };
    if meta.len() > LONGEST {
        refused.push(refuse("too long for what it is".to_owned()));
        return None;
    }
    let given = fs::read_to_string(path).map_err(|e| e.to_string()).and_then(|text| Given::parse(&text));
    given.map_err(|why| refused.push(refuse(why))).ok()
}
