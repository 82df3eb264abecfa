//! The outlets' own words behind a row of the comparison.

use ratatui::style::Style;
use ratatui::text::{Line, Span as Piece};

use super::cells::{columns, fitted, lit};
use super::theme::{Role, Theme};
use crate::app::App;
use crate::app::effect::ComparedArticle;
use crate::app::sheet::{Evidence, SheetRow, Sign};
use crate::app::show::{clip, date_short, outlet};
use crate::app::words::{self, Word, word};
use crate::model::{AbsenceState, Locale};
use crate::text::wrap::{Options, wrap};

/// Columns of the outlet's name beside its words in a card.
const GUTTER: u16 = 13;
/// Widest words of a card.
const CARD_MEASURE: u16 = 66;

/// The glyph of a sign.
pub fn glyph(sign: Sign, theme: &Theme) -> &'static str {
    let glyphs = theme.glyphs();
    match sign {
        Sign::Same => glyphs.same,
        Sign::Vaguer => glyphs.vaguer,
        Sign::Differs => glyphs.differs,
        Sign::Only => glyphs.only,
        Sign::NotFound => glyphs.absent,
        Sign::Unclear => glyphs.unclear,
        Sign::None => " ",
    }
}

/// The looks of a sign and its words.
pub fn style(sign: Sign, theme: &Theme) -> Style {
    theme.style(match sign {
        Sign::Same => Role::Agree,
        Sign::Vaguer => Role::Vaguer,
        Sign::Differs => Role::Differ,
        Sign::Only => Role::OnlyHere,
        Sign::NotFound => Role::Muted,
        Sign::Unclear => Role::Unclear,
        Sign::None => Role::Text,
    })
}

/// The name over a row's evidence, with what sets the reports apart.
pub fn head(row: &SheetRow, width: u16, app: &App, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = vec![Line::styled(clip(&row.title, usize::from(width)), theme.style(Role::Title))];
    for note in row.notes.iter().take(3) {
        let kind = words::difference(note.kind, app.locale);
        let text = format!("{} {kind}: {}", glyph(note.sign, theme), note.words);
        lines.push(Line::styled(clip(&text, usize::from(width)), style(note.sign, theme)));
    }
    lines
}

/// The outlets in which nothing was found, in one line; `None` where there are none.
pub fn absent(row: &SheetRow, app: &App, width: u16, theme: &Theme) -> Option<Line<'static>> {
    let columns_shown = app.comparing.columns();
    let names = |wanted: AbsenceState| {
        let of = row.absent.iter().filter(|(i, s)| *s == wanted && columns_shown.contains(i));
        let names: Vec<String> =
            of.filter_map(|(i, _)| Some(outlet(&app.comparing.articles().get(*i)?.article.draft))).collect();
        names.join(", ")
    };
    let mut parts = Vec::new();
    for (state, sign, said) in [
        (AbsenceState::NotFound, Sign::NotFound, Word::NotFoundAt),
        (AbsenceState::Unclear, Sign::Unclear, Word::UnclearAt),
    ] {
        let names = names(state);
        if !names.is_empty() {
            parts.push(format!("{} {} {names}", glyph(sign, theme), word(said, app.locale)));
        }
    }
    if parts.is_empty() {
        return None;
    }
    Some(Line::styled(clip(&parts.join("   "), usize::from(width)), theme.style(Role::Muted)))
}

/// The words of one outlet, `width` columns wide.
pub fn words(
    evidence: &Evidence,
    article: &ComparedArticle,
    width: u16,
    theme: &Theme,
) -> Vec<Line<'static>> {
    let draft = &article.article.draft;
    let mut lines = Vec::new();
    let mut before: Option<crate::model::Span> = None;
    for sentence in &evidence.sentences {
        // Sentences that do not follow each other are parted by a line with an ellipsis.
        if before.is_some_and(|b| sentence.start() > b.end() + 3) {
            lines.push(Line::styled(theme.glyphs().ellipsis, theme.style(Role::Muted)));
        }
        before = Some(*sentence);
        let text = sentence.of(&draft.text);
        for line in wrap(text, Options { width, language: draft.language }) {
            let range = sentence.start() + line.range.start..sentence.start() + line.range.end;
            let shown = text.get(line.range).unwrap_or_default();
            let mut pieces =
                lit(shown, &range, &evidence.strong, theme.style(Role::Text), |sign| style(sign, theme));
            if line.hyphen {
                pieces.push(Piece::styled("-", theme.style(Role::Text)));
            }
            lines.push(Line::from(pieces));
        }
    }
    lines
}

