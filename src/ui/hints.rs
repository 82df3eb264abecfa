//! The keys that matter most where one is, in the last line.

use ratatui::buffer::Buffer;
use ratatui::text::{Line, Span as Piece};

use super::cells::{columns, put_line};
use super::theme::{Role, Theme};
use crate::app::action::{Action, Scope};
use crate::app::{App, Overlay};
use crate::model::Locale;

/// Draws as many hints as fit, the last one first of all: it leads to the help or back.
pub fn draw(app: &App, y: u16, room: u16, theme: &Theme, buffer: &mut Buffer) {
    let scope = app.scope();
    let spelled = hints(scope, app).into_iter().filter_map(|(actions, label)| {
        let keys: Vec<String> = actions
            .iter()
            .filter_map(|a| app.keymap().chords(scope, *a, app.locale, app.is_ascii()).into_iter().next())
            .collect();
        let arrows = keys.iter().all(|k| matches!(k.as_str(), "↑" | "↓" | "←" | "→"));
        (!keys.is_empty()).then(|| (keys.join(if arrows { "" } else { " " }), label))
    });
    let spelled: Vec<(String, &str)> = spelled.collect();
    let wide = |(keys, label): &(String, &str)| columns(keys) + 1 + columns(label);
    let last = spelled.last().map_or(0, wide);
    let mut x = 1;
    for (index, hint) in spelled.iter().enumerate() {
        let kept = if index + 1 < spelled.len() { last + GAP } else { 0 };
        if x + wide(hint) + kept > room + 1 {
            continue;
        }
        let line = Line::from(vec![
            Piece::styled(hint.0.as_str(), theme.style(Role::Key)),
            Piece::raw(" "),
            Piece::styled(hint.1, theme.style(Role::Muted)),
        ]);
        x = put_line(buffer, x, y, wide(hint), &line) + GAP;
    }
}

/// Columns between two hints.
const GAP: u16 = 3;

