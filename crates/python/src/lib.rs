//! The Python package `inclusion_metrics`: the library's walk, with Arrow data in and out.
//!
//! Parse, call the library once, hand over; no statistics here. Tables cross the border by the Arrow
//! PyCapsule interface, so that any library that knows it can give and take them without a copy, and
//! the interpreter's lock is released while the library works.

mod capsule;
mod error;
mod files;
mod frame;
mod progress;
mod registry;
mod result;
mod run;
mod values;

use pyo3::prelude::*;

/// Estimates are many small texts and lists, which this allocator hands out at a third of the cost.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[pymodule]
fn _inclusion(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    error::register(module)?;
    module.add_class::<frame::Frame>()?;
    module.add_class::<result::Result>()?;
    module.add_function(wrap_pyfunction!(run::estimate_study, module)?)?;
    module.add_function(wrap_pyfunction!(run::estimate_rows, module)?)?;
    module.add_function(wrap_pyfunction!(run::harmonised, module)?)?;
    module.add_function(wrap_pyfunction!(run::annex, module)?)?;
    module.add_function(wrap_pyfunction!(files::inspect, module)?)?;
    module.add_function(wrap_pyfunction!(files::cells, module)?)?;
    module.add_function(wrap_pyfunction!(files::merge_cells, module)?)?;
    module.add_function(wrap_pyfunction!(files::sql, module)?)?;
    module.add_function(wrap_pyfunction!(files::synthetic, module)?)?;
    module.add_function(wrap_pyfunction!(registry::entries, module)?)?;
    module.add_function(wrap_pyfunction!(registry::show, module)?)?;
    module.add_function(wrap_pyfunction!(registry::unknown, module)?)?;
    Ok(())
}
