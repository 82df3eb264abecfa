//! Files and folders of the user: which to read, and their articles. Never writes.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::ingest;
use crate::model::{Draft, Refusal, RefusalReason};

/// Largest file that is read as a whole. Articles have kilobytes; a saved page with its pictures
/// inside has up to some ten megabytes.
const LIMIT_BYTES: u64 = 64 << 20;

/// Dumps with one article a line are read in parts of about this size, whatever their length.
const PART_BYTES: usize = 4 << 20;

/// What lies beside articles in folders (pictures, styles and scripts of saved pages, media) and is
/// passed over without a word. A path that the user names is always tried.
const PASSED_OVER: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico", "bmp", "tif", "tiff", "css", "js", "mjs",
    "map", "woff", "woff2", "ttf", "otf", "eot", "mp3", "mp4", "m4a", "ogg", "webm", "mov", "avi", "wav",
];

/// The files at `paths`: folders with all below them, sorted by name, hidden ones left out; links
/// to folders inside a folder are not followed, so no walk is endless.
pub(super) fn find(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Refusal>) {
    let (mut files, mut refused) = (Vec::new(), Vec::new());
    for path in paths {
        match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => {
                let before = files.len() + refused.len();
                walk(path, &mut files, &mut refused);
                if files.len() + refused.len() == before {
                    refused.push(refusal(path, RefusalReason::NoFiles));
                }
            }
            // Everything else is judged when it is read, in one place.
            _ => files.push(path.clone()),
        }
    }
    (files, refused)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>, refused: &mut Vec<Refusal>) {
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                refused.push(refusal(&folder, reason(&folder, &error)));
                continue;
            }
        };
        let mut names: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
        names.retain(|p| p.file_name().is_some_and(|n| !n.as_encoded_bytes().starts_with(b".")));
        names.sort();
        let (folders, below): (Vec<_>, Vec<_>) =
            names.into_iter().partition(|p| fs::symlink_metadata(p).is_ok_and(|m| m.is_dir()));
        let is_link_to_folder = |p: &Path| p.is_symlink() && p.is_dir();
        files.extend(below.into_iter().filter(|p| !is_passed_over(p) && !is_link_to_folder(p)));
        open.extend(folders.into_iter().rev());
    }
}

fn is_passed_over(path: &Path) -> bool {
    extension(path).is_some_and(|e| PASSED_OVER.contains(&e.as_str()))
}

fn extension(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_lowercase())
}

/// Hands the articles of a file to `take`, in order and in parts, until it says no.
///
/// Returns why the file gave no article, where it gave none.
pub(super) fn read(path: &Path, take: &mut dyn FnMut(Vec<Draft>) -> bool) -> Result<(), RefusalReason> {
    let failed = |error: &io::Error| reason(path, error);
    let meta = fs::metadata(path).map_err(|e| failed(&e))?;
    if meta.is_dir() {
        return Err(RefusalReason::NoFiles);
    }
    // Opening a pipe would wait for ever.
    if !meta.is_file() {
        return Err(RefusalReason::NotAFile);
    }
    let file = File::open(path).map_err(|e| failed(&e))?;
    let origin = path.to_string_lossy();
    if extension(path).is_some_and(|e| e == "jsonl" || e == "ndjson") {
        return read_lines(BufReader::new(file), &origin, take, &failed);
    }
    let bytes = read_whole(file, meta.len()).map_err(|e| failed(&e))?;
    let size = bytes.len() as u64;
    if size > LIMIT_BYTES {
        return Err(RefusalReason::TooLarge { bytes: meta.len().max(size), limit_bytes: LIMIT_BYTES });
    }
    take(drafts(&bytes, &origin)?);
    Ok(())
}

fn read_whole(file: File, expected: u64) -> io::Result<Vec<u8>> {
    if expected > LIMIT_BYTES {
        return Ok(vec![0; usize::try_from(LIMIT_BYTES).unwrap_or_default() + 1]);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or_default() + 1);
    file.take(LIMIT_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn read_lines(
    mut file: impl BufRead,
    origin: &str,
    take: &mut dyn FnMut(Vec<Draft>) -> bool,
    failed: &dyn Fn(&io::Error) -> RefusalReason,
) -> Result<(), RefusalReason> {
    let mut first_refusal = None;
    let mut any = false;
    loop {
        let mut part = Vec::new();
        let mut size = 1;
        while size > 0 && part.len() < PART_BYTES {
            let mut line = (&mut file).take(LIMIT_BYTES);
            size = line.read_until(b'\n', &mut part).map_err(|e| failed(&e))?;
            if size as u64 == LIMIT_BYTES {
                return Err(RefusalReason::TooLarge { bytes: LIMIT_BYTES, limit_bytes: LIMIT_BYTES });
            }
        }
        if part.is_empty() {
            break;
        }
        match drafts(&part, origin) {
            Ok(list) => {
                any = true;
                if !take(list) {
                    return Ok(());
                }
            }
            Err(reason) => first_refusal = first_refusal.or(Some(reason)),
        }
        if size == 0 {
            break;
        }
    }
    if any { Ok(()) } else { Err(first_refusal.unwrap_or(RefusalReason::Empty)) }
}

/// The articles in `bytes`.
pub(super) fn drafts(bytes: &[u8], origin: &str) -> Result<Vec<Draft>, RefusalReason> {
    let list = ingest::read(bytes, origin).map_err(|error| match error {
        ingest::Error::Empty => RefusalReason::Empty,
        ingest::Error::Binary { .. } => RefusalReason::Binary,
        ingest::Error::NoText => RefusalReason::NoText,
        #[allow(unreachable_patterns, reason = "what ingest learns to refuse has its own words")]
        other => RefusalReason::NotUnderstood(other.to_string()),
    })?;
    if list.is_empty() { Err(RefusalReason::NoText) } else { Ok(list) }
}

pub(super) fn refusal(path: &Path, reason: RefusalReason) -> Refusal {
    Refusal { origin: path.to_string_lossy().into_owned(), reason }
}

fn reason(path: &Path, error: &io::Error) -> RefusalReason {
    match error.kind() {
        io::ErrorKind::NotFound if path.is_symlink() => RefusalReason::DanglingLink,
        io::ErrorKind::NotFound => RefusalReason::Missing,
        io::ErrorKind::PermissionDenied => RefusalReason::NoRights,
        _ => RefusalReason::System(error.to_string()),
    }
}
