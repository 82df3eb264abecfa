//! How a query was read: what each of its parts was taken for, and what it finds alone.
//!
//! A query is a tree; here it is a list of lines, each with its depth, as one reads it.

use std::collections::HashMap;

use super::Index;
use super::expand::Expanded;
use super::live::{Among, Live};
use super::plan::Plan;
use super::query::{Clause, Query};
use super::request::Request;
use super::token::{folded, spelling};
use crate::text::fold::fold;

/// Words shown that one typed word stands for.
const FORMS: usize = 12;

/// A query as it was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Its parts, each before what it holds.
    pub lines: Vec<ReadLine>,
    /// Articles that answer all of it.
    pub articles: u32,
}

/// One part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadLine {
    /// How many parts hold it.
    pub depth: usize,
    /// Articles that answer it are left out.
    pub negated: bool,
    /// What it is.
    pub part: ReadPart,
    /// Articles that answer it alone; `None` for parts that hold others or ask for nothing.
    pub articles: Option<u32>,
}

/// What a part of a query is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadPart {
    /// All of what it holds.
    All,
    /// One of what it holds at least.
    Any,
    /// A word with the words that it stands for, most articles first within each kind.
    Word {
        /// As typed.
        typed: String,
        /// In the title only.
        in_title: bool,
        /// Only as typed.
        exact: bool,
        /// The words it stands for, itself among them where articles have it.
        forms: Vec<ReadForm>,
        /// Further ones.
        further: usize,
    },
    /// A word that asks for nothing yet: the first letter of one being typed.
    Ignored(String),
    /// Anything else, as it was read.
    Clause(Clause),
}

/// A word that a typed one stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadForm {
    /// The word in lower case.
    pub word: String,
    /// What it is to the typed one.
    pub kin: Kin,
    /// Articles that have it.
    pub articles: u32,
}

/// What a word is to the one that was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kin {
    /// The same, but for case, accents and umlauts.
    Same,
    /// It begins with it.
    Longer,
    /// It has it inside: a compound.
    Inside,
    /// A slip away.
    Near,
}

impl Index {
    /// How the query of `request` was read; its limits and order do not matter. `None` when it was
    /// overtaken.
    #[must_use]
    pub fn explain(&self, request: &Request) -> Option<Reading> {
        let mut reading = Reading::default();
        let Some(clause) = request.query.clause() else { return Some(reading) };
        let teller = Teller { index: self, request };
        reading.articles = teller.count(clause.clone())?;
        teller.tell(clause, 0, false, false, &mut reading.lines)?;
        Some(reading)
    }
}

struct Teller<'a> {
    index: &'a Index,
    request: &'a Request<'a>,
}

impl Teller<'_> {
    fn tell(
        &self,
        clause: &Clause,
        depth: usize,
        negated: bool,
        beside: bool,
        lines: &mut Vec<ReadLine>,
    ) -> Option<()> {
        let line = |part, articles| ReadLine { depth, negated, part, articles };
        match clause {
            Clause::All(parts) | Clause::Any(parts) => {
                let is_all = matches!(clause, Clause::All(_));
                // The whole query needs no head: to have all of its parts is what a query means.
                let head = depth > 0 || !is_all;
                if head {
                    lines.push(line(if is_all { ReadPart::All } else { ReadPart::Any }, None));
                }
                for part in parts {
                    self.tell(part, depth + usize::from(head), negated && !head, is_all, lines)?;
                }
            }
            Clause::Not(not) => self.tell(not, depth, !negated, beside, lines)?,
            Clause::Word(word) if beside && word.open && word.text.chars().count() == 1 => {
                lines.push(line(ReadPart::Ignored(word.text.clone()), None));
            }
            _ => {
                let snapshot = self.index.shelf();
                let asked = if negated { Clause::Not(Box::new(clause.clone())) } else { clause.clone() };
                let planned = self.index.plan(&asked, &snapshot, self.request.sets);
                let words = planned.as_ref().map(|p| words(p, &snapshot.live)).unwrap_or_default();
                let exact = matches!(clause, Clause::Word(w) | Clause::Named(_, w) if w.exact);
                if words.is_empty() {
                    let articles = self.count(clause.clone())?;
                    lines.push(line(ReadPart::Clause(clause.clone()), Some(articles)));
                }
                let alone = words.len() == 1;
                for Told { typed, in_title, forms, further } in words {
                    // Of a word of several parts (al-Assad) each part says what its own forms do.
                    let articles = if alone { self.count(clause.clone())? } else { most(&forms) };
                    let part = ReadPart::Word { typed, in_title, exact, forms, further };
                    lines.push(line(part, Some(articles)));
                }
            }
        }
        Some(())
    }

    /// Articles that answer one part.
    fn count(&self, clause: Clause) -> Option<u32> {
        let mut query = Query::default();
        query.clause = Some(clause);
        let request = Request { query: &query, limit: 0, detailed: 0, nearest: false, ..*self.request };
        self.index.search(&request).map(|answer| answer.total)
    }
}

fn most(forms: &[ReadForm]) -> u32 {
    forms.iter().map(|f| f.articles).max().unwrap_or_default()
}

struct Told {
    typed: String,
    in_title: bool,
    forms: Vec<ReadForm>,
    further: usize,
}

