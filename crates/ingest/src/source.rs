//! Provenance of a source file: its size and hash.

use crate::Source;
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::{Path, PathBuf};

/// SHA-256 of a file in hexadecimal; `None` if it cannot be read any more.
pub fn sha256(path: &Path) -> Option<String> {
    let mut file = std::fs::File::open(path).ok()?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => hasher.update(&buffer[..n]),
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
    Some(hasher.finalize().iter().map(|b| format!("{b:02x}")).collect())
}

/// A source file with its hash.
pub(crate) fn describe(role: String, path: PathBuf, format: String, rows: u64) -> Source {
    let size = std::fs::metadata(&path).map_or(0, |m| m.len());
    let sha256 = sha256(&path).unwrap_or_else(|| "unreadable".into());
    Source { role, path, format, size, sha256, rows }
}
