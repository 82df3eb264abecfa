//! What the library does when the file, the disk or another program is against it.
#![allow(clippy::unwrap_used, reason = "a fixture that cannot be built is a failed test")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use lesart::library::{Error, FILE, Library};
use lesart::model::{Change, Note, Sort, View};
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder can be made")
}

/// Runs the program on the library in `folder`; as a user without rights to it where this one may
/// write everything.
fn run(folder: &Path, arguments: &[&str], as_guest: bool) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lesart"));
    command
        .args(arguments)
        .env_clear()
        .env("HOME", folder)
        .env("LANG", "en_GB.UTF-8")
        .env("LESART_LIBRARY", folder)
        .stdin(Stdio::null());
    #[cfg(unix)]
    if as_guest {
        use std::os::unix::fs::MetadataExt;
        use std::os::unix::process::CommandExt;
        if fs::metadata(folder).unwrap().uid() == 0 {
            command.uid(65534).gid(65534);
        }
    }
    command.output().expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn with_three(folder: &Path) {
    let library = Library::open(folder).unwrap();
    let texts = folder.join("texts");
    fs::create_dir(&texts).unwrap();
    for (name, words) in [("a", "Die Brücke wurde"), ("b", "Das Rathaus wurde"), ("c", "Der Hafen wurde")] {
        let text = format!("{words} am Montag gesperrt. Das teilte die Stadt am Abend mit.");
        fs::write(texts.join(format!("{name}.txt")), text).unwrap();
    }
    library.import(&[texts], &|_| true).unwrap();
}

#[cfg(unix)]
#[test]
fn a_library_that_may_not_be_written_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let home = folder();
    with_three(home.path());
    let mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    mode(&home.path().join(FILE), 0o444);
    mode(home.path(), 0o555);
    let before = fs::read(home.path().join(FILE)).unwrap();

    let list = run(home.path(), &["list"], true);
    assert!(list.status.success(), "{}", said(&list));
    assert_eq!(String::from_utf8_lossy(&list.stdout).matches("Montag").count(), 3);
    let found = run(home.path(), &["search", "rathaus"], true);
    assert!(found.status.success(), "{}", said(&found));
    let compared = run(home.path(), &["compare", "1", "2"], true);
    assert!(compared.status.success(), "{}", said(&compared));
    let refused = run(home.path(), &["import", "seeds"], true);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("cannot be written"), "{}", said(&refused));
    mode(home.path(), 0o755);
    assert_eq!(fs::read(home.path().join(FILE)).unwrap(), before);
}

/// Numbers that look like chance and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or_default() % end
    }
}

/// A library of some 200 kB.
fn many(folder: &Path) -> Vec<u8> {
    let library = Library::open(folder).unwrap();
    let lines: Vec<String> = (0..60)
        .map(|n| {
            let text: Vec<String> =
                (0..30).map(|k| format!("Der Rat hat am {}. Mai über Vorhaben {} beraten.", n % 30 + 1, n * 31 + k * k)).collect();
            serde_json::json!({"title": format!("Vorhaben {n}"), "text": text.join(" "), "source": format!("Blatt {}", n % 7),
                               "url": format!("https://blatt.example/{n}"), "date": "2021-05-01"})
            .to_string()
        })
        .collect();
    let file = folder.join("in.jsonl");
    fs::write(&file, lines.join("\n")).unwrap();
    let ids = library.import(&[file], &|_| true).unwrap().added;
    for id in &ids {
        let tag = Change::Tag { article: *id, tag: format!("t{}", id.0 % 5), on: true };
        library.apply(&[tag], true).unwrap();
    }
    drop(library);
    fs::read(folder.join(FILE)).unwrap()
}

/// Reads all that there is; an error where the file turned out to be damaged.
fn read_all(library: &Library) -> Result<usize, Error> {
    let ids = library.ids(&View { sort: Sort::Source, ..View::default() })?;
    library.rows(&ids)?;
    for id in &ids {
        library.article(*id)?;
        library.analysis(*id)?;
    }
    library.tags()?;
    library.prepare(&|| true)?;
    library.stories()?;
    Ok(ids.len())
}

