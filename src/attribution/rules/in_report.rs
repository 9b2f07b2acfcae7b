//! A fragment inside reported speech.

use super::{Example, Rule};
use crate::attribution::engine::{Speech, Verdict};
use crate::attribution::scene::Scene;
use crate::ner::Label;
use crate::syntax::Pos;

/// The quotation stands inside reported speech.
///
/// # Pattern
///
/// `X zegt dat het "een ramp" is`: marked words inside content that X is
/// reported to have said, with no source of their own.
///
/// # Why it holds
///
/// What the reporter marks in somebody's reported words are that one's words.
///
/// # Where it fails
///
/// Terms and titles that the rules for those did not see.
pub(super) struct InReport;

impl Rule for InReport {
    fn id(&self) -> &'static str {
        "in-report"
    }

    fn summary(&self) -> &'static str {
        "The quotation stands inside reported speech."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "Volgens de burgemeester helpt een feest tegen het „zure” beeld van de haven.",
                names: &[],
                span: "„zure”",
                source: Some("de burgemeester"),
            },
            Example {
                text: "De Waterbond wil dat de sluis „ooit weer” opengaat.",
                names: &[("Waterbond", Label::Org)],
                span: "„ooit weer”",
                source: Some("Waterbond"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "De dijk was \"zo sterk als beton\".",
            names: &[],
            span: "\"zo sterk als beton\"",
            source: None,
        }]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let report = scene.report_around(candidate)?;
    if report.member.is_none() || is_name(scene, candidate) {
        return None;
    }
    let speech = Speech {
        member: report.member,
        mention: report.mention,
        cue: report.cue,
        stance: report.stance,
    };
    Some(Verdict::speech_of(candidate, speech, 0.75))
}

/// `de "dijkgraaf"`: one word behind a definite article is a name for a thing; but
/// `de "ongepaste" brief` says what it is like.
fn is_name(scene: &Scene<'_>, candidate: usize) -> bool {
    let shape = &scene.shapes[candidate];
    let before = shape.tokens.start.checked_sub(1);
    let next = shape.tokens.end;
    let modifies = next < scene.sentence(shape.last_sentence).tokens.end
        && scene.tagged.pos(next) == Pos::Noun
        && scene.word(shape.inner.start).ends_with('e');
    shape.words == 1 && !modifies && before.is_some_and(|at| matches!(scene.word(at), "de" | "het"))
}
