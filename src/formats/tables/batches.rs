//! Rows as columns in memory.

use std::convert::Infallible;
use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Float32Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};

use super::rows::{Cell, Rows};
use super::{CellType, Column, Table};
use crate::annotated::Annotated;
use crate::formats::ProducedBy;

/// The rows of a table, gathered as columns of Arrow and taken a batch at a time.
pub struct TableBatches {
    table: Table,
    schema: SchemaRef,
    /// Those that are wanted, each with its place in a row.
    columns: Vec<(usize, Builder)>,
    /// Rows, and bytes of their cells, that are gathered.
    rows: usize,
    bytes: usize,
    produced_by: Arc<str>,
    with_text: bool,
}

impl TableBatches {
    /// No rows yet, of those columns of a table that are `wanted`. `with_text` puts
    /// the text into the table of documents.
    #[must_use]
    pub fn new(
        table: Table,
        wanted: impl Fn(&Column) -> bool,
        produced_by: &ProducedBy,
        with_text: bool,
    ) -> Self {
        let all = table.columns().iter().enumerate();
        let wanted: Vec<_> = all.filter(|(_, column)| wanted(column)).collect();
        let fields: Vec<_> = wanted.iter().map(|&(place, column)| field(place, column)).collect();
        let columns = wanted.iter().map(|&(place, column)| (place, Builder::new(column)));
        Self {
            table,
            schema: Arc::new(Schema::new(fields)),
            columns: columns.collect(),
            rows: 0,
            bytes: 0,
            produced_by: produced_by.to_string().into(),
            with_text,
        }
    }

    /// The columns.
    #[must_use]
    pub fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    /// How many rows are gathered.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many bytes their cells take, about.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Adds the rows of one document.
    pub fn push(&mut self, annotated: &Annotated) {
        let Ok(()) = self.push_each(annotated, |_, _| Ok::<_, Infallible>(()));
    }

    /// Adds the rows of one document, and asks before each, telling its bytes, whether
    /// to go on: then is the time to take what is gathered.
    ///
    /// # Errors
    ///
    /// Those of `before`; the rows before stay.
    pub fn push_each<E>(
        &mut self,
        annotated: &Annotated,
        mut before: impl FnMut(&mut Self, usize) -> Result<(), E>,
    ) -> Result<(), E> {
        let produced_by = Arc::clone(&self.produced_by);
        let rows = Rows::new(annotated, &produced_by, self.with_text);
        for row in rows.of(self.table) {
            let bytes = self.columns.iter().map(|(place, _)| row[*place].bytes()).sum();
            before(self, bytes)?;
            for (place, column) in &mut self.columns {
                column.push(&row[*place]);
            }
            self.rows += 1;
            self.bytes += bytes;
        }
        Ok(())
    }

    /// The rows that are gathered; then there are none.
    ///
    /// # Errors
    ///
    /// If the columns do not fit the schema: never.
    pub fn take(&mut self) -> Result<RecordBatch, ArrowError> {
        let columns = self.columns.iter_mut().map(|(_, column)| column.finish()).collect();
        (self.rows, self.bytes) = (0, 0);
        RecordBatch::try_new(self.schema(), columns)
    }
}

/// The cells of a column.
enum Builder {
    Text(StringBuilder),
    Count(Int64Builder),
    Number(Float32Builder),
    Truth(BooleanBuilder),
}

impl Builder {
    fn new(column: &Column) -> Self {
        match column.cells {
            CellType::Text => Self::Text(StringBuilder::new()),
            CellType::Count => Self::Count(Int64Builder::new()),
            CellType::Number => Self::Number(Float32Builder::new()),
            CellType::Truth => Self::Truth(BooleanBuilder::new()),
        }
    }

    fn push(&mut self, cell: &Cell<'_>) {
        match (self, cell) {
            (Self::Text(builder), Cell::Text(text)) => builder.append_value(text),
            (Self::Text(builder), Cell::Owned(text)) => builder.append_value(text),
            (Self::Text(builder), Cell::None) => builder.append_null(),
            // Offsets are of 32 bits, and there are fewer rows than characters.
            (Self::Count(builder), Cell::Count(count)) => {
                builder.append_value(i64::try_from(*count).unwrap_or(i64::MAX));
            }
            (Self::Count(builder), Cell::None) => builder.append_null(),
            (Self::Number(builder), Cell::Number(number)) => builder.append_value(*number),
            (Self::Number(builder), Cell::None) => builder.append_null(),
            (Self::Truth(builder), Cell::Truth(truth)) => builder.append_value(*truth),
            (_, cell) => unreachable!("{cell:?} is no cell of its column"),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(builder) => Arc::new(builder.finish()),
            Self::Count(builder) => Arc::new(builder.finish()),
            Self::Number(builder) => Arc::new(builder.finish()),
            Self::Truth(builder) => Arc::new(builder.finish()),
        }
    }
}

fn field(place: usize, column: &Column) -> Field {
    let cells = match column.cells {
        CellType::Text => DataType::Utf8,
        CellType::Count => DataType::Int64,
        CellType::Number => DataType::Float32,
        CellType::Truth => DataType::Boolean,
    };
    Field::new(column.name, cells, place > 0)
}

#[cfg(test)]
mod tests {
    use arrow_array::cast::AsArray;
    use arrow_array::types::Int64Type;

    use super::*;
    use crate::ner::{Entity, Label};
    use crate::pipeline;
    use crate::text::{Document, Span};
    use crate::tokenize::tokenize;

    #[test]
    fn only_wanted_columns_are_filled_and_each_with_its_own() {
        let text = "„De sluis gaat open”, zegt Iris Veenstra.";
        let start = text.find("Iris").unwrap();
        let span = Span::of(start..start + "Iris Veenstra".len());
        let names = vec![Entity { span, label: Label::Per, score: 1.0 }];
        let annotated =
            pipeline::attribute(Document::new("a", text).unwrap(), &tokenize(text), names);
        let wanted = |column: &Column| ["document", "end", "speaker"].contains(&column.name);
        let by = ProducedBy::new("test");
        let mut batches = TableBatches::new(Table::Quotations, wanted, &by, false);
        let names: Vec<_> = batches.schema().fields().iter().map(|it| it.name().clone()).collect();
        assert_eq!(names, ["document", "end", "speaker"]);
        batches.push(&annotated);
        batches.push(&annotated);
        assert_eq!(batches.rows(), 2);
        assert!(batches.bytes() > 0);
        let batch = batches.take().unwrap();
        assert_eq!(batch.num_rows(), 2);
        assert_eq!(batch.column(0).as_string::<i32>().value(1), "a");
        assert_eq!(batch.column(1).as_primitive::<Int64Type>().value(0), 20);
        assert_eq!(batch.column(2).as_string::<i32>().value(0), "Iris Veenstra");
        assert_eq!((batches.rows(), batches.bytes()), (0, 0));
        assert_eq!(batches.take().unwrap().num_rows(), 0);
    }
}
