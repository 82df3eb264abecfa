//! A pseudo terminal with a program in it, for tests: type, wait for text, look.
//!
//! Nothing here sleeps to be right; everything waits for something, with a deadline that only a
//! broken program reaches.

#![allow(dead_code, reason = "each test binary uses its own part of it")]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// How long anything may take; machines that build and test at once are slow.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// What the terminal answers when it is asked for its background.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    /// Nothing, to any question.
    None,
    /// A dark background, and what it can do.
    Dark,
}

struct Shown {
    screen: vt100::Parser,
    bytes: Vec<u8>,
    is_over: bool,
}

/// A terminal with a program in it.
pub struct Pty {
    master: Box<dyn MasterPty + Send>,
    writer: Arc<Mutex<Box<dyn Write + Send>>>,
    child: Box<dyn Child + Send + Sync>,
    shown: Arc<(Mutex<Shown>, Condvar)>,
}

/// A program to start in a terminal.
pub struct Start {
    command: CommandBuilder,
    rows: u16,
    columns: u16,
    answers: Answers,
}

impl Start {
    /// This program, in a terminal of 24 rows and 80 columns, with a plain UTF-8 environment.
    pub fn program(path: &str) -> Start {
        let mut command = CommandBuilder::new(path);
        command.env_clear();
        let kept = ["PATH", "LD_LIBRARY_PATH", "LLVM_PROFILE_FILE"];
        for (name, value) in kept.iter().filter_map(|n| Some((n, std::env::var_os(n)?))) {
            command.env(name, value);
        }
        command.env("LC_ALL", "de_DE.UTF-8");
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        Start { command, rows: 24, columns: 80, answers: Answers::Dark }
    }

    pub fn arg(mut self, arg: &str) -> Start {
        self.command.arg(arg);
        self
    }

    pub fn env(mut self, name: &str, value: &str) -> Start {
        self.command.env(name, value);
        self
    }

    pub fn size(mut self, columns: u16, rows: u16) -> Start {
        (self.columns, self.rows) = (columns, rows);
        self
    }

    pub fn answers(mut self, answers: Answers) -> Start {
        self.answers = answers;
        self
    }

