//! Another than whom a rule names, by the weight of what speaks for them.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;
use crate::attribution::weighing;
use crate::ner::Label;

/// What stands around the quotation speaks for another than whom a rule gave it to.
///
/// # Pattern
///
/// A quotation that a rule gave away by what stands around it, or gave to nobody;
/// another is likelier by the [`weighing`] of everyone near.
///
/// # Why it holds
///
/// Rules look at one thing each. Where words do not say who speaks, many small things
/// together tell more than the first of them that a rule goes by.
///
/// # Where it fails
///
/// Quotations of those whom the text names only once, beside somebody who speaks
/// often.
pub(super) struct Weighed;

impl Rule for Weighed {
    fn id(&self) -> &'static str {
        "weighed"
    }

    fn summary(&self) -> &'static str {
        "What stands around the quotation speaks for another than whom a rule gave it to."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            // The next to speak, where the text tells of nobody before.
            Example {
                text: "De dijk is oud. \"Wij moeten er nu iets aan doen.\" Dat zegt niemand harder dan Anna de Wit. \"Het water stijgt\", zegt ze.",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"Wij moeten er nu iets aan doen.\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Het zijn beelden waar Anna de Wit \"moeilijk naar kan kijken\". \"Ik word er naar van\", zegt De Wit.",
                names: &[("Anna de Wit", Label::Per), ("De Wit", Label::Per)],
                span: "\"moeilijk naar kan kijken\"",
                source: Some("Anna de Wit"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[
            // Whom the rule names is the likeliest.
            Example {
                text: "Anna de Wit loopt over de dijk. Het regent. \"Wij hebben alles gemeten.\"",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"Wij hebben alles gemeten.\"",
                source: Some("Anna de Wit"),
            },
            // The words beside it say whose it is.
            Example {
                text: "Anna de Wit spreekt vaak. \"Wij wachten\", zegt Koen Maes.",
                names: &[("Anna de Wit", Label::Per), ("Koen Maes", Label::Per)],
                span: "\"Wij wachten\"",
                source: Some("Koen Maes"),
            },
        ]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        let candidates = 0..scene.candidates.len();
        candidates.filter_map(|candidate| weighing::overruling(scene, candidate)).collect()
    }
}
