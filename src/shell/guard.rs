//! Takes the terminal step by step and gives it back, whatever happens.
//!
//! There is one terminal, so there is one guard, reached from the main thread, the panic hook and
//! the signal thread alike. Giving back needs no lock that a stuck thread may hold for ever, and
//! no state of another crate.

use std::io;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, TryLockError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::stdio::{stdin, stdout};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

/// The guard of the terminal of this process.
pub static GUARD: Guard = Guard { taken: AtomicU8::new(0), before: OnceLock::new(), output: Mutex::new(()) };

/// How long a thread that gives the terminal back waits for a frame that is being written.
const PATIENCE: Duration = Duration::from_millis(200);

/// What was taken from the terminal and how it was before.
pub struct Guard {
    /// The steps taken and not given back, one bit each.
    taken: AtomicU8,
    /// The line settings from before the first step.
    before: OnceLock<Termios>,
    /// Held while something is written.
    output: Mutex<()>,
}

/// One step of taking the terminal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Keys come one by one, unechoed.
    Raw,
    /// The screen beside the shell's.
    Screen,
    /// No blinking block while frames are written.
    Cursor,
    /// Pasted text comes marked as such.
    Paste,
    /// Wheel and clicks are reported.
    Mouse,
}

impl Step {
    /// In the order they are taken.
    const ALL: [Step; 5] = [Step::Raw, Step::Screen, Step::Cursor, Step::Paste, Step::Mouse];

    fn bit(self) -> u8 {
        1 << self as u8
    }

    /// What to write to take it, and to give it back.
    fn sequences(self) -> (&'static str, &'static str) {
        match self {
            Step::Raw => ("", ""),
            Step::Screen => ("\x1b[?1049h", "\x1b[?1049l"),
            Step::Cursor => ("\x1b[?25l", "\x1b[?25h"),
            Step::Paste => ("\x1b[?2004h", "\x1b[?2004l"),
            Step::Mouse => ("\x1b[?1000h\x1b[?1006h", "\x1b[?1006l\x1b[?1000l"),
        }
    }
}

impl Guard {
    /// Takes the terminal: raw keys, own screen, marked pastes; the mouse if asked.
    ///
    /// `more` is written behind the steps, in the same go.
    ///
    /// # Errors
    /// If standard input or output is no terminal; what was taken is given back.
    pub fn enter(&self, mouse: bool, more: &str) -> io::Result<()> {
        let steps = [Step::Raw, Step::Screen, Step::Cursor, Step::Paste, Step::Mouse];
        let steps = steps.get(..if mouse { 5 } else { 4 }).unwrap_or_default();
        let entered = self.take(steps, more);
        if entered.is_err() {
            self.leave();
        }
        entered
    }

    fn take(&self, steps: &[Step], more: &str) -> io::Result<()> {
        let mut text = String::new();
        for step in steps {
            // Noted first: giving back what was not quite taken does no harm.
            self.taken.fetch_or(step.bit(), Ordering::SeqCst);
            if *step == Step::Raw {
                let now = tcgetattr(stdin())?;
                let mut raw = self.before.get_or_init(|| now).clone();
                raw.make_raw();
                tcsetattr(stdin(), OptionalActions::Now, &raw)?;
            }
            text.push_str(step.sequences().0);
        }
        text.push_str(more);
        self.write(text.as_bytes())
    }

    /// Gives everything back that was taken. Called twice, it does nothing the second time.
    ///
    /// Waits neither for a terminal that takes no output nor for a thread that does.
    pub fn leave(&self) {
        let _writing = self.lock_within(PATIENCE);
        let taken = self.taken.swap(0, Ordering::SeqCst);
        if taken == 0 {
            return;
        }
        // A frame may have been cut off: end its synchronized update and its colours first.
        let mut text = String::from("\x1b[?2026l\x1b[m");
        for step in Step::ALL.into_iter().rev().filter(|s| taken & s.bit() != 0) {
            text.push_str(step.sequences().1);
        }
        let _ = write_within(text.as_bytes(), PATIENCE);
        if taken & Step::Raw.bit() != 0
            && let Some(before) = self.before.get()
        {
            let _ = tcsetattr(stdin(), OptionalActions::Now, before);
        }
    }

