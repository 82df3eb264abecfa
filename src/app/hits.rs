//! What a search found: the articles in order, and in detail only those around the selection.

use std::collections::{HashMap, HashSet};

use super::viewport::Area;
use crate::model::{ArticleId, ArticleRow, Hit};

/// Hits that are asked for at first.
const FIRST_HITS: usize = 200;
/// Hits kept in detail before those far from the screen are dropped.
const KEPT: usize = 300;

/// Rows that a hit takes in the list.
pub const HIT_ROWS: u16 = 4;

/// The hits and where one is among them.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    ids: Vec<ArticleId>,
    /// All articles found, those whose numbers did not come yet too.
    total: usize,
    /// Rows around the screen, with the passages once they came.
    near: HashMap<ArticleId, (Hit, ArticleRow)>,
    /// Articles whose passages came or are to come: some have none, and are not asked for again.
    lit: HashSet<ArticleId>,
    /// Those of them that are to come.
    awaited: Vec<ArticleId>,
    /// Hits asked for.
    most: usize,
    /// Hits asked for when the answer that is here came; 0 where a part of it is to come.
    answered_most: usize,
    /// The end was asked for before it was known.
    wants_end: bool,
    selected: usize,
    offset: usize,
    area: Area,
}

impl Hits {
    /// Articles found, in order; the first of them only where more were found than asked for.
    #[must_use]
    pub fn ids(&self) -> &[ArticleId] {
        &self.ids
    }

