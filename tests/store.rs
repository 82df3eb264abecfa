//! What a reader leaves in the library: marks, tags, notes, searches, and their undoing.
#![allow(clippy::unwrap_used, reason = "a fixture that cannot be built is a failed test")]

use std::fs;
use std::path::Path;

use lesart::library::{Counts, Error, Library};
use lesart::model::{
    ArticleId, Change, Filter, Note, NoteId, ReadState, SavedSearch, Span, StateChange, View,
};
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder can be made")
}

fn all(library: &Library) -> Vec<ArticleId> {
    library.ids(&View::default()).expect("ids can be read")
}

fn listed(library: &Library, filter: Filter) -> Vec<ArticleId> {
    library.ids(&View { filter, ..View::default() }).expect("ids can be read")
}

fn state(id: ArticleId, read: Option<bool>, starred: Option<bool>, place: Option<u32>) -> Change {
    Change::State(id, StateChange { read, starred, place })
}

fn read(id: ArticleId) -> Change {
    state(id, Some(true), None, None)
}

fn tag(article: ArticleId, tag: &str, on: bool) -> Change {
    Change::Tag { article, tag: tag.to_owned(), on }
}

/// A note on the first place of `words` in the article.
fn note(library: &Library, article: ArticleId, words: &str, text: &str) -> Change {
    let body = library.article(article).unwrap().draft.text;
    let at = body.find(words).expect("the words stand in the article");
    let note =
        Note { span: Span::new(&body, at..at + words.len()), text: text.to_owned(), ..Note::default() };
    Change::PutNote { article, note }
}

/// Imports one article a pair of address and text.
fn import(library: &Library, home: &Path, articles: &[(&str, &str)]) -> Vec<ArticleId> {
    let lines: Vec<String> = articles
        .iter()
        .map(|(url, text)| {
            serde_json::json!({"url": url, "title": "Der Rat tagt", "text": text, "source": "Blatt"})
                .to_string()
        })
        .collect();
    let path = home.join("articles.jsonl");
    fs::write(&path, lines.join("\n")).unwrap();
    library.import(&[path], &|_| true).unwrap().added
}

#[test]
fn undo_gives_back_what_was() {
    let library = Library::seeds().unwrap();
    let ids = all(&library);
    library.apply(&[state(ids[0], Some(true), Some(true), Some(3))], true).unwrap();
    let unread: Vec<Change> = ids.iter().map(|id| state(*id, Some(false), None, None)).collect();
    let applied = library.apply(&unread, true).unwrap();
    assert_eq!(applied.before, [read(ids[0])], "only what changed is undone");
    assert_eq!(library.undo().unwrap(), Some(applied.before));
    let starred = ReadState { read: true, starred: true, place: 3 };
    assert_eq!(library.article(ids[0]).unwrap().state, starred);
    assert_eq!(library.undo().unwrap().map(|changes| changes.len()), Some(1));
    assert_eq!(library.article(ids[0]).unwrap().state, ReadState::default());
    assert_eq!(library.undo().unwrap(), None);
    library.redo().unwrap();
    assert_eq!(library.article(ids[0]).unwrap().state, starred);
    assert!(!library.is_persistent());
}

#[test]
fn a_step_is_undone_in_a_later_session() {
    let home = folder();
    let place = home.path().join("lesart");
    let library = Library::start(Some(place.clone())).unwrap();
    let ids = all(&library);
    library.apply(&[tag(ids[0], "Wahl", true)], true).unwrap();
    library.apply(&[read(ids[1])], true).unwrap();
    drop(library);
    let again = Library::start(Some(place.clone())).unwrap();
    assert_eq!(again.undo().unwrap(), Some(vec![state(ids[1], Some(false), None, None)]));
    assert_eq!(again.undo().unwrap(), Some(vec![tag(ids[0], "Wahl", false)]));
    drop(again);
    let later = Library::start(Some(place)).unwrap();
    assert_eq!(later.tags().unwrap(), []);
    assert_eq!(later.redo().unwrap(), Some(vec![tag(ids[0], "Wahl", true)]));
    assert_eq!(later.redo().unwrap(), Some(vec![read(ids[1])]));
    assert_eq!(later.redo().unwrap(), None);
}

