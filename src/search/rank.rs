//! Which articles of a segment answer a plan, and how well.
//!
//! BM25 (Robertson and Zaragoza 2009). A query word tells as much as the word most likely meant, not
//! as each rare slip of it, and counts once an article: the best of its expansions, not their sum. A
//! title counts three times for a word asked alone; of several words it must have all to count.

use super::cards::Day;
use super::dictionary::Dictionary;
use super::expand::Expanded;
use super::live::Live;
use super::plan::{Phrase, Plan};
use super::postings::{Place, Posting};
use super::request::Request;
use super::vocabulary::Term;

/// An article with its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scored {
    pub place: Place,
    pub score: f32,
    /// Query words that stand in the title.
    pub titled: u8,
}

impl Scored {
    fn new(place: Place, score: f32) -> Self {
        Self { place, score, titled: 0 }
    }
}

/// What a title earns for each word of the query, or beginning of one, where it has all.
const HEADLINE: f32 = 4.0;
/// How soon further occurrences of a word say nothing more.
const K1: f32 = 0.9;
/// How much longer articles must have more occurrences.
const B: f32 = 0.55;

/// Postings are gathered and sorted where there are so few that a table of all articles costs more.
const SPARSE: usize = 16;

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

impl Ranker<'_> {
    /// The articles that answer `plan`, by place; `None` when overtaken. `headline` are beginnings
    /// of words: an article whose title has them all answers too. Articles with all words of a phrase
    /// pass: see [`Phrase::is_in`].
    pub fn find(&self, plan: &Plan, headline: &[String]) -> Option<Vec<Scored>> {
        let parts = parts(plan);
        let mut found = self.wanted(&parts.wanted)?;
        let words = parts.wanted.iter().filter(|p| matches!(p, Plan::Word(_) | Plan::Title(_))).count();
        let words = u8::try_from(words).unwrap_or(u8::MAX);
        if words >= 2 {
            Self::credit_titles(&mut found, words);
        }
        if !headline.is_empty() {
            found = self.with_headlines(&found, words, headline);
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
            for found in self.evaluate(wanted)? {
                if let Some((sum, count)) = sums.get_mut(found.place as usize) {
                    *sum += found.score;
                    *count += 1;
                }
            }
        }
        let all = f32::from(u16::try_from(all).unwrap_or(u16::MAX));
        let found = (0..)
            .zip(sums)
            .filter_map(|(place, (sum, count))| {
                let coverage = f32::from(count) / all;
                (coverage >= 0.5).then_some(Scored::new(place, sum * coverage * coverage))
            })
            .collect();
        self.sift(found, &parts)
    }

    fn sift(&self, mut found: Vec<Scored>, parts: &Parts) -> Option<Vec<Scored>> {
        let is_whole = self.live.is_whole();
        found.retain(|f| {
            (is_whole || self.live.is_live(f.place)) && parts.tests.iter().all(|t| self.passes(t, f.place))
        });
        for unwanted in &parts.unwanted {
            let out = self.evaluate(unwanted)?;
            found.retain(|f| out.binary_search_by_key(&f.place, |o| o.place).is_err());
        }
        Some(found)
    }

    /// The articles that have all that is wanted, looked up from the rarest on.
    fn wanted(&self, wanted: &[&Plan]) -> Option<Vec<Scored>> {
        let mut wanted = wanted.to_vec();
        wanted.sort_by_cached_key(|plan| self.cost(plan));
        let mut plans = wanted.into_iter();
        let Some(first) = plans.next() else { return Some(self.everything()) };
        let mut found = self.candidates(first)?;
        for plan in plans {
            if found.is_empty() {
                break;
            }
            if !(self.request.is_current)() {
                return None;
            }
            found = match plan {
                Plan::Word(expanded) => self.narrow(&found, expanded, &self.live.segment.words),
                Plan::Title(expanded) => self.narrow(&found, expanded, &self.live.segment.titles),
                _ => intersect(&found, &self.candidates(plan)?),
            };
        }
        Some(found)
    }

    /// About how many postings it takes to evaluate.
    fn cost(&self, plan: &Plan) -> u64 {
        let words = |expanded: &Expanded, dictionary: &Dictionary| {
            let terms = expanded.terms.get(self.at).into_iter().flatten();
            terms.map(|&(term, _)| u64::from(dictionary.vocabulary.count(term))).sum()
        };
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

    fn everything(&self) -> Vec<Scored> {
        (0..).take(self.live.segment.cards.len()).map(|place| Scored::new(place, 0.0)).collect()
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
                self.everything().into_iter().filter(|f| self.passes(plan, f.place)).collect()
            }
            Plan::All(all) => {
                let mut found = self.find(plan, &[])?;
                // Inside of something else a phrase must be sure.
                for phrase in all.iter().filter(|p| matches!(p, Plan::Phrase(_))) {
                    found = intersect(&found, &self.evaluate(phrase)?);
                }
                found
            }
            Plan::Not(_) => return self.find(plan, &[]),
        })
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
        let articles = self.live.segment.cards.len();
        let asked = Asked::new(self, expanded, dictionary);
        if asked.postings.saturating_mul(SPARSE) < articles {
            let mut found = Vec::with_capacity(asked.postings);
            asked.each(|scored| found.push(scored));
            found.sort_unstable_by_key(|s| s.place);
            found.dedup_by(|later, first| {
                let same = later.place == first.place;
                if same {
                    first.score = first.score.max(later.score);
                    first.titled |= later.titled;
                }
                same
            });
            return found;
        }
        let mut best = vec![(0.0_f32, 0_u8); articles];
        let mut count = 0;
        asked.each(|scored| {
            let Some((score, titled)) = best.get_mut(scored.place as usize) else { return };
            count += usize::from(*score == 0.0);
            *score = score.max(scored.score);
            *titled |= scored.titled;
        });
        let mut found = Vec::with_capacity(count);
        for (place, (score, titled)) in (0..).zip(best) {
            if score > 0.0 {
                found.push(Scored { place, score, titled });
            }
        }
        found
    }

    /// The articles of `found` that have the word too, scores added.
    fn narrow(&self, found: &[Scored], expanded: &Expanded, dictionary: &Dictionary) -> Vec<Scored> {
        let asked = Asked::new(self, expanded, dictionary);
        let mut best = vec![(0.0_f32, 0_u8); found.len()];
        // Lists ascend: go on from where the last posting was, and begin anew with the next list.
        let mut at = 0;
        let mut last = 0;
        asked.each(|scored| {
            if scored.place < last {
                at = 0;
            }
            last = scored.place;
            let rest = found.get(at..).unwrap_or_default();
            at += leap(rest, scored.place);
            if let (Some(there), Some((score, titled))) = (found.get(at), best.get_mut(at))
                && there.place == scored.place
            {
                *score = score.max(scored.score);
                *titled |= scored.titled;
            }
        });
        let both = found.iter().zip(best).filter(|(_, (score, _))| *score > 0.0);
        both.map(|(found, (score, titled))| Scored {
            score: found.score + score,
            titled: found.titled.saturating_add(titled),
            ..*found
        })
        .collect()
    }

    fn dictionary(&self, phrase: &Phrase) -> &Dictionary {
        if phrase.in_title { &self.live.segment.titles } else { &self.live.segment.words }
    }

    /// The articles that have all words of a phrase, in whatever order.
    fn with_words_of(&self, phrase: &Phrase) -> Vec<Scored> {
        let dictionary = self.dictionary(phrase);
        let mut words: Vec<&Expanded> = phrase.looked_up.iter().map(|e| &**e).collect();
        words.sort_by_cached_key(|e| Asked::new(self, e, dictionary).postings);
        let mut words = words.into_iter();
        let first = words.next().map(|e| self.word(e, dictionary)).unwrap_or_default();
        words.fold(first, |found, e| self.narrow(&found, e, dictionary))
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
    fn with_headlines(&self, found: &[Scored], words: u8, beginnings: &[String]) -> Vec<Scored> {
        let titles = &self.live.segment.titles;
        let mut all: Option<Vec<Place>> = None;
        for beginning in beginnings {
            let mut terms = Vec::new();
            titles.vocabulary.whole(beginning, |term, _| terms.push(term));
            titles.vocabulary.longer(beginning, |term, _| terms.push(term));
            terms.sort_unstable();
            let mut places: Vec<Place> = Vec::new();
            titles.postings.each(&terms, |_, list| places.extend(list.map(|p| p.place)));
            places.sort_unstable();
            places.dedup();
            if let Some(all) = &all {
                places.retain(|place| all.binary_search(place).is_ok());
            }
            if places.is_empty() {
                return found.to_vec();
            }
            all = Some(places);
        }
        let credit = f32::from(u8::try_from(beginnings.len()).unwrap_or(u8::MAX)) * HEADLINE;
        let earned = |place: Place| {
            let at = found.binary_search_by_key(&place, |f| f.place).ok();
            at.and_then(|at| found.get(at)).is_some_and(|f| words >= 2 && f.titled == words)
        };
        let headlines = all.unwrap_or_default().into_iter();
        let headlines = headlines.map(|place| Scored::new(place, if earned(place) { 0.0 } else { credit }));
        unite(found, &headlines.collect::<Vec<_>>())
    }
}

