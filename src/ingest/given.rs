//! What the user says of articles: when they are imported, or beside their files, in a sidecar
//! (`name.txt.toml`) or a file for a whole folder (`_lesart.toml`).

use std::path::Path;

use toml::{Table, Value};

use crate::model::{Basis, Draft, Field, Language, ParagraphKind, Published, Source};

use super::compose::{self, Part};
use super::{credit, front, record};

/// What the user says of an article, or of all in a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    fields: Draft,
    language: Option<Language>,
    /// How the paths of the folder's files are made: `{source}/{date}_{slug}.txt`.
    pattern: Option<Vec<Piece>>,
}

/// A piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// Letters as they are.
    Literal(String),
    /// A field by its name.
    Field(String),
}

impl Given {
    /// Reads such a file.
    ///
    /// # Errors
    /// What is wrong with it, with its line.
    pub fn parse(text: &str) -> Result<Self, String> {
        let table: Table = text.parse().map_err(|error: toml::de::Error| {
            let line =
                error.span().map(|span| text.get(..span.start).unwrap_or(text).matches('\n').count() + 1);
            let place = line.map(|line| format!("line {line}: ")).unwrap_or_default();
            format!("{place}{}", error.message())
        })?;
        let mut given = Self::default();
        for (name, value) in &table {
            if name == "path" {
                let pattern = value.as_str().ok_or("\"path\" is no text")?;
                given.pattern = Some(pieces(pattern)?);
                continue;
            }
            let words = words(name, value)
                .ok_or_else(|| format!("\"{name}\" is neither a text nor a list of texts"))?;
            given.set(name, &words)?;
        }
        Ok(given)
    }

    /// Says something in a field, by its name in front matter.
    ///
    /// # Errors
    /// Where there is no such field, or its value cannot be read.
    pub fn set(&mut self, name: &str, words: &str) -> Result<(), String> {
        let field = name.to_lowercase();
        if matches!(field.as_str(), "language" | "lang" | "sprache") {
            self.language = record::language_by_name(words);
            return Ok(());
        }
        // What an export says of a text goes with that text, and is no field of the user's.
        let is_export = matches!(field.as_str(), "notes" | "original" | "replaces" | "added");
        if is_export || !front::note(&field, words, &mut self.fields) {
            return Err(format!(
                "unknown field \"{name}\" (known: title, source, date, author, url, language, tags, path)"
            ));
        }
        let mut alone = Draft::default();
        front::note(&field, words, &mut alone);
        if alone == Draft::default() && !words.trim().is_empty() {
            return Err(format!("\"{name}\": {words:?} cannot be read"));
        }
        Ok(())
    }

    /// The same with what the path of a file says, seen from the folder.
    #[must_use]
    pub fn with_path(&self, path: &Path) -> Self {
        let mut given = Self { pattern: None, ..self.clone() };
        let path = path.to_string_lossy().replace('\\', "/");
        for (name, value) in
            self.pattern.as_deref().and_then(|pattern| values(pattern, &path)).unwrap_or_default()
        {
            let value = value.replace('_', " ");
            if name == "slug" {
                continue;
            }
            front::note(name, &value, &mut given.fields);
        }
        given
    }

    /// Puts what is given into `draft`, whatever stands there.
    pub(super) fn overrule(&self, draft: &mut Draft) {
        put(&self.fields, draft, true);
        self.put_language(draft);
        if !self.fields.title.text.is_empty() {
            note_given(draft, Field::Title);
            retitle(draft, &self.fields.title.text);
        }
    }

    /// Puts what is given into `draft` where it is not known by a statement.
    pub(super) fn fill(&self, draft: &mut Draft) {
        put(&self.fields, draft, false);
        self.put_language(draft);
        if draft.title.basis != Basis::Stated && !self.fields.title.text.is_empty() {
            note_given(draft, Field::Title);
            retitle(draft, &self.fields.title.text);
        }
    }

    fn put_language(&self, draft: &mut Draft) {
        if let Some(language) = self.language {
            draft.language = language;
            note_given(draft, Field::Language);
        }
    }

    /// The fields that are known before a plain text is read.
    pub(super) fn before_text(&self, draft: &mut Draft, is_over: bool) {
        put(&self.fields, draft, is_over);
        if (is_over || draft.title.text.is_empty()) && !self.fields.title.text.is_empty() {
            draft.title = self.fields.title.clone();
            note_given(draft, Field::Title);
        }
    }
}

