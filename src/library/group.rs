//! Keeps stories up to date: which articles to group anew, and which number a story keeps.
//!
//! What belongs together is decided by `compare::story`; a small library is grouped as a whole, a
//! large one in windows of days around what is new.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::PoisonError;

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};

use super::{Error, Library, article, codec, entity};
use crate::compare::Analysed;
use crate::compare::story::{Grouping, group};
use crate::model::{Analysis, Article, ArticleId, OutsideReason};

/// Up to so many articles are grouped as a whole: comparing each with its nearest then takes a few
/// seconds at most, and all articles decide which words are rare.
const WHOLE: usize = 2000;

/// Days whose stories one window makes.
const CORE_DAYS: i32 = 3;

/// Days before and behind the core that are looked at too: reports of one event are no further
/// apart.
const MARGIN_DAYS: i32 = 7;

/// Most undated articles that every window looks at.
const UNDATED: usize = 200;

/// A listed article and its day, counted from a fixed one.
type Dated = (ArticleId, Option<i32>);

/// A story as grouped.
struct Made {
    members: Vec<ArticleId>,
    related: Vec<(ArticleId, OutsideReason)>,
}

impl Library {
    /// Groups articles by event where new ones came since the last time.
    ///
    /// # Errors
    /// `Overtaken` where `is_current` said no; else where the file cannot be read or written.
    pub(super) fn update_stories(&self, is_current: &dyn Fn() -> bool) -> Result<(), Error> {
        let _one_at_a_time = self.grouping.lock().unwrap_or_else(PoisonError::into_inner);
        let (last, all) = self.read(|tables| Ok((last_grouped(tables)?, dated(tables)?)))?;
        let Some(newest) = all.iter().map(|(id, _)| *id).max().filter(|id| *id > last) else { return Ok(()) };
        if all.len() <= WHOLE {
            let ids: Vec<ArticleId> = all.iter().map(|(id, _)| *id).collect();
            let stories = self.grouped(&ids, is_current)?;
            self.keep_stories(&ids, &stories)?;
        } else {
            self.group_windows(&all, &cores(&all, last), is_current)?;
        }
        self.with(|tables| set_last_grouped(tables, newest))
    }

    /// Makes the stories that begin in `cores` anew.
    fn group_windows(
        &self,
        all: &[Dated],
        cores: &BTreeSet<i32>,
        is_current: &dyn Fn() -> bool,
    ) -> Result<(), Error> {
        let mut taken = self.read(|tables| members_of_others(tables, all, cores))?;
        let decided: Vec<ArticleId> = all
            .iter()
            .filter(|(id, day)| day.is_some_and(|d| cores.contains(&core_of(d))) && !taken.contains(id))
            .map(|(id, _)| *id)
            .collect();
        let mut stories = Vec::new();
        for core in cores {
            let mut made = self.grouped(&window(all, *core), is_current)?;
            made.retain(|s| first_core(all, &s.members) == Some(*core));
            for story in &mut made {
                story.members.retain(|id| taken.insert(*id));
            }
            stories.extend(made.into_iter().filter(|s| s.members.len() > 1));
        }
        self.keep_stories(&decided, &stories)
    }

    /// The stories among `ids`.
    fn grouped(&self, ids: &[ArticleId], is_current: &dyn Fn() -> bool) -> Result<Vec<Made>, Error> {
        let mut articles: Vec<(Article, Analysis)> = Vec::with_capacity(ids.len());
        for part in ids.chunks(64) {
            if !is_current() {
                return Err(Error::Overtaken);
            }
            articles.extend(self.read(|tables| load(tables, part))?);
        }
        let analysed: Vec<Analysed<'_>> =
            articles.iter().map(|(article, analysis)| Analysed { draft: &article.draft, analysis }).collect();
        let id = |index: usize| articles.get(index).map(|(article, _)| article.id);
        let made = |group: Grouping| Made {
            members: group.members.into_iter().filter_map(id).collect(),
            related: group.related.into_iter().filter_map(|(index, why)| Some((id(index)?, why))).collect(),
        };
        Ok(group(&analysed).into_iter().map(made).collect())
    }

