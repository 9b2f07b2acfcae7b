//! *in de ogen van X*, *wat X betreft*, *naar de mening van X*

use super::super::content::{Order, clause_around, content_end};
use super::super::level::Level;
use super::super::{Reading, Report};
use super::according_first::behind_source;
use super::{Example, Rule};
use crate::ner::Label;
use crate::sources::SourceKind;
use crate::syntax::Class;

/// A phrase that tells in whose view something is so.
///
/// # Pattern
///
/// `De dijk is in de ogen van X te laag`; `Wat X betreft komt er een brug`; `Naar
/// de mening van X is de dijk te laag`.
///
/// # Why it holds
///
/// Such a phrase means *volgens X*, and has the same clause for its content.
///
/// # Where it fails
///
/// *wat X betreft* as a change of topic, which has a thing for X.
pub(super) struct PointOfView;

impl Rule for PointOfView {
    fn id(&self) -> &'static str {
        "point-of-view"
    }

    fn summary(&self) -> &'static str {
        "A phrase such as in de ogen van or wat X betreft tells whose view it is."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "Een dijk als deze is wat de gemeente betreft \"niet voor herhaling vatbaar\".",
                names: &[],
                content: "Een dijk als deze is wat de gemeente betreft \"niet voor herhaling vatbaar\"",
                source: Some("de gemeente"),
            },
            Example {
                text: "De dijk is in de ogen van Anna de Wit te laag.",
                names: &[("Anna de Wit", Label::Per)],
                content: "De dijk is in de ogen van Anna de Wit te laag",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Naar de mening van de gemeente is de dijk te laag.",
                names: &[],
                content: "is de dijk te laag",
                source: Some("de gemeente"),
            },
            Example {
                text: "Anna de Wit is trots. De dijk mag wat haar betreft hoger.",
                names: &[("Anna de Wit", Label::Per)],
                content: "De dijk mag wat haar betreft hoger",
                source: Some("Anna de Wit"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[
            Example {
                text: "Wat de dijk betreft is er nog veel te doen.",
                names: &[],
                content: "",
                source: None,
            },
            Example {
                text: "De tranen stonden in de ogen van Anna de Wit.",
                names: &[("Anna de Wit", Label::Per)],
                content: "",
                source: None,
            },
        ]
    }

    fn find(&self, reading: &Reading<'_>) -> Vec<Report> {
        reading
            .levels
            .iter()
            .flat_map(|level| {
                let opens = |at: &usize| {
                    matches!(level.class(*at), Class::Preposition | Class::Subordinator)
                };
                level.range.clone().filter(opens).filter_map(|at| report(level, at))
            })
            .collect()
    }
}

/// Words behind which *van* and the one whose view it is stand.
const VIEWS: [&[&str]; 9] = [
    &["in", "de", "ogen"],
    &["in", "de", "optiek"],
    &["in", "de", "visie"],
    &["naar", "de", "mening"],
    &["naar", "mening"],
    &["naar", "het", "oordeel"],
    &["naar", "oordeel"],
    &["naar", "de", "overtuiging"],
    &["naar", "het", "idee"],
];

fn report(level: &Level<'_>, at: usize) -> Option<Report> {
    let (cue, source, end) = view_of(level, at).or_else(|| as_for(level, at))?;
    let tokens = if at == level.range.start {
        let start = behind_source(level, end)?;
        start..content_end(level, start, Order::VerbFirst)
    } else {
        let (start, order) = clause_around(level, at);
        // "stonden in de ogen van X.": nothing follows that could be a view.
        let more = (end..level.range.end).any(|token| level.get(token).is_none_or(is_word));
        let tokens = start..content_end(level, end - 1, order).max(end);
        more.then_some(tokens)?
    };
    Some(Report::new(level.scene, tokens, cue, Some(source), 0.85))
}

fn is_word(word: &str) -> bool {
    word.chars().any(char::is_alphabetic)
}

/// `in de ogen van X` at `at`: the mention and one past it.
fn view_of(level: &Level<'_>, at: usize) -> Option<(Option<usize>, usize, usize)> {
    let first = level.get(at)?;
    if !matches!(first, "in" | "naar") {
        return None;
    }
    let stands = |words: &&&[&str]| {
        words.iter().enumerate().all(|(n, word)| level.get(at + n) == Some(*word))
    };
    let of = at + VIEWS.iter().find(stands)?.len();
    if level.get(of) != Some("van") {
        return None;
    }
    let (number, reference) = level.scene.cast.references_in(of + 1..of + 2).next()?;
    Some((None, number, reference.end))
}

/// `wat X betreft` at `at`, with a person or body for X.
fn as_for(level: &Level<'_>, at: usize) -> Option<(Option<usize>, usize, usize)> {
    if level.get(at) != Some("wat") {
        return None;
    }
    let (number, reference) = level.scene.cast.references_in(at + 1..at + 2).next()?;
    let cue = reference.end;
    let speaks = reference.source_kind != SourceKind::Document;
    (speaks && level.get(cue) == Some("betreft")).then_some((Some(cue), number, cue + 1))
}
