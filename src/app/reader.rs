//! The reading pane: one article, the place in it, and what is lit.

use super::action::Action;
use super::edit::EditLine;
use super::layout::{Layout, Row};
use super::passage::Choice;
use super::words::{Word, word};
use super::words_details;
use crate::model::{Analysis, Article, ArticleId, Locale, Span};
use crate::text::diff::Edit;
use crate::text::fold::Folded;

/// Why words are lit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Light {
    /// The reader marked them.
    Noted,
    /// They mention the chosen entity.
    Entity,
    /// They are the evidence that was asked for.
    Evidence,
    /// An older version had them.
    Removed,
    /// A newer version has them.
    Added,
    /// They match the search.
    Match,
    /// The match that n and N stand on.
    Current,
    /// They are being chosen.
    Chosen,
}

/// One article being read.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    article: Option<Box<Article>>,
    analysis: Box<Analysis>,
    layout: Layout,
    top: Row,
    height: u16,
    measure: u16,
    lit: Option<u32>,
    matches: Vec<Span>,
    current: usize,
    evidence: Vec<Span>,
    edits: Vec<(Span, Edit)>,
    /// Place at the top when matches came before the pane had a height.
    unseen: Option<usize>,
    /// What stands below the headline instead of what is known of the article.
    pub(super) heading: Option<String>,
    pub(super) choice: Option<Choice>,
    /// Words being looked for in this article.
    pub find: Option<EditLine>,
}

