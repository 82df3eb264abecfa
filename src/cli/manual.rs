//! The manual page, and completions for shells: made from the table of commands.

use std::fmt::Write as _;

use clap_complete::Shell;

use super::command_line;
use super::failure::Failure;
use super::{Answer, Call};
use crate::library::{self, Library};

impl Call {
    /// The manual page, with the form of the library's file.
    pub fn manual(&self) -> Result<Answer, Failure> {
        let mut page = Vec::new();
        let commands = command_line::commands(self.words.locale);
        clap_mangen::Man::new(commands.clone()).render(&mut page)?;
        let mut text = String::from_utf8_lossy(&page).into_owned();
        for command in commands.get_subcommands() {
            let _ = writeln!(text, ".SH \"LESART {}\"", command.get_name().to_uppercase());
            text.push_str(&escaped(&command.get_about().map(ToString::to_string).unwrap_or_default()));
            text.push('\n');
            for argument in command.get_arguments() {
                let name = match argument.get_long() {
                    Some(long) => format!("--{long}"),
                    None => argument.get_id().to_string().to_uppercase(),
                };
                let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
                let _ = writeln!(text, ".TP\n\\fB{}\\fR\n{}", escaped(&name), escaped(&help));
            }
        }
        text.push_str(&tables(library::FORM, Library::statements()));
        Ok(Answer { text, is_found: true, ..Answer::default() })
    }

    /// What a shell reads to complete commands and options.
    pub fn completions(&self, shell: Shell) -> Answer {
        let mut text = Vec::new();
        clap_complete::generate(shell, &mut command_line::commands(self.words.locale), "lesart", &mut text);
        Answer { text: String::from_utf8_lossy(&text).into_owned(), is_found: true, ..Answer::default() }
    }
}

/// The section on the library's file: what each table holds, and the statements that made them.
fn tables(about: &str, statements: &str) -> String {
    let mut text = ".SH \"LIBRARY FILE\"\n".to_owned();
    for line in about.lines() {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        if !line.starts_with('|') {
            text.push_str(if line.is_empty() { ".PP" } else { "" });
            text.push_str(&escaped(&line.replace('`', "")));
            text.push('\n');
        } else if let [name, what] = cells.as_slice()
            && name.starts_with('`')
        {
            let (name, what) = (name.replace('`', ""), what.replace('`', ""));
            let _ = writeln!(text, ".TP\n\\fB{}\\fR\n{}", escaped(&name), escaped(&what));
        }
    }
    text.push_str(".PP\n.nf\n");
    for line in statements.lines() {
        text.push_str(&escaped(line));
        text.push('\n');
    }
    text.push_str(".fi\n");
    text
}

/// Text that the formatter of manual pages leaves as it is.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}