    pub fn start(self) -> Pty {
        let size = PtySize { rows: self.rows, cols: self.columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo terminal can be had");
        let child = pair.slave.spawn_command(self.command).expect("the program starts");
        let reader = pair.master.try_clone_reader().expect("the terminal can be read");
        let writer = Arc::new(Mutex::new(pair.master.take_writer().expect("the terminal can be written")));
        let screen = vt100::Parser::new(cells(self.rows), cells(self.columns), 0);
        let shown =
            Arc::new((Mutex::new(Shown { screen, bytes: Vec::new(), is_over: false }), Condvar::new()));
        thread::spawn({
            let (writer, shown, answers) = (writer.clone(), shown.clone(), self.answers);
            move || read(reader, &writer, &shown, answers)
        });
        Pty { master: pair.master, writer, child, shown }
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal has rows and columns")
}

/// Shows what the program writes, and answers its questions, until the program is gone.
fn read(
    mut reader: Box<dyn Read + Send>,
    writer: &Mutex<Box<dyn Write + Send>>,
    shown: &(Mutex<Shown>, Condvar),
    answers: Answers,
) {
    let mut chunk = [0; 4096];
    loop {
        let count = reader.read(&mut chunk).unwrap_or(0);
        let bytes = &chunk[..count];
        {
            let mut state = shown.0.lock().unwrap_or_else(PoisonError::into_inner);
            state.screen.process(bytes);
            state.bytes.extend_from_slice(bytes);
            state.is_over = count == 0;
        }
        shown.1.notify_all();
        if count == 0 {
            return;
        }
        if answers == Answers::Dark && bytes.windows(3).any(|w| w == b"\x1b[c") {
            let mut writer = writer.lock().unwrap_or_else(PoisonError::into_inner);
            let _ = writer.write_all(b"\x1b]11;rgb:1616/1919/1d1d\x1b\\\x1b[?62;22c");
            let _ = writer.flush();
        }
    }
}

impl Pty {
    /// Types, or answers as a terminal does.
    pub fn send(&self, keys: &str) {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.write_all(keys.as_bytes()).expect("the terminal takes keys");
        writer.flush().expect("the terminal takes keys");
    }

    pub fn resize(&self, columns: u16, rows: u16) {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        // The picture first: what the program draws for the new size must find it.
        self.with(|shown| shown.screen.screen_mut().set_size(cells(rows), cells(columns)));
        self.master.resize(size).expect("the terminal can be resized");
    }

    fn with<T>(&self, look: impl FnOnce(&mut Shown) -> T) -> T {
        look(&mut self.shown.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until `holds` is true of what has come so far; `what` names it when it never is.
    fn wait(&self, what: &str, mut holds: impl FnMut(&Shown) -> bool) {
        let end = Instant::now() + DEADLINE;
        let mut shown = self.shown.0.lock().unwrap_or_else(PoisonError::into_inner);
        while !holds(&shown) {
            let left = end.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero() && !shown.is_over || holds(&shown),
                "never came: {what}\n--- the screen:\n{}\n--- the last bytes:\n{:?}",
                shown.screen.screen().contents(),
                String::from_utf8_lossy(&shown.bytes[shown.bytes.len().saturating_sub(800)..]),
            );
            shown = self.shown.1.wait_timeout(shown, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Waits until the screen satisfies `holds`.
    pub fn wait_screen(&self, what: &str, holds: impl Fn(&vt100::Screen) -> bool) {
        self.wait(what, |shown| holds(shown.screen.screen()));
    }

    /// Waits until the screen shows `text`.
    pub fn wait_text(&self, text: &str) {
        self.wait_screen(text, |screen| screen.contents().contains(text));
    }

    /// Waits until the program has written `text`, counted from `since`.
    pub fn wait_bytes(&self, text: &str, since: usize) {
        let text = text.as_bytes();
        self.wait(&format!("{text:?}"), |shown| {
            shown.bytes.get(since..).is_some_and(|b| b.windows(text.len()).any(|w| w == text))
        });
    }

    /// Waits for the end of the program and of everything it wrote.
    pub fn wait_end(&mut self) -> ExitStatus {
        let end = Instant::now() + DEADLINE;
        loop {
            if let Some(status) = self.child.try_wait().expect("a child can be asked") {
                self.wait("the end of the output", |shown| shown.is_over);
                return status;
            }
            assert!(Instant::now() < end, "the program does not end:\n{}", self.contents());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// The screen's text.
    pub fn contents(&self) -> String {
        self.with(|shown| shown.screen.screen().contents())
    }

    /// Looks at the screen.
    pub fn screen<T>(&self, look: impl FnOnce(&vt100::Screen) -> T) -> T {
        self.with(|shown| look(shown.screen.screen()))
    }

    /// Everything written so far.
    pub fn bytes(&self) -> Vec<u8> {
        self.with(|shown| shown.bytes.clone())
    }

    /// How many bytes have been written so far.
    pub fn written(&self) -> usize {
        self.with(|shown| shown.bytes.len())
    }

    /// Whether the line is as a shell wants it: keys echoed, taken line by line.
    pub fn is_cooked(&self) -> bool {
        let line = self.master.get_termios().expect("the line can be asked");
        // The bits of ICANON and ECHO: 0o2 and 0o10 on Linux, 0x100 and 0x8 elsewhere.
        let (canonical, echo) = if cfg!(target_os = "linux") { (0o2, 0o10) } else { (0x100, 0x8) };
        let bits = line.local_flags.bits();
        u64::from(bits) & canonical != 0 && u64::from(bits) & echo != 0
    }

    pub fn process_id(&self) -> i32 {
        i32::try_from(self.child.process_id().expect("it runs")).expect("process ids are small")
    }

    /// Sends a signal to the program.
    pub fn signal(&self, signal: rustix::process::Signal) {
        let id = rustix::process::Pid::from_raw(self.process_id()).expect("it runs");
        rustix::process::kill_process(id, signal).expect("it can be signalled");
    }
}

impl Drop for Pty {
    /// Leaves no program behind when a test fails.
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// Whether a process is there and not merely waiting to be buried.
#[cfg(target_os = "linux")]
pub fn is_alive(process: i32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The state stands behind the name, which is in brackets and may contain anything.
    let state = stat.rsplit(')').next().and_then(|rest| rest.trim().chars().next());
    state.is_some_and(|state| state != 'Z' && state != 'X')
}