#[test]
fn a_damaged_file_is_recovered_as_far_as_it_can_be_read() {
    let home = folder();
    let whole = many(home.path());
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut recovered = 0;
    for round in 0..16 {
        let place = folder();
        let mut bytes = whole.clone();
        match round % 4 {
            // Some pages of nothing.
            0 => {
                for _ in 0..3 {
                    let page = 1 + dice.below(bytes.len() / 4096 - 1);
                    bytes[page * 4096..(page + 1) * 4096].fill(0);
                }
            }
            1 => {
                for _ in 0..40 {
                    let at = 4096 + dice.below(bytes.len() - 4096);
                    bytes[at] ^= 1 << dice.below(8);
                }
            }
            2 => bytes.truncate(whole.len() * 2 / 3 + dice.below(whole.len() / 3)),
            // The first bytes, by which the store knows its files.
            _ => bytes[..96].fill(u8::try_from(dice.below(256)).unwrap()),
        }
        let path = place.path().join(FILE);
        fs::write(&path, &bytes).unwrap();
        let mut library = match Library::open(place.path()) {
            Ok(library) => library,
            Err(error) => {
                // Then nothing was touched.
                assert_eq!(fs::read(&path).unwrap(), bytes, "{round}: {error}");
                continue;
            }
        };
        let mut told = library.recovery().is_some();
        for _ in 0..4 {
            match read_all(&library) {
                Ok(_) => break,
                Err(Error::Recovered { recovery, .. }) => {
                    assert!(recovery.kept > 0 && recovery.copy.exists(), "{round}");
                    told = true;
                }
                Err(Error::Damaged { .. } | Error::NoArticle(_)) => {}
                Err(error) => panic!("{round}: {error}"),
            }
            drop(library);
            library = Library::open(place.path()).unwrap();
        }
        if told {
            recovered += 1;
            let kept = read_all(&library).unwrap();
            assert!((1..=60).contains(&kept), "{round}: {kept}");
            let copy = place.path().join("library.damaged-1.db");
            assert_eq!(fs::read(copy).unwrap().len(), bytes.len(), "{round}");
        }
    }
    assert!(recovered >= 5, "{recovered} of 16 were recovered");
}

#[test]
fn a_broken_header_loses_no_article() {
    let home = folder();
    let mut bytes = many(home.path());
    bytes[..100].fill(0xaa);
    let place = folder();
    fs::write(place.path().join(FILE), &bytes).unwrap();
    let list = run(place.path(), &["list", "--limit", "1"], false);
    assert!(list.status.success(), "{}", said(&list));
    assert!(
        said(&list).contains("60 articles recovered") && said(&list).contains("library.damaged-1.db"),
        "{}",
        said(&list)
    );
    let library = Library::open(place.path()).unwrap();
    assert_eq!(library.count().unwrap(), 60);
    assert_eq!(library.tags().unwrap().len(), 5);
    assert!(library.recovery().is_none(), "it is told once");
}

#[test]
fn a_damaged_file_of_an_earlier_form_loses_no_article() {
    let home = folder();
    many(home.path());
    let path = home.path().join(FILE);
    let tables = rusqlite::Connection::open(&path).unwrap();
    tables
        .execute_batch(
            "ALTER TABLE article DROP COLUMN added; ALTER TABLE body DROP COLUMN given;
             DROP TABLE correction; DROP TABLE reindex; PRAGMA user_version = 7;",
        )
        .unwrap();
    drop(tables);
    let mut bytes = fs::read(&path).unwrap();
    bytes[..100].fill(0xaa);
    let place = folder();
    fs::write(place.path().join(FILE), &bytes).unwrap();
    let list = run(place.path(), &["list", "--limit", "1"], false);
    assert!(said(&list).contains("60 articles recovered"), "{}", said(&list));
    assert_eq!(Library::open(place.path()).unwrap().tags().unwrap().len(), 5);
}