#[test]
fn a_new_step_ends_what_could_be_done_again() {
    let library = Library::seeds().unwrap();
    let ids = all(&library);
    library.apply(&[read(ids[0])], true).unwrap();
    library.undo().unwrap();
    library.apply(&[read(ids[1])], true).unwrap();
    assert_eq!(library.redo().unwrap(), None);
    assert_eq!(library.undo().unwrap(), Some(vec![state(ids[1], Some(false), None, None)]));
}

#[test]
fn what_reading_leaves_is_no_step_and_makes_no_file() {
    let home = folder();
    let library = Library::start(Some(home.path().join("lesart"))).unwrap();
    let ids = all(&library);
    library.apply(&[state(ids[0], Some(true), None, Some(40))], false).unwrap();
    library.remember_search("wahl").unwrap();
    library.set_setting("sort", "source").unwrap();
    library.visit().unwrap();
    assert_eq!(library.undo().unwrap(), None);
    assert!(!library.is_persistent());
    assert!(library.article(ids[0]).unwrap().state.read);
}

#[test]
fn only_the_last_thousand_steps_are_kept() {
    let library = Library::seeds().unwrap();
    let id = all(&library)[0];
    for step in 0..1_003 {
        library.apply(&[state(id, None, None, Some(step + 1))], true).unwrap();
    }
    let mut undone = 0;
    while library.undo().unwrap().is_some() {
        undone += 1;
    }
    assert_eq!(undone, 1_000);
    assert_eq!(library.article(id).unwrap().state.place, 3);
}

#[test]
fn all_changes_of_a_step_are_made_or_none() {
    let library = Library::seeds().unwrap();
    let id = all(&library)[0];
    let unknown = ArticleId(999);
    let failed = library.apply(&[tag(id, "Wahl", true), tag(unknown, "Wahl", true)], true);
    assert!(matches!(failed, Err(Error::NoArticle(id)) if id == unknown));
    assert_eq!(library.tags().unwrap(), []);
    assert_eq!(library.undo().unwrap(), None);
}

#[test]
fn letter_case_does_not_tell_tags_apart() {
    let library = Library::seeds().unwrap();
    let ids = all(&library);
    library
        .apply(&[tag(ids[0], " Große  Koalition ", true), tag(ids[1], "GROSSE koalition", true)], true)
        .unwrap();
    library.apply(&[tag(ids[2], "große koalition", true)], true).unwrap();
    let tags = [("GROSSE koalition".to_owned(), 1), ("Große Koalition".to_owned(), 2)];
    assert_eq!(library.tags().unwrap(), tags);
    let mut found = listed(&library, Filter::Tagged("große KOALITION".to_owned()));
    found.sort();
    let mut expected = vec![ids[0], ids[2]];
    expected.sort();
    assert_eq!(found, expected);
    let nothing =
        library.apply(&[tag(ids[0], "große koalition", true), tag(ids[0], " ", true)], true).unwrap();
    assert_eq!(nothing.before, []);
    library.apply(&[tag(ids[1], "Grosse Koalition", false)], true).unwrap();
    assert_eq!(library.tags().unwrap().len(), 1, "a tag without articles is gone");
    assert_eq!(library.rows(&ids[..1]).unwrap()[0].tags, ["Große Koalition"]);
}

#[test]
fn a_note_keeps_its_words_and_number() {
    let library = Library::seeds().unwrap();
    let id = all(&library)[0];
    let change = note(&library, id, "der", "warum?");
    library.apply(std::slice::from_ref(&change), true).unwrap();
    let kept = library.article(id).unwrap().notes.remove(0);
    assert_eq!((kept.words.as_str(), kept.text.as_str()), ("der", "warum?"));
    assert!(kept.made.is_some());
    assert_eq!(listed(&library, Filter::Noted), [id]);
    let other = Note { text: "darum".to_owned(), ..kept.clone() };
    library.apply(&[Change::PutNote { article: id, note: other.clone() }], true).unwrap();
    assert_eq!(library.article(id).unwrap().notes, std::slice::from_ref(&other));
    library.apply(&[Change::DropNote { article: id, note: kept.id }], true).unwrap();
    assert_eq!(library.article(id).unwrap().notes, []);
    library.undo().unwrap();
    assert_eq!(library.article(id).unwrap().notes, [other]);
    library.undo().unwrap();
    assert_eq!(library.article(id).unwrap().notes, std::slice::from_ref(&kept));
    library.undo().unwrap();
    assert_eq!(library.article(id).unwrap().notes, []);
    library.redo().unwrap();
    assert_eq!(library.article(id).unwrap().notes, [kept]);
    let gone = Change::DropNote { article: id, note: NoteId(77) };
    assert_eq!(library.apply(&[gone], true).unwrap().before, []);
}

