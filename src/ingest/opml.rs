//! Lists of feeds: OPML in and out, and the `urls` file of newsboat in.
//!
//! Most lists that programs write are not well-formed. The reader takes raw `&` and quotation marks,
//! missing names, folders in folders and what is cut off; a feed that stands twice comes once, with the
//! tags of both places.

use std::fmt::Write as _;

use crate::model::address::resolve;
use crate::model::{Feed, NewFeed};
use crate::text::clean::clean_line;

use super::feed::xml::{Quotes, Tag, Token, Tokens};
use super::{Error, html, sniff};

/// Largest list, in bytes.
const LARGEST: usize = 16 << 20;

/// Most feeds of a list.
const FEEDS: usize = 50_000;

/// The feeds of a list, in its order; the folders around each are its tags, the outer one first.
///
/// Never panics; linear in the length of `bytes`.
///
/// # Errors
/// `TooLarge`, what [`super::read`] says of bytes that are no text, `Unsupported` where no list is in it.
pub fn read(bytes: &[u8]) -> Result<Vec<NewFeed>, Error> {
    if bytes.len() > LARGEST {
        return Err(Error::TooLarge { bytes: bytes.len() });
    }
    let text = sniff::decode(bytes, None)?;
    let mut list = List::default();
    if text.trim_start().starts_with('<') || text.contains("<outline") {
        list.outlines(&text);
        if list.feeds.is_empty() && !list.is_opml {
            return Err(Error::Unsupported { kind: "no list of feeds (OPML)" });
        }
    } else {
        list.lines(&text);
        if list.feeds.is_empty() {
            return Err(Error::Unsupported {
                kind: "no list of feeds (OPML, or a line with an address for each)",
            });
        }
    }
    Ok(list.feeds)
}

#[derive(Default)]
struct List {
    feeds: Vec<NewFeed>,
    by_url: std::collections::HashMap<String, usize>,
    is_opml: bool,
}

impl List {
    fn outlines(&mut self, text: &str) {
        // Names of the outlines around; none for one that is itself a feed or has no name.
        let mut around: Vec<Option<String>> = Vec::new();
        for token in Tokens::new(text, Quotes::Loose) {
            match token {
                Token::Start(tag) if local(tag.name, "outline") => {
                    let feed = feed(&tag);
                    let folder = if feed.is_none() { name(&tag) } else { None };
                    if let Some(mut feed) = feed {
                        feed.tags = around.iter().flatten().cloned().collect();
                        self.add(feed);
                    }
                    // An unclosed outline would otherwise make everything behind it deeper.
                    if !tag.is_empty && around.len() < 100 {
                        around.push(folder);
                    }
                }
                Token::End(end) if local(end, "outline") => {
                    around.pop();
                }
                Token::Start(tag) => self.is_opml |= local(tag.name, "opml") || local(tag.name, "body"),
                _ => {}
            }
        }
    }

    /// Lines of an address and, as newsboat has them, tags in quotation marks; `~` is before a name.
    fn lines(&mut self, text: &str) {
        for line in text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            let (url, words) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            let Some(url) = address(url) else { continue };
            let mut feed = NewFeed { url, ..NewFeed::default() };
            for word in in_quotes(words) {
                match word.strip_prefix('~') {
                    Some(title) => feed.title = Some(clean_line(title)).filter(|title| !title.is_empty()),
                    None if word == "!" => {}
                    None => feed.tags.extend(Some(clean_line(&word)).filter(|word| !word.is_empty())),
                }
            }
            self.add(feed);
        }
    }

    fn add(&mut self, feed: NewFeed) {
        let at = self.by_url.get(&feed.url).copied().unwrap_or(self.feeds.len());
        if let Some(known) = self.feeds.get_mut(at) {
            let new: Vec<String> = feed.tags.into_iter().filter(|tag| !known.tags.contains(tag)).collect();
            known.tags.extend(new);
        } else if at < FEEDS {
            self.by_url.insert(feed.url.clone(), at);
            self.feeds.push(feed);
        }
    }
}

