//! Values of the model as words of a column, and back; an unknown word becomes the weakest value.

use jiff::civil::Date;

use crate::model::{Basis, Draft, EntityKind, Field, Language, Paragraph, ParagraphKind, Published, Span};

pub(super) fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Stated => "stated",
        Basis::Derived => "derived",
        Basis::Unknown => "unknown",
    }
}

pub(super) fn to_basis(word: &str) -> Basis {
    match word {
        "stated" => Basis::Stated,
        "derived" => Basis::Derived,
        _ => Basis::Unknown,
    }
}

pub(super) fn to_language(word: &str) -> Language {
    match word {
        "de" => Language::German,
        "en" => Language::English,
        _ => Language::Other,
    }
}

pub(super) fn entity_kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "PER",
        EntityKind::Place => "LOC",
        EntityKind::Organisation => "ORG",
        EntityKind::Event => "EVENT",
        EntityKind::Other => "OTHER",
    }
}

pub(super) fn to_entity_kind(word: &str) -> EntityKind {
    match word {
        "PER" => EntityKind::Person,
        "LOC" => EntityKind::Place,
        "ORG" => EntityKind::Organisation,
        "EVENT" => EntityKind::Event,
        _ => EntityKind::Other,
    }
}

/// `day` and `day_to`.
pub(super) fn days(published: Published) -> (Option<String>, Option<String>) {
    match published {
        Published::Unknown => (None, None),
        Published::Day(day) => (Some(day.to_string()), None),
        Published::Estimated { from, to } => (Some(from.to_string()), Some(to.to_string())),
    }
}

pub(super) fn to_published(day: Option<&str>, day_to: Option<&str>) -> Published {
    let date = |word: Option<&str>| word.and_then(|w| w.parse::<Date>().ok());
    match (date(day), date(day_to)) {
        (Some(from), Some(to)) => Published::Estimated { from, to },
        (Some(day), None) => Published::Day(day),
        (None, _) => Published::Unknown,
    }
}

/// Paragraphs as a letter each, where they are the parts of the text between blank lines, as in
/// nearly all; else as JSON, `[[start, end, kind], …]`.
pub(super) fn paragraphs(draft: &Draft) -> String {
    let letters: String = draft.paragraphs.iter().map(|p| letter(p.kind)).collect();
    if to_paragraphs(&letters, &draft.text) == draft.paragraphs {
        return letters;
    }
    let list: Vec<_> = draft.paragraphs.iter().map(|p| (p.span.start(), p.span.end(), p.kind)).collect();
    serde_json::to_string(&list).expect("numbers and words are JSON")
}

/// The paragraphs that fit `text`; none where the column is damaged.
pub(super) fn to_paragraphs(word: &str, text: &str) -> Vec<Paragraph> {
    if word.starts_with('[') {
        let list: Vec<(usize, usize, ParagraphKind)> = serde_json::from_str(word).unwrap_or_default();
        return list
            .into_iter()
            .filter_map(|(start, end, kind)| Some(Paragraph { span: Span::new(text, start..end)?, kind }))
            .collect();
    }
    let mut start = 0;
    word.chars()
        .zip(text.split("\n\n"))
        .filter_map(|(letter, part)| {
            let end = start + part.len();
            let span = Span::new(text, start..end)?;
            start = end + 2;
            Some(Paragraph { span, kind: to_kind(letter)? })
        })
        .collect()
}

const KINDS: [(char, ParagraphKind); 8] = [
    ('b', ParagraphKind::Body),
    ('c', ParagraphKind::Caption),
    ('e', ParagraphKind::Tail),
    ('h', ParagraphKind::Heading),
    ('k', ParagraphKind::Kicker),
    ('l', ParagraphKind::Lead),
    ('p', ParagraphKind::Credit),
    ('t', ParagraphKind::Title),
];

fn letter(kind: ParagraphKind) -> char {
    KINDS.iter().find(|(_, k)| *k == kind).map_or('b', |(letter, _)| *letter)
}

fn to_kind(letter: char) -> Option<ParagraphKind> {
    KINDS.iter().find(|(l, _)| *l == letter).map(|(_, kind)| *kind)
}

/// Kicker or lead: nothing where it is what the first paragraph of its kind says, empty where there
/// is none although there is such a paragraph.
pub(super) fn standing(words: Option<&str>, kind: ParagraphKind, draft: &Draft) -> Option<String> {
    let said = first_of(kind, &draft.paragraphs, &draft.text);
    if words == said { None } else { Some(words.unwrap_or_default().to_owned()) }
}

pub(super) fn to_standing(
    column: Option<String>,
    kind: ParagraphKind,
    paragraphs: &[Paragraph],
    text: &str,
) -> Option<String> {
    match column {
        None => first_of(kind, paragraphs, text).map(str::to_owned),
        Some(words) => Some(words).filter(|words| !words.is_empty()),
    }
}

fn first_of<'a>(kind: ParagraphKind, paragraphs: &[Paragraph], text: &'a str) -> Option<&'a str> {
    paragraphs.iter().find(|p| p.kind == kind).map(|p| p.span.of(text))
}

/// Fields as JSON; nothing where there are none.
pub(super) fn fields(fields: &[Field]) -> Option<String> {
    (!fields.is_empty()).then(|| serde_json::to_string(fields).expect("fields are JSON"))
}

pub(super) fn to_fields(word: Option<&str>) -> Vec<Field> {
    word.and_then(|word| serde_json::from_str(word).ok()).unwrap_or_default()
}

/// A list of words as JSON.
pub(super) fn words(words: &[String]) -> String {
    serde_json::to_string(words).expect("words are JSON")
}

pub(super) fn to_words(word: &str) -> Vec<String> {
    serde_json::from_str(word).unwrap_or_default()
}
