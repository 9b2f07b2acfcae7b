//! What can be wrong with an input, and where it is: [`ReadError`].

use std::fmt;
use std::io;
use std::path::Path;

use thiserror::Error;

use crate::error::TextError;

/// An input, or one record of it, that cannot be read. The message names the
/// file, the line or record, and what is wrong; the way out is up to whoever
/// shows it.
#[derive(Debug, Error)]
#[error("{place}: {reason}")]
pub struct ReadError {
    /// Where.
    pub place: Place,
    /// What is wrong.
    pub reason: Box<Reason>,
}

/// A place in an input, as exact as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The file or folder as the user named it, or `standard input`.
    pub file: String,
    /// The line, from 1.
    pub line: Option<u64>,
    /// The record, from 1, where it is not known by its line.
    pub record: Option<u64>,
    /// Identifier of the document.
    pub document: Option<String>,
    /// The part of the document: `quote q3`, `entity e1`.
    pub part: Option<String>,
}

impl Place {
    /// A whole file or folder.
    #[must_use]
    pub fn file(path: &Path) -> Self {
        Self::named(path.display().to_string())
    }

    /// An input of that name.
    #[must_use]
    pub fn named(file: impl Into<String>) -> Self {
        Self { file: file.into(), ..Self::default() }
    }

    /// The same file at `line`, counted from 1.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// The same file at its record `record`, counted from 1.
    #[must_use]
    pub fn at_record(mut self, record: u64) -> Self {
        self.record = Some(record);
        self
    }

    /// The same file in the document `id`.
    #[must_use]
    pub fn in_document(mut self, id: impl Into<String>) -> Self {
        self.document = Some(id.into());
        self
    }

    /// What is wrong here.
    #[must_use]
    pub fn error(self, reason: Reason) -> ReadError {
        ReadError { place: self, reason: Box::new(reason) }
    }

    /// What is wrong with a part of the document here.
    pub(super) fn fault(mut self, fault: Fault) -> ReadError {
        self.part = fault.part;
        self.error(fault.reason)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(record) = self.record {
            write!(f, ", record {record}")?;
        }
        if let Some(document) = &self.document {
            write!(f, ", document {document}")?;
        }
        match &self.part {
            Some(part) => write!(f, ", {part}"),
            None => Ok(()),
        }
    }
}

