//! Fragments in marks that no cue claims.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;

/// A fragment in marks that no reporting clause claims is a term, a title or irony.
///
/// # Pattern
///
/// What is left when all rules have run and looks like no sentence of its
/// own; and quotations inside quotations that name no source.
///
/// # Why it holds
///
/// Words that someone is said to have uttered have a cue in their sentence,
/// or are a sentence.
///
/// # Where it fails
///
/// Fragments of a speaker whom only the paragraph makes clear.
pub(super) struct Unclaimed;

impl Rule for Unclaimed {
    fn id(&self) -> &'static str {
        "unclaimed"
    }

    fn summary(&self) -> &'static str {
        "A fragment in marks that no reporting clause claims is a term, a title or irony."
    }

    fn fires(&self) -> &'static [Example] {
        &[Example {
            text: "De \"buurtbus\" rijdt niet meer.",
            names: &[],
            span: "\"buurtbus\"",
            source: None,
        }]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "Op het bord stond: \"Hier mag niemand komen.\"",
            names: &[],
            span: "\"Hier mag niemand komen.\"",
            source: None,
        }]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let shape = &scene.shapes[candidate];
    if scene.candidates[candidate].parent.is_some() {
        let reason = "inside a quotation, without a source of its own";
        return Some(Verdict::not_speech(candidate, reason));
    }
    let stands_alone = shape.opens_sentence && shape.ends_sentence;
    let introduced = scene.colon_before(candidate).is_some();
    let sentence = shape.capital && shape.stopped;
    let speech = shape.is_clause() && (stands_alone || introduced || sentence);
    let reason = "a fragment that no reporting clause claims";
    (!speech).then(|| Verdict::not_speech(candidate, reason))
}