#[test]
fn a_full_disk_loses_nothing_and_says_so() {
    let home = folder();
    let whole = many(home.path());
    let before = whole.len();
    let library = Library::open(home.path()).unwrap();
    let ids = library.ids(&View::default()).unwrap();
    library.limit_size(u32::try_from(before / 4096).unwrap()).unwrap();
    let words = "x".repeat(50_000);
    let note = |words: &str| Change::PutNote {
        article: ids[0],
        note: Note { text: words.to_owned(), ..Note::default() },
    };
    let mut made = 0;
    let failed = (0..400).find_map(|_| {
        made += 1;
        library.apply(&[note(&words)], true).unwrap().unsaved
    });
    assert!(matches!(failed, Some(Error::Full { .. })), "{failed:?}");
    assert_eq!(library.article(ids[0]).unwrap().notes.len(), made - 1);
    assert!(matches!(library.undo(), Err(Error::Full { .. })), "the last step waits");
    library.limit_size(1 << 20).unwrap();
    library.apply(&[note("kurz")], true).unwrap();
    assert_eq!(library.article(ids[0]).unwrap().notes.len(), made + 1, "what waited is made too");
    assert_eq!(library.count().unwrap(), 60);
}

/// What is packed in the frame without its checksum, if anything.
fn unchecked(packed: &[u8]) -> Option<String> {
    let mut bare = packed[..packed.len() - 4].to_vec();
    bare[4] &= !4;
    let mut text = vec![0; 1 << 16];
    let length = zstd_safe::decompress(text.as_mut_slice(), &bare).ok()?;
    text.truncate(length);
    String::from_utf8(text).ok()
}

#[test]
fn a_flipped_bit_in_a_text_is_told_and_the_next_import_brings_the_right_text() {
    let home = folder();
    many(home.path());
    let article = lesart::model::ArticleId(7);
    let note = Note { text: "Wer?".to_owned(), ..Note::default() };
    let noted = Library::open(home.path()).unwrap();
    noted.apply(&[Change::PutNote { article, note }], true).unwrap();
    drop(noted);
    let path = home.path().join(FILE);
    let tables = rusqlite::Connection::open(&path).unwrap();
    let packed: Vec<u8> =
        tables.query_row("SELECT text FROM body WHERE article = 7", [], |r| r.get(0)).unwrap();
    let right = unchecked(&packed).unwrap();
    // A bit that makes another letter of one, and nothing else.
    let flipped = (0..packed.len() * 8)
        .map(|bit| {
            let mut flipped = packed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            flipped
        })
        .find(|flipped| unchecked(flipped).is_some_and(|text| text != right && text.len() == right.len()));
    tables.execute("UPDATE body SET text = ? WHERE article = 7", [flipped.unwrap()]).unwrap();
    drop(tables);

    let library = Library::open(home.path()).unwrap();
    match library.article(article) {
        Err(Error::Recovered { recovery, .. }) => {
            assert_eq!((recovery.kept, recovery.doubtful, recovery.lost), (60, 1, 0));
        }
        other => panic!("the damage is told: {other:?}"),
    }
    let wrong = library.article(article).unwrap();
    assert!(wrong.draft.text != right && wrong.draft.text.len() == right.len());
    let report = library.import(&[home.path().join("in.jsonl")], &|_| true).unwrap();
    assert_eq!((report.added.len(), report.updated, report.duplicates), (1, 1, 59));
    let mended = library.article(report.added[0]).unwrap();
    assert_eq!(mended.draft.text, right);
    assert_eq!((mended.notes.len(), mended.tags.len()), (1, 1), "what the reader noted has come along");
    assert_eq!(library.count().unwrap(), 60);
}

#[cfg(unix)]
#[test]
fn a_file_of_an_older_form_that_may_not_be_written_is_refused_with_a_clear_word() {
    use std::os::unix::fs::PermissionsExt;
    let home = folder();
    let path = home.path().join(FILE);
    let tables = rusqlite::Connection::open(&path).unwrap();
    tables.execute_batch(include_str!("forms/1.sql")).unwrap();
    tables.pragma_update(None, "application_id", 0x6c73_7274).unwrap();
    tables.pragma_update(None, "user_version", 1).unwrap();
    drop(tables);
    let before = fs::read(&path).unwrap();
    let mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    mode(&path, 0o444);
    mode(home.path(), 0o555);
    for arguments in [&["list"][..], &["search", "rat"], &["export", "--to", "-"]] {
        let refused = run(home.path(), arguments, true);
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
        assert!(said(&refused).contains("written by an older lesart"), "{}", said(&refused));
    }
    mode(home.path(), 0o755);
    assert_eq!(fs::read(&path).unwrap(), before);
    mode(&path, 0o644);
    let opened = run(home.path(), &["list"], false);
    assert_ne!(opened.status.code(), Some(2), "with rights it is brought up to date: {}", said(&opened));
}
