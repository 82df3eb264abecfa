use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::Recovery;
use crate::model::{ArticleId, StoryId};

/// What the library could not do, where, and what helps.
#[derive(Debug, Error)]
pub enum Error {
    /// A later version of the program wrote the file; it is left untouched.
    #[error(
        "{path}: written by a newer lesart (form {found}, this one knows {known}); update lesart, or pass \
         --library to use another folder"
    )]
    Newer {
        /// The library's file.
        path: PathBuf,
        /// Its form.
        found: i64,
        /// The newest form that this program knows.
        known: i64,
    },
    /// The file is something else.
    #[error("{path}: not a lesart library; move it away, or pass --library to use another folder")]
    NotALibrary {
        /// The library's file.
        path: PathBuf,
    },
    /// Another process holds the file.
    #[error("{path}: another program is writing to it; wait for it or close it, then try again")]
    Locked {
        /// The library's file.
        path: PathBuf,
    },
    /// The file or its folder may not be written.
    #[error("{path}: may not be written; check its rights, or pass --library to use another folder")]
    ReadOnly {
        /// The library's file.
        path: PathBuf,
    },
    /// The file is of an older form and may not be written, so that it cannot be brought to the present
    /// one; it is left untouched.
    #[error(
        "{path}: written by an older lesart, and may not be written to bring it up to date; give it write \
         rights, or copy it to a folder of yours and pass that with --library"
    )]
    Older {
        /// The library's file.
        path: PathBuf,
    },
    /// No room left.
    #[error("{path}: the disk is full; make room, then try again")]
    Full {
        /// The library's file.
        path: PathBuf,
    },
    /// The system refused a file or folder.
    #[error("{path}: {source}; check the path and its rights, or pass --library to use another folder")]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// The system's words.
        source: io::Error,
    },
    /// The file cannot be read as it should.
    #[error("{path}: damaged ({source}); restore it from a copy, or pass --library to use another folder")]
    Damaged {
        /// The library's file.
        path: PathBuf,
        /// The store's words.
        source: rusqlite::Error,
    },
    /// The file was damaged; what could be read stands in a new one.
    #[error(
        "{path}: was damaged; {} articles are kept in a new file{}, {} could not be read; the damaged file lies at \
         {}; try again",
        .recovery.kept, .recovery.of_them_doubtful(), .recovery.lost, .recovery.copy.display()
    )]
    Recovered {
        /// The library's file.
        path: PathBuf,
        /// What was kept, and where the damaged file lies.
        recovery: Recovery,
    },
    /// No such article.
    #[error("article {}: not in this library; 'lesart list' shows what is", .0.0)]
    NoArticle(ArticleId),
    /// No such story.
    #[error("story {}: not in this library; 'lesart stories' shows what is", .0.0)]
    NoStory(StoryId),
    /// Work that a newer request has overtaken.
    #[error("stopped for a newer request")]
    Overtaken,
}

impl Error {
    /// Whether the file itself is broken, rather than a question to it.
    pub(super) fn is_damage(&self) -> bool {
        use rusqlite::ErrorCode;
        let Self::Damaged { source, .. } = self else { return matches!(self, Self::NotALibrary { .. }) };
        matches!(source.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
    }

    /// What a failure of the store at `path` means.
    pub(super) fn of_store(path: &Path, source: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked { path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                Self::ReadOnly { path }
            }
            Some(ErrorCode::DiskFull) => Self::Full { path },
            Some(ErrorCode::SystemIoFailure) => {
                Self::Io { path, source: io::Error::other(source.to_string()) }
            }
            Some(ErrorCode::NotADatabase) => Self::NotALibrary { path },
            _ => Self::Damaged { path, source },
        }
    }
}
