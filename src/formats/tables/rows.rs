//! What stands in the rows of each table, in the order of its columns.

use serde_json::{Value, json};

use super::Table;
use crate::annotated::Annotated;
use crate::attribution::{Kind, Modality, Quotation, Stance};
use crate::formats::documents;
use crate::sources::{Source, SourceIndex};
use crate::text::{CodePoints, Span};

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell<'a> {
    None,
    Text(&'a str),
    Owned(String),
    Count(u64),
    Number(f32),
    Truth(bool),
}

impl Cell<'_> {
    /// Bytes that it takes, about.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Owned(text) => text.len(),
            Self::None | Self::Count(_) | Self::Number(_) | Self::Truth(_) => 8,
        }
    }
}

impl<'a> From<Option<&'a str>> for Cell<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::None, Self::Text)
    }
}

/// What of an article is the same in all its rows.
pub(super) struct Rows<'a> {
    annotated: &'a Annotated,
    points: CodePoints,
    date: Option<String>,
    warnings: Option<String>,
    metadata: Option<String>,
    produced_by: &'a str,
    with_text: bool,
}

impl<'a> Rows<'a> {
    pub(super) fn new(annotated: &'a Annotated, produced_by: &'a str, with_text: bool) -> Self {
        let metadata = annotated.document.metadata();
        let warnings = annotated.warning_codes();
        Self {
            annotated,
            points: CodePoints::new(annotated.document.text()),
            date: documents::date(&annotated.document),
            warnings: (!warnings.is_empty()).then(|| warnings.join(" ")),
            metadata: (!metadata.is_empty()).then(|| Value::Object(metadata.clone()).to_string()),
            produced_by,
            with_text,
        }
    }

    /// The rows of a table.
    pub(super) fn of(&self, table: Table) -> Vec<Vec<Cell<'_>>> {
        match table {
            Table::Documents => vec![self.document()],
            Table::Entities => {
                (0..self.annotated.sources.len()).map(|n| self.entity(SourceIndex(n))).collect()
            }
            Table::Quotations => {
                self.annotated.quotations.iter().map(|it| self.quotation(it)).collect()
            }
        }
    }

    fn row<'b>(&'b self, own: Vec<Cell<'b>>) -> Vec<Cell<'b>> {
        let document = &self.annotated.document;
        let mut row = vec![
            Cell::Text(document.id()),
            document.title().map(|title| document.slice(title)).into(),
            self.date.as_deref().into(),
        ];
        row.extend(own);
        row.push(self.metadata.as_deref().into());
        row.push(Cell::Text(self.produced_by));
        row
    }

    fn document(&self) -> Vec<Cell<'_>> {
        let Annotated { document, quotations, sources, names, not_quotations, warnings, .. } =
            self.annotated;
        let count = |is: &dyn Fn(&Quotation) -> bool| {
            Cell::Count(quotations.iter().filter(|quotation| is(quotation)).count() as u64)
        };
        let warnings: Vec<Value> = warnings
            .iter()
            .map(|warning| {
                let offset = warning.offset.map(|byte| self.points.point(byte));
                json!({ "code": warning.code, "offset": offset, "message": warning.message })
            })
            .collect();
        self.row(vec![
            self.with_text.then(|| document.text()).into(),
            Cell::Count(self.points.len().into()),
            Cell::Count(quotations.len() as u64),
            count(&|quotation| quotation.kind == Kind::Direct),
            count(&|quotation| quotation.kind == Kind::Mixed),
            count(&|quotation| quotation.kind == Kind::Indirect),
            count(&|quotation| quotation.source.is_some()),
            count(&|quotation| quotation.unclosed),
            Cell::Count(sources.len() as u64),
            Cell::Count(names.len() as u64),
            Cell::Count(not_quotations.len() as u64),
            Cell::Owned(Value::Array(warnings).to_string()),
        ])
    }

    fn entity(&self, index: SourceIndex) -> Vec<Cell<'_>> {
        let source: &'a Source = self.annotated.source(index);
        let mentions: Vec<Value> = source
            .mentions
            .iter()
            .map(|mention| {
                let (start, end) = self.points.points(mention.span);
                let text = self.annotated.document.slice(mention.span);
                json!({ "start": start, "end": end, "text": text, "kind": mention.kind.name() })
            })
            .collect();
        let quotations = &self.annotated.quotations;
        let own = quotations.iter().filter(|quotation| quotation.source == Some(index)).count();
        self.row(vec![
            Cell::Text(&source.id),
            Cell::Text(&source.name),
            Cell::Text(source.kind.name()),
            Cell::Text(source.gender.name()),
            source.affiliation.as_deref().into(),
            Cell::Count(own as u64),
            Cell::Count(mentions.len() as u64),
            Cell::Owned(Value::Array(mentions).to_string()),
            self.warnings.as_deref().into(),
        ])
    }

    /// Words of the text with their offsets.
    fn words(&self, span: Option<Span>) -> [Cell<'a>; 3] {
        let Some(span) = span else { return [Cell::None, Cell::None, Cell::None] };
        let (start, end) = self.points.points(span);
        let words = Cell::Text(self.annotated.document.slice(span));
        [words, Cell::Count(start.into()), Cell::Count(end.into())]
    }

    fn quotation(&self, quotation: &'a Quotation) -> Vec<Cell<'_>> {
        let annotated = self.annotated;
        let source = quotation.source.map(|index| annotated.source(index));
        let id = |index: usize| annotated.quotations[index].id.as_str();
        let [text, start, end] = self.words(Some(quotation.span));
        let [mention, mention_start, mention_end] =
            self.words(quotation.mention.map(|mention| mention.span));
        let [cue, cue_start, cue_end] = self.words(quotation.cue);
        let [medium, medium_start, medium_end] = self.words(quotation.medium);
        let not_dutch = annotated.warnings.iter().any(|warning| warning.code == "not-dutch");
        self.row(vec![
            Cell::Text(&quotation.id),
            Cell::Text(quotation.kind.name()),
            start,
            end,
            text,
            source.map(|source| source.name.as_str()).into(),
            source.map(|source| source.kind.name()).into(),
            source.map(|source| source.id.as_str()).into(),
            source.and_then(|source| source.affiliation.as_deref()).into(),
            source.map(|source| source.gender.name()).into(),
            mention,
            quotation.mention.map(|mention| mention.kind.name()).into(),
            mention_start,
            mention_end,
            cue,
            cue_start,
            cue_end,
            medium,
            medium_start,
            medium_end,
            quotation.stance.map(Stance::name).into(),
            quotation.modality.map(Modality::name).into(),
            quotation.parent.map(id).into(),
            quotation.continues.map(id).into(),
            Cell::Truth(quotation.unclosed),
            quotation.rule.as_deref().into(),
            quotation.confidence.map_or(Cell::None, Cell::Number),
            Cell::Truth(not_dutch),
            self.warnings.as_deref().into(),
        ])
    }
}
