//! The search screen: query and chips above, hits at the left, the passage at the right.

use ratatui::buffer::Buffer;

use super::article::{ArticlePane, edge};
use super::cells::{columns, lit_clipped, put, put_line, put_right, rect, rule};
use super::layout::body;
use super::offers;
use super::status::draw_edit;
use super::theme::{Role, Theme};
use crate::app::App;
use crate::app::hits::HIT_ROWS;
use crate::app::row::source_and_date;
use crate::app::show::{clip, date_short, source};
use crate::app::viewport::{Area, Viewport};
use crate::app::words::{self, Counted, Word, word};
use crate::model::{ArticleRow, Hit};
use crate::text::fold::fold;

/// Draws the screen; the cell of the cursor: in the box while it takes keys, else the hit's.
pub fn draw(app: &App, viewport: &Viewport, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let area = body(app, viewport.screen);
    let typed = draw_box(app, area, theme, buffer);
    let hit = draw_hits(app, viewport.list, theme, buffer);
    let passage = viewport.reader;
    if passage.is_shown() {
        edge(buffer, passage.x - 1, passage, theme);
        if app.finder.hits.selected_hit().is_some() {
            let reader = &app.finder.passage;
            let (measure, empty) = (viewport.measure, Word::NoArticle);
            let pane = ArticlePane { reader, measure, empty, locale: app.locale, theme };
            pane.draw(passage, buffer);
            pane.draw_scroll_mark(passage, buffer);
        }
    }
    let is_picked = app.finder.line.text().is_empty() && app.finder.offers.picked().is_some();
    if app.finder.in_hits || is_picked { hit } else { Some(typed) }
}

fn draw_box(app: &App, area: Area, theme: &Theme, buffer: &mut Buffer) -> (u16, u16) {
    let finder = &app.finder;
    let muted = theme.style(Role::Muted);
    let scope = if finder.scope_name.is_empty() {
        word(Word::ScopeEverything, app.locale)
    } else {
        &finder.scope_name
    };
    let mode = [
        scope,
        word(if finder.exactly { Word::Exactly } else { Word::Tolerant }, app.locale),
        word(if finder.by_date { Word::ByDate } else { Word::ByRelevance }, app.locale),
    ]
    .join(" · ");
    let right = area.x + area.width - 1;
    let begins =
        if area.width >= 70 { put_right(buffer, right, area.y, area.width / 2, &mode, muted) } else { right };
    let prompt = theme.style(if finder.in_hits { Role::Muted } else { Role::Accent });
    let x = put(buffer, area.x + 1, area.y, 2, theme.glyphs().step, prompt) + 1;
    let cursor = draw_edit(&finder.line, x, area.y, begins.saturating_sub(x + 1), theme, buffer);
    if area.height < 8 {
        return cursor;
    }
    if let Some((column, message)) = &finder.mistake {
        // The mistake is shown below its column.
        let at = x.saturating_add(u16::try_from(column.saturating_sub(1)).unwrap_or(0)).min(right);
        let style = theme.style(if finder.is_unfinished { Role::Muted } else { Role::Error });
        let end = put(buffer, at, area.y + 1, 2, "^ ", style);
        let room = right.saturating_sub(end);
        if columns(message) <= room {
            put(buffer, end, area.y + 1, room, message, style);
        } else {
            put(
                buffer,
                area.x + 3,
                area.y + 1,
                area.width - 4,
                &clip(message, usize::from(area.width - 4)),
                style,
            );
        }
    } else {
        draw_chips(app, Area { y: area.y + 1, ..area }, theme, buffer);
    }
    rule(buffer, area.x, area.y + 2, area.width, theme.glyphs().rule, theme.style(Role::Rule));
    cursor
}

/// Fields that were recognised, and words that stand for others than typed.
fn draw_chips(app: &App, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let mut x = area.x + 3;
    let right = area.x + area.width;
    for chip in &app.finder.chips {
        x = put(buffer, x, area.y, right.saturating_sub(x), chip, theme.style(Role::Key)) + 2;
    }
    let Some(answer) = &app.finder.answer else { return };
    if answer.partial && !app.finder.hits.is_empty() {
        // Never pass off articles without a word of the query as answers to it.
        let room = right.saturating_sub(x + 1);
        let said = clip(word(Word::Nearest, app.locale), usize::from(room));
        x = put(buffer, x, area.y, room, &said, theme.style(Role::Unclear)) + 2;
    }
    if !app.finder.missing_words.is_empty() {
        let said =
            format!("{} {}", word(Word::NowhereFound, app.locale), app.finder.missing_words.join(", "));
        let room = right.saturating_sub(x + 1);
        x = put(buffer, x, area.y, room, &clip(&said, usize::from(room)), theme.style(Role::Differ)) + 3;
    }
    for (typed, stands_for) in answer.expansions.iter().filter(|(_, forms)| !forms.is_empty()) {
        let shown = format!("{typed} ≈ {}", stands_for.join(", "));
        let room = right.saturating_sub(x + 1);
        if room < 6 {
            break;
        }
        x = put(buffer, x, area.y, room, &clip(&shown, usize::from(room)), theme.style(Role::Vaguer)) + 3;
    }
}

/// Whether a matched word has one of the query's in it, rather than standing for it.
fn is_as_typed(matched: &str, words: &[String]) -> bool {
    let matched = fold(matched);
    words.iter().any(|word| matched.contains(word.as_str()))
}

