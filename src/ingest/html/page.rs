//! A page with its lines, and which parts of it stand around the article.

use super::super::chrome;
use super::super::line::ends_sentence;
use super::block::{Block, blocks};
use super::role::{Role, role};
use super::tree::Node;

/// Words of prose that an article has at least.
pub(super) const FEWEST_WORDS: usize = 25;

/// Words of a box with a linked heading that is still only a pointer to something else.
const TEASER_WORDS: usize = 90;

/// Words of prose between a title and what its name says stands behind the article.
const WORDS_BEFORE: usize = 60;

/// Most articles looked at that follow the one with the title.
const MOST_NEXT: usize = 50;

/// How many times as long as the prose the lists of a page are where they are its text.
const LIST_SHARE: usize = 3;

/// A page on the way to its article.
pub(super) struct Page {
    pub nodes: Vec<Node>,
    pub roles: Vec<Role>,
    /// What it shows, line by line.
    pub lines: Vec<Block>,
    /// Which lines are prose.
    pub prose: Vec<bool>,
    /// The line that shows the title.
    pub title: Option<usize>,
    /// Whether the page states that title too.
    pub is_named: bool,
    /// Which elements stand around the article, with all inside them.
    pub around: Vec<bool>,
    /// Those of them that are about something else: comments, pointers, bars; not what says who wrote
    /// the article.
    pub elsewhere: Vec<bool>,
}

impl Page {
    /// The lines of `nodes`. Hidden ones count where nothing else is to be read.
    pub fn new(nodes: Vec<Node>) -> Self {
        let roles = nodes.iter().map(role).collect();
        let mut lines = blocks(&nodes, 0, nodes.len(), is_hidden);
        let mut prose: Vec<bool> = lines.iter().map(is_prose).collect();
        if words(&lines, &prose) < FEWEST_WORDS {
            lines = blocks(&nodes, 0, nodes.len(), |_| false);
            prose = lines.iter().map(is_prose).collect();
        }
        // Some articles are lists all through; on others, lists are menus and comments.
        let items: Vec<bool> =
            lines.iter().map(|l| l.tag == "li" && l.words() >= 10 && l.links < 0.3).collect();
        if words(&lines, &items) > LIST_SHARE * words(&lines, &prose) {
            prose.iter_mut().zip(items).for_each(|(prose, item)| *prose |= item);
        }
        let around = vec![false; nodes.len()];
        let elsewhere = around.clone();
        Self { nodes, roles, lines, prose, title: None, is_named: false, around, elsewhere }
    }

    /// Whether the element holds the node.
    pub fn holds(&self, element: usize, node: usize) -> bool {
        (element..self.nodes[element].end).contains(&node)
    }

    /// Whether line `at` stands around the article.
    pub fn is_around(&self, at: usize) -> bool {
        self.around[self.lines[at].node]
    }

    /// What the elements from the line's own up to `root` say of it, four at most.
    pub fn role_within(&self, line: usize, root: usize) -> Role {
        let mut node = self.lines[line].node;
        let mut found = Role::default();
        for _ in 0..4 {
            if node <= root {
                break;
            }
            found = found.with(self.roles[node]);
            node = self.nodes[node].parent;
        }
        found
    }

    /// For each element, the sum of what `weigh` gives for the lines in it.
    pub fn held(&self, weigh: impl Fn(usize) -> usize) -> Vec<usize> {
        let mut held = vec![0_usize; self.nodes.len()];
        for (at, line) in self.lines.iter().enumerate() {
            held[line.node] += weigh(at);
        }
        // Parents stand before their children, so one pass from the end sums up all below.
        for at in (1..self.nodes.len()).rev() {
            let below = held[at];
            held[self.nodes[at].parent] += below;
        }
        held
    }

    /// Finds what stands around the article: comments, boxes that point elsewhere, and elements so
    /// named, as far as they do not hold what there is to read.
    pub fn mark_around(&mut self) {
        self.mark(Self::behind);
        self.mark(Self::next_articles);
        self.mark(Self::teasers);
        let held = self.held(|at| self.prose_words(at));
        let total = held[0];
        for (at, held) in held.iter().enumerate().skip(1) {
            let least = match self.roles[at] {
                _ if self.around[at] || self.has_title(at) => continue,
                role if role.is(Role::AROUND) && !role.is(Role::BODY) => 50,
                role if role.is(Role::MAYBE) && !role.is(Role::BODY) => 25,
                _ => continue,
            };
            if held * 100 < total * least {
                self.put_around(at);
                if !self.roles[at].is(Role::WRITER.with(Role::BYLINE)) {
                    self.put_elsewhere(at);
                }
            }
        }
    }

