use super::*;
use crate::model::{Published, Source, Span};

fn hit(id: ArticleId) -> Hit {
    let span = Span::new("ein Wort", 4..8).into_iter().collect();
    Hit { id, score: 1.0, title_matches: Vec::new(), matches: span, snippets: Vec::new() }
}

fn row(id: ArticleId) -> ArticleRow {
    ArticleRow {
        id,
        title: format!("Artikel {}", id.0),
        title_derived: false,
        source: Source::default(),
        published: Published::Unknown,
        minutes: 1,
        read: false,
        starred: false,
        story: None,
        tags: Vec::new(),
        notes: 0,
    }
}

fn ids(count: usize) -> Vec<ArticleId> {
    (1..=u32::try_from(count).unwrap()).map(ArticleId).collect()
}

fn hits(came: usize, total: usize) -> Hits {
    let mut hits = Hits::default();
    hits.begin();
    hits.set_area(Area { x: 0, y: 0, width: 40, height: 40 });
    take(&mut hits, came, total, Keeps::Nothing);
    hits
}

/// Takes a whole answer.
fn take(hits: &mut Hits, came: usize, total: usize, keeps: Keeps) {
    hits.take(ids(came), total, Vec::new(), keeps);
    hits.complete();
}

/// Answers what is asked for, as the library does.
fn answer(hits: &mut Hits, asked: &mut Vec<ArticleId>) {
    let wanted = hits.take_unlit();
    asked.extend(&wanted);
    hits.light(wanted.iter().copied().map(hit).collect(), wanted.iter().copied().map(row).collect());
}

#[test]
fn more_hits_are_asked_for_only_near_the_end_of_those_that_came() {
    let mut hits = hits(200, 1000);
    assert_eq!(hits.wants_more(), None, "the first is selected");
    hits.select(199);
    assert_eq!(hits.wants_more(), Some(400));
    assert_eq!(hits.wants_more(), None, "fewer came than were asked for");
    take(&mut hits, 400, 400, Keeps::All);
    hits.select(399);
    assert_eq!(hits.wants_more(), None, "all are here");
}

#[test]
fn the_end_is_gone_to_at_once_where_it_is_not_known_yet() {
    let mut hits = hits(200, 10_000);
    hits.select(usize::MAX);
    assert_eq!(hits.wants_more(), Some(10_000));
    take(&mut hits, 10_000, 10_000, Keeps::All);
    assert_eq!((hits.selected(), hits.len()), (9999, 10_000));
}

#[test]
fn asking_for_the_end_twice_leads_there_too() {
    let mut hits = hits(200, 10_000);
    hits.select(usize::MAX);
    let most = hits.wants_more().unwrap();
    assert_eq!(hits.len(), 10_000, "more are on the way");
    hits.select(usize::MAX);
    assert_eq!((hits.wants_more(), hits.selected()), (None, 199));
    take(&mut hits, most, 10_000, Keeps::All);
    assert_eq!(hits.selected(), 9999);
}

#[test]
fn the_end_is_that_of_the_whole_answer_and_of_this_question() {
    let mut hits = hits(200, 10_000);
    hits.select(usize::MAX);
    let most = hits.wants_more().unwrap();
    hits.take(ids(500), 10_000, Vec::new(), Keeps::All);
    assert_eq!((hits.selected(), hits.len()), (199, 10_000), "a part of the answer");
    take(&mut hits, most, 10_000, Keeps::All);
    assert_eq!(hits.selected(), 9999);

    let mut hits = self::hits(200, 10_000);
    hits.select(usize::MAX);
    hits.begin();
    take(&mut hits, 200, 9000, Keeps::Nothing);
    assert_eq!(hits.selected(), 0, "another question begins at its first hit");
}

#[test]
fn walking_all_hits_holds_few_of_them_and_asks_for_each_once() {
    let mut hits = hits(200, 20_000);
    let mut asked = Vec::new();
    let mut most_held = 0;
    for index in 0..20_000 {
        hits.select(index);
        if let Some(most) = hits.wants_more() {
            hits.take(
                ids(most.min(20_000)),
                20_000,
                vec![(hit(ArticleId(1)), row(ArticleId(1)))],
                Keeps::All,
            );
            hits.complete();
        }
        answer(&mut hits, &mut asked);
        assert!(hits.selected_hit().is_some(), "{index}");
        most_held = most_held.max(hits.held());
    }
    assert_eq!(hits.selected(), 19_999);
    assert!(most_held <= KEPT + 40, "{most_held}");
    asked.sort_unstable();
    let before = asked.len();
    asked.dedup();
    assert_eq!(asked.len(), before, "none is lit twice");
}

#[test]
fn what_came_in_detail_is_not_asked_for_again_when_more_comes() {
    let mut hits = hits(200, 1000);
    let mut asked = Vec::new();
    hits.select(199);
    answer(&mut hits, &mut asked);
    let most = hits.wants_more().unwrap();
    take(&mut hits, most, 1000, Keeps::All);
    assert_eq!(hits.selected(), 199, "the selection stays");
    assert!(hits.selected_hit().is_some());
    hits.take_unlit();
    take(&mut hits, most, 1000, Keeps::Place);
    assert!(!hits.take_unlit().is_empty(), "asked anew, the library may have changed");
}

#[test]
fn an_article_that_is_gone_is_asked_for_once() {
    let mut hits = hits(5, 5);
    let asked = hits.take_unlit();
    assert_eq!(asked.len(), 5);
    hits.light(Vec::new(), Vec::new());
    assert!(hits.take_unlit().is_empty());
    assert!(hits.is_lit() && hits.selected_hit().is_none());
}
