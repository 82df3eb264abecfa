//! The index over all articles: adding, removing, answering.
//!
//! Articles are gathered, and made into a segment when they are first asked for; small segments
//! are merged into larger ones, so an article is moved only a few times. Searching works on a
//! snapshot and blocks nobody. `add`, `remove` and `search` may be called from several threads.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;

use crate::model::{ArticleId, Hit, SearchAnswer};

use super::expand::{Expanded, Lexicon, expand};
use super::live::{Among, Live};
use super::plan::{Plan, Planner, headline};
use super::query::{Clause, Query};
use super::rank::{Ranker, Scored};
use super::request::{Body, Document, Lit, Order, Request};
use super::segment::Builder;
use super::snippet::Lamp;
use super::spelling::Typed;

/// Expanded words kept from one keystroke to the next.
const CACHED_WORDS: usize = 256;
/// Inexact words of one query word may cost so many postings, or half the articles.
const MIN_BUDGET: u32 = 20_000;

/// All words of all articles, with where they stand; the texts are not kept.
#[derive(Default)]
pub struct Index {
    shelves: Mutex<Shelves>,
    cache: Mutex<Cache>,
}

#[derive(Default)]
struct Shelves {
    live: Arc<Vec<Live>>,
    pending: Builder,
    pending_ids: HashSet<ArticleId>,
    generation: u64,
}

#[derive(Default)]
struct Cache {
    generation: u64,
    words: HashMap<(Among, Typed), Arc<Expanded>>,
}

/// What a search works on.
struct Snapshot {
    live: Arc<Vec<Live>>,
    generation: u64,
    articles: u32,
}

/// A found article before it becomes a hit.
#[derive(Clone, Copy)]
struct Found {
    score: f32,
    day: Option<Date>,
    id: ArticleId,
}

impl Shelves {
    /// Makes a segment of what is pending, and merges segments of like size.
    fn settle(&mut self) {
        if self.pending_ids.is_empty() {
            return;
        }
        let mut live = Vec::clone(&self.live);
        live.push(Live::new(std::mem::take(&mut self.pending).finish()));
        self.pending_ids.clear();
        // Sizes at least double from each segment to the one before, so there are few of them and
        // an article moves a logarithmic number of times.
        while let [.., before, last] = live.as_slice()
            && before.len() < 2 * last.len()
        {
            let mut builder = Builder::default();
            for part in [before, last] {
                builder.absorb(&part.segment, &|place| part.is_live(place));
            }
            live.truncate(live.len() - 2);
            live.push(Live::new(builder.finish()));
        }
        live.retain(|l| l.len() > 0);
        self.live = Arc::new(live);
        self.generation += 1;
    }

