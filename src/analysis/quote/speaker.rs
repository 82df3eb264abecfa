//! From the words for a speaker to a name.
//!
//! A name is read as its entity; a pronoun as the last subject it fits; an office as its holder in
//! the article; anything else stands for itself.

use super::office::{gender_of, gender_of_noun, is_general, is_person_noun, masculine, same_office};
use super::phrase::{Case, Phrase, Pronoun, Subject, extended, phrase, pronoun};
use super::unit::Unit;
use super::words::is_preposition;
use crate::analysis::lexicon::Gender;
use crate::model::{Analysis, EntityKind, Language};

/// Somebody who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Speaker {
    pub name: String,
    /// Index of the entity, where it is one.
    pub entity: Option<u32>,
}

/// What the article has told so far, for words that point back.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Who spoke last.
    pub speaker: Option<Speaker>,
    /// Persons and others by last appearance as a subject, latest last.
    subjects: Vec<Speaker>,
    /// Persons by last appearance, latest last.
    persons: Vec<u32>,
}

impl Memory {
    /// The speaker that `subject` of `unit` stands for.
    pub fn resolve(&self, unit: &Unit<'_>, subject: Subject) -> Option<Speaker> {
        match subject {
            Subject::Pronoun(p) => self.pronoun(unit.analysis, p),
            Subject::Phrase(p) => self.phrase(unit, p),
        }
    }

    fn pronoun(&self, analysis: &Analysis, pronoun: Pronoun) -> Option<Speaker> {
        let fits = |s: &&Speaker| {
            let kind = s.entity.and_then(|e| analysis.entities.get(e as usize)).map(|e| e.kind);
            let person = kind.map_or_else(|| is_person_noun(&s.name), |k| k == EntityKind::Person);
            match pronoun {
                Pronoun::He => person && gender_of(analysis, s) != Gender::Female,
                Pronoun::She => !person || gender_of(analysis, s) != Gender::Male,
                Pronoun::It => kind != Some(EntityKind::Person),
                Pronoun::They => true,
            }
        };
        self.subjects.iter().rev().find(fits).cloned()
    }

    fn phrase(&self, unit: &Unit<'_>, p: Phrase) -> Option<Speaker> {
        let analysis = unit.analysis;
        let named = |at: usize| {
            let (_, entity) = unit.entity(at)?;
            Some(Speaker {
                name: analysis.entities.get(entity as usize)?.canonical.clone(),
                entity: Some(entity),
            })
        };
        // `Obamas Sprecher Earnest`: the last name, unless a noun follows it.
        if let Some(at) = (p.core..p.to).rev().find(|&at| unit.is_person(at))
            && !possessive(unit, at, p.to)
        {
            let first = named(at)?;
            // `X und Y`
            let second = (matches!(unit.low(p.to), "und" | "and"))
                .then(|| phrase(unit, p.to + 1))
                .flatten()
                .and_then(|next| (next.core..next.to).rev().find(|&at| unit.is_person(at)).and_then(named));
            return Some(match second {
                Some(second) => Speaker {
                    name: format!("{} {} {}", first.name, unit.low(p.to), second.name),
                    entity: first.entity,
                },
                None => first,
            });
        }
        if let Some(at) = apposed(unit, p) {
            return named(at);
        }
        let last = last_word(unit, p);
        if let Some((kind, _)) = unit.entity(last)
            && kind != EntityKind::Event
        {
            return named(last);
        }
        if let Some(country) = government(unit, p) {
            return Some(country);
        }
        if let Some(holder) = self.holder(unit, p) {
            return Some(holder);
        }
        let name = described(unit, p);
        let low = name.to_lowercase();
        let no_noun = super::words::is_conjunction(&low)
            || matches!(low.as_ref(), "has" | "have" | "had" | "is" | "was");
        (!no_noun).then_some(Speaker { name, entity: None })
    }

