//! A source and a colon, no verb.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::scene::{Scene, can_speak};
use crate::ner::Label;
use crate::sources::{Reference, SourceKind};
use crate::syntax::Class;

/// The source stands before a colon, without a reporting verb.
///
/// # Pattern
///
/// `Jansen: "..."`; `De reactie van Jansen: "..."`; `Jansen na de nederlaag:
/// '...'`: the mention right before the colon, else the first one of the
/// sentence.
///
/// # Why it holds
///
/// News headlines and round-ups leave the verb out; the subject of the
/// sentence before the colon is who speaks.
///
/// # Where it fails
///
/// Sentences about one person that introduce the words of another. In a title, where
/// they are commonest, words for who is not told of again are left to the rules that
/// read the body.
pub(super) struct VerblessColon;

impl Rule for VerblessColon {
    fn id(&self) -> &'static str {
        "verbless-colon"
    }

    fn summary(&self) -> &'static str {
        "The source stands before a colon, without a reporting verb."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "Het hof wacht. Koen Maes tegen het hof: \"Wilt u de waarheid niet weten?\"",
                names: &[("Koen Maes", Label::Per)],
                span: "\"Wilt u de waarheid niet weten?\"",
                source: Some("Koen Maes"),
            },
            Example {
                text: "Anna de Wit: \"De dijk houdt het wel.\"",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"De dijk houdt het wel.\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Anna de Wit lacht. Of de dijk het houdt is voor haar geen vraag: \"Hij houdt het wel.\"",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"Hij houdt het wel.\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Maes na verlies: 'Dit doet pijn'\n\nTrainer Wim Maes was boos.",
                names: &[("Wim Maes", Label::Per), ("Maes", Label::Per)],
                span: "'Dit doet pijn'",
                source: Some("Wim Maes"),
            },
            Example {
                text: "Wim Maes helpt Anna de Wit: 'Zonder haar lag ik in zee'\n\nDe redding was live te zien.",
                names: &[("Wim Maes", Label::Per), ("Anna de Wit", Label::Per)],
                span: "'Zonder haar lag ik in zee'",
                source: Some("Wim Maes"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[
            Example {
                text: "Anna de Wit zegt: \"De dijk houdt het wel.\"",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"De dijk houdt het wel.\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "\"De dijk is oud\", zegt Anna de Wit. Er zijn bewoners en gasten: \"De dijk houdt het wel.\"",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"De dijk houdt het wel.\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Op het bord stond: \"Verboden toegang voor fietsers.\"",
                names: &[],
                span: "\"Verboden toegang voor fietsers.\"",
                source: None,
            },
        ]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let verdict = before_colon(scene, candidate)?;
    let mention = verdict.speech().and_then(|speech| speech.mention);
    let unknown = mention.is_some_and(|mention| scene.is_left_to_body(candidate, mention));
    (!unknown).then_some(verdict)
}

fn before_colon(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let shape = &scene.shapes[candidate];
    let colon = match scene.colon_before(candidate) {
        Some(colon) => colon,
        // In a headline the colon may stand further off.
        None if shape.heading => headline_colon(scene, candidate)?,
        None => return None,
    };
    let sentence = scene.sentence(shape.first_sentence).tokens.start;
    // "Er zijn twee groepen: ...": what there is has not spoken.
    if scene.word(sentence) == "er" {
        return None;
    }
    let host = scene.candidates[candidate].parent;
    let before: Vec<(usize, &Reference)> = scene
        .cast
        .references_in(sentence..colon)
        .filter(|(_, r)| scene.host[r.start] == host && can_speak(r))
        .collect();
    // "Trainer prijst Maes: '...'": who does something says it, not the object.
    if let Some((number, first)) = before.first()
        && (before.len() > 1 || shape.heading)
        && first.start == sentence
        && first.end < colon
        && scene.tagged.is_finite(first.end)
    {
        return Some(Verdict::by_mention(scene, candidate, *number, 0.8));
    }
    // "Noodkreet over daklozen: '...'": what a headline is about has said nothing.
    let governed =
        |r: &Reference| shape.heading && r.start > sentence && about(scene.word(r.start - 1));
    let ends_here =
        |r: &Reference| !governed(r) && (r.end == colon || in_parentheses(scene, r.end, colon));
    // "Ruim honderd doden bij brand kerk: '...'": what a headline ends in is
    // seldom who speaks, unless it is all that the headline has.
    let aside = |r: &Reference| {
        shape.heading && before.len() > 1 && scene.tagged.class(r.start - 1) != Class::Coordinator
    };
    // "Jansen tegen het hof: '...'": who speaks to whom.
    if let [(number, first), (_, other)] = before[..]
        && !shape.heading
        && first.start == sentence
        && first.end + 1 == other.start
        && other.end == colon
        && matches!(scene.word(first.end), "tegen" | "aan" | "over")
    {
        return Some(Verdict::by_mention(scene, candidate, number, 0.9));
    }
    if let Some((number, _)) = before.last().filter(|(_, r)| ends_here(r) && !aside(r)) {
        return Some(Verdict::by_mention(scene, candidate, *number, 0.93));
    }
    // "Maes na verlies: '...'"; but a headline also tells what it then quotes
    // someone about: "Oranje verliest in opener: '...'".
    if shape.heading {
        let (number, reference) = before.first()?;
        let topic = reference.start == sentence
            && reference.source_kind == SourceKind::Person
            && scene.tagged.class(reference.end) == Class::Preposition;
        return topic.then(|| Verdict::by_mention(scene, candidate, *number, 0.85));
    }
    // Further off, only what the sentence is about: its first words.
    let free = |r: &Reference| {
        r.start == sentence
            || r.start <= sentence + LEAD && scene.tagged.class(r.start - 1) != Class::Preposition
    };
    if let Some((number, _)) = before.iter().find(|(_, r)| free(r)) {
        return Some(Verdict::by_mention(scene, candidate, *number, 0.8));
    }
    // "Of dat mag is voor haar geen vraag: ...": else the only person of all.
    let mut people = before.iter().filter(|(number, _)| scene.is_person(*number));
    let (number, _) = people.next().filter(|_| people.next().is_none() && before.len() == 1)?;
    Some(Verdict::by_mention(scene, candidate, *number, 0.6))
}

/// Whether a preposition tells what something is about or where it is, and not
/// whose it is.
fn about(word: &str) -> bool {
    matches!(
        word,
        "over" | "om" | "op" | "bij" | "voor" | "tegen" | "rond" | "in" | "na" | "met" | "naar"
    )
}

/// So many words may stand before what a sentence is about: *Ook voor hem is*
/// is too many.
const LEAD: usize = 2;

fn headline_colon(scene: &Scene<'_>, candidate: usize) -> Option<usize> {
    let shape = &scene.shapes[candidate];
    let start = scene.sentence(shape.first_sentence).tokens.start;
    (start..shape.tokens.start).rev().find(|&at| scene.word(at) == ":")
}

/// `Jansen (45): "..."`.
fn in_parentheses(scene: &Scene<'_>, start: usize, colon: usize) -> bool {
    start < colon && scene.word(start) == "(" && scene.word(colon - 1) == ")"
}
