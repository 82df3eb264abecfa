//! The program killed at any moment of an import, of a merge of the index, of an upgrade: what it said
//! is stored is there, nothing is there twice, and the next import completes the rest.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a fixture that cannot be built is a failed test")]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use lesart::library::{FILE, Library, Order, Query};
use lesart::model::View;
use rusqlite::Connection;
use tempfile::TempDir;

/// Moments that are tried while importing.
const KILLS: usize = 80;

/// The same while importing pages, half of them from an archive.
const PAGES: usize = 50;

/// The same while upgrading.
const UPGRADES: usize = 25;

/// Numbers that look random and are the same in every run (xorshift, Marsaglia).
struct Chance(u64);

impl Chance {
    /// Some share of `whole`.
    fn of(&mut self, whole: Duration) -> Duration {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        whole * u32::try_from(self.0 % 1000).unwrap() / 1000
    }
}

/// What became of a call.
struct Outcome {
    killed: bool,
    /// Articles that it said are in the library.
    said: usize,
}

struct Room {
    folder: TempDir,
}

impl Room {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn library(&self) -> PathBuf {
        self.folder.path().join("library")
    }

    /// Forgets the library.
    fn clear(&self) {
        let _ = fs::remove_dir_all(self.library());
    }

    /// Articles `from` to before `to`, one a line; each has a word of its own.
    fn dump(&self, from: usize, to: usize) -> PathBuf {
        let line = |n: usize| {
            let body = format!(
                "In Bremke brach die Schleuse{n}. Das sagte Anna Lamb{n}er dem Blatt am Morgen. Verletzt wurden \
                 {n} Menschen, so die Feuerwehr."
            );
            let day = format!("2021-{:02}-{:02}", n / 28 % 12 + 1, n % 28 + 1);
            serde_json::json!({"id": n, "title": title(n), "body": body, "date": day, "outlet": "Blatt", "lang": "de"})
                .to_string()
        };
        let path = self.folder.path().join(format!("{from}-{to}.jsonl"));
        fs::write(&path, (from..to).map(line).collect::<Vec<_>>().join("\n")).unwrap();
        path
    }

    /// Articles 0 to before `to`, a saved page each; and the same pages in one archive.
    fn pages(&self, to: usize) -> [PathBuf; 2] {
        let folder = self.folder.path().join("pages");
        fs::create_dir_all(&folder).unwrap();
        let archive = self.folder.path().join("pages.tar");
        let mut tar = tar::Builder::new(fs::File::create(&archive).unwrap());
        for n in 0..to {
            let title = title(n);
            let page = format!(
                "<!DOCTYPE html><html lang=\"de\"><head><title>{title} - Blatt</title><meta property=\"og:site_name\" \
                 content=\"Blatt\"></head><body><nav><a href=\"/\">Start</a> <a href=\"/p\">Politik</a></nav><article>\
                 <h1>{title}</h1><p>In Bremke brach am Montag die Schleuse{n}, wie die Feuerwehr am Abend mitteilte.</p>\
                 <p>Das sagte Anna Lamb{n}er dem Blatt am Morgen, nachdem sie den Ort am Fluss besucht hatte. Verletzt \
                 wurden {n} Menschen, so die Feuerwehr.</p></article><footer>Impressum</footer></body></html>"
            );
            let path = folder.join(format!("{n:04}.html"));
            fs::write(&path, page).unwrap();
            tar.append_path_with_name(&path, format!("{n:04}.html")).unwrap();
        }
        tar.finish().unwrap();
        [folder, archive]
    }

    /// Runs the program, and kills it after `delay` where it has not ended by then.
    fn run(&self, arguments: &[&str], delay: Duration) -> Outcome {
        let start = Instant::now();
        self.run_until(arguments, &mut || start.elapsed() >= delay)
    }

