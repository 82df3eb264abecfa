//! The folder of an index: files of segments, a manifest that names those in use, and a lock.
//!
//! A file gets its name when it is complete, the manifest last, so that whatever ends the program
//! leaves the index of before. One process writes at a time, the one that holds the lock; others read.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use crate::model::ArticleId;

use super::layout::FORM;
use super::live::Live;
use super::numbers::Numbers;
use super::part::{Medium, read_number, sum, write_number};
use super::segment::Segment;

const MANIFEST: &str = "manifest";
const LOCK: &str = "lock";
/// Ending of a segment's file.
const SEGMENT: &str = "part";
/// Ending of a file that is not complete.
const UNFINISHED: &str = "new";
const MAGIC: [u8; 8] = *b"lsrtlist";
/// Magic and sum.
const HEAD_BYTES: usize = 16;

/// Up to where a library is in its index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The last article that was taken in, or passed over.
    pub last: ArticleId,
    /// What tells this article from others of its number, as the library has it.
    pub key: u64,
}

/// The folder of the index of one library.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    path: PathBuf,
    library: u64,
}

/// What is in use.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    pub mark: Mark,
    /// Largest number of an article.
    pub largest: ArticleId,
    /// Number of the next file.
    pub next: u64,
    pub live: Vec<Live>,
}

impl Folder {
    pub fn new(path: PathBuf, library: u64) -> Self {
        Self { path, library }
    }

    /// The lock, held until the file is dropped; `None` where another holds it, or where the folder
    /// may not be written.
    pub fn lock(&self) -> Option<File> {
        fs::create_dir_all(&self.path).ok()?;
        let lock =
            File::options().create(true).truncate(false).write(true).open(self.path.join(LOCK)).ok()?;
        lock.try_lock().ok()?;
        Some(lock)
    }

    /// What tells the manifest from those before; `None` where there is none.
    pub fn stamp(&self) -> Option<u64> {
        let mut head = [0; HEAD_BYTES];
        File::open(self.path.join(MANIFEST)).ok()?.read_exact(&mut head).ok()?;
        let [magic, stamp] = head.as_chunks::<8>().0 else { return None };
        (*magic == MAGIC).then_some(u64::from_le_bytes(*stamp))
    }

    /// Opens what the manifest names.
    ///
    /// # Errors
    /// Where there is no manifest, or it or a file is cut, damaged, of another form or library.
    pub fn read(&self) -> io::Result<Manifest> {
        let bytes = fs::read(self.path.join(MANIFEST))?;
        let named = Named::read(&bytes, self.library).ok_or(io::ErrorKind::InvalidData)?;
        let mut live = Vec::with_capacity(named.segments.len());
        for (file, sum, gone) in named.segments {
            let segment = self.open(file)?;
            if segment.sum() != sum {
                return Err(io::ErrorKind::InvalidData.into());
            }
            live.push(Live::new(segment, Some(file)).with_gone(gone));
        }
        Ok(Manifest { mark: named.mark, largest: named.largest, next: named.next, live })
    }

    fn open(&self, file: u64) -> io::Result<Segment> {
        Segment::open(Medium::file(File::open(self.path.join(name(file)))?))
    }

    /// Writes a segment's file and opens it.
    pub fn write(
        &self,
        file: u64,
        write: impl FnOnce(BufWriter<File>) -> io::Result<BufWriter<File>>,
    ) -> io::Result<Segment> {
        self.complete(&name(file), |out| {
            write(BufWriter::with_capacity(1 << 16, out))?.into_inner().map_err(Into::into)
        })?;
        self.open(file)
    }

    /// Makes `manifest` the one in use; gives its stamp. Files it does not name are removed.
    pub fn publish(&self, manifest: &Manifest) -> io::Result<u64> {
        let bytes = manifest.bytes(self.library);
        let stamp = sum(&bytes);
        self.complete(MANIFEST, |mut out| {
            out.write_all(&MAGIC)?;
            out.write_all(&stamp.to_le_bytes())?;
            out.write_all(&bytes)?;
            Ok(out)
        })?;
        self.sweep(manifest);
        Ok(stamp)
    }

    /// Writes a file under another name and gives it its own when it is safe on the disk.
    fn complete(&self, name: &str, write: impl FnOnce(File) -> io::Result<File>) -> io::Result<()> {
        let unfinished = self.path.join(format!("{name}.{UNFINISHED}"));
        let written = File::create(&unfinished)
            .and_then(write)
            .and_then(|out| out.sync_all())
            .and_then(|()| fs::rename(&unfinished, self.path.join(name)));
        if written.is_err() {
            // Nobody misses half a file.
            let _ = fs::remove_file(&unfinished);
        }
        written?;
        sync_folder(&self.path)
    }

    /// Removes what is not in use any more. What cannot be removed (another process reads it, on some
    /// systems) is removed another time.
    fn sweep(&self, manifest: &Manifest) {
        let Ok(entries) = fs::read_dir(&self.path) else { return };
        for path in entries.flatten().map(|e| e.path()) {
            let is_used =
                |file: &str| manifest.live.iter().any(|l| l.file.map(name).as_deref() == Some(file));
            let is_ours = path.extension().is_some_and(|e| e == SEGMENT || e == UNFINISHED);
            if is_ours && !path.file_name().and_then(|f| f.to_str()).is_some_and(is_used) {
                let _ = fs::remove_file(path);
            }
        }
    }
}

fn name(file: u64) -> String {
    format!("{file:08}.{SEGMENT}")
}

#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// A manifest before its files are opened.
struct Named {
    mark: Mark,
    largest: ArticleId,
    next: u64,
    /// Number and sum of each file, and the places that are gone of it.
    segments: Vec<(u64, u64, Numbers)>,
}

impl Named {
    fn read(bytes: &[u8], library: u64) -> Option<Self> {
        let (head, bytes) = bytes.split_at_checked(HEAD_BYTES)?;
        if head.get(..8)? != MAGIC || head.get(8..)? != sum(bytes).to_le_bytes() {
            return None;
        }
        let mut at = 0;
        let mut number = || read_number(bytes, &mut at);
        if number()? != u64::from(FORM) || number()? != library {
            return None;
        }
        let id = |number: u64| u32::try_from(number).ok().map(ArticleId);
        let mark = Mark { last: id(number()?)?, key: number()? };
        let (largest, next) = (id(number()?)?, number()?);
        let mut segments = Vec::new();
        for _ in 0..number()? {
            let (file, sum, count) = (number()?, number()?, number()?);
            let mut gone = Numbers::default();
            let mut place = 0_u32;
            for _ in 0..count {
                place = place.checked_add(u32::try_from(number()?).ok()?)?;
                gone.insert(place);
            }
            segments.push((file, sum, gone));
        }
        Some(Self { mark, largest, next, segments })
    }
}

impl Manifest {
    fn bytes(&self, library: u64) -> Vec<u8> {
        let mut bytes = Vec::new();
        let named: Vec<(u64, &Live)> = self.live.iter().filter_map(|l| Some((l.file?, l))).collect();
        let head = [
            u64::from(FORM),
            library,
            u64::from(self.mark.last.0),
            self.mark.key,
            u64::from(self.largest.0),
            self.next,
            named.len() as u64,
        ];
        for number in head {
            write_number(number, &mut bytes);
        }
        for (file, live) in named {
            let gone = live.gone();
            for number in [file, live.segment.sum(), gone.len() as u64] {
                write_number(number, &mut bytes);
            }
            let mut last = 0;
            for place in gone.iter() {
                write_number(u64::from(place - last), &mut bytes);
                last = place;
            }
        }
        bytes
    }
}
