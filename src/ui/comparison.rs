//! The comparison in three layouts: cards, a matrix over the outlets' words, fixed columns.

use std::sync::LazyLock;

use ratatui::buffer::Buffer;
use ratatui::text::{Line, Span as Piece};

use super::cells::{bar, columns, put, put_line, rect, rule};
use super::comparison_columns::{TITLE, columns_of, draw_columns, draw_heads, index_width};
use super::evidence::{self, glyph, style};
use super::layout::{THREE_PANES, WIDE, body};
use super::theme::{Role, Theme};
use crate::app::App;
use crate::app::comparing::row_height;
use crate::app::sheet::{SheetRow, SheetView, Sign};
use crate::app::show::{clip, outlet};
use crate::app::viewport::{Area, Viewport};
use crate::app::words::{self, Word, word};
use crate::config::theme::ThemeName;

/// Narrowest outlet column of the matrix.
const MATRIX_COLUMN: u16 = 20;
/// Narrowest outlet column of the wide layout.
const WIDE_COLUMN: u16 = 28;

/// For counting lines: their number does not depend on the theme.
static PLAIN: LazyLock<Theme> = LazyLock::new(|| Theme::builtin(ThemeName::Mono, false));

/// How the comparison is laid out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Cards,
    Matrix,
    Columns,
}

fn form(app: &App, width: u16) -> Form {
    let many_lines = matches!(app.comparing.view(), SheetView::Words | SheetView::Quotes);
    match width {
        WIDE.. if !many_lines => Form::Columns,
        THREE_PANES.. => Form::Matrix,
        _ => Form::Cards,
    }
}

/// Places the panes of the comparison.
pub fn place(app: &App, body: Area, viewport: &mut Viewport) {
    // Views and legend stand above, a rule below them.
    let head = if body.height >= 10 { 2 } else { 1 };
    let area = Area { y: body.y + head, height: body.height.saturating_sub(head), ..body };
    let count = app.comparing.columns().len();
    let theme = &*PLAIN;
    let row = app.comparing.rows().get(app.comparing.selected());
    match form(app, area.width) {
        Form::Cards => {
            let strip = if area.height >= 12 { 3 } else { 0 };
            viewport.evidence =
                Area { x: 2, width: area.width.saturating_sub(4), height: area.height - strip, ..area };
            viewport.facts = Area { y: area.y + area.height - strip.min(area.height), height: strip, ..area };
            viewport.columns = count;
            viewport.evidence_rows =
                row.map_or(0, |r| evidence::card(r, app, viewport.evidence.width, theme).len());
        }
        Form::Matrix => {
            let view = app.comparing.view();
            let wanted: usize = app.comparing.rows().iter().map(|r| row_height(r, view)).sum();
            let most = if matches!(view, SheetView::Words | SheetView::Quotes) { 3 } else { 2 };
            let room = area.height.saturating_sub(2);
            let height = u16::try_from(wanted).unwrap_or(u16::MAX).clamp(1, (room * most / 5).max(1));
            viewport.facts = Area { y: area.y + 1, height, ..area };
            let y = area.y + height + 2;
            viewport.evidence = Area {
                x: 3,
                y,
                width: area.width.saturating_sub(5),
                height: (area.y + area.height).saturating_sub(y),
            };
            viewport.columns = usize::from((area.width.saturating_sub(TITLE + 3)) / MATRIX_COLUMN).max(1);
            let width = viewport.evidence.width;
            viewport.evidence_rows =
                row.map_or(0, |r| evidence::beside(r, app, width, evidence::side(width), theme).len());
        }
        Form::Columns => {
            let index = index_width(app);
            viewport.facts =
                Area { width: index, y: area.y + 1, height: area.height.saturating_sub(1), ..area };
            viewport.evidence = Area {
                x: index + 2,
                y: area.y + 3,
                width: area.width.saturating_sub(index + 3),
                height: area.height.saturating_sub(3),
            };
            viewport.columns = usize::from(viewport.evidence.width / WIDE_COLUMN).max(1);
            viewport.evidence_rows = row.map_or(0, |r| {
                columns_of(r, app, viewport, theme).1.iter().map(Vec::len).max().unwrap_or(0) + 3
            });
        }
    }
}

/// Draws the screen; the cell of the selected row.
pub fn draw(app: &App, viewport: &Viewport, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let area = body(app, viewport.screen);
    draw_views(app, area, theme, buffer);
    if app.comparing.rows().is_empty() {
        draw_empty(app, area, theme, buffer);
        return None;
    }
    match form(app, area.width) {
        Form::Cards => draw_cards(app, viewport, theme, buffer),
        Form::Matrix => draw_matrix(app, viewport, theme, buffer),
        Form::Columns => draw_columns(app, viewport, theme, buffer),
    }
}

