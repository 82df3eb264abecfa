//! Articles that another program wrote: JSON objects, one a line, one alone, or in a list.

use serde_json::{Map, Value};

use crate::model::{Draft, Kept, Leavings, ReadState};
use crate::text::clean::clean_line;

use super::record::{self, Record};
use super::{Error, Refused, front, html, own};

/// The articles in `text`, and what could not be read of it.
pub(super) fn read(text: &str, origin: &str) -> (Vec<Draft>, Vec<Refused>) {
    let start = text.trim_start();
    let is_list = start.starts_with('[');
    // One object may be spread over lines; then its first line alone is none.
    let first_line = start.lines().next().unwrap_or_default();
    if is_list || serde_json::from_str::<Map<String, Value>>(first_line).is_err() {
        match serde_json::from_str::<Value>(text) {
            Ok(Value::Array(items)) => return sorted(items.into_iter().map(|i| object(i, origin)).zip(1..)),
            Ok(value @ Value::Object(_)) => return sorted([(object(value, origin), 1)]),
            Err(error) if is_list => {
                let reason = Error::Json { reason: error.to_string() };
                return (Vec::new(), vec![Refused { line: error.line(), reason }]);
            }
            // Lines may be objects where the whole is none.
            _ => {}
        }
    }
    let numbered = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    sorted(numbered.map(|(line, number)| {
        let draft = serde_json::from_str::<Value>(line.trim())
            .map_err(|error| Error::Json { reason: error.to_string() })
            .and_then(|value| object(value, origin));
        (draft, number)
    }))
}

/// What an object is.
enum Object {
    /// An article.
    Article(Box<Draft>),
    /// The head of an export: it goes with the next article.
    Head(Leavings),
}

fn sorted(results: impl IntoIterator<Item = (Result<Object, Error>, usize)>) -> (Vec<Draft>, Vec<Refused>) {
    let (mut drafts, mut refused) = (Vec::new(), Vec::new());
    let mut head = None;
    let mut without_text = 0;
    for (result, line) in results {
        match result {
            Ok(Object::Article(mut draft)) => {
                if let Some(head) = head.take() {
                    draft.kept.get_or_insert_default().library = Some(head);
                }
                drafts.push(*draft);
            }
            Ok(Object::Head(found)) => head = Some(found),
            Err(Error::LinksOnly { links }) => without_text += links,
            Err(reason) => refused.push(Refused { line, reason }),
        }
    }
    if without_text > 0 {
        refused.push(Refused { line: 0, reason: Error::LinksOnly { links: without_text } });
    }
    (drafts, refused)
}

/// What one object is.
fn object(value: Value, origin: &str) -> Result<Object, Error> {
    let Value::Object(fields) = value else {
        return Err(Error::Json { reason: "not an object".to_owned() });
    };
    if let Some(head) = own::head(&fields) {
        return Ok(Object::Head(head));
    }
    let draft = own::article(&fields).map_or_else(|| article(&fields, origin), Ok)?;
    Ok(Object::Article(Box::new(draft)))
}

/// An object of another program as an article.
fn article(fields: &Map<String, Value>, origin: &str) -> Result<Draft, Error> {
    let record = record(fields);
    let is_link = record.url.contains("://");
    match record.draft(origin) {
        Err(Error::NoBody) if is_link => Err(Error::LinksOnly { links: 1 }),
        read => read,
    }
}

/// The fields that programs give their articles, under the names they have there.
pub(super) fn record(fields: &Map<String, Value>) -> Record {
    let word = |names: &[&str]| word(fields, names).unwrap_or_default();
    let mut record = Record {
        title: resolved(word(&["title", "headline"])),
        lead: word(&["description", "excerpt", "lead", "teaser", "summary"]),
        body: word(&["body", "text", "maintext", "content", "article", "raw_text"]),
        url: word(&["url", "link", "source_url", "href"]),
        date: word(&[
            "date",
            "date_publish",
            "publishing_date",
            "published",
            "published_at",
            "publishedAt",
            "date_published",
        ]),
        outlet: word(&["outlet", "source", "source_domain", "publisher", "source-hostname", "hostname"]),
        feed: String::new(),
        authors: authors(fields),
        language: word(&["lang", "language"]),
        key: word(&["id", "key", "_id", "guid"]),
        kept: kept(fields),
    };
    if record.url.is_empty() && record.outlet.contains("://") {
        record.url.clone_from(&record.outlet);
    }
    if record.outlet.is_empty() {
        record.outlet = word(&["domain_name", "site_name"]);
    }
    if let Some(Value::Object(body)) = fields.get("body") {
        sections(body, &mut record);
    }
    record
}

