//! Search measured: building, recall, rank and time a keystroke.
//!
//! `cargo bench --bench search -- ARTICLES.jsonl [QUERIES.tsv [LIMIT]]`; an article is an object with
//! `id`, `title`, `body`, `outlet` and `lang`, a query line `kind <TAB> wanted id <TAB> query`. Times
//! are processor time where the system tells it; a keystroke is a search after each typed letter.
//! With `FOLDER` in the environment the index is kept there, and built only where it is not yet;
//! `MISSES` shows what was not found first, `SLOW` the slowest keystrokes, `TYPED` asks only this, 300
//! times, for a profiler. Reading the texts of passages does not count.

#![allow(clippy::print_stdout, reason = "a bench answers on standard output")]
#![allow(clippy::cast_precision_loss, reason = "counts for averages")]

use std::cell::Cell;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::civil::date;
use lesart::model::{ArticleId, Language, Published, SearchAnswer, Source};
use lesart::search::{Body, Document, Index, Mark, Numbers, Order, Query, Request};
use serde_json::Value;

/// Processor time of this thread so far in seconds; time of day where the system does not tell it.
fn cpu(start: Instant) -> f64 {
    let spent = nix::time::clock_gettime(nix::time::ClockId::CLOCK_THREAD_CPUTIME_ID);
    spent.map_or_else(|_| start.elapsed().as_secs_f64(), |t| Duration::from(t).as_secs_f64())
}

/// Times are the best of so many passes.
const PASSES: usize = 3;

/// Articles that are measured; their texts stay in the file.
struct Corpus {
    index: Index,
    file: File,
    /// Where each line begins, and where the last one ends.
    lines: Vec<u64>,
    keys: Vec<String>,
    /// Articles of the same title and text have the same.
    hashes: Vec<u64>,
    /// Time spent reading texts, which a library does otherwise.
    reading: Cell<f64>,
}

/// An article of the file.
struct Article {
    key: String,
    body: Body,
    outlet: String,
    is_german: bool,
}

impl Article {
    fn read(line: &[u8]) -> Option<Self> {
        let article: Value = serde_json::from_slice(line).ok()?;
        let field = |name: &str| article[name].as_str().unwrap_or_default().to_owned();
        Some(Self {
            key: field("id"),
            body: Body { title: field("title"), text: field("body") },
            outlet: field("outlet"),
            is_german: field("lang") == "de",
        })
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let Some(articles) = arguments.first() else {
        println!("give a file of articles, see the head of benches/search.rs");
        return Ok(());
    };
    let limit = arguments.get(2).and_then(|n| n.parse().ok()).unwrap_or(usize::MAX);
    let mut corpus = load(Path::new(articles), limit)?;
    let Some(queries) = arguments.get(1) else { return Ok(()) };
    let queries = fs::read_to_string(queries)?;
    let before = memory();
    if let Some(typed) = std::env::var_os("TYPED") {
        let typed = typed.to_string_lossy().into_owned();
        for _ in 0..300 {
            corpus.reopen();
            corpus.ask(&typed, 50, 0);
        }
        return Ok(());
    }
    quality(&corpus, &queries);
    keystrokes(&mut corpus, &queries);
    println!("anonymous memory {:.1} MB more than before", memory() - before);
    Ok(())
}

fn load(path: &Path, limit: usize) -> Result<Corpus, Box<dyn Error>> {
    let mut corpus = Corpus {
        index: Index::new(),
        file: File::open(path)?,
        lines: vec![0],
        keys: Vec::new(),
        hashes: Vec::new(),
        reading: Cell::new(0.0),
    };
    let folder = std::env::var_os("FOLDER").map(PathBuf::from);
    let before = memory();
    let start = Instant::now();
    if let Some(folder) = &folder {
        corpus.index.open_in(folder.clone(), 1);
        println!("opened in {:.2} ms", start.elapsed().as_secs_f64() * 1e3);
    }
    let is_built = !corpus.index.is_empty();
    read(path, limit, &mut corpus, is_built)?;
    if let Some(folder) = folder.filter(|_| !is_built) {
        corpus.index = Index::new();
        corpus.index.open_in(folder, 1);
    }
    println!("anonymous memory {:.1} MB more than without", memory() - before);
    Ok(corpus)
}

/// Anonymous memory of this process in MB, where the system tells it.
fn memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("RssAnon:"));
    line.and_then(|l| l.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or_default() / 1e3
}

