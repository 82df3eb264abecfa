//! What writes much: analysis at the start, imports.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::Context;
use crate::app::effect::{Effect, Reply, Ticket};
use crate::app::words;
use crate::library;

/// Time between two reports of progress.
const REPORT: Duration = Duration::from_millis(100);

/// Niceness of the thread that imports and analyses, and of those it starts: keys, lists and searches
/// go before.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

/// Lets other threads go before this one and those that it will start. Only Linux can do that for
/// threads; elsewhere the whole process would become slow.
pub fn step_back() {
    #[cfg(target_os = "linux")]
    {
        // Where it is refused, all run alike.
        let _ = rustix::process::setpriority_process(None, NICENESS);
    }
}

/// Whether an effect is done here.
pub fn takes(effect: &Effect) -> bool {
    matches!(effect, Effect::Import { .. })
}

/// Analyses and indexes what is not yet.
pub fn prepare(context: &Context) {
    match context.library.prepare(&|| !context.is_leaving()) {
        // The next start goes on from there.
        Err(library::Error::Overtaken) => return,
        Err(error) => context.fail(None, &error),
        // Another process works at it; what it adds is told by itself.
        Ok(()) if context.library.has_left_work() && context.is_counted() => return,
        Ok(()) => {}
    }
    changed(context);
}

/// Imports files.
pub fn run(effect: &Effect, context: &Context) {
    if let Effect::Import { ticket, paths } = effect {
        import(*ticket, paths, context);
    }
}

fn import(ticket: Ticket, paths: &[PathBuf], context: &Context) {
    if context.library.is_beside() {
        let reason = words::import_beside(context.locale).to_owned();
        context.reply(Reply::Failed { ticket: Some(ticket), reason });
        return;
    }
    let paths: Vec<PathBuf> = paths.iter().map(|p| from_home(p)).collect();
    let last = Cell::new(None::<Instant>);
    let report = context.library.import(&paths, &|progress| {
        if last.get().is_none_or(|at| at.elapsed() >= REPORT) {
            last.set(Some(Instant::now()));
            context.reply(Reply::Progress { ticket, progress: Box::new(progress.clone()) });
        }
        !context.is_cancelled(ticket)
    });
    match report {
        Ok(report) => context.reply(Reply::Imported { ticket, report: Box::new(report) }),
        Err(error) => context.fail(Some(ticket), &error),
    }
    prepare(context);
}

/// A path as shells mean it: `~` is the home.
fn from_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), std::env::var_os("HOME")) {
        (Ok(rest), Some(home)) => PathBuf::from(home).join(rest),
        _ => path.to_owned(),
    }
}

fn changed(context: &Context) {
    match context.summary() {
        Ok(summary) => context.reply(Reply::Changed { summary }),
        Err(error) => {
            // The reader still has to learn that preparing has ended.
            context.fail(None, &error);
            context.reply(Reply::Changed { summary: crate::app::effect::Summary::default() });
        }
    }
}
