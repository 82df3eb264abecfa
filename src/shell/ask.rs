//! Waits, once and not for long, for the answer to [`super::background::QUESTION`].
//!
//! What the reader typed meanwhile is kept. What is answered later is `super::input`'s to swallow.

use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::stdio::stdin;

use super::background::Background;
use crate::app::chord::{Chord, Key};

/// How long an answer is waited for.
pub const PATIENCE: Duration = Duration::from_millis(150);

/// What came in.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Answer {
    /// The background, if the terminal knows it.
    pub background: Option<Background>,
    /// Whether the terminal has answered to the end, so that nothing more is to come.
    pub is_complete: bool,
    /// Whether the time was up in the middle of an answer.
    pub is_cut: bool,
    /// What the reader typed.
    pub typed: Vec<Chord>,
}

/// Reads until the terminal has answered, or until `end`.
#[must_use]
pub fn wait(end: Instant) -> Answer {
    let mut bytes = Vec::new();
    loop {
        let answer = read(&bytes);
        let left = end.saturating_duration_since(Instant::now());
        if answer.is_complete || left.is_zero() {
            return answer;
        }
        let mut fds = [PollFd::from_borrowed_fd(stdin(), PollFlags::IN)];
        let timeout = Timespec { tv_sec: 0, tv_nsec: i64::from(left.subsec_nanos()) };
        let mut chunk = [0; 256];
        if poll(&mut fds, Some(&timeout)).is_ok() && fds[0].revents().contains(PollFlags::IN) {
            match rustix::io::read(stdin(), &mut chunk) {
                Ok(count) if count > 0 => bytes.extend_from_slice(chunk.get(..count).unwrap_or_default()),
                _ => return answer,
            }
        }
    }
}

/// Tells answers and keys apart.
fn read(bytes: &[u8]) -> Answer {
    let mut answer = Answer::default();
    let text = String::from_utf8_lossy(bytes);
    let mut rest = text.as_ref();
    while let Some(first) = rest.chars().next() {
        if let Some((body, behind)) = colour_answer(rest) {
            answer.background = answer.background.or(Background::parse(body));
            rest = behind;
        } else if rest.starts_with("\x1b]") {
            answer.is_cut = true;
            break;
        } else if let Some((sequence, behind)) = control_sequence(rest) {
            match sequence.chars().last() {
                Some('c') if sequence.starts_with('?') => answer.is_complete = true,
                Some(last) => answer.typed.extend(arrow(last).map(Chord::plain)),
                None => {}
            }
            rest = behind;
        } else {
            answer.typed.extend(chord(first));
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    answer
}

/// The body of a whole answer at the start of `text`, and what is behind it.
fn colour_answer(text: &str) -> Option<(&str, &str)> {
    let body = text.strip_prefix("\x1b]11;")?;
    let ends = [body.find('\x07').map(|at| (at, 1)), body.find("\x1b\\").map(|at| (at, 2))];
    let (at, len) = ends.into_iter().flatten().min()?;
    Some((body.get(..at)?, body.get(at + len..)?))
}

/// A whole control sequence at the start of `text` without its introducer, and what is behind it.
fn control_sequence(text: &str) -> Option<(&str, &str)> {
    let body = text.strip_prefix("\x1b[").or_else(|| text.strip_prefix("\x1bO"))?;
    let end = body.find(|c: char| ('@'..='~').contains(&c))? + 1;
    Some((body.get(..end)?, body.get(end..)?))
}

fn arrow(last: char) -> Option<Key> {
    match last {
        'A' => Some(Key::Up),
        'B' => Some(Key::Down),
        'C' => Some(Key::Right),
        'D' => Some(Key::Left),
        'H' => Some(Key::Home),
        'F' => Some(Key::End),
        _ => None,
    }
}

fn chord(c: char) -> Option<Chord> {
    match c {
        '\r' | '\n' => Some(Chord::plain(Key::Enter)),
        '\t' => Some(Chord::plain(Key::Tab)),
        '\x1b' => Some(Chord::plain(Key::Esc)),
        '\x7f' | '\x08' => Some(Chord::plain(Key::Backspace)),
        '\x01'..='\x1a' => {
            let letter = u8::try_from(c).ok()? - 1 + b'a';
            Some(Chord::ctrl(Key::Char(char::from(letter))))
        }
        c if c.is_control() || c == '\u{fffd}' => None,
        c => Some(Chord::char(c)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(answer: &Answer) -> String {
        crate::app::chord::spell_keys(&answer.typed)
    }

    #[test]
    fn both_endings_of_an_answer_are_understood() {
        for end in ["\x07", "\x1b\\"] {
            let answer = read(format!("\x1b]11;rgb:1616/1919/1d1d{end}\x1b[?62;22c").as_bytes());
            assert_eq!(answer.background.map(Background::is_dark), Some(true));
            assert!(answer.is_complete);
            assert_eq!(typed(&answer), "");
        }
    }

    #[test]
    fn a_terminal_that_knows_no_colours_ends_the_wait() {
        let answer = read(b"\x1b[?6c");
        assert!(answer.is_complete && answer.background.is_none());
    }

    #[test]
    fn what_was_typed_meanwhile_is_kept() {
        let answer = read("jj\x1b]11;rgb:ff/ff/ff\x07ö\x1b[B\x04\r\x1b[?1;2c/x".as_bytes());
        assert_eq!(typed(&answer), "j j ö down ctrl-d enter / x");
        assert_eq!(answer.background.map(Background::is_dark), Some(false));
    }

    #[test]
    fn half_an_answer_does_not_end_the_wait() {
        let half = read(b"k\x1b]11;rgb:16");
        assert!(!half.is_complete && half.is_cut);
        assert_eq!(typed(&half), "k");
        assert!(!read(b"").is_complete);
    }
}
