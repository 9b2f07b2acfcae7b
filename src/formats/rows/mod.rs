//! Quotations as CSV, one row each, for R, pandas and spreadsheets.
//!
//! Offsets are code points, half-open. `document`, `start`, `end` and `kind`
//! are enough to be read; every other column may be missing or empty. The
//! words at the offsets (`text`, `mention`, `cue`, `medium`) stand there for
//! people; where they are given they have to be those of the text, white space
//! aside, which shows at once where offsets count something else.
//!
//! A file of labels has two more sorts of rows: of kind `none`, for words in
//! marks that are no quotation, and with a document alone, for one in which
//! there is no quotation.

mod read;
mod write;

pub(super) use read::{is_rows, read};
pub use write::{QuotationRows, RowOptions};

/// The columns, in the order in which they are written.
const COLUMNS: [&str; 34] = [
    "document",
    "title",
    "quotation",
    "kind",
    "start",
    "end",
    "text",
    "speaker",
    "speaker_type",
    "speaker_id",
    "affiliation",
    "gender",
    "mention",
    "mention_kind",
    "mention_start",
    "mention_end",
    "cue",
    "cue_start",
    "cue_end",
    "medium",
    "medium_start",
    "medium_end",
    "stance",
    "modality",
    "parent",
    "continues",
    "unclosed",
    "rule",
    "confidence",
    "reason",
    "date",
    "warnings",
    "produced_by",
    "metadata",
];

/// The kind of a row that is no quotation.
const NONE: &str = "none";

#[cfg(test)]
mod tests;
