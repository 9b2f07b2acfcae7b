//! Arrow for Python: batches of rows behind the C stream interface, in the
//! capsule that pyarrow, polars, pandas and duckdb look for. The columns are not
//! copied; whoever takes them frees them.

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

/// Batches of one schema.
pub(crate) struct Batches {
    pub(crate) schema: SchemaRef,
    pub(crate) batches: Vec<RecordBatch>,
}

/// A capsule with the batches.
///
/// # Errors
///
/// If the batches could not be made.
pub(crate) fn capsule(
    py: Python<'_>,
    batches: Result<Batches, ArrowError>,
) -> PyResult<Bound<'_, PyCapsule>> {
    let Batches { schema, batches } =
        batches.map_err(|error| PyValueError::new_err(error.to_string()))?;
    let reader = RecordBatchIterator::new(batches.into_iter().map(Ok), schema);
    let stream = FFI_ArrowArrayStream::new(Box::new(reader));
    PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
}
