//! Lines of a loose text copy: trimmed, joined where they were wrapped, with what can be counted.

use crate::text::clean::collapse;

/// A line of text, as its author meant it: physical lines of one wrapped paragraph are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its words, single-spaced.
    pub text: String,
    /// A blank line stands before it.
    pub gap: bool,
    /// Number of words.
    pub words: usize,
    /// Ends as a sentence does.
    pub ends: bool,
    /// Number of sentence ends.
    pub sentences: usize,
    /// Marked as a heading (`## …`).
    pub marked_heading: bool,
}

impl Line {
    pub fn new(text: String, gap: bool) -> Self {
        let words = text.split(' ').filter(|w| w.contains(char::is_alphanumeric)).count();
        let ends = ends_sentence(&text);
        let sentences = inner_ends(&text) + usize::from(ends);
        Self { text, gap, words, ends, sentences, marked_heading: false }
    }

    /// Whether it looks like running prose and nothing else.
    pub fn is_running(&self) -> bool {
        self.sentences >= 1 && (self.words >= 25 || (self.words >= 12 && self.ends))
    }

    /// Whether it could be a heading: short, and no statement.
    pub fn is_short(&self) -> bool {
        self.words <= 16 && self.text.len() <= 140 && (!self.ends || self.text.ends_with('?'))
    }
}

/// The lines of `text`, which is clean already; blank ones become gaps.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut physical: Vec<Physical> = Vec::new();
    let mut gap = false;
    for raw in text.lines() {
        let line = collapse(&with_short_link_markers(raw));
        if line.is_empty() {
            gap = true;
            continue;
        }
        let loose = raw.ends_with(' ') || raw.starts_with(' ');
        physical.push(Physical {
            ends: ends_sentence(&line),
            last_chars: line.chars().count(),
            is_address: line.contains("://"),
            line,
            gap,
            loose,
        });
        gap = false;
    }
    joined(physical)
}

/// A line as it stands in the file.
#[allow(clippy::struct_excessive_bools, reason = "independent answers, not one state")]
struct Physical {
    line: String,
    /// Length of the physical line, of the last one where several are joined.
    last_chars: usize,
    gap: bool,
    ends: bool,
    /// Holds a web address.
    is_address: bool,
    /// White space at an end: often what a line break inside a paragraph leaves.
    loose: bool,
}

fn joined(physical: Vec<Physical>) -> Vec<Line> {
    let width = wrap_width(&physical);
    let mut lines: Vec<Line> = Vec::new();
    let mut open: Option<Physical> = None;
    for next in physical {
        open = match open {
            Some(mut before) if continues(&before, &next, width) => {
                join(&mut before.line, &next.line);
                Some(Physical { line: before.line, gap: before.gap, ..next })
            }
            Some(before) => {
                lines.push(finished(before));
                Some(next)
            }
            None => Some(next),
        };
    }
    lines.extend(open.map(finished));
    lines
}

/// Labels before a title, with their colon and space.
const TITLE_LABELS: [&str; 6] =
    ["Titel: ", "Title: ", "Überschrift: ", "Headline: ", "Schlagzeile: ", "TITEL: "];

fn finished(physical: Physical) -> Line {
    let hashes = physical.line.len() - physical.line.trim_start_matches('#').len();
    let heading = (1..=6).contains(&hashes).then(|| physical.line.get(hashes..)).flatten();
    // "Titel: …", as notes and exports label it.
    let labelled = TITLE_LABELS.iter().find_map(|l| physical.line.strip_prefix(l)).filter(|t| t.len() > 2);
    match heading.and_then(|h| h.strip_prefix(' ')).or(labelled) {
        Some(words) => Line { marked_heading: true, ..Line::new(words.to_owned(), physical.gap) },
        None => Line::new(physical.line, physical.gap),
    }
}

