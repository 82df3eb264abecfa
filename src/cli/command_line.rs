//! The commands and options that the program takes, with their help.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Arg, ArgAction, value_parser};
use clap_complete::Shell;

use super::help::{Help, help};
use crate::ingest::Given;
use crate::model::Locale;

/// A field that can be said of all articles that are imported.
pub struct GivenField {
    /// Its name in front matter.
    pub name: &'static str,
    /// It takes several values.
    pub is_list: bool,
    option: &'static str,
    value: &'static str,
    about: Help,
}

/// All of them.
pub const GIVEN: [GivenField; 5] = [
    GivenField { name: "source", is_list: false, option: "source", value: "NAME", about: Help::GivenSource },
    GivenField { name: "date", is_list: false, option: "date", value: "DAY", about: Help::GivenDate },
    GivenField { name: "author", is_list: true, option: "author", value: "NAME", about: Help::GivenAuthor },
    GivenField {
        name: "language",
        is_list: false,
        option: "language",
        value: "LANG",
        about: Help::GivenLanguage,
    },
    GivenField { name: "tags", is_list: true, option: "tag", value: "TAG", about: Help::GivenTag },
];

/// The table of commands.
pub fn commands(locale: Locale) -> clap::Command {
    let say = |what| help(locale, what);
    let refs = || {
        Arg::new("ref")
            .value_name("REF")
            .num_args(1..)
            .value_parser(value_parser!(OsString))
            .help(say(Help::Ref))
    };
    let query = || Arg::new("query").value_name("QUERY").num_args(1..).help(say(Help::Query));
    let paths = |name| {
        Arg::new("path")
            .value_name(name)
            .num_args(1..)
            .value_parser(value_parser!(PathBuf))
            .help(say(Help::Path))
    };
    let sub = |name, about| {
        clap::Command::new(name)
            .about(say(about))
            .help_template(say(Help::SubTemplate))
            .disable_help_flag(true)
    };
    clap::Command::new("lesart")
        .version(env!("CARGO_PKG_VERSION"))
        .about(say(Help::Program))
        .after_help(say(Help::More))
        .help_template(say(Help::Template))
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .args(common(locale))
        .arg(paths("PATH"))
        .subcommand(
            sub("import", Help::Import)
                .arg(paths("PATH").required(true).help(say(Help::Files)))
                .args(GIVEN.iter().map(|field| given(field, locale)))
                .arg(flag("dry-run", say(Help::DryRun))),
        )
        .subcommand(feeds(locale))
        .subcommand(
            sub("fetch", Help::Fetch)
                .arg(Arg::new("feed").value_name("FEED").num_args(1..).help(say(Help::Feed)))
                .arg(
                    Arg::new("whole")
                        .long("whole")
                        .value_name("ID")
                        .num_args(1..)
                        .value_parser(value_parser!(u32))
                        .conflicts_with("feed")
                        .help(say(Help::Whole)),
                ),
        )
        .subcommand(sub("list", Help::List).arg(query()))
        .subcommand(sub("show", Help::Show).arg(refs().required(true)))
        .subcommand(sub("entities", Help::Entities).arg(refs().required(true)))
        .subcommand(sub("quotes", Help::Quotes).arg(refs().required(true)))
        .subcommand(sub("search", Help::Search).arg(query().required(true)))
        .subcommand(sub("stories", Help::Stories).arg(query()))
        .subcommand(
            sub("compare", Help::Compare)
                .arg(refs().required_unless_present("story"))
                .arg(
                    Arg::new("story")
                        .long("story")
                        .value_name("ID")
                        .value_parser(value_parser!(u32))
                        .conflicts_with("ref")
                        .help(say(Help::Story)),
                )
                .arg(flag("force", say(Help::Force))),
        )
        .subcommand(
            sub("export", Help::Export)
                .arg(query())
                .arg(
                    Arg::new("to")
                        .long("to")
                        .value_name("FILE")
                        .required(true)
                        .value_parser(value_parser!(PathBuf))
                        .help(say(Help::To)),
                )
                .arg(flag("force", say(Help::Replace))),
        )
        .subcommand(sub("keys", Help::Keys))
        .subcommand(
            sub("completions", Help::Completions).arg(
                Arg::new("shell")
                    .value_name("SHELL")
                    .required(true)
                    .value_parser(value_parser!(Shell))
                    .hide_possible_values(true)
                    .help(say(Help::Shell)),
            ),
        )
        .subcommand(sub("man", Help::Man))
}

/// The commands about subscriptions.
fn feeds(locale: Locale) -> clap::Command {
    let say = |what| help(locale, what);
    let sub = |name, about| {
        clap::Command::new(name)
            .about(say(about))
            .help_template(say(Help::SubTemplate))
            .disable_help_flag(true)
    };
    sub("feeds", Help::Feeds)
        .help_template(say(Help::GroupTemplate))
        .disable_help_subcommand(true)
        .subcommand(
            sub("add", Help::FeedsAdd)
                .arg(Arg::new("url").value_name("URL").required(true).help(say(Help::FeedUrl))),
        )
        .subcommand(
            sub("remove", Help::FeedsRemove).arg(
                Arg::new("id")
                    .value_name("ID")
                    .required(true)
                    .value_parser(value_parser!(u32))
                    .help(say(Help::FeedId)),
            ),
        )
        .subcommand(
            sub("import", Help::FeedsImport)
                .arg(
                    Arg::new("file")
                        .value_name("FILE")
                        .required(true)
                        .value_parser(value_parser!(PathBuf))
                        .help(say(Help::FeedFile)),
                )
                .arg(flag("dry-run", say(Help::DryRun))),
        )
        .subcommand(sub("export", Help::FeedsExport))
}

/// The option that says a field of all articles that are imported.
fn given(field: &GivenField, locale: Locale) -> Arg {
    let name = field.name;
    let option = Arg::new(name)
        .long(field.option)
        .value_name(field.value)
        .help(help(locale, field.about))
        .action(if field.is_list { ArgAction::Append } else { ArgAction::Set });
    match name {
        "language" => option.value_parser(["de", "en", "other"]).hide_possible_values(true),
        _ => option
            .value_parser(move |words: &str| Given::default().set(name, words).map(|()| words.to_owned())),
    }
}

fn flag(name: &'static str, about: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(about)
}

/// Options that stand before or behind every command.
fn common(locale: Locale) -> Vec<Arg> {
    let say = |what| help(locale, what);
    let value = |name: &'static str, value: &'static str, about| {
        Arg::new(name).long(name).value_name(value).help(say(about)).global(true).hide_possible_values(true)
    };
    vec![
        value("library", "FOLDER", Help::Library).value_parser(value_parser!(PathBuf)),
        value("format", "FORM", Help::Format).value_parser(["text", "json", "md"]),
        value("limit", "N", Help::Limit).value_parser(value_parser!(usize)),
        value("lang", "LANG", Help::Lang).value_parser(["de", "en"]),
        value("theme", "THEME", Help::Theme).value_parser(["auto", "dark", "light", "ansi", "mono"]),
        value("config", "FILE", Help::Config).value_parser(value_parser!(PathBuf)),
        flag("plain", say(Help::Plain)).global(true),
        flag("ascii", say(Help::Ascii)).global(true),
        Arg::new("help").long("help").short('h').action(ArgAction::Help).help(say(Help::About)).global(true),
        Arg::new("version").long("version").short('V').action(ArgAction::Version).help(say(Help::Version)),
    ]
}
