//! The rows `marks` and `inside`: what in quotation marks is speech.
//!
//! A span in marks is dashes, with what it was taken for at its beginning: `D`
//! direct speech, `M` a fragment of speech in the reporter's sentence, `x` no
//! speech. Where it goes on beyond the line, `<` and `>` stand at the ends. The
//! row `inside` has spans within others; `warnings` has `!` at marks that were
//! repaired. No names are given, so that a passage needs a source that is none.

use wiezei::annotated::Annotated;
use wiezei::attribution::Kind;
use wiezei::ner::Recorded;
use wiezei::pipeline::Pipeline;
use wiezei::text::Document;

use crate::layout::{Line, lines};

pub(crate) fn rows(text: &str) -> Vec<Vec<(&'static str, String)>> {
    let mut names = Recorded::new();
    names.insert("passage", Vec::new());
    let document = Document::new("passage", text).expect("a passage is short");
    let read = Pipeline::new(Box::new(names)).marks(vec![document]);
    let read = read.expect("a recording does not fail").remove(0);
    lines(text).iter().map(|line| rows_of(line, &read)).collect()
}

fn rows_of(line: &Line<'_>, read: &Annotated) -> Vec<(&'static str, String)> {
    let (mut outer, mut inner) = (line.blank_row(), line.blank_row());
    let mut warned = line.blank_row();
    for decision in &read.decisions {
        let within = |other: &wiezei::attribution::MarkDecision| {
            other.span != decision.span && other.span.contains(decision.span)
        };
        let row = if read.decisions.iter().any(within) { &mut inner } else { &mut outer };
        let span = decision.span.range();
        let Some(columns) = line.columns(span.clone()) else { continue };
        row[columns.clone()].fill('-');
        row[columns.end - 1] = if line.holds(span.end - 1) { '-' } else { '>' };
        row[columns.start] = match decision.kind {
            _ if !line.holds(span.start) => '<',
            Some(Kind::Direct) => 'D',
            Some(Kind::Mixed | Kind::Indirect) => 'M',
            None => 'x',
        };
    }
    for warning in &read.warnings {
        let Some(offset) = warning.offset.map(|offset| offset as usize) else { continue };
        if line.holds(offset)
            && let Some(columns) = line.columns(offset..usize::MAX)
        {
            warned[columns.start] = '!';
        }
    }
    let rows = [("marks", outer), ("inside", inner), ("warnings", warned)];
    let string = |(name, row): (&'static str, Vec<char>)| (name, row.into_iter().collect());
    let mut rows: Vec<(&'static str, String)> = rows.into_iter().map(string).collect();
    rows.retain(|(_, row)| !row.trim().is_empty());
    rows
}
