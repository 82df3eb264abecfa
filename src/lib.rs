//! lesart: a reader for the terminal that compares how outlets report the same facts.
//!
//! # The house
//!
//! Few rooms, one job each; data goes one way. What is decided (pure) and what is done (threads,
//! files, terminal) never share a room.
//!
//! | room | job | may use |
//! |---|---|---|
//! | [`model`] | the nouns | – |
//! | [`text`] | sentences, words, folding, wrapping | model |
//! | [`ingest`] | bytes → drafts | model, text |
//! | [`analysis`] | draft → what it says | model, text |
//! | [`search`] | queries, index, pickers | model, text |
//! | [`compare`] | stories, aligned facts, differences | model, text |
//! | [`library`] | the one door to articles: the SQLite file and the search index | model, text, ingest, analysis, search, compare |
//! | [`config`] | settings, themes as data, paths | model, text |
//! | [`app`] | state, actions, keys | model, text, search |
//! | [`ui`] | draws the state | model, text, app, config |
//! | [`shell`] | the terminal, the event loop | all but cli, fetch |
//!
//! `tests/floors.rs` checks who uses whom.

pub mod analysis;
pub mod app;
pub mod cli;
pub mod compare;
pub mod config;
pub mod ingest;
pub mod library;
pub mod model;
pub mod search;
pub mod shell;
pub mod text;
pub mod ui;
pub mod worker;
