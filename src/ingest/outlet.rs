//! Which outlet a host or a name stands for.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::{Basis, Source};

/// Domain, name to show and other names, tab-separated; see the file's header.
const TABLE: &str = include_str!("../../assets/lexicon/outlets.tsv");

/// Hosts that pass on or keep others' articles: they say nothing of the outlet.
const CARRIERS: [&str; 24] = [
    "t.co",
    "bit.ly",
    "goo.gl",
    "ow.ly",
    "tinyurl.com",
    "buff.ly",
    "dlvr.it",
    "is.gd",
    "google.com",
    "google.de",
    "facebook.com",
    "twitter.com",
    "x.com",
    "instagram.com",
    "linkedin.com",
    "youtube.com",
    "reddit.com",
    "archive.org",
    "archive.is",
    "archive.ph",
    "archive.today",
    "msn.com",
    "feedburner.com",
    "getpocket.com",
];

/// Labels under which registrations lie one level deeper (`co.uk`, `or.at`).
const SECOND_LEVEL: [&str; 12] =
    ["co", "com", "org", "net", "ac", "gov", "or", "gv", "edu", "ne", "go", "gob"];

/// Names of outlets that as a line of their own more often are words or sections: only their hosts
/// stand for them.
const NO_NAMES: [&str; 18] = [
    "", "Heute", "Science", "Nature", "Echo", "Express", "Metro", "i", "Chip", "cash", "trend", "Stuff",
    "Salon", "Slate", "Horizont", "Gala", "Bunte", "Fortune",
];

struct Tables {
    by_domain: HashMap<&'static str, &'static str>,
    by_name: HashMap<&'static str, (&'static str, &'static str)>,
    /// Names of several words, which a line may hold without meaning something else.
    long_names: Vec<&'static str>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables { by_domain: HashMap::new(), by_name: HashMap::new(), long_names: Vec::new() };
    for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
        let mut fields = line.split('\t');
        let (Some(domain), Some(name)) = (fields.next(), fields.next()) else { continue };
        tables.by_domain.insert(domain, name);
        for name_or_alias in std::iter::once(name).chain(fields.next().unwrap_or_default().split('|')) {
            if name_or_alias.contains(' ') {
                tables.long_names.push(name_or_alias);
            }
            // The first domain of a name is its main one.
            tables.by_name.entry(name_or_alias).or_insert((domain, name));
        }
    }
    // An empty field, and names that more often are words.
    for no_name in NO_NAMES {
        tables.by_name.remove(no_name);
    }
    tables
});

/// The outlet behind the host of a web address, or behind a bare domain; `None` for link
/// shorteners, networks and archives, and for what is no host.
pub(super) fn by_host(host: &str, basis: Basis) -> Option<Source> {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let domain = registrable(&host)?;
    if CARRIERS.contains(&domain.as_str()) {
        return None;
    }
    let name =
        TABLES.by_domain.get(host.trim_start_matches("www.")).or(TABLES.by_domain.get(domain.as_str()));
    Some(Source { name: name.map(|&n| n.to_owned()), domain: Some(domain), basis })
}

/// The outlet that goes by exactly `name`, in its own capitals.
pub(super) fn by_name(name: &str, basis: Basis) -> Option<Source> {
    let (domain, name) = TABLES.by_name.get(name)?;
    Some(Source { name: Some((*name).to_owned()), domain: Some((*domain).to_owned()), basis })
}

/// The outlet that a line of the page names ("Zu weiteren Angeboten der XY springen", "© XY").
/// Names that are also words count only in capitals.
pub(super) fn in_furniture(line: &str) -> Option<Source> {
    let words = || {
        line.split(|c: char| !(c.is_alphanumeric() || c == '.' || c == '-'))
            .map(|w| w.trim_matches(['.', '-']))
    };
    let host = words().filter(|w| is_host(w)).find_map(|w| {
        let source = by_host(w, Basis::Derived)?;
        source.name.is_some().then_some(source)
    });
    host.or_else(|| {
        words()
            .flat_map(|w| [w, w.split('-').next().unwrap_or_default()])
            .filter(|w| w.len() >= 2 && w.chars().all(char::is_uppercase))
            .find_map(|w| by_name(w, Basis::Derived))
    })
    .or_else(|| {
        let full = TABLES.long_names.iter().find(|name| line.contains(**name))?;
        by_name(full, Basis::Derived)
    })
}

