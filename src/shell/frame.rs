//! Turns a drawn frame into bytes and sends them in one go.
//!
//! Ratatui's own backend writes to the terminal piecemeal, asks it for its size with every frame,
//! and writes both colours wherever one changes; under `NO_COLOR` it also drops bold and reverse.
//! This one collects, knows its size, and writes what the theme says.

use std::fmt::Write as _;
use std::io;

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

use super::guard::GUARD;

/// Collects one frame.
pub struct FrameBackend {
    text: String,
    size: Size,
    /// Whether the cursor is shown; unknown at the start.
    cursor: Option<bool>,
}

impl FrameBackend {
    /// For a terminal of this size.
    #[must_use]
    pub fn new(size: Size) -> FrameBackend {
        FrameBackend { text: String::new(), size, cursor: None }
    }

    /// From now on frames have this size; the cursor may be in any state.
    pub fn set_size(&mut self, size: Size) {
        self.size = size;
        self.cursor = None;
    }

    /// The frame, marked so that a terminal which can will show it all at once; empty if nothing
    /// has changed.
    #[must_use]
    pub fn take(&mut self) -> String {
        if self.text.is_empty() {
            return String::new();
        }
        let frame = format!("\x1b[?2026h{}\x1b[?2026l", self.text);
        self.text.clear();
        frame
    }

    /// Sends the frame in a single write.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn send(&mut self) -> io::Result<()> {
        let frame = self.take();
        if frame.is_empty() { Ok(()) } else { GUARD.write(frame.as_bytes()) }
    }

    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        self.text.write_fmt(text).expect("a string takes all text");
    }

    fn show(&mut self, shown: bool) {
        if self.cursor != Some(shown) {
            self.cursor = Some(shown);
            self.text.push_str(if shown { "\x1b[?25h" } else { "\x1b[?25l" });
        }
    }
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

impl Backend for FrameBackend {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut look = Look::default();
        let mut next: Option<Position> = None;
        for (x, y, cell) in content {
            // Where a wide character stands, the next cell is not the next column, and the place is
            // stated anew: terminals disagree on widths.
            if next != Some(Position { x, y }) {
                match next {
                    Some(next) if next.y == y => self.put(format_args!("\x1b[{}G", x.saturating_add(1))),
                    _ => self.put(format_args!("\x1b[{};{}H", y.saturating_add(1), x.saturating_add(1))),
                }
            }
            next = Some(Position { x: x.saturating_add(1), y });
            let wanted = Look::of(cell);
            wanted.write(look, &mut self.text);
            look = wanted;
            self.text.push_str(cell.symbol());
        }
        Look::default().write(look, &mut self.text);
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.show(false);
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.show(true);
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        // Only asked for by inline viewports; the terminal itself is never asked while it is read.
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let Position { x, y } = position.into();
        self.put(format_args!("\x1b[{};{}H", y.saturating_add(1), x.saturating_add(1)));
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.text.push_str(match region {
            ClearType::All => "\x1b[m\x1b[2J",
            ClearType::AfterCursor => "\x1b[m\x1b[J",
            ClearType::BeforeCursor => "\x1b[m\x1b[1J",
            ClearType::CurrentLine => "\x1b[m\x1b[2K",
            ClearType::UntilNewLine => "\x1b[m\x1b[K",
        });
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::default() })
    }

    /// Does nothing: a frame is sent when it is whole.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::style::{Style, Stylize};
    use ratatui::text::Line;

    use super::*;

    fn frame(lines: &[Line<'static>]) -> String {
        let mut terminal = Terminal::new(FrameBackend::new(Size::new(20, 3))).unwrap();
        terminal
            .draw(|f| {
                for (y, line) in lines.iter().enumerate() {
                    let y = u16::try_from(y).unwrap();
                    f.buffer_mut().set_line(0, y, line, 20);
                }
                f.set_cursor_position((0, 1));
            })
            .unwrap();
        terminal.backend_mut().take()
    }

    fn shown(frame: &str) -> vt100::Parser {
        let cells = |n| std::num::NonZero::new(n).unwrap();
        let mut parser = vt100::Parser::new(cells(3), cells(20), 0);
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
    fn nothing_drawn_is_nothing_sent() {
        let mut backend = FrameBackend::new(Size::new(20, 3));
        backend.flush().unwrap();
        assert_eq!(backend.take(), "");
    }
}
