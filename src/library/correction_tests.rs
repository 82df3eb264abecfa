use jiff::civil::{Date, date};

use super::*;
use crate::library::analysing::{self, analyse_one};
use crate::library::connections::{Connections, Home};
use crate::library::{FILE, entity};
use crate::model::{
    Analysis, Change, ImportReport, Language, Paragraph, ParagraphKind, Published, Span, Title, View,
};
use crate::search::{Order, Query};

fn draft(url: Option<&str>, text: &str) -> Draft {
    let text = format!("Rat tagt\n\n{text}");
    let paragraph = |range, kind| Paragraph { span: Span::new(&text, range).unwrap(), kind };
    Draft {
        title: Title { text: "Rat tagt".to_owned(), basis: Basis::Stated },
        source: Source { name: Some("Das Blatt".to_owned()), domain: None, basis: Basis::Stated },
        published: Published::Day(date(2020, 2, 3)),
        url: url.map(str::to_owned),
        language: Language::German,
        paragraphs: vec![
            paragraph(0..8, ParagraphKind::Title),
            paragraph(10..text.len(), ParagraphKind::Body),
        ],
        text,
        ..Draft::default()
    }
}

fn library(drafts: &[Draft]) -> Library {
    let library = Library::in_memory(Home::Memory).unwrap();
    library.store(drafts, &mut ImportReport::default()).unwrap();
    library.prepare(&|| true).unwrap();
    library
}

const ONE: ArticleId = ArticleId(1);
const TEXT: &str =
    "Der Rat hat am Montag in Bern den Bau einer zweiten Brücke beschlossen, wie er mitteilte.";

fn title(text: &str) -> FieldValue {
    FieldValue::Title(Title { text: text.to_owned(), basis: Basis::Stated })
}

fn outlet(name: &str) -> FieldValue {
    FieldValue::Source(Source { name: Some(name.to_owned()), domain: None, basis: Basis::Stated })
}

fn day(year: i16, month: i8, day: i8) -> FieldValue {
    FieldValue::Date(Published::Day(date(year, month, day)))
}

fn correct(library: &Library, id: ArticleId, values: &[FieldValue]) {
    let change = |to: &FieldValue| Change::Correct { article: id, field: to.field(), to: Some(to.clone()) };
    let changes: Vec<Change> = values.iter().map(change).collect();
    library.apply(&changes, true).unwrap();
    library.prepare(&|| true).unwrap();
}

fn found(library: &Library, query: &str) -> usize {
    let query = Query::parse(query, date(2026, 3, 10)).unwrap();
    library.search(&query, 10, Order::Relevance, &|| true).unwrap().hits.len()
}

#[test]
fn a_correction_holds_everywhere_and_is_taken_back_and_made_again() {
    let library = library(&[draft(None, TEXT)]);
    let before = library.article(ONE).unwrap();
    let corrections = [
        title("Eine Brücke für Bern"),
        outlet("Der Bote"),
        day(2021, 4, 5),
        FieldValue::Language(Language::English),
    ];
    correct(&library, ONE, &corrections);
    let after = library.article(ONE).unwrap();
    assert_eq!(after.corrections(), corrections);
    assert_eq!((&after.draft.text, after.stated()), (&before.draft.text, before.draft.clone()));
    let row = library.rows(&[ONE]).unwrap().remove(0);
    assert_eq!((row.title.as_str(), row.source.label()), ("Eine Brücke für Bern", Some("Der Bote")));
    assert_eq!(row.published, Published::Day(date(2021, 4, 5)));
    library.undo().unwrap();
    assert_eq!(library.article(ONE).unwrap(), before);
    library.redo().unwrap();
    assert_eq!(library.article(ONE).unwrap(), after);
}

