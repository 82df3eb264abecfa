//! The article list: all ids of a view, and rows around the screen only.
//!
//! Above the articles stand folders: lists of their own, one line each. Both are the list's items;
//! heads between gathered articles belong to the article below them.

use std::collections::{HashMap, HashSet};

use super::edit::EditLine;
use super::effect::{Folder, FolderPlace, Listed};
use super::viewport::Area;
use crate::model::{
    ArticleId, ArticleRow, Filter, Gathering, Language, ListHead, Locale, SavedSearch, Sort, View,
};
use crate::text::wrap::{Options, wrap};

/// Rows fetched around the screen at once.
const WINDOW: usize = 200;
/// Rows kept before those far from the screen are dropped.
const KEPT: usize = 1200;
/// Lines that a title may take.
pub const TITLE_LINES: usize = 2;
/// Columns of a row that do not belong to its title: bar, unread mark, margins.
pub const MARGIN: u16 = 4;

/// Something that can be selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A folder, by index.
    Folder(usize),
    /// An article, by index.
    Article(usize),
}

/// What stays selected when the list changes.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Held {
    Folder(FolderPlace),
    Article(ArticleId),
}

/// The list and where one is in it.
#[derive(Clone, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each says one thing of the list, in any combination")]
pub struct List {
    /// What it shows.
    pub view: View,
    /// Language of the interface.
    pub locale: Locale,
    /// Query that narrows it.
    pub filter: EditLine,
    /// The filter is being typed.
    pub filtering: bool,
    /// Name of the saved search that it shows.
    pub name: Option<String>,
    /// Unread articles in it.
    pub unread: usize,
    /// The first answer has arrived.
    pub loaded: bool,
    /// Articles marked for comparison, in the order marked.
    pub marked: Vec<ArticleId>,
    folders: Vec<Folder>,
    /// Whether the folders stand above what is shown.
    has_folders: bool,
    /// What was selected in the whole list, and its order, while another one is shown.
    origin: Option<(Option<Held>, Sort, Gathering)>,
    ids: Vec<ArticleId>,
    fresh: Vec<bool>,
    heads: Vec<ListHead>,
    total: usize,
    rows: HashMap<ArticleId, ArticleRow>,
    selected: usize,
    /// The end was asked for before it was known.
    wants_end: bool,
    /// What is to be selected again once the whole list is there.
    sought: Option<Held>,
    offset: usize,
    area: Area,
}

impl List {
    /// A list that shows nothing yet.
    #[must_use]
    pub fn new(view: View, locale: Locale) -> Self {
        Self { view, locale, ..Self::default() }
    }

