//! A queue with one thread behind it: newest of a kind wins, or first come, first served.

use std::collections::VecDeque;
use std::mem::{Discriminant, discriminant};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{Context, feeds, intake, lookup, marks};
use crate::app::effect::{Effect, Reply, Ticket};

/// Something to do.
#[derive(Debug)]
pub enum Job {
    /// Note that the reader is here.
    Visit,
    /// Analyse and index what is not yet.
    Prepare,
    /// An effect of the app.
    Effect(Effect),
    /// The whole of a list whose beginning was answered.
    Whole(Effect),
}

/// Kind of a job: what a newer one overtakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kind(Discriminant<Effect>, bool);

impl Job {
    fn kind(&self) -> Option<Kind> {
        match self {
            Self::Visit | Self::Prepare => None,
            Self::Effect(effect) | Self::Whole(effect) => {
                let beside = matches!(effect, Effect::Open { beside: true, .. });
                Some(Kind(discriminant(effect), beside))
            }
        }
    }

    fn ticket(&self) -> Option<Ticket> {
        match self {
            Self::Visit | Self::Prepare => None,
            Self::Effect(effect) | Self::Whole(effect) => match effect {
                Effect::List { ticket, .. }
                | Effect::Folders { ticket }
                | Effect::Tags { ticket }
                | Effect::Rows { ticket, .. }
                | Effect::Open { ticket, .. }
                | Effect::Search { ticket, .. }
                | Effect::Compare { ticket, .. }
                | Effect::Stories { ticket, .. }
                | Effect::Light { ticket, .. }
                | Effect::Explain { ticket, .. }
                | Effect::History { ticket }
                | Effect::Candidates { ticket, .. }
                | Effect::Import { ticket, .. }
                | Effect::Fetch { ticket, .. }
                | Effect::FetchWhole { ticket, .. }
                | Effect::Versions { ticket, .. }
                | Effect::Feeds { ticket } => Some(*ticket),
                Effect::Store { .. }
                | Effect::Undo
                | Effect::Redo
                | Effect::Setting { .. }
                | Effect::Remember { .. }
                | Effect::CancelImport { .. }
                | Effect::CancelFetch { .. }
                | Effect::Shell(_) => None,
            },
        }
    }
}

#[derive(Debug, Default)]
struct Inbox {
    waiting: VecDeque<Job>,
    running: Option<Kind>,
    busy: bool,
    overtaken: bool,
}

/// A queue of jobs.
#[derive(Debug)]
pub struct Lane {
    latest_wins: bool,
    inbox: Mutex<Inbox>,
    bell: Condvar,
}

impl Lane {
    /// A lane in which a newer job of a kind replaces the waiting one and overtakes the running one.
    pub fn latest_wins() -> Self {
        Self { latest_wins: true, inbox: Mutex::default(), bell: Condvar::new() }
    }

