//! What a page says of its article: title, day, authors, address, outlet.

use crate::text::clean::clean_line;

use super::linked;
use super::tree::Node;

/// The statements of a page, empty where it makes none.
#[derive(Debug, Default)]
pub(super) struct Meta {
    /// Title by structured data.
    pub headline: Option<String>,
    /// Title for sharing.
    pub shared_title: Option<String>,
    /// Title of the window.
    pub window_title: Option<String>,
    pub description: Option<String>,
    pub published: Option<String>,
    /// When the page was made, where it says so apart from the article.
    pub page_published: Option<String>,
    /// When the article was last changed.
    pub modified: Option<String>,
    /// Authors by structured data.
    pub authors: Vec<String>,
    /// Authors by `meta` elements, which as often name the outlet.
    pub named_authors: Vec<String>,
    pub address: Option<String>,
    pub site: Option<String>,
    /// Who publishes the page, as often a company as the outlet: taken for it where nothing else is.
    pub publisher: Option<String>,
    /// The text, where structured data have it.
    pub body: Option<String>,
    /// Whether structured data or sharing data call it an article.
    pub is_article: bool,
    /// Whether structured data say that only subscribers read it.
    pub is_closed: bool,
}

/// Reads the `meta`, `link` and `title` elements and the JSON-LD of a page, and what a program that
/// saved the page wrote into a comment at its start.
pub(super) fn read(html: &str, nodes: &[Node]) -> Meta {
    let mut meta = Meta::default();
    for node in nodes {
        match node.name.as_str() {
            "script" if !node.text.is_empty() => linked::read(&node.text, &mut meta),
            "title" => keep(&mut meta.window_title, &node.text),
            "link" if node.attribute("rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) => {
                keep(&mut meta.address, node.attribute("href").unwrap_or_default());
            }
            _ => {}
        }
    }
    for node in nodes.iter().filter(|n| n.name == "meta") {
        statement(node, &mut meta);
    }
    labelled(nodes, &mut meta);
    keep(&mut meta.site, &meta.publisher.take().unwrap_or_default());
    let dated = |n: &&Node| n.name != "meta" && n.attribute("itemprop") == Some("datePublished");
    for node in nodes.iter().filter(dated) {
        let day = node.attribute("datetime").or(node.attribute("content"));
        keep(&mut meta.published, day.unwrap_or_default());
    }
    keep(&mut meta.address, saved_from(html).unwrap_or_default());
    meta
}

/// Most names of authors read, and most characters of a field: what is longer is an attack or a
/// fault, and is compared with every line of the page.
pub(super) const MOST_NAMES: usize = 40;
const LONGEST_FIELD: usize = 2_000;

/// Sets `field` where it is not set and there are `words`.
pub(super) fn keep(field: &mut Option<String>, words: &str) {
    if field.is_none() {
        *field = Some(short(words)).filter(|w| !w.is_empty());
    }
}

/// The words of a field, clean, without what is beyond the longest.
pub(super) fn short(words: &str) -> String {
    let end = words.char_indices().nth(LONGEST_FIELD).map_or(words.len(), |(at, _)| at);
    clean_line(words.get(..end).unwrap_or_default())
}

