//! Tags and texts of XML as it is found on the web: nothing is an error.
//!
//! Entities that a document declares itself, its DTD and processing instructions are passed over, so that
//! none can grow or name a file. What is looked for in vain is not looked for again and again: linear, no
//! recursion.

use memchr::memmem;

use crate::ingest::reference;

/// Longest value of an attribute; longer ones are embedded files.
const LONGEST_VALUE: usize = 8 << 10;

/// How often the end of a declaration or an instruction is looked for in vain; each look costs up to
/// [`LONGEST_DECLARATION`] bytes.
const LOOKS: usize = 16;
const LONGEST_DECLARATION: usize = 128 << 10;

/// Most attributes read of a tag.
const ATTRIBUTES: usize = 64;

/// A piece of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Token<'a> {
    /// A start tag.
    Start(Tag<'a>),
    /// An end tag by name.
    End(&'a str),
    /// Text with its references as they stand.
    Text(&'a str),
    /// Text in which nothing is a reference (CDATA).
    Data(&'a str),
}

/// A start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) struct Tag<'a> {
    /// Its name with its prefix, as written.
    pub name: &'a str,
    /// Its attributes, as written.
    attributes: &'a str,
    /// It ends itself (`<br/>`).
    pub is_empty: bool,
    quotes: Quotes,
}

/// Where a quoted value ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Quotes {
    /// At the next quotation mark.
    Strict,
    /// At the next one behind which another attribute or the end of the tag stands, since values may have
    /// raw quotation marks in them.
    Loose,
}

impl<'a> Tag<'a> {
    /// Name and raw value of each attribute.
    pub fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let (mut rest, quotes) = (self.attributes, self.quotes);
        std::iter::from_fn(move || {
            let (pair, after) = attribute(rest, quotes)?;
            rest = after;
            Some(pair)
        })
        .take(ATTRIBUTES)
    }

    /// The value of the attribute `name`, whatever its capitals, with references resolved.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let (_, value) = self.attributes().find(|(n, _)| n.eq_ignore_ascii_case(name))?;
        Some(reference::resolve(value))
    }

    /// Whether any attribute is there.
    pub fn has_attributes(&self) -> bool {
        !self.attributes.trim().is_empty()
    }
}

/// The pieces of a document, one after the other.
pub(in crate::ingest) struct Tokens<'a> {
    whole: &'a str,
    at: usize,
    quotes: Quotes,
    /// No CDATA section ends from here on, nor a comment: not to be looked for again.
    open_data: bool,
    open_comment: bool,
    /// How many more times a declaration or an instruction may be looked for the end of in vain.
    looks: usize,
    /// From the last instruction to this byte no `?>` stands.
    no_mark_before: usize,
    /// See [`Tokens::steps`].
    steps: usize,
}

impl<'a> Tokens<'a> {
    pub fn new(whole: &'a str, quotes: Quotes) -> Self {
        Self {
            whole,
            at: 0,
            quotes,
            open_data: false,
            open_comment: false,
            looks: LOOKS,
            no_mark_before: 0,
            steps: 0,
        }
    }

    /// The byte behind the last piece.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Goes back to the byte behind an earlier piece.
    pub fn reset(&mut self, at: usize) {
        self.at = at;
    }

    /// The pieces read, those read again too, and the bytes looked at beyond them.
    pub fn steps(&self) -> usize {
        self.steps
    }

