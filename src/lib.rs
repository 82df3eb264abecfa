//! lesart: a reader for the terminal that compares how outlets report the same facts.
//!
//! # The house
//!
//! Few rooms, one job each; data goes one way. What is decided (pure) and what is done (threads,
//! files, terminal) never share a room.
//!
//! | room | job | may use |
//! |---|---|---|
//! | [`model`] | the nouns: article, entity, quote, story, fact, report, difference | – |
//! | [`text`] | sentences, words, folding, dates, numbers, wrapping | model |
//! | [`ingest`] | bytes → drafts | model, text |
//! | [`analysis`] | draft → who, where, what, said by whom | model, text |
//! | [`search`] | queries, index, pickers | model, text |
//! | [`compare`] | stories, aligned facts, differences | model, text |
//! | [`library`] | the one door to articles: the SQLite file and the search index | model, text, ingest, analysis, search, compare |
//! | [`fetch`] | documents from the web, on request only | model |
//! | [`config`] | settings, themes as data, paths | model, text |
//! | [`app`] | state, actions, keys; a value | model, text, search |
//! | [`worker`] | threads: effects in, replies out | model, app, library, fetch |
//! | [`ui`] | draws the state | model, text, app, config |
//! | [`shell`] | the terminal, the event loop | model, config, app, ui, worker, library |
//! | [`cli`] | the command line: arguments in; text, JSON, Markdown out | all but ui and worker |
//!
//! Anything not listed is forbidden; `tests/floors.rs` checks it, and that crates stay in their
//! rooms: `ratatui` in ui and shell, `crossterm` in shell, `rusqlite` in library, `clap` in cli,
//! `ureq` in fetch.
//! The first six rooms read no file and no clock; their tables are embedded from `assets/`.
//!
//! # From a file to the screen
//!
//! ```text
//! bytes ─ingest─> Draft ─analysis─> Analysis ─library::import─> rows, index, stories
//!
//! list        Effect::List, Rows > Reply::Listed, Rows ─> app::list ──────> headlines
//! article     Effect::Open ──────> Reply::Opened ───────> app::reader ────> text, panel
//! search      Effect::Search ────> Reply::Found ────────> app::finder ────> hits
//! comparison  Effect::Compare ───> Reply::Compared ─────> app::comparing ─> table, evidence
//! ```
//!
//! An article's text is stored once; sentences, mentions, quotes and reports are spans into it
//! (byte ranges on `char` boundaries), so that whatever the program claims leads back to the words
//! it rests on. The list holds a window of rows around the screen, never the bodies. A library
//! lives in memory until something is to be kept; only then is its file made.
//!
//! # From a key to the screen
//!
//! ```text
//! event ─shell─> Chord ─app::keymap─> Action ─app─> changed App, Effects
//!      Effects ─worker─> library ─> Reply ─app::receive─> changed App ─ui::draw─> cells
//! ```
//!
//! `App` is a value without terminal, threads, files or clock; its `update` and `receive` are the
//! only writers, `ui::draw` takes it by shared reference. [`ui::layout`] is a function of the state
//! and the terminal's size, and the app is told its result as a viewport before the next key: what
//! a page is, and whether the selection is in sight, is decided in the app and drawing keeps no
//! state. The commands of [`cli`] ask the same [`library`] for the same answers.
//!
//! # A comparison
//!
//! [`compare`] takes analysed articles. It sets aside those on another event, cuts the rest into
//! units (sentences, with who says them), measures how alike two units of different
//! articles are, and groups them into facts by average similarity, so that a chain of weak
//! likenesses joins nothing. A fact's tier says how sure the grouping is. For an article without a
//! report, the fact is *not found* only if none of its rare names and numbers stands there;
//! otherwise it is *unclear*. What sets the reports apart is stated in the articles' own words.
//!
//! # Threads
//!
//! | thread | does | order |
//! |---|---|---|
//! | main | keys, [`app`], drawing | draws only after a change |
//! | search | searches | newest wins, a running search gives up |
//! | reading | pages, articles, entities, comparisons | newest wins, for each kind |
//! | whole | whole lists behind their beginnings, counts of folders | newest wins, for each kind |
//! | watch | what other programs do to the library | looks once a second |
//! | intake | imports, the first analysis | first come, first served; an import can be stopped |
//! | feeds | asks for feeds and pages; hosts side by side on threads of [`fetch`] | first come, first served; can be stopped |
//! | marks | keeps what the user marks | first come, first served |
//! | signals, terminal | end or stop the process when asked to, or when the terminal is gone | at once |
//!
//! Standard threads and channels. A request carries a ticket that grows; `receive` drops replies
//! that are older than what is wanted now. A request that is not overtaken gets exactly one final
//! answer. A job that panics is answered as a failure: a worker may fall, the reader must not, and
//! that is why the release build unwinds.
//!
//! # Errors
//!
//! Odd text is normal: [`text`], [`analysis`] and [`compare`] are total functions. [`ingest`],
//! [`search`], [`config`] and [`library`] have one error enum each, whose variants a caller can act
//! on; a message says what, where and what to do now. An import never stops at one bad file: the
//! report counts what was refused and why. In the reader an error is one line of the status bar; on
//! the command line it goes to standard error, and the exit code is 0 for done or found, 1 for
//! nothing found, 2 for an error.
//!
//! # Tests
//!
//! Each room has tables of cases beside its code. `tests/seeds.rs` and `tests/frames.rs` compare
//! with golden files, `tests/broken.rs` reads damaged input, `tests/keys.rs` and `tests/any_key.rs`
//! press keys, `tests/terminal.rs` and `tests/shell.rs` run the program in a pseudo terminal.

pub mod analysis;
pub mod app;
pub mod cli;
pub mod compare;
pub mod config;
pub mod fetch;
pub mod ingest;
pub mod library;
pub mod model;
pub mod search;
pub mod shell;
pub mod text;
pub mod ui;
pub mod worker;
