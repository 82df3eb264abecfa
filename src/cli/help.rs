//! Words of help and of mistakes in the arguments, German and English; `{}` and `<>` stand for what
//! was typed.

use crate::model::Locale;

/// What is to be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words below say what each is")]
pub enum Help {
    Program,
    Template,
    SubTemplate,
    GroupTemplate,
    About,
    Version,
    More,
    Import,
    Feeds,
    FeedsAdd,
    FeedsRemove,
    FeedsImport,
    FeedsExport,
    FeedUrl,
    FeedId,
    FeedFile,
    Fetch,
    Feed,
    Whole,
    List,
    Show,
    Entities,
    Quotes,
    Search,
    Stories,
    Compare,
    Keys,
    Export,
    To,
    Replace,
    Completions,
    Shell,
    Man,
    Path,
    Files,
    Ref,
    Query,
    Story,
    Force,
    GivenSource,
    GivenDate,
    GivenAuthor,
    GivenLanguage,
    GivenTag,
    DryRun,
    Library,
    Format,
    Limit,
    Lang,
    Theme,
    Config,
    Plain,
    Ascii,
    NoCommand,
    NoMarkdown,
    UnknownArgument,
    MissingArgument,
    NoValue,
    BadValue,
    Conflict,
    DidYouMean,
    OneOf,
    Pointer,
}