#[test]
fn saved_searches_and_history_come_back() {
    let library = Library::seeds().unwrap();
    let search =
        |query: &str| SavedSearch { name: "Wahl".to_owned(), query: query.to_owned(), by_date: true };
    library.apply(&[Change::PutSearch(search("wahl"))], true).unwrap();
    library.apply(&[Change::PutSearch(search("wahl OR stimmen"))], true).unwrap();
    assert_eq!(library.saved_searches().unwrap(), [search("wahl OR stimmen")]);
    library.undo().unwrap();
    assert_eq!(library.saved_searches().unwrap(), [search("wahl")]);
    library.apply(&[Change::DropSearch("Wahl".to_owned())], true).unwrap();
    assert_eq!(library.saved_searches().unwrap(), []);
    library.undo().unwrap();
    assert_eq!(library.saved_searches().unwrap(), [search("wahl")]);
    for query in ["eins", " zwei ", "eins", " "] {
        library.remember_search(query).unwrap();
    }
    assert_eq!(library.search_history(9).unwrap(), ["eins", "zwei"]);
    assert_eq!(library.search_history(1).unwrap(), ["eins"]);
    assert_eq!(library.setting("sort").unwrap(), None);
    library.set_setting("sort", "date").unwrap();
    library.set_setting("sort", "source").unwrap();
    assert_eq!(library.setting("sort").unwrap().as_deref(), Some("source"));
}

#[test]
fn new_is_what_came_since_the_end_of_the_last_visit() {
    let home = folder();
    let place = home.path().join("library");
    let text =
        |n: usize| format!("Der Rat hat am Montag über Vorhaben {n} beraten. Es wurde {n}-mal vertagt.");
    let add = |library: &Library, n: usize| {
        import(library, home.path(), &[(&format!("https://a.example/{n}"), &text(n))])[0]
    };
    let first = Library::open(&place).unwrap();
    let a = add(&first, 1);
    first.visit().unwrap();
    assert_eq!(listed(&first, Filter::New), [a], "nobody was here before");
    let b = add(&first, 2);
    let mut new = listed(&first, Filter::New);
    new.sort();
    assert_eq!(new, [a, b], "what comes meanwhile is new too");
    assert_eq!(first.counts_of(&Filter::New).unwrap(), Counts { articles: 2, unread: 2 });
    first.leave();
    drop(first);

    let between = Library::open(&place).unwrap();
    let c = add(&between, 3);
    assert_eq!(listed(&between, Filter::New), [c], "an import is no visit");
    drop(between);
    let second = Library::open(&place).unwrap();
    second.visit().unwrap();
    assert_eq!(listed(&second, Filter::New), [c]);
    second.leave();
    second.visit().unwrap();
    assert_eq!(listed(&second, Filter::New), []);
}

#[test]
fn counts_agree_with_lists() {
    let library = Library::seeds().unwrap();
    library.prepare(&|| true).unwrap();
    let ids = all(&library);
    library
        .apply(&[read(ids[0]), state(ids[1], Some(true), Some(true), None), tag(ids[0], "a", true)], true)
        .unwrap();
    let story = library.stories().unwrap()[0].id;
    for filter in [
        Filter::All,
        Filter::Unread,
        Filter::Starred,
        Filter::New,
        Filter::Noted,
        Filter::Tagged("a".to_owned()),
        Filter::Story(story),
    ] {
        let found = listed(&library, filter.clone());
        let unread = found.iter().filter(|id| !library.article(**id).unwrap().state.read).count();
        let counts = library.counts_of(&filter).unwrap();
        assert_eq!((counts.articles as usize, counts.unread as usize), (found.len(), unread), "{filter:?}");
    }
}