/// The keys that matter most here, with what they do in one word.
#[allow(clippy::too_many_lines, reason = "one table")]
fn hints(scope: Scope, app: &App) -> Vec<(Vec<Action>, &'static str)> {
    use Action as A;
    let say = |de: &'static str, en: &'static str| match app.locale {
        Locale::German => de,
        Locale::English => en,
    };
    let help = (vec![A::Help], say("Hilfe", "help"));
    match scope {
        Scope::List => vec![
            (vec![A::Up, A::Down], say("wählen", "move")),
            (vec![A::Open], say("lesen", "read")),
            (vec![A::Search], say("suchen", "search")),
            (vec![A::Compare], say("vergleichen", "compare")),
            (vec![A::Entities], say("Personen & Orte", "people & places")),
            (vec![A::Stories], say("Themen", "stories")),
            help,
        ],
        Scope::Reader if app.reader.is_choosing() => vec![
            (vec![A::Up, A::Down], say("Satz", "sentence")),
            (vec![A::Choose], say("mehrere", "several")),
            (vec![A::Open], say("hervorheben", "highlight")),
            (vec![A::Note], say("Notiz", "note")),
            (vec![A::Copy], say("kopieren", "copy")),
            (vec![A::Delete], say("löschen", "delete")),
            (vec![A::Back], say("fertig", "done")),
        ],
        Scope::Reader => vec![
            (vec![A::PageDown], say("weiter", "on")),
            (vec![A::Back], say("zurück", "back")),
            (vec![A::Compare], say("vergleichen", "compare")),
            (vec![A::Entities], say("Personen & Orte", "people & places")),
            (vec![A::Search], say("suchen", "search")),
            (vec![A::Find], say("im Text", "in the text")),
            help,
        ],
        Scope::Entities => vec![
            (vec![A::Up, A::Down], say("wählen", "move")),
            if app.reader.lit().is_some() {
                (vec![A::Open], say("alle Artikel damit", "all articles with it"))
            } else {
                (vec![A::Open], say("Stellen zeigen", "show mentions"))
            },
            (vec![A::Next], say("nächste Stelle", "next mention")),
            (vec![A::Find], say("filtern", "filter")),
            (vec![A::Back], say("zurück", "back")),
            help,
        ],
        Scope::Search if app.finder.line.text().is_empty() => vec![
            (vec![A::Up, A::Down], say("gesicherte und frühere Suchen", "saved and earlier searches")),
            (vec![A::Open], say("suchen", "search")),
            (vec![A::Palette], say("Befehle", "commands")),
            (vec![A::Back], say("zurück", "back")),
        ],
        Scope::Search => vec![
            (vec![A::Up, A::Down], say("Treffer", "hits")),
            (vec![A::Open], say("öffnen", "open")),
            (vec![A::NextPane], say("in die Treffer", "into the hits")),
            (vec![A::Exactly], say("genau", "exactly")),
            (vec![A::Order], say("ordnen", "order")),
            (vec![A::SearchScope], say("Bereich", "scope")),
            (vec![A::HowRead], say("wie gelesen", "how read")),
            (vec![A::SaveSearch], say("sichern", "save")),
            (vec![A::Back], say("zurück", "back")),
        ],
        Scope::Hits => vec![
            (vec![A::Up, A::Down], say("Treffer", "hits")),
            (vec![A::Open], say("öffnen", "open")),
            (vec![A::Next], say("nächste Stelle", "next match")),
            (vec![A::Exactly], say("genau", "exactly")),
            (vec![A::Order], say("ordnen", "order")),
            (vec![A::SearchScope], say("Bereich", "scope")),
            (vec![A::SaveSearch], say("sichern", "save")),
            (vec![A::HowRead], say("wie gelesen", "how read")),
            (vec![A::Mark], say("vormerken", "choose")),
            (vec![A::Compare], say("vergleichen", "compare")),
            (vec![A::Find], say("Suchzeile", "search line")),
            (vec![A::Back], say("zurück", "back")),
            help,
        ],
        Scope::Comparison => {
            let mut hints = vec![
                (vec![A::Up, A::Down], say("wählen", "move")),
                (vec![A::Left, A::Right], say("Quelle", "outlet")),
                (vec![A::Open], say("Stelle im Text", "in the text")),
            ];
            if app.comparing.rows().iter().any(crate::app::sheet::SheetRow::differs) {
                hints.push((vec![A::Next], say("nächste Abweichung", "next difference")));
            }
            if app.comparing.columns().len() > 2 || !app.comparing.hidden().is_empty() {
                hints.push((vec![A::Mark], say("ausblenden", "hide")));
            }
            hints.extend([(vec![A::Back], say("zurück", "back")), help]);
            hints
        }
        Scope::Stories => vec![
            (vec![A::Up, A::Down], say("wählen", "move")),
            (vec![A::Open], say("Artikel zeigen", "show articles")),
            (vec![A::Compare], say("vergleichen", "compare")),
            (vec![A::Back], say("zurück", "back")),
            help,
        ],
        Scope::Versions => {
            let mut hints = vec![
                (vec![A::Next, A::Previous], say("Änderungen", "changes")),
                (vec![A::PageDown], say("weiter", "on")),
            ];
            if app.versions.newer().of > 2 {
                hints.push((
                    vec![A::PreviousPart, A::NextPart],
                    say("ältere, neuere Fassung", "older, newer version"),
                ));
            }
            hints.extend([(vec![A::Back], say("zurück", "back")), help]);
            hints
        }
        Scope::Report if matches!(app.overlay, Some(Overlay::Importing)) => vec![
            (vec![A::Back], say("im Hintergrund", "in the background")),
            (vec![A::Find], say("nicht Lesbares", "refused")),
            (vec![A::CancelImport], say("abbrechen", "stop")),
        ],
        Scope::Report => vec![
            (vec![A::Up, A::Down], say("blättern", "scroll")),
            (vec![A::Find], say("filtern", "filter")),
            (vec![A::Back], say("schließen", "close")),
        ],
        Scope::Picker if matches!(app.overlay, Some(Overlay::Report(_))) => {
            vec![(vec![A::Open], say("fertig", "done")), (vec![A::Back], say("alles zeigen", "show all"))]
        }
        Scope::Help => vec![
            (vec![A::Up, A::Down], say("blättern", "scroll")),
            (vec![A::Back], say("schließen", "close")),
        ],
        Scope::Picker if matches!(app.overlay, Some(Overlay::Prompt(_))) => vec![
            (vec![A::Open], say("übernehmen", "done")),
            (vec![A::NextPane], say("ergänzen", "complete")),
            (vec![A::Back], say("verwerfen", "discard")),
        ],
        Scope::Picker if matches!(app.overlay, Some(Overlay::Details(_))) => vec![
            (vec![A::Up, A::Down], say("Feld", "field")),
            (vec![A::Open], say("übernehmen", "done")),
            (vec![A::Back], say("verwerfen", "discard")),
        ],
        Scope::Picker => vec![
            (vec![A::Up, A::Down], say("wählen", "move")),
            (vec![A::Open], say("ausführen", "go")),
            (vec![A::Back], say("schließen", "close")),
        ],
        Scope::Global => Vec::new(),
    }
}
