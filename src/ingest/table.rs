//! Tables: one article a row, the columns named in the first.

use csv::{ReaderBuilder, StringRecord};

use crate::model::{Draft, Kept};
use crate::text::clean::clean_line;

use super::record::{self, Record};
use super::{Error, Refused, front};

/// What may divide cells.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Title,
    Lead,
    Body,
    Url,
    Date,
    Outlet,
    Authors,
    Language,
    Key,
    Tags,
    State,
}

/// Names of columns, in small letters and without what divides words.
const NAMES: [(&str, Field); 66] = [
    ("title", Field::Title),
    ("headline", Field::Title),
    ("titel", Field::Title),
    ("überschrift", Field::Title),
    ("schlagzeile", Field::Title),
    ("description", Field::Lead),
    ("excerpt", Field::Lead),
    ("lead", Field::Lead),
    ("teaser", Field::Lead),
    ("summary", Field::Lead),
    ("vorspann", Field::Lead),
    ("text", Field::Body),
    ("body", Field::Body),
    ("maintext", Field::Body),
    ("content", Field::Body),
    ("contents", Field::Body),
    ("fulltext", Field::Body),
    ("article", Field::Body),
    ("articletext", Field::Body),
    ("articlebody", Field::Body),
    ("volltext", Field::Body),
    ("artikel", Field::Body),
    ("artikeltext", Field::Body),
    ("inhalt", Field::Body),
    ("selection", Field::Body),
    ("url", Field::Url),
    ("link", Field::Url),
    ("href", Field::Url),
    ("adresse", Field::Url),
    ("articleurl", Field::Url),
    ("sourceurl", Field::Url),
    ("date", Field::Date),
    ("datum", Field::Date),
    ("published", Field::Date),
    ("publishedat", Field::Date),
    ("publisheddate", Field::Date),
    ("publicationdate", Field::Date),
    ("publishdate", Field::Date),
    ("publishingdate", Field::Date),
    ("datepublish", Field::Date),
    ("datepublished", Field::Date),
    ("pubdate", Field::Date),
    ("veröffentlicht", Field::Date),
    ("erscheinungsdatum", Field::Date),
    ("outlet", Field::Outlet),
    ("source", Field::Outlet),
    ("sourcedomain", Field::Outlet),
    ("sourcename", Field::Outlet),
    ("publisher", Field::Outlet),
    ("publication", Field::Outlet),
    ("newspaper", Field::Outlet),
    ("medium", Field::Outlet),
    ("quelle", Field::Outlet),
    ("zeitung", Field::Outlet),
    ("author", Field::Authors),
    ("authors", Field::Authors),
    ("byline", Field::Authors),
    ("autor", Field::Authors),
    ("autoren", Field::Authors),
    ("language", Field::Language),
    ("lang", Field::Language),
    ("sprache", Field::Language),
    ("id", Field::Key),
    ("key", Field::Key),
    ("tags", Field::Tags),
    ("status", Field::State),
];

fn field(name: &str) -> Option<Field> {
    let plain: String = name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    NAMES.iter().find(|(known, _)| *known == plain).map(|&(_, field)| field)
}

/// The delimiter and the fields of a table, by its first row; `None` where the text is none.
///
/// A table names two columns at least that are known, its texts or addresses among them.
fn columns(text: &str) -> Option<(u8, Vec<Option<Field>>)> {
    let first = text.trim_start_matches(['\u{feff}', '\n', '\r', ' ']).lines().next()?;
    if first.len() > 4_000 {
        return None;
    }
    DELIMITERS.iter().find_map(|&delimiter| {
        let row = rows(first, delimiter).next()?.ok()?;
        let fields: Vec<Option<Field>> = row.iter().map(field).collect();
        let known = fields.iter().flatten().count();
        let is_table = fields.iter().flatten().any(|f| matches!(f, Field::Body | Field::Url));
        (known >= 2 && is_table && known * 4 >= fields.len()).then_some((delimiter, fields))
    })
}

fn rows(text: &str, delimiter: u8) -> impl Iterator<Item = csv::Result<StringRecord>> + '_ {
    ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
        .into_records()
}

/// Whether a first row names a column of texts, so that the rows below it are articles.
pub(super) fn names_texts(row: &str) -> bool {
    columns(row).is_some_and(|(_, fields)| fields.contains(&Some(Field::Body)))
}

/// Whether `text` is a table of articles.
pub(super) fn is_table(text: &str) -> bool {
    columns(text).is_some()
}

/// The articles in the rows, and the rows that gave none, by their lines.
pub(super) fn read(text: &str, origin: &str) -> (Vec<Draft>, Vec<Refused>) {
    let text = text.trim_start_matches('\u{feff}');
    let Some((delimiter, fields)) = columns(text) else { return (Vec::new(), Vec::new()) };
    let (mut drafts, mut refused) = (Vec::new(), Vec::new());
    let mut without_text = 0;
    let mut lines = Lines { byte: 0, line: 1 };
    for row in rows(text, delimiter).skip(1) {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                let line = error.position().map_or(0, |p| usize::try_from(p.line()).unwrap_or_default());
                refused.push(Refused { line, reason: Error::Table { reason: error.to_string() } });
                continue;
            }
        };
        let line = row.position().map_or(0, |p| lines.at(text, p.byte()));
        let article = record(&row, &fields);
        if article.body.trim().is_empty() && article.url.contains("://") {
            without_text += 1;
            continue;
        }
        match article.draft(origin) {
            Ok(draft) => drafts.push(draft),
            Err(reason) => refused.push(Refused { line, reason }),
        }
    }
    if without_text > 0 {
        refused.push(Refused { line: 0, reason: Error::LinksOnly { links: without_text } });
    }
    (drafts, refused)
}

