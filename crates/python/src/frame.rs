//! A table that Rust holds and Python sees.

use crate::{capsule, values};
use arrow::array::RecordBatch;
use arrow::util::display::array_value_to_string;
use inclusion_ingest::Frame as Rows;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};
use std::fmt::Write;

/// Rows that a notebook shows of a frame.
const SHOWN: usize = 20;

/// A table of Arrow data; made of any object with `__arrow_c_stream__`, and such an object itself.
#[pyclass(frozen, module = "inclusion_metrics")]
pub struct Frame {
    pub rows: Rows,
}

#[pymethods]
impl Frame {
    #[new]
    fn new(data: &Bound<'_, PyAny>) -> PyResult<Frame> {
        Ok(Frame { rows: capsule::import(data)? })
    }

    /// The rows as a stream of Arrow batches; the receiver shares the buffers.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // A producer may ignore what it is asked for; the receiver casts.
        let _ = requested_schema;
        capsule::stream(py, self.rows.schema(), self.rows.batches())
    }

    /// Names and types of the columns.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::schema(py, self.rows.schema())
    }

    fn __len__(&self) -> usize {
        self.rows.rows() as usize
    }

    fn __repr__(&self) -> String {
        format!("Frame({} rows, {} columns)", self.rows.rows(), self.rows.schema().fields().len())
    }

    fn _repr_html_(&self) -> String {
        html(&self.rows)
    }

    /// Names of the columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.rows.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// Columns by name, each as a list of values; a missing one is None.
    ///
    /// Examples
    /// --------
    /// >>> import inclusion_metrics as im
    /// >>> import pyarrow as pa
    /// >>> frame = im.Frame(pa.table({"a": [1, None]}))
    /// >>> frame.to_dict()
    /// {'a': [1, None]}
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        values::columns(py, self.rows.schema(), self.rows.batches())
    }

    /// Rows, each as a dictionary.
    ///
    /// Examples
    /// --------
    /// >>> import inclusion_metrics as im
    /// >>> import pyarrow as pa
    /// >>> frame = im.Frame(pa.table({"a": [1, None]}))
    /// >>> frame.to_rows()
    /// [{'a': 1}, {'a': None}]
    fn to_rows<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        values::rows(py, self.rows.schema(), self.rows.batches())
    }
}

/// The first rows as an HTML table.
fn html(rows: &Rows) -> String {
    let mut text = String::from("<table><thead><tr>");
    for field in rows.schema().fields() {
        let _ = write!(text, "<th>{}</th>", escaped(field.name()));
    }
    text.push_str("</tr></thead><tbody>");
    let places = rows
        .batches()
        .iter()
        .flat_map(|batch: &RecordBatch| (0..batch.num_rows()).map(move |row| (batch, row)));
    for (batch, row) in places.take(SHOWN) {
        text.push_str("<tr>");
        for column in batch.columns() {
            let value = array_value_to_string(column, row).unwrap_or_default();
            let _ = write!(text, "<td>{}</td>", escaped(&value));
        }
        text.push_str("</tr>");
    }
    text.push_str("</tbody></table>");
    if rows.rows() > SHOWN as u64 {
        let _ = write!(text, "<p>{SHOWN} of {} rows</p>", rows.rows());
    }
    text
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
