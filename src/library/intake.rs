//! From files to articles: read, stored in batches, analysed.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::thread;

use rusqlite::Connection;

use super::article::{self, Stored};
use super::{Error, Library, entity, files};
use crate::analysis::analyse;
use crate::model::{Analysis, Article, ArticleId, Draft, ImportReport, Progress};

/// Articles a transaction: one write to the disk each, and "stop" is heard in between.
const BATCH: usize = 200;

impl Library {
    /// Reads files and folders and stores their articles, in batches; importing the same again adds
    /// nothing. `progress` is told of every file and says whether to go on.
    ///
    /// What was stored when it is stopped, or fails, stays; the next import goes on from there.
    ///
    /// # Errors
    /// Where the library's file cannot be written. A file that cannot be read is no error: it stands
    /// in the report.
    pub fn import(
        &self,
        paths: &[PathBuf],
        progress: &dyn Fn(&Progress) -> bool,
    ) -> Result<ImportReport, Error> {
        let (found, refused) = files::find(paths);
        if found.is_empty() {
            return Ok(ImportReport { refused, ..ImportReport::default() });
        }
        self.persist()?;
        let mut job = Job::new(self, progress, u32::try_from(found.len()).unwrap_or(u32::MAX));
        job.report.refused = refused;
        for path in found {
            job.progress.origin = path.to_string_lossy().into_owned();
            if !job.tell() {
                break;
            }
            let mut failed = None;
            let read = files::read(&path, &mut |drafts| match job.take(drafts) {
                Ok(go_on) => go_on,
                Err(error) => {
                    failed = Some(error);
                    false
                }
            });
            if let Some(error) = failed {
                return Err(error);
            }
            job.report.refused.extend(read);
            job.progress.files += 1;
        }
        job.flush()?;
        job.tell();
        self.update_index(&|| true)?;
        self.update_stories(&|| true)?;
        Ok(job.report)
    }

    /// What an import of `paths` would do; nothing is written.
    ///
    /// # Errors
    /// Where the library's file cannot be read, or another program writes to it.
    pub fn rehearse(&self, paths: &[PathBuf]) -> Result<ImportReport, Error> {
        let (found, refused) = files::find(paths);
        let mut report = ImportReport { refused, ..ImportReport::default() };
        self.with(|tables| {
            // Stored and then taken back, so that the same code decides what is a duplicate.
            let trial = tables.transaction()?;
            for path in found {
                let mut failed = None;
                let read = files::read(&path, &mut |drafts| {
                    failed = store_in(&trial, &drafts, &mut report).err();
                    failed.is_none()
                });
                if let Some(error) = failed {
                    return Err(error);
                }
                report.refused.extend(read);
            }
            trial.rollback()
        })?;
        Ok(report)
    }

    /// Stores the articles of files; what cannot be read stands in the report.
    pub(super) fn take_files(&self, found: Vec<PathBuf>, report: &mut ImportReport) -> Result<(), Error> {
        for path in found {
            let mut failed = None;
            let read = files::read(&path, &mut |drafts| {
                failed = self.store(&drafts, report).err();
                failed.is_none()
            });
            if let Some(error) = failed {
                return Err(error);
            }
            report.refused.extend(read);
        }
        Ok(())
    }

    /// Makes the library whole: analyses what is not analysed yet and indexes and groups by
    /// event what is new.
    ///
    /// Lists and articles can be read before and meanwhile.
    ///
    /// # Errors
    /// `Overtaken` where `is_current` said no; else where the file cannot be read or written.
    pub fn prepare(&self, is_current: &dyn Fn() -> bool) -> Result<(), Error> {
        if self.is_read_only() {
            // What is not analysed yet cannot be kept: it is analysed when it is asked for.
            return self.update_index(is_current);
        }
        let open = self.read(entity::without_analysis)?;
        self.analyse_all(&open, is_current)?;
        self.update_index(is_current)?;
        self.update_stories(is_current)
    }

    /// Stores drafts without analysing them.
    pub(super) fn store(&self, drafts: &[Draft], report: &mut ImportReport) -> Result<(), Error> {
        self.with(|tables| {
            let batch = tables.transaction()?;
            store_in(&batch, drafts, report)?;
            batch.commit()
        })
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
            let articles: Vec<Article> = self.read(|tables| {
                batch.iter().filter_map(|id| article::load(tables, *id).transpose()).collect()
            })?;
            let analyses = analyse_each(&articles);
            self.with(|tables| {
                let batch = tables.transaction()?;
                for (article, analysis) in articles.iter().zip(&analyses) {
                    entity::store(&batch, article.id, analysis)?;
                }
                batch.commit()
            })?;
        }
        Ok(())
    }
}

fn store_in(tables: &Connection, drafts: &[Draft], report: &mut ImportReport) -> rusqlite::Result<()> {
    for draft in drafts {
        match article::insert(tables, draft)? {
            Stored::Added(id) => report.added.push(id),
            Stored::Updated(id) => {
                report.added.push(id);
                report.updated += 1;
            }
            Stored::Duplicate => report.duplicates += 1,
        }
    }
    Ok(())
}

/// One import under way.
struct Job<'a> {
    library: &'a Library,
    tell: &'a dyn Fn(&Progress) -> bool,
    progress: Progress,
    report: ImportReport,
    waiting: Vec<Draft>,
}

impl<'a> Job<'a> {
    fn new(library: &'a Library, tell: &'a dyn Fn(&Progress) -> bool, of: u32) -> Self {
        let progress = Progress { of, ..Progress::default() };
        Self { library, tell, progress, report: ImportReport::default(), waiting: Vec::new() }
    }

    /// Says how far it is; whether to go on.
    fn tell(&mut self) -> bool {
        let size = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        self.progress.added = size(self.report.added.len());
        self.progress.duplicates = self.report.duplicates;
        self.progress.refused = size(self.report.refused.len());
        let go_on = !self.report.stopped && (self.tell)(&self.progress);
        self.report.stopped = !go_on;
        go_on
    }

    fn take(&mut self, drafts: Vec<Draft>) -> Result<bool, Error> {
        for draft in drafts {
            self.waiting.push(draft);
            if self.waiting.len() >= BATCH {
                self.flush()?;
                if !self.tell() {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    fn flush(&mut self) -> Result<(), Error> {
        let before = self.report.added.len();
        self.library.store(&std::mem::take(&mut self.waiting), &mut self.report)?;
        let new = self.report.added.get(before..).unwrap_or_default();
        self.library.analyse_all(new, &|| true)
    }
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
