//! How far the reading is, told to a Python function, and what ends it.

use inclusion::Error;
use pyo3::prelude::*;
use std::ops::ControlFlow;
use std::sync::Mutex;

/// Steps that a reading is told in; each takes the interpreter's lock.
const STEPS: u64 = 100;

/// A function that is told `(survey, done, all)`, and the exception that ends the work: the first that it
/// raises, or that of a signal.
pub struct Told {
    function: Option<Py<PyAny>>,
    last: Mutex<(String, u64)>,
    raised: Mutex<Option<PyErr>>,
}

impl Told {
    pub fn new(function: Option<Py<PyAny>>) -> Told {
        Told { function, last: Mutex::default(), raised: Mutex::default() }
    }

    /// Called from any thread, while the interpreter's lock is not held. Once there is an exception the
    /// function is told nothing more, and the reading ends.
    pub fn tell(&self, survey: &str, done: u64, all: u64) -> ControlFlow<()> {
        if self.is_over() {
            return ControlFlow::Break(());
        }
        let Some(function) = &self.function else { return ControlFlow::Continue(()) };
        let step = done.saturating_mul(STEPS) / all.max(1);
        {
            let Ok(mut last) = self.last.lock() else { return ControlFlow::Break(()) };
            if last.0 == survey && last.1 >= step {
                return ControlFlow::Continue(());
            }
            *last = (survey.to_string(), step);
        }
        Python::attach(|py| {
            // Another thread may have had the lock before.
            if !self.is_over()
                && let Err(error) = function.call1(py, (survey, done, all))
            {
                self.end(error);
            }
        });
        match self.is_over() {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }

    /// Ends the work by an exception, unless it has one already.
    pub fn end(&self, error: PyErr) {
        if let Ok(mut raised) = self.raised.lock() {
            raised.get_or_insert(error);
        }
    }

    fn is_over(&self) -> bool {
        self.raised.lock().is_ok_and(|raised| raised.is_some())
    }

    /// An error once there is an exception: between two steps, so that the next is not taken. It is the
    /// exception that the user sees.
    pub fn go_on(&self) -> Result<(), Error> {
        match self.is_over() {
            true => Err(inclusion_ingest::Error::Stopped.into()),
            false => Ok(()),
        }
    }

    /// The exception, once the work has ended.
    pub fn done(self) -> PyResult<()> {
        match self.raised.into_inner().ok().flatten() {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }
}
