//! Which articles of a segment answer a plan, and how well.
//!
//! A query word counts once an article: the best of its expansions, not their sum. A title counts
//! three times for a word asked alone, half more for one of several; more where it has all of them.

use std::cell::RefCell;

use super::cards::Day;
use super::dictionary::Dictionary;
use super::expand::Expanded;
use super::live::Live;
use super::numbers::Numbers;
use super::plan::{Phrase, Plan};
use super::postings::Place;
use super::request::Request;
use super::score::Asked;
use super::scored::{Scored, intersect, unite};
use super::table::Table;

/// What a title earns for each word of the query, or beginning of one, where it has all.
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
    /// How often an occurrence in the title counts beyond its own.
    pub title_times: f32,
    pub request: &'a Request<'a>,
    /// Scores while lists are read.
    pub table: &'a RefCell<Table>,
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
            Plan::Language(_) | Plan::Between(..) | Plan::In(..) => parts.tests.push(plan),
            _ => parts.wanted.push(plan),
        }
    }
    parts
}

/// Which of the articles found are left.
struct Sieve<'p> {
    is_whole: bool,
    tests: Vec<&'p Plan>,
    /// Articles with something unwanted.
    out: Numbers,
}

impl Ranker<'_> {
    /// Calls `take` with the articles that answer `plan`, by place; `None` when overtaken. `headline`
    /// are beginnings of words: an article whose title has them all answers too. Articles with all
    /// words of a phrase pass: see [`Phrase::is_in`].
    pub fn find(&self, plan: &Plan, headline: &[String], take: &mut dyn FnMut(Scored)) -> Option<()> {
        let parts = parts(plan);
        match parts.wanted.as_slice() {
            [] => {
                let sieve = self.sieve(&parts)?;
                let between = parts.tests.iter().find(|test| matches!(test, Plan::Between(..)));
                self.each_place(between.copied(), |place| {
                    if self.is_left(place, &sieve) {
                        take(Scored::new(place, 0.0));
                    }
                });
            }
            [Plan::Word(expanded)] if headline.is_empty() => {
                let sieve = self.sieve(&parts)?;
                self.each(expanded, &self.live.segment.words, |scored| {
                    if self.is_left(scored.place, &sieve) {
                        take(scored);
                    }
                });
            }
            wanted => {
                let words = wanted.iter().filter(|p| matches!(p, Plan::Word(_) | Plan::Title(_))).count();
                let words = u8::try_from(words).unwrap_or(u8::MAX);
                let mut found = self.wanted(wanted)?;
                if words >= 2 {
                    Self::credit_titles(&mut found, words);
                }
                if !headline.is_empty() {
                    found = self.with_headlines(found, words, headline);
                }
                self.sift(found, &parts, take)?;
            }
        }
        Some(())
    }

    /// Calls `take` with the articles that have at least half of the wanted parts of `plan`: score by
    /// coverage squared.
    pub fn nearest(&self, plan: &Plan, take: &mut dyn FnMut(Scored)) -> Option<()> {
        let parts = parts(plan);
        let all = parts.wanted.len();
        if all < 2 {
            return Some(());
        }
        // Here `titled` counts the parts that an article has.
        let mut sums: Vec<Scored> = Vec::new();
        for wanted in &parts.wanted {
            let mut one = self.evaluate(wanted)?;
            for found in &mut one {
                found.titled = 1;
            }
            sums = unite(&sums, &one);
        }
        let all = f32::from(u16::try_from(all).unwrap_or(u16::MAX));
        sums.retain_mut(|found| {
            let coverage = f32::from(found.titled) / all;
            found.score *= coverage * coverage;
            coverage >= 0.5
        });
        self.sift(sums, &parts, take)
    }

    fn sift(&self, found: Vec<Scored>, parts: &Parts, take: &mut dyn FnMut(Scored)) -> Option<()> {
        if !found.is_empty() {
            let sieve = self.sieve(parts)?;
            found.into_iter().filter(|f| self.is_left(f.place, &sieve)).for_each(take);
        }
        Some(())
    }

    fn sieve<'p>(&self, parts: &Parts<'p>) -> Option<Sieve<'p>> {
        let mut out = Numbers::default();
        for unwanted in &parts.unwanted {
            for found in self.evaluate(unwanted)? {
                out.insert(found.place);
            }
        }
        Some(Sieve { is_whole: self.live.is_whole(), tests: parts.tests.clone(), out })
    }

    #[inline]
    fn is_left(&self, place: Place, sieve: &Sieve) -> bool {
        (sieve.is_whole || self.live.is_live(place))
            && sieve.tests.iter().all(|t| self.passes(t, place))
            && (sieve.out.is_empty() || !sieve.out.contains(place))
    }

    /// The articles that have all that is wanted, looked up from the rarest on.
    fn wanted(&self, wanted: &[&Plan]) -> Option<Vec<Scored>> {
        let mut wanted = wanted.to_vec();
        wanted.sort_by_cached_key(|plan| self.cost(plan));
        let mut plans = wanted.into_iter();
        let Some(first) = plans.next() else { return Some(Vec::new()) };
        let mut found = self.candidates(first)?;
        for plan in plans {
            if found.is_empty() {
                break;
            }
            if !(self.request.is_current)() {
                return None;
            }
            found = match plan {
                Plan::Word(expanded) => self.narrow(found, expanded, &self.live.segment.words),
                Plan::Title(expanded) => self.narrow(found, expanded, &self.live.segment.titles),
                _ => intersect(&found, &self.candidates(plan)?),
            };
        }
        Some(found)
    }

    /// About how many postings it takes to evaluate.
    fn cost(&self, plan: &Plan) -> u64 {
        let words = |expanded: &Expanded, dictionary| Asked::new(self, expanded, dictionary).postings();
        match plan {
            Plan::Word(expanded) => words(expanded, &self.live.segment.words),
            Plan::Title(expanded) => words(expanded, &self.live.segment.titles),
            Plan::Phrase(phrase) => {
                let dictionary = self.dictionary(phrase);
                phrase.looked_up.iter().map(|e| words(e, dictionary)).min().unwrap_or(0)
            }
            Plan::Named(..) => 0,
            _ => u64::MAX,
        }
    }

    /// As [`Ranker::evaluate`], but a phrase is not looked for in the texts.
    fn candidates(&self, plan: &Plan) -> Option<Vec<Scored>> {
        if let Plan::Phrase(phrase) = plan { Some(self.with_words_of(phrase)) } else { self.evaluate(plan) }
    }

    /// Calls `take` with the places of all articles; where `test` asks for days, those it cannot pass
    /// may be left out.
    fn each_place(&self, test: Option<&Plan>, take: impl FnMut(Place)) {
        let cards = &self.live.segment.cards;
        if let Some(Plan::Between(from, to)) = test {
            cards.around(from.map(Day::from), to.map(Day::from)).for_each(take);
        } else {
            (0..).take(cards.len()).for_each(take);
        }
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
                places.into_iter().map(|place| Scored::new(place, 1.0)).collect()
            }
            Plan::Any(any) => {
                let mut sums: Vec<Scored> = Vec::new();
                for plan in any {
                    sums = unite(&sums, &self.evaluate(plan)?);
                }
                sums
            }
            Plan::Language(_) | Plan::Between(..) | Plan::In(..) => {
                let mut found = Vec::new();
                self.each_place(Some(plan), |place| {
                    if self.passes(plan, place) {
                        found.push(Scored::new(place, 0.0));
                    }
                });
                found
            }
            Plan::All(all) => {
                let mut found = self.found(plan)?;
                // Inside of something else a phrase must be sure.
                for phrase in all.iter().filter(|p| matches!(p, Plan::Phrase(_))) {
                    found = intersect(&found, &self.evaluate(phrase)?);
                }
                found
            }
            Plan::Not(_) => return self.found(plan),
        })
    }

    fn found(&self, plan: &Plan) -> Option<Vec<Scored>> {
        let mut found = Vec::new();
        self.find(plan, &[], &mut |scored| found.push(scored))?;
        Some(found)
    }

    fn passes(&self, test: &Plan, place: Place) -> bool {
        let Some(card) = self.live.segment.cards.get(place) else { return false };
        match test {
            Plan::Language(language) => card.language == *language,
            Plan::Between(from, to) => card.days.is_some_and(|(first, last)| {
                from.is_none_or(|from| Day::from(from) <= last) && to.is_none_or(|to| first <= to.into())
            }),
            Plan::In(set, is_in) => set.contains(card.id.0) == *is_in,
            _ => true,
        }
    }

    fn word(&self, expanded: &Expanded, dictionary: &Dictionary) -> Vec<Scored> {
        let mut found = Vec::new();
        self.each(expanded, dictionary, |scored| found.push(scored));
        found
    }

    /// Calls `take` with the articles that have the word, by place.
    fn each(&self, expanded: &Expanded, dictionary: &Dictionary, take: impl FnMut(Scored)) {
        let mut table = self.table.borrow_mut();
        table.begin(self.live.segment.cards.len());
        Asked::new(self, expanded, dictionary)
            .each(|posting, scale| table.raise(posting.place, scale.score(posting), posting.title > 0));
        table.drain(take);
    }

    /// The articles of `found` that have the word too, scores added.
    fn narrow(&self, mut found: Vec<Scored>, expanded: &Expanded, dictionary: &Dictionary) -> Vec<Scored> {
        let mut table = self.table.borrow_mut();
        table.begin(self.live.segment.cards.len());
        table.mark(&found);
        Asked::new(self, expanded, dictionary).each(|posting, scale| {
            if table.is_seen(posting.place) {
                table.raise(posting.place, scale.score(posting), posting.title > 0);
            }
        });
        found.retain_mut(|found| {
            let (score, is_titled) = table.take(found.place);
            found.score += score;
            found.titled = found.titled.saturating_add(u8::from(is_titled));
            score > 0.0
        });
        found
    }

    fn dictionary(&self, phrase: &Phrase) -> &Dictionary {
        if phrase.in_title { &self.live.segment.titles } else { &self.live.segment.words }
    }

    /// The articles that have all words of a phrase, in whatever order.
    fn with_words_of(&self, phrase: &Phrase) -> Vec<Scored> {
        let dictionary = self.dictionary(phrase);
        let mut words: Vec<&Expanded> = phrase.looked_up.iter().map(|e| &**e).collect();
        words.sort_by_cached_key(|e| Asked::new(self, e, dictionary).postings());
        let mut words = words.into_iter();
        let first = words.next().map(|e| self.word(e, dictionary)).unwrap_or_default();
        words.fold(first, |found, e| self.narrow(found, e, dictionary))
    }

    fn phrase(&self, phrase: &Phrase) -> Option<Vec<Scored>> {
        let mut found = Vec::new();
        for scored in self.with_words_of(phrase) {
            if !(self.request.is_current)() {
                return None;
            }
            let Some(card) = self.live.segment.cards.get(scored.place) else { continue };
            if !self.live.is_live(scored.place) {
                continue;
            }
            let Some(body) = (self.request.text_of)(card.id) else { continue };
            if phrase.is_in(&body) {
                found.push(scored);
            }
        }
        Some(found)
    }

    /// Credits articles that have all `words` of the query in their title.
    fn credit_titles(found: &mut [Scored], words: u8) {
        for found in found.iter_mut().filter(|f| f.titled == words) {
            found.score += f32::from(words) * HEADLINE;
        }
    }

    /// `found` with the articles whose titles have a word for each of `beginnings`; those earn for it
    /// where all `words` in the title have not earned already.
    fn with_headlines(&self, found: Vec<Scored>, words: u8, beginnings: &[String]) -> Vec<Scored> {
        let titles = &self.live.segment.titles;
        let mut all: Option<Numbers> = None;
        // The longest begin the fewest words.
        let mut beginnings: Vec<&str> = beginnings.iter().map(String::as_str).collect();
        beginnings.sort_by_key(|beginning| std::cmp::Reverse(beginning.len()));
        for beginning in &beginnings {
            let mut terms = Vec::new();
            titles.vocabulary.whole(beginning, |term, _| terms.push(term));
            titles.vocabulary.longer(beginning, |cursor| terms.push(cursor.term()));
            terms.sort_unstable();
            let mut places = Numbers::default();
            titles.postings.each(&terms, |_, list| {
                for posting in list {
                    if all.as_ref().is_none_or(|all| all.contains(posting.place)) {
                        places.insert(posting.place);
                    }
                }
            });
            if places.is_empty() {
                return found;
            }
            all = Some(places);
        }
        let credit = f32::from(u8::try_from(beginnings.len()).unwrap_or(u8::MAX)) * HEADLINE;
        let earned = |place: Place| {
            let at = found.binary_search_by_key(&place, |f| f.place).ok();
            at.and_then(|at| found.get(at)).is_some_and(|f| words >= 2 && f.titled == words)
        };
        let headlines: Vec<Scored> = all
            .iter()
            .flat_map(Numbers::iter)
            .map(|place| Scored::new(place, if earned(place) { 0.0 } else { credit }))
            .collect();
        unite(&found, &headlines)
    }
}
