//! The comparison screen: the sheet, and where one is in it.

use super::effect::ComparedArticle;
use super::sheet::{SheetRow, SheetView, rows};
use crate::model::{Article, ArticleId, Comparison, Locale, Span};

/// The comparison and where one is in it.
#[derive(Clone, Debug, Default)]
pub struct Comparing {
    /// Articles asked for.
    pub asked: Vec<ArticleId>,
    /// Articles about another event are treated like the others.
    pub force: bool,
    /// An answer is awaited.
    pub waiting: bool,
    articles: Vec<ComparedArticle>,
    comparison: Comparison,
    view: SheetView,
    rows: Vec<SheetRow>,
    hidden: Vec<bool>,
    selected: usize,
    column: usize,
    first_column: usize,
    offset: usize,
    scroll: usize,
    height: usize,
    columns_shown: usize,
    evidence_rows: usize,
    evidence_height: usize,
}

impl Comparing {
    /// Takes a comparison.
    pub fn show(&mut self, articles: Vec<ComparedArticle>, comparison: Comparison, locale: Locale) {
        self.waiting = false;
        self.hidden =
            (0..articles.len()).map(|i| comparison.outside.iter().any(|o| o.article as usize == i)).collect();
        self.articles = articles;
        self.comparison = comparison;
        self.column = 0;
        self.first_column = 0;
        self.set_view(SheetView::Facts, locale);
    }

    /// Compared articles, in the order of the comparison's indices.
    #[must_use]
    pub fn articles(&self) -> &[ComparedArticle] {
        &self.articles
    }

    /// Changes what is known of an article, where it is compared.
    pub fn change(&mut self, id: ArticleId, change: impl FnOnce(&mut Article)) {
        if let Some(compared) = self.articles.iter_mut().find(|compared| compared.article.id == id) {
            change(&mut compared.article);
        }
    }

    /// What was found.
    #[must_use]
    pub fn comparison(&self) -> &Comparison {
        &self.comparison
    }

    /// The view shown.
    #[must_use]
    pub fn view(&self) -> SheetView {
        self.view
    }

    /// Shows another view, from its top.
    pub fn set_view(&mut self, view: SheetView, locale: Locale) {
        self.view = view;
        self.rows = rows(view, &self.comparison, &self.articles, locale);
        self.selected = 0;
        self.offset = 0;
        self.scroll = 0;
    }

