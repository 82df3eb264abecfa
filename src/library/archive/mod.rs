//! Files that hold files: compressed ones and archives, one inside the other, unpacked in memory and
//! bounded. Nothing is written to the disk, so that no name in an archive can lead anywhere.

use std::borrow::Cow;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;
use zstd_safe::{DCtx, InBuffer, OutBuffer};

use super::parts::{self, Content, LIMIT_BYTES, Part, parts_of_stream};
use crate::ingest;
use crate::ingest::saved::{self, Saved};
use crate::model::RefusalReason;

/// Files that are read of an archive.
const MEMBERS: usize = 200_000;
/// Archives in archives that are opened: a dump in a tar file that is compressed takes two.
const DEEPEST: u32 = 4;
/// How much larger than the file its content may be. Text compresses to a tenth, seldom to a fiftieth.
const RATIO: u64 = 250;
/// What may always be unpacked, however small the file.
const ALWAYS_BYTES: u64 = 64 << 20;

/// Members that make a ZIP archive a document: it is read as a whole.
const DOCUMENTS: [&str; 3] = ["word/document.xml", "META-INF/container.xml", "content.xml"];

/// What a file is by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Gzip,
    Zstd,
    Zip,
    Tar,
    /// Anything else.
    Plain,
}

/// First bytes that tell what a file is.
pub(super) const LOOKED_AT: usize = 512;

/// What a file with these first bytes is.
pub(super) fn kind(start: &[u8]) -> Kind {
    if start.starts_with(b"\x1f\x8b") {
        Kind::Gzip
    } else if start.starts_with(b"\x28\xb5\x2f\xfd") {
        Kind::Zstd
    } else if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
        Kind::Zip
    } else if start.get(257..262) == Some(b"ustar") {
        Kind::Tar
    } else {
        Kind::Plain
    }
}

/// Where parts go, until it says no.
pub(super) type Take<'a> = &'a mut dyn FnMut(Part) -> bool;

/// Unpacking one file of the user's.
pub(super) struct Unpack<'a> {
    take: Take<'a>,
    /// Bytes of the file that were read since the last part.
    read_bytes: Rc<Cell<u64>>,
    /// Bytes that may still be unpacked.
    left: Rc<Cell<u64>>,
    members: usize,
    /// Parts handed over.
    given: usize,
    stopped: bool,
}

impl<'a> Unpack<'a> {
    /// For a file of `bytes` on the disk.
    pub(super) fn new(bytes: u64, take: Take<'a>) -> Self {
        let left = Rc::new(Cell::new(bytes.saturating_mul(RATIO).max(ALWAYS_BYTES)));
        Self { take, read_bytes: Rc::default(), left, members: 0, given: 0, stopped: false }
    }

    /// A file on the disk, which is of `kind`.
    pub(super) fn file(&mut self, mut file: File, kind: Kind, origin: &str) -> Result<(), RefusalReason> {
        file.seek(SeekFrom::Start(0)).map_err(|e| unreadable(&e))?;
        let file = Counted { file, read: Rc::clone(&self.read_bytes) };
        if kind == Kind::Zip {
            self.zip(file, origin, 1)?;
        } else {
            self.stream(&mut BufReader::with_capacity(64 << 10, file), kind, origin, 1)?;
        }
        if self.given == 0 { Err(RefusalReason::NoFiles) } else { Ok(()) }
    }

    fn stream(
        &mut self,
        stream: &mut dyn BufRead,
        kind: Kind,
        origin: &str,
        depth: u32,
    ) -> Result<(), RefusalReason> {
        if depth > DEEPEST {
            return Err(refused("archives in archives, deeper than is opened"));
        }
        match kind {
            Kind::Gzip => self.unpacked(MultiGzDecoder::new(stream), origin, depth),
            Kind::Zstd => self.unpacked(Zstd::new(stream), origin, depth),
            Kind::Tar => self.tar(stream, origin, depth),
            Kind::Zip => {
                let mut bytes = Vec::new();
                stream.take(LIMIT_BYTES + 1).read_to_end(&mut bytes).map_err(|e| unreadable(&e))?;
                within(bytes.len() as u64)?;
                self.zip(Cursor::new(bytes), origin, depth)
            }
            Kind::Plain => {
                let (take, stopped, read) = (&mut self.take, &mut self.stopped, &self.read_bytes);
                let given = &mut self.given;
                parts_of_stream(stream, origin, &mut |part| {
                    *given += 1;
                    let go_on = take(Part { read_bytes: read.take(), ..part });
                    *stopped |= !go_on;
                    go_on
                })
            }
        }
    }

