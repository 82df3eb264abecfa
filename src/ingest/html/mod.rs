//! Pages and pieces of HTML become paragraphs and articles.
//!
//! An own lenient reader: no script runs, nothing is fetched, hidden words and embedded files are
//! left out. [`fragment`] is for HTML that is an article already (the text in another
//! program's object); [`article`] finds the article on a whole page.

mod article;
mod author;
mod block;
mod body;
mod byline;
mod day;
mod entity;
pub(super) mod factiva;
mod holder;
mod linked;
mod meta;
mod page;
mod role;
mod title;
mod tree;

pub(super) use article::article;

use crate::model::ParagraphKind;

use super::compose::Part;
use super::credit::{self, Picture};

/// The paragraphs of a piece of HTML, in order: headings, captions, picture credits and body.
///
/// References are decoded, links keep their words only, scripts and styles give nothing. All text
/// is clean. Text without any mark-up is one paragraph. Linear; never panics.
pub(super) fn fragment(html: &str) -> Vec<Part> {
    shown(html).into_iter().map(|line| Part { kind: kind(&line), text: line.text }).collect()
}

/// All lines of text that a piece of HTML shows.
fn shown(html: &str) -> Vec<block::Block> {
    let nodes = tree::parse(html);
    block::blocks(&nodes, 0, nodes.len(), page::is_hidden)
}

/// The words of a piece of HTML on one line; text without mark-up as it is.
pub(super) fn words(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.to_owned();
    }
    lines(html).join(" ")
}

/// The lines of text that a piece of HTML shows, clean.
pub(super) fn lines(html: &str) -> Vec<String> {
    shown(html).into_iter().map(|line| line.text).collect()
}

/// The first heading of a page that is an article from end to end, and its other lines.
pub(super) fn titled(html: &str) -> (Option<String>, Vec<String>) {
    let mut title = None;
    let mut lines = Vec::new();
    for line in shown(html) {
        if title.is_none() && kind(&line) == ParagraphKind::Heading {
            title = Some(line.text);
        } else {
            lines.push(line.text);
        }
    }
    (title, lines)
}

/// The lines of a newsletter without the frame around its text: what stands before and behind it are
/// links and short lines.
pub(super) fn letter(html: &str) -> Vec<String> {
    let lines = shown(html);
    let is_prose = |line: &block::Block| line.words() >= 8 && line.links < 0.5;
    let first = lines.iter().position(is_prose);
    let last = lines.iter().rposition(is_prose);
    let (Some(first), Some(last)) = (first, last) else {
        return lines.into_iter().map(|line| line.text).collect();
    };
    // A heading may stand before the first words.
    let first = if first > 0 && matches!(lines[first - 1].tag.as_str(), "h1" | "h2" | "h3") {
        first - 1
    } else {
        first
    };
    let inner = lines.into_iter().take(last + 1).skip(first);
    inner.filter(|line| line.links < 0.5).map(|line| line.text).collect()
}

/// What a line is by its element and its words.
fn kind(line: &block::Block) -> ParagraphKind {
    match line.tag.as_str() {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => ParagraphKind::Heading,
        _ if credit::picture(&line.text) == Some(Picture::Credit) => ParagraphKind::Credit,
        "figcaption" | "caption" => ParagraphKind::Caption,
        _ => ParagraphKind::Body,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(html: &str) -> Vec<(ParagraphKind, String)> {
        fragment(html).into_iter().map(|p| (p.kind, p.text)).collect()
    }

    #[test]
    fn a_fragment_becomes_typed_paragraphs() {
        use ParagraphKind::{Body, Caption, Heading};
        let html = "<h2>Was nun?</h2><p>Der <b>Rat</b> <a href='javascript:x'>ber&auml;t</a>.<p>Zweiter.\
            <ul><li>Eins<li>Zwei</ul><script>alert('<p>x')</script><style>p{}</style>\
            <figure><img src=x><figcaption>Die Br&uuml;cke am Abend</figcaption></figure>Lose<br><br>Worte";
        let expected = [
            (Heading, "Was nun?"),
            (Body, "Der Rat berät."),
            (Body, "Zweiter."),
            (Body, "Eins"),
            (Body, "Zwei"),
            (Caption, "Die Brücke am Abend"),
            (Body, "Lose"),
            (Body, "Worte"),
        ];
        assert_eq!(words(html), expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn deep_and_flooded_mark_up_takes_steps_in_line_with_its_length() {
        for html in [
            "<div>".repeat(10_000),
            "<span>".repeat(10_000),
            "</b>".repeat(10_000),
            format!("<p {}>x", "a=b ".repeat(10_000)),
            "<p =".repeat(5_000),
            "<!--".repeat(5_000),
            "<script></".repeat(5_000),
            "<a href=\"".repeat(5_000),
            "<li><b>x</i>".repeat(5_000),
            "<table><tr><td><p>".repeat(3_000),
        ] {
            let steps = tree::steps(&html);
            assert!(steps <= STEPS * html.len(), "{steps} for {}", html.get(..20).unwrap_or_default());
            let _ = fragment(&html);
        }
    }

    /// Most steps of the parser for a byte: it looks back through a bounded number of elements.
    const STEPS: usize = 64;

    proptest! {
        #[test]
        fn no_mark_up_makes_it_panic(html in "(<|>|/|\"|'|=|&|;|p|div|li|script|!--|--|ü|\\PC| )*") {
            for part in fragment(&html) {
                prop_assert!(!part.text.trim().is_empty() && !part.text.contains('\n'));
            }
            prop_assert!(tree::steps(&html) <= STEPS * html.len());
        }
    }
}
