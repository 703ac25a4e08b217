//! Values of Arrow columns as Python objects, for those who have no library for tables at hand.

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type, Int64Type, UInt64Type};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

/// A column as a list; a null is `None`.
fn column<'py>(py: Python<'py>, name: &str, arrays: &[&ArrayRef]) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    for array in arrays {
        let wide = match array.data_type() {
            kind if kind.is_signed_integer() => DataType::Int64,
            kind if kind.is_unsigned_integer() => DataType::UInt64,
            kind if kind.is_floating() => DataType::Float64,
            kind if kind.is_string() => DataType::Utf8,
            other => {
                return Err(PyTypeError::new_err(format!(
                    "column `{name}` is of the type {other}; turn the frame into one of pyarrow or polars"
                )));
            }
        };
        let array = cast(array, &wide).map_err(|error| PyTypeError::new_err(error.to_string()))?;
        for row in 0..array.len() {
            if array.is_null(row) {
                list.append(py.None())?;
                continue;
            }
            match wide {
                DataType::Int64 => list.append(array.as_primitive::<Int64Type>().value(row))?,
                DataType::UInt64 => list.append(array.as_primitive::<UInt64Type>().value(row))?,
                DataType::Float64 => list.append(array.as_primitive::<Float64Type>().value(row))?,
                _ => list.append(array.as_string::<i32>().value(row))?,
            }
        }
    }
    Ok(list)
}

/// Columns by name, each as a list.
pub fn columns<'py>(
    py: Python<'py>,
    schema: &arrow::datatypes::Schema,
    batches: &[RecordBatch],
) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for (at, field) in schema.fields().iter().enumerate() {
        let arrays: Vec<&ArrayRef> = batches.iter().map(|batch| batch.column(at)).collect();
        dict.set_item(field.name(), column(py, field.name(), &arrays)?)?;
    }
    Ok(dict)
}

/// Rows, each as a dictionary.
pub fn rows<'py>(
    py: Python<'py>,
    schema: &arrow::datatypes::Schema,
    batches: &[RecordBatch],
) -> PyResult<Bound<'py, PyList>> {
    let columns = columns(py, schema, batches)?;
    let list = PyList::empty(py);
    for row in 0..batches.iter().map(RecordBatch::num_rows).sum() {
        let dict = PyDict::new(py);
        for (name, values) in &columns {
            dict.set_item(name, values.get_item(row)?)?;
        }
        list.append(dict)?;
    }
    Ok(list)
}
