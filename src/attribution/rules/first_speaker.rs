//! The title that nothing in the body repeats.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;
use crate::ner::Label;

/// Words in marks in the title that no passage repeats are those of the first who
/// speaks in the body.
///
/// # Pattern
///
/// A whole sentence in marks in the heading that opens the text, when all else has
/// run: the source of the first quotation or report behind it.
///
/// # Why it holds
///
/// A title sums up the news of the article in other words, and the article opens
/// with whoever brings the news.
///
/// # Where it fails
///
/// Articles that open with others before the one whom the title is about.
pub(super) struct FirstSpeaker;

impl Rule for FirstSpeaker {
    fn id(&self) -> &'static str {
        "first-speaker"
    }

    fn summary(&self) -> &'static str {
        "Words in the title that no passage repeats are those of the first who speaks in the body."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "‘Sluis aan vervanging toe’\n\nHet gaat niet goed met de waterkering. \"De deuren roesten weg\", zegt Anna de Wit.\n\n\"Ach, dat valt mee\", zegt Bram Kok.",
                names: &[("Anna de Wit", Label::Per), ("Bram Kok", Label::Per)],
                span: "‘Sluis aan vervanging toe’",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "‘Sluis aan vervanging toe’\n\nDe deuren roesten weg, meldt Anna de Wit. \"Ach, dat valt mee\", zegt Bram Kok.",
                names: &[("Anna de Wit", Label::Per), ("Bram Kok", Label::Per)],
                span: "‘Sluis aan vervanging toe’",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Roeiers hervatten het toernooi: ‘Het is nu of nooit’\n\nDe ploeg wil goud. \"Wij zijn er klaar voor\", zegt Anna de Wit.",
                names: &[("Anna de Wit", Label::Per)],
                span: "‘Het is nu of nooit’",
                source: Some("Anna de Wit"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[
            Example {
                text: "‘Sluis aan vervanging toe’\n\n\"Ach, dat valt mee\", zegt Bram Kok. \"De sluis is aan vervanging toe\", zegt Anna de Wit.",
                names: &[("Anna de Wit", Label::Per), ("Bram Kok", Label::Per)],
                span: "‘Sluis aan vervanging toe’",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "‘Sluis aan vervanging toe’\n\nDe deuren van de waterkering roesten al jaren weg.",
                names: &[],
                span: "‘Sluis aan vervanging toe’",
                source: None,
            },
        ]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        let titles = scene.open().filter(|&candidate| is_title(scene, candidate));
        titles.filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

fn is_title(scene: &Scene<'_>, candidate: usize) -> bool {
    let shape = &scene.shapes[candidate];
    let whole = shape.is_clause()
        || shape.ends_sentence && (shape.opens_sentence || scene.colon_before(candidate).is_some());
    shape.heading && shape.paragraph == 0 && whole && scene.candidates[candidate].parent.is_none()
}

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let end = scene.shapes[candidate].tokens.end;
    let quoted = (candidate + 1..scene.candidates.len())
        .filter(|&other| !scene.shapes[other].heading)
        .find_map(|other| Some((scene.shapes[other].tokens.start, scene.speaker(other)?)));
    let reported = scene
        .reports
        .iter()
        .filter(|report| report.tokens.start >= end)
        .find_map(|report| Some((report.tokens.start, report.member?)));
    let (_, member) = quoted.into_iter().chain(reported).min_by_key(|(start, _)| *start)?;
    Some(Verdict::by_member(candidate, Some(member), 0.6))
}
