//! Comparisons and stories through the public door: what must hold for any articles.

use std::collections::BTreeSet;

use jiff::civil::date;
use lesart::analysis::analyse;
use lesart::compare::story::{gate, group};
use lesart::compare::{Analysed, Options, compare};
use lesart::model::{
    Analysis, Comparison, Degree, DifferenceKind, Draft, Mark, Paragraph, ParagraphKind, Published, Span,
    Title,
};
use proptest::prelude::*;

/// An article of paragraphs, the first of which is the title.
fn article(day: Option<i8>, paragraphs: &[&str]) -> (Draft, Analysis) {
    let text = paragraphs.join("\n\n");
    let mut start = 0;
    let mut list = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let kind = if index == 0 { ParagraphKind::Title } else { ParagraphKind::Body };
        let span = Span::new(&text, start..start + paragraph.len()).expect("it lies in the text");
        list.push(Paragraph { span, kind });
        start += paragraph.len() + 2;
    }
    let draft = Draft {
        title: Title { text: paragraphs.first().copied().unwrap_or_default().to_owned(), ..Title::default() },
        published: day.map_or(Published::Unknown, |d| Published::Day(date(2031, 3, d))),
        text,
        paragraphs: list,
        ..Draft::default()
    };
    let analysis = analyse(&draft);
    (draft, analysis)
}

fn analysed(articles: &[(Draft, Analysis)]) -> Vec<Analysed<'_>> {
    articles.iter().map(|(draft, analysis)| Analysed { draft, analysis }).collect()
}

/// Three reports of one flood and one of a football match.
fn flood() -> Vec<(Draft, Analysis)> {
    vec![
        article(
            Some(3),
            &[
                "Hochwasser: 12.000 Menschen in Altenau verlassen ihre Häuser",
                "Nach dem Bruch eines Deiches haben am Montag 12.000 Menschen in Altenau ihre Häuser verlassen \
                 müssen. „Wir haben den Damm zu lange nicht geprüft“, sagte Landrätin Petra Winkelmann.",
                "Die Feuerwehr pumpte in der Nacht Keller in der Altstadt leer.",
            ],
        ),
        article(
            Some(4),
            &[
                "Deichbruch in Altenau",
                "Rund 12.000 Bewohner von Altenau mussten nach dem Deichbruch am Montag ihre Häuser verlassen. \
                 Landrätin Winkelmann räumte ein: „Wir haben den Damm zu lange nicht geprüft.“",
                "Das Technische Hilfswerk brachte 300 Betten in die Turnhalle der Realschule.",
            ],
        ),
        article(
            Some(4),
            &[
                "Tausende fliehen vor dem Wasser",
                "In Altenau sind 9.500 Menschen aus ihren Häusern geflohen, nachdem am Montag ein Deich brach.",
                "Der Sachschaden beträgt nach ersten Schätzungen 40 Millionen Euro.",
            ],
        ),
        article(
            Some(4),
            &[
                "Derby endet ohne Sieger",
                "Im Stadion trennten sich beide Mannschaften nach neunzig Minuten torlos voneinander.",
            ],
        ),
    ]
}

