//! Writes down which articles are a story, and which number a story keeps.
//!
//! Only what differs from the tables is written. A story keeps the number of the old one with which
//! it shares most articles.

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, params};

use crate::model::{ArticleId, OutsideReason};

/// A story as grouped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Made {
    /// By number.
    pub members: Vec<ArticleId>,
    /// By number.
    pub related: Vec<(ArticleId, OutsideReason)>,
}

/// Numbers of stories, over all steps of one update.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// The story in which an article stood before.
    was: HashMap<ArticleId, i64>,
    /// Articles of a story before.
    sizes: HashMap<i64, i64>,
    /// Numbers that a story has kept.
    kept: HashSet<i64>,
    /// Numbers whose articles have all left, unless one of these is in `kept`.
    left: HashSet<i64>,
}

impl Numbers {
    /// Puts the stories `made` in the place of those numbered `old`. An article that stands in
    /// another story leaves it.
    pub fn replace(&mut self, tables: &Connection, old: &[i64], made: &[Made]) -> rusqlite::Result<()> {
        let mut before = HashMap::new();
        for number in old {
            let story = stored(tables, *number)?;
            self.sizes.insert(*number, i64::try_from(story.members.len()).unwrap_or(i64::MAX));
            self.was.extend(story.members.iter().map(|id| (*id, *number)));
            before.insert(*number, story);
        }
        let numbers = self.choose(tables, old, made)?;
        let changed: Vec<(&Made, Option<i64>)> = made
            .iter()
            .zip(numbers)
            .filter(|(story, number)| number.is_none_or(|n| before.get(&n) != Some(*story)))
            .collect();
        for number in old.iter().filter(|n| !self.kept.contains(n)) {
            clear(tables, *number)?;
            self.left.insert(*number);
        }
        for number in changed.iter().filter_map(|(_, number)| *number) {
            clear(tables, number)?;
        }
        for (story, number) in changed {
            write(tables, story, number)?;
        }
        // One that is as before may have lost an article by a newer version.
        for number in old {
            count(tables, *number)?;
        }
        Ok(())
    }

    /// The number that each story keeps; `None` for a new one. Most shared articles first; of
    /// equals the older number. A story that is not to be replaced gives its number away only where
    /// more than half of its articles have gone over.
    fn choose(
        &mut self,
        tables: &Connection,
        old: &[i64],
        made: &[Made],
    ) -> rusqlite::Result<Vec<Option<i64>>> {
        let mut shared: Vec<(i64, i64, usize)> = Vec::new();
        for (index, story) in made.iter().enumerate() {
            let mut counts: BTreeMap<i64, i64> = BTreeMap::new();
            for id in &story.members {
                if let Some(was) = self.story_before(tables, *id)? {
                    *counts.entry(was).or_default() += 1;
                }
            }
            shared.extend(counts.into_iter().map(|(was, count)| (count, was, index)));
        }
        shared.sort_by_key(|(count, was, index)| (std::cmp::Reverse(*count), *was, *index));
        let mut numbers = vec![None; made.len()];
        for (count, was, index) in shared {
            let free = old.contains(&was) || self.left.contains(&was);
            let size = self.sizes.get(&was).copied().unwrap_or(i64::MAX);
            if numbers[index].is_none() && (free || count * 2 > size) && self.kept.insert(was) {
                numbers[index] = Some(was);
            }
        }
        Ok(numbers)
    }

    fn story_before(&mut self, tables: &Connection, id: ArticleId) -> rusqlite::Result<Option<i64>> {
        if let Some(was) = self.was.get(&id) {
            return Ok(Some(*was));
        }
        let was: Option<i64> = tables
            .prepare_cached("SELECT story FROM member WHERE article = ?")?
            .query_row([id.0], |r| r.get(0))
            .optional()?;
        if let Some(was) = was {
            self.was.insert(id, was);
            let size: i64 = tables
                .prepare_cached("SELECT count(*) FROM member WHERE story = ?")?
                .query_row([was], |r| r.get(0))?;
            self.sizes.insert(was, size);
        }
        Ok(was)
    }

    /// Takes away the stories that no article is in any more. To be called when all are replaced.
    pub fn finish(self, tables: &Connection) -> rusqlite::Result<()> {
        for number in self.left.difference(&self.kept) {
            tables.prepare_cached("DELETE FROM story WHERE id = ?")?.execute([number])?;
        }
        Ok(())
    }
}

