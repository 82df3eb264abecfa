//! Keeps stories up to date: which articles to group anew when others came, changed or went.
//!
//! What belongs together is decided by `compare::story`. A small library is grouped as a whole. In
//! a large one each *core* of some days is grouped with the days around it, and gives the stories
//! that begin in it; an article of two such stories stands in that of the earlier core. So the
//! stories follow from the articles alone, not from the order in which these came, and what is new
//! touches only the cores whose days are near it.
//!
//! The table `regroup` holds what is to be grouped; rows leave it in the transaction that stores
//! the last of the stories they may change. After any end, what is left is grouped the next time, and
//! so is what came, changed or went meanwhile: it has a larger number, also where it waited before.

use std::collections::BTreeMap;
use std::sync::PoisonError;

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension};

use super::cores::{
    all_cores, core_of, cores, day, days_of_window, number_of, old_stories, reaching_out, taken, window,
};
use super::membership::{Made, Numbers, tidy};
use super::{Error, Library, article, entity, profile};
use crate::compare::Analysed;
use crate::compare::story::{Entry, FORM, bound, group_entries};
use crate::model::{Analysis, Article, ArticleId};

/// Up to so many articles are grouped as a whole: that takes a tenth of a second, and all articles
/// decide which words are rare.
const WHOLE: u32 = 2000;

/// Most articles without any day that each core looks at, the newest in the library.
const UNDATED: u32 = 200;

/// Articles to be looked at for each new one, at most, before stories are made while an import
/// goes on: more would cost more than the import.
const LOOKED_AT: u32 = 4;

/// Articles whose profiles are made at a time.
const BATCH: u32 = 128;

/// What is to be grouped.
struct Pending {
    /// Articles that came, changed or went, with their days.
    articles: Vec<(ArticleId, Option<i32>)>,
    /// The largest number among them.
    up_to: i64,
    /// The library was grouped in another way, or never.
    all: bool,
}

impl Pending {
    /// The days of the articles that have one.
    fn days(&self) -> impl Iterator<Item = i32> {
        self.articles.iter().filter_map(|(_, day)| *day)
    }
}

impl Library {
    /// Groups articles by event where some came, changed or went since the last time.
    ///
    /// # Errors
    /// `Overtaken` where `is_current` said no; else where the file cannot be read or written.
    pub(super) fn update_stories(&self, is_current: &dyn Fn() -> bool) -> Result<(), Error> {
        let _one_at_a_time = self.grouping.lock().unwrap_or_else(PoisonError::into_inner);
        self.make_stories(WHOLE, is_current)
    }

    /// The same while an import goes on, where enough is new that it is worth its cost: over a whole
    /// import each article is looked at a few times at most, in whichever order they come.
    ///
    /// # Errors
    /// `Overtaken` where `is_current` said no; else where the file cannot be read or written.
    pub(super) fn keep_up_stories(&self, is_current: &dyn Fn() -> bool) -> Result<(), Error> {
        let _one_at_a_time = self.grouping.lock().unwrap_or_else(PoisonError::into_inner);
        let is_worth_it = self.with(|tables| {
            let new: u32 =
                tables.prepare_cached("SELECT count(*) FROM regroup")?.query_row([], |r| r.get(0))?;
            Ok(new.saturating_mul(LOOKED_AT) >= looked_at(tables)?.max(WHOLE))
        })?;
        if is_worth_it { self.make_stories(WHOLE, is_current) } else { Ok(()) }
    }

    /// Groups what is pending; a library of up to `whole` articles as a whole.
    fn make_stories(&self, whole: u32, is_current: &dyn Fn() -> bool) -> Result<(), Error> {
        let is_whole = self.read(|tables| Ok(article::count(tables)? <= whole))?;
        let form = format!("{FORM} {}", if is_whole { "whole" } else { "by days" });
        let pending = self.with(|tables| pending(tables, &form))?;
        if pending.articles.is_empty() && !pending.all {
            return Ok(());
        }
        self.make_profiles(is_current)?;
        let mut numbers = Numbers::default();
        if is_whole {
            self.group_whole(&mut numbers)?;
        } else {
            self.group_cores(&pending, &mut numbers, is_current)?;
        }
        self.with(|tables| {
            let end = tables.transaction()?;
            numbers.finish(&end)?;
            tidy(&end)?;
            end.prepare_cached("DELETE FROM regroup WHERE id <= ?")?.execute([pending.up_to])?;
            end.prepare_cached("INSERT OR REPLACE INTO meta (name, value) VALUES ('grouped', ?)")?
                .execute([&form])?;
            end.commit()
        })
    }