fn words(name: &str, value: &Value) -> Option<String> {
    Some(match value {
        Value::String(words) => words.clone(),
        Value::Datetime(day) => day.to_string(),
        Value::Boolean(is) => is.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Array(list) => {
            let list = list.iter().map(Value::as_str).collect::<Option<Vec<_>>>()?;
            // As JSON no name is divided.
            if front::is_list(&name.to_lowercase()) {
                serde_json::to_string(&list).ok()?
            } else {
                list.join(", ")
            }
        }
        _ => return None,
    })
}

/// Remembers that a field was said by the user.
fn note_given(draft: &mut Draft, field: Field) {
    if !draft.given.contains(&field) {
        draft.given.push(field);
    }
}

/// Copies all fields but the title.
fn put(from: &Draft, to: &mut Draft, is_over: bool) {
    if from.source != Source::default() && (is_over || to.source.basis != Basis::Stated) {
        to.source = from.source.clone();
        note_given(to, Field::Source);
    }
    if from.published != Published::Unknown && (is_over || to.published.stated().is_none()) {
        to.published = from.published;
        note_given(to, Field::Date);
    }
    if !from.authors.is_empty() && (is_over || to.authors.is_empty()) {
        to.authors.clone_from(&from.authors);
        note_given(to, Field::Authors);
    }
    if from.url.is_some() && (is_over || to.url.is_none()) {
        to.url.clone_from(&from.url);
    }
    if from.key.is_some() && (is_over || to.key.is_none()) {
        to.key.clone_from(&from.key);
    }
    if let Some(kept) = &from.kept {
        let to = to.kept.get_or_insert_default();
        for tag in &kept.tags {
            credit::push_new(&mut to.tags, tag);
        }
        if let Some(state) = kept.state {
            let to = to.state.get_or_insert_default();
            to.read |= state.read;
            to.starred |= state.starred;
        }
    }
}

/// Gives `draft` another title: it stands in the text where the older one did, or at the top.
fn retitle(draft: &mut Draft, title: &str) {
    let mut parts: Vec<Part> = Vec::with_capacity(draft.paragraphs.len() + 1);
    for paragraph in &draft.paragraphs {
        let text = draft.text.get(paragraph.span.range()).unwrap_or_default().to_owned();
        parts.push(Part { kind: paragraph.kind, text });
    }
    if let Some(part) = parts.iter_mut().find(|p| p.kind == ParagraphKind::Title) {
        title.clone_into(&mut part.text);
    } else {
        let at = usize::from(parts.first().is_some_and(|p| p.kind == ParagraphKind::Kicker));
        parts.insert(at, Part { kind: ParagraphKind::Title, text: title.to_owned() });
    }
    compose::fill(draft, &parts);
}

/// `{source}/{date}_{slug}.txt` in pieces.
fn pieces(pattern: &str) -> Result<Vec<Piece>, String> {
    let (mut pieces, mut rest) = (Vec::new(), pattern);
    while !rest.is_empty() {
        let Some((before, after)) = rest.split_once('{') else {
            pieces.push(Piece::Literal(rest.to_owned()));
            break;
        };
        let (name, behind) = after
            .split_once('}')
            .ok_or_else(|| format!("\"path\": a bracket is not closed in {pattern:?}"))?;
        if !before.is_empty() {
            pieces.push(Piece::Literal(before.to_owned()));
        } else if matches!(pieces.last(), Some(Piece::Field(_))) {
            return Err(format!("\"path\": nothing divides two fields in {pattern:?}"));
        }
        let name = name.trim().to_lowercase();
        if name != "slug" && !front::note(&name, "2000-01-01", &mut Draft::default()) {
            return Err(format!("\"path\": unknown field {{{name}}} in {pattern:?}"));
        }
        pieces.push(Piece::Field(name));
        rest = behind;
    }
    Ok(pieces)
}

