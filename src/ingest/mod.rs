//! Bytes in, drafts out.
//!
//! Takes bytes and the name of where they came from; reads no files. What the bytes are is judged
//! by content: a plain text, with or without the page it was copied from, a web page, or objects that
//! another program wrote. Odd text is normal and becomes the most sensible article; only what cannot be
//! one is refused, with the reason. Nothing is invented: what a source does not state stays unknown.

mod body;
mod chrome;
mod compose;
mod credit;
mod dump;
mod ending;
pub mod feed;
mod front;
mod given;
mod header;
mod headline;
mod html;
mod lexicon;
mod line;
mod mail;
mod media;
mod office;
pub mod opml;
mod outlet;
mod own;
mod plain;
mod record;
mod reference;
mod rtf;
mod run;
pub mod saved;
mod sniff;
mod table;
mod warc;

pub use given::Given;
pub use record::Record;
use thiserror::Error;

use crate::model::{Draft, Field, Source};
use crate::text::clean::clean;
use crate::text::language::language;

/// Largest single text, in bytes: many times any article, and a few books.
pub const LARGEST_TEXT: usize = 16 * 1024 * 1024;

/// Why bytes became no article.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Error {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Not text.
    #[error("not a text file (byte {at} is none that text has)")]
    Binary {
        /// First byte that text does not have.
        at: usize,
    },
    /// A known kind of file that is not read.
    #[error("this is {kind}")]
    Unsupported {
        /// What it is and what helps, as the end of "this is …".
        kind: &'static str,
    },
    /// Too long for one article.
    #[error("{} MB are too large for one article (at most {} MB)", .bytes.div_ceil(1 << 20), LARGEST_TEXT >> 20)]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// Nothing was left after boilerplate was set aside.
    #[error("no article text found")]
    NoText,
    /// Not valid JSON, or no object.
    #[error("not a readable JSON object: {reason}")]
    Json {
        /// What the parser says.
        reason: String,
    },
    /// A known kind of file, but broken.
    #[error("damaged: {reason}")]
    Damaged {
        /// What its reader says.
        reason: String,
    },
    /// A row of a table that cannot be read.
    #[error("not a readable row: {reason}")]
    Table {
        /// What the parser says.
        reason: String,
    },
    /// A table without a column of texts that is known.
    #[error("no column of texts (\"text\", \"body\", \"content\", \"Volltext\") among: {columns}")]
    Columns {
        /// The columns it has.
        columns: String,
    },
    /// Addresses of pages without the pages.
    #[error("{links} entries hold an address without its text; save the pages and import those")]
    LinksOnly {
        /// How many.
        links: usize,
    },
    /// An object without the text of an article.
    #[error("no article text in the object (\"body\", \"text\" or \"maintext\")")]
    NoBody,
}

/// A part of a file that became no article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Its line in the file, or its place in a list, from 1; 0 for the whole file.
    pub line: usize,
    /// Why.
    pub reason: Error,
}

/// The articles in `bytes`, in order. `origin` is the path or name to show in messages.
///
/// Where only some lines of a dump can be read, those are given; [`read_all`] tells of the others.
///
/// # Errors
/// [`enum@Error`] where there is no article.
pub fn read(bytes: &[u8], origin: &str) -> Result<Vec<Draft>, Error> {
    let (drafts, refused) = read_all(bytes, origin);
    match refused.into_iter().next() {
        Some(first) if drafts.is_empty() => Err(first.reason),
        None if drafts.is_empty() => Err(Error::NoText),
        _ => Ok(drafts),
    }
}

/// An outlet by its name or domain, as articles of it have it; `None` where `words` are neither.
#[must_use]
pub fn source_named(words: &str) -> Option<Source> {
    outlet::stated(words)
}

/// Whether the first row of a table names a column of texts: then its rows can be read in parts, each
/// with that row before them.
#[must_use]
pub fn is_head_of_table(row: &[u8]) -> bool {
    sniff::decode(row, None).is_ok_and(|row| table::names_texts(&row))
}

/// What is known of bytes beside themselves.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hint<'a> {
    /// Path or name to show in messages.
    pub origin: &'a str,
    /// The address they were fetched from.
    pub url: Option<&'a str>,
    /// The character set that the server named; content that is valid UTF-8 overrules it.
    pub charset: Option<&'a str>,
    /// What the user says of all that is imported with it, which counts before everything else.
    pub flags: Option<&'a Given>,
    /// What the user says of it, which counts before all that it says itself.
    pub stated: Option<&'a Given>,
    /// What the user says of all in its folder, which counts where it says nothing for sure.
    pub folder: Option<&'a Given>,
}

/// [`read_with`] of bytes of which nothing but their name is known.
#[must_use]
pub fn read_all(bytes: &[u8], origin: &str) -> (Vec<Draft>, Vec<Refused>) {
    read_with(bytes, &Hint { origin, ..Hint::default() })
}

