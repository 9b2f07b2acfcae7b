//! Documents as tables: a row a quotation, or a row a document. The columns are
//! those of the program's tables, less what is of an archive's record and not of a
//! text; documents have their JSON besides.

use std::io;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_array::builder::StringBuilder;
use arrow_schema::{ArrowError, DataType, Field, Schema};
use wiezei::annotated::Annotated;
use wiezei::formats::tables::{Column, Table, TableBatches};
use wiezei::formats::{JsonlOptions, ProducedBy, write_jsonl};

use crate::stream::Batches;

/// Text after which a batch is full, in bytes. The strings of a column of a
/// batch may have 2 GiB together.
const BATCH_BYTES: usize = 32 << 20;

/// A document as JSON.
///
/// # Errors
///
/// Never: the document is written into memory.
pub(crate) fn json(
    annotated: &Annotated,
    produced_by: &ProducedBy,
    with_text: bool,
) -> io::Result<String> {
    let mut line = Vec::new();
    let options = JsonlOptions { with_text, produced_by: Some(produced_by) };
    write_jsonl(&mut line, annotated, options)?;
    line.pop();
    String::from_utf8(line).map_err(io::Error::other)
}

/// The quotations of documents, in their order.
///
/// # Errors
///
/// If the columns do not fit each other: never.
pub(crate) fn quotations(
    documents: &[Annotated],
    produced_by: &ProducedBy,
) -> Result<Batches, ArrowError> {
    let mut table = TableBatches::new(Table::Quotations, of_a_text, produced_by, false);
    let schema = table.schema();
    let batches = cut(documents)
        .map(|documents| {
            for annotated in documents {
                table.push(annotated);
            }
            table.take()
        })
        .collect::<Result<_, _>>()?;
    Ok(Batches { schema, batches })
}

/// Documents, with what was found in each as counts and, whole, as JSON.
///
/// # Errors
///
/// If the columns do not fit each other, or JSON cannot be made: never.
pub(crate) fn documents(
    documents: &[Annotated],
    produced_by: &ProducedBy,
) -> Result<Batches, ArrowError> {
    let wanted = |column: &Column| column.name != "text" && of_a_text(column);
    let mut table = TableBatches::new(Table::Documents, wanted, produced_by, false);
    let mut fields = table.schema().fields().to_vec();
    fields.push(Arc::new(Field::new("json", DataType::Utf8, true)));
    let schema = Arc::new(Schema::new(fields));
    let batches = cut(documents)
        .map(|documents| {
            let mut whole = StringBuilder::new();
            for annotated in documents {
                table.push(annotated);
                whole.append_value(json(annotated, produced_by, false)?);
            }
            let mut columns = table.take()?.columns().to_vec();
            columns.push(Arc::new(whole.finish()));
            RecordBatch::try_new(Arc::clone(&schema), columns)
        })
        .collect::<Result<_, _>>()?;
    Ok(Batches { schema, batches })
}

/// Whether a column is of a text, and not of the record that it stood in or of the
/// run that read it.
fn of_a_text(column: &Column) -> bool {
    !["date", "metadata", "produced_by"].contains(&column.name)
}

/// As many documents as fill a batch, one at least, at a time.
fn cut(documents: &[Annotated]) -> impl Iterator<Item = &[Annotated]> {
    let mut bytes = 0;
    documents.chunk_by(move |one, _| {
        bytes += one.document.text().len();
        let same = bytes <= BATCH_BYTES;
        if !same {
            bytes = 0;
        }
        same
    })
}