/// Counts lines on the way through a text; the parser counts a line less where two bytes end one.
struct Lines {
    byte: usize,
    line: usize,
}

impl Lines {
    /// The line of the row that begins at `byte` or behind the line ends there.
    fn at(&mut self, text: &str, byte: u64) -> usize {
        let from = usize::try_from(byte).unwrap_or(usize::MAX);
        let bytes = text.as_bytes();
        let blank =
            bytes.get(from..).unwrap_or_default().iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let to = (from + blank).min(bytes.len());
        self.line += memchr::memchr_iter(b'\n', bytes.get(self.byte..to).unwrap_or_default()).count();
        self.byte = to.max(self.byte);
        self.line
    }
}

fn record(row: &StringRecord, fields: &[Option<Field>]) -> Record {
    let mut record = Record::default();
    let mut kept = Kept::default();
    for (cell, field) in row.iter().zip(fields) {
        let Some(field) = field else { continue };
        let place = match field {
            Field::Title => &mut record.title,
            Field::Lead => &mut record.lead,
            Field::Body => &mut record.body,
            Field::Url => &mut record.url,
            Field::Date => &mut record.date,
            Field::Outlet => &mut record.outlet,
            Field::Language => &mut record.language,
            Field::Key => &mut record.key,
            Field::Authors => {
                record.authors.extend(record::authors(cell.trim_matches(['[', ']'])));
                continue;
            }
            Field::Tags => {
                kept.tags.extend(front::names(&clean_line(cell)));
                continue;
            }
            Field::State => {
                if matches!(cell.to_lowercase().as_str(), "read" | "gelesen" | "archive") {
                    kept.state.get_or_insert_default().read = true;
                }
                continue;
            }
        };
        // Of two columns with one meaning the first that says something counts.
        if place.trim().is_empty() {
            cell.clone_into(place);
        }
    }
    record.kept = (kept != Kept::default()).then_some(kept);
    record
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_articles_whatever_divides_the_cells() {
        for delimiter in [",", ";", "\t", "|"] {
            let text = [
                "ID,Titel,Volltext,Datum,Quelle,Autor,Seite",
                "1,\"Rat tagt\",\"Der Rat, so heißt es, tagt; am \"\"Montag\"\".\n\nZweiter Absatz.\",17.09.2015,welt.de,Erika Muster,3",
                "2,Leer,,18.09.2015,welt.de,,4",
            ]
            .join("\r\n");
            // Divided by something else, quoted cells keep their commas.
            let text = if delimiter == "," {
                text
            } else {
                let (head, rest) = text.split_once("\r\n").unwrap();
                let rest =
                    rest.replace(",\"", &format!("{delimiter}\"")).replace("\",", &format!("\"{delimiter}"));
                let rest = rest.replace(
                    "17.09.2015,welt.de,Erika Muster,3",
                    &["17.09.2015", "welt.de", "Erika Muster", "3"].join(delimiter),
                );
                let rest = rest.replace(
                    "2,Leer,,18.09.2015,welt.de,,4",
                    &["2", "Leer", "", "18.09.2015", "welt.de", "", "4"].join(delimiter),
                );
                format!("{}\r\n{rest}", head.replace(',', delimiter))
            };
            assert!(is_table(&text), "{text}");
            let (drafts, refused) = read(&text, "t.csv");
            assert_eq!(drafts.len(), 1, "{text}");
            assert_eq!(
                drafts[0].text,
                "Rat tagt\n\nDer Rat, so heißt es, tagt; am \"Montag\".\n\nZweiter Absatz."
            );
            assert_eq!(drafts[0].source.label(), Some("Die Welt"));
            assert_eq!(drafts[0].authors, ["Erika Muster"]);
            assert_eq!(refused, [Refused { line: 5, reason: Error::NoBody }]);
        }
    }

    #[test]
    fn a_list_of_addresses_says_that_it_holds_no_texts() {
        let text = "title,url,time_added,tags,status\nA,https://example.org/a,1,,unread\nB,https://example.org/b,2,x|y,archive\n";
        let (drafts, refused) = read(text, "");
        assert!(drafts.is_empty());
        assert_eq!(refused, [Refused { line: 0, reason: Error::LinksOnly { links: 2 } }]);
    }

    #[test]
    fn prose_is_no_table() {
        for text in [
            "Titel, Text und Datum stehen hier.\nMehr.",
            "Der Titel; ein Text.",
            "a,b,c\n1,2,3",
            "text\nEin Satz.",
        ] {
            assert!(!is_table(text), "{text}");
        }
    }
}