    /// Stores stories; those of `decided` that are in none of them stand alone from now on.
    fn keep_stories(&self, decided: &[ArticleId], stories: &[Made]) -> Result<(), Error> {
        self.with(|tables| {
            let all = tables.transaction()?;
            let numbers = numbers(&all, stories)?;
            for id in decided {
                all.prepare_cached("DELETE FROM member WHERE article = ?")?.execute([id.0])?;
            }
            for (story, number) in stories.iter().zip(numbers) {
                keep(&all, story, number)?;
            }
            all.execute_batch(
                "DELETE FROM member WHERE story IN (SELECT story FROM member GROUP BY story HAVING count(*) < 2);
                 DELETE FROM related WHERE story NOT IN (SELECT story FROM member)
                     OR article IN (SELECT article FROM member WHERE member.story = related.story);
                 DELETE FROM story WHERE id NOT IN (SELECT story FROM member);
                 UPDATE story SET articles = (SELECT count(*) FROM member WHERE story = story.id)
                     WHERE articles <> (SELECT count(*) FROM member WHERE story = story.id);",
            )?;
            all.commit()
        })
    }
}

/// The number that each story keeps: that of the old story with which it shares most articles, each
/// number once; `None` for a new one.
fn numbers(tables: &Connection, stories: &[Made]) -> rusqlite::Result<Vec<Option<i64>>> {
    let mut shared: Vec<(usize, i64, usize)> = Vec::new();
    for (index, story) in stories.iter().enumerate() {
        let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
        for id in &story.members {
            let old: Option<i64> = tables
                .prepare_cached("SELECT story FROM member WHERE article = ?")?
                .query_row([id.0], |r| r.get(0))
                .optional()?;
            if let Some(old) = old {
                *counts.entry(old).or_default() += 1;
            }
        }
        shared.extend(counts.into_iter().map(|(old, count)| (count, old, index)));
    }
    // Most shared first; of equals the older number.
    shared.sort_by_key(|(count, old, index)| (std::cmp::Reverse(*count), *old, *index));
    let mut numbers = vec![None; stories.len()];
    let mut taken = HashSet::new();
    for (_, old, index) in shared {
        if numbers[index].is_none() && taken.insert(old) {
            numbers[index] = Some(old);
        }
    }
    Ok(numbers)
}

fn keep(tables: &Connection, story: &Made, number: Option<i64>) -> rusqlite::Result<()> {
    let number = if let Some(number) = number {
        number
    } else {
        tables.prepare_cached("INSERT INTO story (articles) VALUES (0)")?.execute([])?;
        tables.last_insert_rowid()
    };
    for id in &story.members {
        tables
            .prepare_cached("INSERT OR REPLACE INTO member (article, story) VALUES (?, ?)")?
            .execute(params![id.0, number])?;
    }
    tables.prepare_cached("DELETE FROM related WHERE story = ?")?.execute([number])?;
    for (id, why) in &story.related {
        let (word, days) = match why {
            OutsideReason::Days(days) => ("days", Some(*days)),
            OutsideReason::Undated => ("undated", None),
            OutsideReason::OtherEvent => ("other", None),
        };
        tables
            .prepare_cached("INSERT INTO related (story, article, reason, days) VALUES (?, ?, ?, ?)")?
            .execute(params![number, id.0, word, days])?;
    }
    Ok(())
}

fn load(tables: &Connection, ids: &[ArticleId]) -> rusqlite::Result<Vec<(Article, Analysis)>> {
    let mut list = Vec::with_capacity(ids.len());
    for id in ids {
        if let (Some(article), Some(analysis)) = (article::load(tables, *id)?, entity::analysis(tables, *id)?)
        {
            list.push((article, analysis));
        }
    }
    Ok(list)
}

/// Listed articles by number.
fn dated(tables: &Connection) -> rusqlite::Result<Vec<Dated>> {
    tables
        .prepare_cached("SELECT id, day FROM article WHERE replaced_by IS NULL ORDER BY id")?
        .query_map([], |r| {
            let day = r.get_ref(1)?.as_str_or_null()?.and_then(|d| d.parse::<Date>().ok());
            Ok((ArticleId(r.get(0)?), day.map(number_of)))
        })?
        .collect()
}

/// Days since a fixed one.
fn number_of(day: Date) -> i32 {
    let start = jiff::civil::date(2000, 1, 1);
    (day - start).get_days()
}

fn core_of(day: i32) -> i32 {
    day.div_euclid(CORE_DAYS)
}

fn day_of(all: &[Dated], id: ArticleId) -> Option<i32> {
    let at = all.binary_search_by_key(&id, |(id, _)| *id).ok()?;
    all.get(at)?.1
}

/// The cores whose stories articles after `last` may change, in order.
fn cores(all: &[Dated], last: ArticleId) -> BTreeSet<i32> {
    let new = all.iter().filter(|(id, _)| *id > last).filter_map(|(_, day)| *day);
    new.flat_map(|day| core_of(day - MARGIN_DAYS)..=core_of(day + MARGIN_DAYS)).collect()
}

