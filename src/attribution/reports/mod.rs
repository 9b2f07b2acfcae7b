//! Reported speech: content that stands in no marks, and whose it is.
//!
//! `find` runs when the rules of [`super::rules`] have settled what stands in
//! marks; it reads that and changes nothing of it. Each rule of
//! [`rules::ORDER`] proposes reports; `arrange` keeps those that nest.

mod arrange;
mod conjunction;
mod content;
mod introducers;
mod level;
pub mod rules;
mod verb_parts;

use std::ops::Range;

use super::quotation::Modality;
use super::scene::Scene;
use crate::lexicon::Stance;
use level::Level;

/// Content that the text attributes to a source without marks.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The tokens of the content.
    pub tokens: Range<usize>,
    /// The token of the cue; `None` where only a colon signals it.
    pub cue: Option<usize>,
    /// The mention that names the source, as an index into the cast's.
    pub mention: Option<usize>,
    /// The source, as an index into the cast's members.
    pub member: Option<usize>,
    /// Attitude of the reporting verb.
    pub stance: Option<Stance>,
    /// Whether it is held at a distance or denied.
    pub modality: Option<Modality>,
    /// How strong the rule finds its evidence, from 0 to 1: one of the things
    /// that confidence rests on.
    pub confidence: f32,
    /// The rule; the engine fills it in.
    pub rule: &'static str,
}

impl Report {
    /// What `tokens` say is said by the one whom mention `subject` names.
    fn new(
        scene: &Scene<'_>,
        tokens: Range<usize>,
        cue: Option<usize>,
        subject: Option<usize>,
        confidence: f32,
    ) -> Self {
        let hedged = tokens
            .clone()
            .any(|at| scene.host[at] == scene.host[tokens.start] && is_hedge(scene.word(at)));
        Self {
            tokens,
            cue,
            mention: subject,
            member: subject.and_then(|subject| scene.member(subject)),
            stance: None,
            modality: hedged.then_some(Modality::Hedged),
            confidence,
            rule: "",
        }
    }

    fn with_stance(mut self, stance: Stance) -> Self {
        self.stance = Some(stance);
        self
    }
}

/// *zou*: what the source says, the reporter does not vouch for.
fn is_hedge(word: &str) -> bool {
    matches!(word, "zou" | "zouden")
}

/// A document that reports are looked for in.
pub struct Reading<'s> {
    /// The scene, with what stands in marks settled.
    pub scene: &'s Scene<'s>,
    levels: Vec<Level<'s>>,
}

/// All reports of a scene, in order of their start, outer before inner.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Report> {
    let reading = Reading { scene, levels: level::levels(scene) };
    let mut proposed = Vec::new();
    for rule in rules::ORDER {
        proposed.extend(
            rule.find(&reading).into_iter().map(|report| Report { rule: rule.id(), ..report }),
        );
    }
    arrange::arrange(scene, proposed)
}
