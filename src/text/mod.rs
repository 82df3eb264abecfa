//! Mechanics over `&str`: total functions, no I/O, no opinion on what a text is about.

pub mod changes;
pub mod clean;
pub mod date;
pub mod diff;
pub mod fold;
pub mod language;
pub mod nearest;
pub mod number;
pub mod quick;
pub mod sentence;
pub mod stem;
pub mod typed;
pub mod word;
pub mod wrap;
