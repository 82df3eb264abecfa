//! The side panel: who, where, which organisations, dates and numbers of the article being read.

use super::edit::EditLine;
use crate::model::{Analysis, Article, Coverage, EntityKind, FigureValue, Note};
use crate::search::fuzzy;

/// Headings of the panel, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// People.
    People,
    /// Places.
    Places,
    /// Organisations.
    Organisations,
    /// Events and other names.
    Others,
    /// Dates and numbers.
    Figures,
    /// The reader's notes.
    Notes,
}

impl Section {
    fn of(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Person => Self::People,
            EntityKind::Place => Self::Places,
            EntityKind::Organisation => Self::Organisations,
            EntityKind::Event | EntityKind::Other => Self::Others,
        }
    }
}

/// A row of the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PanelRow {
    /// A blank row.
    Blank,
    /// A heading.
    Heading(Section),
    /// An entity, as index into [`Panel::coverage`].
    Entity(usize),
    /// A date or number, as index into the analysis' figures.
    Figure(usize),
    /// A note, as index into the article's notes.
    Note(usize),
}

impl PanelRow {
    fn can_be_selected(self) -> bool {
        matches!(self, Self::Entity(_) | Self::Figure(_) | Self::Note(_))
    }
}

/// The panel and where one is in it.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    /// Letters that narrow it.
    pub filter: EditLine,
    /// The filter is being typed.
    pub filtering: bool,
    coverage: Vec<Coverage>,
    figures: Vec<(usize, String)>,
    notes: Vec<String>,
    rows: Vec<PanelRow>,
    selected: usize,
    offset: usize,
    height: u16,
}

impl Panel {
    /// Entities with the articles that mention them.
    #[must_use]
    pub fn coverage(&self) -> &[Coverage] {
        &self.coverage
    }

    /// All rows.
    #[must_use]
    pub fn rows(&self) -> &[PanelRow] {
        &self.rows
    }

    /// Index of the selected row.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// First row on the screen.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// The selected row, where one can be.
    #[must_use]
    pub fn selected_row(&self) -> Option<PanelRow> {
        self.rows.get(self.selected).copied().filter(|r| r.can_be_selected())
    }

    /// The selected entity.
    #[must_use]
    pub fn selected_entity(&self) -> Option<&Coverage> {
        match self.selected_row()? {
            PanelRow::Entity(index) => self.coverage.get(index),
            _ => None,
        }
    }

    /// Takes what stands beside an article; with `is_same`, one stays where one is.
    pub fn replace(
        &mut self,
        coverage: Vec<Coverage>,
        analysis: &Analysis,
        article: &Article,
        is_same: bool,
    ) {
        self.coverage = coverage;
        self.figures = figures(analysis, &article.draft.text);
        let shown = |note: &Note| if note.text.is_empty() { note.words.clone() } else { note.text.clone() };
        self.notes = article.notes.iter().map(shown).collect();
        if !is_same {
            self.filter.clear();
            self.filtering = false;
            self.selected = 0;
        }
        self.arrange();
    }

    /// Shows nothing.
    pub fn clear(&mut self) {
        *self = Self { height: self.height, ..Self::default() };
    }

    /// What the row of a note says.
    #[must_use]
    pub fn note(&self, index: usize) -> &str {
        self.notes.get(index).map_or("", String::as_str)
    }

    /// Builds the rows anew for what is typed into the filter.
    pub fn arrange(&mut self) {
        let fits = |name: &str| {
            let typed = self.filter.text().trim();
            typed.is_empty() || !fuzzy::pick(typed, &[name], 1).is_empty()
        };
        let mut rows = Vec::new();
        for section in [
            Section::People,
            Section::Places,
            Section::Organisations,
            Section::Others,
            Section::Figures,
            Section::Notes,
        ] {
            let members: Vec<PanelRow> = if section == Section::Figures {
                let shown = self.figures.iter().filter(|(_, words)| fits(words));
                shown.map(|(index, _)| PanelRow::Figure(*index)).collect()
            } else if section == Section::Notes {
                let shown = self.notes.iter().enumerate().filter(|(_, words)| fits(words));
                shown.map(|(index, _)| PanelRow::Note(index)).collect()
            } else {
                let listed = self.coverage.iter().enumerate();
                let of_section = listed.filter(|(_, c)| Section::of(c.entity.kind) == section);
                of_section
                    .filter(|(_, c)| fits(&c.entity.canonical))
                    .map(|(i, _)| PanelRow::Entity(i))
                    .collect()
            };
            if members.is_empty() {
                continue;
            }
            if !rows.is_empty() {
                rows.push(PanelRow::Blank);
            }
            rows.push(PanelRow::Heading(section));
            rows.extend(members);
        }
        self.rows = rows;
        self.select(self.selected);
    }

