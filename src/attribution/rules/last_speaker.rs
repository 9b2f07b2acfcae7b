//! The last speaker, from the paragraph before.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
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
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let shape = &scene.shapes[candidate];
    let whole = shape.is_clause() && shape.opens_sentence && shape.ends_sentence;
    if !whole || shape.heading || scene.candidates[candidate].parent.is_some() {
        return None;
    }
    let earlier = scene.last_speech_before(candidate)?;
    let near = scene.last_paragraph(earlier) + 1 >= shape.paragraph
        || scene.text_paragraph_before(shape.paragraph) == Some(scene.last_paragraph(earlier));
    let member = scene.speaker(earlier).filter(|_| near)?;
    Some(Verdict::by_member(candidate, Some(member), 0.7).continuing(earlier))
}
