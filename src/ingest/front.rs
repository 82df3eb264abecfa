//! What a file says about itself before its text: front matter between `---` or `+++` lines.

use crate::model::{Basis, Draft, Field, Published, ReadState, Source, Title};
use crate::text::clean::clean_line;
use crate::text::date::first_date;

use super::{outlet, own, record};

/// Field with what the original says where the reader has corrected it.
const ORIGINAL: &str = "original";

/// Fields that name authors.
const AUTHORS: [&str; 6] = ["author", "authors", "autor", "autorin", "autoren", "by"];

/// Fields that name tags.
const TAGS: [&str; 2] = ["tags", "schlagwörter"];

/// Lines that front matter may have.
const LINES: usize = 60;

/// Takes front matter off `text`, which is clean: its fields go to `draft`, the rest is returned.
///
/// A block counts only if it opens the text, is closed, and names at least one known field; else
/// `---` is a rule in the text.
pub(super) fn take<'a>(text: &'a str, draft: &mut Draft) -> &'a str {
    let start = text.trim_start();
    let Some(mark) = ["---", "+++"].into_iter().find(|m| start.starts_with(m)) else { return text };
    let mut rest = start;
    let mut fields: Vec<(String, String)> = Vec::new();
    for number in 0..=LINES {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        if number > 0 && line.trim_end() == mark {
            // What the original says can only be told from the corrections once those are read.
            fields.sort_by_key(|(name, _)| name == ORIGINAL);
            let known: Vec<bool> = fields.iter().map(|(name, value)| note(name, value, draft)).collect();
            return if known.contains(&true) { after } else { text };
        }
        if number > 0 {
            field(line, &mut fields);
        } else if line.trim_end() != mark {
            return text;
        }
        if after.is_empty() {
            return text;
        }
        rest = after;
    }
    text
}

/// `name: value` or `name = "value"`; `- value` goes on with the list above.
fn field(line: &str, fields: &mut Vec<(String, String)>) {
    if let Some(item) = line.trim_start().strip_prefix("- ") {
        if let Some((name, value)) = fields.last_mut() {
            *value = with_item(value, unquoted(item), is_list(name));
        }
        return;
    }
    let Some((name, value)) = line.split_once([':', '=']) else { return };
    fields.push((name.trim().to_lowercase(), unquoted(value)));
}

/// A list with one item more; one of names as JSON, so that no name is divided.
fn with_item(list: &str, item: String, is_of_names: bool) -> String {
    let known = if list.is_empty() { Some(Vec::new()) } else { serde_json::from_str(list).ok() };
    match known.filter(|_| is_of_names) {
        Some(mut all) => {
            all.push(item);
            serde_json::to_string::<Vec<String>>(&all).expect("words are JSON")
        }
        None if list.is_empty() => item,
        None => format!("{list}, {item}"),
    }
}

/// Whether a field has several values: what [`names`] divides.
pub(super) fn is_list(name: &str) -> bool {
    AUTHORS.contains(&name) || TAGS.contains(&name)
}

/// A value without the marks around it; inside double ones `\"` is a mark.
fn unquoted(value: &str) -> String {
    let value = value.trim();
    let inner = |mark: char| value.strip_prefix(mark).and_then(|v| v.strip_suffix(mark));
    match inner('"') {
        Some(inner) => inner.replace("\\\"", "\"").replace("\\\\", "\\"),
        None => inner('\'').unwrap_or(value).to_owned(),
    }
}

