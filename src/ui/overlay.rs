//! What lies over the screen: help, go to anything, the path to import from.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::cells::{columns, lit_clipped, put, put_line, put_right, rect};
use super::status::draw_edit;
use super::theme::{Role, Theme};
use super::{details, importing};
use crate::app::effect::Candidate;
use crate::app::help::{Help, HelpRow};
use crate::app::picker::{Pick, Picker};
use crate::app::prompt::Prompt;
use crate::app::report::Report;
use crate::app::show::clip;
use crate::app::viewport::{Area, Viewport};
use crate::app::words::{self, Word, word};
use crate::app::{App, Overlay};
use crate::model::{EntityKind, Locale, Span};

/// Draws the overlay, if there is one; the cell of its cursor.
pub fn draw(app: &App, viewport: &Viewport, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let area = viewport.overlay;
    if !area.is_shown() {
        return None;
    }
    match app.overlay.as_ref()? {
        Overlay::Help(help) => Some(draw_help(app, help, area, theme, buffer)),
        Overlay::Picker(picker) => Some(draw_picker(app, picker, area, theme, buffer)),
        Overlay::Report(report) => Some(draw_report(app, report, area, theme, buffer)),
        Overlay::Importing => {
            frame(area, 0, word(Word::ImportTitle, app.locale), theme, buffer);
            if let Some(progress) = &app.progress {
                importing::draw(progress, app.locale, area, theme, buffer);
            }
            Some((area.x, area.y))
        }
        Overlay::Prompt(prompt) => Some(draw_prompt(app, prompt, area, theme, buffer)),
        Overlay::Details(form) => {
            frame(area, 0, word(Word::DetailsTitle, app.locale), theme, buffer);
            Some(details::draw(form, app.locale, area, theme, buffer))
        }
    }
}

/// A frame around `area` with `above` rows for a typed line, and a title; the screen behind is
/// blanked.
fn frame(area: Area, above: u16, title: &str, theme: &Theme, buffer: &mut Buffer) {
    let outer = Area {
        x: area.x.saturating_sub(2),
        y: area.y.saturating_sub(1 + above),
        width: area.width + 4,
        height: area.height + 2 + above,
    };
    super::clear(outer, buffer);
    let style = theme.style(Role::Rule);
    let glyphs = theme.glyphs();
    let (right, bottom) = (outer.x + outer.width - 1, outer.y + outer.height - 1);
    for x in outer.x..=right {
        put(buffer, x, outer.y, 1, glyphs.rule, style);
        put(buffer, x, bottom, 1, glyphs.rule, style);
    }
    for y in outer.y..=bottom {
        put(buffer, outer.x, y, 1, glyphs.bar, style);
        put(buffer, right, y, 1, glyphs.bar, style);
    }
    let corners = [(outer.x, outer.y), (right, outer.y), (outer.x, bottom), (right, bottom)];
    for ((x, y), corner) in corners.into_iter().zip(glyphs.corners) {
        put(buffer, x, y, 1, corner, style);
    }
    let title = format!(" {} ", clip(title, usize::from(area.width.saturating_sub(4))));
    put(buffer, outer.x + 2, outer.y, area.width, &title, theme.style(Role::Title));
}

/// Rows above the overlay's own for the typed line and the blank below it.
const TYPED: u16 = 2;

