//! Ends or stops the process by itself when it is asked to, or when the terminal is gone.
//!
//! Works in threads of its own, never through a flag that the event loop reads: with the terminal
//! gone, the event reader of crossterm 0.29 spins for ever and would not come to read it.

use std::io;
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

// Not those of rustix: with the leader of the session outside the process's namespace (a container)
// the system answers 0, which its type for process ids cannot hold.
use nix::unistd::{getpgrp, getppid, getsid, tcgetpgrp};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Signal, getpid, kill_current_process_group, kill_process};
use rustix::stdio::stdin;
use rustix::termios::tcgetattr;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::flag;
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::guard::GUARD;

/// How often the terminal is looked at where the system does not report its loss at once.
const WATCH: Duration = Duration::from_millis(500);

/// The screen was given to others meanwhile and has to be drawn anew.
static STALE: AtomicBool = AtomicBool::new(false);

/// Whether the mouse was reported before the process stopped itself; `None` while it has not.
static SUSPENDED: Mutex<Option<bool>> = Mutex::new(None);

/// What threads other than the main one said when they panicked.
static LAST_WORDS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// A flag that Ctrl-C, or a request to end, raises, for work that then stops by itself; asked a second
/// time, the process ends at once.
///
/// # Errors
/// If the system takes no signal handler.
pub fn interruption() -> io::Result<Arc<AtomicBool>> {
    let asked = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        // In this order: the first time, the flag is not up yet when this looks at it.
        flag::register_conditional_default(signal, Arc::clone(&asked))?;
        flag::register(signal, Arc::clone(&asked))?;
    }
    Ok(asked)
}

/// Starts the threads that watch for signals and for the loss of the terminal.
///
/// # Errors
/// If the system gives no thread or no signal handler.
pub fn watch() -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT])?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            match signal {
                SIGTSTP => suspend(),
                SIGCONT => continue_after_stop(),
                _ => end_with(signal),
            }
        }
    })?;
    thread::Builder::new().name("terminal".to_owned()).spawn(|| {
        while !wait_for_loss() {}
        end_with(SIGHUP);
    })?;
    Ok(())
}

/// Ends the process as `signal` would have, with the terminal given back.
fn end_with(signal: i32) {
    GUARD.leave();
    let _ = emulate_default_handler(signal);
}

/// Waits until the terminal is lost or the time is up; whether it is lost.
///
/// A poll that asks for nothing still reports a hang-up, so that on most systems the loss is known
/// at once.
fn wait_for_loss() -> bool {
    let mut fds = [PollFd::from_borrowed_fd(stdin(), PollFlags::empty())];
    let timeout = Timespec { tv_sec: 0, tv_nsec: i64::from(WATCH.subsec_nanos()) };
    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    let _ = poll(&mut fds, Some(&timeout));
    if !GUARD.is_entered() {
        // Someone else's terminal; a lost one would end every poll at once.
        thread::sleep(WATCH);
        return false;
    }
    fds[0].revents().intersects(gone)
        || tcgetattr(stdin()).is_err()
        || (is_orphaned() && tcgetpgrp(stdin()) != Ok(getpgrp()))
}

/// Whether no shell of this session is there that could continue a stopped process.
fn is_orphaned() -> bool {
    let parent = getppid();
    // A parent outside the namespace is 0, which would ask for this process itself.
    parent.as_raw() == 0 || getsid(Some(parent)).ok() != getsid(None).ok()
}

/// Gives the terminal back and stops the whole process group; when it is continued, the signal
/// thread takes the terminal again and has everything drawn anew.
///
/// Without a shell that could continue it, nothing happens. May return before the process stands
/// still; until the terminal is taken again, what is written to it goes nowhere.
pub fn suspend() {
    if is_orphaned() || !GUARD.is_entered() {
        return;
    }
    if let Ok(mut suspended) = SUSPENDED.lock() {
        *suspended = Some(GUARD.has_mouse());
    }
    GUARD.leave();
    // SIGSTOP, for SIGTSTP would come back to this program's own handler.
    if kill_current_process_group(Signal::STOP).is_err() {
        continue_after_stop();
    }
}

/// Takes the terminal again: all of it after [`suspend`], and what may have changed after a stop
/// this program did not see coming.
fn continue_after_stop() {
    let suspended = SUSPENDED.lock().ok().and_then(|mut suspended| suspended.take());
    let taken = match suspended {
        Some(mouse) => GUARD.enter(mouse, ""),
        None if GUARD.is_entered() => GUARD.renew(),
        None => return,
    };
    if taken.is_ok() {
        wake();
    }
}

/// Makes the event loop draw everything anew: a change of size, even to the same, ends its wait.
fn wake() {
    STALE.store(true, Ordering::SeqCst);
    let _ = kill_process(getpid(), Signal::WINCH);
}

/// Whether the screen has to be drawn anew; asks once.
pub fn take_stale() -> bool {
    STALE.swap(false, Ordering::SeqCst)
}

/// Makes a panic of this thread, the main one, give the terminal back before it is reported.
///
/// Panics of other threads leave the screen alone: whoever gave them work answers for it. What
/// they said is kept for [`print_last_words`].
pub fn restore_on_panic() {
    let report = panic::take_hook();
    let main = thread::current().id();
    panic::set_hook(Box::new(move |info| {
        if thread::current().id() == main || !GUARD.is_entered() {
            GUARD.leave();
            report(info);
        } else if let Ok(mut words) = LAST_WORDS.lock() {
            words.push(info.to_string());
        }
    }));
}

/// Prints to standard error what other threads said when they panicked; call after leaving.
pub fn print_last_words() {
    let words = LAST_WORDS.lock().map(|mut words| std::mem::take(&mut *words)).unwrap_or_default();
    for word in words {
        eprintln!("lesart: {word}");
    }
}
