//! Character references of HTML: `&amp;`, `&#228;`, `&#x201E;`.

use crate::ingest::reference;

/// Names beyond those of XML that pages use in running text, and what they stand for (HTML standard, named references).
const NAMED: &str = "auml\u{e4} ouml\u{f6} uuml\u{fc} Auml\u{c4} Ouml\u{d6} Uuml\u{dc} \
    szlig\u{df} eacute\u{e9} egrave\u{e8} ecirc\u{ea} euml\u{eb} Eacute\u{c9} aacute\u{e1} agrave\u{e0} \
    acirc\u{e2} aring\u{e5} Aring\u{c5} atilde\u{e3} aelig\u{e6} AElig\u{c6} ccedil\u{e7} Ccedil\u{c7} \
    iacute\u{ed} igrave\u{ec} icirc\u{ee} iuml\u{ef} ntilde\u{f1} Ntilde\u{d1} oacute\u{f3} ograve\u{f2} \
    ocirc\u{f4} otilde\u{f5} oslash\u{f8} Oslash\u{d8} uacute\u{fa} ugrave\u{f9} ucirc\u{fb} yacute\u{fd} \
    scaron\u{161} Scaron\u{160} oelig\u{153} bdquo\u{201e} ldquo\u{201c} rdquo\u{201d} sbquo\u{201a} \
    lsquo\u{2018} rsquo\u{2019} laquo\u{ab} raquo\u{bb} lsaquo\u{2039} rsaquo\u{203a} ndash\u{2013} \
    mdash\u{2014} hellip\u{2026} bull\u{2022} middot\u{b7} euro\u{20ac} pound\u{a3} yen\u{a5} cent\u{a2} \
    sect\u{a7} copy\u{a9} reg\u{ae} trade\u{2122} deg\u{b0} plusmn\u{b1} times\u{d7} divide\u{f7} \
    frac12\u{bd} frac14\u{bc} frac34\u{be} sup2\u{b2} sup3\u{b3} micro\u{b5} iexcl\u{a1} iquest\u{bf} \
    shy\u{ad} zwnj\u{200c} zwj\u{200d} lrm\u{200e} rlm\u{200f} rarr\u{2192} larr\u{2190} colon: comma, \
    period. excl! quest? num# lpar( rpar) sol/ minus\u{2212} permil\u{2030}";

/// Appends `text` to `out` with its references resolved; unknown ones stay as they stand.
pub(super) fn decode_into(text: &str, out: &mut String) {
    reference::resolve_into(text, out, named);
}

/// `text` with its references resolved.
pub(super) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    decode_into(text, &mut out);
    out
}

/// The character that `name` stands for in HTML.
fn named(name: &str) -> Option<char> {
    if matches!(name, "nbsp" | "ensp" | "emsp" | "thinsp") {
        return Some(' ');
    }
    NAMED.split(' ').find_map(|entry| {
        let mut sign = entry.strip_prefix(name)?.chars();
        sign.next().filter(|c| sign.next().is_none() && !c.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_their_characters_and_others_stay() {
        for (raw, text) in [
            ("Gr&ouml;&szlig;e &amp; Ma&#223;", "Größe & Maß"),
            ("&bdquo;gut&ldquo; &#8211; &#x2026; &#150;", "„gut“ – … –"),
            ("a&nbsp;b &unknown; R&D & mehr &;", "a b &unknown; R&D & mehr &;"),
            ("&#xD800; &#99999999; &", "\u{fffd} \u{fffd} &"),
        ] {
            assert_eq!(decode(raw), text);
        }
    }
}
