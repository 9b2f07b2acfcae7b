//! Rows to Parquet.

use std::io::{self, Write};

use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

use super::{SCHEMA_VERSION, Table, TableBatches};
use crate::annotated::Annotated;
use crate::formats::ProducedBy;

/// Rows that are gathered before they are handed on.
const BATCH: usize = 4096;
/// Bytes after which they are handed on however few they are: each row of an
/// article repeats its metadata, and Arrow counts the bytes of a column with 31
/// bits.
const BATCH_BYTES: usize = 16 << 20;
/// Bytes of a row group, before they are compressed: all of it is in memory until
/// it is ended. They are counted in the cells, so that the file depends on the
/// articles alone.
const GROUP_BYTES: usize = 64 << 20;

/// Bytes that a row may have at most: the 31 bits of Arrow and Parquet, and some
/// room for what they add.
const MOST_BYTES_OF_ROW: usize = (1 << 31) - (1 << 20);

/// Writes a table of documents.
pub struct TableWriter<W: Write + Send> {
    batches: TableBatches,
    groups: Groups<W>,
}

/// The file with its row groups.
struct Groups<W: Write + Send> {
    parquet: ArrowWriter<W>,
    /// Bytes that were handed on since the last row group ended.
    bytes: usize,
}

impl<W: Write + Send> Groups<W> {
    fn hand_on(&mut self, batches: &mut TableBatches) -> io::Result<()> {
        self.bytes += batches.bytes();
        self.parquet.write(&batches.take().map_err(io::Error::other)?)?;
        if self.bytes >= GROUP_BYTES {
            self.parquet.flush()?;
            self.bytes = 0;
        }
        Ok(())
    }
}

impl<W: Write + Send> TableWriter<W> {
    /// Begins a file. `with_text` puts the text into the table of documents.
    ///
    /// # Errors
    ///
    /// If `out` fails.
    pub fn new(
        out: W,
        table: Table,
        produced_by: &ProducedBy,
        with_text: bool,
    ) -> io::Result<Self> {
        let batches = TableBatches::new(table, |_| true, produced_by, with_text);
        let metadata = [
            ("wiezei.schema_version", SCHEMA_VERSION.to_string()),
            ("wiezei.table", table.name().to_owned()),
            ("wiezei.produced_by", serde_json::to_string(produced_by)?),
        ];
        let metadata = metadata.map(|(key, value)| KeyValue::new(key.to_owned(), value));
        let properties = WriterProperties::builder()
            .set_created_by(format!("wiezei {}", env!("CARGO_PKG_VERSION")))
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_key_value_metadata(Some(metadata.to_vec()))
            .build();
        let parquet = ArrowWriter::try_new(out, batches.schema(), Some(properties))?;
        Ok(Self { batches, groups: Groups { parquet, bytes: 0 } })
    }

    /// Writes the rows of one document.
    ///
    /// # Errors
    ///
    /// If the file cannot be written, or a cell is longer than Parquet has room
    /// for.
    pub fn write(&mut self, annotated: &Annotated) -> io::Result<()> {
        let Self { batches, groups } = self;
        batches.push_each(annotated, |batches, bytes| {
            if bytes > MOST_BYTES_OF_ROW {
                let id = annotated.document.id();
                let message = format!("a row of article {id} has {bytes} bytes: too many");
                return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
            }
            let rows = batches.rows();
            if rows >= BATCH || rows > 0 && batches.bytes() + bytes > BATCH_BYTES {
                groups.hand_on(batches)?;
            }
            Ok(())
        })
    }

    /// Ends the file, and gives it back.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        if self.batches.rows() > 0 {
            self.groups.hand_on(&mut self.batches)?;
        }
        Ok(self.groups.parquet.into_inner()?)
    }
}

#[cfg(test)]
mod tests {
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    use parquet::file::metadata::RowGroupMetaData;
    use serde_json::{Value, json};

    use super::*;
    use crate::attribution::{Kind, Quotation};
    use crate::ner::{Entity, Label};
    use crate::pipeline;
    use crate::text::{Document, Span};
    use crate::tokenize::tokenize;

    fn annotated(id: &str) -> Annotated {
        let text = "Brug dicht 😀\n\n„De brug blijft dicht”, zegt Noor Bakker.";
        let metadata = json!({ "date": "2024-03-01", "krant": "Dijkbode" });
        let metadata = metadata.as_object().unwrap().clone();
        let document = Document::new(id, text).unwrap().with_metadata(metadata);
        let start = text.find("Noor").unwrap();
        let span = Span::of(start..start + "Noor Bakker".len());
        let names = vec![Entity { span, label: Label::Per, score: 1.0 }];
        pipeline::attribute(document, &tokenize(text), names)
    }

    fn written(table: Table, articles: &[Annotated]) -> Vec<u8> {
        let produced_by = ProducedBy::new("test");
        let mut writer = TableWriter::new(Vec::new(), table, &produced_by, true).unwrap();
        for article in articles {
            writer.write(article).unwrap();
        }
        writer.finish().unwrap()
    }

