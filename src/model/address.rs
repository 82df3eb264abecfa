//! Addresses on the web: http and https only, whatever a page or feed may name.

/// The parts of an address that a relative one is resolved against.
struct Parts<'a> {
    scheme: &'a str,
    authority: &'a str,
    path: &'a str,
    query: &'a str,
}

/// The absolute http(s) address that `reference` means on the page at `base`; `None` for any other
/// scheme, and where there is no host.
///
/// Follows RFC 3986, section 5.2. Spaces and control characters inside become `%20` or fall, and backslashes
/// before the query are slashes, as browsers have it; `base` may be empty, then only absolute addresses have
/// an answer.
#[must_use]
pub fn resolve(base: &str, reference: &str) -> Option<String> {
    let reference = encoded(reference);
    if let Some(scheme) = scheme(&reference) {
        return is_web(scheme).then(|| absolute(&reference)).flatten();
    }
    let base = encoded(base);
    let at = parts(&base)?;
    let origin = |rest: &str| absolute(&format!("{}://{}{rest}", at.scheme, at.authority));
    if reference.is_empty() {
        return origin(&format!("{}{}", at.path, at.query));
    }
    if reference.starts_with("//") {
        return absolute(&format!("{}:{reference}", at.scheme));
    }
    match reference.chars().next()? {
        '/' => origin(&reference),
        '?' => origin(&format!("{}{reference}", at.path)),
        '#' => origin(&format!("{}{}{reference}", at.path, at.query)),
        _ => {
            let folder = at.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            origin(&format!("{folder}/{reference}"))
        }
    }
}

/// Host and port of an http(s) address, in small letters.
#[must_use]
pub fn host(url: &str) -> Option<String> {
    let parts = parts(url)?;
    let host = parts.authority.rsplit('@').next().unwrap_or_default();
    Some(host.to_ascii_lowercase()).filter(|h| !h.is_empty() && !h.starts_with(':'))
}

/// An absolute address with its path tidied; `None` without a host or with a name and password in
/// it, which no page needs and which can pass one host off as another.
fn absolute(url: &str) -> Option<String> {
    let Parts { scheme, authority, path, query } = parts(url)?;
    host(url).filter(|_| !authority.contains('@'))?;
    let fragment = url.split_once('#').map_or(String::new(), |(_, fragment)| format!("#{fragment}"));
    let scheme = scheme.to_ascii_lowercase();
    Some(format!("{scheme}://{}{}{query}{fragment}", authority.to_ascii_lowercase(), without_dots(path)))
}

fn parts(url: &str) -> Option<Parts<'_>> {
    let url = url.split('#').next().unwrap_or_default();
    let (scheme, rest) = url.split_once("://").filter(|(scheme, _)| is_web(scheme))?;
    let (authority, rest) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let (path, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
    (!authority.is_empty()).then_some(Parts { scheme, authority, path, query })
}

fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// The scheme that an address begins with.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    // `host:80/path` looks like one too, but nobody links like that.
    fits.then_some(scheme)
}

fn encoded(address: &str) -> String {
    let mut kept = String::with_capacity(address.len());
    let mut is_path = true;
    for c in address.trim().chars() {
        is_path &= !matches!(c, '?' | '#');
        match c {
            ' ' => kept.push_str("%20"),
            '\\' if is_path => kept.push('/'),
            c if c.is_control() || c.is_whitespace() => {}
            c => kept.push(c),
        }
    }
    kept
}

/// A path without `.` and `..` (RFC 3986, section 5.2.4).
fn without_dots(path: &str) -> String {
    if path.is_empty() {
        return "/".to_owned();
    }
    let mut kept: Vec<&str> = Vec::new();
    let mut parts = path.split('/').skip(1).peekable();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        match part {
            "." | ".." => {
                if part == ".." {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            part => kept.push(part),
        }
    }
    format!("/{}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_as_the_standard_says() {
        for (reference, expected) in [
            ("g", "http://a.de/b/c/g"),
            ("./g/", "http://a.de/b/c/g/"),
            ("/g", "http://a.de/g"),
            ("//g.de", "http://g.de/"),
            ("?y", "http://a.de/b/c/d?y"),
            ("g?y#s", "http://a.de/b/c/g?y#s"),
            ("#s", "http://a.de/b/c/d?q#s"),
            ("", "http://a.de/b/c/d?q"),
            ("..", "http://a.de/b/"),
            ("../../../g", "http://a.de/g"),
            ("HTTPS://B.de", "https://b.de/"),
            ("zwei Wörter", "http://a.de/b/c/zwei%20Wörter"),
            ("a\n\tb", "http://a.de/b/c/ab"),
            ("http://b.de\\x/y", "http://b.de/x/y"),
            ("\\\\b.de\\x", "http://b.de/x"),
            ("x\\..\\y?a\\b#c\\d", "http://a.de/b/c/y?a\\b#c\\d"),
        ] {
            assert_eq!(resolve("http://a.de/b/c/d?q", reference).as_deref(), Some(expected), "{reference}");
        }
    }

    #[test]
    fn other_schemes_lead_nowhere() {
        for reference in [
            "javascript:alert(1)",
            " java\nscript:x",
            "file:///etc/passwd",
            "data:text/html,x",
            "http://",
            "https:///x",
            "http://bank.de@evil.de/",
            "mailto:a@b.de",
        ] {
            assert_eq!(resolve("http://a.de/", reference), None, "{reference}");
        }
        assert_eq!(resolve("", "g"), None);
        assert_eq!(resolve("file:///etc/", "passwd"), None);
    }

    #[test]
    fn hosts_carry_their_port() {
        assert_eq!(host("http://A.de:8080/x").as_deref(), Some("a.de:8080"));
        assert_eq!(host("ftp://a.de/"), None);
    }
}
