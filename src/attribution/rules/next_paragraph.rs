//! The last speaker goes on in the next paragraph.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::floor::{Floors, Given};
use crate::attribution::scene::Scene;
use crate::ner::Label;

/// A paragraph that opens with a quotation carries on the last one before it.
///
/// # Pattern
///
/// The paragraph before ends with a quotation or its reporting clause, or
/// with narrative about its speaker; this one opens with a quotation without
/// a clause. Or a heading right above names a person and says nothing else.
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
        &[
            // Whoever is asked something answers.
            Example {
                text: "Anna de Wit wacht op de kade. \"Bent u zelf schipper?\", vraagt Koen Maes.\n\n\"Al sinds mijn achtste.\"",
                names: &[("Anna de Wit", Label::Per), ("Koen Maes", Label::Per)],
                span: "\"Al sinds mijn achtste.\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "\"De dijk is oud\", zegt Anna de Wit.\n\n\"Maar hij houdt het nog jaren.\"",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"Maar hij houdt het nog jaren.\"",
                source: Some("Anna de Wit"),
            },
            // A line that points elsewhere is passed over.
            Example {
                text: "\"De dijk is oud\", zegt Anna de Wit.\n\nBekijk hier de beelden:\n\n\"Maar hij houdt het nog jaren.\"",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"Maar hij houdt het nog jaren.\"",
                source: Some("Anna de Wit"),
            },
        ]
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
        let mut floors = Floors::new(scene);
        scene.open().filter_map(|candidate| verdict(scene, &mut floors, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, floors: &mut Floors<'_, '_>, candidate: usize) -> Option<Verdict> {
    let shape = &scene.shapes[candidate];
    let opens = scene.tokenized.paragraphs()[shape.paragraph].span.start();
    if shape.heading || !shape.is_clause() || scene.candidates[candidate].span.start() != opens {
        return None;
    }
    let floor = floors.holder(candidate).filter(|floor| floor.paragraphs == 1)?;
    if let Given::Quoted(asked) = floor.given
        && scene.is_question(asked)
        && scene.is_to_somebody(asked)
        && let Some(other) = other_party(scene, asked, floor.member)
    {
        floors.give(candidate, other);
        return Some(Verdict::by_member(candidate, Some(other), 0.7));
    }
    let verdict = Verdict::by_member(candidate, Some(floor.member), 0.85);
    floors.give(candidate, floor.member);
    Some(match floor.given {
        Given::Quoted(earlier) => verdict.continuing(earlier),
        Given::Reported | Given::Told => verdict,
    })
}

/// Whom `speaker` asks in the candidate `question`: the last person before it who is
/// not that one.
fn other_party(scene: &Scene<'_>, question: usize, speaker: usize) -> Option<usize> {
    /// More mentions back are of others.
    const MOST: usize = 12;
    let start = scene.shapes[question].tokens.start;
    let told = scene.cast.references_in(0..start).rev().take(MOST);
    told.filter(|(_, it)| scene.host[it.start].is_none())
        .filter_map(|(number, _)| scene.member(number))
        .find(|&member| member != speaker && scene.is_one_person(member))
}