#[test]
fn one_correction_upon_another_keeps_what_the_source_says() {
    let library = library(&[draft(None, TEXT)]);
    correct(&library, ONE, &[day(2021, 4, 5)]);
    correct(&library, ONE, &[day(2022, 5, 6)]);
    assert_eq!(library.article(ONE).unwrap().corrected, [day(2020, 2, 3)]);
    library.undo().unwrap();
    assert_eq!(library.article(ONE).unwrap().corrections(), [day(2021, 4, 5)]);
    // Back to what the source says it is no correction any more.
    correct(&library, ONE, &[day(2020, 2, 3)]);
    assert_eq!(library.article(ONE).unwrap().corrected, []);
    assert_eq!(
        library
            .apply(&[Change::Correct { article: ONE, field: Field::Date, to: None }], true)
            .unwrap()
            .before,
        []
    );
}

#[test]
fn the_search_follows_corrections() {
    let library = library(&[draft(None, TEXT)]);
    assert_eq!(
        [found(&library, "titel:tagt"), found(&library, "quelle:blatt"), found(&library, "until:2020-12-31")],
        [1, 1, 1]
    );
    correct(&library, ONE, &[title("Zweite Querung"), outlet("Der Bote"), day(2021, 4, 5)]);
    assert_eq!(
        [
            found(&library, "titel:querung"),
            found(&library, "quelle:bote"),
            found(&library, "since:2021-01-01")
        ],
        [1, 1, 1]
    );
    assert_eq!(
        [found(&library, "titel:tagt"), found(&library, "quelle:blatt"), found(&library, "until:2020-12-31")],
        [0, 0, 0]
    );
    library.undo().unwrap();
    library.prepare(&|| true).unwrap();
    assert_eq!([found(&library, "titel:tagt"), found(&library, "quelle:bote")], [1, 0]);
}

#[test]
fn a_corrected_index_outlives_the_program() {
    let folder = tempfile::tempdir().unwrap();
    {
        let library = Library::open(folder.path()).unwrap();
        library.store(&[draft(None, TEXT)], &mut ImportReport::default()).unwrap();
        library.prepare(&|| true).unwrap();
        // The program ends before what was corrected is indexed.
        let to = Some(title("Zweite Querung"));
        library.apply(&[Change::Correct { article: ONE, field: Field::Title, to }], true).unwrap();
    }
    let library = Library::open(folder.path()).unwrap();
    library.prepare(&|| true).unwrap();
    assert_eq!((found(&library, "titel:querung"), found(&library, "titel:tagt")), (1, 0));
    drop(library);
    let library = Library::open(folder.path()).unwrap();
    assert_eq!((found(&library, "titel:querung"), found(&library, "titel:tagt")), (1, 0));
    assert_eq!(library.read(to_index).unwrap().0, []);
}

#[test]
fn the_same_file_is_known_again_after_a_correction() {
    let draft = draft(None, TEXT);
    let library = library(std::slice::from_ref(&draft));
    correct(&library, ONE, &[outlet("Der Bote"), day(2021, 4, 5)]);
    let corrected_by_hand = Draft {
        source: Source { name: Some("Der Bote".to_owned()), domain: None, basis: Basis::Stated },
        published: Published::Day(date(2021, 4, 5)),
        ..draft.clone()
    };
    let other = Draft { published: Published::Day(date(2019, 1, 1)), ..draft.clone() };
    let mut report = ImportReport::default();
    library.store(&[draft, corrected_by_hand, other], &mut report).unwrap();
    assert_eq!((report.duplicates, report.added.len()), (2, 1));
    assert_eq!(library.article(ONE).unwrap().corrections().len(), 2);
}