/// Takes away stories that lost articles which are not listed any more, so that fewer than two are left.
pub(super) fn tidy(tables: &Connection) -> rusqlite::Result<()> {
    tables.execute_batch(
        "DELETE FROM member WHERE article IN (SELECT article FROM regroup)
             AND NOT EXISTS (SELECT 1 FROM article WHERE id = member.article AND replaced_by IS NULL);
         DELETE FROM related WHERE article IN (SELECT article FROM regroup)
             AND NOT EXISTS (SELECT 1 FROM article WHERE id = related.article AND replaced_by IS NULL);
         DELETE FROM related WHERE story NOT IN (SELECT story FROM member);
         DELETE FROM story WHERE NOT EXISTS (SELECT 1 FROM member WHERE story = story.id);",
    )
}

/// A story as the tables have it; empty where they do not.
fn stored(tables: &Connection, number: i64) -> rusqlite::Result<Made> {
    let members = tables
        .prepare_cached("SELECT article FROM member WHERE story = ? ORDER BY article")?
        .query_map([number], |r| r.get(0).map(ArticleId))?
        .collect::<rusqlite::Result<_>>()?;
    let related = tables
        .prepare_cached("SELECT article, reason, days FROM related WHERE story = ? ORDER BY article")?
        .query_map([number], |r| Ok((ArticleId(r.get(0)?), reason(r.get_ref(1)?.as_str()?, r.get(2)?))))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Made { members, related })
}

fn clear(tables: &Connection, number: i64) -> rusqlite::Result<()> {
    tables.prepare_cached("DELETE FROM member WHERE story = ?")?.execute([number])?;
    tables.prepare_cached("DELETE FROM related WHERE story = ?")?.execute([number])?;
    Ok(())
}

fn write(tables: &Connection, story: &Made, number: Option<i64>) -> rusqlite::Result<()> {
    let number = if let Some(number) = number {
        tables
            .prepare_cached("INSERT OR IGNORE INTO story (id, articles) VALUES (?, 0)")?
            .execute([number])?;
        number
    } else {
        tables.prepare_cached("INSERT INTO story (articles) VALUES (0)")?.execute([])?;
        tables.last_insert_rowid()
    };
    let mut robbed: HashSet<i64> = HashSet::new();
    for id in &story.members {
        let other: Option<i64> = tables
            .prepare_cached("SELECT story FROM member WHERE article = ?")?
            .query_row([id.0], |r| r.get(0))
            .optional()?;
        robbed.extend(other);
        tables
            .prepare_cached("INSERT OR REPLACE INTO member (article, story) VALUES (?, ?)")?
            .execute(params![id.0, number])?;
    }
    for (id, why) in &story.related {
        let (word, days) = words(*why);
        tables
            .prepare_cached("INSERT INTO related (story, article, reason, days) VALUES (?, ?, ?, ?)")?
            .execute(params![number, id.0, word, days])?;
    }
    count(tables, number)?;
    for other in robbed {
        count(tables, other)?;
    }
    Ok(())
}

/// Brings the counts of a story up to date; one article alone is none.
fn count(tables: &Connection, number: i64) -> rusqlite::Result<()> {
    let (articles, last_day): (i64, Option<String>) = tables
        .prepare_cached(
            "SELECT count(*), max(day) FROM member JOIN article ON article.id = member.article
             WHERE story = ?",
        )?
        .query_row([number], |r| Ok((r.get(0)?, r.get(1)?)))?;
    if articles < 2 {
        clear(tables, number)?;
        tables.prepare_cached("DELETE FROM story WHERE id = ?")?.execute([number])?;
        return Ok(());
    }
    tables
        .prepare_cached(
            "UPDATE story SET articles = ?1, last_day = ?2
             WHERE id = ?3 AND (articles <> ?1 OR last_day IS NOT ?2)",
        )?
        .execute(params![articles, last_day, number])?;
    Ok(())
}

fn words(why: OutsideReason) -> (&'static str, Option<i32>) {
    match why {
        OutsideReason::Days(days) => ("days", Some(days)),
        OutsideReason::Undated => ("undated", None),
        OutsideReason::OtherEvent => ("other", None),
    }
}

/// A reason from its columns.
pub(super) fn reason(word: &str, days: Option<i32>) -> OutsideReason {
    match (word, days) {
        ("days", Some(days)) => OutsideReason::Days(days),
        ("undated", _) => OutsideReason::Undated,
        _ => OutsideReason::OtherEvent,
    }
}
