//! What elements hold by the names that pages give them.
//!
//! A name is a hint only: themes write `has-sidebar` on the whole page and `paywall` around the
//! article. Who uses a role weighs it against the prose that the element holds.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::lexicon;
use super::tree::Node;

/// Kinds and words; see the file's header.
const TABLE: &str = include_str!("../../../assets/lexicon/elements.tsv");

/// What an element's name, class and id say that it holds. Several may be said at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Role(u16);

impl Role {
    /// Readers' comments.
    pub const COMMENT: Self = Self(1);
    /// What stands around an article.
    pub const AROUND: Self = Self(2);
    /// As [`Role::AROUND`], but as often the name of a frame around the article.
    pub const MAYBE: Self = Self(4);
    /// The text of the article.
    pub const BODY: Self = Self(8);
    /// Its summary.
    pub const LEAD: Self = Self(16);
    /// Words under a picture.
    pub const CAPTION: Self = Self(32);
    /// Who made a picture.
    pub const CREDIT: Self = Self(64);
    /// Who wrote it and when.
    pub const BYLINE: Self = Self(128);
    /// Who wrote it.
    pub const WRITER: Self = Self(256);
    /// When it appeared.
    pub const DATED: Self = Self(512);
    /// As [`Role::AROUND`], and behind the article: the foot of the page, other articles.
    pub const BEHIND: Self = Self(1024);

    /// Whether `role` is said.
    pub fn is(self, role: Self) -> bool {
        self.0 & role.0 != 0
    }

    /// What either says.
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn add(&mut self, role: Self) {
        self.0 |= role.0;
    }
}

/// The kinds of the table.
const KINDS: [(&str, Role); 13] = [
    ("comment", Role::COMMENT),
    ("around", Role::AROUND),
    ("maybe", Role::MAYBE),
    ("body", Role::BODY),
    ("lead", Role::LEAD),
    ("caption", Role::CAPTION),
    ("credit", Role::CREDIT),
    ("byline", Role::BYLINE),
    ("writer", Role::BYLINE.with(Role::WRITER)),
    ("box", Role::AROUND.with(Role::WRITER)),
    ("dated", Role::BYLINE.with(Role::DATED)),
    ("behind", Role::AROUND.with(Role::BEHIND)),
    ("about", Role::MAYBE.with(Role::BYLINE)),
];

static WORDS: LazyLock<HashMap<&str, Role>> = LazyLock::new(|| {
    let mut words: HashMap<&str, Role> = HashMap::new();
    for (kind, role) in KINDS {
        for word in lexicon::entries(TABLE, kind) {
            words.entry(word).or_default().add(role);
        }
    }
    words
});

/// Longest names looked at, in bytes: some pages keep whole style sheets in a class.
const LONGEST: usize = 400;

/// The role of an element.
pub(super) fn role(node: &Node) -> Role {
    let mut role = match node.name.as_str() {
        "nav" | "aside" => Role::AROUND,
        "footer" => Role::MAYBE.with(Role::BEHIND),
        "form" | "button" | "dialog" => Role::MAYBE,
        "figcaption" | "caption" => Role::CAPTION,
        "" | "html" | "body" | "main" | "a" => return Role::default(),
        _ => Role::default(),
    };
    match node.attribute("role") {
        Some("contentinfo") => role.add(Role::AROUND.with(Role::BEHIND)),
        Some("navigation" | "complementary") => role.add(Role::AROUND),
        Some("dialog" | "alert" | "search") => role.add(Role::MAYBE),
        _ => {}
    }
    match node.attribute("itemprop") {
        Some("articleBody") => role.add(Role::BODY),
        Some("author") => role.add(Role::BYLINE.with(Role::WRITER)),
        Some("datePublished" | "dateModified") => role.add(Role::BYLINE),
        Some("description") => role.add(Role::LEAD),
        Some("comment") => role.add(Role::COMMENT),
        _ => {}
    }
    for names in ["class", "id"].into_iter().filter_map(|key| node.attribute(key)) {
        let names = names.get(..LONGEST.min(names.len())).unwrap_or_default();
        for name in names.split_ascii_whitespace() {
            // What follows two hyphens says how it looks (`section--ads`), or which of them it is.
            let (block, kind) = name.split_once("--").unwrap_or((name, ""));
            named(block, &mut role);
            let mut other = Role::default();
            named(kind, &mut other);
            if other.is(Role::BEHIND) {
                role.add(other);
            }
        }
    }
    // A paragraph of an article may be named for the pay wall, a heading for a jump mark.
    if matches!(node.name.as_str(), "p" | "span" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
        role.0 &= !(Role::COMMENT.0 | Role::AROUND.0 | Role::MAYBE.0 | Role::BEHIND.0);
    }
    role
}

/// Adds what one name says: each of its words, and each two that stand together.
fn named(name: &str, role: &mut Role) {
    let mut joined = String::with_capacity(name.len());
    // Where the word before and the current word begin in `joined`.
    let (mut before, mut start) = (0, 0);
    let mut was_small = false;
    let look = |word: &str, role: &mut Role| {
        if let Some(&found) = WORDS.get(word) {
            role.add(found);
        }
    };
    let mut chars = name.chars().peekable();
    loop {
        let next = chars.next();
        let is_letter = next.is_some_and(char::is_alphanumeric);
        let is_hump = was_small && next.is_some_and(char::is_uppercase);
        if (!is_letter || is_hump) && joined.len() > start {
            look(joined.get(start..).unwrap_or_default(), role);
            if before < start {
                look(joined.get(before..).unwrap_or_default(), role);
            }
            before = start;
            start = joined.len();
        }
        let Some(c) = next else { return };
        if is_letter {
            joined.extend(c.to_lowercase());
        }
        was_small = c.is_lowercase();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::html::tree;

    fn of(tag: &str) -> Role {
        role(&tree::parse(tag)[1])
    }

    #[test]
    fn names_are_read_word_by_word() {
        for (tag, role) in [
            ("<div class='c-author-box big'>", Role::AROUND),
            ("<div class=authorBox>", Role::AROUND),
            ("<div id=related_posts>", Role::AROUND),
            ("<div class='x RelatedPosts'>", Role::AROUND),
            ("<ol class=commentlist>", Role::COMMENT),
            ("<div class=has-sidebar>", Role::AROUND),
            ("<div class=article__paywall>", Role::MAYBE),
            ("<div itemprop=articleBody>", Role::BODY),
            ("<div class='post-content'>", Role::BODY),
            ("<p class=wp-caption-text>", Role::CAPTION),
            ("<span class=byline>", Role::BYLINE),
            ("<aside>", Role::AROUND),
        ] {
            assert!(of(tag).is(role), "{tag}");
        }
    }

    #[test]
    fn words_in_other_words_say_nothing() {
        for tag in
            ["<div class=unrelated>", "<div class=shareholder>", "<body class=sidebar>", "<div class='a s'>"]
        {
            assert_eq!(of(tag), Role::default(), "{tag}");
        }
    }

    #[test]
    fn every_line_of_the_table_is_known_and_small() {
        for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
            let (kind, word) = line.split_once('\t').expect(line);
            assert!(KINDS.iter().any(|(known, _)| *known == kind), "{line}");
            assert!(word.chars().all(char::is_lowercase), "{line}");
        }
    }
}
