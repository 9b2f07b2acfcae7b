//! Whom the sentence around the quotation is about.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::floor::Floors;
use crate::attribution::scene::Scene;
use crate::attribution::speech::Evidence;
use crate::ner::Label;
use crate::sources::MentionKind;

/// Words in marks that nothing claims are those of whom their sentence is about.
///
/// # Pattern
///
/// A fragment in marks behind the subject of its sentence, whatever the verb:
/// `In 2018 wilde X "..." nog verbieden`. Where the subject only has something
/// done to it, whoever had the floor before. Words that open the text, with
/// nothing before them: the subject of the sentence behind them.
///
/// # Why it holds
///
/// A reporter who takes over somebody's words makes that person the subject.
///
/// # Where it fails
///
/// Placards and what others call the subject.
pub(super) struct SentenceLead;

impl Rule for SentenceLead {
    fn id(&self) -> &'static str {
        "sentence-lead"
    }

    fn summary(&self) -> &'static str {
        "Words in marks that nothing claims are those of whom their sentence is about."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "Waar de buurt een kans ziet, ziet Anna de Wit \"een klassiek geval van tunnelvisie\".",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"een klassiek geval van tunnelvisie\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Anna de Wit zegt niets. Zij wilde de dijk \"hoe dan ook laten ophogen voor de zomer\".",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"hoe dan ook laten ophogen voor de zomer\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "De jury looft Anna de Wit. Ook wordt Bram Kok geprezen, om het plan waarmee hij \"een dorp kan redden\".",
                names: &[("Anna de Wit", Label::Per), ("Bram Kok", Label::Per)],
                span: "\"een dorp kan redden\"",
                source: Some("de jury"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "Op het bord stond: \"Hier mag niemand komen.\"",
            names: &[],
            span: "\"Hier mag niemand komen.\"",
            source: None,
        }]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let shape = &scene.shapes[candidate];
    if scene.candidates[candidate].parent.is_some() {
        return None;
    }
    if !(shape.opens_sentence && shape.ends_sentence) {
        if let Some(subject) = inverted_subject(scene, candidate) {
            return Some(Verdict::by_mention(scene, candidate, subject, 0.5));
        }
        let lead = scene
            .lead(candidate, shape.first_sentence)
            .filter(|&lead| scene.cast.references[lead].end <= shape.tokens.start);
        if let Some(lead) = lead.filter(|&lead| acts(scene, lead)) {
            return Some(Verdict::by_mention(scene, candidate, lead, 0.5));
        }
        let floor = Floors::new(scene)
            .holder(candidate)
            .filter(|floor| floor.paragraphs == 0 && !is_anybodys(scene, candidate));
        return floor
            .map(|floor| Verdict::by_member(candidate, Some(floor.member), 0.4))
            .or_else(|| lead.map(|lead| Verdict::by_mention(scene, candidate, lead, 0.3)));
    }
    // The first words of the body.
    if shape.heading || shape.paragraph > 1 || scene.sentence_before(candidate).is_some() {
        return None;
    }
    let next = shape.last_sentence + 1;
    let lead = (next < scene.tokenized.sentences().len())
        .then(|| scene.lead(candidate, next))
        .flatten()?;
    Some(Verdict::by_member(candidate, scene.member(lead), 0.5))
}

/// `Waar de een een ramp ziet, ziet de ander "..."`: the subject right before the
/// words, behind its verb.
fn inverted_subject(scene: &Scene<'_>, candidate: usize) -> Option<usize> {
    /// Longer descriptions are seldom followed by their object at once.
    const LONGEST: usize = 8;
    let start = scene.shapes[candidate].tokens.start;
    let mut near = scene.cast.references_in(start.saturating_sub(LONGEST)..start);
    let (number, reference) = near.rfind(|(_, it)| it.end == start)?;
    let verb = reference.start.checked_sub(1)?;
    let comma = verb.checked_sub(1).is_some_and(|at| scene.word(at) == ",");
    let inverted = comma && scene.tagged.is_finite(verb) && scene.host[verb].is_none();
    (inverted && scene.can_speak(number)).then_some(number)
}

/// Whether a mention is the subject of its sentence's main clause and does
/// something: *Naast Kok wordt De Wit geprezen* and *het plan, die ...* tell of
/// others.
fn acts(scene: &Scene<'_>, mention: usize) -> bool {
    /// The verb stands beside its subject, or a word or two off.
    const NEAR: usize = 3;
    let it = &scene.cast.references[mention];
    let relative = it.kind == MentionKind::Pronoun && matches!(scene.word(it.start), "die" | "wie");
    let passive = |at: usize| matches!(scene.word(at), "wordt" | "worden" | "werd" | "werden");
    let around = it.start.saturating_sub(NEAR)..it.end + NEAR;
    !relative && !around.filter(|&at| at < scene.tagged.len()).any(passive)
}

/// Whether the sentence tells where words were to be read or heard, and not whose
/// they are: *op de muur stond "..."*, *werd vanaf de kade "..." geroepen*.
fn is_anybodys(scene: &Scene<'_>, candidate: usize) -> bool {
    let judgement = &scene.judgements[candidate];
    let told = [Evidence::Shown, Evidence::Uttered, Evidence::Introduced];
    let before = scene.shapes[candidate].tokens.start.checked_sub(1);
    told.iter().any(|evidence| judgement.has(*evidence))
        || before.is_some_and(|at| scene.word(at) == "(")
        || scene.word_after(candidate, ",").is_some_and(|at| {
            matches!(scene.word(at), "wordt" | "werd" | "werden" | "klinkt" | "klonk")
        })
}
