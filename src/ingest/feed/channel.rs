//! RSS of all versions, Atom, and what came before them: the feed and its articles.

use crate::model::address::resolve;
use crate::text::clean::clean_line;

use super::Channel;
use super::item::{self, Item};
use super::space::Space;
use super::text::{Content, looks_marked_up};
use super::tree::{Element, Tree};

/// What a feed says of itself and of its articles; `None` where the text is no feed.
pub(super) fn read(xml: &str, address: Option<&str>) -> Option<(Channel, Vec<Item>)> {
    let tree = Tree::read(xml);
    let is_root = |e: &Element<'_>| {
        ["rss", "feed", "rdf", "channel"].iter().any(|name| e.name.eq_ignore_ascii_case(name))
            && e.space != Space::Xhtml
    };
    let root = tree.all().find(|(_, e)| is_root(e)).map(|(at, _)| at);
    let is_article = |e: &Element<'_>| e.is(Space::Core, "item") || e.is(Space::Core, "entry");
    let articles: Vec<usize> = tree.all().filter(|(_, e)| is_article(e)).map(|(at, _)| at).collect();
    if root.is_none() && articles.is_empty() {
        return None;
    }
    let head = root.map(|root| {
        let inner = tree.children(root).find(|(_, e)| e.is(Space::Core, "channel"));
        inner.map_or(root, |(at, _)| at)
    });
    let base = address.unwrap_or_default().to_owned();
    let mut channel =
        head.map_or_else(Channel::default, |head| channel(&tree, head, root.unwrap_or(head), &base));
    channel.is_cut = tree.is_cut;
    let base = channel.base.clone().or_else(|| channel.site.clone()).unwrap_or(base);
    let items = articles.iter().map(|at| article(&tree, *at, &base)).collect();
    Some((channel, items))
}

fn words(element: &Element<'_>) -> String {
    clean_line(element.content().as_str())
}

fn channel(tree: &Tree<'_>, head: usize, root: usize, address: &str) -> Channel {
    let mut channel = Channel::default();
    for at in [root, head] {
        if let Some((_, element)) = tree.all().nth(at) {
            let base = element.tag.attribute("xml:base").and_then(|base| resolve(address, &base));
            channel.base = base.or(channel.base);
            channel.language = element.tag.attribute("xml:lang").or(channel.language);
            let page = element.tag.attribute("href").filter(|_| element.name.eq_ignore_ascii_case("channel"));
            channel.site = page.and_then(|page| resolve(address, &page)).or(channel.site);
        }
    }
    let base = channel.base.clone().unwrap_or_else(|| address.to_owned());
    for (at, element) in tree.children(head) {
        match (element.space, element.name.to_ascii_lowercase().as_str()) {
            (Space::Core | Space::Dublin, "title") if channel.title.is_none() => {
                channel.title = Some(item::line(&typed(element))).filter(|title| !title.is_empty());
            }
            (Space::Core, "link") => {
                if let Some(page) = page(element, &base)
                    && channel.site.is_none()
                {
                    channel.site = Some(page);
                }
            }
            (Space::Core | Space::Dublin, "language") => channel.language = Some(words(element)),
            (Space::Core, "ttl") => channel.ttl_minutes = words(element).parse().ok(),
            (Space::Core, "author") => channel.author = people(tree, at, element).into_iter().next(),
            _ => {}
        }
    }
    channel
}

/// The page that a link leads to; `None` for links to other things.
fn page(link: &Element<'_>, base: &str) -> Option<String> {
    match link.tag.attribute("href") {
        Some(href) => {
            let relation = link.tag.attribute("rel").unwrap_or_default();
            let is_page = relation.is_empty() || relation.eq_ignore_ascii_case("alternate");
            is_page.then(|| resolve(base, &href)).flatten()
        }
        None => resolve(base, &words(link)).filter(|_| !link.inner.trim().is_empty()),
    }
}

fn article(tree: &Tree<'_>, at: usize, base: &str) -> Item {
    let mut item = Item::default();
    let mut found = Found::default();
    let own = tree.all().nth(at).map(|(_, element)| element);
    let own_base = own.and_then(|e| e.tag.attribute("xml:base")).and_then(|own| resolve(base, &own));
    let base = own_base.as_deref().unwrap_or(base);
    item.language = own.and_then(|e| e.tag.attribute("xml:lang"));
    if let Some(own) = own {
        found.page(own.tag.attribute("href").and_then(|href| resolve(base, &href)), 3);
        found.about = own.tag.attribute("rdf:about");
    }
    for (index, element) in tree.children(at) {
        take(tree, index, element, base, &mut item, &mut found);
    }
    for media in tree.below(at).filter(|e| e.space == Space::Media) {
        if media.is(Space::Media, "description") {
            found.text(typed(media), 4);
        } else if media.is(Space::Media, "title") {
            found.title(typed(media), 2);
        }
    }
    if let Some((_, key)) = &found.key {
        item.key = Some(key.clone());
    }
    let by_key = found.key.filter(|(is_page, _)| *is_page).and_then(|(_, key)| resolve("", &key));
    let about = found.about.and_then(|about| resolve("", &about));
    item.url = found.url.map(|(_, url)| url).or(by_key).or(about);
    item.title = found.title.map(|(_, title)| title);
    item.published = found.published.map(|(_, day)| day);
    found.texts.sort_by_key(|(rank, _)| *rank);
    let mut texts = found.texts.into_iter();
    match texts.next() {
        Some((rank, text)) if rank < SUMMARY => {
            item.text = Some(text);
            item.summary = texts.find(|(rank, _)| *rank >= SUMMARY).map(|(_, text)| text);
        }
        first => item.summary = first.map(|(_, text)| text),
    }
    item
}

