//! *... is volgens X ...*

use std::ops::Range;

use super::super::content::{Order, clause_around, content_end};
use super::super::level::Level;
use super::super::{Reading, Report};
use super::according_first::opens;
use super::{Example, Rule};
use crate::lexicon;
use crate::ner::Label;

/// *Volgens* and its source stand inside or at the end of the content.
///
/// # Pattern
///
/// `De brand is volgens X onder controle`; `..., volgens X`; `dat volgens X`.
///
/// # Why it holds
///
/// *volgens* has the whole clause around it for its content.
///
/// # Where it fails
///
/// *volgens* with a rule, a plan or an expectation; where it belongs to a noun
/// (`de volgens X beste speler`).
pub(super) struct AccordingInside;

impl Rule for AccordingInside {
    fn id(&self) -> &'static str {
        "according-inside"
    }

    fn summary(&self) -> &'static str {
        "Volgens and its source stand inside a clause or end it."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "De dijk is volgens Anna de Wit sterk.",
                names: &[("Anna de Wit", Label::Per)],
                content: "De dijk is volgens Anna de Wit sterk",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Omdat de dijk volgens de gemeente te laag is, gaat het werk door.",
                names: &[],
                content: "de dijk volgens de gemeente te laag is",
                source: Some("de gemeente"),
            },
            Example {
                text: "De bouw begon in mei, maar dat was volgens de gemeente te vroeg.",
                names: &[],
                content: "dat was volgens de gemeente te vroeg",
                source: Some("de gemeente"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[
            Example {
                text: "De dijk is volgens planning in mei klaar.",
                names: &[],
                content: "",
                source: None,
            },
            Example {
                text: "De dijk is volgens de statuten van de vereniging.",
                names: &[],
                content: "",
                source: None,
            },
        ]
    }

    fn find(&self, reading: &Reading<'_>) -> Vec<Report> {
        reading.levels.iter().flat_map(|level| in_level(level)).collect()
    }
}

fn in_level(level: &Level<'_>) -> Vec<Report> {
    level
        .clauses()
        .filter(|clause| level.word(clause.cue) == "volgens" && !opens(level, clause.cue))
        .filter_map(|clause| {
            let (at, subject) = (clause.cue, clause.subject?);
            // "is volgens de wet": by rule. In front, a rule is a text that says so.
            let head = level.scene.cast.references[subject].head;
            if head.is_some_and(|head| lexicon::is_norm(level.word(head))) {
                return None;
            }
            let source_end = level.scene.cast.references[subject].end;
            let (start, order) = clause_around(level, at);
            let tokens = match aside(level, at, source_end) {
                Some(tokens) => tokens,
                None => start..end(level, at, source_end, order),
            };
            Some(Report::new(level.scene, tokens, Some(at), Some(subject), 0.9))
        })
        .collect()
}

/// `, volgens X zo'n 7000,`: the content is what stands behind X.
fn aside(level: &Level<'_>, at: usize, source_end: usize) -> Option<Range<usize>> {
    if level.get(at - 1) != Some(",") || level.is_finite(source_end) {
        return None;
    }
    let end = level.clause_end(source_end);
    (end > source_end && level.get(end) == Some(",")).then_some(source_end..end)
}

fn end(level: &Level<'_>, at: usize, source_end: usize, order: Order) -> usize {
    let end = content_end(level, source_end - 1, order).max(source_end);
    if end == source_end && level.get(at - 1) == Some(",") { at - 1 } else { end }
}