/// Where the words of an outlet stand: paragraph and sentence.
fn place(evidence: &Evidence, locale: Locale) -> String {
    match (evidence.place, locale) {
        (Some((paragraph, sentence)), Locale::German) => format!("Abs. {paragraph}, Satz {sentence}"),
        (Some((paragraph, sentence)), Locale::English) => format!("par. {paragraph}, sent. {sentence}"),
        (None, _) => String::new(),
    }
}

/// A row as outlets side by side, as many as `side` at once, `width` columns in all.
pub fn beside(row: &SheetRow, app: &App, width: u16, side: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = head(row, width, app, theme);
    if let Some(absent) = absent(row, app, width, theme) {
        lines.push(absent);
    }
    lines.push(Line::default());
    let shown = app.comparing.columns();
    let selected = shown.get(app.comparing.column().0).copied();
    let evidence: Vec<&Evidence> = row.evidence.iter().filter(|e| shown.contains(&e.article)).collect();
    let side = side.clamp(1, evidence.len().max(1));
    let column = (width.saturating_sub(3 * u16::try_from(side - 1).unwrap_or(0)))
        / u16::try_from(side).unwrap_or(1).max(1);
    for group in evidence.chunks(side) {
        let blocks: Vec<Vec<Line<'static>>> =
            group.iter().map(|e| block(e, app, column, selected == Some(e.article), theme)).collect();
        lines.extend(merged(&blocks, column, theme));
        lines.push(Line::default());
    }
    lines
}

/// One outlet's column: sign, name and place, then its words.
fn block(evidence: &Evidence, app: &App, width: u16, selected: bool, theme: &Theme) -> Vec<Line<'static>> {
    let Some(article) = app.comparing.articles().get(evidence.article) else { return Vec::new() };
    let name = if selected { theme.style(Role::Accent).bold() } else { theme.style(Role::Title) };
    let mut lines = vec![Line::from(vec![
        Piece::styled(format!("{} ", glyph(evidence.sign, theme)), style(evidence.sign, theme)),
        Piece::styled(outlet(&article.article.draft), name),
        Piece::styled(format!("  {}", place(evidence, app.locale)), theme.style(Role::Muted)),
    ])];
    for line in words(evidence, article, width.saturating_sub(2).max(1), theme) {
        let mut pieces = vec![Piece::raw("  ")];
        pieces.extend(line.spans);
        lines.push(Line::from(pieces).style(line.style));
    }
    lines
}

