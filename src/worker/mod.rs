//! Threads: effects in, replies out.
//!
//! Three lookup lanes (search; reading; whole lists) answer the newest request of each kind and give
//! up a running one that is overtaken; the intake lane imports and the marks lane keeps marks, each
//! first come, first served. Every request that is not overtaken gets exactly one final answer; a
//! panic in a job is answered as a failure and ends nothing else.

mod feeds;
mod intake;
mod lane;
mod listing;
mod lookup;
mod marks;
mod searching;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use jiff::civil::Date;

use crate::app::effect::{Effect, Reply, Summary, Ticket};
use crate::library::Library;
use crate::model::Locale;

use lane::{Job, Lane};

/// What the threads share.
#[derive(Clone)]
struct Context {
    library: Arc<Library>,
    replies: Sender<Reply>,
    /// Language of messages.
    locale: Locale,
    /// The day that relative dates in queries count from.
    today: Date,
    /// Imports with this ticket or an older one are to stop.
    cancelled: Arc<AtomicU64>,
    /// Rounds of feeds with this ticket or an older one are to stop.
    let_go: Arc<AtomicU64>,
    /// Where the whole of a list is found, so that articles need not wait for it.
    whole: Arc<Lane>,
    /// Where what was corrected is analysed, indexed and grouped anew.
    intake: Arc<Lane>,
    /// A correction waits for the disk, and is to be sorted in when it is made.
    unsorted: Arc<AtomicBool>,
    /// Articles that queries of saved searches found when they were counted last.
    counts: Arc<Mutex<HashMap<String, u32>>>,
    /// Articles that the reader knows of.
    known: Arc<AtomicU32>,
}

/// The running threads.
pub struct Workers {
    search: Arc<Lane>,
    reading: Arc<Lane>,
    intake: Arc<Lane>,
    /// What writes but must not wait for an import: marks.
    marks: Arc<Lane>,
    whole: Arc<Lane>,
    /// What asks the web.
    feeds: Arc<Lane>,
    cancelled: Arc<AtomicU64>,
    let_go: Arc<AtomicU64>,
    replies: Receiver<Reply>,
}

impl Workers {
    /// Starts the threads on a library.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn start(library: Arc<Library>, locale: Locale, today: Date) -> std::io::Result<Self> {
        let (sender, replies) = channel();
        let cancelled = Arc::new(AtomicU64::new(0));
        let let_go = Arc::new(AtomicU64::new(0));
        let whole = Arc::new(Lane::latest_wins());
        let intake = Arc::new(Lane::in_order());
        let context = Context {
            library,
            replies: sender,
            locale,
            today,
            cancelled: Arc::clone(&cancelled),
            let_go: Arc::clone(&let_go),
            whole: Arc::clone(&whole),
            intake: Arc::clone(&intake),
            unsorted: Arc::default(),
            counts: Arc::default(),
            known: Arc::default(),
        };
        let workers = Self {
            search: Arc::new(Lane::latest_wins()),
            reading: Arc::new(Lane::latest_wins()),
            intake,
            marks: Arc::new(Lane::in_order()),
            whole,
            feeds: Arc::new(Lane::in_order()),
            cancelled,
            let_go,
            replies,
        };
        for (name, lane) in [
            ("search", &workers.search),
            ("reading", &workers.reading),
            ("intake", &workers.intake),
            ("marks", &workers.marks),
            ("whole", &workers.whole),
            ("feeds", &workers.feeds),
        ] {
            let (lane, context) = (Arc::clone(lane), context.clone());
            thread::Builder::new().name(name.to_owned()).spawn(move || {
                if name == "intake" || name == "feeds" {
                    intake::step_back();
                }
                lane.serve(&context);
            })?;
        }
        let intake = Arc::clone(&workers.intake);
        thread::Builder::new().name("watch".to_owned()).spawn(move || watch(&context, &intake))?;
        Ok(workers)
    }

    /// Notes that the reader is here, and has the library analysed and indexed, answered with
    /// [`Reply::Changed`].
    pub fn prepare(&self) {
        self.marks.push(Job::Visit);
        self.intake.push(Job::Prepare);
    }

    /// Hands over an effect; those for the shell are not the workers' and are ignored.
    pub fn submit(&self, effect: Effect) {
        match effect {
            Effect::Search { .. }
            | Effect::Light { .. }
            | Effect::Explain { .. }
            | Effect::History { .. } => {
                self.search.push(Job::Effect(effect));
            }
            Effect::Store { .. }
            | Effect::Undo
            | Effect::Redo
            | Effect::Setting { .. }
            | Effect::Remember { .. } => {
                self.marks.push(Job::Effect(effect));
            }
            Effect::Folders { .. } => self.whole.push(Job::Effect(effect)),
            Effect::Import { .. } => self.intake.push(Job::Effect(effect)),
            Effect::Fetch { .. } | Effect::FetchWhole { .. } => self.feeds.push(Job::Effect(effect)),
            Effect::CancelFetch { ticket } => {
                self.let_go.fetch_max(ticket.0, Ordering::Relaxed);
            }
            // Heard by the running import itself: it does not queue behind it.
            Effect::CancelImport { ticket } => {
                self.cancelled.fetch_max(ticket.0, Ordering::Relaxed);
            }
            Effect::Shell(_) => {}
            _ => self.reading.push(Job::Effect(effect)),
        }
    }

    /// The next reply, if one has come.
    #[must_use]
    pub fn try_receive(&self) -> Option<Reply> {
        self.replies.try_recv().ok()
    }

    /// The next reply, waited for at most `patience`.
    #[must_use]
    pub fn receive(&self, patience: std::time::Duration) -> Option<Reply> {
        self.replies.recv_timeout(patience).ok()
    }

    /// Waits until what was handed over for keeping is kept, or `patience` has passed. An import
    /// stops at its next batch.
    pub fn finish(&self, patience: std::time::Duration) {
        self.cancelled.store(u64::MAX, Ordering::Relaxed);
        self.let_go.store(u64::MAX, Ordering::Relaxed);
        let end = std::time::Instant::now() + patience;
        self.marks.wait_until_idle(patience);
        for lane in [&self.intake, &self.feeds] {
            lane.wait_until_idle(end.saturating_duration_since(std::time::Instant::now()));
        }
    }
}

