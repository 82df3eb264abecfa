//! The loop: input to the program, replies to the program, one frame when something has changed.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::Size;
use rustix::stdio::{dup2_stdin, stdin, stdout};
use rustix::termios::{tcgetwinsize, ttyname};

use super::ask::{self, Answer};
use super::background::{Background, QUESTION};
use super::frame::Painter;
use super::guard::GUARD;
use super::input::{Input, Inputs};
use super::{outside, signals};
use crate::app::chord::Chord;

/// What the loop runs: it knows nothing else of the program.
pub trait Program {
    /// A key.
    fn chord(&mut self, chord: Chord);
    /// Pasted text.
    fn paste(&mut self, text: &str);
    /// A click at this column and row.
    fn click(&mut self, column: u16, row: u16);
    /// The wheel at this column and row: rows down, negative for up.
    fn wheel(&mut self, column: u16, row: u16, rows: i16);
    /// The terminal has this size now.
    fn resize(&mut self, columns: u16, rows: u16);
    /// The terminal says what its background is.
    fn background(&mut self, background: Background);
    /// Takes replies that have come; whether there were any.
    fn receive(&mut self) -> bool;
    /// Whether a reply is awaited.
    fn is_waiting(&self) -> bool;
    /// How long the loop may sleep while nothing is awaited; for ever without a limit.
    fn patience(&self) -> Option<Duration> {
        None
    }
    /// Whether the reader wants to leave.
    fn wants_quit(&self) -> bool;
    /// What only the shell can do, in order; asked for once.
    fn requests(&mut self) -> Vec<Request>;
    /// A request could not be met.
    fn refused(&mut self, reason: String);
    /// Draws everything and says in which column and row the cursor belongs: on the focused row.
    fn draw(&mut self, buffer: &mut Buffer) -> Option<(u16, u16)>;
    /// The frame is on its way: the time to start work that would have held it up.
    fn drawn(&mut self) {}
}

/// What only the shell can do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Request {
    /// Stop the process group, as Ctrl-Z does elsewhere.
    Suspend,
    /// Draw everything anew.
    Redraw,
    /// Put text on the clipboard.
    Copy(String),
    /// Open a web address.
    OpenLink(String),
    /// Mouse reports on or off.
    Mouse(bool),
}

/// Time between two looks for an awaited reply: most come at once, and a hand feels 8 ms.
const REPLY: Duration = Duration::from_millis(1);

/// The same for one that has been awaited for [`SOON`] already (an import, a first analysis).
const LATE_REPLY: Duration = Duration::from_millis(8);

/// How long a reply counts as coming at once.
const SOON: Duration = Duration::from_millis(100);

/// Longest time that input is handled without a frame; only a stream without end reaches it.
const BATCH: Duration = Duration::from_millis(100);

/// The terminal while it is this program's.
pub struct Screen {
    asked: Option<Instant>,
}

impl Screen {
    /// Whether standard output is a terminal, so that there is a screen to draw on.
    #[must_use]
    pub fn is_possible() -> bool {
        io::stdout().is_terminal()
    }

    /// Takes the terminal; with `ask`, asks for its background without waiting for the answer.
    ///
    /// From now on signals, panics and the loss of the terminal give it back.
    ///
    /// # Errors
    /// If there is no terminal to read keys from, or the system gives no thread.
    pub fn enter(mouse: bool, ask: bool) -> io::Result<Screen> {
        read_keys_from_the_terminal()?;
        signals::restore_on_panic();
        signals::watch()?;
        GUARD.enter(mouse, if ask { QUESTION } else { "" })?;
        Ok(Screen { asked: ask.then(Instant::now) })
    }

    /// What the terminal has answered, waited for until 150 ms after the question.
    #[must_use]
    pub fn answer(&self) -> Answer {
        match self.asked {
            Some(asked) => ask::wait(asked + ask::PATIENCE),
            None => Answer { is_complete: true, ..Answer::default() },
        }
    }

