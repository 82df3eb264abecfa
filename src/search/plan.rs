//! A query made ready for the segments at hand: every word expanded, once for all of them.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::model::Language;

use super::expand::{Expanded, Lexicon, expand_name};
use super::live::{Among, Live};
use super::numbers::Numbers;
use super::query::{Clause, NameField, State, Word};
use super::request::Set;
use super::spelling::{Tolerance, Typed, typed};
use super::token::folded;
use super::vocabulary::Term;

/// A condition on articles, looked up.
#[derive(Debug)]
pub(super) enum Plan {
    /// Has one of these words.
    Word(Arc<Expanded>),
    /// Has one of these words in its title.
    Title(Arc<Expanded>),
    /// Has these words one behind the other.
    Phrase(Phrase),
    /// Has a name with one of these terms for each word: by word, by segment.
    Named(NameField, Vec<Vec<Vec<Term>>>, HashSet<String>),
    /// Written in this language.
    Language(Language),
    /// Appeared in these days.
    Between(Option<Date>, Option<Date>),
    /// In this set of the library, or not in it.
    In(Arc<Numbers>, bool),
    /// All of these.
    All(Vec<Plan>),
    /// One of these at least.
    Any(Vec<Plan>),
    /// Not this.
    Not(Box<Plan>),
}

/// Words in order, to be checked against the text.
#[derive(Debug)]
pub(super) struct Phrase {
    /// Folded words.
    pub words: Vec<String>,
    /// The same words looked up: which articles have them all.
    pub looked_up: Vec<Arc<Expanded>>,
    /// In the title only.
    pub in_title: bool,
    /// In any order, with at most so many other words among them.
    pub near: Option<usize>,
}

/// Expands words, perhaps from memory.
pub(super) type Expand<'a> = &'a dyn Fn(Among, Typed) -> Arc<Expanded>;

/// Makes plans for these segments.
pub(super) struct Planner<'a> {
    /// What will be searched.
    pub live: &'a [Live],
    /// Looks a word up in all of them.
    pub expand: Expand<'a>,
    /// The library's sets.
    pub sets: &'a dyn Fn(Set<'_>) -> Numbers,
}

