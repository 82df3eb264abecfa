//! What the user wrote: one layer of settings from a text, and layers laid over each other.
//!
//! No file is opened here and nothing is looked up; `super::load` does both.

use toml::de::{DeTable, DeValue};

use super::Error;
use super::theme::ThemeName;
use crate::model::Locale;
use crate::text::nearest::nearest;

/// Fewest and most columns of running text.
pub const MEASURE: std::ops::RangeInclusive<u16> = 40..=90;

/// One layer of settings; `None` leaves what the layer below says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Layer {
    /// Language of the interface.
    pub language: Option<Choice<Locale>>,
    /// Theme.
    pub theme: Option<Choice<ThemeName>>,
    /// Longest line of running text, in columns.
    pub measure: Option<u16>,
    /// Whether the mouse is lesart's.
    pub mouse: Option<bool>,
    /// Whether marks and rules are ASCII.
    pub ascii: Option<Choice<bool>>,
    /// File with the user's keys, as written.
    pub keymap: Option<String>,
    /// Folder of the library, as written; empty stands for the user's data folder.
    pub library: Option<String>,
}

/// A value, or leave to find it out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Choice<T> {
    /// To be found out.
    Auto,
    /// This.
    Fixed(T),
}

impl<T> Choice<T> {
    /// The value; `found` where it is to be found out.
    pub fn or(self, found: impl FnOnce() -> T) -> T {
        match self {
            Choice::Auto => found(),
            Choice::Fixed(value) => value,
        }
    }
}

/// Every setting, as `assets/config.toml` has them.
const NAMES: [&str; 7] = ["language", "theme", "measure", "mouse", "ascii", "keymap", "library"];

impl Layer {
    /// The defaults, all of them stated.
    #[must_use]
    pub fn builtin() -> Layer {
        Layer::parse(include_str!("../../assets/config.toml"), "config.toml")
            .expect("a test reads the defaults")
    }

    /// Reads a settings file; `file` names it in errors.
    ///
    /// # Errors
    /// The first mistake in the file, with its line: no TOML, an unknown setting, a value that the
    /// setting cannot have.
    pub fn parse(text: &str, file: &str) -> Result<Layer, Error> {
        let line_of = |at: usize| 1 + text.bytes().take(at).filter(|b| *b == b'\n').count();
        let root = DeTable::parse(text).map_err(|error| Error::Syntax {
            file: file.to_owned(),
            line: line_of(error.span().map_or(0, |s| s.start)),
            message: error.message().to_owned(),
        })?;
        let mut entries: Vec<_> = root.get_ref().iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        let mut layer = Layer::default();
        for (name, value) in entries {
            let line = line_of(name.span().start);
            let name = name.get_ref().as_ref();
            layer.set(name, value.get_ref()).map_err(|expected| match expected {
                Some(expected) => {
                    Error::Value { file: file.to_owned(), line, name: name.to_owned(), expected }
                }
                None => Error::Unknown {
                    file: file.to_owned(),
                    line,
                    name: name.to_owned(),
                    guess: nearest(name, NAMES).map(str::to_owned),
                },
            })?;
        }
        Ok(layer)
    }

