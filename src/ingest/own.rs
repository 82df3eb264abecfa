//! Lines of this program's own export, read back as they were written.
//!
//! A line that was changed by hand so that it does not fit itself any more is read as another
//! program's.

use serde_json::{Map, Value};

use crate::model::address::resolve;
use crate::model::{
    Basis, Draft, Kept, Language, Leavings, NewFeed, Note, NoteId, Paragraph, ParagraphKind, Published,
    ReadState, SavedSearch, Source, Span, Title,
};

use super::LARGEST_TEXT;

/// What the first line says that belongs to no article; `None` where it is no such line.
pub(super) fn head(fields: &Map<String, Value>) -> Option<Leavings> {
    fields.get("lesart_export")?;
    let list = |name: &str| fields.get(name).and_then(Value::as_array).into_iter().flatten();
    let searches = list("saved_searches").filter_map(|search| {
        Some(SavedSearch {
            name: words(search.get("name"))?,
            query: words(search.get("query"))?,
            by_date: search.get("by_date").and_then(Value::as_bool).unwrap_or(false),
        })
    });
    let settings = fields.get("settings").and_then(Value::as_object).into_iter().flatten();
    let feeds = list("feeds").filter_map(|feed| {
        let feed: NewFeed = serde_json::from_value(feed.clone()).ok()?;
        Some(NewFeed { url: resolve("", &feed.url)?, ..feed })
    });
    Some(Leavings {
        feeds: feeds.collect(),
        searches: searches.collect(),
        history: list("searched").filter_map(|query| words(Some(query))).collect(),
        settings: settings.filter_map(|(name, value)| Some((name.clone(), words(Some(value))?))).collect(),
    })
}

/// The article of a line; `None` where it is none of this program's.
pub(super) fn article(fields: &Map<String, Value>) -> Option<Draft> {
    fields.get("lesart_article")?;
    let text = fields.get("text")?.as_str()?;
    if text.is_empty() || text.len() > LARGEST_TEXT || text.contains(|c: char| c.is_control() && c != '\n') {
        return None;
    }
    let source = fields.get("source")?;
    Some(Draft {
        origin: words(fields.get("origin")).unwrap_or_default(),
        key: words(fields.get("id")),
        title: Title { text: words(fields.get("title"))?, basis: as_one(fields.get("title_basis"))? },
        kicker: words(fields.get("kicker")),
        lead: words(fields.get("lead")),
        source: Source {
            name: words(source.get("name")),
            domain: words(source.get("domain")),
            basis: as_one::<Basis>(source.get("basis"))?,
        },
        url: words(fields.get("url")),
        published: published(fields),
        authors: list(fields.get("authors")),
        agencies: list(fields.get("agencies")),
        language: as_one::<Language>(fields.get("language"))?,
        paragraphs: paragraphs(fields.get("paragraphs")?, text)?,
        text: text.to_owned(),
        kept: Some(Box::new(Kept {
            state: Some(as_one::<ReadState>(fields.get("state")).unwrap_or_default()),
            tags: list(fields.get("tags")),
            notes: notes(fields.get("notes"), text),
            replaces: list(fields.get("replaces")),
            library: None,
        })),
    })
}

fn published(fields: &Map<String, Value>) -> Published {
    let day = |name: &str| fields.get(name)?.as_str()?.parse().ok();
    match (day("date"), day("date_to")) {
        (Some(from), Some(to)) => Published::Estimated { from, to },
        (Some(day), None) => Published::Day(day),
        (None, _) => Published::Unknown,
    }
}

/// Paragraphs in order, without overlap, inside the text.
fn paragraphs(value: &Value, text: &str) -> Option<Vec<Paragraph>> {
    let places: Vec<(usize, usize, ParagraphKind)> = serde_json::from_value(value.clone()).ok()?;
    let mut last = 0;
    places
        .into_iter()
        .map(|(start, end, kind)| {
            let span = Span::new(text, start..end).filter(|_| start >= last)?;
            last = end;
            Some(Paragraph { span, kind })
        })
        .collect()
}

/// Notes on passages; without a place where the text is not known yet.
pub(super) fn notes(value: Option<&Value>, text: &str) -> Vec<Note> {
    let all = value.and_then(Value::as_array).into_iter().flatten();
    all.filter_map(|note| {
        let number = |name: &str| usize::try_from(note.get(name)?.as_u64()?).ok();
        let place = number("start").zip(number("end"));
        Some(Note {
            id: NoteId::default(),
            span: place.and_then(|(start, end)| Span::new(text, start..end)),
            words: lines(note.get("words")?.as_str()?),
            text: lines(note.get("text")?.as_str()?),
            made: note.get("made").and_then(Value::as_str).and_then(|made| made.parse().ok()),
        })
    })
    .collect()
}

fn list(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(|one| words(Some(one))).collect()
}

/// Words of one line; nothing that moves a terminal's cursor gets in.
fn words(value: Option<&Value>) -> Option<String> {
    let words = value?.as_str()?;
    Some(words.chars().filter(|c| !c.is_control()).collect())
}

/// Words of several lines.
fn lines(words: &str) -> String {
    words.chars().filter(|c| !c.is_control() || *c == '\n').collect()
}

fn as_one<T: serde::de::DeserializeOwned>(value: Option<&Value>) -> Option<T> {
    serde_json::from_value(value?.clone()).ok()
}
