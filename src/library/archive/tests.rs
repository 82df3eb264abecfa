//! Archives of all kinds, whole, broken and hostile.

use std::io::Write;

use super::*;
use crate::library::files;
use crate::model::{Draft, Refusal};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    let mut packed = vec![0; zstd_safe::compress_bound(bytes.len())];
    let size = zstd_safe::compress(&mut packed[..], bytes, 3).unwrap();
    packed.truncate(size);
    packed
}

fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        // Set by hand: the library would not write a name that leads out of the archive.
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The first words of the articles in a file, and what was refused.
fn read(name: &str, bytes: &[u8]) -> (Vec<String>, Vec<Refusal>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let mut drafts: Vec<Draft> = Vec::new();
    let found = files::Found { path, bytes: 0, beside: None };
    let refused = files::read(&found, &mut |more| {
        drafts.extend(more);
        true
    });
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is unpacked onto the disk");
    let opening = |d: &Draft| d.text.chars().take(16).collect();
    (drafts.iter().map(opening).collect(), refused)
}

const TEXT: &[u8] = "Der Rat tagt am Montag in Bern, wie er am Sonntag mitteilte.\n".as_bytes();
const LINES: &[u8] = "{\"body\":\"Erste Zeile steht.\"}\n{\"body\":\"Zweite Zeile geht.\"}\n".as_bytes();

#[test]
fn compressed_files_and_archives_are_read() {
    let first = |(texts, refused): (Vec<String>, Vec<Refusal>)| {
        assert_eq!(refused, []);
        texts
    };
    assert_eq!(first(read("a.txt.gz", &gzip(TEXT))), ["Der Rat tagt am "]);
    assert_eq!(first(read("a.zst", &zstd(TEXT))), ["Der Rat tagt am "]);
    let two = ["Erste Zeile steh", "Zweite Zeile geh"];
    assert_eq!(first(read("d.jsonl.gz", &gzip(LINES))), two);
    assert_eq!(first(read("d.jsonl.zst", &zstd(LINES))), two);
    let files: [(&str, &[u8]); 3] = [("a/text.txt", TEXT), ("d.jsonl", LINES), ("bild.png", b"\x89PNG")];
    let three = ["Der Rat tagt am ", "Erste Zeile steh", "Zweite Zeile geh"];
    assert_eq!(first(read("a.zip", &zip(&files))), three);
    assert_eq!(first(read("a.tar", &tar(&files))), three);
    assert_eq!(first(read("a.tgz", &gzip(&tar(&files)))), three);
    let nested = zip(&[("innen.tar.gz", &gzip(&tar(&files)))]);
    assert_eq!(first(read("b.zip", &nested)), three);
}

#[test]
fn a_bad_file_in_an_archive_is_refused_alone() {
    let good = gzip(TEXT);
    let broken = good.get(..good.len() - 12).unwrap();
    let files: [(&str, &[u8]); 4] =
        [("../../oben.txt", TEXT), ("kaputt.gz", broken), ("leer.txt", b""), ("unten.txt", TEXT)];
    for bytes in [zip(&files), tar(&files)] {
        let (texts, refused) = read("a.bin", &bytes);
        assert_eq!(texts.len(), 2, "names that lead elsewhere are names only");
        assert_eq!(refused.len(), 2, "{refused:?}");
        assert!(
            refused[0].origin.ends_with("a.bin/kaputt.gz") && refused[1].origin.ends_with("a.bin/leer.txt")
        );
    }
}

#[test]
fn a_file_that_cannot_be_opened_is_refused_under_its_name_and_a_picture_not_at_all() {
    let mut bytes = zip(&[("unten/a.txt", TEXT), ("unten/bild.png", b"\x89PNG"), ("b.txt", TEXT)]);
    // The first two are locked by a password.
    let (mut heads, mut at) = (0, 0);
    while heads < 2 {
        if bytes[at..].starts_with(b"PK\x01\x02") {
            bytes[at + 8] |= 1;
            heads += 1;
        }
        at += 1;
    }
    let (texts, refused) = read("a.zip", &bytes);
    assert_eq!(texts.len(), 1);
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert!(refused[0].origin.ends_with("a.zip/unten/a.txt"), "{refused:?}");
}

#[test]
fn a_bomb_is_not_unpacked() {
    let zeros = vec![b' '; 65 << 20];
    let bomb = gzip(&gzip(&zeros));
    assert!(bomb.len() < 2_000);
    let (texts, refused) = read("bombe.gz", &bomb);
    assert_eq!((texts.len(), refused.len()), (0, 1), "{refused:?}");
    // A bomb in an archive ends it, as what may be unpacked is used up.
    let (_, refused) = read("bombe.zip", &zip(&[("a.txt", &zeros), ("b.txt", TEXT)]));
    assert!(!refused.is_empty());
}

#[test]
fn archives_in_archives_have_an_end() {
    let mut bytes = gzip(TEXT);
    for _ in 0..6 {
        bytes = zip(&[("innen.zip", &bytes)]);
    }
    let (texts, refused) = read("a.zip", &bytes);
    assert_eq!((texts.len(), refused.len()), (0, 1));
}

#[test]
fn an_archive_of_nothing_is_told() {
    for bytes in [zip(&[]), zip(&[("bild.png", b"\x89PNG")]), tar(&[(".versteckt", TEXT)])] {
        let (texts, refused) = read("a.bin", &bytes);
        assert_eq!((texts.len(), refused.len()), (0, 1), "{refused:?}");
    }
}

#[test]
fn what_is_cut_off_is_told() {
    for bytes in [gzip(TEXT), zstd(TEXT), zip(&[("a.txt", TEXT)])] {
        let cut = bytes.get(..bytes.len() * 2 / 3).unwrap();
        let (texts, refused) = read("a.bin", cut);
        assert_eq!((texts.len(), refused.len()), (0, 1), "{refused:?}");
    }
}

#[test]
fn pages_of_a_read_later_service_get_their_titles_from_its_list() {
    let list = serde_json::json!([
        { "slug": "rat", "title": "Rat tagt", "url": "https://blatt.example/1", "labels": ["Bern"], "state": "Archived" },
        { "slug": "weg", "title": "Weg", "url": "https://blatt.example/2" },
    ])
    .to_string();
    let page = [b"<div><p>".as_slice(), TEXT, b"</p></div>"].concat();
    let (texts, refused) = read(
        "omnivore.zip",
        &zip(&[("metadata_0_to_20.json", list.as_bytes()), ("content/rat.html", &page)]),
    );
    assert_eq!(texts, ["Rat tagt\n\nDer Ra"]);
    assert_eq!(refused.len(), 1, "what has no page is told: {refused:?}");
}
