//! The Arrow PyCapsule interface: streams of batches in and out, without a copy of their buffers.
//!
//! The convention to know: a capsule holds a pointer to a C struct; who consumes it moves the struct out
//! and leaves it released, so that the capsule's own destructor has nothing left to do. This is the only
//! module with unsafe code.
//!
//! Source: Apache Arrow, The Arrow PyCapsule Interface, and The Arrow C stream interface.

use crate::error::DataError;
use arrow::array::{RecordBatch, RecordBatchIterator, RecordBatchReader};
use arrow::datatypes::SchemaRef;
use arrow::ffi::FFI_ArrowSchema;
use arrow::ffi_stream::{ArrowArrayStreamReader, FFI_ArrowArrayStream};
use inclusion_ingest::Frame;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use std::ffi::CStr;

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";

/// The batches of an object with `__arrow_c_stream__`; their buffers stay where they are.
#[allow(unsafe_code)]
pub fn import(data: &Bound<'_, PyAny>) -> PyResult<Frame> {
    if !data.hasattr("__arrow_c_stream__")? {
        let kind = data.get_type().name()?;
        return Err(PyTypeError::new_err(format!(
            "`{kind}` is no table: give a frame of polars, pyarrow, pandas or duckdb, or anything else with \
             `__arrow_c_stream__`"
        )));
    }
    let made = data.call_method0("__arrow_c_stream__")?;
    let capsule = made.cast::<PyCapsule>()?;
    let pointer = capsule.pointer_checked(Some(STREAM))?;
    // SAFETY: a capsule of this name points to a stream as the C stream interface fixes it, which is
    // ours to move out while the capsule lives.
    let stream = unsafe { FFI_ArrowArrayStream::from_raw(pointer.cast().as_ptr()) };
    let shape = |error: arrow::error::ArrowError| {
        let kind = data.get_type().name().map(|name| name.to_string()).unwrap_or_default();
        DataError::new_err(format!(
            "`{kind}` is no table with named columns that can be taken over: give the frame that a column is of, and \
             whole numbers of 128 bits as ones of 64 ({error})"
        ))
    };
    // Batches are made by the sender, which may need the interpreter.
    let reader = ArrowArrayStreamReader::try_new(stream).map_err(shape)?;
    let schema = reader.schema();
    let failed = |error: arrow::error::ArrowError| {
        // Some senders give a column without values a buffer that the interface does not know.
        let empty = schema.fields().iter().filter(|field| field.data_type().is_null());
        let empty: Vec<String> = empty.map(|field| format!("`{}`", field.name())).collect();
        DataError::new_err(match empty.is_empty() {
            true => format!("the frame: {error}"),
            false => format!(
                "the frame: no value of {} has a type, so that the column cannot be taken over: cast it, as to text, \
                 or leave it out ({error})",
                empty.join(", ")
            ),
        })
    };
    let batches = reader.collect::<Result<Vec<RecordBatch>, _>>().map_err(failed)?;
    Ok(Frame::new(schema, batches))
}

/// Batches as a stream in a capsule; the receiver shares their buffers.
pub fn stream<'py>(
    py: Python<'py>,
    schema: &SchemaRef,
    batches: &[RecordBatch],
) -> PyResult<Bound<'py, PyCapsule>> {
    let batches: Vec<_> = batches.iter().cloned().map(Ok).collect();
    let reader = RecordBatchIterator::new(batches, schema.clone());
    let stream = FFI_ArrowArrayStream::new(Box::new(reader));
    PyCapsule::new_with_value(py, stream, STREAM)
}

/// The schema in a capsule.
pub fn schema<'py>(py: Python<'py>, schema: &SchemaRef) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema.as_ref())
        .map_err(|error| DataError::new_err(error.to_string()))?;
    PyCapsule::new_with_value(py, schema, SCHEMA)
}