    fn rest(&self) -> &'a str {
        self.whole.get(self.at..).unwrap_or_default()
    }

    /// What begins with `<` and is no tag; `None` where it is passed over.
    fn special(&mut self, rest: &'a str) -> Option<Token<'a>> {
        if let Some(data) = rest.strip_prefix("<![CDATA[") {
            let end = if self.open_data { None } else { memmem::find(data.as_bytes(), b"]]>") };
            self.steps += if self.open_data { 0 } else { end.unwrap_or(data.len()) };
            self.open_data |= end.is_none();
            // Without its end, it reaches to the next end tag.
            let (length, mark) =
                end.map_or_else(|| (data.find("</").unwrap_or(data.len()), 0), |end| (end, 3));
            self.at += "<![CDATA[".len() + length + mark;
            return data.get(..length).map(Token::Data);
        }
        if let Some(comment) = rest.strip_prefix("<!--") {
            let end = if self.open_comment { None } else { memmem::find(comment.as_bytes(), b"-->") };
            self.steps += if self.open_comment { 0 } else { end.unwrap_or(comment.len()) };
            self.open_comment |= end.is_none();
            self.at += "<!--".len() + end.map_or(0, |end| end + 3);
            return None;
        }
        let end = if self.looks == 0 {
            None
        } else if rest.starts_with("<!") {
            declaration(rest)
        } else {
            self.instruction()
        };
        if self.looks > 0 && end.is_none() {
            self.looks -= 1;
            self.steps += rest.len().min(LONGEST_DECLARATION);
        }
        // Without its end, its two signs alone are passed over.
        self.at += end.unwrap_or(2);
        None
    }

    /// Length of an instruction, which many end without their `?`; `None` where it does not end.
    fn instruction(&mut self) -> Option<usize> {
        let end = (self.at + LONGEST_VALUE).min(self.whole.len());
        let from = self.at.max(self.no_mark_before);
        let near = self.whole.as_bytes().get(from..end).unwrap_or_default();
        let mark = memmem::find(near, b"?>");
        self.steps += mark.unwrap_or(near.len());
        if let Some(mark) = mark {
            return Some(from + mark + 2 - self.at);
        }
        // The mark's first half may be the last byte.
        self.no_mark_before = end.saturating_sub(1);
        memchr::memchr(b'>', self.whole.as_bytes().get(self.at..end)?).map(|at| at + 1)
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            self.steps += 1;
            let rest = self.rest();
            let inner = match rest.strip_prefix('<') {
                Some(inner) => inner,
                None if rest.is_empty() => return None,
                None => {
                    let end = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
                    self.at += end;
                    return rest.get(..end).map(Token::Text);
                }
            };
            if inner.starts_with(['!', '?']) {
                match self.special(rest) {
                    None => continue,
                    some => return some,
                }
            }
            if let Some(name) = inner.strip_prefix('/') {
                let end = memchr::memchr2(b'>', b'<', name.as_bytes()).unwrap_or(name.len());
                let mark = usize::from(name.as_bytes().get(end) == Some(&b'>'));
                self.at += "</".len() + end + mark;
                return name.get(..end).map(|name| Token::End(name.trim()));
            }
            if !inner.starts_with(|c: char| c.is_alphabetic() || c == '_') {
                self.at += 1;
                return rest.get(..1).map(Token::Text);
            }
            let (tag, length) = start(inner, self.quotes);
            self.at += 1 + length;
            return Some(Token::Start(tag));
        }
    }
}

