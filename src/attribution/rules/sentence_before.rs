//! A report in the sentence before.

use super::{Example, Rule};
use crate::attribution::clauses::Clause;
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;
use crate::ner::Label;

/// The sentence before the quotation reports what its source says or thinks.
///
/// # Pattern
///
/// `X vindt dat het beter kan. "..."`; `"A", zegt X. "B."`: the sentence
/// before, in the same paragraph, holds a reporting clause; its last one if
/// that ends it, else its first.
///
/// # Why it holds
///
/// A quotation without a clause of its own illustrates or carries on what was
/// just reported.
///
/// # Where it fails
///
/// Two speakers in turn in one paragraph, the second introduced only
/// afterwards.
pub(super) struct SentenceBefore;

impl Rule for SentenceBefore {
    fn id(&self) -> &'static str {
        "sentence-before"
    }

    fn summary(&self) -> &'static str {
        "The sentence before the quotation reports what its source says or thinks."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "Ouders vragen of het moet, maar dat is volgens Anna de Wit niet nodig. \"Binnen is echt binnen.\"",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"Binnen is echt binnen.\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "\"Ik wilde mijn fiets terug\", zegt Bram Kok. De rechter vroeg of dat niet wat gemakkelijk was. \"Ik droom er elke nacht van.\"",
                names: &[("Bram Kok", Label::Per)],
                span: "\"Ik droom er elke nacht van.\"",
                source: Some("Bram Kok"),
            },
            Example {
                text: "Bram Kok zei, volgens de krant, niets te weten. \"Ik was er niet bij, die dag.\"",
                names: &[("Bram Kok", Label::Per)],
                span: "\"Ik was er niet bij, die dag.\"",
                source: Some("Bram Kok"),
            },
            Example {
                text: "Bram Kok werd aangesteld om te helpen, zoals Anna de Wit het verwoordt. \"Maar hij kwam om mij eruit te werken.\"",
                names: &[("Bram Kok", Label::Per), ("Anna de Wit", Label::Per)],
                span: "\"Maar hij kwam om mij eruit te werken.\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Anna de Wit vindt dat de dijk nog jaren meekan. \"Wij hebben alles gemeten.\"",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"Wij hebben alles gemeten.\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "\"De dijk is oud\", zegt Anna de Wit. \"Maar hij houdt.\"",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"Maar hij houdt.\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Volgens Anna de Wit, die de boot kent, hoort de schipper daar nog bij. \"Hij vaart al jaren.\"",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"Hij vaart al jaren.\"",
                source: Some("Anna de Wit"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "Anna de Wit loopt over de dijk. \"Wij hebben alles gemeten.\"",
            names: &[("Anna de Wit", Label::Per)],
            span: "\"Wij hebben alles gemeten.\"",
            source: Some("Anna de Wit"),
        }]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let shape = &scene.shapes[candidate];
    if !shape.opens_sentence || shape.heading || scene.has_impersonal_clause(candidate) {
        return None;
    }
    let before = scene.sentence_before(candidate)?;
    let report = scene.report_of(candidate, before)?;
    if let Some(answers) = answers(scene, candidate, report) {
        return Some(Verdict::by_member(candidate, Some(answers), 0.75));
    }
    Some(Verdict::by_clause(scene, candidate, report, 0.93))
}

/// `De rechter vroeg of dat kon. "Dat kon best."`: whoever spoke before the one who
/// asks; words that ask are the question itself.
fn answers(scene: &Scene<'_>, candidate: usize, report: &Clause) -> Option<usize> {
    if !scene.asks(report) || scene.is_question(candidate) {
        return None;
    }
    let asker = report.subject.and_then(|subject| scene.member(subject));
    let earlier = scene.last_speech_before(candidate)?;
    scene.speaker(earlier).filter(|&speaker| Some(speaker) != asker)
}
