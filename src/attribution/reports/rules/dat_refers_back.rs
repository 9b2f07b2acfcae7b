//! *Dat zegt X.*

use std::ops::Range;

use super::super::content::{has_finite, sentence_start};
use super::super::introducers::introducer;
use super::super::level::Level;
use super::super::{Reading, Report};
use super::{Example, Rule};
use crate::attribution::shape::is_heading;
use crate::lexicon::{Frame, Stance};
use crate::ner::Label;
use crate::syntax::Class;

/// A sentence that says who said the sentence before.
///
/// # Pattern
///
/// `De dijk is sterk. Dat zegt X.`; `Dat heeft X bekendgemaakt.`; `Dat moest X
/// toegeven.`; `X meldt dat na een proef.` If that sentence begins with a pronoun,
/// the one before it belongs to what was said.
///
/// # Why it holds
///
/// *Dat* at the start of a sentence stands for the sentence before.
///
/// # Where it fails
///
/// Where *dat* stands for more or less than that sentence.
pub(super) struct DatRefersBack;

impl Rule for DatRefersBack {
    fn id(&self) -> &'static str {
        "dat-refers-back"
    }

    fn summary(&self) -> &'static str {
        "A sentence with Dat says who said the sentence before."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "De dijk is sterk. Dat zegt Anna de Wit.",
                names: &[("Anna de Wit", Label::Per)],
                content: "De dijk is sterk",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "De dijk is sterk. De gemeente heeft dat vandaag bekendgemaakt.",
                names: &[],
                content: "De dijk is sterk",
                source: Some("de gemeente"),
            },
            Example {
                text: "De dijk is zwak. Dat moest de gemeente vandaag toegeven.",
                names: &[],
                content: "De dijk is zwak",
                source: Some("de gemeente"),
            },
            Example {
                text: "De dijk is sterk. De gemeente meldt dat na een proef.",
                names: &[],
                content: "De dijk is sterk",
                source: Some("de gemeente"),
            },
            Example {
                text: "De dijk is sterk. Dat melden de gemeente en beheerder Waterwacht.",
                names: &[("Waterwacht", Label::Org)],
                content: "De dijk is sterk",
                source: Some("de gemeente en Waterwacht"),
            },
            Example {
                text: "De dijk is sterk. Zo meldt de gemeente.",
                names: &[],
                content: "De dijk is sterk",
                source: Some("de gemeente"),
            },
            Example {
                text: "De dijk is \"nog lang niet klaar voor de winter\". Dat zegt Anna de Wit.",
                names: &[("Anna de Wit", Label::Per)],
                content: "De dijk is \"nog lang niet klaar voor de winter\"",
                source: Some("Anna de Wit"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[
            Example {
                text: "De dijk is sterk. Dat weet iedereen.",
                names: &[],
                content: "",
                source: None,
            },
            Example {
                text: "De bond is boos. Zo eist de bond een bord op de dijk.",
                names: &[],
                content: "",
                source: None,
            },
        ]
    }

    fn find(&self, reading: &Reading<'_>) -> Vec<Report> {
        (1..reading.levels.len()).filter_map(|at| report(&reading.levels[..=at])).collect()
    }
}