    /// Makes the profiles that are missing.
    fn make_profiles(&self, is_current: &dyn Fn() -> bool) -> Result<(), Error> {
        loop {
            if !is_current() {
                return Err(Error::Overtaken);
            }
            let missing = self.read(|tables| profile::missing(tables, BATCH))?;
            if missing.is_empty() {
                return Ok(());
            }
            let profiles: Vec<_> = missing
                .iter()
                .map(|(article, analysis)| (article.id, profile::of(article, analysis)))
                .collect();
            self.with(|tables| {
                let batch = tables.transaction()?;
                for (id, profile) in &profiles {
                    profile::store(&batch, *id, profile)?;
                }
                batch.commit()
            })?;
        }
    }

    fn group_whole(&self, numbers: &mut Numbers) -> Result<(), Error> {
        let entries = self.read(|tables| profile::entries(tables, "1", []))?;
        let made = self.grouped(&entries)?;
        self.with(|tables| {
            let all = tables.transaction()?;
            let old: Vec<i64> = all
                .prepare_cached("SELECT id FROM story")?
                .query_map([], |r| r.get(0))?
                .collect::<Result<_, _>>()?;
            numbers.replace(&all, &old, &made)?;
            all.commit()
        })
    }

    /// Makes the stories of the cores that what is pending may change, from the earliest on.
    fn group_cores(
        &self,
        pending: &Pending,
        numbers: &mut Numbers,
        is_current: &dyn Fn() -> bool,
    ) -> Result<(), Error> {
        let mut cores = if pending.all { self.read(all_cores)? } else { cores(pending.days()) };
        let undated = self.with(|tables| {
            let newest = "article.id IN (SELECT id FROM article WHERE replaced_by IS NULL AND day IS NULL
                ORDER BY id DESC LIMIT ?)";
            profile::entries(tables, newest, [UNDATED])
        })?;
        while let Some(core) = cores.pop_first() {
            if !is_current() {
                return Err(Error::Overtaken);
            }
            let mut entries = self.read(|tables| window(tables, core))?;
            let day_of: BTreeMap<ArticleId, i32> = entries
                .iter()
                .filter_map(|(id, entry)| Some((*id, number_of(entry.published.stated()?))))
                .collect();
            if !day_of.values().any(|day| core_of(*day) == core)
                && self.read(|tables| old_stories(tables, core))?.is_empty()
            {
                continue;
            }
            entries.extend(undated.iter().cloned());
            let begins =
                |made: &Made| made.members.iter().filter_map(|id| day_of.get(id)).min().map(|d| core_of(*d));
            let mut made = self.grouped(&entries)?;
            made.retain(|story| begins(story) == Some(core));
            let reach = self.with(|tables| {
                let step = tables.transaction()?;
                let (old, taken) = (old_stories(&step, core)?, taken(&step, core, &made)?);
                for story in &mut made {
                    story.members.retain(|id| !taken.contains(id));
                }
                made.retain(|story| story.members.len() > 1 && begins(story) == Some(core));
                let before = reaching_out(&step, &old, core)?;
                numbers.replace(&step, &old, &made)?;
                let after = reaching_out(&step, &old_stories(&step, core)?, core)?;
                step.commit()?;
                Ok(before != after)
            })?;
            if reach {
                // Which articles are left for the stories of the next core has changed.
                cores.insert(core + 1);
            }
        }
        if pending.all || pending.articles.iter().any(|(_, day)| day.is_none()) {
            self.group_undated(&undated, numbers)?;
        }
        Ok(())
    }

    /// Makes the stories of articles without any day that are in none with others.
    fn group_undated(&self, undated: &[(ArticleId, Entry)], numbers: &mut Numbers) -> Result<(), Error> {
        let mut made = self.grouped(undated)?;
        self.with(|tables| {
            let step = tables.transaction()?;
            let taken = taken(&step, core_of(number_of(Date::MAX)), &made)?;
            for story in &mut made {
                story.members.retain(|id| !taken.contains(id));
            }
            made.retain(|story| story.members.len() > 1);
            let old: Vec<i64> = step
                .prepare(
                    "SELECT story FROM member JOIN article ON article.id = member.article
                     GROUP BY story HAVING count(CASE WHEN day_to IS NULL THEN day END) = 0",
                )?
                .query_map([], |r| r.get(0))?
                .collect::<Result<_, _>>()?;
            numbers.replace(&step, &old, &made)?;
            step.commit()
        })
    }

    /// The stories among `entries`.
    fn grouped(&self, entries: &[(ArticleId, Entry)]) -> Result<Vec<Made>, Error> {
        let mut failed = None;
        let list: Vec<&Entry> = entries.iter().map(|(_, entry)| entry).collect();
        let groups = group_entries(&list, &mut |one, others| {
            let ids = std::iter::once(&one).chain(others).map(|&i| entries[i].0);
            match self.read(|tables| load(tables, ids)) {
                Ok(articles) if articles.len() == others.len() + 1 => {
                    let analysed: Vec<Analysed<'_>> =
                        articles.iter().map(|(a, analysis)| Analysed { draft: &a.draft, analysis }).collect();
                    bound(&analysed)
                }
                // One of them went meanwhile.
                Ok(_) => vec![false; others.len()],
                Err(error) => {
                    failed = Some(error);
                    vec![false; others.len()]
                }
            }
        });
        if let Some(error) = failed {
            return Err(error);
        }
        let stories = groups.into_iter().map(|group| {
            let mut members: Vec<ArticleId> = group.members.iter().map(|&i| entries[i].0).collect();
            let mut related: Vec<_> = group.related.iter().map(|&(i, why)| (entries[i].0, why)).collect();
            members.sort_unstable();
            related.sort_unstable_by_key(|(id, _)| *id);
            Made { members, related }
        });
        Ok(stories.collect())
    }
}

