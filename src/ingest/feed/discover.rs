//! The feeds that a web page names: by `link` elements wherever they stand, counted from its `base`.

use crate::model::address::resolve;

use super::xml::{Quotes, Tag, Token, Tokens};

/// Most feeds of one page.
const FEEDS: usize = 20;

/// The addresses of the first feeds that `html` at `address` names, each once, in the page's order but
/// for those of comments, which come last. What leads elsewhere than to the web is left out.
pub(super) fn feeds(html: &str, address: &str) -> Vec<String> {
    let mut base = address.to_owned();
    let mut found: Vec<(bool, String)> = Vec::new();
    for token in Tokens::new(html, Quotes::Strict) {
        let Token::Start(tag) = token else { continue };
        if tag.name.eq_ignore_ascii_case("base")
            && let Some(own) = tag.attribute("href").and_then(|href| resolve(address, &href))
        {
            base = own;
        }
        if let Some(url) = feed(&tag).and_then(|href| resolve(&base, &href))
            && found.iter().all(|(_, known)| *known != url)
        {
            let title = tag.attribute("title").unwrap_or_default().to_lowercase();
            let is_of_comments =
                title.contains("comment") || title.contains("kommentar") || url.contains("/comments");
            found.push((is_of_comments, url));
        }
        if found.len() >= FEEDS {
            break;
        }
    }
    found.sort_by_key(|(is_of_comments, _)| *is_of_comments);
    found.into_iter().map(|(_, url)| url).collect()
}

/// Where a link to a feed leads.
fn feed(tag: &Tag<'_>) -> Option<String> {
    if !tag.name.eq_ignore_ascii_case("link") {
        return None;
    }
    let relation = tag.attribute("rel").unwrap_or_default().to_ascii_lowercase();
    let kind = tag.attribute("type").unwrap_or_default().to_ascii_lowercase();
    let is_kind = ["rss+xml", "atom+xml", "rdf+xml", "feed+json", "application/xml", "text/xml"]
        .iter()
        .any(|known| kind.contains(known));
    let is_feed = relation.split_whitespace().any(|word| word == "alternate" || word == "feed");
    (is_feed && is_kind).then(|| tag.attribute("href")).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_feeds_of_a_page_come_with_those_of_comments_last() {
        let page = "<!DOCTYPE html><html><head><meta charset=utf-8><link rel=stylesheet href=/a.css>\
            <link rel='alternate' type='application/rss+xml' title='Kommentare' href='/comments/feed'>\
            <LINK REL=alternate hidden TYPE=application/atom+xml HREF=feed.atom>\
            <link rel=alternate type=application/rss+xml href=javascript:x>\
            <link rel=alternate hreflang=en href=/en></head><body>x";
        assert_eq!(
            feeds(page, "https://blatt.example/a/b.html"),
            ["https://blatt.example/a/feed.atom", "https://blatt.example/comments/feed"]
        );
    }
}
