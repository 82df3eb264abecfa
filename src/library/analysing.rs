//! What articles say is found out on all cores and kept; up to which article all was, is remembered.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use rusqlite::Connection;

use super::{Error, Library, article, correction, entity};
use crate::analysis::analyse;
use crate::model::{Analysis, Article, ArticleId, Draft};

/// Articles that are analysed and stored at a time.
const BATCH: usize = 200;

impl Library {
    /// Analyses what came without having been analysed. Up to which article all are is remembered, so
    /// that nobody looks through all of them to find nothing.
    pub(super) fn analyse_rest(&self, is_current: &dyn Fn() -> bool) -> Result<(), Error> {
        let (open, newest, is_new) = self.read(|tables| {
            let (known, newest) = (entity::analysed_up_to(tables)?, article::newest(tables)?);
            let mut open = entity::without_analysis(tables, known)?;
            // Those that were corrected have lost theirs.
            open.extend(entity::corrected_without_analysis(tables, known)?);
            Ok((open, newest, newest > known))
        })?;
        self.analyse_all(&open, is_current)?;
        if is_new {
            self.with(|tables| entity::set_analysed(tables, newest))?;
        }
        Ok(())
    }

    /// Analyses `ids` outside the lock, on all cores, and stores what they say. Stops where
    /// `is_current` says no.
    ///
    /// # Errors
    /// `Overtaken` where it stopped; else where the file cannot be read or written.
    pub(super) fn analyse_all(&self, ids: &[ArticleId], is_current: &dyn Fn() -> bool) -> Result<(), Error> {
        for batch in ids.chunks(BATCH) {
            if !is_current() {
                return Err(Error::Overtaken);
            }
            let (corrected, articles) = self.read(|tables| {
                let all = batch.iter().filter_map(|id| article::load(tables, *id).transpose());
                Ok((correction::newest(tables)?, all.collect::<rusqlite::Result<Vec<_>>>()?))
            })?;
            let analyses = analyse_each(&articles);
            self.with(|tables| {
                let batch = tables.transaction()?;
                for (article, analysis) in articles.iter().zip(&analyses) {
                    store(&batch, article, analysis, corrected)?;
                }
                batch.commit()
            })?;
        }
        Ok(())
    }
}

/// Stores what an article says, unless it was corrected after it was read: then it is analysed anew.
/// `corrected` is the number of the newest correction at that time.
pub(super) fn store(
    tables: &Connection,
    article: &Article,
    analysis: &Analysis,
    corrected: i64,
) -> rusqlite::Result<()> {
    let is_as_read = || -> rusqlite::Result<bool> {
        let now = article::load(tables, article.id)?;
        Ok(now.is_some_and(|now| correction::reads_alike(&now.draft, &article.draft)))
    };
    if correction::newest(tables)? == corrected || is_as_read()? {
        entity::store(tables, article.id, &article.draft.text, analysis)?;
    }
    Ok(())
}

/// Analyses on all cores; in the order of `articles`.
fn analyse_each(articles: &[Article]) -> Vec<Analysis> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    if threads == 1 || articles.len() < 2 {
        return articles.iter().map(|a| analyse_one(&a.draft)).collect();
    }
    let share = articles.len().div_ceil(threads);
    thread::scope(|scope| {
        let parts: Vec<_> = articles
            .chunks(share)
            .map(|part| scope.spawn(|| part.iter().map(|a| analyse_one(&a.draft)).collect::<Vec<_>>()))
            .collect();
        parts
            .into_iter()
            .flat_map(|part| part.join().expect("a fall in analysis is caught where it happens"))
            .collect()
    })
}

/// What an article says; nothing, should the analysis fall: one odd text must not keep the others
/// from being read.
pub(super) fn analyse_one(draft: &Draft) -> Analysis {
    catch_unwind(AssertUnwindSafe(|| analyse(draft))).unwrap_or_default()
}