    /// What a compressed stream holds.
    fn unpacked(&mut self, stream: impl Read, origin: &str, depth: u32) -> Result<(), RefusalReason> {
        let mut stream = BufReader::with_capacity(64 << 10, self.bounded(stream));
        let kind = kind(&peek(&mut stream)?);
        self.stream(&mut stream, kind, without_ending(origin), depth + 1)
    }

    fn bounded<R>(&self, stream: R) -> Bounded<R> {
        Bounded { stream, left: Rc::clone(&self.left) }
    }

    fn tar(&mut self, stream: &mut dyn BufRead, origin: &str, depth: u32) -> Result<(), RefusalReason> {
        let mut archive = tar::Archive::new(stream);
        for entry in archive.entries().map_err(|e| unreadable(&e))? {
            let entry = entry.map_err(|e| unreadable(&e))?;
            if !entry.header().entry_type().is_file() {
                continue;
            }
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            self.member(entry, &name, origin, depth)?;
            if self.stopped {
                break;
            }
        }
        Ok(())
    }

    fn zip(&mut self, file: impl Read + Seek, origin: &str, depth: u32) -> Result<(), RefusalReason> {
        let broken = |error: &zip::result::ZipError| {
            refused(&format!("packed as ZIP, and cannot be opened ({error})"))
        };
        let mut archive = zip::ZipArchive::new(file).map_err(|e| broken(&e))?;
        if DOCUMENTS.iter().any(|name| archive.index_for_name(name).is_some()) {
            let mut file = archive.into_inner();
            file.seek(SeekFrom::Start(0)).map_err(|e| unreadable(&e))?;
            let mut bytes = Vec::new();
            file.take(LIMIT_BYTES + 1).read_to_end(&mut bytes).map_err(|e| unreadable(&e))?;
            within(bytes.len() as u64)?;
            self.give(origin, Content::Bytes(bytes));
            return Ok(());
        }
        let mut saved = self.saved(&mut archive)?;
        for at in 0..archive.len() {
            let name = match archive.name_for_index(at) {
                Some(Ok(name)) => name.into_owned(),
                _ => String::new(),
            };
            match archive.by_index(at) {
                Ok(member) if member.is_file() => {
                    let name = String::from_utf8_lossy(member.name_raw()).into_owned();
                    let mut member = self.bounded(member);
                    if let Some(saved) = &mut saved
                        && (saved.has(&name) || saved::is_list(&name))
                    {
                        let mut page = Vec::new();
                        (&mut member).take(LIMIT_BYTES).read_to_end(&mut page).map_err(|e| unreadable(&e))?;
                        let page = String::from_utf8_lossy(&page).into_owned();
                        if let Some(record) = saved.take(&name, page) {
                            self.give(&inner(origin, &name), Content::Records(vec![record]));
                        }
                        if self.stopped {
                            break;
                        }
                        continue;
                    }
                    self.member(member, &name, origin, depth)?;
                }
                // Locked by a password, or packed in a way that is not known.
                Err(error) if self.counts(&name)? => self.refuse(&inner(origin, &name), broken(&error)),
                Ok(_) | Err(_) => {}
            }
            if self.stopped {
                break;
            }
        }
        if let Some(left) = saved.map(|saved| saved.left()).filter(|left| *left > 0 && !self.stopped) {
            self.refuse(origin, refused(&ingest::Error::LinksOnly { links: left }.to_string()));
        }
        Ok(())
    }

    /// What the lists in an archive say of the pages in it, where a read-later service has made it.
    fn saved<R: Read + Seek>(
        &self,
        archive: &mut zip::ZipArchive<R>,
    ) -> Result<Option<Saved>, RefusalReason> {
        let names = archive.file_names().filter_map(Result::ok);
        let lists: Vec<String> = names.filter(|name| saved::is_list(name)).map(Cow::into_owned).collect();
        let mut saved = Saved::default();
        for name in &lists {
            let Ok(member) = archive.by_name(name) else { continue };
            let mut list = Vec::new();
            self.bounded(member).take(LIMIT_BYTES).read_to_end(&mut list).map_err(|e| unreadable(&e))?;
            saved.add(&list);
        }
        Ok((!lists.is_empty()).then_some(saved))
    }