fn draw_help(app: &App, help: &Help, area: Area, theme: &Theme, buffer: &mut Buffer) -> (u16, u16) {
    frame(area, TYPED, word(Word::Help, app.locale), theme, buffer);
    let y = area.y.saturating_sub(TYPED);
    if help.line.text().is_empty() {
        put(buffer, area.x, y, area.width, word(Word::SearchHelp, app.locale), theme.style(Role::Muted));
    }
    let cursor = draw_edit(&help.line, area.x, y, area.width, theme, buffer);
    if help.rows().is_empty() {
        put(
            buffer,
            area.x,
            area.y,
            area.width,
            word(Word::NothingFits, app.locale),
            theme.style(Role::Muted),
        );
    }
    let keys_width = help.rows().iter().map(|r| match r {
        HelpRow::Entry { keys, .. } => columns(keys),
        HelpRow::Heading(_) => 0,
    });
    let keys_width = keys_width.max().unwrap_or(0).min(area.width / 2);
    for (row, y) in help.rows().iter().skip(help.offset()).zip(area.y..area.y + area.height) {
        match row {
            HelpRow::Heading(group) => {
                put(buffer, area.x, y, area.width, group.name(app.locale), theme.style(Role::Heading));
            }
            HelpRow::Entry { keys, what, .. } => {
                put(buffer, area.x + 1, y, keys_width, keys, theme.style(Role::Key));
                let x = area.x + keys_width + 3;
                let room = area.width.saturating_sub(keys_width + 3);
                put(buffer, x, y, room, &clip(what, usize::from(room)), theme.style(Role::Text));
            }
        }
    }
    let more = help.rows().len().saturating_sub(help.offset() + usize::from(area.height));
    if more > 0 {
        let mark = format!(" {} {more} ", theme.glyphs().more[1]);
        put_right(
            buffer,
            area.x + area.width,
            area.y + area.height,
            area.width,
            &mark,
            theme.style(Role::Muted),
        );
    }
    cursor
}

fn draw_report(app: &App, report: &Report, area: Area, theme: &Theme, buffer: &mut Buffer) -> (u16, u16) {
    let is_narrowed = report.is_filtering || !report.filter.text().is_empty();
    let above = if is_narrowed { TYPED } else { 0 };
    frame(area, above, word(report.title, app.locale), theme, buffer);
    let mut cursor = (area.x, area.y);
    if is_narrowed {
        let y = area.y.saturating_sub(TYPED);
        let label = format!("{} {} ", word(Word::Filter, app.locale), theme.glyphs().step);
        let x = put(buffer, area.x, y, area.width, &label, theme.style(Role::Accent));
        let room = (area.x + area.width).saturating_sub(x);
        let typed = draw_edit(&report.filter, x, y, room, theme, buffer);
        cursor = if report.is_filtering { typed } else { cursor };
    }
    for (line, y) in report.lines().iter().skip(report.offset()).zip(area.y..area.y + area.height) {
        let indent = u16::try_from(line.depth * 2).unwrap_or(0).min(area.width / 2);
        let room = area.width - indent;
        let style = theme.style(if line.is_muted { Role::Muted } else { Role::Text });
        put(buffer, area.x + indent, y, room, &clip(&line.text, usize::from(room)), style);
    }
    let more = report.lines().len().saturating_sub(report.offset() + usize::from(area.height));
    draw_more(more, area, theme, buffer);
    cursor
}

/// How many rows follow below.
fn draw_more(more: usize, area: Area, theme: &Theme, buffer: &mut Buffer) {
    if more > 0 {
        let mark = format!(" {} {more} ", theme.glyphs().more[1]);
        let (right, below) = (area.x + area.width, area.y + area.height);
        put_right(buffer, right, below, area.width, &mark, theme.style(Role::Muted));
    }
}

fn draw_prompt(app: &App, prompt: &Prompt, area: Area, theme: &Theme, buffer: &mut Buffer) -> (u16, u16) {
    frame(area, 0, word(prompt.title(), app.locale), theme, buffer);
    let cursor = draw_edit(&prompt.line, area.x, area.y, area.width, theme, buffer);
    for (index, (row, name)) in prompt.rows().enumerate() {
        let y = area.y + 1 + u16::try_from(index).unwrap_or(u16::MAX);
        if y >= area.y + area.height {
            break;
        }
        let place = Area { y, height: 1, x: area.x.saturating_sub(1), width: area.width + 2 };
        if prompt.selected() == Some(index) {
            buffer.set_style(rect(place, buffer), theme.style(Role::Selection));
            put(buffer, place.x, y, 1, theme.glyphs().focus, theme.style(Role::Accent));
        }
        let place = Area { x: area.x + 1, width: area.width.saturating_sub(2), ..place };
        draw_name(name, &row.matched, Role::Text, place, theme, buffer);
    }
    cursor
}