    /// Runs the program, and kills it as soon as `is_due`, where it has not ended by then.
    fn run_until(&self, arguments: &[&str], is_due: &mut dyn FnMut() -> bool) -> Outcome {
        let child = Command::new(env!("CARGO_BIN_EXE_lesart"))
            .args(arguments)
            .env_clear()
            .env("HOME", self.folder.path())
            .env("LANG", "en_GB.UTF-8")
            .env("LESART_LIBRARY", self.library())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = child.unwrap();
        while !is_due() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_micros(300));
        }
        let _ = child.kill();
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let killed = output.status.signal() == Some(9);
        assert!(killed || output.status.success(), "{arguments:?}: {said}");
        Outcome { killed, said: said.lines().filter_map(stored).max().unwrap_or(0) }
    }

    fn import(&self, dump: &Path, delay: Duration) -> Outcome {
        self.run(&["import", dump.to_str().unwrap()], delay)
    }

    /// Whether a file of the index is being written: it has not got its name yet.
    fn is_writing_index(&self) -> bool {
        let files = fs::read_dir(self.library().join("index")).into_iter().flatten().flatten();
        files.map(|f| f.file_name()).any(|name| name.to_string_lossy().ends_with(".new"))
    }

    /// The titles in the library after it was opened again; whole and none twice.
    fn titles(&self) -> BTreeSet<String> {
        if !self.library().join(FILE).exists() {
            return BTreeSet::new();
        }
        let library = Library::open(&self.library()).unwrap();
        let ids = library.ids(&View::default()).unwrap();
        let titles: Vec<String> = library.rows(&ids).unwrap().into_iter().map(|r| r.title).collect();
        drop(library);
        let tables = Connection::open(self.library().join(FILE)).unwrap();
        let whole: String = tables.query_row("PRAGMA integrity_check", [], |r| r.get(0)).unwrap();
        assert_eq!(whole, "ok");
        let lost: i64 =
            tables.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |r| r.get(0)).unwrap();
        assert_eq!(lost, 0, "rows that lead nowhere");
        let set: BTreeSet<String> = titles.iter().cloned().collect();
        assert_eq!(set.len(), titles.len(), "an article is there twice");
        set
    }

    /// All of `to` articles are there and found, each once.
    fn is_complete(&self, to: usize) {
        assert_eq!(self.titles(), (0..to).map(title).collect());
        let library = Library::open(&self.library()).unwrap();
        library.prepare(&|| true).unwrap();
        let found = |words: &str| {
            let query = Query::parse(words, jiff::civil::date(2022, 1, 1)).unwrap();
            library.search(&query, 5, Order::Date, &|| true).unwrap().total as usize
        };
        assert_eq!(found("Bremke"), to);
        for n in [0, to / 2, to - 1] {
            assert_eq!(found(&format!("\"Schleuse{n}\"")), 1, "{n}");
        }
    }
}

fn title(n: usize) -> String {
    format!("Schleuse{n} gebrochen")
}

/// The articles that a line of progress says are stored: `lesart: Importing 50 % · 400 articles · …`.
fn stored(line: &str) -> Option<usize> {
    line.split(" · ").nth(1)?.strip_suffix(" articles")?.parse().ok()
}

#[test]
fn an_import_killed_at_any_moment_loses_nothing_and_doubles_nothing() {
    const ALL: usize = 700;
    const MORE: usize = 60;
    let room = Room::new();
    let dumps: Vec<(PathBuf, usize)> =
        [(0, ALL), (ALL, ALL + MORE), (ALL + MORE, ALL + 2 * MORE)].map(|(a, b)| (room.dump(a, b), b)).into();
    let start = Instant::now();
    assert!(!room.import(&dumps[0].0, Duration::from_secs(60)).killed);
    let whole = start.elapsed();
    room.is_complete(ALL);
    room.clear();

    let mut chance = Chance(0x5eed);
    let (mut kills, mut round, mut had, mut claims) = (0, 0, BTreeSet::new(), 0);
    while kills < KILLS {
        // A large import first; small ones then change and merge what is indexed.
        let (dump, to) = &dumps[round];
        let limit = if round == 0 { whole } else { whole / 3 };
        let outcome = room.import(dump, chance.of(limit));
        let has = room.titles();
        assert!(has.is_superset(&had), "what was there is gone");
        assert!(
            outcome.said <= has.len(),
            "{} were said to be stored, {} are there",
            outcome.said,
            has.len()
        );
        claims += usize::from(outcome.said > 0);
        had = has;
        if outcome.killed {
            kills += 1;
            continue;
        }
        room.is_complete(*to);
        round += 1;
        if round == dumps.len() {
            (round, had) = (0, BTreeSet::new());
            room.clear();
        }
    }
    for (dump, to) in dumps.iter().skip(round) {
        assert!(!room.import(dump, Duration::from_secs(60)).killed);
        room.is_complete(*to);
    }
    assert!(claims > 0, "nothing was ever said to be stored: the test looks at nothing");
}

