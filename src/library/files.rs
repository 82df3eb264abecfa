//! Files and folders of the user: which to read, and their articles. Never writes.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::ingest;
use crate::model::{Draft, Refusal, RefusalReason};

/// Largest file that is read as a whole. Articles have kilobytes; a saved page with its pictures
/// inside has up to some ten megabytes.
const LIMIT_BYTES: u64 = 64 << 20;

/// Dumps with one article a line are read in parts of about this size, whatever their length: some
/// forty articles, so that threads share the work evenly and "stop" is heard soon.
pub(super) const PART_BYTES: usize = 128 << 10;

/// The same where the first line is no object, and the file perhaps one object over many lines.
const ODD_PART_BYTES: usize = 4 << 20;

/// What lies beside articles in folders (pictures, styles and scripts of saved pages, media) and is
/// passed over without a word. A path that the user names is always tried.
const PASSED_OVER: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico", "bmp", "tif", "tiff", "css", "js", "mjs",
    "map", "woff", "woff2", "ttf", "otf", "eot", "mp3", "mp4", "m4a", "ogg", "webm", "mov", "avi", "wav",
];

/// A file to read.
#[derive(Debug)]
pub(super) struct Found {
    /// Where it lies.
    pub path: PathBuf,
    /// Its size; 0 where that is not known.
    pub bytes: u64,
}

/// Bytes of a file that hold whole articles.
#[derive(Debug)]
pub(super) struct Part {
    /// The file.
    pub origin: String,
    /// Some of its bytes, or all.
    pub bytes: Vec<u8>,
    /// Lines of the file that stand before them.
    pub lines: usize,
}

/// The files at `paths`: folders with all below them, sorted by name, hidden ones left out; links
/// to folders inside a folder are not followed, so no walk is endless.
pub(super) fn find(paths: &[PathBuf]) -> (Vec<Found>, Vec<Refusal>) {
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
    let found = |path: PathBuf| Found {
        bytes: fs::metadata(&path).ok().filter(fs::Metadata::is_file).map_or(0, |meta| meta.len()),
        path,
    };
    (files.into_iter().map(found).collect(), refused)
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
/// Returns what gave no article: the file as a whole, or lines of it.
pub(super) fn read(path: &Path, take: &mut dyn FnMut(Vec<Draft>) -> bool) -> Vec<Refusal> {
    let mut refused = Vec::new();
    let whole = parts(path, &mut |part| {
        let (list, more) = drafts(&part.bytes, &part.origin, part.lines);
        refused.extend(more);
        list.is_empty() || take(list)
    });
    if let Err(reason) = whole {
        refused.push(refusal(path, reason));
    }
    refused
}

/// Hands a file to `take` in parts of whole articles, in order, until it says no.
pub(super) fn parts(path: &Path, take: &mut dyn FnMut(Part) -> bool) -> Result<(), RefusalReason> {
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
        return lines(BufReader::with_capacity(64 << 10, file), &origin, take, &failed);
    }
    let bytes = read_whole(file, meta.len()).map_err(|e| failed(&e))?;
    let size = bytes.len() as u64;
    if size > LIMIT_BYTES {
        return Err(RefusalReason::TooLarge { bytes: meta.len().max(size), limit_bytes: LIMIT_BYTES });
    }
    take(Part { origin: origin.into_owned(), bytes, lines: 0 });
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

fn lines(
    mut file: impl BufRead,
    origin: &str,
    take: &mut dyn FnMut(Part) -> bool,
    failed: &dyn Fn(&io::Error) -> RefusalReason,
) -> Result<(), RefusalReason> {
    let mut before = 0;
    let mut limit = None;
    loop {
        let mut part = Vec::new();
        let mut size = 1;
        while size > 0 && part.len() < limit.unwrap_or(PART_BYTES) {
            let mut line = (&mut file).take(LIMIT_BYTES);
            size = line.read_until(b'\n', &mut part).map_err(|e| failed(&e))?;
            if size as u64 == LIMIT_BYTES {
                return Err(RefusalReason::TooLarge { bytes: LIMIT_BYTES, limit_bytes: LIMIT_BYTES });
            }
            limit.get_or_insert_with(|| if is_object(&part) { PART_BYTES } else { ODD_PART_BYTES });
        }
        if part.is_empty() {
            // Nothing at all, rather than the end behind the last part.
            return if before == 0 { Err(RefusalReason::Empty) } else { Ok(()) };
        }
        let count = memchr::memchr_iter(b'\n', &part).count();
        if !take(Part { origin: origin.to_owned(), bytes: part, lines: before }) || size == 0 {
            return Ok(());
        }
        before += count;
    }
}

/// Whether a line looks like an object of its own.
fn is_object(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.starts_with(b"{") && line.ends_with(b"}")
}

/// The articles in `bytes`, and what of it gave none; `lines` of the file stand before `bytes`.
pub(super) fn drafts(bytes: &[u8], origin: &str, lines: usize) -> (Vec<Draft>, Vec<Refusal>) {
    let (drafts, refused) = ingest::read_all(bytes, origin);
    let mut refused: Vec<Refusal> = refused
        .into_iter()
        .map(|part| Refusal {
            origin: if part.line == 0 {
                origin.to_owned()
            } else {
                format!("{origin}:{}", lines + part.line)
            },
            reason: reason_of(part.reason),
        })
        .collect();
    if drafts.is_empty() && refused.is_empty() {
        refused.push(Refusal { origin: origin.to_owned(), reason: RefusalReason::NoText });
    }
    (drafts, refused)
}

fn reason_of(error: ingest::Error) -> RefusalReason {
    match error {
        ingest::Error::Empty => RefusalReason::Empty,
        ingest::Error::Binary { .. } => RefusalReason::Binary,
        ingest::Error::NoText | ingest::Error::NoBody => RefusalReason::NoText,
        ingest::Error::TooLarge { bytes } => {
            RefusalReason::TooLarge { bytes: bytes as u64, limit_bytes: ingest::LARGEST_TEXT as u64 }
        }
        error @ (ingest::Error::Unsupported { .. } | ingest::Error::Json { .. }) => {
            RefusalReason::NotUnderstood(error.to_string())
        }
    }
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
