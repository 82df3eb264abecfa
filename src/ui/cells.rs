//! Writing into the buffer: column-exact, never a half wide character, never outside.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span as Piece};
use unicode_width::UnicodeWidthStr;

use super::theme::Theme;
use crate::app::show::clip;
use crate::app::viewport::Area;
use crate::model::Span;

/// The part of the buffer that an area names.
pub fn rect(area: Area, buffer: &Buffer) -> Rect {
    Rect { x: area.x, y: area.y, width: area.width, height: area.height }.intersection(buffer.area)
}

/// Writes `text` from a cell on, in at most `width` columns; the column behind it.
pub fn put(buffer: &mut Buffer, x: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
    let area = buffer.area;
    if !area.contains((x, y).into()) {
        return x;
    }
    let room = usize::from(width.min(area.right() - x));
    buffer.set_stringn(x, y, text, room, style).0
}

/// Writes `text` so that it ends before column `right`; the column where it begins.
pub fn put_right(buffer: &mut Buffer, right: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
    let shown = clip(text, usize::from(width));
    let columns = columns(&shown);
    let x = right.saturating_sub(columns);
    put(buffer, x, y, columns, &shown, style);
    x
}

/// Writes a line of styled pieces in at most `width` columns; the column behind it.
pub fn put_line(buffer: &mut Buffer, x: u16, y: u16, width: u16, line: &Line<'_>) -> u16 {
    let right = x.saturating_add(width);
    let mut at = x;
    for piece in &line.spans {
        if at >= right {
            break;
        }
        at = put(buffer, at, y, right - at, &piece.content, line.style.patch(piece.style));
    }
    at
}

/// A rule from left to right.
pub fn rule(buffer: &mut Buffer, x: u16, y: u16, width: u16, glyph: &str, style: Style) {
    for column in x..x.saturating_add(width) {
        put(buffer, column, y, 1, glyph, style);
    }
}

/// A rule from top to bottom.
pub fn bar(buffer: &mut Buffer, x: u16, y: u16, height: u16, glyph: &str, style: Style) {
    for row in y..y.saturating_add(height) {
        put(buffer, x, row, 1, glyph, style);
    }
}

/// Columns of a text, as far as a terminal can have them.
pub fn columns(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(u16::MAX)
}

/// `words`, which stand at `range` of a text, in pieces that are styled where lights touch them.
///
/// `lights` are in order of their starts; where several cover a byte the last one wins.
pub fn lit<K: Copy>(
    words: &str,
    range: &Range<usize>,
    lights: &[(Span, K)],
    base: Style,
    style_of: impl Fn(K) -> Style,
) -> Vec<Piece<'static>> {
    let here: Vec<&(Span, K)> =
        lights.iter().filter(|(s, _)| s.start() < range.end && s.end() > range.start).collect();
    if here.is_empty() {
        return vec![Piece::styled(words.to_owned(), base)];
    }
    let mut cuts: Vec<usize> = here
        .iter()
        .flat_map(|(s, _)| [s.start().max(range.start), s.end().min(range.end)])
        .chain([range.start, range.end])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut pieces = Vec::new();
    for pair in cuts.windows(2) {
        let (start, end) = (pair[0], pair[1]);
        let Some(part) = words.get(start - range.start..end - range.start) else { continue };
        let light = here.iter().rev().find(|(s, _)| s.start() <= start && end <= s.end());
        let style = light.map_or(base, |(_, kind)| base.patch(style_of(*kind)));
        pieces.push(Piece::styled(part.to_owned(), style));
    }
    pieces
}

/// `text` cut to `width` columns, with its `lights`; one that begins where it is cut is gone.
pub fn lit_clipped<K: Copy>(
    text: &str,
    width: u16,
    lights: &[(Span, K)],
    base: Style,
    style_of: impl Fn(K) -> Style,
    theme: &Theme,
) -> Line<'static> {
    let clipped = clip(text, usize::from(width));
    // The mark of what was cut is no part of the text: a place behind the cut must not fall into it.
    let kept = if clipped == text { text } else { clipped.strip_suffix('…').unwrap_or(&clipped) };
    let mut pieces = lit(kept, &(0..kept.len()), lights, base, style_of);
    if kept.len() < clipped.len() {
        pieces.push(Piece::styled(theme.glyphs().ellipsis, base));
    }
    Line::from(pieces)
}

/// `line` filled with spaces up to `width` columns, or cut there.
pub fn fitted(line: Line<'static>, width: u16) -> Line<'static> {
    let mut pieces: Vec<Piece<'static>> = Vec::new();
    let mut used = 0u16;
    for piece in line.spans {
        let room = width - used;
        let wide = columns(&piece.content);
        if wide <= room {
            used += wide;
            pieces.push(piece);
        } else {
            let cut = clip(&piece.content, usize::from(room));
            used += columns(&cut);
            pieces.push(Piece::styled(cut, piece.style));
            break;
        }
    }
    pieces.push(Piece::raw(" ".repeat(usize::from(width - used))));
    Line::from(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str, range: Range<usize>) -> Span {
        Span::new(text, range).unwrap()
    }

    #[test]
    fn a_wide_character_is_never_cut_in_half() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 1));
        put(&mut buffer, 0, 0, 3, "日本", Style::new());
        assert_eq!(buffer.cell((2, 0)).unwrap().symbol(), " ");
    }

    #[test]
    fn nothing_is_written_outside() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 2, 1));
        assert_eq!(put(&mut buffer, 5, 0, 4, "abc", Style::new()), 5);
        assert_eq!(put(&mut buffer, 0, 3, 4, "abc", Style::new()), 0);
    }

    #[test]
    fn a_light_behind_the_cut_costs_no_words() {
        let text = "Ein großes Haus am Fluss";
        let theme = Theme::builtin(crate::config::theme::ThemeName::Mono, false);
        // Wherever the text is cut, a light may begin just there.
        for start in text.char_indices().map(|(at, _)| at) {
            for width in 1..24 {
                let lights = [(span(text, start..text.len()), ())];
                let line = lit_clipped(text, width, &lights, Style::new(), |()| Style::new().bold(), &theme);
                let shown: String = line.spans.iter().map(|p| p.content.as_ref()).collect();
                assert_eq!(shown, clip(text, usize::from(width)), "{start} {width}");
            }
        }
    }

    #[test]
    fn lights_cut_the_words_where_they_begin_and_end() {
        let text = "Ein großes Haus";
        let lights = [(span(text, 4..11), 1), (span(text, 4..9), 2)];
        let pieces = lit(text, &(0..text.len()), &lights, Style::new(), |k: i32| {
            if k == 1 { Style::new().bold() } else { Style::new().italic() }
        });
        let words: Vec<&str> = pieces.iter().map(|p| p.content.as_ref()).collect();
        assert_eq!(words, ["Ein ", "groß", "es", " Haus"]);
    }

    #[test]
    fn a_line_is_filled_or_cut_to_its_width() {
        let width = |line: &Line<'_>| line.spans.iter().map(|p| p.content.width()).sum::<usize>();
        assert_eq!(width(&fitted(Line::raw("abc"), 5)), 5);
        assert_eq!(width(&fitted(Line::raw("日本語"), 5)), 5);
    }
}
