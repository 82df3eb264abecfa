//! The search screen: what is typed, what was found, and the passage beside it.

use std::collections::HashSet;

use super::edit::EditLine;
use super::effect::SearchScope;
use super::offer::Offers;
use super::reader::Reader;
use super::typed;
use super::viewport::Area;
use crate::model::{ArticleId, ArticleRow, Hit, SearchAnswer};

/// The search screen.
#[derive(Clone, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "independent switches of the search")]
pub struct Finder {
    /// What is typed.
    pub line: EditLine,
    /// What was found for it, or for what stood there before.
    pub answer: Option<SearchAnswer>,
    /// Rows of the hits.
    pub rows: Vec<ArticleRow>,
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
    selected: usize,
    offset: usize,
    area: Area,
    /// What can be searched again while nothing is typed.
    pub offers: Offers,
    /// What was asked for when the answer came.
    answered: String,
    /// More of the answer is to come.
    pub is_partial: bool,
    /// Hits whose passages were asked for: some have none, and are not asked for again.
    asked: HashSet<ArticleId>,
    /// Words of the query that stand nowhere.
    pub missing_words: Vec<String>,
    /// Hits asked for.
    most: usize,
    /// Among which articles.
    pub scope: SearchScope,
    /// What that is called.
    pub scope_name: String,
}

/// Hits that are asked for at first.
const FIRST_HITS: usize = 200;

/// Rows that a hit takes in the list.
pub const HIT_ROWS: u16 = 4;

impl Finder {
    /// The query as it goes to the library.
    #[must_use]
    pub fn query(&self) -> String {
        let typed = self.finished.as_deref().unwrap_or_else(|| self.line.text()).trim();
        if self.exactly { typed::exactly(typed) } else { typed.to_owned() }
    }

    /// Index of the selected hit.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The selected hit with its row.
    #[must_use]
    pub fn selected_hit(&self) -> Option<(&Hit, &ArticleRow)> {
        let hit = self.answer.as_ref()?.hits.get(self.selected)?;
        Some((hit, self.rows.get(self.selected)?))
    }

    /// Takes an answer, or a part of it. What was selected stays so while the query is the same.
    pub fn found(&mut self, answer: SearchAnswer, rows: Vec<ArticleRow>, is_complete: bool) {
        let asked = format!("{} {} {:?}", self.query(), self.by_date, self.scope);
        let is_same = asked == self.answered;
        if is_same && !is_complete && rows.len() < self.rows.len() {
            // A part of an answer that has more hits than are here: the list must not jump.
            return;
        }
        let sought = self.sought.take();
        let before = self.selected_hit().map(|(hit, _)| hit.id).filter(|_| is_same && self.selected > 0);
        self.answered = asked;
        self.answer = Some(answer);
        self.rows = rows;
        self.is_partial = !is_complete;
        self.missing_words.clear();
        self.asked.clear();
        if !is_same {
            self.offset = 0;
        }
        let kept = sought.or(before).and_then(|id| self.rows.iter().position(|r| r.id == id));
        self.select(kept.unwrap_or(0));
    }

    /// Hits to ask for when a query is new.
    pub fn begin(&mut self) -> usize {
        self.most = FIRST_HITS;
        self.most
    }

    /// Hits to ask for where the selection is within two pages of the last and more were found; twice
    /// as many each time, so that walking all of them costs no more than a few answers.
    pub fn wants_more(&mut self) -> Option<usize> {
        let answer = self.answer.as_ref()?;
        let came = answer.hits.len();
        let is_near = self.selected + 2 * self.page() >= came;
        // Fewer than were asked for: there are no more, whatever the count says.
        let may_be_more = came >= self.most && came < answer.total as usize;
        if self.is_partial || !is_near || !may_be_more || self.most == 0 {
            return None;
        }
        self.most *= 2;
        Some(self.most)
    }

    /// Hits on the screen that came without passages, each once.
    pub fn take_unlit(&mut self) -> Vec<ArticleId> {
        let Some(answer) = &self.answer else { return Vec::new() };
        let shown = self.visible().into_iter().filter_map(|(index, _)| answer.hits.get(index));
        let bare = shown.filter(|h| h.snippets.is_empty() && h.title_matches.is_empty());
        let ids: Vec<ArticleId> = bare.map(|h| h.id).filter(|id| !self.asked.contains(id)).collect();
        self.asked.extend(&ids);
        ids
    }

    /// Takes passages of hits.
    pub fn light(&mut self, lit: Vec<Hit>) {
        let Some(answer) = &mut self.answer else { return };
        for new in lit {
            if let Some(hit) = answer.hits.iter_mut().find(|h| h.id == new.id) {
                *hit = Hit { score: hit.score, ..new };
            }
        }
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
        (self.offset..self.rows.len())
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
        self.selected = index.min(self.rows.len().saturating_sub(1));
        self.keep_visible();
    }

    fn keep_visible(&mut self) {
        self.offset = self.offset.min(self.selected).max((self.selected + 1).saturating_sub(self.page()));
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
        self.selected == 0 && (typed.is_empty() || self.offers.is_recalled(typed))
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
        let id = self.selected_hit().map_or(0, |(hit, _)| hit.id.0);
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
        let Some((hit, _)) = self.selected_hit() else { return };
        let place = hit.snippets.first().map_or(0, |s| s.place as usize);
        let matches = hit.matches.clone();
        self.passage.set_matches(matches, place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(hits: u32, total: u32) -> SearchAnswer {
        let hit = |id| Hit {
            id: ArticleId(id),
            score: 1.0,
            title_matches: Vec::new(),
            matches: Vec::new(),
            snippets: Vec::new(),
        };
        SearchAnswer { hits: (1..=hits).map(hit).collect(), total, ..SearchAnswer::default() }
    }

    #[test]
    fn more_hits_are_asked_for_only_near_the_end_of_those_that_came() {
        let mut finder = Finder::default();
        assert_eq!(finder.begin(), 200);
        finder.answer = Some(answer(200, 1000));
        assert_eq!(finder.wants_more(), None, "the first is selected");
        finder.selected = 199;
        assert_eq!(finder.wants_more(), Some(400));
        assert_eq!(finder.wants_more(), None, "fewer came than were asked for");
        finder.answer = Some(answer(400, 400));
        finder.selected = 399;
        assert_eq!(finder.wants_more(), None, "all are here");
    }
}
