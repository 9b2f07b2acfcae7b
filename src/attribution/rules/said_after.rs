//! The next sentence says whose words they were.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;
use crate::ner::Label;

/// The sentence behind the quotation names its source: Dat zegt X.
///
/// # Pattern
///
/// `"..." Dat zegt X`; `"..." Zo reageert X op het nieuws`.
///
/// # Why it holds
///
/// *Dat* and *zo* at the start of such a sentence point back to the words
/// just quoted.
///
/// # Where it fails
///
/// *Dat zegt veel over X*: the verb must have a subject of its own.
pub(super) struct SaidAfter;

impl Rule for SaidAfter {
    fn id(&self) -> &'static str {
        "said-after"
    }

    fn summary(&self) -> &'static str {
        "The sentence behind the quotation names its source: Dat zegt X."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "\"De dijk houdt het wel.\" Dat zegt Anna de Wit in een vraaggesprek.",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"De dijk houdt het wel.\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "\"De dijk moet hoger.\" Volgens Anna de Wit is dat niet te vermijden.",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"De dijk moet hoger.\"",
                source: Some("Anna de Wit"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "\"De dijk houdt het wel\", zegt Anna de Wit. Dat bleek uit metingen.",
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
    /// `Dat heeft X gisteren gezegd`: the verb stands at once.
    const NEAR: usize = 2;
    let shape = &scene.shapes[candidate];
    if !shape.ends_sentence || !shape.is_clause() {
        return None;
    }
    let first = scene.first_of_next_sentence(candidate)?;
    if scene.word(first) == "volgens" {
        return by_view(scene, candidate, first);
    }
    if !matches!(scene.word(first), "dat" | "dit" | "zo" | "daarmee" | "aldus") {
        return None;
    }
    let clause = scene.clauses_beside(candidate, scene.sentence_of(first)).find(|clause| {
        clause.cue > first && clause.cue <= first + NEAR && clause.verb().is_some()
    })?;
    let subject = clause.subject.map(|subject| &scene.cast.references[subject])?;
    (subject.start > clause.cue).then(|| Verdict::by_clause(scene, candidate, clause, 0.92))
}

/// `"..." Volgens Jansen is dat niet onderhandelbaar`: whose view the next sentence tells,
/// with *dat* for the words.
fn by_view(scene: &Scene<'_>, candidate: usize, first: usize) -> Option<Verdict> {
    let clause = scene.clauses_beside(candidate, scene.sentence_of(first)).next()?;
    let source = &scene.cast.references[clause.subject?];
    let verb = source.end;
    let takes_up = clause.cue == first
        && verb + 1 < scene.tagged.len()
        && scene.tagged.is_finite(verb)
        && matches!(scene.word(verb + 1), "dat" | "dit");
    takes_up.then(|| Verdict::by_clause(scene, candidate, clause, 0.85))
}
