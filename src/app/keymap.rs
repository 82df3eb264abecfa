//! Which keys ask for which action, in which pane.
//!
//! The defaults are `assets/keymap.toml`; the user's file has the same form and is laid over them
//! by the same code. Works on text; it opens no file.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::app::action::{ACTIONS, Action, Scope};
use crate::app::chord::{Chord, ChordError, parse_keys, spell_keys};
use crate::model::Locale;
use crate::text::nearest::nearest;

/// What pressed keys ask for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Found {
    /// This.
    Action(Action),
    /// More keys are needed.
    Pending,
    /// Nothing begins with these keys.
    Nothing,
}

/// Keys, scope by scope.
///
/// A list, not a tree: it holds about a hundred bindings, a look-up takes less than a microsecond,
/// and the order of the file is the order of the hints.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Binding {
    scope: Scope,
    keys: Vec<Chord>,
    action: Action,
    /// Line in the file of the user; `None` for the defaults.
    line: Option<usize>,
}

/// What is wrong in a keymap; each names file and line, the first line being 1.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[allow(missing_docs, reason = "the messages name the fields")]
pub enum KeymapError {
    /// Not TOML.
    #[error("{file}:{line}: {message}")]
    Syntax { file: String, line: usize, message: String },
    /// A table for a scope that does not exist.
    #[error("{file}:{line}: there is no scope '{name}'{}", did_you_mean(.guess.as_deref()))]
    UnknownScope { file: String, line: usize, name: String, guess: Option<String> },
    /// An action that does not exist.
    #[error("{file}:{line}: there is no action '{name}'{}", did_you_mean(.guess.as_deref()))]
    UnknownAction { file: String, line: usize, name: String, guess: Option<String> },
    /// Neither a key nor a list of keys.
    #[error("{file}:{line}: '{action}' needs a key or a list of keys in quotation marks")]
    NoKeys { file: String, line: usize, action: String },
    /// A spelling that names no key.
    #[error("{file}:{line}: {error}")]
    Chord { file: String, line: usize, error: ChordError },
    /// One chord for two actions of one scope.
    #[error("{file}:{line}: '{keys}' is bound to both '{first}' and '{second}' in [{scope}]")]
    Twice {
        file: String,
        line: usize,
        scope: &'static str,
        keys: String,
        first: &'static str,
        second: &'static str,
    },
    /// A binding that no one can reach, because a shorter one answers first.
    #[error(
        "{file}:{line}: '{longer}' ('{longer_action}') and '{shorter}' ('{shorter_action}') begin \
         alike, so one hides the other; give one of them another key"
    )]
    Hidden {
        file: String,
        line: usize,
        longer: String,
        longer_action: &'static str,
        shorter: String,
        shorter_action: &'static str,
    },
}

fn did_you_mean(guess: Option<&str>) -> String {
    guess.map(|g| format!("; did you mean '{g}'?")).unwrap_or_default()
}

impl Keymap {
    /// The defaults.
    #[must_use]
    pub fn builtin() -> Keymap {
        Keymap { bindings: Vec::new() }
            .merge(include_str!("../../assets/keymap.toml"), "keymap.toml")
            .map(|mut map| {
                map.bindings.iter_mut().for_each(|b| b.line = None);
                map
            })
            .expect("a test reads the defaults")
    }

    /// This keymap with the user's `text` laid over it; `file` names it in errors.
    ///
    /// An entry of the text replaces the keys its action had in that scope, and takes its keys from
    /// the action that had them there.
    ///
    /// # Errors
    /// The first mistake: no TOML, unknown scope or action, no key, a chord bound twice in the
    /// text, a binding hidden by a shorter one.
    pub fn merge(&self, text: &str, file: &str) -> Result<Keymap, KeymapError> {
        let written = read(text, file)?;
        let kept = self.bindings.iter().filter(|b| {
            !written.replaced.contains(&(b.scope, b.action))
                && !written.bindings.iter().any(|w| w.scope == b.scope && w.keys == b.keys)
        });
        let mut bindings: Vec<Binding> = kept.cloned().collect();
        bindings.extend(written.bindings);
        let map = Keymap { bindings };
        map.check_prefixes(file)?;
        Ok(map)
    }