    /// Takes every step again that is taken already: something else has changed the terminal
    /// while the process was stopped.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn renew(&self) -> io::Result<()> {
        let taken = self.taken.load(Ordering::SeqCst);
        let steps: Vec<Step> = Step::ALL.into_iter().filter(|s| taken & s.bit() != 0).collect();
        if steps.is_empty() { Ok(()) } else { self.take(&steps, "") }
    }

    /// Whether the terminal is taken.
    pub fn is_entered(&self) -> bool {
        self.taken.load(Ordering::SeqCst) & Step::Raw.bit() != 0
    }

    /// Whether the mouse is reported.
    pub fn has_mouse(&self) -> bool {
        self.taken.load(Ordering::SeqCst) & Step::Mouse.bit() != 0
    }

    /// Mouse reports on or off.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn set_mouse(&self, on: bool) -> io::Result<()> {
        if on {
            return self.take(&[Step::Mouse], "");
        }
        self.taken.fetch_and(!Step::Mouse.bit(), Ordering::SeqCst);
        self.write(Step::Mouse.sequences().1.as_bytes())
    }

    /// Writes to the terminal, unless it has been given back meanwhile.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let _writing = self.output.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if self.is_entered() { write_all(bytes) } else { Ok(()) }
    }

    fn lock_within(&self, patience: Duration) -> Option<MutexGuard<'_, ()>> {
        let end = Instant::now() + patience;
        loop {
            match self.output.try_lock() {
                Ok(guard) => return Some(guard),
                Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
                Err(TryLockError::WouldBlock) if Instant::now() < end => {
                    std::thread::sleep(Duration::from_millis(2));
                }
                Err(TryLockError::WouldBlock) => return None,
            }
        }
    }
}

/// Writes all of it to standard output, past the buffer and the lock of the standard library.
fn write_all(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(stdout(), bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            // The terminal may have been left non-blocking by another program.
            Err(Errno::AGAIN) => wait_for_room(Duration::from_secs(1))?,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Like [`write_all`], but gives up when the terminal takes nothing.
fn write_within(bytes: &[u8], patience: Duration) -> io::Result<()> {
    wait_for_room(patience)?;
    write_all(bytes)
}

fn wait_for_room(patience: Duration) -> io::Result<()> {
    let mut fds = [PollFd::from_borrowed_fd(stdout(), PollFlags::OUT)];
    let timeout = Timespec::try_from(patience).map_err(|_| io::ErrorKind::InvalidInput)?;
    poll(&mut fds, Some(&timeout))?;
    if fds[0].revents().contains(PollFlags::OUT) { Ok(()) } else { Err(io::ErrorKind::TimedOut.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_never_taken_is_not_given_back() {
        let guard = Guard { taken: AtomicU8::new(0), before: OnceLock::new(), output: Mutex::new(()) };
        guard.leave();
        assert!(!guard.is_entered());
        assert!(guard.write(b"\x1b[2J").is_ok(), "nothing is written to a terminal that is not taken");
    }

    #[test]
    fn a_thread_that_never_ends_its_frame_does_not_hold_up_leaving() {
        let guard = Guard { taken: AtomicU8::new(0), before: OnceLock::new(), output: Mutex::new(()) };
        let stuck = guard.output.lock().unwrap();
        let start = Instant::now();
        guard.leave();
        assert!(start.elapsed() < Duration::from_secs(5));
        drop(stuck);
    }

    #[test]
    fn every_step_that_is_written_is_undone() {
        for step in Step::ALL {
            let (take, give) = step.sequences();
            assert_eq!(take.matches('h').count(), give.matches('l').count(), "{step:?}");
        }
    }
}
