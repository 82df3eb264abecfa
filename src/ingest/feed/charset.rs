//! The letters of a feed's bytes. Never refuses: what fits no character set is read as Windows-1252.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::ingest::sniff::{is_mostly_utf_8, text_in};

/// Bytes in which a declaration is looked for.
const HEAD: usize = 512;

/// The text of a feed: by its byte-order mark, by the look of its first tag, as it declares itself,
/// as the server says, and in any case as UTF-8 where it is valid UTF-8.
pub(super) fn decode<'a>(bytes: &'a [u8], named: Option<&str>) -> Cow<'a, str> {
    if let Some(text) = utf_32(bytes) {
        return Cow::Owned(text);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return text_in(encoding, bytes.get(mark..).unwrap_or_default());
    }
    match bytes {
        [0, b'<' | b'{', ..] => return text_in(UTF_16BE, bytes),
        [b'<' | b'{', 0, ..] => return text_in(UTF_16LE, bytes),
        _ => {}
    }
    let declared =
        declared(bytes).or_else(|| named.and_then(|name| Encoding::for_label(name.trim().as_bytes())));
    // Text that is no UTF-8 is hardly ever valid UTF-8; what calls itself otherwise is mistaken.
    if let Ok(text) = std::str::from_utf8(bytes)
        && declared.is_none_or(|d| !is_ascii_in_disguise(d))
    {
        return Cow::Borrowed(text);
    }
    let fits = declared.filter(|d| *d != UTF_8 && *d != UTF_16BE && *d != UTF_16LE);
    if let Some(encoding) = fits {
        return text_in(encoding, bytes);
    }
    text_in(if is_mostly_utf_8(bytes) { UTF_8 } else { WINDOWS_1252 }, bytes)
}

/// Sets whose bytes are ASCII, and so valid UTF-8, yet mean other letters.
fn is_ascii_in_disguise(encoding: &'static Encoding) -> bool {
    encoding.name() == "ISO-2022-JP"
}

fn utf_32(bytes: &[u8]) -> Option<String> {
    let (is_big, skip) = match bytes {
        [0, 0, 0xfe, 0xff, ..] => (true, 4),
        [0xff, 0xfe, 0, 0, ..] => (false, 4),
        [0, 0, 0, b'<', ..] => (true, 0),
        [b'<', 0, 0, 0, ..] => (false, 0),
        _ => return None,
    };
    let (units, _) = bytes.get(skip..)?.as_chunks::<4>();
    let letter = |unit: &[u8; 4]| {
        let code = if is_big { u32::from_be_bytes(*unit) } else { u32::from_le_bytes(*unit) };
        char::from_u32(code).unwrap_or('\u{fffd}')
    };
    Some(units.iter().map(letter).collect())
}

/// What `<?xml … encoding="…"?>` names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let start = memchr::memmem::find(head, b"<?xml")?;
    let head = head.get(start..)?;
    let end = memchr::memmem::find(head, b"?>").unwrap_or(head.len());
    let head = head.get(..end)?;
    let at = memchr::memmem::find(head, b"encoding")?;
    let label = head.get(at + "encoding".len()..)?;
    let is_label = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.');
    let from = label.iter().position(is_label)?;
    let label = label.get(from..)?;
    let end = label.iter().position(|b| !is_label(b)).unwrap_or(label.len());
    Encoding::for_label(label.get(..end)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets_are_told_by_mark_look_declaration_server_and_content() {
        let xml = "<?xml version=\"1.0\"?><a>Größe</a>";
        let utf_16: Vec<u8> = xml.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let utf_32: Vec<u8> = xml.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        let latin: Vec<u8> = xml.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        let declared = "<?xml version='1.0' encoding='koi8-r'?><a>да</a>";
        let (koi, _, _) = encoding_rs::KOI8_R.encode(declared);
        for (bytes, named, expected) in [
            (utf_16, None, xml),
            (utf_32, Some("utf-8"), xml),
            (latin.clone(), None, xml),
            (latin, Some("utf-8"), xml),
            // A server's lie does not count against letters that are valid.
            (xml.as_bytes().to_vec(), Some("iso-8859-1"), xml),
            (koi.into_owned(), Some("iso-8859-1"), declared),
        ] {
            assert_eq!(decode(&bytes, named), expected);
        }
    }
}
