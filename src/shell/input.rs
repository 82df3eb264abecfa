//! What comes from the keyboard side of the terminal, in this program's own words.
//!
//! Keys are read through crossterm. Answers of the terminal that come later than they were waited
//! for arrive there as if typed; [`Late`] takes them out.

use std::collections::VecDeque;
use std::io;
use std::time::{Duration, Instant};

use crossterm::event::{
    self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};

use super::ask::Answer;
use super::background::Background;
use crate::app::chord::{Chord, Key};

/// One thing that came in.
#[derive(Clone, PartialEq, Debug)]
pub enum Input {
    /// A key.
    Chord(Chord),
    /// Pasted text, without control characters but line feeds and tabs.
    Paste(String),
    /// A click of the left button, at this column and row.
    Click(u16, u16),
    /// The wheel, at this column and row: rows down, negative for up.
    Wheel(u16, u16, i16),
    /// The terminal has another size, or the screen has to be drawn anew.
    Resized,
    /// The terminal has said at last what its background is.
    Background(Background),
}

/// Everything that comes in, in order.
#[derive(Debug, Default)]
pub struct Inputs {
    ready: VecDeque<Input>,
    late: Late,
}

/// How long a key is held that may begin a late answer; the rest of one follows at once.
const HOLD: Duration = Duration::from_millis(30);

/// Long enough to count as for ever.
const FOR_EVER: Duration = Duration::from_secs(3600);

impl Inputs {
    /// Behind what was asked before the loop: typed keys come first, a missing answer is expected.
    ///
    /// From now on no change of size is missed; look at the size after this.
    ///
    /// # Errors
    /// If the terminal cannot be read.
    pub fn after(answer: Answer) -> io::Result<Inputs> {
        // The first poll makes crossterm listen for changes of size.
        event::poll(Duration::ZERO)?;
        let late = Late::expect(!answer.is_complete, answer.is_cut);
        Ok(Inputs { ready: answer.typed.into_iter().map(Input::Chord).collect(), late })
    }

    /// Waits for input until the time is up, for ever without one; whether there is any.
    ///
    /// # Errors
    /// If the terminal cannot be read.
    pub fn wait(&mut self, timeout: Option<Duration>) -> io::Result<bool> {
        if !self.ready.is_empty() {
            return Ok(true);
        }
        let timeout = timeout.unwrap_or(FOR_EVER);
        let held = self.late.held_since.map(|since| HOLD.saturating_sub(since.elapsed()));
        if event::poll(held.map_or(timeout, |left| timeout.min(left)))? {
            let event = event::read()?;
            self.take(event);
        } else if held.is_some_and(|left| left <= timeout) {
            self.ready.extend(self.late.release());
        }
        Ok(!self.ready.is_empty())
    }

    /// The next input; never waits.
    pub fn take_next(&mut self) -> Option<Input> {
        self.ready.pop_front()
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => {
                if let Some(chord) = chord(key) {
                    self.ready.extend(self.late.feed(chord));
                }
            }
            Event::Paste(text) => {
                let kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
                let text = text.replace("\r\n", "\n").replace('\r', "\n");
                self.ready.push_back(Input::Paste(text.chars().filter(kept).collect()));
            }
            Event::Mouse(mouse) => match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => {
                    self.ready.push_back(Input::Click(mouse.column, mouse.row));
                }
                MouseEventKind::ScrollDown => {
                    self.ready.push_back(Input::Wheel(mouse.column, mouse.row, 3));
                }
                MouseEventKind::ScrollUp => {
                    self.ready.push_back(Input::Wheel(mouse.column, mouse.row, -3));
                }
                _ => {}
            },
            Event::Resize(..) => self.ready.push_back(Input::Resized),
            Event::Key(_) | Event::FocusGained | Event::FocusLost => {}
        }
    }
}