/// Articles with what they say; without those that are gone.
fn load(
    tables: &Connection,
    ids: impl Iterator<Item = ArticleId>,
) -> rusqlite::Result<Vec<(Article, Analysis)>> {
    let mut list = Vec::new();
    for id in ids {
        if let (Some(article), Some(analysis)) = (article::load(tables, id)?, entity::analysis(tables, id)?) {
            list.push((article, analysis));
        }
    }
    Ok(list)
}

/// What is to be grouped, where stories are to be in `form`; all, where they are in another.
fn pending(tables: &mut Connection, form: &str) -> rusqlite::Result<Pending> {
    // One state of the table: another process may write to it.
    let tables = tables.transaction()?;
    let grouped: Option<String> = tables
        .prepare_cached("SELECT value FROM meta WHERE name = 'grouped'")?
        .query_row([], |r| r.get(0))
        .optional()?;
    let all = grouped.as_deref().is_some_and(|g| g != form);
    if grouped.is_some_and(|g| g.split(' ').next() != form.split(' ').next()) {
        // The profiles are in another form.
        tables.execute(
            "INSERT OR IGNORE INTO regroup (article, day)
             SELECT id, day FROM analysis JOIN article ON id = analysis.article",
            [],
        )?;
    }
    let articles = tables
        .prepare_cached("SELECT article, day FROM regroup")?
        .query_map([], |r| Ok((ArticleId(r.get(0)?), r.get_ref(1)?.as_str_or_null()?.and_then(day))))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let up_to =
        tables.prepare_cached("SELECT coalesce(max(id), 0) FROM regroup")?.query_row([], |r| r.get(0))?;
    tables.commit()?;
    Ok(Pending { articles, up_to, all })
}

/// How many articles grouping looks at for all that is pending.
fn looked_at(tables: &Connection) -> rusqlite::Result<u32> {
    let articles = article::count(tables)?;
    if articles <= WHOLE {
        return Ok(articles);
    }
    let pending = tables
        .prepare_cached("SELECT DISTINCT day FROM regroup WHERE day IS NOT NULL")?
        .query_map([], |r| Ok(day(r.get_ref(0)?.as_str()?)))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let mut sum = 0;
    for core in cores(pending.into_iter().flatten()) {
        let (from, to) = days_of_window(core);
        sum += tables
            .prepare_cached("SELECT count(*) FROM article WHERE replaced_by IS NULL AND day BETWEEN ? AND ?")?
            .query_row([from, to], |r| r.get::<_, u32>(0))?;
    }
    Ok(sum)
}

#[cfg(test)]
#[path = "group_tests.rs"]
mod tests;
