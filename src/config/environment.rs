//! What the surroundings of the process say: locale, terminal, home.
//!
//! Read once, at the start, through a function, so that tests need no real environment.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::model::Locale;

/// The variables of the environment that matter here; an empty one counts as missing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Environment {
    /// The locale of messages: `LC_ALL`, else `LC_MESSAGES`, else `LANG`.
    pub messages: Option<String>,
    /// The locale of characters: `LC_ALL`, else `LC_CTYPE`, else `LANG`.
    pub characters: Option<String>,
    /// `NO_COLOR` is set to something (<https://no-color.org>).
    pub no_color: bool,
    /// `TERM`.
    pub term: Option<String>,
    /// `COLORTERM`.
    pub colorterm: Option<String>,
    /// `HOME`.
    pub home: Option<PathBuf>,
    /// `XDG_CONFIG_HOME`, if absolute; the standard asks to ignore it otherwise.
    pub config_home: Option<PathBuf>,
    /// `XDG_DATA_HOME`, if absolute.
    pub data_home: Option<PathBuf>,
    /// `LESART_LIBRARY`.
    pub library: Option<PathBuf>,
}

impl Environment {
    /// The environment of the process.
    #[must_use]
    pub fn of_process() -> Environment {
        Environment::read(|name| std::env::var_os(name))
    }

    /// The environment in which `variable` gives the values.
    #[must_use]
    pub fn read(variable: impl Fn(&str) -> Option<OsString>) -> Environment {
        let value = |name: &str| variable(name).filter(|v| !v.is_empty());
        let text = |name: &str| value(name).map(|v| v.to_string_lossy().into_owned());
        let path = |name: &str| value(name).map(PathBuf::from);
        Environment {
            messages: text("LC_ALL").or_else(|| text("LC_MESSAGES")).or_else(|| text("LANG")),
            characters: text("LC_ALL").or_else(|| text("LC_CTYPE")).or_else(|| text("LANG")),
            no_color: value("NO_COLOR").is_some(),
            term: text("TERM"),
            colorterm: text("COLORTERM"),
            home: path("HOME"),
            config_home: path("XDG_CONFIG_HOME").filter(|p| p.is_absolute()),
            data_home: path("XDG_DATA_HOME").filter(|p| p.is_absolute()),
            library: path("LESART_LIBRARY"),
        }
    }

    /// The language of the interface for this locale: German where it says German or nothing at
    /// all (`C`, `POSIX`), English everywhere else.
    #[must_use]
    pub fn language(&self) -> Locale {
        let code = self.messages.as_deref().unwrap_or("C").split(['.', '@']).next().unwrap_or_default();
        let german = matches!(code, "C" | "POSIX" | "de") || code.starts_with("de_");
        if german { Locale::German } else { Locale::English }
    }

    /// Whether the locale's characters are UTF-8.
    #[must_use]
    pub fn is_utf8(&self) -> bool {
        let name = self.characters.as_deref().unwrap_or_default().to_ascii_lowercase();
        name.split('.').nth(1).is_some_and(|set| set.starts_with("utf-8") || set.starts_with("utf8"))
    }

    /// How many colours the terminal shows, by what it says of itself.
    #[must_use]
    pub fn colours(&self) -> Colours {
        let colorterm = self.colorterm.as_deref().unwrap_or_default();
        let term = self.term.as_deref().unwrap_or_default();
        if self.no_color || term == "dumb" {
            Colours::None
        } else if colorterm.contains("truecolor") || colorterm.contains("24bit") || term.contains("direct") {
            Colours::Exact
        } else if term.contains("256color") {
            Colours::Indexed
        } else {
            Colours::Sixteen
        }
    }
}

/// How many colours a terminal shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Colours {
    /// None, or the user wants none.
    None,
    /// The sixteen of its palette.
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    /// Any.
    Exact,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(pairs: &[(&str, &str)]) -> Environment {
        Environment::read(|name| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| OsString::from(v)))
    }

    #[test]
    fn the_locale_decides_the_language() {
        for (value, language) in [
            ("de_DE.UTF-8", Locale::German),
            ("de", Locale::German),
            ("de_CH@euro", Locale::German),
            ("C.UTF-8", Locale::German),
            ("", Locale::German),
            ("en_GB.UTF-8", Locale::English),
            ("fr_FR.UTF-8", Locale::English),
            ("den_CA", Locale::English),
        ] {
            assert_eq!(with(&[("LANG", value)]).language(), language, "{value}");
        }
        assert_eq!(with(&[("LANG", "en_US"), ("LC_ALL", "de_AT.utf8")]).language(), Locale::German);
    }

    #[test]
    fn only_utf8_locales_get_more_than_ascii() {
        for (value, utf8) in [
            ("de_DE.UTF-8", true),
            ("de_DE.utf8@euro", true),
            ("C.UTF-8", true),
            ("de_DE.ISO-8859-15", false),
            ("C", false),
            ("", false),
        ] {
            assert_eq!(with(&[("LC_CTYPE", value)]).is_utf8(), utf8, "{value}");
        }
        assert!(!with(&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "C")]).is_utf8(), "LC_ALL overrides");
    }

    #[test]
    fn colours_follow_what_the_terminal_says() {
        for (pairs, colours) in [
            (vec![("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], Colours::Exact),
            (vec![("TERM", "xterm-256color")], Colours::Indexed),
            (vec![("TERM", "linux")], Colours::Sixteen),
            (vec![], Colours::Sixteen),
            (vec![("TERM", "dumb")], Colours::None),
            (vec![("TERM", "xterm-direct"), ("NO_COLOR", "1")], Colours::None),
            (vec![("TERM", "xterm-direct"), ("NO_COLOR", "")], Colours::Exact),
        ] {
            assert_eq!(with(&pairs).colours(), colours, "{pairs:?}");
        }
    }
}
