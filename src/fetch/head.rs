//! What the head of an answer says.

use std::fmt::Write as _;

use jiff::fmt::rfc2822;
use ureq::http::HeaderMap;

use crate::model::LONGEST_PAUSE_S;

/// Longest header that is kept, in bytes.
const LONGEST: usize = 2_000;

/// A field in letters that can be shown and sent back.
pub(super) fn text(head: &HeaderMap, name: &str) -> Option<String> {
    let value = head.get(name)?.as_bytes();
    let text = std::str::from_utf8(value).ok()?.trim();
    (!text.is_empty() && text.len() <= LONGEST && !text.contains(char::is_control)).then(|| text.to_owned())
}

/// The character set of the content's type.
pub(super) fn charset(head: &HeaderMap) -> Option<String> {
    let kind = text(head, "content-type")?.to_ascii_lowercase();
    let (_, label) = kind.split_once("charset=")?;
    let label = label.trim_start_matches(['"', '\'']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).unwrap_or(label.len());
    label.get(..end).filter(|label| !label.is_empty()).map(str::to_owned)
}

/// Seconds for which the answer is fresh.
pub(super) fn fresh_s(head: &HeaderMap) -> Option<u64> {
    let control = text(head, "cache-control")?.to_ascii_lowercase();
    let age =
        control.split(',').find_map(|part| part.trim().strip_prefix("max-age=")?.parse::<u64>().ok())?;
    Some(age.min(LONGEST_PAUSE_S))
}

/// Seconds after which the server wants to be asked again. A date is counted from the server's own
/// clock: the one here may be wrong.
pub(super) fn retry_s(head: &HeaderMap) -> Option<u64> {
    let wait = text(head, "retry-after")?;
    if let Ok(seconds) = wait.parse::<u64>() {
        return Some(seconds.min(LONGEST_PAUSE_S));
    }
    let instant = |text: &str| rfc2822::parse(text).ok().map(|at| at.timestamp().as_second());
    let seconds = instant(&wait)? - instant(&text(head, "date")?)?;
    Some(u64::try_from(seconds).unwrap_or(0).min(LONGEST_PAUSE_S))
}

/// An address in ASCII, as requests must have it: other letters percent-encoded.
pub(super) fn ascii(url: &str) -> String {
    let mut sent = String::with_capacity(url.len());
    let mut bytes = [0; 4];
    for c in url.chars() {
        if c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '`' | '{' | '}' | '|' | '\\' | '^') {
            sent.push(c);
        } else {
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(sent, "%{byte:02X}");
            }
        }
    }
    sent
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(fields: &[(&'static str, &str)]) -> HeaderMap {
        fields.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn waits_are_seconds_or_counted_from_the_servers_clock() {
        let date = ("date", "Wed, 21 Oct 2015 07:28:00 GMT");
        for (fields, expected) in [
            (vec![("retry-after", "120")], Some(120)),
            (vec![("retry-after", "99999999999")], Some(LONGEST_PAUSE_S)),
            (vec![date, ("retry-after", "Wed, 21 Oct 2015 08:28:00 GMT")], Some(3600)),
            (vec![date, ("retry-after", "Wed, 21 Oct 2015 06:28:00 GMT")], Some(0)),
            (vec![("retry-after", "Wed, 21 Oct 2015 08:28:00 GMT")], None),
            (vec![("retry-after", "soon")], None),
        ] {
            assert_eq!(retry_s(&head(&fields)), expected, "{fields:?}");
        }
    }

    #[test]
    fn freshness_and_character_set_are_found() {
        assert_eq!(fresh_s(&head(&[("cache-control", "public, max-age=600")])), Some(600));
        assert_eq!(fresh_s(&head(&[("cache-control", "no-cache")])), None);
        assert_eq!(
            charset(&head(&[("content-type", "text/xml; Charset=\"ISO-8859-1\"; a=b")])).as_deref(),
            Some("iso-8859-1")
        );
        assert_eq!(charset(&head(&[("content-type", "text/xml")])), None);
    }

    #[test]
    fn addresses_are_sent_in_ascii() {
        assert_eq!(ascii("http://a.de/größe?a=1&b=%20|"), "http://a.de/gr%C3%B6%C3%9Fe?a=1&b=%20%7C");
    }
}
