//! What a search must find, case by case, and from the seeds.

use jiff::civil::date;

use crate::model::{EntityKind, Source};
use crate::text::fold::fold;

use super::naive::Shelf;
use super::token::folded;
use super::{Numbers, Order, Query, Request};

fn seeds() -> Shelf {
    let mut shelf = Shelf::default();
    let mut paths: Vec<_> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    paths.sort();
    for (id, path) in (0..).zip(paths) {
        let text = std::fs::read_to_string(path).unwrap();
        shelf.add(id, text.lines().next().unwrap_or_default(), &text);
    }
    shelf
}

#[test]
fn spellings_of_the_foreign_minister_find_each_other() {
    let shelf = seeds();
    let naive = shelf.scan(|key| folded(key).contains("aussenminister"));
    assert!(naive.len() >= 4);
    for query in ["aussenminister ", "Außenminister ", "AUSSENMINISTER "] {
        assert_eq!(shelf.set(query), naive, "{query}");
    }
    assert!(shelf.set("minister ").is_superset(&naive));
}

#[test]
fn transliterated_names_are_found() {
    let shelf = seeds();
    for (typed, meant) in
        [("Schoigo", "schoigu"), ("Lawrov", "lawrow"), ("kerri", "kerry"), ("Lavrov", "lawrow")]
    {
        let found = shelf.set(&format!("{typed} "));
        assert!(found.is_superset(&shelf.scan(|key| folded(key) == meant)), "{typed}: {found:?}");
        let answer = shelf.answer(&format!("{typed} "));
        assert_eq!(fold(&answer.expansions[0].1[0]), meant, "{typed}");
    }
}

#[test]
fn all_words_must_be_found() {
    let shelf =
        Shelf::of(&[("Wahl", "Die Partei gewinnt"), ("Wahl", "Der Kanzler geht"), ("Kanzler", "Partei")]);
    assert_eq!(shelf.ids("wahl kanzler "), [1]);
    assert_eq!(shelf.set("wahl OR kanzler partei "), [0, 2].into());
    assert_eq!(shelf.ids("wahl -partei"), [1]);
    assert_eq!(shelf.set("-wahl"), [2].into());
    assert_eq!(shelf.set(""), [0, 1, 2].into());
}

#[test]
fn a_typed_umlaut_prefers_umlaut_words() {
    let shelf =
        Shelf::of(&[("", "Muller kommt"), ("", "Müller kommt"), ("", "Mueller kommt"), ("", "Moller kommt")]);
    assert_eq!(shelf.ids("müller "), [1, 2, 0]);
    assert_eq!(shelf.ids("mueller ")[..2], [2, 1]);
    assert!(!shelf.ids("=müller").contains(&0));
    assert_eq!(shelf.ids("=muller"), [0]);
}

#[test]
fn an_exact_match_stands_before_the_tolerant_ones() {
    let shelf = Shelf::of(&[
        ("", "Ministern hier geht es gut"),
        ("", "Der Außenminister spricht heute"),
        ("", "Der Minister spricht heute"),
        ("", "Der Minster steht schon lange"),
    ]);
    assert_eq!(shelf.ids("minister ")[0], 2);
    assert_eq!(shelf.ids("minister").len(), 3, "a known word is no slip");
}

#[test]
fn a_short_known_word_is_not_the_beginning_of_others() {
    let shelf =
        Shelf::of(&[("", "Der IS greift an"), ("", "Das ist so"), ("", "Rom ruft"), ("", "Ein Roman")]);
    assert_eq!(shelf.ids("is"), [0]);
    assert_eq!(shelf.ids("is "), [0]);
    assert_eq!(shelf.ids("rom "), [2]);
    assert_eq!(shelf.ids("rom"), [2, 3]);
}

#[test]
fn letters_inside_by_chance_are_no_compound() {
    let shelf =
        Shelf::of(&[("", "Assad spricht"), ("", "Eine Fassade"), ("", "Bern will"), ("", "sie übernehmen")]);
    assert_eq!(shelf.ids("assad "), [0]);
    assert_eq!(shelf.ids("bern "), [2]);
}

