//! What the raw content of an element says: references resolved, mark-up told from text.

use crate::ingest::reference;

use super::xml::{Quotes, Token, Tokens};

/// Content of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Mark-up, to be read as HTML.
    Html(String),
    /// Letters that mean themselves.
    Text(String),
}

impl Content {
    /// Its letters, whatever they are.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Html(text) | Self::Text(text) => text,
        }
    }
}

/// The content between two tags: mark-up where it has elements of its own, else text with its
/// references resolved once.
pub(super) fn content(raw: &str) -> Content {
    let mut text = String::with_capacity(raw.len());
    for token in Tokens::new(raw, Quotes::Strict) {
        match token {
            Token::Start(_) => return Content::Html(raw.replace("<![CDATA[", "").replace("]]>", "")),
            Token::Text(piece) => reference::resolve_into(piece, &mut text, |_| None),
            Token::Data(piece) => text.push_str(piece),
            Token::End(_) => {}
        }
    }
    Content::Text(text)
}

/// Whether text that claims to be plain has the look of mark-up.
pub(super) fn looks_marked_up(text: &str) -> bool {
    let mut tags = text.match_indices('<').filter(|(at, _)| {
        let behind = text.get(at + 1..).unwrap_or_default();
        let name = behind.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next();
        name.is_some_and(|name| {
            matches!(
                name.to_ascii_lowercase().as_str(),
                "p" | "br"
                    | "a"
                    | "b"
                    | "i"
                    | "em"
                    | "strong"
                    | "div"
                    | "span"
                    | "img"
                    | "ul"
                    | "li"
                    | "h2"
                    | "h3"
            )
        })
    });
    tags.next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_resolved_once_and_mark_up_stays() {
        for (raw, expected) in [
            ("A &amp; B &lt;p&gt; &#228;&#x201E;&#150;", "A & B <p> ä„–"),
            ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
            ("R&D &auml; &bogus; &#xffffffff; &", "R&D &auml; &bogus; &#xffffffff; &"),
            ("<![CDATA[5 < 6 &amp; <b>]]> und", "5 < 6 &amp; <b> und"),
            ("a<!-- b -->c", "ac"),
        ] {
            assert_eq!(content(raw), Content::Text(expected.to_owned()), "{raw}");
        }
        assert_eq!(content("<div><p>x</p></div>"), Content::Html("<div><p>x</p></div>".to_owned()));
    }

    #[test]
    fn mark_up_is_told_from_comparisons() {
        assert!(looks_marked_up("<p>Eins") && looks_marked_up("Eins<br/>zwei"));
        assert!(!looks_marked_up("x < y"));
    }
}
