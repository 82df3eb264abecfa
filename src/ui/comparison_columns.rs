//! Columns of the comparison: their heads, and the wide screen with an index of facts and a column for
//! each outlet.

use ratatui::buffer::Buffer;
use ratatui::text::Line;

use super::cells::{bar, put, put_line, rect, rule};
use super::evidence::{self, glyph, style};
use super::layout::body;
use super::theme::{Role, Theme};
use crate::app::App;
use crate::app::sheet::{SheetRow, Sign};
use crate::app::show::{clip, outlet};
use crate::app::viewport::{Area, Viewport};
use crate::app::words::{self, Word, word};

/// Columns of a row's title in the matrix.
pub(super) const TITLE: u16 = 30;

/// Names and dates over the outlets' columns.
pub(super) fn draw_heads(
    app: &App,
    shown: &[usize],
    x: u16,
    y: u16,
    width: u16,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let selected = app.comparing.columns().get(app.comparing.column().0).copied();
    for (index, article) in shown.iter().enumerate() {
        let Some(compared) = app.comparing.articles().get(*article) else { continue };
        let at = x + u16::try_from(index).unwrap_or(0) * width;
        let (name, date) = evidence::head_of(compared, app.locale, width.saturating_sub(2));
        let look = if selected == Some(*article) {
            theme.style(Role::Accent).bold()
        } else {
            theme.style(Role::Title)
        };
        let end = put(buffer, at, y, width, &name, look);
        put(buffer, end + 1, y, (at + width).saturating_sub(end + 1), &date, theme.style(Role::Muted));
    }
}

pub(super) fn index_width(app: &App) -> u16 {
    let marks = u16::try_from(app.comparing.columns().len()).unwrap_or(0).saturating_mul(2);
    TITLE + 4 + marks.min(24)
}

/// The columns shown on a wide screen with the lines of `row` in each.
pub(super) fn columns_of(
    row: &SheetRow,
    app: &App,
    viewport: &Viewport,
    theme: &Theme,
) -> (Vec<usize>, Vec<Vec<Line<'static>>>) {
    let shown: Vec<usize> =
        app.comparing.columns().into_iter().skip(app.comparing.column().1).take(viewport.columns).collect();
    let width = wide_column(viewport, shown.len());
    let cells = shown.iter().map(|a| evidence::cell(row, *a, app, width.saturating_sub(2), theme)).collect();
    (shown, cells)
}

fn wide_column(viewport: &Viewport, count: usize) -> u16 {
    viewport.evidence.width / u16::try_from(count.max(1)).unwrap_or(1)
}