/// A word asked of one segment.
struct Asked<'a> {
    ranker: &'a Ranker<'a>,
    dictionary: &'a Dictionary,
    terms: &'a [(Term, f32)],
    /// Articles with the word most likely meant.
    count: u32,
    /// Postings of all its terms.
    postings: usize,
}

impl<'a> Asked<'a> {
    fn new(ranker: &'a Ranker<'a>, expanded: &'a Expanded, dictionary: &'a Dictionary) -> Self {
        let terms = expanded.terms.get(ranker.at).map(Vec::as_slice).unwrap_or_default();
        let counts = terms.iter().map(|&(term, _)| dictionary.vocabulary.count(term) as usize);
        Self { ranker, dictionary, terms, count: expanded.count, postings: counts.sum() }
    }

    /// Calls `take` with each posting of each term, scored.
    fn each(&self, mut take: impl FnMut(Scored)) {
        let Ranker { articles, mean_length, title_times, .. } = *self.ranker;
        let lengths = self.ranker.live.segment.cards.lengths();
        let most_likely = idf(articles, self.count);
        let per_word = K1 * B / mean_length.max(1.0);
        let numbers: Vec<Term> = self.terms.iter().map(|(term, _)| *term).collect();
        self.dictionary.postings.each(&numbers, |at, list| {
            let Some(&(term, weight)) = self.terms.get(at) else { return };
            let count = self.dictionary.vocabulary.count(term);
            let idf = if count <= self.count { most_likely } else { idf(articles, count).min(most_likely) };
            let most = (K1 + 1.0) * weight * idf.max(0.1);
            for posting in list {
                let Some(&length) = lengths.get(posting.place as usize) else { continue };
                let times = times(posting, title_times);
                // The part of BM25 that grows with the number of occurrences.
                let score = most * times / (times + K1 * (1.0 - B) + per_word * f32::from(length));
                let titled = u8::from(posting.title > 0);
                take(Scored { place: posting.place, score, titled });
            }
        });
    }
}

