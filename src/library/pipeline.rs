//! Files to analysed articles, on all cores, in the order of the files.
//!
//! One thread reads bytes, as many as there are cores make articles of them and analyse those; what
//! is made comes out in order, whichever thread was first, so that the same files give the same
//! numbers. At most [`UNDER_WAY`] loads a core are under way: memory does not grow with the files,
//! nor with how slowly they are stored.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::analysing::analyse_one;
use super::files::{self, Found};
use super::parts::{Content, PART_BYTES, Part};
use crate::model::{Analysis, Draft, Refusal, RefusalReason};

/// Loads under way a core: enough that nobody waits while a batch is stored or indexed.
const UNDER_WAY: usize = 6;

/// Files in a load, where they are small.
const FILES: usize = 40;

/// How often whoever waits for a load looks up.
const GLANCE: Duration = Duration::from_millis(10);

/// What came of some files or of a part of one.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// New articles with what they say.
    pub articles: Vec<(Draft, Analysis)>,
    /// Articles that the library has.
    pub known: u32,
    /// What gave no article.
    pub refused: Vec<Refusal>,
    /// Files that ended in it.
    pub files: u32,
    /// Bytes of the files that it stands for.
    pub bytes: u64,
    /// Its last file.
    pub origin: String,
}

/// What the taker of loads is told.
pub(super) enum Event {
    /// The next load.
    Made(Made),
    /// Nothing for a moment.
    Waiting,
}

/// Some files or a part of one, as read.
#[derive(Debug, Default)]
struct Load {
    parts: Vec<Part>,
    refused: Vec<Refusal>,
    files: u32,
    bytes: u64,
    origin: String,
}

/// Reads `found`, counting the files that were read, and hands what comes of it to `take`, in order, until
/// it says no or fails. `is_known`
/// tells which articles need no analysis; it is asked on several threads.
pub(super) fn run<E>(
    found: Vec<Found>,
    count: &AtomicU32,
    is_known: &(dyn Fn(&[Draft]) -> Vec<bool> + Sync),
    take: &mut dyn FnMut(Event) -> Result<bool, E>,
) -> Result<(), E> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let stop = &AtomicBool::new(false);
    let (loads, inbox) = channel();
    let (done, outbox) = channel();
    let (permits, returned) = sync_channel(UNDER_WAY * threads);
    let inbox = Mutex::new(inbox);
    thread::scope(|scope| {
        // However this ends, the threads do too: they hear it, and their channels close.
        let outbox = outbox;
        let returned = returned;
        let _stop = StopOnDrop(stop);
        scope.spawn(move || read(found, &Out { loads, permits, stop, count }));
        let inbox = &inbox;
        for _ in 0..threads {
            let done = done.clone();
            scope.spawn(move || work(inbox, &done, is_known, stop));
        }
        drop(done);
        in_order(&outbox, &returned, take)
    })
}

/// Hands on what is made as soon as all before it is.
fn in_order<E>(
    outbox: &Receiver<(usize, Made)>,
    returned: &Receiver<()>,
    take: &mut dyn FnMut(Event) -> Result<bool, E>,
) -> Result<(), E> {
    let mut early: BTreeMap<usize, Made> = BTreeMap::new();
    let mut next = 0;
    loop {
        while let Some(made) = early.remove(&next) {
            next += 1;
            // One more load may be read.
            let _ = returned.try_recv();
            if !take(Event::Made(made))? {
                return Ok(());
            }
        }
        match outbox.recv_timeout(GLANCE) {
            Ok((number, made)) => {
                early.insert(number, made);
            }
            Err(RecvTimeoutError::Timeout) => {
                if !take(Event::Waiting)? {
                    return Ok(());
                }
            }
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
    }
}

struct StopOnDrop<'a>(&'a AtomicBool);

impl Drop for StopOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Where the reading thread puts loads.
struct Out<'a> {
    loads: Sender<(usize, Load)>,
    permits: SyncSender<()>,
    stop: &'a AtomicBool,
    count: &'a AtomicU32,
}

/// Reads files until told to stop.
fn read(found: Vec<Found>, out: &Out<'_>) {
    let mut number = 0;
    let mut load = Load::default();
    // Bytes to be worked on in the load at hand.
    let mut size = 0;
    let mut send = |load: &mut Load| {
        let full = std::mem::take(load);
        number += 1;
        !out.stop.load(Ordering::Relaxed)
            && out.permits.send(()).is_ok()
            && out.loads.send((number - 1, full)).is_ok()
    };
    for file in found {
        let mut seen = 0;
        let mut go_on = true;
        load.origin = file.path.to_string_lossy().into_owned();
        let read = files::parts(&file.path, &mut |part| {
            // An archive may hold more than it is long itself.
            let read = part.read_bytes.min(file.bytes.saturating_sub(seen));
            seen += read;
            load.bytes += read;
            size += part.size();
            load.parts.push(Part { beside: file.beside.clone(), ..part });
            if size >= PART_BYTES {
                size = 0;
                go_on = send(&mut load);
                load.origin = file.path.to_string_lossy().into_owned();
            }
            go_on
        });
        if !go_on {
            return;
        }
        if let Err(reason) = read {
            load.refused.push(files::refusal(&file.path, reason));
        }
        load.files += 1;
        out.count.fetch_add(1, Ordering::Relaxed);
        load.bytes += file.bytes.saturating_sub(seen);
        if load.files as usize >= FILES {
            size = 0;
            if !send(&mut load) {
                return;
            }
        }
    }
    send(&mut load);
}

