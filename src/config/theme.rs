//! Themes as data: role → colour and attributes.
//!
//! The roles themselves, and what a terminal makes of a colour, are `ui::theme`'s.

use std::collections::BTreeMap;

use toml::de::DeTable;

/// A colour: one of the terminal's own sixteen, which its user chose, or an exact one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Colour {
    /// One of the terminal's own colours, 0 to 15.
    Terminal(u8),
    /// Red, green, blue.
    Exact(u8, u8, u8),
}

/// How something is written; `None` leaves the terminal's own.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "these are the attributes terminals have")]
pub struct Ink {
    /// Colour of the letters.
    pub letters: Option<Colour>,
    /// Colour behind them.
    pub paper: Option<Colour>,
    /// Bold.
    pub bold: bool,
    /// Faint.
    pub dim: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Letters and paper exchanged.
    pub reverse: bool,
}

/// A theme that comes with the program.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ThemeName {
    /// Exact colours for a dark background.
    Dark,
    /// Exact colours for a light background.
    Light,
    /// The terminal's own colours, on any background.
    Ansi,
    /// No colour at all.
    Mono,
}

impl ThemeName {
    /// All themes, in the order the theme key goes through them.
    pub const ALL: [ThemeName; 4] = [ThemeName::Dark, ThemeName::Light, ThemeName::Ansi, ThemeName::Mono];

    /// Its spelling in settings and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ThemeName::Dark => "dark",
            ThemeName::Light => "light",
            ThemeName::Ansi => "ansi",
            ThemeName::Mono => "mono",
        }
    }

    /// The theme spelled `name`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<ThemeName> {
        ThemeName::ALL.into_iter().find(|t| t.name() == name)
    }

    /// The theme the theme key shows after this one.
    #[must_use]
    pub fn next(self) -> ThemeName {
        match self {
            ThemeName::Dark => ThemeName::Light,
            ThemeName::Light => ThemeName::Ansi,
            ThemeName::Ansi => ThemeName::Mono,
            ThemeName::Mono => ThemeName::Dark,
        }
    }
}

/// Why a text is no theme; lines begin with 1.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[allow(missing_docs, reason = "the messages name the fields")]
pub enum ThemeError {
    /// Not TOML, or not a table of strings.
    #[error("line {line}: {message}")]
    Syntax { line: usize, message: String },
    /// A word that is neither a colour nor an attribute.
    #[error("line {line}: '{word}' is neither a colour (#rrggbb or a name) nor an attribute")]
    Word { line: usize, word: String },
}

/// A theme: for each role by its name, how it is written.
#[derive(Clone, PartialEq, Debug)]
pub struct ThemeTable {
    /// Which theme this is.
    pub name: ThemeName,
    inks: BTreeMap<String, Ink>,
}

impl ThemeTable {
    /// A theme that comes with the program.
    #[must_use]
    pub fn builtin(name: ThemeName) -> ThemeTable {
        let text = match name {
            ThemeName::Dark => include_str!("../../assets/themes/dark.toml"),
            ThemeName::Light => include_str!("../../assets/themes/light.toml"),
            ThemeName::Ansi => include_str!("../../assets/themes/ansi.toml"),
            ThemeName::Mono => include_str!("../../assets/themes/mono.toml"),
        };
        ThemeTable::parse(name, text).expect("a test reads every theme")
    }

    /// Reads lines of `role = "colour on colour attribute…"`, each part optional.
    ///
    /// # Errors
    /// If the text is not such a table.
    pub fn parse(name: ThemeName, text: &str) -> Result<ThemeTable, ThemeError> {
        let line_of = |at: usize| 1 + text.bytes().take(at).filter(|b| *b == b'\n').count();
        let root = DeTable::parse(text).map_err(|error| ThemeError::Syntax {
            line: line_of(error.span().map_or(0, |s| s.start)),
            message: error.message().to_owned(),
        })?;
        let mut inks = BTreeMap::new();
        for (role, value) in root.get_ref() {
            let line = line_of(value.span().start);
            let Some(words) = value.get_ref().as_str() else {
                return Err(ThemeError::Syntax { line, message: format!("'{role}' needs a text") });
            };
            let ink = ink(words).map_err(|word| ThemeError::Word { line, word })?;
            inks.insert(role.get_ref().to_string(), ink);
        }
        Ok(ThemeTable { name, inks })
    }

    /// How `role` is written; a role the theme does not name is plain text.
    #[must_use]
    pub fn ink(&self, role: &str) -> Ink {
        self.inks.get(role).copied().unwrap_or_default()
    }

    /// The names of the roles the theme speaks of.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        self.inks.keys().map(String::as_str)
    }
}

/// Reads `"#7fb4d8 on #262b31 bold"`; gives back the first word that means nothing.
fn ink(words: &str) -> Result<Ink, String> {
    let mut ink = Ink::default();
    let mut words = words.split_whitespace();
    while let Some(word) = words.next() {
        match word {
            "bold" => ink.bold = true,
            "dim" => ink.dim = true,
            "italic" => ink.italic = true,
            "underline" => ink.underline = true,
            "reverse" => ink.reverse = true,
            "on" => {
                let word = words.next().unwrap_or_default();
                ink.paper = Some(colour(word).ok_or(word)?);
            }
            _ => ink.letters = Some(colour(word).ok_or(word)?),
        }
    }
    Ok(ink)
}

fn colour(word: &str) -> Option<Colour> {
    const NAMES: [&str; 8] = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];
    if let Some(hex) = word.strip_prefix('#').filter(|h| h.len() == 6) {
        let [_, red, green, blue] = u32::from_str_radix(hex, 16).ok()?.to_be_bytes();
        return Some(Colour::Exact(red, green, blue));
    }
    let (name, bright) = word.strip_prefix("bright-").map_or((word, 0), |name| (name, 8));
    let index = NAMES.iter().position(|n| *n == name)?;
    Some(Colour::Terminal(u8::try_from(index).ok()? + bright))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_of_the_program_can_be_read() {
        for name in ThemeName::ALL {
            assert!(ThemeTable::builtin(name).roles().count() > 20, "{}", name.name());
            assert_eq!(ThemeName::from_name(name.name()), Some(name));
        }
    }

    #[test]
    fn an_entry_is_colours_and_attributes() {
        let table =
            ThemeTable::parse(ThemeName::Dark, "a = '#ff8000 on bright-blue bold dim'\nb = ''").unwrap();
        assert_eq!(
            table.ink("a"),
            Ink {
                letters: Some(Colour::Exact(255, 128, 0)),
                paper: Some(Colour::Terminal(12)),
                bold: true,
                dim: true,
                ..Ink::default()
            }
        );
        assert_eq!(table.ink("b"), Ink::default());
        assert_eq!(table.ink("c"), Ink::default());
    }

    #[test]
    fn mistakes_name_line_and_word() {
        let refused = |text: &str| ThemeTable::parse(ThemeName::Dark, text).unwrap_err().to_string();
        assert_eq!(
            refused("a = ''\nb = 'blod'"),
            "line 2: 'blod' is neither a colour (#rrggbb or a name) nor an attribute"
        );
        assert!(refused("a = '#12345g'").contains("'#12345g'"));
        assert!(refused("a = '#ä0000'").contains("'#ä0000'"));
        assert_eq!(refused("a = 1"), "line 1: 'a' needs a text");
    }
}