fn draw_views(app: &App, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let short = area.width < 60;
    let views = [
        (SheetView::Facts, Word::Facts),
        (SheetView::Words, if short { Word::WordsShort } else { Word::WordChoice }),
        (SheetView::Quotes, Word::Quotes),
        (SheetView::Only, Word::OnlyHere),
    ];
    let mut x = area.x + 1;
    for (number, (view, name)) in views.into_iter().enumerate() {
        let label = format!(" {} {} ", number + 1, word(name, app.locale));
        let mut look = theme.style(Role::Muted);
        if view == app.comparing.view() {
            look = theme.style(Role::Title).patch(theme.style(Role::Selection));
        }
        x = put(buffer, x, area.y, (area.x + area.width).saturating_sub(x), &label, look) + 1;
    }
    let pieces: Vec<Piece<'static>> = [
        (Sign::Same, Word::Same),
        (Sign::Vaguer, Word::Vaguer),
        (Sign::Differs, Word::Differs),
        (Sign::Only, Word::OnlyHere),
        (Sign::NotFound, Word::NotFound),
        (Sign::Unclear, Word::Unclear),
    ]
    .into_iter()
    .flat_map(|(sign, name)| {
        [
            Piece::styled(glyph(sign, theme).to_owned(), style(sign, theme)),
            Piece::styled(format!(" {}  ", word(name, app.locale).to_lowercase()), theme.style(Role::Muted)),
        ]
    })
    .collect();
    let wide: u16 = pieces.iter().map(|p| columns(&p.content)).sum();
    let right = area.x + area.width;
    if x + wide < right {
        put_line(buffer, right - wide, area.y, wide, &Line::from(pieces));
    }
    if area.height >= 10 {
        draw_outside(app, Area { y: area.y + 1, ..area }, theme, buffer);
    }
}

/// The rule below the views; it names the articles that stand outside, with the reason.
fn draw_outside(app: &App, area: Area, theme: &Theme, buffer: &mut Buffer) {
    rule(buffer, area.x, area.y, area.width, theme.glyphs().rule, theme.style(Role::Rule));
    let outside = &app.comparing.comparison().outside;
    let named: Vec<String> = outside
        .iter()
        .filter_map(|o| {
            let article = app.comparing.articles().get(o.article as usize)?;
            Some(format!("{}: {}", outlet(&article.article.draft), words::outside(o.why, app.locale)))
        })
        .collect();
    let mut parts = Vec::new();
    if !named.is_empty() {
        parts.push(format!("{} {}", word(Word::Outside, app.locale), named.join("; ")));
    }
    let hidden = app.comparing.hidden().len();
    if hidden > 0 {
        parts.push(format!("{hidden} {}", word(Word::Hidden, app.locale)));
    }
    if !parts.is_empty() {
        let text = format!(" {} ", parts.join(" · "));
        let room = area.width.saturating_sub(6);
        put(buffer, area.x + 3, area.y, room, &clip(&text, usize::from(room)), theme.style(Role::Muted));
    }
}

fn draw_empty(app: &App, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let said = match app.comparing.view() {
        SheetView::Facts => Word::NoSharedFacts,
        SheetView::Words => Word::NoLabels,
        SheetView::Quotes => Word::NoQuotes,
        SheetView::Only => Word::NoSingles,
    };
    let place = Area { y: area.y + 3, height: area.height.saturating_sub(3), ..super::inset(area) };
    super::paragraph(word(said, app.locale), place, theme.style(Role::Muted), buffer);
}