#[test]
fn a_newer_version_takes_the_corrections() {
    let url = Some("https://blatt.example/rat");
    let library = library(&[draft(url, TEXT)]);
    correct(&library, ONE, &[title("Eine Brücke für Bern"), day(2021, 4, 5)]);
    let newer = Draft {
        published: Published::Day(date(2020, 2, 4)),
        ..draft(url, &format!("{TEXT} Das kostet viel."))
    };
    library.store(&[newer], &mut ImportReport::default()).unwrap();
    library.prepare(&|| true).unwrap();
    let two = library.article(ArticleId(2)).unwrap();
    assert_eq!(two.corrections(), [title("Eine Brücke für Bern"), day(2021, 4, 5)]);
    assert_eq!(two.corrected, [title("Rat tagt"), day(2020, 2, 4)]);
    assert_eq!(library.article(ONE).unwrap().corrected, []);
    assert_eq!(library.article(ONE).unwrap().draft.published, Published::Day(date(2020, 2, 3)));
    // What was corrected on the older one is taken back on the newer one.
    library.undo().unwrap();
    assert_eq!(library.article(ArticleId(2)).unwrap().corrected, []);
    let versions = library.versions(ONE).unwrap();
    let numbers: Vec<(u32, u32)> = versions.iter().map(|a| (a.version.number, a.version.of)).collect();
    assert_eq!(numbers, [(1, 2), (2, 2)]);
    assert!(versions.iter().all(|a| a.version.added.is_some()));
}

#[test]
fn a_corrected_date_regroups() {
    let report = |name: &str, day: Date| {
        let text = "In Aldorf ist am Morgen die Schleuse 17 gebrochen. Das sagte Anna Lambert von der Feuerwehr Aldorf. \
                    Verletzt wurden 17 Menschen in Aldorf.";
        let text = format!("{text} {name}");
        let span = Span::new(&text, 0..text.len()).unwrap();
        Draft {
            title: Title { text: "Schleuse 17 in Aldorf gebrochen".to_owned(), basis: Basis::Derived },
            published: Published::Day(day),
            language: Language::German,
            url: Some(format!("https://{name}.example/17.html")),
            paragraphs: vec![Paragraph { span, kind: ParagraphKind::Body }],
            text,
            ..Draft::default()
        }
    };
    let library = library(&[report("eins", date(2020, 2, 3)), report("zwei", date(2020, 2, 4))]);
    let together =
        |library: &Library| library.stories().unwrap().iter().any(|story| story.articles.len() == 2);
    assert!(together(&library));
    correct(&library, ONE, &[day(2018, 6, 1)]);
    assert!(!together(&library));
    library.undo().unwrap();
    library.prepare(&|| true).unwrap();
    assert!(together(&library));
    assert_eq!(library.ids(&View::default()).unwrap().len(), 2);
}

fn stored(library: &Library, id: ArticleId) -> Option<Analysis> {
    library.read(|tables| entity::analysis(tables, id)).unwrap()
}

/// What an article says is stored, as it says it now and not as its source has it.
fn assert_says_what_is_corrected(library: &Library, id: ArticleId) {
    let article = library.article(id).unwrap();
    assert_eq!(stored(library, id), Some(analyse_one(&article.draft)));
    assert_ne!(analyse_one(&article.stated()), analyse_one(&article.draft), "the correction matters");
    assert_eq!(library.read(to_index).unwrap().0, [], "nothing waits");
}

/// Where "on Monday" was, and what is a name, is told by these.
fn telling() -> [FieldValue; 2] {
    [FieldValue::Language(Language::English), day(2021, 4, 5)]
}

#[test]
fn an_import_analyses_what_comes_with_corrections_as_corrected() {
    let folder = tempfile::tempdir().unwrap();
    let first = library(&[draft(None, TEXT)]);
    correct(&first, ONE, &telling());
    let path = folder.path().join("all.jsonl");
    std::fs::write(&path, first.export_line(ONE).unwrap()).unwrap();
    let second = Library::open(&folder.path().join("library")).unwrap();
    second.import(&[path], &|_| true).unwrap();
    assert_eq!(second.article(ONE).unwrap().corrections(), first.article(ONE).unwrap().corrections());
    assert_says_what_is_corrected(&second, ONE);
    assert_eq!(stored(&second, ONE), stored(&first, ONE));
}