/// The words for `what`.
#[allow(clippy::too_many_lines, reason = "a table of words")]
pub fn help(locale: Locale, what: Help) -> &'static str {
    let (german, english) = match what {
        Help::Program => (
            "Artikel lesen und vergleichen, wie Medien dieselben Fakten berichten",
            "Read articles and compare how outlets report the same facts",
        ),
        Help::Template => (
            "{about}\n\nAufruf: lesart [OPTIONEN] [PATH…|-]\n        lesart BEFEHL [OPTIONEN] …\n\nBefehle:\n\
             {subcommands}\n\nOptionen:\n{options}\n{after-help}\n",
            "{about}\n\nUsage: lesart [OPTIONS] [PATH…|-]\n       lesart COMMAND [OPTIONS] …\n\nCommands:\n\
             {subcommands}\n\nOptions:\n{options}\n{after-help}\n",
        ),
        Help::SubTemplate => (
            "{about}\n\nAufruf: {usage}\n\n{positionals}\n\nOptionen:\n{options}\n",
            "{about}\n\nUsage: {usage}\n\n{positionals}\n\nOptions:\n{options}\n",
        ),
        Help::GroupTemplate => (
            "{about}\n\nAufruf: {usage}\n\nBefehle:\n{subcommands}\n\nOptionen:\n{options}\n",
            "{about}\n\nUsage: {usage}\n\nCommands:\n{subcommands}\n\nOptions:\n{options}\n",
        ),
        Help::About => ("Diese Hilfe", "This help"),
        Help::Version => ("Die Fassung des Programms", "The program's version"),
        Help::More => (
            "REF: eine Nummer aus 'lesart list' oder ein Pfad; ein Ordner steht für alle Artikel darin.\nQUERY: Wörter, \"genaue Folge\", -nicht, OR, source: person: place: org: title: lang: story: is: since: until:\n       Ein Wort mit - am Anfang steht hinter --.\nEnde: 0 getan oder gefunden, 1 nichts gefunden, 2 Fehler.",
            "REF: a number from 'lesart list' or a path; a folder stands for all articles in it.\nQUERY: words, \"exact phrase\", -not, OR, source: person: place: org: title: lang: story: is: since: until:\n       A word that begins with - stands behind --.\nExit: 0 done or found, 1 nothing found, 2 error.",
        ),
        Help::Import => {
            ("Dateien und Ordner in die Bibliothek aufnehmen", "Add files and folders to the library")
        }
        Help::Feeds => ("Abonnierte Feeds zeigen und ändern", "Show and change subscriptions to feeds"),
        Help::FeedsAdd => (
            "Einen Feed abonnieren; zu einer Seite wird ihr Feed gesucht",
            "Subscribe to a feed; for a page its feed is looked for",
        ),
        Help::FeedsRemove => {
            ("Einen Feed abbestellen; seine Artikel bleiben", "Unsubscribe; its articles stay")
        }
        Help::FeedsImport => ("Alle Feeds einer Liste abonnieren", "Subscribe to all feeds of a list"),
        Help::FeedsExport => ("Die Feeds als OPML ausgeben", "Print the feeds as OPML"),
        Help::FeedUrl => ("Adresse des Feeds oder einer Seite", "Address of the feed or of a page"),
        Help::FeedId => ("Nummer aus 'lesart feeds'", "Number in 'lesart feeds'"),
        Help::FeedFile => ("OPML, oder die Datei urls von newsboat", "OPML, or the file urls of newsboat"),
        Help::Fetch => (
            "Feeds holen: die genannten, sonst alle, die an der Zeit sind",
            "Fetch feeds: those named, else all whose time has come",
        ),
        Help::Feed => ("Nummer, Adresse oder ein Teil des Namens", "Number, address, or a part of the name"),
        Help::Whole => (
            "Statt Feeds: den ganzen Text dieser Artikel von ihren Seiten",
            "Instead of feeds: the whole text of these articles from their pages",
        ),
        Help::List => ("Artikel auflisten", "List articles"),
        Help::Show => ("Einen Artikel zeigen", "Show an article"),
        Help::Entities => (
            "Personen, Orte, Organisationen, Daten und Zahlen zeigen",
            "Show people, places, organisations, dates and numbers",
        ),
        Help::Quotes => ("Zeigen, wer was gesagt hat", "Show who said what"),
        Help::Search => ("Suchen; Treffer mit Fundstellen", "Search; hits with passages"),
        Help::Stories => ("Artikel nach Ereignis gruppiert", "Articles grouped by event"),
        Help::Compare => (
            "Vergleichen, wie Medien dieselben Fakten berichten",
            "Compare how outlets report the same facts",
        ),
        Help::Keys => ("Die Tastenbelegung zeigen", "Show the table of keys"),
        Help::Export => (
            "Artikel mit allem, was dazugehört, in offener Form ausgeben",
            "Write articles with all that belongs to them in an open form",
        ),
        Help::To => (
            "Datei (JSON Lines), Ordner (Markdown) oder - für die Standardausgabe",
            "File (JSON Lines), folder (Markdown), or - for standard output",
        ),
        Help::Replace => ("Ersetzen, was es schon gibt", "Replace what is there already"),
        Help::Completions => ("Vervollständigung für eine Shell ausgeben", "Print completions for a shell"),
        Help::Shell => ("bash, elvish, fish, powershell, zsh", "bash, elvish, fish, powershell, zsh"),
        Help::Man => ("Die Handbuchseite (man) ausgeben", "Print the manual page"),
        Help::Files => ("Dateien oder Ordner", "Files or folders"),
        Help::Path => {
            ("Dateien oder Ordner; - liest die Standardeingabe", "Files or folders; - reads standard input")
        }
        Help::Ref => ("Nummern oder Pfade von Artikeln", "Numbers or paths of articles"),
        Help::Query => ("Suchanfrage", "Query"),
        Help::Story => ("Alle Artikel dieses Themas", "All articles of this story"),
        Help::Force => (
            "Artikel über andere Ereignisse wie die übrigen behandeln",
            "Treat articles on other events like the rest",
        ),
        Help::GivenSource => ("Quelle aller dieser Artikel", "Outlet of all these articles"),
        Help::GivenDate => ("Tag, an dem sie erschienen", "Day on which they appeared"),
        Help::GivenAuthor => ("Autor aller dieser Artikel", "Author of all these articles"),
        Help::GivenLanguage => ("Sprache der Texte: de, en, other", "Language of the texts: de, en, other"),
        Help::GivenTag => ("Schlagwort; auch mehrmals", "Tag; may be given several times"),
        Help::DryRun => ("Nur sagen, was geschähe", "Only say what would happen"),
        Help::Library => {
            ("Ordner der Bibliothek (auch LESART_LIBRARY)", "Folder of the library (also LESART_LIBRARY)")
        }
        Help::Format => ("Form der Antwort: text, json, md", "Form of the answer: text, json, md"),
        Help::Limit => ("Höchstzahl der Einträge", "Most entries to answer with"),
        Help::Lang => ("Sprache der Oberfläche: de, en", "Language of the interface: de, en"),
        Help::Theme => ("Farben: auto, dark, light, ansi, mono", "Colours: auto, dark, light, ansi, mono"),
        Help::Config => {
            ("Diese Einstellungsdatei statt der eigenen", "This settings file instead of your own")
        }
        Help::Plain => ("Linear, nummeriert, ohne Steuerzeichen", "Linear, numbered, without control codes"),
        Help::Ascii => ("Zeichen und Linien in ASCII", "Marks and rules in ASCII"),
        Help::NoCommand => (
            "diesen Befehl gibt es nicht; 'lesart --help' zeigt alle",
            "there is no such command; 'lesart --help' shows all",
        ),
        Help::NoMarkdown => (
            "'--format md' gibt es für show, compare und export; sonst text oder json wählen",
            "'--format md' is for show, compare and export; choose text or json here",
        ),
        Help::UnknownArgument => ("unbekannte Option '{}'", "unknown option '{}'"),
        Help::MissingArgument => ("es fehlt: {}", "missing: {}"),
        Help::NoValue => ("'{}' braucht einen Wert", "'{}' needs a value"),
        Help::BadValue => ("'{}' ist kein Wert für '<>'", "'{}' is no value for '<>'"),
        Help::Conflict => {
            ("'{}' passt nicht zu den anderen Angaben", "'{}' does not go with the other arguments")
        }
        Help::DidYouMean => ("; gemeint: '{}'?", "; did you mean '{}'?"),
        Help::OneOf => ("; möglich: {}", "; possible: {}"),
        Help::Pointer => {
            ("'lesart --help' zeigt Befehle und Optionen", "'lesart --help' shows commands and options")
        }
    };
    match locale {
        Locale::German => german,
        Locale::English => english,
    }
}