/// The column at which the text was wrapped, where it was.
///
/// Wrapped prose shows in lines of nearly one length that stop in mid-sentence and go on with a
/// small letter; lists of headlines stop without an end mark too, but go on with capitals.
fn wrap_width(physical: &[Physical]) -> Option<usize> {
    const WIDEST: usize = 130;
    let pairs: Vec<(&Physical, &Physical)> = physical
        .iter()
        .zip(physical.iter().skip(1))
        .filter(|(a, b)| !b.gap && (30..=WIDEST).contains(&a.last_chars))
        .collect();
    let broken: Vec<_> = pairs.iter().filter(|(a, _)| !a.ends).collect();
    if broken.len() < 3 || broken.len() * 2 < pairs.len() {
        return None;
    }
    let mut lengths: Vec<usize> = broken.iter().map(|(a, _)| a.last_chars).collect();
    lengths.sort_unstable();
    let width = *lengths.get(lengths.len() * 19 / 20)?;
    let full = lengths.iter().filter(|&&l| l * 4 >= width * 3).count();
    let small = broken.iter().filter(|(_, b)| b.line.starts_with(char::is_lowercase)).count();
    (full * 10 >= lengths.len() * 7 && small * 10 >= broken.len() * 2).then_some(width)
}

/// Whether `next` goes on with the paragraph of `before`.
fn continues(before: &Physical, next: &Physical, width: Option<usize>) -> bool {
    if next.gap || next.is_address || super::credit::tail(&next.line).is_some() {
        return false;
    }
    // A line beyond the width was never wrapped.
    if let Some(width) = width.filter(|w| before.last_chars <= w + 8) {
        let first_word = next.line.split(' ').next().unwrap_or_default().chars().count();
        // The next word would not have fitted; three columns for ragged wrapping.
        let is_full = before.last_chars + 1 + first_word + 3 > width;
        if is_full || (!before.ends && before.last_chars * 10 >= width * 7) {
            return true;
        }
    }
    if before.ends || before.line.ends_with(':') || before.is_address {
        return false;
    }
    // The line before may have grown to a whole book: no look at it may cost its length.
    let has_words = |p: &Physical, count: usize| p.line.split(' ').nth(count - 1).is_some();
    if next.line.starts_with(char::is_lowercase) {
        return has_words(next, 3) || before.last_chars >= 60;
    }
    // A break inside a sentence before a noun: white space was left, and a small word stands last.
    let last = before.line.rsplit(' ').next().unwrap_or_default();
    let is_open = last.ends_with(',') || last.chars().all(char::is_lowercase);
    (before.loose || next.loose) && is_open && has_words(before, 6) && has_words(next, 3)
}

/// Appends `next` to `line`; a word divided at the line's end is made whole.
fn join(line: &mut String, next: &str) {
    let stem = line.strip_suffix('-').filter(|s| s.ends_with(char::is_alphabetic));
    let first = next.split(' ').next().unwrap_or_default();
    // "Ein- und Ausfuhr" keeps its hyphen and its space.
    let is_pair = ["und", "oder", "bis", "bzw.", "and", "or", "to"].contains(&first);
    match stem {
        Some(stem) if !is_pair => {
            if next.starts_with(char::is_lowercase) {
                let length = stem.len();
                line.truncate(length);
            }
        }
        _ => line.push(' '),
    }
    line.push_str(next);
}

/// Shortens "(Link: http…)" to "(Link)", so that one sees where the source leads on without its
/// address standing in the sentence, and takes out the space left before a punctuation mark.
fn with_short_link_markers(line: &str) -> String {
    const OPENINGS: [&str; 2] = ["(Link: http", "[Link: http"];
    let mut kept = String::new();
    let mut rest = line;
    while let Some(at) = OPENINGS.iter().filter_map(|o| rest.find(o)).min() {
        let (before, marker) = rest.split_at(at);
        let Some(end) = marker.find([')', ']']) else { break };
        let after = marker.get(end + 1..).unwrap_or_default();
        kept.push_str(before);
        rest = after;
        kept.push_str(if marker.starts_with('(') { "(Link)" } else { "[Link]" });
        let goes_on = after.trim_start_matches(' ');
        if goes_on.is_empty() || goes_on.starts_with(['.', ',', ';', ':', '!', '?', ')', '“', '”', '»', '"'])
        {
            rest = goes_on;
        }
    }
    kept.push_str(rest);
    kept
}