#[test]
fn an_import_analyses_a_newer_text_as_the_older_was_corrected() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::open(&folder.path().join("library")).unwrap();
    let import = |more: &str| {
        let path = folder.path().join("one.jsonl");
        let line = serde_json::json!({
            "title": "Rat tagt", "text": format!("{TEXT}{more}"), "date": "2020-02-03",
            "url": "https://blatt.example/rat", "lang": "de",
        });
        std::fs::write(&path, line.to_string()).unwrap();
        library.import(&[path], &|_| true).unwrap().added
    };
    assert_eq!(import(""), [ONE]);
    correct(&library, ONE, &telling());
    let two = import(" Das kostet viel.")[0];
    assert_eq!(library.article(two).unwrap().corrections().len(), 2);
    assert_says_what_is_corrected(&library, two);
}

#[test]
fn what_the_index_took_in_before_it_was_analysed_is_analysed_and_taken_in_again() {
    let library = library(&[draft(None, TEXT)]);
    let changes = telling().map(|to| Change::Correct { article: ONE, field: to.field(), to: Some(to) });
    library.apply(&changes, true).unwrap();
    library.update_index(&|| true).unwrap();
    assert_eq!(stored(&library, ONE), None);
    assert_eq!(found(&library, "since:2021-01-01"), 1, "it is found as corrected at once");
    library.prepare(&|| true).unwrap();
    assert_says_what_is_corrected(&library, ONE);
}

#[test]
fn what_was_analysed_before_a_correction_is_not_stored_after_it() {
    let library = library(&[draft(None, TEXT), draft(None, &format!("{TEXT} Das kostet viel."))]);
    let read = |id| library.read(|t| Ok((newest(t)?, article::load(t, id)?.unwrap()))).unwrap();
    let states = [ONE, ArticleId(2)].map(read);
    let changes = telling().map(|to| Change::Correct { article: ONE, field: to.field(), to: Some(to) });
    library.apply(&changes, true).unwrap();
    library.with(|tables| tables.execute("DELETE FROM analysis", [])).unwrap();
    for (corrected, article) in &states {
        let says = analyse_one(&article.draft);
        library.with(|tables| analysing::store(tables, article, &says, *corrected)).unwrap();
    }
    assert_eq!(stored(&library, ONE), None, "it says something else now");
    assert!(stored(&library, ArticleId(2)).is_some(), "another was corrected");
    library.prepare(&|| true).unwrap();
    assert_says_what_is_corrected(&library, ONE);
}

#[test]
fn an_index_is_updated_while_another_program_writes() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::open(folder.path()).unwrap();
    library.store(&[draft(None, TEXT)], &mut ImportReport::default()).unwrap();
    library.prepare(&|| true).unwrap();
    let to = Some(title("Zweite Querung"));
    library.apply(&[Change::Correct { article: ONE, field: Field::Title, to }], true).unwrap();
    library.with(|tables| tables.busy_timeout(std::time::Duration::ZERO)).unwrap();
    let other = Connection::open(folder.path().join(FILE)).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    library.update_index(&|| true).unwrap();
    assert_eq!(found(&library, "titel:querung"), 1);
}

#[test]
fn an_index_that_is_not_kept_does_not_count_as_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::open(folder.path()).unwrap();
    library.store(&[draft(None, TEXT)], &mut ImportReport::default()).unwrap();
    library.prepare(&|| true).unwrap();
    drop(library);
    // Which library it is could not be read: its index stays in memory.
    let library = Library::new(Connections::to_file(&folder.path().join(FILE)).unwrap());
    correct(&library, ONE, &[title("Zweite Querung")]);
    drop(library);
    let library = Library::open(folder.path()).unwrap();
    library.prepare(&|| true).unwrap();
    assert_eq!((found(&library, "titel:querung"), found(&library, "titel:tagt")), (1, 0));
}

#[test]
fn an_outlet_gets_the_name_that_others_of_it_have() {
    let library = library(&[draft(None, TEXT)]);
    correct(&library, ONE, &[outlet("zeit.de")]);
    let source = library.article(ONE).unwrap().draft.source;
    assert_eq!((source.name.as_deref(), source.domain.as_deref()), (Some("Die Zeit"), Some("zeit.de")));
}
