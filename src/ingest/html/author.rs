//! Who wrote an article: by structured data, by elements that say so, by `meta` elements, by the
//! line that says so.

use std::ops::Range;

use crate::text::clean::clean_line;
use crate::text::date::dates;

use super::super::{credit, header};
use super::byline;
use super::meta::Meta;
use super::page::Page;
use super::role::Role;

/// Longest line that may be a byline, in words; the same between the paragraphs of the text.
const BYLINE_WORDS: usize = 24;
const BYLINE_WORDS_INSIDE: usize = 10;

/// Elements and texts that an author's name takes at most.
const NAME_NODES: usize = 60;

/// Most nodes between the elements that name the authors of one article.
const NAMES_APART: usize = 24;

/// Most authors of an article that elements of its page name.
const MOST_AUTHORS: usize = 6;

/// The authors of an article whose text stands in the lines `body`.
///
/// What structured data state is taken as it is; else the first of these that names a person: elements
/// that state the author's name, a `meta` element where the page shows the name, elements so called, the
/// byline, boxes about the author, a `meta` element.
pub(super) fn authors(page: &Page, meta: &Meta, body: &Range<usize>) -> Vec<String> {
    let mut names = Vec::new();
    for name in meta.authors.iter().flat_map(|a| byline::names(a)) {
        // Systems write the name of an account where they know no other.
        if name.starts_with(char::is_uppercase) && byline::is_person(&name, meta) {
            credit::push_new(&mut names, &name);
        }
    }
    let stated: Vec<String> = meta.named_authors.iter().flat_map(|a| byline::people(a, meta)).collect();
    let mut take = |found: &dyn Fn() -> Vec<String>| {
        if names.is_empty() {
            for name in found().iter().take(MOST_AUTHORS) {
                credit::push_new(&mut names, name);
            }
        }
    };
    take(&|| held(page, meta, &page.around, says_author));
    take(&|| stated.iter().filter(|name| is_shown(page, name)).cloned().collect());
    take(&|| held(page, meta, &page.around, is_so_called));
    take(&|| held(page, meta, &page.elsewhere, says_author));
    take(&|| shown(page, meta, body));
    take(&|| held(page, meta, &page.elsewhere, is_so_called));
    take(&|| stated.clone());
    names
}

/// What an outlet's note on its author goes on with behind the name.
const NOTES: [&str; 26] = [
    "ist",
    "war",
    "kam",
    "arbeitet",
    "schreibt",
    "leitet",
    "berichtet",
    "studierte",
    "hat",
    "lebt",
    "wurde",
    "begann",
    "beschäftigt",
    "is",
    "was",
    "works",
    "writes",
    "covers",
    "reports",
    "has",
    "joined",
    "lives",
    "currently",
    "studied",
    "can",
    "fell",
];

/// Whether a paragraph is an outlet's note on its author: "Erika Muster ist Redakteurin".
pub(super) fn is_about(author: &str, paragraph: &str) -> bool {
    // "Jane de Vries" signs as "Jane De Vries".
    let Some(start) = paragraph.get(..author.len()) else { return false };
    let rest = paragraph.get(author.len()..).unwrap_or_default();
    if start != author && start.to_lowercase() != author.to_lowercase() {
        return false;
    }
    let next = rest.split(' ').nth(1).unwrap_or_default();
    rest.starts_with(' ') && NOTES.contains(&next)
        || rest.starts_with(", ") && rest.len() < 400 && rest.contains(" ist ")
}

/// Whether the page shows the name in one of its lines.
fn is_shown(page: &Page, name: &str) -> bool {
    page.lines.iter().any(|line| line.text.contains(name))
}

/// Whether the element states that it holds an author's name.
fn says_author(page: &Page, at: usize) -> bool {
    let node = &page.nodes[at];
    let says = |key: &str| node.attribute(key).is_some_and(|v| v.split(' ').any(|word| word == "author"));
    node.name != "link" && (says("rel") || says("itemprop"))
}