/// Whether `text` ends as a sentence: an end mark, perhaps inside closing marks.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(is_closing).ends_with(['.', '!', '?', '…'])
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '»' | '«' | '’' | '‘' | '\'' | ')' | ']' | '›' | '‹')
}

/// End marks with a new sentence behind them.
fn inner_ends(text: &str) -> usize {
    let mut count = 0;
    let mut ended = false;
    let mut spaced = false;
    for c in text.chars() {
        if matches!(c, '.' | '!' | '?' | '…') {
            (ended, spaced) = (true, false);
        } else if ended && c == ' ' {
            spaced = true;
        } else if ended && is_closing(c) && !spaced {
        } else if ended
            && spaced
            && (c.is_uppercase() || matches!(c, '"' | '„' | '«' | '»' | '“' | '‚' | '\''))
        {
            count += 1;
            ended = false;
        } else {
            ended = false;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        lines(text).into_iter().map(|l| l.text).collect()
    }

    #[test]
    fn wrapped_lines_become_paragraphs_again() {
        let wrapped = "Die Regierung hat am Freitag in Berlin ihre neuen Pläne für\n\
            den Haushalt des kommenden Jahres vorgestellt und dabei um\n\
            Verständnis geworben. Die Opposition sprach von einem Fehl-\n\
            schlag.\n\nDer Minister sagte, er wolle die Ein- und Ausgaben im nächsten\nJahr genauer prüfen \
            lassen als bisher üblich gewesen sei.";
        assert_eq!(
            texts(wrapped),
            [
                "Die Regierung hat am Freitag in Berlin ihre neuen Pläne für den Haushalt des kommenden \
                 Jahres vorgestellt und dabei um Verständnis geworben. Die Opposition sprach von einem \
                 Fehlschlag.",
                "Der Minister sagte, er wolle die Ein- und Ausgaben im nächsten Jahr genauer prüfen lassen \
                 als bisher üblich gewesen sei."
            ]
        );
    }

    #[test]
    fn headlines_below_each_other_stay_apart() {
        let list = "Minister kündigt neues Gesetz für Mieter an\nStreit um Windräder geht in nächste Runde\n\
            Was die neuen Regeln für Reisende bedeuten\nPolizei sucht nach Zeugen eines Unfalls";
        assert_eq!(texts(list).len(), 4);
    }

    #[test]
    fn a_sentence_broken_in_the_middle_is_mended() {
        assert_eq!(
            texts("Der Sprecher des Amtes, Herr Beispiel,\n hat den Vorwurf zurückgewiesen.\nEr ging."),
            ["Der Sprecher des Amtes, Herr Beispiel, hat den Vorwurf zurückgewiesen.", "Er ging."]
        );
    }

    #[test]
    fn link_markers_are_shortened_and_leave_no_space() {
        for (raw, shown) in [
            ("in Rom (Link: http://a.example/1) . Dann", "in Rom (Link). Dann"),
            ("in Rom (Link: http://a.example/1), dann", "in Rom (Link), dann"),
            ("in Rom (Link: http://a.example/1) dann", "in Rom (Link) dann"),
            ("in Rom (Link: http://a.example", "in Rom (Link: http://a.example"),
        ] {
            assert_eq!(texts(raw), [shown]);
        }
    }

    #[test]
    fn marked_headings_lose_their_mark() {
        let line = &lines("## Was nun?\n#hashtag")[0];
        assert!(line.marked_heading && line.text == "Was nun?");
        let line = &lines("Titel: Neue Brücke")[0];
        assert!(line.marked_heading && line.text == "Neue Brücke");
    }
}
