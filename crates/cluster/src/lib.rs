//! A SQL string in, Arrow batches out: the statement of a survey's cells on an Apache DataFusion Ballista
//! cluster, and the processes of such a cluster.
//!
//! [`run`] is the client, [`look`] and [`read`] are of objects, [`scheduler`] and [`executor`] are the
//! processes; the executors are Ballista's own, without functions of ours, so that a cluster that somebody
//! else started serves as well. Nothing of
//! surveys is known here, and no type of Ballista stands in a public signature.
//!
//! What Ballista would do otherwise, and why not here: it binds to every address, and we to loopback unless
//! told; it takes a dead executor for alive for three minutes, and we for ten seconds; it leaves shuffle
//! files, and we remove those of a job when its result is here, those of a dead executor when another
//! starts or works in the same folder, and what cancelled tasks still write; it carries the keys of an object store in its configuration, and here each
//! process has them from its own environment.
//!
//! Without the feature `ballista` the crate is empty.

#![cfg(feature = "ballista")]

mod client;
mod error;
mod folder;
mod greeting;
mod meaning;
mod process;
mod said;
mod slots;
mod stop;
mod store;

pub use client::{Event, Query, Table, run};
pub use error::Error;
pub use greeting::{Cluster, greet};
pub use process::{ExecutorOptions, SchedulerOptions, executor, scheduler};
pub use stop::cancel_on_signals;
pub use store::{Object, is_object, look, read};

use arrow::array::RecordBatch;
use std::time::Duration;

/// Version of the engine; all processes of a cluster and its clients must be of one major version.
pub const VERSION: &str = ballista_core::BALLISTA_VERSION;

/// How long a scheduler may take for an answer, and an executor that is asked for a result for a sign of
/// life. A heartbeat is given the same time; an answer never waits for a job.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// An error of whoever takes batches.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Takes a batch and the place of its statement, or none where all begins anew.
pub type Take<'a> = dyn FnMut(Option<(usize, RecordBatch)>) -> Result<(), BoxError> + Send + 'a;

/// Plans are trees, which are walked by recursion: this deep, the stack of a thread must be larger than
/// usual. It is what Ballista's own scheduler takes.
const STACK: usize = 32 << 20;

/// The threads on which everything of the engine runs.
fn runtime() -> Result<tokio::runtime::Runtime, Error> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(STACK)
        .build()
        .map_err(|error| Error::Process(format!("no threads could be started: {error}")))
}
