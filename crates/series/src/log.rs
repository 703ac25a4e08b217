//! What was noticed, gathered by code.

use crate::error::shown;
use crate::observation::Flag;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Lines that a flag lists.
const LISTED: usize = 100;

/// Flags by code and by what they are about.
#[derive(Debug, Default)]
pub(crate) struct Log {
    flags: BTreeMap<(&'static str, String), Flag>,
}

/// Where something was noticed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen<'a> {
    /// Name of the file.
    pub file: &'a Arc<str>,
    /// Line or row.
    pub line: u64,
    /// Column.
    pub column: Option<&'a Arc<str>>,
    /// Value.
    pub value: Option<&'a str>,
}

impl Log {
    /// Adds one to what has this code and is about the same; the message of the first stays.
    pub fn note(
        &mut self,
        code: &'static str,
        about: &str,
        seen: Seen<'_>,
        message: impl FnOnce() -> String,
    ) {
        let flag = self.flags.entry((code, about.to_string())).or_insert_with(|| Flag {
            code,
            message: message(),
            file: seen.file.clone(),
            line: Some(seen.line),
            column: seen.column.cloned(),
            value: seen.value.map(shown),
            count: 0,
            lines: Vec::new(),
        });
        flag.count += 1;
        if flag.lines.len() < LISTED && flag.lines.last() != Some(&seen.line) {
            flag.lines.push(seen.line);
        }
    }

    /// The flags, sorted by code and by what they are about.
    pub fn into_flags(self) -> Vec<Flag> {
        self.flags.into_values().collect()
    }
}