#[test]
fn a_lone_letter_still_being_typed_hides_nothing() {
    let shelf = Shelf::of(&[("", "Petrow in Rom"), ("", "Petrow bei r und s")]);
    assert_eq!(shelf.set("petrow r"), [0, 1].into());
}

#[test]
fn stand_ins_are_shown_as_the_articles_write_them() {
    let shelf = Shelf::of(&[("", "Mit Petrow in Paris")]);
    assert_eq!(shelf.answer("petrov ").expansions, [("petrov".to_owned(), vec!["Petrow".to_owned()])]);
}

#[test]
fn phrases_need_their_words_in_order() {
    let shelf =
        Shelf::of(&[("", "Der Islamische\nStaat kämpft"), ("", "Der Staat ist nicht islamische Sache")]);
    assert_eq!(shelf.ids("\"islamische staat\""), [0]);
    assert_eq!(shelf.ids("staat -\"islamische staat\""), [1]);
    let answer = shelf.answer("\"islamische staat\"");
    let text = "Der Islamische\nStaat kämpft";
    assert_eq!(answer.hits[0].matches[0].of(text), "Islamische\nStaat");
    assert_eq!(answer.hits[0].snippets[0].text, "Der Islamische Staat kämpft");
}

#[test]
fn near_words_may_come_in_any_order() {
    let shelf = Shelf::of(&[
        ("", "Der Kanzler reiste am Montag nach Rom"),
        ("", "In Rom war der Kanzler"),
        ("", "Der Kanzler sprach lange, und viel später war auch er wieder einmal in Rom"),
    ]);
    assert_eq!(shelf.set("\"kanzler rom\"~4"), [0, 1].into());
    assert_eq!(shelf.set("\"kanzler rom\"~2"), [1].into());
    assert_eq!(shelf.set("rom -\"kanzler rom\"~4"), [2].into());
    assert_eq!(shelf.answer("\"kanzler rom\"~2").hits[0].matches.len(), 2, "its words are lit");
}

#[test]
fn a_rare_word_is_found_by_its_beginning_among_many() {
    let mut shelf = Shelf::default();
    for id in 0..300 {
        shelf.add(id, "", &format!("Wort Wort{} und Wort{}", letters(id), letters(id / 2)));
    }
    shelf.add(300, "", "Das Wortungetüm steht hier");
    assert!(shelf.set("hier wort").contains(&300));
    let answer = shelf.answer("hier wort");
    let hit = answer.hits.iter().find(|h| h.id.0 == 300).unwrap();
    assert_eq!(hit.matches.len(), 2, "it is lit too");
}

fn letters(number: u32) -> String {
    number.to_string().chars().map(|c| char::from(b'a' + u8::try_from(c).unwrap() - b'0')).collect()
}

#[test]
fn what_is_found_so_far_is_told_when_it_is_due() {
    let shelf = Shelf::of(&[("", "Die Wahl in Rom"), ("", "Rom vor der Wahl in Rom"), ("", "Die Wahl")]);
    shelf.index.settle();
    let query = Query::parse("\"in rom\"", date(2015, 9, 30)).unwrap();
    let told = std::cell::RefCell::new(Vec::new());
    let request = Request {
        query: &query,
        limit: 5,
        detailed: 5,
        order: Order::Relevance,
        nearest: true,
        sets: &|_| Numbers::default(),
        text_of: &|id| shelf.body(id),
        is_current: &|| true,
        is_due: &|| true,
        publish: &|answer| told.borrow_mut().push(answer),
    };
    let answer = shelf.index.search(&request).unwrap();
    let told: Vec<u32> = told.borrow().iter().map(|a| a.total).collect();
    assert_eq!((told, answer.total), (vec![1, 2], 2));
}

#[test]
fn beginnings_of_words_find_a_headline() {
    let shelf = Shelf::of(&[("Schule verbietet das Wahlplakat", "x"), ("Schule offen", "Wahl verloren")]);
    assert_eq!(shelf.ids("sch ver wah ")[0], 0);
}

