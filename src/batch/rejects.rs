//! The records that could not be read, as JSON lines: where, which, and why.

use serde::Serialize;

use crate::formats::{Place, ReadError};

#[derive(Serialize)]
struct Reject<'a> {
    file: &'a str,
    position: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<&'a str>,
    reason: String,
}

/// The line of one record, with its line break.
pub(super) fn line(error: &ReadError) -> String {
    let Place { file, line, record, document, .. } = &error.place;
    let position = match (line, record) {
        (Some(line), _) => format!("line {line}"),
        (None, Some(record)) => format!("record {record}"),
        (None, None) => "file".to_owned(),
    };
    let reject = Reject {
        file,
        position,
        line: *line,
        record: *record,
        document: document.as_deref(),
        reason: error.reason.to_string(),
    };
    let mut line = serde_json::to_string(&reject).unwrap_or_default();
    line.push('\n');
    line
}
