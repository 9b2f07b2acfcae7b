//! Whom the sentence around the quotation is about.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;
use crate::ner::Label;

/// Words in marks that nothing claims are those of whom their sentence is about.
///
/// # Pattern
///
/// A fragment in marks behind the subject of its sentence, whatever the verb:
/// `In 2018 wilde X "..." nog verbieden`. Words that open the text, with nothing
/// before them: the subject of the sentence behind them.
///
/// # Why it holds
///
/// A reporter who takes over somebody's words makes that person the subject.
///
/// # Where it fails
///
/// Placards and what others call the subject.
pub(super) struct SentenceLead;

impl Rule for SentenceLead {
    fn id(&self) -> &'static str {
        "sentence-lead"
    }

    fn summary(&self) -> &'static str {
        "Words in marks that nothing claims are those of whom their sentence is about."
    }

    fn fires(&self) -> &'static [Example] {
        &[Example {
            text: "Anna de Wit zegt niets. Zij wilde de dijk \"hoe dan ook laten ophogen voor de zomer\".",
            names: &[("Anna de Wit", Label::Per)],
            span: "\"hoe dan ook laten ophogen voor de zomer\"",
            source: Some("Anna de Wit"),
        }]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "Op het bord stond: \"Hier mag niemand komen.\"",
            names: &[],
            span: "\"Hier mag niemand komen.\"",
            source: None,
        }]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let shape = &scene.shapes[candidate];
    if scene.candidates[candidate].parent.is_some() {
        return None;
    }
    if !(shape.opens_sentence && shape.ends_sentence) {
        let lead = scene.lead(candidate, shape.first_sentence)?;
        let before = scene.cast.references[lead].end <= shape.tokens.start;
        return before.then(|| Verdict::by_mention(scene, candidate, lead, 0.5));
    }
    // The first words of the body.
    if shape.heading || shape.paragraph > 1 || scene.sentence_before(candidate).is_some() {
        return None;
    }
    let next = shape.last_sentence + 1;
    let lead = (next < scene.tokenized.sentences().len())
        .then(|| scene.lead(candidate, next))
        .flatten()?;
    Some(Verdict::by_member(candidate, scene.member(lead), 0.5))
}
