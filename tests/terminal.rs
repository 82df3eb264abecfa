//! The real program in a pseudo terminal: it starts, reads, compares, quits, and gives the terminal
//! back whatever happens. What must never happen inside it is tested in `shell.rs`.

mod pty;

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use pty::{Answers, DEADLINE, Pty, Start};
use rustix::process::Signal;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_lesart");

/// A seed and words of its headline.
const SEED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/001_38393fa2de6d2fd6.txt");

/// The program with a home of its own, which is empty: the reader shows the bundled articles.
struct Home(TempDir);

impl Home {
    fn new() -> Home {
        Home(tempfile::tempdir().expect("a folder can be made"))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn start(&self) -> Start {
        self.start_program(PROGRAM)
    }

    fn start_program(&self, program: &str) -> Start {
        Start::program(program).env("HOME", self.path().to_str().expect("the folder's name is text"))
    }

    /// The program, apart from any terminal.
    fn command(&self) -> Command {
        let mut command = Command::new(PROGRAM);
        command.env_clear().env("HOME", self.path()).env("LC_ALL", "de_DE.UTF-8").stdin(Stdio::null());
        command
    }

    /// The reader, once it shows its first article list and takes keys.
    fn reader(&self) -> Pty {
        ready(self.start())
    }
}

/// Waits until the reader shows something and its articles are read.
fn ready(start: Start) -> Pty {
    let pty = start.start();
    pty.wait_screen("the reader", |screen| screen.alternate_screen() && shows_reader(screen));
    assert!(!pty.is_cooked());
    pty
}

fn shows_reader(screen: &vt100::Screen) -> bool {
    let text = screen.contents();
    text.starts_with(" lesart") && text.lines().count() > 5
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

/// Waits until nothing has been written for a while.
fn settle(pty: &Pty) {
    let end = Instant::now() + DEADLINE;
    let mut written = pty.written();
    loop {
        thread::sleep(Duration::from_millis(300));
        if pty.written() == written {
            return;
        }
        written = pty.written();
        assert!(Instant::now() < end, "the screen never comes to rest");
    }
}

#[test]
fn quitting_gives_the_terminal_back() {
    let home = Home::new();
    for key in ["q", "Q", "\x03"] {
        let mut pty = home.reader();
        pty.send(key);
        assert!(pty.wait_end().success(), "{key:?}");
        expect_restored(&pty);
    }
}

#[test]
fn signals_give_the_terminal_back() {
    let home = Home::new();
    for signal in [Signal::TERM, Signal::INT, Signal::HUP, Signal::QUIT] {
        let mut pty = home.reader();
        pty.signal(signal);
        assert!(pty.wait_end().signal().is_some());
        expect_restored(&pty);
    }
}

#[test]
fn a_mistake_in_the_settings_is_reported_before_the_terminal_is_taken() {
    let home = Home::new();
    let folder = home.path().join(".config/lesart");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config.toml"), "\nmeasur = 70\n").unwrap();
    let mut pty = home.start().start();
    assert_eq!(pty.wait_end().exit_code(), 2);
    let text = String::from_utf8(pty.bytes()).unwrap();
    assert!(text.contains("config.toml:2") && text.contains("'measure'"), "{text}");
    assert!(!text.contains('\x1b'), "{text:?}");
}

/// Owns a terminal with the program in it, says its process id, and is gone.
#[test]
#[ignore = "started by the test of a terminal that vanishes"]
fn owner_of_a_terminal() {
    if std::env::var_os("LESART_TEST_OWNER").is_none() {
        return;
    }
    let home = Home::new();
    let pty = home.reader();
    println!("process<{}>", pty.process_id());
    // Ends without burying anyone: the terminal is closed by the system.
    std::process::exit(0);
}

#[cfg(target_os = "linux")]
#[test]
fn when_the_terminal_vanishes_the_program_is_gone() {
    let this = std::env::current_exe().unwrap();
    let mut owner = Command::new(this);
    owner.args(["--exact", "owner_of_a_terminal", "--ignored", "--nocapture"]).env("LESART_TEST_OWNER", "1");
    let output = owner.output().unwrap();
    let gone = Instant::now();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let process = text.split("process<").nth(1).and_then(|t| t.split('>').next());
    let process: i32 = process.unwrap_or_else(|| panic!("no process id in {text}")).parse().unwrap();
    while pty::is_alive(process) {
        // One second is what is promised; a busy machine gets more.
        assert!(gone.elapsed() < Duration::from_secs(5), "it runs on without a terminal");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn ctrl_z_stops_and_fg_continues() {
    let home = Home::new();
    let script =
        format!("set -m; '{PROGRAM}'; echo 'st''opped'; read -r line; fg >/dev/null; echo 'e''nded'");
    let mut pty = ready(home.start_program("/bin/sh").arg("-c").arg(&script));
    pty.send("\x1a");
    pty.wait_text("stopped");
    expect_restored(&pty);
    pty.send("\n");
    pty.wait_screen("the reader again", |screen| screen.alternate_screen() && shows_reader(screen));
    pty.send("q");
    pty.wait_text("ended");
    pty.wait_end();
    expect_restored(&pty);
}

#[test]
fn no_color_shows_no_colour_and_keeps_bold() {
    let home = Home::new();
    let pty = ready(home.start().env("NO_COLOR", "1"));
    settle(&pty);
    pty.screen(|screen| {
        let places = (0..24).flat_map(|y| (0..80).map(move |x| (y, x)));
        let cells: Vec<_> = places.filter_map(|(y, x)| screen.cell(y, x)).collect();
        let plain = |c: vt100::Color| c == vt100::Color::Default;
        assert!(cells.iter().all(|c| plain(c.fgcolor()) && plain(c.bgcolor())), "something is coloured");
        assert!(cells.iter().any(|c| c.bold()), "nothing is bold");
        assert!(cells.iter().any(|c| c.inverse()), "no row is selected");
    });
}

#[test]
fn without_a_terminal_the_list_is_plain_text() {
    let home = Home::new();
    for arguments in [&[][..], &["--plain"], &["list"]] {
        let output = home.command().args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.lines().count() >= 5, "{text}");
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
    }
}

#[test]
fn an_article_from_a_pipe_is_read_with_keys_from_the_terminal() {
    let home = Home::new();
    let article = home.path().join("artikel.txt");
    let text = "Bahn fährt wieder\n\nNach dem Sturm fahren die Züge im Norden seit Montag wieder nach Plan. \
                Das teilte die Bahn in Hamburg mit. Die Strecke nach Kiel bleibt gesperrt.\n";
    std::fs::write(&article, text).unwrap();
    let script = format!("cat '{}' | '{PROGRAM}' -", article.display());
    let mut pty = ready(home.start_program("/bin/sh").arg("-c").arg(&script));
    pty.wait_text("Bahn fährt wieder");
    pty.send("Q");
    pty.wait_end();
    expect_restored(&pty);
}

#[test]
fn what_texts_bring_along_never_reaches_the_terminal() {
    let home = Home::new();
    let file = home.path().join("böse.txt");
    let text = "Ein \x1b[31mroter\x1b[0m Titel\x07\n\nText mit \x1b]0;Fenstertitel\x07 und \u{202e}Kehrtwende \
                sowie \u{9b}2J einem Rest, der lang genug ist, um als Absatz zu gelten.\n";
    std::fs::write(&file, text).unwrap();
    let output = home.command().arg("show").arg(&file).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("roter") && text.contains("Kehrtwende"), "{text}");
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
    assert!(!text.contains('\u{202e}') && !text.contains("Fenstertitel"), "{text:?}");
}

#[test]
fn a_storm_of_resizes_ends_well() {
    let home = Home::new();
    let pty = home.reader();
    for step in 0..150 {
        pty.resize(20 + step, 5 + step % 40);
    }
    pty.resize(120, 40);
    pty.wait_screen("the reader at its last size", |screen| {
        shows_reader(screen) && screen.rows(0, 120).nth(39).is_some_and(|row| !row.trim().is_empty())
    });
}

#[test]
fn every_screen_survives_every_size() {
    let home = Home::new();
    let mut pty = home.reader();
    settle(&pty);
    for keys in ["", "\r", "/russland", "\x1b", "c", "2", "3", "4", "1", "\x1b", "?", "\x1b", ":", "\x1b"] {
        pty.send(keys);
        for (columns, rows) in [(1, 1), (2, 40), (19, 5), (39, 12), (80, 24), (110, 30), (300, 120), (80, 24)]
        {
            let before = pty.written();
            pty.resize(columns, rows);
            pty.wait_bytes("\x1b[?2026l", before);
        }
    }
    pty.send("Q");
    assert!(pty.wait_end().success());
    expect_restored(&pty);
}

#[test]
fn every_frame_is_one_synchronized_update() {
    let home = Home::new();
    let mut pty = home.reader();
    pty.send("jjk");
    settle(&pty);
    pty.send("Q");
    pty.wait_end();
    let bytes = String::from_utf8_lossy(&pty.bytes()).into_owned();
    let (begins, ends) = (bytes.matches("\x1b[?2026h").count(), bytes.matches("\x1b[?2026l").count());
    // Leaving ends an update once more, in case a frame was cut off.
    assert!(begins >= 2 && ends == begins + 1, "{begins} begins, {ends} ends");
    assert!(!bytes.contains("\x1b[?1000h"), "the mouse is left to the terminal");
}

#[test]
fn the_background_is_asked_once_and_a_late_answer_is_not_typed() {
    let home = Home::new();
    let pty = ready(home.start().answers(Answers::None));
    pty.send("/");
    settle(&pty);
    let before = pty.written();
    pty.send("\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;22c");
    pty.send("kobold");
    pty.wait_text("kobold");
    settle(&pty);
    let text = pty.contents();
    assert!(!text.contains("rgb") && !text.contains("11;"), "{text}");
    assert!(pty.written() > before);
    assert_eq!(pty.bytes().windows(6).filter(|w| w == b"\x1b]11;?").count(), 1);
}

#[test]
fn the_cursor_follows_the_focused_row() {
    let home = Home::new();
    let pty = home.reader();
    settle(&pty);
    let first = pty.screen(|screen| {
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        screen.cursor_position()
    });
    pty.send("j");
    pty.wait_screen("the cursor on the next row", |screen| screen.cursor_position().0 > first.0);
}

#[test]
fn outside_utf8_every_mark_and_rule_is_ascii() {
    let home = Home::new();
    for start in [home.start().env("LC_ALL", "C"), home.start().arg("--ascii")] {
        let pty = ready(start);
        settle(&pty);
        for keys in ["", "\r", "c", "?"] {
            pty.send(keys);
            settle(&pty);
            let text = pty.contents();
            let drawn: String = text.chars().filter(|c| !c.is_ascii() && !c.is_alphabetic()).collect();
            assert_eq!(drawn, "", "{text}");
        }
    }
}

#[test]
fn nothing_is_written_while_nothing_happens() {
    let home = Home::new();
    let pty = home.reader();
    // Articles are read in the background first; then a whole second has to pass in silence.
    let end = Instant::now() + DEADLINE;
    loop {
        let before = pty.written();
        thread::sleep(Duration::from_secs(1));
        if pty.written() == before {
            return;
        }
        assert!(Instant::now() < end, "it never falls silent");
    }
}

#[test]
fn what_another_program_imports_shows_by_itself() {
    let home = Home::new();
    let import = |name: &str, text: &str| {
        let file = home.path().join(name);
        std::fs::write(&file, text).unwrap();
        let output = home.command().arg("import").arg(&file).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    };
    import(
        "erster.txt",
        "Bahn fährt wieder\n\nNach dem Sturm fahren die Züge im Norden seit Montag wieder nach Plan. Das \
         teilte die Bahn in Hamburg mit. Die Strecke nach Kiel bleibt gesperrt.\n",
    );
    let mut pty = home.reader();
    pty.wait_text("Bahn fährt wieder");
    // The reader has to know what there is before anything can be new to it.
    pty.wait_screen("the counts", |screen| screen.contents().contains("Artikel · "));
    import(
        "zweiter.txt",
        "Fähre läuft aus\n\nDie Fähre nach Amrum hat am Dienstag wieder abgelegt. Zwölf Tage lang lag sie \
         wegen eines Schadens am Ruder im Hafen von Dagebüll, sagte die Reederei.\n",
    );
    pty.wait_text("Fähre läuft aus");
    pty.send("Q");
    assert!(pty.wait_end().success());
}

#[test]
fn an_article_is_opened_by_its_path() {
    let home = Home::new();
    let mut pty = ready(home.start().arg(SEED));
    pty.send("Q");
    assert!(pty.wait_end().success());
}

#[test]
fn an_article_is_corrected_and_shows_what_changed_in_its_text() {
    let home = Home::new();
    let import = |name: &str, last: &str| {
        let text = format!(
            "---\ntitle: Bahn fährt wieder\nurl: https://blatt.example/bahn\n---\nNach dem Sturm fahren die Züge im Norden \
             seit Montag wieder nach Plan. Das teilte die Bahn in Hamburg mit.\n\nDie Strecke nach Kiel {last}.\n"
        );
        let file = home.path().join(name);
        std::fs::write(&file, text).unwrap();
        let output = home.command().arg("import").arg(&file).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    };
    import("eins.txt", "bleibt gesperrt");
    import("zwei.txt", "ist wieder frei");
    let mut pty = home.reader();
    pty.wait_text("2. Fassung");
    pty.send("V");
    pty.wait_text("[-bleibt gesperrt.-]");
    pty.wait_text("{+ist wieder frei.+}");
    pty.send("V");
    pty.send("E");
    pty.wait_text("Angaben zum Artikel");
    pty.send("\x1b[B\x1b[B18.9.2015\r");
    pty.wait_text("18.09.2015");
    pty.send("u");
    pty.wait_text("zurückgenommen");
    pty.wait_text("Datum ?");
    pty.send("Q");
    assert!(pty.wait_end().success());
}