impl Reader {
    /// The article shown.
    #[must_use]
    pub fn article(&self) -> Option<&Article> {
        self.article.as_deref()
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> Option<ArticleId> {
        self.article.as_ref().map(|a| a.id)
    }

    /// What it says.
    #[must_use]
    pub fn analysis(&self) -> &Analysis {
        &self.analysis
    }

    /// Its lines.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The row at the top of the pane.
    #[must_use]
    pub fn top(&self) -> Row {
        self.top
    }

    /// The entity whose mentions are lit, as index into the analysis.
    #[must_use]
    pub fn lit(&self) -> Option<u32> {
        self.lit
    }

    /// Matches, and which one n and N stand on.
    #[must_use]
    pub fn matches(&self) -> (&[Span], usize) {
        (&self.matches, self.current)
    }

    /// Changes the read state of the article shown, where it is `id`.
    pub fn change(&mut self, id: ArticleId, change: impl FnOnce(&mut Article)) {
        if let Some(article) = self.article.as_mut().filter(|a| a.id == id) {
            change(article);
        }
    }

    /// Shows an article at the place where reading stopped.
    pub fn show(&mut self, article: Box<Article>, analysis: Box<Analysis>, locale: Locale) {
        let same = self.id() == Some(article.id);
        let place = if same { self.place() } else { article.state.place as usize };
        self.article = Some(article);
        self.analysis = analysis;
        if !same {
            self.lit = None;
            self.find = None;
            self.choice = None;
            self.matches.clear();
            self.unseen = None;
            self.evidence.clear();
        }
        self.lay_out(locale);
        self.top = Row::default();
        if place > 0 {
            self.scroll_to(place, 0);
        }
    }

    /// Shows nothing.
    pub fn clear(&mut self) {
        let (height, measure) = (self.height, self.measure);
        *self = Self { height, measure, ..Self::default() };
    }

    /// Takes the pane's height and measure; the place stays.
    pub fn set_size(&mut self, height: u16, measure: u16, locale: Locale) {
        self.height = height;
        if measure != self.measure || self.layout.width() != measure {
            let at_start = self.top == Row::default();
            let place = self.place();
            self.measure = measure;
            self.lay_out(locale);
            if at_start {
                self.top = Row::default();
            } else {
                self.scroll_to(place, 0);
            }
        }
        if height > 0
            && let Some(place) = self.unseen.take()
        {
            self.top = if place == 0 { Row::default() } else { self.layout.row_of(place, self.text()) };
            self.reveal_current();
        }
        self.clamp();
    }

    fn lay_out(&mut self, locale: Locale) {
        if let Some(article) = &self.article {
            let about = || words_details::below_headline(article, locale);
            let about = self.heading.clone().map_or_else(about, |heading| vec![heading]);
            self.layout = Layout::new(article, about, word(Word::LostNotes, locale), self.measure);
        }
    }

    fn text(&self) -> &str {
        self.article.as_ref().map_or("", |a| a.draft.text.as_str())
    }

    /// First byte of the text that is on the screen; 0 while the headline is.
    #[must_use]
    pub fn place(&self) -> usize {
        if self.top == Row::default() { 0 } else { self.layout.place_of(self.top, self.text()) }
    }

    /// Scrolls by rows; whether anything moved.
    pub fn scroll(&mut self, rows: isize) -> bool {
        let before = self.top;
        self.top = self.layout.moved(self.top, rows, self.text());
        self.clamp();
        self.top != before
    }

    /// Scrolls as an action asks for; `None` where it asks for something else, else whether anything
    /// moved.
    pub(super) fn obey(&mut self, action: Action) -> Option<bool> {
        let page = self.page();
        Some(match action {
            Action::Up => self.scroll(-1),
            Action::Down => self.scroll(1),
            Action::PageUp => self.scroll(-page),
            Action::PageDown => self.scroll(page),
            Action::HalfPageUp => self.scroll(-(page / 2).max(1)),
            Action::HalfPageDown => self.scroll((page / 2).max(1)),
            Action::Top | Action::Bottom => {
                self.scroll_to_end(action == Action::Bottom);
                true
            }
            _ => return None,
        })
    }

    /// Rows of a page, one less than the pane has, so that a line stays as a bridge.
    #[must_use]
    pub fn page(&self) -> isize {
        isize::try_from(self.height.saturating_sub(1).max(1)).unwrap_or(1)
    }

    /// Scrolls to the beginning or the end.
    pub fn scroll_to_end(&mut self, end: bool) {
        self.top = if end { self.layout.last(self.text()) } else { Row::default() };
        self.clamp();
    }

    /// Scrolls so that byte `place` stands `above` rows below the top.
    pub fn scroll_to(&mut self, place: usize, above: u16) {
        let row = self.layout.row_of(place, self.text());
        self.top = self.layout.moved(row, -isize::try_from(above).unwrap_or(0), self.text());
        self.clamp();
    }

    /// Brings byte `place` on the screen, a third from the top, where it is not there yet.
    pub fn reveal(&mut self, place: usize) {
        let row = self.layout.row_of(place, self.text());
        let bottom = self.layout.moved(self.top, self.page(), self.text());
        if row < self.top || row >= bottom {
            self.scroll_to(place, self.height / 3);
        }
    }

    fn clamp(&mut self) {
        let last = self.layout.last(self.text());
        let back = isize::try_from(self.height.saturating_sub(1)).unwrap_or(0);
        let lowest = self.layout.moved(last, -back, self.text());
        self.top = self.top.min(lowest);
    }

    /// Whether the end of the article is on the screen.
    #[must_use]
    pub fn at_end(&self) -> bool {
        self.layout.moved(self.top, self.page(), self.text()) == self.layout.last(self.text())
    }

    /// Paragraph (from 1), paragraphs, and per cent read at the bottom of the screen.
    #[must_use]
    pub fn progress(&self) -> Option<(usize, usize, usize)> {
        let article = self.article.as_ref()?;
        let count = article.draft.paragraphs.len().max(1);
        let text = self.text();
        if self.at_end() || text.is_empty() {
            return Some((count, count, 100));
        }
        let bottom = self.layout.moved(self.top, self.page(), text);
        let place = self.layout.place_of(bottom, text);
        let paragraph = article.draft.paragraphs.partition_point(|p| p.span.start() <= place).max(1);
        Some((paragraph, count, place * 100 / text.len()))
    }

    /// Lights the mentions of an entity and goes to the first; the next one where it is lit
    /// already and `next` says so.
    pub fn light(&mut self, entity: Option<u32>) {
        self.lit = entity;
        if let Some(first) = self.mentions().first().copied() {
            self.reveal(first.start());
        }
    }

    /// Mentions of the lit entity, by place.
    fn mentions(&self) -> Vec<Span> {
        let Some(entity) = self.lit else { return Vec::new() };
        self.analysis.mentions.iter().filter(|m| m.entity == entity).map(|m| m.span).collect()
    }

    /// Goes to the next or previous mention of the lit entity; `false` where none is lit.
    pub fn step_mention(&mut self, forward: bool) -> bool {
        let mentions = self.mentions();
        let place = self.layout.place_of(self.top, self.text()) + usize::from(forward);
        let next = if forward {
            let bottom = self.layout.moved(self.top, self.page(), self.text());
            let seen = self.layout.place_of(bottom, self.text()).max(place);
            mentions.iter().find(|m| m.start() >= seen).or(mentions.first())
        } else {
            mentions.iter().rev().find(|m| m.start() < place).or(mentions.last())
        };
        let Some(next) = next.copied() else { return false };
        self.scroll_to(next.start(), self.height / 3);
        true
    }

    /// Takes the matches of a search and goes to the one nearest to `place`.
    pub fn set_matches(&mut self, matches: Vec<Span>, place: usize) {
        if self.height == 0 {
            self.unseen = Some(self.place());
        }
        self.matches = matches;
        self.current = self.matches.iter().position(|m| m.end() > place).unwrap_or(0);
        self.reveal_current();
    }

    fn reveal_current(&mut self) {
        if let Some(current) = self.matches.get(self.current).copied() {
            self.reveal(current.start());
        }
    }

    /// Goes to the next or previous match; `false` at the last or first one, or without matches.
    pub fn step_match(&mut self, forward: bool) -> bool {
        let next = if forward { self.current.checked_add(1) } else { self.current.checked_sub(1) };
        let Some(next) = next.filter(|n| *n < self.matches.len()) else { return false };
        self.current = next;
        self.reveal_current();
        true
    }

    /// Lights what changed, and goes to the first of the places where something did.
    pub(super) fn set_edits(&mut self, edits: Vec<(Span, Edit)>, places: Vec<Span>) {
        self.edits = edits;
        self.set_matches(places, 0);
    }

    /// Lights evidence and goes to it.
    pub fn set_evidence(&mut self, spans: Vec<Span>) {
        self.evidence = spans;
        if let Some(first) = self.evidence.first().copied() {
            self.scroll_to(first.start(), self.height / 3);
        }
    }

    /// Forgets matches, evidence and the lit entity; whether there were any.
    pub fn unlight(&mut self) -> bool {
        let any = self.lit.is_some() || !self.matches.is_empty() || !self.evidence.is_empty();
        self.lit = None;
        self.matches.clear();
        self.unseen = None;
        self.evidence.clear();
        any
    }

    /// Looks for the words typed, without regard to case and umlauts.
    pub fn find_typed(&mut self) {
        let Some(line) = &self.find else { return };
        let wanted = Folded::new(line.text().trim()).text;
        let mut matches = Vec::new();
        if !wanted.is_empty() {
            let text = self.text();
            let folded = Folded::new(text);
            for (at, _) in folded.text.match_indices(&wanted) {
                let range = folded.original(at)..folded.original(at + wanted.len());
                matches.extend(Span::new(text, range).filter(|s| !s.is_empty()));
            }
        }
        let place = self.place();
        self.set_matches(matches, place);
    }

    /// What is lit, by place; where spans overlap, the later in [`Light`]'s order wins.
    #[must_use]
    pub fn lights(&self) -> Vec<(Span, Light)> {
        let notes = self.article.iter().flat_map(|a| &a.notes).filter_map(|n| n.span);
        let current = self.matches.get(self.current).copied();
        // Of places where something changed the edits are lit, and the place one stands on.
        let others = self.matches.iter().filter(|m| self.edits.is_empty() && Some(**m) != current);
        let mut lights: Vec<(Span, Light)> = notes
            .map(|s| (s, Light::Noted))
            .chain(self.mentions().into_iter().map(|s| (s, Light::Entity)))
            .chain(self.evidence.iter().map(|s| (*s, Light::Evidence)))
            .chain(self.edits.iter().map(|(span, edit)| {
                (*span, if *edit == Edit::Removed { Light::Removed } else { Light::Added })
            }))
            .chain(others.map(|s| (*s, Light::Match)))
            .collect();
        lights.sort();
        // Where one stands and what is being chosen cover all else, wherever they begin.
        lights.extend(current.map(|s| (s, Light::Current)));
        lights.extend(self.chosen().map(|s| (s, Light::Chosen)));
        lights
    }

    /// The sentence to copy: evidence, the current match's, else the first one on the screen.
    #[must_use]
    pub fn sentence(&self) -> Option<Span> {
        if let Some(chosen) = self.chosen() {
            return Some(chosen);
        }
        let place = self
            .evidence
            .first()
            .or(self.matches.get(self.current))
            .map_or_else(|| self.layout.place_of(self.top, self.text()), |s| s.start());
        let sentences = &self.analysis.sentences;
        sentences.iter().map(|s| s.span).find(|s| s.end() > place)
    }
}
