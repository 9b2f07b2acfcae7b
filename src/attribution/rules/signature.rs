//! A name behind a dash, as below a letter.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::scene::{Scene, can_speak};
use crate::ner::Label;

/// The quotation is signed: a dash and its source follow.
///
/// # Pattern
///
/// `"..." - Jan Jansen, directeur`; `"..."` and a paragraph `– Jan Jansen (45)`:
/// a dash, a source, and no verb up to the end of the sentence.
///
/// # Why it holds
///
/// Boxes with statements, mottos and letters are signed that way.
///
/// # Where it fails
///
/// Insertions between dashes that begin with a name and have no verb.
pub(super) struct Signature;

impl Rule for Signature {
    fn id(&self) -> &'static str {
        "signature"
    }

    fn summary(&self) -> &'static str {
        "The quotation is signed: a dash and its source follow."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "\"De dijk houdt het nog wel even.\" - Anna de Wit, dijkgraaf",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"De dijk houdt het nog wel even.\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Het dorp wacht af.\n\n„Wij gaan hier nooit meer weg.”\n\n– Wim Maes (71)\n\nDe bus rijdt niet.",
                names: &[("Wim Maes", Label::Per)],
                span: "„Wij gaan hier nooit meer weg.”",
                source: Some("Wim Maes"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "\"De dijk houdt het wel\" - Anna de Wit twijfelt niet - \"en anders niet.\"",
            names: &[("Anna de Wit", Label::Per)],
            span: "\"De dijk houdt het wel\"",
            source: None,
        }]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let shape = &scene.shapes[candidate];
    if !shape.is_clause() || scene.candidates[candidate].parent.is_some() {
        return None;
    }
    let dash = shape.tokens.end;
    if dash + 1 >= scene.tagged.len() || !matches!(scene.word(dash), "-" | "–" | "—") {
        return None;
    }
    let end = scene.sentence(scene.sentence_of(dash)).tokens.end;
    let (number, reference) = scene.cast.references_in(dash + 1..dash + 2).next()?;
    let signs = can_speak(reference)
        && (reference.end..end).all(|at| !scene.tagged.is_finite(at) && scene.host[at].is_none());
    signs.then(|| Verdict::by_mention(scene, candidate, number, 0.9))
}
