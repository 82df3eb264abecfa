//! Factiva as text (RTF, or pasted): title, number of words, day, outlet, the text, and "Document …"
//! with the article's code behind each.

use crate::ingest::record::{self, Record};
use crate::model::Language;
use crate::text::clean::{clean, clean_line};
use crate::text::date::dates;

use super::label;

/// Labels of the form with fields: what they say is told by two letters.
const FIELDS: [&str; 8] = ["HD", "WC", "PD", "SN", "LA", "LP", "TD", "BY"];

/// Lines of a head above the title: the part of the paper.
const HEAD: usize = 12;

/// Longest line that ends an article or says its length, in bytes.
const LONGEST_MARK: usize = 64;

/// Whether a line ends an article: "Document" and a code such as `MORBO00020100111e61b0000x`.
fn is_end(line: &str) -> bool {
    if line.len() > LONGEST_MARK {
        return false;
    }
    let mut words = line.split_whitespace();
    let is_word = matches!(words.next(), Some("Document" | "Dokument"));
    let is_code = words.next().is_some_and(|code| {
        (18..=40).contains(&code.len())
            && code.chars().all(|c| c.is_ascii_alphanumeric())
            && code.chars().take(4).all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
            && code.chars().filter(char::is_ascii_digit).count() >= 8
    });
    is_word && is_code && words.next().is_none()
}

/// Whether a line says how long an article is: "355 words", "1.285 Wörter".
fn is_length(line: &str) -> bool {
    if line.len() > LONGEST_MARK {
        return false;
    }
    let mut words = line.split_whitespace();
    let is_number = words
        .next()
        .is_some_and(|n| n.len() <= 7 && n.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.')));
    is_number
        && matches!(words.next(), Some("words" | "Wörter" | "Woerter" | "word" | "Wort"))
        && words.next().is_none()
}

/// Whether `text` is such an export: an end, and a length or the two letters of one.
pub(super) fn is_export(text: &str) -> bool {
    let lines = || text.lines().map(str::trim);
    lines().any(is_end) && lines().any(|line| is_length(line) || line == "WC" || line.starts_with("WC\t"))
}

/// The articles in `text`; what stands behind the last end is the export's own closing page, or an article that was cut off.
pub(super) fn records(text: &str) -> Vec<Record> {
    let text = clean(text);
    let lines: Vec<String> = text.lines().map(clean_line).filter(|line| !line.is_empty()).collect();
    let mut parts: Vec<&[String]> = lines.split(|line| is_end(line)).collect();
    // An export that was cut off ends with an article, a whole one with its closing page.
    if parts.last().is_some_and(|last| !last.iter().any(|line| is_length(line)) && !has_fields(last)) {
        parts.pop();
    }
    parts
        .into_iter()
        .map(|lines| if has_fields(lines) { by_fields(lines) } else { by_place(lines) })
        .collect()
}

fn has_fields(lines: &[String]) -> bool {
    lines.iter().filter(|line| field(line).is_some()).count() >= 4
}

/// The two letters of a field, and what stands behind them in their line.
fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(' ').unwrap_or((line, ""));
    let is_name = name.len() == 2 && name.bytes().all(|b| b.is_ascii_uppercase());
    is_name.then_some((name, value.trim()))
}

/// An article whose fields bear two letters.
fn by_fields(lines: &[String]) -> Record {
    let mut record = Record::default();
    let mut paragraphs: Vec<&str> = Vec::new();
    let mut open = "";
    for line in lines {
        let value = match field(line) {
            // Two capitals may open a sentence: of the text's lines only known fields count.
            Some((name, value)) if !matches!(open, "LP" | "TD") || is_known(name) => {
                open = name;
                value
            }
            _ => line,
        };
        if value.is_empty() {
            continue;
        }
        match open {
            "HD" => append(&mut record.title, value),
            "BY" => record.authors = record::authors(value),
            "PD" => value.clone_into(&mut record.date),
            "SN" => append(&mut record.outlet, value),
            "LA" => value.clone_into(&mut record.language),
            "LP" | "TD" => paragraphs.push(value),
            _ => {}
        }
    }
    record.body = paragraphs.join("\n\n");
    record
}

fn is_known(name: &str) -> bool {
    const BEHIND: [&str; 12] = ["RF", "CT", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "CR", "ART"];
    FIELDS.contains(&name) || BEHIND.contains(&name)
}

fn append(to: &mut String, words: &str) {
    if !to.is_empty() {
        to.push(' ');
    }
    to.push_str(words);
}

