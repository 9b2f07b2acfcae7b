//! The last speaker goes on in the next paragraph.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;
use crate::ner::Label;

/// A paragraph that opens with a quotation carries on the last one before it.
///
/// # Pattern
///
/// The paragraph before ends with a quotation or its reporting clause, or
/// with narrative about its speaker; this one opens with a quotation without
/// a clause.
///
/// # Why it holds
///
/// News gives a new speaker a reporting clause of their own; a bare paragraph
/// stays with the last.
///
/// # Where it fails
///
/// Round-ups of short statements, where the source follows each.
pub(super) struct NextParagraph;

impl Rule for NextParagraph {
    fn id(&self) -> &'static str {
        "next-paragraph"
    }

    fn summary(&self) -> &'static str {
        "A paragraph that opens with a quotation carries on the last one before it."
    }

    fn fires(&self) -> &'static [Example] {
        &[Example {
            text: "\"De dijk is oud\", zegt Anna de Wit.\n\n\"Maar hij houdt het nog jaren.\"",
            names: &[("Anna de Wit", Label::Per)],
            span: "\"Maar hij houdt het nog jaren.\"",
            source: Some("Anna de Wit"),
        }]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "\"De dijk is oud\", zegt Anna de Wit.\n\n\"Niet waar\", zegt Bram Kok.",
            names: &[("Anna de Wit", Label::Per), ("Bram Kok", Label::Per)],
            span: "\"Niet waar\"",
            source: Some("Bram Kok"),
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
    let shape = &scene.shapes[candidate];
    let opens = scene.tokenized.paragraphs()[shape.paragraph].span.start();
    if shape.heading || !shape.is_clause() || scene.candidates[candidate].span.start() != opens {
        return None;
    }
    let paragraph = scene.text_paragraph_before(shape.paragraph)?;
    // Whoever the paragraph before turned to last: its last speaker or, in
    // narrative behind that, the subject of its last sentence.
    let last = scene.tokenized.paragraphs()[paragraph].sentences.end - 1;
    let earlier = scene
        .neighbour_before(candidate)
        .filter(|&earlier| scene.last_paragraph(earlier) == paragraph);
    let narrated = earlier.is_none_or(|earlier| scene.shapes[earlier].last_sentence < last);
    if narrated {
        let report = scene.report_of(candidate, last).and_then(|clause| clause.subject);
        let lead = report.or_else(|| scene.lead(candidate, last));
        if let Some(member) = lead.and_then(|lead| scene.member(lead)) {
            return Some(Verdict::by_member(candidate, Some(member), 0.8));
        }
    }
    let earlier = earlier.or_else(|| scene.last_speech_before(candidate))?;
    let member = scene.speaker(earlier)?;
    Some(Verdict::by_member(candidate, Some(member), 0.85).continuing(earlier))
}
