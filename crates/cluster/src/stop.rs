//! A signal that would end the process ends its job first, which the scheduler would else go on with.

use crate::Error;
use std::sync::atomic::{AtomicI32, AtomicUsize, Ordering};
use std::time::Duration;

/// The number of the signal that came first; 0 is none.
static SIGNAL: AtomicI32 = AtomicI32::new(0);
/// How many runs are under way.
static RUNS: AtomicUsize = AtomicUsize::new(0);
/// Between two looks whether a signal came.
const PAUSE: Duration = Duration::from_millis(50);

/// From now on Ctrl-C and SIGTERM let a run end with [`Error::Stopped`], once its job is cancelled. Where
/// none is under way, and when a signal comes again, they end the process, with the exit code of a shell.
/// To be called once, by a program that does nothing else with these signals.
///
/// # Errors
///
/// [`Error::Process`] if no thread could be started.
pub fn cancel_on_signals() -> Result<(), Error> {
    let failed = |error: std::io::Error| Error::Process(error.to_string());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(failed)?;
    let listen = move || {
        // Where the system does not let us listen, signals do what they always do.
        let _ = runtime.block_on(listen());
    };
    let thread = std::thread::Builder::new().name("signals".to_string()).spawn(listen);
    thread.map(drop).map_err(failed)
}

async fn listen() -> std::io::Result<()> {
    #[cfg(unix)]
    let mut signals = {
        use tokio::signal::unix::{SignalKind, signal};
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?)
    };
    loop {
        #[cfg(unix)]
        let signal = tokio::select! {
            _ = signals.0.recv() => 2,
            _ = signals.1.recv() => 15,
        };
        #[cfg(not(unix))]
        let signal = tokio::signal::ctrl_c().await.map(|()| 2)?;
        let is_first = SIGNAL.swap(signal, Ordering::SeqCst) == 0;
        if !is_first || RUNS.load(Ordering::SeqCst) == 0 {
            std::process::exit(128 + signal);
        }
    }
}

/// A run, for as long as it is under way.
pub(crate) struct Run;

impl Run {
    pub(crate) fn begin() -> Run {
        RUNS.fetch_add(1, Ordering::SeqCst);
        Run
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        RUNS.fetch_sub(1, Ordering::SeqCst);
    }
}

/// The number of the signal that came.
pub(crate) fn signal_so_far() -> Option<i32> {
    Some(SIGNAL.load(Ordering::SeqCst)).filter(|signal| *signal != 0)
}

/// Waits for a signal, and gives its number.
pub(crate) async fn signalled() -> i32 {
    loop {
        match signal_so_far() {
            Some(signal) => return signal,
            None => tokio::time::sleep(PAUSE).await,
        }
    }
}
