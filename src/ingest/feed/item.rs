//! One article of a feed: what its fields say, put together as a draft.

use crate::model::{Basis, Draft, Language, ParagraphKind, Published, Source};
use crate::text::clean::{clean, clean_line};
use crate::text::language::language;

use super::super::compose::{self, Part};
use super::super::{chrome, credit, headline, html, outlet, record};
use super::Channel;
use super::text::{Content, looks_marked_up};

/// Letters of a summary that tell whether the text begins with it.
const OPENING: usize = 60;

/// What a feed says of an article.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    pub title: Option<Content>,
    /// Its page, http(s).
    pub url: Option<String>,
    pub key: Option<String>,
    pub published: Option<String>,
    pub authors: Vec<String>,
    /// The whole text, where the feed has it.
    pub text: Option<Content>,
    pub summary: Option<Content>,
    pub language: Option<String>,
    /// Where a feed of feeds has it from: name or address.
    pub source: Option<String>,
}

/// The article; `None` where there are no words at all.
pub(super) fn draft(item: &Item, channel: &Channel, origin: &str) -> Option<Draft> {
    let mut draft = Draft { origin: origin.to_owned(), ..Draft::default() };
    draft.key = item.key.as_deref().map(clean_line).filter(|key| !key.is_empty());
    draft.url = item.url.as_deref().and_then(outlet::web_address);
    let day = item.published.as_deref().and_then(super::day::day);
    draft.published = day.map_or(Published::Unknown, Published::Day);
    draft.source = source(item, channel, draft.url.as_deref());
    for name in item.authors.iter().filter_map(|author| name(author)) {
        credit::push_new(&mut draft.authors, &name);
    }
    let title = item.title.as_ref().map(line).filter(|title| !title.is_empty());
    let parts = parts(title.as_deref(), item);
    if parts.is_empty() {
        return None;
    }
    record::note_agencies(&parts, &mut draft);
    compose::fill(&mut draft, &parts);
    draft.language = match language(&draft.text) {
        // Too short to tell.
        Language::Other => item
            .language
            .as_deref()
            .or(channel.language.as_deref())
            .and_then(record::language_by_name)
            .unwrap_or(Language::Other),
        told => told,
    };
    Some(draft)
}

/// Title, lead and text.
fn parts(title: Option<&str>, item: &Item) -> Vec<Part> {
    let mut parts: Vec<Part> =
        title.map(|text| Part { kind: ParagraphKind::Title, text: text.to_owned() }).into_iter().collect();
    let from = parts.len();
    let summary = item.summary.as_ref().map(|summary| paragraphs(summary, title)).unwrap_or_default();
    let text = item.text.as_ref().map(|text| paragraphs(text, title)).unwrap_or_default();
    if length(&text) < length(&summary) {
        parts.extend(summary);
        return parts;
    }
    if let [lead] = summary.as_slice()
        && length(&text) > 2 * lead.text.len()
        && !begins_with(&text, &lead.text)
    {
        parts.push(Part { kind: ParagraphKind::Lead, text: lead.text.clone() });
        parts.extend(text);
    } else {
        parts.extend(text);
        headline::mark_lead_of_parts(&mut parts, from);
    }
    parts
}

fn length(parts: &[Part]) -> usize {
    parts.iter().map(|part| part.text.len()).sum()
}

/// Whether a text begins with its summary, which may be cut off.
fn begins_with(text: &[Part], summary: &str) -> bool {
    let letters =
        |words: &str| words.chars().filter(|c| c.is_alphanumeric()).take(OPENING).collect::<String>();
    let opening = letters(summary);
    let whole: String = text.iter().take(3).map(|part| part.text.as_str()).collect();
    letters(&whole).starts_with(&opening)
        || text.iter().take(3).any(|part| letters(&part.text).starts_with(&opening))
}

/// The paragraphs of a text without the title said again and what programs put around it.
fn paragraphs(content: &Content, title: Option<&str>) -> Vec<Part> {
    let mut parts = match content {
        Content::Html(html) => html::fragment(html),
        Content::Text(text) => {
            let lines = clean(text);
            let lines = lines.lines().map(clean_line).filter(|line| !line.is_empty());
            lines.map(|text| Part { kind: ParagraphKind::Body, text }).collect()
        }
    };
    parts.retain(|part| {
        let words = part.text.split(' ').count();
        Some(part.text.as_str()) != title
            && chrome::chrome(&part.text, words).is_none()
            && !is_signature(&part.text)
    });
    parts
}

/// The line that blogs put below each article of their feed, in the words of the most used program.
fn is_signature(line: &str) -> bool {
    line.starts_with("The post ") && line.contains(" appeared first on ")
        || line.starts_with("Der Beitrag ")
            && (line.contains(" erschien zuerst auf ") || line.contains(" erschien zuerst bei "))
}

/// What a title says, on one line.
pub(super) fn line(content: &Content) -> String {
    let text = content.as_str();
    let is_markup = matches!(content, Content::Html(_)) && (text.contains('&') || looks_marked_up(text));
    if is_markup || !text.contains('<') && text.contains('&') {
        return html::words(text);
    }
    clean_line(text)
}

/// The outlet: of the article's page, else where the feed has it from, else the feed's own.
fn source(item: &Item, channel: &Channel, url: Option<&str>) -> Source {
    let of_host = |url: &str| outlet::by_host(outlet::host(url)?, Basis::Derived);
    let stated = |name: &str| outlet::stated(&clean_line(name));
    let from = item.source.as_deref().and_then(|named| of_host(named).or_else(|| stated(named)));
    url.and_then(of_host)
        .or(from)
        .or_else(|| channel.site.as_deref().and_then(of_host))
        .or_else(|| channel.title.as_deref().and_then(stated))
        .unwrap_or_default()
}

/// The name in `mail@host (Name)`, `Name <mail@host>`, or a name alone.
fn name(author: &str) -> Option<String> {
    let author = clean_line(author);
    let inside = author
        .split_once('(')
        .and_then(|(mail, rest)| mail.contains('@').then(|| rest.trim_end_matches(')').trim().to_owned()));
    let name = inside.unwrap_or_else(|| match author.split_once('<') {
        Some((name, mail)) if mail.contains('@') => name.trim().to_owned(),
        _ => author,
    });
    let is_name =
        !name.contains(['@', '/']) && !credit::is_agency(&name) && (1..=6).contains(&name.split(' ').count());
    Some(name).filter(|name| !name.is_empty() && is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors_are_names() {
        for (raw, expected) in [
            ("red@blatt.example (Erika Muster)", Some("Erika Muster")),
            ("Erika Muster <e@blatt.example>", Some("Erika Muster")),
            ("Erika  Muster", Some("Erika Muster")),
            ("red@blatt.example", None),
            ("https://blatt.example/autor", None),
            ("", None),
        ] {
            assert_eq!(name(raw).as_deref(), expected, "{raw}");
        }
    }

    #[test]
    fn titles_are_one_line_of_text() {
        let html = |text: &str| line(&Content::Html(text.to_owned()));
        assert_eq!(html("R&amp;D: <b>Größe</b> &amp; Ma&szlig;"), "R&D: Größe & Maß");
        assert_eq!(html("5 < 6\n und mehr"), "5 < 6 und mehr");
        assert_eq!(line(&Content::Text("<b> heißt fett".to_owned())), "<b> heißt fett");
        assert_eq!(line(&Content::Text("Gr&uuml;n".to_owned())), "Grün");
    }
}
