//! A key with its modifiers, as keymaps spell it and as hints show it.
//!
//! Terminals report a shifted letter as the capital letter, so there is no Shift beside
//! [`Key::BackTab`]: write `G`, not `shift-g`.

use std::fmt;

use crate::model::Locale;

/// A key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs, reason = "the names say what stands on the keys")]
pub enum Key {
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Insert,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
    F(u8),
}

/// A key pressed together with Ctrl or Alt, or alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Chord {
    /// The key.
    pub key: Key,
    /// With Ctrl.
    pub ctrl: bool,
    /// With Alt.
    pub alt: bool,
}

/// Why a spelling is not a chord.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ChordError {
    /// Nothing was written.
    #[error("a key is missing")]
    Empty,
    /// Terminals cannot tell this from another key.
    #[error("'{0}': terminals report a shifted letter as the capital letter, so write that")]
    Shift(String),
    /// No key is called this.
    #[error("'{0}' is not a key")]
    Unknown(String),
}

/// Named keys: spelling in keymaps, German label, English label.
const NAMED: &[(Key, &str, &str, &str)] = &[
    (Key::Char(' '), "space", "Leer", "Space"),
    (Key::Enter, "enter", "Enter", "Enter"),
    (Key::Esc, "esc", "Esc", "Esc"),
    (Key::BackTab, "shift-tab", "Umschalt-Tab", "Shift-Tab"),
    (Key::Tab, "tab", "Tab", "Tab"),
    (Key::Backspace, "backspace", "Rück", "Backspace"),
    (Key::Delete, "delete", "Entf", "Del"),
    (Key::Insert, "insert", "Einfg", "Ins"),
    (Key::Left, "left", "←", "←"),
    (Key::Right, "right", "→", "→"),
    (Key::Up, "up", "↑", "↑"),
    (Key::Down, "down", "↓", "↓"),
    (Key::Home, "home", "Pos1", "Home"),
    (Key::End, "end", "Ende", "End"),
    (Key::PageUp, "pageup", "Bild↑", "PgUp"),
    (Key::PageDown, "pagedown", "Bild↓", "PgDn"),
];

/// The keys of [`NAMED`] whose labels are not ASCII: German label, English label.
const NAMED_ASCII: &[(Key, &str, &str)] = &[
    (Key::Backspace, "Rueck", "Backspace"),
    (Key::Left, "links", "Left"),
    (Key::Right, "rechts", "Right"),
    (Key::Up, "auf", "Up"),
    (Key::Down, "ab", "Down"),
    (Key::PageUp, "BildAuf", "PgUp"),
    (Key::PageDown, "BildAb", "PgDn"),
];

impl Chord {
    /// A key alone.
    #[must_use]
    pub const fn plain(key: Key) -> Chord {
        Chord { key, ctrl: false, alt: false }
    }

    /// A printing key alone.
    #[must_use]
    pub const fn char(c: char) -> Chord {
        Chord::plain(Key::Char(c))
    }

    /// A key with Ctrl.
    #[must_use]
    pub const fn ctrl(key: Key) -> Chord {
        Chord { key, ctrl: true, alt: false }
    }

