//! Web archives (WARC): what a crawler or a browser kept of pages, each with its address.

use std::borrow::Cow;
use std::io::Read;

use flate2::bufread::GzDecoder;

use super::{Error, Hint, Refused, read_with};
use crate::model::Draft;

/// First bytes of such files.
pub(super) const MAGIC: &[u8] = b"WARC/";

/// Largest page that is unpacked.
const LARGEST_PAGE: u64 = 32 << 20;

/// Whether bytes begin as a web archive.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// The articles on the pages of a web archive; what is no page is passed over.
///
/// What was refused is told by the number of its record, from 1.
pub(super) fn read(bytes: &[u8], hint: &Hint) -> (Vec<Draft>, Vec<Refused>) {
    let (mut drafts, mut refused) = (Vec::new(), Vec::new());
    let mut rest = bytes;
    let mut number = 0;
    while let Some((record, after)) = Record::next(rest) {
        number += 1;
        rest = after;
        let Some(page) = record.page() else { continue };
        let Some(content) = page.content() else {
            let reason = Error::Damaged { reason: "a page that cannot be unpacked".to_owned() };
            refused.push(Refused { line: number, reason });
            continue;
        };
        let charset = page.charset();
        let inner = Hint { url: Some(record.address), charset: charset.as_deref(), ..*hint };
        // A page that holds an archive again would be read again and again.
        if is_archive(&content) {
            continue;
        }
        let (more, wrong) = read_with(&content, &inner);
        drafts.extend(more);
        refused.extend(wrong.into_iter().map(|wrong| Refused { line: number, ..wrong }));
    }
    if number == 0 {
        let reason = Error::Damaged { reason: "a web archive without a whole record".to_owned() };
        refused.push(Refused { line: 0, reason });
    } else if !rest.trim_ascii().is_empty() {
        let reason = Error::Damaged {
            reason: "a record that cannot be read; it and the rest are left out".to_owned(),
        };
        refused.push(Refused { line: number + 1, reason });
    }
    (drafts, refused)
}

/// One entry of an archive.
struct Record<'a> {
    kind: &'a str,
    address: &'a str,
    content_type: &'a str,
    block: &'a [u8],
}

impl<'a> Record<'a> {
    /// The first record in `bytes`, and what stands behind it.
    fn next(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let start = bytes.iter().position(|b| !b.is_ascii_whitespace())?;
        let bytes = bytes.get(start..).filter(|bytes| bytes.starts_with(MAGIC))?;
        let (head, body) = split(bytes)?;
        let field = |name: &str| field(head, name).unwrap_or_default();
        let length: usize = field("content-length").parse().ok()?;
        // An archive that was cut off ends in the middle of a record.
        let block = body.get(..length).unwrap_or(body);
        let rest = body.get(length..).unwrap_or_default();
        let address = field("warc-target-uri").trim_matches(['<', '>']);
        let kind = field("warc-type");
        Some((Self { kind, address, content_type: field("content-type"), block }, rest))
    }

    /// The page in a record: the answer of a server, or a page as such.
    fn page(&self) -> Option<Page<'a>> {
        let page = match self.kind {
            "response" => {
                let (head, body) = split(self.block)?;
                let mut words = head.split_whitespace();
                let is_answer = words.next()?.starts_with("HTTP/") && words.next() == Some("200");
                is_answer.then_some(Page { head, body, content_type: field(head, "content-type")? })?
            }
            "resource" => Page { head: "", body: self.block, content_type: self.content_type },
            _ => return None,
        };
        let kind = page.content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        matches!(kind.as_str(), "text/html" | "application/xhtml+xml").then_some(page)
    }
}

/// A page with what its server said of it.
struct Page<'a> {
    head: &'a str,
    body: &'a [u8],
    content_type: &'a str,
}

impl<'a> Page<'a> {
    /// The page itself; `None` where it is packed in a way that is not known, or broken.
    fn content(&self) -> Option<Cow<'a, [u8]>> {
        let is_in_pieces = field(self.head, "transfer-encoding").is_some_and(|c| c.contains("chunked"));
        let body = if is_in_pieces { joined(self.body) } else { Cow::Borrowed(self.body) };
        // Some crawlers keep the head and store the page unpacked.
        match field(self.head, "content-encoding").unwrap_or_default() {
            "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => {
                let mut page = Vec::new();
                let read = GzDecoder::new(&*body).take(LARGEST_PAGE).read_to_end(&mut page);
                // The beginning of a page that was cut off is something.
                (read.is_ok() || !page.is_empty()).then_some(Cow::Owned(page))
            }
            "br" | "zstd" | "deflate" if !body.trim_ascii_start().starts_with(b"<") => None,
            _ => Some(body),
        }
    }

    fn charset(&self) -> Option<String> {
        let (_, label) = self.content_type.split_once("charset=")?;
        let label = label.split(';').next()?.trim().trim_matches('"');
        Some(label.to_owned()).filter(|label| !label.is_empty())
    }
}

