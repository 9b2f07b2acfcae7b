//! The last speaker, from the paragraph before.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::floor::{Floors, Given};
use crate::attribution::scene::Scene;
use crate::ner::Label;

/// A sentence of its own that nothing near claims goes on with the last speaker.
///
/// # Pattern
///
/// A whole sentence in marks, not behind a colon, in a paragraph that brings
/// up no person; the last quotation before it, at most one paragraph back,
/// has a source.
///
/// # Why it holds
///
/// News texts return from a sentence of background to the one they were
/// quoting.
///
/// # Where it fails
///
/// Placards and slogans in a description of the scene.
pub(super) struct LastSpeaker;

impl Rule for LastSpeaker {
    fn id(&self) -> &'static str {
        "last-speaker"
    }

    fn summary(&self) -> &'static str {
        "A sentence of its own that nothing near claims goes on with the last speaker."
    }

    fn fires(&self) -> &'static [Example] {
        &[Example {
            text: "\"De dijk is oud\", zegt Anna de Wit.\n\nHet waait hard. \"Maar hij houdt het nog jaren.\"",
            names: &[("Anna de Wit", Label::Per)],
            span: "\"Maar hij houdt het nog jaren.\"",
            source: Some("Anna de Wit"),
        }]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "Het waait hard. \"Maar hij houdt het nog jaren.\"",
            names: &[],
            span: "\"Maar hij houdt het nog jaren.\"",
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
    let whole = shape.is_clause() && shape.opens_sentence && shape.ends_sentence;
    if !whole || shape.heading || scene.candidates[candidate].parent.is_some() {
        return None;
    }
    let floor = floors.holder(candidate)?;
    let verdict = Verdict::by_member(candidate, Some(floor.member), 0.7);
    floors.give(candidate, floor.member);
    Some(match floor.given {
        Given::Quoted(earlier) => verdict.continuing(earlier),
        Given::Reported | Given::Told => verdict,
    })
}
