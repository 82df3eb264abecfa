//! A small server plays the web: what the fetcher asks, and what it makes of good and hostile answers.

#[allow(dead_code, reason = "each test binary uses a part of it")]
mod web;

use std::io::Write;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use lesart::fetch::{Fetcher, Limits, round};
use lesart::model::{Feed, FeedId, Fetched, Missed, Trouble, Validators};

use web::{Server, body};

/// Bounds that a test need not wait for.
fn limits() -> Limits {
    Limits {
        connect: Duration::from_secs(5),
        whole: Duration::from_secs(10),
        bytes: 100_000,
        ..Limits::default()
    }
}

fn get(server: &Server, path: &str) -> Result<Fetched, Missed> {
    Fetcher::new(limits()).get(&server.url(path), &Validators::default())
}

fn trouble(server: &Server, path: &str) -> Trouble {
    get(server, path).expect_err("no document").trouble
}

#[test]
fn a_document_comes_with_what_its_server_says_of_it() {
    let server = Server::of(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=ISO-8859-1\r\nETag: W/\"a-1\"\r\n\
          Last-Modified: Fri, 18 Sep 2015 10:00:00 GMT\r\nCache-Control: max-age=600\r\nContent-Length: 5\r\n\r\n<rss>",
    );
    let found = get(&server, "/feed#part").unwrap();
    assert_eq!(found.bytes.as_deref(), Some(&b"<rss>"[..]));
    assert_eq!((found.charset.as_deref(), found.fresh_s, found.moved), (Some("iso-8859-1"), Some(600), None));
    assert_eq!(found.validators.etag.as_deref(), Some("W/\"a-1\""));
    assert_eq!(found.validators.modified.as_deref(), Some("Fri, 18 Sep 2015 10:00:00 GMT"));
    let asked = server.asked().remove(0).to_lowercase();
    assert!(asked.starts_with("get /feed http/1.1"), "{asked}");
    assert!(asked.contains("user-agent: lesart/") && asked.contains("accept-encoding: gzip, br"), "{asked}");
    assert!(
        !asked.contains("cookie") && !asked.contains("referer") && !asked.contains("if-none-match"),
        "{asked}"
    );
}

#[test]
fn the_marks_of_the_last_state_go_along_letter_by_letter() {
    let server = Server::start(|_, head, stream| {
        let known = head.contains("\"x y\"") && head.contains("Thu, 1 Jan 1970 00:00:00 +0000");
        let answer = if known { "HTTP/1.1 304 Not Modified\r\n\r\n".to_owned() } else { body("new") };
        let _ = stream.write_all(answer.as_bytes());
    });
    let marks = Validators {
        etag: Some("\"x y\"".to_owned()),
        modified: Some("Thu, 1 Jan 1970 00:00:00 +0000".to_owned()),
    };
    let same = Fetcher::new(limits()).get(&server.url("/"), &marks).unwrap();
    assert_eq!(same.bytes, None);
    assert!(get(&server, "/").unwrap().bytes.is_some());
}

#[test]
fn refusals_and_waits_are_told_apart() {
    let server = Server::start(|path, _, stream| {
        let head = match path {
            "/gone" => "410 Gone",
            "/many" => "429 Too Many Requests\r\nRetry-After: 3600",
            "/busy" => {
                "503 Busy\r\nDate: Wed, 21 Oct 2015 07:00:00 GMT\r\nRetry-After: Wed, 21 Oct 2015 07:02:00 GMT"
            }
            _ => "404 Not Found",
        };
        let _ = stream.write_all(format!("HTTP/1.1 {head}\r\nContent-Length: 0\r\n\r\n").as_bytes());
    });
    assert_eq!(get(&server, "/gone"), Err(Missed { trouble: Trouble::Gone, retry_s: None }));
    assert_eq!(get(&server, "/many"), Err(Missed { trouble: Trouble::Wait(429), retry_s: Some(3600) }));
    assert_eq!(get(&server, "/busy"), Err(Missed { trouble: Trouble::Wait(503), retry_s: Some(120) }));
    assert_eq!(trouble(&server, "/else"), Trouble::Status(404));
}

