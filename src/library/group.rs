//! Keeps stories up to date: which articles to group anew when others came, changed or went.
//!
//! What belongs together is decided by `compare::story`. A small library is grouped as a whole. In
//! a large one each *core* of some days is grouped with the days around it, and gives the stories
//! that begin in it; an article of two such stories stands in that of the earlier core. So the
//! stories follow from the articles alone, not from the order in which these came, and what is new
//! touches only the cores whose days are near it.
//!
//! The table `regroup` holds what is to be grouped; rows leave it in the transaction that stores
//! the last of the stories they may change. After any end, what is left is grouped the next time.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::PoisonError;

use jiff::ToSpan;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};

use super::membership::{Made, Numbers, tidy};
use super::{Error, Library, article, entity, profile};
use crate::compare::Analysed;
use crate::compare::story::{Entry, FORM, bound, group_entries};
use crate::model::{Analysis, Article, ArticleId};

/// Up to so many articles are grouped as a whole: that takes a tenth of a second, and all articles
/// decide which words are rare.
const WHOLE: u32 = 2000;

/// Days whose stories are made together.
const CORE_DAYS: i32 = 7;

/// Days before and behind the core that are looked at too: more than reports of one event are apart.
const MARGIN_DAYS: i32 = 4;

/// Most days between the articles of a story, and so how far it reaches out of its core.
const STORY_DAYS: i32 = 3;

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
    /// The library was grouped in another way, or never.
    all: bool,
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
            for (id, _) in &pending.articles {
                end.prepare_cached("DELETE FROM regroup WHERE article = ?")?.execute([id.0])?;
            }
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
        let mut cores = if pending.all { self.read(all_cores)? } else { cores(pending) };
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
    let grouped: Option<String> = tables
        .prepare_cached("SELECT value FROM meta WHERE name = 'grouped'")?
        .query_row([], |r| r.get(0))
        .optional()?;
    let all = grouped.as_deref().is_some_and(|g| g != form);
    if grouped.is_some_and(|g| g.split(' ').next() != form.split(' ').next()) {
        // The profiles are in another form.
        tables.execute(
            "INSERT OR IGNORE INTO regroup SELECT id, day FROM analysis JOIN article ON id = analysis.article",
            [],
        )?;
    }
    let articles = tables
        .prepare_cached("SELECT article, day FROM regroup")?
        .query_map([], |r| Ok((ArticleId(r.get(0)?), r.get_ref(1)?.as_str_or_null()?.and_then(day))))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(Pending { articles, all })
}

/// How many articles grouping looks at for all that is pending.
fn looked_at(tables: &Connection) -> rusqlite::Result<u32> {
    let articles = article::count(tables)?;
    if articles <= WHOLE {
        return Ok(articles);
    }
    let pending = tables
        .prepare_cached("SELECT DISTINCT day FROM regroup WHERE day IS NOT NULL")?
        .query_map([], |r| Ok((ArticleId(0), day(r.get_ref(0)?.as_str()?))))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let mut sum = 0;
    for core in cores(&Pending { articles: pending, all: false }) {
        let (from, to) = days_of_window(core);
        sum += tables
            .prepare_cached("SELECT count(*) FROM article WHERE replaced_by IS NULL AND day BETWEEN ? AND ?")?
            .query_row([from, to], |r| r.get::<_, u32>(0))?;
    }
    Ok(sum)
}

/// The cores whose stories what is pending may change.
fn cores(pending: &Pending) -> BTreeSet<i32> {
    let days: HashSet<i32> = pending.articles.iter().filter_map(|(_, day)| *day).collect();
    days.into_iter().flat_map(|day| core_of(day - MARGIN_DAYS)..=core_of(day + MARGIN_DAYS)).collect()
}

/// The cores of all articles and stories.
fn all_cores(tables: &Connection) -> rusqlite::Result<BTreeSet<i32>> {
    let mut query =
        tables.prepare("SELECT DISTINCT day FROM article WHERE replaced_by IS NULL AND day IS NOT NULL")?;
    let days = query.query_map([], |r| Ok(day(r.get_ref(0)?.as_str()?)))?;
    days.filter_map(Result::transpose).map(|day| day.map(core_of)).collect()
}

/// The articles that a core looks at, but for those without any day.
fn window(tables: &Connection, core: i32) -> rusqlite::Result<Vec<(ArticleId, Entry)>> {
    let (from, to) = days_of_window(core);
    profile::entries(tables, "day BETWEEN ? AND ?", [from, to])
}

fn days_of_window(core: i32) -> (String, String) {
    let first = core * CORE_DAYS;
    (text_of(first - MARGIN_DAYS), text_of(first + CORE_DAYS - 1 + MARGIN_DAYS))
}

