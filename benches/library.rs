//! The library measured at several sizes, beside a plain scan and SQLite's own full text search.
//!
//! `cargo bench --bench library [-- SIZES…]` prints one table; sizes are 5, 1000 and 100000 where
//! none is named. `CORPUS` in the environment names a file with an article a line (an object with
//! `title`, `body`, `date`, `outlet` and `lang`); without it, or beyond its end, articles are made up,
//! the same in every run. With `LIBRARY` only opening, listing and searching are measured, in the library
//! in that folder, which has the articles of `CORPUS`; it is written to, so name a copy. Times are milliseconds of processor time of the whole
//! process where the system tells it; a keystroke is a search after each typed letter, with the rows
//! that the reader shows.

#![allow(clippy::print_stdout, reason = "the table is the result")]
#![allow(clippy::cast_precision_loss, reason = "counts and times for averages")]

use std::error::Error;
use std::fs::{self, File};
use std::hint::black_box;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::civil::date;
use lesart::library::{Library, Order, Query};
use lesart::model::View;
use lesart::text::fold::fold;
use memchr::memmem;
use nix::time::{ClockId, clock_gettime};
use rusqlite::Connection;
use serde_json::{Value, json};

type Failure = Box<dyn Error>;

/// Rows of a list that a screen and some pages show.
const ROWS: usize = 200;
/// Hits of a search.
const HITS: usize = 200;
/// Rows that the reader shows of them at first.
const SHOWN: usize = 40;
/// Keystrokes are the best of so many passes.
const PASSES: usize = 3;
/// Pairs of words that are typed.
const QUERIES: usize = 25;

/// An article of the bench.
struct Article {
    title: String,
    body: String,
    line: String,
}

fn main() -> Result<(), Failure> {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|a| a.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![5, 1_000, 100_000] } else { sizes };
    print_row("articles", &sizes, |size| format!("{size:>12}"));
    let mut columns = Vec::new();
    for size in sizes {
        columns.push(measure(&articles(size)?)?);
    }
    let Some(first) = columns.first() else { return Ok(()) };
    for (row, (name, _)) in first.iter().enumerate() {
        let values: Vec<f64> = columns.iter().filter_map(|c| c.get(row)).map(|(_, value)| *value).collect();
        print_row(name, &values, |value| format!("{value:>12.2}"));
    }
    Ok(())
}

fn print_row<T>(name: &str, values: &[T], shown: impl Fn(&T) -> String) {
    let values: Vec<String> = values.iter().map(shown).collect();
    println!("{name:<34}{}", values.concat());
}

