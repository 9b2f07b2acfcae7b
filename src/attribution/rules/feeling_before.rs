//! A sentence that tells how someone feels about it.

use super::{Example, Rule};
use crate::attribution::clauses;
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;
use crate::lexicon;
use crate::ner::Label;

/// The quotation follows a sentence that tells what its source feels.
///
/// # Pattern
///
/// `X is teleurgesteld. "..."`; `Na afloop was X nog altijd ontstemd: "..."`;
/// `Minder enthousiast is X. "..."`: a form of *zijn*, *blijven* or *zich
/// voelen*, a word for a feeling, and a subject, right before a quotation that
/// has no clause of its own.
///
/// # Why it holds
///
/// A reporter knows what people feel from what they say; such a sentence
/// introduces it.
///
/// # Where it fails
///
/// Feelings that one person reads in another.
pub(super) struct FeelingBefore;

impl Rule for FeelingBefore {
    fn id(&self) -> &'static str {
        "feeling-before"
    }

    fn summary(&self) -> &'static str {
        "The quotation follows a sentence that tells what its source feels."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "Koen Maes is niet bang voor het verlies van zijn spelers. \"Het is nooit leuk, maar dit is anders.\"",
                names: &[("Koen Maes", Label::Per)],
                span: "\"Het is nooit leuk, maar dit is anders.\"",
                source: Some("Koen Maes"),
            },
            Example {
                text: "Burgemeester Anna de Wit is opgelucht. \"Het had erger gekund dan dit.\"",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"Het had erger gekund dan dit.\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Na de wedstrijd was Wim Maes nog altijd boos: ‘Dit mag ons nooit overkomen.’",
                names: &[("Wim Maes", Label::Per)],
                span: "‘Dit mag ons nooit overkomen.’",
                source: Some("Wim Maes"),
            },
            Example {
                text: "Minder enthousiast is de vakbond. „Wij wachten al jaren op dat geld.”",
                names: &[],
                span: "„Wij wachten al jaren op dat geld.”",
                source: Some("de vakbond"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[
            Example {
                text: "Anna de Wit is opgelucht, zegt Bram Kok. \"Het had erger gekund dan dit.\"",
                names: &[("Anna de Wit", Label::Per), ("Bram Kok", Label::Per)],
                span: "\"Het had erger gekund dan dit.\"",
                source: Some("Bram Kok"),
            },
            Example {
                text: "Anna de Wit is trots. \"Ik ook\", zegt Bram Kok.",
                names: &[("Anna de Wit", Label::Per), ("Bram Kok", Label::Per)],
                span: "\"Ik ook\"",
                source: Some("Bram Kok"),
            },
        ]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let shape = &scene.shapes[candidate];
    if shape.heading || !shape.is_clause() {
        return None;
    }
    let colon = scene.colon_before(candidate);
    let sentence = match colon {
        Some(_) => shape.first_sentence,
        None if shape.opens_sentence && !has_clause(scene, candidate) => {
            scene.sentence_before(candidate)?
        }
        None => return None,
    };
    if scene.report_of(candidate, sentence).is_some() {
        return None;
    }
    let tokens = scene.sentence(sentence).tokens.clone();
    let tokens = tokens.start..colon.unwrap_or(tokens.end);
    let host = scene.candidates[candidate].parent;
    let feels = tokens.clone().any(|at| scene.host[at] == host && is_feeling(scene, at));
    let copula = tokens.clone().rev().find(|&at| scene.host[at] == host && is_copula(scene, at))?;
    let subject = clauses::subject_of(scene, copula, &tokens).filter(|_| feels)?;
    scene.can_speak(subject).then(|| Verdict::by_mention(scene, candidate, subject, 0.85))
}

/// Whether the sentence of the candidate reports by itself.
fn has_clause(scene: &Scene<'_>, candidate: usize) -> bool {
    let last = scene.shapes[candidate].last_sentence;
    scene.clauses_beside(candidate, last).next().is_some()
}

fn is_feeling(scene: &Scene<'_>, at: usize) -> bool {
    lexicon::is_feeling(scene.word(at))
}

fn is_copula(scene: &Scene<'_>, at: usize) -> bool {
    // "bij zijn spelers": no verb.
    scene.tagged.is_finite(at)
        && matches!(
            scene.word(at),
            "is" | "was"
                | "zijn"
                | "waren"
                | "blijft"
                | "bleef"
                | "blijven"
                | "bleven"
                | "voelt"
                | "voelde"
                | "voelen"
                | "toont"
                | "toonde"
                | "tonen"
                | "toonden"
                | "lijkt"
                | "leek"
                | "oogt"
                | "oogde"
                | "klinkt"
                | "klonk"
        )
}
