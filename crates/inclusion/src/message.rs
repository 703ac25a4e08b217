//! What a run says: what was read, what was decided, what was written, one headline. Nothing else.
//!
//! Messages go to standard error, so that standard output holds only what was asked for. With
//! `--json` each is one JSON object on a line of its own.

use inclusion_estimate::Diagnostic;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use std::io::{IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Mutex;

/// How a run speaks.
pub struct Messages {
    quiet: bool,
    json: bool,
    bar: Mutex<Option<ProgressBar>>,
}

impl Messages {
    /// Quiet keeps errors only; JSON is one object a line.
    pub fn new(quiet: bool, json: bool) -> Messages {
        Messages { quiet, json, bar: Mutex::new(None) }
    }

    /// How far the reading of a sample is; a bar on a terminal, nothing elsewhere. It never breaks.
    pub fn progress(&self, what: &str, done: u64, all: u64) -> ControlFlow<()> {
        self.draw(what, done, all);
        ControlFlow::Continue(())
    }

    fn draw(&self, what: &str, done: u64, all: u64) {
        if self.quiet || self.json || !std::io::stderr().is_terminal() {
            return;
        }
        let Ok(mut bar) = self.bar.lock() else { return };
        let bar = bar.get_or_insert_with(|| {
            let template = "{msg} {wide_bar} {bytes}/{total_bytes} {eta}";
            let style = ProgressStyle::with_template(template)
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::new(all).with_style(style)
        });
        bar.set_length(all);
        bar.set_message(what.to_string());
        bar.set_position(done);
    }

    fn say(&self, kind: &str, text: &str, object: serde_json::Value) {
        if let Ok(mut bar) = self.bar.lock()
            && let Some(bar) = bar.take()
        {
            bar.finish_and_clear();
        }
        if self.quiet {
            return;
        }
        let line = match self.json {
            true => {
                let mut object = object;
                object["message"] = json!(kind);
                object.to_string()
            }
            false => text.to_string(),
        };
        // A closed standard error is no reason to stop.
        let _ = writeln!(std::io::stderr(), "{line}");
    }

    /// A sample was read.
    pub fn read(&self, survey: &str, rows: u64, files: usize, seconds: f64) {
        // Cells that a warehouse made name no files.
        let from = if files == 0 { "cells".to_string() } else { counted(files as u64, "file") };
        let text =
            format!("read      {survey}: {} from {from} in {seconds:.1} s", counted(rows, "row"));
        let object = json!({"survey": survey, "rows": rows, "files": files, "seconds": seconds});
        self.say("read", &text, object);
    }

    /// Something was decided.
    pub fn decided(&self, diagnostic: &Diagnostic) {
        let count = match diagnostic.count {
            0 => String::new(),
            // Some sentences say themselves how often.
            n if says(&diagnostic.message, n) => String::new(),
            n => format!(" ({})", grouped(n)),
        };
        let text = format!("note      {}{count}", diagnostic.message);
        let object = json!({
            "code": &*diagnostic.code, "text": &*diagnostic.message, "count": diagnostic.count,
        });
        self.say("decided", &text, object);
    }

    /// A file was written.
    pub fn wrote(&self, path: &Path) {
        let path = path.display().to_string();
        self.say("wrote", &format!("wrote     {path}"), json!({"path": path}));
    }

    /// What becomes of a survey's job on a cluster; on a terminal the time runs until the next message.
    pub fn cluster(&self, survey: &str, what: &str) {
        let text = format!("cluster   {survey}: {what}");
        self.say("cluster", &text, json!({"survey": survey, "text": what}));
        if self.quiet || self.json || !std::io::stderr().is_terminal() {
            return;
        }
        let Ok(mut bar) = self.bar.lock() else { return };
        let style = ProgressStyle::with_template("{spinner} {msg} {elapsed}")
            .unwrap_or_else(|_| ProgressStyle::default_spinner());
        let spinner = ProgressBar::new_spinner().with_style(style);
        spinner.set_message(survey.to_string());
        spinner.enable_steady_tick(std::time::Duration::from_millis(200));
        *bar = Some(spinner);
    }

    /// Cells of a survey were made.
    pub fn made(&self, survey: &str, cells: u64) {
        let text = format!("made      {survey}: {}", counted(cells, "cell"));
        self.say("made", &text, json!({"survey": survey, "cells": cells}));
    }

    /// Files of cells were merged.
    pub fn merged(&self, survey: &str, rows: u64, parts: usize, cells: u64) {
        let text = format!(
            "merged    {survey}: {} of {} from {}",
            counted(cells, "cell"),
            counted(rows, "row"),
            counted(parts as u64, "file")
        );
        let object = json!({"survey": survey, "cells": cells, "rows": rows, "files": parts});
        self.say("merged", &text, object);
    }

    /// A file of an earlier run has what this one would write.
    pub fn kept(&self, path: &Path) {
        let path = path.display().to_string();
        let text = format!("kept      {path}: it is of the same plan and source");
        self.say("kept", &text, json!({"path": path}));
    }

    /// A file of an earlier run was removed.
    pub fn removed(&self, path: &Path) {
        let path = path.display().to_string();
        self.say("removed", &format!("removed   {path}"), json!({"path": path}));
    }

    /// The one sentence at the end.
    pub fn headline(&self, text: &str) {
        self.say("headline", &format!("\n{text}"), json!({"text": text}));
    }

    /// Something else worth a line.
    pub fn note(&self, text: &str) {
        self.say("note", text, json!({"text": text}));
    }

    /// An error; said also when quiet.
    pub fn error(&self, error: &dyn std::error::Error, exit_code: u8) {
        let text = full_text(error);
        let line = match self.json {
            true => json!({"message": "error", "text": text, "exit_code": exit_code}).to_string(),
            false => format!("error: {text}"),
        };
        let _ = writeln!(std::io::stderr(), "{line}");
    }
}

/// An error with the causes that it does not tell itself.
pub fn full_text(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            text.push_str(": ");
            text.push_str(&inner_text);
        }
        source = inner.source();
    }
    text
}

/// A sentence has the number as a word of its own, grouped or not.
fn says(text: &str, n: u64) -> bool {
    let forms = [n.to_string(), grouped(n)];
    text.split_whitespace().any(|word| forms.iter().any(|form| form == word))
}

/// A count with its noun: `1 row`, `2,000 rows`.
pub fn counted(n: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// A whole number with a comma every three digits.
pub(crate) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_said_once() {
        assert!(says("3,617 rows belong to no group", 3617));
        assert!(says("3068 rows of the looked-up file", 3068));
        assert!(!says("1,000 rows of 2,001", 1));
    }
}
