//! How far the reading is, told to a Python function.

use inclusion::Error;
use pyo3::prelude::*;
use std::sync::Mutex;

/// Steps that a reading is told in; each takes the interpreter's lock.
const STEPS: u64 = 100;

/// A function that is told `(survey, done, all)`, and the first exception it raised.
pub struct Told {
    function: Option<Py<PyAny>>,
    last: Mutex<(String, u64)>,
    raised: Mutex<Option<PyErr>>,
}

impl Told {
    pub fn new(function: Option<Py<PyAny>>) -> Told {
        Told { function, last: Mutex::default(), raised: Mutex::default() }
    }

    /// Called from any thread, while the interpreter's lock is not held. A function that has raised an
    /// exception is told nothing more.
    pub fn tell(&self, survey: &str, done: u64, all: u64) {
        let Some(function) = &self.function else { return };
        if self.has_raised() {
            return;
        }
        let step = done.saturating_mul(STEPS) / all.max(1);
        {
            let Ok(mut last) = self.last.lock() else { return };
            if last.0 == survey && last.1 >= step {
                return;
            }
            *last = (survey.to_string(), step);
        }
        Python::attach(|py| {
            if let Err(error) = function.call1(py, (survey, done, all))
                && let Ok(mut raised) = self.raised.lock()
            {
                raised.get_or_insert(error);
            }
        });
    }

    fn has_raised(&self) -> bool {
        self.raised.lock().is_ok_and(|raised| raised.is_some())
    }

    /// An error once the function has raised an exception: between two steps, so that the next is not
    /// taken. It is the exception that the user sees.
    pub fn go_on(&self) -> Result<(), Error> {
        match self.has_raised() {
            true => Err(Error::Usage("the progress function raised an exception".to_string())),
            false => Ok(()),
        }
    }

    /// What the function raised, once the work has ended.
    pub fn done(self) -> PyResult<()> {
        match self.raised.into_inner().ok().flatten() {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }
}
