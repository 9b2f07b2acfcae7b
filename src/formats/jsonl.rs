//! Writes annotated documents as JSON lines.

use std::io::{self, Write};

use super::{ProducedBy, encode};
use crate::annotated::Annotated;

/// What of a document is written besides its annotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JsonlOptions<'a> {
    /// Whether the record holds the whole text.
    pub with_text: bool,
    /// What made the record.
    pub produced_by: Option<&'a ProducedBy>,
}

/// Writes one document as one line. Offsets are code points, half-open.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write(
    mut out: impl Write,
    annotated: &Annotated,
    options: JsonlOptions<'_>,
) -> io::Result<()> {
    let mut record = encode::document(annotated);
    if options.with_text {
        record.text = Some(annotated.document.text().into());
    }
    record.produced_by = options.produced_by;
    serde_json::to_writer(&mut out, &record)?;
    out.write_all(b"\n")
}
