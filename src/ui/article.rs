//! The reading pane.

use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span as Piece};

use super::cells::{bar, lit, put, put_line};
use super::theme::{Role, Theme};
use crate::app::layout::{BlockKind, NOTE_INDENT, Row};
use crate::app::reader::{Light, Reader};
use crate::app::viewport::Area;
use crate::app::words::{Word, word};
use crate::model::{Locale, ParagraphKind};

/// One article, scrolled to a row.
pub struct ArticlePane<'a> {
    /// The article and where one is in it.
    pub reader: &'a Reader,
    /// Columns of a line.
    pub measure: u16,
    /// What to say where there is no article.
    pub empty: Word,
    /// Language of the interface.
    pub locale: Locale,
    /// Looks.
    pub theme: &'a Theme,
}

impl ArticlePane<'_> {
    /// Draws it; the cell of the current match, else of the first line.
    pub fn draw(&self, area: Area, buffer: &mut Buffer) -> Option<(u16, u16)> {
        let Some(article) = self.reader.article() else {
            let style = self.theme.style(Role::Muted);
            super::paragraph(word(self.empty, self.locale), super::inset(area), style, buffer);
            return None;
        };
        let text = &article.draft.text;
        let x = area.x + (area.width.saturating_sub(self.measure)) / 2;
        let lights = self.reader.lights();
        let mut cursor = Some((x, area.y));
        let mut at = Some(self.reader.top());
        for y in area.y..area.y + area.height {
            let Some(row) = at else { break };
            if let Some(line) = self.reader.layout().line(row, text) {
                let base = self.style_of(line.kind);
                let note = self.theme.style(Role::Noted).remove_modifier(Modifier::UNDERLINED);
                if line.kind == BlockKind::Note {
                    put(buffer, x, y, 1, self.theme.glyphs().note, note);
                    put(
                        buffer,
                        x + NOTE_INDENT,
                        y,
                        self.measure.saturating_sub(NOTE_INDENT),
                        line.words,
                        base,
                    );
                    at = self.reader.layout().next(row, text);
                    continue;
                }
                let is_noted = |l: &(crate::model::Span, Light)| {
                    let touches = |r: &std::ops::Range<usize>| l.0.start() < r.end && r.start < l.0.end();
                    l.1 == Light::Noted && line.range.as_ref().is_some_and(touches)
                };
                if x > area.x && lights.iter().any(is_noted) {
                    put(buffer, x - (x - area.x).min(2), y, 1, self.theme.glyphs().note, note);
                }
                let mut pieces = match &line.range {
                    Some(range) => lit(line.words, range, &lights, base, |l| self.light(l)),
                    None => vec![Piece::styled(line.words.to_owned(), base)],
                };
                if line.hyphen {
                    pieces.push(Piece::styled("-", base));
                }
                put_line(buffer, x, y, self.measure, &Line::from(pieces));
                let current = |l: &&(crate::model::Span, Light)| l.1 == Light::Current;
                if let (Some(range), Some((span, _))) = (&line.range, lights.iter().find(current))
                    && range.contains(&span.start())
                {
                    cursor = Some((x, y));
                }
            }
            at = self.reader.layout().next(row, text);
        }
        cursor
    }

    /// A bar at the right edge that shows which part of the text is on the screen.
    pub fn draw_scroll_mark(&self, area: Area, buffer: &mut Buffer) {
        let text = self.reader.article().map_or("", |a| a.draft.text.as_str());
        let whole = self.reader.top() == Row::default() && self.reader.at_end();
        if whole || text.is_empty() || area.width < 3 || area.height < 3 {
            return;
        }
        let layout = self.reader.layout();
        let last = layout.moved(self.reader.top(), self.reader.page(), text);
        let share = |row| layout.place_of(row, text) * usize::from(area.height) / text.len();
        let top = u16::try_from(share(self.reader.top())).unwrap_or(0).min(area.height - 1);
        let end = if self.reader.at_end() { area.height } else { u16::try_from(share(last)).unwrap_or(0) };
        let height = end.saturating_sub(top).clamp(1, area.height - top);
        let style = self.theme.style(Role::Rule);
        // On the rule that parts the panes, where there is one.
        bar(buffer, area.x + area.width, area.y + top, height, self.thumb(), style);
        if area.x + area.width >= buffer.area.right() {
            bar(buffer, area.x + area.width - 1, area.y + top, height, self.thumb(), style);
        }
    }

    fn thumb(&self) -> &'static str {
        if self.theme.is_ascii() { "#" } else { "┃" }
    }

    fn style_of(&self, kind: BlockKind) -> Style {
        match kind {
            BlockKind::Title { derived: false } => self.theme.style(Role::Title),
            BlockKind::Title { derived: true } => self.theme.style(Role::Title).italic(),
            BlockKind::Meta => self.theme.style(Role::Muted),
            BlockKind::Note => self.theme.style(Role::Text).italic(),
            BlockKind::Paragraph(kind) => match kind {
                ParagraphKind::Heading => self.theme.style(Role::Heading),
                ParagraphKind::Kicker
                | ParagraphKind::Caption
                | ParagraphKind::Credit
                | ParagraphKind::Tail => self.theme.style(Role::Muted),
                ParagraphKind::Title => self.theme.style(Role::Title),
                ParagraphKind::Lead | ParagraphKind::Body => self.theme.style(Role::Text),
            },
        }
    }

    fn light(&self, light: Light) -> Style {
        match light {
            Light::Noted => self.theme.style(Role::Noted),
            Light::Chosen => self.theme.style(Role::Selection),
            Light::Entity | Light::Evidence => self.theme.style(Role::Lit),
            Light::Removed => self.theme.style(Role::Differ).crossed_out(),
            Light::Added => self.theme.style(Role::OnlyHere).bold(),
            Light::Match => self.theme.style(Role::Match),
            Light::Current => self.theme.style(Role::Match).reversed(),
        }
    }
}

/// Draws the mark of a pane's left edge.
pub fn edge(buffer: &mut Buffer, x: u16, area: Area, theme: &Theme) {
    bar(buffer, x, area.y, area.height, theme.glyphs().bar, theme.style(Role::Rule));
    put(buffer, x, area.y, 1, theme.glyphs().bar, theme.style(Role::Rule));
}
