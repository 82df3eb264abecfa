//! Finds the article on a page.
//!
//! Paragraphs of prose vote for the elements that hold them; the innermost element with nearly all
//! of the votes holds the article. What repeats around articles (bars, boxes, teasers) is known by
//! the names of its elements, by links and by its words.

use crate::model::{Basis, Draft, ParagraphKind, Published};
use crate::text::clean::collapse;
use crate::text::date::first_date;
use crate::text::language::language;

use super::super::compose::{self, Part};
use super::super::{Error, Hint, LARGEST_TEXT, chrome, credit, front, line, outlet};
use super::block::{Block, blocks};
use super::meta::{self, Meta};
use super::tree::{self, Node};

/// Words of prose that an article has at least.
const FEWEST_WORDS: usize = 25;

/// Names by which pages call what is around an article, as parts of classes and ids.
const AROUND: [&str; 33] = [
    "related",
    "teaser",
    "newsletter",
    "share",
    "sharing",
    "social",
    "comment",
    "cookie",
    "consent",
    "promo",
    "paywall",
    "recommend",
    "sidebar",
    "breadcrumb",
    "advert",
    "navigation",
    "footer",
    "subscribe",
    "signup",
    "author-box",
    "authorbox",
    "toolbar",
    "read-more",
    "readmore",
    "read-also",
    "most-read",
    "mostread",
    "outbrain",
    "taboola",
    "skip-link",
    "copyright",
    "tag-list",
    "modal",
];

/// The article of a page.
///
/// # Errors
/// `TooLarge`; `Unsupported` for a page of links; `NoText` where no prose is found.
pub(in crate::ingest) fn article(html: &str, hint: &Hint) -> Result<Draft, Error> {
    if html.len() > LARGEST_TEXT {
        return Err(Error::TooLarge { bytes: html.len() });
    }
    let nodes = tree::parse(html);
    let mut meta = meta::read(&nodes);
    let all = blocks(&nodes, 0, nodes.len(), is_around);
    let prose: Vec<&Block> = all.iter().filter(|b| is_prose(b)).collect();
    let written: usize = prose.iter().map(|b| b.words()).sum();
    if written < FEWEST_WORDS {
        return Err(Error::NoText);
    }
    let linked: usize = all.iter().filter(|b| b.links > 0.7).map(Block::words).sum();
    if !meta.is_article && linked > 3 * written {
        return Err(Error::Unsupported { kind: "a page of links to articles, not an article" });
    }
    let root = holder(&nodes, &prose);
    meta.published = meta.published.take().or_else(|| shown_day(&nodes, root));

    let mut draft = Draft { origin: hint.origin.to_owned(), ..Draft::default() };
    let heading = blocks(&nodes, 0, nodes.len(), is_hidden).into_iter().find(|b| b.tag == "h1");
    let heading = heading.map(|b| b.text);
    let (kicker, title) = title(&meta, heading.as_deref());
    let mut parts = Vec::new();
    parts.extend(kicker.map(|text| Part { kind: ParagraphKind::Kicker, text }));
    parts.extend(title.clone().map(|text| Part { kind: ParagraphKind::Title, text }));
    let mut body = body(&all, &nodes, root, title.as_deref());
    mark_lead(&meta, &mut body);
    parts.extend(lead(&meta, &all, &body));
    parts.extend(body);
    if !parts.iter().any(|p| p.kind.is_running_text()) {
        return Err(Error::NoText);
    }
    state(&meta, hint, &mut draft);
    let running = || parts.iter().filter(|p| p.kind.is_running_text());
    let agencies = running().take(2).flat_map(|p| credit::dateline_agencies(&p.text));
    let closing = running().next_back().map(|p| credit::closing_agencies(&p.text)).unwrap_or_default();
    let names: Vec<String> = agencies.chain(closing).collect();
    for name in names {
        credit::push_new(&mut draft.agencies, &name);
    }
    compose::fill(&mut draft, &parts);
    draft.language = language(&draft.text);
    Ok(draft)
}

/// Whether a page does not show the element.
pub(super) fn is_hidden(node: &Node) -> bool {
    node.attribute("hidden").is_some()
        || node.attribute("style").is_some_and(|s| s.replace(' ', "").contains("display:none"))
}

/// Whether the element is around an article by its name, its class or its id.
fn is_around(node: &Node) -> bool {
    if matches!(node.name.as_str(), "nav" | "footer" | "aside" | "form" | "button" | "dialog") {
        return true;
    }
    // A theme's switches on the whole page say nothing of it.
    if matches!(node.name.as_str(), "html" | "body" | "main" | "article" | "a" | "span" | "p") {
        return is_hidden(node);
    }
    let is_named = |names: &str| {
        let names = names.to_ascii_lowercase();
        AROUND.iter().any(|word| names.contains(word))
    };
    is_hidden(node) || ["class", "id"].into_iter().filter_map(|key| node.attribute(key)).any(is_named)
}

fn is_prose(block: &Block) -> bool {
    let words = block.words();
    words >= 8
        && block.links < 0.4
        && !matches!(block.tag.as_str(), "figcaption" | "caption" | "li" | "h1" | "h2" | "h3")
        && (line::ends_sentence(&block.text) || words >= 25)
        && chrome::chrome(&block.text, words).is_none()
}

/// The innermost element that holds nearly all of the prose.
fn holder(nodes: &[Node], prose: &[&Block]) -> usize {
    let mut held = vec![0_usize; nodes.len()];
    for block in prose {
        held[block.node] += block.text.len();
    }
    // Parents stand before their children, so one pass from the end sums up all below.
    for at in (1..nodes.len()).rev() {
        let below = held[at];
        held[nodes[at].parent] += below;
    }
    let all = held[0];
    let holds = |at: &usize| held[*at] * 100 >= all * 75 && !nodes[*at].name.is_empty();
    // The share that suffices is above a half: those that hold it lie within each other.
    (0..nodes.len()).rfind(holds).unwrap_or(0)
}

