//! What stands below an empty search line: saved searches with their counts, and earlier ones.

use ratatui::buffer::Buffer;

use super::cells::{put, put_right, rect};
use super::theme::{Role, Theme};
use crate::app::App;
use crate::app::offer::Offer;
use crate::app::show::clip;
use crate::app::viewport::Area;
use crate::app::words::{self, Word, word};

/// A line of the list.
enum Line<'a> {
    Blank,
    Heading(Word),
    Offer(usize, Offer<'a>),
}

/// Draws them with a hint above; the cell of the picked one.
pub fn draw(app: &App, area: Area, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let muted = theme.style(Role::Muted);
    let inner = super::inset(area);
    let hint = Area { y: area.y + 3, height: area.height.saturating_sub(3).min(2), ..inner };
    super::paragraph(word(Word::SearchHint, app.locale), hint, muted, buffer);
    let lines = lines(app);
    let (top, bottom) = (area.y + 6, area.y + area.height);
    let rows = usize::from(bottom.saturating_sub(top));
    let picked = app.finder.offers.picked();
    let at = picked.and_then(|p| lines.iter().position(|l| matches!(l, Line::Offer(i, _) if *i == p)));
    let skipped = at.map_or(0, |at| (at + 1).saturating_sub(rows));
    let mut cursor = None;
    for (line, y) in lines.into_iter().skip(skipped).zip(top..bottom) {
        match line {
            Line::Blank => {}
            Line::Heading(said) => {
                put(buffer, inner.x, y, inner.width, word(said, app.locale), muted);
            }
            Line::Offer(index, offer) => {
                if picked == Some(index) {
                    let place = Area { y, height: 1, ..area };
                    buffer.set_style(rect(place, buffer), theme.style(Role::Selection));
                    put(buffer, area.x, y, 1, theme.glyphs().focus, theme.style(Role::Accent));
                    cursor = Some((area.x, y));
                }
                draw_offer(app, offer, Area { y, height: 1, ..inner }, theme, buffer);
            }
        }
    }
    cursor
}

fn lines(app: &App) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut last = None;
    for (index, offer) in app.offers().into_iter().enumerate() {
        let heading = match offer {
            Offer::Saved(..) => Word::SavedSearches,
            Offer::Earlier(_) => Word::EarlierSearches,
        };
        if last.replace(heading) != Some(heading) {
            if !lines.is_empty() {
                lines.push(Line::Blank);
            }
            lines.push(Line::Heading(heading));
        }
        lines.push(Line::Offer(index, offer));
    }
    lines
}

fn draw_offer(app: &App, offer: Offer<'_>, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let text = theme.style(Role::Text);
    let (name, count) = match offer {
        Offer::Saved(saved, count) => (saved.name.as_str(), count),
        Offer::Earlier(query) => (query, None),
    };
    let count = count.map_or(String::new(), |n| words::grouped(n as usize, app.locale));
    let right = area.x + area.width;
    let begins = put_right(buffer, right, area.y, area.width / 3, &count, theme.style(Role::Muted));
    let room = begins.saturating_sub(area.x + u16::from(!count.is_empty()));
    put(buffer, area.x, area.y, room, &clip(name, usize::from(room)), text);
}
