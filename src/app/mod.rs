//! What the reader is doing: a value, without terminal, threads, files or clock.
//!
//! A key becomes an [`Action`](action::Action), an action changes the [`App`] and yields
//! [`Effect`]s, their [`Reply`](effect::Reply)s come back through [`App::receive`]. `update` and
//! `receive` are the only writers.

pub mod action;
pub mod chord;
pub mod comparing;
pub mod details;
pub mod edit;
pub mod effect;
pub mod finder;
pub mod help;
pub mod hits;
pub mod keymap;
pub mod layout;
pub mod list;
pub mod narrow;
pub mod notice;
pub mod offer;
pub mod panel;
pub mod passage;
pub mod picker;
pub mod prompt;
pub mod reader;
pub mod report;
pub mod row;
pub mod scope;
pub mod scrolling;
pub mod sheet;
pub mod show;
pub mod stories;
pub mod typed;
pub mod values;
pub mod versions;
pub mod viewport;
pub mod words;
pub mod words_details;
pub mod words_feeds;
pub mod words_query;
pub mod words_steps;

mod asking;
mod awaited;
mod marks;
mod mouse;
mod on_comparison;
mod on_details;
mod on_feeds;
pub mod on_list;
mod on_main;
mod on_notes;
mod on_picker;
pub mod on_search;
mod on_stories;
mod pressed;
mod receive;
mod update;

use awaited::{Awaited, Kind};
use chord::Chord;
use comparing::Comparing;
use details::Details;
use effect::{Effect, Summary};
use finder::Finder;
use help::Help;
use keymap::Keymap;
use list::List;
use notice::Notice;
use panel::Panel;
use picker::Picker;
use prompt::Prompt;
use reader::Reader;
use report::Report;
use stories::Stories;
use versions::Versions;
use viewport::Viewport;

use crate::model::{ArticleId, FetchReport, Gathering, Locale, Progress, Sort, View};

pub use mouse::{Mouse, MouseKind};

/// What is settled before the first key.
#[derive(Clone, Debug)]
pub struct Start {
    /// Language of the interface.
    pub locale: Locale,
    /// Keys.
    pub keymap: Keymap,
    /// Columns of a line in the reading pane.
    pub measure: u16,
    /// Mouse reports are on.
    pub mouse: bool,
    /// Key names in ASCII.
    pub ascii: bool,
    /// What to say first, where anything went wrong on the way.
    pub notice: Option<Notice>,
    /// The day that relative dates in a query count from.
    pub today: jiff::civil::Date,
    /// Files are open beside the library, not the library itself.
    pub beside: bool,
    /// Order of the list, as chosen last.
    pub sort: Sort,
    /// Heads in the list, as chosen last.
    pub gathering: Gathering,
    /// What was searched last, as the setting keeps it.
    pub last_search: String,
}

/// The screens; the topmost of [`App`]'s stack is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// List, reader, entities.
    Main,
    /// Search.
    Search,
    /// Comparison.
    Comparison,
    /// Stories.
    Stories,
    /// One article reached from a fact, hit or story; going back returns there.
    Article,
    /// What changed from one version of an article to the next.
    Versions,
}

/// Panes of the main screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// Article list.
    #[default]
    List,
    /// Reading pane.
    Reader,
    /// Entities.
    Panel,
}

/// What lies over the screen.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// Help.
    Help(Help),
    /// Go to anything.
    Picker(Box<Picker>),
    /// A line asked for.
    Prompt(Box<Prompt>),
    /// What is known of an article, to be corrected.
    Details(Box<Details>),
    /// Something to read.
    Report(Report),
    /// How far an import is.
    Importing,
}

/// Where to go in an article that is being opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Landing {
    /// Where reading stopped.
    #[default]
    Place,
    /// Matches of a search, at the one near a byte.
    Matches(Vec<crate::model::Span>, usize),
    /// Evidence.
    Evidence(Vec<crate::model::Span>),
    /// The mentions of an entity.
    Entity(crate::model::EntityKind, String),
}

/// The whole state.
#[derive(Clone, Debug)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "independent switches of the reader, not one state in disguise"
)]
pub struct App {
    /// Language of the interface.
    pub locale: Locale,
    /// The article list.
    pub list: List,
    /// The article being read.
    pub reader: Reader,
    /// Its entities.
    pub panel: Panel,
    /// Articles that the coverage strips stand for, in order.
    pub covered: Vec<ArticleId>,
    /// The search screen.
    pub finder: Finder,
    /// The comparison.
    pub comparing: Comparing,
    /// Stories.
    pub stories: Stories,
    /// Versions of an article.
    pub versions: Versions,
    /// What lies over the screen.
    pub overlay: Option<Overlay>,
    /// A line to the reader.
    pub notice: Option<Notice>,
    /// What the library has.
    pub summary: Summary,
    /// The library is analysed and indexed.
    pub prepared: bool,
    /// Only the text is shown.
    pub zen: bool,
    /// Columns of a line in the reading pane.
    pub measure: u16,
    /// How many times the next theme was asked for.
    pub theme_steps: usize,
    /// How far an import is.
    pub progress: Option<Progress>,
    /// How far a round of feeds is.
    pub fetching: Option<FetchReport>,
    focus: Pane,
    screens: Vec<Screen>,
    keymap: Keymap,
    ascii: bool,
    pending: Vec<Chord>,
    viewport: Viewport,
    awaited: Awaited,
    landing: Landing,
    /// The article that was asked for last.
    opening: ArticleId,
    tickets: u64,
    mouse: bool,
    quits: bool,
    today: jiff::civil::Date,
    beside: bool,
    /// The reading of the query that is awaited is to be shown.
    shows_reading: bool,
    /// Articles of an import that the list shows already.
    imported: u32,
}

