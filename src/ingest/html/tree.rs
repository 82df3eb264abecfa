//! The elements of a page, in the order of the page, in one list.
//!
//! Reads as browsers do where it matters for words: unclosed paragraphs and list items end at the
//! next one, a stray end tag is ignored. Nothing recurses, and nesting and attributes are bounded,
//! so that no page can exhaust the stack or make the work grow faster than its length.

use super::entity;

/// Deepest nesting; what lies deeper counts as the content of the last element kept.
const DEEPEST: usize = 400;
/// Most attributes read of a tag.
const ATTRIBUTES: usize = 64;
/// Open elements looked through for the one that a tag ends.
const LOOK_BACK: usize = 64;
/// Longest value kept; longer ones are embedded files, except in `content`.
const LONGEST_VALUE: usize = 4_000;

/// An element or a run of text.
#[derive(Debug)]
pub(super) struct Node {
    /// Lower-case name; empty for text.
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// Words of a text node, references resolved.
    pub text: String,
    /// The first node behind it and all it holds.
    pub end: usize,
    pub parent: usize,
}

impl Node {
    /// The value of an attribute, where it is one of those kept.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// Elements without an end tag.
const VOID: [&str; 14] = [
    "br", "img", "meta", "link", "hr", "input", "source", "wbr", "area", "base", "col", "embed", "track",
    "param",
];
/// Elements whose content is no mark-up.
const RAW: [&str; 8] = ["script", "style", "noscript", "iframe", "textarea", "xmp", "noembed", "title"];
/// Attributes that anything asks for.
const KEPT: [&str; 13] = [
    "class", "id", "itemprop", "content", "property", "name", "rel", "href", "datetime", "type", "hidden",
    "style", "role",
];

/// Whether the element begins a new line of text.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "li"
            | "blockquote"
            | "figure"
            | "figcaption"
            | "table"
            | "thead"
            | "tbody"
            | "tr"
            | "td"
            | "th"
            | "hr"
            | "header"
            | "footer"
            | "aside"
            | "nav"
            | "pre"
            | "dl"
            | "dt"
            | "dd"
            | "form"
            | "address"
            | "details"
            | "summary"
            | "fieldset"
            | "body"
            | "html"
            | "head"
            | "title"
            | "button"
            | "option"
            | "select"
            | "caption"
            | "center"
            | "dialog"
    )
}

/// The nodes of `html`; the first is the root. Linear in the length of `html`.
pub(super) fn parse(html: &str) -> Vec<Node> {
    build(html).nodes
}

/// The tags read and the open elements looked through for `html`, to see that the work grows with
/// its length only.
#[cfg(test)]
pub(super) fn steps(html: &str) -> usize {
    build(html).steps
}

fn build(html: &str) -> Builder {
    let root = Node { name: "#root".into(), attributes: Vec::new(), text: String::new(), end: 0, parent: 0 };
    let mut builder = Builder { nodes: vec![root], open: vec![0], too_deep: 0, steps: 0 };
    let mut rest = html;
    while !rest.is_empty() {
        let at = rest.find('<').unwrap_or(rest.len());
        let (text, tag) = rest.split_at(at);
        builder.text(text);
        rest = builder.markup(tag);
    }
    builder.close_to(0);
    builder
}

struct Builder {
    nodes: Vec<Node>,
    open: Vec<usize>,
    /// Elements opened below the deepest that is kept.
    too_deep: usize,
    /// Tags read and open elements looked through.
    steps: usize,
}

impl Builder {
    fn text(&mut self, raw: &str) {
        if raw.is_empty() {
            return;
        }
        let mut text = String::with_capacity(raw.len());
        entity::decode_into(raw, &mut text);
        self.push(String::new(), Vec::new(), text);
    }

    fn push(&mut self, name: String, attributes: Vec<(String, String)>, text: String) -> usize {
        let at = self.nodes.len();
        let parent = self.open.last().copied().unwrap_or(0);
        self.nodes.push(Node { name, attributes, text, end: at + 1, parent });
        at
    }

