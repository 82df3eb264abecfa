//! The elements of a feed in one list; what holds text is not taken apart.
//!
//! Forgives what feeds get wrong: names in other capitals, prefixes nobody declared, tags that are not
//! closed or closed twice. Bounded in depth, elements and articles, so that no feed can exhaust memory.

use std::ops::Range;

use super::ARTICLES;
use super::space::Space;
use super::text::{Content, content};
use super::xml::{Quotes, Tag, Token, Tokens};

/// Deepest nesting; what lies deeper is passed over.
const DEEPEST: usize = 40;

/// Most elements.
const ELEMENTS: usize = 400_000;

/// Open elements looked through for the one that a tag ends.
const LOOK_BACK: usize = 16;

/// An element.
#[derive(Debug)]
pub(super) struct Element<'a> {
    pub space: Space,
    /// Its name without prefix, as written.
    pub name: &'a str,
    pub tag: Tag<'a>,
    /// What stands between its tags, as written.
    pub inner: &'a str,
    parent: usize,
    /// The first element behind it and all it holds.
    end: usize,
}

impl Element<'_> {
    /// Whether it is the element `name` of a vocabulary.
    pub fn is(&self, space: Space, name: &str) -> bool {
        self.space == space && self.name.eq_ignore_ascii_case(name)
    }

    /// What it says.
    pub fn content(&self) -> Content {
        content(self.inner)
    }
}

/// The elements of a feed.
#[derive(Debug, Default)]
pub(super) struct Tree<'a> {
    elements: Vec<Element<'a>>,
    /// The rest was left out behind the most articles or elements.
    pub is_cut: bool,
}

impl<'a> Tree<'a> {
    /// Reads `xml`.
    pub fn read(xml: &'a str) -> Self {
        let mut builder = Builder::new(xml);
        let is_cut = !builder.run();
        Self { elements: builder.elements, is_cut }
    }

    /// All elements with their numbers, in the order of the feed.
    pub fn all(&self) -> impl Iterator<Item = (usize, &Element<'a>)> {
        self.elements.iter().enumerate()
    }

    /// The elements right below element `of`.
    pub fn children(&self, of: usize) -> impl Iterator<Item = (usize, &Element<'a>)> {
        let range = self.inside(of);
        let first = range.start;
        let inside = self.elements.get(range).unwrap_or_default();
        (first..).zip(inside).filter(move |(_, element)| element.parent == of)
    }

    /// All elements below element `of`.
    pub fn below(&self, of: usize) -> impl Iterator<Item = &Element<'a>> {
        self.elements.get(self.inside(of)).unwrap_or_default().iter()
    }

    fn inside(&self, of: usize) -> Range<usize> {
        of + 1..self.elements.get(of).map_or(of + 1, |element| element.end.max(of + 1))
    }
}

/// The pieces read and the open elements looked through for `xml`, to see that the work grows with
/// its length only.
#[cfg(test)]
pub(super) fn steps(xml: &str) -> usize {
    let mut builder = Builder::new(xml);
    builder.run();
    builder.steps
}

struct Builder<'a> {
    xml: &'a str,
    elements: Vec<Element<'a>>,
    /// Open elements, and the byte where their content begins.
    open: Vec<(usize, usize)>,
    too_deep: usize,
    articles: usize,
    /// What prefixes stand for.
    spaces: Vec<(&'a str, Space)>,
    /// Pieces read and open elements looked through.
    steps: usize,
}

/// Elements without a parent.
const NO_PARENT: usize = usize::MAX;

impl<'a> Builder<'a> {
    fn new(xml: &'a str) -> Self {
        let (elements, open, spaces) = (Vec::new(), Vec::new(), Vec::new());
        Self { xml, elements, open, too_deep: 0, articles: 0, spaces, steps: 0 }
    }

