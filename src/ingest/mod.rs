//! Bytes in, drafts out.
//!
//! Takes bytes and a hint where they came from; reads no files. Odd text is normal and becomes the
//! most sensible article; only what cannot be text is refused.

use thiserror::Error;

use crate::model::{Basis, Draft, Paragraph, ParagraphKind, Span, Title};

/// Why bytes became no article.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum Error {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Not text.
    #[error("not a text file (contains NUL bytes at byte {at})")]
    Binary {
        /// First byte that text does not have.
        at: usize,
    },
    /// Nothing was left after boilerplate was set aside.
    #[error("no article text found")]
    NoText,
}

/// The articles in `bytes`, in order. `origin` is the path or name to show in messages.
///
/// # Errors
/// [`Error`] where there is none.
pub fn read(bytes: &[u8], origin: &str) -> Result<Vec<Draft>, Error> {
    let raw = String::from_utf8_lossy(bytes);
    let mut draft = Draft { origin: origin.to_owned(), ..Draft::default() };
    for line in raw.lines().map(str::trim).filter(|l| !l.is_empty()) {
        if !draft.text.is_empty() {
            draft.text.push_str("\n\n");
        }
        let start = draft.text.len();
        draft.text.push_str(line);
        let span = Span::new(&draft.text, start..draft.text.len()).ok_or(Error::NoText)?;
        draft.paragraphs.push(Paragraph { span, kind: ParagraphKind::Body });
    }
    let first = draft.paragraphs.first().ok_or(Error::Empty)?;
    draft.title = Title { text: first.span.of(&draft.text).to_owned(), basis: Basis::Derived };
    Ok(vec![draft])
}
