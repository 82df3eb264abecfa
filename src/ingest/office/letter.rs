//! The paragraphs of a Word or `OpenDocument` text.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::ingest::{Error, reference};
use crate::text::clean::clean_line;

/// What is not part of the text: the older wording of a change, and a second form of a drawing.
const SKIPPED: [&str; 3] = ["del", "Fallback", "tracked-changes"];

/// The lines of a document's text, clean, without empty ones.
pub(super) fn lines(xml: &str) -> Result<Vec<String>, Error> {
    let mut reader = Reader::from_str(xml);
    let (mut lines, mut line) = (Vec::new(), String::new());
    // Word marks its runs of text, `OpenDocument` takes all that stands in a paragraph.
    let is_word = xml.contains("<w:");
    let (mut depth, mut in_run, mut skipped) = (0_usize, false, 0_usize);
    loop {
        match reader.read_event().map_err(|e| Error::Damaged { reason: e.to_string() })? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                name if SKIPPED.contains(&name) => skipped += 1,
                "p" | "h" => depth += 1,
                "t" => in_run = true,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                name if SKIPPED.contains(&name) => skipped = skipped.saturating_sub(1),
                "p" | "h" => {
                    depth = depth.saturating_sub(1);
                    end(&mut line, &mut lines);
                }
                "t" => in_run = false,
                _ => {}
            },
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "tab" | "s" => line.push(' '),
                "br" | "cr" | "line-break" => end(&mut line, &mut lines),
                _ => {}
            },
            Event::Text(text) if skipped == 0 && (in_run || (!is_word && depth > 0)) => {
                line.push_str(&text);
            }
            Event::CData(text) if skipped == 0 && (in_run || (!is_word && depth > 0)) => {
                line.push_str(&text);
            }
            Event::GeneralRef(name) if skipped == 0 && (in_run || (!is_word && depth > 0)) => {
                // Entities of a document's own are not followed.
                line.extend(reference::character(&name));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    end(&mut line, &mut lines);
    Ok(lines)
}

fn end(line: &mut String, lines: &mut Vec<String>) {
    let text = clean_line(&std::mem::take(line));
    if !text.is_empty() {
        lines.push(text);
    }
}
