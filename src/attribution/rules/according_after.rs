//! *aldus*, *volgens* or *zo* right behind the quotation.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;
use crate::ner::Label;

/// The quotation is followed by aldus, volgens or zo and the source.
///
/// # Pattern
///
/// `"...", aldus X`; `"...", volgens X`; `"...", zo X`; `"..." Aldus X.`
///
/// # Why it holds
///
/// These words have no other use between a quotation and a name.
///
/// # Where it fails
///
/// *volgens* with a rule or a plan behind it (`volgens de wet`), which is no
/// mention unless it is a document.
pub(super) struct AccordingAfter;

impl Rule for AccordingAfter {
    fn id(&self) -> &'static str {
        "according-after"
    }

    fn summary(&self) -> &'static str {
        "The quotation is followed by aldus, volgens or zo and the source."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "\"De dijk houdt het wel\", aldus Anna de Wit.",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"De dijk houdt het wel\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "‘Er is niets gestolen’, zo een woordvoerder van de politie.",
                names: &[],
                span: "‘Er is niets gestolen’",
                source: Some("een woordvoerder van de politie"),
            },
            Example {
                text: "\"Er wordt minder gefietst\", volgens het rapport.",
                names: &[],
                span: "\"Er wordt minder gefietst\"",
                source: Some("het rapport"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "\"De dijk houdt het wel\", zei Anna de Wit.",
            names: &[("Anna de Wit", Label::Per)],
            span: "\"De dijk houdt het wel\"",
            source: Some("Anna de Wit"),
        }]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let first = scene.word_after(candidate, ",").or_else(|| next_sentence(scene, candidate))?;
    let first = if scene.word(first) == "aldus" { first } else { skip_stop(scene, first) };
    let clause = scene.clause_with_cue(first).filter(|clause| clause.verb().is_none())?;
    clause.subject.map(|_| Verdict::by_clause(scene, candidate, clause, 0.98))
}

/// `"..." . Aldus X`: a stop outside the marks.
fn skip_stop(scene: &Scene<'_>, at: usize) -> usize {
    if scene.word(at) == "." && at + 1 < scene.tagged.len() { at + 1 } else { at }
}

/// `"..." Aldus X.`: a sentence of its own.
fn next_sentence(scene: &Scene<'_>, candidate: usize) -> Option<usize> {
    let shape = &scene.shapes[candidate];
    let first = scene.first_of_next_sentence(candidate)?;
    (shape.ends_sentence && scene.word(first) == "aldus").then_some(first)
}