    /// Takes the pane's height.
    pub fn set_height(&mut self, height: u16) {
        self.height = height;
        self.keep_visible();
    }

    /// Moves the selection by `steps` rows that can be selected.
    pub fn step(&mut self, steps: isize) {
        for _ in 0..steps.unsigned_abs() {
            let mut at = self.selected;
            let next = loop {
                let moved = if steps > 0 { at.checked_add(1) } else { at.checked_sub(1) };
                let Some(moved) = moved.filter(|m| *m < self.rows.len()) else { break None };
                at = moved;
                if self.rows[at].can_be_selected() {
                    break Some(at);
                }
            };
            let Some(next) = next else { break };
            self.selected = next;
        }
        self.keep_visible();
    }

    /// Selects the row at `index`, else the nearest below, else above it.
    pub fn select(&mut self, index: usize) {
        let below = (index..self.rows.len()).find(|i| self.rows[*i].can_be_selected());
        let above = || (0..index.min(self.rows.len())).rev().find(|i| self.rows[*i].can_be_selected());
        self.selected = below.or_else(above).unwrap_or(0);
        self.keep_visible();
    }

    fn keep_visible(&mut self) {
        let height = usize::from(self.height.max(1));
        // The heading above the first entity stays on the screen with it.
        let top = if self.selected <= 1 { 0 } else { self.selected };
        self.offset = self.offset.min(top).max((self.selected + 1).saturating_sub(height));
        self.offset = self.offset.min(self.rows.len().saturating_sub(height));
    }
}

/// Figures worth a row: those that count something and dates with a day or month, no repeats.
fn figures(analysis: &Analysis, text: &str) -> Vec<(usize, String)> {
    let mut seen = std::collections::HashSet::new();
    let mut found = Vec::new();
    for (index, figure) in analysis.figures.iter().enumerate() {
        let counts = match &figure.value {
            FigureValue::Date { .. } => true,
            FigureValue::Number { counted, .. } => counted.is_some(),
        };
        let words = figure.span.of(text).to_owned();
        if counts && seen.insert(crate::text::fold::fold(&words)) {
            found.push((index, words));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EntityCount;

    fn article() -> Article {
        let draft = crate::model::Draft::default();
        let state = crate::model::ReadState::default();
        let id = crate::model::ArticleId(1);
        let version = crate::model::Version::default();
        let (tags, notes, corrected) = (Vec::new(), Vec::new(), Vec::new());
        Article { id, draft, state, story: None, tags, notes, corrected, version }
    }

    fn panel(names: &[(&str, EntityKind)]) -> Panel {
        let mut panel = Panel::default();
        let coverage = names
            .iter()
            .map(|(name, kind)| Coverage {
                entity: EntityCount { canonical: (*name).to_owned(), kind: *kind, mentions: 1 },
                mentioned: vec![true],
            })
            .collect();
        panel.set_height(10);
        panel.replace(coverage, &Analysis::default(), &article(), false);
        panel
    }

    #[test]
    fn headings_are_never_selected() {
        let mut panel = panel(&[("Anna", EntityKind::Person), ("Rom", EntityKind::Place)]);
        assert_eq!(panel.selected_entity().map(|c| c.entity.canonical.as_str()), Some("Anna"));
        panel.step(1);
        assert_eq!(panel.selected_entity().map(|c| c.entity.canonical.as_str()), Some("Rom"));
        panel.step(5);
        assert_eq!(panel.selected_row(), Some(PanelRow::Entity(1)));
    }

    #[test]
    fn the_filter_keeps_what_fits() {
        let mut panel = panel(&[("Anna", EntityKind::Person), ("Rom", EntityKind::Place)]);
        panel.filter.insert("ro");
        panel.arrange();
        assert_eq!(panel.rows().len(), 2);
        assert_eq!(panel.selected_entity().map(|c| c.entity.canonical.as_str()), Some("Rom"));
    }
}
