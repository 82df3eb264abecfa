//! Factiva's HTML: one `div` an article, with its fields in lines before the text or in a table.

use crate::ingest::record::{self, Record};
use crate::text::clean::clean_line;
use crate::text::date::first_date;

use super::tree::{self, Node};

/// Whether a page is such an export.
pub(in crate::ingest) fn is_export(html: &str) -> bool {
    html.contains("Article\"") && (html.contains("article deArticle") || html.contains("article enArticle"))
}

/// The articles on the page.
pub(in crate::ingest) fn records(html: &str) -> Vec<Record> {
    let nodes = tree::parse(html);
    let mut records = Vec::new();
    let mut at = 0;
    while at < nodes.len() {
        if is_article(&nodes[at]) {
            records.push(article(&nodes, at));
            at = nodes[at].end.max(at + 1);
        } else {
            at += 1;
        }
    }
    records
}

/// `article xxArticle`, with two letters for the language of the labels.
fn is_article(node: &Node) -> bool {
    let Some(classes) = node.attribute("class").filter(|_| node.name == "div") else { return false };
    classes.split_whitespace().any(|c| c.len() == 9 && c.ends_with("Article"))
}

fn words(nodes: &[Node], at: usize) -> String {
    let inner = nodes.get(at..nodes[at].end.max(at + 1)).unwrap_or_default();
    clean_line(&inner.iter().map(|n| n.text.as_str()).collect::<Vec<_>>().join(""))
}

fn article(nodes: &[Node], at: usize) -> Record {
    let range = at + 1..nodes[at].end;
    let mut record = Record::default();
    let mut lines: Vec<String> = Vec::new();
    let mut paragraphs: Vec<String> = Vec::new();
    let mut label = None;
    let mut skip_to = 0;
    for here in range {
        let node = &nodes[here];
        if here < skip_to {
            continue;
        }
        let class = node.attribute("class").unwrap_or_default();
        match node.name.as_str() {
            "div" if node.attribute("id") == Some("hd") => {
                record.title = words(nodes, here);
                skip_to = node.end;
            }
            "span" if class.ends_with("Headline") => {
                record.title = words(nodes, here);
                skip_to = node.end;
            }
            "div" if class == "author" => {
                record.authors = record::authors(&words(nodes, here));
                skip_to = node.end;
            }
            "div" if class.is_empty() && is_line(nodes, here) => {
                lines.push(words(nodes, here));
                skip_to = node.end;
            }
            "p" if class.contains("articleParagraph") => {
                paragraphs.push(words(nodes, here));
                skip_to = node.end;
            }
            // Two cells a row: the field's code, and what it holds.
            "td" if label.is_none() => {
                let code = words(nodes, here);
                label = (code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase())).then_some(code);
                if label.is_some() {
                    skip_to = node.end;
                }
            }
            "td" => {
                let code = label.take().unwrap_or_default();
                if matches!(code.as_str(), "LP" | "TD") {
                    let before = paragraphs.len();
                    for inner in here + 1..node.end {
                        if nodes[inner].name == "p" {
                            paragraphs.push(words(nodes, inner));
                        }
                    }
                    if paragraphs.len() == before {
                        paragraphs.push(words(nodes, here));
                    }
                } else {
                    field(&code, words(nodes, here), &mut record);
                }
                skip_to = node.end;
            }
            "p" => {
                if let Some(key) = document(&own_words(nodes, here)) {
                    record.key = key;
                }
            }
            _ => {}
        }
    }
    note_lines(&lines, &mut record);
    paragraphs.retain(|p| !p.is_empty());
    record.body = paragraphs.join("\n\n");
    record
}

/// Whether a `div` holds words only.
fn is_line(nodes: &[Node], at: usize) -> bool {
    let inner = nodes.get(at + 1..nodes[at].end).unwrap_or_default();
    !inner.iter().any(|n| matches!(n.name.as_str(), "div" | "p" | "table"))
}

/// The words directly in a paragraph.
fn own_words(nodes: &[Node], at: usize) -> String {
    let inner = nodes.get(at + 1..nodes[at].end).unwrap_or_default();
    clean_line(&inner.iter().filter(|n| n.parent == at).map(|n| n.text.as_str()).collect::<String>())
}

