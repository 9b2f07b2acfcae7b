//! The rows of a Parquet file, a row group at a time, so that one that is
//! damaged spoils no other. A row is an object, as Arrow writes it as JSON.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::ops::Range;

use arrow_array::{Array as _, ArrayRef, RecordBatch};
use arrow_json::LineDelimitedWriter;
use arrow_schema::DataType;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};
use parquet::file::metadata::ColumnChunkMetaData;

use super::unpacked::Gauge;
use crate::formats::error::Reason;
use crate::text::Metadata;

/// Rows that are decoded at once. One, since there is no telling how long the next
/// is: what is in memory besides is the pages that the rows lie in.
const BATCH: usize = 1;

/// The rows of a file.
pub(super) struct ParquetRows {
    file: File,
    /// Of the file itself, if that lies on the device as it is.
    gauge: Option<Gauge>,
    length: u64,
    metadata: ArrowReaderMetadata,
    /// The most bytes that a row may have.
    limit: usize,
    groups: Range<usize>,
    /// The row group that is being read.
    current: Option<Group>,
    /// The number of the next row of the file, from 1.
    next_row: u64,
}

struct Group {
    batches: ParquetRecordBatchReader,
    /// The number of the first row behind it.
    end: u64,
}

/// A row, or what is wrong with it and with the rest of its row group.
pub(super) struct ParquetRow {
    /// Its number, from 1.
    pub(super) number: u64,
    pub(super) fields: Result<Metadata, Reason>,
}

impl ParquetRows {
    /// Reads the description at the end of the file. A row may have `limit` bytes.
    /// `gauge` is told how far it is, if the file lies on the device as it is.
    pub(super) fn new(file: File, limit: usize, gauge: Option<Gauge>) -> Result<Self, Reason> {
        let length = file.metadata().map_err(Reason::Packed)?.len();
        let metadata = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new())
            .map_err(|error| bad(&error))?;
        let groups = 0..metadata.metadata().num_row_groups();
        Ok(Self { file, gauge, length, metadata, limit, groups, current: None, next_row: 1 })
    }

    /// The names of the columns.
    pub(super) fn header(&self) -> Vec<String> {
        self.metadata.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// The next row.
    pub(super) fn next(&mut self) -> Option<ParquetRow> {
        let row = self.row();
        if let Some(gauge) = &self.gauge {
            // It is read here and there, and some of it twice: as much of it is
            // done as of its rows.
            let rows = self.metadata.metadata().file_metadata().num_rows();
            let rows = u128::try_from(rows).unwrap_or_default();
            let done = u128::from(self.length) * u128::from(self.next_row - 1);
            let done = done.checked_div(rows).and_then(|done| u64::try_from(done).ok());
            let is_end = row.is_none();
            gauge.set(done.filter(|done| *done < self.length && !is_end).unwrap_or(self.length));
        }
        row
    }

    fn row(&mut self) -> Option<ParquetRow> {
        loop {
            let Some(group) = &mut self.current else {
                let group = self.groups.next()?;
                if let Err(reason) = self.open(group) {
                    return Some(self.spoilt(group, &reason));
                }
                continue;
            };
            match group.batches.next() {
                Some(Ok(row)) => {
                    let number = self.next_row;
                    self.next_row += 1;
                    return Some(ParquetRow { number, fields: fields(&row, self.limit) });
                }
                Some(Err(error)) => {
                    return Some(self.spoilt(self.groups.start - 1, &bad(&error)));
                }
                None => {
                    self.next_row = group.end;
                    self.current = None;
                }
            }
        }
    }

    fn open(&mut self, group: usize) -> Result<(), Reason> {
        let rows = self.rows_of(group);
        let file = self.file.try_clone().map_err(Reason::Packed)?;
        let batches =
            ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone())
                .with_row_groups(vec![group])
                .with_batch_size(BATCH)
                .build()
                .map_err(|error| bad(&error))?;
        let end = self.next_row + rows;
        self.current = Some(Group { batches, end });
        Ok(())
    }

    fn rows_of(&self, group: usize) -> u64 {
        u64::try_from(self.metadata.metadata().row_group(group).num_rows()).unwrap_or_default()
    }

    /// Gives up the rest of a row group; of the file, if it is the device that
    /// failed.
    fn spoilt(&mut self, group: usize, reason: &Reason) -> ParquetRow {
        let number = self.next_row;
        let end = match self.current.take() {
            Some(current) => current.end,
            None => number + self.rows_of(group),
        };
        self.next_row = end;
        if let Some(error) = self.failure_of_device(group) {
            self.groups.start = self.groups.end;
            if let Some(gauge) = &self.gauge {
                gauge.fail();
            }
            return ParquetRow { number, fields: Err(Reason::Packed(error)) };
        }
        let reason = Reason::RowGroup {
            group: group + 1,
            rows: end.saturating_sub(number),
            message: reason.to_string(),
        };
        ParquetRow { number, fields: Err(reason) }
    }

    /// What the system says if the bytes of a row group cannot be read: errors of
    /// Arrow do not tell that from bytes that are wrong.
    fn failure_of_device(&self, group: usize) -> Option<io::Error> {
        let columns = self.metadata.metadata().row_group(group).columns();
        let start = columns
            .iter()
            .map(|it| it.dictionary_page_offset().unwrap_or_else(|| it.data_page_offset()));
        let start = u64::try_from(start.min()?).ok()?;
        let length = columns.iter().map(ColumnChunkMetaData::compressed_size).sum::<i64>();
        let length = u64::try_from(length).ok()?;
        let mut file = &self.file;
        let read = file
            .seek(SeekFrom::Start(start))
            .and_then(|_| io::copy(&mut file.take(length), &mut io::sink()));
        // What asks for a place that cannot be is no failure.
        read.err().filter(|error| error.kind() != io::ErrorKind::InvalidInput)
    }
}

/// The object of a row.
fn fields(row: &RecordBatch, limit: usize) -> Result<Metadata, Reason> {
    let too_large = |bytes: usize| {
        if bytes > limit { Err(Reason::TooLarge { limit }) } else { Ok(()) }
    };
    // Before it is there a second time, as JSON.
    too_large(row.columns().iter().map(bytes_of).sum())?;
    let mut json = LineDelimitedWriter::new(Vec::new());
    json.write(row).and_then(|()| json.finish()).map_err(|error| bad(&error))?;
    let json = json.into_inner();
    too_large(json.len())?;
    serde_json::from_slice(&json).map_err(|error| bad(&error))
}

/// Bytes of a cell with a text; those of other cells are few, or lie in buffers
/// that many rows share.
fn bytes_of(cell: &ArrayRef) -> usize {
    match cell.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Binary | DataType::LargeBinary => {
            cell.to_data().get_slice_memory_size().unwrap_or(usize::MAX)
        }
        _ => 0,
    }
}

fn bad(error: &impl std::fmt::Display) -> Reason {
    Reason::Parquet { message: error.to_string() }
}
