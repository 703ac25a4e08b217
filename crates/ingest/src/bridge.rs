//! Polars columns as Arrow arrays, without copying, by the Arrow C data interface.
//!
//! Polars has an Arrow implementation of its own; both follow the C data interface, whose two
//! structs are `repr(C)` and fixed by its specification. This is the only module with unsafe code.

use arrow::array::{ArrayRef, make_array};
use arrow::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use polars::prelude::{Column, CompatLevel};

/// One Polars column as an Arrow array.
#[allow(unsafe_code)]
pub(crate) fn arrow_of(column: &Column) -> Result<ArrayRef, String> {
    let series = column.as_materialized_series().rechunk();
    let array = series.to_arrow(0, CompatLevel::oldest());
    let field = polars_arrow::datatypes::Field::new("".into(), array.dtype().clone(), true);
    let schema = polars_arrow::ffi::export_field_to_c(&field);
    let array = polars_arrow::ffi::export_array_to_c(array);
    // SAFETY: both sides declare the two structs of the C data interface as `repr(C)` with its
    // fields in its order, so the bytes mean the same; `ManuallyDrop` keeps the sender from
    // releasing what the receiver now owns and releases, exactly once.
    let (array, schema) = unsafe {
        let array = std::mem::ManuallyDrop::new(array);
        let schema = std::mem::ManuallyDrop::new(schema);
        let array: *const polars_arrow::ffi::ArrowArray = &*array;
        let schema: *const polars_arrow::ffi::ArrowSchema = &*schema;
        (array.cast::<FFI_ArrowArray>().read(), schema.cast::<FFI_ArrowSchema>().read())
    };
    // SAFETY: the array was exported together with this very schema.
    let data = unsafe { from_ffi(array, &schema) }.map_err(|e| e.to_string())?;
    Ok(make_array(data))
}