/// Lines from `skipped` on, in an area.
fn draw_lines(lines: &[Line<'static>], skipped: usize, area: Area, buffer: &mut Buffer) -> u16 {
    let mut y = area.y;
    for line in lines.iter().skip(skipped) {
        if y >= area.y + area.height {
            break;
        }
        put_line(buffer, area.x, y, area.width, line);
        y += 1;
    }
    y
}

fn draw_cards(app: &App, viewport: &Viewport, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let comparing = &app.comparing;
    let area = viewport.evidence;
    let row = comparing.rows().get(comparing.selected())?;
    let lines = evidence::card(row, app, area.width, theme);
    draw_lines(&lines, comparing.scroll(), area, buffer);
    put(buffer, 0, area.y, 1, theme.glyphs().focus, theme.style(Role::Accent));
    if viewport.facts.is_shown() {
        draw_strip(app, viewport.facts, theme, buffer);
    }
    Some((0, area.y))
}

/// All facts as a map: number and signs above, the beginning of the title below.
fn draw_strip(app: &App, area: Area, theme: &Theme, buffer: &mut Buffer) {
    rule(buffer, area.x, area.y, area.width, theme.glyphs().rule, theme.style(Role::Rule));
    let comparing = &app.comparing;
    let shown = comparing.columns();
    let width = u16::try_from(shown.len()).unwrap_or(u16::MAX).saturating_add(5).max(11);
    let fit = usize::from(area.width.saturating_sub(2) / width).max(1);
    let first = comparing.selected() / fit * fit;
    for (index, row) in comparing.rows().iter().enumerate().skip(first).take(fit) {
        let x = area.x + 2 + u16::try_from(index - first).unwrap_or(0) * width;
        let selected = index == comparing.selected();
        let name = if selected { theme.style(Role::Title) } else { theme.style(Role::Muted) };
        let at = put(buffer, x, area.y + 1, width, &format!("{} ", index + 1), name);
        let mut at = at;
        for article in &shown {
            let sign = row.cells.get(*article).map_or(Sign::None, |c| c.sign);
            at = put(buffer, at, area.y + 1, 1, glyph(sign, theme), style(sign, theme));
        }
        put(buffer, x, area.y + 2, width - 1, &clip(&row.title, usize::from(width - 1)), name);
        if selected {
            let place = Area { x, y: area.y + 1, width: width - 1, height: 2 };
            buffer.set_style(rect(place, buffer), theme.style(Role::Selection));
        }
    }
}

fn draw_matrix(app: &App, viewport: &Viewport, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let comparing = &app.comparing;
    let (facts, view) = (viewport.facts, comparing.view());
    let shown: Vec<usize> =
        comparing.columns().into_iter().skip(comparing.column().1).take(viewport.columns).collect();
    let count = u16::try_from(shown.len()).unwrap_or(1).max(1);
    let width = facts.width.saturating_sub(TITLE + 3) / count;
    let head = facts.y - 1;
    let name = match view {
        SheetView::Facts | SheetView::Only => Word::Fact,
        SheetView::Words => Word::WhoIsCalled,
        SheetView::Quotes => Word::Speaker,
    };
    put(buffer, 3, head, TITLE - 1, word(name, app.locale), theme.style(Role::Muted));
    draw_heads(app, &shown, TITLE + 3, head, width, theme, buffer);
    let mut y = facts.y;
    let bottom = facts.y + facts.height;
    let mut cursor = None;
    for (index, row) in comparing.rows().iter().enumerate().skip(comparing.offset()) {
        if y >= bottom {
            break;
        }
        let height = u16::try_from(row_height(row, view)).unwrap_or(1).min(bottom - y);
        let selected = index == comparing.selected();
        if selected {
            let several = height > 1 && matches!(view, SheetView::Words | SheetView::Quotes);
            let lit = if several { height - 1 } else { height };
            let place = Area { y, height: lit, ..facts };
            buffer.set_style(rect(place, buffer), theme.style(Role::Selection));
            bar(buffer, 0, y, lit, theme.glyphs().focus, theme.style(Role::Accent));
            cursor = Some((0, y));
        }
        draw_matrix_row(app, row, &shown, selected, Area { y, width, height, ..facts }, theme, buffer);
        y += height;
    }
    rule(buffer, 0, bottom, facts.width, theme.glyphs().rule, theme.style(Role::Rule));
    draw_stream(app, viewport, theme, buffer);
    cursor
}

/// `area.width` is that of one outlet's column here.
fn draw_matrix_row(
    app: &App,
    row: &SheetRow,
    shown: &[usize],
    selected: bool,
    area: Area,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let title = theme.style(if selected { Role::Title } else { Role::Text });
    let likely = if row.likely { format!(" {}", theme.glyphs().unclear) } else { String::new() };
    let room = usize::from(TITLE - 1).saturating_sub(likely.len());
    let end = put(buffer, 3, area.y, TITLE, &clip(&row.title, room), title);
    put(buffer, end, area.y, 2, &likely, theme.style(Role::Muted));
    let column = app.comparing.columns().get(app.comparing.column().0).copied();
    for (index, article) in shown.iter().enumerate() {
        let Some(cell) = row.cells.get(*article) else { continue };
        let x = TITLE + 3 + u16::try_from(index).unwrap_or(0) * area.width;
        let here = selected && column == Some(*article);
        if cell.values.is_empty() {
            let look = style(cell.sign, theme);
            put(buffer, x, area.y, 1, glyph(cell.sign, theme), if here { look.reversed() } else { look });
            continue;
        }
        for ((sign, value), y) in cell.values.iter().zip(area.y..area.y + area.height) {
            let mut look = style(*sign, theme);
            if here && y == area.y {
                look = look.underlined();
            }
            put(buffer, x, y, 1, glyph(*sign, theme), style(*sign, theme));
            let room = area.width.saturating_sub(3);
            put(buffer, x + 2, y, room, &clip(value, usize::from(room)), look);
        }
    }
}

/// The outlets' words from the selected row on, as many rows as fit.
fn draw_stream(app: &App, viewport: &Viewport, theme: &Theme, buffer: &mut Buffer) {
    let comparing = &app.comparing;
    let area = viewport.evidence;
    if !area.is_shown() {
        return;
    }
    let side = evidence::side(area.width);
    let mut lines = Vec::new();
    for row in comparing.rows().iter().skip(comparing.selected()) {
        lines.extend(evidence::beside(row, app, area.width, side, theme));
        if lines.len() > comparing.scroll() + usize::from(area.height) {
            break;
        }
    }
    draw_lines(&lines, comparing.scroll(), area, buffer);
    if comparing.scroll() == 0 {
        put(buffer, 0, area.y, 1, theme.glyphs().focus, theme.style(Role::Accent));
    }
}
