//! Which articles of a segment answer a plan, and how well.
//!
//! BM25 (k1 = 1.2, b = 0.75; Robertson and Zaragoza 2009) with the title counted three times. A
//! query word tells as much as the word most likely meant, not as each rare slip of it, and counts
//! once an article: the best of its expansions, not their sum.

use super::cards::Day;
use super::dictionary::Dictionary;
use super::expand::Expanded;
use super::live::Live;
use super::plan::{Phrase, Plan};
use super::postings::{Place, Posting};
use super::query::State;
use super::request::{Body, Request};
use super::token;

/// An article with its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scored {
    pub place: Place,
    pub score: f32,
}

/// What a headline earns for each word that one of its own begins with, where all do.
const HEADLINE: f32 = 4.0;

/// A segment with what scoring needs beside it.
pub(super) struct Ranker<'a> {
    pub live: &'a Live,
    /// Its place among the segments the plan was made for.
    pub at: usize,
    /// Articles of all segments.
    pub articles: f32,
    /// Mean words of an article.
    pub mean_length: f32,
    pub request: &'a Request<'a>,
}

/// Parts of a plan by what is done with them.
struct Parts<'p> {
    wanted: Vec<&'p Plan>,
    tests: Vec<&'p Plan>,
    unwanted: Vec<&'p Plan>,
}

fn parts(plan: &Plan) -> Parts<'_> {
    let mut parts = Parts { wanted: Vec::new(), tests: Vec::new(), unwanted: Vec::new() };
    let all = if let Plan::All(all) = plan { all.as_slice() } else { std::slice::from_ref(plan) };
    for plan in all {
        match plan {
            Plan::Not(not) => parts.unwanted.push(not),
            Plan::Language(_) | Plan::Between(..) | Plan::Story(_) | Plan::State(_) => parts.tests.push(plan),
            _ => parts.wanted.push(plan),
        }
    }
    parts
}

