//! The last speaker, from the paragraph before.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::floor::{Floors, Given};
use crate::attribution::scene::Scene;
use crate::lexicon;
use crate::ner::Label;
use crate::sources::SourceKind;

/// A sentence of its own that nothing near claims goes on with the last speaker.
///
/// # Pattern
///
/// A whole sentence in marks, or one behind a colon whose sentence names nobody,
/// in a paragraph that brings up no person; the last quotation before it, at most one paragraph back,
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
        &[
            Example {
                text: "\"De dijk is oud\", zegt Anna de Wit.\n\nHet waait hard. \"Maar hij houdt het nog jaren.\"",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"Maar hij houdt het nog jaren.\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "\"De dijk is oud\", zegt Anna de Wit.\n\nHet kan nog jaren duren: \"Er is geen geld en er is geen haast.\"",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"Er is geen geld en er is geen haast.\"",
                source: Some("Anna de Wit"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[
            Example {
                text: "Het waait hard. \"Maar hij houdt het nog jaren.\"",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"Maar hij houdt het nog jaren.\"",
                source: None,
            },
            // What stands on a board is no one's whom the text quoted.
            Example {
                text: "\"De dijk is oud\", zegt Anna de Wit.\n\nEr hangt een bord aan het hek: \"Hier mag u niet komen.\"",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"Hier mag u niet komen.\"",
                source: None,
            },
        ]
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
    let whole = shape.is_clause()
        && shape.ends_sentence
        && (shape.opens_sentence || is_announced(scene, candidate));
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

/// `Op een ding hoopt iedereen: "..."`: whether a colon announces the quotation
/// in a sentence that brings up nothing that bears words, and no one who says
/// them.
fn is_announced(scene: &Scene<'_>, candidate: usize) -> bool {
    let Some(colon) = scene.colon_before(candidate) else { return false };
    let start = scene.sentence(scene.shapes[candidate].first_sentence).tokens.start;
    let bears = |at: usize| {
        let word = scene.word(at);
        lexicon::is_bearer_noun(word) || lexicon::is_inscription_noun(word)
    };
    let told = scene.cast.references_in(start..colon);
    let mut others = told.filter(|(_, r)| r.source_kind != SourceKind::Group);
    let cue = scene.clauses_of(scene.shapes[candidate].first_sentence).any(|c| c.cue < colon);
    others.next().is_none() && !cue && !(start..colon).any(bears)
}