    /// How many were found.
    #[must_use]
    pub fn len(&self) -> usize {
        // Fewer than were asked for: there are no more, whatever the count says.
        if self.ids.len() < self.answered_most { self.ids.len() } else { self.total.max(self.ids.len()) }
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Index of the selected hit.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The selected article.
    #[must_use]
    pub fn selected_id(&self) -> Option<ArticleId> {
        self.ids.get(self.selected).copied()
    }

    /// The selected hit with its row, where they are here.
    #[must_use]
    pub fn selected_hit(&self) -> Option<(&Hit, &ArticleRow)> {
        self.hit(self.selected)
    }

    /// A hit with its row, where they are here.
    #[must_use]
    pub fn hit(&self, index: usize) -> Option<(&Hit, &ArticleRow)> {
        self.near.get(self.ids.get(index)?).map(|(hit, row)| (hit, row))
    }

    /// The row of an article, where it is here.
    #[must_use]
    pub fn row(&self, id: ArticleId) -> Option<&ArticleRow> {
        self.near.get(&id).map(|(_, row)| row)
    }

    /// How many are held in detail.
    #[must_use]
    pub fn held(&self) -> usize {
        self.near.len()
    }

    /// Changes a row in place, where it is here.
    pub fn change(&mut self, id: ArticleId, change: impl FnOnce(&mut ArticleRow)) {
        if let Some((_, row)) = self.near.get_mut(&id) {
            change(row);
        }
    }

    /// Finds nothing.
    pub fn clear(&mut self) {
        *self = Self { area: self.area, most: self.most, ..Self::default() };
    }

    /// Hits to ask for when a query is new.
    pub fn begin(&mut self) -> usize {
        self.most = FIRST_HITS;
        self.wants_end = false;
        self.most
    }

    /// Hits to ask for where the selection is within two pages of the last and more were found; twice
    /// as many each time, so that walking all of them costs no more than a few answers.
    pub fn wants_more(&mut self) -> Option<usize> {
        let is_near = self.selected + 2 * self.page() >= self.ids.len();
        if self.most == 0 || !is_near || self.ids.len() < self.most || self.ids.len() >= self.total {
            return None;
        }
        self.most = if self.wants_end { self.total.max(self.most) } else { self.most * 2 };
        Some(self.most)
    }

    /// Takes the articles of an answer, or of a part of it, and the first in detail. What is selected stays
    /// so where `keeps` says that the question is the same; what came in detail before is then not asked for
    /// again.
    pub fn take(&mut self, ids: Vec<ArticleId>, total: usize, near: Vec<(Hit, ArticleRow)>, keeps: Keeps) {
        let before = self.selected_id().filter(|_| keeps != Keeps::Nothing && self.selected > 0);
        self.ids = ids;
        self.total = total;
        if keeps != Keeps::All {
            self.near.clear();
            self.lit.clear();
            self.awaited.clear();
            self.answered_most = 0;
        }
        if keeps == Keeps::Nothing {
            self.offset = 0;
        }
        for (hit, row) in near {
            if is_lit(&hit) {
                self.lit.insert(hit.id);
            }
            self.near.entry(hit.id).or_insert((hit, row));
        }
        let wants_end = self.wants_end;
        self.select_id(before);
        self.wants_end = wants_end;
    }

    /// The answer is here as a whole: goes to its end where that was asked for.
    pub fn complete(&mut self) {
        self.answered_most = self.most;
        if self.wants_end {
            self.select(usize::MAX);
        }
    }

    /// Selects an article, or the first where it is not among the hits.
    pub fn select_id(&mut self, id: Option<ArticleId>) {
        let at = id.and_then(|id| self.ids.iter().position(|i| *i == id));
        self.select(at.unwrap_or(0));
    }

    /// Hits to be told in detail, on the screen and a page around it, each once; empty where what is
    /// on the screen is here.
    pub fn take_unlit(&mut self) -> Vec<ArticleId> {
        let (first, page) = (self.offset, self.page() + 1);
        let is_unlit = |index: &usize| self.ids.get(*index).is_some_and(|id| !self.lit.contains(id));
        if !(first..first + page).any(|index| is_unlit(&index)) {
            return Vec::new();
        }
        let around = first.saturating_sub(page)..first + 2 * page;
        let chosen = around.filter(is_unlit);
        let ids: Vec<ArticleId> = chosen.filter_map(|index| self.ids.get(index).copied()).collect();
        self.lit.extend(&ids);
        self.awaited.clone_from(&ids);
        ids
    }

    /// Takes hits in detail; those far from the screen go where there are many.
    pub fn light(&mut self, lit: Vec<Hit>, rows: Vec<ArticleRow>) {
        self.awaited.clear();
        let mut rows: HashMap<ArticleId, ArticleRow> = rows.into_iter().map(|r| (r.id, r)).collect();
        for hit in lit {
            let known = self.near.remove(&hit.id);
            let score = known.as_ref().map_or(hit.score, |(known, _)| known.score);
            if let Some(row) = rows.remove(&hit.id).or(known.map(|(_, row)| row)) {
                self.near.insert(hit.id, (Hit { score, ..hit }, row));
            }
        }
        if self.near.len() > KEPT {
            let page = self.page();
            let around = self.offset.saturating_sub(4 * page)..self.offset + 5 * page;
            let keep: HashSet<ArticleId> = around.filter_map(|index| self.ids.get(index).copied()).collect();
            self.near.retain(|id, _| keep.contains(id));
            self.lit.retain(|id| keep.contains(id));
        }
    }

    /// Whether the selected hit's passages came, or there are none.
    #[must_use]
    pub fn is_lit(&self) -> bool {
        self.selected_id().is_some_and(|id| self.lit.contains(&id) && !self.awaited.contains(&id))
    }

    /// Takes the place of the hits on the screen.
    pub fn set_area(&mut self, area: Area) {
        self.area = area;
        self.keep_visible();
    }

    /// Hits on the screen with their first row.
    #[must_use]
    pub fn visible(&self) -> Vec<(usize, u16)> {
        let count = usize::from(self.area.height.div_ceil(HIT_ROWS));
        (self.offset..self.ids.len())
            .take(count)
            .zip(0u16..)
            .map(|(index, n)| (index, n * HIT_ROWS))
            .collect()
    }

    /// Hits that a page holds.
    #[must_use]
    pub fn page(&self) -> usize {
        usize::from(self.area.height / HIT_ROWS).max(1)
    }

    /// Moves the selection.
    pub fn step(&mut self, steps: isize) {
        self.select(self.selected.saturating_add_signed(steps));
    }

    /// Selects a hit, or the last where there are fewer.
    pub fn select(&mut self, index: usize) {
        self.wants_end = index == usize::MAX && self.ids.len() < self.len();
        self.selected = index.min(self.ids.len().saturating_sub(1));
        self.keep_visible();
    }

    fn keep_visible(&mut self) {
        self.offset = self.offset.min(self.selected).max((self.selected + 1).saturating_sub(self.page()));
    }
}

/// What stays of an answer when the next one comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeps {
    /// Nothing: it is another question.
    Nothing,
    /// The selection: the same question, asked anew.
    Place,
    /// Everything: more of the same answer.
    All,
}

/// Whether a hit came with what shows it.
fn is_lit(hit: &Hit) -> bool {
    !(hit.snippets.is_empty() && hit.title_matches.is_empty() && hit.matches.is_empty())
}

#[cfg(test)]
#[path = "hits_tests.rs"]
mod tests;