/// Whether the element is called after who wrote the article.
fn is_so_called(page: &Page, at: usize) -> bool {
    page.roles[at].is(Role::WRITER) && !page.roles[at].is(Role::COMMENT)
}

/// The names in the first elements that `is_name` tells to hold the author's, and in those next to
/// them; what `aside` marks is left out.
fn held(page: &Page, meta: &Meta, aside: &[bool], is_name: fn(&Page, usize) -> bool) -> Vec<String> {
    let mut names = Vec::new();
    let mut last = None;
    for (at, node) in page.nodes.iter().enumerate() {
        let is_small = node.end - at <= NAME_NODES;
        if aside[at] || node.name.is_empty() || !is_small || !is_name(page, at) {
            continue;
        }
        if last.is_some_and(|end| at > end + NAMES_APART) {
            break;
        }
        let found = in_element(page, meta, at..node.end);
        if !found.is_empty() {
            last = last.max(Some(node.end));
        }
        for name in &found {
            credit::push_new(&mut names, name);
        }
    }
    names
}

/// The names in the texts of an element: those of the first text that has any, and of those behind it
/// that only a comma or "und" parts from it.
fn in_element(page: &Page, meta: &Meta, nodes: Range<usize>) -> Vec<String> {
    const JOINTS: [&str; 7] = [",", "und", "and", "&", "/", ";", ", and"];
    let mut names = Vec::new();
    let mut is_joined = true;
    let mut all = String::new();
    for node in &page.nodes[nodes] {
        let text = clean_line(&node.text);
        if text.is_empty() {
            continue;
        }
        if !all.is_empty() {
            all.push(' ');
        }
        all.push_str(&text);
        if JOINTS.contains(&text.as_str()) {
            is_joined = true;
            continue;
        }
        let is_short = text.split(' ').count() <= BYLINE_WORDS_INSIDE;
        let found = if is_short { byline::people(&text, meta) } else { Vec::new() };
        if found.is_empty() || !is_joined {
            if names.is_empty() {
                continue;
            }
            break;
        }
        names.extend(found);
        is_joined = text.ends_with([',', '&', '/']) || text.ends_with(" und") || text.ends_with(" and");
    }
    // A name in several texts: the last name in bold.
    let is_name = names.is_empty() && all.split(' ').count() <= BYLINE_WORDS_INSIDE;
    if is_name { byline::people(&all, meta) } else { names }
}

/// Names in the lines before, in and behind the text.
fn shown(page: &Page, meta: &Meta, body: &Range<usize>) -> Vec<String> {
    let title = page.title.filter(|t| *t <= body.start).unwrap_or(body.start);
    let near = (title.saturating_sub(6)..body.start + 4).chain(body.end.saturating_sub(3)..body.end + 8);
    for at in near.filter(|at| *at < page.lines.len()) {
        let line = &page.lines[at];
        let is_inside = body.contains(&at) && at > body.start;
        if page.roles[line.node].is(Role::COMMENT) {
            continue;
        }
        let closing = if body.contains(&at) { byline::closing(&line.text, meta) } else { Vec::new() };
        if !closing.is_empty() {
            return closing;
        }
        if line.words() > if is_inside { BYLINE_WORDS_INSIDE } else { BYLINE_WORDS } {
            continue;
        }
        let mut names = byline::signed(&line.text, meta);
        if names.is_empty() && !is_inside {
            names = alone(page, meta, at);
        }
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

/// A name alone on line `at` where the page calls it a byline, or with the day behind it.
fn alone(page: &Page, meta: &Meta, at: usize) -> Vec<String> {
    let line = &page.lines[at];
    let text = byline::before_day(&line.text);
    let is_dated = text.len() < line.text.len() && !dates(&line.text).is_empty();
    let is_byline = is_dated || page.role_within(at, 0).is(Role::BYLINE);
    let is_name = header::is_person_name(&text) && byline::opened(&text).is_none();
    if is_byline && is_name && byline::is_person(&text, meta) { vec![text] } else { Vec::new() }
}