fn local(name: &str, wanted: &str) -> bool {
    name.rsplit(':').next().is_some_and(|name| name.eq_ignore_ascii_case(wanted))
}

fn feed(tag: &Tag<'_>) -> Option<NewFeed> {
    let by_kind = || {
        let kind = tag.attribute("type").unwrap_or_default().to_ascii_lowercase();
        matches!(kind.as_str(), "rss" | "atom" | "feed").then(|| tag.attribute("url")).flatten()
    };
    let url = tag.attribute("xmlUrl").filter(|url| !url.trim().is_empty()).or_else(by_kind)?;
    let site = tag.attribute("htmlUrl").and_then(|site| resolve("", &site));
    Some(NewFeed { url: address(&url)?, title: name(tag), site, tags: Vec::new() })
}

/// What an outline is called.
fn name(tag: &Tag<'_>) -> Option<String> {
    let said = |attribute: &str| {
        let words = tag.attribute(attribute)?;
        // Only names that XML does not know are still references; `<` is a sign of its own here.
        let has_names = words.contains('&') && words.contains(';') && !words.contains('<');
        let words = if has_names { html::words(&words) } else { words };
        Some(clean_line(&words)).filter(|words| !words.is_empty())
    };
    said("title").or_else(|| said("text"))
}

/// The address of a feed, also with the schemes that readers have made up for feeds.
fn address(url: &str) -> Option<String> {
    let url = url.trim();
    let lower = url.to_ascii_lowercase();
    let plain = ["feed:http", "itpc:http", "pcast:http"].iter().find(|scheme| lower.starts_with(**scheme));
    let web = match plain {
        Some(scheme) => url.get(scheme.len() - "http".len()..).map(str::to_owned),
        None => ["feed://", "itpc://", "pcast://"]
            .iter()
            .find(|scheme| lower.starts_with(**scheme))
            .and_then(|scheme| url.get(scheme.len()..))
            .map(|rest| format!("http://{rest}")),
    };
    resolve("", web.as_deref().unwrap_or(url))
}