/// Occurrences, those in the title counted `title_times` more; the text's count has them once.
fn times(posting: Posting, title_times: f32) -> f32 {
    match posting {
        Posting { count: 0, title: 0, .. } => 0.5,
        Posting { count, title, .. } => f32::from(count) + title_times * f32::from(title),
    }
}

/// How many of `found` lie before `place`: a few steps where it is near.
fn leap(found: &[Scored], place: Place) -> usize {
    let mut width = 1;
    while found.get(width - 1).is_some_and(|f| f.place < place) {
        width *= 2;
    }
    let from = width / 2;
    let to = (width - 1).min(found.len());
    from + found.get(from..to).unwrap_or_default().partition_point(|f| f.place < place)
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
            both.push(sum(a, b));
        }
    }
    both
}

fn sum(a: &Scored, b: &Scored) -> Scored {
    Scored { place: a.place, score: a.score + b.score, titled: a.titled.saturating_add(b.titled) }
}

/// Articles of either, scores added; both by place.
fn unite(a: &[Scored], b: &[Scored]) -> Vec<Scored> {
    let mut either = Vec::with_capacity(a.len() + b.len());
    let mut rest = b.iter().peekable();
    for a in a {
        while let Some(b) = rest.next_if(|b| b.place < a.place) {
            either.push(*b);
        }
        either.push(rest.next_if(|b| b.place == a.place).map_or(*a, |b| sum(a, b)));
    }
    either.extend(rest);
    either
}
