//! What read-later services hand out: lists of addresses, and pages whose titles stand apart from them.

use std::collections::HashMap;

use serde_json::Value;

use super::Record;
use super::dump;

/// What a service knows of the pages it kept, by the names that the pages' files have.
#[derive(Debug, Default)]
pub struct Saved(HashMap<String, Record>);

impl Saved {
    /// Takes the entries of one list, as Omnivore writes them; what is none is passed over.
    pub fn add(&mut self, list: &[u8]) {
        let Ok(Value::Array(entries)) = serde_json::from_slice(list) else { return };
        for entry in entries.iter().filter_map(Value::as_object) {
            if let Some(name) = entry.get("slug").and_then(Value::as_str) {
                self.0.insert(name.to_owned(), dump::record(entry));
            }
        }
    }

    /// The article of the page in the file of this name, `content/NAME.html`, and its text; each is given once.
    pub fn take(&mut self, file: &str, page: String) -> Option<Record> {
        let mut record = self.0.remove(page_name(file)?)?;
        record.body = page;
        Some(record)
    }

    /// Whether the file of this name is the page of an entry.
    #[must_use]
    pub fn has(&self, file: &str) -> bool {
        page_name(file).is_some_and(|name| self.0.contains_key(name))
    }

    /// Entries whose pages were not there.
    #[must_use]
    pub fn left(&self) -> usize {
        self.0.len()
    }
}

fn page_name(file: &str) -> Option<&str> {
    file.strip_prefix("content/")?.strip_suffix(".html")
}

/// Whether a file of this name is such a list: `metadata_0_to_20.json`.
#[must_use]
pub fn is_list(file: &str) -> bool {
    file.strip_prefix("metadata_").and_then(|rest| rest.strip_suffix(".json")).is_some_and(|span| {
        let is_number = |n: &str| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit());
        span.split_once("_to_").is_some_and(|(from, to)| is_number(from) && is_number(to))
    })
}

/// How many addresses a page of bookmarks holds; `None` where it is no such page.
pub(super) fn bookmarks(html: &str) -> Option<usize> {
    let start: String = html.trim_start().chars().take(1_000).collect::<String>().to_ascii_lowercase();
    let is_list = start.starts_with("<!doctype netscape-bookmark-file")
        || start.contains("<title>pocket export</title>");
    let bytes = html.as_bytes();
    let links = || {
        memchr::memmem::find_iter(bytes, b"=\"http")
            .chain(memchr::memmem::find_iter(bytes, b"=\"HTTP"))
            .count()
    };
    is_list.then(links).filter(|links| *links > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_find_what_the_list_says_of_them() {
        let list = serde_json::json!([
            { "id": "1", "slug": "rat-tagt", "title": "Rat tagt", "author": "Erika Muster", "state": "Archived",
              "url": "https://blatt.example/1", "labels": ["Bern"], "publishedAt": "2024-05-02T08:00:00.000Z" },
            { "slug": "fehlt", "title": "B", "url": "https://blatt.example/2" },
            { "title": "kein Name" }, 7,
        ])
        .to_string();
        let mut saved = Saved::default();
        saved.add(list.as_bytes());
        saved.add(b"[{");
        assert!(saved.has("content/rat-tagt.html") && !saved.has("highlights/rat-tagt.md"));
        let page = "<div><p>Der Rat tagt am Montag in Bern.</p></div>".to_owned();
        let draft = saved.take("content/rat-tagt.html", page.clone()).unwrap().draft("").unwrap();
        assert_eq!(draft.text, "Rat tagt\n\nDer Rat tagt am Montag in Bern.");
        assert_eq!(
            (draft.url.as_deref(), draft.authors.as_slice()),
            (Some("https://blatt.example/1"), &["Erika Muster".to_owned()][..])
        );
        assert_eq!(draft.published.stated().map(|d| d.to_string()).as_deref(), Some("2024-05-02"));
        let kept = draft.kept.unwrap();
        assert!(kept.state.is_some_and(|state| state.read) && kept.tags == ["Bern"]);
        assert!(saved.take("content/rat-tagt.html", page).is_none());
        assert_eq!(saved.left(), 1);
    }

    #[test]
    fn lists_are_known_by_their_names() {
        for (name, expected) in [
            ("metadata_0_to_20.json", true),
            ("metadata_20_to_40.json", true),
            ("metadata_a_to_b.json", false),
            ("metadata.json", false),
            ("x/metadata_0_to_20.json", false),
        ] {
            assert_eq!(is_list(name), expected, "{name}");
        }
    }

    #[test]
    fn bookmarks_are_told_from_pages() {
        let netscape = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE><DL><DT><A HREF=\"https://a.example/\">A</A>";
        let pocket = "<!DOCTYPE html><html><head><title>Pocket Export</title></head><ul><li><a href=\"https://a.example/1\" \
            time_added=\"1\" tags=\"x\">A</a></li><li><a href=\"http://a.example/2\">B</a></li></ul>";
        assert_eq!((bookmarks(netscape), bookmarks(pocket)), (Some(1), Some(2)));
        assert_eq!(
            bookmarks("<!DOCTYPE html><title>Der Rat</title><a href=\"https://a.example/\">A</a>"),
            None
        );
    }
}