    /// How many articles it shows; known before all their numbers are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.total
    }

    /// Whether it shows none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// Articles, in order; only the first until all are known.
    #[must_use]
    pub fn ids(&self) -> &[ArticleId] {
        &self.ids
    }

    /// Heads between the articles.
    #[must_use]
    pub fn heads(&self) -> &[ListHead] {
        &self.heads
    }

    /// The head that stands above an article.
    #[must_use]
    pub fn head_above(&self, article: usize) -> Option<&ListHead> {
        let first = u32::try_from(article).ok()?;
        self.heads.binary_search_by_key(&first, |h| h.first).ok().and_then(|at| self.heads.get(at))
    }

    /// The folders above the articles, where they stand there.
    #[must_use]
    pub fn folders(&self) -> &[Folder] {
        if self.has_folders { &self.folders } else { &[] }
    }

    /// Saved searches with the articles they find, once those are counted.
    pub fn saved(&self) -> impl Iterator<Item = (&SavedSearch, Option<u32>)> {
        self.folders.iter().filter_map(|folder| match &folder.place {
            FolderPlace::Saved(saved) => Some((saved, folder.count)),
            FolderPlace::View(_) => None,
        })
    }

    /// Index of the selected item, folders first.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The item at an index.
    #[must_use]
    pub fn item(&self, index: usize) -> Option<Item> {
        let folders = self.folders().len();
        match index.checked_sub(folders) {
            None => Some(Item::Folder(index)),
            Some(article) => (article < self.ids.len()).then_some(Item::Article(article)),
        }
    }

    /// Place of the selected article among all.
    #[must_use]
    pub fn position(&self) -> Option<usize> {
        match self.item(self.selected)? {
            Item::Article(index) => Some(index),
            Item::Folder(_) => None,
        }
    }

    /// The selected article.
    #[must_use]
    pub fn selected_id(&self) -> Option<ArticleId> {
        self.position().and_then(|at| self.ids.get(at)).copied()
    }

    /// The selected folder.
    #[must_use]
    pub fn selected_folder(&self) -> Option<&Folder> {
        match self.item(self.selected)? {
            Item::Folder(index) => self.folders().get(index),
            Item::Article(_) => None,
        }
    }

    /// The row of an article, where it is loaded.
    #[must_use]
    pub fn row(&self, id: ArticleId) -> Option<&ArticleRow> {
        self.rows.get(&id)
    }

    /// Takes what the list shows now. What was selected stays selected, and at its height on the
    /// screen, where it is still there; a first answer before the whole one moves nothing.
    pub fn replace(&mut self, listed: Listed, rows: Vec<ArticleRow>) {
        let held = self.sought.take().or_else(|| self.held());
        let before = self.selected;
        let is_complete = listed.is_complete;
        self.rows.clear();
        self.rows.extend(rows.into_iter().map(|r| (r.id, r)));
        self.ids = listed.ids;
        self.fresh = listed.fresh;
        self.heads = listed.heads;
        self.total = listed.total;
        self.unread = listed.unread;
        if let Some(folders) = listed.folders {
            self.folders = folders;
        }
        self.has_folders = self.is_whole() && self.filter.text().trim().is_empty();
        let was_loaded = std::mem::replace(&mut self.loaded, true);
        let kept = held.as_ref().and_then(|held| self.find(held));
        // The first article is what one comes for, not the first folder.
        let first = self.folders().len();
        let selected = kept.unwrap_or_else(|| if was_loaded { before.max(first) } else { first });
        if before != selected {
            self.offset = (self.offset + selected).saturating_sub(before);
        }
        if !was_loaded {
            self.offset = 0;
        }
        if std::mem::take(&mut self.wants_end) {
            self.select(usize::MAX);
        } else {
            self.select(selected);
        }
        if !is_complete && kept.is_none() {
            self.sought = held;
        }
    }

    /// Articles on the screen.
    #[must_use]
    pub fn near(&self) -> Vec<ArticleId> {
        let on_screen = self.visible().into_iter().filter_map(|(index, _)| match self.item(index)? {
            Item::Article(at) => self.ids.get(at).copied(),
            Item::Folder(_) => None,
        });
        on_screen.collect()
    }

    /// Whether it shows all articles of the library, perhaps filtered.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.view.filter == Filter::All && self.name.is_none()
    }

    /// Turns to another list, from its top; `name` is that of a saved search.
    pub fn enter(&mut self, view: View, query: &str, name: Option<String>) {
        if self.is_whole() && self.origin.is_none() {
            self.origin = Some((self.held(), self.view.sort, self.view.gathering));
        }
        self.view = view;
        self.filter = EditLine::new(query);
        self.filtering = false;
        self.name = name;
        self.forget_place();
    }

    /// Turns back to the list of all articles, to what was selected there.
    pub fn leave(&mut self) {
        self.filter.clear();
        self.filtering = false;
        self.name = None;
        self.view.filter = Filter::All;
        self.forget_place();
        if let Some((held, sort, gathering)) = self.origin.take() {
            (self.sought, self.view.sort, self.view.gathering) = (held, sort, gathering);
        }
    }

    /// Begins at the top with the next answer.
    pub fn forget_place(&mut self) {
        self.loaded = false;
        self.has_folders = false;
        self.sought = None;
        self.selected = usize::MAX;
        self.offset = 0;
        self.ids.clear();
        self.fresh.clear();
        self.heads.clear();
        self.total = 0;
    }

    /// Takes folders that have changed.
    pub fn set_folders(&mut self, folders: Vec<Folder>) {
        let held = self.held();
        let before = self.folders().len();
        self.folders = folders;
        let after = self.folders().len();
        let kept = held.and_then(|held| self.find(&held));
        if self.offset > before {
            self.offset = (self.offset + after).saturating_sub(before);
        }
        self.select(kept.unwrap_or(self.selected));
    }

    fn held(&self) -> Option<Held> {
        let folder = self.selected_folder().map(|f| Held::Folder(f.place.clone()));
        folder.or_else(|| self.selected_id().map(Held::Article))
    }

    fn find(&self, held: &Held) -> Option<usize> {
        match held {
            Held::Folder(place) => self.folders().iter().position(|f| f.place == *place),
            Held::Article(id) => {
                self.ids.iter().position(|i| i == id).map(|article| self.folders().len() + article)
            }
        }
    }

    /// Takes rows that were asked for.
    pub fn add_rows(&mut self, rows: Vec<ArticleRow>) {
        if self.rows.len() > KEPT {
            let first = self.offset.saturating_sub(self.folders().len());
            let near = first.saturating_sub(WINDOW)..first + 2 * WINDOW;
            let keep: HashSet<ArticleId> = near.filter_map(|i| self.ids.get(i).copied()).collect();
            self.rows.retain(|id, _| keep.contains(id));
        }
        self.rows.extend(rows.into_iter().map(|r| (r.id, r)));
        self.keep_visible();
    }

    /// Changes a row in place, where it is loaded.
    pub fn change(&mut self, id: ArticleId, change: impl FnOnce(&mut ArticleRow)) {
        if let Some(row) = self.rows.get_mut(&id) {
            change(row);
        }
    }

    /// Counts articles of the list as read or unread.
    pub fn count_read(&mut self, changed: &HashMap<ArticleId, bool>) {
        if changed.is_empty() {
            return;
        }
        for (id, fresh) in self.ids.iter().zip(&mut self.fresh) {
            let Some(read) = changed.get(id) else { continue };
            match (*fresh, !read) {
                (true, false) => self.unread = self.unread.saturating_sub(1),
                (false, true) => self.unread += 1,
                _ => {}
            }
            *fresh = !read;
        }
    }

    /// All unread articles that are known.
    #[must_use]
    pub fn all_unread(&self) -> Vec<ArticleId> {
        self.ids.iter().zip(&self.fresh).filter(|(_, fresh)| **fresh).map(|(id, _)| *id).collect()
    }

    /// Selects the next or previous unread article; `false` where there is none.
    pub fn step_unread(&mut self, forward: bool) -> bool {
        let at = self.position();
        let next = if forward {
            let from = at.map_or(0, |at| at + 1);
            (from..self.fresh.len()).find(|i| self.fresh[*i])
        } else {
            (0..at.unwrap_or(0)).rev().find(|i| self.fresh[*i])
        };
        if let Some(next) = next {
            self.select(self.folders().len() + next);
        }
        next.is_some()
    }

    /// Selects the first article of the next head, or of this and then the previous one.
    pub fn step_head(&mut self, forward: bool) -> bool {
        let at = self.position().and_then(|at| u32::try_from(at).ok());
        let first = |h: &ListHead| h.first;
        let next = match (forward, at) {
            (true, Some(at)) => self.heads.iter().map(first).find(|f| *f > at),
            (true, None) => self.heads.first().map(first),
            (false, Some(at)) => self.heads.iter().rev().map(first).find(|f| *f < at),
            (false, None) => None,
        };
        if let Some(next) = next {
            self.select(self.folders().len() + next as usize);
        }
        next.is_some()
    }
}

/// Rows of a head: its words, and a blank before the first article.
pub const HEAD_ROWS: u16 = 2;

/// A title in the lines that a list of `width` columns shows: at most [`TITLE_LINES`], the last
/// ending in `…` where words are left out.
#[must_use]
pub fn title_lines(title: &str, width: u16) -> Vec<String> {
    let width = width.saturating_sub(MARGIN).max(1);
    let lines = wrap(title, Options { width, language: Language::Other });
    let cut = lines.len() > TITLE_LINES;
    let mut shown: Vec<String> = lines
        .into_iter()
        .take(TITLE_LINES)
        .map(|l| title.get(l.range).unwrap_or_default().to_owned())
        .collect();
    if cut && let Some(last) = shown.last_mut() {
        *last = super::show::clip(&format!("{last} …"), usize::from(width));
    }
    shown
}

#[path = "list_window.rs"]
mod window;

#[cfg(test)]
#[path = "list_tests.rs"]
mod tests;
