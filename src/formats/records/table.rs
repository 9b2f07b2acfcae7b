//! The rows of a CSV or TSV file, under their header. A row is an object of
//! strings.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use csv::{ByteRecord, Reader, ReaderBuilder};
use serde_json::Value;

use super::encoding::{Encoding, decode};
use crate::formats::error::Reason;
use crate::text::Metadata;

/// The separators that CSV is written with: Excel's in the Low Countries is the
/// semicolon.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The rows of an input.
pub(super) struct Rows<R> {
    reader: Reader<Rationed<R>>,
    ration: Ration,
    header: Vec<String>,
    row: ByteRecord,
    read: u64,
}

/// A row, or what is wrong with it.
pub(super) struct Row {
    /// Its number, from 1, the header not counted.
    pub(super) number: u64,
    pub(super) fields: Result<(Metadata, Encoding), Reason>,
    /// Whether no row can be found behind it.
    pub(super) is_last: bool,
}

impl<R: BufRead> Rows<R> {
    /// Reads the header. A row may have `limit` bytes.
    pub(super) fn new(mut input: R, limit: usize, separator: Option<u8>) -> Result<Self, Reason> {
        let separator = match separator {
            Some(separator) => separator,
            None => guess_separator(input.fill_buf().map_err(Reason::Packed)?),
        };
        let ration = Ration { left: Arc::new(AtomicUsize::new(limit)), limit };
        let input = Rationed { input, ration: ration.clone() };
        let mut reader =
            ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(input);
        let header = reader.byte_headers().map_err(|error| reason(error, limit))?;
        let name = |bytes: &[u8]| {
            let (name, _) = decode(bytes.to_vec(), 0)?;
            Ok(name.trim_start_matches('\u{feff}').trim().to_owned())
        };
        let header = header.iter().map(name).collect::<Result<_, Reason>>()?;
        Ok(Self { reader, ration, header, row: ByteRecord::new(), read: 0 })
    }

    /// The names of the columns.
    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    /// The next row.
    pub(super) fn next(&mut self) -> Option<Row> {
        self.ration.renew();
        self.read += 1;
        let number = self.read;
        match self.reader.read_byte_record(&mut self.row) {
            Ok(false) => None,
            Ok(true) => Some(Row { number, fields: self.fields(), is_last: false }),
            Err(error) => {
                let fields = Err(reason(error, self.ration.limit));
                Some(Row { number, fields, is_last: true })
            }
        }
    }

    fn fields(&self) -> Result<(Metadata, Encoding), Reason> {
        if self.row.len() != self.header.len() {
            return Err(Reason::Cells { found: self.row.len(), wanted: self.header.len() });
        }
        let mut fields = Metadata::new();
        let mut encoding = Encoding::Utf8;
        let start = self.row.position().map_or(0, csv::Position::byte);
        for (name, cell) in self.header.iter().zip(&self.row) {
            let (text, of_cell) = decode(cell.to_vec(), start)?;
            encoding = encoding.max(of_cell);
            fields.insert(name.clone(), Value::String(text));
        }
        Ok((fields, encoding))
    }
}

fn reason(error: csv::Error, limit: usize) -> Reason {
    match error.into_kind() {
        csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            Reason::TooLarge { limit }
        }
        csv::ErrorKind::Io(error) => Reason::Packed(error),
        other => Reason::Csv { message: format!("{other:?}") },
    }
}

/// The separator that the first line has most of, outside quotes.
fn guess_separator(start: &[u8]) -> u8 {
    let mut counts = [0; SEPARATORS.len()];
    let mut in_quotes = false;
    for &byte in start.iter().take_while(|&&byte| byte != b'\n') {
        in_quotes ^= byte == b'"';
        if let Some(at) = SEPARATORS.iter().position(|&it| it == byte && !in_quotes) {
            counts[at] += 1;
        }
    }
    // Of equal counts the first.
    let best = (0..counts.len()).rev().max_by_key(|&at| counts[at]).unwrap_or_default();
    SEPARATORS[best]
}

/// How many bytes may still be read for one row.
#[derive(Clone)]
struct Ration {
    left: Arc<AtomicUsize>,
    limit: usize,
}

impl Ration {
    fn renew(&self) {
        self.left.store(self.limit, Ordering::Relaxed);
    }
}

/// A reader that fails when a row takes too much, as one does whose closing
/// quote is missing.
struct Rationed<R> {
    input: R,
    ration: Ration,
}

impl<R: Read> Read for Rationed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.ration.left.load(Ordering::Relaxed);
        if left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.input.read(buffer)?;
        self.ration.left.store(left.saturating_sub(read), Ordering::Relaxed);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(csv: &[u8]) -> Vec<(u64, Result<String, String>)> {
        let mut rows = Rows::new(csv, 10_000, None).unwrap();
        let mut found = Vec::new();
        while let Some(row) = rows.next() {
            let fields = row.fields.map(|(fields, _)| serde_json::to_string(&fields).unwrap());
            found.push((row.number, fields.map_err(|reason| reason.to_string())));
        }
        found
    }

    #[test]
    fn rows_are_objects_whatever_separates_them() {
        for csv in [
            "\u{feff}id,tekst\n1,\"Ja, \"\"nee\"\".\nToch.\"\n",
            "id;tekst\r\n1;\"Ja, \"\"nee\"\".\nToch.\"\r\n",
            "id\ttekst\n1\t\"Ja, \"\"nee\"\".\nToch.\"\n",
        ] {
            let wanted = r#"{"id":"1","tekst":"Ja, \"nee\".\nToch."}"#;
            assert_eq!(rows(csv.as_bytes()), [(1, Ok(wanted.to_owned()))], "{csv}");
        }
    }

    #[test]
    fn a_bad_row_has_its_number_and_the_next_still_comes() {
        let found = rows(b"id,tekst\n1,a,b\n2,caf\xe9\n3,caf\xc3\n4,d\n");
        assert_eq!(found[0], (1, Err("the row has 3 cells, the header 2".into())));
        assert_eq!(found[1], (2, Ok(r#"{"id":"2","tekst":"café"}"#.into())));
        assert!(found[2].1.is_err());
        assert_eq!(found[3].0, 4);
    }

    #[test]
    fn a_quote_that_is_never_closed_does_not_fill_the_memory() {
        let csv = format!("id,tekst\n1,\"{}", "a\n".repeat(100_000));
        let mut rows = Rows::new(csv.as_bytes(), 10_000, None).unwrap();
        let row = rows.next().unwrap();
        assert!(row.is_last);
        assert!(matches!(row.fields, Err(Reason::TooLarge { limit: 10_000 })));
    }
}
