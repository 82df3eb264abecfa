//! Finds the article on a page.
//!
//! Prose votes for the elements that hold it; the innermost element with nearly all of the votes
//! holds the article. What repeats around articles (bars, boxes, teasers, comments) is known by the
//! names of its elements, by links and by its words; prose outweighs names.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::model::{Basis, Draft, ParagraphKind, Published};
use crate::text::language::language;

use super::super::compose::{self, Part};
use super::super::{Error, Hint, LARGEST_TEXT, outlet, record};
use super::body::{self, Placed};
use super::meta::{self, Meta};
use super::page::{FEWEST_WORDS, Page};
use super::{author, day, holder, title, tree};

/// Words from which a text among links is an article and no introduction to them.
const OVERVIEW_WORDS: usize = 150;

/// Most lines between a title and its text.
const HEAD_LINES: usize = 12;

/// Words of a text in structured data that is no summary.
const STATED_WORDS: usize = 60;

/// The article of a page.
///
/// # Errors
/// `TooLarge`; `Unsupported` for a page of links; `NoText` where no prose is found.
pub(in crate::ingest) fn article(html: &str, hint: &Hint) -> Result<Draft, Error> {
    let html = without_embedded(html);
    if html.len() > LARGEST_TEXT {
        return Err(Error::TooLarge { bytes: html.len() });
    }
    let nodes = tree::parse(&html);
    let meta = meta::read(&html, &nodes);
    let mut page = Page::new(nodes);
    let stated = title::stated(&meta, &page.lines);
    page.title = title::shown(&stated, &page.lines);
    page.is_named = page.title.is_some_and(|at| title::is_stated(&stated, &page.lines[at].text));
    page.mark_around();
    let root = holder::holder(&page);
    let shown = page.title.map(|at| page.lines[at].text.clone());
    let (kicker, title) = title::choose(&meta, &stated, shown.as_deref());
    let mut found = body::lines(&page, root, title.as_deref());
    let first = found.iter().find(|p| p.part.kind.is_running_text()).map_or(0, |p| p.line);
    let last = found.last().map_or(first, |p| p.line + 1);
    let range = first..last.max(first);
    let is_shown = words(&found) >= FEWEST_WORDS && !is_elsewhere(&meta, &found);
    if !is_shown {
        found = stated_body(&meta);
    }
    let authors = author::authors(&page, &meta, &range);
    found.retain(|p| !authors.iter().any(|name| author::is_about(name, &p.part.text)));
    refuse(&page, &meta, &found)?;
    // What is only stated stands in no line of the page.
    if is_shown {
        body::take_lead(&page, &meta, &mut found, &range);
    }

    let mut draft = Draft { origin: hint.origin.to_owned(), authors, ..Draft::default() };
    let mut parts = Vec::with_capacity(found.len() + 2);
    parts.extend(kicker.map(|text| Part { kind: ParagraphKind::Kicker, text }));
    parts.extend(title.map(|text| Part { kind: ParagraphKind::Title, text }));
    parts.extend(found.into_iter().map(|p| p.part));
    state(&meta, hint, &mut draft);
    record::note_agencies(&parts, &mut draft);
    compose::fill(&mut draft, &parts);
    draft.language = language(&draft.text);
    let day = day::published(&page, &meta, draft.url.as_deref(), &range, root, draft.language);
    draft.published = day.map_or(Published::Unknown, Published::Day);
    Ok(draft)
}

/// `html` without the files that programs embed when they save a page (`data:` addresses): they may
/// be many times as long as the page, and nothing of them is read.
fn without_embedded(html: &str) -> Cow<'_, str> {
    const SHORTEST: usize = 200;
    if html.len() <= LARGEST_TEXT {
        return Cow::Borrowed(html);
    }
    let is_data = |c: char| c.is_ascii_alphanumeric() || "+/=%;,:.-_".contains(c);
    let mut kept = String::with_capacity(LARGEST_TEXT);
    let mut rest = html;
    while let Some(at) = rest.find("data:") {
        let (before, data) = rest.split_at(at);
        let end = data.find(|c| !is_data(c)).unwrap_or(data.len());
        kept.push_str(before);
        kept.push_str(if end < SHORTEST { data.get(..end).unwrap_or_default() } else { "data:" });
        rest = data.get(end..).unwrap_or_default();
        if kept.len() > LARGEST_TEXT {
            break;
        }
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

fn words(found: &[Placed]) -> usize {
    let running = found.iter().filter(|p| p.part.kind.is_running_text());
    running.map(|p| p.part.text.split(' ').count()).sum()
}

/// The text by structured data, for pages that only a script would fill.
fn stated_body(meta: &Meta) -> Vec<Placed> {
    let Some(body) = meta.body.as_deref() else { return Vec::new() };
    let parts = super::fragment(&body.replace('\n', "<br><br>"));
    parts.into_iter().map(|part| Placed { part, line: 0 }).collect()
}

/// Whether structured data hold the text, and what was found is something else: less than half of its
/// words.
fn is_elsewhere(meta: &Meta, found: &[Placed]) -> bool {
    let Some(body) = meta.body.as_deref() else { return false };
    let split = |text: &str| -> Vec<u64> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3);
        words
            .map(|word| word.bytes().fold(0, |sum: u64, b| sum.wrapping_mul(31).wrapping_add(b.into())))
            .collect()
    };
    let stated = split(body);
    let shown: HashSet<u64> = found.iter().flat_map(|placed| split(&placed.part.text)).collect();
    let common = stated.iter().filter(|word| shown.contains(word)).count();
    stated.len() >= STATED_WORDS && common * 2 < stated.len()
}

/// Refuses what holds no article.
fn refuse(page: &Page, meta: &Meta, found: &[Placed]) -> Result<(), Error> {
    let written = words(found);
    if written < FEWEST_WORDS {
        let kind = "the beginning of an article for subscribers; its text is not in the file";
        return Err(if meta.is_closed { Error::Unsupported { kind } } else { Error::NoText });
    }
    // Links as long as headlines; those of menus are shorter.
    let headlines = page.lines.iter().filter(|l| l.links > 0.7).map(super::block::Block::words);
    let linked: usize = headlines.filter(|words| *words >= 6).sum();
    if !meta.is_article && written < OVERVIEW_WORDS && linked > 3 * written && !is_headed(page, found) {
        return Err(Error::Unsupported { kind: "a page of links to articles, not an article" });
    }
    Ok(())
}

/// Whether the text follows a heading that the page is named after: a short article among many links.
fn is_headed(page: &Page, found: &[Placed]) -> bool {
    let Some(title) = page.title else { return false };
    let line = &page.lines[title];
    let first = found.iter().find(|placed| placed.part.kind.is_running_text());
    let follows = first.is_some_and(|first| (title + 1..title + HEAD_LINES).contains(&first.line));
    page.is_named
        && line.is_heading()
        && line.links < 0.5
        && line.words() >= 4
        && follows
        && words(found) >= 40
}

/// Sets address and outlet as the page states them.
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
}
