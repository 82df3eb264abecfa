//! Exports of media databases: many articles in one file, each with a head of labelled fields.
//!
//! Nexis in its two forms (the older with "1 of 49 DOCUMENTS" before each article, as text or HTML,
//! and the newer with "End of Document" behind each) and Factiva's HTML and text, with German and English
//! labels. The label, not its place, says what a line is; what is not known stays unread rather than
//! becoming part of the article.

mod advance;
mod factiva;
mod label;
mod nexis;

use crate::model::Draft;

use super::{Error, Refused, record::Record};

/// The articles of an export in plain text; `None` where `text` is none.
pub(super) fn read(text: &str, origin: &str) -> Option<(Vec<Draft>, Vec<Refused>)> {
    let records = if nexis::is_export(text) {
        nexis::records(&nexis::blocks(text))
    } else if advance::is_export(text) {
        advance::records(text)
    } else if factiva::is_export(text) {
        factiva::records(text)
    } else {
        return None;
    };
    Some(drafts(records, origin))
}

/// Whether a page may be an export: cheap to ask of any page, sure only when it is read.
pub(super) fn is_page(html: &str) -> bool {
    let has = |words: &str| memchr::memmem::find(html.as_bytes(), words.as_bytes()).is_some();
    // "Dokument 1 von 49"; without its number it is a word of many pages.
    let has_number_behind = |word: &str| {
        let digit = |at: usize| html.as_bytes().get(at + word.len()).is_some_and(u8::is_ascii_digit);
        memchr::memmem::find_iter(html.as_bytes(), word.as_bytes()).any(digit)
    };
    [" DOCUMENTS", " DOKUMENTEN", "End of Document", "Dokumentende", "Ende des Dokuments"]
        .into_iter()
        .any(has)
        || ["Dokument ", "Document "].into_iter().any(has_number_behind)
}

/// The articles of an export whose text stands in lines, as a page or an office document shows them.
pub(super) fn read_lines(lines: &[String], origin: &str) -> Option<(Vec<Draft>, Vec<Refused>)> {
    let text = lines.join("\n");
    let records = if nexis::is_export(&text) {
        nexis::records(&nexis::blocks_of(lines))
    } else if advance::is_export(&text) {
        advance::records(&text)
    } else if factiva::is_export(&text) {
        factiva::records(&text)
    } else {
        return None;
    };
    Some(drafts(records, origin))
}

/// The articles of `records`, numbered from 1 in what is refused.
pub(super) fn drafts(records: impl IntoIterator<Item = Record>, origin: &str) -> (Vec<Draft>, Vec<Refused>) {
    let (mut drafts, mut refused) = (Vec::new(), Vec::new());
    for (record, line) in records.into_iter().zip(1..) {
        match record.draft(origin) {
            Ok(draft) => drafts.push(draft),
            Err(Error::NoBody) => refused.push(Refused { line, reason: Error::NoText }),
            Err(reason) => refused.push(Refused { line, reason }),
        }
    }
    (drafts, refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_may_be_exports_are_told_at_a_glance() {
        for page in [
            "<p>1 of 49 DOCUMENTS",
            "<p>1 von 49 DOKUMENTEN",
            "<p>Dokument 1 von 49",
            "<p>Document 1 of 49",
            "<p>End of Document",
            "<p>Dokumentende",
            "<p>Ende des Dokuments",
        ] {
            assert!(is_page(page), "{page}");
        }
        for page in ["<p>Ein Dokument von 1989", "<script>Document is ready", "<p>Dokument "] {
            assert!(!is_page(page), "{page}");
        }
    }
}
