//! The library's errors as Python exceptions, with the messages of the command and its exit code.

use inclusion::{Error, full_text};
use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;

create_exception!(
    inclusion_metrics,
    InclusionError,
    PyException,
    "Why the work could not be done; the base of all errors of this package."
);
create_exception!(
    inclusion_metrics,
    UsageError,
    InclusionError,
    "An argument is wrong, or an entry of the registry; the command ends with exit code 2."
);
create_exception!(
    inclusion_metrics,
    StudyError,
    UsageError,
    "The study file is wrong: the message has file, line and column; exit code 2."
);
create_exception!(
    inclusion_metrics,
    DataError,
    InclusionError,
    "The data are wrong or do not allow the estimate: the message has file, row, column and value; exit code 1."
);
create_exception!(
    inclusion_metrics,
    InternalError,
    InclusionError,
    "The program contradicts itself, or a format could not be made; exit code 3."
);

/// The exception of an error; `exit_code` is that of the command.
pub fn raised(py: Python<'_>, error: &Error) -> PyErr {
    let text = full_text(error);
    let raised = match (error, error.exit_code()) {
        (Error::Study { .. }, _) => StudyError::new_err(text),
        (_, 1) => DataError::new_err(text),
        (_, 2) => UsageError::new_err(text),
        _ => InternalError::new_err(text),
    };
    // The classes have the code of their family already; this is the error's own.
    let _ = raised.value(py).setattr("exit_code", error.exit_code());
    raised
}

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    let classes = [
        ("InclusionError", py.get_type::<InclusionError>(), 3),
        ("UsageError", py.get_type::<UsageError>(), 2),
        ("StudyError", py.get_type::<StudyError>(), 2),
        ("DataError", py.get_type::<DataError>(), 1),
        ("InternalError", py.get_type::<InternalError>(), 3),
    ];
    for (name, class, code) in classes {
        class.setattr("exit_code", code)?;
        module.add(name, class)?;
    }
    Ok(())
}