/// A text in sections, each with its headings and paragraphs.
fn sections(body: &Map<String, Value>, record: &mut Record) {
    let lead = lines(body.get("summary")).join(" ");
    let sections = body.get("sections").and_then(Value::as_array).into_iter().flatten();
    let mut text = Vec::new();
    for section in sections {
        text.extend(lines(section.get("headline")).iter().map(|l| format!("<h2>{}</h2>", escaped(l))));
        text.extend(lines(section.get("paragraphs")).iter().map(|l| format!("<p>{}</p>", escaped(l))));
    }
    // What has none stands where others have it.
    if !lead.is_empty() {
        record.lead = lead;
    }
    if !text.is_empty() {
        record.body = text.concat();
    }
}

/// A title that holds references (`&amp;`) as the words they mean; others may mean their `&` and `<`.
fn resolved(title: String) -> String {
    let is_reference = |behind: &str| {
        let end = behind.bytes().position(|b| !(b.is_ascii_alphanumeric() || b == b'#'));
        end.is_some_and(|end| end > 0 && behind.as_bytes().get(end) == Some(&b';'))
    };
    let has_any = title.split('&').skip(1).any(is_reference);
    if has_any { html::words(&title) } else { title }
}

fn escaped(line: &str) -> String {
    line.replace('&', "&amp;").replace('<', "&lt;")
}

fn lines(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(Value::String(line)) if !line.is_empty() => vec![line.clone()],
        _ => Vec::new(),
    }
}

/// What the user of a reader or of a read-later service has made of an article there.
fn kept(fields: &Map<String, Value>) -> Option<Kept> {
    let is_set = |name: &str| match fields.get(name) {
        Some(Value::Bool(is)) => *is,
        Some(Value::Number(number)) => number.as_i64() == Some(1),
        _ => false,
    };
    let mut kept = Kept::default();
    let is_archived = fields.get("state").and_then(Value::as_str) == Some("Archived");
    let (read, starred) =
        (is_set("is_archived") || is_set("read") || is_archived, is_set("is_starred") || is_set("starred"));
    kept.state = (read || starred).then(|| ReadState { read, starred, ..ReadState::default() });
    let tags = fields.get("tags").or_else(|| fields.get("labels"));
    kept.tags = match tags {
        Some(Value::Array(list)) => list.iter().filter_map(tag).collect(),
        Some(Value::String(tags)) => front::names(&clean_line(tags)),
        _ => Vec::new(),
    };
    (kept != Kept::default()).then_some(kept)
}

fn tag(value: &Value) -> Option<String> {
    let name =
        value.as_str().or_else(|| value.get("label")?.as_str()).or_else(|| value.get("name")?.as_str());
    name.map(clean_line).filter(|n| !n.is_empty())
}

