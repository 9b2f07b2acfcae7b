//! The answer to a question of an interview.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;
use crate::ner::Label;
use crate::sources::MentionKind;

/// A marked paragraph behind a question without marks is the answer of the one interviewed.
///
/// # Pattern
///
/// A paragraph that is one quotation, behind a paragraph that ends in a
/// question mark and has no marks itself. The source is the one of the last
/// answer, else the person named last before the first question.
///
/// # Why it holds
///
/// Printed interviews alternate questions and marked answers and name the one
/// interviewed in their introduction.
///
/// # Where it fails
///
/// Double interviews, where each answer begins with a name; rhetorical
/// questions of the reporter before a quotation of someone new.
pub(super) struct Interview;

impl Rule for Interview {
    fn id(&self) -> &'static str {
        "interview"
    }

    fn summary(&self) -> &'static str {
        "A marked paragraph behind a question without marks is the answer of the one interviewed."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "Schipper Anna de Wit vaart al jaren. \"Ik mis het water\", zegt zij. Haar zoon, vanaf de kade: \"Onzin.\"\n\nWat hoort u nog?\n\n\"De buren, als ze kwaad zijn.\" Dan lacht ze.",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"De buren, als ze kwaad zijn.\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Schipper Anna de Wit vaart al jaren.\n\nWaarom begon u ermee?\n\n‘Mijn vader nam mij mee op het water.’",
                names: &[("Anna de Wit", Label::Per)],
                span: "‘Mijn vader nam mij mee op het water.’",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "‘Ik mis het water’, zegt Anna de Wit. Haar man Bram Kok wilde stoppen. ‘Ik zei: “Bram Kok, nog een jaar.”’\n\nWanneer wist u het zeker?\n\n‘Toen de brief kwam van de haven.’",
                names: &[("Anna de Wit", Label::Per), ("Bram Kok", Label::Per)],
                span: "‘Toen de brief kwam van de haven.’",
                source: Some("Anna de Wit"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "Schipper Anna de Wit vaart al jaren.\n\n‘Mijn vader nam mij mee’, zegt ze.",
            names: &[("Anna de Wit", Label::Per)],
            span: "‘Mijn vader nam mij mee’",
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
    let shape = &scene.shapes[candidate];
    let opens = || {
        let paragraph = scene.tokenized.paragraphs()[shape.paragraph].span;
        shape.is_clause() && scene.candidates[candidate].span.start() == paragraph.start()
    };
    let answers = shape.alone || opens();
    if !answers || !is_question(scene, shape.paragraph.checked_sub(1)?) {
        return None;
    }
    let answers = |other: &usize| {
        let settled = scene.settled[*other].as_ref();
        settled.is_some_and(|verdict| verdict.rule == Interview.id())
    };
    if let Some(earlier) = (0..candidate).rev().find(answers) {
        let speaker = scene.speaker(earlier);
        return Some(Verdict::by_member(candidate, speaker, 0.85).continuing(earlier));
    }
    let first = (0..shape.paragraph).find(|&paragraph| is_question(scene, paragraph))?;
    let start = scene.tokenized.sentences()[scene.tokenized.paragraphs()[first].sentences.start]
        .tokens
        .start;
    let named = scene.cast.references_in(0..start).rev().find(|(number, reference)| {
        reference.kind == MentionKind::Name
            && scene.is_person(*number)
            && scene.host[reference.start].is_none()
    });
    let named = named.and_then(|(number, _)| scene.member(number));
    let member = main_speaker(scene, start).or(named)?;
    Some(Verdict::by_member(candidate, Some(member), 0.75))
}

/// Who says most of what is settled near before token `end`; of equals, the first.
fn main_speaker(scene: &Scene<'_>, end: usize) -> Option<usize> {
    /// An introduction quotes no more.
    const MOST: usize = 32;
    let last = scene.shapes.partition_point(|shape| shape.tokens.start < end);
    let near = (0..last).rev().take(MOST).filter(|&it| scene.candidates[it].parent.is_none());
    let speakers: Vec<usize> = near
        .filter_map(|it| scene.speaker(it).filter(|&member| scene.is_one_person(member)))
        .collect();
    let count = |member: usize| speakers.iter().filter(|&&it| it == member).count();
    speakers.iter().copied().max_by_key(|&member| count(member))
}

/// Whether a paragraph is a question in the interviewer's own words.
fn is_question(scene: &Scene<'_>, paragraph: usize) -> bool {
    let span = scene.tokenized.paragraphs()[paragraph].span;
    let tokens = scene.tokenized.tokens_in(span);
    scene.document.slice(span).ends_with('?') && tokens.clone().all(|at| scene.host[at].is_none())
}
