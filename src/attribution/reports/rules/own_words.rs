//! *naar eigen zeggen*

use super::super::super::clauses::Clause;
use super::super::content::main_clause_start;
use super::super::level::Level;
use super::super::{Reading, Report};
use super::{Example, Rule};
use crate::ner::Label;

/// Someone says something of himself, *naar eigen zeggen*.
///
/// # Pattern
///
/// `X werd naar eigen zeggen per ongeluk dirigent`: the whole clause is the
/// content, its subject the source.
///
/// # Why it holds
///
/// *eigen* refers to the subject of its clause.
///
/// # Where it fails
///
/// Subjects that the text leaves out.
pub(super) struct OwnWords;

impl Rule for OwnWords {
    fn id(&self) -> &'static str {
        "own-words"
    }

    fn summary(&self) -> &'static str {
        "Naar eigen zeggen: the clause is what its subject says."
    }

    fn fires(&self) -> &'static [Example] {
        &[Example {
            text: "Anna de Wit werd naar eigen zeggen per ongeluk dirigent.",
            names: &[("Anna de Wit", Label::Per)],
            content: "Anna de Wit werd naar eigen zeggen per ongeluk dirigent",
            source: Some("Anna de Wit"),
        }]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "Anna de Wit werd naar haar eigen idee per ongeluk dirigent.",
            names: &[("Anna de Wit", Label::Per)],
            content: "",
            source: None,
        }]
    }

    fn find(&self, reading: &Reading<'_>) -> Vec<Report> {
        reading
            .levels
            .iter()
            .flat_map(|level| level.clauses().filter_map(|clause| report(level, clause)))
            .collect()
    }
}

fn report(level: &Level<'_>, clause: &Clause) -> Option<Report> {
    let phrase = ["naar", "eigen", "zeggen"];
    let at = clause.cue.checked_sub(2)?;
    if !(0..3).all(|n| level.get(at + n) == Some(phrase[n])) {
        return None;
    }
    let start = main_clause_start(level, at);
    let subject = clause.subject?;
    let tokens = level.trimmed(start..level.range.end);
    Some(Report::new(level.scene, tokens, None, Some(subject), 0.85))
}
