//! Documents as tables: a row a quotation, or a row a document. The columns have
//! the names and the meaning of the program's tables; offsets are code points.

use std::io;
use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Float32Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use wiezei::annotated::Annotated;
use wiezei::attribution::{Kind, Modality, Quotation, Stance};
use wiezei::formats::{JsonlOptions, ProducedBy, write_jsonl};
use wiezei::text::{CodePoints, Span};

use crate::stream::Batches;

/// Text after which a batch is full, in bytes. The strings of a column of a
/// batch may have 2 GiB together.
const BATCH_BYTES: usize = 32 << 20;

/// A document as JSON.
///
/// # Errors
///
/// Never: the document is written into memory.
pub(crate) fn json(
    annotated: &Annotated,
    produced_by: &ProducedBy,
    with_text: bool,
) -> io::Result<String> {
    let mut line = Vec::new();
    let options = JsonlOptions { with_text, produced_by: Some(produced_by) };
    write_jsonl(&mut line, annotated, options)?;
    line.pop();
    String::from_utf8(line).map_err(io::Error::other)
}

/// The quotations of documents, in their order.
///
/// # Errors
///
/// If the columns do not fit each other: never.
pub(crate) fn quotations(documents: &[Annotated]) -> Result<Batches, ArrowError> {
    batches(documents, QuotationColumns::default, |columns, annotated| {
        let points = CodePoints::new(annotated.document.text());
        for quotation in &annotated.quotations {
            columns.add(annotated, &points, quotation);
        }
    })
}

/// Documents, with what was found in each as counts and, whole, as JSON.
///
/// # Errors
///
/// If the columns do not fit each other, or JSON cannot be made: never.
pub(crate) fn documents(
    documents: &[Annotated],
    produced_by: &ProducedBy,
) -> Result<Batches, ArrowError> {
    let mut failed = None;
    let all = batches(documents, DocumentColumns::default, |columns, annotated| {
        match json(annotated, produced_by, false) {
            Ok(json) => columns.add(annotated, &json),
            Err(error) => failed = Some(error),
        }
    })?;
    failed.map_or(Ok(all), |error| Err(ArrowError::ExternalError(Box::new(error))))
}

/// The columns of a table while they are filled.
trait Columns {
    fn finish(self) -> Vec<(Field, ArrayRef)>;
}

/// Tables of as many documents as fill a batch, one at least.
fn batches<C: Columns>(
    documents: &[Annotated],
    empty: impl Fn() -> C,
    mut add: impl FnMut(&mut C, &Annotated),
) -> Result<Batches, ArrowError> {
    let mut finished = Vec::new();
    let mut columns = empty();
    let mut bytes = 0;
    for annotated in documents {
        if bytes > BATCH_BYTES {
            finished.push(std::mem::replace(&mut columns, empty()).finish());
            bytes = 0;
        }
        bytes += annotated.document.text().len();
        add(&mut columns, annotated);
    }
    finished.push(columns.finish());
    let schema = finished.first().map_or_else(Schema::empty, |columns| {
        Schema::new(columns.iter().map(|(field, _)| field.clone()).collect::<Vec<_>>())
    });
    let schema = Arc::new(schema);
    let batch = |columns: Vec<(Field, ArrayRef)>| {
        let arrays = columns.into_iter().map(|(_, array)| array).collect();
        RecordBatch::try_new(Arc::clone(&schema), arrays)
    };
    let batches = finished.into_iter().map(batch).collect::<Result<_, _>>()?;
    Ok(Batches { schema, batches })
}

/// The place of some words, and the words.
#[derive(Default)]
struct Words {
    text: StringBuilder,
    start: Int64Builder,
    end: Int64Builder,
}

impl Words {
    fn add(&mut self, annotated: &Annotated, points: &CodePoints, span: Option<Span>) {
        let ends = span.map(|span| points.points(span));
        self.text.append_option(span.map(|span| annotated.document.slice(span)));
        self.start.append_option(ends.map(|(start, _)| i64::from(start)));
        self.end.append_option(ends.map(|(_, end)| i64::from(end)));
    }
}

/// A row a quotation.
#[derive(Default)]
struct QuotationColumns {
    document: StringBuilder,
    title: StringBuilder,
    quotation: StringBuilder,
    kind: StringBuilder,
    words: Words,
    speaker: StringBuilder,
    speaker_type: StringBuilder,
    speaker_id: StringBuilder,
    affiliation: StringBuilder,
    gender: StringBuilder,
    mention: Words,
    mention_kind: StringBuilder,
    cue: Words,
    medium: Words,
    stance: StringBuilder,
    modality: StringBuilder,
    parent: StringBuilder,
    continues: StringBuilder,
    unclosed: BooleanBuilder,
    rule: StringBuilder,
    confidence: Float32Builder,
}