/// The core in which the first of `ids` lies.
fn first_core(all: &[Dated], ids: &[ArticleId]) -> Option<i32> {
    ids.iter().filter_map(|id| day_of(all, *id)).min().map(core_of)
}

/// The articles that the window of a core looks at.
fn window(all: &[Dated], core: i32) -> Vec<ArticleId> {
    let first = core * CORE_DAYS;
    let days = first - MARGIN_DAYS..first + CORE_DAYS + MARGIN_DAYS;
    let near = all.iter().filter(|(_, day)| day.is_some_and(|d| days.contains(&d)));
    let undated = all.iter().filter(|(_, day)| day.is_none());
    let undated = if undated.clone().count() <= UNDATED { Some(undated) } else { None };
    near.chain(undated.into_iter().flatten()).map(|(id, _)| *id).collect()
}

/// Articles of stories that begin outside `cores`, and stay as they are.
fn members_of_others(
    tables: &Connection,
    all: &[Dated],
    cores: &BTreeSet<i32>,
) -> rusqlite::Result<HashSet<ArticleId>> {
    let mut stories: BTreeMap<i64, Vec<ArticleId>> = BTreeMap::new();
    let mut query = tables.prepare_cached("SELECT story, article FROM member")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        stories.entry(row.get(0)?).or_default().push(ArticleId(row.get(1)?));
    }
    let stay = |ids: &Vec<ArticleId>| first_core(all, ids).is_some_and(|core| !cores.contains(&core));
    Ok(stories.into_values().filter(stay).flatten().collect())
}

/// The last article that was grouped in the present form of analyses.
fn last_grouped(tables: &Connection) -> rusqlite::Result<ArticleId> {
    let value: Option<String> = tables
        .prepare_cached("SELECT value FROM meta WHERE name = 'grouped'")?
        .query_row([], |r| r.get(0))
        .optional()?;
    let last = value
        .as_deref()
        .and_then(|v| v.split_once(' '))
        .and_then(|(form, last)| (form == codec::FORM.to_string()).then(|| last.parse().ok()).flatten());
    Ok(ArticleId(last.unwrap_or(0)))
}

fn set_last_grouped(tables: &Connection, last: ArticleId) -> rusqlite::Result<()> {
    let value = format!("{} {}", codec::FORM, last.0);
    tables.execute("INSERT OR REPLACE INTO meta (name, value) VALUES ('grouped', ?)", [value])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::connections::Home;
    use crate::model::{Draft, ImportReport, Language, Paragraph, ParagraphKind, Published, Span, Title};

    fn draft(event: u32, outlet: &str, day: Date) -> Draft {
        let place = ["Aldorf", "Bremke", "Celmen", "Dornau", "Elzach"][event as usize % 5];
        let text = format!(
            "In {place} ist am Morgen die Schleuse {event} gebrochen. Das sagte Anna Lamb{event}er von der \
             Feuerwehr {place} dem {outlet}. Verletzt wurden {event} Menschen in {place}."
        );
        let span = Span::new(&text, 0..text.len()).expect("it is the whole text");
        Draft {
            title: Title { text: format!("Schleuse {event} in {place} gebrochen"), ..Title::default() },
            published: Published::Day(day),
            language: Language::German,
            paragraphs: vec![Paragraph { span, kind: ParagraphKind::Body }],
            text,
            ..Draft::default()
        }
    }

    #[test]
    fn windows_make_the_stories_that_the_whole_makes() {
        let library = Library::in_memory(Home::Memory).unwrap();
        let start = jiff::civil::date(2021, 3, 1);
        let drafts: Vec<Draft> = (0..30_u32)
            .flat_map(|event| {
                let day = start + jiff::Span::new().days(i64::from(event));
                let next = day + jiff::Span::new().days(1);
                [draft(event, "Blatt", day), draft(event, "Boten", next)]
            })
            .collect();
        library.store(&drafts, &mut ImportReport::default()).unwrap();
        library.prepare(&|| true).unwrap();
        // What is related may lie outside a window; what belongs together does not.
        let stories =
            || -> Vec<_> { library.stories().unwrap().into_iter().map(|s| (s.id, s.articles)).collect() };
        let whole = stories();
        assert_eq!(whole.len(), 30);
        let all = library.read(dated).unwrap();
        let changed = all[..10].iter().filter_map(|(_, day)| *day).map(core_of).collect();
        library.group_windows(&all, &changed, &|| true).unwrap();
        assert_eq!(stories(), whole, "what is not new is not touched");
        library.group_windows(&all, &cores(&all, ArticleId(0)), &|| true).unwrap();
        assert_eq!(stories(), whole);
    }
}
