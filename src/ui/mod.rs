//! Draws the state of the reader; changes nothing.
//!
//! [`mod@layout`] says where the panes are, [`draw`] fills them. Both are functions of the state and
//! the terminal's size.

mod article;
mod ascii;
mod cells;
mod comparison;
mod comparison_columns;
mod details;
mod entities;
mod evidence;
mod finder;
mod glyphs;
mod headlines;
mod hints;
mod importing;
mod layout;
mod offers;
mod overlay;
mod status;
mod stories;
pub mod theme;

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use crate::app::viewport::{Area, Viewport};
use crate::app::words::{Word, word};
use crate::app::{App, Pane, Screen};
use crate::model::Language;
use crate::text::wrap::{Options, wrap};

use article::ArticlePane;
use entities::EntityPanel;
use headlines::Headlines;
use theme::{Role, Theme};

pub use layout::layout;

/// Draws the whole screen for the panes of `viewport`; the cell where the hardware cursor belongs,
/// so that screen readers and braille lines follow the focus.
pub fn draw(app: &App, viewport: &Viewport, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let screen = viewport.screen;
    if !layout::fits(screen.width, screen.height) {
        draw_too_small(app, screen, theme, buffer);
        return None;
    }
    status::draw_top(app, screen, theme, buffer);
    let cursor = match app.screen() {
        Screen::Main | Screen::Article => draw_main(app, viewport, theme, buffer),
        Screen::Search => finder::draw(app, viewport, theme, buffer),
        Screen::Comparison => comparison::draw(app, viewport, theme, buffer),
        Screen::Stories => stories::draw(app, viewport.list, theme, buffer),
        Screen::Versions => {
            let (reader, measure, locale) = (&app.versions.reader, viewport.measure, app.locale);
            let pane = ArticlePane { reader, measure, empty: Word::Loading, locale, theme };
            let at = pane.draw(viewport.reader, buffer);
            pane.draw_scroll_mark(viewport.reader, buffer);
            at
        }
    };
    let typed = status::draw_bottom(app, screen, theme, buffer);
    let over = overlay::draw(app, viewport, theme, buffer);
    if theme.is_ascii() {
        ascii::flatten(buffer);
    }
    over.or(typed).or(cursor)
}

fn draw_too_small(app: &App, screen: Area, theme: &Theme, buffer: &mut Buffer) {
    let said = crate::app::show::clip(
        &format!("lesart: {}", word(Word::TooSmall, app.locale)),
        usize::from(screen.width),
    );
    let x = screen.width.saturating_sub(cells::columns(&said)) / 2;
    cells::put(buffer, x, screen.height / 2, screen.width, &said, theme.style(Role::Text));
}

fn draw_main(app: &App, viewport: &Viewport, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let (locale, focus) = (app.locale, app.focus());
    let mut cursor = None;
    let list = viewport.list;
    if list.is_shown() {
        let focused = focus == Pane::List;
        let headlines = Headlines { list: &app.list, focused, locale, theme };
        let at = headlines.draw(list, buffer);
        let foot = below(list, layout::body(app, viewport.screen));
        if foot.is_shown() {
            headlines.draw_foot(foot, buffer);
        }
        if focused {
            cursor = at;
        }
        if list.width < viewport.screen.width {
            article::edge(buffer, list.x + list.width, layout::body(app, viewport.screen), theme);
        }
    }
    let reader = viewport.reader;
    let empty = if app.list.selected_folder().is_some() { Word::OpensList } else { Word::NoArticle };
    let pane = ArticlePane { reader: &app.reader, measure: viewport.measure, empty, locale, theme };
    if reader.is_shown() {
        let at = pane.draw(reader, buffer);
        if focus == Pane::Reader {
            cursor = at;
        }
    }
    let panel = viewport.panel;
    if panel.is_shown() {
        let body = layout::body(app, viewport.screen);
        let whole = Area { y: body.y, height: body.height, ..panel };
        if panel.x > 0 {
            clear(Area { x: panel.x - 1, width: panel.width + 1, ..whole }, buffer);
            article::edge(buffer, panel.x - 1, whole, theme);
        }
        let focused = focus == Pane::Panel;
        let entities = EntityPanel { panel: &app.panel, reader: &app.reader, focused, locale, theme };
        let at = entities.draw(panel, buffer);
        let foot = below(panel, layout::body(app, viewport.screen));
        if foot.is_shown() {
            entities.draw_foot(app.covered.len(), foot, buffer);
        }
        if focused {
            cursor = at;
        }
    }
    // Last, since its mark may stand on the panel's edge.
    if reader.is_shown() && !lies_over(panel, reader) {
        pane.draw_scroll_mark(reader, buffer);
    }
    cursor
}

/// Whether the panel has no column of its own but covers part of the text.
fn lies_over(panel: Area, reader: Area) -> bool {
    panel.is_shown() && panel.x < reader.x + reader.width
}

/// The last row of the body below a pane, where room was kept for it.
fn below(area: Area, body: Area) -> Area {
    let bottom = body.y + body.height;
    if area.y + area.height + 2 <= bottom {
        Area { y: bottom - 1, height: 1, ..area }
    } else {
        Area::default()
    }
}

/// An area without its margins.
fn inset(area: Area) -> Area {
    Area { x: area.x + 2.min(area.width), width: area.width.saturating_sub(4), ..area }
}

/// Blanks an area.
fn clear(area: Area, buffer: &mut Buffer) {
    let area = cells::rect(area, buffer);
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            if let Some(cell) = buffer.cell_mut((x, y)) {
                cell.reset();
            }
        }
    }
}

/// Words wrapped into an area.
fn paragraph(words: &str, area: Area, style: Style, buffer: &mut Buffer) {
    if !area.is_shown() {
        return;
    }
    let lines = wrap(words, Options { width: area.width, language: Language::Other });
    for (line, y) in lines.into_iter().zip(area.y..area.y + area.height) {
        cells::put(buffer, area.x, y, area.width, words.get(line.range).unwrap_or_default(), style);
    }
}
