//! Lines of this program's own export, read back as they were written.
//!
//! A line that was changed by hand so that it does not fit itself any more is read as another
//! program's.

use serde_json::{Map, Value};

use crate::model::address::resolve;
use crate::model::{
    Basis, Draft, FieldValue, Kept, Language, Leavings, NewFeed, Note, NoteId, Paragraph, ParagraphKind,
    Published, ReadState, SavedSearch, Source, Span, Title,
};
use crate::text::clean::{clean, clean_line};

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
        let named = |words: &str| Some(clean_line(words)).filter(|words| !words.is_empty());
        Some(NewFeed {
            url: resolve("", &feed.url)?,
            title: feed.title.as_deref().and_then(named),
            site: feed.site.and_then(|site| resolve("", &site)),
            tags: feed.tags.iter().filter_map(|tag| named(tag)).collect(),
        })
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
    let mut draft = Draft {
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
            corrected: Vec::new(),
            added: fields.get("added").and_then(Value::as_str).and_then(|added| added.parse().ok()),
            library: None,
        })),
        given: as_one(fields.get("given")).unwrap_or_default(),
    };
    uncorrect(fields.get("stated"), &mut draft);
    Some(draft)
}

/// Has a draft say again what its source says by the list `stated`; what it said instead are the
/// reader's corrections.
pub(super) fn uncorrect(stated: Option<&Value>, draft: &mut Draft) {
    let list = stated.and_then(Value::as_array).into_iter().flatten();
    for value in list.filter_map(|value| as_one::<FieldValue>(Some(value))) {
        let value = cleaned(value);
        let correction = FieldValue::of(value.field(), draft);
        value.put(draft);
        draft.kept.get_or_insert_default().corrected.push(correction);
    }
}

/// The same without what moves a terminal's cursor.
fn cleaned(value: FieldValue) -> FieldValue {
    let line = |words: String| clean_line(&words);
    match value {
        FieldValue::Title(title) => FieldValue::Title(Title { text: line(title.text), ..title }),
        FieldValue::Source(source) => FieldValue::Source(Source {
            name: source.name.map(line),
            domain: source.domain.map(line),
            ..source
        }),
        FieldValue::Authors(names) => FieldValue::Authors(names.into_iter().map(line).collect()),
        value @ (FieldValue::Date(_) | FieldValue::Language(_)) => value,
    }
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
            words: clean(note.get("words")?.as_str()?).into_owned(),
            text: clean(note.get("text")?.as_str()?).into_owned(),
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

fn as_one<T: serde::de::DeserializeOwned>(value: Option<&Value>) -> Option<T> {
    serde_json::from_value(value?.clone()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_export_says_is_clean_whoever_wrote_it() {
        let line = serde_json::json!({ "lesart_export": 1, "feeds": [
            { "url": "https://blatt.example/feed", "title": "Das \u{202e}Blatt\n\u{1b}[31m", "site": "javascript:alert(1)",
              "tags": ["Ufer\u{7}", " \u{200b}"] },
            { "url": "https://blatt.example/a", "title": null, "site": "https://blatt.example", "tags": [] },
        ] });
        let feeds = head(line.as_object().unwrap()).unwrap().feeds;
        assert_eq!(
            (feeds[0].title.as_deref(), feeds[0].site.as_deref(), feeds[0].tags.as_slice()),
            (Some("Das Blatt"), None, &["Ufer".to_owned()][..])
        );
        assert_eq!(feeds[1].site.as_deref(), Some("https://blatt.example/"));
        let notes =
            serde_json::json!([{ "words": "eine \u{202e}Brücke", "text": "Hm\u{200b}.\nJa\u{1b}[31m." }]);
        let note = notes_of(&notes);
        assert_eq!((note.words.as_str(), note.text.as_str()), ("eine Brücke", "Hm.\nJa."));
    }

    fn notes_of(list: &Value) -> Note {
        notes(Some(list), "").swap_remove(0)
    }
}