#[test]
fn an_import_of_pages_or_of_an_archive_goes_on_where_it_was_killed() {
    const ALL: usize = 400;
    let room = Room::new();
    let mut chance = Chance(0xbadc);
    for source in room.pages(ALL) {
        room.clear();
        let start = Instant::now();
        assert!(!room.import(&source, Duration::from_secs(60)).killed);
        let whole = start.elapsed();
        room.is_complete(ALL);
        room.clear();
        let (mut kills, mut had) = (0, BTreeSet::new());
        while kills < PAGES / 2 {
            let outcome = room.import(&source, chance.of(whole));
            let has = room.titles();
            assert!(has.is_superset(&had) && outcome.said <= has.len(), "what was stored is gone");
            had = has;
            if outcome.killed {
                kills += 1;
            } else {
                room.is_complete(ALL);
                room.clear();
                had = BTreeSet::new();
            }
        }
        assert!(!room.import(&source, Duration::from_secs(60)).killed);
        room.is_complete(ALL);
    }
}

#[test]
fn a_merge_of_the_index_killed_while_it_writes_loses_nothing_that_was_found() {
    const STEP: usize = 220;
    const STEPS: usize = 12;
    // Kills inside a merge that are wanted, and steps within which they must come.
    const INSIDE: usize = 5;
    const BOUND: usize = 5 * STEPS;
    let room = Room::new();
    let mut chance = Chance(0x3e6e);
    let (mut inside, mut largest) = (0, 0);
    let mut step = 0;
    while step < STEPS || inside < INSIDE || largest <= 3 * STEP {
        assert!(step < BOUND, "{inside} were killed in a merge, up to {largest} articles");
        let to = (step + 1) * STEP;
        let dump = room.dump(step * STEP, to);
        // Each import merges what those before it left: larger and larger segments.
        for _ in 0..4 {
            let wait = chance.of(Duration::from_millis(6));
            let mut seen: Option<Instant> = None;
            let outcome = room.run_until(&["import", dump.to_str().unwrap()], &mut || {
                if seen.is_none() && room.is_writing_index() {
                    seen = Some(Instant::now());
                }
                seen.is_some_and(|at| at.elapsed() >= wait)
            });
            if outcome.killed && room.is_writing_index() {
                inside += 1;
                largest = largest.max(to);
            }
            let library = Library::open(&room.library()).unwrap();
            let query = Query::parse("Bremke", jiff::civil::date(2022, 1, 1)).unwrap();
            let answer = library.search(&query, 3, Order::Relevance, &|| true).unwrap();
            assert!(answer.total as usize >= step * STEP, "what was found before is found");
            assert_eq!(answer.total, answer.searched);
        }
        assert!(!room.import(&dump, Duration::from_secs(60)).killed);
        room.is_complete(to);
        assert!(!room.is_writing_index(), "what was left behind is swept away");
        step += 1;
    }
}

#[test]
fn an_upgrade_killed_at_any_moment_leaves_a_file_that_opens() {
    let room = Room::new();
    let old = |room: &Room| {
        room.clear();
        fs::create_dir_all(room.library()).unwrap();
        let tables = Connection::open(room.library().join(FILE)).unwrap();
        tables.execute_batch(include_str!("forms/1.sql")).unwrap();
        let rows = "INSERT INTO source (id, name, domain) VALUES (1, 'Blatt', '');
            WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 300)
            INSERT INTO article (id, title, title_basis, source, source_basis, day, minutes, language, identity)
                SELECT n, 'Titel ' || n, 'stated', 1, 'stated', '2021-03-04', 1, 'de', randomblob(16) FROM n;
            INSERT INTO body (article, text, paragraphs, authors, agencies, origin)
                SELECT id, 'Der Rat tagte zum ' || id || '. Mal.', '[[0, 17, \"body\"]]', '[]', '[]', 'x' FROM article;
            INSERT INTO state (article, read, starred, place) SELECT id, 0, 1, 7 FROM article WHERE id % 2;";
        tables.execute_batch(rows).unwrap();
        tables.pragma_update(None, "application_id", 0x6c73_7274).unwrap();
        tables.pragma_update(None, "user_version", 1).unwrap();
    };
    old(&room);
    let start = Instant::now();
    assert!(!room.run(&["list"], Duration::from_secs(60)).killed);
    let whole = start.elapsed();

    let mut chance = Chance(0x01d);
    for _ in 0..UPGRADES {
        old(&room);
        room.run(&["list"], chance.of(whole));
        assert_eq!(room.titles().len(), 300);
        let library = Library::open(&room.library()).unwrap();
        let ids = library.ids(&View::default()).unwrap();
        let articles: Vec<_> = ids.iter().map(|id| library.article(*id).unwrap()).collect();
        assert_eq!(articles.iter().filter(|a| a.state.starred && a.state.place == 7).count(), 150);
        assert!(articles.iter().all(|a| a.draft.text == format!("Der Rat tagte zum {}. Mal.", a.id.0)));
    }
}
