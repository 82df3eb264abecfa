//! The terminal on and off, and the loop between keys, program and screen; decides nothing.

pub mod ask;
pub mod background;
pub mod frame;
pub mod guard;
pub mod input;
pub mod outside;
mod run;
mod scroll;
mod session;
pub mod signals;

pub use run::{Program, Request, Screen};
pub use session::read;