/// The pieces of a body that was sent in pieces, put together; one that was sent whole is as it is.
fn joined(body: &[u8]) -> Cow<'_, [u8]> {
    let mut whole = Vec::new();
    let mut rest = body;
    while let Some(end) = memchr::memchr(b'\n', rest).filter(|&end| end < 64) {
        let line = String::from_utf8_lossy(rest.get(..end).unwrap_or_default());
        let digits = line.split(';').next().unwrap_or_default().trim();
        let Ok(length) = usize::from_str_radix(digits, 16) else { break };
        rest = rest.get(end + 1..).unwrap_or_default();
        let piece = rest.get(..length).unwrap_or(rest);
        whole.extend_from_slice(piece);
        rest = rest.get(piece.len()..).unwrap_or_default();
        if length == 0 {
            return Cow::Owned(whole);
        }
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    if whole.is_empty() { Cow::Borrowed(body) } else { Cow::Owned(whole) }
}

/// A head of lines and what stands behind the empty line below it.
fn split(bytes: &[u8]) -> Option<(&str, &[u8])> {
    const LONGEST: usize = 64 << 10;
    let start = bytes.get(..LONGEST).unwrap_or(bytes);
    let wide = memchr::memmem::find(start, b"\r\n\r\n").map(|at| (at, at + 4));
    let narrow = memchr::memmem::find(start, b"\n\n").map(|at| (at, at + 2));
    let (end, behind) = match (wide, narrow) {
        (Some(wide), Some(narrow)) => wide.min(narrow),
        (wide, narrow) => wide.or(narrow)?,
    };
    let head = bytes.get(..end)?;
    // Heads are ASCII; one letter that is not costs the fields behind it, no more.
    let head = head.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    Some((head, bytes.get(behind..)?))
}

/// The value of a field of a head.
fn field<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().skip(1).find_map(|line| {
        let (field, value) = line.split_once(':')?;
        field.trim().eq_ignore_ascii_case(name).then_some(value.trim())
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    const PAGE: &str = "<html><head><title>Br\u{fc}cke beschlossen</title></head><body><article><h1>Br\u{fc}cke beschlossen</h1>\
        <p>Der Rat hat am Montag in Bern den Bau einer zweiten Br\u{fc}cke beschlossen, wie er am Abend mitteilte.</p>\
        <p>Gebaut wird ab Mai, und zwar zwei Jahre lang, sagte die Ministerin am Montag vor der Presse in Bern.</p>\
        </article></body></html>";

    fn record(kind: &str, head: &str, block: &[u8]) -> Vec<u8> {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: <https://blatt.example/1>\r\n{head}Content-Length: {}\r\n\r\n",
            block.len()
        );
        [head.as_bytes(), block, b"\r\n\r\n"].concat()
    }

    fn answer(head: &str, body: &[u8]) -> Vec<u8> {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"utf-8\"\r\n{head}\r\n");
        record(
            "response",
            "Content-Type: application/http; msgtype=response\r\n",
            &[head.as_bytes(), body].concat(),
        )
    }

    #[test]
    fn pages_are_read_and_all_else_is_passed_over() {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(PAGE.as_bytes()).unwrap();
        let packed = packed.finish().unwrap();
        let (first, second) = PAGE.as_bytes().split_at(100);
        let pieces = [
            format!("{:x}\r\n", first.len()).as_bytes(),
            first,
            format!("\r\n{:X};x=1\r\n", second.len()).as_bytes(),
            second,
            b"\r\n0\r\n\r\n",
        ]
        .concat();
        let file = [
            record("warcinfo", "Content-Type: application/warc-fields\r\n", b"software: x\r\n"),
            record("request", "Content-Type: application/http\r\n", b"GET / HTTP/1.1\r\n\r\n"),
            answer("", PAGE.as_bytes()),
            record("response", "", b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<html>weg"),
            record("response", "", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"),
            answer("Content-Encoding: gzip\r\n", &packed),
            answer("Transfer-Encoding: chunked\r\n", &pieces),
            record("resource", "Content-Type: text/html\r\n", PAGE.as_bytes()),
            answer("", b"<html><body>leer</body></html>"),
        ]
        .concat();
        assert!(is_archive(&file));
        let (drafts, refused) = read(&file, &Hint::default());
        assert_eq!(drafts.len(), 4);
        for draft in &drafts {
            assert_eq!(draft.title.text, "Br\u{fc}cke beschlossen");
            assert_eq!(draft.url.as_deref(), Some("https://blatt.example/1"));
            assert!(draft.text.ends_with("Presse in Bern."), "{}", draft.text);
        }
        assert_eq!(refused.iter().map(|r| r.line).collect::<Vec<_>>(), [9]);
    }

    #[test]
    fn an_archive_that_is_cut_off_gives_what_is_there() {
        let file = [answer("", PAGE.as_bytes()), answer("", PAGE.as_bytes())].concat();
        let (drafts, _) = read(file.get(..file.len() - 30).unwrap(), &Hint::default());
        assert_eq!(drafts.len(), 2);
        for broken in ["WARC/1.0", "WARC/1.0\r\nContent-Length: x\r\n\r\n", "WARC/1.0\r\n\r\n"] {
            let (drafts, refused) = read(broken.as_bytes(), &Hint::default());
            assert_eq!((drafts.len(), refused.len()), (0, 1), "{broken}");
        }
        let endless = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 18446744073709551615\r\n\r\nx";
        assert_eq!(read(endless.as_bytes(), &Hint::default()).0.len(), 0);
    }
}
