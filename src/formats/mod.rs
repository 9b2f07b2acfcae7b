//! The only file formats: readers of articles, readers and writers of
//! annotated documents, and the readable text for a terminal.
//!
//! * [`Inputs`], [`Documents`]: articles as text or JSON lines, streamed.
//! * [`Corpus`]: whole archives in every form of [`records`], compressed or not,
//!   in a fixed order that can be entered anywhere.
//! * [`write_jsonl`] and [`system`]: annotated documents as JSON lines, out and
//!   back in.
//! * [`QuotedDocuments`]: who is quoted in JSON lines, without the texts.
//! * [`gold`]: documents that people labelled, one JSON file each, with their
//!   [`Texts`] or without; and labels of the other forms as such.
//! * [`brat`]: labels in the files of brat, in and out.
//! * [`label_studio`]: labels as tasks of Label Studio, in and out.
//! * [`QuotationRows`]: quotations as CSV, one row each.
//! * [`tables`]: documents, entities and quotations as tables in Parquet.
//! * [`Names`]: named entities found before, or by another program.
//! * [`write_readable`]: an annotated document for people; [`write_marks`]: what
//!   was decided of each span in marks; [`write_cast`]: whom
//!   it mentions.
//! * [`write_tokens`]: tokens and sentences alone.
//!
//! Offsets are code points in every file and bytes in every type; the
//! conversion refuses what does not fit a text. What cannot be read is a
//! [`ReadError`], which says where.

mod align;
pub mod brat;
mod cast;
mod corpus;
mod decode;
mod documents;
mod encode;
mod error;
mod explained;
mod file_names;
pub mod gold;
mod inputs;
mod jsonl;
pub mod label_studio;
mod labelled;
mod lines;
mod marked;
mod names;
mod packing;
mod produced_by;
mod quoteannotator;
mod quoted;
mod readable;
pub mod records;
mod rows;
pub mod system;
pub mod tables;
mod texts;
mod tokens;
mod wire;
mod wrapping;

pub use cast::write as write_cast;
pub use corpus::{Corpus, CorpusFile, Cursor, Item, Reading, Shard};
pub use documents::{Documents, InputFormat, document_of_object};
pub use error::{Place, ReadError, Reason};
pub use explained::write as write_explained;
pub use file_names::of_id as file_name;
pub use inputs::{Inputs, Origin};
pub use jsonl::{JsonlOptions, write as write_jsonl};
pub use marked::write as write_marks;
pub use names::Names;
pub use packing::Packing;
pub use produced_by::ProducedBy;
pub use quoted::{Quoted, QuotedDocument, QuotedDocuments, Speaker};
pub use readable::{ReadableOptions, separate as write_separator, write as write_readable};
pub use rows::{QuotationRows, RowOptions};
pub use texts::Texts;
pub use tokens::{TokensFormat, write as write_tokens};
