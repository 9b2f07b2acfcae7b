//! Rows to annotated documents.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

use csv::StringRecord;

use super::{COLUMNS, NONE};
use crate::annotated::Annotated;
use crate::attribution::NotQuotation;
use crate::formats::align::Alignment;
use crate::formats::error::{Fault, Place, ReadError, Reason};
use crate::formats::labelled::{self, Label, Labelled};
use crate::formats::{decode, inputs, lines};
use crate::sources::{Mention, SourceIndex};
use crate::text::{Document, Span};

/// The columns without which nothing can be read.
const NEEDED: [&str; 4] = ["document", "kind", "start", "end"];

/// Whether a file's name says that it holds rows.
pub(in crate::formats) fn is_rows(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| {
        extension.eq_ignore_ascii_case("csv") || extension.eq_ignore_ascii_case("tsv")
    })
}

/// Reads the documents of a file, in the order in which they come first;
/// `text_of` finds the text of each by its identifier.
pub(in crate::formats) fn read(
    path: &Path,
    text_of: impl Fn(&str) -> Result<Document, Reason>,
) -> (Vec<Annotated>, Vec<ReadError>) {
    let place = Place::file(path);
    let text = inputs::open(path).and_then(|input| lines::whole(input, &place));
    match text.and_then(|(text, _)| table(&text, &place)) {
        Ok(table) => table.documents(&place, text_of),
        Err(error) => (Vec::new(), vec![error]),
    }
}

fn bad(message: impl Into<String>) -> Reason {
    Reason::Csv { message: message.into() }
}

/// A row and the line that it begins on.
type Row = (u64, StringRecord);

struct Table {
    columns: HashMap<&'static str, usize>,
    /// The rows of each document, in the order in which they come first.
    documents: Vec<(String, Vec<Row>)>,
}

fn table(text: &str, place: &Place) -> Result<Table, ReadError> {
    // Spreadsheets put a semicolon where the comma parts decimals, as in Dutch.
    let header = text.lines().next().unwrap_or_default();
    let count = |delimiter: char| header.matches(delimiter).count();
    let delimiter = [',', ';', '\t'].into_iter().max_by_key(|it| (count(*it), *it == ','));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(',') as u8)
        .from_reader(text.as_bytes() as &[u8]);
    let columns = columns(&mut reader).map_err(|reason| place.clone().at_line(1).error(reason))?;
    let mut documents: Vec<(String, Vec<Row>)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(1, csv::Position::line);
            place.clone().at_line(line).error(csv_reason(&error))
        })?;
        let line = record.position().map_or(1, csv::Position::line);
        let id = record.get(columns["document"]).unwrap_or_default().trim().to_owned();
        if id.is_empty() {
            return Err(place.clone().at_line(line).error(bad("the row names no document")));
        }
        let at = *places.entry(id.clone()).or_insert_with(|| {
            documents.push((id, Vec::new()));
            documents.len() - 1
        });
        documents[at].1.push((line, record));
    }
    Ok(Table { columns, documents })
}

fn csv_reason(error: &csv::Error) -> Reason {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            bad(format!("the row has {len} cells, the header {expected_len}"))
        }
        _ => bad(error.to_string()),
    }
}

fn columns(reader: &mut csv::Reader<impl Read>) -> Result<HashMap<&'static str, usize>, Reason> {
    let header = reader.headers().map_err(|error| csv_reason(&error))?;
    let mut columns = HashMap::new();
    for (at, name) in header.iter().enumerate() {
        if let Some(known) = COLUMNS.into_iter().find(|known| *known == name.trim())
            && columns.insert(known, at).is_some()
        {
            return Err(Reason::Duplicate { what: "column", id: known.to_owned() });
        }
    }
    match NEEDED.into_iter().find(|needed| !columns.contains_key(needed)) {
        Some(field) => Err(Reason::NoColumn { field, needed: NEEDED.join(", ") }),
        None => Ok(columns),
    }
}

impl Table {
    fn documents(
        self,
        place: &Place,
        text_of: impl Fn(&str) -> Result<Document, Reason>,
    ) -> (Vec<Annotated>, Vec<ReadError>) {
        let mut found = Vec::new();
        let mut errors = Vec::new();
        for (id, rows) in &self.documents {
            let first = rows.first().map_or(1, |(line, _)| *line);
            let read = text_of(id).map_err(|reason| (first, Fault::from(reason)));
            match read.and_then(|document| self.document(document, rows)) {
                Ok(annotated) => found.push(annotated),
                Err((line, fault)) => {
                    errors.push(place.clone().at_line(line).in_document(id).fault(fault));
                }
            }
        }
        (found, errors)
    }

    fn document(&self, document: Document, rows: &[Row]) -> Result<Annotated, labelled::FaultAt> {
        let alignment = Alignment::new(document.text());
        let mut labels = Labels { labelled: Labelled::default(), sources: HashMap::new() };
        for (line, record) in rows {
            let cells = Cells { columns: &self.columns, record };
            labels.add(*line, &cells, &alignment).map_err(|fault| (*line, fault))?;
        }
        labels.labelled.annotated(document)
    }
}

/// The cells of a row by their column, without the white space around them.
struct Cells<'a> {
    columns: &'a HashMap<&'static str, usize>,
    record: &'a StringRecord,
}

