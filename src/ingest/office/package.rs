//! The files in a document, bounded.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::ingest::Error;

/// Longest text that is read of a document, in bytes.
const LONGEST: u64 = 64 << 20;

/// A document, opened.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

fn broken(reason: &dyn std::fmt::Display) -> Error {
    Error::Damaged { reason: reason.to_string() }
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(&e))?;
        Ok(Self { archive, left: LONGEST })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The text of a file in it; `None` where there is none of that name.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Error> {
        let Some(at) = self.archive.index_for_name(name) else { return Ok(None) };
        let file = self.archive.by_index(at).map_err(|e| broken(&e))?;
        let mut bytes = Vec::new();
        file.take(self.left + 1).read_to_end(&mut bytes).map_err(|e| broken(&e))?;
        let size = bytes.len() as u64;
        if size > self.left {
            return Err(broken(&"it unpacks to more than is believed"));
        }
        self.left -= size;
        let text =
            String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
        Ok(Some(text))
    }
}
