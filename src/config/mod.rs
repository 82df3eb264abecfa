//! Settings, themes and paths: what the user wrote, read strictly; other rooms give it meaning.
//!
//! Built-in defaults lie under the user's file, and that under the options of the command line.
//! Reading a text ([`settings`]) is apart from finding and opening it ([`load`]).

pub mod environment;
pub mod paths;
pub mod settings;
pub mod theme;

use std::io;
use std::path::{Path, PathBuf};

pub use environment::{Colours, Environment};
pub use settings::{Choice, Layer};
use theme::ThemeName;

use crate::model::Locale;

/// The settings that hold, everything found out but the terminal's background.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    /// Language of the interface.
    pub language: Locale,
    /// Theme; [`Choice::Auto`] asks the terminal for its background.
    pub theme: Choice<ThemeName>,
    /// Longest line of running text, in columns.
    pub measure: u16,
    /// Whether the mouse is lesart's.
    pub mouse: bool,
    /// Whether marks and rules are ASCII.
    pub ascii: bool,
    /// How many colours the terminal shows.
    pub colours: Colours,
    /// The user's keys, to be laid over the built-in ones.
    pub keymap: Option<KeymapFile>,
    /// Folder of the library; an error only for those who need one.
    pub library: Option<PathBuf>,
}

/// The text of a keymap and the name it has in errors.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeymapFile {
    /// Name in errors.
    pub name: String,
    /// TOML.
    pub text: String,
}

/// What options of the command line say.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Options {
    /// Settings stated by options.
    pub layer: Layer,
    /// `--library`, meant from the working folder.
    pub library: Option<PathBuf>,
    /// `--config`: this file instead of the user's own.
    pub config: Option<PathBuf>,
}

/// Why the settings cannot be used; lines begin with 1.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "the messages name the fields")]
pub enum Error {
    /// Not TOML.
    #[error("{file}:{line}: {message}")]
    Syntax { file: String, line: usize, message: String },
    /// A setting that does not exist.
    #[error("{file}:{line}: there is no setting '{name}'{}", guess.as_ref().map(|g| format!("; did you mean '{g}'?")).unwrap_or_default())]
    Unknown { file: String, line: usize, name: String, guess: Option<String> },
    /// A value the setting cannot have.
    #[error("{file}:{line}: '{name}' needs {expected}")]
    Value { file: String, line: usize, name: String, expected: &'static str },
    /// A file that cannot be read.
    #[error("{} cannot be read: {error}", path.display())]
    Read { path: PathBuf, error: io::Error },
    /// No variable says where the user's files are.
    #[error("HOME is not set, so there is no place for the library; set it or pass --library FOLDER")]
    NoHome,
}

/// The settings for these options in this environment.
///
/// # Errors
/// A mistake in a file, or a file that is named but cannot be read. The user's own settings and
/// keymap may be missing.
pub fn load(options: Options, environment: &Environment) -> Result<Settings, Error> {
    let file = options.config.clone();
    let file = file.or_else(|| Some(paths::config_folder(environment)?.join("config.toml")));
    let mut layer = options.layer;
    if let Some(file) = &file
        && let Some(text) = read(file, options.config.is_some())?
    {
        layer = layer.over(Layer::parse(&text, &file.display().to_string())?);
    }
    let keymap_is_named = layer.keymap.is_some();
    let layer = layer.over(Layer::builtin());
    let folder = file.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));

    let keymap = layer.keymap.filter(|k| !k.is_empty() && (file.is_some() || keymap_is_named));
    let keymap = match keymap.map(|k| paths::resolve(&k, folder, environment)) {
        Some(path) => {
            read(&path, keymap_is_named)?.map(|text| KeymapFile { name: path.display().to_string(), text })
        }
        None => None,
    };
    let written = layer.library.filter(|l| !l.is_empty());
    let library = options
        .library
        .or_else(|| environment.library.clone())
        .or_else(|| written.map(|l| paths::resolve(&l, folder, environment)))
        .or_else(|| paths::library_folder(environment).ok());
    Ok(Settings {
        language: layer.language.expect(STATED).or(|| environment.language()),
        theme: layer.theme.expect(STATED),
        measure: layer.measure.expect(STATED),
        mouse: layer.mouse.expect(STATED),
        ascii: layer.ascii.expect(STATED).or(|| !environment.is_utf8()),
        colours: environment.colours(),
        keymap,
        library,
    })
}

/// Why a setting of the merged layers is there.
const STATED: &str = "the defaults state every setting";

/// The text of a file; `None` if it is missing and may be.
fn read(path: &Path, must_exist: bool) -> Result<Option<String>, Error> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound && !must_exist => Ok(None),
        Err(error) => Err(Error::Read { path: path.to_owned(), error }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Home(tempfile::TempDir);

    impl Home {
        fn with(files: &[(&str, &str)]) -> Home {
            let home = tempfile::tempdir().unwrap();
            let folder = home.path().join(".config/lesart");
            std::fs::create_dir_all(&folder).unwrap();
            for (name, text) in files {
                std::fs::write(folder.join(name), text).unwrap();
            }
            Home(home)
        }

        fn environment(&self) -> Environment {
            Environment { home: Some(self.0.path().to_owned()), ..Environment::default() }
        }

        fn load(&self, options: Options) -> Result<Settings, Error> {
            load(options, &self.environment())
        }
    }

    #[test]
    fn without_any_file_the_defaults_hold() {
        let home = Home::with(&[]);
        let settings = home.load(Options::default()).unwrap();
        assert_eq!((settings.measure, settings.mouse, settings.ascii), (66, false, true));
        assert_eq!(settings.theme, Choice::Auto);
        assert_eq!(settings.keymap, None);
        assert_eq!(settings.library, Some(home.0.path().join(".local/share/lesart")));
        assert!(load(Options::default(), &Environment::default()).unwrap().library.is_none());
    }

    #[test]
    fn file_and_options_lie_over_the_defaults() {
        let home = Home::with(&[
            ("config.toml", "measure = 72\nlanguage = \"en\"\nlibrary = \"presse\"\n"),
            ("keymap.toml", "[global]\n"),
        ]);
        let layer = Layer { language: Some(Choice::Fixed(Locale::German)), ..Layer::default() };
        let settings = home.load(Options { layer, ..Options::default() }).unwrap();
        assert_eq!((settings.measure, settings.language), (72, Locale::German));
        assert_eq!(settings.library, Some(home.0.path().join(".config/lesart/presse")));
        assert_eq!(settings.keymap.unwrap().text, "[global]\n");
    }

    #[test]
    fn the_library_named_nearest_to_the_command_wins() {
        let home = Home::with(&[("config.toml", "library = \"/a\"\n")]);
        let set = Environment { library: Some(PathBuf::from("/b")), ..home.environment() };
        assert_eq!(load(Options::default(), &set).unwrap().library, Some(PathBuf::from("/b")));
        let options = Options { library: Some(PathBuf::from("/c")), ..Options::default() };
        assert_eq!(load(options, &set).unwrap().library, Some(PathBuf::from("/c")));
    }

    #[test]
    fn a_file_that_is_named_must_exist() {
        let home = Home::with(&[("config.toml", "keymap = \"mine.toml\"\n")]);
        let error = home.load(Options::default()).unwrap_err().to_string();
        assert!(error.contains("mine.toml cannot be read"), "{error}");
        let options = Options { config: Some(home.0.path().join("no.toml")), ..Options::default() };
        assert!(matches!(home.load(options), Err(Error::Read { .. })));
    }
}
