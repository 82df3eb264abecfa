//! The lines of text that a part of a page shows, each with what it is.

use crate::text::clean::clean_line;

use super::tree::{Node, is_block};

/// A line of text on a page.
#[derive(Debug)]
pub(super) struct Block {
    /// Its words, clean and on one line.
    pub text: String,
    /// Share of its letters that lie in links, 0 to 1.
    pub links: f32,
    /// Share of its letters that are bold, 0 to 1.
    pub bold: f32,
    /// The block element that holds it.
    pub node: usize,
    /// Name of the innermost element that says what it is: `p`, `h2`, `li`, `figcaption`, `div` …
    pub tag: String,
}

impl Block {
    /// How many words it has; scripts without spaces count two signs as one.
    pub fn words(&self) -> usize {
        let spaces = self.text.bytes().filter(|&b| b == b' ').count();
        if self.text.len() < 20 * (spaces + 1) {
            return spaces + 1;
        }
        let signs = self.text.chars().filter(|c| ('\u{3040}'..'\u{a000}').contains(c)).count();
        spaces + 1 + signs / 2
    }

    /// Whether it is a heading of any level.
    pub fn is_heading(&self) -> bool {
        matches!(self.tag.as_str(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
    }
}

/// The lines of the nodes `from..to`, without what `skip` says is not shown.
pub(super) fn blocks(nodes: &[Node], from: usize, to: usize, skip: impl Fn(&Node) -> bool) -> Vec<Block> {
    let mut found = Vec::new();
    let mut line = Line::default();
    let mut open: Vec<usize> = vec![from];
    let mut at = from;
    while at < to {
        while open.len() > 1 && open.last().is_some_and(|&o| nodes[o].end <= at) {
            line.end(nodes, &open, &mut found);
            open.pop();
        }
        let node = &nodes[at];
        match node.name.as_str() {
            "" => line.push(&node.text, at),
            "script" | "style" | "noscript" | "template" | "svg" | "head" | "title" | "iframe" | "video"
            | "audio" | "canvas" | "object" | "select" | "textarea" => {
                at = node.end;
                continue;
            }
            _ if at > from && skip(node) => {
                line.end(nodes, &open, &mut found);
                at = node.end;
                continue;
            }
            "br" => {
                if line.breaks > 0 {
                    line.end(nodes, &open, &mut found);
                } else {
                    line.text.push(' ');
                    line.breaks = 1;
                }
            }
            "a" => line.link_end = node.end,
            "b" | "strong" => line.bold_end = line.bold_end.max(node.end),
            name if is_block(name) => {
                line.end(nodes, &open, &mut found);
                open.push(at);
            }
            _ => {}
        }
        at += 1;
    }
    line.end(nodes, &open, &mut found);
    found
}

#[derive(Default)]
struct Line {
    text: String,
    in_links: usize,
    in_bold: usize,
    /// Nodes before these are in a link, or bold.
    link_end: usize,
    bold_end: usize,
    breaks: usize,
}

impl Line {
    fn push(&mut self, text: &str, at: usize) {
        self.text.push_str(text);
        if !text.trim().is_empty() {
            self.breaks = 0;
        }
        if at < self.link_end {
            self.in_links += text.trim().len();
        }
        if at < self.bold_end {
            self.in_bold += text.trim().len();
        }
    }

    fn end(&mut self, nodes: &[Node], open: &[usize], found: &mut Vec<Block>) {
        let text = clean_line(&std::mem::take(&mut self.text));
        let (in_links, in_bold) = (std::mem::take(&mut self.in_links), std::mem::take(&mut self.in_bold));
        self.breaks = 0;
        if text.is_empty() {
            return;
        }
        let node = open.last().copied().unwrap_or(0);
        #[expect(clippy::cast_precision_loss, reason = "a share of a line's length")]
        let share = |part: usize| (part as f32 / text.len() as f32).min(1.0);
        let (links, bold) = (share(in_links), share(in_bold));
        // A paragraph in a caption or a list item is that.
        let outer = open.iter().rev().take(4).map(|&o| nodes[o].name.as_str());
        let tag = outer
            .into_iter()
            .find(|n| matches!(*n, "figcaption" | "caption" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"))
            .unwrap_or(&nodes[node].name);
        found.push(Block { text, links, bold, node, tag: tag.to_owned() });
    }
}
