//! The one who is interviewed.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;
use crate::ner::Label;

/// In a text with one speaker, every whole sentence in marks is theirs.
///
/// # Pattern
///
/// A quotation that nothing near it claims, in a text where all settled
/// quotations, at least two, are of one source.
///
/// # Why it holds
///
/// Interviews name their subject at the start and then alternate questions
/// and marked answers.
///
/// # Where it fails
///
/// Articles with a placard or a saying next to one person's quotations.
pub(super) struct OnlySpeaker;

impl Rule for OnlySpeaker {
    fn id(&self) -> &'static str {
        "only-speaker"
    }

    fn summary(&self) -> &'static str {
        "In a text with one speaker, every whole sentence in marks is theirs."
    }

    fn fires(&self) -> &'static [Example] {
        &[Example {
            text: "\"Ik begon vroeg\", zegt Anna de Wit. \"Als kind al, ja.\"\n\nWaarom de dijk?\n\n\"Mijn vader was dijkwerker en nam mij mee.\" Het was toen winter.\n\nEr ligt sneeuw.\n\nDaarna werd het stil. Waarom?\n\n(Lachend.) \"Ik ging op reis.\"",
            names: &[("Anna de Wit", Label::Per)],
            span: "\"Ik ging op reis.\"",
            source: Some("Anna de Wit"),
        }]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "\"Ik begon vroeg\", zegt Anna de Wit. \"Ik ook\", zegt Bram Kok. Er ligt sneeuw.\n\nDaarna werd het stil. Waarom?\n\n(Lachend.) \"Ik ging op reis.\"",
            names: &[("Anna de Wit", Label::Per), ("Bram Kok", Label::Per)],
            span: "\"Ik ging op reis.\"",
            source: Some("Bram Kok"),
        }]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        let Some(only) = only_speaker(scene) else { return Vec::new() };
        let verdict = |candidate| {
            stands_alone(scene, candidate).then(|| Verdict::by_member(candidate, Some(only), 0.7))
        };
        scene.open().filter_map(verdict).collect()
    }
}

/// The one source of all that is settled, of at least two quotations.
fn only_speaker(scene: &Scene<'_>) -> Option<usize> {
    const ENOUGH: usize = 2;
    let mut speakers = (0..scene.candidates.len()).filter_map(|other| scene.speaker(other));
    let first = speakers.next()?;
    let mut count = 1;
    for member in speakers {
        if member != first {
            return None;
        }
        count += 1;
    }
    (count >= ENOUGH).then_some(first)
}

/// Whether a candidate is a sentence of its own outside all others.
fn stands_alone(scene: &Scene<'_>, candidate: usize) -> bool {
    let shape = &scene.shapes[candidate];
    let whole = shape.is_clause() && shape.opens_sentence && shape.ends_sentence;
    whole && !shape.heading && scene.candidates[candidate].parent.is_none()
}
