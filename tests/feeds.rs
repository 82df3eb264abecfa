//! Subscriptions from end to end: the program, a library, and a server that plays the web.

#![allow(
    clippy::unwrap_used,
    clippy::unnecessary_wraps,
    reason = "a fixture that cannot be built is a failed test"
)]

#[allow(dead_code, reason = "each test binary uses a part of it")]
mod web;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::{SignedDuration, Timestamp};
use lesart::library::Library;
use lesart::model::{
    Change, Feed, Fetched, Filter, Missed, NewFeed, StateChange, Taken, Trouble, Validators, View,
};
use serde_json::Value;

use web::{Server, body, without_proxy};

fn item(number: u32, words: &str) -> String {
    format!(
        "<item><title>Nachricht {number}</title><link>https://blatt.example/{number}</link><guid>{number}</guid>\
         <pubDate>Fri, 18 Sep 2015 10:00:00 +0200</pubDate><description>{words}</description></item>"
    )
}

fn rss(items: &str) -> String {
    format!(
        "<rss version='2.0'><channel><title>Das Blatt</title><link>https://blatt.example/</link>{items}</channel></rss>"
    )
}

fn command(library: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lesart"));
    command.args(arguments).arg("--library").arg(library).args(["--lang", "en"]).env("HOME", library);
    without_proxy(&mut command);
    command
}