/// The words in a hit that stand for others than typed, each once, at most three.
fn stand_ins<'a>(hit: &'a Hit, title: &'a str, words: &[String]) -> Vec<&'a str> {
    let titles = hit.title_matches.iter().map(|s| s.of(title));
    let shown = hit.snippets.iter().flat_map(|s| s.matches.iter().map(|m| m.of(&s.text)));
    let mut found: Vec<&str> = Vec::new();
    for matched in titles.chain(shown).filter(|m| !m.is_empty() && !is_as_typed(m, words)) {
        if found.len() < 3 && !found.iter().any(|f| f.eq_ignore_ascii_case(matched)) {
            found.push(matched);
        }
    }
    found
}

fn draw_hits(app: &App, area: Area, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let finder = &app.finder;
    if finder.hits.is_empty() {
        let said = if finder.line.text().trim().is_empty() {
            Word::TypeToSearch
        } else if !app.prepared || finder.answer.is_none() {
            if finder.mistake.is_some() {
                return None;
            }
            Word::Loading
        } else {
            Word::NothingFound
        };
        super::paragraph(word(said, app.locale), super::inset(area), theme.style(Role::Muted), buffer);
        if said == Word::TypeToSearch {
            return offers::draw(app, area, theme, buffer);
        }
        return None;
    }
    let mut cursor = None;
    for (index, y) in finder.hits.visible() {
        let top = area.y + y;
        let height = (HIT_ROWS - 1).min(area.height - y);
        if index == finder.hits.selected() {
            let place = Area { y: top, height, ..area };
            buffer.set_style(rect(place, buffer), theme.style(Role::Selection));
            for bar in top..top + height {
                let role = if finder.in_hits { Role::Accent } else { Role::Rule };
                put(buffer, area.x, bar, 1, theme.glyphs().focus, theme.style(role));
            }
            cursor = Some((area.x, top));
        }
        let place = Area { y: top, height, ..area };
        match finder.hits.hit(index) {
            Some((hit, row)) => draw_hit(app, hit, row, place, theme, buffer),
            // It is on its way.
            None => {
                put(buffer, area.x + 3, top, 1, theme.glyphs().ellipsis, theme.style(Role::Muted));
            }
        }
    }
    cursor
}

fn draw_hit(app: &App, hit: &Hit, row: &ArticleRow, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let x = area.x + 3;
    let width = area.width.saturating_sub(4);
    // What stands for a word looks different from the word itself.
    let matched = |as_typed: bool| theme.style(if as_typed { Role::Match } else { Role::Vaguer });
    let typed = app.finder.words.as_slice();
    if app.list.marked.contains(&row.id) {
        put(buffer, area.x + 1, area.y, 1, theme.glyphs().marked, theme.style(Role::Accent));
    }
    let lights: Vec<_> =
        hit.title_matches.iter().map(|s| (*s, is_as_typed(s.of(&row.title), typed))).collect();
    let line = lit_clipped(&row.title, width, &lights, theme.style(Role::Title), matched, theme);
    put_line(buffer, x, area.y, width, &line);
    if area.height < 2 {
        return;
    }
    let muted = theme.style(Role::Muted);
    let (outlet, date) = (source(&row.source, app.locale), date_short(row.published, app.locale));
    let base = columns(outlet) + columns(&date) + 3;
    let count = words::count(hit.matches.len(), Counted::Matches, app.locale);
    let others = stand_ins(hit, &row.title, typed);
    let shown = if !others.is_empty() {
        format!("≈ {} · {count}", others.join(", "))
    } else if base + 1 + columns(&count) <= width {
        count
    } else {
        // When it was is worth more than how often.
        String::new()
    };
    let begins = put_right(buffer, area.x + area.width - 1, area.y + 1, width * 2 / 3, &shown, muted);
    let room = begins.saturating_sub(x + u16::from(!shown.is_empty()));
    put(buffer, x, area.y + 1, room, &source_and_date(outlet, &date, usize::from(room)), muted);
    if area.height < 3 {
        return;
    }
    if let Some(snippet) = hit.snippets.first() {
        let (text, lights) = around_first(snippet.text.as_str(), &snippet.matches, usize::from(width));
        let lights: Vec<_> = lights.iter().map(|(s, ())| (*s, is_as_typed(s.of(&text), typed))).collect();
        let line = lit_clipped(&text, width, &lights, theme.style(Role::Text), matched, theme);
        put_line(buffer, x, area.y + 2, width, &line);
    }
}

/// A passage cut so that its first match shows in `width` columns.
fn around_first(
    text: &str,
    matches: &[crate::model::Span],
    width: usize,
) -> (String, Vec<(crate::model::Span, ())>) {
    let first = matches.first().map_or(0, |m| m.end());
    let before = text.get(..first).unwrap_or_default();
    let mut start = 0;
    if usize::from(columns(before)) > width * 2 / 3 {
        // Begin at a word a third of the width before the match.
        let wanted = matches.first().map_or(0, |m| m.start());
        let mut room = width / 3;
        for (at, c) in text.get(..wanted).unwrap_or_default().char_indices().rev() {
            if room == 0 {
                break;
            }
            room -= 1;
            if c.is_whitespace() {
                start = at + c.len_utf8();
            }
        }
    }
    let prefix = if start > 0 { "… " } else { "" };
    let shown = format!("{prefix}{}", text.get(start..).unwrap_or_default());
    let moved = |at: usize| (at + prefix.len()).checked_sub(start);
    let lights = matches
        .iter()
        .filter_map(|m| {
            let range = moved(m.start())?..moved(m.end())?;
            Some((crate::model::Span::new(&shown, range)?, ()))
        })
        .collect();
    (shown, lights)
}
