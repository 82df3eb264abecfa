//! Many feeds at once: hosts side by side, one connection each.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::Fetcher;
use crate::model::address::host;
use crate::model::{Feed, Fetched, Missed, Trouble};

/// How often it is looked whether to go on.
const GLANCE: Duration = Duration::from_millis(50);

/// Feeds of one host, asked for one after the other.
type Host = VecDeque<Feed>;

/// What came of a feed.
type Answer = (Feed, Result<Fetched, Missed>);

/// Asks for `feeds` and hands what comes of each to `take`, in the order of arrival and on this thread, until
/// one of `take` and `go_on` says no. Then it returns at once; requests under way are let go.
///
/// Where a server asks to wait, the feeds of its host that are left are not asked for; they get the same
/// answer.
pub fn round(
    fetcher: &Fetcher,
    feeds: Vec<Feed>,
    go_on: &dyn Fn() -> bool,
    take: &mut dyn FnMut(Feed, Result<Fetched, Missed>) -> bool,
) {
    let mut by_host: BTreeMap<String, Host> = BTreeMap::new();
    for feed in feeds {
        by_host.entry(host(&feed.url).unwrap_or_default()).or_default().push_back(feed);
    }
    // Those with most to do begin.
    let mut hosts: Vec<Host> = by_host.into_values().collect();
    hosts.sort_by_key(Host::len);
    let threads = hosts.len().min(fetcher.limits.hosts);
    let hosts = Arc::new(Mutex::new(hosts));
    let stop = Arc::new(AtomicBool::new(false));
    let (sender, answers) = channel();
    for _ in 0..threads {
        let (fetcher, hosts, stop, sender) =
            (fetcher.clone(), Arc::clone(&hosts), Arc::clone(&stop), sender.clone());
        let spawned = thread::Builder::new()
            .name("fetch".to_owned())
            .spawn(move || work(&fetcher, &hosts, &stop, &sender));
        if spawned.is_err() {
            // Those that run do the rest.
            break;
        }
    }
    drop(sender);
    while go_on() {
        match answers.recv_timeout(GLANCE) {
            Ok((feed, answer)) => {
                if !take(feed, answer) {
                    break;
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    stop.store(true, Ordering::Relaxed);
}

/// Asks host after host until there is none left.
fn work(fetcher: &Fetcher, hosts: &Mutex<Vec<Host>>, stop: &AtomicBool, answers: &Sender<Answer>) {
    loop {
        let next = hosts.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let Some(host) = next else { return };
        let mut busy = None;
        for feed in host {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            let answer = match &busy {
                Some(missed) => Err(Missed::clone(missed)),
                None => fetcher.get(&feed.url, &feed.validators),
            };
            if let Err(missed @ Missed { trouble: Trouble::Wait(_), .. }) = &answer {
                busy = Some(missed.clone());
            }
            if answers.send((feed, answer)).is_err() {
                return;
            }
        }
    }
}
