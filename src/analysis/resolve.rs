//! Who is meant: one entity for all the names an article uses for it.

use crate::model::{Entity, EntityKind, Mention, MentionForm, Span};
use crate::text::quick::QuickMap;

use super::candidate::Candidate;
use super::clue::{Clue, clue};
use super::lexicon::{self, genitive_base};
use super::token::{Document, Token};

/// Entities of one article as they are found.
#[derive(Debug, Default)]
pub struct Entities {
    list: Vec<Entity>,
    index: QuickMap<(EntityKind, String), u32>,
}

impl Entities {
    /// The number of the entity with this name, made where it is new.
    pub fn number(&mut self, kind: EntityKind, canonical: &str) -> u32 {
        if let Some(number) = self.index.get(&(kind, canonical.to_owned())) {
            return *number;
        }
        let number = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.list.push(Entity { canonical: canonical.to_owned(), kind, roles: Vec::new() });
        self.index.insert((kind, canonical.to_owned()), number);
        number
    }
}

/// Mentions by place and their entities by first mention.
#[must_use]
pub fn finish(mut mentions: Vec<Mention>, entities: &Entities) -> (Vec<Mention>, Vec<Entity>) {
    mentions.sort_by_key(|m| (m.span, m.form as u8));
    mentions.dedup_by_key(|m| (m.span, m.form));
    let mut order: Vec<Option<u32>> = vec![None; entities.list.len()];
    let mut list: Vec<Entity> = Vec::with_capacity(entities.list.len());
    for mention in &mut mentions {
        let Some(entity) = entities.list.get(mention.entity as usize) else { continue };
        let number = *order[mention.entity as usize].get_or_insert_with(|| {
            list.push(entity.clone());
            u32::try_from(list.len() - 1).unwrap_or(u32::MAX)
        });
        mention.entity = number;
        if let Some(role) = &mention.role
            && let Some(entity) = list.get_mut(number as usize)
            && !entity.roles.contains(role)
        {
            entity.roles.push(role.clone());
        }
    }
    (mentions, list)
}

/// Names in full, and what stands for them.
#[derive(Debug, Default)]
pub struct Names<'a> {
    /// Last name → full names with the word index where they stand, by place.
    persons: QuickMap<&'a str, Vec<(usize, String)>>,
    /// First name → full name.
    by_first_name: QuickMap<&'a str, String>,
    /// First words of an organisation → its name.
    organisations: QuickMap<String, String>,
    /// Acronym → name, by `Name (ABC)`.
    acronyms: QuickMap<&'a str, String>,
}

impl<'a> Names<'a> {
    /// The full names among `chosen`.
    #[must_use]
    pub fn new(document: &Document<'a>, chosen: &[Candidate]) -> Self {
        let mut names = Self::default();
        for candidate in chosen {
            match candidate.kind {
                EntityKind::Person if !candidate.is_single() => names.add_person(document, candidate),
                EntityKind::Organisation => names.add_organisation(document, candidate),
                _ => {}
            }
        }
        names
    }

    fn add_person(&mut self, document: &Document<'a>, candidate: &Candidate) {
        let (Some(first), Some(last)) =
            (document.tokens.get(candidate.first), document.tokens.get(candidate.last))
        else {
            return;
        };
        let words = candidate.words(document);
        let known = genitive_base(last.text).filter(|base| is_base_known(document, last, base));
        let surname = known.unwrap_or(last.text);
        let full = words.get(..words.len() - (last.text.len() - surname.len())).unwrap_or(words);
        let full = full.split_whitespace().collect::<Vec<_>>().join(" ");
        let place = candidate.first;
        let mut add = |key| self.persons.entry(key).or_default().push((place, full.clone()));
        add(surname);
        if surname.starts_with(char::is_lowercase)
            && let Some((_, bare)) = surname.split_once('-')
        {
            add(bare);
        }
        self.by_first_name.entry(first.text).or_insert(full);
    }

    fn add_organisation(&mut self, document: &Document<'a>, candidate: &Candidate) {
        let canonical = organisation_name(document, candidate);
        if !candidate.is_single() {
            let mut prefix = String::new();
            for token in &document.tokens[candidate.first..candidate.last] {
                if !prefix.is_empty() {
                    prefix.push(' ');
                }
                prefix.push_str(token.text);
                let ordinary = token.class.noun || token.class.place.is_some() || token.class.derived;
                if !ordinary || prefix.contains(' ') {
                    self.organisations.entry(prefix.clone()).or_insert_with(|| canonical.clone());
                }
            }
        }
        if candidate.last > candidate.first
            && document.tokens.get(candidate.last - 1).is_some_and(|t| clue(t.text, Clue::Club))
        {
            self.organisations
                .entry(document.tokens[candidate.last].text.to_owned())
                .or_insert(canonical.clone());
        }
        if let Some(acronym) = acronym_behind(document, candidate.last) {
            self.acronyms.entry(acronym).or_insert(canonical);
        }
    }