    /// The person of the article who holds the office that `p` names.
    fn holder(&self, unit: &Unit<'_>, p: Phrase) -> Option<Speaker> {
        let article = unit.low(p.from);
        let definite = matches!(article, "der" | "die" | "the") || possessive(unit, p.core, p.to);
        if !definite {
            return None;
        }
        let analysis = unit.analysis;
        let head = unit.low(last_word(unit, p));
        let gender = gender_of_noun(head);
        let general = is_general(head);
        let base = masculine(head);
        let country = adjective_country(unit, p);
        let score = |&person: &u32| {
            let entity = analysis.entities.get(person as usize)?;
            let of = gender_of(analysis, &Speaker { name: entity.canonical.clone(), entity: Some(person) });
            if gender != Gender::Unknown && of != Gender::Unknown && of != gender {
                return None;
            }
            let mut best =
                i32::from(general && self.subjects.iter().rev().take(2).any(|s| s.entity == Some(person)));
            for role in &entity.roles {
                // The first noun is the office; what follows says of what.
                let Some(office) = role.split_whitespace().find(|w| w.contains(char::is_uppercase)) else {
                    continue;
                };
                let office = masculine(office.trim_matches(',').to_lowercase().as_str());
                let role = role.to_lowercase();
                let party = |noun: &str| noun.split_once('-').map(|(party, _)| party.to_owned());
                if office == base {
                    best = best.max(4);
                } else if office.ends_with(base.as_str())
                    || base.ends_with(office.as_str()) && office.len() > 4
                {
                    best = best.max(3);
                } else if same_office(&office, &base)
                    || party(&office).is_some() && party(&office) == party(&base)
                {
                    best = best.max(2);
                }
                if best > 0 && country.as_ref().is_some_and(|c| role.contains(c.as_str())) {
                    best += 2;
                }
            }
            (best > 0).then_some(best)
        };
        let person = self
            .persons
            .iter()
            .enumerate()
            .filter_map(|(age, person)| Some((score(person)?, age, *person)))
            .max()
            .map(|(_, _, person)| person)
            .or_else(|| {
                // A noun that fits anybody points to who is being talked about.
                general.then(|| {
                    self.subjects.iter().rev().find_map(|s| s.entity.filter(|e| self.persons.contains(e)))
                })?
            })?;
        let name = analysis.entities.get(person as usize)?.canonical.clone();
        Some(Speaker { name, entity: Some(person) })
    }

    /// Makes whom the article is about the one who speaks next.
    pub fn follow_topic(&mut self) {
        if let Some(subject) = self.subjects.last() {
            self.speaker = Some(subject.clone());
        }
    }

    /// The subject of `unit` itself (`X hat nach eigenen Angaben …`).
    pub fn subject_of(&self, unit: &Unit<'_>) -> Option<Speaker> {
        if let Some(p) = pronoun(unit, 0) {
            return self.pronoun(unit.analysis, p);
        }
        phrase(unit, 0).filter(|p| p.case == Case::Subject).and_then(|p| self.phrase(unit, p))
    }

    /// Notes whom `unit` tells of, after its own speech was read.
    pub fn note(&mut self, unit: &Unit<'_>, speaker: Option<&Speaker>) {
        for at in 0..unit.items.len() {
            if let Some((EntityKind::Person, person)) = unit.entity(at) {
                self.persons.retain(|&p| p != person);
                self.persons.push(person);
            }
        }
        let subject = speaker.cloned().or_else(|| topic(unit));
        if let Some(subject) = subject {
            self.subjects.retain(|s| *s != subject);
            self.subjects.push(subject);
        }
    }
}

/// Whom a sentence without speech is about: its first noun phrase, else its first person.
fn topic(unit: &Unit<'_>) -> Option<Speaker> {
    let speaker = |at: usize| {
        let (kind, entity) = unit.entity(at)?;
        matches!(kind, EntityKind::Person | EntityKind::Organisation | EntityKind::Place).then_some(())?;
        Some(Speaker {
            name: unit.analysis.entities.get(entity as usize)?.canonical.clone(),
            entity: Some(entity),
        })
    };
    if pronoun(unit, 0).is_some() {
        return None;
    }
    let first = phrase(unit, 0).filter(|p| p.case == Case::Subject);
    if let Some(p) = first
        && let Some(found) = (p.core..p.to).rev().find(|&at| unit.is_person(at)).and_then(speaker)
    {
        return Some(found);
    }
    let person =
        (0..unit.items.len()).find(|&at| unit.is_person(at) && !possessive(unit, at, unit.items.len()));
    person.and_then(speaker).or_else(|| first.and_then(|p| speaker(last_word(unit, p))))
}

