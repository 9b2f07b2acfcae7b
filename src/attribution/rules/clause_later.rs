//! A reporting clause later in the same sentence.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;
use crate::lexicon::Frame;
use crate::ner::Label;

/// A reporting clause later in the sentence reports what the quotation is part of.
///
/// # Pattern
///
/// `Het plan is "...", zegt X`; `"..." moest het worden, vond X`: behind a
/// comma later in the sentence stand a reporting verb and its subject.
///
/// # Why it holds
///
/// An inverted clause at the end of a sentence reports all that stands before
/// it.
///
/// # Where it fails
///
/// Sentences whose first half is the reporter's and only the last clause
/// reported.
pub(super) struct ClauseLater;

impl Rule for ClauseLater {
    fn id(&self) -> &'static str {
        "clause-later"
    }

    fn summary(&self) -> &'static str {
        "A reporting clause later in the sentence reports what the quotation is part of."
    }

    fn fires(&self) -> &'static [Example] {
        &[Example {
            text: "De \"grote schande\" van het dorp verdwijnt, zegt Anna de Wit.",
            names: &[("Anna de Wit", Label::Per)],
            span: "\"grote schande\"",
            source: Some("Anna de Wit"),
        }]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "De dijk is klaar, zegt Anna de Wit: \"Hij houdt het nog jaren.\"",
            names: &[("Anna de Wit", Label::Per)],
            span: "\"Hij houdt het nog jaren.\"",
            source: Some("Anna de Wit"),
        }]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let shape = &scene.shapes[candidate];
    let clause = scene.clauses_beside(candidate, shape.last_sentence).find(|clause| {
        clause.cue > shape.tokens.end
            && clause.takes(Frame::Inverted)
            && clause.subject.is_some_and(|n| scene.cast.references[n].start > clause.cue)
            && matches!(scene.word(clause.cue - 1), "," | "zo")
    })?;
    Some(Verdict::by_clause(scene, candidate, clause, 0.9))
}
