//! A fragment inside reported speech.

use super::{Example, Rule};
use crate::attribution::engine::{Speech, Verdict};
use crate::attribution::scene::Scene;

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
        &[Example {
            text: "In het verslag staat dat de rookmelder „met opzet gesloopt” was.",
            names: &[],
            span: "„met opzet gesloopt”",
            source: Some("het verslag"),
        }]
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
        // Reports are in order of their start, outer before inner: of those
        // that begin before a candidate, the last that reaches over it.
        let mut open: Vec<usize> = Vec::new();
        let mut next = 0;
        let mut verdicts = Vec::new();
        for candidate in 0..scene.candidates.len() {
            let tokens = &scene.shapes[candidate].tokens;
            while next < scene.reports.len() && scene.reports[next].tokens.start <= tokens.start {
                let start = scene.reports[next].tokens.start;
                while open.last().is_some_and(|&r| scene.reports[r].tokens.end <= start) {
                    open.pop();
                }
                open.push(next);
                next += 1;
            }
            while open.last().is_some_and(|&r| scene.reports[r].tokens.end <= tokens.start) {
                open.pop();
            }
            let around = open.last().map(|&r| &scene.reports[r]);
            let Some(report) = around.filter(|r| r.tokens.end >= tokens.end) else { continue };
            if scene.settled[candidate].is_some()
                || report.member.is_none()
                || is_name(scene, candidate)
            {
                continue;
            }
            let speech = Speech {
                member: report.member,
                mention: report.mention,
                cue: report.cue,
                stance: report.stance,
            };
            verdicts.push(Verdict::speech_of(candidate, speech, 0.75));
        }
        verdicts
    }
}

/// `de "dijkgraaf"`: one word behind a definite article is a name for a thing.
fn is_name(scene: &Scene<'_>, candidate: usize) -> bool {
    let shape = &scene.shapes[candidate];
    let before = shape.tokens.start.checked_sub(1);
    shape.words == 1 && before.is_some_and(|at| matches!(scene.word(at), "de" | "het"))
}
