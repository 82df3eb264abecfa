//! Why a call failed, said in the language of the interface.

use std::path::{Path, PathBuf};

use super::words::Words;
use crate::app::keymap::KeymapError;
use crate::app::words_feeds;
use crate::model::Trouble;
use crate::search::QueryError;
use crate::{config, library};

/// Why a call gave no answer.
#[derive(Debug)]
pub enum Failure {
    /// The library cannot be used.
    Library(library::Error),
    /// An import ended early.
    Import {
        /// Why.
        error: library::Error,
        /// Articles that were stored until then.
        stored: usize,
    },
    /// The settings cannot be used.
    Config(config::Error),
    /// The keys cannot be used.
    Keymap(KeymapError),
    /// The query has a mistake.
    Query(QueryError),
    /// The terminal cannot be used, or is gone.
    Terminal(std::io::Error),
    /// Something on the web cannot be had.
    Web {
        /// Where.
        address: String,
        /// Why.
        trouble: Trouble,
    },
    /// No such feed.
    NoFeed(String),
    /// What should be written is there already.
    Exists(PathBuf),
    /// Something could not be written.
    Output {
        /// What.
        path: PathBuf,
        /// The system's words.
        source: std::io::Error,
    },
    /// None of the paths gave an article; why, path by path.
    NothingRead(Vec<String>),
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Terminal(error)
    }
}

impl From<library::Error> for Failure {
    fn from(error: library::Error) -> Self {
        Self::Library(error)
    }
}

impl From<config::Error> for Failure {
    fn from(error: config::Error) -> Self {
        Self::Config(error)
    }
}

impl From<KeymapError> for Failure {
    fn from(error: KeymapError) -> Self {
        Self::Keymap(error)
    }
}

impl From<QueryError> for Failure {
    fn from(error: QueryError) -> Self {
        Self::Query(error)
    }
}

impl Failure {
    /// What, where, what now; a message each.
    pub fn messages(&self, words: Words) -> Vec<String> {
        let message = match self {
            Self::Library(error) => library_message(error, words),
            Self::Import { error, stored } => {
                let until = words.of("bis dahin hinzugefügt und erhalten", "added until then, and kept");
                let stored = format!("{until}: {}", words.articles(*stored));
                return vec![library_message(error, words), stored];
            }
            Self::Config(error) => error.to_string(),
            Self::Keymap(error) => error.to_string(),
            Self::Query(error) => {
                let column = words.of("Suchanfrage, Spalte", "query, column");
                format!("{column} {}: {}", error.column, error.message(words.locale))
            }
            Self::Terminal(error) => format!("{}: {error}", words.of("Terminal", "terminal")),
            Self::Web { address, trouble } => {
                format!("{address}: {}", words_feeds::trouble(*trouble, words.locale))
            }
            Self::NoFeed(name) => {
                let what = words.of(
                    "kein abonnierter Feed; 'lesart feeds' zeigt alle",
                    "no feed that is subscribed to; 'lesart feeds' shows all",
                );
                format!("{name}: {what}")
            }
            Self::Exists(path) => {
                let what = words.of(
                    "gibt es schon; einen anderen Namen wählen, oder --force ersetzt es",
                    "exists; choose another name, or --force replaces it",
                );
                format!("{}: {what}", path.display())
            }
            Self::Output { path, source } => {
                let what = words.of("lässt sich nicht schreiben", "cannot be written");
                format!("{}: {what} ({source})", path.display())
            }
            Self::NothingRead(why) => {
                let nothing = words.of("kein Artikel gelesen", "no article was read").to_owned();
                return why.iter().cloned().chain([nothing]).collect();
            }
        };
        vec![message]
    }
}

fn library_message(error: &library::Error, words: Words) -> String {
    use library::Error;
    let elsewhere =
        words.of("oder mit --library einen anderen Ordner wählen", "or choose another folder with --library");
    let at = |path: &Path, what: String| format!("{}: {what}", path.display());
    match error {
        Error::Newer { path, found, known } => at(
            path,
            format!(
                "{} ({found} > {known}); {}, {elsewhere}",
                words.of("von einem neueren lesart geschrieben", "written by a newer lesart"),
                words.of("lesart aktualisieren", "update lesart"),
            ),
        ),
        Error::NotALibrary { path } => at(
            path,
            format!(
                "{}, {elsewhere}",
                words.of(
                    "keine Bibliothek von lesart; die Datei umbenennen",
                    "not a library of lesart; rename the file"
                )
            ),
        ),
        Error::Locked { path } => at(
            path,
            words
                .of(
                    "ein anderes Programm schreibt gerade; danach noch einmal versuchen",
                    "another program is writing; try again when it is done",
                )
                .to_owned(),
        ),
        Error::Older { path } => at(
            path,
            words
                .of(
                    "von einem älteren lesart geschrieben und nicht beschreibbar, kann daher nicht auf den neuen \
                     Stand gebracht werden; Schreibrecht geben, oder die Datei in einen eigenen Ordner kopieren \
                     und diesen mit --library angeben",
                    "written by an older lesart, and may not be written to bring it up to date; give it write \
                     rights, or copy it to a folder of yours and pass that with --library",
                )
                .to_owned(),
        ),
        Error::ReadOnly { path } => at(
            path,
            format!(
                "{}, {elsewhere}",
                words.of("nicht beschreibbar; Rechte prüfen", "cannot be written; check its rights")
            ),
        ),
        Error::Full { path } => at(
            path,
            words.of("der Datenträger ist voll; Platz schaffen", "the disk is full; make room").to_owned(),
        ),
        Error::Io { path, source } => at(
            path,
            format!(
                "{source}; {}, {elsewhere}",
                words.of("Pfad und Rechte prüfen", "check the path and its rights")
            ),
        ),
        Error::Damaged { path, source } => at(
            path,
            format!(
                "{} ({source}); {}, {elsewhere}",
                words.of("beschädigt", "damaged"),
                words.of("aus einer Sicherung herstellen", "restore it from a copy")
            ),
        ),
        Error::Recovered { path, recovery } => format!("{}: {}", path.display(), words.recovered(recovery)),
        Error::NoArticle(id) => format!(
            "{} {}: {}",
            words.of("Artikel", "article"),
            id.0,
            words.of(
                "nicht in der Bibliothek; 'lesart list' zeigt alle",
                "not in the library; 'lesart list' shows all"
            )
        ),
        Error::NoStory(id) => format!(
            "{} {}: {}",
            words.of("Thema", "story"),
            id.0,
            words.of(
                "nicht in der Bibliothek; 'lesart stories' zeigt alle",
                "not in the library; 'lesart stories' shows all"
            )
        ),
        Error::Overtaken => words.of("abgebrochen", "stopped").to_owned(),
    }
}
