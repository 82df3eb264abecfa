//! Damaged and hostile inputs: an article or a clear message, never a panic, never a long wait.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use lesart::ingest::{self, Error};
use lesart::library::Library;
use lesart::model::{Draft, ImportReport, Language};
use proptest::prelude::*;

fn file(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken").join(name)).expect(name)
}

/// What every draft must hold, whatever it was read from.
fn check(draft: &Draft) {
    let mut end = 0;
    for (index, paragraph) in draft.paragraphs.iter().enumerate() {
        let gap = if index == 0 { "" } else { "\n\n" };
        assert_eq!(draft.text.get(end..paragraph.span.start()), Some(gap), "only a blank line is between");
        let words = paragraph.span.of(&draft.text);
        assert!(!words.trim().is_empty() && !words.contains('\n') && words.trim() == words, "{words:?}");
        end = paragraph.span.end();
    }
    assert_eq!(end, draft.text.len(), "paragraphs cover the text");
    assert!(!draft.title.text.is_empty() && !draft.title.text.contains('\n'));
    let shown = [&draft.text, &draft.title.text];
    assert!(shown.iter().all(|t| t.chars().all(|c| c == '\n' || !c.is_control())));
    let parts = [draft.kicker.as_deref(), draft.lead.as_deref()];
    assert!(parts.into_iter().flatten().all(|p| draft.text.contains(p)));
    assert!(draft.url.as_deref().is_none_or(|u| u.to_ascii_lowercase().starts_with("http")));
}

fn read(bytes: &[u8]) -> Result<Vec<Draft>, Error> {
    let drafts = ingest::read(bytes, "test")?;
    assert!(!drafts.is_empty());
    drafts.iter().for_each(check);
    Ok(drafts)
}

#[test]
fn what_can_be_read_becomes_the_same_article() {
    for name in [
        "latin-1.txt",
        "utf-16-le.txt",
        "utf-16-be-mark.txt",
        "byte-order-mark.txt",
        "terminal.txt",
        "direction.txt",
        "cut-in-a-letter.txt",
        "surrogates.txt",
        "page.html",
        "html-nested.html",
        "html-attributes.html",
        "html-entities.html",
        "html-cut.html",
        "html-charset.html",
        "html-utf-16-claim.html",
        "html-escapes.html",
        "html-links.html",
        "html-scripts.html",
        "html-data.html",
        "html-only-data.html",
        "fragment.html",
        "letter.rtf",
        "page.warc",
        "mail-cut.eml",
    ] {
        let drafts = read(&file(name)).expect(name);
        let [draft] = drafts.as_slice() else { panic!("{name}: one article") };
        assert_eq!(draft.title.text, "Größere Brücke", "{name}");
        assert!(draft.text.contains("\n\nDer Rat hat am Freitag über die neue Brücke beraten"), "{name}");
        assert!(draft.text.contains("Gebaut wird ab Mai."), "{name}");
        assert!(!draft.text.contains("owned") && !draft.text.contains("AAAA"), "{name}");
        assert_eq!(draft.language, Language::German, "{name}");
    }
}

#[test]
fn what_is_no_article_is_refused_with_its_reason() {
    for (name, reason) in [
        ("empty.txt", "the file is empty"),
        ("blank.txt", "the file is empty"),
        ("nul.txt", "not a text file (byte 9 is none that text has)"),
        ("picture.png", "this is a picture (PNG)"),
        ("only-furniture.txt", "no article text found"),
        ("html-overview.html", "this is a page of links to articles, not an article"),
        (
            "html-subscribers.html",
            "this is the beginning of an article for subscribers; its text is not in the file",
        ),
        ("html-empty.html", "no article text found"),
        ("no-letters.txt", "no article text found"),
        ("deep.rtf", "no article text found"),
        ("feed-ebcdic.xml", "this is a document in EBCDIC letters; save it as UTF-8 first"),
        ("bookmarks.html", "2 entries hold an address without its text; save the pages and import those"),
    ] {
        assert_eq!(read(&file(name)).expect_err(name).to_string(), reason, "{name}");
    }
    assert!(matches!(read(&file("archive.zip")), Err(Error::Damaged { .. } | Error::Unsupported { .. })));
    assert!(matches!(read(&file("noise.bin")), Err(Error::Binary { .. })));
    assert!(matches!(read(&file("cut-off.json")), Err(Error::Json { .. })));
    assert!(matches!(read(&file("deep.json")), Err(Error::Json { .. }) | Ok(_)));
}

#[test]
fn a_bad_line_of_a_dump_is_refused_by_itself() {
    let (drafts, refused) = ingest::read_all(&file("some-bad-lines.jsonl"), "test");
    drafts.iter().for_each(check);
    assert_eq!(drafts.iter().filter_map(|d| d.key.as_deref()).collect::<Vec<_>>(), ["a", "d"]);
    assert_eq!(refused.iter().map(|r| r.line).collect::<Vec<_>>(), [2, 3, 4]);
}

#[test]
fn a_saved_feed_is_its_articles() {
    let drafts = read(&file("feed.xml")).unwrap();
    assert_eq!(drafts.iter().map(|d| d.text.as_str()).collect::<Vec<_>>(), ["Größere Brücke"]);
}