impl App {
    /// The state at the start, and the first requests.
    #[must_use]
    pub fn new(start: Start) -> (Self, Vec<Effect>) {
        let mut app = Self {
            locale: start.locale,
            list: List::new(
                View { sort: start.sort, gathering: start.gathering, ..View::default() },
                start.locale,
            ),
            reader: Reader::default(),
            panel: Panel::default(),
            covered: Vec::new(),
            finder: Finder::default(),
            comparing: Comparing::default(),
            stories: Stories::default(),
            versions: Versions::default(),
            overlay: None,
            notice: start.notice,
            summary: Summary::default(),
            prepared: false,
            zen: false,
            measure: start.measure,
            theme_steps: 0,
            progress: None,
            fetching: None,
            focus: Pane::List,
            screens: vec![Screen::Main],
            keymap: start.keymap,
            ascii: start.ascii,
            pending: Vec::new(),
            viewport: Viewport::default(),
            awaited: Awaited::default(),
            landing: Landing::Place,
            opening: ArticleId::default(),
            tickets: 0,
            mouse: start.mouse,
            quits: false,
            today: start.today,
            beside: start.beside,
            shows_reading: false,
            imported: 0,
        };
        app.finder.resume(&start.last_search);
        let effects = app.ask_list();
        (app, effects)
    }

    /// The screen shown.
    #[must_use]
    pub fn screen(&self) -> Screen {
        self.screens.last().copied().unwrap_or(Screen::Main)
    }

    /// All screens on the way here, the shown one last.
    #[must_use]
    pub fn screens(&self) -> &[Screen] {
        &self.screens
    }

    /// The focused pane of the main screen.
    #[must_use]
    pub fn focus(&self) -> Pane {
        if self.screen() == Screen::Article && self.focus == Pane::List { Pane::Reader } else { self.focus }
    }

    /// The keymap in force.
    #[must_use]
    pub fn keymap(&self) -> &Keymap {
        &self.keymap
    }

    /// Whether names of keys are to be ASCII.
    #[must_use]
    pub fn is_ascii(&self) -> bool {
        self.ascii
    }

    /// Where the panes are.
    #[must_use]
    pub fn viewport(&self) -> &Viewport {
        &self.viewport
    }

    /// Keys pressed of a longer chord.
    #[must_use]
    pub fn pending(&self) -> &[Chord] {
        &self.pending
    }

    /// Whether the mouse is reported.
    #[must_use]
    pub fn has_mouse(&self) -> bool {
        self.mouse
    }

    /// Whether a reply is awaited.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.awaited.0.iter().any(Option::is_some) || !self.prepared
    }

    /// Whether files are open beside the library, not the library itself.
    #[must_use]
    pub fn is_beside(&self) -> bool {
        self.beside
    }

    /// Whether the program is to end.
    #[must_use]
    pub fn wants_quit(&self) -> bool {
        self.quits
    }

    /// Takes the panes' places; asks for rows that came into view.
    pub fn set_viewport(&mut self, viewport: Viewport) -> Vec<Effect> {
        self.viewport = viewport;
        let reader = viewport.reader;
        let panel_height = viewport.panel.height;
        match self.screen() {
            Screen::Main | Screen::Article => {
                self.list.set_area(viewport.list);
                self.reader.set_size(reader.height, viewport.measure, self.locale);
                self.panel.set_height(panel_height);
            }
            Screen::Search => {
                self.finder.hits.set_area(viewport.list);
                self.finder.passage.set_size(reader.height, viewport.measure, self.locale);
            }
            Screen::Comparison => self.comparing.set_size(
                viewport.facts.height,
                viewport.columns,
                viewport.evidence_rows,
                viewport.evidence.height,
            ),
            Screen::Stories => self.stories.set_height(viewport.list.height),
            Screen::Versions => {
                self.versions.reader.set_size(reader.height, viewport.measure, self.locale);
            }
        }
        match &mut self.overlay {
            Some(Overlay::Help(help)) => help.set_height(viewport.overlay.height),
            Some(Overlay::Picker(picker)) => picker.set_height(viewport.overlay.height),
            Some(Overlay::Report(report)) => report.set_height(viewport.overlay.height),
            Some(Overlay::Prompt(_) | Overlay::Details(_) | Overlay::Importing) | None => {}
        }
        match self.screen() {
            Screen::Stories => self.ask_stories(),
            Screen::Search => {
                let mut effects = self.ask_light();
                effects.extend(self.ask_more_hits());
                effects
            }
            _ => self.ask_rows(),
        }
    }
}
