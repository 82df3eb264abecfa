//! Articles that another program wrote: JSON objects, one a line, one alone, or in a list.

use serde_json::{Map, Value};

use crate::model::{Basis, Draft, Language, Leavings, ParagraphKind, Published};
use crate::text::clean::{clean, clean_line};
use crate::text::date::first_date;
use crate::text::language::language;

use super::compose::{self, Part};
use super::{Error, Refused, credit, front, headline, html, line, outlet, own, sniff};

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
    for (result, line) in results {
        match result {
            Ok(Object::Article(mut draft)) => {
                if let Some(head) = head.take() {
                    draft.kept.get_or_insert_default().library = Some(head);
                }
                drafts.push(*draft);
            }
            Ok(Object::Head(found)) => head = Some(found),
            Err(reason) => refused.push(Refused { line, reason }),
        }
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
    let body = word(fields, &["body", "text", "maintext", "content", "article"]).ok_or(Error::NoBody)?;
    let mut draft = Draft { origin: origin.to_owned(), ..Draft::default() };
    draft.key = word(fields, &["id", "key", "_id", "guid"]).map(|k| clean_line(&k)).filter(|k| !k.is_empty());
    draft.url = word(fields, &["url", "link"]).and_then(|u| outlet::web_address(&clean_line(&u)));
    draft.published = word(fields, &["date", "date_publish", "publishing_date", "published"])
        .and_then(|d| first_date(&d))
        .map_or(Published::Unknown, Published::Day);
    let named = word(fields, &["outlet", "source", "source_domain", "publisher"]);
    draft.source = named
        .and_then(|n| outlet::stated(&clean_line(&n)))
        .or_else(|| outlet::by_host(outlet::host(draft.url.as_deref()?)?, Basis::Derived))
        .unwrap_or_default();
    draft.authors = authors(fields);

    let title = word(fields, &["title", "headline"]).map(|t| clean_line(&t)).filter(|t| !t.is_empty());
    // What came from a page may have kept its mark-up.
    let parts = match sniff::kind(&body) {
        Ok(sniff::Kind::Html) => marked_up(title, &body),
        _ => parts(title, &clean(&body)),
    };
    if !parts.iter().any(|p| p.kind.is_running_text()) {
        return Err(Error::NoBody);
    }
    let prose = || parts.iter().filter(|p| p.kind.is_running_text());
    let mut agencies: Vec<String> =
        prose().take(2).flat_map(|p| credit::dateline_agencies(&p.text)).collect();
    agencies.extend(prose().next_back().map(|p| credit::closing_agencies(&p.text)).unwrap_or_default());
    for tail in parts.iter().filter(|p| p.kind == ParagraphKind::Tail) {
        agencies.extend(credit::tail(&tail.text).unwrap_or_default());
    }
    for name in agencies {
        credit::push_new(&mut draft.agencies, &name);
    }
    compose::fill(&mut draft, &parts);
    draft.language = word(fields, &["lang", "language"])
        .and_then(|l| language_by_code(&l))
        .unwrap_or_else(|| language(&draft.text));
    Ok(draft)
}

/// Title and body as paragraphs. The other program has chosen what belongs to the article: all of
/// it stays.
fn parts(title: Option<String>, body: &str) -> Vec<Part> {
    let lines = line::lines(body);
    let mut parts: Vec<Part> = Vec::with_capacity(lines.len() + 1);
    parts.extend(title.map(|text| Part { kind: ParagraphKind::Title, text }));
    let from = parts.len();
    for (at, one) in lines.iter().enumerate() {
        let before_is_prose =
            parts.get(from..).and_then(<[Part]>::last).is_some_and(|p| p.kind.is_running_text());
        let after_is_prose = lines.get(at + 1).is_some_and(line::Line::is_running);
        let is_last = at + 1 == lines.len() && at > 0;
        let kind = if is_last && credit::tail(&one.text).is_some_and(|a| !a.is_empty()) {
            ParagraphKind::Tail
        } else if one.is_short() && before_is_prose && after_is_prose {
            ParagraphKind::Heading
        } else {
            ParagraphKind::Body
        };
        parts.push(Part { kind, text: one.text.clone() });
    }
    headline::mark_lead_of_parts(&mut parts, from);
    parts
}

/// Title and a body of HTML as paragraphs.
fn marked_up(title: Option<String>, body: &str) -> Vec<Part> {
    let mut parts: Vec<Part> =
        title.into_iter().map(|text| Part { kind: ParagraphKind::Title, text }).collect();
    let from = parts.len();
    parts.extend(html::fragment(body));
    headline::mark_lead_of_parts(&mut parts, from);
    parts
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
    match fields.get("authors").or_else(|| fields.get("author")) {
        Some(Value::Array(list)) => {
            list.iter().filter_map(Value::as_str).map(clean_line).filter(|n| !n.is_empty()).collect()
        }
        Some(Value::String(names)) => front::names(&clean_line(names)),
        _ => Vec::new(),
    }
}

fn language_by_code(code: &str) -> Option<Language> {
    let code = code.trim().to_lowercase();
    Some(match code.split(['-', '_']).next()? {
        "de" | "deu" | "ger" | "german" | "deutsch" => Language::German,
        "en" | "eng" | "english" | "englisch" => Language::English,
        "" | "und" | "unknown" => return None,
        _ => Language::Other,
    })
}

#[cfg(test)]
mod tests {
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
    fn one_object_may_be_spread_over_lines() {
        let (drafts, refused) = read("{\n  \"title\": \"A\",\n  \"body\": \"B.\"\n}\n", "");
        assert_eq!((drafts.len(), refused.len()), (1, 0));
        let (drafts, refused) = read("[{\"body\": \"B.\"}, {\"body\":", "");
        assert_eq!((drafts.len(), refused.len()), (0, 1));
    }
}
