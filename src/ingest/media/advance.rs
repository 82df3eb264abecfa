//! Nexis in its newer form: title, outlet, day, labelled fields, "Body", the text, "End of Document".

use crate::ingest::record::{self, Record};
use crate::text::clean::{clean, clean_line};
use crate::text::date::dates;

use super::label::{self, Label};

/// What closes an article.
const ENDS: [&str; 3] = ["end of document", "ende des dokuments", "dokumentende"];
/// What opens its text.
const BODIES: [&str; 4] = ["body", "text", "haupttext", "full text"];
/// Lines alone that close the text before the fields behind it.
const CLOSERS: [&str; 6] =
    ["graphic", "grafik", "classification", "klassifizierung", "bildunterschrift", "notes"];

fn is_one_of(line: &str, words: &[&str]) -> bool {
    line.len() <= 24 && words.contains(&line.to_lowercase().trim_end_matches(':'))
}

/// Whether `text` is such an export.
pub(super) fn is_export(text: &str) -> bool {
    let lines = || text.lines().map(str::trim);
    lines().any(|l| is_one_of(l, &ENDS))
        && lines().any(|l| {
            is_one_of(l, &BODIES)
                || matches!(label::head(l), Some((Label::Length, _)))
                || label::is_copyright(l)
        })
}

/// The articles in `text`.
pub(super) fn records(text: &str) -> Vec<Record> {
    let text = clean(text);
    let lines: Vec<String> = text.lines().map(clean_line).filter(|l| !l.is_empty()).collect();
    let mut articles: Vec<Vec<String>> = vec![Vec::new()];
    for line in lines {
        if is_one_of(&line, &ENDS) {
            articles.push(Vec::new());
        } else if let Some(article) = articles.last_mut() {
            article.push(line);
        }
    }
    // What follows the last end is the export's own closing page, unless the export was cut off.
    let is_field = |line: &String| matches!(label::head(line), Some((Label::Length, _)));
    if !articles.last().is_some_and(|last| last.iter().any(|l| is_one_of(l, &BODIES) || is_field(l))) {
        articles.pop();
    }
    articles.iter().map(|lines| article(lines)).collect()
}

fn article(lines: &[String]) -> Record {
    let mut record = Record::default();
    let opens = lines.iter().position(|l| is_one_of(l, &BODIES));
    // Without the word "Body" the text begins behind the last field of the head.
    let body = opens.map_or_else(
        || {
            let fields =
                lines.iter().take(40).rposition(|l| label::head(l).is_some() || label::is_copyright(l));
            fields.map_or(0, |at| at + 1)
        },
        |at| at + 1,
    );
    head(lines.get(..body).unwrap_or_default(), &mut record);
    let mut paragraphs: Vec<&str> = Vec::new();
    let mut in_tail = false;
    for line in lines.get(body..).unwrap_or_default() {
        if is_page(line) {
            continue;
        }
        let field = label::tail(line).filter(|(label, value)| in_tail || is_tail(*label, value));
        if let Some((label, value)) = field {
            in_tail = true;
            match label {
                Label::Language => value.clone_into(&mut record.language),
                Label::Address if record.url.is_empty() => value.clone_into(&mut record.url),
                _ => {}
            }
        } else if is_one_of(line, &CLOSERS) || label::is_copyright(line) {
            in_tail = true;
        } else if !in_tail {
            paragraphs.push(line);
        }
    }
    record.body = paragraphs.join("\n\n");
    record
}

/// Whether a field is one that stands behind the text only: labels of this form are not in
/// capitals, and a sentence may begin with "Bild:".
fn is_tail(label: Label, value: &str) -> bool {
    matches!(label, Label::Tail | Label::Language) && value.split_whitespace().count() <= 12
}

/// A page's own number or head ("Page 2 of 3", "Seite 2 von 3").
fn is_page(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    matches!(words.as_slice(), ["Page" | "Seite", n, "of" | "von", m]
        if n.bytes().all(|b| b.is_ascii_digit()) && m.bytes().all(|b| b.is_ascii_digit()))
}

