//! The reader as a program for the loop: app, workers, theme.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use ratatui::buffer::Buffer;

use super::background::{Background, needs_asking, theme_for, theme_named};
use super::{Program, Request, Screen};
use crate::app::chord::Chord;
use crate::app::effect::{Effect, ShellRequest};
use crate::app::keymap::Keymap;
use crate::app::notice::Notice;
use crate::app::on_list::{self, gathering_named, sort_named};
use crate::app::on_search;
use crate::app::{App, Mouse, MouseKind, Start};
use crate::config::Settings;
use crate::config::theme::ThemeName;
use crate::library::Library;
use crate::ui;
use crate::ui::theme::Theme;
use crate::worker::Workers;

/// Themes that the key goes through, after the one found at the start.
const THEMES: [ThemeName; 4] = [ThemeName::Dark, ThemeName::Light, ThemeName::Ansi, ThemeName::Mono];

/// How long the first frame waits for the list.
const FIRST_REPLY: Duration = Duration::from_millis(300);

/// Time between two looks for what other programs did.
const LOOK: Duration = Duration::from_secs(1);

/// How long leaving waits for marks to be kept.
const PATIENCE: Duration = Duration::from_secs(5);

/// Opens the reader until the user leaves it.
///
/// `open` gives the library, and a line to say first; it runs while the terminal answers what its
/// background is, with keys coming from the terminal already: standard input is no pipe any more. `today` is the day that relative dates in queries count from.
///
/// # Errors
/// What `open` failed with; or where the terminal cannot be taken or is lost, or the system gives
/// no threads.
pub fn read<E: From<io::Error>>(
    open: impl FnOnce() -> Result<(Library, Option<String>), E>,
    settings: Settings,
    keymap: Keymap,
    today: Date,
) -> Result<(), E> {
    let screen = Screen::enter(settings.mouse, needs_asking(&settings))?;
    let (library, notice) = open()?;
    let library = Arc::new(library);
    let start = Start {
        locale: settings.language,
        keymap,
        measure: settings.measure,
        mouse: settings.mouse,
        ascii: settings.ascii,
        notice: notice.map(Notice::error),
        today,
        beside: library.is_beside(),
        sort: sort_named(&setting(&library, on_list::SORT)),
        gathering: gathering_named(&setting(&library, on_list::GATHERING)),
        last_search: setting(&library, on_search::LAST),
    };
    let (app, effects) = App::new(start);
    let workers = Workers::start(Arc::clone(&library), settings.language, today)?;
    let answer = screen.answer();
    let theme = theme_for(&settings, answer.background);
    let mut session = Session {
        app,
        workers,
        theme,
        settings,
        theme_steps: 0,
        size: (0, 0),
        requests: Vec::new(),
        outbox: Vec::new(),
        is_prepared: false,
    };
    session.submit(effects);
    session.hand_over();
    // The first frame shows the list: without it one would see an empty one flash by.
    if let Some(reply) = session.workers.receive(FIRST_REPLY) {
        let effects = session.app.receive(reply);
        session.submit(effects);
    }
    let ended = screen.run(&mut session, answer);
    session.hand_over();
    session.workers.finish(PATIENCE);
    library.leave();
    Ok(ended?)
}

/// A setting of a view; nothing where there is none or it cannot be read, for the view has a default.
fn setting(library: &Library, name: &str) -> String {
    library.setting(name).ok().flatten().unwrap_or_default()
}

struct Session {
    app: App,
    workers: Workers,
    theme: Theme,
    settings: Settings,
    theme_steps: usize,
    size: (u16, u16),
    requests: Vec<Request>,
    /// Work to hand over once the frame that the key changed is drawn.
    outbox: Vec<Effect>,
    is_prepared: bool,
}

impl Session {
    fn submit(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Shell(request) => self.requests.push(request.into()),
                effect => self.outbox.push(effect),
            }
        }
    }

    /// After every change: the panes' places, which may call for more rows.
    fn settle(&mut self, effects: Vec<Effect>) {
        self.submit(effects);
        let viewport = ui::layout(&self.app, self.size.0, self.size.1);
        let more = self.app.set_viewport(viewport);
        self.submit(more);
        if self.app.theme_steps != self.theme_steps {
            self.theme_steps = self.app.theme_steps;
            let at = THEMES.iter().position(|t| *t == self.theme.name()).map_or(0, |at| at + 1);
            self.theme = theme_named(&self.settings, THEMES[at % THEMES.len()]);
        }
    }

    fn hand_over(&mut self) {
        for effect in self.outbox.drain(..) {
            self.workers.submit(effect);
        }
    }

    fn mouse(&mut self, kind: MouseKind, x: u16, y: u16) {
        let effects = self.app.mouse(Mouse { kind, x, y });
        self.settle(effects);
    }
}

impl Program for Session {
    fn chord(&mut self, chord: Chord) {
        let effects = self.app.key(chord);
        self.settle(effects);
    }

    fn paste(&mut self, text: &str) {
        let effects = self.app.paste(text);
        self.settle(effects);
    }

    fn click(&mut self, column: u16, row: u16) {
        self.mouse(MouseKind::Click, column, row);
    }

    fn wheel(&mut self, column: u16, row: u16, rows: i16) {
        let kind = if rows < 0 { MouseKind::WheelUp } else { MouseKind::WheelDown };
        self.mouse(kind, column, row);
    }

    fn resize(&mut self, columns: u16, rows: u16) {
        self.size = (columns, rows);
        self.settle(Vec::new());
    }

    fn background(&mut self, background: Background) {
        self.theme = theme_for(&self.settings, Some(background));
    }

    fn receive(&mut self) -> bool {
        let mut any = false;
        while let Some(reply) = self.workers.try_receive() {
            any = true;
            let effects = self.app.receive(reply);
            self.settle(effects);
        }
        any
    }

    fn is_waiting(&self) -> bool {
        self.app.is_waiting()
    }

    fn patience(&self) -> Option<Duration> {
        // Only a library with a file can be changed by other programs.
        self.app.summary.home.as_ref().map(|_| LOOK)
    }

    fn wants_quit(&self) -> bool {
        self.app.wants_quit()
    }

    fn requests(&mut self) -> Vec<Request> {
        std::mem::take(&mut self.requests)
    }

    fn refused(&mut self, reason: String) {
        self.app.notice = Some(Notice::error(reason));
    }

    fn draw(&mut self, buffer: &mut Buffer) -> Option<(u16, u16)> {
        let viewport = *self.app.viewport();
        ui::draw(&self.app, &viewport, &self.theme, buffer)
    }

    fn drawn(&mut self) {
        self.hand_over();
        if !self.is_prepared {
            // Only now, so that analysis does not hold up the first frame.
            self.is_prepared = true;
            self.workers.prepare();
        }
    }
}

impl From<ShellRequest> for Request {
    fn from(request: ShellRequest) -> Self {
        match request {
            ShellRequest::Suspend => Self::Suspend,
            ShellRequest::Redraw => Self::Redraw,
            ShellRequest::Copy(text) => Self::Copy(text),
            ShellRequest::OpenLink(address) => Self::OpenLink(address),
            ShellRequest::Mouse(on) => Self::Mouse(on),
        }
    }
}
