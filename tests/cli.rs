//! The command line as others call it: forms of the answers, messages, exit codes.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

struct Room {
    folder: TempDir,
}

impl Room {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder can be made") }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::write(&path, content).expect("the file can be written");
        path.display().to_string()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lesart"));
        command
            .args(arguments)
            .env_clear()
            .env("HOME", self.folder.path())
            .env("LANG", "en_GB.UTF-8")
            .env("LESART_LIBRARY", self.path("library"))
            .current_dir(env!("CARGO_MANIFEST_DIR"));
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).stdin(Stdio::null()).output().expect("the program runs")
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(&[arguments, &["--format", "json"]].concat());
        assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {}", said(&output));
        let value: Value = serde_json::from_slice(&output.stdout).expect("the answer is JSON");
        assert_eq!(value["lesart"], 1, "{arguments:?}");
        value
    }
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("answers are UTF-8")
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

fn has(value: &Value, fields: &[&str]) {
    for field in fields {
        assert!(value.get(field).is_some(), "'{field}' is missing in {value}");
    }
}

const HEAD: &[&str] = &[
    "id",
    "path",
    "key",
    "title",
    "title_source",
    "kicker",
    "lead",
    "source",
    "url",
    "date",
    "date_basis",
    "authors",
    "agencies",
    "language",
];

const ARTICLE: &str = "Rat beschließt Bau der Halle\n\nDer Rat der Stadt Neuhausen hat am Montag den Bau einer \
    neuen Halle für 12 Millionen Euro beschlossen, wie die Verwaltung nach der Sitzung mitteilte.\n\n\"Wir haben \
    lange darauf gewartet\", sagte die Bürgermeisterin Anna Beispiel am Abend. Der Bau soll im kommenden Jahr \
    beginnen und drei Jahre dauern.\n";

#[test]
fn articles_have_the_fields_of_the_form() {
    let room = Room::new();
    let show = room.json(&["show", "1"]);
    has(&show["article"], HEAD);
    has(&show["article"], &["text", "paragraphs"]);
    let text = show["article"]["text"].as_str().expect("text");
    for paragraph in show["article"]["paragraphs"].as_array().expect("a list") {
        let at = |name: &str| usize::try_from(paragraph[name].as_u64().expect("a number")).expect("small");
        assert!(text.get(at("start")..at("end")).is_some_and(|t| !t.trim().is_empty()), "{paragraph}");
        assert!(paragraph["kind"].is_string());
    }
    let list = room.json(&["list"]);
    assert_eq!(list["articles"].as_array().expect("a list").len(), 5);
    has(&list["articles"][0], HEAD);
    has(&list["articles"][0], &["read", "starred", "story"]);
    assert!(list["articles"][0].get("text").is_none());
}

#[test]
fn what_articles_say_has_the_fields_of_the_form() {
    let room = Room::new();
    let entities = room.json(&["entities", "seeds"]);
    assert_eq!(entities["articles"].as_array().expect("a list").len(), 5);
    has(&entities["articles"][0], &["article", "mentions", "entities"]);
    for mention in entities["articles"][0]["mentions"].as_array().expect("a list") {
        has(mention, &["start", "end", "surface", "type", "kind", "canonical", "role"]);
    }
    let quotes = room.json(&["quotes", "1", "seeds"]);
    assert_eq!(quotes["articles"].as_array().expect("a list").len(), 6);
    has(&quotes["articles"][0], &["article", "quotes"]);
    for quote in quotes["articles"][0]["quotes"].as_array().expect("a list") {
        has(quote, &["start", "end", "kind", "speaker", "cue"]);
    }
}

#[test]
fn comparisons_have_the_fields_of_the_form() {
    let room = Room::new();
    let comparison = room.json(&["compare", "seeds"]);
    has(&comparison, &["articles", "outside", "copies", "facts", "labels"]);
    assert_eq!(comparison["articles"].as_array().expect("a list").len(), 5);
    for fact in comparison["facts"].as_array().expect("a list") {
        has(fact, &["id", "label", "kind", "tier", "reports", "absent", "differences"]);
        for report in fact["reports"].as_array().expect("a list") {
            has(report, &["article", "mark", "mentions"]);
        }
    }
}

