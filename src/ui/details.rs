//! The form with what is known of an article.

use ratatui::buffer::Buffer;

use super::cells::{columns, put, rect};
use super::status::draw_edit;
use super::theme::{Role, Theme};
use crate::app::details::Details;
use crate::app::show::clip;
use crate::app::viewport::Area;
use crate::app::words::{Word, word};
use crate::app::words_details;
use crate::model::Locale;

/// Rows with two for each field, a blank one and a hint.
pub const ROWS: u16 = 12;

/// Draws the fields into `area`; the cell of the cursor. Where there is little room each has one row, and
/// the last one tells of the chosen one.
pub fn draw(details: &Details, locale: Locale, area: Area, theme: &Theme, buffer: &mut Buffer) -> (u16, u16) {
    let names = details.lines().iter().map(|line| columns(words_details::field(line.field, locale)));
    let gutter = (names.max().unwrap_or(0) + 3).min(area.width / 2);
    let is_roomy = area.height >= ROWS;
    let each = if is_roomy { 2 } else { 1 };
    let foot = u16::from(area.height > 1);
    let fit = usize::from(area.height.saturating_sub(foot) / each).max(1);
    let first = (details.selected() + 1).saturating_sub(fit);
    let room = area.width.saturating_sub(gutter);
    let mut cursor = (area.x, area.y);
    for (index, line) in details.lines().iter().enumerate().skip(first).take(fit) {
        let y = area.y + u16::try_from(index - first).unwrap_or(0) * each;
        let is_selected = index == details.selected();
        let name = words_details::field(line.field, locale);
        let mark = if line.is_corrected { "*" } else { " " };
        let look = theme.style(if is_selected { Role::Title } else { Role::Muted });
        put(buffer, area.x + 1, y, gutter.saturating_sub(1), &format!("{name} {mark}"), look);
        if is_selected {
            let place = Area { y, height: 1, x: area.x.saturating_sub(1), width: area.width + 2 };
            buffer.set_style(rect(place, buffer), theme.style(Role::Selection));
            put(buffer, place.x, y, 1, theme.glyphs().focus, theme.style(Role::Accent));
            cursor = draw_edit(&line.line, area.x + gutter, y, room, theme, buffer);
        } else {
            let shown = clip(line.line.text(), usize::from(room));
            put(buffer, area.x + gutter, y, room, &shown, theme.style(Role::Text));
        }
        if is_roomy {
            tell(
                details,
                index,
                Area { x: area.x + gutter, y: y + 1, width: room, height: 1 },
                theme,
                buffer,
            );
        }
    }
    let last = Area { y: area.y + area.height - 1, height: 1, ..area };
    if is_roomy {
        let hint = clip(word(Word::DetailsHint, locale), usize::from(area.width));
        put(buffer, last.x + 1, last.y, last.width, &hint, theme.style(Role::Muted));
    } else if foot > 0 {
        tell(details, details.selected(), last, theme, buffer);
    }
    cursor
}

/// Where a field's value comes from, or what is wrong with it.
fn tell(details: &Details, index: usize, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let Some(line) = details.lines().get(index) else { return };
    let (about, is_wrong) = details.about(line);
    let role = if is_wrong { Role::Error } else { Role::Muted };
    put(buffer, area.x, area.y, area.width, &clip(&about, usize::from(area.width)), theme.style(role));
}