#[test]
fn broken_and_hostile_feeds_give_their_articles() {
    for (name, url) in [
        ("feed-cut-off.xml", true),
        ("feed-entities.xml", true),
        ("feed-outside.xml", true),
        ("feed-terminal.xml", true),
        ("feed-charset-lie.xml", true),
        ("feed-utf-16.xml", true),
        ("feed-links.xml", false),
        ("feed-unclosed.xml", true),
        ("feed-deep.xml", true),
    ] {
        let feed = ingest::feed::read_feed(&file(name), &ingest::Hint::default()).expect(name);
        feed.articles.iter().for_each(check);
        let found = feed.articles.iter().find(|a| a.title.text == "Größere Brücke");
        let draft = found.unwrap_or_else(|| panic!("{name}: {:?}", feed.articles));
        assert!(
            draft.text.contains("Der Rat hat am Freitag über die neue Brücke beraten."),
            "{name}: {}",
            draft.text
        );
        assert!(
            !draft.text.contains("owned") && !draft.text.contains("aaaa") && !draft.text.contains("AAAA"),
            "{name}"
        );
        assert_eq!(draft.url.as_deref(), url.then_some("https://blatt.example/1"), "{name}");
    }
}

#[test]
fn a_text_of_marks_has_a_title() {
    let drafts = read(&file("marks-only.nexis.txt")).unwrap();
    assert_eq!(drafts[0].text, ". .");
}

#[test]
fn a_hostile_list_of_feeds_gives_its_addresses() {
    let feeds = ingest::opml::read(&file("opml-entities.opml")).unwrap();
    let urls: Vec<&str> = feeds.iter().map(|feed| feed.url.as_str()).collect();
    assert_eq!(urls, ["https://blatt.example/feed", "https://blatt.example/zwei"]);
    let titles = feeds.iter().filter_map(|feed| feed.title.as_ref());
    assert!(titles.clone().all(|t| t.len() < 40 && !t.chars().any(char::is_control)), "{titles:?}");
}

/// What an import would take of a file, and why it refuses the rest.
fn rehearsed(name: &str) -> ImportReport {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken").join(name);
    let library = Library::start(None).expect("it needs no disk");
    library.rehearse(&[path], &ingest::Given::default()).expect("a file of the tests is there")
}

#[test]
fn bombs_are_refused_before_they_fill_the_memory() {
    for name in ["bomb.gz", "bomb.zip"] {
        let report = rehearsed(name);
        assert_eq!((report.added.len(), report.refused.len()), (0, 1), "{name}: {report:?}");
    }
}

#[test]
fn names_in_archives_lead_nowhere_and_links_are_not_followed() {
    for (name, articles) in [("traversal.zip", 3), ("traversal.tar", 2)] {
        let report = rehearsed(name);
        assert_eq!((report.added.len(), report.refused.len()), (articles, 0), "{name}: {report:?}");
    }
    // Where the names in them lead.
    for folder in [std::env::temp_dir(), Path::new("/").join("etc"), Path::new("..").to_owned()] {
        let path = folder.join("lesart-outside.txt");
        assert!(!path.exists(), "{}", path.display());
    }
}

#[test]
fn an_endless_feed_is_cut_and_says_so() {
    let item = "<item><title>Rat</title><description>Der Rat tagt am Montag.</description></item>";
    let feed = format!("<rss><channel>{}", item.repeat(20_000));
    let (drafts, refused) = ingest::read_all(feed.as_bytes(), "test");
    assert!((1_000..10_000).contains(&drafts.len()), "{}", drafts.len());
    assert_eq!(refused.len(), 1);
}

#[test]
fn an_open_front_matter_is_text() {
    let drafts = read(&file("open-front-matter.txt")).unwrap();
    assert!(drafts[0].text.contains("Gebaut wird ab Mai."));
}

/// Generous, since tests run unoptimised on busy machines: linear work takes a tenth of it.
const PATIENCE: Duration = Duration::from_secs(10);

