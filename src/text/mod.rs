//! Mechanics over `&str`: total functions, no I/O, no opinion on what a text is about.

pub mod fold;
pub mod nearest;
pub mod sentence;
pub mod stem;
pub mod word;
pub mod wrap;