/// Draws a name, cut to its area, with its matched letters lit.
fn draw_name(name: &str, matched: &[Span], role: Role, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let lights: Vec<_> = matched.iter().map(|s| (*s, ())).collect();
    let (base, matched) = (theme.style(role), theme.style(Role::Match));
    let line = lit_clipped(name, area.width, &lights, base, |()| matched, theme);
    put_line(buffer, area.x, area.y, area.width, &line.style(Style::new()));
}

fn draw_picker(app: &App, picker: &Picker, area: Area, theme: &Theme, buffer: &mut Buffer) -> (u16, u16) {
    frame(area, TYPED, word(Word::GoTo, app.locale), theme, buffer);
    let y = area.y.saturating_sub(TYPED);
    let at = put(buffer, area.x, y, area.width, theme.glyphs().step, theme.style(Role::Accent)) + 1;
    let cursor = draw_edit(&picker.line, at, y, area.width.saturating_sub(2), theme, buffer);
    if picker.line.text().is_empty() {
        let room = area.width.saturating_sub(2);
        let hint = clip(word(Word::PickHint, app.locale), usize::from(room));
        put(buffer, at, y, room, &hint, theme.style(Role::Muted));
    }
    if picker.rows().is_empty() && !picker.is_waiting() {
        let muted = theme.style(Role::Muted);
        put(buffer, area.x, area.y, area.width, word(Word::NothingFits, app.locale), muted);
    }
    let rows = picker.rows().iter().enumerate().skip(picker.offset());
    for ((index, row), y) in rows.zip(area.y..area.y + area.height) {
        if index == picker.selected() {
            let place = Area { y, height: 1, x: area.x.saturating_sub(1), width: area.width + 2 };
            buffer.set_style(rect(place, buffer), theme.style(Role::Selection));
            put(buffer, place.x, y, 1, theme.glyphs().focus, theme.style(Role::Accent));
        }
        let right = right_of(app, &row.pick);
        let muted = theme.style(Role::Muted);
        let begins = put_right(buffer, area.x + area.width, y, area.width / 2, &right, muted);
        let room = begins.saturating_sub(area.x + 2);
        let place = Area { x: area.x + 1, y, width: room, height: 1 };
        draw_name(&row.name, &row.matched, role_of(&row.pick), place, theme, buffer);
    }
    cursor
}

fn role_of(pick: &Pick) -> Role {
    match pick {
        Pick::Candidate(Candidate::Entity(EntityKind::Person, _)) => Role::Person,
        Pick::Candidate(Candidate::Entity(EntityKind::Place, _)) => Role::Place,
        Pick::Candidate(Candidate::Entity(EntityKind::Organisation, _)) => Role::Organisation,
        Pick::Action(_) | Pick::Candidate(_) | Pick::Search(_) => Role::Text,
    }
}

/// The key of an action, or what a candidate is.
fn right_of(app: &App, pick: &Pick) -> String {
    let locale: Locale = app.locale;
    let said = match pick {
        Pick::Action(action) => {
            let keys = app.keymap().chords(app.scope_below(), *action, locale, app.is_ascii());
            return keys.join("  ");
        }
        Pick::Search(_) => Word::SearchEverything,
        Pick::Candidate(Candidate::Headline(..)) => Word::Headline,
        Pick::Candidate(Candidate::Source(_)) => Word::Source,
        Pick::Candidate(Candidate::Story(_, _, articles)) => {
            return words::story_of(*articles as usize, locale);
        }
        Pick::Candidate(Candidate::Tag(_)) => Word::Tag,
        Pick::Candidate(Candidate::Saved(_)) => Word::SavedSearch,
        Pick::Candidate(Candidate::Searched(_)) => Word::EarlierSearch,
        Pick::Candidate(Candidate::Entity(kind, _)) => match kind {
            EntityKind::Person => Word::Person,
            EntityKind::Place => Word::Place,
            EntityKind::Organisation => Word::Organisation,
            EntityKind::Event | EntityKind::Other => Word::OtherName,
        },
    };
    word(said, locale).to_owned()
}
