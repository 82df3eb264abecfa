//! The lines of the article, typed, once the element that holds it is known.

use std::collections::HashSet;
use std::ops::Range;

use crate::model::ParagraphKind;

use crate::text::date::dates;

use super::super::chrome;
use super::super::compose::Part;
use super::super::line::ends_sentence;
use super::super::{credit, header};
use super::block::Block;
use super::meta::Meta;
use super::page::{FEWEST_WORDS, Page};
use super::role::Role;

/// Words of a section at the end that is about something else, in percent of the article.
const LAST_SECTION: usize = 40;

/// Words of a heading that tells as much as a summary.
const SUMMARY_WORDS: usize = 12;

/// A typed line of the article and where it stands.
pub(super) struct Placed {
    pub part: Part,
    pub line: usize,
}

/// The lines of the article in element `root`; `title` is not repeated.
pub(super) fn lines(page: &Page, root: usize, title: Option<&str>) -> Vec<Placed> {
    let first = page.title.filter(|&t| page.holds(root, page.lines[t].node)).map_or(0, |t| t + 1);
    let mut found: Vec<Placed> = Vec::new();
    let mut written = 0;
    // Some pages repeat a text, for printing or for another width of the screen.
    let mut known: HashSet<&str> = HashSet::new();
    for at in first..page.lines.len() {
        let line = &page.lines[at];
        if !page.holds(root, line.node) || page.is_around(at) {
            continue;
        }
        if written >= FEWEST_WORDS && chrome::opens_comments(&line.text, line.is_heading()) {
            break;
        }
        let is_repeated = found.last().is_some_and(|p| p.part.text == line.text)
            || page.prose[at] && !known.insert(line.text.as_str());
        if is_repeated || title == Some(line.text.as_str()) {
            continue;
        }
        let Some(kind) = kind(page, at, root, written) else { continue };
        if kind.is_running_text() {
            written += line.words();
        }
        found.push(Placed { part: Part { kind, text: line.text.clone() }, line: at });
    }
    without_last_sections(&mut found, written);
    without_legal(&mut found, written);
    // A heading stands above something; the last ones head lists that were left out.
    while found.last().is_some_and(|p| p.part.kind == ParagraphKind::Heading) {
        found.pop();
    }
    let text = found.iter().position(|p| p.part.kind.is_running_text()).unwrap_or(0);
    // Before the text only a heading as long as a summary is its own.
    let is_own = |p: &Placed| {
        p.part.kind != ParagraphKind::Heading
            || p.part.text.split(' ').count() >= SUMMARY_WORDS
            || p.part.text.split(' ').count() >= 2 && is_beside_text(page, p.line)
    };
    let head: Vec<Placed> = found.drain(..text).filter(is_own).collect();
    found.splice(0..0, head);
    if let Some(last) = found.last_mut()
        && credit::tail(&last.part.text).is_some_and(|agencies| !agencies.is_empty())
    {
        last.part.kind = ParagraphKind::Tail;
    }
    found
}

/// What line `at` is in the article; `None` leaves it out. `written`: words of the text before it.
fn kind(page: &Page, at: usize, root: usize, written: usize) -> Option<ParagraphKind> {
    let line = &page.lines[at];
    let words = line.words();
    let is_prose = page.prose[at];
    let role = page.role_within(at, root);
    let kind = match super::kind(line) {
        ParagraphKind::Body if role.is(Role::CREDIT) && words <= 25 => ParagraphKind::Credit,
        ParagraphKind::Body if role.is(Role::CAPTION) || is_in_figure(page, line, root) => {
            ParagraphKind::Caption
        }
        kind => kind,
    };
    if matches!(kind, ParagraphKind::Credit | ParagraphKind::Caption) {
        return (line.links < 0.6).then_some(kind);
    }
    let is_linked = line.links > 0.6 && (words < 25 || line.links > 0.9);
    if is_linked || line.tag == "h1" && words < 3 || chrome::chrome(&line.text, words).is_some() {
        return None;
    }
    let is_head = written == 0 && !is_prose;
    // Points that sum up, or a menu.
    if is_head && line.tag == "li" && !(words >= 8 && ends_sentence(&line.text)) {
        return None;
    }
    if !is_prose && role.is(Role::BYLINE) && words <= 25 {
        return None;
    }
    if is_head && (header::meta(&line.text).is_some() || header::authors(&line.text).is_some()) {
        return None;
    }
    let is_label = kind == ParagraphKind::Body && words < 4 && !ends_sentence(&line.text);
    if is_label && line.tag != "li" {
        return None;
    }
    // What stands before the text and is no sentence is furniture, but for lines beside the text.
    let is_own = || words >= 4 && line.tag == "p" && dates(&line.text).is_empty() && is_beside_text(page, at);
    if is_head && kind == ParagraphKind::Body && !ends_sentence(&line.text) && !is_own() {
        return None;
    }
    Some(kind)
}

/// Whether one of the next lines is prose in the same element.
fn is_beside_text(page: &Page, at: usize) -> bool {
    let parent = |at: usize| page.nodes[page.lines[at].node].parent;
    (at + 1..(at + 4).min(page.lines.len())).any(|next| page.prose[next] && parent(next) == parent(at))
}

fn is_in_figure(page: &Page, line: &Block, root: usize) -> bool {
    let mut node = line.node;
    for _ in 0..5 {
        if node <= root {
            return false;
        }
        if page.nodes[node].name == "figure" {
            return true;
        }
        node = page.nodes[node].parent;
    }
    false
}