#[test]
fn fields_narrow_the_search() {
    let mut shelf = Shelf::default();
    let (nzz, welt) = (
        Source {
            name: Some("Neue Zürcher Zeitung".to_owned()),
            domain: Some("nzz.ch".to_owned()),
            ..Source::default()
        },
        Source { name: Some("Die Welt".to_owned()), domain: Some("welt.de".to_owned()), ..Source::default() },
    );
    let john = [(EntityKind::Person, "John Smith"), (EntityKind::Place, "London")];
    let other = [
        (EntityKind::Person, "John Doe"),
        (EntityKind::Person, "Anna Smith"),
        (EntityKind::Organisation, "UNO"),
    ];
    shelf.add_with(1, "Umwelt", "Text eins", &nzz, &john);
    shelf.add_with(2, "Titel", "Text zwei Umwelt", &welt, &other);
    for (query, ids) in [
        ("source:welt ", vec![2]),
        ("quelle:nzz.ch ", vec![1]),
        ("quelle:zuercher ", vec![1]),
        ("quelle:wel", vec![2]),
        ("person:\"John Smith\"", vec![1]),
        ("person:smiht ", vec![2, 1]),
        ("ort:london ", vec![1]),
        ("org:uno ", vec![2]),
        ("titel:umwelt ", vec![1]),
        ("umwelt -titel:umwelt", vec![2]),
        ("ist:ungelesen", vec![1]),
        ("is:starred", vec![1]),
        ("is:new", vec![2]),
        ("-ist:neu", vec![1]),
        ("is:noted", vec![2]),
        ("story:1", vec![2]),
        ("tag:\"Zu lesen\" umwelt", vec![1]),
        ("-schlagwort:anderes", vec![2, 1]),
        ("since:2015-09-03", vec![2]),
        ("until:2015-09-02", vec![1]),
        ("lang:en", vec![]),
        ("london ", vec![1]),
        ("zürcher eins", vec![1]),
    ] {
        assert_eq!(shelf.ids(query), ids, "{query}");
    }
}

#[test]
fn all_that_match_are_those_that_a_search_finds() {
    let mut shelf = seeds();
    for id in 10..200 {
        shelf.add(id, "Wahl in Rom", if id % 3 == 0 { "Die Wahl in Rom" } else { "Rom vor der Wahl" });
    }
    shelf.index.settle();
    for asked in [
        "",
        "wahl",
        "minister ",
        "\"in rom\"",
        "\"die wahl\"",
        "wahl -rom",
        "since:2015-09-10",
        "until:2015-09-05 wahl",
        "rom OR minister",
        "-since:2015-09-10",
    ] {
        let query = Query::parse(asked, date(2015, 9, 30)).unwrap();
        let request = Request {
            query: &query,
            limit: 0,
            detailed: 0,
            order: Order::Date,
            nearest: false,
            sets: &|_| Numbers::default(),
            text_of: &|id| shelf.body(id),
            is_current: &|| true,
            is_due: &|| false,
            publish: &|_| {},
        };
        let matching: std::collections::BTreeSet<u32> =
            shelf.index.matching(&request).unwrap().iter().collect();
        assert_eq!(matching, shelf.set(asked), "{asked}");
    }
    let days = |asked: &str| shelf.set(asked).len();
    assert_eq!(days("since:2015-09-10") + days("until:2015-09-09"), shelf.bodies.len());
}

#[test]
fn an_overtaken_search_gives_no_answer() {
    let shelf = Shelf::of(&[("", "Wahl")]);
    shelf.index.settle();
    let query = Query::parse("wahl", date(2015, 9, 30)).unwrap();
    let request = Request {
        query: &query,
        limit: 1,
        detailed: 1,
        order: Order::Date,
        nearest: true,
        sets: &|_| Numbers::default(),
        text_of: &|_| None,
        is_current: &|| false,
        is_due: &|| true,
        publish: &|_| {},
    };
    assert_eq!(shelf.index.search(&request), None);
}