/// All rows of the table for these articles.
fn measure(articles: &[Article]) -> Result<Vec<(&'static str, f64)>, Failure> {
    let folder = tempfile::tempdir()?;
    let mut table = Vec::new();
    let home = folder.path().join("library");

    let there = std::env::var_os("LIBRARY").map(PathBuf::from);
    if there.is_none() {
        let dump = folder.path().join("articles.jsonl");
        let mut out = BufWriter::new(File::create(&dump)?);
        let mut text = 0;
        for article in articles {
            out.write_all(article.line.as_bytes())?;
            out.write_all(b"\n")?;
            text += article.title.len() + article.body.len();
        }
        out.into_inner()?.sync_all()?;
        let clock = Clock::start();
        let library = Library::open(&home)?;
        library.import(&[dump], &|_| true)?;
        library.prepare(&|| true)?;
        let (spent, passed) = clock.stop();
        table.push(("import: articles a second", articles.len() as f64 / passed.as_secs_f64()));
        table.push(("import: CPU ms an article", ms(spent) / articles.len() as f64));
        drop(library);
        table.push(("disk: bytes a byte of text", bytes(&home)? as f64 / text.max(1) as f64));
        table.push(("  of it the index", bytes(&home.join("index"))? as f64 / text.max(1) as f64));
    }
    let home = there.as_ref().unwrap_or(&home);
    Library::open(home)?.prepare(&|| true)?;

    let mut library = None;
    table.push(("open", median(|| library = Library::open(home).ok())));
    let library = library.ok_or("the library opens")?;
    let view = View::default();
    let list = || {
        let ids = library.ids(&view).unwrap_or_default();
        black_box(library.rows(ids.get(..ROWS).unwrap_or(&ids)).map_or(0, |rows| rows.len()));
    };
    table.push(("list: first 200 of all", median(list)));

    let queries = queries(articles);
    // A reader has just been opened: nothing that earlier searches left in memory helps.
    let searching = |hits: usize| {
        let library = Library::open(home).ok();
        move |typed: &str| {
            let (Ok(query), Some(library)) = (Query::parse(typed, date(2026, 1, 1)), &library) else {
                return 0;
            };
            let Ok(answer) = library.search_live(&query, hits, Order::Relevance, &|| true, &|_| {}) else {
                return 0;
            };
            let ids: Vec<_> = answer.hits.iter().take(SHOWN).map(|hit| hit.id).collect();
            black_box(library.rows(&ids).map_or(0, |rows| rows.len()));
            answer.total
        }
    };
    keystrokes(&mut table, ["search: keystroke p50", "search: keystroke p99"], &queries, || searching(HITS));
    keystrokes(&mut table, ["  counted only p50", "  counted only p99"], &queries, || searching(0));
    if there.is_some() {
        return Ok(table);
    }

    let bodies: Vec<String> = articles.iter().map(|a| fold(&format!("{} {}", a.title, a.body))).collect();
    let scan = |typed: &str| {
        let words: Vec<String> = typed.split_whitespace().map(fold).collect();
        let finders: Vec<_> = words.iter().map(|w| memmem::Finder::new(w.as_bytes())).collect();
        let has = |body: &&String| finders.iter().all(|f| f.find(body.as_bytes()).is_some());
        u32::try_from(bodies.iter().filter(has).count()).unwrap_or(u32::MAX)
    };
    keystrokes(&mut table, ["plain scan: keystroke p50", "plain scan: keystroke p99"], &queries, || scan);
    drop(bodies);

    let tables = full_text(articles, &folder.path().join("full.db"), &mut table)?;
    let full = |typed: &str| {
        let words: Vec<String> = typed.split_whitespace().map(|w| format!("\"{w}\"*")).collect();
        let found = tables
            .prepare_cached("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT 200")
            .and_then(|mut q| q.query_map([words.join(" ")], |r| r.get::<_, i64>(0)).map(Iterator::count));
        found.map_or(0, |count| u32::try_from(count).unwrap_or(u32::MAX))
    };
    keystrokes(&mut table, ["FTS5: keystroke p50", "FTS5: keystroke p99"], &queries, || full);
    Ok(table)
}

