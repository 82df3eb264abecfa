//! Names that the article has given in full elsewhere: surnames, acronyms, short forms.

use crate::model::{EntityKind, Language};
use crate::text::quick::QuickMap;

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
    /// A club named by its town: bare, the town is the club.
    club: bool,
}

impl Votes {
    fn best(self) -> Option<EntityKind> {
        let most = self.person.max(self.place).max(self.organisation);
        if self.club {
            Some(EntityKind::Organisation)
        } else if most == 0 {
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
    short_forms(document, chosen, found);
    let known = known_words(document, chosen);
    if known.is_empty() {
        return;
    }
    let mut covered = vec![false; document.tokens.len()];
    for name in chosen.iter().filter(|c| !c.is_single()) {
        covered[name.first..=name.last].fill(true);
    }
    for (index, token) in document.tokens.iter().enumerate() {
        // A longer name stands as a whole.
        if covered[index] {
            continue;
        }
        let Some(votes) = lookup(&known, token.text) else { continue };
        let Some(kind) = votes.best() else { continue };
        if !may_repeat(document, index, token, votes) {
            continue;
        }
        let weight = if votes.full { weight::ECHO } else { weight::CONTEXT + 2 };
        let first = if kind == EntityKind::Person { with_particles(document, chosen, index) } else { index };
        found.push(Candidate { first, last: index, kind, canonical: None, weight });
    }
}

/// `San Miguel` where `San Miguel Corp` stands: the words before the last one of a company.
fn short_forms(document: &Document<'_>, chosen: &[Candidate], found: &mut Vec<Candidate>) {
    for name in chosen {
        let company = document.tokens.get(name.last).is_some_and(|t| clue(t.text, Clue::Company));
        if name.kind != EntityKind::Organisation || name.len() < 3 || !company {
            continue;
        }
        let words: Vec<&str> = document.tokens[name.first..name.last].iter().map(|t| t.text).collect();
        for first in 0..document.tokens.len().saturating_sub(words.len() - 1) {
            let run = &document.tokens[first..first + words.len()];
            let same = run.iter().zip(&words).all(|(token, word)| token.text == *word)
                && run.iter().skip(1).all(Token::follows);
            if same {
                let last = first + words.len() - 1;
                let kind = EntityKind::Organisation;
                found.push(Candidate { first, last, kind, canonical: None, weight: weight::HEAD });
            }
        }
    }
}

/// Index of the first of the particles before surname `index` that its full name has too
/// (`von der Leyen`), else `index`.
fn with_particles(document: &Document<'_>, chosen: &[Candidate], index: usize) -> usize {
    let surname = document.tokens.get(index).map_or("", |t| t.text);
    let base = genitive_base(surname).unwrap_or(surname);
    let full = chosen
        .iter()
        .filter(|c| c.kind == EntityKind::Person && c.len() >= 3)
        .find(|c| document.tokens.get(c.last).is_some_and(|t| t.text == surname || t.text == base));
    let Some(full) = full else { return index };
    let mut first = index;
    let mut particle = full.last;
    while first > 0 && particle > full.first + 1 {
        let (here, there) = (&document.tokens[first - 1], &document.tokens[particle - 1]);
        let same = here.text == there.text && !here.is_capital();
        if !same || here.sentence != document.tokens[index].sentence || !document.tokens[first].follows() {
            break;
        }
        first -= 1;
        particle -= 1;
    }
    first
}

fn lookup(known: &QuickMap<&str, Votes>, word: &str) -> Option<Votes> {
    if !word.contains(char::is_uppercase) {
        return None;
    }
    known.get(word).or_else(|| known.get(genitive_base(word)?)).copied()
}

/// Words that may stand alone for a name, with what speaks for each kind.
fn known_words<'a>(document: &Document<'a>, chosen: &[Candidate]) -> QuickMap<&'a str, Votes> {
    let mut known: QuickMap<&'a str, Votes> = QuickMap::default();
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
            EntityKind::Organisation => {
                short_form(document, candidate, &mut known);
                // "Köln" is the club where the article has "1. FC Köln".
                let club = document.tokens.get(candidate.last - 1).is_some_and(|t| clue(t.text, Clue::Club));
                if club && last.class.place.is_some() {
                    let votes = known.entry(last.text).or_default();
                    votes.club = true;
                    votes.full = true;
                }
            }
            _ => {}
        }
    }
    known
}

/// The first word of a company or club stands for it where nothing else explains it.
fn short_form<'a>(document: &Document<'a>, candidate: &Candidate, known: &mut QuickMap<&'a str, Votes>) {
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
    let place = class.place.is_some_and(|p| p.sure == super::lexicon::Sure::Yes);
    if place && votes.best() != Some(EntityKind::Place) {
        let preposition = document.before(index).is_some_and(|b| {
            matches!(b.text, "in" | "aus" | "nach" | "from" | "bei" | "um" | "nahe" | "near")
        });
        return !preposition && votes.full;
    }
    true
}
