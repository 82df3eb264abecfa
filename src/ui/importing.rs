//! How far an import is: its stages, and what was refused.

use ratatui::buffer::Buffer;

use super::cells::{columns, put};
use super::theme::{Role, Theme};
use crate::app::show::clip;
use crate::app::viewport::Area;
use crate::app::words::{self, Word, word};
use crate::app::words_steps;
use crate::model::{Locale, Progress};

/// Rows without those of refused files.
pub const ROWS: u16 = 10;

/// Draws it; where there are more refused files than rows, the latest.
pub fn draw(progress: &Progress, locale: Locale, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let muted = theme.style(Role::Muted);
    let bottom = area.y + area.height;
    let mut y = area.y;
    let line = |text: &str, role: Role, y: &mut u16, buffer: &mut Buffer| {
        // The last row is the hint's.
        if *y + 1 < bottom {
            put(buffer, area.x, *y, area.width, &clip(text, usize::from(area.width)), theme.style(role));
            *y += 1;
        }
    };
    line(&words::importing(progress, locale), Role::Text, &mut y, buffer);
    let stages = words_steps::import_stages(progress, locale);
    let names = stages.iter().map(|(name, ..)| columns(name)).max().unwrap_or(0) + 2;
    let names = names.min(area.width);
    // Where there is not room for all, the bar goes first and then the end of the counts.
    let widest = stages.iter().map(|(_, count, _)| columns(count)).max().unwrap_or(0);
    let counts = widest.min(area.width.saturating_sub(names + 1));
    let room = area.width.saturating_sub(names + counts + 1);
    for (name, count, percent) in &stages {
        if y + 1 >= bottom {
            break;
        }
        put(buffer, area.x, y, names, name, muted);
        let filled = usize::from(room) * usize::from(*percent) / 100;
        let bar = theme.glyphs().mentions.repeat(filled);
        let rest = theme.glyphs().silent.repeat(usize::from(room).saturating_sub(filled));
        put(buffer, area.x + names, y, room, &format!("{bar}{rest}"), theme.style(Role::Accent));
        let count = clip(count, usize::from(counts));
        put(buffer, area.x + area.width - counts, y, counts, &count, theme.style(Role::Text));
        y += 1;
    }
    line(&words_steps::import_counts(progress, locale), Role::Muted, &mut y, buffer);
    line(&progress.origin, Role::Muted, &mut y, buffer);
    line("", Role::Muted, &mut y, buffer);
    let fit = usize::from(bottom.saturating_sub(y + 2)) / 2;
    let refused = &progress.latest_refused;
    for one in refused.iter().skip(refused.len().saturating_sub(fit)) {
        line(&one.origin, Role::Text, &mut y, buffer);
        line(&format!("  {}", words::refusal(&one.reason, locale)), Role::Muted, &mut y, buffer);
    }
    let hint = clip(word(Word::ImportHint, locale), usize::from(area.width));
    put(buffer, area.x, bottom.saturating_sub(1), area.width, &hint, theme.style(Role::Text));
}