/// A key as crossterm tells it; `None` for keys no one can bind (media keys, bare modifiers).
fn chord(event: KeyEvent) -> Option<Chord> {
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let alt = event.modifiers.contains(KeyModifiers::ALT);
    let shift = event.modifiers.contains(KeyModifiers::SHIFT);
    let key = match event.code {
        // Many terminals send Ctrl-H for the backspace key; no default is bound to it.
        KeyCode::Char('h') if ctrl && !alt => return Some(Chord::plain(Key::Backspace)),
        KeyCode::Char(c) if ctrl => Key::Char(c.to_ascii_lowercase()),
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab if shift => Key::BackTab,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Insert => Key::Insert,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::F(number) => Key::F(number),
        _ => return None,
    };
    Some(Chord { key, ctrl, alt })
}

/// Takes a late answer out of the keys: Alt-] `1 1 ; rgb:…` up to Ctrl-G or Alt-\\.
#[derive(Debug, Default)]
struct Late {
    /// Whether an answer is still to come.
    is_expected: bool,
    /// Keys that may be the beginning of one.
    held: Vec<Chord>,
    /// Since when the first of them is held.
    held_since: Option<Instant>,
    /// The body of an answer, once it is sure to be one.
    body: Option<String>,
}

/// What an answer begins with; the escape character and the bracket may come apart.
const HEAD: [char; 3] = ['1', '1', ';'];

/// Longest body of an answer; what is longer is none.
const BODY_MAX: usize = 64;

impl Late {
    fn expect(is_expected: bool, is_cut: bool) -> Late {
        Late { is_expected, body: (is_expected && is_cut).then(String::new), ..Late::default() }
    }

    /// Keys that were held and turned out to be keys.
    fn release(&mut self) -> Vec<Input> {
        self.held_since = None;
        self.held.drain(..).map(Input::Chord).collect()
    }

    /// What is to be passed on now that `chord` has come.
    fn feed(&mut self, chord: Chord) -> Vec<Input> {
        if !self.is_expected {
            return vec![Input::Chord(chord)];
        }
        if let Some(body) = &mut self.body {
            let ends = chord == Chord::ctrl(Key::Char('g'))
                || chord == (Chord { key: Key::Char('\\'), ctrl: false, alt: true });
            match chord.typed() {
                Some(c) if body.chars().count() < BODY_MAX => body.push(c),
                _ if ends => {
                    // The end of a cut answer has lost its head; any colour in it is unsure.
                    let background = Background::parse(body);
                    (self.is_expected, self.body) = (false, None);
                    return background.map(Input::Background).into_iter().collect();
                }
                _ => {
                    (self.is_expected, self.body) = (false, None);
                    return vec![Input::Chord(chord)];
                }
            }
            return Vec::new();
        }
        self.held.push(chord);
        self.held_since.get_or_insert_with(Instant::now);
        if begins_answer(&self.held) {
            if self.held.last() == Some(&Chord::char(';')) {
                self.held.clear();
                self.held_since = None;
                self.body = Some(String::new());
            }
            return Vec::new();
        }
        self.release()
    }
}

