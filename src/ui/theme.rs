//! What each role looks like, and the marks that carry its meaning without colour.
//!
//! Widgets speak of roles and glyphs only; a colour or a box-drawing character stands in no other
//! file. Which theme is shown is decided by the settings and the shell.

use ratatui::style::{Color, Modifier, Style};

pub use super::glyphs::Glyphs;

use super::glyphs::{ASCII, UNICODE, UNICODE_MONO};
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
#[path = "theme_tests.rs"]
mod tests;