/// Reads the file, and indexes its articles where that is not done yet.
fn read(path: &Path, limit: usize, corpus: &mut Corpus, is_built: bool) -> Result<(), Box<dyn Error>> {
    let day = Instant::now();
    let (mut bytes, mut spent, mut at) = (0, 0.0, 0);
    let mut line = Vec::new();
    let mut file = BufReader::with_capacity(1 << 20, File::open(path)?);
    let turn = corpus.index.turn();
    for id in (0..).take(limit) {
        line.clear();
        let length = file.read_until(b'\n', &mut line)?;
        if length == 0 {
            break;
        }
        at += length as u64;
        corpus.lines.push(at);
        let article = Article::read(&line).ok_or_else(|| format!("line {}: no article", id + 1))?;
        let body = &article.body;
        let mut hasher = DefaultHasher::new();
        (&body.title, &body.text).hash(&mut hasher);
        corpus.hashes.push(hasher.finish());
        corpus.keys.push(article.key);
        if is_built {
            continue;
        }
        bytes += body.title.len() + body.text.len();
        let start = cpu(day);
        let language = if article.is_german { Language::German } else { Language::English };
        corpus.index.add(&Document {
            id: ArticleId(id),
            title: &body.title,
            text: &body.text,
            source: &Source { name: Some(article.outlet), ..Source::default() },
            language,
            published: Published::Unknown,
            entities: &[],
        });
        if id % 64 == 0 {
            turn.reached(Mark { last: ArticleId(id), key: 1 });
        }
        spent += cpu(day) - start;
    }
    if !is_built {
        let start = cpu(day);
        turn.finish()?;
        spent += cpu(day) - start;
        let megabytes = bytes as f64 / 1e6;
        let count = corpus.keys.len();
        println!("{count} articles, {megabytes:.1} MB: ready in {spent:.2} s, {:.1} MB/s", megabytes / spent);
    }
    Ok(())
}

impl Corpus {
    /// Forgets what searches have left in memory, where the index is in a folder.
    fn reopen(&mut self) {
        if let Some(folder) = std::env::var_os("FOLDER").map(PathBuf::from) {
            self.index = Index::new();
            self.index.open_in(folder, 1);
        }
    }

    fn body(&self, id: ArticleId) -> Option<Body> {
        let day = Instant::now();
        let start = cpu(day);
        let [from, to] = self.lines.get(id.0 as usize..)?.get(..2)?.try_into().ok()?;
        let mut line = vec![0; usize::try_from(to - from).ok()?];
        self.file.read_exact_at(&mut line, from).ok()?;
        let article = Article::read(&line);
        self.reading.set(self.reading.get() + cpu(day) - start);
        Some(article?.body)
    }

    fn title(&self, id: ArticleId) -> String {
        self.body(id).map(|body| body.title).unwrap_or_default()
    }

    fn ask(&self, typed: &str, limit: usize, detailed: usize) -> SearchAnswer {
        let Ok(query) = Query::parse(typed, date(2026, 1, 1)) else { return SearchAnswer::default() };
        let request = Request {
            query: &query,
            limit,
            detailed,
            order: Order::Relevance,
            nearest: true,
            sets: &|_| Numbers::default(),
            text_of: &|id| self.body(id),
            is_current: &|| true,
            is_due: &|| false,
            publish: &|_| {},
        };
        self.index.search(&request).unwrap_or_default()
    }
}