/// The articles in `bytes`, in order, and each part that became none: one bad line of a dump does
/// not stop the others.
///
/// Never panics; time grows linearly with the length of `bytes`; the same bytes give the same drafts.
#[must_use]
pub fn read_with(bytes: &[u8], hint: &Hint) -> (Vec<Draft>, Vec<Refused>) {
    let (mut drafts, mut refused) = read_unheard(bytes, hint);
    if drafts.is_empty() && refused.is_empty() {
        refused.push(Refused { line: 0, reason: Error::NoText });
    }
    for draft in &mut drafts {
        hint.hear(draft);
    }
    (drafts, refused)
}

impl Hint<'_> {
    /// Puts what the user says into an article that was read without it.
    pub fn hear(&self, draft: &mut Draft) {
        if let Some(given) = self.folder {
            given.fill(draft);
        }
        for given in [self.stated, self.flags].into_iter().flatten() {
            given.overrule(draft);
        }
    }
}

/// Beside the articles that are read of a feed that is too long.
const CUT_FEED: Error =
    Error::Unsupported { kind: "a feed with more in it than is read of one; the rest is left out" };

/// The same, where only plain texts have heard what the user says.
fn read_unheard(bytes: &[u8], hint: &Hint) -> (Vec<Draft>, Vec<Refused>) {
    let one = |draft: Result<Draft, Error>| match draft {
        Ok(draft) => (vec![draft], Vec::new()),
        Err(reason) => (Vec::new(), vec![Refused { line: 0, reason }]),
    };
    if office::is_package(bytes) {
        return office::read(bytes, hint);
    }
    if warc::is_archive(bytes) {
        return warc::read(bytes, hint);
    }
    if rtf::is_document(bytes) {
        let lines = rtf::lines(bytes);
        return media::read_lines(&lines, hint.origin)
            .unwrap_or_else(|| one(plain_text(&lines.join("\n\n"), hint)));
    }
    if mail::is_mail(bytes) {
        return mail::read(bytes, hint);
    }
    let text = match sniff::decode(bytes, hint.charset) {
        Ok(text) => text,
        Err(reason) => return one(Err(reason)),
    };
    match sniff::kind(&text) {
        Ok(sniff::Kind::Json) => dump::read(&text, hint.origin),
        Ok(sniff::Kind::Html) if html::factiva::is_export(&text) => {
            media::drafts(html::factiva::records(&text), hint.origin)
        }
        Ok(sniff::Kind::Html) if media::is_page(&text) => media::read_lines(&html::lines(&text), hint.origin)
            .unwrap_or_else(|| one(html::article(&text, hint))),
        Ok(sniff::Kind::Feed) if bytes.len() > feed::LARGEST_FEED => {
            one(Err(Error::TooLarge { bytes: bytes.len() }))
        }
        Ok(sniff::Kind::Feed) => match feed::feed(&text, hint) {
            Ok(feed) if feed.is_cut => (feed.articles, vec![Refused { line: 0, reason: CUT_FEED }]),
            Ok(feed) if !feed.articles.is_empty() => (feed.articles, Vec::new()),
            Ok(_) => one(Err(Error::NoText)),
            Err(reason) => one(Err(reason)),
        },
        Ok(sniff::Kind::Html) => match saved::bookmarks(&text) {
            Some(links) => one(Err(Error::LinksOnly { links })),
            None => one(html::article(&text, hint)),
        },
        Ok(sniff::Kind::Plain) if table::is_table(&text) => table::read(&text, hint.origin),
        Ok(sniff::Kind::Plain) if has_cells(hint.origin) => {
            let columns: String = text.lines().next().unwrap_or_default().chars().take(200).collect();
            one(Err(Error::Columns { columns: clean(&columns).into_owned() }))
        }
        Ok(sniff::Kind::Plain) => {
            media::read(&text, hint.origin).unwrap_or_else(|| one(plain_text(&text, hint)))
        }
        Err(reason) => one(Err(reason)),
    }
}

/// Whether a name says that the file is a table; prose would not bear it.
fn has_cells(origin: &str) -> bool {
    let ending = origin.rsplit('.').next().unwrap_or_default();
    ending.eq_ignore_ascii_case("csv") || ending.eq_ignore_ascii_case("tsv")
}

fn plain_text(text: &str, hint: &Hint) -> Result<Draft, Error> {
    if text.len() > LARGEST_TEXT {
        return Err(Error::TooLarge { bytes: text.len() });
    }
    let text = clean(text);
    let mut draft = Draft { origin: hint.origin.to_owned(), ..Draft::default() };
    let body = front::take(&text, &mut draft);
    let front = std::mem::take(&mut draft.given);
    for given in [hint.stated, hint.flags].into_iter().flatten() {
        given.before_text(&mut draft, true);
    }
    if let Some(given) = hint.folder {
        given.before_text(&mut draft, false);
    }
    let mut draft = plain::read(body, draft)?;
    if !front.contains(&Field::Language) {
        draft.language = language(&draft.text);
    }
    Ok(draft)
}