pub(super) fn draw_columns(
    app: &App,
    viewport: &Viewport,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Option<(u16, u16)> {
    let comparing = &app.comparing;
    let (index, words_area) = (viewport.facts, viewport.evidence);
    let cursor = draw_index(app, index, theme, buffer);
    let body = body(app, viewport.screen);
    let top = index.y - 1;
    bar(buffer, index.width, top, body.y + body.height - top, theme.glyphs().bar, theme.style(Role::Rule));
    let shown: Vec<usize> =
        comparing.columns().into_iter().skip(comparing.column().1).take(viewport.columns).collect();
    let width = wide_column(viewport, shown.len());
    draw_heads(app, &shown, words_area.x + 2, top, width, theme, buffer);
    draw_second_heads(app, &shown, words_area.x + 2, top + 1, width, theme, buffer);
    rule(
        buffer,
        index.width + 1,
        top + 2,
        words_area.width + 2,
        theme.glyphs().rule,
        theme.style(Role::Rule),
    );
    let mut y = words_area.y;
    let bottom = words_area.y + words_area.height;
    let mut skipped = comparing.scroll();
    for (number, row) in comparing.rows().iter().enumerate().skip(comparing.selected()) {
        if y >= bottom {
            break;
        }
        let mut lines: Vec<Line<'static>> =
            evidence::head(row, words_area.width.saturating_sub(2), app, theme);
        let heads = lines.len();
        let (_, cells) = columns_of(row, app, viewport, theme);
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        lines.extend((0..=height).map(|_| Line::default()));
        for (at, line) in lines.iter().enumerate() {
            if skipped > 0 {
                skipped -= 1;
                continue;
            }
            if y >= bottom {
                break;
            }
            if at < heads {
                put_line(buffer, words_area.x + 2, y, words_area.width.saturating_sub(2), line);
                if at == 0 && number == comparing.selected() {
                    put(buffer, words_area.x, y, 1, theme.glyphs().focus, theme.style(Role::Accent));
                }
            } else {
                for (column, cell) in cells.iter().enumerate() {
                    let x = words_area.x + u16::try_from(column).unwrap_or(0) * width;
                    if let Some(line) = cell.get(at - heads) {
                        put_line(buffer, x, y, width.saturating_sub(1), line);
                    }
                }
            }
            y += 1;
        }
    }
    cursor
}

/// Agency or the reason for standing outside, below the outlets' names.
fn draw_second_heads(
    app: &App,
    shown: &[usize],
    x: u16,
    y: u16,
    width: u16,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    for (index, article) in shown.iter().enumerate() {
        let Some(compared) = app.comparing.articles().get(*article) else { continue };
        let outside = app.comparing.comparison().outside.iter().find(|o| o.article as usize == *article);
        let said = outside.map_or_else(
            || compared.article.draft.agencies.join(", "),
            |o| words::outside(o.why, app.locale),
        );
        let at = x + u16::try_from(index).unwrap_or(0) * width;
        let room = width.saturating_sub(3);
        put(buffer, at, y, room, &clip(&said, usize::from(room)), theme.style(Role::Muted));
    }
}

fn draw_index(app: &App, area: Area, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let comparing = &app.comparing;
    put(buffer, 3, area.y - 1, TITLE, word(Word::Fact, app.locale), theme.style(Role::Muted));
    let right = area.width.saturating_sub(1);
    let shown: Vec<usize> = comparing.columns().into_iter().take(12).collect();
    let first = right.saturating_sub(u16::try_from(shown.len()).unwrap_or(0) * 2);
    for (n, article) in shown.iter().enumerate() {
        let Some(compared) = comparing.articles().get(*article) else { continue };
        let name = outlet(&compared.article.draft);
        // "Text 001" is told from "Text 003" by its last sign, an outlet by its first.
        let letter = if compared.article.draft.source.label().is_some() {
            name.chars().next()
        } else {
            name.chars().next_back()
        };
        let letter = letter.map(String::from).unwrap_or_default();
        let x = first + u16::try_from(n).unwrap_or(0) * 2;
        put(buffer, x, area.y - 1, 2, &letter, theme.style(Role::Title));
    }
    let mut cursor = None;
    let rows = comparing.rows().iter().enumerate().skip(comparing.offset());
    for ((index, row), y) in rows.zip(area.y..area.y + area.height) {
        let selected = index == comparing.selected();
        if selected {
            let place = Area { y, height: 1, width: area.width.saturating_sub(1), ..area };
            buffer.set_style(rect(place, buffer), theme.style(Role::Selection));
            put(buffer, 0, y, 1, theme.glyphs().focus, theme.style(Role::Accent));
            cursor = Some((0, y));
        }
        let look = theme.style(if selected { Role::Title } else { Role::Text });
        let room = first.saturating_sub(4);
        put(buffer, 3, y, room, &clip(&row.title, usize::from(room)), look);
        for (n, article) in shown.iter().enumerate() {
            let sign = row.cells.get(*article).map_or(Sign::None, |c| c.sign);
            let x = first + u16::try_from(n).unwrap_or(0) * 2;
            put(buffer, x, y, 1, glyph(sign, theme), style(sign, theme));
        }
    }
    cursor
}
