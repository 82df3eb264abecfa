//! Where quotation marks open and close, by paragraph.
//!
//! Knows marks only: whether the words between them are speech or a name is decided elsewhere.

use std::ops::Range;

use crate::model::{Draft, Span};

/// Words between quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marked {
    /// With the marks.
    pub span: Span,
    /// Without them.
    pub inner: Range<usize>,
    /// Index of the paragraph.
    pub paragraph: usize,
}

/// The outermost quotations of all paragraphs, in order, without overlap.
///
/// What is not closed ends with its paragraph. A paragraph without an opening mark that closes one
/// of the paragraph before is quoted from its start.
pub(super) fn marked(draft: &Draft) -> Vec<Marked> {
    let mut found = Vec::new();
    let mut unclosed = false;
    for (index, paragraph) in draft.paragraphs.iter().enumerate() {
        let base = paragraph.span.start();
        let scan = scan(paragraph.span.of(&draft.text), unclosed);
        unclosed = scan.unclosed;
        found.extend(scan.pairs.into_iter().filter_map(|pair| {
            Some(Marked {
                span: Span::new(&draft.text, base + pair.outer.start..base + pair.outer.end)?,
                inner: base + pair.inner.start..base + pair.inner.end,
                paragraph: index,
            })
        }));
    }
    found
}

#[derive(Debug, PartialEq, Eq)]
struct Pair {
    outer: Range<usize>,
    inner: Range<usize>,
}

#[derive(Debug, Default)]
struct Scan {
    pairs: Vec<Pair>,
    unclosed: bool,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    mark: char,
    at: usize,
}

enum Act {
    Open,
    Close,
    Nothing,
}

/// Scans one paragraph; `before` says whether the paragraph before it left a quotation open.
fn scan(text: &str, before: bool) -> Scan {
    let mut found = Scan::default();
    let mut open: Vec<Open> = Vec::new();
    let mut previous = None;
    let mut carried = before;
    let mut chars = text.char_indices().peekable();
    while let Some((at, mark)) = chars.next() {
        let next = chars.peek().map(|&(_, c)| c);
        let end = at + mark.len_utf8();
        match act(mark, &open, previous, next) {
            Act::Open => {
                carried = false;
                open.push(Open { mark, at });
            }
            Act::Close => {
                if let Some(depth) = open.iter().rposition(|o| closes(o.mark, mark)) {
                    let start = open[depth].at;
                    let first = start + open[depth].mark.len_utf8();
                    open.truncate(depth);
                    // Quotations inside this one belong to it.
                    found.pairs.retain(|p| p.outer.start < start);
                    found.pairs.push(Pair { outer: start..end, inner: first..at });
                }
            }
            Act::Nothing
                if carried && open.is_empty() && is_double(mark) && closing_place(previous, next) =>
            {
                found.pairs.push(Pair { outer: 0..end, inner: 0..at });
                carried = false;
            }
            Act::Nothing => {}
        }
        previous = Some(mark);
    }
    finish(text, &open, &mut found);
    found
}

/// Closes what the paragraph left open.
fn finish(text: &str, open: &[Open], found: &mut Scan) {
    let mut free = 0;
    for mark in open.iter().filter(|o| is_double(o.mark)) {
        if mark.at < free {
            continue;
        }
        let first = mark.at + mark.mark.len_utf8();
        let inside = found.pairs.iter().filter(|p| p.outer.start >= first).map(|p| p.outer.start).min();
        if let Some(inside) = inside {
            // Another quotation began: the closing mark was forgotten. The words before it up to
            // their last full stop are what can be meant.
            let body = text.get(first..inside).unwrap_or_default();
            if let Some(stop) = body.rfind(['.', '!', '?']) {
                let end = first + stop + 1;
                free = end;
                found.pairs.push(Pair { outer: mark.at..end, inner: first..end });
            }
        } else {
            let end = text.trim_end().len();
            if end > first {
                found.pairs.push(Pair { outer: mark.at..end, inner: first..end });
                found.unclosed = true;
            }
            break;
        }
    }
    found.pairs.sort_by_key(|p| p.outer.start);
}

fn act(mark: char, open: &[Open], previous: Option<char>, next: Option<char>) -> Act {
    let top = open.last().map(|o| o.mark);
    let opens = opening_place(previous, next);
    let ends = closing_place(previous, next);
    let tight = previous.is_some_and(|p| !p.is_whitespace());
    let closable = open.iter().any(|o| closes(o.mark, mark));
    match mark {
        // Some texts close with the opening mark: „so„.
        '„' if top == Some('„') && tight && ends && !opens => Act::Close,
        '„' | '‟' => Act::Open,
        '“' if top == Some('„') => Act::Close,
        '“' | '”' | '"' | '«' | '»' | '‹' | '›' => {
            let spaced = previous.is_some_and(char::is_whitespace) && next.is_none_or(char::is_whitespace);
            if closable && (tight && !opens || spaced) {
                Act::Close
            } else if opens {
                Act::Open
            } else if closable && tight {
                Act::Close
            } else if spaced && matches!(mark, '«' | '»') {
                Act::Open
            } else {
                Act::Nothing
            }
        }
        '‘' if top == Some('‚') => Act::Close,
        '‚' | '‘' if opens => Act::Open,
        '\'' if opens && next.is_some_and(char::is_alphanumeric) && top != Some('\'') => Act::Open,
        '’' | '\'' | '‘' if closable && ends => Act::Close,
        _ => Act::Nothing,
    }
}

