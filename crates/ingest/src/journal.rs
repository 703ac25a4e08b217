//! What was noticed while reading, merged from all threads into a fixed order.

use crate::LogEntry;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;

type Key = (String, PathBuf, Option<String>, Option<String>, String);

/// Entries that are equal but for count and place are one; the earliest place is kept.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    entries: Mutex<BTreeMap<Key, LogEntry>>,
}

impl Journal {
    /// Adds an entry.
    pub fn add(&self, entry: LogEntry) {
        let key = (
            entry.code.clone(),
            entry.file.clone(),
            entry.column.clone(),
            entry.value.clone(),
            entry.message.clone(),
        );
        let mut entries = self.entries.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        match entries.get_mut(&key) {
            Some(old) => {
                old.count += entry.count;
                old.line = match (old.line, entry.line) {
                    (Some(a), Some(b)) => Some(a.min(b)),
                    (a, b) => a.or(b),
                };
            }
            None => _ = entries.insert(key, entry),
        }
    }

    /// All entries by code, file, column and value.
    pub fn entries(&self) -> Vec<LogEntry> {
        self.entries
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .values()
            .cloned()
            .collect()
    }
}