    /// The character it types, if it types one.
    #[must_use]
    pub fn typed(self) -> Option<char> {
        match self.key {
            Key::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// Whether a line of text takes this key for itself: characters, erasing, moving within the
    /// line, and the shell's Ctrl-A, E, K, U, W.
    #[must_use]
    pub fn edits_text(self) -> bool {
        match self.key {
            Key::Char(c) => self.ctrl == "aekuw".contains(c) && !self.alt || self.typed().is_some(),
            Key::Backspace | Key::Delete | Key::Left | Key::Right | Key::Home | Key::End => true,
            _ => false,
        }
    }

    /// Reads one chord as keymaps spell it: `j`, `G`, `ö`, `ctrl-d`, `alt-enter`, `shift-tab`, `f5`.
    ///
    /// # Errors
    /// If no key is called that.
    pub fn parse(text: &str) -> Result<Chord, ChordError> {
        let mut rest = text;
        let (mut ctrl, mut alt) = (false, false);
        loop {
            let lower = rest.to_ascii_lowercase();
            // "ctrl-" alone would leave no key; "ctrl--" is Ctrl and the minus key.
            if lower.len() > 5 && lower.starts_with("ctrl-") {
                (ctrl, rest) = (true, rest.get(5..).unwrap_or_default());
            } else if lower.len() > 4 && lower.starts_with("alt-") {
                (alt, rest) = (true, rest.get(4..).unwrap_or_default());
            } else {
                break;
            }
        }
        let mut key = Chord::parse_key(rest).map_err(|error| match error {
            ChordError::Unknown(_) => ChordError::Unknown(text.to_owned()),
            ChordError::Shift(_) => ChordError::Shift(text.to_owned()),
            ChordError::Empty => ChordError::Empty,
        })?;
        // A terminal sends the same byte for Ctrl-d and Ctrl-D.
        if let (Key::Char(c), true) = (key, ctrl) {
            key = Key::Char(c.to_ascii_lowercase());
        }
        Ok(Chord { key, ctrl, alt })
    }

    fn parse_key(text: &str) -> Result<Key, ChordError> {
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (None, _) => return Err(ChordError::Empty),
            (Some(c), None) if !c.is_control() && !c.is_whitespace() => return Ok(Key::Char(c)),
            _ => {}
        }
        let lower = text.to_ascii_lowercase();
        if let Some((key, ..)) = NAMED.iter().find(|(_, name, ..)| *name == lower) {
            return Ok(*key);
        }
        if let Some(number) = lower.strip_prefix('f').and_then(|n| n.parse::<u8>().ok())
            && (1..=24).contains(&number)
        {
            return Ok(Key::F(number));
        }
        match lower.as_str() {
            "escape" => Ok(Key::Esc),
            "return" => Ok(Key::Enter),
            "backtab" => Ok(Key::BackTab),
            "page-up" => Ok(Key::PageUp),
            "page-down" => Ok(Key::PageDown),
            "minus" => Ok(Key::Char('-')),
            _ if lower.starts_with("shift-") => Err(ChordError::Shift(text.to_owned())),
            _ => Err(ChordError::Unknown(text.to_owned())),
        }
    }

    /// The chord as hints and help show it: `Strg-D`, `Leer`, `↑` for a German reader.
    ///
    /// With `ascii`, words stand for the arrows.
    #[must_use]
    pub fn label(self, locale: Locale, ascii: bool) -> String {
        let german = locale == Locale::German;
        let mut label = String::new();
        if self.ctrl {
            label.push_str(if german { "Strg-" } else { "Ctrl-" });
        }
        if self.alt {
            label.push_str("Alt-");
        }
        let plain =
            NAMED_ASCII.iter().find(|(key, ..)| ascii && *key == self.key).map(|(_, de, en)| (de, en));
        let named = NAMED.iter().find(|(key, ..)| *key == self.key).map(|(_, _, de, en)| (de, en));
        match (plain.or(named), self.key) {
            (Some((de, en)), _) => label.push_str(if german { de } else { en }),
            (None, Key::Char(c)) if self.ctrl => label.extend(c.to_uppercase()),
            (None, Key::Char(c)) => label.push(c),
            (None, _) => label.push_str(&Chord::plain(self.key).to_string().to_uppercase()),
        }
        label
    }
}

impl fmt::Display for Chord {
    /// The spelling that [`Chord::parse`] reads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("ctrl-")?;
        }
        if self.alt {
            f.write_str("alt-")?;
        }
        match (NAMED.iter().find(|(key, ..)| *key == self.key), self.key) {
            (Some((_, name, ..)), _) => f.write_str(name),
            (None, Key::Char(c)) => write!(f, "{c}"),
            (None, Key::F(number)) => write!(f, "f{number}"),
            // Every other key has a name in the table.
            (None, _) => Ok(()),
        }
    }
}