/// The stories that begin in a core, by their articles whose day is stated.
fn old_stories(tables: &Connection, core: i32) -> rusqlite::Result<Vec<i64>> {
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
fn taken(tables: &Connection, core: i32, made: &[Made]) -> rusqlite::Result<HashSet<ArticleId>> {
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
fn reaching_out(tables: &Connection, stories: &[i64], core: i32) -> rusqlite::Result<BTreeSet<u32>> {
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

fn day(text: &str) -> Option<i32> {
    text.parse::<Date>().ok().map(number_of)
}

const START: Date = jiff::civil::date(2000, 1, 1);

/// Days since a fixed one.
fn number_of(day: Date) -> i32 {
    (day - START).get_days()
}

/// The day in the form of the tables.
fn text_of(number: i32) -> String {
    START.saturating_add(number.days()).to_string()
}

fn core_of(day: i32) -> i32 {
    day.div_euclid(CORE_DAYS)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::library::connections::Home;
    use crate::model::{
        Draft, ImportReport, Language, Paragraph, ParagraphKind, Published, Span, StoryRow, Title,
    };

    /// The report of an outlet on one of the events, three days after each other.
    fn draft(event: u32, outlet: u32) -> Draft {
        let place = ["Aldorf", "Bremke", "Celmen", "Dornau", "Elzach"][event as usize % 5];
        let text = format!(
            "In {place} ist am Morgen die Schleuse {event} gebrochen. Das sagte Anna Lamb{event}er von der \
             Feuerwehr {place} dem Blatt {outlet}. Verletzt wurden {event} Menschen in {place}."
        );
        let span = Span::new(&text, 0..text.len()).expect("it is the whole text");
        let day = START.saturating_add((i64::from(event) * 3 + i64::from(outlet)).days());
        Draft {
            title: Title { text: format!("Schleuse {event} in {place} gebrochen"), ..Title::default() },
            published: Published::Day(day),
            language: Language::German,
            url: Some(format!("https://blatt-{outlet}.example/{event}.html")),
            paragraphs: vec![Paragraph { span, kind: ParagraphKind::Body }],
            text,
            ..Draft::default()
        }
    }

    fn drafts() -> Vec<Draft> {
        (0..12).flat_map(|event| (0..2 + event % 2).map(move |outlet| draft(event, outlet))).collect()
    }

    fn add(library: &Library, drafts: &[Draft]) -> Vec<ArticleId> {
        let mut report = ImportReport::default();
        library.store(drafts, &mut report).unwrap();
        library.analyse_all(&report.added, &|| true).unwrap();
        report.added
    }

    fn stories(library: &Library) -> Vec<StoryRow> {
        library.stories().unwrap()
    }

    /// The stories by the texts of their articles.
    fn partition(library: &Library) -> BTreeSet<BTreeSet<String>> {
        let text = |id: &ArticleId| library.article(*id).unwrap().draft.text;
        stories(library).iter().map(|story| story.articles.iter().map(text).collect()).collect()
    }

    fn library() -> Library {
        Library::in_memory(Home::Memory).unwrap()
    }

    /// Grouped by days, however few the articles are.
    fn by_days(library: &Library) {
        library.make_stories(0, &|| true).unwrap();
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn any_order_and_any_batches_make_the_same_stories(
            mixed in Just(drafts()).prop_shuffle(),
            batch in 1_usize..30,
        ) {
            let (straight, shuffled) = (library(), library());
            add(&straight, &drafts());
            by_days(&straight);
            for part in mixed.chunks(batch) {
                add(&shuffled, part);
                by_days(&shuffled);
            }
            prop_assert_eq!(partition(&straight).len(), 12);
            prop_assert_eq!(partition(&straight), partition(&shuffled));
        }
    }

    #[test]
    fn days_make_the_stories_that_the_whole_makes_with_the_same_numbers() {
        let library = library();
        add(&library, &drafts());
        library.update_stories(&|| true).unwrap();
        let whole: Vec<_> = stories(&library).into_iter().map(|s| (s.id, s.articles)).collect();
        assert_eq!(whole.len(), 12);
        by_days(&library);
        let days: Vec<_> = stories(&library).into_iter().map(|s| (s.id, s.articles)).collect();
        assert_eq!(days, whole);
    }

    #[test]
    fn stories_keep_their_numbers_when_articles_come() {
        let library = library();
        let (first, later): (Vec<Draft>, Vec<Draft>) =
            drafts().into_iter().partition(|d| !d.text.contains("Blatt 2") && !d.text.contains("Schleuse 5"));
        add(&library, &first);
        by_days(&library);
        let before = stories(&library);
        add(&library, &later);
        by_days(&library);
        let after = stories(&library);
        assert_eq!((before.len(), after.len()), (11, 12));
        for story in before {
            let same = after.iter().find(|s| s.id == story.id).expect("its number is kept");
            assert!(story.articles.iter().all(|id| same.articles.contains(id)));
        }
    }

    #[test]
    fn a_version_that_is_replaced_leaves_its_story() {
        let library = library();
        add(&library, &drafts());
        by_days(&library);
        let mut newer = draft(4, 0);
        newer.text.push_str(" Der Rat hat am Abend beraten.");
        let id = add(&library, &[newer])[0];
        by_days(&library);
        let story = stories(&library).into_iter().find(|s| s.articles.contains(&id)).expect("it has a story");
        assert_eq!(story.articles.len(), 2, "the other outlet's and the newer version");
        assert_eq!(library.rows(&[id]).unwrap()[0].story.map(|s| s.articles), Some(2));
    }

    #[test]
    fn what_was_broken_off_is_grouped_the_next_time() {
        let library = library();
        add(&library, &drafts());
        let asked = std::cell::Cell::new(0);
        let few = || asked.replace(asked.get() + 1) < 4;
        assert!(matches!(library.make_stories(0, &few), Err(Error::Overtaken)));
        by_days(&library);
        let other = self::library();
        add(&other, &drafts());
        by_days(&other);
        assert_eq!(partition(&library), partition(&other));
        let left: u32 =
            library.read(|t| t.query_row("SELECT count(*) FROM regroup", [], |r| r.get(0))).unwrap();
        assert_eq!(left, 0);
    }
}
