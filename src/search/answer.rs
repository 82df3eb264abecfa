//! Answering: a query planned, articles found and ranked, the first of them told in detail.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::best::Best;
use super::expand::{Expanded, Lexicon, expand};
use super::index::{Index, Shelf, lock};
use super::lamp::Lamp;
use super::live::Among;
use super::numbers::Numbers;
use super::plan::{Phrase, Plan, Planner, headline};
use super::query::{Clause, Query};
use super::rank::Ranker;
use super::request::{Body, Lit, Request, Set};
use super::scored::Scored;
use super::spelling::Typed;
use super::table::Table;
use crate::model::{ArticleId, Hit, SearchAnswer};

/// Expanded words kept from one keystroke to the next.
const CACHED_WORDS: usize = 256;
/// How much more an occurrence in the title counts, of a word asked alone and of one of several.
const TITLE_ALONE: f32 = 2.0;
const TITLE_AMONG: f32 = 0.5;
/// Inexact words of one query word may cost so many postings, or half the articles, but never more
/// than the most.
const MIN_BUDGET: u32 = 20_000;
const MAX_BUDGET: u32 = 150_000;

/// Expanded words of the last queries.
#[derive(Default)]
pub(super) struct Cache {
    generation: u64,
    words: HashMap<(Among, Typed), Arc<Expanded>>,
}

impl Index {
    /// The articles that answer `request`; `None` when it was overtaken.
    ///
    /// An empty query finds all. `took_us` is left at 0: the caller owns the clock.
    #[must_use]
    pub fn search(&self, request: &Request) -> Option<SearchAnswer> {
        let snapshot = self.shelf();
        let (plan, beginnings) = self.planned(request.query, &snapshot, request.sets);
        let lamp = if request.detailed > 0 { Lamp::new(&plan, beginnings.clone()) } else { Lamp::default() };
        let teller = Teller { request, plan: &plan, lamp: &lamp, searched: snapshot.articles };
        let phrases = phrases(&plan);
        // Hits that a phrase may still take away are not told beforehand.
        let early = phrases.is_empty().then_some(&teller);
        let mut table = RefCell::new(std::mem::take(&mut *lock(&self.table)));
        let limit = if phrases.is_empty() { request.limit } else { usize::MAX };
        let mut best = Best::new(request.order, limit);
        find(&snapshot, request, &table, &mut best, early, &|ranker, take| {
            ranker.find(&plan, &beginnings, take)
        })?;
        if !phrases.is_empty() {
            best = teller.with_phrases(best, &phrases)?;
        }
        let mut partial = false;
        if best.total() == 0 && request.nearest {
            best = Best::new(request.order, request.limit);
            find(&snapshot, request, &table, &mut best, None, &|ranker, take| ranker.nearest(&plan, take))?;
            partial = best.total() > 0;
        }
        *lock(&self.table) = std::mem::take(table.get_mut());
        let mut answer = teller.tell(best, request.detailed)?;
        answer.partial = partial;
        Some(answer)
    }

    /// The articles that answer the query of `request`, whatever its limits and order; `None` when
    /// it was overtaken. For those who want all of them: none is sorted or told of.
    #[must_use]
    pub fn matching(&self, request: &Request) -> Option<Numbers> {
        let snapshot = self.shelf();
        let (plan, beginnings) = self.planned(request.query, &snapshot, request.sets);
        let phrases = phrases(&plan);
        let mut table = RefCell::new(std::mem::take(&mut *lock(&self.table)));
        let mut found = Numbers::default();
        for ranker in rankers(&snapshot, request, &table) {
            ranker.find(&plan, &beginnings, &mut |scored| {
                if let Some(card) = ranker.live.segment.cards.get(scored.place) {
                    found.insert(card.id.0);
                }
            })?;
        }
        *lock(&self.table) = std::mem::take(table.get_mut());
        if phrases.is_empty() {
            return Some(found);
        }
        let mut kept = Numbers::default();
        for number in found.iter() {
            if !(request.is_current)() {
                return None;
            }
            if has_phrases(request, ArticleId(number), &phrases) {
                kept.insert(number);
            }
        }
        Some(kept)
    }