/// Times in milliseconds of a search after each letter, with what was typed and how much found.
fn pass<'q>(corpus: &Corpus, queries: &'q str, detailed: usize) -> Vec<(f64, &'q str, u32)> {
    let day = Instant::now();
    let mut times = Vec::new();
    for (_, _, typed) in rows(queries).step_by(11) {
        for (end, c) in typed.char_indices() {
            let Some(so_far) = typed.get(..end + c.len_utf8()) else { continue };
            corpus.reading.set(0.0);
            let start = cpu(day);
            let answer = corpus.ask(so_far, 50, detailed);
            times.push(((cpu(day) - start - corpus.reading.get()) * 1e3, so_far, answer.total));
        }
    }
    times
}

fn rows(queries: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    queries.lines().filter_map(|line| {
        let mut parts = line.splitn(3, '\t');
        Some((parts.next()?, parts.next()?, parts.next()?))
    })
}

/// Share of queries whose article is among the first ten, and mean reciprocal rank, by kind.
fn quality(corpus: &Corpus, queries: &str) {
    let is_verbose = std::env::var_os("MISSES").is_some();
    let mut kinds: BTreeMap<&str, (f64, f64, f64, f64)> = BTreeMap::new();
    for (kind, wanted, typed) in rows(queries) {
        let typed = if matches!(kind, "prefix" | "abbrev") { typed.to_owned() } else { format!("{typed} ") };
        let answer = corpus.ask(&typed, 10, 0);
        // The same article under another id counts too.
        let key = |id: ArticleId| corpus.keys.get(id.0 as usize).map_or("", String::as_str);
        let hash = |id: usize| corpus.hashes.get(id).copied();
        let same = corpus.keys.iter().position(|k| k == wanted).and_then(hash);
        let rank = answer
            .hits
            .iter()
            .position(|h| key(h.id) == wanted || (same.is_some() && hash(h.id.0 as usize) == same));
        let row = kinds.entry(kind).or_default();
        row.0 += 1.0;
        row.3 += f64::from(answer.total);
        if let Some(rank) = rank {
            row.1 += 1.0;
            row.2 += 1.0 / (rank as f64 + 1.0);
        }
        if is_verbose && rank != Some(0) {
            println!("miss {kind} {rank:?} of {}: {typed} ({wanted}) {:?}", answer.total, answer.expansions);
            for hit in answer.hits.iter().take(5) {
                println!("    {:.2} {} {}", hit.score, key(hit.id), corpus.title(hit.id));
            }
        }
    }
    let mut sum = (0.0, 0.0, 0.0);
    for (kind, (count, found, reciprocal, total)) in &kinds {
        println!(
            "{kind:10} {:.2} / {:.2}  mean total {:.0}",
            found / count,
            reciprocal / count,
            total / count
        );
        sum = (sum.0 + count, sum.1 + found, sum.2 + reciprocal);
    }
    println!("all        {:.3} / {:.3}  of {}", sum.1 / sum.0, sum.2 / sum.0, sum.0);
}

fn keystrokes(corpus: &mut Corpus, queries: &str) {
    for detailed in [0, 10] {
        // Other work on the machine slows some of a pass down, seldom the same.
        let mut times = pass(corpus, queries, detailed);
        for _ in 1..PASSES {
            corpus.reopen();
            for (best, again) in times.iter_mut().zip(pass(corpus, queries, detailed)) {
                best.0 = best.0.min(again.0);
            }
        }
        times.sort_by(|a, b| a.0.total_cmp(&b.0));
        let at = |share: usize| {
            times.get((times.len().saturating_sub(1)) * share / 1000).map_or((0.0, "", 0), |t| *t)
        };
        println!(
            "keystroke with {detailed} passages: p50 {:.2} ms, p90 {:.2}, p99 {:.2} (of {})",
            at(500).0,
            at(900).0,
            at(990).0,
            times.len()
        );
        let slow = times.iter().rev().take(if std::env::var_os("SLOW").is_some() { 20 } else { 1 });
        for (time, typed, total) in slow {
            println!("    {time:.2} ms: {typed:?}, {total} found");
        }
    }
}
