//! Imports that meet a full disk, a locked file, a user who stops them, or files that are none.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a fixture that cannot be built is a failed test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::time::Duration;

use lesart::app::effect::{Effect, Reply, Ticket};
use lesart::library::{FILE, Library};
use lesart::model::{Field, ImportReport, Locale, Progress};
use lesart::worker::Workers;
use rusqlite::Connection;
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// A dump of so many articles.
fn dump(folder: &Path, articles: usize) -> PathBuf {
    let line = |n: usize| {
        let body =
            format!("In Bremke brach die Schleuse {n}. Das sagte Anna Lamb{n}er dem Blatt am Morgen. ");
        serde_json::json!({"id": n, "title": format!("Schleuse {n}"), "body": body.repeat(4), "lang": "de"})
            .to_string()
    };
    let path = folder.join("dump.jsonl");
    fs::write(&path, (0..articles).map(line).collect::<Vec<_>>().join("\n")).unwrap();
    path
}

/// The command line on the library in `folder`, through a shell that first does `before`.
fn command(folder: &Path, before: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("{before} exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_lesart")])
        .args(arguments)
        .env_clear()
        .env("HOME", folder)
        .env("LANG", "en_GB.UTF-8")
        .env("LESART_LIBRARY", folder.join("library"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn import(folder: &Path, before: &str, dump: &Path) -> Output {
    command(folder, before, &["import", dump.to_str().unwrap()]).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn count(folder: &Path) -> usize {
    Library::open(&folder.join("library")).unwrap().count().unwrap() as usize
}

/// How many articles the last words of a failed import say are kept.
fn kept(output: &Output) -> usize {
    let said = said(output);
    let (_, kept) = said.split_once("added until then, and kept: ").unwrap_or_else(|| panic!("{said}"));
    kept.split(' ').next().unwrap().parse().unwrap()
}

#[test]
fn a_disk_that_takes_no_more_is_named_and_what_was_stored_stays() {
    let home = folder();
    let dump = dump(home.path(), 1200);
    // No file may grow beyond 1 MiB.
    let output = import(home.path(), "ulimit -f 2048; trap '' XFSZ;", &dump);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("disk") && !said(&output).contains("damaged"), "{}", said(&output));
    assert_eq!(count(home.path()), kept(&output));
    assert!(count(home.path()) < 1200);
    assert!(import(home.path(), "", &dump).status.success());
    assert_eq!(count(home.path()), 1200);
}

#[test]
fn a_file_that_another_program_holds_is_named_and_what_was_stored_stays() {
    let home = folder();
    let dump = dump(home.path(), 10);
    assert!(import(home.path(), "", &dump).status.success());
    let other = Connection::open(home.path().join("library").join(FILE)).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let more = self::dump(home.path(), 30);
    let output = import(home.path(), "", &more);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("another program is writing"), "{}", said(&output));
    assert_eq!(count(home.path()), 10);
    other.execute_batch("ROLLBACK").unwrap();
    assert!(import(home.path(), "", &more).status.success());
    assert_eq!(count(home.path()), 30);
}

#[test]
fn an_interrupted_import_says_so_keeps_what_it_has_and_goes_on_next_time() {
    let home = folder();
    let dump = dump(home.path(), 3000);
    let child =
        command(home.path(), "", &["import", dump.to_str().unwrap(), "--format", "json"]).spawn().unwrap();
    let file = home.path().join("library").join(FILE);
    while Library::open(file.parent().unwrap()).is_ok_and(|library| library.count().unwrap() == 0) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("stopped"), "{}", said(&output));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["stopped"], true);
    assert_eq!(report["added"].as_array().unwrap().len(), count(home.path()));
    let library = Library::open(&home.path().join("library")).unwrap();
    assert!(!library.import(&[dump], &|p| !p.is_stored).unwrap().added.is_empty());
    assert_eq!(library.count().unwrap(), 3000);
}

#[test]
fn the_reader_can_stop_an_import_that_runs_and_one_that_waits() {
    let home = folder();
    let dump = dump(home.path(), 3000);
    let library = Arc::new(Library::open(&home.path().join("library")).unwrap());
    let workers =
        Workers::start(Arc::clone(&library), Locale::German, jiff::civil::date(2024, 5, 1)).unwrap();
    let (first, second) = (Ticket(1), Ticket(2));
    for ticket in [first, second] {
        workers.submit(Effect::Import { ticket, paths: vec![dump.clone()] });
    }
    let mut stopped: Vec<(Ticket, ImportReport)> = Vec::new();
    while stopped.len() < 2 {
        match workers.receive(Duration::from_secs(60)).expect("every import is answered") {
            Reply::Progress { progress, .. } if progress.added > 0 => {
                workers.submit(Effect::CancelImport { ticket: second });
            }
            Reply::Imported { ticket, report } => stopped.push((ticket, *report)),
            _ => {}
        }
    }
    assert!(stopped.iter().all(|(_, report)| report.stopped));
    assert_eq!((stopped[0].0, stopped[1].0), (first, second));
    assert_eq!(library.count().unwrap() as usize, stopped[0].1.added.len());
    assert!(stopped[1].1.added.is_empty(), "what waited has not begun");
    workers.finish(Duration::from_secs(60));
}

