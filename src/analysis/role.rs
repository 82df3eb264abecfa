//! Offices and titles: which words are one, and whose they are.

use crate::model::{EntityKind, Language};

use super::candidate::Candidate;
use super::clue::{Clue, clue};
use super::lexicon;
use super::token::{Document, Token};

/// What a word before a name says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Title {
    /// A form of address (`Herr`, `Dr`).
    Address,
    /// An office, profession or kinship (`Außenminister`).
    Office,
    /// Nothing.
    None,
}

/// Longest role in words.
const LONGEST: usize = 12;

/// What `word` is before a name.
#[must_use]
pub fn title(word: &str, language: Language) -> Title {
    lexicon::office(word, language).unwrap_or(Title::None)
}

/// The role that stands with `chosen[index]`, a person; words as written.
#[must_use]
pub fn of<'a>(document: &Document<'a>, chosen: &[Candidate], index: usize) -> Option<&'a str> {
    let person = chosen.get(index).filter(|c| c.kind == EntityKind::Person)?;
    before_name(document, person)
        .or_else(|| behind_name(document, person))
        .or_else(|| before_comma(document, chosen, index))
}

fn is_office(token: &Token<'_>) -> bool {
    token.title == Title::Office
}

/// `US-Außenminister X`, `Prime Minister X`, `Chef des Welternährungsprogramms X`.
fn before_name<'a>(document: &Document<'a>, person: &Candidate) -> Option<&'a str> {
    let mut name = person.first;
    // "Minister Dr. X": the form of address stands between.
    while let Some(before) = document.before(name)
        && before.title == Title::Address
        && (document.tokens[name].follows() || document.tokens[name].gap == ". ")
    {
        name -= 1;
    }
    let token = document.tokens.get(name)?;
    let before = document.before(name).filter(|_| token.follows())?;
    let at = name - 1;
    if document.language == Language::English {
        return english_before(document, at);
    }
    // "ein Sprecher Muster-Meiers": the office is another's.
    let owner = person.is_single()
        && lexicon::genitive_base(token.text).is_some_and(|base| document.has_capital(base))
        && document.before(at).is_some_and(|b| before.follows() && super::names::is_determiner(b.text));
    if owner {
        return None;
    }
    if is_office(before) || (!person.is_single() && is_agent(before)) {
        return Some(before.text);
    }
    genitive_before(document, at).map(|first| document.words(first, at))
}

/// The office whose genitive attribute ends at word `at` (`Chef des …programms`), by its index.
fn genitive_before(document: &Document<'_>, at: usize) -> Option<usize> {
    let noun = document.tokens.get(at).filter(|t| t.is_capital() && t.follows())?;
    let mut index = at;
    for _ in 0..3 {
        let before = document.before(index).filter(|_| document.tokens[index].follows())?;
        index -= 1;
        if matches!(before.text, "des" | "der") {
            let office = document.before(index).filter(|_| document.tokens[index].follows())?;
            let genitive = before.text == "der" || noun.text.ends_with('s') || noun.class.acronym;
            return (is_office(office) && genitive).then(|| index - 1);
        }
        // Only adjectives stand between the article and the noun.
        if before.is_capital() && !before.class.derived {
            return None;
        }
    }
    None
}

/// Offices in a row before an English name, with what they are offices of.
fn english_before<'a>(document: &Document<'a>, at: usize) -> Option<&'a str> {
    let last = document.tokens.get(at)?;
    if !is_office(last) {
        return None;
    }
    let mut first = at;
    while let Some(before) = document.before(first)
        && document.tokens[first].follows()
        && before.is_capital()
        && (clue(before.text, Clue::Modifier) || (is_office(before) && !before.opens))
    {
        first -= 1;
    }
    Some(document.words(first, at))
}