/// An article whose lines are told by their place around its length.
fn by_place(lines: &[String]) -> Record {
    let mut record = Record::default();
    let Some(length) = lines.iter().position(|line| is_length(line)) else {
        record.body = lines.join("\n\n");
        return record;
    };
    let above = lines.get(length.saturating_sub(HEAD)..length).unwrap_or_default();
    let (title, byline) = match above {
        [.., title, last] if is_byline(last) => (Some(title), Some(last)),
        [.., title] => (Some(title), None),
        [] => (None, None),
    };
    record.title = title.cloned().unwrap_or_default();
    record.authors = byline.map(|line| record::authors(line)).unwrap_or_default();
    let mut at = length + 1;
    if let Some(day) = lines.get(at).filter(|line| is_day(line)) {
        record.date.clone_from(day);
        at += 1;
    }
    at += usize::from(lines.get(at).is_some_and(|line| is_time(line)));
    if let Some(outlet) = lines.get(at) {
        record.outlet.clone_from(outlet);
        at += 1;
    }
    // Code, page, edition and language, as many as there are, stand above the copyright.
    let rest = lines.get(at..).unwrap_or_default();
    let closing = rest.iter().take(10).position(|line| label::is_copyright(line) || is_owner(line));
    let short = rest.iter().take(10).take_while(|line| line.split(' ').count() <= 3).count();
    let (head, body) = rest.split_at(closing.map_or(short, |at| at + 1));
    // A code in capitals is no language, though it may read as one.
    let is_language = |line: &&String| {
        let language = record::language_by_name(line);
        matches!(language, Some(Language::German | Language::English)) && line.len() > 4
    };
    record.language = head.iter().find(is_language).cloned().unwrap_or_default();
    record.body = body.join("\n\n");
    record
}

fn is_byline(line: &str) -> bool {
    ["By ", "BY ", "Von ", "VON ", "von ", "by "].iter().any(|opening| line.starts_with(opening))
        && line.split(' ').count() <= 12
}

fn is_owner(line: &str) -> bool {
    let lower = line.to_lowercase();
    line.split(' ').count() <= 16
        && (lower.starts_with("alle rechte vorbehalten") || lower.ends_with("all rights reserved."))
}

fn is_day(line: &str) -> bool {
    line.len() <= 60 && dates(line).first().is_some_and(|(place, _)| place.start <= 12)
}

fn is_time(line: &str) -> bool {
    line.len() <= 8 && line.contains(':') && line.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_told_apart_by_their_codes() {
        let text = "Politik\nRat beschließt Brücke\nVon Erika Muster\n355 Wörter\n11 Januar 2010\n06:00\nDer Morgenbote\n\
            MORBO\n3\nDeutsch\n(c) 2010 Morgenbote Verlag\n\nDer Rat hat am Montag beschlossen.\n\nZweiter Absatz.\n\n\
            Dokument MORBO00020100111e61b0000x\n\nCouncil approves bridge\n1,285 words\n12 January 2010\nThe Evening Post\n\
            EVPOST\nEnglish\nCopyright 2010 Post\n\nThe council approved it.\n\nDocument EVPOST0020100112e61c0001y\n\n\
            Search Summary\nText\tBrücke\n";
        assert!(is_export(text));
        let records = records(text);
        assert_eq!(records.len(), 2);
        let first = &records[0];
        assert_eq!(
            (first.title.as_str(), first.authors.as_slice()),
            ("Rat beschließt Brücke", ["Erika Muster".to_owned()].as_slice())
        );
        assert_eq!(
            (first.outlet.as_str(), first.date.as_str(), first.language.as_str()),
            ("Der Morgenbote", "11 Januar 2010", "Deutsch")
        );
        assert_eq!(first.body, "Der Rat hat am Montag beschlossen.\n\nZweiter Absatz.");
        assert_eq!(
            (records[1].title.as_str(), records[1].body.as_str()),
            ("Council approves bridge", "The council approved it.")
        );
    }

    #[test]
    fn fields_of_two_letters_say_what_they_hold() {
        let text = "SE\tPolitik\nHD\nRat beschließt\nBrücke\nBY\tErika Muster\nWC\t355 Wörter\nPD\t11 Januar 2010\nSN\n\
            Der Morgenbote\nSC\tMORBO\nLA\tDeutsch\nCY\t(c) 2010\nLP\nDer Rat hat beschlossen.\nTD\nUS Gäste kamen.\n\
            SP und CVP stimmten zu.\nCT\tx@example.org\nDocument MORBO00020100111e61b0000x\n";
        assert!(is_export(text));
        let record = &records(text)[0];
        assert_eq!(
            (record.title.as_str(), record.outlet.as_str()),
            ("Rat beschließt Brücke", "Der Morgenbote")
        );
        assert_eq!(record.body, "Der Rat hat beschlossen.\n\nUS Gäste kamen.\n\nSP und CVP stimmten zu.");
    }

    #[test]
    fn a_text_on_documents_is_no_export() {
        assert!(!is_export("Document 20100111\n\nIt has 355 words\n\nEnd."));
        assert!(!is_export("355 words\nDocument of the year"));
    }
}