    /// What `keys`, pressed one after the other, ask for in `scope`.
    ///
    /// The scope's own bindings come first, then the global ones; see [`Scope::takes_text`] for
    /// what is never looked up there.
    #[must_use]
    pub fn lookup(&self, scope: Scope, keys: &[Chord]) -> Found {
        match self.lookup_own(scope, keys) {
            Found::Nothing if scope.takes_text() && keys.first().is_some_and(|k| k.edits_text()) => {
                Found::Nothing
            }
            Found::Nothing if scope != Scope::Global => self.lookup_own(Scope::Global, keys),
            found => found,
        }
    }

    fn lookup_own(&self, scope: Scope, keys: &[Chord]) -> Found {
        let mut found = Found::Nothing;
        for binding in self.bindings.iter().filter(|b| b.scope == scope && b.keys.starts_with(keys)) {
            if binding.keys.len() == keys.len() {
                return Found::Action(binding.action);
            }
            found = Found::Pending;
        }
        found
    }

    /// The keys that reach `action` from `scope`, as hints show them, in the order of the file.
    #[must_use]
    pub fn chords(&self, scope: Scope, action: Action, locale: Locale, ascii: bool) -> Vec<String> {
        let own = self.bindings.iter().filter(|b| b.scope == scope);
        let global = self.bindings.iter().filter(|b| b.scope == Scope::Global && scope != Scope::Global);
        own.chain(global)
            .filter(|b| b.action == action && self.lookup(scope, &b.keys) == Found::Action(action))
            .map(|b| b.keys.iter().map(|k| k.label(locale, ascii)).collect::<Vec<_>>().join(" "))
            .collect()
    }

    /// Every binding as keymaps spell it: scope, keys, action.
    pub fn all(&self) -> impl Iterator<Item = (Scope, String, Action)> + '_ {
        self.bindings.iter().map(|b| (b.scope, spell_keys(&b.keys), b.action))
    }

    /// Fails if a binding begins with the keys of another that is looked up in the same place.
    fn check_prefixes(&self, file: &str) -> Result<(), KeymapError> {
        for longer in &self.bindings {
            for shorter in &self.bindings {
                let meet = longer.scope == shorter.scope
                    || longer.scope == Scope::Global
                    || shorter.scope == Scope::Global;
                if meet && longer.keys.len() > shorter.keys.len() && longer.keys.starts_with(&shorter.keys) {
                    return Err(KeymapError::Hidden {
                        file: file.to_owned(),
                        line: longer.line.or(shorter.line).unwrap_or(1),
                        longer: spell_keys(&longer.keys),
                        longer_action: longer.action.name(),
                        shorter: spell_keys(&shorter.keys),
                        shorter_action: shorter.action.name(),
                    });
                }
            }
        }
        Ok(())
    }
}

/// What a file says.
struct Written {
    bindings: Vec<Binding>,
    /// Actions whose keys the file states, those left without a key too.
    replaced: Vec<(Scope, Action)>,
}

fn read(text: &str, file: &str) -> Result<Written, KeymapError> {
    let line_of = |at: usize| 1 + text.bytes().take(at).filter(|b| *b == b'\n').count();
    let file = || file.to_owned();
    let root = DeTable::parse(text).map_err(|error| KeymapError::Syntax {
        file: file(),
        line: line_of(error.span().map_or(0, |s| s.start)),
        message: error.message().to_owned(),
    })?;
    let mut written = Written { bindings: Vec::new(), replaced: Vec::new() };
    for (name, table) in in_order(root.get_ref()) {
        let line = line_of(name.span().start);
        let name = name.get_ref().as_ref();
        let (Some(scope), DeValue::Table(table)) = (Scope::from_name(name), table.get_ref()) else {
            return Err(KeymapError::UnknownScope {
                file: file(),
                line,
                name: name.to_owned(),
                guess: nearest(name, Scope::ALL.map(Scope::name)).map(str::to_owned),
            });
        };
        for (name, value) in in_order(table) {
            let line = line_of(name.span().start);
            let name = name.get_ref().as_ref();
            let action = Action::from_name(name).ok_or_else(|| KeymapError::UnknownAction {
                file: file(),
                line,
                name: name.to_owned(),
                guess: nearest(name, ACTIONS.iter().map(|i| i.name)).map(str::to_owned),
            })?;
            written.replaced.push((scope, action));
            let no_keys = || KeymapError::NoKeys { file: file(), line, action: name.to_owned() };
            for (spelling, at) in spellings(value).ok_or_else(no_keys)? {
                let line = line_of(at);
                let keys =
                    parse_keys(spelling).map_err(|error| KeymapError::Chord { file: file(), line, error })?;
                if let Some(first) = written.bindings.iter().find(|b| b.scope == scope && b.keys == keys) {
                    return Err(KeymapError::Twice {
                        file: file(),
                        line,
                        scope: scope.name(),
                        keys: spell_keys(&keys),
                        first: first.action.name(),
                        second: action.name(),
                    });
                }
                written.bindings.push(Binding { scope, keys, action, line: Some(line) });
            }
        }
    }
    Ok(written)
}