#[test]
fn no_answer_may_drip_for_ever() {
    let server = Server::start(|_, _, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
        while stream.write_all(b"x").and_then(|()| stream.flush()).is_ok() {
            thread::sleep(Duration::from_millis(20));
        }
    });
    let hasty = Fetcher::new(Limits { whole: Duration::from_millis(400), ..limits() });
    let start = Instant::now();
    let missed = hasty.get(&server.url("/"), &Validators::default()).expect_err("too slow");
    assert_eq!(missed.trouble, Trouble::Slow);
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn what_breaks_off_is_no_document() {
    let short = Server::of(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\nConnection: close\r\n\r\n<rss>");
    assert_eq!(trouble(&short, "/"), Trouble::Broken);
    let long = Server::of(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\n<rss>and more");
    assert_eq!(get(&long, "/").unwrap().bytes.as_deref(), Some(&b"<rss>"[..]));
    let mute = Server::of(b"");
    assert_eq!(trouble(&mute, "/"), Trouble::Broken);
    let noise = Server::of(b"\x00\x01nonsense\r\n\r\n");
    assert_eq!(trouble(&noise, "/"), Trouble::Broken);
    let packed = Server::of(
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\nConnection: close\r\n\r\nno gzip!",
    );
    assert_eq!(trouble(&packed, "/"), Trouble::Broken);
}

/// A gzip stream of 65 kB that unpacks to 10 MB of the letter x; its checksum is wrong, but nobody gets there.
fn bomb() -> Vec<u8> {
    // A stored block of 65,535 bytes costs as much as it holds, so the server sends a fixed-Huffman block:
    // one literal and then matches of 258 bytes at distance 1, 13 bits each.
    let mut bits: Vec<bool> = Vec::new();
    let mut push = |value: u32, count: u32, high_first: bool| {
        for n in 0..count {
            let at = if high_first { count - 1 - n } else { n };
            bits.push(value >> at & 1 == 1);
        }
    };
    push(1, 1, false);
    push(1, 2, false);
    push(0x30 + u32::from(b'x'), 8, true);
    for _ in 0..40_000 {
        push(0b1100_0101, 8, true);
        push(0, 5, true);
    }
    push(0, 7, true);
    let mut bytes = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    for chunk in bits.chunks(8) {
        bytes.push(chunk.iter().enumerate().fold(0, |byte, (n, bit)| byte | u8::from(*bit) << n));
    }
    bytes.extend([0; 8]);
    bytes
}

#[test]
fn what_unpacks_beyond_the_limit_is_let_go() {
    let server = Server::start(|_, _, stream| {
        let bytes = bomb();
        let head =
            format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n", bytes.len());
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&bytes));
    });
    assert!(bomb().len() < limits().bytes, "packed it is small");
    assert_eq!(trouble(&server, "/"), Trouble::TooLarge);
}

#[test]
fn an_endless_document_is_too_large() {
    let server = Server::start(|_, _, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<rss><channel>");
        let item = b"<item><title>x</title></item>".repeat(100);
        while stream.write_all(&item).is_ok() {}
    });
    assert_eq!(trouble(&server, "/"), Trouble::TooLarge);
}