    /// Runs `program` until the reader leaves it.
    ///
    /// # Errors
    /// If the terminal is gone. It is given back in any case.
    pub fn run(self, program: &mut dyn Program, answer: Answer) -> io::Result<()> {
        let mut inputs = Inputs::after(answer)?;
        let size = size();
        program.resize(size.width, size.height);
        let mut painter = Painter::new(size);
        let mut is_stale = true;
        let mut waits_since: Option<Instant> = None;
        while !program.wants_quit() {
            if is_stale {
                let frame = painter.paint(|buffer| program.draw(buffer));
                GUARD.write(frame.as_bytes())?;
                program.drawn();
            }
            waits_since = program.is_waiting().then(|| waits_since.unwrap_or_else(Instant::now));
            let timeout = waits_since.map(|s| if s.elapsed() < SOON { REPLY } else { LATE_REPLY });
            let timeout = timeout.or_else(|| program.patience());
            let has_input = inputs.wait(timeout)?;
            let changed = has_input && handle_all(program, &mut inputs, &mut painter)?;
            is_stale = program.receive() || changed;
        }
        Ok(())
    }
}

impl Drop for Screen {
    /// Gives the terminal back.
    fn drop(&mut self) {
        GUARD.leave();
        signals::print_last_words();
    }
}

/// Hands everything that has come in to the program; whether a frame has to be drawn.
fn handle_all(program: &mut dyn Program, inputs: &mut Inputs, painter: &mut Painter) -> io::Result<bool> {
    let start = Instant::now();
    let mut is_resized = signals::take_stale();
    let mut changed = is_resized;
    loop {
        while let Some(input) = inputs.take_next() {
            changed = true;
            match input {
                Input::Chord(chord) => program.chord(chord),
                Input::Paste(text) => program.paste(&text),
                Input::Click(column, row) => program.click(column, row),
                Input::Wheel(column, row, rows) => program.wheel(column, row, rows),
                Input::Background(background) => program.background(background),
                Input::Resized => is_resized = true,
            }
            for request in program.requests() {
                is_resized |= meet(request, program)?;
            }
            if program.wants_quit() {
                return Ok(false);
            }
        }
        if start.elapsed() > BATCH || !inputs.wait(Some(Duration::ZERO))? {
            break;
        }
    }
    if signals::take_stale() || is_resized {
        let size = size();
        program.resize(size.width, size.height);
        *painter = Painter::new(size);
        changed = true;
    }
    Ok(changed)
}

/// Does what the program asked for; whether everything has to be drawn anew.
fn meet(request: Request, program: &mut dyn Program) -> io::Result<bool> {
    match request {
        Request::Suspend => signals::suspend(),
        Request::Redraw => return Ok(true),
        Request::Copy(text) => match outside::copy_sequence(&text) {
            Some(sequence) => GUARD.write(sequence.as_bytes())?,
            None => program.refused("too long for the clipboard".to_owned()),
        },
        Request::OpenLink(address) => {
            if let Err(error) = outside::open_link(&address) {
                program.refused(error.to_string());
            }
        }
        Request::Mouse(on) => GUARD.set_mouse(on)?,
    }
    Ok(false)
}

/// Columns and rows of the terminal; 80 by 24 where it does not say.
fn size() -> Size {
    match tcgetwinsize(stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => Size::new(size.ws_col, size.ws_row),
        _ => Size::new(80, 24),
    }
}

/// Makes the terminal standard input where that is a pipe, so that `… | lesart -` has keys.
fn read_keys_from_the_terminal() -> io::Result<()> {
    if rustix::termios::isatty(stdin()) {
        return Ok(());
    }
    // The terminal by its own name: not every system can wait for input on /dev/tty.
    let name = ttyname(stdout(), Vec::new())?;
    let name = name.into_string().map_err(|_| io::ErrorKind::InvalidData)?;
    let terminal = std::fs::File::options().read(true).write(true).open(name)?;
    dup2_stdin(&terminal)?;
    Ok(())
}