/// Why an input cannot be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Reason {
    /// There is nothing of that name.
    #[error("no such file or folder")]
    NotFound,
    /// The system refused, or the device failed.
    #[error("cannot be read: {0}")]
    Io(#[source] io::Error),
    /// A folder in which no file can be an article.
    #[error("the folder holds no {wanted} file")]
    NothingInFolder {
        /// The kinds of file looked for.
        wanted: &'static str,
    },
    /// Compressed bytes that are damaged or end too early.
    #[error("cannot be unpacked: {0}")]
    Packed(#[source] io::Error),
    /// A record that is longer than is allowed.
    #[error("it has more than {limit} bytes")]
    TooLarge {
        /// The most bytes that are allowed.
        limit: usize,
    },
    /// JSON that ends inside a value.
    #[error("the JSON ends in the middle")]
    CutOff,
    /// A row whose cells are not those of the header.
    #[error("the row has {found} cells, the header {wanted}")]
    Cells {
        /// How many cells the row has.
        found: usize,
        /// How many columns the header has.
        wanted: usize,
    },
    /// A column that was named and is not there.
    #[error("there is no column `{column}`; there are: {columns}")]
    NoNamedColumn {
        /// The column.
        column: String,
        /// The columns that are there.
        columns: String,
    },
    /// No column is called as texts are.
    #[error("no column looks like a text; there are: {columns}")]
    NoTextColumn {
        /// The columns that are there.
        columns: String,
    },
    /// An article in which there is nothing to read.
    #[error("`{column}` is empty")]
    EmptyText {
        /// The column.
        column: String,
    },
    /// A column that holds something else than a text.
    #[error("`{field}` is {found}, not a text")]
    NotText {
        /// Name of the column.
        field: String,
        /// What it holds instead.
        found: &'static str,
    },
    /// A Parquet file that cannot be read.
    #[error("bad Parquet: {message}")]
    Parquet {
        /// What is wrong.
        message: String,
    },
    /// A row group of a Parquet file that cannot be read.
    #[error("row group {group} is lost from here on ({rows} rows): {message}")]
    RowGroup {
        /// Its number, from 1.
        group: usize,
        /// How many rows are lost.
        rows: u64,
        /// What is wrong.
        message: String,
    },
    /// A record on which a stage failed.
    #[error("wiezei failed on it: {message}")]
    Failed {
        /// What happened.
        message: String,
    },
    /// Parquet, of which this build knows nothing.
    #[error("this wiezei was built without Parquet")]
    NoParquet,
    /// Bytes that are no UTF-8.
    #[error("not UTF-8: byte {byte:#04x} at offset {offset} (counted in bytes, from 0)")]
    NotUtf8 {
        /// Offset in the input of the first byte that does not fit, from 0.
        offset: u64,
        /// That byte.
        byte: u8,
    },
    /// No JSON, or JSON of another shape.
    #[error("bad JSON at column {column}: {message}")]
    Json {
        /// Column in bytes, from 1; 0 if the line ends too early.
        column: usize,
        /// What the parser says.
        message: String,
    },
    /// No XML, or XML of another shape.
    #[error("bad XML: {message}")]
    Xml {
        /// What the parser says.
        message: String,
    },
    /// XML in which there is no news.
    #[error("neither NITF nor NewsML-G2: {}", root_of(root))]
    NeitherNews {
        /// Name of its root; empty if it has none.
        root: String,
    },
    /// A page that cannot be read.
    #[error("bad HTML: {message}")]
    Html {
        /// What is wrong.
        message: String,
    },
    /// Bytes that are not in the encoding that the file declares.
    #[error("it is not in {encoding}, the encoding that it declares")]
    NotAsDeclared {
        /// Name of the encoding.
        encoding: &'static str,
    },
    /// No CSV, or CSV of another shape.
    #[error("bad CSV: {message}")]
    Csv {
        /// What is wrong.
        message: String,
    },
    /// A table without a column that it needs.
    #[error("there is no column `{field}`; needed: {needed}")]
    NoColumn {
        /// Name of the column.
        field: &'static str,
        /// All columns that are needed.
        needed: String,
    },
    /// A line that is no annotation of brat, or one that cannot be read.
    #[error("bad annotation: {message}")]
    Brat {
        /// What is wrong.
        message: String,
    },
    /// A record without a field that it needs.
    #[error("the record has no `{field}`")]
    NoField {
        /// Name of the field.
        field: &'static str,
    },
    /// A field that holds something else than a string.
    #[error("`{field}` is {found}, not a string")]
    NotString {
        /// Name of the field.
        field: &'static str,
        /// What it is instead.
        found: &'static str,
    },
    /// A text that cannot become a document.
    #[error("{0}")]
    Text(#[from] TextError),
    /// A span that reaches beyond the text.
    #[error("{start}..{end} reaches beyond the text of {length} code points")]
    BeyondText {
        /// Start in code points.
        start: u32,
        /// End in code points.
        end: u32,
        /// Length of the text in code points.
        length: u32,
    },
    /// A span that ends before it starts.
    #[error("{start}..{end} is reversed")]
    Reversed {
        /// Start in code points.
        start: u32,
        /// End in code points.
        end: u32,
    },
    /// A span that holds no character.
    #[error("{at}..{at} is empty")]
    Empty {
        /// Start and end in code points.
        at: u32,
    },
    /// A span whose words are others than the record says: its offsets were
    /// counted in another unit or over another text.
    #[error("{start}..{end} is {found:?} in the text, but the record says {stated:?}")]
    OtherWords {
        /// Start in code points.
        start: u32,
        /// End in code points.
        end: u32,
        /// The words of the text there.
        found: String,
        /// The words that the record gives.
        stated: String,
    },
    /// A value that is none of those the format knows.
    #[error("unknown {what} {value:?}; known: {known}")]
    UnknownValue {
        /// What it is a value of.
        what: &'static str,
        /// The value.
        value: String,
        /// The values that are known.
        known: String,
    },
    /// A reference to something that the document does not have.
    #[error("there is no {what} {id:?}")]
    UnknownId {
        /// What is referred to.
        what: &'static str,
        /// The identifier.
        id: String,
    },
    /// An identifier that was given before.
    #[error("a second {what} {id:?}")]
    Duplicate {
        /// What has the identifier.
        what: &'static str,
        /// The identifier.
        id: String,
    },
    /// Two entities that share a character.
    #[error("{start}..{end} overlaps the one before it")]
    Overlap {
        /// Start in code points.
        start: u32,
        /// End in code points.
        end: u32,
    },
    /// A record without text, of a document that was not given either.
    #[error("the record has no `text`, and no text of this document was given")]
    NoText,
    /// Labels without their text, and no text of that document was given.
    #[error("no text was given that has this identifier or is the labelled one")]
    TextMissing,
    /// Labels without their texts, and no text at all was given.
    #[error("{documents} documents are labelled here without their texts")]
    TextsMissing {
        /// How many documents.
        documents: usize,
    },
    /// Labels without their text, and another text was given for the document.
    #[error(
        "the text given for it is not the labelled one: it has {found} code points, the labelled \
         one {labelled}"
    )]
    TextDiffers {
        /// Code points of the text that was given.
        found: u32,
        /// Code points of the labelled one.
        labelled: u32,
    },
    /// Two texts were given for one document, and nothing says which is meant.
    #[error("two different texts of it were given")]
    TwoTexts,
    /// A record whose text is not that of the document that was given.
    #[error("the `text` of the record is not that of the document that was given")]
    OtherText,
}

