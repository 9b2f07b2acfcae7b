//! The last speaker goes on in the same paragraph.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::floor::{Floors, Given};
use crate::attribution::scene::Scene;
use crate::ner::Label;

/// The quotation carries on the last one of its paragraph.
///
/// # Pattern
///
/// `"A", zegt X. Narrative. "B."`: no other person was brought up in the
/// sentence before.
///
/// # Why it holds
///
/// Within a paragraph a speaker keeps the floor until the text gives it to
/// another.
///
/// # Where it fails
///
/// Paragraphs in which two people answer each other without reporting
/// clauses.
pub(super) struct Continued;

impl Rule for Continued {
    fn id(&self) -> &'static str {
        "continued"
    }

    fn summary(&self) -> &'static str {
        "The quotation carries on the last one of its paragraph."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "‘Ik mis het water’, zegt Anna de Wit. Bram Kok wilde stoppen. ‘Ik zei: “Kok, nog een jaar.”’",
                names: &[
                    ("Anna de Wit", Label::Per),
                    ("Bram Kok", Label::Per),
                    ("Kok", Label::Per),
                ],
                span: "‘Ik zei: “Kok, nog een jaar.”’",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "\"Dat deed hij altijd\", zegt Bram Kok. De voorzitter wilde weten waarom hij niet remde. Het bleef stil. \"Een boot is geen fiets.\"",
                names: &[("Bram Kok", Label::Per)],
                span: "\"Een boot is geen fiets.\"",
                source: Some("Bram Kok"),
            },
            Example {
                text: "\"De dijk is oud\", zegt Anna de Wit. Het regent hard. \"Maar hij houdt het.\"",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"Maar hij houdt het.\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "De bewoners stellen dezelfde vraag. „Waarom moet dit nu?” en „Waarom moet het hier?”",
                names: &[],
                span: "„Waarom moet het hier?”",
                source: Some("de bewoners"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "\"De dijk is oud\", zegt Anna de Wit. Bram Kok schudt het hoofd. \"Dat is niet waar.\"",
            names: &[("Anna de Wit", Label::Per), ("Bram Kok", Label::Per)],
            span: "\"Dat is niet waar.\"",
            source: Some("Bram Kok"),
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
    // "Op een bord stond: ...": a clause without a source introduces no one.
    let impersonal = scene
        .clauses_beside(candidate, shape.first_sentence)
        .any(|clause| clause.stretch.end == shape.tokens.start && clause.subject.is_none());
    let introduced = scene.colon_before(candidate).is_some() && !impersonal;
    let outer = scene.candidates[candidate].parent.is_none();
    if !outer || !shape.is_clause() || shape.heading {
        return None;
    }
    if let Some(earlier) = joined_to(scene, candidate)
        && let Some(member) = scene.speaker(earlier)
    {
        floors.give(candidate, member);
        return Some(Verdict::by_member(candidate, Some(member), 0.9).continuing(earlier));
    }
    if !(shape.opens_sentence || introduced) {
        return None;
    }
    let floor = floors.holder(candidate).filter(|floor| floor.paragraphs == 0)?;
    let verdict = Verdict::by_member(candidate, Some(floor.member), 0.9);
    let verdict = match floor.given {
        Given::Quoted(earlier) => verdict.continuing(earlier),
        Given::Reported => verdict,
        Given::Told => return None,
    };
    floors.give(candidate, floor.member);
    Some(verdict)
}

/// `"Waarom nu?" en "Waarom hier?"`: the speech that *en* joins this one to.
fn joined_to(scene: &Scene<'_>, candidate: usize) -> Option<usize> {
    let start = scene.shapes[candidate].tokens.start;
    let earlier = scene.last_speech_before(candidate)?;
    let beside = scene.shapes[earlier].tokens.end + 1 == start;
    (beside && matches!(scene.word(start - 1), "en" | "of")).then_some(earlier)
}
