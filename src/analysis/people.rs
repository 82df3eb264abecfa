//! Who is mentioned where: a view over the mentions found so far.

use crate::model::{Analysis, Draft, Entity, EntityKind, Mention, Span};

use super::lexicon;

pub use super::lexicon::Gender;

/// Questions about the persons, organisations and places of one article.
///
/// Works on an [`Analysis`] whose mentions and entities are found; its quotes may still be missing.
#[derive(Clone, Copy, Debug)]
pub struct People<'a> {
    draft: &'a Draft,
    analysis: &'a Analysis,
}

impl<'a> People<'a> {
    /// The view over `analysis`, made from `draft`.
    #[must_use]
    pub fn new(draft: &'a Draft, analysis: &'a Analysis) -> Self {
        Self { draft, analysis }
    }

    /// Mentions that lie wholly inside `span`, by place, parts and derived ones included.
    pub fn all_in(self, span: Span) -> impl Iterator<Item = &'a Mention> {
        let mentions = &self.analysis.mentions;
        let first = mentions.partition_point(|m| m.span.start() < span.start());
        mentions[first..]
            .iter()
            .take_while(move |m| m.span.start() < span.end())
            .filter(move |m| span.contains(m.span))
    }

    /// Mentions of `kind` inside `span`, by place, parts and derived ones included.
    pub fn mentions_in(self, span: Span, kind: EntityKind) -> impl Iterator<Item = &'a Mention> {
        self.all_in(span).filter(move |m| self.kind(m) == Some(kind))
    }

    /// Persons named inside `span`, by place.
    pub fn person_mentions_in(self, span: Span) -> impl Iterator<Item = &'a Mention> {
        self.mentions_in(span, EntityKind::Person)
    }

    /// Organisations named inside `span`, by place.
    pub fn organisation_mentions_in(self, span: Span) -> impl Iterator<Item = &'a Mention> {
        self.mentions_in(span, EntityKind::Organisation)
    }

    /// Places named inside `span`, by place.
    pub fn place_mentions_in(self, span: Span) -> impl Iterator<Item = &'a Mention> {
        self.mentions_in(span, EntityKind::Place)
    }

    /// Who or what `mention` means.
    #[must_use]
    pub fn entity(self, mention: &Mention) -> Option<&'a Entity> {
        self.analysis.entities.get(mention.entity as usize)
    }

    /// What kind of thing `mention` means.
    #[must_use]
    pub fn kind(self, mention: &Mention) -> Option<EntityKind> {
        self.entity(mention).map(|e| e.kind)
    }

    /// Canonical name behind `mention`; its own words where its entity is missing.
    #[must_use]
    pub fn canonical(self, mention: &Mention) -> &'a str {
        self.entity(mention).map_or_else(|| mention.span.of(&self.draft.text), |e| e.canonical.as_str())
    }

    /// Grammatical gender of the person behind `mention`: by the form of a role (`Sprecherin`),
    /// else by the first name.
    #[must_use]
    pub fn gender(self, mention: &Mention) -> Gender {
        let Some(entity) = self.entity(mention) else { return Gender::Unknown };
        if entity.kind != EntityKind::Person {
            return Gender::Unknown;
        }
        let feminine = |role: &String| {
            role.split_whitespace().any(|w| w.ends_with("in") && w.starts_with(char::is_uppercase))
        };
        if entity.roles.iter().any(feminine) {
            return Gender::Female;
        }
        lexicon::gender_of_name(&entity.canonical)
    }
}