/// Whether `mark` can end what `open` began. Careless texts mix the styles („…", “…").
fn closes(open: char, mark: char) -> bool {
    match open {
        '„' => matches!(mark, '“' | '”' | '"' | '‟' | '„'),
        '“' | '”' | '‟' => matches!(mark, '”' | '“' | '"'),
        '"' => matches!(mark, '"' | '”' | '“'),
        '«' | '»' => matches!(mark, '«' | '»'),
        '‹' | '›' => matches!(mark, '‹' | '›'),
        '‚' => matches!(mark, '‘' | '’' | '\''),
        '‘' => matches!(mark, '’' | '\''),
        '\'' => mark == '\'',
        _ => false,
    }
}

fn is_double(mark: char) -> bool {
    matches!(mark, '„' | '‟' | '“' | '”' | '"' | '«' | '»')
}

fn is_mark(c: char) -> bool {
    is_double(c) || matches!(c, '‚' | '‘' | '’' | '\'' | '‹' | '›')
}

fn opening_place(previous: Option<char>, next: Option<char>) -> bool {
    previous.is_none_or(|p| {
        p.is_whitespace() || is_mark(p) || matches!(p, '(' | '[' | '–' | '—' | '-' | '/' | ':')
    }) && next.is_some_and(|n| {
        n.is_alphanumeric() || is_mark(n) || matches!(n, '(' | '[' | '…' | '.' | '#' | '@' | '$' | '€')
    })
}

fn closing_place(previous: Option<char>, next: Option<char>) -> bool {
    previous.is_some_and(|p| !p.is_whitespace()) && next.is_none_or(|n| !n.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn quoted(text: &str) -> Vec<&str> {
        scan(text, false).pairs.into_iter().filter_map(|p| text.get(p.outer)).collect()
    }

    #[test]
    fn every_style_of_marks_is_read() {
        let cases: [(&str, &[&str]); 10] = [
            ("Er las „dort.de„, wie er sagte.", &["„dort.de„"]),
            ("Er sagte: „Ja.“ Sie auch.", &["„Ja.“"]),
            ("Er sagte: \"Ja.\" Sie: \"Nein.\"", &["\"Ja.\"", "\"Nein.\""]),
            ("»Ja«, rief er, «Nein» sie.", &["»Ja«", "«Nein»"]),
            ("“Yes,” he said. “No.”", &["“Yes,”", "“No.”"]),
            ("‘Yes,’ he said, it’s John’s.", &["‘Yes,’"]),
            ("Er sei „so gut” wie „neu\".", &["„so gut”", "„neu\""]),
            ("“Ja“, sagte er.", &["“Ja“"]),
            ("(„Ja“) – „Nein“", &["„Ja“", "„Nein“"]),
            ("Ein 5\" Rohr, John's dog's.", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(quoted(text), expected, "{text}");
        }
    }

    #[test]
    fn a_quotation_inside_another_belongs_to_it() {
        assert_eq!(quoted("„Er rief ‚Halt!‘ und lief“, sagte sie."), ["„Er rief ‚Halt!‘ und lief“"]);
        assert_eq!(quoted("„„Halt“ rief er“, sagte sie."), ["„„Halt“ rief er“"]);
        assert_eq!(quoted("\"He said 'stop' twice,\" she said."), ["\"He said 'stop' twice,\""]);
    }

    #[test]
    fn an_unclosed_quotation_ends_with_its_paragraph() {
        assert_eq!(quoted("Er sagte: „Ja. Sicher.  "), ["„Ja. Sicher."]);
        assert!(scan("Er sagte: „Ja.", false).unclosed);
    }

    #[test]
    fn a_forgotten_closing_mark_does_not_swallow_the_next_quotation() {
        assert_eq!(quoted("„Ja. Sicher. sagte er. „Nein“, sie."), ["„Ja. Sicher. sagte er.", "„Nein“"]);
    }

    #[test]
    fn a_quotation_goes_on_in_the_next_paragraph() {
        let text = "Das war es.“ Dann ging er.";
        let pairs = scan(text, true).pairs;
        assert_eq!(pairs.len(), 1);
        assert_eq!(text.get(pairs[0].outer.clone()), Some("Das war es.“"));
        assert!(scan(text, false).pairs.is_empty());
    }

    proptest! {
        #[test]
        fn quotations_are_in_order_and_do_not_overlap(text in "[a-cA ß.,:„“”\"»«‚‘’' ()]{0,60}", before: bool) {
            let mut last = 0;
            for pair in scan(&text, before).pairs {
                prop_assert!(text.get(pair.outer.clone()).is_some());
                prop_assert!(text.get(pair.inner.clone()).is_some());
                prop_assert!(pair.outer.start >= last && pair.inner.end <= pair.outer.end);
                last = pair.outer.end;
            }
        }
    }
}