/// The first of `names` that has words in it; a number counts.
fn word(fields: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match fields.get(*name)? {
        Value::String(words) if !words.trim().is_empty() => Some(words.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

fn authors(fields: &Map<String, Value>) -> Vec<String> {
    let named = |name: &&str| match fields.get(*name) {
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(Value::String(names)) => record::authors(names),
        _ => Vec::new(),
    };
    ["authors", "author", "published_by"]
        .iter()
        .map(named)
        .find(|names| !names.is_empty())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::model::{Basis, Language, ParagraphKind};

    use super::*;

    #[test]
    fn a_bad_line_is_refused_and_the_rest_is_read() {
        let text = "{\"id\":1,\"title\":\"A\",\"body\":\"Ein Satz.\"}\n{\"id\":2,\"title\n\n{\"id\":3}\n\
            [1]\n{\"id\":\"x\",\"title\":null,\"maintext\":\"Zwei.\\nDrei.\"}";
        let (drafts, refused) = read(text, "d.jsonl");
        assert_eq!(drafts.iter().filter_map(|d| d.key.as_deref()).collect::<Vec<_>>(), ["1", "x"]);
        assert_eq!(refused.iter().map(|r| r.line).collect::<Vec<_>>(), [2, 4, 5]);
        assert_eq!(refused[1].reason, Error::NoBody);
        assert_eq!((drafts[1].title.text.as_str(), drafts[1].title.basis), ("Zwei", Basis::Derived));
        assert_eq!(drafts[1].text, "Zwei.\n\nDrei.");
    }

    #[test]
    fn fields_of_other_programs_are_known() {
        let text = "[{\"headline\":\"Ein\\nTitel\",\"text\":\"Ein Satz.\",\"date_publish\":\"2015-09-17 10:00:00\",\
            \"source_domain\":\"www.welt.de\",\"url\":\"javascript:x\",\"language\":\"de-AT\",\
            \"authors\":[\"Erika Muster\"]}]";
        let (drafts, refused) = read(text, "");
        assert!(refused.is_empty());
        let draft = &drafts[0];
        assert_eq!(draft.text, "Ein Titel\n\nEin Satz.");
        assert_eq!(draft.source.label(), Some("Die Welt"));
        assert_eq!(draft.published.stated().map(|d| d.to_string()).as_deref(), Some("2015-09-17"));
        assert_eq!((draft.url.as_deref(), draft.language), (None, Language::German));
        assert_eq!(draft.authors, ["Erika Muster"]);
    }

    #[test]
    fn sections_and_marks_of_other_programs_are_read() {
        let text = serde_json::json!([
            { "title": "A", "publishing_date": "2024-05-02 10:00:00+02:00", "authors": ["Erika Muster"],
              "body": { "summary": ["Worum es geht."], "sections": [
                  { "headline": [], "paragraphs": ["Der Rat tagt am Montag in Bern, wie er mitteilt."] },
                  { "headline": ["Folgen"], "paragraphs": ["Danach geht der Plan an die Kantone, so der Rat."] }] } },
            { "title": "B", "content": "<p>Ein Satz.</p><p>Noch einer.</p>", "url": "https://www.zeit.de/x",
              "is_archived": 1, "is_starred": 0, "tags": [{ "label": "Rat" }, "Geld"], "published_by": ["Max Muster"],
              "published_at": "2024-05-03T08:00:00+0200", "language": "de" },
            { "title": "C", "text": "Ein Satz.", "source": "https://example.org/c", "author": "A B; C D",
              "hostname": "example.org" },
        ])
        .to_string();
        let (drafts, refused) = read(&text, "");
        assert!(refused.is_empty());
        assert_eq!(drafts[0].lead.as_deref(), Some("Worum es geht."));
        assert_eq!(drafts[0].paragraphs.iter().filter(|p| p.kind == ParagraphKind::Heading).count(), 1);
        let kept = drafts[1].kept.as_deref().unwrap();
        assert!(kept.state.is_some_and(|state| state.read && !state.starred));
        assert_eq!(kept.tags, ["Rat", "Geld"]);
        assert_eq!(drafts[1].authors, ["Max Muster"]);
        assert_eq!(drafts[2].url.as_deref(), Some("https://example.org/c"));
        assert_eq!(drafts[2].authors, ["A B", "C D"]);
    }

    #[test]
    fn an_empty_field_hides_no_other() {
        let text = serde_json::json!([
            { "title": "R&amp;D &szlig; 5 < 6", "text": "Ein Satz.", "summary": "Worum es geht.", "authors": null,
              "author": "Erika Muster", "body": { "summary": [], "sections": [] } },
            { "title": "R&D; B & C", "text": "Ein Satz.", "authors": [], "author": "", "published_by": "Max Muster" },
        ])
        .to_string();
        let (drafts, refused) = read(&text, "");
        assert_eq!(refused, []);
        assert_eq!(drafts[0].text, "R&D ß 5 < 6\n\nWorum es geht.\n\nEin Satz.");
        assert_eq!(drafts[0].authors, ["Erika Muster"]);
        assert_eq!(
            (drafts[1].title.text.as_str(), drafts[1].authors.as_slice()),
            ("R&D; B & C", &["Max Muster".to_owned()][..])
        );
    }

    #[test]
    fn a_body_of_mark_up_becomes_its_paragraphs() {
        let body =
            "<h2>Folgen</h2><p>Der Rat ber&auml;t &amp; stimmt ab.</p><script>x()</script><p>Ende.</p>";
        let text = serde_json::json!({ "title": "A", "content": body }).to_string();
        let (drafts, refused) = read(&text, "");
        assert!(refused.is_empty());
        assert_eq!(drafts[0].text, "A\n\nFolgen\n\nDer Rat berät & stimmt ab.\n\nEnde.");
        assert_eq!(drafts[0].paragraphs[1].kind, ParagraphKind::Heading);
    }

    #[test]
    fn addresses_without_texts_are_told_once() {
        let text = serde_json::json!([
            { "href": "https://example.org/a", "description": "A", "extended": "", "toread": "no", "tags": "x y" },
            { "title": "B", "url": "https://example.org/b", "state": "Archived", "labels": ["x"] },
            { "title": "C" },
        ])
        .to_string();
        let (drafts, refused) = read(&text, "");
        assert!(drafts.is_empty());
        assert_eq!(
            refused,
            [
                Refused { line: 3, reason: Error::NoBody },
                Refused { line: 0, reason: Error::LinksOnly { links: 2 } }
            ]
        );
    }

    #[test]
    fn one_object_may_be_spread_over_lines() {
        let (drafts, refused) = read("{\n  \"title\": \"A\",\n  \"body\": \"B.\"\n}\n", "");
        assert_eq!((drafts.len(), refused.len()), (1, 0));
        let (drafts, refused) = read("[{\"body\": \"B.\"}, {\"body\":", "");
        assert_eq!((drafts.len(), refused.len()), (0, 1));
    }
}
