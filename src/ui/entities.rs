//! The side panel of people, places, organisations, dates and numbers.

use ratatui::buffer::Buffer;

use super::cells::{columns, put, rect};
use super::theme::{Role, Theme};
use crate::app::panel::{Panel, PanelRow, Section};
use crate::app::reader::Reader;
use crate::app::show::clip;
use crate::app::viewport::Area;
use crate::app::words::{self, Counted, Word, word};
use crate::model::{Coverage, EntityKind, Locale};

/// Articles that a coverage strip shows at most.
const STRIP: usize = 8;

/// The panel with one row selected.
pub struct EntityPanel<'a> {
    /// What it shows.
    pub panel: &'a Panel,
    /// The article that it is about.
    pub reader: &'a Reader,
    /// Whether it has the focus.
    pub focused: bool,
    /// Language of the interface.
    pub locale: Locale,
    /// Looks.
    pub theme: &'a Theme,
}

impl EntityPanel<'_> {
    /// Draws it; the cell of the selected row.
    pub fn draw(&self, area: Area, buffer: &mut Buffer) -> Option<(u16, u16)> {
        if self.panel.rows().is_empty() {
            let said = if self.panel.filter.text().is_empty() { Word::NoEntities } else { Word::NothingFits };
            let style = self.theme.style(Role::Muted);
            super::paragraph(word(said, self.locale), super::inset(area), style, buffer);
            return None;
        }
        let mut cursor = None;
        let rows = self.panel.rows().iter().enumerate().skip(self.panel.offset());
        for ((index, row), y) in rows.zip(area.y..area.y + area.height) {
            let line = Area { y, height: 1, ..area };
            let selected = index == self.panel.selected();
            if selected && self.focused {
                buffer.set_style(rect(line, buffer), self.theme.style(Role::Selection));
                put(buffer, area.x, y, 1, self.theme.glyphs().focus, self.theme.style(Role::Accent));
                cursor = Some((area.x, y));
            }
            self.draw_row(*row, line, buffer);
        }
        cursor
    }

    fn draw_row(&self, row: PanelRow, area: Area, buffer: &mut Buffer) {
        let (x, width) = (area.x + 2, area.width.saturating_sub(3));
        match row {
            PanelRow::Blank => {}
            PanelRow::Heading(section) => {
                put(buffer, x, area.y, width, self.heading(section), self.theme.style(Role::Muted));
            }
            PanelRow::Entity(index) => {
                if let Some(coverage) = self.panel.coverage().get(index) {
                    self.draw_entity(coverage, Area { x, width, ..area }, buffer);
                }
            }
            PanelRow::Note(index) => {
                let words = clip(self.panel.note(index), usize::from(width));
                put(buffer, x, area.y, width, &words, self.theme.style(Role::Text));
            }
            PanelRow::Figure(index) => {
                let text = self.reader.article().map_or("", |a| a.draft.text.as_str());
                if let Some(figure) = self.reader.analysis().figures.get(index) {
                    let words = clip(figure.span.of(text), usize::from(width));
                    put(buffer, x, area.y, width, &words, self.theme.style(Role::Text));
                }
            }
        }
    }

    fn draw_entity(&self, coverage: &Coverage, area: Area, buffer: &mut Buffer) {
        let glyphs = self.theme.glyphs();
        let shown = coverage.mentioned.iter().take(STRIP);
        let strip: String = shown.map(|m| if *m { glyphs.mentions } else { glyphs.silent }).collect();
        let strip_width = columns(&strip);
        let role = match coverage.entity.kind {
            EntityKind::Person => Role::Person,
            EntityKind::Place => Role::Place,
            EntityKind::Organisation => Role::Organisation,
            EntityKind::Event | EntityKind::Other => Role::Text,
        };
        let mut style = self.theme.style(role);
        let lit = self.reader.lit().and_then(|l| self.reader.analysis().entities.get(l as usize));
        if lit.is_some_and(|e| e.canonical == coverage.entity.canonical && e.kind == coverage.entity.kind) {
            style = style.patch(self.theme.style(Role::Lit));
        }
        let room = area.width.saturating_sub(strip_width + 1);
        let name = clip(&coverage.entity.canonical, usize::from(room));
        put(buffer, area.x, area.y, room, &name, style);
        let right = area.x + area.width;
        let x = right.saturating_sub(strip_width);
        put(buffer, x, area.y, strip_width, &strip, self.theme.style(Role::Muted));
    }

    /// Draws the legend of the strips below the panel.
    pub fn draw_foot(&self, covered: usize, area: Area, buffer: &mut Buffer) {
        if covered < 2 {
            return;
        }
        let glyphs = self.theme.glyphs();
        let reports = words::count(covered, Counted::Outlets, self.locale);
        let legend = format!("{} {} · {reports}", glyphs.mentions, word(Word::MentionedIn, self.locale));
        put(buffer, area.x + 2, area.y, area.width.saturating_sub(2), &legend, self.theme.style(Role::Muted));
    }

    fn heading(&self, section: Section) -> &'static str {
        let said = match section {
            Section::People => Word::People,
            Section::Places => Word::Places,
            Section::Organisations => Word::Organisations,
            Section::Others => Word::Others,
            Section::Figures => Word::Figures,
            Section::Notes => Word::NotesHeading,
        };
        word(said, self.locale)
    }
}
