//! Which theme suits the terminal: what it said of its background, and what it can show.

use crate::config::theme::{ThemeName, ThemeTable};
use crate::config::{Choice, Colours, Settings};
use crate::ui::theme::{Depth, Theme};

/// What a terminal can be asked: the colour behind its text. Its last part, which every terminal
/// answers, ends the wait for those that do not know the first.
pub const QUESTION: &str = "\x1b]11;?\x1b\\\x1b[c";

/// Red, green, blue; each from 0 to 1.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Background([f32; 3]);

impl Background {
    /// Reads the body of an answer: `rgb:1616/1919/1d1d`, with one to four digits each.
    #[must_use]
    pub fn parse(body: &str) -> Option<Background> {
        let parts = body.strip_prefix("rgba:").or_else(|| body.strip_prefix("rgb:"))?;
        let mut values = parts.split('/').map(|part| {
            let most = match part.len() {
                1 => 0xf_u16,
                2 => 0xff,
                3 => 0xfff,
                4 => 0xffff,
                _ => return None,
            };
            Some(f32::from(u16::from_str_radix(part, 16).ok()?) / f32::from(most))
        });
        let mut next = || values.next().flatten();
        Some(Background([next()?, next()?, next()?]))
    }

    /// Whether light letters read better on it.
    #[must_use]
    pub fn is_dark(self) -> bool {
        let [red, green, blue] = self.0;
        // Weights of ITU-R BT.601, close to how bright the eye finds each.
        0.299 * red + 0.587 * green + 0.114 * blue < 0.5
    }
}

/// Whether the terminal needs to be asked for its background.
#[must_use]
pub fn needs_asking(settings: &Settings) -> bool {
    settings.theme == Choice::Auto && matches!(settings.colours, Colours::Indexed | Colours::Exact)
}

/// The theme for these settings; `background` as far as the terminal has said.
///
/// A theme that is named is shown whatever the terminal says of itself. Without an answer the
/// terminal's own colours are used, which suit any background.
#[must_use]
pub fn theme_for(settings: &Settings, background: Option<Background>) -> Theme {
    let found = || match (settings.colours, background) {
        (Colours::None, _) => ThemeName::Mono,
        (Colours::Indexed | Colours::Exact, Some(background)) if background.is_dark() => ThemeName::Dark,
        (Colours::Indexed | Colours::Exact, Some(_)) => ThemeName::Light,
        _ => ThemeName::Ansi,
    };
    theme_named(settings, settings.theme.or(found))
}

/// A theme by its name, as this terminal can show it.
#[must_use]
pub fn theme_named(settings: &Settings, name: ThemeName) -> Theme {
    let depth = if settings.colours == Colours::Exact { Depth::Exact } else { Depth::Indexed };
    Theme::new(&ThemeTable::builtin(name), depth, settings.ascii)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Environment, Options, load};

    #[test]
    fn answers_of_any_precision_are_understood() {
        for (body, dark) in [
            ("rgb:1616/1919/1d1d", Some(true)),
            ("rgb:ff/ff/f0", Some(false)),
            ("rgba:0000/0000/0000/ffff", Some(true)),
            ("rgb:f/f/f", Some(false)),
            ("rgb:0000/0000", None),
            ("rgb:00000/0/0", None),
            ("rgb:gg/00/00", None),
            ("#ffffff", None),
            ("", None),
        ] {
            assert_eq!(Background::parse(body).map(Background::is_dark), dark, "{body}");
        }
    }

    #[test]
    fn the_theme_follows_setting_colours_and_background() {
        let environment = Environment::default();
        let dark = Background::parse("rgb:00/00/00");
        let light = Background::parse("rgb:ff/ff/ff");
        for (theme, colours, background, shown) in [
            (Choice::Auto, Colours::Exact, dark, ThemeName::Dark),
            (Choice::Auto, Colours::Indexed, light, ThemeName::Light),
            (Choice::Auto, Colours::Exact, None, ThemeName::Ansi),
            (Choice::Auto, Colours::Sixteen, dark, ThemeName::Ansi),
            (Choice::Auto, Colours::None, light, ThemeName::Mono),
            (Choice::Fixed(ThemeName::Light), Colours::None, dark, ThemeName::Light),
        ] {
            let settings = Settings { theme, colours, ..load(Options::default(), &environment).unwrap() };
            assert_eq!(theme_for(&settings, background).name(), shown, "{theme:?} {colours:?}");
            let asks = theme == Choice::Auto && matches!(colours, Colours::Exact | Colours::Indexed);
            assert_eq!(needs_asking(&settings), asks);
        }
    }
}
