//! From files to articles: read, analysed, stored in batches, indexed and grouped.

use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Instant;

use rusqlite::{Connection, TransactionBehavior};

use super::connections::Home;
use super::files::{self, Found};
use super::lease::Lease;
use super::pace::Pace;
use super::pipeline::{self, Event, Made};
use super::storing::{self, Stored};
use super::{Error, Library, correction, entity, identity};
use crate::ingest::Given;
use crate::model::{Analysis, Draft, ImportReport, Progress};

/// Articles a transaction: one write to the disk each, and "stop" is heard in between.
const BATCH: usize = 200;

/// Articles between two updates of index and stories.
const PORTION: usize = 4000;

impl Library {
    /// Reads files and folders and stores their articles with what they say, in batches, and indexes
    /// and groups them; importing the same again adds nothing. `progress` is told after each batch,
    /// and in between at least every few milliseconds, and says whether to go on.
    ///
    /// What was stored when it is stopped, or fails, stays; the next import goes on from there. When
    /// it returns without having been stopped, all it stored is on the disk.
    ///
    /// # Errors
    /// Where the library's file cannot be written. A file that cannot be read is no error: it stands
    /// in the report.
    pub fn import(
        &self,
        paths: &[PathBuf],
        progress: &dyn Fn(&Progress) -> bool,
    ) -> Result<ImportReport, Error> {
        self.import_given(paths, &Given::default(), progress)
    }

    /// The same, with what the user says of all these articles.
    ///
    /// # Errors
    /// Those of [`Library::import`].
    pub fn import_given(
        &self,
        paths: &[PathBuf],
        given: &Given,
        progress: &dyn Fn(&Progress) -> bool,
    ) -> Result<ImportReport, Error> {
        let (found, refused) = files::find_given(paths, given);
        if found.is_empty() {
            return Ok(ImportReport { refused, ..ImportReport::default() });
        }
        self.persist()?;
        let is_known = |drafts: &[Draft]| self.known(drafts);
        let is_wanted = &AtomicBool::new(true);
        thread::scope(|scope| {
            // At most one portion waits: who sorts in takes all that is there by then.
            let (portions, due) = sync_channel(1);
            let sorter = scope.spawn(move || self.sort_in_portions(&due, is_wanted));
            let read = &AtomicU32::new(0);
            let mut job = Job::new(self, progress, &found, portions, read);
            job.report.refused = refused;
            let made = pipeline::run(found, read, &is_known, &mut |event| match event {
                Event::Made(made) => job.take(made),
                Event::Waiting => Ok(job.tell()),
            });
            // What is left is sorted in below, where progress is told and "stop" is heard.
            is_wanted.store(false, Ordering::Relaxed);
            job.portions = None;
            let in_portions = sorter.join().unwrap_or_else(|fall| resume_unwind(fall));
            made.and(in_portions)?;
            job.finish()
        })
    }

    /// Indexes and groups what is new, beside whoever stores, as often as a portion is due.
    fn sort_in_portions(&self, due: &Receiver<()>, is_wanted: &AtomicBool) -> Result<(), Error> {
        let go_on = || is_wanted.load(Ordering::Relaxed);
        while due.recv().is_ok() && go_on() {
            match self.update_index(&go_on).and_then(|()| self.keep_up_stories(&go_on)) {
                Ok(()) | Err(Error::Overtaken) => {}
                failed => return failed,
            }
        }
        Ok(())
    }

    /// Which of `drafts` the library has; none where it cannot tell: who stores them asks again.
    fn known(&self, drafts: &[Draft]) -> Vec<bool> {
        let identities: Vec<_> = drafts.iter().map(|draft| identity::of_text(&draft.text)).collect();
        self.read(|tables| {
            let pairs = drafts.iter().zip(&identities);
            pairs.map(|(draft, hash)| storing::is_known(tables, draft, hash)).collect()
        })
        .unwrap_or_default()
    }

    /// What the first import into a library would do, with what the user says of all these articles.
    ///
    /// # Errors
    /// Where memory is short.
    pub fn rehearse_first(paths: &[PathBuf], given: &Given) -> Result<ImportReport, Error> {
        Self::in_memory(Home::Memory)?.rehearse(paths, given)
    }

