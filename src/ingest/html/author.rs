//! Who wrote an article: by structured data, by `meta` elements, by the line that says so.

use std::ops::Range;

use crate::model::Basis;
use crate::text::clean::{clean_line, collapse};
use crate::text::date::{dates, month};

use super::super::{credit, front, header, outlet};
use super::meta::Meta;
use super::page::Page;
use super::role::Role;

/// Longest line that may be a byline, in words.
const BYLINE_WORDS: usize = 24;

/// Elements and texts that an author's name takes at most.
const NAME_NODES: usize = 40;

/// Words with which a byline opens, and which are not of the name.
const OPENINGS: [&str; 18] = [
    "von:",
    "von",
    "by:",
    "by",
    "autor:",
    "autorin:",
    "autoren:",
    "author:",
    "authors:",
    "text:",
    "geschrieben von",
    "verfasst von",
    "posted by",
    "written by",
    "published by",
    "ein beitrag von",
    "ein artikel von",
    "beitrag von",
];

/// Words of a name that no person has.
const NO_PERSON: [&str; 26] = [
    "redaktion",
    "gmbh",
    "online",
    "editor",
    "editors",
    "staff",
    "team",
    "news",
    "zeitung",
    "admin",
    "verlag",
    "magazin",
    "magazine",
    "media",
    "agentur",
    "agenturen",
    "press",
    "correspondent",
    "reporter",
    "newsroom",
    "newsdesk",
    "desk",
    "germany",
    "deutschland",
    "guest",
    "webmaster",
];

/// The authors of an article whose text stands in the lines `body`.
pub(super) fn authors(page: &Page, meta: &Meta, body: &Range<usize>) -> Vec<String> {
    let mut names = Vec::new();
    for name in meta.authors.iter().flat_map(|a| front::names(a)) {
        let name = bare(&name);
        // Systems write the name of an account where they know no other.
        if name.starts_with(char::is_uppercase) && is_person(&name, meta) {
            credit::push_new(&mut names, &name);
        }
    }
    if names.is_empty() {
        names = linked(page, meta);
    }
    if names.is_empty() {
        let stated = meta.named_authors.iter().flat_map(|a| front::names(a)).map(|n| bare(&n));
        let stated: Vec<String> =
            stated.filter(|n| header::is_person_name(n) && is_person(n, meta)).collect();
        for name in &stated {
            credit::push_new(&mut names, name);
        }
    }
    if names.is_empty() {
        names = shown(page, meta, body);
    }
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
    let Some(rest) = paragraph.strip_prefix(author) else { return false };
    let next = rest.split(' ').nth(1).unwrap_or_default();
    rest.starts_with(' ') && NOTES.contains(&next)
        || rest.starts_with(", ") && rest.len() < 400 && rest.contains(" ist ")
}

/// Names in elements that say they hold the author's.
fn linked(page: &Page, meta: &Meta) -> Vec<String> {
    let mut names = Vec::new();
    for (at, node) in page.nodes.iter().enumerate() {
        let says = |key: &str| node.attribute(key).is_some_and(|v| v.split(' ').any(|w| w == "author"));
        let is_small = node.end - at <= NAME_NODES;
        if page.around[at] || node.name == "link" || !is_small || !(says("rel") || says("itemprop")) {
            continue;
        }
        let words: String = page.nodes[at..node.end].iter().map(|n| n.text.as_str()).collect();
        for name in front::names(&clean_line(&words)) {
            let name = bare(&name);
            if header::is_person_name(&name) && is_person(&name, meta) && names.len() < 6 {
                credit::push_new(&mut names, &name);
            }
        }
    }
    names
}