#[test]
fn many_refused_lines_are_counted_and_the_first_are_named() {
    let home = folder();
    let dump = dump(home.path(), 3);
    let bad = "{\"id\": 1}\n".repeat(40) + &"{\"id\": \n".repeat(20);
    fs::write(&dump, fs::read_to_string(&dump).unwrap() + "\n" + &bad).unwrap();
    let output = import(home.path(), "", &dump);
    assert!(output.status.success());
    let said = said(&output);
    assert!(said.lines().count() < 12, "{said}");
    assert!(said.contains("37 more") && said.contains("17 more") && said.contains("60 not read"), "{said}");
    let json =
        command(home.path(), "", &["import", dump.to_str().unwrap(), "--format", "json"]).output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(report["refused"].as_array().unwrap().len(), 60);
    assert!(report["seconds"].is_number() && report["stopped"] == false);
}

#[test]
fn what_is_said_at_import_wins_over_everything_else() {
    let home = folder();
    let texts = home.path().join("texte");
    fs::create_dir(&texts).unwrap();
    fs::write(texts.join("_lesart.toml"), "source = \"Abendblatt\"\ntags = \"Archiv\"").unwrap();
    let body = "Der Rat der Stadt hat am Montag über den Haushalt beraten, wie die Verwaltung mitteilte.\n\n\
                Danach wurde die Sache ein weiteres Mal vertagt, sagte die Sprecherin am Abend im Rathaus.";
    fs::write(texts.join("a.txt"), format!("---\nsource: Morgenblatt\ndate: 2020-01-02\n---\n{body}"))
        .unwrap();
    let page = format!(
        "<html><head><title>Rat tagt</title><meta property='og:site_name' content='Das Netz'></head>\
                        <body><article><h1>Rat tagt</h1><p>{}</p></article></body></html>",
        body.replace("\n\n", "</p><p>")
    );
    fs::write(texts.join("b.html"), page).unwrap();
    let texts = texts.to_str().unwrap();
    let line = [
        "import",
        "--source",
        "Der Bote",
        "--date",
        "3.4.2021",
        "--tag",
        "Rat",
        "--tag",
        "Bern",
        "--tag",
        "Bund und Länder, 2020",
        "--author",
        "Anna Groß",
        texts,
    ];
    let output = command(home.path(), "", &line).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let library = Library::open(&home.path().join("library")).unwrap();
    let all = library.to_export(None).unwrap();
    assert_eq!(all.len(), 2);
    for id in all {
        let article = library.article(id).unwrap();
        assert_eq!(article.draft.source.label(), Some("Der Bote"));
        assert_eq!(article.draft.published.stated().map(|d| d.to_string()).as_deref(), Some("2021-04-03"));
        assert_eq!(article.draft.authors, ["Anna Groß"]);
        assert_eq!(article.tags, ["Archiv", "Bern", "Bund und Länder, 2020", "Rat"]);
        assert_eq!(article.draft.given, [Field::Source, Field::Date, Field::Authors]);
    }
    // What was said then is said of the same files again, or they are others.
    for (said, expected) in
        [(&["--source", "Der Bote", "--date", "3.4.2021"][..], "2 already there"), (&[], "2 new articles")]
    {
        let line = [&["import", "--dry-run"], said, &[texts]].concat();
        let again = command(home.path(), "", &line).output().unwrap();
        assert!(String::from_utf8_lossy(&again.stdout).contains(expected), "{again:?}");
    }
}

#[test]
fn a_rehearsal_without_a_library_hears_what_is_said_too() {
    let home = folder();
    let body = "Der Rat der Stadt hat am Montag über den Haushalt beraten, wie die Verwaltung mitteilte.";
    for source in ["Morgenblatt", "Abendblatt"] {
        fs::write(
            home.path().join(source).with_extension("txt"),
            format!("---\nsource: {source}\n---\n{body}"),
        )
        .unwrap();
    }
    for (said, expected) in [(&[][..], (2, 0)), (&["--source", "Der Bote"], (1, 1))] {
        let files = ["Morgenblatt.txt", "Abendblatt.txt"].map(|name| home.path().join(name));
        let files: Vec<&str> = files.iter().map(|file| file.to_str().unwrap()).collect();
        let line = [&["import", "--dry-run", "--format", "json"], said, &files].concat();
        let output = command(home.path(), "", &line).output().unwrap();
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let added = report["added"].as_array().unwrap().len();
        assert_eq!((added, report["duplicates"].as_u64().unwrap()), expected, "{said:?}");
    }
}

#[test]
fn newer_texts_are_counted_when_they_are_sorted_in() {
    let home = folder();
    let library = Library::open(&home.path().join("library")).unwrap();
    let import = |more: &str| {
        let path = dump(home.path(), 30);
        let lines = fs::read_to_string(&path).unwrap();
        let with_address = |(n, line): (usize, &str)| {
            let mut line: serde_json::Value = serde_json::from_str(line).unwrap();
            line["url"] = format!("https://blatt.example/{n}").into();
            line["body"] = format!("{}{more}", line["body"].as_str().unwrap()).into();
            line.to_string()
        };
        let lines: Vec<String> = lines.lines().enumerate().map(with_address).collect();
        fs::write(&path, lines.join("\n")).unwrap();
        let most = std::cell::Cell::new(0);
        let watch = |progress: &Progress| {
            most.set(most.get().max(progress.sorted_in));
            true
        };
        (library.import(&[path], &watch).unwrap().updated, most.get())
    };
    assert_eq!(import(""), (0, 30));
    assert_eq!(import(" Am Abend kam das Wasser."), (30, 30));
}