    /// What an import of `paths` would do, with what the user says of all these articles; nothing is
    /// written.
    ///
    /// # Errors
    /// Where the library's file cannot be read, or another program writes to it.
    pub fn rehearse(&self, paths: &[PathBuf], given: &Given) -> Result<ImportReport, Error> {
        let (found, refused) = files::find_given(paths, given);
        let mut report = ImportReport { refused, ..ImportReport::default() };
        self.with(|tables| {
            // Stored and then taken back, so that the same code decides what is a duplicate.
            let trial = tables.transaction()?;
            for file in found {
                let mut failed = None;
                let read = files::read(&file, &mut |drafts| {
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
    pub(super) fn take_files(&self, found: Vec<Found>, report: &mut ImportReport) -> Result<(), Error> {
        for file in found {
            let mut failed = None;
            let read = files::read(&file, &mut |drafts| {
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
    /// Lists and articles can be read before and meanwhile. While another process imports, or does
    /// just this, it is left to that one; see [`Library::is_work_left`].
    ///
    /// # Errors
    /// `Overtaken` where `is_current` said no; else where the file cannot be read or written.
    pub fn prepare(&self, is_current: &dyn Fn() -> bool) -> Result<(), Error> {
        if self.is_read_only() {
            // What is not analysed yet cannot be kept: it is analysed when it is asked for.
            return self.update_index(is_current);
        }
        let lease = Lease::of_work(self.folder().as_deref());
        self.is_left.store(lease.is_none(), Ordering::Relaxed);
        if lease.is_none() {
            return Ok(());
        }
        self.analyse_rest(is_current)?;
        self.update_index(is_current)?;
        self.update_stories(is_current)
    }

    /// Whether [`Library::prepare`] has left something to another process.
    #[must_use]
    pub fn has_left_work(&self) -> bool {
        self.is_left.load(Ordering::Relaxed)
    }

    /// Whether it did, and that process has ended, or is done.
    #[must_use]
    pub fn is_work_left(&self) -> bool {
        self.has_left_work() && Lease::of_work(self.folder().as_deref()).is_some()
    }

    /// Writes what the journal holds into the file itself, and to the disk. Only a reader that is
    /// still at an older page keeps some of it waiting, until next time.
    fn settle(&self) {
        let _ = self.with(|tables| tables.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())));
    }

    /// Stores drafts without analysing them.
    pub(super) fn store(&self, drafts: &[Draft], report: &mut ImportReport) -> Result<(), Error> {
        self.with(|tables| {
            let batch = tables.transaction()?;
            store_in(&batch, drafts, report)?;
            batch.commit()
        })
    }
}

fn store_in(tables: &Connection, drafts: &[Draft], report: &mut ImportReport) -> rusqlite::Result<()> {
    for draft in drafts {
        match storing::insert(tables, draft)? {
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
    start: Instant,
    pace: Pace,
    progress: Progress,
    report: ImportReport,
    /// Made, but not stored yet.
    waiting: Vec<(Draft, Analysis)>,
    /// Articles stored since index and stories were last asked to be brought up to date.
    portion: usize,
    /// Where that is asked.
    portions: Option<SyncSender<()>>,
    /// Files read so far.
    read: &'a AtomicU32,
    /// Other processes leave the library to this one.
    lease: Lease,
}

impl<'a> Job<'a> {
    fn new(
        library: &'a Library,
        tell: &'a dyn Fn(&Progress) -> bool,
        found: &[Found],
        portions: SyncSender<()>,
        read: &'a AtomicU32,
    ) -> Self {
        let progress = Progress {
            of: size(found.len()),
            of_bytes: found.iter().map(|file| file.bytes).sum(),
            ..Progress::default()
        };
        Self {
            library,
            tell,
            start: Instant::now(),
            pace: Pace::new(),
            progress,
            report: ImportReport::default(),
            waiting: Vec::new(),
            portion: 0,
            portions: Some(portions),
            read,
            lease: Lease::of_import(library.folder().as_deref()),
        }
    }

    /// Says how far it is; whether to go on.
    fn tell(&mut self) -> bool {
        self.progress.added = size(self.report.added.len());
        self.progress.duplicates = self.report.duplicates;
        self.note_refused();
        self.progress.read = self.read.load(Ordering::Relaxed);
        let at_work = self.progress.added + self.report.duplicates;
        self.progress.recognised = at_work + size(self.waiting.len());
        let indexed = self.library.indexed.load(Ordering::Relaxed);
        self.progress.sorted_in = size(self.report.added.partition_point(|id| id.0 <= indexed));
        let articles = u64::from(self.progress.added) + u64::from(self.progress.duplicates);
        self.pace.note(self.start.elapsed(), articles, self.progress.bytes);
        self.progress.per_second = self.pace.per_second();
        self.progress.seconds_left = self.pace.seconds_left(self.progress.of_bytes);
        let go_on = !self.report.stopped && (self.tell)(&self.progress);
        self.report.stopped = !go_on;
        go_on
    }

    /// Names the latest files that were refused, where there are more than before.
    fn note_refused(&mut self) {
        let all = &self.report.refused;
        if size(all.len()) != self.progress.refused {
            self.progress.refused = size(all.len());
            let first = all.len().saturating_sub(Progress::REFUSED);
            self.progress.latest_refused = all.get(first..).unwrap_or_default().to_vec();
        }
    }

    /// Takes what was made of some files; whether to go on.
    fn take(&mut self, made: Made) -> Result<bool, Error> {
        self.report.duplicates += made.known;
        self.report.refused.extend(made.refused);
        self.waiting.extend(made.articles);
        self.progress.origin = made.origin;
        self.progress.files += made.files;
        while self.waiting.len() >= BATCH {
            self.store()?;
            if !self.tell() {
                return Ok(false);
            }
        }
        self.progress.bytes += made.bytes;
        if self.portion >= PORTION
            && self.portions.as_ref().is_some_and(|portions| portions.try_send(()).is_ok())
        {
            self.portion = 0;
        }
        Ok(self.tell())
    }

    /// Stores the next batch, in one transaction.
    fn store(&mut self) -> Result<(), Error> {
        let count = self.waiting.len().min(BATCH);
        let batch: Vec<(Draft, Analysis)> = self.waiting.drain(..count).collect();
        // Only what was committed is reported.
        let (mut added, mut updated, mut duplicates) = (Vec::with_capacity(count), 0, 0);
        self.library.with(|tables| {
            let all = tables.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for (draft, analysis) in &batch {
                let id = match storing::insert(&all, draft)? {
                    Stored::Duplicate => {
                        duplicates += 1;
                        continue;
                    }
                    Stored::Added(id) => id,
                    Stored::Updated(id) => {
                        updated += 1;
                        id
                    }
                };
                added.push(id);
                // With the reader's corrections it says something else, which is found out later.
                if correction::reads_as_stated(&all, id)? {
                    entity::store(&all, id, &draft.text, analysis)?;
                }
            }
            all.commit()
        })?;
        self.lease.insist();
        self.portion += added.len();
        self.report.added.extend(added);
        self.report.updated += updated;
        self.report.duplicates += duplicates;
        Ok(())
    }

    /// Indexes and groups what is left.
    fn sort_in(&mut self) -> Result<(), Error> {
        let library = self.library;
        let job = std::cell::RefCell::new(self);
        let go_on = || job.borrow_mut().tell();
        let analysed = library.analyse_rest(&go_on);
        match analysed
            .and_then(|()| library.update_index(&go_on))
            .and_then(|()| library.update_stories(&go_on))
        {
            Err(Error::Overtaken) => Ok(()),
            done => done,
        }
    }

    /// Stores the rest, and sees to it that all is found and on the disk.
    fn finish(mut self) -> Result<ImportReport, Error> {
        // Complete loads that were under way when it was stopped are kept too.
        while !self.waiting.is_empty() {
            self.store()?;
        }
        self.progress.is_stored = !self.report.stopped;
        if self.tell() {
            self.sort_in()?;
            self.library.settle();
        }
        self.report.took_ms = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        Ok(self.report)
    }
}

fn size(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
