//! What the user typed: commands and options, and the help for them.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::ArgMatches;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap_complete::Shell;

use super::command_line::{GIVEN, commands};
use super::help::{Help, help};
use crate::config::theme::ThemeName;
use crate::config::{Choice, Layer, Options, settings};
use crate::ingest::Given;
use crate::model::Locale;

/// One call of the program.
#[derive(Debug, PartialEq, Eq)]
pub struct Arguments {
    /// What to do.
    pub command: Command,
    /// Options that settings know too.
    pub options: Options,
    /// Form of the answer.
    pub format: Format,
    /// Most entries to answer with.
    pub limit: Option<usize>,
    /// No full screen, whatever the terminal can.
    pub plain: bool,
}

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// The reader, on paths or on the library.
    Read(Vec<PathBuf>),
    /// Add files to the library.
    Import {
        /// Files and folders.
        paths: Vec<PathBuf>,
        /// What holds for all articles in them.
        given: Box<Given>,
        /// Only say what would happen.
        dry_run: bool,
    },
    /// The subscriptions.
    Feeds(Feeds),
    /// Fetch feeds.
    Fetch {
        /// Which; all whose time has come where none is named.
        of: Vec<String>,
    },
    /// Fetch the whole text of articles.
    FetchWhole(Vec<u32>),
    /// Articles, or those that answer a query.
    List(String),
    /// Articles with their text.
    Show(Vec<OsString>),
    /// Who, where, what, when.
    Entities(Vec<OsString>),
    /// Who said what.
    Quotes(Vec<OsString>),
    /// Hits with passages.
    Search(String),
    /// Events, or those with articles that answer a query.
    Stories(String),
    /// How outlets report the same facts.
    Compare {
        /// Articles.
        of: Vec<OsString>,
        /// All articles of a story.
        story: Option<u32>,
        /// Treat articles on other events like the rest.
        force: bool,
    },
    /// The library in an open form.
    Export {
        /// Only articles that answer it.
        query: String,
        /// File, folder, or `-`.
        to: PathBuf,
        /// Replace what is there.
        force: bool,
    },
    /// The table of keys.
    Keys,
    /// What a shell reads to complete commands.
    Completions(Shell),
    /// The manual page.
    Man,
}

/// What to do with the subscriptions.
#[derive(Debug, PartialEq, Eq)]
pub enum Feeds {
    /// Show them.
    List,
    /// Subscribe to the feed at an address, or to that of the page there.
    Add(String),
    /// End a subscription.
    Remove(u32),
    /// Subscribe to all feeds of a list.
    Import {
        /// The list.
        file: PathBuf,
        /// Only say what would happen.
        dry_run: bool,
    },
    /// Print them as such a list.
    Export,
}

/// All commands.
pub const COMMANDS: &[&str] = &[
    "import",
    "feeds",
    "fetch",
    "list",
    "show",
    "entities",
    "quotes",
    "search",
    "stories",
    "compare",
    "export",
    "keys",
    "completions",
    "man",
];

/// Form of the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
    /// For documents.
    Markdown,
}

/// What to answer instead of doing something.
#[derive(Debug, PartialEq, Eq)]
pub enum Instead {
    /// Help or version, as asked.
    Help(String),
    /// A mistake and what to do.
    Mistake(String),
}

/// Reads the words of a call, the program's name first.
///
/// # Errors
/// Help that was asked for, or a mistake with its message.
pub fn read(words: &[OsString], locale: Locale) -> Result<Arguments, Instead> {
    let matches = commands(locale).try_get_matches_from(words).map_err(|e| instead(&e, locale))?;
    let command =
        command(&matches).ok_or_else(|| Instead::Mistake(help(locale, Help::NoCommand).to_owned()))?;
    let (_, inner) = matches.subcommand().unwrap_or(("", &matches));
    let (_, inner) = inner.subcommand().unwrap_or(("", inner));
    let format = match inner.get_one::<String>("format").map(String::as_str) {
        Some("json") => Format::Json,
        Some("md") => Format::Markdown,
        _ => Format::Text,
    };
    let has_markdown = matches!(command, Command::Show(_) | Command::Compare { .. } | Command::Export { .. });
    if format == Format::Markdown && !has_markdown {
        return Err(Instead::Mistake(help(locale, Help::NoMarkdown).to_owned()));
    }
    Ok(Arguments {
        command,
        options: options(inner),
        format,
        limit: inner.get_one::<usize>("limit").copied(),
        plain: inner.get_flag("plain"),
    })
}