    /// A file in an archive; what is wrong with it alone is refused alone.
    fn member(
        &mut self,
        stream: impl Read,
        name: &str,
        origin: &str,
        depth: u32,
    ) -> Result<(), RefusalReason> {
        if !self.counts(name)? {
            return Ok(());
        }
        let origin = inner(origin, name);
        let mut stream = BufReader::with_capacity(64 << 10, stream);
        let read =
            peek(&mut stream).and_then(|start| self.stream(&mut stream, kind(&start), &origin, depth + 1));
        match read {
            // What stands behind in the archive cannot be unpacked either.
            Err(reason) if self.left.get() == 0 => Err(reason),
            Err(reason) => {
                self.refuse(&origin, reason);
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    /// Whether a file of this name in an archive is one to read; there may be only so many.
    fn counts(&mut self, name: &str) -> Result<bool, RefusalReason> {
        if is_passed_over(name) {
            return Ok(false);
        }
        self.members += 1;
        if self.members > MEMBERS {
            return Err(refused(&format!(
                "an archive of more than {MEMBERS} files; what stands before is read"
            )));
        }
        Ok(true)
    }

    fn refuse(&mut self, origin: &str, reason: RefusalReason) {
        self.give(origin, Content::Refused(reason));
    }

    fn give(&mut self, origin: &str, content: Content) {
        self.given += 1;
        let read_bytes = self.read_bytes.take();
        let part = Part { origin: origin.to_owned(), content, lines: 0, read_bytes, beside: None };
        self.stopped |= !(self.take)(part);
    }
}

/// The first bytes of a stream, left in it.
fn peek(stream: &mut impl BufRead) -> Result<Vec<u8>, RefusalReason> {
    let start = stream.fill_buf().map_err(|e| unreadable(&e))?;
    Ok(start.get(..LOOKED_AT).unwrap_or(start).to_vec())
}

fn within(bytes: u64) -> Result<(), RefusalReason> {
    if bytes > LIMIT_BYTES {
        return Err(RefusalReason::TooLarge { bytes, limit_bytes: LIMIT_BYTES });
    }
    Ok(())
}

fn refused(why: &str) -> RefusalReason {
    RefusalReason::NotUnderstood(why.to_owned())
}

fn unreadable(error: &io::Error) -> RefusalReason {
    refused(&format!("compressed, and cannot be unpacked ({error})"))
}

/// The name of a file in an archive, as it is shown.
fn inner(origin: &str, name: &str) -> String {
    format!("{origin}/{}", name.trim_start_matches("./"))
}

/// `dump.jsonl` for `dump.jsonl.gz`: what is in it is told by the name that is left, too.
fn without_ending(origin: &str) -> &str {
    let ending = [".gz", ".zst", ".zstd"].iter().find_map(|ending| origin.strip_suffix(ending));
    ending.unwrap_or(origin)
}

/// Hidden files, what some systems put beside each file, and what is no text.
fn is_passed_over(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') && part.len() > 2 || part == "__MACOSX")
        || parts::is_passed_over(std::path::Path::new(name))
}

/// A stream that fails where more comes of it than may be unpacked.
struct Bounded<R> {
    stream: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(into)?;
        let left = self.left.get().saturating_sub(read as u64);
        self.left.set(left);
        if left == 0 && read > 0 {
            return Err(io::Error::other("it unpacks to more than is believed"));
        }
        Ok(read)
    }
}

/// A file, with what was read of it: how far an import is.
struct Counted {
    file: File,
    read: Rc<Cell<u64>>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(into)?;
        self.read.set(self.read.get() + read as u64);
        Ok(read)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// A stream of Zstandard frames, unpacked.
struct Zstd<R> {
    packed: R,
    context: DCtx<'static>,
    /// In the middle of a frame.
    is_open: bool,
}

impl<R: BufRead> Zstd<R> {
    fn new(packed: R) -> Self {
        Self { packed, context: DCtx::create(), is_open: false }
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let packed = self.packed.fill_buf()?;
            let is_end = packed.is_empty();
            let (mut source, mut target) = (InBuffer::around(packed), OutBuffer::around(&mut *into));
            let more = self
                .context
                .decompress_stream(&mut target, &mut source)
                .map_err(|code| io::Error::other(zstd_safe::get_error_name(code)))?;
            let (used, made) = (source.pos(), target.pos());
            self.packed.consume(used);
            if used > 0 || made > 0 {
                self.is_open = more > 0;
            }
            if made > 0 || into.is_empty() {
                return Ok(made);
            }
            if is_end {
                // A frame that is open still was cut off.
                return if self.is_open { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(0) };
            }
        }
    }
}

#[cfg(test)]
mod tests;
