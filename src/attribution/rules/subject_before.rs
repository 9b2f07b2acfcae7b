//! The one whom the sentences before are about speaks.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::floor::{Floors, Given};
use crate::attribution::scene::Scene;
use crate::ner::Label;

/// The quotation follows a sentence about the one who says it.
///
/// # Pattern
///
/// `De burgemeester loopt over het plein. "..."`: the person whom the nearest
/// sentence before, in the same paragraph, is about; else the body that the
/// sentence right before is about.
///
/// # Why it holds
///
/// A quotation without a clause belongs to whoever the text has just turned
/// to.
///
/// # Where it fails
///
/// Sentences that tell of one person what another says of them.
pub(super) struct SubjectBefore;

impl Rule for SubjectBefore {
    fn id(&self) -> &'static str {
        "subject-before"
    }

    fn summary(&self) -> &'static str {
        "The quotation follows a sentence about the one who says it."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            // What is told of the one whom the sentence is about is said by the other.
            Example {
                text: "Koen Maes oogst lof bij trainer Anna de Wit. \"Hij is overal op het veld.\"",
                names: &[("Koen Maes", Label::Per), ("Anna de Wit", Label::Per)],
                span: "\"Hij is overal op het veld.\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "De burgemeester loopt over het plein. \"Het had erger gekund dan dit.\"",
                names: &[],
                span: "\"Het had erger gekund dan dit.\"",
                source: Some("de burgemeester"),
            },
            Example {
                text: "Anna de Wit loopt over de dijk. Het regent. \"Wij hebben alles gemeten.\"",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"Wij hebben alles gemeten.\"",
                source: Some("Anna de Wit"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "Het regent hard op de dijk. \"Wij hebben alles gemeten.\"",
            names: &[],
            span: "\"Wij hebben alles gemeten.\"",
            source: None,
        }]
    }

    fn propagates(&self) -> bool {
        true
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        let mut floors = Floors::new(scene);
        scene.open().filter_map(|candidate| verdict(scene, &mut floors, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, floors: &mut Floors<'_, '_>, candidate: usize) -> Option<Verdict> {
    let shape = &scene.shapes[candidate];
    let outer = scene.candidates[candidate].parent.is_none();
    if !outer || !shape.is_clause() || shape.heading || !shape.opens_sentence {
        return None;
    }
    let floor = floors
        .holder(candidate)
        .filter(|floor| floor.paragraphs == 0 && floor.given == Given::Told)?;
    floors.give(candidate, floor.member);
    Some(Verdict::by_member(candidate, Some(floor.member), 0.8))
}