/// The fields that `path` has by a pattern; `None` where it is not made that way.
fn values<'a>(pattern: &'a [Piece], path: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
    let (mut found, mut rest) = (Vec::new(), path);
    for (at, piece) in pattern.iter().enumerate() {
        match piece {
            Piece::Literal(letters) => rest = rest.strip_prefix(letters.as_str())?,
            Piece::Field(name) => {
                let end = match pattern.get(at + 1) {
                    Some(Piece::Literal(letters)) => rest.find(letters.as_str())?,
                    _ => rest.len(),
                };
                let value = rest.get(..end)?;
                // A field is a part of one name, unless the pattern says otherwise.
                if value.is_empty() || value.contains('/') {
                    return None;
                }
                found.push((name.as_str(), value));
                rest = rest.get(end..)?;
            }
        }
    }
    rest.is_empty().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{Hint, read_with};

    const TEXT: &str = "Rat tagt\n\nDer Rat hat am Montag in Bern den Bau einer zweiten Brücke beschlossen, wie er mitteilte.\n\n\
        Gebaut wird ab Mai, und zwar zwei Jahre lang, sagte die Ministerin am Montag vor der Presse in Bern.";

    fn read(text: &str, stated: &str, folder: &str) -> Draft {
        let (stated, folder) = (Given::parse(stated).unwrap(), Given::parse(folder).unwrap());
        let hint = Hint { stated: Some(&stated), folder: Some(&folder), ..Hint::default() };
        let (drafts, refused) = read_with(text.as_bytes(), &hint);
        assert_eq!(refused, []);
        drafts.into_iter().next().unwrap()
    }

    #[test]
    fn the_nearer_word_wins() {
        let sidecar = "source = \"welt.de\"\ntitle = \"Ein anderer Titel\"";
        let folder = "quelle = \"Der Morgenbote\"\ndatum = 2010-01-11\ntags = [\"Brücke\", \"Bern\"]";
        let draft = read(TEXT, sidecar, folder);
        assert_eq!(
            (draft.source.label(), draft.title.text.as_str()),
            (Some("Die Welt"), "Ein anderer Titel")
        );
        assert_eq!(draft.published.stated().map(|d| d.to_string()).as_deref(), Some("2010-01-11"));
        assert_eq!(draft.kept.as_ref().unwrap().tags, ["Brücke", "Bern"]);
        // Front matter stands between the two.
        let text = format!("---\nsource: Abendblatt\ntitle: Aus dem Kopf\n---\n{TEXT}");
        let draft = read(&text, "title = \"Ein anderer Titel\"", folder);
        assert_eq!(
            (draft.source.label(), draft.title.text.as_str()),
            (Some("Abendblatt"), "Ein anderer Titel")
        );
        assert!(draft.text.starts_with("Ein anderer Titel\n\n"), "{}", draft.text);
    }

    #[test]
    fn objects_and_pages_hear_it_too() {
        let object =
            serde_json::json!({ "title": "A", "body": "Ein Satz.", "source": "zeit.de" }).to_string();
        let draft = read(&object, "", "source = \"Der Morgenbote\"\ndate = 2010-01-11");
        assert_eq!(draft.source.label(), Some("Die Zeit"));
        assert_eq!(draft.published.stated().map(|d| d.to_string()).as_deref(), Some("2010-01-11"));
        let draft = read(&object, "source = \"Der Morgenbote\"\ntitle = \"B\"", "");
        assert_eq!((draft.source.label(), draft.text.as_str()), (Some("Der Morgenbote"), "B\n\nEin Satz."));
    }

    #[test]
    fn paths_say_what_their_pattern_says() {
        let given = Given::parse("path = \"{source}/{date}_{slug}.txt\"").unwrap();
        let of = |path: &str| given.with_path(Path::new(path)).fields;
        let fields = of("Der_Morgenbote/2010-01-11_rat-tagt.txt");
        assert_eq!(fields.source.label(), Some("Der Morgenbote"));
        assert_eq!(fields.published.stated().map(|d| d.to_string()).as_deref(), Some("2010-01-11"));
        for other in ["2010-01-11_rat.txt", "a/b/2010-01-11_rat.txt", "a/2010-01-11_rat.html", "a/x.txt"] {
            assert_eq!(of(other), Draft::default(), "{other}");
        }
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        for (text, word) in [
            ("source = ", "line 1"),
            ("a = 1\nb = [", "line 2"),
            ("colour = \"red\"", "unknown field \"colour\""),
            ("path = \"{source}{date}\"", "nothing divides"),
            ("path = \"{source\"", "not closed"),
            ("path = \"{colour}/x\"", "unknown field {colour}"),
            ("source = { a = 1 }", "neither a text"),
            ("date = \"gestern\"", "\"date\""),
            ("Datum = \"2010-13-01\"", "\"Datum\""),
            ("url = \"zeit.de/a\"", "\"url\""),
            ("link = \"https://zeit.de/a b\"", "\"link\""),
            ("notes = \"[]\"", "unknown field \"notes\""),
        ] {
            let error = Given::parse(text).unwrap_err();
            assert!(error.contains(word), "{text}: {error}");
        }
    }
}