/// The root of XML in words.
fn root_of(name: &str) -> String {
    if name.is_empty() { "it has no root".to_owned() } else { format!("its root is <{name}>") }
}

impl Reason {
    /// Why opening or reading a file failed.
    #[must_use]
    pub fn io(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound,
            _ => Self::Io(error),
        }
    }

    /// A JSON error without its position, which [`Place`] and the column have.
    pub(super) fn json(error: &serde_json::Error) -> Self {
        let message = error.to_string();
        let message = message.rsplit_once(" at line ").map_or(&*message, |(said, _)| said);
        Self::Json { column: error.column(), message: message.to_owned() }
    }

    /// A value outside a list of known names.
    pub(super) fn unknown(
        what: &'static str,
        value: &str,
        known: impl IntoIterator<Item = &'static str>,
    ) -> Self {
        let known: Vec<_> = known.into_iter().collect();
        Self::UnknownValue { what, value: value.to_owned(), known: known.join(", ") }
    }
}

/// A reason and the part of a document that it is about, before the document
/// is known.
#[derive(Debug)]
pub(super) struct Fault {
    /// `quote q3`; `None` if the fault is the document's.
    pub(super) part: Option<String>,
    /// What is wrong.
    pub(super) reason: Reason,
}

impl Fault {
    /// Turns a reason into a fault of `part`, for `map_err`.
    pub(super) fn of(part: impl Into<String>) -> impl FnOnce(Reason) -> Self {
        let part = part.into();
        move |reason| Self { part: Some(part), reason }
    }
}

impl From<Reason> for Fault {
    fn from(reason: Reason) -> Self {
        Self { part: None, reason }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_goes_from_the_large_to_the_small() {
        let place = Place::named("a.jsonl").at_line(3).in_document("d1");
        let fault = Fault::of("quote q2")(Reason::Reversed { start: 9, end: 4 });
        assert_eq!(
            place.fault(fault).to_string(),
            "a.jsonl, line 3, document d1, quote q2: 9..4 is reversed"
        );
    }

    #[test]
    fn a_json_error_says_its_position_once() {
        let error = serde_json::from_str::<u32>("  x").unwrap_err();
        let said = Reason::json(&error).to_string();
        assert_eq!(said, "bad JSON at column 3: expected value");
    }
}