/// The outlet that a field or a labelled line names: a domain, an address, or any name.
pub(super) fn stated(words: &str) -> Option<Source> {
    let words = words.trim().trim_end_matches(['.', ',', ';', ':']);
    if words.is_empty() || words.chars().count() > 60 {
        return None;
    }
    if let Some(host) = host(words).or_else(|| is_host(words).then_some(words)) {
        return by_host(host, Basis::Stated);
    }
    by_name(words, Basis::Stated)
        .or_else(|| Some(Source { name: Some(words.to_owned()), domain: None, basis: Basis::Stated }))
}

/// The host of an http(s) address.
pub(super) fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://").filter(|(scheme, _)| is_web(scheme)).map(|(_, rest)| rest)?;
    // A copy in a web archive carries the original address in its path.
    let rest = if rest.starts_with("web.archive.org/") || rest.starts_with("archive.") {
        rest.rsplit_once("/http://").or(rest.rsplit_once("/https://")).map_or(rest, |(_, inner)| inner)
    } else {
        rest
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let authority = authority.rsplit('@').next().unwrap_or_default();
    let host = authority.split(':').next().unwrap_or_default();
    is_host(host).then_some(host)
}

fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// `url` where it is an http(s) address without spaces.
pub(super) fn web_address(url: &str) -> Option<String> {
    let url = url.trim();
    (!url.contains(char::is_whitespace) && host(url).is_some()).then(|| url.to_owned())
}

/// Whether `word` has the form of a host name with a known kind of ending.
pub(super) fn is_host(word: &str) -> bool {
    let mut labels = 0;
    let mut last = "";
    for label in word.split('.') {
        let fits = !label.is_empty()
            && label.len() <= 63
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-');
        if !fits {
            return false;
        }
        labels += 1;
        last = label;
    }
    labels >= 2 && last.len() >= 2 && last.chars().all(|c| c.is_ascii_alphabetic())
}

/// `p.dw.com` → `dw.com`, `www.bbc.co.uk` → `bbc.co.uk`.
fn registrable(host: &str) -> Option<String> {
    if !is_host(host) {
        return None;
    }
    let labels: Vec<&str> = host.split('.').collect();
    let country = labels.last()?.len() == 2;
    let second = labels.len().checked_sub(2).and_then(|i| labels.get(i))?;
    let wanted = if country && labels.len() > 2 && SECOND_LEVEL.contains(second) { 3 } else { 2 };
    Some(labels.get(labels.len() - wanted..)?.join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_lead_to_outlets() {
        for (url, domain, name) in [
            ("https://p.dw.com/p/1ABC", "dw.com", Some("Deutsche Welle")),
            ("http://www.welt.de/politik/a.html", "welt.de", Some("Die Welt")),
            ("https://www.bbc.co.uk/news/1", "bbc.co.uk", Some("BBC")),
            ("https://de.rt.com/inland/1", "rt.com", Some("RT")),
            ("https://web.archive.org/web/2015/http://www.zeit.de/a", "zeit.de", Some("Die Zeit")),
            ("https://user@Lokales-Blatt.example:8080/x", "lokales-blatt.example", None),
        ] {
            let source = by_host(host(url).unwrap(), Basis::Derived).unwrap();
            assert_eq!((source.domain.as_deref(), source.name.as_deref()), (Some(domain), name));
        }
    }

    #[test]
    fn shorteners_networks_and_other_schemes_name_no_outlet() {
        assert_eq!(by_host("t.co", Basis::Derived), None);
        for url in
            ["javascript:alert(1)", "ftp://welt.de/", "http://localhost/", "https:///x", "mailto:a@b.de"]
        {
            assert_eq!(web_address(url), None, "{url}");
        }
    }

    #[test]
    fn names_are_taken_in_their_own_capitals_only() {
        assert!(by_name("ZEIT ONLINE", Basis::Stated).is_some());
        assert_eq!(by_name("zeit", Basis::Stated), None);
    }

    #[test]
    fn every_line_of_the_table_is_well_formed() {
        for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            assert!((2..=3).contains(&fields.len()) && is_host(fields[0]) && !fields[1].is_empty(), "{line}");
        }
    }
}
