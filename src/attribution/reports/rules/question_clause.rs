//! *vraagt of ...*, *legt uit waarom ...*

use super::super::content::{Opening, content_end};
use super::super::introducers::{Introducer, introducers};
use super::super::{Reading, Report};
use super::{Example, Rule};
use crate::lexicon::Frame;
use crate::ner::Label;
use crate::syntax::Class;

/// A reporting verb with an *of*-clause or one with a question word.
///
/// # Pattern
///
/// `X vraagt of ...`, `X legt uit waarom ...`.
///
/// # Why it holds
///
/// A verb whose frame has a question has one when *of* or a question word
/// follows its parts.
///
/// # Where it fails
///
/// *of* between nouns, question words that begin a relative clause.
pub(super) struct QuestionClause;

impl Rule for QuestionClause {
    fn id(&self) -> &'static str {
        "question-clause"
    }

    fn summary(&self) -> &'static str {
        "A reporting verb is followed by a clause with of or a question word."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "Daarna vroeg de advocaat van Koen Maes of Anna de Wit komt.",
                names: &[("Koen Maes", Label::Per), ("Anna de Wit", Label::Per)],
                content: "of Anna de Wit komt",
                source: Some("de advocaat van Koen Maes"),
            },
            Example {
                text: "De wethouder vroeg of de brug open kon.",
                names: &[],
                content: "of de brug open kon",
                source: Some("de wethouder"),
            },
            Example {
                text: "De wethouder legt uit waarom de brug open moet.",
                names: &[],
                content: "waarom de brug open moet",
                source: Some("de wethouder"),
            },
            Example {
                text: "De wethouder vraagt zich af of de brug, de sluis en de kade wel sterk zijn.",
                names: &[],
                content: "of de brug, de sluis en de kade wel sterk zijn",
                source: Some("de wethouder"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "De wethouder wil niet zeggen of de brug open kan.",
            names: &[],
            content: "",
            source: None,
        }]
    }

    fn find(&self, reading: &Reading<'_>) -> Vec<Report> {
        reading
            .levels
            .iter()
            .flat_map(|level| introducers(level, Frame::Whether))
            .filter_map(|introducer| report(&introducer))
            .collect()
    }
}

fn report(it: &Introducer<'_>) -> Option<Report> {
    let (kind, start) = it.opening()?;
    if kind != Opening::Whether || !it.is_asserted(start) {
        return None;
    }
    // "vertelt over waarom", "kan zien op welk": a phrase.
    let phrase = it.level.class(start - 1) == Class::Preposition && start - 1 > it.parts_end;
    if phrase && it.level.word(start) != "of" {
        return None;
    }
    let end = content_end(it.level, start, it.order());
    (end > start + 2).then(|| it.report(start..end, 0.8))
}