/// Makes articles of loads until there are none.
fn work(
    inbox: &Mutex<Receiver<(usize, Load)>>,
    done: &Sender<(usize, Made)>,
    is_known: &(dyn Fn(&[Draft]) -> Vec<bool> + Sync),
    stop: &AtomicBool,
) {
    loop {
        let next = inbox.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, load)) = next else { return };
        let Some(made) = make(load, is_known, stop) else { return };
        if done.send((number, made)).is_err() {
            return;
        }
    }
}

/// The articles of a load; `None` where it was told to stop.
fn make(load: Load, is_known: &dyn Fn(&[Draft]) -> Vec<bool>, stop: &AtomicBool) -> Option<Made> {
    let mut made = Made {
        refused: load.refused,
        files: load.files,
        bytes: load.bytes,
        origin: load.origin,
        ..Made::default()
    };
    for part in load.parts {
        let (drafts, refused) = drafts_of(part);
        made.refused.extend(refused);
        let known = is_known(&drafts);
        for (index, draft) in drafts.into_iter().enumerate() {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            if known.get(index) == Some(&true) {
                made.known += 1;
            } else {
                let analysis = analyse_one(&draft);
                made.articles.push((draft, analysis));
            }
        }
    }
    Some(made)
}

/// The articles of a part. Should reading it fall, its lines are read one by one, so that only the
/// one at fault is lost.
fn drafts_of(part: Part) -> (Vec<Draft>, Vec<Refusal>) {
    let read = |bytes: &[u8], lines| {
        catch_unwind(AssertUnwindSafe(|| files::drafts(bytes, &part.origin, lines, part.beside.as_deref())))
            .ok()
    };
    let Content::Bytes(bytes) = &part.content else {
        let origin = part.origin.clone();
        return catch_unwind(AssertUnwindSafe(|| files::drafts_of(part))).unwrap_or_else(|_| {
            let reason = RefusalReason::NotUnderstood("internal error".to_owned());
            (Vec::new(), vec![Refusal { origin, reason }])
        });
    };
    if let Some(all) = read(bytes, part.lines) {
        return all;
    }
    let (mut drafts, mut refused) = (Vec::new(), Vec::new());
    for (line, bytes) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let number = part.lines + line;
        if let Some((list, more)) = read(bytes, number) {
            drafts.extend(list);
            refused.extend(more);
        } else {
            let origin = format!("{}:{}", part.origin, number + 1);
            refused
                .push(Refusal { origin, reason: RefusalReason::NotUnderstood("internal error".to_owned()) });
        }
    }
    (drafts, refused)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::fs;

    use super::*;

    fn dump(folder: &std::path::Path, name: &str, articles: usize) -> Found {
        let line = |n: usize| {
            let more = "Er ging. ".repeat(n % 90);
            format!("{{\"id\": \"{name}{n}\", \"body\": \"Der Rat tagte zum {n}. Mal. {more}\"}}")
        };
        let lines = (0..articles).map(line).collect::<Vec<_>>().join("\n");
        let path = folder.join(name);
        fs::write(&path, &lines).unwrap();
        Found { path, bytes: lines.len() as u64, beside: None }
    }

    fn keys(found: Vec<Found>, is_known: &(dyn Fn(&[Draft]) -> Vec<bool> + Sync)) -> (Vec<String>, u32, u64) {
        let (mut keys, mut known, mut bytes) = (Vec::new(), 0, 0);
        run::<Infallible>(found, &AtomicU32::new(0), is_known, &mut |event| {
            if let Event::Made(made) = event {
                keys.extend(made.articles.into_iter().filter_map(|(draft, _)| draft.key));
                known += made.known;
                bytes += made.bytes;
            }
            Ok(true)
        })
        .unwrap();
        (keys, known, bytes)
    }

    #[test]
    fn articles_come_in_the_order_of_the_files() {
        let folder = tempfile::tempdir().unwrap();
        let found: Vec<Found> = [("b.jsonl", 900), ("a.jsonl", 3), ("c.jsonl", 700)]
            .map(|(n, c)| dump(folder.path(), n, c))
            .into();
        let bytes: u64 = found.iter().map(|f| f.bytes).sum();
        let expected: Vec<String> = [("b.jsonl", 900), ("a.jsonl", 3), ("c.jsonl", 700)]
            .iter()
            .flat_map(|(name, count)| (0..*count).map(move |n| format!("{name}{n}")))
            .collect();
        assert_eq!(keys(found, &|drafts| vec![false; drafts.len()]), (expected, 0, bytes));
    }

    #[test]
    fn known_articles_are_counted_and_not_analysed() {
        let folder = tempfile::tempdir().unwrap();
        let found = vec![dump(folder.path(), "a.jsonl", 50)];
        let odd = |drafts: &[Draft]| {
            drafts.iter().map(|d| d.key.as_deref().is_some_and(|k| k.ends_with('7'))).collect()
        };
        let (keys, known, _) = keys(found, &odd);
        assert_eq!((keys.len(), known), (45, 5));
    }

    #[test]
    fn a_stopped_run_ends_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let found = vec![dump(folder.path(), "a.jsonl", 3000)];
        let mut loads = 0;
        run::<Infallible>(found, &AtomicU32::new(0), &|drafts| vec![false; drafts.len()], &mut |event| {
            loads += usize::from(matches!(event, Event::Made(_)));
            Ok(loads < 2)
        })
        .unwrap();
        assert_eq!(loads, 2);
    }

    #[test]
    fn a_failure_of_the_taker_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let found = vec![dump(folder.path(), "a.jsonl", 300)];
        let failed =
            run(found, &AtomicU32::new(0), &|drafts| vec![false; drafts.len()], &mut |_| Err("full"));
        assert_eq!(failed, Err("full"));
    }
}
