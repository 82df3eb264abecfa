//! The search screen: what is typed, what was found, and the passage beside it.

use std::collections::HashMap;

use super::edit::EditLine;
use super::effect::SearchScope;
use super::hits::{Hits, Keeps};
use super::offer::Offers;
use super::reader::Reader;
use super::typed;
use crate::model::{ArticleId, ArticleRow, SearchAnswer};

/// The search screen.
#[derive(Clone, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "independent switches of the search")]
pub struct Finder {
    /// What is typed.
    pub line: EditLine,
    /// What is said of all that was found, for it or for what stood there before.
    pub answer: Option<SearchAnswer>,
    /// The hits.
    pub hits: Hits,
    /// Fields recognised in the query.
    pub chips: Vec<String>,
    /// What is wrong with the query: column from 1, message.
    pub mistake: Option<(usize, String)>,
    /// The keys go to the hits, not to the box.
    pub in_hits: bool,
    /// By date instead of relevance.
    pub by_date: bool,
    /// Words as typed, without tolerance.
    pub exactly: bool,
    /// The article of the selected hit.
    pub passage: Reader,
    /// Going on typing may mend the mistake.
    pub is_unfinished: bool,
    /// Enter was pressed before the answer to what is typed had come.
    pub enters: bool,
    /// What is asked while the typed query still lacks its end.
    pub finished: Option<String>,
    /// Words of the query that was asked, folded.
    pub words: Vec<String>,
    /// The article to select once it is found.
    sought: Option<ArticleId>,
    last_kept: String,
    /// What can be searched again while nothing is typed.
    pub offers: Offers,
    /// What was asked for when the answer came.
    answered: String,
    /// More of the answer is to come.
    pub is_partial: bool,
    /// More hits of the same answer were asked for.
    pub is_more: bool,
    /// What waits for the passages of the selected hit.
    pub awaits: Option<Onward>,
    /// Words of the query that stand nowhere.
    pub missing_words: Vec<String>,
    /// Among which articles.
    pub scope: SearchScope,
    /// What that is called.
    pub scope_name: String,
}

/// Where to go with the selected hit, once its passages are here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Onward {
    /// Into its article, at the best passage.
    Open,
    /// Into its article, from the hit before (`true`) or after it.
    Walk(bool),
}

impl Finder {
    /// The query as it goes to the library.
    #[must_use]
    pub fn query(&self) -> String {
        let typed = self.finished.as_deref().unwrap_or_else(|| self.line.text()).trim();
        if self.exactly { typed::exactly(typed) } else { typed.to_owned() }
    }

    /// Takes an answer, or a part of it. What was selected stays so while the query is the same.
    pub fn found(
        &mut self,
        answer: SearchAnswer,
        ids: Vec<ArticleId>,
        rows: Vec<ArticleRow>,
        is_complete: bool,
    ) {
        let asked = format!("{} {} {:?}", self.query(), self.by_date, self.scope);
        let is_same = asked == self.answered;
        if is_same && !is_complete && ids.len() < self.hits.ids().len() {
            // A part of an answer that has more hits than are here: the list must not jump.
            return;
        }
        let is_more = self.is_more;
        self.is_more &= !is_complete;
        let keeps = match (is_same, is_more) {
            (true, true) => Keeps::All,
            (true, false) => Keeps::Place,
            (false, _) => Keeps::Nothing,
        };
        self.answered = asked;
        self.is_partial = !is_complete;
        if keeps != Keeps::All {
            self.missing_words.clear();
        }
        let (total, hits) = (answer.total as usize, answer.hits);
        let mut rows: HashMap<ArticleId, ArticleRow> = rows.into_iter().map(|r| (r.id, r)).collect();
        let near = hits.into_iter().filter_map(|hit| Some((rows.remove(&hit.id)?, hit)));
        let near = near.map(|(row, hit)| (hit, row)).collect();
        self.answer = Some(SearchAnswer { hits: Vec::new(), ..answer });
        self.hits.take(ids, total, near, keeps);
        if is_complete {
            self.hits.complete();
        }
        if let Some(sought) = self.sought.take() {
            self.hits.select_id(Some(sought));
        }
    }

    /// Finds nothing: nothing is asked for.
    pub fn forget(&mut self) {
        self.answer = None;
        self.hits.clear();
        self.passage.clear();
    }

    /// The query as one that led somewhere, to be remembered; nothing where nothing is typed.
    pub fn remember(&mut self) -> Option<String> {
        let query = self.line.text().trim().to_owned();
        if query.is_empty() {
            return None;
        }
        self.offers.remember(&query);
        Some(query)
    }

    /// Whether ↑ means an earlier query: nothing is typed, or what stands there was recalled.
    #[must_use]
    pub fn recalls(&self) -> bool {
        let typed = self.line.text();
        self.hits.selected() == 0 && (typed.is_empty() || self.offers.is_recalled(typed))
    }

    /// Puts the next earlier query into the box; whether there was one.
    pub fn recall(&mut self) -> bool {
        let Some(query) = self.offers.recall(&self.line) else { return false };
        self.line = EditLine::new(query);
        true
    }

    /// Searches among all articles again.
    pub fn widen_scope(&mut self) {
        self.scope = SearchScope::Everything;
        self.scope_name.clear();
    }

    /// What is to be found again the next time, as a setting; `None` where it is what was kept last.
    pub fn keep(&mut self) -> Option<String> {
        let id = self.hits.selected_id().map_or(0, |id| id.0);
        let kept = format!("{} {} {id} {}", u8::from(self.by_date), u8::from(self.exactly), self.line.text());
        let is_new = kept != self.last_kept;
        self.last_kept.clone_from(&kept);
        is_new.then_some(kept)
    }

    /// Comes back to what [`Finder::keep`] said; nothing changes where it says nothing.
    pub fn resume(&mut self, kept: &str) {
        kept.clone_into(&mut self.last_kept);
        let mut parts = kept.splitn(4, ' ');
        let (Some(by_date), Some(exactly), Some(id), Some(text)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return;
        };
        self.by_date = by_date == "1";
        self.exactly = exactly == "1";
        self.line = EditLine::new(text);
        self.sought = id.parse().ok().filter(|id| *id > 0).map(ArticleId);
    }

    /// Scrolls the passage to the first match of the selected hit.
    pub fn show_passage(&mut self) {
        let Some((hit, _)) = self.hits.selected_hit() else { return };
        let place = hit.snippets.first().map_or(0, |s| s.place as usize);
        let matches = hit.matches.clone();
        self.passage.set_matches(matches, place);
    }
}