/// Names in the lines before and behind the text.
fn shown(page: &Page, meta: &Meta, body: &Range<usize>) -> Vec<String> {
    let title = page.title.filter(|t| *t <= body.start).unwrap_or(body.start);
    let near = (title.saturating_sub(6)..=body.start).chain(body.end.saturating_sub(2)..body.end + 6);
    for at in near.filter(|at| *at < page.lines.len()) {
        let line = &page.lines[at];
        if line.words() > BYLINE_WORDS || page.roles[line.node].is(Role::COMMENT) {
            continue;
        }
        let text = before_day(&line.text);
        let signed = header::authors(&text).or_else(|| {
            let opened = opened(&text).or_else(|| inner_byline(&line.text))?;
            header::authors(&format!("Von {}", before_day(opened)))
        });
        let alone = || {
            // A name alone where the page calls it a byline, or with the day behind it.
            let is_dated = text.len() < line.text.len() && !dates(&line.text).is_empty();
            let is_byline = is_dated || page.role_within(at, 0).is(Role::BYLINE);
            let is_name = header::is_person_name(&text) && opened(&text).is_none();
            (is_byline && is_name).then(|| vec![text.clone()])
        };
        let mut names: Vec<String> = signed.or_else(alone).unwrap_or_default();
        names.retain(|name| is_person(name, meta));
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

/// What follows the words that open a byline.
fn opened(text: &str) -> Option<&str> {
    OPENINGS.iter().find_map(|opening| {
        let rest = text.get(opening.len()..)?;
        let start = text.get(..opening.len())?;
        (start.eq_ignore_ascii_case(opening) && rest.starts_with(' ')).then_some(rest.trim_start())
    })
}

/// What follows "by" in a line that also dates the article: "3. Mai 2021 von Erika Muster".
fn inner_byline(line: &str) -> Option<&str> {
    if dates(line).is_empty() {
        return None;
    }
    [" von ", " VON ", " Von ", " by ", " By ", " BY "]
        .iter()
        .find_map(|by| line.split_once(by))
        .map(|(_, name)| name)
}

/// Days of the week, and others that go without a number.
const DAYS: [&str; 20] = [
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "gestern",
    "heute",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "today",
    "yesterday",
    "tonight",
];

/// `line` up to the day or the time that stands behind a name.
fn before_day(line: &str) -> String {
    const SMALL: [&str; 9] = ["on", "am", "at", "vom", "um", "in", "posted", "published", "updated"];
    let end = line.find(|c: char| c.is_ascii_digit() || matches!(c, '|' | '•' | '·' | '@' | '—' | '–'));
    let mut words: Vec<&str> = line.get(..end.unwrap_or(line.len())).unwrap_or_default().split(' ').collect();
    let mut is_cut = end.is_some();
    while let Some((last, before)) = words.split_last().filter(|(_, before)| !before.is_empty()) {
        let word = last.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = word.to_lowercase();
        // Some people are called Freitag or May: a day has something behind it, and a name before it.
        let is_day =
            || is_cut && (month(word).is_some() || DAYS.contains(&lower.as_str())) && has_name(before);
        if !(word.is_empty() || SMALL.contains(&lower.as_str()) || is_day()) {
            break;
        }
        is_cut |= !word.is_empty();
        words.pop();
    }
    let words = collapse(&words.join(" "));
    words
        .trim_end_matches([',', ':', '-'])
        .trim_start_matches(['/', '-', ' '])
        .trim_end_matches(['/', ' '])
        .to_owned()
}

/// Whether the words are as many as a name has, without what opens a byline.
fn has_name(words: &[&str]) -> bool {
    let words = words.join(" ");
    opened(&words).unwrap_or(&words).split(' ').count() >= 2
}

/// A name without what opens a byline.
fn bare(name: &str) -> String {
    collapse(opened(name).unwrap_or(name))
}

fn is_person(name: &str, meta: &Meta) -> bool {
    let lower = name.to_lowercase();
    let is_site = meta.site.as_deref().is_some_and(|site| {
        let site = site.to_lowercase();
        site == lower || site.contains(&lower) || lower.contains(&site)
    });
    !is_site
        && !name.contains(['@', '/', ':', '{', '<', '_'])
        && !name.contains("www.")
        && !credit::is_agency(name)
        && outlet::by_name(name, Basis::Derived).is_none()
        && name.split(' ').count() <= 5
        && name.chars().count() <= 60
        && !lower.split([' ', '-', '.']).any(|word| NO_PERSON.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_end_before_their_day() {
        for (line, name) in [
            ("By Jane Doe Tuesday, Aug. 17, 2010", "By Jane Doe"),
            ("Von Erika Muster | 3. Mai 2021", "Von Erika Muster"),
            ("by: Jane Doe", "by: Jane Doe"),
            ("Erika Muster am Montag, 3. Mai", "Erika Muster"),
            ("Von Erika Freitag", "Von Erika Freitag"),
            ("Von Erika Sonntag | 3. Mai 2021", "Von Erika Sonntag"),
            ("By Jane Faraday, Tuesday, Aug. 17", "By Jane Faraday"),
            ("By Jane Halliday 17 August", "By Jane Halliday"),
            ("Erika Mai", "Erika Mai"),
            ("Erika Muster gestern um 12:30", "Erika Muster"),
        ] {
            assert_eq!(before_day(line), name);
        }
        assert_eq!(opened("by: Jane Doe"), Some("Jane Doe"));
        assert_eq!(opened("Byron Doe"), None);
    }

    #[test]
    fn outlets_and_accounts_are_no_persons() {
        let meta = Meta { site: Some("Uferbote".into()), ..Meta::default() };
        for name in
            ["Uferbote", "Uferbote Redaktion", "dpa", "a@uferbote.example", "Ufer GmbH", "Online-Redaktion"]
        {
            assert!(!is_person(name, &meta), "{name}");
        }
        assert!(is_person("Erika Muster", &meta));
    }
}
