//! The steps of the reader, so that each can be undone and done again, in a later session too.

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::change::Step;
use super::saved::now;
use crate::model::{ArticleId, Change, StateChange};

/// Steps that are kept.
const STEPS: u32 = 1000;

/// A change as it is kept: "all read" of a large library is one change with many numbers.
#[derive(Debug, Serialize, Deserialize)]
enum Kept {
    /// The same change of many states.
    States(StateChange, Vec<ArticleId>),
    /// Any other.
    One(Change),
}

/// Remembers a step; what was undone before it cannot be done again any more.
pub(super) fn record(tables: &Connection, step: &Step) -> rusqlite::Result<()> {
    tables.prepare_cached("DELETE FROM journal WHERE undone")?.execute([])?;
    tables
        .prepare_cached("INSERT INTO journal (made, back, again, undone) VALUES (?, ?, ?, 0)")?
        .execute(params![now(), words(&step.back), words(&step.again)])?;
    tables
        .prepare_cached("DELETE FROM journal WHERE id <= (SELECT max(id) FROM journal) - ?")?
        .execute([STEPS])?;
    Ok(())
}

/// Which way to go.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way {
    /// Take the last step back.
    Back,
    /// Make the step again that was taken back last.
    Again,
}

/// The next step on that way, with its changes; it counts as gone from now on.
pub(super) fn go(tables: &Connection, way: Way) -> rusqlite::Result<Option<Vec<Change>>> {
    // By number and not by time: clocks are set back.
    let (find, undone) = match way {
        Way::Back => ("SELECT id, back FROM journal WHERE NOT undone ORDER BY id DESC LIMIT 1", true),
        Way::Again => ("SELECT id, again FROM journal WHERE undone ORDER BY id LIMIT 1", false),
    };
    let step: Option<(i64, String)> =
        tables.prepare_cached(find)?.query_row([], |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
    let Some((id, changes)) = step else { return Ok(None) };
    tables.prepare_cached("UPDATE journal SET undone = ? WHERE id = ?")?.execute(params![undone, id])?;
    Ok(Some(to_changes(&changes)))
}

fn words(changes: &[Change]) -> String {
    let mut kept: Vec<Kept> = Vec::new();
    for change in changes {
        match (change, kept.last_mut()) {
            (Change::State(id, to), Some(Kept::States(same, ids))) if same == to => ids.push(*id),
            (Change::State(id, to), _) => kept.push(Kept::States(*to, vec![*id])),
            (other, _) => kept.push(Kept::One(other.clone())),
        }
    }
    serde_json::to_string(&kept).expect("changes are JSON")
}

fn to_changes(words: &str) -> Vec<Change> {
    let kept: Vec<Kept> = serde_json::from_str(words).unwrap_or_default();
    kept.into_iter()
        .flat_map(|kept| match kept {
            Kept::States(to, ids) => ids.into_iter().map(|id| Change::State(id, to)).collect(),
            Kept::One(change) => vec![change],
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_read_back_in_order() {
        let read = |to| StateChange { read: Some(to), ..StateChange::default() };
        let changes = vec![
            Change::State(ArticleId(1), read(true)),
            Change::State(ArticleId(2), read(true)),
            Change::Tag { article: ArticleId(2), tag: "Wahl".to_owned(), on: true },
            Change::State(ArticleId(3), read(true)),
            Change::State(ArticleId(1), read(false)),
        ];
        assert_eq!(to_changes(&words(&changes)), changes);
    }

    #[test]
    fn many_equal_changes_are_kept_in_few_bytes() {
        let read = StateChange { read: Some(true), ..StateChange::default() };
        let changes: Vec<Change> = (0..10_000).map(|id| Change::State(ArticleId(id), read)).collect();
        assert!(words(&changes).len() < 60_000);
    }
}
