//! *De politie meldt: geen gewonden*

use super::super::content::{Opening, has_finite};
use super::super::introducers::{Introducer, introducers};
use super::super::{Reading, Report};
use super::{Example, Rule};
use crate::lexicon::Frame;

/// A reporting verb announces what follows a colon.
///
/// # Pattern
///
/// `De politie meldt: geen gewonden`; `Ze zeiden altijd: volgend jaar wordt
/// alles anders`: no marks behind the colon.
///
/// # Why it holds
///
/// Behind a verb of saying a colon announces what is said.
///
/// # Where it fails
///
/// Lists and explanations behind a colon (`Hij vertelt zijn verhaal: een leven
/// op zee`).
pub(super) struct ColonClause;

impl Rule for ColonClause {
    fn id(&self) -> &'static str {
        "colon-clause"
    }

    fn summary(&self) -> &'static str {
        "A reporting verb announces unmarked words behind a colon."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "De politie meldt: er zijn geen gewonden.",
                names: &[],
                content: "er zijn geen gewonden",
                source: Some("de politie"),
            },
            Example {
                text: "De bewoners zeiden altijd: volgend jaar komt er een brug.",
                names: &[],
                content: "volgend jaar komt er een brug",
                source: Some("de bewoners"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[
            Example {
                text: "De politie meldt: „Er zijn geen gewonden.”",
                names: &[],
                content: "",
                source: None,
            },
            Example {
                text: "De politie stelt drie vragen: wie, wat en waar.",
                names: &[],
                content: "",
                source: None,
            },
        ]
    }

    fn find(&self, reading: &Reading<'_>) -> Vec<Report> {
        reading
            .levels
            .iter()
            .flat_map(|level| introducers(level, Frame::Before))
            .filter_map(|introducer| report(&introducer))
            .collect()
    }
}

fn report(it: &Introducer<'_>) -> Option<Report> {
    let level = it.level;
    let (kind, colon) = it.opening()?;
    let start = colon + 1;
    if kind != Opening::Colon || level.get(start).is_none() || !it.is_asserted(colon) {
        return None;
    }
    let end = level.range.end;
    let content = level.trimmed(start..end);
    let says = !it.verb.over_triggers && has_finite(level, content.clone());
    // "vertelt zijn verhaal: ...": the noun announces it.
    let object = (it.parts_end + 1..colon).any(|at| {
        let subject = it.subject.map(|subject| &level.scene.cast.references[subject]);
        level.scene.tagged.pos(at) == crate::syntax::Pos::Noun
            && subject.is_none_or(|subject| at < subject.start || at >= subject.end)
    });
    (says && !object && content.len() > 1).then(|| it.report(content, 0.75))
}
