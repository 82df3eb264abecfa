//! What bytes are: their character set and the kind of file, judged by content alone.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Error;

/// What a text turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Prose, with or without what a page has around it.
    Plain,
    /// Objects, one a line, or one object or a list of them.
    Json,
    /// A web page or a piece of one.
    Html,
    /// A news feed.
    Feed,
}

/// First bytes of files that people hand over by mistake, and what they are called.
const MAGIC: [(&[u8], &str); 14] = [
    (b"%PDF-", "a PDF file; save its text first"),
    (b"PK\x03\x04", "a ZIP archive or an office document; unpack it or save it as text first"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as text first"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ", "an xz archive; unpack it first"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x7fELF", "a program"),
    (b"bplist", "a binary property list"),
    (EBCDIC_XML, EBCDIC),
];

/// `<?xml` in the letters of mainframes.
pub(super) const EBCDIC_XML: &[u8] = b"\x4c\x6f\xa7\x94\x93";
/// What such a document is called.
pub(super) const EBCDIC: &str = "a document in EBCDIC letters; save it as UTF-8 first";

/// Bytes looked at to tell text from something else.
const SAMPLE: usize = 64 * 1024;

/// The text in `bytes`: UTF-8 and UTF-16 by their marks or their look, else Windows-1252, which
/// holds Latin-1 and reads any bytes. What is neither is read as `charset` or as the page itself says.
///
/// # Errors
/// `Empty`, `Binary` or `Unsupported`.
pub(super) fn decode<'a>(bytes: &'a [u8], charset: Option<&str>) -> Result<Cow<'a, str>, Error> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Error::Unsupported { kind });
    }
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Err(Error::Unsupported { kind: "UTF-32 text; save it as UTF-8 first" });
    }
    let text = if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        text_in(encoding, bytes.get(mark..).unwrap_or_default())
    } else if let Some(encoding) = utf_16_by_look(bytes) {
        text_in(encoding, bytes)
    } else if let Some(at) = memchr::memchr(0, bytes) {
        return Err(Error::Binary { at });
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        Cow::Borrowed(text)
    } else if is_mostly_utf_8(bytes) {
        text_in(UTF_8, bytes)
    } else {
        let named = charset.and_then(|name| Encoding::for_label(name.as_bytes()));
        // What is no UTF-8 is none by being called so.
        let named = named.or_else(|| stated(bytes)).filter(|e| *e != UTF_8);
        text_in(named.unwrap_or(WINDOWS_1252), bytes)
    };
    if let Some(at) = first_control_of_many(&text) {
        return Err(Error::Binary { at });
    }
    if text.trim().is_empty() { Err(Error::Empty) } else { Ok(text) }
}

/// The text of `bytes` in a character set; what does not fit it becomes U+FFFD.
pub(super) fn text_in<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Cow<'a, str> {
    encoding.decode_without_bom_handling(bytes).0
}

/// The character set that a page names in its first kilobyte (`charset=` in a `meta` element).
fn stated(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..1024).unwrap_or(bytes).to_ascii_lowercase();
    let at = memchr::memmem::find(&start, b"charset=")?;
    let label = start.get(at + "charset=".len()..)?;
    let label = label.strip_prefix(b"\"").or_else(|| label.strip_prefix(b"'")).unwrap_or(label);
    let end = label.iter().position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')))?;
    // A page that names UTF-16 in ASCII letters is not UTF-16.
    Encoding::for_label(label.get(..end)?).filter(|e| *e != UTF_16LE && *e != UTF_16BE)
}