/// Whether a noun's ending says that it is a person (`Germanist`, `Physikerin`).
fn is_agent(token: &Token<'_>) -> bool {
    const ENDS: [&str; 16] = [
        "er", "ers", "erin", "ist", "isten", "istin", "or", "orin", "ent", "entin", "ant", "antin", "eur",
        "eurin", "loge", "login",
    ];
    let word = token.text;
    token.is_capital()
        && !token.opens
        && !token.class.derived
        && !token.class.first
        && token.class.place.is_none()
        && token.class.organisation.is_none()
        && !clue(word, Clue::Calendar)
        && word.chars().count() >= 5
        && (token.class.noun || word.contains('-'))
        && ENDS.iter().any(|end| word.ends_with(end))
}

/// `X, Ex-Botschafter im Irak, …`; `X, der Dekan der Fakultät, …`; `X, manager of …`.
fn behind_name<'a>(document: &Document<'a>, person: &Candidate) -> Option<&'a str> {
    let start = person.last + 1;
    let sentence = document.tokens.get(person.last)?.sentence;
    if document.at(start, sentence)?.gap.trim_end() != "," {
        return None;
    }
    for index in start..start + 4 {
        let token = document.at(index, sentence)?;
        if index > start && !token.follows() {
            return None;
        }
        let capital = document.language == Language::English || token.is_capital();
        if capital && is_office(token) {
            return Some(document.words(index, end_of_complement(document, index)));
        }
        let adjective = !token.is_capital() && index > start;
        let modifier = document.language == Language::English && token.is_capital();
        if !clue(token.text, Clue::Opener) && !adjective && !modifier && !token.class.derived {
            return None;
        }
    }
    None
}

/// Index of the last word of what belongs to the office at `office`: up to the closing comma, or
/// the office alone where the sentence goes on otherwise.
fn end_of_complement(document: &Document<'_>, office: usize) -> usize {
    let Some(sentence) = document.tokens.get(office).map(|t| t.sentence) else { return office };
    let mut last = office;
    while last < office + LONGEST {
        let Some(next) = document.at(last + 1, sentence) else { return last };
        if !next.follows() {
            let closes =
                next.gap.starts_with([',', ')', '.', ';']) || next.gap.trim_start().starts_with(['–', '(']);
            return if closes && document.tokens[last].is_capital() { last } else { office };
        }
        // A second office is a role of its own.
        let joint = matches!(next.text, "und" | "and");
        if joint && document.at(last + 2, sentence).is_some_and(Token::is_capital) {
            return if document.tokens[last].is_capital() || last == office { last } else { office };
        }
        let adjective = document.at(last + 2, sentence).is_some_and(|n| n.is_capital() && n.follows());
        if !next.is_capital() && !clue(next.text, Clue::Join) && !adjective {
            return office;
        }
        last += 1;
    }
    office
}

/// `die Verteidigungsminister beider Länder, X und Y,`: an office with its attributes, then names
/// between commas.
fn before_comma<'a>(document: &Document<'a>, chosen: &[Candidate], index: usize) -> Option<&'a str> {
    let mut at = index;
    // Of several names joined by commas or `und`, the first one tells.
    loop {
        let person = chosen.get(at).filter(|c| c.kind == EntityKind::Person)?;
        let token = document.tokens.get(person.first)?;
        if token.gap.trim_end() == "," {
            break;
        }
        let before = document.before(person.first)?;
        let joint = matches!(before.text, "und" | "and") && token.follows();
        at = at.checked_sub(1)?;
        if !joint || chosen.get(at)?.last + 2 != person.first {
            return None;
        }
    }
    let first = chosen.get(at)?.first;
    let last = chosen.get(index)?.last;
    let closed = document.text.get(document.tokens.get(last)?.end..)?;
    let ends = closed.starts_with([',', '.']) || closed.starts_with(" und ");
    if !ends {
        return None;
    }
    let sentence = document.tokens.get(first)?.sentence;
    let mut office = first.checked_sub(1)?;
    for _ in 0..6 {
        let token = document.at(office, sentence)?;
        if token.is_capital() && is_office(token) {
            let attribute = document.at(office + 1, sentence).filter(|n| matches!(n.text, "des" | "der"));
            let whole = attribute.is_some() && document.tokens[first - 1].is_capital();
            return Some(document.words(office, if whole { first - 1 } else { office }));
        }
        if !token.follows() {
            return None;
        }
        office = office.checked_sub(1)?;
    }
    None
}
