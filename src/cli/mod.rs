//! The command line: arguments in; text, JSON or Markdown out.
//!
//! Answers go to standard output, messages and progress to standard error. Every command is a
//! function from its arguments to an [`Answer`]; only [`run`] prints, and an export to standard output,
//! which may be larger than memory.

mod arguments;
mod command_line;
mod commands;
mod export;
mod failure;
mod feeds;
mod help;
mod json;
mod keys;
mod manual;
mod markdown;
mod page;
mod progress;
mod refs;
mod sheet;
mod text;
mod words;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use crate::config::{self, Environment, Settings};
use crate::shell::Screen;
use arguments::{Arguments, Command, Format, Instead};
use failure::Failure;
use words::Words;

/// What a call found.
#[derive(Debug, Default)]
struct Answer {
    /// For standard output.
    text: String,
    /// For standard error, a line each.
    messages: Vec<String>,
    /// Whether there was something to find and it was found.
    is_found: bool,
}

/// What commands know of the call around them.
struct Call {
    settings: Settings,
    words: Words,
    format: Format,
    limit: Option<usize>,
    width_columns: usize,
    /// Whether progress may be shown.
    is_watched: bool,
}

/// Ends of the program: done or found, nothing found, error.
const FOUND: u8 = 0;
const NOTHING: u8 = 1;
const ERROR: u8 = 2;

/// Runs the program with the arguments of the process.
#[must_use]
pub fn run() -> ExitCode {
    let typed: Vec<OsString> = std::env::args_os().collect();
    let environment = Environment::of_process();
    let locale = arguments::language(&typed).unwrap_or_else(|| environment.language());
    let ascii = !environment.is_utf8();
    let code = match arguments::read(&typed, locale) {
        Err(Instead::Help(help)) => print(&help, FOUND),
        Err(Instead::Mistake(message)) => {
            complain(&message);
            ERROR
        }
        Ok(arguments) => match answer(arguments, &environment) {
            Ok(answer) => {
                answer.messages.iter().for_each(|m| complain(m));
                print(&answer.text, if answer.is_found { FOUND } else { NOTHING })
            }
            Err(failure) => {
                failure.messages(Words { locale, ascii }).iter().for_each(|m| complain(m));
                ERROR
            }
        },
    };
    ExitCode::from(code)
}

fn answer(arguments: Arguments, environment: &Environment) -> Result<Answer, Failure> {
    let settings = config::load(arguments.options, environment)?;
    let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    let call = Call {
        words: Words { locale: settings.language, ascii: settings.ascii },
        settings,
        format: arguments.format,
        limit: arguments.limit,
        width_columns: columns.unwrap_or(80).clamp(20, 100),
        is_watched: io::stderr().is_terminal(),
    };
    if let Command::Read(paths) = &arguments.command
        && !arguments.plain
        && arguments.format == Format::Text
        && Screen::is_possible()
    {
        return call.open_reader(paths);
    }
    call.answer(&arguments.command)
}

/// Prints an answer; the code to end with.
fn print(text: &str, code: u8) -> u8 {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => code,
        // Whoever read has seen enough (`| head`).
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => code,
        Err(error) => {
            complain(&error.to_string());
            ERROR
        }
    }
}

/// Says a message on standard error, where that is still possible.
fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "lesart: {}", crate::text::clean::clean(message));
}
