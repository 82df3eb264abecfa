//! Damaged exports, tables, mails, documents and archives: whatever is done to them, reading ends,
//! gives well-formed articles, and tells what it could not read.

#![allow(clippy::unwrap_used, reason = "a fixture that cannot be built is a failed test")]

use std::io::{Cursor, Write};

use lesart::ingest::{self, Hint};
use lesart::model::Draft;
use proptest::prelude::*;

const PROSE: &str = "Der Rat hat am Montag in Bern den Bau einer zweiten Brücke über den Fluss beschlossen, wie er mitteilte.";

fn packed(files: &[(&str, String)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// One small file of each kind, whole, with the number of its articles.
fn samples() -> Vec<(&'static str, Vec<u8>, usize)> {
    let nexis = format!(
        "                 1 of 2 DOCUMENTS\n\n               Der Morgenbote\n\n            11. Januar 2010 Montag\n\n\
        Rat beschließt Brücke\n\nAUTOR: Muster, Erika\n\nLÄNGE: 355 Wörter\n\n{PROSE}\n\nUPDATE: 12. Januar 2010\n\n\
        SPRACHE: GERMAN\n\n                 Copyright 2010 Bote\n\n                 2 of 2 DOCUMENTS\n\n\
                   The Post\n\n            January 12, 2010 Tuesday\n\nBridge\n\nLENGTH: 9 words\n\nIt was approved.\n"
    );
    let advance = format!(
        "Brücke\nDer Bote\n11. Januar 2010\nLength: 9 words\nBody\n{PROSE}\nLoad-Date: 12. Januar 2010\nEnd of Document\n"
    );
    let factiva = format!(
        "<html><body><div class=\"article deArticle\"><div id=\"hd\"><span class='deHeadline'>Brücke</span></div>\
        <div>664 Wörter</div><div>18 April 1998</div><div>Der Bote</div><p class=\"articleParagraph\">{PROSE}</p></div></body></html>"
    );
    let table = format!(
        "id;titel;volltext;datum\n1;Brücke;\"{PROSE}\n\nNoch ein \"\"Satz\"\".\";11.01.2010\n2;Zwei;Ein Satz.;12.01.2010\n"
    );
    let mail = format!(
        "From x@example.org Mon Jan 11 06:00:00 2010\nFrom: \"Bote\" <x@example.org>\nSubject: =?utf-8?q?Br=C3=BCcke?=\n\
        Date: Mon, 11 Jan 2010 06:00:00 +0100\nMessage-ID: <1@x>\nContent-Type: multipart/alternative; boundary=b\n\n\
        --b\nContent-Type: text/plain; charset=utf-8\n\n{PROSE}\n--b\nContent-Type: text/html; charset=utf-8\n\n<p>{PROSE}</p>\n--b--\n\n"
    );
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let letter = format!(
        "<w:document><w:body>{}{}{}</w:body></w:document>",
        paragraph("Brücke"),
        paragraph(PROSE),
        paragraph(PROSE)
    );
    let book = [
        ("META-INF/container.xml", "<container><rootfile full-path=\"a.opf\"/></container>".to_owned()),
        ("a.opf", "<package><dc:title>Bote</dc:title><item id=\"a\" href=\"a.xhtml\"/><itemref idref=\"a\"/></package>".to_owned()),
        ("a.xhtml", format!("<html><body><h1>Brücke</h1><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p></body></html>")),
    ];
    let sections = serde_json::json!([{ "title": "Brücke", "body": { "summary": ["Worum es geht."], "sections":
        [{ "headline": ["Folgen"], "paragraphs": [PROSE] }] }, "tags": [{ "label": "a" }] }]);
    vec![
        ("nexis", nexis.into_bytes(), 2),
        ("advance", advance.into_bytes(), 1),
        ("factiva", factiva.into_bytes(), 1),
        ("table", table.into_bytes(), 2),
        ("mail", mail.into_bytes(), 1),
        ("letter", packed(&[("word/document.xml", letter)]), 1),
        ("book", packed(&book), 1),
        ("sections", sections.to_string().into_bytes(), 1),
    ]
}

/// What holds for any article, whatever it came from.
fn check(draft: &Draft, name: &str) {
    assert!(!draft.text.chars().any(|c| c.is_control() && c != '\n'), "{name}");
    assert!(!draft.text.contains(['\u{202e}', '\u{1b}']), "{name}");
    let mut last = 0;
    for paragraph in &draft.paragraphs {
        let range = paragraph.span.range();
        assert!(
            range.start >= last && draft.text.get(range.clone()).is_some_and(|t| !t.is_empty()),
            "{name}"
        );
        last = range.end;
    }
    assert!(draft.url.as_deref().is_none_or(|url| url.starts_with("http")), "{name}");
}

#[test]
fn whole_files_give_their_articles() {
    for (name, bytes, articles) in samples() {
        let (drafts, refused) = ingest::read_with(&bytes, &Hint::default());
        assert_eq!((drafts.len(), refused.len()), (articles, 0), "{name}: {refused:?}");
        assert!(drafts[0].text.contains(PROSE), "{name}: {}", drafts[0].text);
        for draft in &drafts {
            check(draft, name);
        }
    }
}

#[test]
fn escapes_and_directions_do_not_get_in() {
    for (name, bytes, _) in samples() {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let text = text.replace("Brücke", "Br\u{1b}[31m\u{202e}ücke\u{7}");
        let (drafts, _) = ingest::read_with(text.as_bytes(), &Hint::default());
        for draft in &drafts {
            check(draft, name);
        }
    }
}

#[test]
fn what_is_left_out_of_a_long_feed_is_told() {
    let item = "<item><title>A</title></item>";
    let rss = |items: usize| format!("<rss><channel>{}</channel></rss>", item.repeat(items));
    let json = |items: usize| {
        let items = vec![serde_json::json!({ "title": "A" }); items];
        serde_json::json!({ "version": "https://jsonfeed.org/version/1.1", "items": items }).to_string()
    };
    let elements = format!("<rss><channel>{item}{}", "<a/>".repeat(400_000));
    for (text, articles, is_cut) in [
        (rss(5_000), 5_000, false),
        (rss(5_001), 5_000, true),
        (json(5_000), 5_000, false),
        (json(5_001), 5_000, true),
        (elements, 1, true),
    ] {
        let (drafts, refused) = ingest::read_with(text.as_bytes(), &Hint::default());
        let reasons: Vec<String> = refused.iter().map(|r| r.reason.to_string()).collect();
        assert_eq!((drafts.len(), reasons.len()), (articles, usize::from(is_cut)), "{reasons:?}");
        assert!(reasons.iter().all(|reason| reason.contains("left out")), "{reasons:?}");
    }
    let long = format!("<rss><!--{}-->{item}", "x".repeat(ingest::feed::LARGEST_FEED));
    let (drafts, refused) = ingest::read_with(long.as_bytes(), &Hint::default());
    assert!(drafts.is_empty() && matches!(refused[0].reason, ingest::Error::TooLarge { .. }), "{refused:?}");
}

/// What can happen to a file.
#[derive(Clone, Debug)]
enum Damage {
    Cut(usize),
    Flip(usize, u8),
    Double(usize, usize),
    Drop(usize, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        any::<usize>().prop_map(Damage::Cut),
        (any::<usize>(), any::<u8>()).prop_map(|(at, with)| Damage::Flip(at, with)),
        (any::<usize>(), 1..200_usize).prop_map(|(at, length)| Damage::Double(at, length)),
        (any::<usize>(), 1..200_usize).prop_map(|(at, length)| Damage::Drop(at, length)),
    ]
}

fn damaged(mut bytes: Vec<u8>, all: &[Damage]) -> Vec<u8> {
    for one in all {
        let size = bytes.len().max(1);
        match *one {
            Damage::Cut(at) => bytes.truncate(at % size),
            Damage::Flip(at, with) => {
                if let Some(byte) = bytes.get_mut(at % size) {
                    *byte ^= with;
                }
            }
            Damage::Double(at, length) => {
                let from = at % size;
                let piece = bytes.get(from..(from + length).min(bytes.len())).unwrap_or_default().to_vec();
                bytes.splice(from..from, piece);
            }
            Damage::Drop(at, length) => {
                let from = (at % size).min(bytes.len());
                bytes.drain(from..(from + length).min(bytes.len()));
            }
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn damaged_files_end_in_articles_or_reasons(which in 0..8_usize, all in prop::collection::vec(damage(), 1..6)) {
        let (name, bytes, _) = samples().swap_remove(which);
        let (drafts, refused) = ingest::read_with(&damaged(bytes, &all), &Hint::default());
        prop_assert!(!drafts.is_empty() || !refused.is_empty(), "{name}: neither");
        for draft in &drafts {
            check(draft, name);
        }
    }

    #[test]
    fn what_the_user_says_is_read_or_refused(text in "\\PC{0,200}", path in "\\PC{0,60}") {
        if let Ok(given) = ingest::Given::parse(&text) {
            let _ = given.with_path(std::path::Path::new(&path));
        }
        let pattern = format!("path = {}", serde_json::to_string(&path).unwrap());
        if let Ok(given) = ingest::Given::parse(&pattern) {
            let _ = given.with_path(std::path::Path::new(&text));
        }
    }
}
