use proptest::prelude::*;

use std::collections::BTreeSet;

use jiff::ToSpan;

use super::*;
use crate::library::connections::Home;
use crate::library::cores::START;
use crate::model::{
    Change, Draft, Field, FieldValue, ImportReport, Language, Paragraph, ParagraphKind, Published, Span,
    StoryRow, Title,
};

/// The report of an outlet on one of the events, three days after each other.
fn draft(event: u32, outlet: u32) -> Draft {
    let place = ["Aldorf", "Bremke", "Celmen", "Dornau", "Elzach"][event as usize % 5];
    let text = format!(
        "In {place} ist am Morgen die Schleuse {event} gebrochen. Das sagte Anna Lamb{event}er von der \
         Feuerwehr {place} dem Blatt {outlet}. Verletzt wurden {event} Menschen in {place}."
    );
    let span = Span::new(&text, 0..text.len()).expect("it is the whole text");
    let day = START.saturating_add((i64::from(event) * 3 + i64::from(outlet)).days());
    Draft {
        title: Title { text: format!("Schleuse {event} in {place} gebrochen"), ..Title::default() },
        published: Published::Day(day),
        language: Language::German,
        url: Some(format!("https://blatt-{outlet}.example/{event}.html")),
        paragraphs: vec![Paragraph { span, kind: ParagraphKind::Body }],
        text,
        ..Draft::default()
    }
}

fn drafts() -> Vec<Draft> {
    (0..12).flat_map(|event| (0..2 + event % 2).map(move |outlet| draft(event, outlet))).collect()
}

fn add(library: &Library, drafts: &[Draft]) -> Vec<ArticleId> {
    let mut report = ImportReport::default();
    library.store(drafts, &mut report).unwrap();
    library.analyse_all(&report.added, &|| true).unwrap();
    report.added
}

fn stories(library: &Library) -> Vec<StoryRow> {
    library.stories().unwrap()
}

/// The stories by the texts of their articles.
fn partition(library: &Library) -> BTreeSet<BTreeSet<String>> {
    let text = |id: &ArticleId| library.article(*id).unwrap().draft.text;
    stories(library).iter().map(|story| story.articles.iter().map(text).collect()).collect()
}

fn library() -> Library {
    Library::in_memory(Home::Memory).unwrap()
}

/// Grouped by days, however few the articles are.
fn by_days(library: &Library) {
    library.make_stories(0, &|| true).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_order_and_any_batches_make_the_same_stories(
        mixed in Just(drafts()).prop_shuffle(),
        batch in 1_usize..30,
    ) {
        let (straight, shuffled) = (library(), library());
        add(&straight, &drafts());
        by_days(&straight);
        for part in mixed.chunks(batch) {
            add(&shuffled, part);
            by_days(&shuffled);
        }
        prop_assert_eq!(partition(&straight).len(), 12);
        prop_assert_eq!(partition(&straight), partition(&shuffled));
    }
}

#[test]
fn days_make_the_stories_that_the_whole_makes_with_the_same_numbers() {
    let library = library();
    add(&library, &drafts());
    library.update_stories(&|| true).unwrap();
    let whole: Vec<_> = stories(&library).into_iter().map(|s| (s.id, s.articles)).collect();
    assert_eq!(whole.len(), 12);
    by_days(&library);
    let days: Vec<_> = stories(&library).into_iter().map(|s| (s.id, s.articles)).collect();
    assert_eq!(days, whole);
}

#[test]
fn stories_keep_their_numbers_when_articles_come() {
    let library = library();
    let (first, later): (Vec<Draft>, Vec<Draft>) =
        drafts().into_iter().partition(|d| !d.text.contains("Blatt 2") && !d.text.contains("Schleuse 5"));
    add(&library, &first);
    by_days(&library);
    let before = stories(&library);
    add(&library, &later);
    by_days(&library);
    let after = stories(&library);
    assert_eq!((before.len(), after.len()), (11, 12));
    for story in before {
        let same = after.iter().find(|s| s.id == story.id).expect("its number is kept");
        assert!(story.articles.iter().all(|id| same.articles.contains(id)));
    }
}

#[test]
fn a_version_that_is_replaced_leaves_its_story() {
    let library = library();
    add(&library, &drafts());
    by_days(&library);
    let mut newer = draft(4, 0);
    newer.text.push_str(" Der Rat hat am Abend beraten.");
    let id = add(&library, &[newer])[0];
    by_days(&library);
    let story = stories(&library).into_iter().find(|s| s.articles.contains(&id)).expect("it has a story");
    assert_eq!(story.articles.len(), 2, "the other outlet's and the newer version");
    assert_eq!(library.rows(&[id]).unwrap()[0].story.map(|s| s.articles), Some(2));
}

#[test]
fn what_was_broken_off_is_grouped_the_next_time() {
    let library = library();
    add(&library, &drafts());
    let asked = std::cell::Cell::new(0);
    let few = || asked.replace(asked.get() + 1) < 4;
    assert!(matches!(library.make_stories(0, &few), Err(Error::Overtaken)));
    by_days(&library);
    let other = self::library();
    add(&other, &drafts());
    by_days(&other);
    assert_eq!(partition(&library), partition(&other));
    let left: u32 = library.read(|t| t.query_row("SELECT count(*) FROM regroup", [], |r| r.get(0))).unwrap();
    assert_eq!(left, 0);
}

#[test]
fn what_changes_while_stories_are_made_is_grouped_the_next_time() {
    let library = library();
    let ids = add(&library, &drafts());
    by_days(&library);
    let date = |to: Date| {
        let to = Some(FieldValue::Date(Published::Day(to)));
        library.apply(&[Change::Correct { article: ids[0], field: Field::Date, to }], true).unwrap();
        library.analyse_rest(&|| true).unwrap();
    };
    let away = START.saturating_add(300.days());
    date(away);
    let asked = std::cell::Cell::new(0);
    let meanwhile = || {
        // When the articles it was with wait to be grouped, it changes once more.
        if asked.replace(asked.get() + 1) == 0 {
            date(away.saturating_add(100.days()));
        }
        true
    };
    library.make_stories(0, &meanwhile).unwrap();
    let left = |library: &Library| -> Vec<u32> {
        let list =
            |t: &Connection| t.prepare("SELECT article FROM regroup")?.query_map([], |r| r.get(0))?.collect();
        library.read(list).unwrap()
    };
    assert!(left(&library).contains(&ids[0].0) && left(&library).contains(&ids[1].0), "{:?}", left(&library));
    by_days(&library);
    assert_eq!(left(&library), [0; 0]);
    assert_eq!(partition(&library).len(), 11);
}