fn run(library: &Path, arguments: &[&str]) -> Output {
    command(library, arguments).output().expect("the program runs")
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn json(library: &Path, arguments: &[&str]) -> Value {
    let mut all = arguments.to_vec();
    all.extend(["--format", "json"]);
    let output = run(library, &all);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"))
}

#[test]
fn a_page_leads_to_its_feed_and_the_feed_to_its_articles() {
    let server = Server::start(|path, _, stream| {
        let answer = match path {
            "/" => "<html><head><link rel=alternate type='application/rss+xml' href='/feed'></head><body>x</body></html>".to_owned(),
            "/feed" => rss(&(item(1, "Der Rat hat am Freitag über die Brücke beraten.") + &item(2, "Im Mai wird gebaut, sagt die Stadt."))),
            _ => "<html><body><p>Nichts.</p></body></html>".to_owned(),
        };
        let _ = stream.write_all(body(&answer).as_bytes());
    });
    let home = tempfile::tempdir().unwrap();
    let library = home.path().join("library");
    let added = run(&library, &["feeds", "add", &server.url("/")]);
    assert_eq!(text(&added), "1  Das Blatt: 2 new articles\n", "{added:?}");
    let feeds = json(&library, &["feeds"]);
    assert_eq!(feeds["feeds"][0]["url"], server.url("/feed").as_str());
    assert_eq!((&feeds["feeds"][0]["articles"], &feeds["feeds"][0]["error"]), (&2.into(), &Value::Null));
    let listed = json(&library, &["list", "brücke"]);
    assert_eq!(listed["articles"][0]["title"], "Nachricht 1");
    assert_eq!(listed["articles"][0]["source"]["domain"], "blatt.example");

    let again = run(&library, &["feeds", "add", &server.url("/feed")]);
    assert_eq!(text(&again), "1  Das Blatt (subscribed already): 0 new articles\n");
    let early = run(&library, &["fetch"]);
    assert!(text(&early).contains("1 feed not due yet; 'lesart feeds' shows when"), "{early:?}");

    let listed = text(&run(&library, &["feeds"]));
    assert!(
        listed.split_whitespace().collect::<Vec<_>>().join(" ").contains("UTC · again from 20"),
        "{listed}"
    );
    let export = text(&run(&library, &["feeds", "export"]));
    assert!(export.contains("xmlUrl=\"http://127.0.0.1"), "{export}");
    let removed = run(&library, &["feeds", "remove", "1"]);
    assert_eq!(text(&removed), "Das Blatt: unsubscribed; the articles stay\n");
    assert_eq!(json(&library, &["list"])["articles"].as_array().unwrap().len(), 2);
    assert_eq!(run(&library, &["feeds"]).status.code(), Some(1));
    assert_eq!(run(&library, &["feeds", "remove", "1"]).status.code(), Some(2));
}

#[test]
fn what_is_no_feed_is_not_subscribed_to_and_leaves_no_library() {
    let server = Server::of(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\n<p>Nein.\n");
    let home = tempfile::tempdir().unwrap();
    let library = home.path().join("library");
    let failed = run(&library, &["feeds", "add", &server.url("/")]);
    assert_eq!(failed.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&failed.stderr).contains("there is no feed"), "{failed:?}");
    let failed = run(&library, &["feeds", "add", "file:///etc/passwd"]);
    assert!(String::from_utf8_lossy(&failed.stderr).contains("not a web address"), "{failed:?}");
    let failed = run(&library, &["feeds", "add", "www.größe.example"]);
    assert!(String::from_utf8_lossy(&failed.stderr).contains("xn--"), "{failed:?}");
    assert!(!library.exists());
}

#[test]
fn a_list_moves_in_and_a_fetch_takes_what_is_new_of_each_feed() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let server = Server::start(move |path, head, stream| {
        let answer = match path {
            "/a" if head.contains("\"v2\"") => {
                "HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n".to_owned()
            }
            "/a" => {
                let items = if count.fetch_add(1, Ordering::SeqCst) == 0 {
                    item(1, "Der Rat tagt.")
                } else {
                    item(2, "Die Stadt baut.") + &item(1, "Der Rat tagt.")
                };
                let text = rss(&items);
                format!(
                    "HTTP/1.1 200 OK\r\nETag: \"v{}\"\r\nContent-Length: {}\r\n\r\n{text}",
                    count.load(Ordering::SeqCst),
                    text.len()
                )
            }
            "/gone" => "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n".to_owned(),
            _ => "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnope".to_owned(),
        };
        let _ = stream.write_all(answer.as_bytes());
    });
    let home = tempfile::tempdir().unwrap();
    let library = home.path().join("library");
    let list = home.path().join("list.opml");
    let opml = format!(
        "<opml><body><outline text=\"Politik\"><outline text=\"A & B\" xmlUrl=\"{0}/a\"/></outline>\
         <outline text=\"Weg\" xmlUrl=\"{0}/gone\"/><outline text=\"Kein\" xmlUrl=\"{0}/none\"/></body></opml>",
        server.address
    );
    std::fs::write(&list, opml).unwrap();
    let list = list.to_string_lossy().into_owned();
    assert!(
        text(&run(&library, &["feeds", "import", &list, "--dry-run"]))
            .contains("3 feeds new, 0 already there")
    );
    assert!(!library.join("library.db").exists(), "a rehearsal writes nothing");
    assert!(text(&run(&library, &["feeds", "import", &list])).contains("3 feeds new"));
    assert!(text(&run(&library, &["feeds", "import", &list])).contains("0 feeds new, 3 already there"));

    let first = json(&library, &["fetch"]);
    assert_eq!((&first["fetched"], &first["added"]), (&3.into(), &1.into()), "{first}");
    let mut failed: Vec<&str> =
        first["failed"].as_array().unwrap().iter().filter_map(|f| f["error"].as_str()).collect();
    failed.sort_unstable();
    assert_eq!(failed, ["gone", "no-feed"]);
    assert_eq!(json(&library, &["list", "tag:politik"])["articles"].as_array().unwrap().len(), 1);

    assert_eq!(json(&library, &["fetch"])["early"], 3);
    let second = json(&library, &["fetch", "A & B"]);
    assert_eq!((&second["added"], &second["unchanged"]), (&1.into(), &0.into()), "{second}");
    assert_eq!(json(&library, &["fetch", "1"])["unchanged"], 1);
    let feeds = json(&library, &["feeds"]);
    let a = feeds["feeds"].as_array().unwrap().iter().find(|f| f["title"] == "A & B").unwrap();
    assert_eq!((&a["articles"], &a["unread"], &a["error"]), (&2.into(), &2.into(), &Value::Null));
    assert_eq!(run(&library, &["fetch", "nobody"]).status.code(), Some(2));
}