    /// Marks the elements that `find` names, where enough remains to read.
    fn mark(&mut self, find: impl Fn(&Self) -> Vec<usize>) {
        let before = self.around.clone();
        for at in find(self) {
            self.put_around(at);
        }
        if (0..self.lines.len()).map(|at| self.prose_words(at)).sum::<usize>() < FEWEST_WORDS {
            self.around = before;
        } else {
            self.elsewhere.clone_from(&self.around);
        }
    }

    fn put_around(&mut self, element: usize) {
        let end = self.nodes[element].end;
        // Inside a marked element all is marked already.
        if !self.around[element] {
            self.around[element..end].fill(true);
        }
    }

    fn put_elsewhere(&mut self, element: usize) {
        let end = self.nodes[element].end;
        if !self.elsewhere[element] {
            self.elsewhere[element..end].fill(true);
        }
    }

    fn has_title(&self, element: usize) -> bool {
        self.title.is_some_and(|line| self.holds(element, self.lines[line].node))
    }

    /// Elements that say they hold comments, or what else stands behind an article.
    fn behind(&self) -> Vec<usize> {
        let from = self.title.unwrap_or(0);
        let mut written = 0;
        let mut before = vec![0; self.nodes.len()];
        let mut filled = 0;
        for at in from..self.lines.len() {
            let end = (self.lines[at].node + 1).max(filled);
            before[filled..end].fill(written);
            filled = end;
            written += self.prose_words(at);
        }
        before[filled..].fill(written);
        let is_behind = |at: &usize| {
            let role = self.roles[*at];
            let least = if role.is(Role::COMMENT) { FEWEST_WORDS } else { WORDS_BEFORE };
            role.is(Role::COMMENT.with(Role::BEHIND)) && !self.has_title(*at) && before[*at] >= least
        };
        (1..self.nodes.len()).filter(is_behind).collect()
    }

    /// Articles that follow the one with the title, on pages that go on with others.
    fn next_articles(&self) -> Vec<usize> {
        let Some(title) = self.title else { return Vec::new() };
        let is_article = |at: usize| self.nodes[at].name == "article";
        let mut own = self.lines[title].node;
        while own > 0 && !is_article(own) {
            own = self.nodes[own].parent;
        }
        let held = self.held(|at| self.prose_words(at));
        if own == 0 || held[own] < WORDS_BEFORE {
            return Vec::new();
        }
        let has_heading = |at: &usize| self.lines.iter().any(|l| l.is_heading() && self.holds(*at, l.node));
        let parent = self.nodes[own].parent;
        let next = self.nodes[own].end..self.nodes[parent].end;
        let next = next.filter(|&at| is_article(at) && self.nodes[at].parent == parent);
        next.take(MOST_NEXT).filter(has_heading).collect()
    }

    /// Boxes with a linked heading and little text.
    fn teasers(&self) -> Vec<usize> {
        let all = self.held(|at| self.lines[at].words());
        let mut found = Vec::new();
        let mut before = None;
        for (at, line) in self.lines.iter().enumerate() {
            if self.prose[at] {
                before = Some(at);
            }
            let is_pointer = line.is_heading() && line.links >= 0.8 && Some(at) != self.title;
            if !is_pointer || chrome::chrome(&line.text, line.words()).is_some() {
                continue;
            }
            let mut node = line.node;
            loop {
                let parent = self.nodes[node].parent;
                // A box that points elsewhere begins with its heading.
                let is_other = before.is_some_and(|text| self.holds(parent, self.lines[text].node));
                if parent == 0 || all[parent] > TEASER_WORDS || self.has_title(parent) || is_other {
                    break;
                }
                node = parent;
            }
            if node != line.node {
                found.push(node);
            }
        }
        found
    }

    /// Words of line `at` where it is prose and not around.
    pub fn prose_words(&self, at: usize) -> usize {
        if self.prose[at] && !self.is_around(at) { self.lines[at].words() } else { 0 }
    }
}

fn words(lines: &[Block], prose: &[bool]) -> usize {
    lines.iter().zip(prose).filter(|(_, is_prose)| **is_prose).map(|(line, _)| line.words()).sum()
}

/// Whether a page does not show the element.
pub(super) fn is_hidden(node: &Node) -> bool {
    node.attribute("hidden").is_some()
        || node.attribute("style").is_some_and(|s| s.replace(' ', "").contains("display:none"))
}

fn is_prose(line: &Block) -> bool {
    let words = line.words();
    words >= 8
        && line.links < 0.4
        && !line.is_heading()
        && !matches!(line.tag.as_str(), "figcaption" | "caption" | "li")
        && (ends_sentence(&line.text) || words >= 25)
        && chrome::chrome(&line.text, words).is_none()
}
