//! Terms, titles, names and irony in quotation marks.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;
use crate::ner::Label;

/// What the evidence takes for a name, a title or a term is no speech.
///
/// # Pattern
///
/// The weights of all that was seen of a span in marks (`attribution/speech`)
/// add up to no more than zero: it is announced as a name (*genaamd*, *de
/// film*), looks like one, stands in marks that this document does not use
/// for whole sentences, or nothing reports it.
///
/// # Why it holds
///
/// Words that someone is said to have uttered have a cue in their sentence or
/// are a sentence. Dutch outlets keep one kind of marks for speech and another
/// for terms and irony, and drop the italics of titles into marks.
///
/// # Where it fails
///
/// Fragments of a speaker whom only the paragraph makes clear; titles that are
/// whole sentences; terms in a sentence that reports something else.
pub(super) struct Term;

impl Rule for Term {
    fn id(&self) -> &'static str {
        "term"
    }

    fn summary(&self) -> &'static str {
        "What the evidence takes for a name, a title or a term is no speech."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "De \"buurtbus\" rijdt niet meer.",
                names: &[],
                span: "\"buurtbus\"",
                source: None,
            },
            Example {
                text: "De wethouder prees de film „Het laatste veer”. „Prachtig gemaakt”, zei ze.",
                names: &[],
                span: "„Het laatste veer”",
                source: None,
            },
            Example {
                text: "\"Wij stoppen ermee\", zegt Bram Kok. De 'buurtbus' rijdt niet meer.",
                names: &[("Bram Kok", Label::Per)],
                span: "'buurtbus'",
                source: None,
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "\"Wij stoppen ermee\", zegt Bram Kok. Hij noemt het besluit 'onvermijdelijk'.",
            names: &[("Bram Kok", Label::Per)],
            span: "'onvermijdelijk'",
            source: Some("Bram Kok"),
        }]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let judgement = &scene.judgements[candidate];
    let reason = judgement.strongest().map_or("nothing makes it speech", |most| most.reason());
    (!judgement.is_speech()).then(|| Verdict::not_speech(candidate, reason))
}
