//! What a page says of its article: title, day, authors, address, outlet.

use serde_json::Value;

use crate::text::clean::clean_line;

use super::entity;
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
    pub authors: Vec<String>,
    pub address: Option<String>,
    pub site: Option<String>,
    /// Whether structured data or sharing data call it an article.
    pub is_article: bool,
}

/// Reads the `meta`, `link` and `title` elements and the JSON-LD of a page.
pub(super) fn read(nodes: &[Node]) -> Meta {
    let mut meta = Meta::default();
    for node in nodes {
        match node.name.as_str() {
            "script" if !node.text.is_empty() => structured(&node.text, &mut meta),
            "title" => keep(&mut meta.window_title, &node.text),
            "link" if node.attribute("rel") == Some("canonical") => {
                keep(&mut meta.address, node.attribute("href").unwrap_or_default());
            }
            _ => {}
        }
    }
    for node in nodes.iter().filter(|n| n.name == "meta") {
        statement(node, &mut meta);
    }
    meta
}

fn keep(field: &mut Option<String>, words: &str) {
    if field.is_none() {
        *field = Some(clean_line(words)).filter(|w| !w.is_empty());
    }
}

fn statement(node: &Node, meta: &mut Meta) {
    let name = ["property", "name", "itemprop"].into_iter().find_map(|key| node.attribute(key));
    let (Some(name), Some(content)) = (name, node.attribute("content")) else { return };
    match name.to_ascii_lowercase().as_str() {
        "og:title" | "twitter:title" => keep(&mut meta.shared_title, content),
        "og:description" | "description" | "twitter:description" => keep(&mut meta.description, content),
        "og:site_name" => keep(&mut meta.site, content),
        "og:url" => keep(&mut meta.address, content),
        "og:type" => meta.is_article |= content.eq_ignore_ascii_case("article"),
        "article:published_time"
        | "datepublished"
        | "date"
        | "dc.date"
        | "dc.date.issued"
        | "dcterms.created"
        | "dcterms.date"
        | "pubdate"
        | "publish-date"
        | "sailthru.date"
        | "parsely-pub-date" => {
            keep(&mut meta.published, content);
        }
        "author" | "dc.creator" | "parsely-author" | "article:author" if meta.authors.is_empty() => {
            meta.authors = vec![clean_line(content)];
        }
        _ => {}
    }
}

/// JSON-LD: one object, a list, or a graph. Control characters and commas too many are forgiven.
fn structured(json: &str, meta: &mut Meta) {
    let plain: String = json.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let plain = plain.trim().trim_end_matches(';');
    let value =
        serde_json::from_str::<Value>(plain).or_else(|_| serde_json::from_str(&without_spare_commas(plain)));
    let Ok(value) = value else { return };
    let mut open = vec![&value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items.iter().rev()),
            Value::Object(fields) => {
                if types(value).any(is_article) {
                    take(value, meta);
                }
                open.extend(
                    ["@graph", "mainEntity", "mainEntityOfPage"].iter().filter_map(|k| fields.get(*k)),
                );
            }
            _ => {}
        }
    }
}

fn types(value: &Value) -> impl Iterator<Item = &str> {
    let kind = value.get("@type");
    let list = kind.and_then(Value::as_array).into_iter().flatten();
    kind.into_iter().chain(list).filter_map(Value::as_str)
}

fn is_article(kind: &str) -> bool {
    kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report"
}

fn take(value: &Value, meta: &mut Meta) {
    let words = |key: &str| value.get(key).and_then(Value::as_str).map(entity::decode).unwrap_or_default();
    meta.is_article = true;
    keep(&mut meta.headline, &words("headline"));
    keep(&mut meta.published, &words("datePublished"));
    keep(&mut meta.description, &words("description"));
    keep(&mut meta.address, &words("url"));
    let publisher = value.get("publisher").and_then(|p| p.get("name")).and_then(Value::as_str);
    keep(&mut meta.site, publisher.unwrap_or_default());
    if meta.authors.is_empty() {
        let mut open: Vec<&Value> = value.get("author").into_iter().collect();
        while let Some(author) = open.pop() {
            match author {
                Value::String(name) => meta.authors.push(clean_line(&entity::decode(name))),
                Value::Array(all) => open.extend(all.iter().rev()),
                Value::Object(_) if !types(author).any(|t| t.ends_with("Organization")) => {
                    open.extend(author.get("name"));
                }
                _ => {}
            }
        }
    }
}

/// `json` without commas before a closing bracket.
fn without_spare_commas(json: &str) -> String {
    let mut kept = String::with_capacity(json.len());
    let (mut in_words, mut escaped) = (false, false);
    for c in json.chars() {
        if in_words {
            in_words = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else if c == '"' {
            in_words = true;
        } else if matches!(c, '}' | ']') {
            kept.truncate(kept.trim_end().trim_end_matches(',').len());
        }
        kept.push(c);
    }
    kept
}