impl QuotationColumns {
    fn add(&mut self, annotated: &Annotated, points: &CodePoints, quotation: &Quotation) {
        let document = &annotated.document;
        let source = quotation.source.map(|index| annotated.source(index));
        let id = |index: usize| annotated.quotations[index].id.as_str();
        self.document.append_value(document.id());
        self.title.append_option(document.title().map(|title| document.slice(title)));
        self.quotation.append_value(&quotation.id);
        self.kind.append_value(quotation.kind.name());
        self.words.add(annotated, points, Some(quotation.span));
        self.speaker.append_option(source.map(|source| source.name.as_str()));
        self.speaker_type.append_option(source.map(|source| source.kind.name()));
        self.speaker_id.append_option(source.map(|source| source.id.as_str()));
        self.affiliation.append_option(source.and_then(|source| source.affiliation.as_deref()));
        self.gender.append_option(source.map(|source| source.gender.name()));
        self.mention.add(annotated, points, quotation.mention.map(|mention| mention.span));
        self.mention_kind.append_option(quotation.mention.map(|mention| mention.kind.name()));
        self.cue.add(annotated, points, quotation.cue);
        self.medium.add(annotated, points, quotation.medium);
        self.stance.append_option(quotation.stance.map(Stance::name));
        self.modality.append_option(quotation.modality.map(Modality::name));
        self.parent.append_option(quotation.parent.map(id));
        self.continues.append_option(quotation.continues.map(id));
        self.unclosed.append_value(quotation.unclosed);
        self.rule.append_option(quotation.rule.as_deref());
        self.confidence.append_option(quotation.confidence);
    }
}

impl Columns for QuotationColumns {
    fn finish(mut self) -> Vec<(Field, ArrayRef)> {
        vec![
            always("document", Arc::new(self.document.finish())),
            maybe("title", Arc::new(self.title.finish())),
            always("quotation", Arc::new(self.quotation.finish())),
            always("kind", Arc::new(self.kind.finish())),
            always("start", Arc::new(self.words.start.finish())),
            always("end", Arc::new(self.words.end.finish())),
            always("text", Arc::new(self.words.text.finish())),
            maybe("speaker", Arc::new(self.speaker.finish())),
            maybe("speaker_type", Arc::new(self.speaker_type.finish())),
            maybe("speaker_id", Arc::new(self.speaker_id.finish())),
            maybe("affiliation", Arc::new(self.affiliation.finish())),
            maybe("gender", Arc::new(self.gender.finish())),
            maybe("mention", Arc::new(self.mention.text.finish())),
            maybe("mention_kind", Arc::new(self.mention_kind.finish())),
            maybe("mention_start", Arc::new(self.mention.start.finish())),
            maybe("mention_end", Arc::new(self.mention.end.finish())),
            maybe("cue", Arc::new(self.cue.text.finish())),
            maybe("cue_start", Arc::new(self.cue.start.finish())),
            maybe("cue_end", Arc::new(self.cue.end.finish())),
            maybe("medium", Arc::new(self.medium.text.finish())),
            maybe("medium_start", Arc::new(self.medium.start.finish())),
            maybe("medium_end", Arc::new(self.medium.end.finish())),
            maybe("stance", Arc::new(self.stance.finish())),
            maybe("modality", Arc::new(self.modality.finish())),
            maybe("parent", Arc::new(self.parent.finish())),
            maybe("continues", Arc::new(self.continues.finish())),
            always("unclosed", Arc::new(self.unclosed.finish())),
            maybe("rule", Arc::new(self.rule.finish())),
            maybe("confidence", Arc::new(self.confidence.finish())),
        ]
    }
}

/// A row a document.
#[derive(Default)]
struct DocumentColumns {
    document: StringBuilder,
    title: StringBuilder,
    characters: Int64Builder,
    counts: [Int64Builder; COUNTS.len()],
    json: StringBuilder,
}

/// What is counted of a document, in the order of the columns.
const COUNTS: [&str; 9] = [
    "quotations",
    "direct",
    "mixed",
    "indirect",
    "with_source",
    "unclosed",
    "entities",
    "named_entities",
    "not_quotes",
];

impl DocumentColumns {
    fn add(&mut self, annotated: &Annotated, json: &str) {
        let document = &annotated.document;
        let quotations = &annotated.quotations;
        let of_kind = |kind: Kind| quotations.iter().filter(|it| it.kind == kind).count();
        let counts = [
            quotations.len(),
            of_kind(Kind::Direct),
            of_kind(Kind::Mixed),
            of_kind(Kind::Indirect),
            quotations.iter().filter(|it| it.source.is_some()).count(),
            quotations.iter().filter(|it| it.unclosed).count(),
            annotated.sources.len(),
            annotated.names.len(),
            annotated.not_quotations.len(),
        ];
        self.document.append_value(document.id());
        self.title.append_option(document.title().map(|title| document.slice(title)));
        self.characters.append_value(document.text().chars().count() as i64);
        for (column, count) in self.counts.iter_mut().zip(counts) {
            column.append_value(count as i64);
        }
        self.json.append_value(json);
    }
}

impl Columns for DocumentColumns {
    fn finish(mut self) -> Vec<(Field, ArrayRef)> {
        let counts = self.counts.iter_mut().zip(COUNTS);
        let counts = counts.map(|(column, name)| always(name, Arc::new(column.finish())));
        let mut columns = vec![
            always("document", Arc::new(self.document.finish())),
            maybe("title", Arc::new(self.title.finish())),
            always("characters", Arc::new(self.characters.finish())),
        ];
        columns.extend(counts);
        columns.push(always("json", Arc::new(self.json.finish())));
        columns
    }
}

/// A column in which no row is empty.
fn always(name: &str, array: ArrayRef) -> (Field, ArrayRef) {
    (field(name, array.data_type(), false), array)
}

/// A column that a row may leave empty.
fn maybe(name: &str, array: ArrayRef) -> (Field, ArrayRef) {
    (field(name, array.data_type(), true), array)
}

fn field(name: &str, kind: &DataType, nullable: bool) -> Field {
    Field::new(name, kind.clone(), nullable)
}
