use super::*;
use crate::model::{Published, Source};

fn row(id: u32, title: &str) -> ArticleRow {
    ArticleRow {
        id: ArticleId(id),
        title: title.to_owned(),
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

fn listed(ids: impl Iterator<Item = u32>) -> Listed {
    let ids: Vec<ArticleId> = ids.map(ArticleId).collect();
    Listed {
        fresh: vec![true; ids.len()],
        total: ids.len(),
        unread: ids.len(),
        ids,
        is_complete: true,
        ..Listed::default()
    }
}

fn list(count: u32) -> List {
    let mut list = List::default();
    list.set_area(Area { x: 0, y: 0, width: 30, height: 10 });
    let rows: Vec<ArticleRow> = (0..count).map(|i| row(i, "Kurzer Titel")).collect();
    list.replace(listed(0..count), rows);
    list
}

fn folder(filter: Filter) -> Folder {
    Folder { place: FolderPlace::View(filter), count: Some(1) }
}

#[test]
fn selection_stays_visible_when_it_moves_below_the_pane() {
    let mut list = list(50);
    for _ in 0..40 {
        list.step(1);
        let visible = list.visible();
        let (_, y) = visible.iter().find(|(i, _)| *i == list.selected()).copied().expect("visible");
        assert!(y + 2 <= 10, "the selected row shows whole: {y}");
    }
    list.step(-100);
    assert_eq!(list.visible().first(), Some(&(0, 0)));
}

#[test]
fn the_selected_article_stays_selected_in_a_new_order() {
    let mut list = list(5);
    list.select(3);
    list.replace(listed((0..5).rev()), Vec::new());
    assert_eq!(list.selected_id(), Some(ArticleId(3)));
    assert_eq!(list.selected(), 1);
}

#[test]
fn rows_that_are_not_loaded_are_asked_for() {
    let mut list = List::default();
    list.set_area(Area { x: 0, y: 0, width: 30, height: 10 });
    list.replace(listed(0..1000), Vec::new());
    assert!(list.missing().contains(&ArticleId(0)));
    list.add_rows((0..300).map(|i| row(i, "T")).collect());
    assert!(list.missing().is_empty());
}

#[test]
fn the_first_article_is_selected_below_the_folders() {
    let mut list = List::default();
    list.set_area(Area { x: 0, y: 0, width: 30, height: 20 });
    let folders = Some(vec![folder(Filter::New), folder(Filter::Unread)]);
    list.replace(Listed { folders, ..listed(0..3) }, Vec::new());
    assert_eq!(list.selected_id(), Some(ArticleId(0)));
    assert_eq!(list.visible().first(), Some(&(0, 0)), "the folders show above it");
    list.step(-1);
    assert_eq!(list.selected_folder(), Some(&folder(Filter::Unread)));
    assert_eq!(list.selected_id(), None);
    list.set_folders(vec![folder(Filter::Unread)]);
    assert_eq!(list.selected(), 0, "the same folder at its new place");
}

#[test]
fn the_whole_list_comes_without_moving_what_is_selected() {
    let mut list = list(0);
    list.forget_place();
    let first = Listed { total: 1000, is_complete: false, ..listed(0..20) };
    list.replace(first, (0..20).map(|i| row(i, "T")).collect());
    list.step(12);
    let (selected, shown) = (list.selected_id(), list.visible());
    list.replace(listed(0..1000), Vec::new());
    assert_eq!((list.selected_id(), list.len()), (selected, 1000));
    assert_eq!(list.visible().first(), shown.first());
}

#[test]
fn the_end_is_reached_once_it_is_known() {
    let mut list = list(0);
    list.forget_place();
    list.replace(Listed { total: 1000, is_complete: false, ..listed(0..20) }, Vec::new());
    list.select(usize::MAX);
    list.replace(listed(0..1000), Vec::new());
    assert_eq!(list.selected_id(), Some(ArticleId(999)));
}

#[test]
fn articles_that_come_above_leave_the_screen_where_it_is() {
    let mut list = list(50);
    list.select(20);
    let y = |list: &List| list.visible().into_iter().find(|(i, _)| *i == list.selected()).map(|(_, y)| y);
    let before = y(&list);
    let rows = (0..60).map(|i| row(i, "Kurzer Titel")).collect();
    list.replace(listed((50..60).chain(0..50)), rows);
    assert_eq!((list.selected_id(), y(&list)), (Some(ArticleId(20)), before));
}

#[test]
fn heads_are_jumped_among() {
    use crate::model::HeadLabel;
    let mut list = list(10);
    let head = |first, articles| ListHead { label: HeadLabel::Source(String::new()), first, articles };
    list.replace(Listed { heads: vec![head(0, 4), head(4, 6)], ..listed(0..10) }, Vec::new());
    list.select(2);
    assert!(list.step_head(true));
    assert_eq!(list.selected(), 4);
    assert!(!list.step_head(true));
    assert!(list.step_head(false));
    assert_eq!(list.selected(), 0);
}

#[test]
fn unread_articles_are_counted_and_found_without_their_rows() {
    let mut list = list(0);
    list.replace(listed(0..1000), Vec::new());
    let read: HashMap<ArticleId, bool> = (0..998).map(|i| (ArticleId(i), true)).collect();
    list.count_read(&read);
    assert_eq!((list.unread, list.all_unread().len()), (2, 2));
    assert!(list.step_unread(true));
    assert_eq!(list.selected_id(), Some(ArticleId(998)));
}

#[test]
fn a_long_title_ends_in_an_ellipsis() {
    let lines = title_lines("Ein sehr langer Titel, der auf zwei Zeilen keinen Platz hat", 24);
    assert_eq!(lines.len(), 2);
    assert!(lines[1].ends_with('…'), "{lines:?}");
}
