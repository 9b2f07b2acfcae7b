//! Quotations inside quotations that name no source.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;
use crate::attribution::speech::Evidence;
use crate::ner::Label;

/// Words in marks inside a quotation that no rule claims are the speaker's own.
///
/// # Pattern
///
/// A span in marks inside another that is left when all rules have run, and
/// that no reporting verb or colon of reporting stands at: with one, someone
/// said it, even if the text does not tell who (`"'Wie?', zei er eens een"`).
///
/// # Why it holds
///
/// Speakers set off terms and their own earlier words; whom they quote they
/// name.
///
/// # Where it fails
///
/// Someone quoted inside a quotation whom the rules missed.
pub(super) struct Unclaimed;

impl Rule for Unclaimed {
    fn id(&self) -> &'static str {
        "unclaimed"
    }

    fn summary(&self) -> &'static str {
        "Words in marks inside a quotation that no rule claims are the speaker's own."
    }

    fn fires(&self) -> &'static [Example] {
        &[Example {
            text: "\"Er klonk 'Hup, hup!' en weg was hij\", zegt Anna de Wit.",
            names: &[("Anna de Wit", Label::Per)],
            span: "'Hup, hup!'",
            source: None,
        }]
    }

    fn silent(&self) -> &'static [Example] {
        &[
            Example {
                text: "\"De schipper zei: 'Het water komt.' Toen gingen we\", zegt Anna de Wit.",
                names: &[("Anna de Wit", Label::Per)],
                span: "'Het water komt.'",
                source: Some("de schipper"),
            },
            Example {
                text: "\"'Bent u de dokter?', zei er eens een. Ik lachte maar\", zegt Anna de Wit.",
                names: &[("Anna de Wit", Label::Per)],
                span: "'Bent u de dokter?'",
                source: None,
            },
        ]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

/// What tells that someone said it, even if not who.
const SAID: [Evidence; 4] =
    [Evidence::SaidBeside, Evidence::SaidBefore, Evidence::Introduced, Evidence::NamedBefore];

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let judgement = &scene.judgements[candidate];
    let said = SAID.iter().any(|evidence| judgement.has(*evidence));
    let nested = scene.candidates[candidate].parent.is_some();
    (nested && !said).then(|| Verdict::not_speech(candidate, Evidence::NoSourceInside.reason()))
}