/// The words of a planned part that is nothing else.
fn words(plan: &Plan, live: &[Live]) -> Vec<Told> {
    match plan {
        Plan::Word(expanded) => vec![told(expanded, Among::Words, live)],
        Plan::Title(expanded) => vec![told(expanded, Among::Titles, live)],
        Plan::All(all) => all.iter().flat_map(|plan| words(plan, live)).collect(),
        Plan::Not(not) => words(not, live),
        _ => Vec::new(),
    }
}

fn told(expanded: &Expanded, among: Among, live: &[Live]) -> Told {
    let mut counts: HashMap<String, u32> = HashMap::new();
    for (live, terms) in live.iter().zip(&expanded.terms) {
        let dictionary = match among {
            Among::Words => &live.segment.words,
            Among::Titles => &live.segment.titles,
        };
        for &(term, _) in terms {
            let key = dictionary.vocabulary.key(term);
            *counts.entry(key).or_default() += dictionary.vocabulary.count(term);
        }
    }
    let typed = fold(&expanded.word);
    let mut forms: Vec<ReadForm> = counts
        .into_iter()
        .map(|(key, articles)| ReadForm {
            word: spelling(&key).to_owned(),
            kin: kin(folded(&key), &typed),
            articles,
        })
        .collect();
    forms.sort_by(|a, b| a.kin.cmp(&b.kin).then(b.articles.cmp(&a.articles)).then(a.word.cmp(&b.word)));
    let further = forms.len().saturating_sub(FORMS);
    if further > 0 {
        // Of each kind something: the most frequent of all, back in the order of kinds.
        forms.sort_by(|a, b| {
            (b.kin == Kin::Same, b.articles).cmp(&(a.kin == Kin::Same, a.articles)).then(a.word.cmp(&b.word))
        });
        forms.truncate(FORMS);
        forms.sort_by(|a, b| a.kin.cmp(&b.kin).then(b.articles.cmp(&a.articles)).then(a.word.cmp(&b.word)));
    }
    Told { typed: expanded.word.clone(), in_title: among == Among::Titles, forms, further }
}

fn kin(word: &str, typed: &str) -> Kin {
    match word.find(typed) {
        Some(0) if word.len() == typed.len() => Kin::Same,
        Some(0) => Kin::Longer,
        Some(_) => Kin::Inside,
        // mueller and Müller are one word in two spellings.
        None if fold_digraphs(word) == fold_digraphs(typed) => Kin::Same,
        None => Kin::Near,
    }
}

fn fold_digraphs(word: &str) -> String {
    word.replace("ae", "a").replace("oe", "o").replace("ue", "u")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::naive::Shelf;
    use super::super::{Numbers, Order};
    use super::*;

    fn shelf() -> Shelf {
        Shelf::of(&[
            ("Der Minister kommt", "Der Außenminister sprach in Berlin."),
            ("Die Ministerin geht", "Sie traf den Minister in Hamburg."),
            ("Nichts davon", "Die Fähre nach Hamburg."),
        ])
    }

    fn read(typed: &str) -> Reading {
        let query = Query::parse(typed, date(2026, 3, 10)).unwrap();
        let shelf = shelf();
        shelf.index.settle();
        let text_of = |id| shelf.body(id);
        let request = Request {
            query: &query,
            limit: 0,
            detailed: 0,
            order: Order::Date,
            nearest: false,
            sets: &|_| Numbers::default(),
            text_of: &text_of,
            is_current: &|| true,
            is_due: &|| false,
            publish: &|_| {},
        };
        shelf.index.explain(&request).unwrap()
    }

    fn forms(line: &ReadLine) -> Vec<(&str, Kin, u32)> {
        let ReadPart::Word { forms, .. } = &line.part else { panic!("a word: {line:?}") };
        forms.iter().map(|f| (f.word.as_str(), f.kin, f.articles)).collect()
    }

    #[test]
    fn a_word_tells_what_it_stands_for_and_where() {
        let reading = read("minister ");
        assert_eq!(reading.articles, 2);
        let [line] = reading.lines.as_slice() else { panic!("one word") };
        assert_eq!((line.depth, line.negated, line.articles), (0, false, Some(2)));
        assert_eq!(
            forms(line),
            [("minister", Kin::Same, 2), ("ministerin", Kin::Longer, 1), ("außenminister", Kin::Inside, 1)]
        );
    }

    #[test]
    fn a_slip_is_told_apart_from_what_was_typed() {
        let reading = read("hamborg ");
        assert_eq!(forms(&reading.lines[0]), [("hamburg", Kin::Near, 2)]);
        assert_eq!(forms(&read("xyzxyz ").lines[0]), []);
    }

    #[test]
    fn structure_shows_as_depth() {
        let reading = read("hamburg OR berlin -fähre m");
        let shape: Vec<_> = reading.lines.iter().map(|l| (l.depth, l.negated)).collect();
        assert_eq!(shape, [(0, false), (1, false), (1, false), (0, true), (0, false)]);
        assert_eq!(reading.lines[0].part, ReadPart::Any);
        assert_eq!(reading.lines[4].part, ReadPart::Ignored("m".to_owned()));
        assert_eq!(reading.articles, 2);
    }

    #[test]
    fn fields_are_shown_as_they_were_read() {
        let reading = read("seit:2015-09-02 minister ");
        let first = Some(date(2015, 9, 2));
        assert_eq!(reading.lines[0].part, ReadPart::Clause(Clause::Between(first, None)));
        assert_eq!(reading.lines[0].articles, Some(2));
    }
}