/// The entries of a table as the file has them; the parser sorts them by name.
fn in_order<'t, 'i>(
    table: &'t DeTable<'i>,
) -> Vec<(&'t Spanned<std::borrow::Cow<'i, str>>, &'t Spanned<DeValue<'i>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    entries
}

/// The strings of a value that is a string or a list of strings, each with its place.
fn spellings<'t>(value: &'t Spanned<DeValue<'_>>) -> Option<Vec<(&'t str, usize)>> {
    match value.get_ref() {
        DeValue::String(text) => Some(vec![(text.as_ref(), value.span().start)]),
        DeValue::Array(list) => list.iter().map(|v| Some((v.get_ref().as_str()?, v.span().start))).collect(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::chord::Key;

    /// Reached by the palette alone, on purpose: turning the mouse on takes the terminal's own
    /// selection away, which no slip of a finger should do.
    const UNBOUND: &[Action] = &[Action::Mouse];

    fn press(map: &Keymap, scope: Scope, keys: &str) -> Found {
        map.lookup(scope, &parse_keys(keys).unwrap())
    }

    fn refused(text: &str) -> String {
        Keymap::builtin().merge(text, "keys.toml").expect_err("it is refused").to_string()
    }

    #[test]
    fn every_action_has_a_key_or_is_left_without_on_purpose() {
        let map = Keymap::builtin();
        for info in ACTIONS {
            let bound = map.bindings.iter().any(|b| b.action == info.action);
            assert_eq!(bound, !UNBOUND.contains(&info.action), "{}", info.name);
        }
    }

    #[test]
    fn every_default_can_be_typed_on_a_german_keyboard() {
        for (scope, spelling, action) in Keymap::builtin().all() {
            let what = format!("[{}] {} = {spelling}", scope.name(), action.name());
            for chord in parse_keys(&spelling).unwrap() {
                assert!(!chord.alt, "Alt types letters in some terminals: {what}");
                match chord.key {
                    Key::Char(c) if chord.ctrl => {
                        assert!(c.is_ascii_lowercase() && !"sqvmih".contains(c), "{what}");
                    }
                    Key::Char(c) => assert!(!"[]{}\\|@~^´`€".contains(c), "AltGr or dead key: {what}"),
                    Key::F(number) => assert!(![1, 10, 11].contains(&number), "{what}"),
                    _ => {}
                }
            }
        }
    }

    #[test]
    fn where_text_is_typed_no_printing_key_is_bound() {
        let map = Keymap::builtin();
        for scope in Scope::ALL.into_iter().filter(|s| s.takes_text()) {
            for c in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZäöüß 0123456789/?:*+-.,".chars()
            {
                assert_eq!(map.lookup(scope, &[Chord::char(c)]), Found::Nothing, "{c} in {scope:?}");
            }
            for keys in ["left", "home", "backspace", "ctrl-u"] {
                assert_eq!(press(&map, scope, keys), Found::Nothing, "{keys} in {scope:?}");
            }
            assert_eq!(press(&map, scope, "down"), Found::Action(Action::Down));
            assert_eq!(press(&map, scope, "ctrl-c"), Found::Action(Action::QuitNow));
        }
    }

    #[test]
    fn a_pane_s_own_keys_come_before_the_global_ones() {
        let map = Keymap::builtin().merge("[reader]\nzen = \"j\"\n", "keys.toml").unwrap();
        assert_eq!(press(&map, Scope::Reader, "j"), Found::Action(Action::Zen));
        assert_eq!(press(&map, Scope::List, "j"), Found::Action(Action::Down));
        assert_eq!(press(&map, Scope::Comparison, "1"), Found::Action(Action::ViewFacts));
        assert_eq!(press(&map, Scope::List, "1"), Found::Nothing);
    }

    #[test]
    fn umlauts_and_sharp_s_can_be_bound() {
        let map = Keymap::builtin()
            .merge("[global]\nnext = \"ö\"\nprevious = \"ä\"\nfind = [\"ü\", \"ß\"]\n", "keys.toml")
            .unwrap();
        assert_eq!(press(&map, Scope::List, "ö"), Found::Action(Action::Next));
        assert_eq!(press(&map, Scope::List, "ß"), Found::Action(Action::Find));
        assert_eq!(press(&map, Scope::List, "n"), Found::Nothing, "the entry replaces the default keys");
    }

    #[test]
    fn a_key_given_to_another_action_leaves_the_default() {
        let map = Keymap::builtin().merge("[global]\ntoggle-star = \"x\"\n", "keys.toml").unwrap();
        assert_eq!(press(&map, Scope::List, "x"), Found::Action(Action::ToggleStar));
        assert!(map.chords(Scope::List, Action::Mark, Locale::German, false).is_empty());
    }

    #[test]
    fn keys_in_a_row_wait_for_the_next() {
        let map = Keymap::builtin()
            .merge("[global]\ntop = [\"g g\", \"home\"]\nstories = \"g s\"\n", "keys.toml")
            .unwrap();
        assert_eq!(press(&map, Scope::Reader, "g"), Found::Pending);
        assert_eq!(press(&map, Scope::Reader, "g g"), Found::Action(Action::Top));
        assert_eq!(press(&map, Scope::Reader, "g s"), Found::Action(Action::Stories));
        assert_eq!(press(&map, Scope::Reader, "g x"), Found::Nothing);
    }

    #[test]
    fn hints_name_the_keys_that_reach_an_action() {
        let map = Keymap::builtin();
        assert_eq!(map.chords(Scope::List, Action::Palette, Locale::German, false), [":", "Strg-P"]);
        assert_eq!(map.chords(Scope::Search, Action::Palette, Locale::English, false), ["Ctrl-P"]);
        assert_eq!(map.chords(Scope::List, Action::Down, Locale::English, false), ["↓", "j"]);
        assert!(map.chords(Scope::List, Action::Mouse, Locale::English, false).is_empty());
    }

    #[test]
    fn mistakes_are_named_with_file_and_line() {
        for (text, message) in [
            (
                "[global]\n\nserch = \"s\"\n",
                "keys.toml:3: there is no action 'serch'; did you mean 'search'?",
            ),
            ("[reder]\nzen = \"z\"\n", "keys.toml:1: there is no scope 'reder'; did you mean 'reader'?"),
            ("zen = \"z\"\n", "keys.toml:1: there is no scope 'zen'"),
            ("[global]\nzen = 3\n", "keys.toml:2: 'zen' needs a key or a list of keys in quotation marks"),
            ("[global]\nzen = [\"z\",\n \"hyper-z\"]\n", "keys.toml:3: 'hyper-z' is not a key"),
            (
                "[global]\nzen = \"w\"\ntheme = \"w\"\n",
                "keys.toml:3: 'w' is bound to both 'zen' and 'theme' in [global]",
            ),
            (
                "[list]\nstories = \"g s\"\n",
                "keys.toml:2: 'g s' ('stories') and 'g' ('top') begin alike, so one hides the other; \
                 give one of them another key",
            ),
        ] {
            assert_eq!(refused(text), message);
        }
        assert!(refused("[global]\nzen = \"z\n").starts_with("keys.toml:2: "));
        assert!(refused("[global]\nzen = \"z\"\nzen = \"w\"\n").starts_with("keys.toml:3: "));
    }
}