/// The sentence that *dat* at the start of the last level stands for.
pub(super) fn referred_to(levels: &[Level<'_>]) -> Option<Range<usize>> {
    /// Words in marks are levels of their own between two sentences.
    const BETWEEN: usize = 8;
    let (level, rest) = levels.split_last()?;
    let scene = level.scene;
    let nearest = |rest: &[Level<'_>], sentence: usize| {
        let near = rest.iter().rposition(|it| it.host == level.host)?;
        let found = rest.len() - near <= BETWEEN && rest[near].sentence + 1 == sentence;
        found.then_some(near)
    };
    let at = nearest(rest, level.sentence)?;
    let (before, rest) = (&rest[at], &rest[..at]);
    let paragraph = scene.sentence(before.sentence).paragraph;
    if is_heading(scene, paragraph)
        || before.get(before.range.end - 1) == Some("?")
        || !has_finite(before, before.range.clone())
    {
        return None;
    }
    let start = sentence_start(before);
    let leans = before
        .get(start)
        .is_some_and(|word| matches!(word, "dat" | "dit") || before.class(start) == Class::Pronoun);
    let earlier = nearest(rest, before.sentence)
        .map(|at| &rest[at])
        .filter(|earlier| leans && scene.sentence(earlier.sentence).paragraph == paragraph);
    let first = earlier.map_or(start, sentence_start);
    Some(before.trimmed(first..before.range.end))
}

fn report(levels: &[Level<'_>]) -> Option<Report> {
    let level = levels.last()?;
    let start = level.range.start;
    let first = level.get(start)?;
    // "Daarvoor waarschuwt X": it stands behind the verb's preposition.
    let refers = matches!(first, "dat" | "dit")
        // "Zo meldt X.", and nothing more: else *zo* gives an example.
        || first == "zo" && is_all(level, start)
        || matches!(first, "daarvoor" | "hiervoor") && takes_voor(level, start + 1);
    if !refers || start + 2 >= level.range.end {
        return has_that_for_object(levels);
    }
    let it = introducer(level, start + 1, Frame::Inverted)?;
    let subject = level.scene.cast.references.get(it.subject?)?;
    let content = referred_to(levels)?;
    // "Dat vindt de vakbond te weinig": a judgement of it.
    let judged = matches!(it.verb.lemma, "vinden" | "noemen" | "achten")
        && level.get(subject.end).is_some_and(|word| word != ".");
    (subject.start > it.cue && it.is_asserted(level.range.end) && !it.verb.proves && !judged)
        .then(|| it.report(content, 0.9))
}

/// Whether a verb and its source are all that stands behind token `at`.
fn is_all(level: &Level<'_>, at: usize) -> bool {
    let source = level.scene.clause_with_cue(at + 1).and_then(|clause| clause.subject);
    source.is_some_and(|source| {
        let reference = &level.scene.cast.references[source];
        reference.start > at + 1 && matches!(level.get(reference.end), None | Some("." | ":"))
    })
}

/// *waarschuwt*, *pleit*: a verb of saying that has what is said behind *voor*.
fn takes_voor(level: &Level<'_>, at: usize) -> bool {
    level.get(at).is_some_and(|word| word.starts_with("waarschuw") || word.starts_with("pleit"))
}

/// `Bronnen melden dat na een vergadering.`: *dat* with no clause behind it.
fn has_that_alone(levels: &[Level<'_>], that: usize) -> Option<Report> {
    let level = levels.last()?;
    let alone = match level.get(that + 1) {
        None | Some(".") => true,
        Some(_) => level.class(that + 1) == Class::Preposition,
    };
    if !alone || (that + 1..level.range.end).any(|at| level.is_finite(at)) {
        return None;
    }
    let it = introducer(level, that - 1, Frame::That)?;
    let subject = level.scene.cast.references.get(it.subject?)?;
    let says = it.verb.stance == Stance::Neutral && !it.verb.over_triggers;
    (says && subject.start == level.range.start && it.is_asserted(level.range.end))
        .then(|| referred_to(levels))?
        .map(|content| it.report(content, 0.8))
}

/// `De regering heeft dat vandaag bekendgemaakt`: *dat* as the object of a
/// perfect.
fn has_that_for_object(levels: &[Level<'_>]) -> Option<Report> {
    const REACH: usize = 12;
    let level = levels.last()?;
    let limit = level.range.end.min(level.range.start + REACH);
    let that =
        (level.range.start + 1..limit).find(|&at| matches!(level.get(at), Some("dat" | "dit")))?;
    if let Some(report) = has_that_alone(levels, that) {
        return Some(report);
    }
    let auxiliary = that - 1;
    let perfect = matches!(level.get(auxiliary), Some("heeft" | "hebben" | "had" | "hadden"));
    if !perfect {
        return None;
    }
    let it = introducer(level, auxiliary, Frame::Inverted)?;
    let subject = level.scene.cast.references.get(it.subject?)?;
    let says = it.parts_end > that && !it.verb.over_triggers;
    (says && subject.start == level.range.start && it.is_asserted(level.range.end))
        .then(|| referred_to(levels))?
        .map(|content| it.report(content, 0.8))
}
