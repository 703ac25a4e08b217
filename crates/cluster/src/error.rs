//! What can go wrong with a cluster, and what to do.

use std::path::PathBuf;

/// Why a cluster gave no result, or a process of it ended.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Nobody listens, or no longer.
    #[error(
        "no scheduler answers at {scheduler} ({reason}); start one with `inclusion cluster scheduler`, or correct the address"
    )]
    NoScheduler {
        /// Host and port.
        scheduler: String,
        /// What the system said.
        reason: String,
    },

    /// Somebody listens and is silent.
    #[error(
        "the scheduler at {scheduler} does not answer: it took the connection and said nothing for {} seconds; see whether its process is stopped or its machine has too much to do, start it again if so, and run the same command once more",
        crate::PATIENCE.as_secs()
    )]
    NoAnswer {
        /// Host and port.
        scheduler: String,
    },

    /// Something else listens.
    #[error("what answers at {scheduler} is no scheduler of Apache DataFusion Ballista: {reason}")]
    NotAScheduler {
        /// Host and port.
        scheduler: String,
        /// What it said instead.
        reason: String,
    },

    /// Scheduler and client are of different versions.
    #[error(
        "the scheduler at {scheduler} is Ballista {theirs} and this program is of {}; scheduler, executors and program must have one major version, since plans of another may mean something else",
        crate::VERSION
    )]
    Versions {
        /// Host and port.
        scheduler: String,
        /// Version of the scheduler.
        theirs: String,
    },

    /// The scheduler is there alone.
    #[error(
        "the scheduler at {scheduler} has no executor; start one with `inclusion cluster executor --scheduler {scheduler}`"
    )]
    NoExecutor {
        /// Host and port.
        scheduler: String,
    },

    /// The scheduler ended in the middle of a job.
    #[error(
        "the scheduler at {scheduler} went away in the middle of the job ({reason}); it keeps jobs in memory only, so start it again, and the executors, which end without it, and run the same command once more"
    )]
    SchedulerGone {
        /// Host and port.
        scheduler: String,
        /// What the system said.
        reason: String,
    },

    /// A file is here and not there.
    #[error(
        "the cluster does not see {}, which is there on this machine; scheduler and executors must find it by the same path: put it on storage that all share ({reason})", path.display()
    )]
    Invisible {
        /// The file.
        path: PathBuf,
        /// What the cluster said.
        reason: String,
    },

    /// Executors were lost, again and again.
    #[error(
        "the job was lost {attempts} times with its executors, the last time because: {reason}; see whether executors run out of memory, and run the same command once more"
    )]
    Lost {
        /// How often it was tried.
        attempts: usize,
        /// What the cluster said.
        reason: String,
    },

    /// A file cannot be a table.
    #[error("{} cannot be read as a table: {reason}", path.display())]
    Table {
        /// The file, or the first of several.
        path: PathBuf,
        /// What the engine said.
        reason: String,
    },

    /// The job failed for another reason.
    #[error("the cluster at {scheduler} could not run the statement: {reason}{}", advice(reason))]
    Failed {
        /// Host and port.
        scheduler: String,
        /// What the cluster said.
        reason: String,
    },

    /// A name of an object is none.
    #[error("{} names no object: {reason}; write `s3://BUCKET/KEY`", path.display())]
    Address {
        /// The name.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },

    /// A bucket or a key is not there.
    #[error(
        "there is no {what} of the name {}; correct it in the study, or the store in AWS_ENDPOINT_URL and AWS_REGION", path.display()
    )]
    NoObject {
        /// The object.
        path: PathBuf,
        /// Which of both it is.
        what: &'static str,
    },

    /// The store knows who asks, and lets him not.
    #[error(
        "the object store refuses {} to this user ({reason}); look at AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, for keys that expire, AWS_SESSION_TOKEN", path.display()
    )]
    Refused {
        /// The object.
        path: PathBuf,
        /// What the store said.
        reason: String,
    },

    /// Nobody says who asks.
    #[error(
        "nothing says who reads {}; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_SKIP_SIGNATURE=true for what everybody may read", path.display()
    )]
    NoCredentials {
        /// The object.
        path: PathBuf,
    },

    /// The store cannot be reached, or answers otherwise.
    #[error(
        "the object store does not give {} ({reason}); look at AWS_ENDPOINT_URL and AWS_REGION and, for a store without TLS, set AWS_ALLOW_HTTP=true", path.display()
    )]
    Store {
        /// The object.
        path: PathBuf,
        /// What the store or the system said.
        reason: String,
    },

    /// A file or an object is another than a moment before.
    #[error("{} was written while it was read; run the same command once more", path.display())]
    Changed {
        /// The file or the object.
        path: PathBuf,
    },

    /// An object has no footer of Parquet.
    #[error("a cluster reads Parquet, and {} is not ({reason}); store it as Parquet", path.display())]
    NotParquet {
        /// The object.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },

    /// An object is read here and not there.
    #[error(
        "the cluster does not see {}, which this machine reads; start scheduler and executors with the same AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY ({reason})", path.display()
    )]
    Unread {
        /// The object.
        path: PathBuf,
        /// What the cluster said.
        reason: String,
    },

    /// Whoever takes the batches takes no more.
    #[error("what came from the cluster was not taken: {0}")]
    Taken(#[source] crate::BoxError),

    /// A signal came.
    #[error("stopped by {}; the job on the cluster at {scheduler} is cancelled", if *signal == 2 { "Ctrl-C" } else { "SIGTERM" })]
    Stopped {
        /// Host and port.
        scheduler: String,
        /// Its number.
        signal: u8,
    },

    /// A process of the cluster could not start, or ended.
    #[error("{0}")]
    Process(String),
}

/// What to do about what an engine says of a disk and of memory.
fn advice(reason: &str) -> &'static str {
    if reason.contains("No space left on device") || reason.contains("StorageFull") {
        "; the disk of an executor is full: give it more room, or another folder by `--work-dir`, and run the same \
         command once more"
    } else if reason.contains("ResourcesExhausted") {
        "; an executor has too little memory for its tasks: raise its `--memory` or lower its `--tasks`, and run the \
         same command once more"
    } else {
        ""
    }
}
