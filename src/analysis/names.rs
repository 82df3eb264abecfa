//! Persons by the form of their names: first and last names, particles, initials, titles.

use crate::model::{EntityKind, Language};

use super::candidate::{Candidate, weight};
use super::clue::{Clue, clue};
use super::role;
use super::token::{Document, Token};

/// Most words of a person's name.
const LONGEST: usize = 6;

/// Every run of words that looks like a person.
pub fn find(document: &Document<'_>, found: &mut Vec<Candidate>) {
    let mut index = 0;
    while index < document.tokens.len() {
        if let Some(candidate) = person_at(document, index) {
            index = candidate.last + 1;
            found.push(candidate);
        } else {
            index += 1;
        }
    }
}

fn person_at(document: &Document<'_>, first: usize) -> Option<Candidate> {
    let token = document.tokens.get(first)?;
    if !token.is_capital() || clue(token.text, Clue::Calendar) {
        return None;
    }
    let person =
        |last, weight| Some(Candidate { first, last, kind: EntityKind::Person, canonical: None, weight });
    let titled = document
        .before(first)
        .filter(|before| token.follows() || (before.text.len() <= 5 && token.gap == ". "))
        .map_or(role::Title::None, |before| before.title);
    if begins_full_name(document, first, token)
        && let Some(last) = end_of_name(document, first)
    {
        return person(last, weight::FULL_NAME);
    }
    if titled != role::Title::None && is_titled_name(token, titled) {
        return person(end_of_open_run(document, first), weight::TITLED);
    }
    if !is_unexplained(document, token) {
        return None;
    }
    let last = end_of_open_run(document, first);
    if last > first {
        let named = document.tokens[first..=last].iter().any(|t| t.class.last || t.class.first);
        let sure = if named { weight::CONTEXT + 5 } else { weight::PAIR };
        let english_guess = document.language == Language::English && !named;
        return if english_guess { None } else { person(last, sure) };
    }
    let determined = is_determined(document, first);
    if is_bare_genitive(document, first, token) && !determined {
        return person(first, weight::GUESS + 2);
    }
    if token.class.last && !determined && (!token.opens || document.capital_count(token.text) > 0) {
        return person(first, weight::GUESS + 5);
    }
    if token.class.first && !determined && !token.opens {
        return person(first, weight::GUESS);
    }
    None
}

/// Whether a first name (or initial) stands here that a last name may follow.
fn begins_full_name(document: &Document<'_>, first: usize, token: &Token<'_>) -> bool {
    if token.class.derived {
        return false;
    }
    if token.is_initial() {
        return document.after(first).is_some_and(|next| next.gap.starts_with('.'));
    }
    if !token.class.first {
        return false;
    }
    // "Ernst Müller" begins a name, "Ernst Lage" does not: such first names need a clear last one.
    let doubtful =
        token.class.noun || token.class.place.is_some_and(|p| p.country) || (token.opens && token.class.word);
    !doubtful
        || document.after(first).is_some_and(|next| next.follows() && next.class.last && !next.class.noun)
}

/// Index of the last word of the name that begins at `first`; `None` without a last name.
fn end_of_name(document: &Document<'_>, first: usize) -> Option<usize> {
    let sentence = document.tokens.get(first)?.sentence;
    let mut last = None;
    let mut index = first + 1;
    while index < first + LONGEST {
        let Some(token) = document.at(index, sentence) else { break };
        let previous = &document.tokens[index - 1];
        let joined = token.follows() || (previous.is_initial() && token.gap == ". ");
        if !joined {
            break;
        }
        if token.is_initial() && document.at(index + 1, sentence).is_some_and(|n| n.gap.starts_with('.')) {
            index += 1;
            continue;
        }
        if token.is_capital() {
            if !continues_name(token, last.is_some()) {
                break;
            }
            last = Some(index);
            index += 1;
            continue;
        }
        if is_arabic_name(token.text) {
            last = Some(index);
            index += 1;
            continue;
        }
        // Particles stand behind first names; behind a last name they begin something else.
        let only_first = document.tokens[first..index].iter().all(|t| t.class.first || t.is_initial());
        match behind_particles(document, index, sentence, last.is_some() && !only_first) {
            Some(name) => {
                last = Some(name);
                index = name + 1;
            }
            None => break,
        }
    }
    last
}

/// Whether the capital word belongs to the name: without a last name so far nearly every one does.
fn continues_name(token: &Token<'_>, has_last: bool) -> bool {
    let class = token.class;
    if clue(token.text, Clue::Calendar) || class.acronym || has_digit(token.text) {
        return false;
    }
    if has_last {
        return !class.noun
            && !class.word
            && !class.derived
            && class.organisation.is_none()
            && (class.place.is_none() || class.last);
    }
    class.organisation.is_none() || class.last
}