/// Whether these keys may be the beginning of an answer.
fn begins_answer(keys: &[Chord]) -> bool {
    let bracket = Chord { key: Key::Char(']'), ctrl: false, alt: true };
    let head = match keys {
        [first, rest @ ..] if *first == bracket => rest,
        [first] if *first == Chord::plain(Key::Esc) => return true,
        [first, second, rest @ ..] if *first == Chord::plain(Key::Esc) && *second == Chord::char(']') => rest,
        _ => return false,
    };
    head.len() <= HEAD.len() && head.iter().zip(HEAD).all(|(key, c)| *key == Chord::char(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alt(c: char) -> Chord {
        Chord { key: Key::Char(c), ctrl: false, alt: true }
    }

    fn chars(text: &str) -> Vec<Chord> {
        text.chars().map(Chord::char).collect()
    }

    fn feed(late: &mut Late, keys: &[Chord]) -> Vec<Input> {
        keys.iter().flat_map(|k| late.feed(*k)).collect()
    }

    fn answer(head: &[Chord], end: Chord) -> Vec<Chord> {
        [head, &chars("11;rgb:ffff/ffff/ffff"), &[end]].concat()
    }

    #[test]
    fn a_late_answer_is_not_typed_and_still_tells_the_colour() {
        for head in [vec![alt(']')], vec![Chord::plain(Key::Esc), Chord::char(']')]] {
            for end in [alt('\\'), Chord::ctrl(Key::Char('g'))] {
                let mut late = Late::expect(true, false);
                let inputs = feed(&mut late, &answer(&head, end));
                assert!(matches!(inputs[..], [Input::Background(b)] if !b.is_dark()), "{inputs:?}");
                assert_eq!(late.feed(Chord::char('j')), [Input::Chord(Chord::char('j'))]);
            }
        }
    }

    #[test]
    fn the_rest_of_a_cut_answer_is_not_typed() {
        let mut late = Late::expect(true, true);
        let keys = [chars("19/1d1d"), vec![alt('\\')]].concat();
        assert_eq!(feed(&mut late, &keys), []);
        assert_eq!(late.feed(Chord::char('j')), [Input::Chord(Chord::char('j'))]);
    }

    #[test]
    fn keys_that_only_look_like_an_answer_come_through() {
        for keys in [
            vec![alt(']'), Chord::char('1'), Chord::char('x')],
            vec![Chord::plain(Key::Esc), Chord::char('q')],
        ] {
            let mut late = Late::expect(true, false);
            let inputs = feed(&mut late, &keys);
            assert_eq!(inputs, keys.iter().copied().map(Input::Chord).collect::<Vec<_>>());
        }
        let mut late = Late::expect(true, false);
        assert_eq!(late.feed(Chord::plain(Key::Esc)), []);
        assert!(late.held_since.is_some());
        assert_eq!(late.release(), [Input::Chord(Chord::plain(Key::Esc))]);
    }

    #[test]
    fn without_a_question_nothing_is_held() {
        let mut late = Late::default();
        let keys = answer(&[alt(']')], alt('\\'));
        assert_eq!(feed(&mut late, &keys).len(), keys.len());
    }

    #[test]
    fn an_answer_without_end_does_not_swallow_the_keyboard() {
        let mut late = Late::expect(true, false);
        let keys = [vec![alt(']')], chars("11;"), chars(&"j".repeat(200))].concat();
        assert!(feed(&mut late, &keys).len() >= 130);
    }

    #[test]
    fn keys_get_their_own_names() {
        for (code, modifiers, named) in [
            (KeyCode::Char('D'), KeyModifiers::CONTROL, "ctrl-d"),
            (KeyCode::Char('G'), KeyModifiers::SHIFT, "G"),
            (KeyCode::Char('ö'), KeyModifiers::NONE, "ö"),
            (KeyCode::Char('h'), KeyModifiers::CONTROL, "backspace"),
            (KeyCode::BackTab, KeyModifiers::SHIFT, "shift-tab"),
            (KeyCode::Enter, KeyModifiers::ALT, "alt-enter"),
            (KeyCode::F(5), KeyModifiers::NONE, "f5"),
        ] {
            assert_eq!(chord(KeyEvent::new(code, modifiers)).unwrap().to_string(), named);
        }
        assert_eq!(chord(KeyEvent::new(KeyCode::CapsLock, KeyModifiers::NONE)), None);
    }

    #[test]
    fn a_release_is_no_key_and_a_paste_brings_no_control_characters() {
        let mut inputs = Inputs::default();
        inputs.take(Event::Key(KeyEvent::new_with_kind(
            KeyCode::Char('j'),
            KeyModifiers::NONE,
            KeyEventKind::Release,
        )));
        assert_eq!(inputs.take_next(), None);
        inputs.take(Event::Paste("a\x1b[31m\r\nb\x07".to_owned()));
        assert_eq!(inputs.take_next(), Some(Input::Paste("a[31m\nb".to_owned())));
    }
}
