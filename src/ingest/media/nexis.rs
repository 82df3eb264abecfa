//! Nexis in its older form: "1 of 49 DOCUMENTS", the outlet, the day, the title, labelled fields, the
//! text, more fields.

use crate::ingest::record::{self, Record};
use crate::text::clean::{clean, clean_line};
use crate::text::date::dates;

use super::label::{self, Label};

/// Lines that belong together: a paragraph, hard-wrapped or not.
#[derive(Debug)]
pub(super) struct Block {
    lines: Vec<String>,
    /// All its lines stand in the middle of the page.
    is_centred: bool,
}

impl Block {
    fn text(&self) -> String {
        self.lines.join(" ")
    }
}

/// Whether a line begins an article: "1 of 49 DOCUMENTS", "Dokument 1 von 49".
fn is_marker(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_number = |w: &str| !w.is_empty() && w.len() <= 6 && w.bytes().all(|b| b.is_ascii_digit());
    let is = |w: &str, names: &[&str]| names.contains(&w.to_lowercase().as_str());
    match words.as_slice() {
        [n, of, m, what] => {
            let behind = ["documents", "document", "dokumenten", "dokumente"];
            (is_number(n) && is(of, &["of", "von"]) && is_number(m) && is(what, &behind))
                || (is(n, &["document", "dokument"])
                    && is_number(of)
                    && is(m, &["of", "von"])
                    && is_number(what))
        }
        _ => false,
    }
}

/// Whether `text` is such an export: a marker, and a field that only these have.
pub(super) fn is_export(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    lines.by_ref().take(4_000).any(is_marker)
        && lines.take(4_000).any(|l| {
            matches!(label::head(l), Some((Label::Length | Label::Author | Label::Head, _)))
                && label::is_in_capitals(l)
                || label::is_copyright(l)
        })
}

/// The blocks of a plain text, which empty lines divide.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut is_open = false;
    for raw in clean(text).lines() {
        let line = clean_line(raw);
        if line.is_empty() {
            is_open = false;
            continue;
        }
        let indent = raw.len() - raw.trim_start().len();
        let is_centred = indent >= 8;
        match blocks.last_mut().filter(|b| is_open && b.is_centred == is_centred && !is_marker(&line)) {
            Some(block) => block.lines.push(line),
            None => blocks.push(Block { lines: vec![line], is_centred }),
        }
        is_open = !blocks.last().is_some_and(|b| b.lines.first().is_some_and(|l| is_marker(l)));
    }
    blocks
}

/// Lines of a page or an office document as blocks.
pub(super) fn blocks_of(lines: &[String]) -> Vec<Block> {
    let block = |line: &String| Block { lines: vec![line.clone()], is_centred: false };
    lines.iter().filter(|l| !l.is_empty()).map(block).collect()
}

