//! The bundled articles, read: each draft is compared with its golden form.
//!
//! With `LESART_BLESS` set, the golden files are written anew; read the difference before keeping it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use lesart::ingest;
use lesart::model::Draft;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A draft as lines to read and to compare: fields, then kind, place and first words of each
/// paragraph.
fn shown(draft: &Draft) -> String {
    let mut out = String::new();
    let or_none = |field: Option<&str>| field.unwrap_or("-").to_owned();
    let fields = [
        ("title", format!("{} ({:?})", draft.title.text, draft.title.basis)),
        ("kicker", or_none(draft.kicker.as_deref())),
        ("lead", or_none(draft.lead.as_deref())),
        (
            "source",
            format!(
                "{}, {} ({:?})",
                or_none(draft.source.name.as_deref()),
                or_none(draft.source.domain.as_deref()),
                draft.source.basis
            ),
        ),
        ("url", or_none(draft.url.as_deref())),
        ("published", draft.published.stated().map_or_else(|| "-".to_owned(), |d| d.to_string())),
        ("authors", draft.authors.join(", ")),
        ("agencies", draft.agencies.join(", ")),
        ("language", draft.language.code().to_owned()),
    ];
    for (name, value) in fields {
        writeln!(out, "{name:<10}{value}").expect("writing to a string does not fail");
    }
    for paragraph in &draft.paragraphs {
        let words = paragraph.span.of(&draft.text);
        let start: String = words.chars().take(50).collect();
        let (from, to) = (paragraph.span.start(), paragraph.span.end());
        writeln!(out, "{:<8} {from:>5}..{to:<5} {start}", format!("{:?}", paragraph.kind))
            .expect("writing to a string does not fail");
    }
    out
}

#[test]
fn each_seed_reads_as_its_golden_draft() {
    let mut wrong = Vec::new();
    let mut seeds: Vec<_> = fs::read_dir(root().join("seeds")).unwrap().map(|e| e.unwrap().path()).collect();
    seeds.sort();
    assert_eq!(seeds.len(), 5);
    for seed in seeds {
        let name = seed.file_stem().unwrap().to_str().unwrap().to_owned();
        let drafts = ingest::read(&fs::read(&seed).unwrap(), &name).unwrap();
        assert_eq!(drafts.len(), 1, "{name}");
        let golden = root().join("tests/golden/drafts").join(format!("{name}.txt"));
        let got = shown(&drafts[0]);
        if std::env::var_os("LESART_BLESS").is_some() {
            fs::write(&golden, &got).unwrap();
        }
        if fs::read_to_string(&golden).unwrap_or_default() != got {
            wrong.push(format!("{} should be\n{got}", golden.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn reading_a_seed_twice_gives_the_same_draft() {
    let seed = root().join("seeds/000_409db86bdcacd237.txt");
    let bytes = fs::read(seed).unwrap();
    assert_eq!(ingest::read(&bytes, "a"), ingest::read(&bytes, "a"));
}

#[test]
fn a_seed_reads_the_same_with_windows_line_ends_and_in_utf_16() {
    for entry in fs::read_dir(root().join("seeds")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let expected = ingest::read(text.as_bytes(), "a");
        assert_eq!(ingest::read(text.replace('\n', "\r\n").as_bytes(), "a"), expected);
        let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(ingest::read(&utf_16, "a"), expected);
    }
}