    fn remove(&mut self, id: ArticleId) {
        if self.pending_ids.contains(&id) {
            self.settle();
        }
        let Some(at) = self.live.iter().position(|l| l.has(id)) else { return };
        let mut live = Vec::clone(&self.live);
        live[at].remove(id);
        self.live = Arc::new(live);
        self.generation += 1;
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What a panicking thread left is still a set of whole segments.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Index {
    /// An index without articles.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes an article in; one of the same number is replaced.
    pub fn add(&self, document: &Document) {
        let mut shelves = lock(&self.shelves);
        shelves.remove(document.id);
        shelves.pending.add(document);
        shelves.pending_ids.insert(document.id);
    }

    /// Forgets an article; nothing happens where it is not there.
    pub fn remove(&self, id: ArticleId) {
        lock(&self.shelves).remove(id);
    }

    /// Makes what was added ready to be found, so that the next search need not.
    pub fn settle(&self) {
        lock(&self.shelves).settle();
    }

    /// Articles that can be found.
    #[must_use]
    pub fn len(&self) -> usize {
        let shelves = lock(&self.shelves);
        shelves.live.iter().map(Live::len).sum::<usize>() + shelves.pending_ids.len()
    }

    /// Whether no article can be found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn snapshot(&self) -> Snapshot {
        let mut shelves = lock(&self.shelves);
        shelves.settle();
        let live = Arc::clone(&shelves.live);
        let articles = u32::try_from(live.iter().map(Live::len).sum::<usize>()).unwrap_or(u32::MAX);
        Snapshot { live, generation: shelves.generation, articles }
    }

    /// The articles that answer `request`; `None` when it was overtaken.
    ///
    /// An empty query finds all. `took_us` is left at 0: the caller owns the clock.
    #[must_use]
    pub fn search(&self, request: &Request) -> Option<SearchAnswer> {
        let snapshot = self.snapshot();
        let mut answer = SearchAnswer { searched: snapshot.articles, ..SearchAnswer::default() };
        let clause = request.query.clause();
        let plan = clause.and_then(|c| self.plan(c, &snapshot)).unwrap_or(Plan::All(Vec::new()));
        let beginnings = clause.map(headline).unwrap_or_default();
        let mut found = find(&snapshot, request, &|ranker| ranker.find(&plan, &beginnings))?;
        if found.is_empty() && request.nearest {
            found = find(&snapshot, request, &|ranker| ranker.nearest(&plan))?;
            answer.partial = !found.is_empty();
        }
        answer.total = u32::try_from(found.len()).unwrap_or(u32::MAX);
        let lamp = if request.detailed > 0 { Lamp::new(&plan, beginnings) } else { Lamp::default() };
        let mut written = HashMap::new();
        for (at, found) in best(found, request).into_iter().enumerate() {
            if at < request.detailed && !(request.is_current)() {
                return None;
            }
            let body = (at < request.detailed).then(|| (request.text_of)(found.id)).flatten();
            let lit = body.as_ref().map(|b| lamp.light(b)).unwrap_or_default();
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
        answer.expansions = stand_ins(&plan, &written);
        Some(answer)
    }

    /// What `query` lights in an article, found by it or not.
    #[must_use]
    pub fn light(&self, query: &Query, body: &Body) -> Lit {
        let snapshot = self.snapshot();
        let clause = query.clause();
        let plan = clause.and_then(|c| self.plan(c, &snapshot)).unwrap_or(Plan::All(Vec::new()));
        Lamp::new(&plan, clause.map(headline).unwrap_or_default()).light(body)
    }

    fn plan(&self, clause: &Clause, snapshot: &Snapshot) -> Option<Plan> {
        let expand = |among, typed| self.expanded(among, typed, snapshot);
        Planner { live: &snapshot.live, expand: &expand }.plan(clause)
    }

    /// Typing changes only the last word: the others are remembered.
    fn expanded(&self, among: Among, typed: Typed, snapshot: &Snapshot) -> Arc<Expanded> {
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
        let expanded = Arc::new(expand(&key.1, &lexicons, MIN_BUDGET.max(snapshot.articles / 2)));
        let mut cache = lock(&self.cache);
        if cache.generation == snapshot.generation {
            cache.words.insert(key, Arc::clone(&expanded));
        }
        expanded
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index").field("len", &self.len()).finish_non_exhaustive()
    }
}

type Ask<'a> = &'a dyn Fn(&Ranker) -> Option<Vec<Scored>>;

#[allow(clippy::cast_precision_loss, reason = "counts of articles and words, for ranking only")]
fn find(snapshot: &Snapshot, request: &Request, ask: Ask) -> Option<Vec<Found>> {
    let words: u64 = snapshot.live.iter().map(|l| l.words).sum();
    let cards: usize = snapshot.live.iter().map(|l| l.segment.cards.len()).sum();
    let mut all = Vec::new();
    for (at, live) in snapshot.live.iter().enumerate() {
        let ranker = Ranker {
            live,
            at,
            articles: snapshot.articles as f32,
            mean_length: words as f32 / cards.max(1) as f32,
            request,
        };
        all.extend(ask(&ranker)?.into_iter().filter_map(|scored| {
            let card = live.segment.cards.get(scored.place as usize)?;
            Some(Found { score: scored.score, day: card.days.map(|(first, _)| first), id: card.id })
        }));
    }
    Some(all)
}

/// The first of `found` in the asked order.
fn best(mut found: Vec<Found>, request: &Request) -> Vec<Found> {
    let order = |a: &Found, b: &Found| match request.order {
        Order::Relevance => b
            .score
            .total_cmp(&a.score)
            .then_with(|| Reverse(a.day).cmp(&Reverse(b.day)))
            .then(a.id.cmp(&b.id)),
        Order::Date => Reverse(a.day)
            .cmp(&Reverse(b.day))
            .then_with(|| b.score.total_cmp(&a.score))
            .then(a.id.cmp(&b.id)),
    };
    if let Some(last) = request.limit.checked_sub(1)
        && last < found.len()
    {
        found.select_nth_unstable_by(last, order);
    }
    found.truncate(request.limit);
    found.sort_unstable_by(order);
    found
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