/// The facts without the order of anything: for each its reports' words.
fn as_set(comparison: &Comparison, articles: &[Analysed<'_>]) -> BTreeSet<BTreeSet<String>> {
    comparison
        .facts
        .iter()
        .map(|f| {
            f.reports
                .iter()
                .flat_map(|r| {
                    let text = &articles[r.article as usize].draft.text;
                    r.mentions.iter().map(move |m| format!("{:?} {}", r.mark, m.span.of(text)))
                })
                .collect()
        })
        .collect()
}

fn check_spans(comparison: &Comparison, articles: &[Analysed<'_>]) {
    let reads = |article: u32, span: Span| {
        let text = &articles[article as usize].draft.text;
        assert!(!span.of(text).is_empty(), "{span:?} of article {article} reads as nothing");
    };
    for fact in &comparison.facts {
        let told: BTreeSet<u32> = fact.reports.iter().map(|r| r.article).collect();
        assert_eq!(told.len(), fact.reports.len(), "at most one report an article");
        assert!(fact.absent.iter().all(|a| !told.contains(&a.article)));
        assert!(!fact.label.is_empty());
        for report in &fact.reports {
            assert!(!report.mentions.is_empty());
            assert_eq!(report.mark == Mark::Only, fact.reports.len() == 1);
            report.mentions.iter().for_each(|m| reads(report.article, m.span));
            if let Some(value) = report.value {
                reads(report.article, value);
                assert!(report.mentions.iter().any(|m| m.span.contains(value)), "a value lies in its report");
            }
        }
        for difference in &fact.differences {
            assert!(difference.spans.len() > 1);
            difference.spans.iter().for_each(|(article, span)| reads(*article, *span));
        }
    }
}

#[test]
fn the_same_event_is_aligned_and_another_one_stands_outside() {
    let articles = flood();
    let comparison = compare(&analysed(&articles), Options::default());
    assert_eq!(comparison.outside.iter().map(|o| o.article).collect::<Vec<_>>(), [3]);
    let evacuated = comparison.facts.iter().find(|f| f.reports.len() == 3).expect("all three tell who fled");
    assert!(evacuated.reports.iter().all(|r| r.article < 3));
    check_spans(&comparison, &analysed(&articles));
}

#[test]
fn forced_articles_are_compared_whatever_they_tell() {
    let articles = flood();
    assert!(compare(&analysed(&articles), Options { force: true }).outside.is_empty());
}

#[test]
fn a_cell_shows_words_said_or_numbers_and_no_single_word() {
    let articles = flood();
    let analysed = analysed(&articles);
    let comparison = compare(&analysed, Options::default());
    let reports = || comparison.facts.iter().flat_map(|f| &f.reports);
    let shown: Vec<&str> =
        reports().filter_map(|r| Some(r.value?.of(&articles[r.article as usize].0.text))).collect();
    for wanted in ["12.000", "Wir haben"] {
        assert!(shown.iter().any(|v| v.contains(wanted)), "{wanted} in {shown:?}");
    }
    for value in shown {
        let several = value.split_whitespace().nth(1).is_some();
        assert!(several || value.contains(|c: char| c.is_ascii_digit()), "{value}");
    }
}

#[test]
fn nothing_is_compared_with_nothing() {
    let articles = flood();
    for count in 0..2 {
        let comparison = compare(&analysed(&articles[..count]), Options::default());
        assert!(comparison.facts.is_empty() && comparison.outside.is_empty());
    }
    assert!(group(&[]).is_empty());
}

#[test]
fn a_report_weeks_later_is_another_story() {
    let mut articles = flood();
    articles.truncate(2);
    articles[1].0.published = Published::Day(date(2031, 4, 3));
    assert_eq!(gate(&analysed(&articles)).outside.len(), 1);
}

#[test]
fn articles_of_one_event_form_a_story_and_others_stand_alone() {
    let articles = flood();
    let groups = group(&analysed(&articles));
    assert_eq!(groups.len(), 1);
    assert!(groups[0].members.len() >= 2 && !groups[0].members.contains(&3));
}

#[test]
fn the_same_article_twice_does_not_disturb() {
    let mut articles = flood();
    articles.push(articles[0].clone());
    let comparison = compare(&analysed(&articles), Options::default());
    check_spans(&comparison, &analysed(&articles));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_articles_does_not_change_the_facts(order in Just(vec![0_usize, 1, 2, 3]).prop_shuffle()) {
        let straight = flood();
        let shuffled: Vec<_> = order.iter().map(|&i| straight[i].clone()).collect();
        let (a, b) = (analysed(&straight), analysed(&shuffled));
        let (x, y) = (compare(&a, Options::default()), compare(&b, Options::default()));
        prop_assert_eq!(as_set(&x, &a), as_set(&y, &b));
        let stories = |articles: &[Analysed<'_>]| -> BTreeSet<BTreeSet<String>> {
            group(articles)
                .iter()
                .map(|g| g.members.iter().map(|&m| articles[m].draft.title.text.clone()).collect())
                .collect()
        };
        prop_assert_eq!(stories(&a), stories(&b));
    }

    #[test]
    fn any_text_is_compared_without_panic(
        texts in prop::collection::vec("([A-ZÄÖÜa-zäöüß0-9„“\"'«».,?!–-]{1,9} ){0,40}", 0..4),
        day in prop::option::of(1_i8..28),
    ) {
        let articles: Vec<_> = texts.iter().map(|t| article(day, &["Ein Titel mit Worten", t.trim()])).collect();
        let list = analysed(&articles);
        check_spans(&compare(&list, Options { force: true }), &list);
        check_spans(&compare(&list, Options::default()), &list);
        let _ = group(&list);
    }
}

/// Two articles of one event that tell all but one thing in the same words.
fn pair(ours: &str, theirs: &str) -> Comparison {
    let frame = [
        "Hochwasser in Talheim",
        "In Talheim ist am Montag die Weser über die Ufer getreten und hat den Marktplatz überschwemmt.",
    ];
    let articles =
        [article(Some(4), &[frame[0], frame[1], ours]), article(Some(4), &[frame[0], frame[1], theirs])];
    compare(&analysed(&articles), Options { force: true })
}

#[test]
fn what_sets_two_reports_apart_is_named_with_both_words() {
    use DifferenceKind as K;
    let cases = [
        (
            "Bürgermeisterin Anna Berg sagte ihren Besuch an der Küste wegen der Schäden im Rathaus ab.",
            "Bürgermeisterin Anna Berg sagte ihre Reise an die Küste wegen der Schäden im Rathaus ab.",
            (K::Label, Degree::Varies, "Besuch / Reise"),
        ),
        (
            "Rund 44.000 Haushalte waren in der Nacht ohne Strom und Wasser.",
            "Rund 44.000 Menschen waren in der Nacht ohne Strom und Wasser.",
            (K::Label, Degree::Varies, "Rund 44.000 Haushalte / Rund 44.000 Menschen"),
        ),
        (
            "„Wir haben die Gefahr am Fluss unterschätzt“, sagte Anna Berg.",
            "„Wir haben die Gefahr am Fluss unterschätzt“, räumte Anna Berg ein.",
            (K::QuoteWording, Degree::Same, "„Wir haben die Gefahr am Fluss unterschätzt“"),
        ),
        (
            "Die Feuerwehr hat den Damm an der alten Mühle mit Sandsäcken gesichert.",
            "Die Feuerwehr könnte den Damm an der alten Mühle mit Sandsäcken gesichert haben.",
            (K::Modality, Degree::Varies, "hat / könnte"),
        ),
        (
            "Der Rat erwägt den Neubau der Brücke am alten Hafen mit Geld des Bundes.",
            "Der Rat hat den Neubau der Brücke am alten Hafen mit Geld des Bundes beschlossen.",
            (K::Modality, Degree::Varies, "erwägt / hat"),
        ),
        (
            "Am Dienstag sperrte die Polizei die Brücke zur Altstadt für Lastwagen.",
            "Die Polizei sperrte die Brücke zur Altstadt für Lastwagen.",
            (K::Time, Degree::Lacks, "Dienstag / –"),
        ),
    ];
    for (ours, theirs, (kind, degree, note)) in cases {
        for (first, second, swapped) in [(ours, theirs, false), (theirs, ours, true)] {
            let made = pair(first, second);
            let found: Vec<_> = made
                .facts
                .iter()
                .flat_map(|f| &f.differences)
                .map(|d| (d.kind, d.degree, d.note.clone()))
                .collect();
            let sides: BTreeSet<&str> = note.split(" / ").collect();
            let fits = |f: &&(K, Degree, String)| {
                f.0 == kind && f.1 == degree && f.2.split(" / ").collect::<BTreeSet<_>>() == sides
            };
            assert!(found.iter().any(|f| fits(&f)), "{ours} (swapped: {swapped})\n{found:?}");
        }
    }
}

#[test]
fn what_says_the_same_is_no_difference() {
    let cases = [
        // Another of several things in a row.
        (
            "Im Keller standen Möbel, Akten und Bücher unter Wasser.",
            "Im Keller standen Möbel, Kisten und Bücher unter Wasser.",
        ),
        // `konnte` hedges nothing.
        (
            "Die Feuerwehr konnte den Damm an der alten Mühle mit Sandsäcken sichern.",
            "Die Feuerwehr hat den Damm an der alten Mühle mit Sandsäcken gesichert.",
        ),
        // Who is a colleague is called nothing.
        (
            "Ihr Kollege Otto Kern half beim Aufräumen der Schule am Fluss.",
            "Landrat Otto Kern half beim Aufräumen der Schule am Fluss.",
        ),
    ];
    for (ours, theirs) in cases {
        let made = pair(ours, theirs);
        let ends =
            |r: &lesart::model::Report, words: &str| r.mentions.iter().any(|m| m.span.len() == words.len());
        let told = |f: &lesart::model::Fact| {
            f.reports.iter().any(|r| ends(r, ours)) && f.reports.iter().any(|r| ends(r, theirs))
        };
        assert!(made.facts.iter().any(told), "no fact has both: {ours}");
        let apart: Vec<_> =
            made.facts.iter().flat_map(|f| &f.differences).filter(|d| d.degree >= Degree::Varies).collect();
        assert!(apart.is_empty(), "{ours}\n{apart:?}");
    }
}