fn full_text(
    articles: &[Article],
    path: &Path,
    table: &mut Vec<(&'static str, f64)>,
) -> Result<Connection, Failure> {
    let clock = Clock::start();
    let mut tables = Connection::open(path)?;
    tables.execute_batch(
        "CREATE VIRTUAL TABLE words USING fts5 (title, body, tokenize = 'unicode61', prefix = '2 3')",
    )?;
    let all = tables.transaction()?;
    for article in articles {
        all.prepare_cached("INSERT INTO words VALUES (?, ?)")?.execute([&article.title, &article.body])?;
    }
    all.commit()?;
    table.push(("FTS5: CPU ms an article", ms(clock.stop().0) / articles.len().max(1) as f64));
    Ok(tables)
}

/// Median and 99th percentile of a search after each letter of the queries; `begin` makes who searches.
fn keystrokes<S: Fn(&str) -> u32>(
    table: &mut Vec<(&'static str, f64)>,
    names: [&'static str; 2],
    queries: &[String],
    begin: impl Fn() -> S,
) {
    let pass = || {
        let search = begin();
        let letters =
            queries.iter().flat_map(|q| q.char_indices().map(move |(at, c)| (q, at + c.len_utf8())));
        let typed = letters.filter_map(|(q, end)| q.get(..end)).filter(|typed| !typed.ends_with(' '));
        let timed = typed.map(|typed| {
            let clock = Clock::start();
            black_box(search(typed));
            clock.stop().0
        });
        timed.collect::<Vec<_>>()
    };
    // Other work on the machine slows some of a pass down, seldom the same.
    let mut times = pass();
    for _ in 1..PASSES {
        for (best, again) in times.iter_mut().zip(pass()) {
            *best = again.min(*best);
        }
    }
    times.sort_unstable();
    for (name, percent) in names.into_iter().zip([50, 99]) {
        let at = times.len().saturating_sub(1) * percent / 100;
        table.push((name, times.get(at).copied().map_or(0.0, ms)));
    }
}

/// Two words of a headline each, from headlines spread over all articles.
fn queries(articles: &[Article]) -> Vec<String> {
    let step = (articles.len() / QUERIES).max(1);
    let words = |title: &str| {
        let words = title.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() >= 5);
        words.take(2).collect::<Vec<_>>().join(" ")
    };
    let queries = articles.iter().step_by(step).map(|a| words(&a.title));
    queries.filter(|q| !q.is_empty()).take(QUERIES).collect()
}

/// Processor time of the process, and time of day.
struct Clock {
    spent: Duration,
    started: Instant,
}

impl Clock {
    fn start() -> Self {
        Self { spent: spent().unwrap_or_default(), started: Instant::now() }
    }

    fn stop(&self) -> (Duration, Duration) {
        let passed = self.started.elapsed();
        (spent().map_or(passed, |spent| spent.saturating_sub(self.spent)), passed)
    }
}

fn spent() -> Option<Duration> {
    clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID).ok().map(Duration::from)
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Milliseconds that `work` takes, of several times the middle one.
fn median(mut work: impl FnMut()) -> f64 {
    let mut times: Vec<Duration> = (0..9)
        .map(|_| {
            let clock = Clock::start();
            work();
            clock.stop().0
        })
        .collect();
    times.sort_unstable();
    times.get(times.len() / 2).copied().map_or(0.0, ms)
}

/// Bytes of all files below a folder.
fn bytes(folder: &Path) -> Result<u64, Failure> {
    let mut sum = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        sum += if entry.file_type()?.is_dir() { bytes(&entry.path())? } else { entry.metadata()?.len() };
    }
    Ok(sum)
}

/// The first `count` articles of the corpus, and made-up ones beyond its end.
fn articles(count: usize) -> Result<Vec<Article>, Failure> {
    let mut all = Vec::with_capacity(count);
    if let Some(corpus) = std::env::var_os("CORPUS") {
        for line in BufReader::new(File::open(corpus)?).lines().take(count) {
            let line = line?;
            let article: Value = serde_json::from_str(&line)?;
            let field = |name: &str| article[name].as_str().unwrap_or_default().to_owned();
            all.push(Article { title: field("title"), body: field("body"), line });
        }
    }
    let mut maker = Maker::new();
    while all.len() < count {
        all.push(maker.article(all.len()));
    }
    Ok(all)
}

/// Makes articles up: words of syllables, few of them frequent, as in a language.
struct Maker {
    words: Vec<String>,
    state: u64,
}

impl Maker {
    fn new() -> Self {
        let mut maker = Self { words: Vec::new(), state: 20 };
        for _ in 0..200_000 {
            let syllables = 1 + maker.below(4);
            let word = (0..syllables).map(|_| maker.syllable()).collect();
            maker.words.push(word);
        }
        maker
    }

    /// A number below `limit`; the generator of Numerical Recipes, its upper half.
    fn below(&mut self, limit: usize) -> usize {
        self.state =
            self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.state >> 33).unwrap_or_default() % limit.max(1)
    }

    fn syllable(&mut self) -> String {
        const HEADS: [&str; 16] =
            ["b", "d", "f", "g", "h", "k", "l", "m", "n", "r", "s", "t", "w", "z", "sch", "st"];
        const VOWELS: [&str; 9] = ["a", "e", "i", "o", "u", "ei", "au", "ü", "ie"];
        const TAILS: [&str; 8] = ["", "", "n", "r", "l", "s", "t", "ng"];
        let (head, vowel, tail) =
            (self.below(HEADS.len()), self.below(VOWELS.len()), self.below(TAILS.len()));
        [HEADS[head], VOWELS[vowel], TAILS[tail]].concat()
    }

    /// A word; the further down the list, the rarer.
    fn word(&mut self, from: usize) -> String {
        // Doubling spans are as likely as each other, as Zipf found it.
        let span = (1 << (1 + self.below(17))).min(self.words.len() - from);
        let at = from + self.below(span);
        self.words.get(at).cloned().unwrap_or_default()
    }

    fn sentence(&mut self, length: usize, from: usize) -> String {
        let words: Vec<String> = (0..length).map(|_| self.word(from)).collect();
        let line = words.join(" ");
        let first = line.chars().next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
        first + line.get(line.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default()
    }

    fn article(&mut self, number: usize) -> Article {
        let title = self.sentence(6, 200);
        let sentences = 20 + self.below(20);
        let mut body = String::new();
        for at in 1..=sentences {
            let length = 8 + self.below(12);
            body.push_str(&self.sentence(length, 0));
            body.push_str(if at % 6 == 0 { ".\n\n" } else { ". " });
        }
        let day = format!("20{:02}-{:02}-{:02}", 10 + number % 10, 1 + number % 12, 1 + number % 28);
        let outlet = format!("Blatt {}", number % 40);
        let url = format!("https://blatt{}.example/{number}", number % 40);
        let line = json!({
            "title": title, "body": body, "date": day, "outlet": outlet, "lang": "de", "url": url,
        });
        Article { title, body, line: line.to_string() }
    }
}