    /// A lane that does everything, in order.
    pub fn in_order() -> Self {
        Self { latest_wins: false, inbox: Mutex::default(), bell: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, Inbox> {
        // A job's panic is caught before it could leave the inbox half changed.
        self.inbox.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands over a job.
    pub fn push(&self, job: Job) {
        let mut inbox = self.lock();
        if let Some(kind) = job.kind().filter(|_| self.latest_wins) {
            inbox.waiting.retain(|w| w.kind() != Some(kind));
            inbox.overtaken |= inbox.running == Some(kind);
        }
        inbox.waiting.push_back(job);
        drop(inbox);
        self.bell.notify_all();
    }

    /// Whether nothing newer has overtaken the running job.
    fn is_current(&self) -> bool {
        !self.lock().overtaken
    }

    /// Does jobs as they come, for as long as the program runs.
    pub fn serve(&self, context: &Context) {
        loop {
            let job = self.next();
            let ticket = job.ticket();
            let done = catch_unwind(AssertUnwindSafe(|| match &job {
                Job::Visit => marks::visit(context),
                Job::Prepare => intake::prepare(context),
                Job::Whole(effect) => lookup::run_whole(effect, context, &|| self.is_current()),
                Job::Effect(effect) => {
                    if feeds::takes(effect) {
                        feeds::run(effect, context);
                    } else if intake::takes(effect) {
                        intake::run(effect, context);
                    } else if marks::takes(effect) {
                        marks::run(effect, context);
                    } else {
                        lookup::run(effect, context, &|| self.is_current());
                    }
                }
            }));
            if done.is_err() {
                let reason = format!("internal error in {}", what(&job));
                context.reply(Reply::Failed { ticket, reason });
            }
            let mut inbox = self.lock();
            inbox.busy = false;
            inbox.running = None;
            drop(inbox);
            self.bell.notify_all();
        }
    }

    fn next(&self) -> Job {
        let mut inbox = self.lock();
        loop {
            if let Some(job) = inbox.waiting.pop_front() {
                inbox.running = job.kind();
                inbox.busy = true;
                inbox.overtaken = false;
                return job;
            }
            inbox = self.bell.wait(inbox).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Waits until nothing runs and nothing waits, or `patience` has passed.
    pub fn wait_until_idle(&self, patience: Duration) {
        let end = Instant::now() + patience;
        let mut inbox = self.lock();
        while inbox.busy || !inbox.waiting.is_empty() {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            inbox = self.bell.wait_timeout(inbox, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

/// The kind of a job, for messages.
fn what(job: &Job) -> &'static str {
    match job {
        Job::Visit | Job::Prepare => "analysis",
        Job::Effect(effect) | Job::Whole(effect) => match effect {
            Effect::List { .. } | Effect::Rows { .. } | Effect::Folders { .. } | Effect::Tags { .. } => {
                "list"
            }
            Effect::Open { .. } | Effect::Versions { .. } => "article",
            Effect::Search { .. }
            | Effect::Light { .. }
            | Effect::Explain { .. }
            | Effect::History { .. } => "search",
            Effect::Compare { .. } => "comparison",
            Effect::Stories { .. } => "stories",
            Effect::Candidates { .. } => "picker",
            Effect::Store { .. }
            | Effect::Undo
            | Effect::Redo
            | Effect::Setting { .. }
            | Effect::Remember { .. } => "marks",
            Effect::Fetch { .. } | Effect::CancelFetch { .. } => "fetching",
            Effect::FetchWhole { .. } => "the page of an article",
            Effect::Feeds { .. } => "the feeds",
            Effect::Import { .. } | Effect::CancelImport { .. } => "import",
            Effect::Shell(_) => "shell",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(ticket: u64) -> Job {
        Job::Effect(Effect::Search {
            ticket: Ticket(ticket),
            query: String::new(),
            by_date: false,
            scope: crate::app::effect::SearchScope::Everything,
            most: 1,
        })
    }

    #[test]
    fn a_newer_job_replaces_the_waiting_one_of_its_kind() {
        let lane = Lane::latest_wins();
        lane.push(search(1));
        lane.push(Job::Effect(Effect::Stories { ticket: Ticket(2), from: 0, count: 1 }));
        lane.push(search(3));
        assert_eq!(lane.next().ticket(), Some(Ticket(2)));
        assert_eq!(lane.next().ticket(), Some(Ticket(3)));
    }

    #[test]
    fn a_running_job_learns_that_it_is_overtaken() {
        let lane = Lane::latest_wins();
        lane.push(search(1));
        lane.next();
        assert!(lane.is_current());
        lane.push(Job::Effect(Effect::Stories { ticket: Ticket(2), from: 0, count: 1 }));
        assert!(lane.is_current(), "another kind does not overtake");
        lane.push(search(3));
        assert!(!lane.is_current());
        lane.next();
        assert!(lane.is_current());
    }

    #[test]
    fn an_ordered_lane_drops_nothing() {
        let lane = Lane::in_order();
        lane.push(search(1));
        lane.push(search(2));
        assert_eq!(lane.next().ticket(), Some(Ticket(1)));
        assert_eq!(lane.next().ticket(), Some(Ticket(2)));
    }
}
