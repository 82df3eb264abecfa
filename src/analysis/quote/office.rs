//! Nouns for persons: what they say of gender, and which of them name one office.

use super::speaker::Speaker;
use crate::analysis::lexicon::{self, Gender};
use crate::model::{Analysis, EntityKind};

/// Nouns that say nothing of who holds them: they fit whoever is being talked about.
pub(super) fn is_general(head: &str) -> bool {
    const GENERAL: &[&str] = &[
        "politiker",
        "politikerin",
        "jährige",
        "chefdiplomat",
        "chefdiplomatin",
        "mann",
        "frau",
        "experte",
        "expertin",
        "regierungschef",
        "regierungschefin",
        "staatschef",
        "staatschefin",
        "parteichef",
        "parteichefin",
    ];
    // `der XYZ-Chef` leads whatever XYZ is.
    let leads = head.contains('-') && (head.ends_with("chef") || head.ends_with("chefin"));
    leads || GENERAL.iter().any(|g| head.ends_with(g)) || head.ends_with("jährige")
}

/// Offices that go by two names.
pub(super) fn same_office(role: &str, head: &str) -> bool {
    const PAIRS: &[(&str, &str)] = &[
        ("außenminister", "chefdiplomat"),
        ("aussenminister", "chefdiplomat"),
        ("präsident", "staatschef"),
        ("präsident", "staatsoberhaupt"),
        ("kanzler", "regierungschef"),
        ("ministerpräsident", "regierungschef"),
        ("ministerpräsident", "landeschef"),
        ("premierminister", "regierungschef"),
        ("premier", "regierungschef"),
        ("vorsitzender", "chef"),
        ("vorsitzende", "chef"),
        ("bürgermeister", "stadtchef"),
        ("trainer", "coach"),
        ("machthaber", "präsident"),
    ];
    let pair = |a: &str, b: &str| PAIRS.iter().any(|(x, y)| a.ends_with(x) && b.ends_with(y));
    pair(role, head) || pair(head, role)
}

/// The masculine form of a noun for a person: `ministerin` and `minister` meet.
pub(super) fn masculine(noun: &str) -> String {
    noun.strip_suffix("in")
        .filter(|n| n.len() > 4 && n.ends_with(['r', 't', 'n', 'f']))
        .unwrap_or(noun)
        .to_owned()
}

/// Whether a noun that stands for a speaker means one person.
pub(super) fn is_person_noun(name: &str) -> bool {
    const PERSONS: &[&str] = &[
        "sprecher",
        "minister",
        "präsident",
        "chef",
        "politiker",
        "leiter",
        "direktor",
        "sekretär",
        "anwalt",
        "anwält",
        "richter",
        "experte",
        "expertin",
        "forscher",
        "professor",
        "beamter",
        "mitarbeiter",
        "trainer",
        "vorsitzende",
        "kanzler",
        "general",
        "kommandeur",
        "bürgermeister",
        "abgeordnete",
        "senator",
        "botschafter",
        "autor",
        "journalist",
        "arzt",
        "ärztin",
        "jährige",
        "analyst",
        "manager",
        "anführer",
    ];
    let head = name.split_whitespace().next().unwrap_or_default().to_lowercase();
    let head = masculine(&head);
    PERSONS.iter().any(|p| head.ends_with(p))
}

pub(super) fn gender_of_noun(noun: &str) -> Gender {
    if masculine(noun) != noun || noun == "frau" {
        return Gender::Female;
    }
    if ["er", "or", "ent", "ist", "chef", "mann", "kanzler", "rat", "at"].iter().any(|e| noun.ends_with(e)) {
        return Gender::Male;
    }
    Gender::Unknown
}

pub(super) fn gender_of(analysis: &Analysis, speaker: &Speaker) -> Gender {
    let Some(entity) = speaker.entity.and_then(|e| analysis.entities.get(e as usize)) else {
        let noun = speaker.name.split_whitespace().next().unwrap_or_default().to_lowercase();
        return gender_of_noun(&noun);
    };
    if entity.kind != EntityKind::Person {
        return Gender::Unknown;
    }
    for role in &entity.roles {
        for word in role.to_lowercase().split_whitespace() {
            let gender = gender_of_noun(word);
            if gender != Gender::Unknown && word.len() > 3 {
                return gender;
            }
        }
    }
    lexicon::gender_of_name(&entity.canonical)
}