#[test]
fn size_alone_never_makes_it_wait() {
    let megabyte = 1 << 20;
    for (name, bytes) in [
        ("one long word", vec![b'x'; megabyte / 2]),
        ("one line", "Ein Satz. ".repeat(20_000).into_bytes()),
        ("too large", vec![b'x'; 50 * megabyte]),
        ("blank lines", "\n".repeat(megabyte / 4).into_bytes()),
        ("blank lines and a sentence", format!("{}Ein Satz.", "\n".repeat(megabyte / 4)).into_bytes()),
        ("short lines", "a\n".repeat(20_000).into_bytes()),
        ("buttons", "Teilen\n".repeat(10_000).into_bytes()),
        ("days", "17.09.2015\n".repeat(10_000).into_bytes()),
        ("credits", "Foto: dpa\n".repeat(10_000).into_bytes()),
        ("tails", "dpa/tan\n".repeat(10_000).into_bytes()),
        ("hashes", "# a\n".repeat(10_000).into_bytes()),
        ("open sequences", "\u{1b}]".repeat(20_000).into_bytes()),
        ("open wide sequences", "\u{9d}a".repeat(20_000).into_bytes()),
        ("marks", format!("a{}", "\u{316}".repeat(20_000)).into_bytes()),
        ("brackets", "(Link: http".repeat(10_000).into_bytes()),
        ("addresses", "https://a.example/".repeat(10_000).into_bytes()),
        ("small words", "und so weiter, aber nicht\n".repeat(10_000).into_bytes()),
        ("open list", "[{".repeat(20_000).into_bytes()),
        ("open angles", "<p".repeat(20_000).into_bytes()),
        ("open elements", "<div><p>a ".repeat(10_000).into_bytes()),
        ("headings", "<h1>a b c</h1>".repeat(20_000).into_bytes()),
        ("linked headings", format!("<div>{}", "<div><h2><a href=/>a b</a></h2>".repeat(5_000)).into_bytes()),
        ("authors", "<meta name=author content='A B'><a rel=author>A B".repeat(5_000).into_bytes()),
        (
            "a long description",
            format!(
                "<html><meta name=description content='{}'>{}",
                "Ein Satz. ".repeat(20_000),
                "<p>Ein Satz, der lang genug für einen Absatz ist.</p>".repeat(2_000)
            )
            .into_bytes(),
        ),
        (
            "structured data",
            format!(
                "<html>{}",
                "<script type=application/ld+json>{\"@type\":\"Article\",\"author\":[[[[\"a\"]]]]}</script>"
                    .repeat(3_000)
            )
            .into_bytes(),
        ),
        (
            "open objects",
            format!("<html><script type=application/ld+json>{}", "{\"a\":[".repeat(30_000)).into_bytes(),
        ),
        ("attributes", format!("<html><p {}>a", "class=a ".repeat(20_000)).into_bytes()),
        ("data in a page", format!("<html><img src=\"data:{}\">", "A".repeat(megabyte)).into_bytes()),
        ("rules", "---\n".repeat(10_000).into_bytes()),
        (
            "heads of comments",
            format!(
                "{}\n{}",
                "Ein Satz, der steht, und noch einer, der länger ist, als man denkt.",
                "3 Kommentare\n".repeat(10_000)
            )
            .into_bytes(),
        ),
        (
            "signatures",
            "Ein Satz, der hier steht und noch weiter geht, als man denkt.\nErika says:\n"
                .repeat(5_000)
                .into_bytes(),
        ),
        (
            "bylines",
            "Von Erika Muster\nErika Muster ist Autorin und schreibt über alles, was ihr einfällt.\n"
                .repeat(5_000)
                .into_bytes(),
        ),
        (
            "read more",
            "Ein Satz, der hier steht und noch weiter geht, als man denkt.\nmehr...\n"
                .repeat(5_000)
                .into_bytes(),
        ),
        ("groups", [b"{\\rtf1".as_slice(), &b"{\\b a}".repeat(50_000)].concat()),
        ("records", b"WARC/1.0\r\nContent-Length: 0\r\n\r\n".repeat(20_000)),
    ] {
        let start = Instant::now();
        let _ = read(&bytes);
        assert!(start.elapsed() < PATIENCE, "{name}: {:?}", start.elapsed());
    }
}

/// Lines as pasted texts have them, in any order.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("Zum Inhalt springen".to_owned()),
        Just("Teilen".to_owned()),
        Just("Politik".to_owned()),
        Just("Mehr zum Thema".to_owned()),
        Just("Größere Brücke geplant?".to_owned()),
        Just("welt.de, 17.09.2015".to_owned()),
        Just("Von Erika Muster".to_owned()),
        Just("https://www.welt.de/a".to_owned()),
        Just("Der Rat am Freitag".to_owned()),
        Just("Foto: dpa".to_owned()),
        Just("ab/cd (dpa, afp)".to_owned()),
        Just("---".to_owned()),
        Just("title: x".to_owned()),
        Just("## Was nun?".to_owned()),
        Just("Berlin (dpa) - Der Rat hat am Freitag über die neue Brücke beraten und entschieden.".to_owned()),
        Just("Der Rat hat über die (Link: http://a.example/1) . Brücke beraten, die seit Jahren gebaut werden \
              soll, weil die alte dem Verkehr nicht mehr genügt, sagte die Bürgermeisterin am Abend.".to_owned()),
        "[ -~äöüß\u{a0}\u{ad}„“]{0,80}",
        "\\PC{0,20}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
    }

    #[test]
    fn every_mix_of_lines_gives_a_sound_draft(
        lines in proptest::collection::vec(line(), 0..40), end in "\r?\n|\n\n"
    ) {
        let text = lines.join(&end);
        let _ = read(text.as_bytes());
    }

    #[test]
    fn every_object_gives_a_sound_draft(
        title in proptest::option::of(line()), body in proptest::collection::vec(line(), 0..8)
    ) {
        let object = serde_json::json!({"title": title, "body": body.join("\n"), "date": "2015-09-17"});
        let _ = read(format!("{object}\n{object}\n").as_bytes());
    }
}