#[test]
fn searches_and_stories_have_the_fields_of_the_form() {
    let room = Room::new();
    let found = room.json(&["search", "Syrien"]);
    has(&found, &["query", "took_ms", "total", "hits"]);
    assert!(found["total"].as_u64().expect("a number") > 0);
    has(&found["hits"][0], &["id", "key", "score", "title", "source", "date", "snippets"]);
    let stories = room.json(&["stories"]);
    for story in stories["stories"].as_array().expect("a list") {
        has(story, &["id", "title", "from", "to", "articles", "keys", "related"]);
    }
}

#[test]
fn an_import_is_reported_and_kept() {
    let room = Room::new();
    let file = room.write("a.txt", ARTICLE);
    let missing = room.path("missing.txt").display().to_string();
    let trial = room.json(&["import", "--dry-run", &file]);
    assert_eq!(trial["added"].as_array().expect("a list").len(), 1);
    assert!(!room.path("library").exists(), "a rehearsal writes nothing");
    let report = room.json(&["import", &file, &missing]);
    assert_eq!(
        (report["added"].as_array().expect("a list").len(), &report["duplicates"]),
        (1, &Value::from(0))
    );
    assert_eq!(report["refused"][0]["path"], missing);
    assert_eq!(room.json(&["import", &file])["duplicates"], 1);
    assert_eq!(room.json(&["import", "--dry-run", &file])["duplicates"], 1);
    let list = room.json(&["list"]);
    assert_eq!(list["articles"].as_array().expect("a list").len(), 1, "the bundled articles are not in it");
}

#[test]
fn the_first_look_writes_nothing() {
    let room = Room::new();
    for arguments in [&["list"][..], &["search", "Syrien"], &["show", "1"], &["seeds"], &[]] {
        assert_eq!(room.run(arguments).stderr, b"", "{arguments:?}");
    }
    let names: Vec<_> = fs::read_dir(room.folder.path()).unwrap().collect();
    assert!(names.is_empty(), "{names:?}");
}

#[test]
fn exit_codes_tell_found_nothing_and_error_apart() {
    let room = Room::new();
    let missing = room.path("missing.txt").display().to_string();
    for (arguments, code) in [
        (&["list"][..], 0),
        (&["--version"], 0),
        (&["compare", "--help"], 0),
        (&["keys"], 0),
        (&["search", "xqzwvbnmp"], 1),
        (&["compare", "1"], 1),
        (&["show", "99"], 2),
        (&["show", &missing], 2),
        (&[&missing], 2),
        (&["compare", "--story", "99"], 2),
        (&["search", "\"open"], 2),
        (&["list", "--format", "md"], 2),
        (&["--nonsense"], 2),
        (&["compare"], 2),
    ] {
        let output = room.run(arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", said(&output));
        assert_eq!(said(&output).is_empty(), code == 0, "{arguments:?}: {}", said(&output));
    }
}

#[test]
fn a_bad_path_is_told_and_the_others_are_read() {
    let room = Room::new();
    let good = room.write("good.txt", ARTICLE);
    let empty = room.write("empty.txt", "");
    let missing = room.path("missing.txt").display().to_string();
    let output = room.run(&["quotes", &missing, &empty, &good]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output).contains("Halle"));
    let said = said(&output);
    assert!(said.contains("missing.txt: not found") && said.contains("empty.txt: empty"), "{said}");
}

#[test]
fn the_same_text_twice_is_shown_once_and_told() {
    let room = Room::new();
    let (one, other) = (room.write("a.txt", ARTICLE), room.write("b.txt", ARTICLE));
    let output = room.run(&[&one, &other]);
    assert_eq!(text(&output).matches("Rat beschließt").count(), 1);
    assert!(said(&output).contains("shown once"), "{}", said(&output));
}

#[test]
fn marks_are_explained_on_a_line_of_their_own() {
    let room = Room::new();
    let sheet = text(&room.run(&["compare", "seeds", "--lang", "en"]));
    assert!(sheet.contains("= same   ~ less exact   ≠ differs"), "{sheet}");
    let ascii = text(&room.run(&["compare", "seeds", "--ascii"]));
    assert!(ascii.contains("! differs") && !ascii.contains('≠'), "{ascii}");
}

