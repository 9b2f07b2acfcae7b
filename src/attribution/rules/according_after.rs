//! *aldus*, *volgens* or *zo* right behind the quotation.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;
use crate::lexicon;
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
        &[
            Example {
                text: "\"De dijk houdt het wel\", zei Anna de Wit.",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"De dijk houdt het wel\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Anna de Wit zei gisteren: \"De dijk houdt het wel\", aldus de NOS.",
                names: &[("Anna de Wit", Label::Per), ("NOS", Label::Org)],
                span: "\"De dijk houdt het wel\"",
                source: Some("Anna de Wit"),
            },
            // "volgens" behind the stop belongs to the next sentence.
            Example {
                text: "Anna de Wit noemt de dijk 'zo goed als nieuw'. Volgens Bram Kok lekt hij.",
                names: &[("Anna de Wit", Label::Per), ("Bram Kok", Label::Per)],
                span: "'zo goed als nieuw'",
                source: Some("Anna de Wit"),
            },
        ]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let first = behind(scene, candidate).or_else(|| next_sentence(scene, candidate))?;
    let clause = scene.clause_with_cue(first).filter(|clause| clause.verb().is_none())?;
    // `Hij deed dat met de woorden: "...", aldus de krant`: the krant tells it.
    let told = scene.colon_before(candidate).is_some() && is_medium(scene, clause.subject?);
    if told {
        return None;
    }
    clause.subject.map(|_| Verdict::by_clause(scene, candidate, clause, 0.98))
}

/// The token behind the quotation and a comma; behind a stop only *aldus*, for
/// *volgens* opens a sentence of its own there.
fn behind(scene: &Scene<'_>, candidate: usize) -> Option<usize> {
    let first = scene.word_after(candidate, ",")?;
    if scene.word(first) != "." {
        return Some(first);
    }
    (first + 1 < scene.tagged.len() && is_thus(scene, first + 1)).then_some(first + 1)
}

/// `"..." Aldus X.`: a sentence of its own.
fn next_sentence(scene: &Scene<'_>, candidate: usize) -> Option<usize> {
    let shape = &scene.shapes[candidate];
    let first = scene.first_of_next_sentence(candidate)?;
    (shape.ends_sentence && is_thus(scene, first)).then_some(first)
}

fn is_medium(scene: &Scene<'_>, mention: usize) -> bool {
    let member = scene.member(mention);
    member.is_some_and(|member| lexicon::is_medium(&scene.cast.members[member].name))
}

fn is_thus(scene: &Scene<'_>, at: usize) -> bool {
    matches!(scene.word(at), "aldus" | "dixit")
}