fn statement(node: &Node, meta: &mut Meta) {
    let name = ["property", "name", "itemprop"].into_iter().find_map(|key| node.attribute(key));
    let (Some(name), Some(content)) = (name, node.attribute("content")) else { return };
    match name.to_ascii_lowercase().as_str() {
        "og:title" | "twitter:title" => keep(&mut meta.shared_title, content),
        "og:description" | "description" | "twitter:description" => keep(&mut meta.description, content),
        "og:site_name" => keep(&mut meta.site, content),
        "application-name" | "publisher" | "dc.publisher" => keep(&mut meta.publisher, content),
        "og:url" => keep(&mut meta.address, content),
        "og:type" => meta.is_article |= content.eq_ignore_ascii_case("article"),
        "article:published_time"
        | "og:article:published_time"
        | "datepublished"
        | "date"
        | "dc.date"
        | "dc.date.created"
        | "dc.date.issued"
        | "dcterms.created"
        | "dcterms.date"
        | "dcterms.issued"
        | "pubdate"
        | "publishdate"
        | "publish-date"
        | "publication_date"
        | "published_at"
        | "last-published"
        | "sailthru.date"
        | "citation_date"
        | "citation_publication_date"
        | "originalpublicationdate"
        | "article:published"
        | "article.published"
        | "article:post_date"
        | "article.created"
        | "article_date_original"
        | "publication-date"
        | "publish_date"
        | "publisheddate"
        | "date_published"
        | "dc.created"
        | "dc.date.published"
        | "dcterms.available"
        | "og:published_time"
        | "og:pubdate"
        | "og:publish_date"
        | "vr:published_time"
        | "rnews:datepublished"
        | "ptime"
        | "bt:pubdate"
        | "sailthru.pubdate"
        | "cxenseparse:recs:publishtime"
        | "parsely-pub-date" => {
            keep(&mut meta.published, content);
        }
        "article:modified_time"
        | "og:updated_time"
        | "datemodified"
        | "last-modified"
        | "dcterms.modified"
        | "dc.date.modified" => keep(&mut meta.modified, content),
        "author"
        | "authors"
        | "article:author_name"
        | "article.author"
        | "cse_author"
        | "cxenseparse:author"
        | "rnews:creator"
        | "dc.creator"
        | "dcterms.creator"
        | "parsely-author"
        | "article:author"
        | "og:author"
        | "sailthru.author"
        | "citation_author"
        | "byl" => {
            meta.name_author(content);
        }
        _ => {}
    }
}

impl Meta {
    fn name_author(&mut self, name: &str) {
        let name = short(name);
        if self.named_authors.len() < MOST_NAMES && !self.named_authors.contains(&name) {
            self.named_authors.push(name);
        }
    }
}

/// Reads what a page states in pairs for a card that others show of it: "Verfasst von", and the name.
fn labelled(nodes: &[Node], meta: &mut Meta) {
    const LABELS: [&str; 8] = [
        "verfasst von",
        "geschrieben von",
        "veröffentlicht von",
        "autor",
        "autorin",
        "written by",
        "author",
        "by",
    ];
    let content = |field: &str| {
        let node = nodes.iter().find(|n| n.name == "meta" && n.attribute("name") == Some(field))?;
        node.attribute("content")
    };
    for (label, data) in [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")] {
        let is_author = content(label)
            .is_some_and(|l| LABELS.contains(&l.trim().trim_end_matches(':').to_lowercase().as_str()));
        if is_author && let Some(name) = content(data) {
            meta.name_author(name);
        }
    }
}

/// The address that `SingleFile`, monolith or a browser wrote into a comment when it saved the page.
fn saved_from(html: &str) -> Option<&str> {
    // Before it stand a document type and the head's start at most.
    const LOOK: usize = 4_000;
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--") {
        if html.len() - rest.len() + before.len() > LOOK {
            break;
        }
        let (comment, after) = comment.split_once("-->")?;
        for mark in ["saved from url=", "Saved from ", "url: "] {
            let at = comment.split_once(mark).map(|(_, at)| at);
            // Browsers write the length of the address before it: `(0042)`.
            let at = at.map(|a| a.split_once(')').filter(|_| a.starts_with('(')).map_or(a, |(_, a)| a));
            if let Some(at) = at.filter(|a| a.starts_with("http")) {
                return at.split_whitespace().next();
            }
        }
        rest = after;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_that_save_pages_say_from_where() {
        for (start, address) in [
            ("<!-- saved from url=(0027)https://uferbote.example/1 -->", Some("https://uferbote.example/1")),
            (
                "<!--\n Page saved with SingleFile \n url: https://uferbote.example/1 \n saved date: -->",
                Some("https://uferbote.example/1"),
            ),
            (
                "<!DOCTYPE html><!-- Saved from https://uferbote.example/1 at 2021-05-07 using monolith -->",
                Some("https://uferbote.example/1"),
            ),
            ("<!-- saved from url=javascript:x --><!-- open", None),
        ] {
            assert_eq!(saved_from(start), address, "{start}");
        }
    }
}
