//! Export and import again: the same library.
#![allow(clippy::unwrap_used, reason = "a fixture that cannot be built is a failed test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use jiff::civil::date;
use lesart::library::Library;
use lesart::model::{
    Article, ArticleId, Basis, Change, Draft, FieldValue, Language, Note, NoteId, Published, ReadState,
    SavedSearch, Sort, Source, Span, StateChange, Title, View,
};
use proptest::prelude::*;
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder can be made")
}

fn run(home: &Path, library: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lesart"))
        .args(arguments)
        .env_clear()
        .env("HOME", home)
        .env("LANG", "en_GB.UTF-8")
        .env("LESART_LIBRARY", home.join(library))
        .current_dir(home)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// All that an export has to bring back of an article.
type Whole = (Draft, ReadState, Vec<String>, Vec<(Option<Span>, String, String)>);

fn whole(article: Article) -> Whole {
    let notes = article.notes.into_iter().map(|n| (n.span, n.words, n.text)).collect();
    (article.draft, article.state, article.tags, notes)
}

/// All articles, older versions too, and those that are listed.
fn everything(library: &Library) -> (Vec<Whole>, Vec<usize>) {
    let all = library.to_export(None).unwrap();
    let listed = library.ids(&View { sort: Sort::Added, ..View::default() }).unwrap();
    let places = listed.iter().map(|id| all.iter().position(|other| other == id).unwrap()).collect();
    (all.into_iter().map(|id| whole(library.article(id).unwrap())).collect(), places)
}

fn export(library: &Library, to: &Path) -> PathBuf {
    let ids = library.to_export(None).unwrap();
    let mut lines = vec![library.export_head(ids.len()).unwrap()];
    lines.extend(ids.iter().map(|id| library.export_line(*id).unwrap()));
    fs::write(to, lines.join("\n")).unwrap();
    to.to_owned()
}

/// What a reader does with one article.
#[derive(Clone, Debug)]
struct Doing {
    page: usize,
    words: Vec<usize>,
    title: bool,
    read: bool,
    starred: bool,
    place: u32,
    tag: Option<usize>,
    note: Option<(usize, String)>,
}

fn doing() -> impl Strategy<Value = Doing> {
    (
        (0..4_usize, prop::collection::vec(0..12_usize, 6..40), any::<bool>()),
        (any::<bool>(), any::<bool>(), 0..90_u32),
        (prop::option::of(0..3_usize), prop::option::of((0..20_usize, "[a-zäß \n]{0,12}"))),
    )
        .prop_map(|((page, words, title), (read, starred, place), (tag, note))| Doing {
            page,
            words,
            title,
            read,
            starred,
            place,
            tag,
            note,
        })
}

const WORDS: [&str; 12] = [
    "Der",
    "Rat",
    "hat",
    "über",
    "„Straßen“",
    "beraten,",
    "sagte",
    "Anna",
    "Groß",
    "am",
    "3. Mai",
    "vertagt.\n\n",
];

fn fill(library: &Library, home: &Path, doings: &[Doing]) {
    for doing in doings {
        let text: Vec<&str> = doing.words.iter().map(|w| WORDS[*w]).collect();
        let mut line = serde_json::json!({
            "text": format!("Die Stadt teilte mit: {}.", text.join(" ")), "id": format!("k{}", doing.page),
        });
        if doing.page > 0 {
            line["url"] = format!("https://blatt.example/{}", doing.page).into();
            line["date"] = format!("2021-03-0{}", doing.page).into();
        }
        if doing.title {
            line["title"] = format!("Titel \"{}\"", doing.page).into();
            line["source"] = "Blatt".into();
        }
        let path = home.join("one.jsonl");
        fs::write(&path, line.to_string()).unwrap();
        let Some(id) = library.import(&[path], &|_| true).unwrap().added.first().copied() else { continue };
        let state =
            StateChange { read: Some(doing.read), starred: Some(doing.starred), place: Some(doing.place) };
        let mut changes = vec![Change::State(id, state)];
        let tag = |tag: usize| ["Wahl", "Straße und Bau", "x"][tag].to_owned();
        changes.extend(doing.tag.map(|t| Change::Tag { article: id, tag: tag(t), on: true }));
        if let Some((at, words)) = &doing.note {
            let body = library.article(id).unwrap().draft.text;
            let starts: Vec<usize> = body.char_indices().map(|(at, _)| at).collect();
            let (from, to) = (starts[at % starts.len()], body.len());
            let span = Span::new(&body, from..to);
            let note = Note { id: NoteId::default(), span, text: words.clone(), ..Note::default() };
            changes.push(Change::PutNote { article: id, note });
        }
        library.apply(&changes, true).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn an_export_makes_the_same_library_again(doings in prop::collection::vec(doing(), 1..9)) {
        let home = folder();
        let first = Library::open(&home.path().join("first")).unwrap();
        fill(&first, home.path(), &doings);
        let search = SavedSearch { name: "Rat".to_owned(), query: "rat -anna".to_owned(), by_date: true };
        first.apply(&[Change::PutSearch(search)], true).unwrap();
        first.remember_search("eins").unwrap();
        first.remember_search("zwei").unwrap();
        first.set_setting("sort", "source").unwrap();
        let file = export(&first, &home.path().join("all.jsonl"));

        let second = Library::open(&home.path().join("second")).unwrap();
        second.import(std::slice::from_ref(&file), &|_| true).unwrap();
        prop_assert_eq!(everything(&second), everything(&first));
        prop_assert_eq!(second.saved_searches().unwrap(), first.saved_searches().unwrap());
        prop_assert_eq!(second.search_history(9).unwrap(), first.search_history(9).unwrap());
        prop_assert_eq!(second.setting("sort").unwrap(), first.setting("sort").unwrap());
        prop_assert_eq!(second.tags().unwrap(), first.tags().unwrap());

        let again = second.import(&[file], &|_| true).unwrap();
        prop_assert_eq!((again.added.len(), again.refused.len()), (0, 0));
        prop_assert_eq!(everything(&second), everything(&first), "once more changes nothing");
    }
}

#[test]
fn what_was_changed_by_hand_is_read_as_of_another_program() {
    let library = Library::seeds().unwrap();
    let id = library.ids(&View::default()).unwrap()[0];
    let mut line: serde_json::Value = serde_json::from_str(&library.export_line(id).unwrap()).unwrap();
    line["text"] = "Ein anderer Text. Er ist kürzer.".into();
    let home = folder();
    let path = home.path().join("changed.jsonl");
    fs::write(&path, line.to_string()).unwrap();
    let (other, report) = Library::of_paths(&[path], None).unwrap();
    assert_eq!((report.added.len(), report.refused.len()), (1, 0));
    assert!(other.article(report.added[0]).unwrap().draft.text.ends_with("Er ist kürzer."));
}

#[test]
fn the_command_writes_a_file_once_and_the_import_reads_it() {
    let home = folder();
    let first = run(home.path(), "a", &["export", "--to", "all.jsonl"]);
    assert!(first.status.success(), "{}", said(&first));
    let lines = fs::read_to_string(home.path().join("all.jsonl")).unwrap();
    assert_eq!(lines.lines().count(), 6, "a head and five articles");
    let twice = run(home.path(), "a", &["export", "--to", "all.jsonl"]);
    assert_eq!(twice.status.code(), Some(2));
    assert!(said(&twice).contains("--force"), "{}", said(&twice));
    assert!(run(home.path(), "a", &["export", "--to", "all.jsonl", "--force"]).status.success());
    let piped = run(home.path(), "a", &["export", "--to", "-"]);
    assert_eq!(String::from_utf8_lossy(&piped.stdout), lines);
    let nothing = run(home.path(), "a", &["export", "zzzzqqqq", "--to", "none.jsonl"]);
    assert_eq!(nothing.status.code(), Some(1));
    assert!(!home.path().join("none.jsonl").exists());

    let import = run(home.path(), "b", &["import", "all.jsonl"]);
    assert!(import.status.success(), "{}", said(&import));
    let seeds = Library::seeds().unwrap();
    assert_eq!(everything(&Library::open(&home.path().join("b")).unwrap()), everything(&seeds));
    let left: Vec<_> = fs::read_dir(home.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(left.iter().all(|n| !n.to_string_lossy().starts_with(".all")), "{left:?}");
}

#[test]
fn markdown_files_have_names_of_their_own_and_come_back() {
    let home = folder();
    let library = Library::open(&home.path().join("a")).unwrap();
    let text = |n: usize| {
        format!(
            "Der Rat der Stadt hat am Montag über Vorhaben {n} beraten, wie die Verwaltung mitteilte.\n\n\
             Danach wurde die Sache ein weiteres Mal vertagt, sagte die Sprecherin am Abend im Rathaus."
        )
    };
    let line = |n: usize| {
        serde_json::json!({"id": n, "title": "Der \"Rat\" / tagt", "text": text(n), "source": "Blatt",
                           "date": "2021-03-04", "authors": ["Anna Groß", "Böhm und Söhne"], "url": format!("https://blatt.example/{n}")})
        .to_string()
    };
    fs::write(home.path().join("in.jsonl"), [line(1), line(2)].join("\n")).unwrap();
    let ids = library.import(&[home.path().join("in.jsonl")], &|_| true).unwrap().added;
    let star = StateChange { starred: Some(true), ..StateChange::default() };
    let tags = ["2020", "Bund und Länder", "Rat, \"Bern\""];
    let tag = |tag: &str| Change::Tag { article: ids[0], tag: tag.to_owned(), on: true };
    library.apply(&tags.map(tag), true).unwrap();
    library.apply(&[Change::State(ids[0], star)], true).unwrap();
    let came = library.article(ids[0]).unwrap().version.added;
    drop(library);
    let done = run(home.path(), "a", &["export", "--format", "md", "--to", "out"]);
    assert!(done.status.success(), "{}", said(&done));
    let mut names: Vec<_> =
        fs::read_dir(home.path().join("out")).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["2021-03-04-der-rat-tagt-1.md", "2021-03-04-der-rat-tagt-2.md"]);
    assert_eq!(run(home.path(), "a", &["export", "--to", "out"]).status.code(), Some(2), "they are there");

    let again = Library::open(&home.path().join("b")).unwrap();
    let added = again.import(&[home.path().join("out")], &|_| true).unwrap().added;
    let article = again.article(added[0]).unwrap();
    assert_eq!(article.draft.title.text, "Der \"Rat\" / tagt");
    assert_eq!(article.draft.source.label(), Some("Blatt"));
    assert_eq!(article.draft.authors, ["Anna Groß", "Böhm und Söhne"]);
    assert_eq!(article.version.added, came);
    assert_eq!(article.draft.key.as_deref(), Some("1"));
    assert_eq!(article.draft.published.stated().map(|d| d.to_string()).as_deref(), Some("2021-03-04"));
    assert!(article.draft.text.ends_with(&text(1)), "{}", article.draft.text);
    assert_eq!((article.state.starred, article.tags), (true, tags.map(str::to_owned).to_vec()));
}

/// Imports a version of one article that ends in `last`.
fn version(library: &Library, home: &Path, name: &str, last: &str) -> ArticleId {
    let text = format!(
        "Der Rat der Stadt hat am Montag über den Haushalt beraten, wie die Verwaltung mitteilte.\n\n\
         Danach wurde die Sache ein weiteres Mal vertagt, sagte die Sprecherin am Abend.\n\n{last}"
    );
    let line = serde_json::json!({"title": "Der Rat tagt", "text": text, "source": "Blatt",
                                  "date": "2021-03-04", "url": "https://blatt.example/rat"});
    let path = home.join(name);
    fs::write(&path, line.to_string()).unwrap();
    library.import(&[path], &|_| true).unwrap().added[0]
}

#[test]
fn corrections_come_back_from_both_forms() {
    let home = folder();
    let library = Library::open(&home.path().join("a")).unwrap();
    let text = "Der Rat der Stadt hat am Montag über den Haushalt beraten, wie die Verwaltung mitteilte.\n\n\
                Danach wurde die Sache ein weiteres Mal vertagt, sagte die Sprecherin am Abend.";
    let titled =
        serde_json::json!({"title": "Rat tagt", "text": text, "source": "Blatt", "date": "2021-03-04"});
    let bare =
        serde_json::json!({"text": format!("{text}\n\nAm Freitag geht es weiter, und zwar um neun Uhr.")});
    fs::write(home.path().join("in.jsonl"), format!("{titled}\n{bare}")).unwrap();
    let ids = library.import(&[home.path().join("in.jsonl")], &|_| true).unwrap().added;
    let title = |text: &str| Title { text: text.to_owned(), basis: Basis::Stated };
    let source = |name: &str| Source { name: Some(name.to_owned()), domain: None, basis: Basis::Stated };
    let values = [
        FieldValue::Title(title("Haushalt vertagt")),
        FieldValue::Source(source("Der Bote")),
        FieldValue::Date(Published::Day(date(2022, 1, 2))),
        FieldValue::Authors(vec!["Anna Groß".to_owned(), "Otto Tal".to_owned()]),
        FieldValue::Language(Language::English),
    ];
    let change = |id: ArticleId| {
        let correct =
            move |to: &FieldValue| Change::Correct { article: id, field: to.field(), to: Some(to.clone()) };
        values.iter().map(correct).collect::<Vec<_>>()
    };
    for id in &ids {
        library.apply(&change(*id), true).unwrap();
    }
    let before: Vec<Article> = ids.iter().map(|id| library.article(*id).unwrap()).collect();
    drop(library);
    for (form, to) in [("text", "all.jsonl"), ("md", "out")] {
        let done = run(home.path(), "a", &["export", "--format", form, "--to", to]);
        assert!(done.status.success(), "{}", said(&done));
        let library = format!("from-{to}");
        assert!(run(home.path(), &library, &["import", to]).status.success());
        let again = Library::open(&home.path().join(&library)).unwrap();
        for was in &before {
            let all = again.to_export(None).unwrap().into_iter().map(|id| again.article(id).unwrap());
            let same = all.into_iter().find(|a| a.draft.text == was.draft.text).expect(&was.draft.text);
            assert_eq!(same.corrections(), was.corrections(), "{to}");
            assert_eq!(same.draft.title, was.draft.title, "{to}");
            let (stated, expected) = (same.stated(), was.stated());
            assert_eq!(
                (stated.title.text, stated.source.label(), stated.published, stated.authors),
                (expected.title.text, expected.source.label(), expected.published, expected.authors),
                "{to}"
            );
        }
        assert!(run(home.path(), "a", &["import", to]).status.success());
        let count = Library::open(&home.path().join("a")).unwrap().count().unwrap();
        assert_eq!(count, 2, "an import of it into the same library adds nothing: {to}");
    }
}

/// Notes by their places' words, their words and texts.
fn notes(library: &Library, id: ArticleId) -> Vec<(String, String, String)> {
    let article = library.article(id).unwrap();
    let here = |note: &Note| note.span.map_or("", |s| s.of(&article.draft.text)).to_owned();
    article.notes.iter().map(|n| (here(n), n.words.clone(), n.text.clone())).collect()
}

#[test]
fn markdown_brings_notes_and_older_versions_back() {
    let home = folder();
    let library = Library::open(&home.path().join("a")).unwrap();
    let star = |id, on| Change::State(id, StateChange { starred: Some(on), ..StateChange::default() });
    let first = version(&library, home.path(), "1.jsonl", "Am Dienstag geht es um 9 Uhr weiter.");
    library.apply(&[star(first, true)], true).unwrap();
    version(&library, home.path(), "2.jsonl", "Am Mittwoch geht es um 10 Uhr weiter.");
    let third = version(&library, home.path(), "3.jsonl", "Die nächste Sitzung ist am Freitag im Rathaus.");
    library.apply(&[star(third, false)], true).unwrap();
    let body = library.article(third).unwrap().draft.text;
    for (words, text) in [("ein weiteres Mal vertagt", "Wie oft\nnoch: \"immer\"?"), ("im Rathaus", "")] {
        let at = body.find(words).unwrap();
        let span = Span::new(&body, at..at + words.len());
        let note = Note { span, text: text.to_owned(), ..Note::default() };
        library.apply(&[Change::PutNote { article: third, note }], true).unwrap();
    }
    let before = notes(&library, third);
    assert_eq!(before.len(), 2);
    drop(library);
    let done = run(home.path(), "a", &["export", "--format", "md", "--to", "out"]);
    assert!(done.status.success(), "{}", said(&done));

    let again = Library::open(&home.path().join("b")).unwrap();
    let report = again.import(&[home.path().join("out")], &|_| true).unwrap();
    assert_eq!((report.added.len(), report.updated, report.refused.len()), (3, 2, 0));
    let all = again.to_export(None).unwrap();
    for (id, end) in all.iter().zip(["9 Uhr weiter.", "10 Uhr weiter.", "im Rathaus."]) {
        let text = again.article(*id).unwrap().draft.text;
        assert!(text.ends_with(end), "{text}");
    }
    assert_eq!(again.ids(&View::default()).unwrap(), all[2..], "the newest is listed");
    assert_eq!(notes(&again, all[2]), before);
    assert!(!again.article(all[2]).unwrap().state.starred, "the star was taken away since");
}

#[test]
fn the_manual_knows_every_command_and_table() {
    let home = folder();
    let manual = run(home.path(), "a", &["man"]);
    let text = String::from_utf8_lossy(&manual.stdout).into_owned();
    for word in ["LESART EXPORT", "LIBRARY FILE", "CREATE TABLE article", "saved_search", "Zstandard"] {
        assert!(text.contains(word), "{word}");
    }
    for shell in ["bash", "fish", "zsh", "elvish", "powershell"] {
        let output = run(home.path(), "a", &["completions", shell]);
        assert!(String::from_utf8_lossy(&output.stdout).contains("export"), "{shell}");
    }
    assert_eq!(run(home.path(), "a", &["completions", "tcl"]).status.code(), Some(2));
}