/// Puts a field where it belongs; whether its name is known.
pub(super) fn note(name: &str, value: &str, draft: &mut Draft) -> bool {
    if name == "notes" {
        // Written by this program's export; the passages are found by their words.
        let list = serde_json::from_str(value).ok();
        draft.kept.get_or_insert_default().notes = own::notes(list.as_ref(), "");
        return list.is_some();
    }
    if name == ORIGINAL {
        // So is this.
        let list = serde_json::from_str(value).ok();
        own::uncorrect(list.as_ref(), draft);
        if draft.title.basis == Basis::Derived {
            // It follows from the text once more.
            draft.title = Title::default();
        }
        return list.is_some();
    }
    let value = clean_line(value);
    match name {
        "title" | "titel" | "headline" | "überschrift" => draft.title.text = value,
        "source" | "quelle" | "medium" | "outlet" | "publication" | "zeitung" => {
            if let Some(source) = outlet::stated(&value) {
                draft.source = source;
            }
        }
        "date" | "datum" | "published" | "veröffentlicht" => {
            if let Some(date) = first_date(&value) {
                draft.published = Published::Day(date);
            }
        }
        name if AUTHORS.contains(&name) => draft.authors = names(&value),
        name if TAGS.contains(&name) => draft.kept.get_or_insert_default().tags = names(&value),
        "url" | "link" | "adresse" => {
            draft.url = outlet::web_address(&value);
            let host = draft.url.as_deref().and_then(outlet::host);
            if draft.source == Source::default()
                && let Some(source) = host.and_then(|h| outlet::by_host(h, Basis::Derived))
            {
                draft.source = source;
            }
        }
        "language" | "lang" | "sprache" => {
            if let Some(language) = record::language_by_name(&value) {
                draft.language = language;
                draft.given.push(Field::Language);
            }
        }
        "read" | "gelesen" => state(draft).read = value == "true",
        "starred" | "markiert" => state(draft).starred = value == "true",
        "added" => draft.kept.get_or_insert_default().added = value.parse().ok(),
        "replaces" => draft.kept.get_or_insert_default().replaces = names(&value),
        "id" | "key" => draft.key = Some(value).filter(|v| !v.is_empty()),
        _ => return false,
    }
    true
}

fn state(draft: &mut Draft) -> &mut ReadState {
    draft.kept.get_or_insert_default().state.get_or_insert_default()
}

/// Names divided by commas, semicolons, "und" or "and", in brackets or not; or those of a JSON list,
/// which says itself where each ends.
pub(super) fn names(value: &str) -> Vec<String> {
    if let Ok(list) = serde_json::from_str::<Vec<String>>(value) {
        // JSON writes in plain letters what moves a terminal's cursor.
        let names = list.iter().map(|name| clean_line(name).trim().to_owned());
        return names.filter(|name| !name.is_empty()).collect();
    }
    value
        .trim_matches(['[', ']'])
        .split([',', ';', '|'])
        .flat_map(|n| n.split(" und "))
        .flat_map(|n| n.split(" and "))
        .map(|n| unquoted(n).trim().to_owned())
        .filter(|n| n.contains(char::is_alphabetic))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_in_both_forms() {
        for text in [
            "---\ntitle: \"Ein Titel\"\nQuelle: welt.de\nDatum: 17.09.2015\nAutor: Erika Muster, Max Muster\n---\nText.",
            "+++\ntitle = \"Ein Titel\"\nsource = \"welt.de\"\ndate = 2015-09-17\nauthors = [\"Erika Muster\", \
             \"Max Muster\"]\n+++\nText.",
            "---\ntitle: Ein Titel\nmedium: welt.de\ndate: 2015-09-17\nauthors:\n  - Erika Muster\n  - Max Muster\n\
             ---\nText.",
        ] {
            let mut draft = Draft::default();
            assert_eq!(take(text, &mut draft), "Text.");
            assert_eq!(draft.title.text, "Ein Titel");
            assert_eq!(draft.source.domain.as_deref(), Some("welt.de"));
            assert_eq!(draft.published.stated().map(|d| d.to_string()).as_deref(), Some("2015-09-17"));
            assert_eq!(draft.authors, ["Erika Muster", "Max Muster"]);
        }
    }

    #[test]
    fn a_name_in_a_list_is_not_divided() {
        for text in [
            "---\ntags: [\"Bund und Länder\", \"Rat, Bern\", \"2020\"]\n---\nText.",
            "---\ntags:\n- \"Bund und Länder\"\n- Rat, Bern\n- 2020\n---\nText.",
            "+++\ntags = [\"Bund und L\\u00e4nder\", \"\\u001b[31mRat, Bern\", \"2020\", \"\"]\n+++\nText.",
        ] {
            let mut draft = Draft::default();
            take(text, &mut draft);
            let tags = draft.kept.expect("it has tags").tags;
            assert_eq!(tags, ["Bund und Länder", "Rat, Bern", "2020"], "{text}");
        }
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        for text in ["---\nEin Satz.\n---\nText.", "---\ntitle: x", "--- a\ntitle: x\n---\n", "---"] {
            let mut draft = Draft::default();
            assert_eq!(take(text, &mut draft), text);
            assert_eq!(draft, Draft::default());
        }
    }
}
