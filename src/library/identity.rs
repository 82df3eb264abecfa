//! Which articles are the same one: by address, else by text.

use crate::model::Draft;
use crate::text::word;

/// Parameters of an address that tell where a reader came from, not which page it is.
const TRACKING: &[&str] =
    &["fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "ref", "referrer", "wt_mc", "wtmc", "xing_share"];

/// A URL without what does not tell pages apart: scheme, `www.`, fragment, tracking parameters and
/// a slash at the end. `None` for a host alone, which is a front page and no article.
pub(super) fn address(url: &str) -> Option<String> {
    let rest = url.trim().split_once("://")?.1;
    let rest = rest.split('#').next().unwrap_or_default();
    let (page, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = page.split_once('/').unwrap_or((page, ""));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let path = path.trim_end_matches('/');
    let kept: Vec<&str> = query.split('&').filter(|p| !p.is_empty() && !is_tracking(p)).collect();
    if host.is_empty() || (path.is_empty() && kept.is_empty()) {
        return None;
    }
    let mut address = format!("{host}/{path}");
    if !kept.is_empty() {
        address.push('?');
        address.push_str(&kept.join("&"));
    }
    Some(address)
}

fn is_tracking(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default().to_lowercase();
    name.starts_with("utm_") || name.starts_with("at_") || TRACKING.contains(&name.as_str())
}

/// A number for an address, by which it is looked up.
pub(super) fn of_address(address: &str) -> i64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in address.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash.cast_signed()
}

/// A hash of the text that ignores case, white space and marks: FNV-1a with 128 bits (Fowler, Noll
/// and Vo), which stays the same from version to version of the program.
pub(super) fn of_text(text: &str) -> [u8; 16] {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    let mut bytes = [0; 4];
    let mut add = |byte: u8| hash = (hash ^ u128::from(byte)).wrapping_mul(PRIME);
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            // Most letters; the rule below gives the same.
            c.to_ascii_lowercase().encode_utf8(&mut bytes).bytes().for_each(&mut add);
        } else if !c.is_ascii() && c.is_alphanumeric() {
            for lower in c.to_lowercase() {
                lower.encode_utf8(&mut bytes).bytes().for_each(&mut add);
            }
        }
    }
    hash.to_be_bytes()
}

/// What is known of an article when another might be the same.
pub(super) struct Known {
    /// Its address.
    pub address: Option<String>,
    /// Its outlet's name or domain; empty where unknown.
    pub source: String,
    /// The day it states.
    pub day: Option<String>,
}

/// Whether a draft with the same text as `known` is the same article.
///
/// Wire text stands in several outlets: two addresses, outlets or days are two articles.
pub(super) fn is_same(draft: &Draft, address: Option<&str>, known: &Known) -> bool {
    if let (Some(ours), Some(theirs)) = (address, known.address.as_deref()) {
        return ours == theirs;
    }
    let source = draft.source.label().unwrap_or_default();
    let day = draft.published.day().map(|d| d.to_string());
    (source.is_empty() || known.source.is_empty() || source == known.source)
        && (day.is_none() || known.day.is_none() || day == known.day)
}

/// Whether two texts of one address are versions of one article rather than two articles that
/// share an address (a ticker, a dump with the feed's address): they share a third of their words.
pub(super) fn is_version(one: &str, other: &str) -> bool {
    let words = |text: &str| -> std::collections::HashSet<String> {
        word::words(text).into_iter().filter_map(|r| text.get(r).map(str::to_lowercase)).collect()
    };
    let (one, other) = (words(one), words(other));
    let shared = one.intersection(&other).count();
    let all = one.len() + other.len() - shared;
    shared * 3 >= all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_only_what_tells_pages_apart() {
        for (url, expected) in [
            ("https://www.Example.org/a/b/?utm_source=x&id=7#top", Some("example.org/a/b?id=7")),
            ("http://example.org/a/b", Some("example.org/a/b")),
            ("https://example.org/a/b/", Some("example.org/a/b")),
            ("https://example.org/?p=12", Some("example.org/?p=12")),
            ("https://example.org/", None),
            ("https://example.org", None),
            ("example", None),
        ] {
            assert_eq!(address(url).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn the_hash_of_a_text_never_changes() {
        let hash = of_text("Größe 12: „ÄÖÜ“, Ǆ İ!");
        let expected =
            "größe12äöüǆi\u{307}".bytes().fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128, |h, b| {
                (h ^ u128::from(b)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
            });
        assert_eq!(hash, expected.to_be_bytes());
    }

    #[test]
    fn marks_case_and_white_space_do_not_make_another_text() {
        assert_eq!(of_text("„Ja“, sagte  Er."), of_text("\"Ja\", sagte\ner"));
        assert_ne!(of_text("Ja, sagte er."), of_text("Nein, sagte er."));
    }
}