#[test]
fn the_whole_text_of_an_article_comes_from_its_page() {
    let home = tempfile::tempdir().unwrap();
    let library = Library::open(&home.path().join("l")).unwrap();
    let feed = subscribed(&library, "https://blatt.example/feed");
    let short = rss(&item(1, "Der Rat hat beraten […]"));
    take(&library, &feed, &good(&short), 0);
    let id = library.ids(&View::default()).unwrap()[0];
    let page = "<html><head><title>Nachricht 1</title></head><body><article><h1>Nachricht 1</h1><p>Der Rat hat beraten, und zwar \
        am Freitag bis tief in die Nacht, weil die neue Brücke viel mehr kostet als gedacht.</p><p>Gebaut wird trotzdem \
        ab Mai, sagte die Bürgermeisterin nach der Sitzung im alten Rathaus der Stadt am Fluss.</p></article></body></html>";
    let page =
        Fetched { url: "https://blatt.example/1".to_owned(), bytes: Some(page.into()), ..Fetched::default() };
    let whole = library.take_whole(id, &page).unwrap().expect("it is longer");
    assert!(library.article(whole).unwrap().draft.text.contains("ab Mai"));
    assert_eq!(library.ids(&View::default()).unwrap(), [whole]);
    assert_eq!(library.take_whole(whole, &page).unwrap(), None, "it has that already");
    // What the feed gives of it later is no newer version, whether it changed or not.
    for words in ["Der Rat hat beraten […]", "Der Rat hat lange beraten […]"] {
        let taken = take(&library, &feed, &good(&rss(&item(1, words))), 10_000);
        assert_eq!(taken.added, 0, "{words}");
    }
    assert_eq!(library.ids(&View::default()).unwrap(), [whole]);
    drop(library);
    // Elsewhere the part is its older version too, little as they share.
    let file = home.path().join("all.jsonl").to_string_lossy().into_owned();
    let second = home.path().join("b");
    assert!(run(&home.path().join("l"), &["export", "--to", &file]).status.success());
    assert!(run(&second, &["import", &file]).status.success());
    let library = Library::open(&second).unwrap();
    let ids = library.ids(&View::default()).unwrap();
    assert_eq!(ids.len(), 1);
    assert!(library.article(ids[0]).unwrap().draft.text.contains("ab Mai"));
}

/// The text of the page of an article.
fn page_text(number: u32, paragraphs: usize) -> String {
    String::from_utf8(page(number, paragraphs).bytes.unwrap()).unwrap()
}

#[test]
fn a_page_that_cannot_be_had_does_not_cost_the_others() {
    let server = Server::start(|path, _, stream| {
        let answer = match path {
            "/feed" => {
                let items = item(1, "Teil 1 […]") + &item(2, "Teil 2 […]");
                body(&rss(&items).replace("https://blatt.example/", "http://blatt.example/"))
            }
            "/1" => "HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned(),
            _ => body(&page_text(2, 3)),
        };
        let _ = stream.write_all(answer.as_bytes());
    });
    let home = tempfile::tempdir().unwrap();
    let library = home.path().join("library");
    let run = |arguments: &[&str]| {
        command(&library, arguments).env("HTTP_PROXY", &server.address).output().expect("the program runs")
    };
    assert!(run(&["feeds", "add", "http://blatt.example/feed"]).status.success());
    let id = |words| json(&library, &["list", words])["articles"][0]["id"].to_string();
    let output = run(&["fetch", "--whole", "77", &id("\"Nachricht 1\""), &id("\"Nachricht 2\"")]);
    assert!(output.status.success(), "{output:?}");
    assert!(text(&output).contains("Nachricht 2: "), "{output:?}");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.contains("article 77: not in the library") && said.contains("Nachricht 1: the server says"),
        "{said}"
    );
    let found = json(&library, &["list", "Brücke"]);
    assert_eq!(found["articles"].as_array().unwrap().len(), 1, "what came is found at once");
    assert_eq!(run(&["fetch", "--whole", "77"]).status.code(), Some(2));
}

#[test]
fn titles_move_no_cursor_and_marks_follow_the_terminal() {
    let title = "Das \u{1b}[31mBlatt\u{202e}";
    let server = Server::start(move |_, _, stream| {
        let text = rss(&item(1, "Der Rat tagt.")).replace("Das Blatt", "Das &#27;[31mBlatt&#x202e;");
        let _ = stream.write_all(body(&text).as_bytes());
    });
    let home = tempfile::tempdir().unwrap();
    let library = home.path().join("library");
    let named = NewFeed { url: server.url("/"), title: Some(title.to_owned()), ..NewFeed::default() };
    Library::open(&library).unwrap().add_feeds(&[named]).unwrap();
    for arguments in [vec!["feeds", "add", &server.url("/")], vec!["feeds", "remove", "1"]] {
        let text = text(&run(&library, &arguments));
        assert!(text.contains("Blatt"), "{text:?}");
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
    }
    assert!(run(&library, &["feeds", "add", &server.url("/")]).status.success());
    let ascii = text(&run(&library, &["fetch", "2", "--ascii"]));
    assert_eq!(ascii, "0 new articles - from 1 feed\n");
}

