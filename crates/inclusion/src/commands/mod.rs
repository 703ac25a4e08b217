//! One file for each subcommand.

pub mod analyse;
pub mod annex;
pub mod anonymity;
pub mod bench;
pub mod cells;
pub mod check;
pub mod cluster;
pub mod completions;
pub mod engine;
pub mod estimate;
pub mod init;
pub mod inspect;
pub mod registry;
pub mod reproduce;
pub mod schema;
pub mod sdmx;
pub mod sql;
pub mod synth;
pub mod world;

use inclusion::Error;
use std::io::Write;

/// Writes to standard output; a reader that went away is no error.
pub fn print(text: &str) -> Result<(), Error> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::Write { path: "standard output".into(), source: error })
        }
        _ => Ok(()),
    }
}