    /// Rows of the view.
    #[must_use]
    pub fn rows(&self) -> &[SheetRow] {
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

    /// Rows that the outlets' words are scrolled by.
    #[must_use]
    pub fn scroll(&self) -> usize {
        self.scroll
    }

    /// Articles shown as columns, by index.
    #[must_use]
    pub fn columns(&self) -> Vec<usize> {
        (0..self.articles.len()).filter(|i| !self.hidden[*i]).collect()
    }

    /// Articles that are hidden though of the story, by index.
    #[must_use]
    pub fn hidden(&self) -> Vec<usize> {
        let outside = |i: &usize| self.comparison.outside.iter().any(|o| o.article as usize == *i);
        (0..self.articles.len()).filter(|i| self.hidden[*i] && !outside(i)).collect()
    }

    /// Index of the selected column, and of the first one on the screen.
    #[must_use]
    pub fn column(&self) -> (usize, usize) {
        (self.column, self.first_column)
    }

    /// Takes the sizes of the panes.
    pub fn set_size(&mut self, height: u16, columns: usize, evidence_rows: usize, evidence_height: u16) {
        self.height = usize::from(height.max(1));
        self.columns_shown = columns.max(1);
        self.evidence_rows = evidence_rows;
        self.evidence_height = usize::from(evidence_height);
        self.keep_visible();
    }

    /// Moves among the rows.
    pub fn step(&mut self, steps: isize) {
        let selected = self.selected.saturating_add_signed(steps).min(self.rows.len().saturating_sub(1));
        if selected != self.selected {
            self.scroll = 0;
        }
        self.selected = selected;
        self.keep_visible();
    }

    /// Moves among the outlets.
    pub fn step_column(&mut self, steps: isize) {
        self.column = self.column.saturating_add_signed(steps);
        self.keep_visible();
    }

    /// Scrolls the outlets' words; `false` where nothing moved.
    pub fn scroll_evidence(&mut self, rows: isize) -> bool {
        let most = self.evidence_rows.saturating_sub(self.evidence_height);
        let before = self.scroll;
        self.scroll = self.scroll.saturating_add_signed(rows).min(most);
        before != self.scroll
    }

    /// Rows that fit on a page.
    #[must_use]
    pub fn page(&self) -> isize {
        isize::try_from(self.height.saturating_sub(1).max(1)).unwrap_or(1)
    }

    /// Goes to the next or previous row that differs; `false` where there is none.
    pub fn step_difference(&mut self, forward: bool) -> bool {
        let next = if forward {
            (self.selected + 1..self.rows.len()).find(|i| self.rows[*i].differs())
        } else {
            (0..self.selected).rev().find(|i| self.rows[*i].differs())
        };
        let Some(next) = next else { return false };
        self.step(isize::try_from(next).unwrap_or(0) - isize::try_from(self.selected).unwrap_or(0));
        true
    }

    /// Hides the selected outlet, or shows all again where only two are left.
    pub fn toggle_column(&mut self) {
        let columns = self.columns();
        if columns.len() <= 2 {
            let outside = self.comparison.outside.iter().map(|o| o.article as usize).collect::<Vec<_>>();
            for (index, hidden) in self.hidden.iter_mut().enumerate() {
                *hidden = outside.contains(&index);
            }
        } else if let Some(index) = columns.get(self.column) {
            self.hidden[*index] = true;
        }
        self.keep_visible();
    }

    /// The article and the sentences behind the selected cell; the first outlet that has some where
    /// the selected one has none.
    #[must_use]
    pub fn target(&self) -> Option<(ArticleId, Vec<Span>)> {
        let row = self.rows.get(self.selected)?;
        let columns = self.columns();
        let wanted = columns.get(self.column);
        let shown = row.evidence.iter().filter(|e| columns.contains(&e.article));
        let evidence = shown.clone().find(|e| Some(&e.article) == wanted).or_else(|| shown.clone().next())?;
        let spans = if evidence.strong.is_empty() || self.view == SheetView::Facts {
            evidence.sentences.clone()
        } else {
            evidence.strong.iter().map(|(s, _)| *s).collect()
        };
        Some((self.articles.get(evidence.article)?.article.id, spans))
    }

    fn keep_visible(&mut self) {
        let columns = self.columns().len();
        self.column = self.column.min(columns.saturating_sub(1));
        self.first_column = self
            .first_column
            .min(self.column)
            .max((self.column + 1).saturating_sub(self.columns_shown))
            .min(columns.saturating_sub(self.columns_shown));
        self.offset = self.offset.min(self.selected);
        let mut needed = 0;
        for index in (self.offset..=self.selected).rev() {
            needed += self.rows.get(index).map_or(1, |r| row_height(r, self.view));
            if needed > self.height {
                self.offset = (index + 1).min(self.selected);
                break;
            }
        }
        let most = self.evidence_rows.saturating_sub(self.evidence_height);
        self.scroll = self.scroll.min(most);
    }
}

/// Lines that a row takes in the sheet.
#[must_use]
pub fn row_height(row: &SheetRow, view: SheetView) -> usize {
    match view {
        SheetView::Facts | SheetView::Only => 1,
        SheetView::Words | SheetView::Quotes => {
            // A blank line parts rows of several lines.
            row.cells.iter().map(|c| c.values.len()).max().unwrap_or(0).clamp(1, 6) + 1
        }
    }
}