impl Ranker<'_> {
    /// The articles that answer `plan`, by place; `None` when overtaken. `headline` are beginnings
    /// of words: an article whose title has them all answers too.
    pub fn find(&self, plan: &Plan, headline: &[String]) -> Option<Vec<Scored>> {
        let parts = parts(plan);
        let mut found = self.wanted(&parts.wanted)?;
        if !headline.is_empty() {
            found = self.with_headlines(found, headline);
        }
        self.sift(found, &parts)
    }

    /// The articles that have at least half of the wanted parts of `plan`: score by coverage squared.
    pub fn nearest(&self, plan: &Plan) -> Option<Vec<Scored>> {
        let parts = parts(plan);
        let all = parts.wanted.len();
        if all < 2 {
            return Some(Vec::new());
        }
        let mut sums = vec![(0.0_f32, 0_u16); self.live.segment.cards.len()];
        for wanted in &parts.wanted {
            for Scored { place, score } in self.evaluate(wanted)? {
                if let Some((sum, count)) = sums.get_mut(place as usize) {
                    *sum += score;
                    *count += 1;
                }
            }
        }
        let all = f32::from(u16::try_from(all).unwrap_or(u16::MAX));
        let found = (0..)
            .zip(sums)
            .filter_map(|(place, (sum, count))| {
                let coverage = f32::from(count) / all;
                (coverage >= 0.5).then_some(Scored { place, score: sum * coverage * coverage })
            })
            .collect();
        self.sift(found, &parts)
    }

    fn sift(&self, mut found: Vec<Scored>, parts: &Parts) -> Option<Vec<Scored>> {
        found.retain(|f| self.live.is_live(f.place) && parts.tests.iter().all(|t| self.passes(t, f.place)));
        for unwanted in &parts.unwanted {
            let out = self.evaluate(unwanted)?;
            found.retain(|f| out.binary_search_by_key(&f.place, |o| o.place).is_err());
        }
        Some(found)
    }

    fn wanted(&self, wanted: &[&Plan]) -> Option<Vec<Scored>> {
        let mut lists = Vec::with_capacity(wanted.len());
        for plan in wanted {
            let list = self.evaluate(plan)?;
            if list.is_empty() {
                return Some(list);
            }
            lists.push(list);
        }
        lists.sort_by_key(Vec::len);
        let mut lists = lists.into_iter();
        let Some(first) = lists.next() else { return Some(self.everything()) };
        Some(lists.fold(first, |found, list| intersect(&found, &list)))
    }

    fn everything(&self) -> Vec<Scored> {
        (0..).take(self.live.segment.cards.len()).map(|place| Scored { place, score: 0.0 }).collect()
    }

    fn evaluate(&self, plan: &Plan) -> Option<Vec<Scored>> {
        if !(self.request.is_current)() {
            return None;
        }
        Some(match plan {
            Plan::Word(expanded) => self.word(expanded, &self.live.segment.words),
            Plan::Title(expanded) => self.word(expanded, &self.live.segment.titles),
            Plan::Phrase(phrase) => return self.phrase(phrase),
            Plan::Named(field, words, _) => {
                let asked: Vec<Vec<u32>> = words
                    .iter()
                    .map(|by_segment| by_segment.get(self.at).cloned().unwrap_or_default())
                    .collect();
                let places =
                    self.live.segment.names(*field).map(|n| n.articles_of(&asked)).unwrap_or_default();
                places.into_iter().map(|place| Scored { place, score: 1.0 }).collect()
            }
            Plan::Any(any) => {
                let mut sums: Vec<Scored> = Vec::new();
                for plan in any {
                    sums = unite(&sums, &self.evaluate(plan)?);
                }
                sums
            }
            Plan::Language(_) | Plan::Between(..) | Plan::Story(_) | Plan::State(_) => {
                self.everything().into_iter().filter(|f| self.passes(plan, f.place)).collect()
            }
            Plan::All(_) | Plan::Not(_) => return self.find(plan, &[]),
        })
    }

    fn passes(&self, test: &Plan, place: Place) -> bool {
        let Some(card) = self.live.segment.cards.get(place) else { return false };
        match test {
            Plan::Language(language) => card.language == *language,
            Plan::Between(from, to) => card.days.is_some_and(|(first, last)| {
                from.is_none_or(|from| Day::from(from) <= last) && to.is_none_or(|to| first <= to.into())
            }),
            Plan::Story(story) => (self.request.facts)(card.id).story == Some(*story),
            Plan::State(state) => {
                let facts = (self.request.facts)(card.id);
                match state {
                    State::Unread => !facts.read,
                    State::Read => facts.read,
                    State::Starred => facts.starred,
                }
            }
            _ => true,
        }
    }

    fn word(&self, expanded: &Expanded, dictionary: &Dictionary) -> Vec<Scored> {
        let lengths = self.live.segment.cards.lengths();
        let mut best = vec![0.0_f32; lengths.len()];
        let mut places: Vec<Place> = Vec::new();
        let most_likely = idf(self.articles, expanded.count);
        for &(term, weight) in expanded.terms.get(self.at).into_iter().flatten() {
            let idf = idf(self.articles, dictionary.vocabulary.count(term)).min(most_likely).max(0.1);
            for posting in dictionary.postings.of(term).iter() {
                let Some(&length) = lengths.get(posting.place as usize) else { continue };
                let score = weight * idf * self.saturated(posting, length);
                let best = &mut best[posting.place as usize];
                if *best == 0.0 {
                    places.push(posting.place);
                }
                *best = best.max(score);
            }
        }
        places.sort_unstable();
        places.into_iter().map(|place| Scored { place, score: best[place as usize] }).collect()
    }

    /// The part of BM25 that grows with the number of occurrences; 0 to 2.2.
    fn saturated(&self, posting: Posting, length: u16) -> f32 {
        let count = match posting {
            Posting { count: 0, title: 0, .. } => 0.5,
            // The title's words are in the count once already.
            Posting { count, title, .. } => f32::from(count) + 2.0 * f32::from(title),
        };
        let length = f32::from(length) / self.mean_length.max(1.0);
        2.2 * count / (count + 1.2 * (0.25 + 0.75 * length))
    }

    fn phrase(&self, phrase: &Phrase) -> Option<Vec<Scored>> {
        let dictionary = if phrase.in_title { &self.live.segment.titles } else { &self.live.segment.words };
        let mut lists: Vec<Vec<Scored>> = phrase.looked_up.iter().map(|e| self.word(e, dictionary)).collect();
        lists.sort_by_key(Vec::len);
        let mut lists = lists.into_iter();
        let first = lists.next().unwrap_or_default();
        let mut found = Vec::new();
        for scored in lists.fold(first, |found, list| intersect(&found, &list)) {
            if !(self.request.is_current)() {
                return None;
            }
            let Some(card) = self.live.segment.cards.get(scored.place) else { continue };
            if !self.live.is_live(scored.place) {
                continue;
            }
            let Some(Body { title, text }) = (self.request.text_of)(card.id) else { continue };
            if has_phrase(&title, &phrase.words) || (!phrase.in_title && has_phrase(&text, &phrase.words)) {
                found.push(scored);
            }
        }
        Some(found)
    }

    /// `found` with the articles whose titles have a word for each of `beginnings`; those earn for it.
    fn with_headlines(&self, found: Vec<Scored>, beginnings: &[String]) -> Vec<Scored> {
        let titles = &self.live.segment.titles;
        let mut all: Option<Vec<Scored>> = None;
        for beginning in beginnings {
            let mut places: Vec<Place> = Vec::new();
            let mut take = |term| places.extend(titles.postings.of(term).iter().map(|p| p.place));
            titles.vocabulary.whole(beginning, |term, _| take(term));
            titles.vocabulary.longer(beginning, |term, _| take(term));
            places.sort_unstable();
            places.dedup();
            let list: Vec<Scored> =
                places.into_iter().map(|place| Scored { place, score: HEADLINE }).collect();
            let next = all.map_or_else(|| list.clone(), |all| intersect(&all, &list));
            if next.is_empty() {
                return found;
            }
            all = Some(next);
        }
        unite(&found, &all.unwrap_or_default())
    }
}

