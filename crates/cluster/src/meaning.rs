//! What a failure of the engine means: by its type where it has one, else by words of its message.
//!
//! Why a job failed a scheduler says in a text only, and of a request that fails the engine's client keeps
//! the text only. All words are here, and a test holds each against a message that the engine makes.

use arrow::error::ArrowError;
use ballista_core::error::BallistaError;
use datafusion::error::DataFusionError;

/// What a text may speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A process of the cluster cannot read an object.
    Store,
    /// A file is not there.
    Absent,
    /// An executor does not answer, or a scheduler that is there did not in time: once more it may go well.
    Lost,
}

/// The words.
pub const WORDS: [(Meaning, &str); 13] = [
    (Meaning::Store, "RetryError"),
    (Meaning::Store, "ObjectStore("),
    (Meaning::Store, "Object Store error"),
    (Meaning::Store, "Generic S3 error"),
    (Meaning::Absent, "No such file"),
    (Meaning::Absent, "NotFound"),
    (Meaning::Lost, "FetchFailed"),
    (Meaning::Lost, "GrpcConnectionError"),
    (Meaning::Lost, "tonic::transport::Error("),
    (Meaning::Lost, "Timeout expired"),
    (Meaning::Lost, "onnection refused"),
    (Meaning::Lost, "no executors"),
    (Meaning::Lost, "times, most recent failure reason"),
];

/// A text has words of this meaning.
pub fn speaks_of(meaning: Meaning, text: &str) -> bool {
    WORDS.iter().any(|(own, words)| *own == meaning && text.contains(words))
}

/// A result did not come from an executor, or not whole. Of a scheduler nothing has these types.
pub fn failed_between_processes(error: &DataFusionError) -> bool {
    match error.find_root() {
        DataFusionError::External(inner) => matches!(
            inner.downcast_ref::<BallistaError>(),
            Some(
                BallistaError::FetchFailed(..)
                    | BallistaError::GrpcActionError(_)
                    | BallistaError::GrpcConnectionError(_)
                    | BallistaError::GrpcError(_)
                    | BallistaError::TonicError(_)
                    | BallistaError::IoError(_)
            )
        ),
        DataFusionError::ArrowError(inner, _) => {
            matches!(**inner, ArrowError::ExternalError(_) | ArrowError::IpcError(_))
        }
        _ => false,
    }
}
