//! Files of one table, one after the other, as one. The cells stay as they are
//! compressed.

use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use parquet::column::writer::ColumnCloseResult;
use parquet::file::metadata::ParquetMetaDataReader;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;

/// Writes the rows of `parts`, of which there is at least one, to `out`.
///
/// # Errors
///
/// If a part cannot be read, or `out` fails.
///
/// # Panics
///
/// If there are no parts.
pub fn join<W: Write + Send>(parts: &[PathBuf], out: W) -> io::Result<W> {
    let read = |path: &PathBuf| {
        let file = File::open(path)?;
        let metadata = ParquetMetaDataReader::new().parse_and_finish(&file)?;
        io::Result::Ok((file, metadata))
    };
    let (_, first) = read(parts.first().expect("a part"))?;
    let first = first.file_metadata();
    let mut properties =
        WriterProperties::builder().set_key_value_metadata(first.key_value_metadata().cloned());
    if let Some(by) = first.created_by() {
        properties = properties.set_created_by(by.to_owned());
    }
    let schema = first.schema_descr().root_schema_ptr();
    let mut writer = SerializedFileWriter::new(out, schema, Arc::new(properties.build()))?;
    for part in parts {
        let (file, metadata) = read(part)?;
        for group in metadata.row_groups() {
            let mut joined = writer.next_row_group()?;
            for column in group.columns() {
                let close = ColumnCloseResult {
                    bytes_written: u64::try_from(column.compressed_size()).unwrap_or_default(),
                    rows_written: u64::try_from(group.num_rows()).unwrap_or_default(),
                    metadata: column.clone(),
                    bloom_filter: None,
                    column_index: None,
                    offset_index: None,
                };
                joined.append_column(&file, close)?;
            }
            joined.close()?;
        }
    }
    Ok(writer.into_inner()?)
}