/// Whether the name at `at` is a genitive with a noun behind it, before item `to` (`Obamas Sprecher`).
fn possessive(unit: &Unit<'_>, at: usize, to: usize) -> bool {
    let Some(item) = unit.item(at) else { return false };
    let last = (at..to)
        .take_while(|&i| unit.item(i).is_some_and(|x| x.mention.is_some() && x.mention == item.mention))
        .last();
    let end = last.unwrap_or(at) + 1;
    let genitive = unit.low(end.saturating_sub(1)).ends_with(['s', '’', '\'']);
    item.mention.is_some()
        && genitive
        && end < to
        && unit
            .item(end)
            .is_some_and(|i| i.is_word() && (i.is_capital() || unit.language != Language::German))
}

/// The person that an apposition to `p` names: `der Chef der Firma, Max Muster,`.
fn apposed(unit: &Unit<'_>, p: Phrase) -> Option<usize> {
    let mut end = extended(unit, p.to);
    // `der Präsident des Amtes für X Anna Muster`: the name closes the chain.
    let last = end.saturating_sub(1);
    if end > p.to && unit.is_person(last) {
        let start = (p.to..=last).rev().take_while(|&at| unit.is_person(at)).last().unwrap_or(last);
        let before = unit.low(start.saturating_sub(1));
        let direct = is_preposition(before) || before.ends_with("er") && is_article(before);
        let title =
            start.checked_sub(1).is_some_and(|b| unit.item(b).is_some_and(super::unit::Item::is_capital))
                && start.checked_sub(2).is_some_and(|b| matches!(unit.low(b), "von" | "des" | "der" | "of"));
        if !direct && !title && !is_article(before) {
            return Some(last);
        }
    }
    if unit.is_stop(end, &[',']) {
        end += 1;
        let next = phrase(unit, end).filter(|n| n.case != Case::Object)?;
        let closes = unit.is_break(next.to) || unit.low(next.to).is_empty();
        return (next.core..next.to).rev().find(|&at| unit.is_person(at)).filter(|_| closes);
    }
    None
}

fn is_article(low: &str) -> bool {
    matches!(low, "der" | "die" | "das" | "den" | "dem" | "des" | "eines" | "einer" | "the")
}

fn last_word(unit: &Unit<'_>, p: Phrase) -> usize {
    (p.core..p.to)
        .take_while(|&at| !unit.is_stop(at, &['(']))
        .filter(|&at| unit.item(at).is_some_and(super::unit::Item::is_word))
        .last()
        .unwrap_or(p.core)
}

/// `die russische Regierung`, `die Führung in Moskau`: the country or capital speaks.
fn government(unit: &Unit<'_>, p: Phrase) -> Option<Speaker> {
    let head = unit.low(last_word(unit, p));
    if !matches!(head, "regierung" | "führung" | "staatsführung" | "seite" | "government") {
        return None;
    }
    let analysis = unit.analysis;
    let place = |entity: u32| {
        let found = analysis.entities.get(entity as usize)?;
        (found.kind == EntityKind::Place)
            .then(|| Speaker { name: found.canonical.clone(), entity: Some(entity) })
    };
    let start = unit.item(p.from)?.range.start;
    let end = unit.item(extended(unit, p.to).checked_sub(1)?)?.range.end;
    let first = analysis.mentions.partition_point(|m| m.span.start() < start);
    analysis.mentions.iter().skip(first).take_while(|m| m.span.start() < end).find_map(|m| place(m.entity))
}

/// The country that an adjective of `p` names, in lower case and cut to what its forms share.
fn adjective_country(unit: &Unit<'_>, p: Phrase) -> Option<String> {
    let adjective = (p.from..p.core).map(|at| unit.low(at)).find(|w| w.contains("isch"))?;
    let stem = adjective.split("isch").next().unwrap_or_default();
    (stem.chars().count() > 2).then(|| stem.chars().take(5).collect())
}

/// The words of `p` without article, with what they need to be understood (`Sprecher von X`).
fn described(unit: &Unit<'_>, p: Phrase) -> String {
    let start = if unit.language == Language::German { p.core } else { p.core.max(p.from) };
    let mut name = unit.words(start, p.to).to_owned();
    if matches!(unit.low(p.to), "von" | "vom" | "of")
        && let Some(owner) = phrase(unit, p.to + 1)
    {
        let of = (owner.core..owner.to)
            .rev()
            .find_map(|at| unit.entity(at))
            .and_then(|(_, e)| unit.analysis.entities.get(e as usize))
            .map_or_else(|| unit.words(owner.core, owner.to).to_owned(), |e| e.canonical.clone());
        name = format!("{name} {} {of}", unit.words(p.to, p.to + 1));
    }
    name
}