/// UTF-16 without a byte-order mark: of Latin letters every second byte is zero.
fn utf_16_by_look(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let pairs = sample.len() / 2;
    if pairs < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 > pairs * 7 && even * 50 < pairs {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 7 && odd * 50 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether most of the bytes beyond ASCII do form UTF-8, so that the rest is damage.
pub(super) fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

/// The first control character where they are more than one in thirty: prose has none, and colour
/// codes of a terminal stay below.
fn first_control_of_many(text: &str) -> Option<usize> {
    let is_odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{1b}' | '\u{85}');
    let mut first = None;
    let (mut odd, mut all) = (0_usize, 0_usize);
    for (at, c) in text.char_indices().take(SAMPLE) {
        all += 1;
        if is_odd(c) {
            odd += 1;
            first = first.or(Some(at));
        }
    }
    first.filter(|_| odd >= 4 && odd * 30 > all)
}

/// What `text` is; refuses what would show mark-up as an article.
///
/// # Errors
/// `Unsupported`, naming the kind.
pub(super) fn kind(text: &str) -> Result<Kind, Error> {
    let start = text.trim_start();
    if let Some(kind) = markup(start) {
        return kind;
    }
    let inner = |open: char| start.strip_prefix(open).map(str::trim_start);
    if start.starts_with('{')
        && start.chars().take(2_000).collect::<String>().contains("jsonfeed.org/version")
    {
        return Ok(Kind::Feed);
    }
    let is_object = inner('{').is_some_and(|i| i.starts_with(['"', '}']));
    let is_list = inner('[').is_some_and(|i| i.starts_with(['{', ']']));
    Ok(if is_object || is_list { Kind::Json } else { Kind::Plain })
}

/// Elements that mark a page; prose that mentions one or two is still prose.
const ELEMENTS: [&str; 22] = [
    "html", "head", "body", "div", "p", "span", "a", "br", "meta", "link", "script", "style", "li", "ul",
    "img", "table", "tr", "td", "h1", "h2", "article", "section",
];

fn markup(start: &str) -> Option<Result<Kind, Error>> {
    let refuse = |kind| Some(Err(Error::Unsupported { kind }));
    let sample: String = start.chars().take(SAMPLE).collect::<String>().to_ascii_lowercase();
    if sample.starts_with('<') {
        let first: String = sample.chars().take(2_000).collect();
        if first.contains("<rss") || first.contains("<feed") || first.contains("<rdf:rdf") {
            return Some(Ok(Kind::Feed));
        }
        if first.contains("<opml") {
            return refuse("a list of feeds (OPML); 'lesart feeds import' reads it");
        }
        if first.contains("<!doctype html") || first.contains("<html") {
            return Some(Ok(Kind::Html));
        }
        if first.starts_with("<?xml") {
            return refuse("an XML document");
        }
    }
    let tags = sample.match_indices('<').filter(|&(at, _)| {
        let rest = sample.get(at + 1..).unwrap_or_default();
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let name = rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        ELEMENTS.contains(&name)
    });
    let tags = tags.count();
    let is_page = (sample.starts_with('<') && tags >= 2) || (tags >= 10 && tags * 200 > sample.len());
    is_page.then_some(Ok(Kind::Html))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn character_sets_are_told_by_content() {
        let text = "Größe und Maß – „gut“";
        let utf_16 = |big: bool| {
            let bytes = |u: u16| if big { u.to_be_bytes() } else { u.to_le_bytes() };
            text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>()
        };
        let with = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
        let windows = WINDOWS_1252.encode(text).0.into_owned();
        for bytes in [
            text.as_bytes().to_vec(),
            with(b"\xef\xbb\xbf", text.as_bytes()),
            with(b"\xff\xfe", &utf_16(false)),
            with(b"\xfe\xff", &utf_16(true)),
            utf_16(false),
            utf_16(true),
            windows,
        ] {
            assert_eq!(decode(&bytes, None).as_deref(), Ok(text));
        }
    }

    #[test]
    fn one_damaged_byte_does_not_turn_utf_8_into_something_else() {
        let mut bytes = "Größe, Maß, Fuß, Übung".as_bytes().to_vec();
        bytes.push(0xc3);
        assert_eq!(decode(&bytes, None).as_deref(), Ok("Größe, Maß, Fuß, Übung\u{fffd}"));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b"", None), Err(Error::Empty));
        assert_eq!(decode(b" \r\n\t ", None), Err(Error::Empty));
        assert_eq!(decode("\u{a0}\n".as_bytes(), None), Err(Error::Empty));
        assert_eq!(decode(b"ab\0cd", None), Err(Error::Binary { at: 2 }));
        assert_eq!(decode(b"\x01\x02\x03\x04ab", None), Err(Error::Binary { at: 0 }));
        assert!(matches!(decode(b"%PDF-1.7 ...", None), Err(Error::Unsupported { .. })));
    }

    #[test]
    fn kinds_are_told_by_content() {
        assert_eq!(kind("Ein Satz. {\"a\":1}"), Ok(Kind::Plain));
        assert_eq!(kind("\n {\"id\": 1}\n"), Ok(Kind::Json));
        assert_eq!(kind("[ {\"id\": 1} ]"), Ok(Kind::Json));
        assert_eq!(kind("[Anmerkung] Text."), Ok(Kind::Plain));
        assert_eq!(kind("5 < 6 und <b> ist ein Element."), Ok(Kind::Plain));
        for page in ["<!DOCTYPE html><p>x", "<html><body>x", "<div class=\"a\"><p>Text</p></div>"] {
            assert_eq!(kind(page), Ok(Kind::Html), "{page}");
        }
        assert_eq!(kind("<?xml?><rss>"), Ok(Kind::Feed));
        assert!(matches!(kind("<?xml?><opml>"), Err(Error::Unsupported { .. })));
    }
}
