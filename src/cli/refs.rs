//! Which articles a call means: numbers of the library, or paths that are read beside it.

use std::ffi::{OsStr, OsString};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::failure::Failure;
use crate::library::Library;
use crate::model::{Analysis, Article, ArticleId, ImportReport, Refusal, RefusalReason};

/// An article with what it says.
#[derive(Debug)]
pub struct Shown {
    /// The article.
    pub article: Article,
    /// What it says.
    pub analysis: Analysis,
}

/// The articles at `refs` in order, and what could not be read. `library` opens the library where a
/// number asks for it.
///
/// # Errors
/// Where a number is not in the library, or nothing at all could be read.
pub fn resolve(
    refs: &[OsString],
    library: &dyn Fn() -> Result<Library, Failure>,
) -> Result<(Vec<Shown>, Vec<Refusal>), Failure> {
    let mut opened = None;
    let (mut shown, mut refused) = (Vec::new(), Vec::new());
    for one in refs {
        if let Some(id) = number(one) {
            let library = match &mut opened {
                Some(library) => library,
                empty => empty.insert(library()?),
            };
            shown.push(show(library, id)?);
            continue;
        }
        let (beside, report) = read_paths(&[PathBuf::from(one)])?;
        for id in report.added {
            shown.push(show(&beside, id)?);
        }
        refused.extend(report.refused);
    }
    Ok((shown, refused))
}

/// The articles of a library.
///
/// # Errors
/// Where one is not there.
pub fn of_library(library: &Library, ids: &[ArticleId]) -> Result<Vec<Shown>, Failure> {
    ids.iter().map(|id| show(library, *id)).collect()
}

fn show(library: &Library, id: ArticleId) -> Result<Shown, Failure> {
    // The analysis first: the article then already knows what the analysis found out.
    let analysis = library.analysis(id)?;
    Ok(Shown { article: library.article(id)?, analysis })
}

/// A number of the library, unless a file has that name.
fn number(one: &OsStr) -> Option<ArticleId> {
    let number = one.to_str()?.parse().ok()?;
    (!Path::new(one).exists()).then_some(ArticleId(number))
}

/// The articles at `paths`; `-` is the standard input.
///
/// # Errors
/// Where memory is short.
pub fn read_paths(paths: &[PathBuf]) -> Result<(Library, ImportReport), Failure> {
    let is_input = |p: &&PathBuf| p.as_os_str() == "-";
    let files: Vec<PathBuf> = paths.iter().filter(|p| !is_input(p)).cloned().collect();
    let mut failed = None;
    let input = paths.iter().any(|p| is_input(&p)).then(|| {
        let mut bytes = Vec::new();
        failed = io::stdin().lock().read_to_end(&mut bytes).err();
        bytes
    });
    let (library, mut report) = Library::of_paths(&files, input)?;
    if let Some(error) = failed {
        let reason = RefusalReason::System(error.to_string());
        report.refused.push(Refusal { origin: "(stdin)".to_owned(), reason });
    }
    Ok((library, report))
}