    /// Reads to the end, or until enough was read; whether that was all.
    fn run(&mut self) -> bool {
        let mut tokens = Tokens::new(self.xml, Quotes::Loose);
        let mut before = 0;
        let mut is_all = true;
        while let Some(token) = tokens.next() {
            match token {
                Token::Start(tag) => {
                    if self.elements.len() >= ELEMENTS || self.start(tag, before, &mut tokens).is_none() {
                        is_all = false;
                        break;
                    }
                }
                Token::End(name) => self.end(name, before),
                Token::Text(_) | Token::Data(_) => {}
            }
            before = tokens.at();
        }
        self.steps += tokens.steps();
        self.close_to(0, before.max(tokens.at()));
        is_all
    }

    /// Takes a start tag; `None` where enough was read.
    fn start(&mut self, tag: Tag<'a>, before: usize, tokens: &mut Tokens<'a>) -> Option<()> {
        self.note_prefixes(tag);
        let (space, name) = self.name(tag);
        let is_article = is_article(name);
        if is_article {
            self.articles += 1;
            if self.articles > ARTICLES {
                return None;
            }
            // One that was not closed ends here.
            if let Some(depth) = self.open.iter().position(|(at, _)| is_article_at(&self.elements, *at)) {
                self.close_to(depth, before);
            }
        }
        if self.open.len() >= DEEPEST {
            self.too_deep += usize::from(!tag.is_empty);
            return Some(());
        }
        let at = self.elements.len();
        let parent = self.open.last().map_or(NO_PARENT, |(at, _)| *at);
        let from = tokens.at();
        self.elements.push(Element { space, name, tag, inner: "", parent, end: at + 1 });
        if tag.is_empty {
            return Some(());
        }
        if holds_text(space, name) {
            let to = text_end(tag.name, name, tokens);
            self.elements[at].inner = self.xml.get(from..to).unwrap_or_default();
        } else {
            self.open.push((at, from));
        }
        Some(())
    }

    fn end(&mut self, name: &str, before: usize) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let named = |at: usize| self.elements[at].tag.name.eq_ignore_ascii_case(name);
        let mut inner = (0..self.open.len()).rev().take(LOOK_BACK);
        self.steps += inner.len();
        if let Some(depth) = inner.find(|depth| named(self.open[*depth].0)) {
            self.close_to(depth, before);
        }
    }

    fn close_to(&mut self, depth: usize, to: usize) {
        let end = self.elements.len();
        for (at, from) in self.open.drain(depth..) {
            self.elements[at].end = end;
            self.elements[at].inner = self.xml.get(from..to).unwrap_or_default();
        }
    }

    fn note_prefixes(&mut self, tag: Tag<'a>) {
        if !tag.has_attributes() {
            return;
        }
        for (name, value) in tag.attributes() {
            if let Some(prefix) = name.strip_prefix("xmlns:")
                && self.spaces.len() < 100
            {
                self.spaces.push((prefix, Space::of_address(value).unwrap_or(Space::Other)));
            }
        }
    }

    /// Vocabulary and name of a tag.
    fn name(&self, tag: Tag<'a>) -> (Space, &'a str) {
        let Some((prefix, name)) = tag.name.split_once(':') else {
            let own = tag.attributes().find(|(name, _)| *name == "xmlns");
            return (
                own.and_then(|(_, address)| Space::of_address(address)).unwrap_or(Space::Core),
                tag.name,
            );
        };
        let declared = self.spaces.iter().rev().find(|(p, _)| *p == prefix).map(|(_, space)| *space);
        (declared.unwrap_or_else(|| Space::of_prefix(prefix)), name)
    }
}

fn is_article(name: &str) -> bool {
    name.eq_ignore_ascii_case("item") || name.eq_ignore_ascii_case("entry")
}

