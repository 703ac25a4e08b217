//! Errors of the TOML reader, with place and suggestion.

use crate::{Error, Place, nearest};
use std::path::Path;

/// A reader's error as one of ours: place in the file, and the nearest name for an unknown key.
pub fn invalid_toml(file: &Path, text: &str, error: &toml::de::Error) -> Error {
    let message = explain(error.message());
    let place = match error.span() {
        Some(span) => Place::at(file, text, span.start),
        None => Place::file(file),
    };
    Error::Invalid { place, message }
}

/// The reader's message in the words of somebody who edits the file.
fn explain(message: &str) -> String {
    let mut names = message.split('`').skip(1).step_by(2);
    if message.starts_with("unknown field") {
        let name = names.next().unwrap_or_default();
        let known: Vec<&str> = names.collect();
        return match nearest(name, known.iter().copied()) {
            Some(near) => format!("unknown key `{name}`; did you mean `{near}`?"),
            None => format!("unknown key `{name}`; keys here are {}", known.join(", ")),
        };
    }
    if message.starts_with("unknown variant") {
        let name = names.next().unwrap_or_default();
        let known: Vec<&str> = names.collect();
        return match nearest(name, known.iter().copied()) {
            Some(near) => format!("`{name}` is not a value here; did you mean `{near}`?"),
            None => format!("`{name}` is not a value here; values are {}", known.join(", ")),
        };
    }
    if let Some(rest) = message.strip_prefix("missing field ") {
        return format!("the key {rest} is missing");
    }
    if message.contains("variant of untagged enum Test")
        || message.contains("variant of untagged enum RawTest")
    {
        return "a test is a list of values, as in [\"yes\"], or a range, as in { min = 15 }"
            .into();
    }
    message.trim_end().replace('\n', "; ")
}
