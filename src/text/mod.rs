//! The text under all annotation: spans, the document that owns the text, and
//! the only place where bytes become characters.
//!
//! Inside the library every offset is a UTF-8 byte offset on a character
//! boundary. Outside the process (JSON, gold files) offsets are Unicode code
//! points, half-open, as Python counts them; [`CodePoints`] converts.

mod code_points;
mod document;
mod span;

pub use code_points::CodePoints;
pub(crate) use document::field;
pub use document::{Document, MAX_TEXT_BYTES, Metadata};
pub use span::Span;
