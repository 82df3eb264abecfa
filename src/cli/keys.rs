//! The table of keys: the built-in ones with the user's laid over them.

use serde_json::{Value, json};

use super::failure::Failure;
use super::page::Page;
use crate::app::action::{ACTIONS, Action, Scope};
use crate::app::keymap::Keymap;
use crate::config::Settings;
use crate::model::Locale;

/// The keys that hold with these settings.
///
/// # Errors
/// Where the user's keymap has a mistake.
pub fn keymap(settings: &Settings) -> Result<Keymap, Failure> {
    let builtin = Keymap::builtin();
    match &settings.keymap {
        Some(file) => Ok(builtin.merge(&file.text, &file.name)?),
        None => Ok(builtin),
    }
}

/// As a page: one block a scope, spelled as keymaps spell it.
pub fn text(page: &mut Page, keymap: &Keymap, locale: Locale, ascii: bool) {
    for scope in Scope::ALL {
        page.gap();
        page.line(&format!("[{}]", scope.name()));
        for action in actions(keymap, scope) {
            let own: Vec<String> = keymap
                .all()
                .filter(|(s, _, a)| *s == scope && *a == action)
                .map(|(_, keys, _)| label(&keys, locale, ascii))
                .collect();
            page.fill(&format!("{:<24}", own.join(", ")), action.info().describe(locale));
        }
    }
}

/// As an answer for programs.
pub fn json(keymap: &Keymap, locale: Locale) -> Value {
    let list: Vec<Value> = keymap
        .all()
        .map(|(scope, keys, action)| {
            json!({
                "scope": scope.name(), "keys": keys, "action": action.name(),
                "description": action.info().describe(locale),
            })
        })
        .collect();
    json!({ "keys": list })
}

/// The actions that have a key of their own in `scope`, in the order of help.
fn actions(keymap: &Keymap, scope: Scope) -> Vec<Action> {
    let bound: Vec<Action> = keymap.all().filter(|(s, _, _)| *s == scope).map(|(_, _, a)| a).collect();
    ACTIONS.iter().map(|i| i.action).filter(|a| bound.contains(a)).collect()
}

/// Keys as hints show them.
fn label(keys: &str, locale: Locale, ascii: bool) -> String {
    let chords = crate::app::chord::parse_keys(keys).unwrap_or_default();
    chords.iter().map(|c| c.label(locale, ascii)).collect::<Vec<_>>().join(" ")
}
