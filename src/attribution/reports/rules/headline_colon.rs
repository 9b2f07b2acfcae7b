//! *VVD: meer geld voor defensie*

use super::super::level::Level;
use super::super::{Reading, Report};
use super::{Example, Rule};
use crate::attribution::shape::is_heading;
use crate::lexicon;
use crate::ner::Label;
use crate::sources::SourceKind;

/// A heading that names a source before a colon.
///
/// # Pattern
///
/// `VVD: meer geld voor defensie`, `X over de brug: dat wordt niets`, as a title or
/// subheading.
///
/// # Why it holds
///
/// Headlines leave the verb of saying out.
///
/// # Where it fails
///
/// A topic before the colon (`Oekraïne: wat we weten`).
pub(super) struct HeadlineColon;

impl Rule for HeadlineColon {
    fn id(&self) -> &'static str {
        "headline-colon"
    }

    fn summary(&self) -> &'static str {
        "A heading names a source before a colon."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "VVD: meer geld voor defensie\n\nDe partij wil extra geld.",
                names: &[("VVD", Label::Org)],
                content: "meer geld voor defensie",
                source: Some("VVD"),
            },
            Example {
                text: "Bram Kok over de brug: er moet eerst onderzoek komen\n\nDe brug blijft dicht.",
                names: &[("Bram Kok", Label::Per)],
                content: "er moet eerst onderzoek komen",
                source: Some("Bram Kok"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[
            Example {
                text: "Wat nu: meer geld voor defensie\n\nDe partij wil extra geld.",
                names: &[],
                content: "",
                source: None,
            },
            Example {
                text: "VVD: meer of minder geld?\n\nDe partij wil extra geld.",
                names: &[("VVD", Label::Org)],
                content: "",
                source: None,
            },
        ]
    }

    fn find(&self, reading: &Reading<'_>) -> Vec<Report> {
        reading.levels.iter().filter_map(|level| report(level)).collect()
    }
}

/// *over de nieuwe dijk*: so many words at most.
const TOPIC: usize = 7;

fn report(level: &Level<'_>) -> Option<Report> {
    let scene = level.scene;
    let paragraph = scene.sentence(level.sentence).paragraph;
    if level.host.is_some() || !is_heading(scene, paragraph) {
        return None;
    }
    let start = super::super::content::sentence_start(level);
    let (number, reference) = scene.cast.references_in(start..start + 1).next()?;
    if reference.source_kind == SourceKind::Document && !is_research(level.word(reference.end - 1))
    {
        return None;
    }
    let label = (reference.start..reference.end).any(|at| {
        lexicon::is_headline_label(level.word(at))
            || level.word(at).contains(|c: char| c.is_ascii_digit())
    });
    if label {
        return None;
    }
    let mut colon = reference.end;
    if level.get(colon) == Some("(") {
        colon = (colon..level.range.end).find(|&at| level.get(at) == Some(")"))? + 1;
    }
    // "Jansen over de dijk: het blijft gevaarlijk"
    if level.get(colon) == Some("over") && reference.source_kind == SourceKind::Person {
        let limit = level.range.end.min(colon + TOPIC);
        colon = (colon..limit).find(|&at| level.get(at) == Some(":"))?;
    }
    if level.get(colon) != Some(":") {
        return None;
    }
    // "Stadhuis: slopen of niet?" names a topic.
    if level.get(level.range.end - 1) == Some("?") {
        return None;
    }
    let content = level.trimmed(colon + 1..level.range.end);
    let marked =
        !content.is_empty() && level.is_opaque(content.start) && level.is_opaque(content.end - 1);
    (!marked).then(|| Report::new(scene, content, None, Some(number), 0.85))
}

/// *Column:*, *Video:* name what follows; *Onderzoek:* says it.
fn is_research(word: &str) -> bool {
    ["onderzoek", "rapport", "advies", "peiling", "enquête", "studie", "rondvraag"]
        .iter()
        .any(|noun| word.ends_with(noun))
}
