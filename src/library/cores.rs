//! Cores: days whose stories are made together, with the days around them that are looked at too.

use std::collections::{BTreeSet, HashSet};

use jiff::ToSpan;
use jiff::civil::Date;
use rusqlite::{Connection, params};

use super::membership::Made;
use super::profile;
use crate::compare::story::Entry;
use crate::model::ArticleId;

/// Days whose stories are made together.
const CORE_DAYS: i32 = 7;

/// Days before and behind the core that are looked at too: more than reports of one event are apart.
const MARGIN_DAYS: i32 = 4;

/// Most days between the articles of a story, and so how far it reaches out of its core.
const STORY_DAYS: i32 = 3;

/// The cores whose stories articles of these days may change.
pub(super) fn cores(days: impl Iterator<Item = i32>) -> BTreeSet<i32> {
    let days: HashSet<i32> = days.collect();
    days.into_iter().flat_map(|day| core_of(day - MARGIN_DAYS)..=core_of(day + MARGIN_DAYS)).collect()
}

/// The cores of all articles and stories.
pub(super) fn all_cores(tables: &Connection) -> rusqlite::Result<BTreeSet<i32>> {
    let mut query =
        tables.prepare("SELECT DISTINCT day FROM article WHERE replaced_by IS NULL AND day IS NOT NULL")?;
    let days = query.query_map([], |r| Ok(day(r.get_ref(0)?.as_str()?)))?;
    days.filter_map(Result::transpose).map(|day| day.map(core_of)).collect()
}

/// The articles that a core looks at, but for those without any day.
pub(super) fn window(tables: &Connection, core: i32) -> rusqlite::Result<Vec<(ArticleId, Entry)>> {
    let (from, to) = days_of_window(core);
    profile::entries(tables, "day BETWEEN ? AND ?", [from, to])
}

/// The first and the last day that a core looks at.
pub(super) fn days_of_window(core: i32) -> (String, String) {
    let first = core * CORE_DAYS;
    (text_of(first - MARGIN_DAYS), text_of(first + CORE_DAYS - 1 + MARGIN_DAYS))
}

/// The stories that begin in a core, by their articles whose day is stated.
pub(super) fn old_stories(tables: &Connection, core: i32) -> rusqlite::Result<Vec<i64>> {
    let (first, last) = (core * CORE_DAYS, core * CORE_DAYS + CORE_DAYS - 1);
    // A story that begins before the core has an article in the days before it.
    tables
        .prepare_cached(
            "SELECT story FROM article CROSS JOIN member ON member.article = article.id
             WHERE replaced_by IS NULL AND day_to IS NULL AND day BETWEEN ?1 AND ?3
             GROUP BY story HAVING min(day) >= ?2 ORDER BY story",
        )?
        .query_map([text_of(first - STORY_DAYS), text_of(first), text_of(last)], |r| r.get(0))?
        .collect()
}

/// Articles of the stories `made` that stand in a story of an earlier core.
pub(super) fn taken(tables: &Connection, core: i32, made: &[Made]) -> rusqlite::Result<HashSet<ArticleId>> {
    let start = text_of(core * CORE_DAYS);
    let mut query = tables.prepare_cached(
        "SELECT min(day) < ?2 FROM member JOIN article ON article.id = member.article
         WHERE replaced_by IS NULL AND day_to IS NULL
         AND story = (SELECT story FROM member WHERE article = ?1)",
    )?;
    let mut taken = HashSet::new();
    for id in made.iter().flat_map(|story| &story.members) {
        if query.query_row(params![id.0, start], |r| r.get::<_, Option<bool>>(0))?.unwrap_or(false) {
            taken.insert(*id);
        }
    }
    Ok(taken)
}

/// Articles of stories of a core whose day is behind it.
pub(super) fn reaching_out(
    tables: &Connection,
    stories: &[i64],
    core: i32,
) -> rusqlite::Result<BTreeSet<u32>> {
    let next = text_of((core + 1) * CORE_DAYS);
    let mut query = tables.prepare_cached(
        "SELECT member.article FROM member JOIN article ON article.id = member.article WHERE story = ? AND day >= ?",
    )?;
    let mut list = BTreeSet::new();
    for story in stories {
        for id in query.query_map(params![story, next], |r| r.get(0))? {
            list.insert(id?);
        }
    }
    Ok(list)
}

/// The number of a day in the form of the tables.
pub(super) fn day(text: &str) -> Option<i32> {
    text.parse::<Date>().ok().map(number_of)
}

/// The first day that has a number of its own.
pub(super) const START: Date = jiff::civil::date(2000, 1, 1);

/// Days since a fixed one.
pub(super) fn number_of(day: Date) -> i32 {
    (day - START).get_days()
}

/// The day in the form of the tables.
fn text_of(number: i32) -> String {
    START.saturating_add(number.days()).to_string()
}

/// The core that a day belongs to.
pub(super) fn core_of(day: i32) -> i32 {
    day.div_euclid(CORE_DAYS)
}