/// The language that `--lang` asks for, before anything else is read: messages about mistakes are
/// in it too.
pub fn language(words: &[OsString]) -> Option<Locale> {
    let mut words = words.iter().filter_map(|w| w.to_str());
    while let Some(word) = words.next() {
        match word.strip_prefix("--lang") {
            Some("") => return settings::language(words.next()?),
            Some(value) if value.starts_with('=') => {
                return settings::language(value.trim_start_matches('='));
            }
            _ => {}
        }
    }
    None
}

fn options(matches: &ArgMatches) -> Options {
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let path = |name: &str| matches.get_one::<PathBuf>(name).cloned();
    let layer = Layer {
        language: text("lang").and_then(settings::language).map(Choice::Fixed),
        theme: text("theme").map(|t| ThemeName::from_name(t).map_or(Choice::Auto, Choice::Fixed)),
        ascii: matches.get_flag("ascii").then_some(Choice::Fixed(true)),
        ..Layer::default()
    };
    Options { layer, library: path("library"), config: path("config") }
}

fn command(matches: &ArgMatches) -> Option<Command> {
    let paths = |m: &ArgMatches| m.get_many("path").unwrap_or_default().cloned().collect();
    let refs = |m: &ArgMatches| m.get_many("ref").unwrap_or_default().cloned().collect();
    let query = |m: &ArgMatches| {
        let words: Vec<&str> =
            m.get_many::<String>("query").unwrap_or_default().map(String::as_str).collect();
        words.join(" ")
    };
    Some(match matches.subcommand() {
        None => Command::Read(paths(matches)),
        Some(("import", m)) => {
            Command::Import { paths: paths(m), given: Box::new(given(m)), dry_run: m.get_flag("dry-run") }
        }
        Some(("feeds", m)) => Command::Feeds(match m.subcommand() {
            None => Feeds::List,
            Some(("add", m)) => Feeds::Add(m.get_one::<String>("url")?.clone()),
            Some(("remove", m)) => Feeds::Remove(*m.get_one("id")?),
            Some(("import", m)) => {
                Feeds::Import { file: m.get_one::<PathBuf>("file")?.clone(), dry_run: m.get_flag("dry-run") }
            }
            Some(("export", _)) => Feeds::Export,
            Some(_) => return None,
        }),
        Some(("fetch", m)) => match m.get_many::<u32>("whole") {
            Some(articles) => Command::FetchWhole(articles.copied().collect()),
            None => Command::Fetch { of: m.get_many("feed").unwrap_or_default().cloned().collect() },
        },
        Some(("list", m)) => Command::List(query(m)),
        Some(("show", m)) => Command::Show(refs(m)),
        Some(("entities", m)) => Command::Entities(refs(m)),
        Some(("quotes", m)) => Command::Quotes(refs(m)),
        Some(("search", m)) => Command::Search(query(m)),
        Some(("stories", m)) => Command::Stories(query(m)),
        Some(("compare", m)) => {
            Command::Compare { of: refs(m), story: m.get_one("story").copied(), force: m.get_flag("force") }
        }
        Some(("export", m)) => {
            let to = m.get_one::<PathBuf>("to")?.clone();
            Command::Export { query: query(m), to, force: m.get_flag("force") }
        }
        Some(("keys", _)) => Command::Keys,
        Some(("completions", m)) => Command::Completions(*m.get_one::<Shell>("shell")?),
        Some(("man", _)) => Command::Man,
        Some(_) => return None,
    })
}

/// What is said of all articles to import.
fn given(matches: &ArgMatches) -> Given {
    let mut given = Given::default();
    for field in &GIVEN {
        let words: Vec<&String> = matches.get_many(field.name).unwrap_or_default().collect();
        let said = match words.as_slice() {
            [] => continue,
            [one] if !field.is_list => (*one).clone(),
            // Each option is one value, whatever stands in it.
            list => list.iter().map(|one| one.as_str()).collect::<serde_json::Value>().to_string(),
        };
        // Each value was read once already, when its option was.
        let _ = given.set(field.name, &said);
    }
    given
}

