//! Names that the article has given in full elsewhere: surnames, acronyms, short forms.

use std::collections::HashMap;

use crate::model::{EntityKind, Language};

use super::candidate::{Candidate, weight};
use super::clue::{Clue, clue};
use super::lexicon::genitive_base;
use super::names::is_determiner;
use super::token::{Document, Token};

/// How much speaks for each kind of a word.
#[derive(Clone, Copy, Debug, Default)]
struct Votes {
    person: u32,
    place: u32,
    organisation: u32,
    /// Part of a name in full: its bare use is sure.
    full: bool,
}

impl Votes {
    fn best(self) -> Option<EntityKind> {
        let most = self.person.max(self.place).max(self.organisation);
        if most == 0 {
            None
        } else if self.person == most {
            Some(EntityKind::Person)
        } else if self.place == most {
            Some(EntityKind::Place)
        } else {
            Some(EntityKind::Organisation)
        }
    }
}

/// Single words that repeat a name found so far.
pub fn find(document: &Document<'_>, chosen: &[Candidate], found: &mut Vec<Candidate>) {
    let known = known_words(document, chosen);
    if known.is_empty() {
        return;
    }
    for (index, token) in document.tokens.iter().enumerate() {
        let Some(votes) = lookup(&known, token.text) else { continue };
        let Some(kind) = votes.best() else { continue };
        if !may_repeat(document, index, token, votes) {
            continue;
        }
        let weight = if votes.full { weight::ECHO } else { weight::CONTEXT + 2 };
        found.push(Candidate { first: index, last: index, kind, canonical: None, weight });
    }
}

fn lookup(known: &HashMap<&str, Votes>, word: &str) -> Option<Votes> {
    if !word.contains(char::is_uppercase) {
        return None;
    }
    known.get(word).or_else(|| known.get(genitive_base(word)?)).copied()
}

/// Words that may stand alone for a name, with what speaks for each kind.
fn known_words<'a>(document: &Document<'a>, chosen: &[Candidate]) -> HashMap<&'a str, Votes> {
    let mut known: HashMap<&'a str, Votes> = HashMap::new();
    for candidate in chosen {
        let Some(last) = document.tokens.get(candidate.last) else { continue };
        let sure = u32::from(candidate.weight >= weight::LISTED);
        match candidate.kind {
            EntityKind::Person => {
                let votes = known.entry(last.text).or_default();
                votes.person += if candidate.is_single() { 1 + sure } else { 3 };
                votes.full |= !candidate.is_single() && candidate.weight > weight::PAIR;
                votes.full |= candidate.weight == weight::TITLED;
                if let Some((_, bare)) = last.text.split_once('-')
                    && last.text.starts_with(char::is_lowercase)
                {
                    let bare = known.entry(bare).or_default();
                    bare.person += 3;
                    bare.full = true;
                }
            }
            EntityKind::Place if candidate.is_single() => {
                known.entry(last.text).or_default().place += 1 + 2 * sure;
            }
            EntityKind::Organisation if candidate.is_single() => {
                known.entry(last.text).or_default().organisation += 1 + sure;
            }
            EntityKind::Organisation => short_form(document, candidate, &mut known),
            _ => {}
        }
    }
    known
}

/// The first word of a company or club stands for it where nothing else explains it.
fn short_form<'a>(document: &Document<'a>, candidate: &Candidate, known: &mut HashMap<&'a str, Votes>) {
    let Some(first) = document.tokens.get(candidate.first) else { return };
    let class = first.class;
    let plain = class.noun
        || class.word
        || class.first
        || class.place.is_some()
        || class.derived
        || class.acronym
        || (document.language == Language::English && document.has_lower(first.text));
    if !plain && first.text.chars().count() >= 4 && candidate.weight == weight::HEAD {
        let votes = known.entry(first.text).or_default();
        votes.organisation += 3;
        votes.full = true;
    }
}

/// Whether the word may be that name here: ordinary words need more than their form.
fn may_repeat(document: &Document<'_>, index: usize, token: &Token<'_>, votes: Votes) -> bool {
    let class = token.class;
    if clue(token.text, Clue::Calendar) || !token.is_capital() {
        return false;
    }
    let determined = token.follows() && document.before(index).is_some_and(|b| is_determiner(b.text));
    if class.noun || (class.word && token.opens) {
        return votes.full && !determined && !(token.opens && class.word);
    }
    if class.place.is_some_and(|p| p.sure == super::lexicon::Sure::Yes)
        && votes.best() == Some(EntityKind::Person)
    {
        let preposition =
            document.before(index).is_some_and(|b| matches!(b.text, "in" | "aus" | "nach" | "from"));
        return !preposition && votes.full;
    }
    true
}
