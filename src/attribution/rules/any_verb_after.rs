//! A finite verb right behind the quotation that is no reporting verb.

use super::{Example, Rule};
use crate::attribution::engine::{Speech, Verdict};
use crate::attribution::scene::Scene;
use crate::ner::Label;
use crate::sources::{MentionKind, SourceKind};
use crate::syntax::{Class, Pos};

/// The quotation is followed by a finite verb of whatever meaning and a person.
///
/// # Pattern
///
/// `"...", graaft X in het geheugen`; `"...", blijft hij hopen`: behind the
/// closing mark and a comma come a finite verb and at once, *zich* and adverbs
/// aside, a person; behind *is* and *blijft* a body too (`"...", is de krant streng`).
///
/// # Why it holds
///
/// Only a fronted part of a clause makes its subject stand behind the verb. A
/// whole sentence in marks that is so fronted is what the person says, be the
/// verb one of manner (*lacht*), of thought (*graaft in het geheugen*) or of
/// state (*blijft voorzichtig*).
///
/// # Where it fails
///
/// A quotation that is the object of something else: `"De dijk houdt", heeft
/// Kok nooit gelezen`.
pub(super) struct AnyVerbAfter;

impl Rule for AnyVerbAfter {
    fn id(&self) -> &'static str {
        "any-verb-after"
    }

    fn summary(&self) -> &'static str {
        "The quotation is followed by a finite verb of whatever meaning and a person."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "\"Er was toen nog geen dijk\", graaft Anna de Wit in haar geheugen.",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"Er was toen nog geen dijk\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "\"Dit houdt nog jaren\", blijft ook Anna de Wit hoopvol.",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"Dit houdt nog jaren\"",
                source: Some("Anna de Wit"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[
            Example {
                text: "\"De dijk houdt het wel\", zei Anna de Wit.",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"De dijk houdt het wel\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "In \"Het dorp\", woont Anna de Wit nog steeds.",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"Het dorp\"",
                source: None,
            },
        ]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

/// Whether token `at` is a finite verb, to judge by its sentence or its ending.
fn is_verb(scene: &Scene<'_>, at: usize) -> bool {
    let word = scene.word(at);
    let ending = word.ends_with('t') || word.ends_with("de") || word.ends_with("te");
    let small = scene.tagged.class(at) == Class::Word && !scene.tagged.is_capital(at);
    scene.tagged.is_finite(at) || small && ending
}

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    /// *zich*, *ook*, *dan toch*.
    const BETWEEN: usize = 3;
    let shape = &scene.shapes[candidate];
    let verb = scene.word_after(candidate, ",")?;
    let comma = verb > shape.tokens.end || scene.ends_with_comma(candidate);
    let fronted = shape.is_clause() && shape.opens_sentence && (comma || shape.stopped);
    if !fronted || shape.heading || !is_verb(scene, verb) {
        return None;
    }
    let limit = scene.sentence(shape.last_sentence).tokens.end;
    let (number, reference) =
        scene.cast.references_in(verb + 1..limit.min(verb + 2 + BETWEEN)).next()?;
    let aside = |at: usize| {
        scene.tagged.class(at) == Class::Adverb
            || scene.tagged.pos(at) == Pos::Adverb
            || scene.word(at) == "zich"
    };
    // "is de krant ludiek": a body is said to be so of its words.
    let copula = matches!(scene.word(verb), "is" | "was" | "blijft" | "bleef")
        && reference.start == verb + 1
        && matches!(reference.source_kind, SourceKind::Organisation | SourceKind::Group);
    let subject = (scene.is_person(number) || copula)
        && !(reference.kind == MentionKind::Pronoun
            && matches!(scene.word(reference.start), "hem" | "haar" | "hen" | "hun" | "die"));
    let speech = Speech {
        member: scene.member(number),
        mention: Some(number),
        cue: Some(verb),
        ..Speech::default()
    };
    (subject && (verb + 1..reference.start).all(aside))
        .then(|| Verdict::speech_of(candidate, speech, 0.85))
}