    /// What `query` lights in an article, found by it or not.
    #[must_use]
    pub fn light(&self, query: &Query, body: &Body) -> Lit {
        let snapshot = self.shelf();
        let (plan, beginnings) = self.planned(query, &snapshot, &|_| Numbers::default());
        Lamp::new(&plan, beginnings).light(body)
    }

    /// The plan of a query, and the beginnings of words by which headlines answer it.
    fn planned(
        &self,
        query: &Query,
        snapshot: &Shelf,
        sets: &dyn Fn(Set<'_>) -> Numbers,
    ) -> (Plan, Vec<String>) {
        let clause = query.clause();
        let plan = clause.and_then(|c| self.plan(c, snapshot, sets)).unwrap_or(Plan::All(Vec::new()));
        (plan, clause.map(headline).unwrap_or_default())
    }

    pub(super) fn plan(
        &self,
        clause: &Clause,
        snapshot: &Shelf,
        sets: &dyn Fn(Set<'_>) -> Numbers,
    ) -> Option<Plan> {
        let expand = |among, typed| self.expanded(among, typed, snapshot);
        Planner { live: &snapshot.live, expand: &expand, sets }.plan(clause)
    }

    /// Typing changes only the last word: the others are remembered.
    fn expanded(&self, among: Among, typed: Typed, snapshot: &Shelf) -> Arc<Expanded> {
        let key = (among, typed);
        {
            let mut cache = lock(&self.cache);
            if cache.generation != snapshot.generation || cache.words.len() >= CACHED_WORDS {
                cache.words.clear();
                cache.generation = snapshot.generation;
            }
            if let Some(known) = cache.words.get(&key) {
                return Arc::clone(known);
            }
        }
        let lexicons: Vec<Lexicon> = snapshot.live.iter().map(|l| l.lexicon(among)).collect();
        let budget = (snapshot.articles / 2).clamp(MIN_BUDGET, MAX_BUDGET);
        let expanded = Arc::new(expand(&key.1, &lexicons, budget));
        let mut cache = lock(&self.cache);
        if cache.generation == snapshot.generation {
            cache.words.insert(key, Arc::clone(&expanded));
        }
        expanded
    }
}

/// The phrases that every article must have.
fn phrases(plan: &Plan) -> Vec<&Phrase> {
    let all = if let Plan::All(all) = plan { all.as_slice() } else { std::slice::from_ref(plan) };
    all.iter().filter_map(|plan| if let Plan::Phrase(phrase) = plan { Some(phrase) } else { None }).collect()
}

/// Whether the text of an article has them.
fn has_phrases(request: &Request, id: ArticleId, phrases: &[&Phrase]) -> bool {
    (request.text_of)(id).is_some_and(|body| phrases.iter().all(|phrase| phrase.is_in(&body)))
}

/// Makes answers of what was found.
struct Teller<'a> {
    request: &'a Request<'a>,
    plan: &'a Plan,
    lamp: &'a Lamp<'a>,
    searched: u32,
}

impl Teller<'_> {
    /// Those of `found` whose texts have the phrases; told as they come where that takes long.
    fn with_phrases(&self, found: Best, phrases: &[&Phrase]) -> Option<Best> {
        let mut kept = Best::new(self.request.order, self.request.limit);
        for found in found.into_hits() {
            if !(self.request.is_current)() {
                return None;
            }
            if has_phrases(self.request, found.id, phrases) {
                kept.take(found);
            }
            if kept.total() > 0 {
                self.publish(&kept)?;
            }
        }
        Some(kept)
    }

    /// Hands over what is found so far, where that is due.
    fn publish(&self, found: &Best) -> Option<()> {
        if (self.request.is_due)() {
            (self.request.publish)(self.tell(found.clone(), self.request.detailed.min(EARLY))?);
        }
        Some(())
    }