    /// Reads what begins with `<`; returns what follows it.
    fn markup<'a>(&mut self, tag: &'a str) -> &'a str {
        self.steps += 1;
        let Some(inner) = tag.strip_prefix('<') else { return "" };
        if let Some(comment) = inner.strip_prefix("!--") {
            return comment.split_once("-->").map_or("", |(_, rest)| rest);
        }
        if inner.starts_with(['!', '?']) {
            return inner.split_once('>').map_or("", |(_, rest)| rest);
        }
        if let Some(end) = inner.strip_prefix('/') {
            let (name, rest) = end.split_once('>').unwrap_or((end, ""));
            let name = name.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
            self.close(&name.to_ascii_lowercase());
            return rest;
        }
        if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.text("<");
            return inner;
        }
        let (name, attributes, rest) = start_tag(inner);
        self.open_element(name, attributes, rest)
    }

    fn open_element<'a>(
        &mut self,
        name: String,
        attributes: Vec<(String, String)>,
        rest: &'a str,
    ) -> &'a str {
        self.end_implied(&name);
        if RAW.contains(&name.as_str()) {
            let (raw, rest) = raw_text(rest, &name);
            let is_data = attributes.iter().any(|(n, v)| n == "type" && v.contains("ld+json"));
            let text = match name.as_str() {
                "title" => entity::decode(raw),
                _ if is_data => raw.to_owned(),
                _ => String::new(),
            };
            self.push(name, attributes, text);
            return rest;
        }
        let is_void = VOID.contains(&name.as_str());
        if self.open.len() >= DEEPEST {
            self.too_deep += usize::from(!is_void);
            // Its content becomes that of the last element kept, on a line of its own.
            if is_block(&name) {
                self.push(name, Vec::new(), String::new());
            }
            return rest;
        }
        let at = self.push(name, attributes, String::new());
        if !is_void {
            self.open.push(at);
        }
        rest
    }

    /// Ends what the start of `name` ends: an open paragraph, the list item before.
    fn end_implied(&mut self, name: &str) {
        let (ends, stops): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "option" => (&["option"], &["select"]),
            _ if is_block(name) => (&["p"], &["div", "td", "th", "li", "section", "article", "button"]),
            _ => return,
        };
        for depth in (1..self.open.len()).rev().take(LOOK_BACK) {
            self.steps += 1;
            let open = &self.nodes[self.open[depth]].name;
            if ends.contains(&open.as_str()) {
                return self.close_to(depth);
            }
            if stops.contains(&open.as_str()) {
                return;
            }
        }
    }

    fn close(&mut self, name: &str) {
        if VOID.contains(&name) {
            return;
        }
        if self.too_deep > 0 {
            self.too_deep -= 1;
            if is_block(name) {
                self.push(name.to_owned(), Vec::new(), String::new());
            }
            return;
        }
        for depth in (1..self.open.len()).rev().take(LOOK_BACK) {
            self.steps += 1;
            let open = &self.nodes[self.open[depth]].name;
            if open == name {
                return self.close_to(depth);
            }
            // `</b>` does not end the paragraphs inside.
            if is_block(open) && !is_block(name) {
                return;
            }
        }
    }

    fn close_to(&mut self, depth: usize) {
        let end = self.nodes.len();
        for at in self.open.drain(depth..) {
            self.nodes[at].end = end;
        }
    }
}

/// What stands before the end tag of `name`, and what follows that tag.
fn raw_text<'a>(rest: &'a str, name: &str) -> (&'a str, &'a str) {
    for (at, _) in rest.match_indices("</") {
        let behind = rest.get(at + 2..).unwrap_or_default();
        if behind.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name)) {
            let after = behind.split_once('>').map_or("", |(_, rest)| rest);
            return (rest.get(..at).unwrap_or_default(), after);
        }
    }
    (rest, "")
}

/// Name and attributes of the start tag that `inner` (behind `<`) begins with, and what follows.
fn start_tag(inner: &str) -> (String, Vec<(String, String)>, &str) {
    let ends_name = |c: char| c.is_whitespace() || c == '/' || c == '>';
    let (name, mut rest) = inner.split_at(inner.find(ends_name).unwrap_or(inner.len()));
    let mut attributes = Vec::new();
    let mut seen = 0;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return (name.to_ascii_lowercase(), attributes, after);
        }
        if rest.is_empty() {
            return (name.to_ascii_lowercase(), attributes, "");
        }
        let is_end = |c: char| ends_name(c) || c == '=';
        // An attribute that begins with `=` still takes one character, else nothing would move on.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let tail = rest.get(first..).unwrap_or_default();
        let (key, after) = rest.split_at(first + tail.find(is_end).unwrap_or(tail.len()));
        let (value, after) = match after.trim_start().strip_prefix('=') {
            Some(behind) => value(behind.trim_start()),
            None => ("", after),
        };
        rest = after;
        seen += 1;
        let key = key.to_ascii_lowercase();
        let fits = value.len() <= LONGEST_VALUE || key == "content";
        // Of links and pictures, it is a tip to show; of an abbreviation, what it stands for.
        let is_kept = KEPT.contains(&key.as_str()) || key == "title" && name.eq_ignore_ascii_case("abbr");
        if seen <= ATTRIBUTES && fits && is_kept {
            attributes.push((key, entity::decode(value)));
        }
    }
}

fn value(behind: &str) -> (&str, &str) {
    for mark in ['"', '\''] {
        if let Some(inner) = behind.strip_prefix(mark) {
            return inner.split_once(mark).unwrap_or((inner, ""));
        }
    }
    behind.split_at(behind.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(behind.len()))
}
