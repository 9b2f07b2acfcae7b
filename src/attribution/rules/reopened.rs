//! A quotation that opens anew with each paragraph.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;
use crate::ner::Label;

/// The quotation goes on in the next paragraph, which opens with a mark of its own.
///
/// # Pattern
///
/// A paragraph's quotation is not closed and the next paragraph begins with
/// the same kind of mark; the source of either is that of both.
///
/// # Why it holds
///
/// An old typographic habit: a quotation of several paragraphs opens each of
/// them and is closed once.
///
/// # Where it fails
///
/// A forgotten closing mark at the end of a paragraph before a quotation of
/// someone else.
pub(super) struct Reopened;

impl Rule for Reopened {
    fn id(&self) -> &'static str {
        "reopened"
    }

    fn summary(&self) -> &'static str {
        "The quotation goes on in the next paragraph, which opens with a mark of its own."
    }

    fn fires(&self) -> &'static [Example] {
        &[Example {
            text: "“De dijk is oud.\n\n“En hij is nat”, zegt Anna de Wit.",
            names: &[("Anna de Wit", Label::Per)],
            span: "“De dijk is oud.",
            source: Some("Anna de Wit"),
        }]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "“De dijk is oud”, zegt Anna de Wit.\n\n“En hij is erg nat.”",
            names: &[("Anna de Wit", Label::Per)],
            span: "“En hij is erg nat.”",
            source: Some("Anna de Wit"),
        }]
    }

    fn propagates(&self) -> bool {
        true
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let of = |other: usize| scene.speaker(other).map(|member| (other, member));
    let earlier = scene
        .neighbour_before(candidate)
        .filter(|&other| scene.candidates[other].reopens)
        .and_then(of);
    if let Some((other, member)) = earlier {
        return Some(Verdict::by_member(candidate, Some(member), 0.93).continuing(other));
    }
    let (_, member) = scene
        .neighbour_after(candidate)
        .filter(|_| scene.candidates[candidate].reopens)
        .and_then(of)?;
    Some(Verdict::by_member(candidate, Some(member), 0.93))
}
