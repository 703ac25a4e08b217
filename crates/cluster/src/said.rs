//! What the engine says of itself while a process of the cluster runs: warnings and errors, on standard error.

use log::{Level, LevelFilter, Log, Metadata, Record};

struct Said;

impl Log for Said {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.level() <= Level::Warn
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let level = record.level().as_str().to_lowercase();
            let said = crate::store::plain(&record.args().to_string());
            eprintln!("{level:<9} {}", said.replace('\n', " "));
        }
    }

    fn flush(&self) {}
}

/// Lets the engine speak in this process; a logger that is there stays.
pub fn let_speak() {
    if log::set_logger(&Said).is_ok() {
        log::set_max_level(LevelFilter::Warn);
    }
}
