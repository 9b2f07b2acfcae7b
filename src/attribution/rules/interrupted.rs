//! A quotation that a reporting clause interrupts.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;
use crate::ner::Label;

/// The quotation goes on behind the reporting clause of the one before it.
///
/// # Pattern
///
/// `"A", zei X, "B"`: between two candidates stands nothing but the clause
/// that settled the first.
///
/// # Why it holds
///
/// One sentence has one reporting clause.
///
/// # Where it fails
///
/// `"A", zei X, "B" riep Y`: the second has a clause of its own, whose rule
/// runs before this one.
pub(super) struct Interrupted;

impl Rule for Interrupted {
    fn id(&self) -> &'static str {
        "interrupted"
    }

    fn summary(&self) -> &'static str {
        "The quotation goes on behind the reporting clause of the one before it."
    }

    fn fires(&self) -> &'static [Example] {
        &[Example {
            text: "\"Ja\", zei Anna de Wit, \"dat klopt helemaal.\"",
            names: &[("Anna de Wit", Label::Per)],
            span: "\"dat klopt helemaal.\"",
            source: Some("Anna de Wit"),
        }]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "\"Ja\", zei Anna de Wit. \"Dat klopt helemaal.\"",
            names: &[("Anna de Wit", Label::Per)],
            span: "\"Dat klopt helemaal.\"",
            source: Some("Anna de Wit"),
        }]
    }

    fn propagates(&self) -> bool {
        true
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let shape = &scene.shapes[candidate];
    let earlier = scene.neighbour_before(candidate)?;
    let before = &scene.shapes[earlier];
    if before.last_sentence != shape.first_sentence {
        return None;
    }
    let speech = scene.settled[earlier].as_ref()?.speech()?;
    let cue = speech.cue.filter(|cue| (before.tokens.end..shape.tokens.start).contains(cue))?;
    // "A", zei X, en hij noemde het "B": another clause stands in between.
    let other = scene
        .clauses_beside(candidate, shape.first_sentence)
        .any(|clause| clause.cue > cue && clause.cue < shape.tokens.start);
    let joined = matches!(scene.word(shape.tokens.start - 1), "," | ":" | "en" | "maar");
    // "A", zegt ze, en haar broer: "B".
    let handed_over = scene.colon_before(candidate).is_some_and(|colon| {
        let named = scene.cast.references_in(cue + 1..colon).next_back();
        named.is_some_and(|(number, reference)| {
            reference.end == colon && scene.member(number) != speech.member
        })
    });
    (!other && joined && !handed_over)
        .then(|| Verdict::speech_of(candidate, speech.clone(), 0.96).continuing(earlier))
}