#[test]
fn messages_are_in_the_language_of_the_interface() {
    let room = Room::new();
    let german = said(&room.run(&["--lang", "de", "show", "99"]));
    assert!(german.contains("nicht in der Bibliothek"), "{german}");
    let english = said(&room.run(&["show", "99"]));
    assert!(english.contains("not in the library"), "{english}");
    let column = said(&room.run(&["search", "ab \"cd", "--lang", "en"]));
    assert!(column.contains("column 4"), "{column}");
}

#[test]
fn a_mistyped_command_is_understood() {
    let room = Room::new();
    let said = said(&room.run(&["lits"]));
    assert!(said.contains("did you mean 'lesart list'?"), "{said}");
}

#[test]
fn text_answers_move_no_cursor() {
    let room = Room::new();
    let hostile = ARTICLE.replace("Halle", "Ha\u{1b}]0;title\u{7}\u{202e}lle\u{1b}[31m");
    let file = room.write("evil\u{1b}[2J.txt", hostile);
    for arguments in [
        &["show", &file][..],
        &["show", &file, "--format", "md"],
        &["entities", &file],
        &["quotes", &file],
        &["compare", &file, "seeds"],
        &["compare", &file, "seeds", "--format", "md"],
        &[&file],
        &["show", &file, "missing\u{1b}[31m"],
        &["keys"],
    ] {
        let output = room.run(arguments);
        for page in [text(&output), said(&output)] {
            assert!(page.chars().all(|c| c == '\n' || !c.is_control()), "{arguments:?}: {page:?}");
            assert!(!page.contains('\u{202e}'), "{arguments:?}");
        }
    }
}

#[test]
fn lines_fit_the_width() {
    let room = Room::new();
    for arguments in [&["show", "seeds"][..], &["compare", "seeds"], &["list"], &["quotes", "seeds"]] {
        let output = room.run(arguments);
        for line in text(&output).lines() {
            assert!(line.chars().count() <= 80 || !line.trim().contains(' '), "{arguments:?}: {line:?}");
        }
    }
}

#[test]
fn the_standard_input_is_an_article() {
    let room = Room::new();
    let mut child = room
        .command(&["show", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    child.stdin.take().expect("a pipe").write_all(ARTICLE.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    let value: Value = serde_json::from_slice(&output.stdout).expect("the answer is JSON");
    assert_eq!(value["article"]["path"], "(stdin)");
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let room = Room::new();
    let mut child = room
        .command(&["show", "seeds"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(said(&output), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_dump_stands_for_all_its_articles() {
    let room = Room::new();
    let line = |id: &str, text: &str| {
        serde_json::json!({"id": id, "title": format!("Titel {id}"), "text": text, "source": "Blatt", "date": "2024-05-03"})
            .to_string()
    };
    let dump =
        room.write("dump.jsonl", [line("a", ARTICLE), line("b", &ARTICLE.replace("12", "15"))].join("\n"));
    let quotes = room.json(&["quotes", &dump]);
    let keys: Vec<_> =
        quotes["articles"].as_array().expect("a list").iter().map(|a| a["article"]["key"].clone()).collect();
    assert_eq!(keys, ["a", "b"]);
    let shown = room.json(&["show", &dump]);
    assert_eq!(shown["articles"].as_array().expect("a list").len(), 2);
}

#[test]
fn a_damaged_library_is_named_with_what_to_do() {
    let room = Room::new();
    fs::create_dir(room.path("library")).unwrap();
    room.write("library/library.db", "words of the user ".repeat(50));
    let output = room.run(&["list"]);
    assert_eq!(output.status.code(), Some(2));
    let said = said(&output);
    assert!(said.contains("library.db") && said.contains("--library"), "{said}");
    assert!(Path::new(&room.path("library/library.db")).exists());
}

#[test]
fn an_import_of_nothing_leaves_the_bundled_articles_where_they_are() {
    let room = Room::new();
    let empty = room.write("leer.txt", "");
    for path in [empty.as_str(), "nirgends.txt"] {
        assert_eq!(room.run(&["import", path]).status.code(), Some(2), "{path}");
        assert!(!room.path("library/library.db").exists(), "{path}");
        let listed = room.json(&["list"]);
        assert_eq!(listed["articles"].as_array().map(Vec::len), Some(5), "{path}");
    }
}