/// Blocks side by side, with a bar between.
fn merged(blocks: &[Vec<Line<'static>>], width: u16, theme: &Theme) -> Vec<Line<'static>> {
    let height = blocks.iter().map(Vec::len).max().unwrap_or(0);
    let last = blocks.len().saturating_sub(1);
    (0..height)
        .map(|y| {
            let mut pieces = Vec::new();
            for (index, block) in blocks.iter().enumerate() {
                let line = block.get(y).cloned().unwrap_or_default();
                let base = line.style;
                pieces.extend(
                    fitted(line, width)
                        .spans
                        .into_iter()
                        .map(|p| Piece::styled(p.content, base.patch(p.style))),
                );
                if index < last {
                    pieces.push(Piece::styled(format!(" {} ", theme.glyphs().bar), theme.style(Role::Rule)));
                }
            }
            Line::from(pieces)
        })
        .collect()
}

/// A row as a card: outlets below each other, names in a gutter.
pub fn card(row: &SheetRow, app: &App, width: u16, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = head(row, width, app, theme);
    lines.push(Line::default());
    let gutter = if width >= 50 { GUTTER } else { 2 };
    let measure = width.saturating_sub(gutter + 1).clamp(1, CARD_MEASURE);
    let shown = app.comparing.columns();
    let selected = shown.get(app.comparing.column().0).copied();
    for evidence in row.evidence.iter().filter(|e| shown.contains(&e.article)) {
        let Some(article) = app.comparing.articles().get(evidence.article) else { continue };
        let name = outlet(&article.article.draft);
        let date = date_short(article.article.draft.published, app.locale);
        let name_style = if selected == Some(evidence.article) {
            theme.style(Role::Accent).bold()
        } else {
            theme.style(Role::Title)
        };
        let sign = Piece::styled(format!("{} ", glyph(evidence.sign, theme)), style(evidence.sign, theme));
        let mut words = words(evidence, article, measure, theme);
        if gutter == GUTTER {
            // The date stands below the name, beside the second line.
            while words.len() < 2 {
                words.push(Line::default());
            }
            for (index, line) in words.into_iter().enumerate() {
                let left = match index {
                    0 => Line::from(vec![
                        sign.clone(),
                        Piece::styled(clip(&name, usize::from(GUTTER - 3)), name_style),
                    ]),
                    1 => Line::styled(format!("  {date}"), theme.style(Role::Muted)),
                    _ => Line::default(),
                };
                let base = left.style;
                let mut pieces: Vec<Piece<'static>> = fitted(left, GUTTER)
                    .spans
                    .into_iter()
                    .map(|p| Piece::styled(p.content, base.patch(p.style)))
                    .collect();
                let own = line.style;
                pieces.extend(line.spans.into_iter().map(|p| Piece::styled(p.content, own.patch(p.style))));
                lines.push(Line::from(pieces));
            }
        } else {
            lines.push(Line::from(vec![
                sign,
                Piece::styled(name, name_style),
                Piece::styled(format!("  {date}"), theme.style(Role::Muted)),
            ]));
            for line in words {
                let own = line.style;
                let mut pieces = vec![Piece::raw("  ")];
                pieces.extend(line.spans.into_iter().map(|p| Piece::styled(p.content, own.patch(p.style))));
                lines.push(Line::from(pieces));
            }
        }
        lines.push(Line::default());
    }
    lines.extend(absent(row, app, width, theme));
    lines
}

/// The words of one outlet's cell in the fixed columns of a wide screen.
pub fn cell(row: &SheetRow, article: usize, app: &App, width: u16, theme: &Theme) -> Vec<Line<'static>> {
    let Some(evidence) = row.evidence.iter().find(|e| e.article == article) else {
        let sign = row.cells.get(article).map_or(Sign::None, |c| c.sign);
        return vec![Line::styled(glyph(sign, theme), style(sign, theme))];
    };
    let Some(compared) = app.comparing.articles().get(article) else { return Vec::new() };
    let mark = glyph(evidence.sign, theme);
    let mut lines = Vec::new();
    for (index, line) in
        words(evidence, compared, width.saturating_sub(2).max(1), theme).into_iter().enumerate()
    {
        let lead = if index == 0 { mark } else { " " };
        let mut pieces = vec![Piece::styled(format!("{lead:<2}"), style(evidence.sign, theme))];
        let own = line.style;
        pieces.extend(line.spans.into_iter().map(|p| Piece::styled(p.content, own.patch(p.style))));
        lines.push(Line::from(pieces));
    }
    lines
}

/// Outlets that fit beside each other in `width` columns.
pub fn side(width: u16) -> usize {
    usize::from(width / 36).clamp(1, 4)
}

/// Columns that the text of a date takes with its outlet in a column head.
pub fn head_of(article: &ComparedArticle, locale: Locale, width: u16) -> (String, String) {
    let draft = &article.article.draft;
    let name = clip(&outlet(draft), usize::from(width));
    let room = width.saturating_sub(columns(&name) + 1);
    let date = date_short(draft.published, locale);
    let date = if columns(&date) <= room { date } else { String::new() };
    (name, date)
}
