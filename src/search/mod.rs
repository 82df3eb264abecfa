//! Finding: queries, an index over all words, pickers.
//!
//! [`Query`] says what is asked for, [`Index`] which articles answer it, [`fuzzy`] picks among short
//! strings. The index keeps words, not texts: it is handed the texts of the few hits that are shown.

mod day;
pub mod fuzzy;
mod index;
mod parse;
mod query;
mod request;

pub use index::Index;
pub use query::{Chip, Clause, NameField, Problem, Query, QueryError, State, Word};
pub use request::{Body, Document, Facts, Lit, Order, Request};
