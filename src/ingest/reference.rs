//! Character references as XML and HTML share them: `&amp;`, `&#228;`, `&#x201E;`.

use encoding_rs::WINDOWS_1252;

/// Longest reference looked at, in bytes after `&`.
const LONGEST: usize = 10;

/// Appends `text` to `out` with its references resolved: numbers, the five names of XML, and those
/// that `named` knows. Others stay as they stand.
pub(super) fn resolve_into(text: &str, out: &mut String, named: impl Fn(&str) -> Option<char>) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        rest = after;
        let end = after.bytes().take(LONGEST).position(|b| b == b';');
        let name = end.and_then(|end| after.get(..end)).unwrap_or_default();
        if let Some(c) = character(name).or_else(|| named(name)) {
            out.push(c);
            rest = after.get(name.len() + 1..).unwrap_or_default();
        } else {
            out.push('&');
        }
    }
    out.push_str(rest);
}

/// `text` with numbers and the five names of XML resolved; names that only HTML knows stay.
pub(super) fn resolve(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    resolve_into(text, &mut out, |_| None);
    out
}

/// The character that a reference means, by what stands between its `&` and `;`.
pub(super) fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return Some(letter(code).unwrap_or('\u{fffd}'));
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// The letter of a number; those from 128 to 159 are meant as Windows-1252.
fn letter(code: u32) -> Option<char> {
    let byte = u8::try_from(code).ok().filter(|byte| (0x80..0xa0).contains(byte));
    let Some(byte) = byte else { return char::from_u32(code) };
    WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next().filter(|c| !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_their_characters_and_others_stay() {
        for (raw, text) in [
            ("R&amp;D &lt;&gt;&quot;&apos; Ma&#223;", "R&D <>\"' Maß"),
            ("&#150;&#x80;&#129;&#xD800;", "–€\u{fffd}\u{fffd}"),
            (
                "&amp;lt; &ouml; &bogus; R&D & mehr &; &#99999999999; &",
                "&lt; &ouml; &bogus; R&D & mehr &; &#99999999999; &",
            ),
        ] {
            assert_eq!(resolve(raw), text, "{raw}");
        }
    }
}
