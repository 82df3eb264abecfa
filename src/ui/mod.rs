//! Draws the state of the reader; changes nothing.

pub mod theme;
