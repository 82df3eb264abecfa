use super::*;

#[test]
fn heads_cover_the_list_without_gaps() {
    let library = Library::seeds().unwrap();
    library.prepare(&|| true).unwrap();
    for gathering in [Gathering::Day, Gathering::Source, Gathering::Story] {
        for sort in [Sort::Date, Sort::Added, Sort::Source, Sort::Story] {
            let view = View { sort, gathering, ..View::default() };
            let list = library.listing(&view, None, &|_| true).unwrap();
            let mut next = 0;
            for head in &list.heads {
                assert_eq!(head.first, next, "{view:?}");
                next += head.articles;
            }
            assert_eq!(next as usize, list.ids.len());
            let labels: Vec<String> = list.heads.iter().map(|h| format!("{:?}", h.label)).collect();
            let mut once = labels.clone();
            once.sort();
            once.dedup();
            assert_eq!(once.len(), labels.len(), "each head stands once: {labels:?}");
        }
    }
}

/// Articles of some outlets, days and stories, some read.
fn mixed() -> Library {
    let library = Library::in_memory(crate::library::connections::Home::Memory).unwrap();
    library
        .with(|tables| {
            tables.execute_batch(
                "INSERT INTO source (id, name, domain) VALUES
                     (1, 'Blatt', 'b.example'), (2, '', ''), (3, 'BLATT', ''), (4, '', 'anzeiger.example'),
                     (5, 'Blatt', 'c.example');
                 WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 90)
                 INSERT INTO article (id, title, title_basis, source, source_basis, day, minutes, language,
                                      identity)
                     SELECT n, 'Titel ' || n, 'stated', n * 7 % 5 + 1, 'stated',
                            CASE n * 5 % 11 WHEN 0 THEN NULL ELSE '2021-03-' || (n * 5 % 11 + 10) END, 1,
                            'de', randomblob(16) FROM n;
                 UPDATE article SET replaced_by = 90 WHERE id IN (3, 40, 41);
                 INSERT INTO story (id, articles, last_day) VALUES (1, 3, '2021-03-11'), (2, 2, '2021-03-20'),
                     (3, 2, NULL), (4, 1, '2021-03-19');
                 INSERT INTO member (article, story) VALUES (10, 1), (20, 1), (30, 1), (12, 2), (50, 2),
                     (11, 3), (22, 3), (60, 4);
                 INSERT INTO state (article, read, starred, place)
                     SELECT id, id % 3 = 0, id % 4 = 0, 0 FROM article WHERE id % 2;
                 INSERT INTO tag VALUES (1, 'Rat', 'rat');
                 INSERT INTO tagged SELECT 1, id FROM article WHERE id % 5 < 2;",
            )
        })
        .unwrap();
    library
}

fn views() -> Vec<View> {
    let mut views = Vec::new();
    for filter in
        [Filter::All, Filter::Unread, Filter::New, Filter::Starred, Filter::Tagged("Rat".to_owned())]
    {
        for gathering in [Gathering::None, Gathering::Day, Gathering::Source, Gathering::Story] {
            for sort in [Sort::Date, Sort::Added, Sort::Source, Sort::Story] {
                views.push(View { sort, gathering, filter: filter.clone() });
            }
        }
    }
    views
}

#[test]
fn the_first_of_a_list_are_the_beginning_of_the_whole() {
    let library = mixed();
    for view in views() {
        let whole = library.listing(&view, None, &|_| true).unwrap();
        for limit in [1, 7, 40, 1000] {
            let first = library.listing(&view, Some(limit), &|_| true).unwrap();
            let count = whole.ids.len().min(limit as usize);
            assert_eq!(first.ids, whole.ids[..count], "{view:?} {limit}");
            assert_eq!(first.unread, whole.unread[..count], "{view:?} {limit}");
            for (one, other) in first.heads.iter().zip(&whole.heads) {
                assert_eq!((&one.label, one.first), (&other.label, other.first), "{view:?}");
            }
        }
    }
}

#[test]
fn every_gathering_of_a_filter_has_the_same_articles_and_each_head_once() {
    let library = mixed();
    for view in views() {
        let list = library.listing(&view, None, &|_| true).unwrap();
        let plain = View { sort: Sort::Date, gathering: Gathering::None, ..view.clone() };
        let (mut ids, mut all) = (list.ids.clone(), library.ids(&plain).unwrap());
        ids.sort_unstable();
        all.sort_unstable();
        assert_eq!(ids, all, "{view:?}");
        let mut labels: Vec<String> = list.heads.iter().map(|h| format!("{:?}", h.label)).collect();
        let count = labels.len();
        labels.sort();
        labels.dedup();
        assert_eq!(labels.len(), count, "{view:?}");
    }
}

#[test]
fn outlets_stand_by_name_and_stories_by_their_newest_day() {
    let library = mixed();
    let heads = |gathering| {
        let view = View { gathering, ..View::default() };
        let heads = library.listing(&view, None, &|_| true).unwrap().heads;
        heads.into_iter().map(|h| (h.label, h.articles)).collect::<Vec<_>>()
    };
    let outlets: Vec<_> = heads(Gathering::Source).into_iter().map(|(label, _)| label).collect();
    let named = |name: &str| HeadLabel::Source(name.to_owned());
    assert_eq!(outlets, [named("anzeiger.example"), named("BLATT"), named("Blatt"), named("")]);
    let stories = heads(Gathering::Story);
    let story = |id: u32, title: &str| HeadLabel::Story(Some((StoryId(id), title.to_owned())));
    assert_eq!(
        stories[..3],
        [(story(2, "Titel 12"), 2), (story(1, "Titel 20"), 3), (story(3, "Titel 11"), 2)]
    );
    assert_eq!(stories[3].0, HeadLabel::Story(None), "a story of one article is none");
    assert_eq!(stories[3].1, 87 - 7);
}

#[test]
fn a_listing_has_the_articles_of_its_view_and_counts_them() {
    let library = Library::seeds().unwrap();
    for filter in [Filter::All, Filter::Unread, Filter::Starred, Filter::New] {
        let view = View { filter: filter.clone(), ..View::default() };
        let list = library.listing(&view, None, &|_| true).unwrap();
        assert_eq!(list.ids, library.ids(&view).unwrap());
        assert_eq!(list.ids.len(), library.counts_of(&filter).unwrap().articles as usize);
    }
    let lists = library.first_lists().unwrap();
    assert_eq!((lists.all, lists.unread, lists.starred, lists.noted), (5, 5, 0, 0));
    let one = library.listing(&View::default(), Some(1), &|_| true).unwrap();
    assert_eq!((one.ids.len(), one.unread), (1, vec![true]));
    let kept = library.listing(&View::default(), None, &|id| id == ArticleId(2)).unwrap();
    assert_eq!(kept.ids, [ArticleId(2)]);
}