/// The name word behind one to three particles (`von der Leyen`).
fn behind_particles(document: &Document<'_>, index: usize, sentence: usize, has_last: bool) -> Option<usize> {
    let mut at = index;
    while at < index + 3 {
        let token = document.at(at, sentence)?;
        if at > index && token.is_capital() && token.follows() {
            let class = token.class;
            let ordinary = class.noun || class.organisation.is_some() || class.derived;
            // "von" and a place tell where somebody is from; "den" and "de" belong to names.
            let german = matches!(document.tokens[index].text, "von" | "vom" | "zu" | "zum" | "zur" | "der");
            let elsewhere = class.place.is_some() && german && !class.last;
            let joint = document.tokens[index].text == "und" || document.tokens[index].text == "e";
            let fits = !ordinary && !elsewhere && !joint && !class.acronym && !has_digit(token.text);
            return fits.then_some(at);
        }
        if has_last || !clue(token.text, Clue::Particle) || !token.follows() {
            return None;
        }
        at += 1;
    }
    None
}

/// `al-Masri`, `el-Sisi`: a small article joined to a capital word.
fn is_arabic_name(word: &str) -> bool {
    word.split_once('-').is_some_and(|(article, name)| {
        matches!(
            article,
            "al" | "el" | "as" | "ad" | "an" | "ar" | "asch" | "at" | "az" | "ul" | "bin" | "ibn"
        ) && name.starts_with(char::is_uppercase)
    })
}

fn is_titled_name(token: &Token<'_>, title: role::Title) -> bool {
    let class = token.class;
    if class.acronym || class.derived || class.organisation.is_some() || token.is_initial() {
        return false;
    }
    match title {
        role::Title::Address => !class.word || class.last,
        role::Title::Office => {
            (class.is_open() || (class.last && !class.noun)) && class.place.is_none_or(|_| class.last)
                || (class.first && !class.noun && class.place.is_none())
        }
        role::Title::None => false,
    }
}

/// Index of the last of the unexplained words in a row from `first` on.
pub(super) fn end_of_open_run(document: &Document<'_>, first: usize) -> usize {
    let Some(sentence) = document.tokens.get(first).map(|t| t.sentence) else { return first };
    let mut last = first;
    while last + 1 < first + 4 {
        let Some(next) = document.at(last + 1, sentence) else { break };
        if next.follows() && is_arabic_name(next.text) {
            last += 1;
            continue;
        }
        if !next.follows() || !is_unexplained(document, next) || next.is_initial() {
            break;
        }
        last += 1;
    }
    last
}

fn has_digit(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
}

/// Whether a capital word is explained by nothing but being a name.
pub(super) fn is_unexplained(document: &Document<'_>, token: &Token<'_>) -> bool {
    let class = token.class;
    token.is_capital()
        && !class.acronym
        && !class.noun
        && !class.derived
        && class.place.is_none()
        && class.organisation.is_none()
        && !(class.word && (token.opens || document.language != Language::English))
        && !clue(token.text, Clue::Calendar)
        && !document.has_lower(token.text)
        && token.title == role::Title::None
        && token.text.chars().filter(|c| c.is_alphabetic()).count() >= 2
}

/// Whether an article stands before the word, or before its adjective.
fn is_determined(document: &Document<'_>, index: usize) -> bool {
    let Some(before) = document.before(index).filter(|_| document.tokens[index].follows()) else {
        return false;
    };
    let adjective = ["e", "en", "er", "es", "em"].iter().any(|end| before.text.ends_with(end))
        && !before.is_capital()
        && before.follows();
    is_determiner(before.text)
        || (adjective && document.before(index - 1).is_some_and(|b| is_determiner(b.text)))
}

/// `Beethovens Neunte`: an unexplained word on -s before a noun is the genitive of a name.
fn is_bare_genitive(document: &Document<'_>, index: usize, token: &Token<'_>) -> bool {
    document.language != Language::English
        && !token.opens
        && token.text.chars().count() >= 5
        && token.text.ends_with('s')
        && !token.text.ends_with("ss")
        && !token.text.contains('-')
        && document.after(index).is_some_and(|n| n.is_capital() && n.class.noun && n.follows())
}

/// Whether `word` is an article or the like, behind which ordinary nouns stand.
pub(super) fn is_determiner(word: &str) -> bool {
    clue(word, Clue::Determiner) || clue(&word.to_lowercase(), Clue::Determiner)
}
