//! What each role looks like, and the marks that carry its meaning without colour.
//!
//! Widgets speak of roles and glyphs only; a colour or a box-drawing character stands in no other
//! file. Which theme is shown is decided by the settings and the shell.

use ratatui::style::{Color, Modifier, Style};

use crate::config::theme::{Colour, Ink, ThemeName, ThemeTable};

/// What a piece of the screen is, whatever it looks like.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Role {
    /// Running text.
    Text,
    /// What is beside the point: dates, captions, agency tails.
    Muted,
    /// Titles of articles and names of rows.
    Title,
    /// Headings inside a text or a panel.
    Heading,
    /// The focused pane's bar and what belongs to it.
    Accent,
    /// Keys in hints and help.
    Key,
    /// Lines between panes.
    Rule,
    /// The selected row; the only role with a background.
    Selection,
    /// Letters that match what was searched.
    Match,
    /// Mentions of the chosen entity.
    Lit,
    /// A passage that the reader marked.
    Noted,
    /// A person.
    Person,
    /// A place.
    Place,
    /// An organisation.
    Organisation,
    /// The outlet says the same.
    Agree,
    /// The outlet is less exact.
    Vaguer,
    /// The outlet differs.
    Differ,
    /// Only this outlet says so.
    OnlyHere,
    /// Whether the outlet says so is unclear.
    Unclear,
    /// The mark of an unread article.
    Unread,
    /// The mark of a starred article.
    Star,
    /// Something went wrong.
    Error,
    /// Something was done.
    Notice,
    /// One of up to six outlets, counted from 0; further ones begin again.
    Source(u8),
}

impl Role {
    /// Every role, each outlet's too.
    pub const ALL: [Role; 29] = [
        Role::Text,
        Role::Muted,
        Role::Title,
        Role::Heading,
        Role::Accent,
        Role::Key,
        Role::Rule,
        Role::Selection,
        Role::Match,
        Role::Lit,
        Role::Noted,
        Role::Person,
        Role::Place,
        Role::Organisation,
        Role::Agree,
        Role::Vaguer,
        Role::Differ,
        Role::OnlyHere,
        Role::Unclear,
        Role::Unread,
        Role::Star,
        Role::Error,
        Role::Notice,
        Role::Source(0),
        Role::Source(1),
        Role::Source(2),
        Role::Source(3),
        Role::Source(4),
        Role::Source(5),
    ];

    /// Its spelling in a theme.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Role::Text => "text",
            Role::Muted => "muted",
            Role::Title => "title",
            Role::Heading => "heading",
            Role::Accent => "accent",
            Role::Key => "key",
            Role::Rule => "rule",
            Role::Selection => "selection",
            Role::Match => "match",
            Role::Lit => "lit",
            Role::Noted => "noted",
            Role::Person => "person",
            Role::Place => "place",
            Role::Organisation => "organisation",
            Role::Agree => "agree",
            Role::Vaguer => "vaguer",
            Role::Differ => "differ",
            Role::OnlyHere => "only-here",
            Role::Unclear => "unclear",
            Role::Unread => "unread",
            Role::Star => "star",
            Role::Error => "error",
            Role::Notice => "notice",
            Role::Source(index) => match index % 6 {
                0 => "source-1",
                1 => "source-2",
                2 => "source-3",
                3 => "source-4",
                4 => "source-5",
                _ => "source-6",
            },
        }
    }

    /// Its place in a table of styles, as in [`Role::ALL`].
    fn index(self) -> usize {
        match self {
            Role::Source(index) => SOURCE_ROLE + usize::from(index % 6),
            role => Role::ALL.iter().position(|r| *r == role).unwrap_or(0),
        }
    }
}

/// Place of the first outlet in [`Role::ALL`].
const SOURCE_ROLE: usize = 23;

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

