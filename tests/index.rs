//! The index beside the library: kept from one start to the next, made again where it is lost.

#![allow(clippy::unwrap_used, reason = "helpers of tests stand outside of them")]

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use lesart::library::{Library, Order, Query};
use lesart::model::Progress;

fn import(library: &Library, folder: &Path, name: &str, text: &str) {
    let file = folder.join(name);
    fs::write(&file, text).unwrap();
    let go_on = |_: &Progress| true;
    assert_eq!(library.import(&[file], &go_on).unwrap().added.len(), 1, "{name}");
}

fn text(title: &str) -> String {
    let body = "Der Wahlkampf in der Stadt begann gestern mit einer Rede auf dem Marktplatz.";
    format!("{title}\n\n{body}\n\n{title}, sagte die Bürgermeisterin. {body}\n")
}

fn found(library: &Library, query: &str) -> (usize, u32) {
    let query = Query::parse(query, date(2026, 1, 1)).unwrap();
    let answer = library.search(&query, 50, Order::Relevance, &|| true).unwrap();
    (answer.hits.len(), answer.searched)
}

fn parts(home: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(home.join("index")).unwrap().map(|e| e.unwrap().path());
    files.filter(|f| f.extension().is_some_and(|e| e == "part")).collect()
}

struct Place {
    _folder: tempfile::TempDir,
    home: PathBuf,
    files: PathBuf,
}

fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let (home, files) = (folder.path().join("library"), folder.path().join("files"));
    fs::create_dir(&files).unwrap();
    Place { _folder: folder, home, files }
}

#[test]
fn a_library_is_searched_at_once_when_it_is_opened_again() {
    let place = place();
    let library = Library::open(&place.home).unwrap();
    import(&library, &place.files, "a.txt", &text("Zeppelin landet"));
    import(&library, &place.files, "b.txt", &text("Zeppelin startet"));
    drop(library);
    // Nothing has prepared it.
    let library = Library::open(&place.home).unwrap();
    assert_eq!(found(&library, "zeppelin "), (2, 2));
    let before = parts(&place.home);
    library.prepare(&|| true).unwrap();
    assert_eq!(parts(&place.home), before, "nothing to do");
}

#[test]
fn an_index_that_was_deleted_is_made_again() {
    let place = place();
    let library = Library::open(&place.home).unwrap();
    import(&library, &place.files, "a.txt", &text("Zeppelin landet"));
    drop(library);
    fs::remove_dir_all(place.home.join("index")).unwrap();
    let library = Library::open(&place.home).unwrap();
    library.prepare(&|| true).unwrap();
    assert_eq!(found(&library, "zeppelin "), (1, 1));
    assert_eq!(parts(&place.home).len(), 1);
}

#[test]
fn a_damaged_index_is_made_again_without_a_word() {
    let place = place();
    let library = Library::open(&place.home).unwrap();
    import(&library, &place.files, "a.txt", &text("Zeppelin landet"));
    drop(library);
    let [part] = &parts(&place.home)[..] else { panic!("one file") };
    let manifest = place.home.join("index/manifest");
    let (whole, named) = (fs::read(part).unwrap(), fs::read(&manifest).unwrap());
    for step in 0..40 {
        let mut bytes = whole.clone();
        let at = bytes.len() * step / 40;
        bytes[at] ^= 0x55;
        fs::write(part, bytes).unwrap();
        fs::write(&manifest, &named).unwrap();
        let library = Library::open(&place.home).unwrap();
        library.prepare(&|| true).unwrap();
        assert_eq!(found(&library, "zeppelin "), (1, 1), "byte {at}");
    }
}

#[test]
fn an_older_copy_of_the_library_does_not_get_the_index_of_the_newer() {
    let place = place();
    let library = Library::open(&place.home).unwrap();
    import(&library, &place.files, "a.txt", &text("Zeppelin landet"));
    drop(library);
    let copy = fs::read(place.home.join("library.db")).unwrap();
    let library = Library::open(&place.home).unwrap();
    import(&library, &place.files, "b.txt", &text("Zeppelin startet"));
    drop(library);
    fs::write(place.home.join("library.db"), copy).unwrap();
    let _ = fs::remove_file(place.home.join("library.db-wal"));
    let library = Library::open(&place.home).unwrap();
    import(&library, &place.files, "c.txt", &text("Ballon startet"));
    library.prepare(&|| true).unwrap();
    assert_eq!(found(&library, "zeppelin "), (1, 2));
}

#[test]
fn a_running_reader_finds_what_another_process_imports() {
    let place = place();
    let writer = Library::open(&place.home).unwrap();
    import(&writer, &place.files, "a.txt", &text("Zeppelin landet"));
    let reader = Library::open(&place.home).unwrap();
    assert_eq!(found(&reader, "zeppelin "), (1, 1));
    import(&writer, &place.files, "b.txt", &text("Zeppelin startet"));
    assert_eq!(found(&reader, "zeppelin "), (2, 2));
}
