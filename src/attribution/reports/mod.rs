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
use level::{Level, opens_subordinate};

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
        let hedged = is_hedged(scene, &tokens);
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
        // "vindt dat het zou helpen", "vreest dat het zou breken": a condition or
        // what is to come, and nothing that the reporter vouches for anyway.
        let told = matches!(
            stance,
            Stance::Neutral | Stance::Claim | Stance::Admit | Stance::Conclude | Stance::Criticise
        );
        if !told && self.modality == Some(Modality::Hedged) {
            self.modality = None;
        }
        self
    }
}

/// Whether the clause of the content itself has *zou*: what the source says, the
/// reporter does not vouch for. *zou moeten* and *zou kunnen* soften what is said.
fn is_hedged(scene: &Scene<'_>, tokens: &Range<usize>) -> bool {
    let own = |at: usize| scene.host[at] == scene.host[tokens.start];
    let hedge = tokens.clone().find(|&at| own(at) && matches!(scene.word(at), "zou" | "zouden"));
    hedge.is_some_and(|hedge| {
        let within = (tokens.start + 1..hedge).any(|at| opens_subordinate(scene.word(at)));
        let softened = (hedge + 1..tokens.end)
            .take_while(|&at| !matches!(scene.word(at), "," | ":" | ";"))
            .any(|at| matches!(scene.word(at), "moeten" | "kunnen" | "mogen" | "willen"));
        !within && !softened
    })
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

#[cfg(test)]
mod tests {
    use crate::attribution::testing::annotate;
    use crate::attribution::{Kind, Modality};

    fn modality(text: &str) -> Option<Modality> {
        let annotated = annotate(text, &[]);
        let report = annotated.quotations.iter().find(|it| it.kind == Kind::Indirect);
        report.expect("a report").modality
    }

    #[test]
    fn what_the_reporter_does_not_vouch_for_is_hedged() {
        let hedged = Some(Modality::Hedged);
        assert_eq!(modality("De politie meldt dat de man zou zijn gevlucht."), hedged);
        assert_eq!(modality("Volgens bewoners zou de dijk lekken."), hedged);
        assert_eq!(modality("De gemeente vindt dat een dijk zou helpen."), None);
        assert_eq!(modality("De gemeente zegt dat de dijk hoger zou moeten zijn."), None);
        assert_eq!(modality("De gemeente zegt dat de man die zou vluchten terug is."), None);
    }

    #[test]
    fn a_negated_opinion_is_negated() {
        let negated = Some(Modality::Negated);
        assert_eq!(modality("De gemeente denkt niet dat de dijk lekt."), negated);
        assert_eq!(modality("De gemeente sluit niet uit dat de dijk lekt."), None);
        assert_eq!(modality("De gemeente denkt dat de dijk niet lekt."), None);
    }
}
