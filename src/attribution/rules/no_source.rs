//! Speech whose source the text does not give.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;

/// Whole sentences in marks that nothing claims are speech of an unknown source.
///
/// # Pattern
///
/// A sentence of its own in marks, or one behind a colon, that no other rule
/// has claimed.
///
/// # Why it holds
///
/// Placards, slogans and sayings are quoted without a source.
///
/// # Where it fails
///
/// Speech of someone whom the rules missed.
pub(super) struct NoSource;

impl Rule for NoSource {
    fn id(&self) -> &'static str {
        "no-source"
    }

    fn summary(&self) -> &'static str {
        "Whole sentences in marks that nothing claims are speech of an unknown source."
    }

    fn fires(&self) -> &'static [Example] {
        &[Example {
            text: "Op het bord stond: \"Hier mag niemand komen.\"",
            names: &[],
            span: "\"Hier mag niemand komen.\"",
            source: None,
        }]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "De \"buurtbus\" rijdt niet meer.",
            names: &[],
            span: "\"buurtbus\"",
            source: None,
        }]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "all rules judge a candidate with a function of one shape"
)]
fn verdict(_scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    Some(Verdict::by_member(candidate, None, 0.5))
}
