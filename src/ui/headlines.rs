//! The article list.

use ratatui::buffer::Buffer;
use ratatui::text::{Line, Span as Piece};

use super::cells::{columns, put, put_line, put_right, rect};
use super::theme::{Role, Theme};
use crate::app::list::{List, MARGIN, title_lines};
use crate::app::show;
use crate::app::viewport::Area;
use crate::app::words::{self, Counted, Word, word};
use crate::model::{ArticleRow, Locale};

/// The list with one row selected.
pub struct Headlines<'a> {
    /// What it shows.
    pub list: &'a List,
    /// Whether it has the focus.
    pub focused: bool,
    /// Language of the interface.
    pub locale: Locale,
    /// Looks.
    pub theme: &'a Theme,
}

impl Headlines<'_> {
    /// Draws it; the cell of the selected row.
    pub fn draw(&self, area: Area, buffer: &mut Buffer) -> Option<(u16, u16)> {
        if self.list.is_empty() {
            self.draw_empty(area, buffer);
            return None;
        }
        let mut cursor = None;
        for (index, y) in self.list.visible() {
            let selected = index == self.list.selected();
            let row = self.list.ids().get(index).and_then(|id| self.list.row(*id));
            let top = area.y + y;
            let lines = row.map_or(1, |r| title_lines(&r.title, area.width).len());
            let height = u16::try_from(lines).unwrap_or(1) + 1;
            if selected {
                let shown = height.min(area.height - y);
                let place = Area { y: top, height: shown, ..area };
                buffer.set_style(rect(place, buffer), self.theme.style(Role::Selection));
                for bar in top..top + shown {
                    let role = if self.focused { Role::Accent } else { Role::Rule };
                    put(buffer, area.x, bar, 1, self.theme.glyphs().focus, self.theme.style(role));
                }
                cursor = Some((area.x, top));
            }
            if let Some(row) = row {
                self.draw_row(row, Area { y: top, height: area.height - y, ..area }, buffer);
            } else {
                let style = self.theme.style(Role::Muted);
                put(buffer, area.x + 3, top, area.width - 3, self.theme.glyphs().ellipsis, style);
            }
        }
        cursor
    }

    fn draw_row(&self, row: &ArticleRow, area: Area, buffer: &mut Buffer) {
        let glyphs = self.theme.glyphs();
        let (mark, role) = if self.list.marked.contains(&row.id) {
            (glyphs.marked, Role::Accent)
        } else if row.starred {
            (glyphs.star, Role::Star)
        } else if row.read {
            (" ", Role::Muted)
        } else {
            (glyphs.unread, Role::Unread)
        };
        put(buffer, area.x + 1, area.y, 1, mark, self.theme.style(role));
        let title = self.theme.style(if row.read { Role::Text } else { Role::Title });
        let width = area.width.saturating_sub(MARGIN);
        let mut y = area.y;
        let bottom = area.y + area.height;
        for line in title_lines(&row.title, area.width) {
            if y >= bottom {
                return;
            }
            put(buffer, area.x + 3, y, width, &line, title);
            y += 1;
        }
        if y >= bottom {
            return;
        }
        let muted = self.theme.style(Role::Muted);
        let meta = format!(
            "{} {} {}",
            show::source(&row.source, self.locale),
            glyphs.dot,
            show::date_short(row.published, self.locale)
        );
        let mut minutes = format!("{} min", row.minutes);
        if let Some(story) = row.story {
            let reports = words::count(usize::from(story.articles), Counted::Outlets, self.locale);
            let longer = format!("{reports} {} {minutes}", glyphs.dot);
            // Outlet and date are worth more than the story's size where both do not fit.
            if columns(&meta) + 2 + columns(&longer) <= width {
                minutes = longer;
            }
        }
        let right = area.x + area.width - 1;
        let begins = put_right(buffer, right, y, width.saturating_sub(12), &minutes, muted);
        let room = begins.saturating_sub(area.x + 4);
        put(buffer, area.x + 3, y, room, &show::clip(&meta, usize::from(room)), muted);
    }

    fn draw_empty(&self, area: Area, buffer: &mut Buffer) {
        let said = if !self.list.loaded {
            Word::Loading
        } else if !self.list.filter.text().is_empty() {
            Word::EmptyFilter
        } else if self.list.view == crate::model::View::default() {
            Word::EmptyLibrary
        } else {
            Word::EmptyList
        };
        let style = self.theme.style(Role::Muted);
        super::paragraph(
            word(said, self.locale),
            Area { x: area.x + 2, width: area.width.saturating_sub(3), ..area },
            style,
            buffer,
        );
    }

    /// Draws the counts below the list.
    pub fn draw_foot(&self, area: Area, buffer: &mut Buffer) {
        let read = self.list.len() - self.list.unread.min(self.list.len());
        let counts = words::read_counts(read, self.list.unread, self.locale);
        let line = Line::from(Piece::styled(counts, self.theme.style(Role::Muted)));
        put_line(buffer, area.x + 3, area.y, area.width.saturating_sub(3), &line);
    }
}
