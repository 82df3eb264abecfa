//! Marks that carry meaning without colour, each one column wide.

/// Marks that carry meaning without colour, each one column wide.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Glyphs {
    /// Outlets say the same.
    pub same: &'static str,
    /// Less exact.
    pub vaguer: &'static str,
    /// Differs.
    pub differs: &'static str,
    /// Only here.
    pub only: &'static str,
    /// Not found.
    pub absent: &'static str,
    /// Unclear.
    pub unclear: &'static str,
    /// Bar at the focused row.
    pub focus: &'static str,
    /// An article that mentions the entity.
    pub mentions: &'static str,
    /// An article that does not.
    pub silent: &'static str,
    /// Unread.
    pub unread: &'static str,
    /// Starred.
    pub star: &'static str,
    /// Marked for comparison.
    pub marked: &'static str,
    /// A saved search.
    pub saved: &'static str,
    /// A passage that the reader marked.
    pub note: &'static str,
    /// Line from left to right.
    pub rule: &'static str,
    /// Line from top to bottom.
    pub bar: &'static str,
    /// Corners of an overlay: top left, top right, bottom left, bottom right.
    pub corners: [&'static str; 4],
    /// Stands for words left out.
    pub ellipsis: &'static str,
    /// Between the parts of a line of facts about an article.
    pub dot: &'static str,
    /// Between the steps of a breadcrumb.
    pub step: &'static str,
    /// Between numbers of a range.
    pub dash: &'static str,
    /// More rows above, more below.
    pub more: [&'static str; 2],
}

pub(super) const UNICODE: Glyphs = Glyphs {
    same: "=",
    vaguer: "~",
    differs: "≠",
    only: "+",
    absent: "·",
    unclear: "?",
    focus: "▌",
    mentions: "●",
    silent: "·",
    unread: "•",
    star: "★",
    marked: "×",
    saved: "»",
    note: "▎",
    rule: "─",
    bar: "│",
    corners: ["╭", "╮", "╰", "╯"],
    ellipsis: "…",
    dot: "·",
    step: "›",
    dash: "–",
    more: ["↑", "↓"],
};

/// Without colour the focus bar would look like a rule.
pub(super) const UNICODE_MONO: Glyphs = Glyphs { focus: "▸", ..UNICODE };

pub(super) const ASCII: Glyphs = Glyphs {
    same: "=",
    vaguer: "~",
    differs: "#",
    only: "+",
    absent: ".",
    unclear: "?",
    focus: ">",
    mentions: "o",
    silent: ".",
    unread: "*",
    star: "!",
    marked: "x",
    saved: "=",
    note: "!",
    rule: "-",
    bar: "|",
    corners: ["+", "+", "+", "+"],
    // Three full stops would move everything behind them.
    ellipsis: "~",
    dot: "-",
    step: ">",
    dash: "-",
    more: ["^", "v"],
};