    /// The canonical name of `candidate`.
    #[must_use]
    pub fn canonical(&self, document: &Document<'a>, candidate: &Candidate) -> String {
        match candidate.kind {
            EntityKind::Person => self.person(document, candidate),
            EntityKind::Organisation => {
                let words = candidate.words(document);
                if let Some(name) = self.acronyms.get(words) {
                    return name.clone();
                }
                if let Some(name) = candidate.canonical {
                    return name.to_owned();
                }
                let base = organisation_name(document, candidate);
                self.organisations.get(&base).cloned().unwrap_or(base)
            }
            _ => candidate.canonical.map_or_else(|| base_name(document, candidate), str::to_owned),
        }
    }

    fn person(&self, document: &Document<'a>, candidate: &Candidate) -> String {
        let base = base_name(document, candidate);
        let surname = base.rsplit(' ').next().unwrap_or(&base);
        if !candidate.is_single() {
            // "Peter Müller" is "Hans Peter Müller" where that stands, not "Anna Müller".
            let fuller = self.persons.get(surname).and_then(|list| {
                list.iter().map(|(_, full)| full).find(|f| f.len() > base.len() && has_words_of(f, &base))
            });
            return fuller.cloned().unwrap_or(base);
        }
        let names = [Some(base.as_str()), genitive_base(&base)];
        for name in names.into_iter().flatten() {
            if let Some(list) = self.persons.get(name) {
                let before = list.iter().rev().find(|(place, _)| *place <= candidate.first);
                if let Some((_, full)) = before.or(list.first()) {
                    return full.clone();
                }
            }
        }
        for name in names.into_iter().flatten() {
            if let Some(full) = self.by_first_name.get(name) {
                return full.clone();
            }
        }
        base
    }
}

/// Whether all words of `short` stand in `long`, in order.
fn has_words_of(long: &str, short: &str) -> bool {
    let mut words = long.split(' ');
    short.split(' ').all(|word| words.any(|w| w == word))
}

/// The candidate's words, without a genitive ending where the base is known.
fn base_name(document: &Document<'_>, candidate: &Candidate) -> String {
    let words = candidate.words(document);
    let Some(last) = document.tokens.get(candidate.last) else { return words.to_owned() };
    let cut = genitive_base(last.text)
        .filter(|base| is_base_known(document, last, base))
        .map_or(0, |base| last.text.len() - base.len());
    let base = words.get(..words.len() - cut).unwrap_or(words);
    base.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn organisation_name(document: &Document<'_>, candidate: &Candidate) -> String {
    if let Some(name) = candidate.canonical {
        return name.to_owned();
    }
    let name = base_name(document, candidate);
    // "des UN-Welternährungsprogramms", "der Universitäts": the noun behind the -s is known.
    if let Some(base) = genitive_base(&name)
        && candidate.is_single()
        && name.contains('-')
        && lexicon::is_noun(base)
        && !name.ends_with("ss")
    {
        return base.to_owned();
    }
    name
}

/// Whether the word without its -s is a name known from this article or the tables, and the word
/// itself is none.
fn is_base_known(document: &Document<'_>, token: &Token<'_>, base: &str) -> bool {
    if lexicon::is_last_name(token.text) || lexicon::is_first_name(token.text) {
        return false;
    }
    document.has_capital(base) || lexicon::is_last_name(base) || lexicon::is_first_name(base)
}

/// The acronym in brackets behind word `last`, where its letters fit the words before.
fn acronym_behind<'a>(document: &Document<'a>, last: usize) -> Option<&'a str> {
    let next = document.after(last)?;
    let bracket = next.gap.trim_start_matches(['“', '"', '”', '»', '«', '\'']).trim_start() == "(";
    let closed = document.text.get(next.end..).is_some_and(|rest| rest.starts_with(')'));
    (bracket && closed && next.class.acronym).then_some(next.text)
}

/// One mention of a candidate; the genitive -s lies inside.
#[must_use]
pub fn mention(
    document: &Document<'_>,
    candidate: &Candidate,
    entity: u32,
    role: Option<String>,
) -> Option<Mention> {
    let start = document.tokens.get(candidate.first)?.start;
    let end = document.tokens.get(candidate.last)?.end;
    let span = Span::new(document.text, start..end)?;
    Some(Mention { span, entity, form: MentionForm::Name, role })
}