fn head(lines: &[String], record: &mut Record) {
    // The outlet stands before the day, the title before the outlet; a list of all titles may stand
    // above, in the export's own cover.
    let is_field = |l: &String| label::head(l).is_some() || label::is_copyright(l);
    let day = lines.iter().rposition(|l| is_day(l) && !is_field(l));
    let mut titles_end = lines.iter().position(is_field).unwrap_or(lines.len());
    if let Some(day) = day {
        record.date.clone_from(&lines[day]);
        if let Some(outlet) = day.checked_sub(1).and_then(|at| lines.get(at)) {
            record.outlet.clone_from(outlet);
        }
        titles_end = day.saturating_sub(1);
    }
    if let Some(title) = titles_end.checked_sub(1).and_then(|at| lines.get(at)) {
        record.title.clone_from(title);
    }
    for line in lines {
        let Some((label, value)) = label::head(line) else { continue };
        match label {
            Label::Author => record.authors = record::authors(value),
            Label::Lead => value.clone_into(&mut record.lead),
            Label::Title if !value.is_empty() => value.clone_into(&mut record.title),
            _ => {}
        }
    }
}

/// Whether a line is the day of an article and little else.
fn is_day(line: &str) -> bool {
    line.len() <= 60 && dates(line).first().is_some_and(|(place, _)| place.start <= 12)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_of_the_newer_form_are_told_apart() {
        let text = "User Name: = x\nDate and Time: = Tuesday, 3 March 2020 10:00:00\nJob Number: = 1\nDocuments (2)\n\
            1. Rat beschließt Brücke\n2. Council approves bridge\n\
            Rat beschließt Brücke\nDer Morgenbote\n11. Januar 2010 Montag\nHauptausgabe\n\n\
            Copyright 2010 Morgenbote Verlag Alle Rechte vorbehalten\nSection: POLITIK; S. 3\nLength: 355 words\n\
            Byline: Erika Muster\nHighlight: Worum es geht.\nBody\n\nDer Rat hat am Montag beschlossen.\n\n\
            Bild: So nennt er das Blatt.\nPage 2 of 3\nZweiter Absatz.\n\nGraphic\nDie Brücke, dpa\n\
            Load-Date: January 12, 2010\n\nEnd of Document\n\n\
            Council approves bridge\nThe Evening Post\nJanuary 12, 2010 Tuesday\nLength: 12 words\nBody\n\
            The council approved it.\nLanguage: ENGLISH\nEnd of Document\n";
        assert!(is_export(text));
        let records = records(text);
        assert_eq!(records.len(), 2);
        let first = &records[0];
        assert_eq!(first.title, "Rat beschließt Brücke");
        assert_eq!(
            (first.outlet.as_str(), first.date.as_str()),
            ("Der Morgenbote", "11. Januar 2010 Montag")
        );
        assert_eq!(
            (first.authors.as_slice(), first.lead.as_str()),
            (["Erika Muster".to_owned()].as_slice(), "Worum es geht.")
        );
        assert_eq!(
            first.body,
            "Der Rat hat am Montag beschlossen.\n\nBild: So nennt er das Blatt.\n\nZweiter Absatz."
        );
        assert_eq!(
            (records[1].title.as_str(), records[1].language.as_str()),
            ("Council approves bridge", "ENGLISH")
        );
    }

    #[test]
    fn the_last_article_of_an_export_that_was_cut_off_stays() {
        let article =
            |n: u8| format!("Brücke {n}\nDer Bote\n11. Januar 2010\nLength: 9 words\nBody\nSatz {n}.\n");
        let text = format!("{}End of Document\n{}", article(1), article(2));
        let bodies: Vec<String> = records(&text).into_iter().map(|r| r.body).collect();
        assert_eq!(bodies, ["Satz 1.", "Satz 2."]);
        let closing = format!("{text}End of Document\nUser Name: = x\nDate and Time: = Tuesday");
        assert_eq!(records(&closing).len(), 2);
    }

    #[test]
    fn a_text_that_ends_like_one_is_no_export() {
        assert!(!is_export("Ein Satz.\n\nEnd of document"));
    }
}