#[test]
fn a_proxy_is_not_asked_for_this_machine() {
    let server = Server::start(|_, _, stream| {
        let _ = stream.write_all(body(&rss(&item(1, "Der Rat tagt."))).as_bytes());
    });
    let home = tempfile::tempdir().unwrap();
    let library = home.path().join("library");
    let mut add = command(&library, &["feeds", "add", &server.url("/")]);
    // Nobody listens there.
    add.env("HTTP_PROXY", "http://127.0.0.1:1").env("ALL_PROXY", "http://127.0.0.1:1");
    assert!(add.output().unwrap().status.success());
}

/// A page of the article of that number, with so many paragraphs.
fn page(number: u32, paragraphs: usize) -> Fetched {
    let paragraph = |n| {
        format!(
            "<p>Der Rat hat zum {n}. Mal beraten, und zwar am Freitag bis tief in die Nacht, weil die neue Brücke viel \
             mehr kostet als gedacht.</p>"
        )
    };
    let text: String = (1..=paragraphs).map(paragraph).collect();
    let title = format!("Nachricht {number}");
    let page = format!(
        "<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{text}</article></body></html>"
    );
    let url = format!("https://blatt.example/{number}");
    Fetched { url, bytes: Some(page.into()), ..Fetched::default() }
}

#[test]
fn a_whole_text_that_is_asked_for_twice_is_stored_once() {
    let home = tempfile::tempdir().unwrap();
    let library = Library::open(home.path()).unwrap();
    let feed = subscribed(&library, "https://blatt.example/feed");
    take(&library, &feed, &good(&rss(&item(1, "Der Rat hat beraten […]"))), 0);
    let id = library.ids(&View::default()).unwrap()[0];
    let whole = library.take_whole(id, &page(1, 3)).unwrap().expect("it is longer");
    assert_eq!(library.take_whole(id, &page(1, 3)).unwrap(), None, "it has that already");
    assert_eq!(library.ids(&View::default()).unwrap(), [whole]);
    let longer = library.take_whole(id, &page(1, 5)).unwrap().expect("it is longer still");
    assert_eq!(library.ids(&View::default()).unwrap(), [longer]);
    assert_eq!(library.feeds().unwrap()[0].articles, 1);
}

#[test]
fn a_whole_text_taken_before_there_is_a_file_is_kept() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("library");
    let library = Library::start(Some(folder.clone())).unwrap();
    let id = library.ids(&View::default()).unwrap()[0];
    assert_eq!(library.take_whole(id, &page(1, 1)).unwrap(), None);
    assert!(!folder.exists(), "where nothing is taken nothing is written");
    let whole = library.take_whole(id, &page(1, 200)).unwrap().expect("it is longer");
    drop(library);
    let kept = Library::open(&folder).unwrap().article(whole).unwrap();
    assert!(kept.draft.text.contains("zum 200. Mal"));
}

#[test]
fn a_part_never_takes_the_place_of_the_whole_and_stands_in_its_feed() {
    let home = tempfile::tempdir().unwrap();
    let library = Library::open(home.path()).unwrap();
    let part = "Der Rat hat zum 1. Mal beraten, und zwar am Freitag bis tief in die Nacht, weil die neue Brücke mehr kostet.";
    let first = subscribed(&library, "https://blatt.example/a");
    take(&library, &first, &good(&rss(&item(1, part))), 0);
    let id = library.ids(&View::default()).unwrap()[0];
    let whole = library.take_whole(id, &page(1, 1)).unwrap().expect("it is longer, if little");
    let second = subscribed(&library, "https://blatt.example/b");
    for (feed, words) in
        [(&first, format!("Neu: {part}")), (&second, part.to_owned()), (&second, "Kurz.".to_owned())]
    {
        assert_eq!(take(&library, feed, &good(&rss(&item(1, &words))), 0).added, 0, "{words}");
    }
    assert_eq!(library.ids(&View::default()).unwrap(), [whole]);
    let counts: Vec<u32> = library.feeds().unwrap().iter().map(|feed| feed.articles).collect();
    assert_eq!(counts, [1, 1], "it is in both");
}