#[test]
fn redirects_stay_on_the_web_and_end() {
    let server = Server::start(|path, _, stream| {
        let head = match path {
            "/file" => "301 Moved\r\nLocation: file:///etc/passwd".to_owned(),
            "/script" => "302 Found\r\nLocation: javascript:alert(1)".to_owned(),
            "/circle" => "302 Found\r\nLocation: /circle#2".to_owned(),
            "/new" => "200 OK".to_owned(),
            "/moved" => "301 Moved\r\nLocation: new".to_owned(),
            "/later" => "308 Moved\r\nLocation: /here".to_owned(),
            "/here" => "307 For now\r\nLocation: /moved".to_owned(),
            "/lost" => "301 Moved".to_owned(),
            other => format!("302 Found\r\nLocation: {other}1"),
        };
        let _ = stream.write_all(
            format!("HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").as_bytes(),
        );
    });
    assert_eq!(trouble(&server, "/file"), Trouble::LedAway);
    assert_eq!(trouble(&server, "/script"), Trouble::LedAway);
    assert_eq!(trouble(&server, "/circle"), Trouble::Circle);
    assert_eq!(trouble(&server, "/endless"), Trouble::Circle);
    assert_eq!(trouble(&server, "/lost"), Trouble::Status(301));
    let moved = get(&server, "/moved").unwrap();
    assert_eq!((moved.url, moved.moved), (server.url("/new"), Some(server.url("/new"))));
    let later = get(&server, "/later").unwrap();
    assert_eq!((later.url, later.moved), (server.url("/new"), Some(server.url("/here"))));
    assert!(server.asked().iter().filter(|head| head.starts_with("GET /endless")).count() <= 6);
}

#[test]
fn other_addresses_are_not_asked() {
    for url in [
        "file:///etc/passwd",
        "ftp://blatt.example/",
        "javascript:x",
        "",
        "blatt.example",
        "http://a@b.example/",
    ] {
        let missed = Fetcher::new(limits()).get(url, &Validators::default()).expect_err(url);
        assert_eq!(missed.trouble, Trouble::Address, "{url}");
    }
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let missed =
        Fetcher::new(limits()).get(&format!("http://{free}/"), &Validators::default()).expect_err("nobody");
    assert_eq!(missed.trouble, Trouble::NoConnection);
}

fn feed(id: u32, url: String) -> Feed {
    Feed { id: FeedId(id), url, ..Feed::default() }
}

#[test]
fn a_host_is_asked_one_by_one_and_left_alone_when_it_asks_for_it() {
    let busy = Arc::new(Mutex::new((0_usize, 0_usize)));
    let count = Arc::clone(&busy);
    let good = Server::start(move |_, _, stream| {
        {
            let mut now = count.lock().unwrap();
            now.0 += 1;
            now.1 = now.1.max(now.0);
        }
        thread::sleep(Duration::from_millis(30));
        // Before the answer: the next request may come with its last byte.
        count.lock().unwrap().0 -= 1;
        let _ = stream.write_all(body("x").as_bytes());
    });
    let stern =
        Server::of(b"HTTP/1.1 429 Slow\r\nRetry-After: 60\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    let mut feeds: Vec<Feed> = (0..4).map(|n| feed(n, good.url(&format!("/{n}")))).collect();
    feeds.extend((10..14).map(|n| feed(n, stern.url(&format!("/{n}")))));
    let mut seen = Vec::new();
    round(&Fetcher::new(limits()), feeds, &|| true, &mut |feed, answer| {
        seen.push((feed.id.0, answer.is_ok()));
        true
    });
    seen.sort_unstable();
    let expected: Vec<(u32, bool)> = (0..4).map(|n| (n, true)).chain((10..14).map(|n| (n, false))).collect();
    assert_eq!(seen, expected);
    assert_eq!(busy.lock().unwrap().1, 1, "one connection at a time");
    assert_eq!(stern.asked().len(), 1);
}

#[test]
fn a_stopped_round_ends_at_once() {
    let slow = Server::start(|_, _, stream| {
        thread::sleep(Duration::from_secs(5));
        let _ = stream.write_all(body("x").as_bytes());
    });
    let start = Instant::now();
    let asked = || slow.asked().is_empty();
    round(&Fetcher::new(limits()), vec![feed(1, slow.url("/"))], &asked, &mut |_, _| true);
    assert!(start.elapsed() < Duration::from_secs(4));
}
