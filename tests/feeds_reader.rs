//! Feeds in the reader: asked for in the background, told, stopped; keys and lists do not wait.

#![allow(clippy::unwrap_used, reason = "a fixture that cannot be built is a failed test")]

mod common;
#[allow(dead_code, reason = "each test binary uses a part of it")]
mod web;

use std::io::Write;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use jiff::civil::date;
use lesart::app::Overlay;
use lesart::app::effect::{Effect, FolderPlace, Reply, Ticket};
use lesart::library::Library;
use lesart::model::{ArticleId, Feed, FeedId, FetchReport, Filter, Locale, NewFeed, Trouble, View};
use lesart::worker::Workers;

use common::Reader;
use web::{Server, body};

const PATIENCE: Duration = Duration::from_secs(60);

/// The last effect of a kind that was asked for.
fn last<T>(reader: &Reader, of: impl Fn(&Effect) -> Option<T>) -> T {
    reader.seen.iter().rev().find_map(of).expect("it was asked for")
}

fn ticket(effect: &Effect) -> Option<Ticket> {
    match effect {
        Effect::Fetch { ticket, .. } | Effect::FetchWhole { ticket, .. } | Effect::Feeds { ticket } => {
            Some(*ticket)
        }
        _ => None,
    }
}

fn receive(reader: &mut Reader, reply: Reply) {
    let effects = reader.app.receive(reply);
    reader.seen.extend(effects.iter().cloned());
    reader.open.extend(effects);
    reader.settle();
}

fn lists(reader: &Reader) -> usize {
    reader.seen.iter().filter(|e| matches!(e, Effect::List { .. })).count()
}

#[test]
fn r_fetches_tells_how_far_it_is_and_stops() {
    let mut reader = Reader::new(120, 30);
    reader.press("r");
    let asked = last(&reader, ticket);
    let report = FetchReport { of: 3, done: 1, added: 2, ..FetchReport::default() };
    receive(&mut reader, Reply::Fetching { ticket: asked, report: Box::new(report.clone()) });
    assert_eq!(reader.app.fetching.as_ref(), Some(&report));
    reader.press("j");
    assert_eq!(reader.app.list.selected_id(), Some(ArticleId(2)), "keys do what they do meanwhile");
    reader.press("r");
    assert!(matches!(reader.seen.last(), Some(Effect::CancelFetch { ticket }) if *ticket == asked));
    let before = lists(&reader);
    receive(
        &mut reader,
        Reply::Fetched { ticket: asked, report: Box::new(FetchReport { stopped: true, ..report }) },
    );
    assert_eq!(reader.app.fetching, None);
    assert_eq!(lists(&reader), before + 1, "what came shows");
    assert_eq!(
        reader.app.notice.as_ref().map(|n| n.text.as_str()),
        Some("Abgebrochen: 2 neue Artikel · aus 1 Feed")
    );
    reader.press("r");
    assert_ne!(last(&reader, ticket), asked, "it can be asked for again");
}

#[test]
fn where_no_feed_is_due_the_key_that_tells_when_is_named() {
    let mut reader = Reader::new(120, 30);
    reader.press("r");
    let ticket = last(&reader, ticket);
    let report = Box::new(FetchReport { early: 2, ..FetchReport::default() });
    receive(&mut reader, Reply::Fetched { ticket, report });
    assert_eq!(
        reader.app.notice.as_ref().map(|n| n.text.as_str()),
        Some("2 Feeds noch nicht wieder dran; F zeigt, wann")
    );
}

#[test]
fn how_feeds_are_is_told_with_those_in_trouble_first() {
    let mut reader = Reader::new(80, 24);
    reader.press("F");
    let ticket = last(&reader, ticket);
    let feed =
        |title: &str, trouble| Feed { title: title.to_owned(), trouble, articles: 3, ..Feed::default() };
    let feeds = vec![feed("Blatt", None), feed("Zeitung", Some(Trouble::NoHost))];
    receive(&mut reader, Reply::Feeds { ticket, feeds });
    let Some(Overlay::Report(report)) = &reader.app.overlay else { panic!("they show") };
    let lines: Vec<&str> = report.lines().iter().map(|line| line.text.as_str()).collect();
    assert_eq!(lines[..2], ["Zeitung", "! Server nicht gefunden; gibt es ein Netz?"]);
    assert_eq!(lines[3], "Blatt");
    reader.press("esc");
    assert!(reader.app.overlay.is_none());
}

#[test]
fn the_whole_text_opens_where_the_part_was_read() {
    let mut reader = Reader::new(120, 30);
    reader.press("enter W");
    let before = last(&reader, |e| match e {
        Effect::FetchWhole { id, .. } => Some(*id),
        _ => None,
    });
    let asked = last(&reader, ticket);
    let pages =
        |reader: &Reader| reader.seen.iter().filter(|e| matches!(e, Effect::FetchWhole { .. })).count();
    reader.press("W");
    assert_eq!(pages(&reader), 1, "it is on the way");
    receive(&mut reader, Reply::Whole { ticket: asked, before, id: ArticleId(3) });
    assert_eq!(reader.app.reader.id(), Some(ArticleId(3)));
    reader.press("W");
    let asked = last(&reader, ticket);
    receive(
        &mut reader,
        Reply::Failed { ticket: Some(asked), reason: "kein längerer Text gefunden".to_owned() },
    );
    assert_eq!(reader.app.notice.as_ref().map(|n| n.text.as_str()), Some("kein längerer Text gefunden"));
}