impl Context {
    fn reply(&self, reply: Reply) {
        // Nobody listens any more once the reader has been left.
        let _ = self.replies.send(reply);
    }

    fn fail(&self, ticket: Option<Ticket>, error: &dyn std::error::Error) {
        self.reply(Reply::Failed { ticket, reason: chain(error) });
    }

    /// Whether the import of this request is to stop.
    fn is_cancelled(&self, import: Ticket) -> bool {
        import.0 <= self.cancelled.load(Ordering::Relaxed)
    }

    /// Whether the round of feeds of this request is to stop.
    fn is_let_go(&self, round: Ticket) -> bool {
        round.0 <= self.let_go.load(Ordering::Relaxed)
    }

    /// Whether the program is about to end.
    fn is_leaving(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed) == u64::MAX
    }

    /// Whether the reader knows what the library has.
    fn is_counted(&self) -> bool {
        self.known.load(Ordering::Relaxed) > 0
    }

    /// What a saved search found when it was counted last.
    fn counted(&self, query: &str) -> Option<u32> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner).get(query).copied()
    }

    /// Remembers what a saved search found.
    fn count(&self, query: &str, found: u32) {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner).insert(query.to_owned(), found);
    }

    /// What the library has now.
    fn summary(&self) -> Result<Summary, crate::library::Error> {
        let library = &self.library;
        let (sources, stories) = library.breadth()?;
        let articles = library.count()?;
        self.known.store(articles, Ordering::Relaxed);
        Ok(Summary {
            articles: articles as usize,
            sources: sources as usize,
            stories: stories as usize,
            home: library.home(),
        })
    }
}

/// Time between two looks whether another program has changed the library.
const WATCH: Duration = Duration::from_secs(1);

/// Tells the reader what other programs do to the library.
fn watch(context: &Context, intake: &Lane) {
    loop {
        thread::sleep(WATCH);
        let library = &context.library;
        let known = context.known.load(Ordering::Relaxed);
        // Before the first count nothing can be said to be new.
        if known == 0 || !library.is_persistent() {
            continue;
        }
        if !library.changed_elsewhere() {
            // Who was at work has ended, perhaps before its end.
            if library.is_work_left() {
                intake.push(Job::Prepare);
            }
            continue;
        }
        if let Ok(articles) = library.count() {
            context.known.store(articles, Ordering::Relaxed);
            context.reply(Reply::Elsewhere { added: articles.saturating_sub(known) });
            intake.push(Job::Prepare);
        }
    }
}

/// An error with its causes, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let words = error.to_string();
        if !text.contains(&words) {
            text = format!("{text}: {words}");
        }
        cause = error.source();
    }
    text
}
