//! Provenance of a source file: its size and hash.

use crate::Source;
use crate::readers::{Frame, IN_MEMORY};
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::{Path, PathBuf};

/// SHA-256 of a file in hexadecimal; `None` if it cannot be read any more.
pub fn sha256(path: &Path) -> Option<String> {
    sha256_while(path, &|| true)
}

/// The same for as long as it is wanted; `None` from then on.
pub fn sha256_while(path: &Path, wanted: &dyn Fn() -> bool) -> Option<String> {
    let mut file = std::fs::File::open(path).ok()?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    while wanted() {
        match file.read(&mut buffer) {
            Ok(0) => return Some(hasher.finalize().iter().map(|b| format!("{b:02x}")).collect()),
            Ok(n) => hasher.update(&buffer[..n]),
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
    None
}

/// A source file with its hash.
pub(crate) fn describe(role: String, path: PathBuf, format: String, rows: u64) -> Source {
    let size = std::fs::metadata(&path).map_or(0, |m| m.len());
    let sha256 = sha256(&path).unwrap_or_else(|| "unreadable".into());
    Source { role, path, format, size, sha256, rows }
}

/// A table in memory as a source; it has no file that could be hashed.
pub(crate) fn in_memory(role: String, path: PathBuf, frame: &Frame) -> Source {
    let (size, rows) = (frame.size(), frame.rows());
    Source { role, path, format: IN_MEMORY.into(), size, sha256: "in memory".into(), rows }
}