fn item(number: u32) -> String {
    format!(
        "<item><title>Nachricht {number}</title><link>https://blatt.example/{number}</link><description>Der Rat der Stadt {number} hat beraten.</description></item>"
    )
}

fn workers(library: &Arc<Library>) -> Workers {
    Workers::start(Arc::clone(library), Locale::German, date(2024, 5, 1)).unwrap()
}

fn with_feeds(home: &std::path::Path, urls: &[String]) -> Arc<Library> {
    let library = Library::open(home).unwrap();
    let feeds: Vec<NewFeed> =
        urls.iter().map(|url| NewFeed { url: url.clone(), ..NewFeed::default() }).collect();
    library.add_feeds(&feeds).unwrap();
    Arc::new(library)
}

#[test]
fn a_round_ends_in_articles_that_are_found_and_counted_by_feed() {
    let server = Server::start(|path, _, stream| {
        let answer = match path {
            "/a" => {
                body(&format!("<rss><channel><title>Blatt</title>{}{}</channel></rss>", item(1), item(2)))
            }
            _ => "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n".to_owned(),
        };
        let _ = stream.write_all(answer.as_bytes());
    });
    let home = tempfile::tempdir().unwrap();
    let library = with_feeds(home.path(), &[server.url("/a"), server.url("/b")]);
    // One article that is not new, so that what is new is not everything.
    let old = home.path().join("old.txt");
    std::fs::write(
        &old,
        "Alte Nachricht\n\nDer Kreistag hat gestern lange über den Haushalt beraten und ihn beschlossen.",
    )
    .unwrap();
    library.import(&[old], &|_| true).unwrap();
    library.visit().unwrap();
    let workers = workers(&library);
    workers.submit(Effect::Fetch { ticket: Ticket(1), feed: None });
    let report = loop {
        match workers.receive(PATIENCE).expect("every round is answered") {
            Reply::Fetched { report, .. } => break *report,
            Reply::Failed { reason, .. } => panic!("{reason}"),
            _ => {}
        }
    };
    assert_eq!((report.of, report.done, report.added), (2, 2, 2));
    assert_eq!(report.failed.iter().map(|(_, trouble)| *trouble).collect::<Vec<_>>(), [Trouble::Status(500)]);
    loop {
        if let Reply::Changed { summary } = workers.receive(PATIENCE).expect("the library is made whole") {
            assert_eq!(summary.articles, 3);
            break;
        }
    }
    let list = |filter| Effect::List {
        ticket: Ticket(2),
        view: View { filter, ..View::default() },
        filter: String::new(),
        near: Vec::new(),
        is_refresh: false,
    };
    workers.submit(list(Filter::All));
    let folders = loop {
        if let Reply::Listed { listed, .. } = workers.receive(PATIENCE).expect("a list") {
            break listed.folders.unwrap_or_default();
        }
    };
    let of_feed = Filter::Feed { id: FeedId(1), title: "Blatt".to_owned() };
    let folder = folders.iter().find(|f| f.place == FolderPlace::View(of_feed.clone()));
    assert_eq!(folder.and_then(|f| f.count), Some(2), "{folders:?}");
    workers.submit(list(of_feed));
    loop {
        if let Reply::Listed { listed, .. } = workers.receive(PATIENCE).expect("a list") {
            assert_eq!(listed.ids.len(), 2);
            break;
        }
    }
    workers.submit(Effect::Fetch { ticket: Ticket(3), feed: None });
    loop {
        if let Reply::Fetched { report, .. } = workers.receive(PATIENCE).expect("an answer") {
            assert_eq!((report.of, report.early), (0, 2), "they were asked for just now");
            break;
        }
    }
    workers.finish(PATIENCE);
}

#[test]
fn lists_do_not_wait_for_a_slow_server_and_a_stopped_round_ends() {
    let server = Server::start(|_, _, stream| {
        thread::sleep(Duration::from_secs(8));
        let _ = stream.write_all(body("<rss/>").as_bytes());
    });
    let home = tempfile::tempdir().unwrap();
    let library = with_feeds(home.path(), &[server.url("/a")]);
    let workers = workers(&library);
    let start = Instant::now();
    workers.submit(Effect::Fetch { ticket: Ticket(1), feed: None });
    workers.submit(Effect::Feeds { ticket: Ticket(2) });
    loop {
        if let Reply::Feeds { feeds, .. } = workers.receive(PATIENCE).expect("an answer") {
            assert_eq!(feeds.len(), 1);
            break;
        }
    }
    workers.submit(Effect::CancelFetch { ticket: Ticket(1) });
    loop {
        if let Reply::Fetched { report, .. } = workers.receive(PATIENCE).expect("an answer") {
            assert!(report.stopped && report.done == 0);
            break;
        }
    }
    assert!(start.elapsed() < Duration::from_secs(7));
    workers.finish(PATIENCE);
    assert_eq!(library.feeds().unwrap()[0].fetched, None, "what did not come is asked for again");
}
