//! What is done to a typed query before it is asked: finished where it is still being typed, its words
//! made exact, a scope put before it. Works on the text, so that what is saved says all of it.

use jiff::civil::Date;

use crate::search::{Chip, Clause, Problem, Query, QueryError};

/// What may finish a query that is still being typed.
const FINISHES: [&str; 5] = ["\"", "“", "»", "«", ")"];

/// A typed query as it is understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The query to ask: the typed one, or as it would be finished; `None` where it cannot be
    /// understood yet.
    pub query: Option<String>,
    /// Fields recognised.
    pub chips: Vec<Chip>,
    /// What is wrong with it as it stands.
    pub mistake: Option<QueryError>,
}

/// Understands `text`; relative days count back from `today`.
#[must_use]
pub fn understand(text: &str, today: Date) -> Typed {
    // White space at the end says that a word is whole; at the beginning it says nothing.
    let text = text.trim_start();
    match Query::parse(text, today) {
        Ok(query) => Typed { query: Some(text.to_owned()), chips: query.chips().to_vec(), mistake: None },
        Err(mistake) => {
            let finished = if mistake.is_unfinished() { finished(text, today) } else { None };
            let chips = finished.as_ref().and_then(|text| Query::parse(text, today).ok());
            let chips = chips.map(|query| query.chips().to_vec()).unwrap_or_default();
            Typed { query: finished, chips, mistake: Some(mistake) }
        }
    }
}

/// `text` with its quotation marks and brackets closed, or without the word that asks for more.
fn finished(text: &str, today: Date) -> Option<String> {
    let mut text = text.to_owned();
    for _ in 0..4 {
        let Err(mistake) = Query::parse(&text, today) else { return Some(text) };
        if !mistake.is_unfinished() {
            return None;
        }
        let is_open = matches!(mistake.problem, Problem::OpenQuote | Problem::OpenBracket);
        let closings = || FINISHES.iter().filter(|_| is_open).map(|end| format!("{text}{end}"));
        let closed = closings().find(|closed| Query::parse(closed, today).is_ok()).or_else(|| {
            // One of several that are open: the next round closes another.
            closings().find(|closed| {
                let again = Query::parse(closed, today);
                again.is_err_and(|e| e.is_unfinished() && e.problem != mistake.problem)
            })
        });
        text = match closed {
            Some(closed) => closed,
            None => text.trim_end().rsplit_once(char::is_whitespace)?.0.to_owned(),
        };
    }
    None
}

/// `text` with an `=` before each plain word, so that it is found only as typed.
#[must_use]
pub fn exactly(text: &str) -> String {
    let mut exact = String::with_capacity(text.len() + 8);
    let mut closer: Option<&[char]> = None;
    for part in text.split_inclusive(char::is_whitespace) {
        let word = part.trim_end();
        let bare = word.trim_start_matches(['(', '-']);
        let plain = bare.chars().next().is_some_and(char::is_alphanumeric)
            && !bare.contains(':')
            && !matches!(bare, "OR" | "ODER");
        if closer.is_none() && plain {
            let before = word.get(..word.len() - bare.len()).unwrap_or_default();
            exact.push_str(before);
            exact.push('=');
            exact.push_str(part.get(before.len()..).unwrap_or_default());
        } else {
            exact.push_str(part);
        }
        for c in word.chars() {
            closer = match (closer, c) {
                (Some(closers), c) if closers.contains(&c) => None,
                (None, '"') => Some(&['"']),
                (None, '„') => Some(&['“', '”', '"']),
                (None, '“') => Some(&['”', '"']),
                (None, '«') => Some(&['»']),
                (None, '»') => Some(&['«']),
                (closer, _) => closer,
            };
        }
    }
    exact
}

/// The words of a query, to tell what was found as typed from what stands for it.
#[must_use]
pub fn words(text: &str, today: Date) -> Vec<String> {
    fn gather(clause: &Clause, words: &mut Vec<String>) {
        match clause {
            Clause::Word(word) | Clause::Named(_, word) => words.push(word.text.clone()),
            Clause::Phrase(text) => words.push(text.clone()),
            Clause::All(all) | Clause::Any(all) => all.iter().for_each(|c| gather(c, words)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    if let Ok(query) = Query::parse(text, today)
        && let Some(clause) = query.clause()
    {
        gather(clause, &mut found);
    }
    found
        .iter()
        .flat_map(|w| w.split(|c: char| !c.is_alphanumeric()))
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn asked(text: &str) -> Option<String> {
        understand(text, date(2026, 3, 10)).query
    }

    #[test]
    fn a_query_still_being_typed_is_asked_as_it_would_be_finished() {
        for (typed, asked_for) in [
            ("\"wir öffnen", "\"wir öffnen\""),
            ("risse „wir öff", "risse „wir öff\""),
            ("»wir", "»wir«"),
            ("(berg OR sturm", "(berg OR sturm)"),
            ("(berg \"in der", "(berg \"in der\")"),
            ("berg OR", "berg"),
            ("berg quelle:", "berg"),
            ("berg ", "berg "),
        ] {
            assert_eq!(asked(typed).as_deref(), Some(asked_for), "{typed}");
        }
        assert_eq!(asked("berg)"), None);
        assert_eq!(asked("quelle:"), None);
    }

    #[test]
    fn a_mistake_points_into_what_was_typed() {
        let typed = understand("berg \"in", date(2026, 3, 10));
        assert_eq!(typed.mistake.map(|m| m.column), Some(6));
    }

    #[test]
    fn only_plain_words_become_exact() {
        for (typed, exact) in [
            ("risse in", "=risse =in"),
            ("-risse (berg OR sturm)", "-=risse (=berg OR =sturm)"),
            ("\"drei kurze worte\" risse ", "\"drei kurze worte\" =risse "),
            ("quelle:dw =berg seit:7d", "quelle:dw =berg seit:7d"),
            ("„a b c“ d", "„a b c“ =d"),
        ] {
            assert_eq!(exactly(typed), exact);
        }
    }
}
