//! Turns a drawn screen into the fewest bytes that a terminal needs to show it.
//!
//! Ratatui's own way to the terminal writes piecemeal, asks for the size with every frame, and
//! writes both colours wherever one changes; under `NO_COLOR` crossterm then drops bold and reverse
//! too. Here a frame is one text, for one write.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Rect, Size};
use ratatui::style::{Color, Modifier};

use super::scroll;

/// What the terminal shows, and what it is to show next.
pub struct Painter {
    shown: Buffer,
    next: Buffer,
    /// Nothing is known of what is shown.
    is_new: bool,
    /// Where the cursor is shown; `None` while it is hidden.
    cursor: Option<(u16, u16)>,
}

impl Painter {
    /// For a terminal of this size that shows anything.
    #[must_use]
    pub fn new(size: Size) -> Painter {
        let area = Rect::new(0, 0, size.width, size.height);
        Painter { shown: Buffer::empty(area), next: Buffer::empty(area), is_new: true, cursor: None }
    }

    /// The next frame, drawn by `draw`, which also says where the cursor belongs; empty if nothing
    /// has changed. Marked so that a terminal which can will show it all at once.
    pub fn paint(&mut self, draw: impl FnOnce(&mut Buffer) -> Option<(u16, u16)>) -> String {
        self.next.reset();
        let cursor = draw(&mut self.next);
        let mut text = String::new();
        let before = if std::mem::take(&mut self.is_new) {
            text.push_str("\x1b[?25l\x1b[m\x1b[2J");
            self.shown.reset();
            None
        } else {
            if let Some(shift) = scroll::find(&self.shown, &self.next) {
                shift.write(&mut text);
                shift.apply(&mut self.shown);
            }
            self.cursor
        };
        write_cells(&self.shown.diff(&self.next), &mut text);
        self.write_cursor(before, cursor, &mut text);
        std::mem::swap(&mut self.shown, &mut self.next);
        if text.is_empty() { text } else { format!("\x1b[?2026h{text}\x1b[?2026l") }
    }

    /// Shows the cursor where it belongs; `before` is where it is shown, if it is.
    fn write_cursor(&mut self, before: Option<(u16, u16)>, cursor: Option<(u16, u16)>, text: &mut String) {
        let area = self.next.area;
        self.cursor = cursor.filter(|(x, y)| *x < area.width && *y < area.height);
        match self.cursor {
            // What was written has moved it.
            Some((x, y)) if before != self.cursor || !text.is_empty() => {
                let _ = write!(text, "\x1b[{};{}H", y + 1, x + 1);
                if before.is_none() {
                    text.push_str("\x1b[?25h");
                }
            }
            None if before.is_some() => text.push_str("\x1b[?25l"),
            _ => {}
        }
    }
}

/// Writes changed cells, in order.
fn write_cells(cells: &[(u16, u16, &Cell)], text: &mut String) {
    let mut look = Look::default();
    let mut next: Option<(u16, u16)> = None;
    for (x, y, cell) in cells {
        // Behind a wide character the next cell is not the next column, and the place is stated
        // anew: terminals disagree on widths.
        if next != Some((*x, *y)) {
            let _ = match next {
                Some((_, row)) if row == *y => write!(text, "\x1b[{}G", x.saturating_add(1)),
                _ => write!(text, "\x1b[{};{}H", y.saturating_add(1), x.saturating_add(1)),
            };
        }
        next = Some((x.saturating_add(1), *y));
        let wanted = Look::of(cell);
        wanted.write(look, text);
        look = wanted;
        text.push_str(cell.symbol());
    }
    Look::default().write(look, text);
}

/// Colours and attributes of a cell.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct Look {
    letters: Color,
    paper: Color,
    modifier: Modifier,
}

impl Look {
    fn of(cell: &Cell) -> Look {
        Look { letters: cell.fg, paper: cell.bg, modifier: cell.modifier }
    }