/// The day that the article shows, where the page states none: the first `time` of the element that
/// holds the article with its head. One beside it dates something else.
fn shown_day(nodes: &[Node], root: usize) -> Option<String> {
    let mut around = root;
    while around > 0 && !matches!(nodes[around].name.as_str(), "article" | "main") {
        around = nodes[around].parent;
    }
    let scope = if around > 0 { around } else { root };
    let mut inside = nodes[scope..nodes[scope].end].iter().filter(|n| n.name == "time");
    Some(inside.next()?.attribute("datetime")?.to_owned())
}

/// The lines of the article itself, typed.
fn body(all: &[Block], nodes: &[Node], root: usize, title: Option<&str>) -> Vec<Part> {
    let inside = |b: &&Block| (root..nodes[root].end).contains(&b.node);
    let mut parts: Vec<Part> = Vec::new();
    for block in all.iter().filter(inside) {
        let words = block.words();
        let kind = super::kind(block);
        let is_linked = block.links > 0.6 && (words < 25 || block.links > 0.9);
        let is_label = kind == ParagraphKind::Body && words < 4 && !line::ends_sentence(&block.text);
        let is_repeated = parts.last().is_some_and(|p| p.text == block.text);
        if is_linked
            || is_label && block.tag != "li"
            || is_repeated
            || block.tag == "h1"
            || title == Some(block.text.as_str())
            || chrome::chrome(&block.text, words).is_some()
        {
            continue;
        }
        parts.push(Part { kind, text: block.text.clone() });
    }
    // A heading stands above something; the last ones head lists that were left out.
    while parts.last().is_some_and(|p| p.kind == ParagraphKind::Heading) {
        parts.pop();
    }
    let first = parts.iter().position(|p| p.kind != ParagraphKind::Heading).unwrap_or(0);
    parts.drain(..first.saturating_sub(1));
    if let Some(last) = parts.last_mut()
        && credit::tail(&last.text).is_some_and(|agencies| !agencies.is_empty())
    {
        last.kind = ParagraphKind::Tail;
    }
    parts
}

/// The first paragraph is the lead where it is the description, word by word.
fn mark_lead(meta: &Meta, body: &mut [Part]) {
    let mut running = body.iter_mut().filter(|p| p.kind.is_running_text());
    if let (Some(first), Some(_)) = (running.next(), running.next())
        && Some(&first.text) == meta.description.as_ref()
    {
        first.kind = ParagraphKind::Lead;
    }
}

/// The description as lead, where the page shows the same words outside of the body.
fn lead(meta: &Meta, all: &[Block], body: &[Part]) -> Option<Part> {
    let words = meta.description.as_deref().filter(|d| d.split(' ').count() >= 5)?;
    let is_in_body = body.iter().any(|p| p.text.contains(words));
    let is_shown = all.iter().any(|b| b.text.contains(words));
    (is_shown && !is_in_body).then(|| Part { kind: ParagraphKind::Lead, text: words.to_owned() })
}

/// Kicker and title: structured data, what is shared, the first heading, the window's title.
fn title(meta: &Meta, heading: Option<&str>) -> (Option<String>, Option<String>) {
    let shared = meta.shared_title.as_deref().map(|t| without_site(t, meta.site.as_deref()));
    let window = meta.window_title.as_deref().map(|t| without_site(t, meta.site.as_deref()));
    let stated = meta.headline.as_deref().or(shared).or(heading).or(window).filter(|t| !t.is_empty());
    let Some(stated) = stated else { return (None, None) };
    let before = heading.and_then(|h| h.strip_suffix(stated)).map(|k| k.trim().trim_end_matches(':'));
    let kicker = before.filter(|k| !k.is_empty() && k.split(' ').count() <= 6);
    (kicker.map(str::to_owned), Some(stated.to_owned()))
}

/// `title` without " - Outlet" or " | Outlet" behind.
fn without_site<'a>(title: &'a str, site: Option<&str>) -> &'a str {
    let Some(site) = site else { return title };
    let without = title.strip_suffix(site).map(str::trim_end);
    without.and_then(|t| t.strip_suffix(['-', '–', '|', '—', '·', ':'])).map_or(title, str::trim_end)
}

/// Sets what the page states around the text.
fn state(meta: &Meta, hint: &Hint, draft: &mut Draft) {
    let address = meta.address.as_deref().and_then(outlet::web_address);
    draft.url = address.or_else(|| hint.url.and_then(outlet::web_address));
    let host = draft.url.as_deref().and_then(outlet::host);
    let by_host = host.and_then(|h| outlet::by_host(h, Basis::Derived));
    let stated = || meta.site.as_deref().and_then(outlet::stated);
    draft.source = match by_host {
        Some(mut source) => {
            if source.name.is_none() {
                source.name = stated().and_then(|s| s.name);
            }
            source
        }
        None => stated().unwrap_or_default(),
    };
    let day = meta.published.as_deref().and_then(first_date);
    draft.published = day.map_or(Published::Unknown, Published::Day);
    for name in meta.authors.iter().flat_map(|a| front::names(a)) {
        let name = ["Von ", "von ", "By ", "by "].iter().find_map(|p| name.strip_prefix(p)).unwrap_or(&name);
        let is_name = !name.contains(['@', '/', ':']) && !credit::is_agency(name);
        if is_name && name.split(' ').count() <= 5 && Some(name) != meta.site.as_deref() {
            credit::push_new(&mut draft.authors, &collapse(name));
        }
    }
}