fn is_article_at(elements: &[Element<'_>], at: usize) -> bool {
    elements.get(at).is_some_and(|element| is_article(element.name))
}

/// Whether what stands in the element is text or mark-up to be shown, not elements of the feed.
fn holds_text(space: Space, name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    match space {
        Space::Core => matches!(
            name.as_str(),
            "title"
                | "description"
                | "summary"
                | "content"
                | "subtitle"
                | "tagline"
                | "info"
                | "abstract"
                | "body"
                | "div"
                | "copyright"
                | "rights"
        ),
        Space::Content => name == "encoded",
        Space::Xhtml => true,
        Space::Dublin => matches!(name.as_str(), "title" | "description" | "rights"),
        Space::Itunes => matches!(name.as_str(), "summary" | "subtitle" | "title"),
        Space::Media => matches!(name.as_str(), "title" | "description" | "text"),
        Space::Other => false,
    }
}

/// Elements that end an unclosed title.
const AFTER_TITLE: [&str; 8] =
    ["link", "description", "pubdate", "guid", "summary", "updated", "published", "content"];

/// Moves behind the end tag of the text element whose start tag was read; the byte where its content
/// ends. Where it is not closed, that is before the next article, or the end of the feed.
fn text_end(full: &str, name: &str, tokens: &mut Tokens<'_>) -> usize {
    let mut depth = 0_usize;
    let is_title = name.eq_ignore_ascii_case("title");
    loop {
        let at = tokens.at();
        let Some(token) = tokens.next() else { return tokens.at() };
        let local = |name: &str| name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
        match token {
            Token::End(end) if end.eq_ignore_ascii_case(full) => {
                if depth == 0 {
                    return at;
                }
                depth -= 1;
            }
            Token::End(end)
                if matches!(local(end).as_str(), "item" | "entry" | "channel" | "feed" | "rss" | "rdf") =>
            {
                tokens.reset(at);
                return at;
            }
            Token::Start(tag) if is_article(tag.name) => {
                tokens.reset(at);
                return at;
            }
            Token::Start(tag) if is_title && AFTER_TITLE.contains(&local(tag.name).as_str()) => {
                tokens.reset(at);
                return at;
            }
            Token::Start(tag) if !tag.is_empty && tag.name.eq_ignore_ascii_case(full) => depth += 1,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(xml: &str) -> Vec<Vec<(String, String)>> {
        let tree = Tree::read(xml);
        let said = |at| {
            tree.children(at)
                .map(|(_, e)| (e.name.to_owned(), e.content().as_str().to_owned()))
                .collect::<Vec<_>>()
        };
        tree.all().filter(|(_, e)| is_article(e.name)).map(|(at, _)| said(at)).collect()
    }

    #[test]
    fn unclosed_and_misnamed_elements_are_forgiven() {
        let plain = "<rss><channel><item><title>A</title><link>u</link></item><item><title>B</title><link>v</link>\
            </item></channel></rss>";
        for odd in [
            plain.replace("</item><item>", "<item>"),
            plain.replace("<title>A</title>", "<Title>A</TITLE>"),
            plain.replace("A</title>", "A"),
            plain.replace("</item></channel></rss>", ""),
            plain.replace("</link>", "</b></link></i>"),
            format!("nonsense before{plain}and after"),
        ] {
            let found = items(&odd);
            let lower = |(n, t): &(String, String)| (n.to_lowercase(), t.clone());
            let found: Vec<Vec<_>> = found.iter().map(|i| i.iter().map(lower).collect()).collect();
            let expected = [["A", "u"], ["B", "v"]]
                .map(|[t, l]| vec![("title".to_owned(), t.to_owned()), ("link".to_owned(), l.to_owned())]);
            assert_eq!(found, expected, "{odd}");
        }
    }

    #[test]
    fn mark_up_in_an_article_is_left_whole() {
        let xml = "<feed><entry><content type='xhtml'><div><p>Eins<br>zwei</p><content>x</content></div></content>\
            <id>i</id></entry></feed>";
        let found = items(xml);
        assert_eq!(found[0][0].1, "<div><p>Eins<br>zwei</p><content>x</content></div>");
        assert_eq!(found[0][1], ("id".to_owned(), "i".to_owned()));
    }

    #[test]
    fn no_feed_grows_beyond_its_bounds() {
        let many = "<item><title>x</title></item>".repeat(ARTICLES + 100);
        assert_eq!(items(&many).len(), ARTICLES);
        assert!(Tree::read(&"<a>".repeat(1_000_000)).elements.len() <= DEEPEST);
        assert!(Tree::read(&"<a/>".repeat(1_000_000)).elements.len() <= ELEMENTS);
        assert_eq!(items(&format!("{}<item><link>l</link></item>", "<x>".repeat(20))).len(), 1);
    }
}
