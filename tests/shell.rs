//! The shell in a pseudo terminal, apart from the reader: a small program of its own runs in its
//! loop and does what the reader must never do, like hanging or panicking.
//!
//! That program is this test binary, started again with [`PROGRAM`] as its only test.

mod pty;

use std::thread;
use std::time::{Duration, Instant};

use lesart::app::chord::Chord;
use lesart::shell::background::Background;
use lesart::shell::{Program, Request, Screen};
use pty::{Answers, Pty, Start};
use ratatui::buffer::Buffer;
use ratatui::style::Stylize;
use ratatui::text::Line;
use rustix::process::Signal;

/// The name of the test that is the program.
const PROGRAM: &str = "program";

/// Shows what has come in; some keys make it misbehave.
#[derive(Default)]
struct Echo {
    log: Vec<String>,
    size: (u16, u16),
    frames: usize,
    requests: Vec<Request>,
    quits: bool,
}

impl Program for Echo {
    fn chord(&mut self, chord: Chord) {
        self.log.push(chord.to_string());
        match chord.to_string().as_str() {
            "q" => self.quits = true,
            "P" => panic!("a mistake of the main thread"),
            "W" => drop(thread::spawn(|| panic!("a mistake of a worker")).join()),
            "H" => loop {
                thread::sleep(Duration::from_secs(3600));
            },
            "ctrl-z" => self.requests.push(Request::Suspend),
            "ctrl-l" => self.requests.push(Request::Redraw),
            "y" => self.requests.push(Request::Copy("Zitat".to_owned())),
            "m" => self.requests.push(Request::Mouse(true)),
            _ => {}
        }
    }

    fn paste(&mut self, text: &str) {
        self.log.push(format!("paste<{text}>"));
    }

    fn click(&mut self, column: u16, row: u16) {
        self.log.push(format!("click<{column},{row}>"));
    }

    fn wheel(&mut self, column: u16, row: u16, rows: i16) {
        self.log.push(format!("wheel<{column},{row},{rows}>"));
    }

    fn resize(&mut self, columns: u16, rows: u16) {
        self.size = (columns, rows);
    }

    fn background(&mut self, background: Background) {
        self.log.push(format!("dark<{}>", background.is_dark()));
    }

    fn receive(&mut self) -> bool {
        false
    }

    fn is_waiting(&self) -> bool {
        false
    }

    fn wants_quit(&self) -> bool {
        self.quits
    }

    fn requests(&mut self) -> Vec<Request> {
        std::mem::take(&mut self.requests)
    }

    fn refused(&mut self, reason: String) {
        self.log.push(reason);
    }

    fn draw(&mut self, buffer: &mut Buffer) -> Option<(u16, u16)> {
        self.frames += 1;
        let area = buffer.area;
        let lines = [
            Line::from(format!(
                "size<{}x{}> drawn<{}x{}>",
                self.size.0, self.size.1, area.width, area.height
            )),
            Line::from(format!("frame<{}>", self.frames)),
            Line::from(vec!["fett".bold(), " quer".reversed()]),
            Line::from(self.log.join(" ")),
        ];
        for (y, line) in (0..area.height).zip(&lines) {
            buffer.set_line(0, y, line, area.width);
        }
        Some((0, area.height.saturating_sub(1).min(2)))
    }
}

#[test]
#[ignore = "the program that the other tests start in a terminal"]
fn program() {
    if std::env::var_os("LESART_TEST_PROGRAM").is_none() {
        return;
    }
    let screen = Screen::enter(false, true).expect("there is a terminal");
    let answer = screen.answer();
    let mut echo = Echo::default();
    echo.log.push(format!("asked<{:?}>", answer.background.map(Background::is_dark)));
    screen.run(&mut echo, answer).expect("the terminal stays");
}

/// The path of this test binary.
fn this() -> String {
    std::env::current_exe().ok().and_then(|p| p.to_str().map(str::to_owned)).expect("the test has a path")
}

fn echo() -> Start {
    let start = Start::program(&this()).env("LESART_TEST_PROGRAM", "1");
    ["--exact", PROGRAM, "--ignored", "--nocapture", "--test-threads=1"].into_iter().fold(start, Start::arg)
}