/// Length of a declaration with what it declares; `None` where it does not end.
fn declaration(rest: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in rest.bytes().enumerate().take(LONGEST_DECLARATION) {
        match byte {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'>' if depth == 0 => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The start tag that `inner` (behind `<`) begins with, and its length.
fn start(inner: &str, quotes: Quotes) -> (Tag<'_>, usize) {
    let ends = |c: char| c.is_whitespace() || matches!(c, '/' | '>' | '<');
    let (name, behind) = inner.split_at(inner.find(ends).unwrap_or(inner.len()));
    let mut rest = behind;
    while let Some((_, after)) = attribute(rest, quotes) {
        rest = after;
    }
    let attributes = behind.get(..behind.len() - rest.len()).unwrap_or_default();
    let end = rest.trim_start();
    let is_empty = end.starts_with('/');
    let end = end.trim_start_matches(|c: char| c == '/' || c.is_whitespace());
    let end = end.strip_prefix('>').unwrap_or(end);
    (Tag { name, attributes, is_empty, quotes }, inner.len() - end.len())
}

/// The attribute that `rest` begins with, and what follows; `None` at the end of the tag.
fn attribute(rest: &str, quotes: Quotes) -> Option<((&str, &str), &str)> {
    let mut rest = rest.trim_start();
    // A slash inside a tag is no end of it.
    while let Some(after) = rest.strip_prefix('/') {
        if after.trim_start().starts_with('>') || after.is_empty() {
            return None;
        }
        rest = after.trim_start();
    }
    if rest.is_empty() || rest.starts_with(['>', '<']) {
        return None;
    }
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let tail = rest.get(first..).unwrap_or_default();
    let ends = |c: char| c.is_whitespace() || matches!(c, '=' | '>' | '<' | '/');
    let (name, after) = rest.split_at(first + tail.find(ends).unwrap_or(tail.len()));
    let Some(behind) = after.trim_start().strip_prefix('=') else { return Some(((name, ""), after)) };
    let (value, after) = value(behind.trim_start(), quotes);
    Some(((name, value), after))
}

fn value(behind: &str, quotes: Quotes) -> (&str, &str) {
    let mark = behind.bytes().next().filter(|b| matches!(b, b'"' | b'\''));
    if let Some(mark) = mark {
        let inner = behind.get(1..).unwrap_or_default();
        if let Some(end) = closing(inner, mark, quotes) {
            return (inner.get(..end).unwrap_or_default(), inner.get(end + 1..).unwrap_or_default());
        }
    }
    let end = behind.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(behind.len());
    let (value, after) = behind.split_at(end);
    (value.trim_matches(['"', '\'']), after)
}

/// Where the value that `inner` begins with ends, at most [`LONGEST_VALUE`] bytes on.
fn closing(inner: &str, mark: u8, quotes: Quotes) -> Option<usize> {
    let near = inner.as_bytes().get(..LONGEST_VALUE).unwrap_or(inner.as_bytes());
    let mut marks = memchr::memchr_iter(mark, near);
    let first = marks.next()?;
    if quotes == Quotes::Strict || ends_value(inner, first) {
        return Some(first);
    }
    // What is looked through in vain stays short, so that the whole stays linear.
    marks.take(16).find(|at| ends_value(inner, *at)).or(Some(first))
}

/// Whether behind the quotation mark at `at` another attribute begins, or the tag ends.
fn ends_value(inner: &str, at: usize) -> bool {
    let behind = inner.get(at + 1..).unwrap_or_default().trim_start();
    if behind.is_empty() || behind.starts_with(['>', '<', '?']) {
        return true;
    }
    if let Some(slash) = behind.strip_prefix('/') {
        return slash.trim_start().starts_with('>');
    }
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.');
    let mut name = behind.chars().skip_while(|c| is_name(*c)).skip_while(|c| c.is_whitespace());
    behind.starts_with(|c: char| c.is_alphabetic() || c == '_') && name.next() == Some('=')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(xml: &str) -> Vec<String> {
        Tokens::new(xml, Quotes::Loose)
            .map(|token| match token {
                Token::Start(tag) => format!("<{}{}", tag.name, if tag.is_empty { "/" } else { "" }),
                Token::End(name) => format!("/{name}"),
                Token::Text(text) => text.to_owned(),
                Token::Data(data) => format!("[{data}]"),
            })
            .collect()
    }

    #[test]
    fn a_document_comes_in_pieces() {
        let xml = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'x'><!ENTITY b '&a;'>]><rss a=\"1>2\"><b c='d'/>\
            T &amp; <![CDATA[<p>x]]]]><!-- <no> --></rss >";
        assert_eq!(pieces(xml), ["<rss", "<b/", "T &amp; ", "[<p>x]]]", "/rss"]);
    }

    #[test]
    fn what_is_cut_off_or_never_closed_ends_somewhere() {
        assert_eq!(pieces("<a>5 < 6<![CDATA[x</a><b"), ["<a", "5 ", "<", " 6", "[x]", "/a", "<b"]);
        assert_eq!(pieces("<a b=\"c><d>e"), ["<a", "<d", "e"]);
        assert_eq!(pieces("<!-- <a>x</a"), [" ", "<a", "x", "/a"]);
        assert_eq!(pieces("<!DOCTYPE [<a>x"), ["DOCTYPE [", "<a", "x"]);
    }

    #[test]
    fn instructions_end_at_their_mark_or_at_the_next_bracket() {
        let far = " ".repeat(LONGEST_VALUE);
        assert_eq!(pieces("a<?b > c?>d<?e>f<?g?>h"), ["a", "d", "h"]);
        assert_eq!(pieces(&format!("a<?b>c<?d>e{far}f")), ["a", "c", &format!("e{far}f")]);
        assert_eq!(pieces(&format!("a<?b>c{far}<?d?>e")), ["a", &format!("c{far}"), "e"]);
        assert_eq!(pieces("a<?b"), ["a", "b"]);
    }

    #[test]
    fn attributes_may_hold_raw_marks() {
        let tag = |xml: &'static str| match Tokens::new(xml, Quotes::Loose).next() {
            Some(Token::Start(tag)) => tag,
            other => panic!("{other:?}"),
        };
        let outline =
            tag("<outline text=\"Die \"Welt\" heute\" XMLURL='http://a.de/?a=1&b=2&amp;c=3' open / >");
        assert_eq!(outline.attribute("text").as_deref(), Some("Die \"Welt\" heute"));
        assert_eq!(outline.attribute("xmlUrl").as_deref(), Some("http://a.de/?a=1&b=2&c=3"));
        assert!(outline.is_empty);
        assert_eq!(outline.attribute("none"), None);
    }
}
