//! Annotated documents to rows.

use std::io::{self, Write};

use super::{COLUMNS, NONE};
use crate::annotated::Annotated;
use crate::attribution::{NotQuotation, Quotation};
use crate::formats::{ProducedBy, documents};
use crate::text::{CodePoints, Span};

/// What is written besides the quotations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RowOptions {
    /// Whether the file begins with a byte order mark, without which Excel
    /// takes its letters for those of another encoding.
    pub byte_order_mark: bool,
    /// Whether there are rows for words in marks that are no quotation, and for
    /// documents without quotations: needed where the rows are labels, and in
    /// the way of whoever counts quotations.
    pub as_labels: bool,
}

/// Writes the quotations of documents as CSV, under one header.
#[derive(Debug)]
pub struct QuotationRows<W: Write> {
    csv: csv::Writer<W>,
    options: RowOptions,
}

impl<W: Write> QuotationRows<W> {
    /// Begins a file with its header.
    ///
    /// # Errors
    ///
    /// If `out` fails; then with the error of `out`.
    pub fn new(mut out: W, options: RowOptions) -> io::Result<Self> {
        if options.byte_order_mark {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(COLUMNS)?;
        Ok(Self { csv, options })
    }

    /// Writes the rows of one document, and in each what made it, if that is
    /// known.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn write(
        &mut self,
        annotated: &Annotated,
        produced_by: Option<&ProducedBy>,
    ) -> io::Result<()> {
        let document = &annotated.document;
        let metadata = match document.metadata() {
            metadata if metadata.is_empty() => String::new(),
            metadata => serde_json::to_string(metadata)?,
        };
        let sheet = Sheet {
            annotated,
            points: CodePoints::new(document.text()),
            of_document: [
                ("document", document.id().to_owned()),
                ("title", document.title().map(|t| document.slice(t).into()).unwrap_or_default()),
                ("date", documents::date(document).unwrap_or_default()),
                ("warnings", annotated.warning_codes().join(" ")),
                ("produced_by", produced_by.map(ToString::to_string).unwrap_or_default()),
                ("metadata", metadata),
            ],
        };
        for quotation in &annotated.quotations {
            self.csv.write_record(sheet.quotation(quotation).0)?;
        }
        if self.options.as_labels {
            for not in &annotated.not_quotations {
                self.csv.write_record(sheet.none(not).0)?;
            }
            if annotated.quotations.is_empty() && annotated.not_quotations.is_empty() {
                self.csv.write_record(sheet.row().0)?;
            }
        }
        Ok(())
    }

    /// Ends the table, and gives the file back.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn finish(self) -> io::Result<W> {
        self.csv.into_inner().map_err(csv::IntoInnerError::into_error)
    }

    /// Hands everything on to the file.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.csv.flush()
    }
}

/// One row, a cell a column.
struct Row([String; COLUMNS.len()]);

impl Row {
    fn set(&mut self, column: &str, cell: impl Into<String>) {
        let at = COLUMNS.iter().position(|name| *name == column);
        self.0[at.expect("a column of the table")] = cell.into();
    }
}

/// What the rows of one document are made of.
struct Sheet<'a> {
    annotated: &'a Annotated,
    points: CodePoints,
    /// Cells that all of them have alike.
    of_document: [(&'static str, String); 6],
}

impl Sheet<'_> {
    fn row(&self) -> Row {
        let mut row = Row(std::array::from_fn(|_| String::new()));
        for (column, cell) in &self.of_document {
            row.set(column, cell);
        }
        row
    }

    fn set_words(&self, row: &mut Row, [words, start, end]: [&str; 3], span: Span) {
        let (from, to) = self.points.points(span);
        row.set(words, self.annotated.document.slice(span));
        row.set(start, from.to_string());
        row.set(end, to.to_string());
    }

    fn quotation(&self, quotation: &Quotation) -> Row {
        let mut row = self.row();
        let id = |index: usize| &*self.annotated.quotations[index].id;
        row.set("quotation", &quotation.id);
        row.set("kind", quotation.kind.name());
        self.set_words(&mut row, ["text", "start", "end"], quotation.span);
        if let Some(source) = quotation.source.map(|index| self.annotated.source(index)) {
            row.set("speaker", &source.name);
            row.set("speaker_type", source.kind.name());
            row.set("speaker_id", &source.id);
            row.set("affiliation", source.affiliation.as_deref().unwrap_or_default());
            row.set("gender", source.gender.name());
        }
        if let Some(mention) = quotation.mention {
            self.set_words(&mut row, ["mention", "mention_start", "mention_end"], mention.span);
            row.set("mention_kind", mention.kind.name());
        }
        if let Some(cue) = quotation.cue {
            self.set_words(&mut row, ["cue", "cue_start", "cue_end"], cue);
        }
        if let Some(medium) = quotation.medium {
            self.set_words(&mut row, ["medium", "medium_start", "medium_end"], medium);
        }
        row.set("stance", quotation.stance.map_or("", |stance| stance.name()));
        row.set("modality", quotation.modality.map_or("", |modality| modality.name()));
        row.set("parent", quotation.parent.map_or("", id));
        row.set("continues", quotation.continues.map_or("", id));
        row.set("unclosed", if quotation.unclosed { "true" } else { "false" });
        row.set("rule", quotation.rule.as_deref().unwrap_or_default());
        row.set("confidence", quotation.confidence.map(|it| it.to_string()).unwrap_or_default());
        row
    }

    fn none(&self, not: &NotQuotation) -> Row {
        let mut row = self.row();
        row.set("kind", NONE);
        self.set_words(&mut row, ["text", "start", "end"], not.span);
        row.set("rule", not.rule.as_deref().unwrap_or_default());
        row.set("reason", not.reason.as_deref().unwrap_or_default());
        row
    }
}
