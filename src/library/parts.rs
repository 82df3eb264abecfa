//! What a file holds, in parts of whole articles: dumps by lines, tables by rows, all else in one.

use std::io::{self, BufRead, Read};
use std::path::Path;
use std::sync::Arc;

use super::beside::Beside;
use super::pdf;
use crate::ingest;
use crate::model::RefusalReason;

/// Largest file that is read as a whole. Articles have kilobytes; a saved page with its pictures
/// inside has up to some ten megabytes.
pub(super) const LIMIT_BYTES: u64 = 64 << 20;

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

/// What a file holds, or a part of it: whole articles.
#[derive(Debug)]
pub(super) struct Part {
    /// The file; for one in an archive with the archive before it.
    pub origin: String,
    /// What is in it.
    pub content: Content,
    /// Lines of the file that stand before it.
    pub lines: usize,
    /// Bytes of the file on the disk that were read for it.
    pub read_bytes: u64,
    /// What the user says of the file.
    pub beside: Option<Arc<Beside>>,
}

/// What is in a part.
#[derive(Debug)]
pub(super) enum Content {
    /// Bytes of the file.
    Bytes(Vec<u8>),
    /// Articles in fields, as another reader keeps them.
    Records(Vec<ingest::Record>),
    /// Nothing that can be read, though other parts can.
    Refused(RefusalReason),
}

impl Part {
    /// Bytes it holds.
    pub(super) fn size(&self) -> usize {
        match &self.content {
            Content::Bytes(bytes) => bytes.len(),
            Content::Records(records) => records.iter().map(|r| r.body.len() + r.title.len()).sum(),
            Content::Refused(_) => 0,
        }
    }
}

pub(super) fn is_passed_over(path: &Path) -> bool {
    extension(path).is_some_and(|e| PASSED_OVER.contains(&e.as_str()))
}

fn extension(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_lowercase())
}

/// Whether a file of this name is read in parts.
pub(super) fn has_lines(origin: &str) -> bool {
    extension(Path::new(origin)).is_some_and(|e| e == "jsonl" || e == "ndjson")
}

/// Whether a file of this name is a table, which is read in parts too.
pub(super) fn has_rows(origin: &str) -> bool {
    extension(Path::new(origin)).is_some_and(|e| e == "csv" || e == "tsv")
}

/// Hands what a stream holds to `take` in parts of whole articles, in order, until it says no.
pub(super) fn parts_of_stream(
    stream: &mut dyn BufRead,
    origin: &str,
    take: &mut dyn FnMut(Part) -> bool,
) -> Result<(), RefusalReason> {
    let failed = |error: &io::Error| reason(Path::new(origin), error);
    if has_lines(origin) {
        return lines(stream, origin, take, &failed);
    }
    if has_rows(origin) {
        return rows(stream, origin, take, &failed);
    }
    whole(stream, origin, take, &failed)
}

/// Hands all of a stream to `take` as one part.
fn whole(
    stream: &mut dyn Read,
    origin: &str,
    take: &mut dyn FnMut(Part) -> bool,
    failed: &dyn Fn(&io::Error) -> RefusalReason,
) -> Result<(), RefusalReason> {
    let mut bytes = Vec::new();
    stream.take(LIMIT_BYTES + 1).read_to_end(&mut bytes).map_err(|e| failed(&e))?;
    let size = bytes.len() as u64;
    if size > LIMIT_BYTES {
        return Err(RefusalReason::TooLarge { bytes: size, limit_bytes: LIMIT_BYTES });
    }
    if bytes.starts_with(pdf::MAGIC) {
        bytes = pdf::text(bytes)?;
    }
    let content = Content::Bytes(bytes);
    take(Part { origin: origin.to_owned(), content, lines: 0, read_bytes: size, beside: None });
    Ok(())
}

fn lines(
    mut file: &mut dyn BufRead,
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
        let (read_bytes, content) = (part.len() as u64, Content::Bytes(part));
        if !take(Part { origin: origin.to_owned(), content, lines: before, read_bytes, beside: None })
            || size == 0
        {
            return Ok(());
        }
        before += count;
    }
}

/// Where the reading of a table's cells is.
struct Cell {
    /// Inside quotation marks, where a line break belongs to the cell.
    is_open: bool,
    last: u8,
}

impl Default for Cell {
    fn default() -> Self {
        Self { is_open: false, last: b'\n' }
    }
}

impl Cell {
    fn read(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            if byte == b'"' {
                // Elsewhere than at its beginning, or behind another, a mark is a letter of the cell.
                let begins = matches!(self.last, b'\n' | b',' | b';' | b'\t' | b'|' | b'"');
                self.is_open = !self.is_open && begins;
            }
            self.last = byte;
        }
    }
}

/// A table in parts of whole rows, each with the first row before it: it names the columns.
fn rows(
    mut file: &mut dyn BufRead,
    origin: &str,
    take: &mut dyn FnMut(Part) -> bool,
    failed: &dyn Fn(&io::Error) -> RefusalReason,
) -> Result<(), RefusalReason> {
    let mut row = |part: &mut Vec<u8>| -> Result<usize, RefusalReason> {
        let (mut size, mut cell) = (0, Cell::default());
        loop {
            let from = part.len();
            let read = (&mut file).take(LIMIT_BYTES).read_until(b'\n', part).map_err(|e| failed(&e))?;
            size += read;
            if part.len() as u64 >= LIMIT_BYTES {
                return Err(RefusalReason::TooLarge { bytes: part.len() as u64, limit_bytes: LIMIT_BYTES });
            }
            cell.read(part.get(from..).unwrap_or_default());
            if !cell.is_open || read == 0 {
                return Ok(size);
            }
        }
    };
    let mut head = Vec::new();
    while head.trim_ascii().is_empty() || head.as_slice() == b"\xef\xbb\xbf\n" {
        if row(&mut head)? == 0 {
            return Err(RefusalReason::Empty);
        }
    }
    if !ingest::is_head_of_table(&head) {
        return whole(&mut head.as_slice().chain(file), origin, take, failed);
    }
    let count = |bytes: &[u8]| memchr::memchr_iter(b'\n', bytes).count();
    let head_lines = count(&head);
    let mut before = head_lines;
    let mut read_bytes = head.len() as u64;
    loop {
        let mut part = head.clone();
        let mut size = 1;
        while size > 0 && part.len() < head.len() + PART_BYTES {
            size = row(&mut part)?;
            read_bytes += size as u64;
        }
        let is_end = size == 0;
        if part.len() == head.len() && before > head_lines {
            return Ok(());
        }
        let lines = before - head_lines;
        before += count(&part) - head_lines;
        let content = Content::Bytes(part);
        let part = Part {
            origin: origin.to_owned(),
            content,
            lines,
            read_bytes: std::mem::take(&mut read_bytes),
            beside: None,
        };
        if !take(part) || is_end {
            return Ok(());
        }
    }
}

/// Whether a line looks like an object of its own.
fn is_object(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.starts_with(b"{") && line.ends_with(b"}")
}

pub(super) fn reason(path: &Path, error: &io::Error) -> RefusalReason {
    match error.kind() {
        io::ErrorKind::NotFound if path.is_symlink() => RefusalReason::DanglingLink,
        io::ErrorKind::NotFound => RefusalReason::Missing,
        io::ErrorKind::PermissionDenied => RefusalReason::NoRights,
        _ => RefusalReason::System(error.to_string()),
    }
}