/// Drops sections at the end whose heading says that they are about the author, other articles or
/// the page.
fn without_last_sections(found: &mut Vec<Placed>, written: usize) {
    let mut behind = 0;
    let mut cut = None;
    for (at, placed) in found.iter().enumerate().rev() {
        if placed.part.kind.is_running_text() {
            behind += placed.part.text.split(' ').count();
        }
        if behind * 100 > written * LAST_SECTION {
            break;
        }
        let words = placed.part.text.split(' ').count();
        if words <= 8 && chrome::heads_other(&placed.part.text) {
            cut = Some(at);
        }
    }
    if let Some(at) = cut {
        found.truncate(at);
    }
}

/// Drops what ends a text of `written` words and says whose the page is, where enough remains.
///
/// Only short lines: an article may be about such words.
fn without_legal(found: &mut Vec<Placed>, written: usize) {
    const LONGEST: usize = 40;
    let mut left = written;
    while let Some(last) = found.last().filter(|p| chrome::is_legal(&p.part.text)) {
        let words = last.part.text.split(' ').count();
        if words > LONGEST {
            return;
        }
        left = left.saturating_sub(words);
        if left < FEWEST_WORDS {
            return;
        }
        found.pop();
    }
}

/// The lead: what the page describes the article with where it shows the same words, else what it
/// calls so, else a long heading under the title, else a first paragraph in bold.
pub(super) fn take_lead(page: &Page, meta: &Meta, body: &mut Vec<Placed>, range: &Range<usize>) {
    let running = |p: &&mut Placed| p.part.kind.is_running_text();
    let several = body.iter().filter(|p| p.part.kind.is_running_text()).count() > 1;
    let described = meta.description.as_deref().filter(|d| d.split(' ').count() >= 5).map(letters);
    let described = described.as_deref();
    if several
        && let Some(first) = body.iter_mut().find(running)
        && (described.is_some_and(|d| says_the_same(d, &first.part.text))
            || page.role_within(first.line, 0).is(Role::LEAD)
                && !page.role_within(first.line, 0).is(Role::BODY)
            || page.lines[first.line].bold > 0.9 && first.part.text.split(' ').count() >= 8)
    {
        first.part.kind = ParagraphKind::Lead;
        return;
    }
    if let Some(lines) = described.and_then(|d| opening_lines(d, body)) {
        for placed in body.iter_mut().filter(|p| p.part.kind.is_running_text()).take(lines) {
            placed.part.kind = ParagraphKind::Lead;
        }
        return;
    }
    // Points above the text sum it up.
    let points = body.iter().filter(|p| p.part.kind.is_running_text());
    let points = points.take_while(|p| page.lines[p.line].tag == "li").count();
    let all = body.iter().filter(|p| p.part.kind.is_running_text()).count();
    if (1..=6).contains(&points) && points * 2 < all {
        for placed in body.iter_mut().filter(|p| p.part.kind.is_running_text()).take(points) {
            placed.part.kind = ParagraphKind::Lead;
        }
        return;
    }
    let from = page.title.filter(|t| *t < range.start);
    let is_caption = |at: usize| page.role_within(at, 0).is(Role::CAPTION);
    let shown = described.and_then(|d| {
        let mut lines = page.lines.iter().enumerate();
        lines.find(|(at, l)| l.links < 0.5 && says_the_same(d, &l.text) && !is_caption(*at)).map(|(_, l)| l)
    });
    let between = || {
        let lines = page.lines.get(from? + 1..range.start)?.iter().enumerate();
        let place = |at: usize| from.unwrap_or(0) + 1 + at;
        lines.filter(|(at, _)| !page.is_around(place(*at))).find_map(|(at, line)| {
            let words = line.words();
            let is_named = words >= 5 && page.role_within(place(at), 0).is(Role::LEAD);
            let is_long_heading = line.is_heading() && line.tag != "h1" && words >= 7;
            let is_other = line.links > 0.5
                || is_caption(place(at))
                || Some(line.text.as_str()) == page.title.map(|t| page.lines[t].text.as_str())
                || chrome::chrome(&line.text, words).is_some();
            ((is_named || is_long_heading) && !is_other).then_some(line)
        })
    };
    let Some(lead) = shown.or_else(between) else { return };
    // A heading above the text that tells as much as a summary.
    let is_heading = |p: &&mut Placed| p.part.kind == ParagraphKind::Heading && p.part.text == lead.text;
    if let Some(heading) = body.iter_mut().find(is_heading) {
        heading.part.kind = ParagraphKind::Lead;
        return;
    }
    if body.iter().any(|p| p.part.text.contains(&lead.text)) {
        return;
    }
    let part = Part { kind: ParagraphKind::Lead, text: lead.text.clone() };
    body.insert(0, Placed { part, line: range.start });
}

/// How many of the first lines make up the description `all`, of which only letters and digits are
/// given, where two or three do.
fn opening_lines(all: &str, body: &[Placed]) -> Option<usize> {
    let mut rest = all;
    let running = body.iter().filter(|p| p.part.kind.is_running_text());
    let mut lines = 0;
    for placed in running.take(3) {
        let Some(behind) = rest.strip_prefix(letters(&placed.part.text).as_str()) else { break };
        rest = behind;
        lines += 1;
    }
    (lines >= 2 && rest.len() * 5 <= all.len()).then_some(lines)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a description, perhaps cut off, says what `line` says; of the former, only letters and
/// digits are given.
fn says_the_same(described: &str, line: &str) -> bool {
    if described.len() < 20 {
        return false;
    }
    let shown = letters(line);
    described == shown
        || shown.starts_with(described) && shown.len() * 10 <= described.len() * 15
        || described.starts_with(&shown) && described.len() * 10 <= shown.len() * 13
}