/// The number of the article: "Dokument" and some 25 letters and digits.
fn document(line: &str) -> Option<String> {
    let key = ["Dokument ", "Document "].iter().find_map(|word| line.strip_prefix(word))?;
    let fits = (12..=40).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric());
    fits.then(|| key.to_owned())
}

/// A field of the table.
fn field(code: &str, value: String, record: &mut Record) {
    match code {
        "HD" => record.title = value,
        "BY" => record.authors = record::authors(&value),
        "PD" => record.date = value,
        "SN" => record.outlet = value,
        "LA" => record.language = value,
        "AN" => record.key = document(&value).unwrap_or(value),
        _ => {}
    }
}

/// The lines between title and text: words, day, time, outlet, its code, pages, language, owner.
fn note_lines(lines: &[String], record: &mut Record) {
    let Some(day) = lines.iter().position(|l| l.len() <= 40 && first_date(l).is_some()) else { return };
    record.date.clone_from(&lines[day]);
    let is_time = |l: &str| l.len() <= 12 && l.contains(':') && l.starts_with(|c: char| c.is_ascii_digit());
    let mut rest = lines.get(day + 1..).unwrap_or_default().iter().filter(|l| !is_time(l));
    if record.outlet.is_empty()
        && let Some(outlet) = rest.next()
    {
        record.outlet.clone_from(outlet);
    }
    let languages = ["Deutsch", "Englisch", "German", "English"];
    if let Some(language) = rest.find(|l| languages.contains(&l.as_str())) {
        record.language.clone_from(language);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_give_their_fields() {
        let html = "<html><body><div id='article-MB0000020100111e61b0001x' class=\"article\"><div class=\"article deArticle\"><p>\
            <div id=\"hd\"><span class='deHeadline'> Rat beschließt <b>Brücke</b>.</span></div>\
            <div class=\"author\">Von Erika Muster</div><div>664 Wörter</div><div>18 April 1998</div><div>10:15</div>\
            <div>Der Morgenbote</div><div>MBOTE</div><div>3</div><div>Deutsch</div><div>(c) 1998 Morgenbote</div></p>\
            <p class=\"articleParagraph dearticleParagraph\">Der Rat tagt.</p>\
            <p class=\"articleParagraph dearticleParagraph\">Zweiter <b>Absatz</b>.</p>\
            <p>Dokument MB0000020100111e61b0001x</p></div></div><br/><span></span>\
            <div class=\"article\"><div class=\"article enArticle\"><table>\
            <tr><td><b>HD</b></td><td>Council approves bridge</td></tr><tr><td><b>BY</b></td><td>By Tom Sample</td></tr>\
            <tr><td><b>PD</b></td><td>12 January 2010</td></tr><tr><td><b>SN</b></td><td>The Evening Post</td></tr>\
            <tr><td><b>LP</b></td><td><p>The council approved it.</p></td></tr>\
            <tr><td><b>TD</b></td><td><p>Work begins in May.</p><p>It ends in 2012.</p></td></tr>\
            <tr><td><b>AN</b></td><td>Document EP00000020100112e61c0002y</td></tr></table></div></div></body></html>";
        assert!(is_export(html));
        let records = records(html);
        assert_eq!(records.len(), 2);
        let first = &records[0];
        assert_eq!(first.title, "Rat beschließt Brücke.");
        assert_eq!((first.outlet.as_str(), first.date.as_str()), ("Der Morgenbote", "18 April 1998"));
        assert_eq!(
            (first.authors.as_slice(), first.language.as_str()),
            (["Erika Muster".to_owned()].as_slice(), "Deutsch")
        );
        assert_eq!(first.body, "Der Rat tagt.\n\nZweiter Absatz.");
        assert_eq!(first.key, "MB0000020100111e61b0001x");
        let second = &records[1];
        assert_eq!(
            (second.title.as_str(), second.outlet.as_str()),
            ("Council approves bridge", "The Evening Post")
        );
        assert_eq!(second.body, "The council approved it.\n\nWork begins in May.\n\nIt ends in 2012.");
        assert_eq!(second.key, "EP00000020100112e61c0002y");
    }
}
