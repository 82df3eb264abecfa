//! The library: what it keeps, what it refuses, and that a bad file harms nothing.

use std::fs;
use std::path::{Path, PathBuf};

use lesart::library::{Error, FILE, Library};
use lesart::model::{ArticleId, Change, Filter, Progress, ReadState, RefusalReason, Sort, StateChange, View};
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder can be made")
}

fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, content).expect("the file can be written");
    path
}

/// An article of its own for every number.
fn text(number: usize) -> String {
    let name = ["Halle", "Fähre", "Brücke", "Messe", "Schule"][number % 5];
    format!(
        "{name} {number} wird gebaut\n\nDer Rat der Stadt hat am Montag den Bau von {name} {number} beschlossen, \
         wie die Verwaltung nach der Sitzung am Abend mitteilte.\n\nDie Kosten liegen bei {number} Millionen Euro, \
         sagte eine Sprecherin. Der Bau soll im kommenden Jahr beginnen und drei Jahre dauern."
    )
}

fn many(folder: &Path, count: usize) -> PathBuf {
    let inner = folder.join("texts");
    fs::create_dir_all(&inner).expect("the folder can be made");
    for number in 0..count {
        write(&inner, &format!("{number:04}.txt"), text(number));
    }
    inner
}

fn go_on(_: &Progress) -> bool {
    true
}

fn read(ids: &[ArticleId], to: bool) -> Vec<Change> {
    let to = StateChange { read: Some(to), ..StateChange::default() };
    ids.iter().map(|id| Change::State(*id, to)).collect()
}

fn star(id: ArticleId) -> Vec<Change> {
    vec![Change::State(id, StateChange { starred: Some(true), ..StateChange::default() })]
}

fn all(library: &Library) -> Vec<ArticleId> {
    library.ids(&View::default()).expect("ids can be read")
}

#[test]
fn the_bundled_articles_are_there_at_the_first_start() {
    let home = folder();
    let library = Library::start(Some(home.path().join("lesart"))).unwrap();
    assert_eq!(library.count().unwrap(), 5);
    assert_eq!(library.rows(&all(&library)).unwrap().len(), 5);
    assert!(!library.is_persistent());
    library.prepare(&|| true).unwrap();
    assert!(!home.path().join("lesart").exists(), "nothing is written before the first mark");
}

#[test]
fn the_first_mark_makes_the_file_and_keeps_everything() {
    let home = folder();
    let place = home.path().join("deep/lesart");
    let library = Library::start(Some(place.clone())).unwrap();
    library.prepare(&|| true).unwrap();
    let ids = all(&library);
    let at = StateChange { place: Some(12), ..StateChange::default() };
    library.apply(&[Change::State(ids[1], at)], false).unwrap();
    assert!(!place.exists(), "a place is no mark");
    let marked = library.apply(&read(&ids[..2], true), true).unwrap();
    assert!(marked.unsaved.is_none());
    assert_eq!(library.home(), Some(place.join(FILE)));
    let article = library.article(ids[1]).unwrap();
    drop(library);

    let again = Library::start(Some(place.clone())).unwrap();
    assert_eq!(all(&again), ids);
    assert_eq!(again.article(ids[1]).unwrap(), article);
    assert_eq!(article.state, ReadState { read: true, starred: false, place: 12 });
    let unread = View { filter: Filter::Unread, ..View::default() };
    assert_eq!(again.ids(&unread).unwrap().len(), 3);
    let names: Vec<_> = fs::read_dir(&place).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(names.iter().all(|n| n.to_string_lossy().starts_with(FILE)), "no copy is left behind: {names:?}");
}

#[test]
fn a_mark_stays_in_memory_where_the_file_cannot_be_made() {
    let home = folder();
    let in_the_way = write(home.path(), "lesart", "a file");
    let library = Library::start(Some(in_the_way)).unwrap();
    let ids = all(&library);
    let marked = library.apply(&read(&ids, true), true).unwrap();
    assert!(matches!(marked.unsaved, Some(Error::Io { .. })));
    assert_eq!(marked.before.len(), 5);
    assert!(library.article(ids[0]).unwrap().state.read);
}