#[test]
fn a_feed_that_is_unsubscribed_meanwhile_gives_nothing_and_ends_no_round() {
    let home = tempfile::tempdir().unwrap();
    let library = Library::open(home.path()).unwrap();
    let feed = subscribed(&library, "https://blatt.example/feed");
    library.remove_feed(feed.id).unwrap();
    let taken = library.take_feed(&feed, &good(&rss(&item(1, "Der Rat tagt."))), at(0));
    assert_eq!(taken.unwrap(), Taken::default());
    assert!(library.ids(&View::default()).unwrap().is_empty());
}

fn subscribed(library: &Library, url: &str) -> Feed {
    library.add_feeds(&[NewFeed { url: url.to_owned(), ..NewFeed::default() }]).unwrap();
    library.feeds().unwrap().into_iter().find(|feed| feed.url == url).unwrap()
}

fn good(text: &str) -> Result<Fetched, Missed> {
    Ok(Fetched {
        url: "https://blatt.example/feed".to_owned(),
        bytes: Some(text.into()),
        validators: Validators { etag: Some("\"1\"".to_owned()), modified: None },
        ..Fetched::default()
    })
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + seconds).unwrap()
}

fn take(library: &Library, feed: &Feed, answer: &Result<Fetched, Missed>, seconds: i64) -> Taken {
    library.take_feed(feed, answer, at(seconds)).unwrap()
}

fn again(library: &Library) -> Feed {
    library.feeds().unwrap().remove(0)
}

#[test]
fn a_feed_that_fails_keeps_its_last_good_state_and_is_asked_less_often() {
    let home = tempfile::tempdir().unwrap();
    let library = Library::open(home.path()).unwrap();
    let feed = subscribed(&library, "https://blatt.example/feed");
    take(&library, &feed, &good(&rss(&item(1, "Der Rat tagt."))), 0);
    let mut pauses = Vec::new();
    for _ in 0..8 {
        let broken = Err(Missed { trouble: Trouble::Status(500), retry_s: None });
        let taken = take(&library, &again(&library), &broken, 0);
        assert_eq!(taken.trouble, Some(Trouble::Status(500)));
        pauses.push(again(&library).next.unwrap().duration_since(at(0)).as_mins());
    }
    assert_eq!(pauses, [30, 60, 120, 240, 480, 960, 1440, 1440]);
    let failing = again(&library);
    assert_eq!((failing.articles, failing.validators.etag.as_deref()), (1, Some("\"1\"")));
    assert_eq!(
        (failing.fetched, failing.trouble, failing.failures),
        (Some(at(0)), Some(Trouble::Status(500)), 8)
    );
    take(&library, &failing, &good(&rss(&item(1, "Der Rat tagt."))), 60);
    let well = again(&library);
    assert_eq!((well.trouble, well.failures, well.fetched), (None, 0, Some(at(60))));
}

#[test]
fn pauses_follow_the_feed_and_the_server_within_bounds() {
    let home = tempfile::tempdir().unwrap();
    let library = Library::open(home.path()).unwrap();
    let feed = subscribed(&library, "https://blatt.example/feed");
    let pause = |answer: Result<Fetched, Missed>| {
        take(&library, &feed, &answer, 0);
        again(&library).next.unwrap().duration_since(at(0))
    };
    let hours = |n: i64| SignedDuration::from_hours(n);
    assert_eq!(pause(good(&rss(""))), SignedDuration::from_mins(30));
    assert_eq!(pause(good(&rss("<ttl>120</ttl>"))), hours(2));
    assert_eq!(pause(good(&rss("<ttl>99999999</ttl>"))), hours(24));
    assert_eq!(pause(good(&rss("<ttl>1</ttl>"))), SignedDuration::from_mins(30));
    let fresh = good(&rss("")).map(|found| Fetched { fresh_s: Some(7200), ..found });
    assert_eq!(pause(fresh), hours(2));
    assert_eq!(pause(Err(Missed { trouble: Trouble::Wait(429), retry_s: Some(36_000) })), hours(10));
    let waiting = again(&library);
    assert!(!waiting.is_due(at(35_999), true) && waiting.is_due(at(36_000), true));
    take(&library, &waiting, &Err(Missed { trouble: Trouble::Wait(503), retry_s: None }), 0);
    assert_eq!(again(&library).wait, Some(at(3600)));
}

