//! The rows of a Parquet file, a row group at a time, so that one that is
//! damaged spoils no other. A row is an object, as Arrow writes it as JSON.

use std::fs::File;
use std::ops::Range;

use arrow_array::RecordBatch;
use arrow_json::LineDelimitedWriter;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};

use crate::formats::error::Reason;
use crate::text::Metadata;

/// Rows that are in memory at once: few, since each may hold a long text.
const BATCH: usize = 64;

/// The rows of a file.
pub(super) struct ParquetRows {
    file: File,
    metadata: ArrowReaderMetadata,
    groups: Range<usize>,
    /// The row group that is being read.
    current: Option<Group>,
    /// The number of the next row of the file, from 1.
    next_row: u64,
}

struct Group {
    batches: ParquetRecordBatchReader,
    rows: std::vec::IntoIter<Metadata>,
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
    /// Reads the description at the end of the file.
    pub(super) fn new(file: File) -> Result<Self, Reason> {
        let metadata = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new())
            .map_err(|error| bad(&error))?;
        let groups = 0..metadata.metadata().num_row_groups();
        Ok(Self { file, metadata, groups, current: None, next_row: 1 })
    }

    /// The names of the columns.
    pub(super) fn header(&self) -> Vec<String> {
        self.metadata.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// The next row.
    pub(super) fn next(&mut self) -> Option<ParquetRow> {
        loop {
            let Some(group) = &mut self.current else {
                let group = self.groups.next()?;
                if let Err(reason) = self.open(group) {
                    return Some(self.spoilt(group, &reason));
                }
                continue;
            };
            if let Some(fields) = group.rows.next() {
                let number = self.next_row;
                self.next_row += 1;
                return Some(ParquetRow { number, fields: Ok(fields) });
            }
            let rows = match group.batches.next() {
                Some(Ok(batch)) => objects(&batch),
                Some(Err(error)) => Err(bad(&error)),
                None => {
                    self.next_row = group.end;
                    self.current = None;
                    continue;
                }
            };
            match rows {
                Ok(rows) => group.rows = rows.into_iter(),
                Err(reason) => {
                    let group = self.groups.start - 1;
                    return Some(self.spoilt(group, &reason));
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
        self.current = Some(Group { batches, rows: Vec::new().into_iter(), end });
        Ok(())
    }

    fn rows_of(&self, group: usize) -> u64 {
        u64::try_from(self.metadata.metadata().row_group(group).num_rows()).unwrap_or_default()
    }

    /// Gives up the rest of a row group.
    fn spoilt(&mut self, group: usize, reason: &Reason) -> ParquetRow {
        let number = self.next_row;
        let end = match self.current.take() {
            Some(current) => current.end,
            None => number + self.rows_of(group),
        };
        self.next_row = end;
        let reason = Reason::RowGroup {
            group: group + 1,
            rows: end.saturating_sub(number),
            message: reason.to_string(),
        };
        ParquetRow { number, fields: Err(reason) }
    }
}

fn objects(batch: &RecordBatch) -> Result<Vec<Metadata>, Reason> {
    let mut json = LineDelimitedWriter::new(Vec::new());
    json.write(batch).and_then(|()| json.finish()).map_err(|error| bad(&error))?;
    let lines = json.into_inner();
    let objects = serde_json::Deserializer::from_slice(&lines).into_iter::<Metadata>();
    let objects: Vec<Metadata> = objects.collect::<Result<_, _>>().map_err(|e| bad(&e))?;
    Ok(objects)
}

fn bad(error: &impl std::fmt::Display) -> Reason {
    Reason::Parquet { message: error.to_string() }
}