#[test]
fn marking_an_unknown_article_changes_nothing() {
    let library = Library::seeds().unwrap();
    let ids = all(&library);
    let unknown = ArticleId(999);
    assert!(
        matches!(library.apply(&read(&[ids[0], unknown], true), true), Err(Error::NoArticle(id)) if id == unknown)
    );
    assert!(!library.article(ids[0]).unwrap().state.read);
    assert!(matches!(library.article(unknown), Err(Error::NoArticle(_))));
}

#[test]
fn importing_the_same_twice_adds_nothing() {
    let home = folder();
    let texts = many(home.path(), 7);
    let library = Library::open(&home.path().join("library")).unwrap();
    let first = library.import(std::slice::from_ref(&texts), &go_on).unwrap();
    assert_eq!((first.added.len(), first.duplicates, first.refused.len()), (7, 0, 0));
    let second = library.import(&[texts.clone(), texts], &go_on).unwrap();
    assert_eq!((second.added.len(), second.duplicates, second.refused.len()), (0, 14, 0));
    assert_eq!(library.count().unwrap(), 7);
}

#[test]
fn a_stopped_import_leaves_a_whole_file_and_goes_on_later() {
    let home = folder();
    let texts = many(home.path(), 450);
    let place = home.path().join("library");
    let library = Library::open(&place).unwrap();
    let report = library.import(std::slice::from_ref(&texts), &|p| p.added < 200).unwrap();
    assert!(report.stopped);
    let kept = library.count().unwrap();
    assert_eq!(kept as usize, report.added.len());
    assert!((200..450).contains(&kept), "whole batches are kept, and no more is begun: {kept}");
    drop(library);
    let again = Library::open(&place).unwrap();
    assert_eq!(again.count().unwrap(), kept);
    let rest = again.import(&[texts], &go_on).unwrap();
    assert_eq!(u32::try_from(rest.added.len()).unwrap() + kept, 450);
    assert_eq!(again.count().unwrap(), 450);
}

#[test]
fn a_program_that_dies_between_batches_leaves_a_whole_file() {
    let home = folder();
    let texts = many(home.path(), 450);
    let place = home.path().join("library");
    let died = std::panic::catch_unwind(|| {
        let library = Library::open(&place).unwrap();
        library.import(std::slice::from_ref(&texts), &|p| {
            assert!(p.added < 400, "killed");
            true
        })
    });
    assert!(died.is_err());
    let again = Library::open(&place).unwrap();
    assert_eq!(again.count().unwrap(), 400);
    assert_eq!(again.import(&[texts], &go_on).unwrap().added.len(), 50);
}

#[test]
fn a_library_of_a_newer_program_is_left_untouched() {
    let home = folder();
    drop(Library::open(home.path()).unwrap());
    let path = home.path().join(FILE);
    let mut bytes = fs::read(&path).unwrap();
    // The store keeps the number of the form in four bytes at 60, the highest first.
    bytes[60..64].copy_from_slice(&77_u32.to_be_bytes());
    fs::write(&path, &bytes).unwrap();
    assert!(matches!(Library::open(home.path()), Err(Error::Newer { found: 77, .. })));
    assert_eq!(fs::read(&path).unwrap(), bytes);
    assert!(!home.path().join(format!("{FILE}-wal")).exists());
}

#[test]
fn a_file_of_something_else_is_left_untouched() {
    let home = folder();
    let words = "no library, but words of the user ".repeat(40);
    write(home.path(), FILE, &words);
    assert!(matches!(Library::open(home.path()), Err(Error::NotALibrary { .. })));
    assert_eq!(fs::read_to_string(home.path().join(FILE)).unwrap(), words);
}