#[test]
fn subscriptions_go_along_with_an_export() {
    let home = tempfile::tempdir().unwrap();
    let (first, second) = (home.path().join("a"), home.path().join("b"));
    let library = Library::open(&first).unwrap();
    let named = NewFeed {
        url: "https://blatt.example/feed".to_owned(),
        title: Some("Mein Blatt".to_owned()),
        tags: vec!["Politik".to_owned()],
        ..NewFeed::default()
    };
    library.add_feeds(&[named]).unwrap();
    take(&library, &again(&library), &good(&rss(&item(1, "Der Rat tagt."))), 0);
    drop(library);
    let file = home.path().join("all.jsonl").to_string_lossy().into_owned();
    assert!(run(&first, &["export", "--to", &file]).status.success());
    assert!(run(&second, &["import", &file]).status.success());
    let feed = again(&Library::open(&second).unwrap());
    assert_eq!((feed.url.as_str(), feed.title.as_str()), ("https://blatt.example/feed", "Mein Blatt"));
    assert_eq!(feed.tags, ["Politik"]);
}

#[test]
fn a_changed_text_keeps_its_star_and_its_feeds() {
    const WAS: &str =
        "Der Rat hat am Montag in Bern über den Haushalt des Landes beraten, wie er am Abend mitteilte.";
    let home = tempfile::tempdir().unwrap();
    let library = Library::open(home.path()).unwrap();
    let tagged =
        |url: &str| NewFeed { url: url.to_owned(), tags: vec!["Rat".to_owned()], ..NewFeed::default() };
    library.add_feeds(&[tagged("https://blatt.example/feed"), tagged("https://blatt.example/rat")]).unwrap();
    let feeds = library.feeds().unwrap();
    take(&library, &feeds[0], &good(&rss(&item(1, WAS))), 0);
    let old = library.ids(&View::default()).unwrap()[0];
    let starred = StateChange { starred: Some(true), ..StateChange::default() };
    library.apply(&[Change::State(old, starred)], true).unwrap();
    // The other feed brings a newer text of the same article.
    take(&library, &feeds[1], &good(&rss(&item(1, &format!("{WAS} Beschlossen ist nichts.")))), 60);
    let ids = library.ids(&View::default()).unwrap();
    assert_eq!(ids.len(), 1);
    assert!(ids[0] != old && library.article(ids[0]).unwrap().state.starred);
    let counts: Vec<u32> = library.feeds().unwrap().iter().map(|feed| feed.articles).collect();
    assert_eq!(counts, [1, 1]);
}

#[test]
fn moved_feeds_are_asked_for_at_their_new_address() {
    let home = tempfile::tempdir().unwrap();
    let library = Library::open(home.path()).unwrap();
    let feed = subscribed(&library, "https://blatt.example/old");
    let moved = |to: &str| good(&rss("")).map(|found| Fetched { moved: Some(to.to_owned()), ..found });
    take(&library, &feed, &moved("https://blatt.example/new"), 0);
    assert_eq!(again(&library).url, "https://blatt.example/new");
    let other = subscribed(&library, "https://blatt.example/other");
    take(&library, &other, &moved("https://blatt.example/new"), 0);
    assert_eq!(library.feeds().unwrap().len(), 2, "two subscriptions do not become one");
}

#[test]
fn the_same_article_in_two_feeds_is_one_and_stands_in_both() {
    let home = tempfile::tempdir().unwrap();
    let library = Library::open(home.path()).unwrap();
    let first = subscribed(&library, "https://blatt.example/a");
    let second = subscribed(&library, "https://blatt.example/b");
    let text = rss(&(item(1, "Der Rat tagt.") + &item(2, "Die Stadt baut.")));
    assert_eq!(take(&library, &first, &good(&text), 0).added, 2);
    assert_eq!(take(&library, &second, &good(&text), 0).added, 0);
    assert_eq!(take(&library, &first, &good(&text), 0).added, 0);
    for feed in [&first, &second] {
        let filter = Filter::Feed { id: feed.id, title: feed.title.clone() };
        assert_eq!(library.ids(&View { filter, ..View::default() }).unwrap().len(), 2);
    }
    let changed = rss(&item(1, "Der Rat tagt am Abend."));
    let taken = take(&library, &first, &good(&changed), 0);
    assert_eq!((taken.added, taken.updated), (1, 1), "another text is a new version");
    assert_eq!(library.count().unwrap(), 2);
    let counts: Vec<u32> = library.feeds().unwrap().iter().map(|feed| feed.articles).collect();
    assert_eq!(counts, [2, 2], "its newer version vanishes from neither");
}