/// How much it tells to find a word that `count` of `articles` have.
#[allow(clippy::cast_precision_loss, reason = "counts of articles, for ranking only")]
fn idf(articles: f32, count: u32) -> f32 {
    let count = (count as f32).min(articles);
    ((articles - count + 0.5) / (count + 0.5) + 1.0).ln().max(0.1)
}

/// Articles of both, scores added; both by place.
fn intersect(a: &[Scored], b: &[Scored]) -> Vec<Scored> {
    let mut both = Vec::with_capacity(a.len().min(b.len()));
    let mut rest = b.iter().peekable();
    for a in a {
        while rest.next_if(|b| b.place < a.place).is_some() {}
        if let Some(b) = rest.next_if(|b| b.place == a.place) {
            both.push(Scored { place: a.place, score: a.score + b.score });
        }
    }
    both
}

/// Articles of either, scores added; both by place.
fn unite(a: &[Scored], b: &[Scored]) -> Vec<Scored> {
    let mut either = Vec::with_capacity(a.len() + b.len());
    let mut rest = b.iter().peekable();
    for a in a {
        while let Some(b) = rest.next_if(|b| b.place < a.place) {
            either.push(*b);
        }
        let more = rest.next_if(|b| b.place == a.place).map_or(0.0, |b| b.score);
        either.push(Scored { place: a.place, score: a.score + more });
    }
    either.extend(rest);
    either
}

/// Whether `text` has these folded words one behind the other.
fn has_phrase(text: &str, words: &[String]) -> bool {
    let mut recent: std::collections::VecDeque<String> =
        std::collections::VecDeque::with_capacity(words.len());
    let mut has = false;
    token::each(text, |_, key| {
        if has {
            return;
        }
        if recent.len() == words.len() {
            recent.pop_front();
        }
        recent.push_back(token::folded(key).to_owned());
        has = recent.len() == words.len() && recent.iter().eq(words.iter());
    });
    has
}