/// The program, waiting for keys.
fn started(start: Start) -> Pty {
    let pty = start.start();
    pty.wait_text("frame<1>");
    assert!(!pty.is_cooked());
    assert!(pty.screen(vt100::Screen::alternate_screen));
    pty
}

fn expect_restored(pty: &Pty) {
    assert!(pty.is_cooked(), "the line is raw");
    pty.screen(|screen| {
        assert!(!screen.alternate_screen(), "the shell's screen is hidden");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "pastes are marked");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    });
}

#[test]
fn quitting_gives_the_terminal_back() {
    let mut pty = started(echo());
    pty.send("m");
    pty.wait_screen("the mouse", |s| s.mouse_protocol_mode() != vt100::MouseProtocolMode::None);
    pty.send("q");
    assert!(pty.wait_end().success());
    expect_restored(&pty);
}

#[test]
fn signals_give_the_terminal_back_and_end_the_program() {
    for (signal, name) in [
        (Signal::TERM, "Terminated"),
        (Signal::INT, "Interrupt"),
        (Signal::HUP, "Hangup"),
        (Signal::QUIT, "Quit"),
    ] {
        let mut pty = started(echo());
        pty.signal(signal);
        let status = pty.wait_end();
        assert!(!status.success() && status.signal().is_some_and(|s| s.contains(name)), "{status:?}");
        expect_restored(&pty);
    }
}

#[test]
fn a_main_thread_that_hangs_does_not_keep_the_terminal() {
    let mut pty = started(echo());
    pty.send("H");
    let start = Instant::now();
    pty.signal(Signal::TERM);
    pty.wait_end();
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    expect_restored(&pty);
}

#[test]
fn a_panic_of_the_main_thread_gives_the_terminal_back_before_it_is_reported() {
    let mut pty = started(echo());
    pty.send("P");
    assert!(!pty.wait_end().success());
    expect_restored(&pty);
    assert!(pty.contents().contains("a mistake of the main thread"), "{}", pty.contents());
}

#[test]
fn a_panic_of_a_worker_leaves_the_screen_alone_and_is_reported_at_the_end() {
    let mut pty = started(echo());
    pty.send("W");
    pty.send("j");
    pty.wait_text("W j");
    assert!(pty.screen(vt100::Screen::alternate_screen));
    assert!(!pty.contents().contains("mistake"));
    pty.send("q");
    pty.wait_end();
    expect_restored(&pty);
    assert!(pty.contents().contains("a mistake of a worker"), "{}", pty.contents());
}

#[test]
fn every_frame_is_one_synchronized_update() {
    let mut pty = started(echo());
    pty.send("abc");
    pty.wait_text("a b c");
    pty.send("q");
    pty.wait_end();
    let bytes = String::from_utf8(pty.bytes()).unwrap();
    let (begins, ends) = (bytes.matches("\x1b[?2026h").count(), bytes.matches("\x1b[?2026l").count());
    // Leaving ends an update once more, in case a frame was cut off.
    assert!(begins >= 2 && ends == begins + 1, "{begins} begins, {ends} ends");
}

#[test]
fn all_keys_that_are_waiting_make_one_frame() {
    let pty = started(echo());
    pty.send(&"j".repeat(500));
    pty.send("e");
    // The log is longer than the row; only the count of frames can be seen.
    pty.send("\x0c");
    pty.wait_screen("few frames", |screen| {
        let text = screen.contents();
        let frames =
            text.split("frame<").nth(1).and_then(|t| t.split('>').next()).and_then(|n| n.parse().ok());
        frames.is_some_and(|n: usize| n > 1 && n < 60)
    });
}

#[test]
fn a_storm_of_resizes_ends_in_the_last_size() {
    let pty = started(echo());
    for step in 0..200 {
        pty.resize(20 + step, 5 + step % 40);
    }
    pty.resize(101, 31);
    pty.wait_text("size<101x31> drawn<101x31>");
}

#[test]
fn every_size_is_drawn() {
    let pty = started(echo().size(30, 10));
    for (columns, rows) in [(1, 1), (2, 1), (1, 40), (300, 120), (7, 3), (80, 24)] {
        let before = pty.written();
        pty.resize(columns, rows);
        pty.wait_bytes("\x1b[?2026l", before);
    }
    pty.wait_text("size<80x24> drawn<80x24>");
}