const UNICODE: Glyphs = Glyphs {
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
const UNICODE_MONO: Glyphs = Glyphs { focus: "▸", ..UNICODE };

const ASCII: Glyphs = Glyphs {
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

/// How many colours the terminal shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Depth {
    /// Any.
    Exact,
    /// The 256 of xterm; exact colours are rounded to the nearest.
    Indexed,
}

/// A theme, ready to draw with.
#[derive(Clone, PartialEq, Debug)]
pub struct Theme {
    name: ThemeName,
    styles: [Style; Role::ALL.len()],
    glyphs: &'static Glyphs,
}

impl Theme {
    /// The theme of `table`; with `ascii` its marks and rules are ASCII.
    #[must_use]
    pub fn new(table: &ThemeTable, depth: Depth, ascii: bool) -> Theme {
        let glyphs = match (ascii, table.name) {
            (true, _) => &ASCII,
            (false, ThemeName::Mono) => &UNICODE_MONO,
            (false, _) => &UNICODE,
        };
        Theme { name: table.name, styles: Role::ALL.map(|role| style(table.ink(role.name()), depth)), glyphs }
    }

    /// A theme of the program, with exact colours.
    #[must_use]
    pub fn builtin(name: ThemeName, ascii: bool) -> Theme {
        Theme::new(&ThemeTable::builtin(name), Depth::Exact, ascii)
    }

    /// Which theme this is.
    #[must_use]
    pub fn name(&self) -> ThemeName {
        self.name
    }

    /// How `role` is written.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(role.index()).copied().unwrap_or_default()
    }

    /// The marks.
    #[must_use]
    pub fn glyphs(&self) -> &'static Glyphs {
        self.glyphs
    }

    /// Whether marks and rules are ASCII.
    #[must_use]
    pub fn is_ascii(&self) -> bool {
        self.glyphs.rule == ASCII.rule
    }
}

fn style(ink: Ink, depth: Depth) -> Style {
    let mut style = Style::new();
    style.fg = ink.letters.map(|c| color(c, depth));
    style.bg = ink.paper.map(|c| color(c, depth));
    for (set, modifier) in [
        (ink.bold, Modifier::BOLD),
        (ink.dim, Modifier::DIM),
        (ink.italic, Modifier::ITALIC),
        (ink.underline, Modifier::UNDERLINED),
        (ink.reverse, Modifier::REVERSED),
    ] {
        if set {
            style = style.add_modifier(modifier);
        }
    }
    style
}

fn color(colour: Colour, depth: Depth) -> Color {
    const NAMED: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    match (colour, depth) {
        (Colour::Terminal(index), _) => NAMED[usize::from(index % 16)],
        (Colour::Exact(red, green, blue), Depth::Exact) => Color::Rgb(red, green, blue),
        (Colour::Exact(red, green, blue), Depth::Indexed) => {
            Color::Indexed(nearest_index([red, green, blue]))
        }
    }
}

/// The colour of xterm's cube and greys nearest to `rgb`; never one of the first sixteen, which
/// mean something else in every terminal.
fn nearest_index(rgb: [u8; 3]) -> u8 {
    let distance =
        |other: [u8; 3]| -> u32 { rgb.iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum() };
    (16..=255).min_by_key(|index| distance(indexed_rgb(*index))).unwrap_or(16)
}