    /// Sets one entry; gives back what the setting expects, or `None` if there is no such setting.
    fn set(&mut self, name: &str, value: &DeValue<'_>) -> Result<(), Option<&'static str>> {
        let text = value.as_str();
        match name {
            "language" => {
                self.language = Some(choice(text, language).ok_or("'auto', 'de' or 'en'")?);
            }
            "theme" => {
                let known = "'auto', 'dark', 'light', 'ansi' or 'mono'";
                self.theme = Some(choice(text, ThemeName::from_name).ok_or(known)?);
            }
            "measure" => {
                let number = value.as_integer().and_then(|n| n.as_str().parse().ok());
                self.measure = Some(number.filter(|n| MEASURE.contains(n)).ok_or("a number from 40 to 90")?);
            }
            "mouse" => self.mouse = Some(value.as_bool().ok_or("true or false")?),
            "ascii" => {
                let given = value.as_bool().map(Choice::Fixed).or_else(|| choice(text, |_| None));
                self.ascii = Some(given.ok_or("'auto', true or false")?);
            }
            "keymap" => self.keymap = Some(text.ok_or("a path in quotation marks")?.to_owned()),
            "library" => self.library = Some(text.ok_or("a path in quotation marks")?.to_owned()),
            _ => return Err(None),
        }
        Ok(())
    }

    /// This layer laid over `below`.
    #[must_use]
    pub fn over(self, below: Layer) -> Layer {
        Layer {
            language: self.language.or(below.language),
            theme: self.theme.or(below.theme),
            measure: self.measure.or(below.measure),
            mouse: self.mouse.or(below.mouse),
            ascii: self.ascii.or(below.ascii),
            keymap: self.keymap.or(below.keymap),
            library: self.library.or(below.library),
        }
    }
}

/// The language spelled `name` in settings and on the command line.
#[must_use]
pub fn language(name: &str) -> Option<Locale> {
    match name {
        "de" => Some(Locale::German),
        "en" => Some(Locale::English),
        _ => None,
    }
}

fn choice<T>(text: Option<&str>, fixed: impl FnOnce(&str) -> Option<T>) -> Option<Choice<T>> {
    match text? {
        "auto" => Some(Choice::Auto),
        name => fixed(name).map(Choice::Fixed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_state_every_setting() {
        let Layer { language, theme, measure, mouse, ascii, keymap, library } = Layer::builtin();
        assert_eq!(language, Some(Choice::Auto));
        assert_eq!(theme, Some(Choice::Auto));
        assert_eq!(measure, Some(66));
        assert_eq!(mouse, Some(false));
        assert_eq!(ascii, Some(Choice::Auto));
        assert_eq!((keymap.as_deref(), library.as_deref()), (Some("keymap.toml"), Some("")));
        for name in NAMES {
            assert!(include_str!("../../assets/config.toml").contains(&format!("\n{name} = ")), "{name}");
        }
    }

    #[test]
    fn a_layer_changes_only_what_it_states() {
        let file = Layer::parse("theme = \"light\"\nmeasure = 72\n", "c").unwrap();
        let flags = Layer { theme: Some(Choice::Fixed(ThemeName::Mono)), ..Layer::default() };
        let all = flags.over(file).over(Layer::builtin());
        assert_eq!(all.theme, Some(Choice::Fixed(ThemeName::Mono)));
        assert_eq!((all.measure, all.mouse), (Some(72), Some(false)));
    }

    #[test]
    fn mistakes_are_named_with_file_and_line() {
        for (text, message) in [
            ("\nlangauge = 'de'", "c.toml:2: there is no setting 'langauge'; did you mean 'language'?"),
            ("colour = 1", "c.toml:1: there is no setting 'colour'"),
            ("language = 'fr'", "c.toml:1: 'language' needs 'auto', 'de' or 'en'"),
            ("theme = 7", "c.toml:1: 'theme' needs 'auto', 'dark', 'light', 'ansi' or 'mono'"),
            ("measure = 39", "c.toml:1: 'measure' needs a number from 40 to 90"),
            ("measure = '66'", "c.toml:1: 'measure' needs a number from 40 to 90"),
            ("mouse = 'yes'", "c.toml:1: 'mouse' needs true or false"),
            ("ascii = 'yes'", "c.toml:1: 'ascii' needs 'auto', true or false"),
            ("library = 1", "c.toml:1: 'library' needs a path in quotation marks"),
        ] {
            assert_eq!(Layer::parse(text, "c.toml").unwrap_err().to_string(), message);
        }
        let syntax = Layer::parse("mouse = true\nmeasure = \n", "c.toml").unwrap_err().to_string();
        assert!(syntax.starts_with("c.toml:2: "), "{syntax}");
    }
}
