//! *volgens* elsewhere in the same sentence.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;
use crate::ner::Label;

/// The sentence that the quotation is part of is reported with volgens or aldus.
///
/// # Pattern
///
/// `Volgens X is dat "..."`; `Dat is volgens X "..."`; `in de ogen van X`, `wat X
/// betreft`.
///
/// # Why it holds
///
/// *volgens* marks the whole of its sentence as the view of its source.
///
/// # Where it fails
///
/// A term that the reporter puts in marks inside a reported sentence; short
/// fragments directly behind an article are left out.
pub(super) struct AccordingBeside;

impl Rule for AccordingBeside {
    fn id(&self) -> &'static str {
        "according-beside"
    }

    fn summary(&self) -> &'static str {
        "The sentence that the quotation is part of is reported with volgens or aldus."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "Volgens Anna de Wit is de dijk \"nog lang niet aan vervanging toe\".",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"nog lang niet aan vervanging toe\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "In de ogen van Anna de Wit is de dijk \"iets dat zeker nog jaren mee kan\".",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"iets dat zeker nog jaren mee kan\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Anna de Wit zwijgt. De dijk is wat haar betreft \"iets dat zeker nog jaren mee kan\".",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"iets dat zeker nog jaren mee kan\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "De stijging is volgens het instituut \"zorgelijk\".",
                names: &[],
                span: "\"zorgelijk\"",
                source: Some("het instituut"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "Volgens Anna de Wit is de \"dijkgraaf\" een oud ambt.",
            names: &[("Anna de Wit", Label::Per)],
            span: "\"dijkgraaf\"",
            source: Some("Anna de Wit"),
        }]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let shape = &scene.shapes[candidate];
    let clause = scene
        .clauses_beside(candidate, shape.first_sentence)
        .find(|clause| clause.verb().is_none() && clause.subject.is_some())?;
    // "de 'dijkgraaf' is": a fragment that is the noun of its own article.
    let before = shape.tokens.start.checked_sub(1).map(|at| scene.word(at));
    let noun = matches!(before, Some("de" | "het" | "deze" | "dit")) && !shape.is_clause();
    (!noun).then(|| Verdict::by_clause(scene, candidate, clause, 0.88))
}
