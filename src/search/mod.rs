//! Finding: queries, an index over all words, pickers.
//!
//! [`Query`] says what is asked for, [`Index`] which articles answer it, [`fuzzy`] picks among short
//! strings. The index keeps words, not texts: it is handed the texts of the few hits that are shown.

mod answer;
mod best;
mod book;
mod builder;
mod bulk;
mod cards;
#[cfg(test)]
mod cases;
mod chunks;
mod compound;
mod day;
mod dictionary;
mod expand;
mod explain;
mod field;
mod folder;
pub mod fuzzy;
mod grams;
mod index;
#[cfg(test)]
mod kept;
mod lamp;
mod layout;
mod live;
mod merge;
#[cfg(test)]
mod naive;
mod names;
mod near;
mod numbers;
mod parse;
mod part;
mod phrase;
mod picks;
mod plan;
mod postings;
mod query;
mod quick;
mod rank;
mod request;
mod score;
mod scored;
mod segment;
mod slip;
mod snippet;
mod spelling;
mod starts;
mod table;
mod token;
mod vocabulary;
mod walk;

pub use explain::{Kin, ReadForm, ReadLine, ReadPart, Reading};
pub use folder::Mark;
pub use index::{Index, Turn};
pub use numbers::Numbers;
pub use query::{Chip, Clause, NameField, Problem, Query, QueryError, State, Word};
pub use request::{Body, Document, Lit, Order, Request, Set};