#[test]
fn star_tags_and_notes_go_to_the_newer_version() {
    let home = folder();
    let library = Library::open(&home.path().join("library")).unwrap();
    let url = "https://a.example/rat";
    let was = "Der Rat hat am Montag über den Haushalt beraten. „Wir sparen“, sagte die Bürgermeisterin. \
               Am Ende wurde der Punkt vertagt.";
    let old = import(&library, home.path(), &[(url, was)])[0];
    let notes = [
        note(&library, old, "über den Haushalt", ""),
        note(&library, old, "„Wir sparen“, sagte", "wirklich?"),
        note(&library, old, "der Punkt vertagt", "bleibt"),
    ];
    library.apply(&notes, true).unwrap();
    library.apply(&[state(old, Some(true), Some(true), None), tag(old, "Rat", true)], true).unwrap();
    let is = "Stand 18 Uhr. Der Rat hat am Montag über den Haushalt beraten.\n\n»Wir sparen«, sagte die \
              Bürgermeisterin. Am Ende wurde der Haushalt beschlossen.";
    let new = import(&library, home.path(), &[(url, is)])[0];
    let article = library.article(new).unwrap();
    assert_eq!(article.state, ReadState { read: false, starred: true, place: 0 });
    assert_eq!(article.tags, ["Rat"]);
    let places: Vec<(Option<&str>, &str)> =
        article.notes.iter().map(|n| (n.span.map(|s| s.of(&article.draft.text)), n.text.as_str())).collect();
    assert_eq!(
        places,
        [(Some("über den Haushalt"), ""), (Some("»Wir sparen«, sagte"), "wirklich?"), (None, "bleibt")]
    );
    assert_eq!(article.notes[2].words, "der Punkt vertagt");
    assert_eq!(library.article(old).unwrap().notes, []);
    assert_eq!(library.tags().unwrap(), [("Rat".to_owned(), 1)]);
    // Undoing what was done on the older version reaches what has gone to the newer one.
    library.undo().unwrap();
    let article = library.article(new).unwrap();
    assert!(!article.state.starred && article.tags.is_empty());
    library.undo().unwrap();
    assert_eq!(library.article(new).unwrap().notes, []);
}

#[test]
fn a_clock_that_was_set_back_changes_no_order_and_no_news() {
    let home = folder();
    let library = Library::open(home.path()).unwrap();
    let first = import(&library, home.path(), &[("https://a.example/1", "Der Rat hat am Montag beraten.")]);
    library.visit().unwrap();
    library.apply(&[tag(first[0], "vorher", true)], true).unwrap();
    library.remember_search("vorher").unwrap();
    library.apply(&[note(&library, first[0], "Rat", "vorher")], true).unwrap();
    library.leave();
    drop(library);
    // As it would be had all that been done by a clock far ahead.
    let tables = rusqlite::Connection::open(home.path().join(lesart::library::FILE)).unwrap();
    for table in ["journal", "searched", "note"] {
        tables.execute(&format!("UPDATE {table} SET made = '2999-01-01T00:00:00.000Z'"), []).unwrap();
    }
    drop(tables);
    let ahead = std::time::SystemTime::now() + std::time::Duration::from_secs(3_000_000_000);
    for file in fs::read_dir(home.path()).unwrap() {
        let file = fs::File::options().write(true).open(file.unwrap().path());
        let _ = file.and_then(|f| f.set_modified(ahead));
    }

    let library = Library::open(home.path()).unwrap();
    library.visit().unwrap();
    assert_eq!(listed(&library, Filter::New), []);
    let second =
        import(&library, home.path(), &[("https://a.example/2", "Der Kreis hat am Freitag gewählt.")]);
    assert_eq!(listed(&library, Filter::New), second, "what came since is new, whatever day it is");
    library.remember_search("nachher").unwrap();
    assert_eq!(library.search_history(5).unwrap(), ["nachher", "vorher"]);
    library.apply(&[tag(second[0], "nachher", true)], true).unwrap();
    let undone = library.undo().unwrap().unwrap();
    assert_eq!(undone, [tag(second[0], "nachher", false)], "the last step first");
    library.undo().unwrap();
    assert_eq!(library.article(first[0]).unwrap().notes.len(), 0);
    library.prepare(&|| true).unwrap();
    assert!(!library.has_left_work(), "no time in the future holds a lock");
}