fn instead(error: &clap::Error, locale: Locale) -> Instead {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return Instead::Help(error.to_string());
    }
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let (argument, given) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let what = match error.kind() {
        ErrorKind::UnknownArgument => help(locale, Help::UnknownArgument).replace("{}", &argument),
        ErrorKind::MissingRequiredArgument => help(locale, Help::MissingArgument).replace("{}", &argument),
        ErrorKind::InvalidValue if given.is_empty() => help(locale, Help::NoValue).replace("{}", &argument),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            help(locale, Help::BadValue).replace("{}", &given).replace("<>", &argument)
        }
        ErrorKind::ArgumentConflict => help(locale, Help::Conflict).replace("{}", &argument),
        _ => error.to_string().trim_start_matches("error: ").lines().next().unwrap_or_default().to_owned(),
    };
    let known = context(ContextKind::ValidValue);
    let suggested = context(ContextKind::SuggestedArg);
    let mut message = what;
    if !suggested.is_empty() {
        message.push_str(&help(locale, Help::DidYouMean).replace("{}", &suggested));
    } else if !known.is_empty() {
        message.push_str(&help(locale, Help::OneOf).replace("{}", &known));
    }
    message.push_str("; ");
    message.push_str(help(locale, Help::Pointer));
    Instead::Mistake(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    fn arguments(line: &str) -> Arguments {
        read(&words(line), Locale::English).expect("the line can be read")
    }

    fn mistake(line: &str) -> String {
        match read(&words(line), Locale::English) {
            Err(Instead::Mistake(message)) => message,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_tables_of_commands_are_consistent() {
        commands(Locale::German).debug_assert();
        commands(Locale::English).debug_assert();
        let names: Vec<_> =
            commands(Locale::German).get_subcommands().map(|c| c.get_name().to_owned()).collect();
        assert_eq!(names, COMMANDS);
    }

    #[test]
    fn without_a_command_paths_are_read() {
        assert_eq!(arguments("lesart").command, Command::Read(Vec::new()));
        assert_eq!(arguments("lesart a.txt -").command, Command::Read(vec!["a.txt".into(), "-".into()]));
    }

    #[test]
    fn options_stand_before_and_behind_a_command() {
        for line in [
            "lesart --library l --format json list",
            "lesart list --library l --format json",
            "lesart list --format=json --library=l",
        ] {
            let read = arguments(line);
            assert_eq!(read.command, Command::List(String::new()), "{line}");
            assert_eq!((read.format, read.options.library), (Format::Json, Some("l".into())), "{line}");
        }
    }

    #[test]
    fn subscriptions_have_commands_of_their_own() {
        for (line, expected) in [
            ("lesart feeds", Feeds::List),
            ("lesart feeds add blatt.example", Feeds::Add("blatt.example".to_owned())),
            ("lesart feeds remove 3", Feeds::Remove(3)),
            ("lesart feeds import a.opml --dry-run", Feeds::Import { file: "a.opml".into(), dry_run: true }),
            ("lesart feeds export --library l", Feeds::Export),
        ] {
            assert_eq!(arguments(line).command, Command::Feeds(expected), "{line}");
        }
        assert_eq!(arguments("lesart feeds --format json").format, Format::Json);
        assert_eq!(arguments("lesart feeds export --library l").options.library, Some("l".into()));
        assert_eq!(arguments("lesart fetch 3").command, Command::Fetch { of: vec!["3".to_owned()] });
        assert_eq!(arguments("lesart fetch --whole 3 4").command, Command::FetchWhole(vec![3, 4]));
        assert!(mistake("lesart feeds remove x").contains("'x'"));
    }

    #[test]
    fn what_is_said_of_all_articles_is_read_and_checked() {
        let line = "lesart import --source zeit.de --date 18.9.2015 --tag Bern --tag Bau --language en a";
        let Command::Import { given, paths, dry_run } = arguments(line).command else { panic!("it imports") };
        let mut expected = Given::default();
        for (field, words) in
            [("source", "zeit.de"), ("date", "18.9.2015"), ("tags", "Bern, Bau"), ("language", "en")]
        {
            expected.set(field, words).unwrap();
        }
        assert_eq!((*given, paths, dry_run), (expected, vec!["a".into()], false));
        assert!(mistake("lesart import --date bald a").contains("'bald'"));
        assert!(mistake("lesart import --language fr a").contains("de, en"));
    }

    #[test]
    fn a_query_needs_no_quotation_marks() {
        assert_eq!(arguments("lesart search zwei wörter").command, Command::Search("zwei wörter".to_owned()));
    }

    #[test]
    fn mistakes_say_what_to_do() {
        assert_eq!(
            mistake("lesart --formt json"),
            "unknown option '--formt'; did you mean '--format'?; 'lesart --help' shows commands and options"
        );
        assert!(mistake("lesart list --format xml").contains("text, json, md"));
        assert!(mistake("lesart compare").contains("REF"));
        assert!(mistake("lesart list --format md").contains("show"));
        assert!(mistake("lesart list --limit many").contains("'many'"));
    }

    #[test]
    fn the_language_is_known_before_mistakes_are() {
        assert_eq!(language(&words("lesart --bad --lang de")), Some(Locale::German));
        assert_eq!(language(&words("lesart --lang=en")), Some(Locale::English));
        assert_eq!(language(&words("lesart --language de")), None);
    }
}