/// From this rank on, texts are summaries.
const SUMMARY: u8 = 2;

/// Fields that several elements may say, each with the rank of the best so far; the lowest wins.
#[derive(Default)]
struct Found {
    title: Option<(u8, Content)>,
    url: Option<(u8, String)>,
    published: Option<(u8, String)>,
    /// Whether it is the page's address too, and the key.
    key: Option<(bool, String)>,
    about: Option<String>,
    texts: Vec<(u8, Content)>,
}

impl Found {
    fn title(&mut self, title: Content, rank: u8) {
        if self.title.as_ref().is_none_or(|(known, _)| rank < *known) && !title.as_str().trim().is_empty() {
            self.title = Some((rank, title));
        }
    }

    fn page(&mut self, url: Option<String>, rank: u8) {
        if let Some(url) = url
            && self.url.as_ref().is_none_or(|(known, _)| rank < *known)
        {
            self.url = Some((rank, url));
        }
    }

    fn day(&mut self, day: String, rank: u8) {
        if !day.is_empty() && self.published.as_ref().is_none_or(|(known, _)| rank < *known) {
            self.published = Some((rank, day));
        }
    }

    fn text(&mut self, text: Content, rank: u8) {
        if !text.as_str().trim().is_empty() && self.texts.iter().all(|(known, _)| *known != rank) {
            self.texts.push((rank, text));
        }
    }
}

fn take(tree: &Tree<'_>, at: usize, element: &Element<'_>, base: &str, item: &mut Item, found: &mut Found) {
    let name = element.name.to_ascii_lowercase();
    match (element.space, name.as_str()) {
        (Space::Core, "title") if is_text(element) => found.title(typed(element), 0),
        (Space::Dublin, "title") => found.title(typed(element), 1),
        (Space::Core, "link") => {
            let is_typed = element.tag.attribute("type").is_some_and(|t| !t.contains("html"));
            found.page(page(element, base), if is_typed { 2 } else { 1 });
        }
        (_, "origlink") => found.page(resolve(base, &words(element)), 0),
        (Space::Core, "guid" | "id") => {
            let stated = element.tag.attribute("isPermaLink");
            let is_page = stated.is_none_or(|s| !s.trim().eq_ignore_ascii_case("false"));
            found.key = Some((is_page, words(element)));
        }
        (Space::Dublin, "identifier") if found.key.is_none() => found.key = Some((false, words(element))),
        (Space::Content, "encoded") => found.text(typed(element), 0),
        (Space::Xhtml, "body" | "div") | (Space::Core, "body" | "div" | "fulltext") => {
            found.text(typed(element), 1);
        }
        // What lies elsewhere or is no text is not shown.
        (Space::Core, "content") if element.tag.attribute("src").is_none() && is_text(element) => {
            found.text(typed(element), 0);
        }
        (Space::Core, "summary") if is_text(element) => found.text(typed(element), 2),
        (Space::Core, "description" | "abstract") => found.text(typed(element), 2),
        (Space::Dublin, "description") | (Space::Itunes, "summary") => found.text(typed(element), 3),
        (Space::Core, "pubdate" | "published" | "issued") => found.day(words(element), 0),
        (Space::Dublin, "date" | "issued" | "available") => found.day(words(element), 1),
        (Space::Core | Space::Dublin, "created") => found.day(words(element), 2),
        (Space::Core, "date" | "updated" | "modified") | (Space::Dublin, "modified") => {
            found.day(words(element), 3);
        }
        (Space::Core, "author") => item.authors.extend(people(tree, at, element)),
        (Space::Dublin, "creator") => item.authors.push(words(element)),
        (Space::Itunes, "author") if item.authors.is_empty() => item.authors.push(words(element)),
        (Space::Core | Space::Dublin, "language") => item.language = Some(words(element)),
        (Space::Core, "source") => {
            let inner =
                |name: &str| tree.children(at).find(|(_, e)| e.is(Space::Core, name)).map(|(_, e)| words(e));
            let named = element.tag.attribute("url");
            item.source = named.or_else(|| inner("title")).or_else(|| Some(words(element)));
        }
        _ => {}
    }
}

/// The names of an author element: with a name inside, or the words themselves.
fn people(tree: &Tree<'_>, at: usize, element: &Element<'_>) -> Vec<String> {
    let inner: Vec<String> =
        tree.children(at).filter(|(_, e)| e.is(Space::Core, "name")).map(|(_, e)| words(e)).collect();
    let has_children = tree.children(at).next().is_some();
    if inner.is_empty() && !has_children { vec![words(element)] } else { inner }
}

/// Whether the type of an Atom text is one to show.
fn is_text(element: &Element<'_>) -> bool {
    let kind = element.tag.attribute("type").unwrap_or_default().to_ascii_lowercase();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let is_packed = element.tag.attribute("mode").is_some_and(|mode| mode.eq_ignore_ascii_case("base64"));
    let is_media = kind.contains('/') && !kind.starts_with("text/") && !kind.ends_with("xml");
    !is_packed && !is_media
}

/// What an element says, as mark-up or as text by its type and its look.
fn typed(element: &Element<'_>) -> Content {
    let text = match element.content() {
        html @ Content::Html(_) => return html,
        Content::Text(text) => text,
    };
    let kind = element.tag.attribute("type").unwrap_or_default().to_ascii_lowercase();
    let is_plain = match kind.as_str() {
        "text" | "text/plain" | "plain" => {
            !looks_marked_up(&text) || element.name.eq_ignore_ascii_case("title")
        }
        _ => false,
    };
    if is_plain { Content::Text(text) } else { Content::Html(text) }
}
