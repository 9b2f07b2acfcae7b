//! A noun of saying behind the quotation.

use super::{Example, Rule};
use crate::attribution::engine::{Speech, Verdict};
use crate::attribution::questions::Whose;
use crate::attribution::scene::Scene;
use crate::ner::Label;

/// A noun of saying behind the quotation tells whose words they are.
///
/// # Pattern
///
/// `"...", is de conclusie van Jansen`; `"...", was zijn antwoord`; `"...", luidde
/// haar eerste reactie`.
///
/// # Why it holds
///
/// The noun stands for the words, and belongs to who said them.
///
/// # Where it fails
///
/// A possessive means whom the text was about, which is taken to be the person
/// mentioned last.
pub(super) struct NounAfter;

impl Rule for NounAfter {
    fn id(&self) -> &'static str {
        "noun-after"
    }

    fn summary(&self) -> &'static str {
        "A noun of saying behind the quotation tells whose it is: is de conclusie van X."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "Anna de Wit kijkt. \"Zo kan het niet langer\", is de conclusie van Anna de Wit.",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"Zo kan het niet langer\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Koen Maes kijkt naar de dijk. \"Te laag\", luidde zijn antwoord.",
                names: &[("Koen Maes", Label::Per)],
                span: "\"Te laag\"",
                source: Some("Koen Maes"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "\"De dijk\" is een verhaal over een dorp. Anna de Wit las het.",
            names: &[("Anna de Wit", Label::Per)],
            span: "\"De dijk\"",
            source: None,
        }]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let (cue, whose) = scene.noun_of_saying_behind(candidate)?;
    let (member, mention) = match whose {
        Whose::Mention(number) => (scene.member(number)?, Some(number)),
        Whose::OfOne(gender) => (scene.person_before(candidate, gender)?, None),
    };
    let speech = Speech { member: Some(member), mention, cue: Some(cue), ..Speech::default() };
    Some(Verdict::speech_of(candidate, speech, 0.9))
}