/// Reads chords pressed one after the other, with spaces between: `g g`.
///
/// # Errors
/// If one of them is no chord, or there is none.
pub fn parse_keys(text: &str) -> Result<Vec<Chord>, ChordError> {
    let keys = text.split_whitespace().map(Chord::parse).collect::<Result<Vec<_>, _>>()?;
    if keys.is_empty() { Err(ChordError::Empty) } else { Ok(keys) }
}

/// Chords as keymaps spell them, with spaces between.
#[must_use]
pub fn spell_keys(keys: &[Chord]) -> String {
    keys.iter().map(Chord::to_string).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_name_chords() {
        for (text, chord) in [
            ("j", Chord::char('j')),
            ("G", Chord::char('G')),
            ("ö", Chord::char('ö')),
            ("ß", Chord::char('ß')),
            ("-", Chord::char('-')),
            ("minus", Chord::char('-')),
            ("+", Chord::char('+')),
            ("space", Chord::char(' ')),
            ("ctrl-d", Chord::ctrl(Key::Char('d'))),
            ("Ctrl-D", Chord::ctrl(Key::Char('d'))),
            ("ctrl--", Chord::ctrl(Key::Char('-'))),
            ("alt-enter", Chord { key: Key::Enter, ctrl: false, alt: true }),
            ("ctrl-alt-left", Chord { key: Key::Left, ctrl: true, alt: true }),
            ("shift-tab", Chord::plain(Key::BackTab)),
            ("f12", Chord::plain(Key::F(12))),
            ("PageUp", Chord::plain(Key::PageUp)),
        ] {
            assert_eq!(Chord::parse(text), Ok(chord), "{text}");
        }
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in ["", "ctrl-", "jj", "hyper-x", "f0", "f25", "\u{1b}", "ctrl-pagup"] {
            assert!(Chord::parse(text).is_err(), "{text:?}");
        }
        assert_eq!(Chord::parse("shift-g"), Err(ChordError::Shift("shift-g".to_owned())));
    }

    #[test]
    fn several_keys_stand_one_after_the_other() {
        assert_eq!(parse_keys("g ctrl-g"), Ok(vec![Chord::char('g'), Chord::ctrl(Key::Char('g'))]));
        assert_eq!(parse_keys("  "), Err(ChordError::Empty));
    }

    #[test]
    fn labels_speak_the_reader_s_language() {
        let label = |text: &str, locale, ascii| Chord::parse(text).unwrap().label(locale, ascii);
        assert_eq!(label("ctrl-d", Locale::German, false), "Strg-D");
        assert_eq!(label("ctrl-d", Locale::English, false), "Ctrl-D");
        assert_eq!(label("space", Locale::German, false), "Leer");
        assert_eq!(label("up", Locale::English, false), "↑");
        assert_eq!(label("up", Locale::English, true), "Up");
        assert_eq!(label("G", Locale::English, true), "G");
        for (_, name, ..) in NAMED {
            assert!(label(name, Locale::German, true).is_ascii(), "{name}");
        }
    }

    #[test]
    fn a_line_of_text_keeps_its_own_keys() {
        for text in ["a", "space", "ö", "backspace", "left", "home", "ctrl-u", "ctrl-w"] {
            assert!(Chord::parse(text).unwrap().edits_text(), "{text}");
        }
        for text in ["ctrl-d", "enter", "esc", "up", "tab", "pagedown", "alt-a", "ctrl-p"] {
            assert!(!Chord::parse(text).unwrap().edits_text(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_spelling_reads_back(c in any::<char>(), ctrl: bool, alt: bool) {
            if let Ok(chord) = Chord::parse(&c.to_string()) {
                let key = match chord.key {
                    Key::Char(c) if ctrl => Key::Char(c.to_ascii_lowercase()),
                    key => key,
                };
                let chord = Chord { key, ctrl, alt };
                prop_assert_eq!(Chord::parse(&chord.to_string()), Ok(chord));
            }
        }

        #[test]
        fn no_spelling_panics(text in "(ctrl-|alt-|shift-|f|é){0,3}.{0,4}") {
            let _ = Chord::parse(&text);
        }
    }
}