    /// The answer with `detailed` hits told in detail; `None` when overtaken.
    fn tell(&self, found: Best, detailed: usize) -> Option<SearchAnswer> {
        let request = self.request;
        let mut answer =
            SearchAnswer { searched: self.searched, total: found.total(), ..SearchAnswer::default() };
        let mut written = HashMap::new();
        for (at, found) in found.into_hits().into_iter().enumerate() {
            if at < detailed && !(request.is_current)() {
                return None;
            }
            let body = (at < detailed).then(|| (request.text_of)(found.id)).flatten();
            let lit = body.as_ref().map(|b| self.lamp.light(b)).unwrap_or_default();
            if let Some(body) = &body {
                note_written(&lit, body, &mut written);
            }
            let Lit { title, text, snippets } = lit;
            answer.hits.push(Hit {
                id: found.id,
                score: found.score,
                title_matches: title,
                matches: text,
                snippets,
            });
        }
        answer.expansions = stand_ins(self.plan, &written);
        Some(answer)
    }
}

/// Hits told in detail in an answer that is not whole: what a screen shows.
const EARLY: usize = 12;

type Ask<'a> = &'a dyn Fn(&Ranker, &mut dyn FnMut(Scored)) -> Option<()>;

/// Puts what `ask` finds in all segments into `best`; told to `early` after each where that is due.
fn find(
    snapshot: &Shelf,
    request: &Request,
    table: &RefCell<Table>,
    best: &mut Best,
    early: Option<&Teller<'_>>,
    ask: Ask,
) -> Option<()> {
    for ranker in rankers(snapshot, request, table) {
        ask(&ranker, &mut |scored| best.take_scored(&scored, &ranker.live.segment.cards))?;
        if let Some(teller) = early
            && ranker.at + 1 < snapshot.live.len()
            && best.total() > 0
        {
            teller.publish(best)?;
        }
    }
    Some(())
}

/// One for each segment.
#[allow(clippy::cast_precision_loss, reason = "counts of articles and words, for ranking only")]
fn rankers<'a>(
    snapshot: &'a Shelf,
    request: &'a Request<'a>,
    table: &'a RefCell<Table>,
) -> impl Iterator<Item = Ranker<'a>> {
    let words: u64 = snapshot.live.iter().map(|l| l.segment.length()).sum();
    let cards: usize = snapshot.live.iter().map(|l| l.segment.cards.len()).sum();
    snapshot.live.iter().enumerate().map(move |(at, live)| Ranker {
        live,
        at,
        articles: snapshot.articles as f32,
        mean_length: words as f32 / cards.max(1) as f32,
        title_times: if request.query.is_one_word() { TITLE_ALONE } else { TITLE_AMONG },
        request,
        table,
    })
}

/// Notes how matched words are written; the first article that has one decides.
fn note_written(lit: &Lit, body: &Body, written: &mut HashMap<String, String>) {
    let words = lit.text.iter().map(|s| s.of(&body.text)).chain(lit.title.iter().map(|s| s.of(&body.title)));
    for word in words {
        let lower = word.to_lowercase();
        if lower != word {
            written.entry(lower).or_insert_with(|| word.to_owned());
        }
    }
}

/// Words that are not known as typed, with what stood in for them, as the articles write it.
fn stand_ins(plan: &Plan, written: &HashMap<String, String>) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    let plans = if let Plan::All(all) = plan { all.as_slice() } else { std::slice::from_ref(plan) };
    for plan in plans {
        if let Plan::Word(expanded) | Plan::Title(expanded) = plan
            && !expanded.stand_ins.is_empty()
        {
            let as_written = expanded.stand_ins.iter().map(|s| written.get(s).unwrap_or(s).clone());
            found.push((expanded.word.clone(), as_written.collect()));
        }
    }
    found
}
