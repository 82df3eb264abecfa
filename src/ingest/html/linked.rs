//! Structured data on a page: the article's own object in JSON-LD.

use std::collections::HashMap;

use serde_json::Value;

use super::entity;
use super::meta::{MOST_NAMES, Meta, keep, short};

/// Most objects looked at on a page.
const MOST: usize = 2_000;

/// Reads JSON-LD: one object, a list, or a graph. Control characters, comment marks around it and
/// commas too many are forgiven.
pub(super) fn read(json: &str, meta: &mut Meta) {
    let plain: String = json.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let plain = plain.replace("<![CDATA[", "").replace("]]>", "");
    let start = plain.find(['{', '[']).unwrap_or(plain.len());
    let end = plain.rfind(['}', ']']).map_or(start, |at| at + 1);
    let plain = plain.get(start..end).unwrap_or_default();
    let value =
        serde_json::from_str::<Value>(plain).or_else(|_| serde_json::from_str(&without_spare_commas(plain)));
    let Ok(value) = value else { return };
    let known = named(&value);
    let mut open = vec![&value];
    for _ in 0..MOST {
        let Some(value) = open.pop() else { break };
        match value {
            Value::Array(items) => open.extend(items.iter().rev()),
            Value::Object(fields) => {
                if types(value).any(is_article) {
                    take(value, &known, meta);
                } else if types(value).any(|kind| kind == "WebPage") {
                    take_page(value, &known, meta);
                }
                open.extend(
                    ["@graph", "mainEntity", "mainEntityOfPage", "hasPart"]
                        .iter()
                        .filter_map(|k| fields.get(*k)),
                );
            }
            _ => {}
        }
    }
}

/// Objects by their address in the data, to which others refer by it.
type Named<'a> = HashMap<&'a str, &'a Value>;

/// The objects of a graph or a list that have an address.
fn named(value: &Value) -> Named<'_> {
    let graph = value.get("@graph").unwrap_or(value);
    let objects = graph.as_array().into_iter().flatten().take(MOST);
    objects.filter_map(|object| Some((object.get("@id")?.as_str()?, object))).collect()
}

fn types(value: &Value) -> impl Iterator<Item = &str> {
    let kind = value.get("@type");
    let list = kind.and_then(Value::as_array).into_iter().flatten();
    kind.into_iter().chain(list).filter_map(Value::as_str)
}

fn is_article(kind: &str) -> bool {
    kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report"
}

/// What the object of the page itself says, for pages that do not call their text an article.
fn take_page(value: &Value, known: &Named, meta: &mut Meta) {
    let published = value.get("datePublished").and_then(Value::as_str);
    keep(&mut meta.page_published, published.unwrap_or_default());
    if meta.named_authors.len() < MOST_NAMES {
        meta.named_authors.extend(value.get("author").map(|a| people(a, known)).unwrap_or_default());
    }
}

fn take(value: &Value, known: &Named, meta: &mut Meta) {
    let words = |key: &str| value.get(key).and_then(Value::as_str).map(entity::decode).unwrap_or_default();
    meta.is_article = true;
    keep(&mut meta.headline, &words("headline"));
    keep(&mut meta.published, &words("datePublished"));
    keep(&mut meta.published, &words("dateCreated"));
    keep(&mut meta.modified, &words("dateModified"));
    keep(&mut meta.description, &words("description"));
    keep(&mut meta.address, &words("url"));
    let page = value.get("mainEntityOfPage");
    let page = page.and_then(|p| p.as_str().or_else(|| p.get("@id")?.as_str()));
    keep(&mut meta.address, page.unwrap_or_default());
    let publisher = value.get("publisher").map(|p| p.get(0).unwrap_or(p));
    let publisher = publisher.and_then(|p| p.as_str().or_else(|| p.get("name")?.as_str()));
    keep(&mut meta.site, &publisher.map(entity::decode).unwrap_or_default());
    if meta.body.is_none() {
        meta.body = Some(words("articleBody")).filter(|b| !b.trim().is_empty());
    }
    meta.is_closed |= match value.get("isAccessibleForFree") {
        Some(Value::Bool(free)) => !free,
        Some(Value::String(free)) => free.eq_ignore_ascii_case("false"),
        _ => false,
    };
    for key in ["author", "creator"] {
        if meta.authors.is_empty() {
            meta.authors = value.get(key).map(|a| people(a, known)).unwrap_or_default();
        }
    }
}

/// The names of the people in a field, which holds a name, an object with one, the address of such an
/// object in `known`, or a list of those.
fn people(value: &Value, known: &Named) -> Vec<String> {
    let mut names = Vec::new();
    let mut open = vec![value];
    for _ in 0..MOST {
        match open.pop() {
            Some(Value::String(name)) if names.len() < MOST_NAMES => names.push(short(&entity::decode(name))),
            Some(Value::Array(all)) => open.extend(all.iter().rev()),
            Some(person @ Value::Object(_)) if !types(person).any(|t| t.ends_with("Organization")) => {
                match (person.get("name"), person.get("@id").and_then(Value::as_str)) {
                    (Some(name), _) => open.push(name),
                    // One that has no name either leads nowhere.
                    (None, Some(id)) => {
                        open.extend(known.get(id).filter(|object| object.get("name").is_some()));
                    }
                    (None, None) => {}
                }
            }
            Some(_) => {}
            None => break,
        }
    }
    names
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_article_is_found_in_lists_graphs_and_comment_marks() {
        for json in [
            r#"{"@type":"NewsArticle","headline":"Neue Brücke","author":"Erika Muster",}"#,
            r#"[{"@type":"WebPage"},{"@type":["Article"],"headline":"Neue Brücke","author":[{"name":"Erika Muster"}]}]"#,
            r#"{"@graph":[{"@type":"BlogPosting","headline":"Neue Br&uuml;cke","creator":{"@type":"Person","name":["Erika Muster"]}}]}"#,
            r#"{"@graph":[{"@type":"Article","headline":"Neue Brücke","author":{"@id":"/a"}},{"@id":"/a","@type":["Person"],"name":"Erika Muster"}]}"#,
            "//<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"Neue Brücke\",\"author\":\"Erika Muster\"}\n//]]>;",
        ] {
            let mut meta = Meta::default();
            read(json, &mut meta);
            assert_eq!(meta.headline.as_deref(), Some("Neue Brücke"), "{json}");
            assert_eq!(meta.authors, ["Erika Muster"], "{json}");
        }
    }

    #[test]
    fn an_outlet_is_no_author() {
        let mut meta = Meta::default();
        read(r#"{"@type":"Article","author":{"@type":"Organization","name":"Uferbote"}}"#, &mut meta);
        assert!(meta.authors.is_empty());
    }
}
