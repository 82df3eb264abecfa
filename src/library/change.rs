//! Makes changes of what the reader leaves in the library, and says what takes them back.

use rusqlite::{Connection, OptionalExtension};

use super::{correction, note, saved, state, tag};
use crate::model::{ArticleId, Change, ReadState, StateChange};

/// Changes made together, with what takes them back.
#[derive(Debug, Default)]
pub(super) struct Step {
    /// What takes them back, the last change first; nothing where nothing changed.
    pub back: Vec<Change>,
    /// What makes them again, with the numbers that new notes were given.
    pub again: Vec<Change>,
}

/// Makes `changes`, in order; `Err` names the first article that is not there, and then the
/// transaction around must not be kept.
pub(super) fn make(
    tables: &Connection,
    changes: &[Change],
) -> rusqlite::Result<std::result::Result<Step, ArticleId>> {
    let mut step = Step::default();
    for change in changes {
        let Some(change) = on_newest_version(tables, change)? else {
            return Ok(Err(change.article().unwrap_or_default()));
        };
        let (again, back) = make_one(tables, change)?;
        if let Some(back) = back {
            step.back.push(back);
            step.again.push(again);
        }
    }
    step.back.reverse();
    Ok(Ok(step))
}

/// Makes those of `changes` whose articles are there; as they were made, done before or not.
pub(super) fn make_what_can_be(tables: &Connection, changes: &[Change]) -> rusqlite::Result<Vec<Change>> {
    let mut made = Vec::with_capacity(changes.len());
    for change in changes {
        if let Some(change) = on_newest_version(tables, change)? {
            made.push(make_one(tables, change)?.0);
        }
    }
    Ok(made)
}

/// The change as made, and what takes it back; `None` where it was so already.
fn make_one(tables: &Connection, change: Change) -> rusqlite::Result<(Change, Option<Change>)> {
    Ok(match change {
        Change::State(id, to) => {
            let was = state::get(tables, id)?.unwrap_or_default();
            let now = to.on(was);
            if now != was {
                state::set(tables, id, now)?;
            }
            (Change::State(id, to), difference(was, now).map(|back| Change::State(id, back)))
        }
        Change::Tag { article, tag, on } => {
            let known = if on { tag::put(tables, article, &tag)? } else { tag::take(tables, article, &tag)? };
            let back = known.clone().map(|tag| Change::Tag { article, tag, on: !on });
            (Change::Tag { article, tag: known.unwrap_or(tag), on }, back)
        }
        Change::PutNote { article, note } => {
            let was = note::get(tables, note.id)?;
            let note = note::put(tables, article, note)?;
            let back = match was {
                Some(was) if was.1 == note => None,
                Some((article, note)) => Some(Change::PutNote { article, note }),
                None => Some(Change::DropNote { article, note: note.id }),
            };
            (Change::PutNote { article, note }, back)
        }
        Change::DropNote { article, note } => {
            let was = note::get(tables, note)?;
            if was.is_some() {
                note::drop(tables, note)?;
            }
            let back = was.map(|(article, note)| Change::PutNote { article, note });
            (Change::DropNote { article, note }, back)
        }
        Change::Correct { article, field, to } => {
            let back = correction::set(tables, article, field, to.clone())?;
            let back = back.map(|back| Change::Correct { article, field, to: back.to });
            (Change::Correct { article, field, to }, back)
        }
        Change::PutSearch(search) => {
            let was = saved::get(tables, &search.name)?;
            let back = match was {
                Some(was) if was == search => None,
                Some(was) => Some(Change::PutSearch(was)),
                None => Some(Change::DropSearch(search.name.clone())),
            };
            saved::put(tables, &search)?;
            (Change::PutSearch(search), back)
        }
        Change::DropSearch(name) => {
            let was = saved::get(tables, &name)?;
            saved::drop(tables, &name)?;
            (Change::DropSearch(name), was.map(Change::PutSearch))
        }
    })
}

/// What leads from `now` back to `was`; `None` where they are the same.
fn difference(was: ReadState, now: ReadState) -> Option<StateChange> {
    let back = StateChange {
        read: (was.read != now.read).then_some(was.read),
        starred: (was.starred != now.starred).then_some(was.starred),
        place: (was.place != now.place).then_some(was.place),
    };
    (back != StateChange::default()).then_some(back)
}

/// The change on the newest version of its article, where stars, tags and notes have gone; `None`
/// where there is no such article. Read and the reading place belong to the text they were made on.
fn on_newest_version(tables: &Connection, change: &Change) -> rusqlite::Result<Option<Change>> {
    let Some(article) = change.article() else { return Ok(Some(change.clone())) };
    let Some(newest) = newest_version(tables, article)? else { return Ok(None) };
    Ok(Some(match change.clone() {
        Change::State(id, to) if to.starred.is_none() => Change::State(id, to),
        Change::State(_, to) => Change::State(newest, to),
        Change::Tag { tag, on, .. } => Change::Tag { article: newest, tag, on },
        Change::PutNote { note, .. } => Change::PutNote { article: newest, note },
        Change::DropNote { note, .. } => Change::DropNote { article: newest, note },
        Change::Correct { field, to, .. } => Change::Correct { article: newest, field, to },
        search => search,
    }))
}

/// The version that is listed of an article; `None` where there is no such article.
pub(super) fn newest_version(tables: &Connection, id: ArticleId) -> rusqlite::Result<Option<ArticleId>> {
    let mut newest = None;
    let mut next = Some(id);
    while let Some(id) = next {
        let row: Option<Option<u32>> = tables
            .prepare_cached("SELECT replaced_by FROM article WHERE id = ?")?
            .query_row([id.0], |r| r.get(0))
            .optional()?;
        let Some(by) = row else { break };
        newest = Some(id);
        // A newer version has a larger number: a damaged chain cannot go round.
        next = by.filter(|by| *by > id.0).map(ArticleId);
    }
    Ok(newest)
}