/// The articles in `blocks`; what stands before the first marker is the export's own cover.
pub(super) fn records(blocks: &[Block]) -> Vec<Record> {
    let starts: Vec<usize> = (0..blocks.len()).filter(|&at| is_marker(&blocks[at].text())).collect();
    let ends = starts.iter().skip(1).copied().chain([blocks.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(&start, end)| article(blocks.get(start + 1..end).unwrap_or_default()))
        .collect()
}

/// One article, from behind its marker to the next.
fn article(blocks: &[Block]) -> Record {
    let mut record = Record::default();
    let body = head(blocks, &mut record);
    let mut paragraphs: Vec<&str> = Vec::new();
    let texts: Vec<String> = blocks.get(body..).unwrap_or_default().iter().map(Block::text).collect();
    let mut in_tail = false;
    for (at, text) in texts.iter().enumerate() {
        if label::is_copyright(text) {
            break;
        }
        let next = texts.get(at + 1).map(String::as_str);
        match label::tail(text).filter(|(label, _)| in_tail || opens_tail(text, *label, next)) {
            Some((label, value)) => {
                in_tail = true;
                note_tail(label, value, &mut record);
            }
            // Whatever stands between the fields behind the text belongs to one of them.
            None if in_tail => {}
            None => paragraphs.push(text),
        }
    }
    record.body = paragraphs.join("\n\n");
    record
}

/// Whether the field `text` is the first behind the article. Who asks in an interview stands in
/// capitals too ("BILD: …"), but with no other field behind; a last field says the language or a day, or
/// bears a name that nobody has ("LOAD-DATE").
fn opens_tail(text: &str, label: Label, next: Option<&str>) -> bool {
    let is_field = |line: &str| label::tail(line).is_some() && label::is_in_capitals(line);
    let stands_alone = || {
        let (name, value) = text.split_once(':').unwrap_or((text, ""));
        label == Label::Language || label == Label::Tail && (name.contains('-') || is_day(value.trim()))
    };
    label::is_in_capitals(text)
        && next.map_or_else(stands_alone, |next| is_field(next) || label::is_copyright(next))
}

fn note_tail(label: Label, value: &str, record: &mut Record) {
    match label {
        Label::Language => value.clone_into(&mut record.language),
        Label::Address if record.url.is_empty() => value.clone_into(&mut record.url),
        _ => {}
    }
}

/// Reads what stands before the text; where the text begins.
fn head(blocks: &[Block], record: &mut Record) -> usize {
    let mut at = 0;
    // Outlet and day: the day is the first in one of the first lines, the outlet stands before it.
    let dated = blocks.iter().take(6).position(|b| b.lines.iter().any(|l| is_day(l)));
    if let Some(dated) = dated {
        let block = &blocks[dated];
        let line = block.lines.iter().position(|l| is_day(l)).unwrap_or_default();
        record.date.clone_from(&block.lines[line]);
        let before = blocks[..dated].iter().flat_map(|b| &b.lines).chain(&block.lines[..line]);
        record.outlet = before.last().cloned().unwrap_or_default();
        if dated > 0 {
            // A supplement may stand between the paper and the day.
            record.outlet.clone_from(&blocks[0].lines[0]);
        }
        at = dated + 1;
    } else if let Some(first) = blocks.first() {
        record.outlet.clone_from(&first.lines[0]);
        at = 1;
    }
    let mut titles: Vec<String> = Vec::new();
    let mut has_fields = false;
    let labels_from = at;
    while let Some(block) = blocks.get(at) {
        let text = block.text();
        let field = label::head(&text).filter(|_| label::is_in_capitals(&text));
        let Some((label, value)) = field else {
            if has_fields {
                break;
            }
            let next_fields = blocks.get(at..at + 5).unwrap_or_else(|| blocks.get(at..).unwrap_or_default());
            let is_above_fields = next_fields.iter().any(|b| {
                let text = b.text();
                label::head(&text).is_some() && label::is_in_capitals(&text)
            });
            // Without any field the first line alone is the title.
            if !is_above_fields && at > labels_from {
                break;
            }
            if !block.is_centred && !is_edition(&text) {
                titles.push(text);
            }
            at += 1;
            continue;
        };
        has_fields = true;
        match label {
            Label::Title => titles = vec![value.to_owned()],
            Label::Author => record.authors = record::authors(value),
            Label::Lead => (record.lead, record.url) = lead(value),
            _ => {}
        }
        at += 1;
    }
    let mut titles = titles.into_iter();
    record.title = titles.next().unwrap_or_default();
    if record.lead.is_empty() {
        record.lead = titles.collect::<Vec<_>>().join(" ");
    }
    at
}

/// A summary, and the address that may follow it.
fn lead(value: &str) -> (String, String) {
    match value.rsplit_once(char::is_whitespace) {
        Some((words, url)) if url.starts_with("http") => {
            (words.trim_end_matches([';', ' ']).to_owned(), url.to_owned())
        }
        _ => (value.to_owned(), String::new()),
    }
}

/// Whether a line is the day of an article and little else.
fn is_day(line: &str) -> bool {
    line.len() <= 80 && dates(line).first().is_some_and(|(place, _)| place.start <= 20)
}

/// Whether a line names the edition of a paper ("Main Edition", "Österreich-Ausgabe", "2. Auflage").
fn is_edition(line: &str) -> bool {
    let lower = line.to_lowercase();
    line.split_whitespace().count() <= 4
        && ["edition", "ausgabe", "auflage", "final"].iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\n\nDownload Request: Selected Items: 1-2\nTime Of Request: Friday, March 20, 2018  16:51:31\n\n\n\
        \x20                              1 of 2 DOCUMENTS\n\n\n\
        \x20                              Der Morgenbote\n\n\
        \x20                         11. Januar 2010 Montag\n\
        \x20                              Hauptausgabe\n\n\
        Rat beschließt den Bau\neiner zweiten Brücke\n\n\
        AUTOR: Muster, Erika\n\nRUBRIK: POLITIK; S. 3\n\nLÄNGE: 355 Wörter\n\n\n\
        BERN: Der Rat hat am Montag den Bau einer Brücke über den\nFluss beschlossen, wie er mitteilte.\n\n\
        Die Arbeiten beginnen im Mai und dauern zwei Jahre, sagte\ndie Ministerin.\n\n\
        UPDATE: 12. Januar 2010\n\nSPRACHE: GERMAN; DEUTSCH\n\nPUBLICATION-TYPE: Zeitung\n\n\
        \x20                  Copyright 2010 Morgenbote Verlag\n                      Alle Rechte vorbehalten\n\n\
        \x20                              2 of 2 DOCUMENTS\n\n\
        \x20                              The Evening Post\n\n\
        \x20                       January 12, 2010 Tuesday\n\n\
        Council approves second bridge\n\nBYLINE: Tom Sample\n\nLENGTH: 40 words\n\n\
        The council approved a second bridge on Monday, it said.\n\nLOAD-DATE: January 13, 2010\n\nLANGUAGE: ENGLISH\n";

    #[test]
    fn articles_of_a_text_export_are_told_apart() {
        assert!(is_export(TEXT));
        let records = records(&blocks(TEXT));
        assert_eq!(records.len(), 2);
        let first = &records[0];
        assert_eq!(
            (first.outlet.as_str(), first.date.as_str()),
            ("Der Morgenbote", "11. Januar 2010 Montag")
        );
        assert_eq!(first.title, "Rat beschließt den Bau einer zweiten Brücke");
        assert_eq!(first.authors, ["Erika Muster"]);
        assert_eq!(
            first.body,
            "BERN: Der Rat hat am Montag den Bau einer Brücke über den Fluss beschlossen, wie er mitteilte.\n\n\
             Die Arbeiten beginnen im Mai und dauern zwei Jahre, sagte die Ministerin."
        );
        assert_eq!(first.language, "GERMAN; DEUTSCH");
        let second = &records[1];
        assert_eq!((second.title.as_str(), second.authors.len()), ("Council approves second bridge", 1));
        assert_eq!(second.body, "The council approved a second bridge on Monday, it said.");
    }

    #[test]
    fn a_page_of_the_same_is_read_from_its_lines() {
        let lines: Vec<String> = [
            "1 of 1 DOCUMENTS",
            "Der Morgenbote Online",
            "27. Februar 2012 Montag 9:50 PM GMT+1",
            "Warnschuss für den Rat",
            "AUTOR: Erika Muster",
            "RUBRIK: VOTUM",
            "LÄNGE: 1285 Wörter",
            "HIGHLIGHT: Der Rat hat zugestimmt.; http://www.beispiel.de/politik/0,1518,817937,00.html",
            "Bern - Es war das Fieber.",
            "Zweiter Absatz.",
            "UPDATE: 28. Februar 2012",
            "SPRACHE: GERMAN; DEUTSCH",
            "Copyright 2012 Beispiel GmbH",
        ]
        .map(str::to_owned)
        .to_vec();
        let records = records(&blocks_of(&lines));
        assert_eq!(records.len(), 1);
        assert_eq!(records[0].title, "Warnschuss für den Rat");
        assert_eq!(records[0].lead, "Der Rat hat zugestimmt.");
        assert!(records[0].url.starts_with("http://www.beispiel.de/"));
        assert_eq!(records[0].body, "Bern - Es war das Fieber.\n\nZweiter Absatz.");
    }

    #[test]
    fn labels_in_running_text_are_words_of_it() {
        let body = |inner: &str| {
            let text = format!(
                "1 of 1 DOCUMENTS\n\nDer Morgenbote\n\n11. Januar 2010 Montag\n\nInterview\n\nLÄNGE: 9 Wörter\n\n{inner}"
            );
            records(&blocks(&text)).swap_remove(0).body
        };
        let talk = "BILD: Herr Minister, wann wird gebaut?\n\nIm Mai, sagt er.";
        let tail = "LANGUAGE: ENGLISH\n\nCopyright 2010 Bote";
        for (inner, expected) in [
            (format!("{talk}\n\n{tail}"), talk),
            ("STATE: It is ours.\n\nSo it went.\n\nPERSON: No.\n\nIt went on.".to_owned(), "It went on."),
            (format!("{talk}\n\nBILD: Die Brücke\n\n{tail}"), talk),
            (format!("{talk}\n\nLANGUAGE: ENGLISH"), talk),
            (format!("{talk}\n\nLOAD-DATE: January 13, 2010"), talk),
            (format!("{talk}\n\nUPDATE: 12. Januar 2010"), talk),
            (format!("{talk}\n\nPERSON: Im Mai."), "PERSON: Im Mai."),
            (format!("{talk}\n\nUPDATE: 12. Januar 2010\n\nCopyright 2010 Bote\n\nRechte"), talk),
        ] {
            assert!(body(&inner).ends_with(expected), "{inner}: {}", body(&inner));
        }
        assert_eq!(body(&format!("{talk}\n\n{tail}")), talk);
    }

    #[test]
    fn prose_is_no_export() {
        assert!(!is_export("Der Rat sah 3 von 4 Dokumenten ein.\n\nLänge: 3 Meter"));
        assert!(!is_export("1 of 2 documents\n\nwas missing."));
    }
}