/// What xterm shows for a colour of its cube (16 to 231) or its greys (232 to 255).
fn indexed_rgb(index: u8) -> [u8; 3] {
    let level = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
    match index.saturating_sub(16) {
        cube @ 0..216 => [level(cube / 36), level(cube / 6 % 6), level(cube % 6)],
        grey => [8 + 10 * (grey - 216); 3],
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    /// The backgrounds the exact themes are made for.
    const PAPER: [(ThemeName, [u8; 3]); 2] =
        [(ThemeName::Dark, [0x16, 0x19, 0x1d]), (ThemeName::Light, [0xfb, 0xfb, 0xf9])];

    /// Relative luminance of the Web Content Accessibility Guidelines 2.1.
    fn luminance(rgb: [u8; 3]) -> f64 {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(rgb[0]) + 0.7152 * part(rgb[1]) + 0.0722 * part(rgb[2])
    }

    fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn rgb(color: Color) -> [u8; 3] {
        match color {
            Color::Rgb(red, green, blue) => [red, green, blue],
            Color::Indexed(index) => indexed_rgb(index),
            other => panic!("an exact theme names the terminal's colour {other:?}"),
        }
    }

    #[test]
    fn every_colour_is_legible_on_its_background_and_on_the_selected_row() {
        for (name, paper) in PAPER {
            for depth in [Depth::Exact, Depth::Indexed] {
                let theme = Theme::new(&ThemeTable::builtin(name), depth, false);
                let selected = rgb(theme.style(Role::Selection).bg.unwrap());
                for role in Role::ALL {
                    let Some(letters) = theme.style(role).fg else { continue };
                    // Rules are no text and cross no row; 3:1 is what graphics need.
                    let (least, behind) =
                        if role == Role::Rule { (3.0, [paper, paper]) } else { (4.5, [paper, selected]) };
                    for behind in behind {
                        let contrast = contrast(rgb(letters), behind);
                        assert!(
                            contrast >= least,
                            "{} {depth:?} {role:?} {behind:?}: {contrast:.2}",
                            name.name()
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn themes_name_every_role_and_no_other() {
        for name in ThemeName::ALL {
            let table = ThemeTable::builtin(name);
            let mut named: Vec<&str> = table.roles().collect();
            let mut roles = Role::ALL.map(Role::name);
            named.sort_unstable();
            roles.sort_unstable();
            assert_eq!(named, roles, "{}", name.name());
        }
    }

    #[test]
    fn only_the_selected_row_has_a_background() {
        for name in ThemeName::ALL {
            let theme = Theme::builtin(name, false);
            for role in Role::ALL {
                assert!(
                    role == Role::Selection || theme.style(role).bg.is_none(),
                    "{} {role:?}",
                    name.name()
                );
            }
        }
    }

    #[test]
    fn the_terminal_s_palette_is_used_sparingly_and_mono_not_at_all() {
        let (ansi, mono) = (Theme::builtin(ThemeName::Ansi, false), Theme::builtin(ThemeName::Mono, false));
        for role in Role::ALL {
            let color = ansi.style(role).fg;
            assert!(
                matches!(color, None | Some(Color::Yellow | Color::Green | Color::Cyan)),
                "{role:?} {color:?}"
            );
            assert_eq!((mono.style(role).fg, mono.style(role).bg), (None, None), "{role:?}");
        }
    }

    #[test]
    fn what_outlets_do_can_be_told_apart_without_colour() {
        for theme in [Theme::builtin(ThemeName::Mono, false), Theme::builtin(ThemeName::Mono, true)] {
            let g = theme.glyphs();
            let mut marks = [g.same, g.vaguer, g.differs, g.only, g.absent, g.unclear];
            marks.sort_unstable();
            assert!(marks.windows(2).all(|w| w[0] != w[1]), "{marks:?}");
        }
    }

    #[test]
    fn every_glyph_is_one_column_and_ascii_ones_are_ascii() {
        for (glyphs, ascii) in [(UNICODE, false), (UNICODE_MONO, false), (ASCII, true)] {
            let mut all = vec![
                glyphs.same,
                glyphs.vaguer,
                glyphs.differs,
                glyphs.only,
                glyphs.absent,
                glyphs.unclear,
                glyphs.focus,
                glyphs.mentions,
                glyphs.silent,
                glyphs.unread,
                glyphs.star,
                glyphs.marked,
                glyphs.saved,
                glyphs.note,
                glyphs.rule,
                glyphs.bar,
                glyphs.ellipsis,
                glyphs.dot,
                glyphs.step,
                glyphs.dash,
            ];
            all.extend(glyphs.corners);
            all.extend(glyphs.more);
            for glyph in all {
                assert_eq!(glyph.width(), 1, "{glyph}");
                assert!(!ascii || glyph.is_ascii(), "{glyph}");
            }
        }
    }

    #[test]
    fn roles_find_their_own_style() {
        for (index, role) in Role::ALL.into_iter().enumerate() {
            assert_eq!(role.index(), index, "{role:?}");
        }
        assert_eq!(Role::Source(6).index(), Role::Source(0).index(), "a seventh outlet begins again");
    }
}