/// The words of a line, those in quotation marks whole.
fn in_quotes(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('"') {
            Some(inner) => inner.split_once('"').unwrap_or((inner, "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    words
}

/// A list of `feeds` as OPML 2.0; the tags of each are the folders around it.
#[must_use]
pub fn write<'a>(feeds: impl IntoIterator<Item = &'a Feed>) -> String {
    let mut sorted: Vec<&Feed> = feeds.into_iter().collect();
    sorted.sort_by(|a, b| a.tags.cmp(&b.tags));
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>lesart</title>\n  \
         </head>\n  <body>\n",
    );
    let mut open: Vec<&str> = Vec::new();
    for feed in sorted {
        let shared = open.iter().zip(&feed.tags).take_while(|(a, b)| **a == b.as_str()).count();
        close(&mut text, &mut open, shared);
        for tag in feed.tags.iter().skip(shared) {
            indent(&mut text, open.len());
            let _ = writeln!(text, "<outline text=\"{0}\" title=\"{0}\">", escaped(tag));
            open.push(tag);
        }
        indent(&mut text, open.len());
        let title = escaped(&feed.title);
        let _ = write!(
            text,
            "<outline type=\"rss\" text=\"{title}\" title=\"{title}\" xmlUrl=\"{}\"",
            escaped(&feed.url)
        );
        if let Some(site) = &feed.site {
            let _ = write!(text, " htmlUrl=\"{}\"", escaped(site));
        }
        text.push_str("/>\n");
    }
    close(&mut text, &mut open, 0);
    text.push_str("  </body>\n</opml>\n");
    text
}

fn close(text: &mut String, open: &mut Vec<&str>, depth: usize) {
    while open.len() > depth {
        open.pop();
        indent(text, open.len());
        text.push_str("</outline>\n");
    }
}

fn indent(text: &mut String, depth: usize) {
    text.push_str(&"  ".repeat(depth + 2));
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn list(text: &str) -> Vec<(String, String, String)> {
        let feeds = read(text.as_bytes()).expect("a list");
        feeds.into_iter().map(|f| (f.url, f.title.unwrap_or_default(), f.tags.join("/"))).collect()
    }

    fn expected(feeds: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
        feeds.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect()
    }

    #[test]
    fn broken_lists_are_read_and_folders_become_tags() {
        let text = "\u{feff}<?xml version='1.0'?><opml version=1.1><head><title>A & B</title><body>\
            <outline text=\"Politik & Welt\"><outline title='Innen'>\
            <outline text=\"Das \"Blatt\" heute\" type=rss xmlUrl=\"http://blatt.example/?a=1&b=2&amp;c=3\"/></outline>\
            <outline xmlurl='feed://zwei.example/rss'></outline></outline>\
            <outline title='Gr&uuml;n &#38; Bunt' XMLURL='feed:https://drei.example/x'/>\
            <outline text='Skript' xmlUrl='javascript:alert(1)'/><outline text='leer' xmlUrl=''/>\
            <outline text='Sport'><outline xmlUrl='http://zwei.example/rss'/><outline text='vier' xmlUrl='http://vier.example/";
        assert_eq!(
            list(text),
            expected(&[
                ("http://blatt.example/?a=1&b=2&c=3", "Das \"Blatt\" heute", "Politik & Welt/Innen"),
                ("http://zwei.example/rss", "", "Politik & Welt/Sport"),
                ("https://drei.example/x", "Grün & Bunt", ""),
                ("http://vier.example/", "vier", "Sport"),
            ])
        );
    }

    #[test]
    fn the_addresses_of_newsboat_are_read() {
        let text = "# Zeitungen\nhttps://blatt.example/rss \"~Das Blatt\" politik \"zwei Wörter\"\n\nexec:~/x.sh\n\
            \"query:Neu:unread = \\\"yes\\\"\"\nhttps://zwei.example/\n";
        assert_eq!(
            list(text),
            expected(&[
                ("https://blatt.example/rss", "Das Blatt", "politik/zwei Wörter"),
                ("https://zwei.example/", "", "")
            ])
        );
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for text in ["Ein Satz.", "<html><p>x</p></html>", "<rss><channel/></rss>"] {
            assert!(read(text.as_bytes()).is_err(), "{text}");
        }
        assert_eq!(read(b"<opml><body></body></opml>"), Ok(Vec::new()));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(
            feeds in proptest::collection::vec(("[a-z]{1,8}", "[\\PC]{1,12}", proptest::collection::vec("[A-Za-zäöü&\"<>' ]{1,6}", 0..3)), 0..12)
        ) {
            let feeds: Vec<Feed> = feeds
                .into_iter()
                .enumerate()
                .map(|(n, (url, title, tags))| {
                    let mut once: Vec<String> = Vec::new();
                    for tag in tags.iter().map(|t| clean_line(t)).filter(|t| !t.is_empty()) {
                        if !once.contains(&tag) {
                            once.push(tag);
                        }
                    }
                    Feed { url: format!("http://{url}{n}.example/?a=1&b=2"), title: clean_line(&title), tags: once, ..Feed::default() }
                })
                .filter(|feed| !feed.title.is_empty() && !feed.title.contains('&'))
                .collect();
            let mut again: Vec<_> = read(write(&feeds).as_bytes()).unwrap();
            again.sort_by(|a, b| a.url.cmp(&b.url));
            let mut before: Vec<&Feed> = feeds.iter().collect();
            before.sort_by(|a, b| a.url.cmp(&b.url));
            prop_assert_eq!(again.len(), before.len());
            for (new, old) in again.iter().zip(before) {
                prop_assert_eq!((&new.url, new.title.as_ref(), &new.tags), (&old.url, Some(&old.title), &old.tags));
            }
        }

        #[test]
        fn no_list_makes_it_panic(text in "(<|>|/|\"|'|=|&|;|outline|opml|xmlUrl|text|http://a.de|ü|\\PC| )*") {
            let _ = read(text.as_bytes());
        }
    }
}
