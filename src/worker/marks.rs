//! What the user leaves in the library: kept, taken back, made again.

use std::sync::atomic::Ordering;

use super::Context;
use super::lane::Job;
use crate::app::effect::{Effect, Reply};
use crate::library::Error;
use crate::model::{ArticleId, Change};

/// Whether an effect is done here.
pub fn takes(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Store { .. } | Effect::Undo | Effect::Redo | Effect::Setting { .. } | Effect::Remember { .. }
    )
}

/// Keeps, takes back or makes again.
pub fn run(effect: &Effect, context: &Context) {
    let library = &context.library;
    let done = match effect {
        Effect::Store { changes, by_hand } => store(changes, *by_hand, context),
        Effect::Undo => library.undo().map(|changes| restored(changes, false, context)),
        Effect::Redo => library.redo().map(|changes| restored(changes, true, context)),
        Effect::Setting { name, value } => library.set_setting(name, value),
        Effect::Remember { query } => library.remember_search(query),
        _ => Ok(()),
    };
    if let Err(error) = done {
        context.fail(None, &error);
    }
}

/// Notes that the reader is here: what is added from now on is new the next time.
pub fn visit(context: &Context) {
    // Where it cannot be noted, what is new is counted from an earlier visit.
    let _ = context.library.visit();
}

fn store(changes: &[Change], by_hand: bool, context: &Context) -> Result<(), Error> {
    let applied = context.library.apply(changes, by_hand)?;
    sort_in(changes, applied.unsaved.is_none(), context);
    if let Some(error) = applied.unsaved {
        context.fail(None, &error);
    }
    if by_hand {
        context.reply(Reply::Stored { changes: changes.to_vec(), home: context.library.home() });
    }
    Ok(())
}

/// Has articles that were corrected analysed, indexed and grouped anew, once it is known that they were.
/// A correction that waits for the disk is made with the next change, so it is remembered until then.
fn sort_in(changes: &[Change], is_saved: bool, context: &Context) {
    let corrects = changes.iter().any(|change| matches!(change, Change::Correct { .. }));
    let waited = if is_saved {
        context.unsorted.swap(false, Ordering::Relaxed)
    } else {
        context.unsorted.fetch_or(corrects, Ordering::Relaxed);
        false
    };
    if corrects || waited {
        context.intake.push(Job::Prepare);
    }
}

fn restored(changes: Option<Vec<Change>>, is_redo: bool, context: &Context) {
    let title = changes.as_deref().and_then(only_article).and_then(|id| {
        let rows = context.library.rows(&[id]).ok()?;
        rows.into_iter().next().map(|row| row.title)
    });
    sort_in(changes.as_deref().unwrap_or_default(), true, context);
    context.reply(Reply::Restored { changes, is_redo, title });
}

/// The article that all changes are about, where it is one.
fn only_article(changes: &[Change]) -> Option<ArticleId> {
    let first = changes.first()?.article()?;
    changes.iter().all(|c| c.article() == Some(first)).then_some(first)
}
