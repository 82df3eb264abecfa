//! The fields of a query: their names in English and German, and what their values mean.

use crate::model::Language;

use super::query::{NameField, State};

/// A known field.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Name(NameField),
    Language,
    Story,
    State,
    Tag,
    Since,
    Until,
    Before,
    After,
}

/// English name first, then what else is understood.
const FIELDS: &[(&[&str], Field)] = &[
    (&["source", "quelle"], Field::Name(NameField::Source)),
    (&["person"], Field::Name(NameField::Person)),
    (&["place", "ort"], Field::Name(NameField::Place)),
    (&["org", "organisation", "organization"], Field::Name(NameField::Organisation)),
    (&["title", "titel"], Field::Name(NameField::Title)),
    (&["lang", "sprache"], Field::Language),
    (&["story", "thema"], Field::Story),
    (&["is", "ist"], Field::State),
    (&["tag", "schlagwort", "etikett"], Field::Tag),
    (&["since", "seit"], Field::Since),
    (&["until", "bis"], Field::Until),
    (&["before", "vor"], Field::Before),
    (&["after", "nach"], Field::After),
];

/// The field of this name, any case, with its English name.
pub(super) fn named(name: &str) -> Option<(&'static str, Field)> {
    let lower = name.to_ascii_lowercase();
    let (names, field) = FIELDS.iter().find(|(names, _)| names.contains(&lower.as_str()))?;
    Some((names.first()?, *field))
}

/// The language meant by a value of `lang:`.
pub(super) fn language(value: &str) -> Option<Language> {
    match value.to_lowercase().as_str() {
        "de" | "deutsch" | "german" => Some(Language::German),
        "en" | "englisch" | "english" => Some(Language::English),
        "other" | "andere" => Some(Language::Other),
        _ => None,
    }
}

/// What `is:` asks for.
pub(super) fn state(value: &str) -> Option<State> {
    match value.to_lowercase().as_str() {
        "unread" | "ungelesen" => Some(State::Unread),
        "read" | "gelesen" => Some(State::Read),
        "starred" | "markiert" => Some(State::Starred),
        "new" | "neu" => Some(State::New),
        "noted" | "notiert" => Some(State::Noted),
        _ => None,
    }
}