    /// Writes what turns `before` into this.
    fn write(self, before: Look, text: &mut String) {
        if self == before {
            return;
        }
        let mut codes = String::new();
        let mut before = before;
        // Bold and dim share one code for their end, so taking anything away begins anew.
        if !self.modifier.contains(before.modifier) {
            codes.push_str("0;");
            before = Look::default();
        }
        for (modifier, code) in [
            (Modifier::BOLD, "1;"),
            (Modifier::DIM, "2;"),
            (Modifier::ITALIC, "3;"),
            (Modifier::UNDERLINED, "4;"),
            (Modifier::REVERSED, "7;"),
            (Modifier::CROSSED_OUT, "9;"),
        ] {
            if self.modifier.contains(modifier) && !before.modifier.contains(modifier) {
                codes.push_str(code);
            }
        }
        if self.letters != before.letters {
            colour(self.letters, 30, &mut codes);
        }
        if self.paper != before.paper {
            colour(self.paper, 40, &mut codes);
        }
        codes.pop();
        // "0" may be left out.
        let codes = if codes == "0" { "" } else { &codes };
        let _ = write!(text, "\x1b[{codes}m");
    }
}

/// The code of a colour for letters (`base` 30) or paper (40), with a semicolon behind it.
fn colour(colour: Color, base: u8, codes: &mut String) {
    let index = match colour {
        Color::Reset => {
            let _ = write!(codes, "{};", base + 9);
            return;
        }
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Indexed(index) => {
            let _ = write!(codes, "{};5;{index};", base + 8);
            return;
        }
        Color::Rgb(red, green, blue) => {
            let _ = write!(codes, "{};2;{red};{green};{blue};", base + 8);
            return;
        }
    };
    // Bright colours begin at 90 and 100.
    let code = if index < 8 { base + index } else { base + 52 + index };
    let _ = write!(codes, "{code};");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::{Style, Stylize};
    use ratatui::text::Line;

    use super::*;

    const SIZE: Size = Size::new(20, 3);

    fn put(buffer: &mut Buffer, lines: &[Line<'_>]) {
        for (y, line) in (0..buffer.area.height).zip(lines) {
            buffer.set_line(0, y, line, buffer.area.width);
        }
    }

    fn frame(lines: &[Line<'_>]) -> String {
        Painter::new(SIZE).paint(|buffer| {
            put(buffer, lines);
            Some((0, 1))
        })
    }

    fn terminal(size: Size) -> vt100::Parser {
        let cells = |n| std::num::NonZero::new(n).unwrap();
        vt100::Parser::new(cells(size.height), cells(size.width), 0)
    }

    fn shown(frame: &str) -> vt100::Parser {
        let mut parser = terminal(SIZE);
        parser.process(frame.as_bytes());
        parser
    }

    #[test]
    fn a_frame_is_one_synchronized_update() {
        let text = frame(&[Line::from("Überblick")]);
        assert!(text.starts_with("\x1b[?2026h") && text.ends_with("\x1b[?2026l"), "{text:?}");
        assert_eq!(text.matches("\x1b[?2026").count(), 2);
    }

    #[test]
    fn what_is_drawn_is_what_a_terminal_shows() {
        let line = Line::from(vec![
            "fett".bold(),
            " matt".dim(),
            " rot".red(),
            " 日本".fg(Color::Rgb(1, 2, 3)).bg(Color::Indexed(17)).reversed(),
            "x".into(),
        ]);
        let parser = shown(&frame(&[line, Line::from("zwei").style(Style::new().underlined())]));
        let screen = parser.screen();
        assert_eq!(screen.contents(), "fett matt rot 日本x\nzwei");
        assert!(screen.cell(0, 0).unwrap().bold());
        assert!(!screen.cell(0, 5).unwrap().bold() && screen.cell(0, 5).unwrap().dim());
        assert_eq!(screen.cell(0, 11).unwrap().fgcolor(), vt100::Color::Idx(1));
        let wide = screen.cell(0, 14).unwrap();
        assert_eq!((wide.fgcolor(), wide.bgcolor()), (vt100::Color::Rgb(1, 2, 3), vt100::Color::Idx(17)));
        assert!(wide.inverse());
        assert!(!screen.cell(0, 18).unwrap().inverse());
        assert!(screen.cell(1, 0).unwrap().underline());
        assert_eq!(screen.cursor_position(), (1, 0));
        assert!(!screen.hide_cursor());
    }

    #[test]
    fn bright_and_plain_colours_have_their_codes() {
        for (color, letters, paper) in [
            (Color::Black, "30;", "40;"),
            (Color::Gray, "37;", "47;"),
            (Color::DarkGray, "90;", "100;"),
            (Color::White, "97;", "107;"),
            (Color::Reset, "39;", "49;"),
            (Color::Indexed(200), "38;5;200;", "48;5;200;"),
        ] {
            for (base, expected) in [(30, letters), (40, paper)] {
                let mut codes = String::new();
                colour(color, base, &mut codes);
                assert_eq!(codes, expected, "{color:?}");
            }
        }
    }

    #[test]
    fn what_has_not_changed_is_not_sent() {
        let mut painter = Painter::new(SIZE);
        let draw = |buffer: &mut Buffer| {
            put(buffer, &[Line::from("eins"), Line::from("zwei")]);
            Some((0, 1))
        };
        assert!(painter.paint(draw).contains("eins"));
        assert_eq!(painter.paint(draw), "");
        let moved = painter.paint(|buffer| {
            draw(buffer);
            Some((0, 2))
        });
        assert_eq!(moved, "\x1b[?2026h\x1b[3;1H\x1b[?2026l");
    }

    #[test]
    fn a_cursor_outside_or_without_a_place_is_hidden() {
        let mut painter = Painter::new(SIZE);
        assert!(painter.paint(|_| Some((0, 0))).contains("\x1b[?25h"));
        assert!(painter.paint(|_| Some((20, 0))).contains("\x1b[?25l"));
        assert!(painter.paint(|_| Some((19, 2))).contains("\x1b[3;20H\x1b[?25h"));
        assert!(painter.paint(|_| None).contains("\x1b[?25l"));
    }

    #[test]
    fn a_scrolled_text_costs_little() {
        let size = Size::new(80, 40);
        let line =
            |n: u16| format!("{n} Der Satz Nummer {n} ist lang genug, um eine Zeile zu füllen, nicht mehr.");
        let draw = |first: u16| {
            move |buffer: &mut Buffer| {
                let lines: Vec<Line<'_>> = (first..first + 38).map(|n| Line::from(line(n))).collect();
                put(buffer, &lines);
                Some((0, 39))
            }
        };
        let mut painter = Painter::new(size);
        painter.paint(draw(0));
        let frame = painter.paint(draw(1));
        assert!(frame.len() < 300, "{} bytes: {frame:?}", frame.len());
    }

    /// What a terminal shows after these frames, one after the other, and what it should show.
    fn play(size: Size, frames: &[Vec<String>]) -> (Vec<String>, Vec<String>) {
        let mut painter = Painter::new(size);
        let mut parser = terminal(size);
        let mut last = Buffer::empty(Rect::new(0, 0, size.width, size.height));
        for lines in frames {
            let text = painter.paint(|buffer| {
                put(buffer, &lines.iter().map(|l| Line::from(l.as_str())).collect::<Vec<_>>());
                last = buffer.clone();
                None
            });
            parser.process(text.as_bytes());
        }
        let wanted = Buffer::empty(last.area).diff(&last).into_iter();
        let wanted: Vec<_> = wanted.map(|(x, y, cell)| format!("{x} {y} {}", cell.symbol())).collect();
        let screen = parser.screen();
        let places = (0..size.height).flat_map(|y| (0..size.width).map(move |x| (x, y)));
        let got = places.filter_map(|(x, y)| {
            let cell = screen.cell(y, x)?;
            (cell.has_contents() && cell.contents() != " ").then(|| format!("{x} {y} {}", cell.contents()))
        });
        (got.collect(), wanted)
    }

    proptest! {
        #[test]
        fn any_frames_one_after_the_other_show_the_last(
            frames in prop::collection::vec(prop::collection::vec("[a-c ä日]{0,6}", 0..8), 1..6)
        ) {
            let (got, wanted) = play(Size::new(8, 8), &frames);
            prop_assert_eq!(got, wanted);
        }

        #[test]
        fn a_text_scrolled_to_and_fro_shows_the_last(
            text in prop::collection::vec("[a-c ä日]{0,6}", 40..50),
            starts in prop::collection::vec(0_usize..25, 2..8),
        ) {
            let frames: Vec<Vec<String>> = starts
                .iter()
                .map(|start| {
                    let rows = text.iter().skip(*start).take(12).cloned();
                    [vec!["Kopf".to_owned()], rows.collect(), vec![start.to_string()]].concat()
                })
                .collect();
            let (got, wanted) = play(Size::new(8, 14), &frames);
            prop_assert_eq!(got, wanted);
        }
    }
}
