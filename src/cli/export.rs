//! The library in an open form: JSON lines in one file, or a Markdown file an article.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::arguments::Format;
use super::failure::Failure;
use super::{Answer, Call, markdown};
use crate::library::Library;
use crate::model::{ArticleId, Sort, View};
use crate::search::Order;
use crate::text::fold::fold;

/// Articles between two states of the progress line.
const STEP: usize = 250;

/// Names of older versions begin with it, and so stand before those of articles.
const OLDER: &str = "0-older";

/// Longest part of a title in a file's name, in letters.
const NAME_LETTERS: usize = 60;

impl Call {
    /// Exports the articles that answer `query`, or all.
    pub fn export(&self, query: &str, to: &Path, force: bool) -> Result<Answer, Failure> {
        let library = self.library()?;
        let found = if query.trim().is_empty() {
            None
        } else {
            let hits = self.find(&library, query, usize::MAX, Order::Date)?.hits;
            Some(hits.into_iter().map(|hit| hit.id).collect::<Vec<_>>())
        };
        if found.as_ref().is_some_and(Vec::is_empty) {
            let nothing = self.words.of("nichts gefunden", "nothing found").to_owned();
            return Ok(Answer { messages: vec![nothing], ..Answer::default() });
        }
        let ids = library.to_export(found.as_deref())?;
        let count = if to == Path::new("-") {
            self.lines(&library, &ids, &mut BufWriter::new(io::stdout().lock())).or_else(seen_enough)?;
            return Ok(Answer { is_found: true, ..Answer::default() });
        } else if self.format == Format::Markdown || to.is_dir() {
            let listed = match found {
                Some(found) => found,
                None => library.ids(&View { sort: Sort::Added, ..View::default() })?,
            };
            self.files(&library, &listed, &ids, to, force)?
        } else {
            self.one_file(&library, &ids, to, force)?;
            ids.len()
        };
        let articles = self.words.articles(count);
        let done = format!("{articles} {} {}\n", self.words.of("nach", "to"), to.display());
        Ok(Answer { text: done, is_found: count > 0, ..Answer::default() })
    }

    /// All lines in one file, which appears when it is whole.
    fn one_file(&self, library: &Library, ids: &[ArticleId], to: &Path, force: bool) -> Result<(), Failure> {
        if to.exists() && !force {
            return Err(Failure::Exists(to.to_owned()));
        }
        let failed = |source| Failure::Output { path: to.to_owned(), source };
        let name = to.file_name().unwrap_or_default().to_string_lossy();
        let draft = to.with_file_name(format!(".{name}.{}", std::process::id()));
        let written = File::create(&draft).map_err(failed).and_then(|file| {
            let mut out = BufWriter::new(file);
            self.lines(library, ids, &mut out).map_err(|failure| at(failure, to))?;
            let file = out.into_inner().map_err(|e| failed(e.into_error()))?;
            file.sync_all().and_then(|()| fs::rename(&draft, to)).map_err(failed)
        });
        if written.is_err() {
            let _ = fs::remove_file(&draft);
        }
        written
    }

    fn lines(&self, library: &Library, ids: &[ArticleId], out: &mut dyn Write) -> Result<(), Failure> {
        let failed = |source| Failure::Output { path: PathBuf::from("-"), source };
        writeln!(out, "{}", library.export_head(ids.len())?).map_err(failed)?;
        for (done, id) in ids.iter().enumerate() {
            writeln!(out, "{}", library.export_line(*id)?).map_err(failed)?;
            self.tell(done, ids.len());
        }
        self.tell_end();
        out.flush().map_err(failed)
    }

    /// A Markdown file for each article that is listed, and one for each older version of `all`, whose
    /// name an import comes to first, as it did then.
    fn files(
        &self,
        library: &Library,
        listed: &[ArticleId],
        all: &[ArticleId],
        folder: &Path,
        force: bool,
    ) -> Result<usize, Failure> {
        let is_listed: HashSet<ArticleId> = listed.iter().copied().collect();
        let older: Vec<ArticleId> = all.iter().copied().filter(|id| !is_listed.contains(id)).collect();
        let mut changed = HashSet::new();
        make(folder)?;
        for (done, id) in older.iter().chain(listed).enumerate() {
            let (article, replaces) = library.exported(*id)?;
            let name = file_name(&article);
            let (path, text) = if is_listed.contains(id) {
                let has_older = article.draft.url.as_ref().is_some_and(|url| changed.contains(url));
                (folder.join(name), markdown::document(&article, &replaces, has_older))
            } else {
                let document = markdown::document(&article, &replaces, true);
                changed.extend(article.draft.url);
                // By number, so that of several the older comes first.
                (folder.join(format!("{OLDER}-{:09}-{name}", id.0)), document)
            };
            write(&path, &text, force)?;
            self.tell(done, older.len() + listed.len());
        }
        self.tell_end();
        Ok(listed.len())
    }

    fn tell(&self, done: usize, of: usize) {
        if self.is_watched && done.is_multiple_of(STEP) {
            let _ = write!(io::stderr(), "\r{done} {} {of}", self.words.of("von", "of"));
        }
    }

    fn tell_end(&self) {
        if self.is_watched {
            let _ = write!(io::stderr(), "\r{:40}\r", "");
        }
    }
}

fn make(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|source| Failure::Output { path: folder.to_owned(), source })
}

/// Writes a file; what exists is overwritten only with `force`.
fn write(path: &Path, text: &str, force: bool) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).create_new(!force);
    let written = options.open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => Failure::Exists(path.to_owned()),
        _ => Failure::Output { path: path.to_owned(), source },
    })
}

/// The failure with the path that the user knows.
fn at(failure: Failure, path: &Path) -> Failure {
    match failure {
        Failure::Output { source, .. } => Failure::Output { path: path.to_owned(), source },
        other => other,
    }
}

/// Whoever read has seen enough (`| head`).
fn seen_enough(failure: Failure) -> Result<(), Failure> {
    match failure {
        Failure::Output { source, .. } if source.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => Err(other),
    }
}

/// A readable name that every file system takes; the number keeps two of one title apart.
fn file_name(article: &crate::model::Article) -> String {
    let day = article.draft.published.day().map_or_else(|| "undated".to_owned(), |day| day.to_string());
    let folded = fold(&article.draft.title.text);
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut title = String::new();
    for word in words {
        if title.len() + word.len() > NAME_LETTERS {
            break;
        }
        title.push('-');
        title.push_str(word);
    }
    format!("{day}{title}-{}.md", article.id.0)
}
