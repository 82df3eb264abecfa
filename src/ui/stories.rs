//! The list of stories.

use ratatui::buffer::Buffer;

use super::cells::{put, rect};
use super::theme::{Role, Theme};
use crate::app::App;
use crate::app::show::clip;
use crate::app::stories::STORY_ROWS;
use crate::app::viewport::Area;
use crate::app::words::{self, Counted, Word, word};

/// Draws the stories; the cell of the selected one.
pub fn draw(app: &App, area: Area, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let stories = &app.stories;
    if stories.is_empty() {
        let said = if stories.loaded && app.prepared { Word::NoStories } else { Word::Loading };
        super::paragraph(word(said, app.locale), super::inset(area), theme.style(Role::Muted), buffer);
        return None;
    }
    let mut cursor = None;
    let mut y = area.y;
    for index in stories.offset()..stories.len() {
        if y >= area.y + area.height {
            break;
        }
        if index == stories.selected() {
            let height = 2.min(area.y + area.height - y);
            let place = Area { y, height, ..area };
            buffer.set_style(rect(place, buffer), theme.style(Role::Selection));
            for row in y..y + height {
                put(buffer, area.x, row, 1, theme.glyphs().focus, theme.style(Role::Accent));
            }
            cursor = Some((area.x, y));
        }
        let width = area.width.saturating_sub(4);
        let Some(story) = stories.row(index) else {
            put(buffer, area.x + 3, y, width, theme.glyphs().ellipsis, theme.style(Role::Muted));
            y += STORY_ROWS;
            continue;
        };
        put(buffer, area.x + 3, y, width, &clip(&story.title, usize::from(width)), theme.style(Role::Title));
        if y + 1 < area.y + area.height {
            let mut line = words::count(story.articles.len(), Counted::Outlets, app.locale);
            if !story.related.is_empty() {
                let related = words::count(story.related.len(), Counted::Articles, app.locale);
                line = format!("{line} · {}: {related}", word(Word::Outside, app.locale));
            }
            put(buffer, area.x + 3, y + 1, width, &clip(&line, usize::from(width)), theme.style(Role::Muted));
        }
        y += STORY_ROWS;
    }
    cursor
}
