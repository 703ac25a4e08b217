//! Where rows come from: units of work that can be read independently and more than once.

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;

/// An error of whoever supplies the rows.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Harmonised rows (schema: `inclusion_registry::schema_of` with the design columns before it), in
/// units that threads may read in parallel: a row group, a part file. Reading a unit again gives
/// the same rows.
pub struct Rows<'a> {
    /// Schema of every batch.
    pub schema: SchemaRef,
    /// Number of units.
    pub units: usize,
    /// Reads one unit and hands over its batches in file order.
    pub read: &'a ReadUnit<'a>,
}

/// Reads one unit, batch by batch.
pub type ReadUnit<'a> = dyn Fn(usize, &mut dyn FnMut(RecordBatch) -> Result<(), BoxError>) -> Result<(), BoxError>
    + Sync
    + 'a;