impl Planner<'_> {
    /// The plan of `clause`; `None` where no word is left of it.
    pub fn plan(&self, clause: &Clause) -> Option<Plan> {
        self.one(clause, false)
    }

    fn one(&self, clause: &Clause, negated: bool) -> Option<Plan> {
        Some(match clause {
            Clause::Word(word) => return self.words(Among::Words, word, negated),
            Clause::Named(NameField::Title, word) if word.exact => {
                return self.phrase(&word.text, true, None);
            }
            Clause::Named(NameField::Title, word) => return self.words(Among::Titles, word, negated),
            Clause::Named(field, word) => return self.named(*field, word),
            Clause::Phrase(text) => return self.phrase(text, false, None),
            Clause::Near(text, others) => {
                return self.phrase(text, false, Some(usize::try_from(*others).unwrap_or(usize::MAX)));
            }
            Clause::Language(language) => Plan::Language(*language),
            Clause::Story(story) => self.set(Set::Story(*story), true),
            Clause::Tag(tag) => self.set(Set::Tag(tag), true),
            Clause::State(State::Unread) => self.set(Set::Read, false),
            Clause::State(State::Read) => self.set(Set::Read, true),
            Clause::State(State::Starred) => self.set(Set::Starred, true),
            Clause::State(State::New) => self.set(Set::New, true),
            Clause::State(State::Noted) => self.set(Set::Noted, true),
            Clause::Between(from, to) => Plan::Between(*from, *to),
            Clause::All(all) => {
                let all = all.iter().filter(|c| !is_lone_letter(c));
                return all_of(all.filter_map(|c| self.one(c, negated)).collect());
            }
            Clause::Any(any) => {
                let mut any: Vec<Plan> = any.iter().filter_map(|c| self.one(c, negated)).collect();
                if any.len() < 2 {
                    return any.pop();
                }
                Plan::Any(any)
            }
            Clause::Not(not) => Plan::Not(Box::new(self.one(not, !negated)?)),
        })
    }

    fn words(&self, among: Among, word: &Word, negated: bool) -> Option<Plan> {
        let tolerance = match word {
            Word { exact: true, .. } => Tolerance::AsTyped,
            // What is left out must be sure: only the word itself.
            _ if negated => Tolerance::Whole,
            Word { open: true, .. } => Tolerance::Open,
            Word { open: false, .. } => Tolerance::Closed,
        };
        let plans = typed(&word.text, tolerance).into_iter().map(|typed| {
            let expanded = (self.expand)(among, typed);
            match among {
                Among::Words => Plan::Word(expanded),
                Among::Titles => Plan::Title(expanded),
            }
        });
        all_of(plans.collect())
    }

    fn set(&self, set: Set<'_>, is_in: bool) -> Plan {
        Plan::In(Arc::new((self.sets)(set)), is_in)
    }

    fn phrase(&self, text: &str, in_title: bool, near: Option<usize>) -> Option<Plan> {
        let typed = typed(text, Tolerance::Whole);
        if typed.is_empty() {
            return None;
        }
        let among = if in_title { Among::Titles } else { Among::Words };
        Some(Plan::Phrase(Phrase {
            words: typed.iter().map(|t| folded(&t.key).to_owned()).collect(),
            looked_up: typed.into_iter().map(|t| (self.expand)(among, t)).collect(),
            in_title,
            near,
        }))
    }

    fn named(&self, field: NameField, word: &Word) -> Option<Plan> {
        let tolerance = match word {
            Word { exact: true, .. } => Tolerance::AsTyped,
            Word { open: true, .. } => Tolerance::Open,
            Word { open: false, .. } => Tolerance::Closed,
        };
        let lexicons: Vec<Lexicon> = self.live.iter().filter_map(|l| l.names_lexicon(field)).collect();
        let words: Vec<Vec<Vec<Term>>> =
            typed(&word.text, tolerance).iter().map(|t| expand_name(t, &lexicons)).collect();
        let mut keys = HashSet::new();
        for by_segment in &words {
            for (terms, lexicon) in by_segment.iter().zip(&lexicons) {
                keys.extend(terms.iter().map(|&t| lexicon.vocabulary.key(t)));
            }
        }
        (!words.is_empty()).then_some(Plan::Named(field, words, keys))
    }
}

/// The first letter of a word still being typed: beside others it says nothing yet.
fn is_lone_letter(clause: &Clause) -> bool {
    matches!(clause, Clause::Word(Word { text, open: true, .. }) if text.chars().count() == 1)
}

/// All of `plans`, nested ones opened.
fn all_of(plans: Vec<Plan>) -> Option<Plan> {
    let mut flat = Vec::new();
    for plan in plans {
        match plan {
            Plan::All(inner) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    if flat.len() > 1 { Some(Plan::All(flat)) } else { flat.pop() }
}

/// The beginnings of words that a headline may be asked for by (`sch ver wah`): where the query has
/// two or more plain words and beside them only filters.
pub(super) fn headline(clause: &Clause) -> Vec<String> {
    let Clause::All(all) = clause else { return Vec::new() };
    let mut beginnings = Vec::new();
    for clause in all {
        match clause {
            Clause::Word(Word { text, exact: false, .. }) => {
                beginnings.extend(typed(text, Tolerance::Closed).iter().map(|t| folded(&t.key).to_owned()));
            }
            Clause::Language(_)
            | Clause::Story(_)
            | Clause::State(_)
            | Clause::Tag(_)
            | Clause::Between(..)
            | Clause::Not(_) => {}
            Clause::Named(field, _) if *field != NameField::Title => {}
            _ => return Vec::new(),
        }
    }
    if beginnings.len() < 2 { Vec::new() } else { beginnings }
}