#[test]
fn the_hardware_cursor_stands_on_the_focused_row() {
    let pty = started(echo());
    pty.wait_screen("the cursor on row 2", |s| s.cursor_position() == (2, 0) && !s.hide_cursor());
}

#[test]
fn the_background_is_known_before_the_first_frame() {
    let pty = started(echo());
    pty.wait_text("asked<Some(true)>");
    assert_eq!(pty.bytes().windows(5).filter(|w| w == b"\x1b]11;").count(), 1, "asked once");
}

#[test]
fn a_silent_terminal_is_not_waited_for_and_a_late_answer_is_not_typed() {
    let pty = started(echo().answers(Answers::None));
    pty.wait_text("asked<None>");
    pty.send("\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;22c");
    pty.send("j");
    pty.wait_text("asked<None> dark<false> j");
}

#[test]
fn what_is_typed_before_the_first_frame_is_not_lost() {
    let pty = echo().answers(Answers::None).start();
    pty.wait_bytes("\x1b]11;?", 0);
    pty.send("jk\x1b[B");
    pty.wait_text("asked<None> j k down");
}

#[test]
fn a_paste_is_text_not_keys() {
    let pty = started(echo());
    pty.send("\x1b[200~q P\x1b[31m\x1b[201~");
    pty.wait_text("paste<q P[31m>");
}

#[test]
fn copied_text_goes_out_as_one_sequence() {
    let pty = started(echo());
    pty.send("y");
    pty.wait_bytes("\x1b]52;c;Wml0YXQ=\x07", 0);
}

#[test]
fn no_color_keeps_bold_and_reverse() {
    let pty = started(echo().env("NO_COLOR", "1"));
    pty.screen(|screen| {
        assert!(screen.cell(2, 0).unwrap().bold());
        assert!(screen.cell(2, 5).unwrap().inverse());
    });
}

/// A shell with job control that says when the program has stopped, and continues it.
fn in_a_shell() -> Start {
    let program = format!("'{}' --exact {PROGRAM} --ignored --nocapture --test-threads=1", this());
    let script = format!("set -m; {program}; echo 'st''opped'; read -r line; fg >/dev/null; echo 'e''nded'");
    Start::program("/bin/sh").arg("-c").arg(&script).env("LESART_TEST_PROGRAM", "1")
}

#[test]
fn ctrl_z_gives_the_terminal_back_and_fg_draws_everything_anew() {
    let mut pty = started(in_a_shell());
    pty.send("j\x1a");
    pty.wait_text("stopped");
    expect_restored(&pty);
    pty.send("\n");
    pty.wait_screen("the whole screen again", |s| s.alternate_screen() && s.contents().contains("j ctrl-z"));
    pty.wait_text("fett quer");
    pty.send("k");
    pty.wait_text("j ctrl-z k");
    pty.send("q");
    pty.wait_text("ended");
    pty.wait_end();
    expect_restored(&pty);
}

#[test]
fn without_a_shell_ctrl_z_does_nothing() {
    let pty = started(echo());
    pty.send("\x1aj");
    pty.wait_text("ctrl-z j");
}

/// Owns a terminal with the program in it, says its process id, and is gone.
#[test]
#[ignore = "started by the test of a terminal that vanishes"]
fn owner_of_a_terminal() {
    if std::env::var_os("LESART_TEST_OWNER").is_none() {
        return;
    }
    let pty = started(echo());
    println!("process<{}>", pty.process_id());
    // Ends without burying anyone: the terminal is closed by the system.
    std::process::exit(0);
}

#[cfg(target_os = "linux")]
#[test]
fn when_the_terminal_vanishes_the_program_is_gone_within_a_second() {
    let output = std::process::Command::new(this())
        .args(["--exact", "owner_of_a_terminal", "--ignored", "--nocapture"])
        .env("LESART_TEST_OWNER", "1")
        .output()
        .unwrap();
    let gone = Instant::now();
    let text = String::from_utf8(output.stdout).unwrap();
    let process = text.split("process<").nth(1).and_then(|t| t.split('>').next());
    let process: i32 = process.unwrap_or_else(|| panic!("no process id in {text}")).parse().unwrap();
    while pty::is_alive(process) {
        assert!(gone.elapsed() < Duration::from_secs(5), "it runs on without a terminal");
        thread::sleep(Duration::from_millis(5));
    }
}
