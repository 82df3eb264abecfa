//! Search measured: building, recall, rank and time a keystroke.
//!
//! `cargo bench --bench search -- ARTICLES.jsonl [QUERIES.tsv [LIMIT]]`; an article is an object with
//! `id`, `title`, `body`, `outlet` and `lang`, a query line `kind <TAB> wanted id <TAB> query`. Times
//! are processor time where the system tells it; a keystroke is a search after each typed letter.
//! With `FOLDER` in the environment the index is kept there, and built only where it is not yet.

#![allow(clippy::print_stdout, reason = "a bench answers on standard output")]
#![allow(clippy::cast_precision_loss, reason = "counts for averages")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::PathBuf;
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

struct Corpus {
    index: Index,
    keys: Vec<String>,
    bodies: Vec<Body>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let Some(articles) = arguments.first() else {
        println!("give a file of articles, see the head of benches/search.rs");
        return Ok(());
    };
    let limit = arguments.get(2).and_then(|n| n.parse().ok()).unwrap_or(usize::MAX);
    let corpus = load(&fs::read_to_string(articles)?, limit)?;
    if let Some(queries) = arguments.get(1) {
        let queries = fs::read_to_string(queries)?;
        let before = memory();
        quality(&corpus, &queries);
        keystrokes(&corpus, &queries);
        println!("anonymous memory {:.1} MB more than before", memory() - before);
    }
    Ok(())
}

fn load(lines: &str, limit: usize) -> Result<Corpus, Box<dyn Error>> {
    let mut corpus = Corpus { index: Index::new(), keys: Vec::new(), bodies: Vec::new() };
    let mut sources = Vec::new();
    for line in lines.lines().take(limit) {
        let article: Value = serde_json::from_str(line)?;
        let field = |name: &str| article[name].as_str().unwrap_or_default().to_owned();
        corpus.keys.push(field("id"));
        sources.push((Source { name: Some(field("outlet")), ..Source::default() }, field("lang")));
        corpus.bodies.push(Body { title: field("title"), text: field("body") });
    }
    if let Some(folder) = std::env::var_os("FOLDER").map(PathBuf::from) {
        let before = memory();
        let start = Instant::now();
        corpus.index.open_in(folder.clone(), 1);
        println!("opened in {:.2} ms", start.elapsed().as_secs_f64() * 1e3);
        if corpus.index.is_empty() {
            build(&corpus, &sources)?;
            corpus.index = Index::new();
            corpus.index.open_in(folder, 1);
        }
        println!("anonymous memory {:.1} MB more than without", memory() - before);
    } else {
        build(&corpus, &sources)?;
    }
    Ok(corpus)
}

/// Anonymous memory of this process in MB, where the system tells it.
fn memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("RssAnon:"));
    line.and_then(|l| l.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or_default() / 1e3
}

fn build(corpus: &Corpus, sources: &[(Source, String)]) -> Result<(), Box<dyn Error>> {
    let bytes: usize = corpus.bodies.iter().map(|b| b.title.len() + b.text.len()).sum();
    let day = Instant::now();
    let start = cpu(day);
    let turn = corpus.index.turn();
    for ((id, body), (source, language)) in (0..).zip(&corpus.bodies).zip(sources) {
        corpus.index.add(&Document {
            id: ArticleId(id),
            title: &body.title,
            text: &body.text,
            source,
            language: if language == "de" { Language::German } else { Language::English },
            published: Published::Unknown,
            entities: &[],
        });
        if id % 64 == 0 {
            turn.reached(Mark { last: ArticleId(id), key: 1 });
        }
    }
    turn.finish()?;
    let all = cpu(day) - start;
    println!(
        "{} articles, {:.1} MB: ready in {all:.2} s, {:.1} MB/s",
        corpus.keys.len(),
        bytes as f64 / 1e6,
        bytes as f64 / 1e6 / all
    );
    Ok(())
}

impl Corpus {
    fn ask(&self, typed: &str, limit: usize, detailed: usize) -> SearchAnswer {
        let Ok(query) = Query::parse(typed, date(2026, 1, 1)) else { return SearchAnswer::default() };
        let request = Request {
            query: &query,
            limit,
            detailed,
            order: Order::Relevance,
            nearest: true,
            sets: &|_| Numbers::default(),
            text_of: &|id| self.bodies.get(id.0 as usize).cloned(),
            is_current: &|| true,
            is_due: &|| false,
            publish: &|_| {},
        };
        self.index.search(&request).unwrap_or_default()
    }
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
        let title = corpus.keys.iter().position(|k| k == wanted).map(|at| &corpus.bodies[at]);
        let rank = answer
            .hits
            .iter()
            .position(|h| key(h.id) == wanted || title.is_some_and(|t| corpus.bodies[h.id.0 as usize] == *t));
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
                let title = corpus.bodies.get(hit.id.0 as usize).map_or("", |b| &b.title);
                println!("    {:.2} {} {title}", hit.score, key(hit.id));
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

fn keystrokes(corpus: &Corpus, queries: &str) {
    let day = Instant::now();
    for detailed in [0, 10] {
        let mut times = Vec::new();
        for (_, _, typed) in rows(queries).step_by(11) {
            for (end, c) in typed.char_indices() {
                let Some(so_far) = typed.get(..end + c.len_utf8()) else { continue };
                let start = cpu(day);
                let answer = corpus.ask(so_far, 50, detailed);
                times.push(((cpu(day) - start) * 1e3, so_far, answer.total));
            }
        }
        times.sort_by(|a, b| a.0.total_cmp(&b.0));
        let at = |share: usize| {
            times.get((times.len().saturating_sub(1)) * share / 1000).map_or((0.0, "", 0), |t| *t)
        };
        println!(
            "keystroke with {detailed} passages: p50 {:.2} ms, p90 {:.2}, p99 {:.2}, longest {:?} (of {})",
            at(500).0,
            at(900).0,
            at(990).0,
            at(1000),
            times.len()
        );
    }
}
