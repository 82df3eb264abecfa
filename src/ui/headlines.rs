//! The article list.

use ratatui::buffer::Buffer;
use ratatui::text::{Line, Span as Piece};

use super::cells::{put, put_line, put_right, rect, rule};
use super::theme::{Role, Theme};
use crate::app::effect::FolderPlace;
use crate::app::list::{HEAD_ROWS, Item, List, MARGIN, title_lines};
use crate::app::show;
use crate::app::viewport::Area;
use crate::app::words::{self, Word, word};
use crate::model::{ArticleRow, ListHead, Locale};

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
            let place = Area { y: area.y + y, height: area.height - y, ..area };
            let top = match self.list.item(index) {
                Some(Item::Folder(at)) => self.draw_folder(index, at, place, buffer),
                Some(Item::Article(at)) => self.draw_article(index, at, place, buffer),
                None => continue,
            };
            if index == self.list.selected() {
                cursor = Some((area.x, top));
            }
        }
        cursor
    }

    /// Marks the selected item, `height` rows high.
    fn mark(&self, area: Area, height: u16, buffer: &mut Buffer) {
        let place = Area { height: height.min(area.height), ..area };
        buffer.set_style(rect(place, buffer), self.theme.style(Role::Selection));
        for bar in place.y..place.y + place.height {
            let role = if self.focused { Role::Accent } else { Role::Rule };
            put(buffer, area.x, bar, 1, self.theme.glyphs().focus, self.theme.style(role));
        }
    }

    /// Draws one folder; its row.
    fn draw_folder(&self, index: usize, at: usize, area: Area, buffer: &mut Buffer) -> u16 {
        let Some(folder) = self.list.folders().get(at) else { return area.y };
        if index == self.list.selected() {
            self.mark(area, 1, buffer);
        }
        let muted = self.theme.style(Role::Muted);
        let (sign, name) = match &folder.place {
            FolderPlace::View(filter) => (self.theme.glyphs().step, show::list_name(filter, self.locale)),
            FolderPlace::Saved(saved) => (self.theme.glyphs().saved, saved.name.clone()),
        };
        put(buffer, area.x + 1, area.y, 1, sign, muted);
        let count = folder.count.map_or(String::new(), |n| words::grouped(n as usize, self.locale));
        let right = (area.x + area.width).saturating_sub(1);
        let begins = put_right(buffer, right, area.y, area.width / 3, &count, muted);
        let room = begins.saturating_sub(area.x + 4);
        let style = self.theme.style(Role::Text);
        put(buffer, area.x + 3, area.y, room, &show::clip(&name, usize::from(room)), style);
        area.y
    }

    /// Draws one article with the head above it; the article's first row.
    fn draw_article(&self, index: usize, at: usize, mut area: Area, buffer: &mut Buffer) -> u16 {
        if let Some(head) = self.list.head_above(at) {
            self.draw_head(head, area, buffer);
            let rows = HEAD_ROWS.min(area.height);
            area = Area { y: area.y + rows, height: area.height - rows, ..area };
        }
        if !area.is_shown() {
            return area.y;
        }
        let row = self.list.ids().get(at).and_then(|id| self.list.row(*id));
        let lines = row.map_or(1, |r| title_lines(&r.title, area.width).len());
        if index == self.list.selected() {
            let below = row.map_or(1, |r| self.list.lines_of(r).count());
            self.mark(area, u16::try_from(lines).unwrap_or(1) + below, buffer);
        }
        if let Some(row) = row {
            self.draw_row(row, area, buffer);
        } else {
            let style = self.theme.style(Role::Muted);
            put(buffer, area.x + 3, area.y, area.width - 3, self.theme.glyphs().ellipsis, style);
        }
        area.y
    }

    fn draw_head(&self, head: &ListHead, area: Area, buffer: &mut Buffer) {
        let style = self.theme.style(Role::Muted);
        let count = words::grouped(head.articles as usize, self.locale);
        let right = (area.x + area.width).saturating_sub(1);
        let begins = put_right(buffer, right, area.y, area.width / 3, &count, style);
        let room = begins.saturating_sub(area.x + 2);
        let label = show::head(&head.label, self.locale);
        let name = show::clip(&label, usize::from(room));
        let end = put(buffer, area.x + 1, area.y, room, &name, self.theme.style(Role::Heading).patch(style));
        let rest = begins.saturating_sub(end + 2);
        let line = self.theme.style(Role::Rule);
        rule(buffer, end + 1, area.y, rest, self.theme.glyphs().rule, line);
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
        let lines = self.list.lines_of(row);
        put(buffer, area.x + 3, y, width, &lines.meta, muted);
        put_right(buffer, area.x + area.width - 1, y, width, &lines.right, muted);
        if let Some(marks) = lines.marks.filter(|_| y + 1 < bottom) {
            put(buffer, area.x + 3, y + 1, width, &marks, muted);
        }
    }

    fn draw_empty(&self, area: Area, buffer: &mut Buffer) {
        let said = if !self.list.loaded {
            Word::Loading
        } else if !self.list.filter.text().is_empty() {
            Word::EmptyFilter
        } else if self.list.is_whole() {
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
