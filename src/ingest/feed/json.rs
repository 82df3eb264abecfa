//! JSON Feed, versions 1 and 1.1.

use serde_json::{Map, Value};

use crate::model::address::resolve;
use crate::text::clean::clean_line;

use super::item::Item;
use super::text::Content;
use super::{ARTICLES, Channel};

/// What a feed says of itself and of its articles; `None` where the text is no feed.
pub(super) fn read(json: &str, address: Option<&str>) -> Option<(Channel, Vec<Item>)> {
    let fields: Map<String, Value> = serde_json::from_str(json.trim_start_matches('\u{feff}')).ok()?;
    if !is_feed(&fields) {
        return None;
    }
    let base = address.unwrap_or_default();
    let items = || {
        let all = fields.get("items").and_then(Value::as_array).into_iter().flatten();
        all.filter_map(Value::as_object)
    };
    let channel = Channel {
        title: word(&fields, "title"),
        site: word(&fields, "home_page_url").and_then(|url| resolve(base, &url)),
        language: word(&fields, "language"),
        is_cut: items().nth(ARTICLES).is_some(),
        ..Channel::default()
    };
    let base = channel.site.clone().unwrap_or_else(|| base.to_owned());
    let articles = items().take(ARTICLES).map(|item| article(item, &base)).collect();
    Some((channel, articles))
}

fn is_feed(fields: &Map<String, Value>) -> bool {
    let version = fields.get("version").and_then(Value::as_str).unwrap_or_default();
    version.contains("jsonfeed.org") && fields.contains_key("items")
}

fn article(fields: &Map<String, Value>, base: &str) -> Item {
    let html = word(fields, "content_html").map(Content::Html);
    let address = |key: &str| word(fields, key).and_then(|url| resolve(base, &url));
    Item {
        title: word(fields, "title").map(Content::Text),
        url: address("url").or_else(|| address("external_url")),
        key: word(fields, "id"),
        published: word(fields, "date_published").or_else(|| word(fields, "date_modified")),
        authors: authors(fields),
        text: html.or_else(|| word(fields, "content_text").map(Content::Text)),
        summary: word(fields, "summary").map(Content::Text),
        language: word(fields, "language"),
        source: None,
    }
}

fn authors(fields: &Map<String, Value>) -> Vec<String> {
    let list = fields.get("authors").and_then(Value::as_array).into_iter().flatten();
    let names = list.chain(fields.get("author")).filter_map(Value::as_object);
    names.filter_map(|author| word(author, "name")).collect()
}

fn word(fields: &Map<String, Value>, name: &str) -> Option<String> {
    let word = match fields.get(name)? {
        Value::String(word) => word.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let is_line = !name.starts_with("content");
    Some(if is_line { clean_line(&word) } else { word }).filter(|word| !word.trim().is_empty())
}
