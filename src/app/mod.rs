//! What the reader is doing: state, actions and effects; no terminal, no threads, no clock.

pub mod action;
pub mod chord;
pub mod keymap;
