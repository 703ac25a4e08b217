//! The folder of an executor's shuffle files, and the end of those of executors that died.
//!
//! An executor that is killed removes nothing. Each has a folder of its own and, beside it, a file that it
//! keeps locked as long as it lives; whoever can lock the file of another knows that its executor is gone.

use crate::Error;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// A folder that is an executor's own until this is dropped.
pub struct Folder {
    /// Its path.
    pub path: PathBuf,
    lock: PathBuf,
    _held: File,
}

impl Folder {
    /// A new folder in `parent`, whose abandoned ones are removed first.
    pub fn new(parent: &Path, id: &str) -> Result<Folder, Error> {
        let failed = |error: std::io::Error| {
            Error::Process(format!(
                "shuffle files cannot be written in {}: {error}; name another folder with `--work-dir`",
                parent.display()
            ))
        };
        std::fs::create_dir_all(parent).map_err(failed)?;
        sweep(parent).map_err(failed)?;
        let (path, lock) = (parent.join(id), parent.join(format!("{id}.lock")));
        let held = File::create(&lock).map_err(failed)?;
        held.lock().map_err(failed)?;
        std::fs::create_dir_all(&path).map_err(failed)?;
        Ok(Folder { path, lock, _held: held })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed here is swept by the next executor.
        let _ = std::fs::remove_dir_all(&self.path);
        let _ = std::fs::remove_file(&self.lock);
    }
}

/// Removes the folders of executors that are gone.
fn sweep(parent: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(parent)? {
        let lock = entry?.path();
        if lock.extension().is_none_or(|ending| ending != "lock") {
            continue;
        }
        // Another may sweep the same.
        let Ok(file) = File::open(&lock) else { continue };
        match file.try_lock() {
            Ok(()) => {
                let _ = std::fs::remove_dir_all(lock.with_extension(""));
                let _ = std::fs::remove_file(&lock);
            }
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Ok(())
}