    fn rows(file: &std::fs::File) -> Vec<Value> {
        let reader = ParquetRecordBatchReaderBuilder::try_new(file.try_clone().unwrap()).unwrap();
        let mut json = arrow_json::LineDelimitedWriter::new(Vec::new());
        for batch in reader.build().unwrap() {
            json.write(&batch.unwrap()).unwrap();
        }
        json.finish().unwrap();
        let json = String::from_utf8(json.into_inner()).unwrap();
        json.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn read(bytes: &[u8]) -> Vec<Value> {
        let mut file = tempfile::tempfile().unwrap();
        io::Write::write_all(&mut file, bytes).unwrap();
        rows(&file)
    }

    #[test]
    fn every_cell_is_in_its_column() {
        let article = annotated("a");
        let row = &read(&written(Table::Quotations, std::slice::from_ref(&article)))[0];
        let quoted = &article.quotations[0];
        assert_eq!(row["text"], "„De brug blijft dicht”");
        assert_eq!((&row["start"], &row["end"]), (&json!(14), &json!(36)));
        assert_eq!((&row["cue"], &row["mention"]), (&json!("zegt"), &json!("Noor Bakker")));
        assert_eq!((&row["mention_start"], &row["mention_end"]), (&json!(43), &json!(54)));
        assert_eq!(
            (&row["speaker"], &row["speaker_type"]),
            (&json!("Noor Bakker"), &json!("person"))
        );
        assert_eq!(row["rule"], json!(quoted.rule.as_deref().unwrap()));
        assert_eq!((&row["date"], &row["title"]), (&json!("2024-03-01"), &json!("Brug dicht 😀")));
        assert_eq!((&row["unclosed"], &row["not_dutch"]), (&json!(false), &json!(false)));
        assert!(row.get("parent").is_none() && row.get("medium_start").is_none());
        assert!(row["produced_by"].as_str().unwrap().ends_with("names: test"));
        let row = &read(&written(Table::Documents, std::slice::from_ref(&article)))[0];
        assert_eq!((&row["direct"], &row["with_source"]), (&json!(1), &json!(1)));
        assert_eq!(row["text"], article.document.text());
        assert_eq!(row["metadata"], r#"{"date":"2024-03-01","krant":"Dijkbode"}"#);
        let row = &read(&written(Table::Entities, &[article]))[0];
        assert_eq!((&row["name"], &row["quotations"]), (&json!("Noor Bakker"), &json!(1)));
        let mentions: Value = serde_json::from_str(row["mentions"].as_str().unwrap()).unwrap();
        assert_eq!(mentions[0], json!({"start":43,"end":54,"text":"Noor Bakker","kind":"name"}));
    }

    #[test]
    fn columns_that_can_be_empty_take_everything() {
        let mut article = annotated("a");
        article.document = Document::new("a", article.document.text()).unwrap();
        article.quotations = vec![Quotation {
            id: "q1".into(),
            span: Span::new(0, 4),
            kind: Kind::Mixed,
            cue: None,
            source: None,
            mention: None,
            rule: None,
            confidence: None,
            parent: Some(0),
            continues: Some(0),
            unclosed: true,
            stance: None,
            modality: Some(crate::attribution::Modality::Hedged),
            medium: Some(Span::new(0, 4)),
        }];
        let row = &read(&written(Table::Quotations, &[article]))[0];
        assert_eq!((&row["parent"], &row["modality"]), (&json!("q1"), &json!("hedged")));
        assert_eq!((&row["medium"], &row["unclosed"]), (&json!("Brug"), &json!(true)));
        assert!(["speaker", "cue_start", "confidence"].iter().all(|name| row.get(name).is_none()));
    }

    #[test]
    fn long_metadata_in_every_row_is_cut_into_row_groups() {
        let sentence = "„De brug blijft dicht”, zegt Noor Bakker.";
        let text = vec![sentence; 60].join("\n\n");
        let metadata = json!({ "bijlage": "x".repeat(3 << 20) });
        let metadata = metadata.as_object().unwrap().clone();
        let document = Document::new("lang", &*text).unwrap().with_metadata(metadata);
        let article = pipeline::attribute(document, &tokenize(&text), Vec::new());
        let rows = article.quotations.len();
        assert!(rows > 50, "{rows} rows of 3 MB each");
        let produced_by = ProducedBy::new("test");
        let mut writer =
            TableWriter::new(Vec::new(), Table::Quotations, &produced_by, false).unwrap();
        writer.write(&annotated("kort")).unwrap();
        writer.write(&article).unwrap();
        writer.write(&annotated("kort")).unwrap();
        // What is in memory of them is a batch at most.
        assert!(writer.batches.bytes() <= BATCH_BYTES && writer.groups.bytes < GROUP_BYTES);
        let mut file = tempfile::tempfile().unwrap();
        io::Write::write_all(&mut file, &writer.finish().unwrap()).unwrap();
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
        let groups = reader.metadata().row_groups();
        let written: i64 = groups.iter().map(RowGroupMetaData::num_rows).sum();
        assert_eq!(usize::try_from(written), Ok(rows + 2));
        assert!(groups.len() > 1, "{}", groups.len());
    }

    #[test]
    fn joined_files_are_as_one() {
        let folder = tempfile::tempdir().unwrap();
        let all: Vec<_> = (0..5).map(|n| annotated(&format!("a{n}"))).collect();
        let parts: Vec<_> = [&all[..2], &all[2..2], &all[2..]]
            .iter()
            .enumerate()
            .map(|(n, articles)| {
                let path = folder.path().join(n.to_string());
                std::fs::write(&path, written(Table::Quotations, articles)).unwrap();
                path
            })
            .collect();
        let joined = super::super::join(&parts, Vec::new()).unwrap();
        assert_eq!(read(&joined), read(&written(Table::Quotations, &all)));
        let path = folder.path().join("joined");
        std::fs::write(&path, joined).unwrap();
        let file = std::fs::File::open(&path).unwrap();
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
        let metadata = reader.metadata().file_metadata().key_value_metadata().unwrap();
        assert!(metadata.iter().any(|pair| pair.key == "wiezei.schema_version"));
    }
}