impl<'a> Cells<'a> {
    /// What stands in a column, if it is there and not empty.
    fn get(&self, column: &str) -> Option<&'a str> {
        let cell = self.columns.get(column).and_then(|&at| self.record.get(at));
        cell.map(str::trim).filter(|cell| !cell.is_empty())
    }

    fn number<N: std::str::FromStr>(&self, column: &'static str) -> Result<Option<N>, Reason> {
        let number = self.get(column).map(|cell| {
            // A spreadsheet in Dutch writes the decimals behind a comma, and
            // pandas writes a column of whole numbers with gaps as `35.0`.
            let cell = cell.replace(',', ".");
            let parsed = cell.strip_suffix(".0").unwrap_or(&cell).parse();
            parsed.map_err(|_| bad(format!("`{column}` is {cell:?}, not a number")))
        });
        number.transpose()
    }

    /// The span of two columns, whose words have to be those of a third.
    fn span(
        &self,
        [words, start, end]: [&'static str; 3],
        alignment: &Alignment<'_>,
    ) -> Result<Option<Span>, Fault> {
        let fault = || Fault::of(words);
        let ends = (self.number(start).map_err(fault())?, self.number(end).map_err(fault())?);
        let (from, to) = match ends {
            (Some(from), Some(to)) => (from, to),
            (None, None) => return Ok(None),
            _ => return Err(fault()(bad(format!("`{start}` or `{end}` is missing")))),
        };
        let span = alignment.span(from, to).map_err(fault())?;
        if let Some(stated) = self.get(words) {
            alignment.check_words(span, stated).map_err(fault())?;
        }
        Ok(Some(span))
    }
}

/// The labels of one document so far.
struct Labels<'a> {
    labelled: Labelled,
    /// By identifier, or by name where there is none.
    sources: HashMap<(bool, &'a str), SourceIndex>,
}

impl<'a> Labels<'a> {
    fn add(
        &mut self,
        line: u64,
        cells: &Cells<'a>,
        alignment: &Alignment<'_>,
    ) -> Result<(), Fault> {
        let span = cells.span(["text", "start", "end"], alignment)?;
        let Some(span) = span else {
            // A document alone: nothing in it is a quotation.
            return match cells.get("kind") {
                None => Ok(()),
                Some(_) => Err(bad("the row has a kind, and no `start` and `end`").into()),
            };
        };
        let kind = cells.get("kind").unwrap_or_default();
        if kind == NONE {
            let own = |column| cells.get(column).map(|cell| cell.to_owned().into());
            self.labelled.add_none(NotQuotation { span, reason: own("reason"), rule: own("rule") });
            return Ok(());
        }
        let mut quotation = labelled::quotation(span, decode::kind(kind)?);
        cells.get("quotation").unwrap_or_default().clone_into(&mut quotation.id);
        quotation.source = self.source(cells)?;
        let named = cells.span(["mention", "mention_start", "mention_end"], alignment)?;
        if let Some(span) = named {
            let words = span.of_text(alignment.text());
            let guess = self.labelled.mention(span, words, quotation.source);
            let kind = cells.get("mention_kind").map(decode::mention_kind).transpose()?;
            quotation.mention = Some(Mention { span, kind: kind.unwrap_or(guess.kind) });
        }
        quotation.cue = cells.span(["cue", "cue_start", "cue_end"], alignment)?;
        quotation.medium = cells.span(["medium", "medium_start", "medium_end"], alignment)?;
        quotation.stance = cells.get("stance").map(decode::stance).transpose()?;
        quotation.modality = cells.get("modality").map(decode::modality).transpose()?;
        quotation.unclosed = cells.get("unclosed").map_or(Ok(false), truth)?;
        quotation.rule = cells.get("rule").map(|rule| rule.to_owned().into());
        quotation.confidence = cells.number("confidence")?;
        let own = |column| cells.get(column).map(str::to_owned);
        let (parent, continues) = (own("parent"), own("continues"));
        self.labelled.add(Label { quotation, parent, continues, line });
        Ok(())
    }

    /// The source of a row: a new one, or that of an earlier row.
    fn source(&mut self, cells: &Cells<'a>) -> Result<Option<SourceIndex>, Reason> {
        let (name, id) = (cells.get("speaker"), cells.get("speaker_id"));
        let (Some(name), key) = (name, id.or(name)) else {
            return match id {
                Some(id) => Err(bad(format!("speaker_id {id:?} has no name in `speaker`"))),
                None => Ok(None),
            };
        };
        let key = (id.is_some(), key.unwrap_or(name));
        let kind = cells.get("speaker_type").map(decode::source_kind).transpose()?;
        if let Some(&index) = self.sources.get(&key) {
            let known = self.labelled.source(index);
            if known.name != name || kind.is_some_and(|kind| kind != known.kind) {
                let (before, kind) = (&known.name, known.kind.name());
                return Err(bad(format!(
                    "the same speaker is {before:?}, {kind}, in an earlier row"
                )));
            }
            return Ok(Some(index));
        }
        let own_id = format!("s{}", self.sources.len() + 1);
        let mut source = labelled::source(id.unwrap_or(&own_id), name, kind);
        source.affiliation = cells.get("affiliation").map(str::to_owned);
        if let Some(gender) = cells.get("gender") {
            source.gender = decode::gender(gender)?;
        }
        let index = self.labelled.add_source(source);
        self.sources.insert(key, index);
        Ok(Some(index))
    }
}

/// As R, Python and spreadsheets write it.
fn truth(cell: &str) -> Result<bool, Reason> {
    match &*cell.to_lowercase() {
        "true" | "1" | "waar" => Ok(true),
        "false" | "0" | "onwaar" => Ok(false),
        _ => Err(Reason::unknown("`unclosed`", cell, ["true", "false"])),
    }
}
