//! The index in its folder: what was kept is there again, and nothing damaged is believed.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::naive::{Shelf, text, word};
use super::{Index, Mark};
use crate::model::ArticleId;

const LIBRARY: u64 = 7;

fn open(folder: &Path) -> Index {
    let index = Index::new();
    index.open_in(folder.to_owned(), LIBRARY);
    index
}

/// Keeps what the shelf has, as reached up to `last`.
fn keep(shelf: &Shelf, last: u32) {
    let turn = shelf.index.turn();
    turn.reached(Mark { last: ArticleId(last), key: 1 });
    turn.finish().unwrap();
}

fn shelf_of(index: Index, texts: &[&str]) -> Shelf {
    let mut shelf = Shelf { index, ..Shelf::default() };
    for (id, text) in (1..).zip(texts) {
        shelf.add(id, "", text);
    }
    shelf
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn what_was_kept_is_found_when_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut shelf = shelf_of(open(folder.path()), &["Die Wahl", "Der Kanzler", "Die Wahl in Rom"]);
    keep(&shelf, 3);
    shelf.remove(1);
    shelf.add(4, "Kanzlerwahl", "heute");
    keep(&shelf, 4);
    let again = Shelf { index: open(folder.path()), bodies: shelf.bodies.clone() };
    assert_eq!(again.index.mark(), Mark { last: ArticleId(4), key: 1 });
    assert_eq!(again.set("wahl "), [3, 4].into());
    assert_eq!(again.index.len(), 3);
    assert!(!again.index.is_damaged());
}

#[test]
fn what_was_not_kept_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut shelf = shelf_of(open(folder.path()), &["Die Wahl"]);
    keep(&shelf, 1);
    shelf.add(2, "", "Die Wahl");
    shelf.index.settle();
    let again = open(folder.path());
    assert_eq!((again.mark().last, again.len()), (ArticleId(1), 1));
}

#[test]
fn the_index_of_another_library_is_not_taken() {
    let folder = tempfile::tempdir().unwrap();
    keep(&shelf_of(open(folder.path()), &["Die Wahl"]), 1);
    let other = Index::new();
    other.open_in(folder.path().to_owned(), LIBRARY + 1);
    assert_eq!((other.mark(), other.len()), (Mark::default(), 0));
}

#[test]
fn only_the_process_with_the_lock_writes() {
    let folder = tempfile::tempdir().unwrap();
    let writer = shelf_of(open(folder.path()), &["Die Wahl"]);
    let mut reader = Shelf { index: open(folder.path()), ..Shelf::default() };
    let turn = writer.index.turn();
    reader.add(1, "", "Die Wahl");
    keep(&reader, 1);
    assert_eq!(reader.set("wahl "), [1].into(), "its own copy is in memory");
    assert_eq!(open(folder.path()).len(), 0);
    turn.reached(Mark { last: ArticleId(1), key: 1 });
    turn.finish().unwrap();
    assert_eq!(open(folder.path()).len(), 1);
}

#[test]
fn a_reader_takes_over_what_another_process_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = shelf_of(open(folder.path()), &["Die Wahl"]);
    keep(&writer, 1);
    let reader = open(folder.path());
    for id in 2..30 {
        writer.add(id, "", "Die Wahl");
        keep(&writer, id);
    }
    assert_eq!(reader.len(), 1);
    reader.refresh();
    assert_eq!((reader.len(), reader.mark().last), (29, ArticleId(29)));
    assert!(files(folder.path()).len() < 10, "small files are merged, old ones removed");
}

#[test]
fn many_gone_articles_leave_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let texts = ["Wahl"; 40];
    let mut shelf = shelf_of(open(folder.path()), &texts);
    keep(&shelf, 40);
    let size = |folder: &Path| files(folder).iter().map(|f| fs::metadata(f).unwrap().len()).sum::<u64>();
    let before = size(folder.path());
    (1..36).for_each(|id| shelf.remove(id));
    keep(&shelf, 40);
    assert!(size(folder.path()) < before);
    assert_eq!(open(folder.path()).len(), 5);
}

#[test]
fn a_folder_that_cannot_be_made_leaves_the_index_in_memory() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let shelf = shelf_of(open(&file.path().join("index")), &["Die Wahl"]);
    keep(&shelf, 1);
    assert_eq!(shelf.set("wahl "), [1].into());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn adds_removes_keeping_and_opening_in_any_order_leave_what_is_there(
        steps in prop::collection::vec((0..12_u32, prop::option::weighted(0.7, (text(), text())), 0..4), 1..30),
        asked in word(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut shelf = Shelf { index: open(folder.path()), ..Shelf::default() };
        for (id, article, then) in steps {
            match article {
                Some((title, text)) => shelf.add(id, &title, &text),
                None => shelf.remove(id),
            }
            match then {
                0 => shelf.index.settle(),
                1 => keep(&shelf, 12),
                2 => {
                    keep(&shelf, 12);
                    shelf.index = open(folder.path());
                }
                _ => {}
            }
        }
        let mut fresh = Shelf::default();
        for (id, body) in &shelf.bodies {
            fresh.add(*id, &body.title, &body.text);
        }
        prop_assert_eq!(shelf.index.len(), shelf.bodies.len());
        for asked in [format!("={asked}"), format!("{asked} "), format!("\"{asked}\""), asked.clone(), format!("titel:{asked}"), "quelle:welt ".to_owned()] {
            prop_assert_eq!(shelf.set(&asked), fresh.set(&asked), "{}", asked);
        }
        prop_assert!(!shelf.index.is_damaged());
    }

    #[test]
    fn damage_is_noticed_or_changes_nothing(
        texts in prop::collection::vec((text(), text()), 1..8),
        which in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        flip in 1..=255_u8,
        cut in any::<bool>(),
        asked in word(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut shelf = Shelf { index: open(folder.path()), ..Shelf::default() };
        for (id, (title, text)) in (1..).zip(&texts) {
            shelf.add(id, title, text);
            if id % 5 == 0 {
                keep(&shelf, id);
            }
        }
        keep(&shelf, 100);
        let wanted: Vec<_> = ["", &asked, &format!("{asked} "), "titel:a", "quelle:welt "].map(|q| shelf.set(q)).into();
        let files: Vec<PathBuf> = files(folder.path()).into_iter().filter(|f| !f.ends_with("lock")).collect();
        let file = which.get(&files);
        let mut bytes = fs::read(file).unwrap();
        if cut {
            bytes.truncate(at.index(bytes.len()));
        } else {
            let at = at.index(bytes.len());
            bytes[at] ^= flip;
        }
        fs::write(file, bytes).unwrap();
        let again = Shelf { index: open(folder.path()), bodies: shelf.bodies.clone() };
        let found: Vec<_> = ["", &asked, &format!("{asked} "), "titel:a", "quelle:welt "].map(|q| again.set(q)).into();
        let noticed = again.index.is_damaged() || again.index.mark() == Mark::default();
        prop_assert!(noticed || found == wanted);
        // A merge of damaged files must not make them whole.
        let mut again = again;
        again.add(200, "", "Ein neuer Text");
        let turn = again.index.turn();
        turn.reached(Mark { last: ArticleId(200), key: 1 });
        if turn.finish().is_ok() && !noticed && !again.index.is_damaged() {
            prop_assert_eq!(open(folder.path()).len(), texts.len() + 1);
        }
    }
}