#[test]
fn a_bad_path_does_not_keep_the_others_from_being_read() {
    let home = folder();
    let good = write(home.path(), "good.txt", text(1));
    let empty = write(home.path(), "empty.txt", "");
    let missing = home.path().join("missing.txt");
    let hollow = home.path().join("hollow");
    fs::create_dir(&hollow).unwrap();
    let paths = [missing, empty, hollow, good];
    let (library, report) = Library::of_paths(&paths, None).unwrap();
    assert_eq!(library.count().unwrap(), 1);
    let reasons: Vec<_> = report.refused.into_iter().map(|r| r.reason).collect();
    for reason in [RefusalReason::Missing, RefusalReason::Empty, RefusalReason::NoFiles] {
        assert!(reasons.contains(&reason), "{reason:?} is missing in {reasons:?}");
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_and_pipes_are_refused() {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    let home = folder();
    let dangling = home.path().join("dangling");
    symlink(home.path().join("gone"), &dangling).unwrap();
    let socket = home.path().join("socket");
    let _listener = UnixListener::bind(&socket).unwrap();
    let (_, report) = Library::of_paths(&[dangling, socket], None).unwrap();
    let reasons: Vec<_> = report.refused.into_iter().map(|r| r.reason).collect();
    assert_eq!(reasons, [RefusalReason::DanglingLink, RefusalReason::NotAFile]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_links_to_itself_ends() {
    let home = folder();
    let texts = many(home.path(), 3);
    std::os::unix::fs::symlink(&texts, texts.join("again")).unwrap();
    write(&texts, ".hidden.txt", text(9));
    let (library, report) = Library::of_paths(&[texts], None).unwrap();
    assert_eq!(library.count().unwrap(), 3);
    assert_eq!(report.refused, []);
}

#[test]
fn what_stands_in_the_pipe_is_an_article_too() {
    let (library, report) = Library::of_paths(&[], Some(text(4).into_bytes())).unwrap();
    assert_eq!(report.added.len(), 1);
    assert_eq!(library.article(report.added[0]).unwrap().draft.origin, "(stdin)");
    assert!(!library.is_persistent());
}

#[test]
fn an_article_can_be_read_before_all_are_prepared() {
    let library = Library::seeds().unwrap();
    let ids = all(&library);
    let early = library.analysis(ids[0]).unwrap();
    assert!(!early.sentences.is_empty());
    library.prepare(&|| true).unwrap();
    assert_eq!(library.analysis(ids[0]).unwrap(), early);
}

#[test]
fn preparing_stops_for_a_newer_request() {
    let library = Library::seeds().unwrap();
    assert!(matches!(library.prepare(&|| false), Err(Error::Overtaken)));
}

#[test]
fn a_reader_leaves_the_work_to_who_imports_and_does_it_when_that_one_has_ended() {
    let home = folder();
    let dump = many(home.path(), 450);
    let library = Library::open(home.path()).unwrap();
    let reader = Library::open(home.path()).unwrap();
    let looked = std::cell::Cell::new(0);
    let report = library.import(&[dump], &|progress| {
        if progress.added > 0 {
            reader.prepare(&|| true).unwrap();
            assert!(reader.has_left_work() && !reader.is_work_left());
            looked.set(looked.get() + 1);
        }
        true
    });
    assert_eq!(report.unwrap().added.len(), 450);
    assert!(looked.get() > 0, "the reader looked while the import went on");
    assert!(reader.is_work_left(), "it has ended");
    reader.prepare(&|| true).unwrap();
    assert!(!reader.has_left_work() && !reader.is_work_left());
}

#[test]
fn what_came_unanalysed_is_analysed_and_then_not_looked_for_again() {
    let home = folder();
    let dump = many(home.path(), 30);
    let library = Library::open(home.path()).unwrap();
    library.import(&[dump], &go_on).unwrap();
    drop(library);
    let tables = rusqlite::Connection::open(home.path().join(FILE)).unwrap();
    let analysed = || {
        let count = "SELECT count(*), (SELECT value FROM meta WHERE name = 'analysed') FROM analysis";
        tables.query_row(count, [], |r| Ok((r.get::<_, u32>(0)?, r.get::<_, String>(1)?))).unwrap()
    };
    let (count, mark) = analysed();
    assert!(count == 30 && mark.ends_with(" 30"), "{mark}");
    // As an earlier program leaves it, or one that was stopped.
    tables
        .execute_batch("DELETE FROM analysis WHERE article > 20; DELETE FROM meta WHERE name = 'analysed'")
        .unwrap();
    let library = Library::open(home.path()).unwrap();
    library.prepare(&|| true).unwrap();
    assert_eq!(analysed(), (30, mark.clone()));
    // In another form all are made anew.
    tables
        .execute_batch("UPDATE analysis SET form = 0; UPDATE meta SET value = '0 30' WHERE name = 'analysed'")
        .unwrap();
    library.prepare(&|| true).unwrap();
    assert_eq!(analysed().1, mark);
    let old: u32 =
        tables.query_row("SELECT count(*) FROM analysis WHERE form = 0", [], |r| r.get(0)).unwrap();
    assert_eq!(old, 0);
}

#[test]
fn every_order_has_every_article() {
    let library = Library::seeds().unwrap();
    let mut expected = all(&library);
    expected.sort();
    for sort in [Sort::Date, Sort::Added, Sort::Source] {
        let mut ids = library.ids(&View { sort, ..View::default() }).unwrap();
        ids.sort();
        assert_eq!(ids, expected, "{sort:?}");
    }
}

#[test]
fn coverage_says_which_articles_mention_an_entity() {
    let library = Library::seeds().unwrap();
    library.prepare(&|| true).unwrap();
    let ids = all(&library);
    for row in library.coverage(&ids, ids[0]).unwrap() {
        assert_eq!(row.mentioned.len(), ids.len());
        assert!(row.mentioned[0], "{} stands in the article itself", row.entity.canonical);
        let found = library.articles_of(row.entity.kind, &row.entity.canonical).unwrap();
        let flagged: Vec<_> =
            ids.iter().zip(&row.mentioned).filter(|(_, m)| **m).map(|(id, _)| *id).collect();
        assert!(found.iter().all(|id| flagged.contains(id)), "{}", row.entity.canonical);
    }
}

/// Reports of `count` events by three outlets each; event `n` on its own day.
fn dump(events: std::ops::Range<usize>) -> String {
    let names =
        ["Aldorf", "Bremke", "Celmen", "Dornau", "Elzach", "Forst", "Gerlin", "Horb", "Ilsede", "Jever"];
    let things = ["Brücke", "Fabrik", "Schleuse", "Turnhalle", "Kirche", "Mühle", "Werft"];
    let mut lines = String::new();
    for event in events {
        let (place, thing) = (names[event % 10], things[event % 7]);
        let who = format!("{}er{}", ["Kunz", "Lamb", "Meis", "Nold", "Ost", "Pfeif"][event % 6], event);
        let day =
            jiff::civil::date(2021, 1, 1) + jiff::Span::new().days(i64::try_from(event).expect("small") * 9);
        for outlet in ["Blatt", "Kurier", "Bote"] {
            let title = format!("{thing} in {place} eingestürzt");
            let text = format!(
                "In {place} ist am Morgen die {thing} eingestürzt. Verletzt wurden {} Menschen, sagte Anna {who}, die \
                 Sprecherin der Feuerwehr {place}, dem {outlet}.\n\nDie {thing} von {place} war {event} Jahre alt. \
                 \"Wir haben so etwas in {place} noch nie gesehen\", sagte {who}.",
                event + 3
            );
            let line = serde_json::json!({
                "id": format!("{event}-{outlet}"), "title": title, "text": text, "source": outlet,
                "date": day.to_string(), "lang": "de",
            });
            lines.push_str(&line.to_string());
            lines.push('\n');
        }
    }
    lines
}

#[test]
fn reports_of_one_event_are_one_story() {
    let home = folder();
    let library = Library::open(&home.path().join("library")).unwrap();
    let file = write(home.path(), "a.jsonl", dump(0..4));
    library.import(&[file], &go_on).unwrap();
    let stories = library.stories().unwrap();
    assert_eq!(stories.iter().map(|s| s.articles.len()).collect::<Vec<_>>(), [3, 3, 3, 3]);
    for story in &stories {
        let view = View { filter: Filter::Story(story.id), ..View::default() };
        assert_eq!(library.ids(&view).unwrap().len(), 3);
        let badge = library.rows(&story.articles[..1]).unwrap()[0].story.expect("it has a story");
        assert_eq!((badge.id, badge.articles), (story.id, 3));
        assert_eq!(library.articles_of_story(story.id).unwrap(), story.articles);
        assert_eq!(library.beside(story.articles[1]).unwrap()[..3], story.articles);
    }
}

#[test]
fn stories_keep_their_numbers_when_others_come() {
    let home = folder();
    let library = Library::open(&home.path().join("library")).unwrap();
    library.import(&[write(home.path(), "a.jsonl", dump(2..5))], &go_on).unwrap();
    let before = library.stories().unwrap();
    library.import(&[write(home.path(), "b.jsonl", dump(0..7))], &go_on).unwrap();
    let after = library.stories().unwrap();
    assert_eq!(after.len(), 7);
    for story in before {
        let same = after.iter().find(|s| s.id == story.id).expect("its number is kept");
        assert_eq!(same.articles, story.articles);
    }
}

#[test]
fn the_first_mark_keeps_what_was_prepared() {
    let home = folder();
    let library = Library::start(Some(home.path().join("lesart"))).unwrap();
    library.prepare(&|| true).unwrap();
    let ids = all(&library);
    let (before, stories) = (library.analysis(ids[0]).unwrap(), library.stories().unwrap());
    library.apply(&star(ids[0]), true).unwrap();
    assert_eq!(library.analysis(ids[0]).unwrap(), before);
    assert_eq!(library.stories().unwrap(), stories);
    let starred = View { filter: Filter::Starred, ..View::default() };
    assert_eq!(library.ids(&starred).unwrap(), ids[..1]);
}

#[test]
fn another_text_at_the_same_address_is_a_new_version() {
    let home = folder();
    let library = Library::open(&home.path().join("library")).unwrap();
    let line = |text: String| {
        serde_json::json!({"title": "Halle", "text": text, "url": "https://example.org/halle"}).to_string()
    };
    let first = write(home.path(), "1.jsonl", line(text(1)));
    let second =
        write(home.path(), "2.jsonl", line(text(1) + "\n\nDer Rat hat am Dienstag noch einmal beraten."));
    let report = library.import(std::slice::from_ref(&first), &go_on).unwrap();
    let state = StateChange { read: Some(true), starred: Some(true), place: Some(7) };
    library.apply(&[Change::State(report.added[0], state)], true).unwrap();
    let report = library.import(&[second], &go_on).unwrap();
    assert_eq!((report.added.len(), report.updated), (1, 1));
    assert_eq!(all(&library), report.added, "the older version is not listed");
    let state = library.article(report.added[0]).unwrap().state;
    assert_eq!(
        state,
        ReadState { read: false, starred: true, place: 0 },
        "starred as before, and to be read again"
    );
    assert_eq!(library.import(&[first], &go_on).unwrap().duplicates, 1, "the older version is known");
}

#[test]
fn found_articles_name_the_words_that_were_meant() {
    let home = folder();
    let library = Library::open(&home.path().join("library")).unwrap();
    library.import(&[write(home.path(), "a.jsonl", dump(0..4))], &go_on).unwrap();
    let today = jiff::civil::date(2021, 6, 1);
    let query = lesart::search::Query::parse("Celmen Schleuse", today).unwrap();
    let answer = library.search(&query, 10, lesart::search::Order::Relevance, &|| true).unwrap();
    assert_eq!((answer.total, answer.searched), (3, 12));
    assert!(answer.hits.iter().all(|h| !h.snippets.is_empty()));
    let unread = lesart::search::Query::parse("Celmen is:unread", today).unwrap();
    library.apply(&read(&[answer.hits[0].id], true), true).unwrap();
    let answer = library.search(&unread, 10, lesart::search::Order::Date, &|| true).unwrap();
    assert_eq!(answer.total, 2);
}

#[test]
fn a_line_that_is_no_article_is_reported_beside_those_that_are() {
    let folder = tempfile::tempdir().unwrap();
    let dump = folder.path().join("dump.jsonl");
    let good = r#"{"title":"Brücke gesperrt","text":"Die Brücke ist seit Montag gesperrt. Das teilte die Stadt mit."}"#;
    std::fs::write(&dump, format!("{good}\n{{kaputt\n")).unwrap();
    let (library, report) = Library::of_paths(std::slice::from_ref(&dump), None).unwrap();
    assert_eq!(library.count().unwrap(), 1);
    assert_eq!(report.refused.len(), 1);
    assert_eq!(report.refused[0].origin, format!("{}:2", dump.display()));
}

#[test]
fn the_bundled_articles_on_one_meeting_are_a_story_and_the_older_one_is_related() {
    let library = Library::seeds().unwrap();
    library.prepare(&|| true).unwrap();
    let stories = library.stories().unwrap();
    assert_eq!(stories.len(), 1);
    let source = |id: ArticleId| library.article(id).unwrap().draft.text;
    assert_eq!(stories[0].articles.len(), 4);
    assert_eq!(stories[0].related.len(), 1, "the article without a date stands beside it");
    assert!(source(stories[0].related[0].0).contains("ISIL"), "it is the one of the year before");
}
