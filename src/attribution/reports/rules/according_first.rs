//! *Volgens X is ...*

use super::super::content::{Order, content_end, sentence_start};
use super::super::level::Level;
use super::super::{Reading, Report};
use super::{Example, Rule};
use crate::ner::Label;
use crate::syntax::Class;

/// *Volgens* and its source open a clause.
///
/// # Pattern
///
/// `Volgens X is ...`; `maar volgens X, die het onderzocht, zijn ...`: the
/// content begins with the finite verb behind the source.
///
/// # Why it holds
///
/// What stands before the finite verb of a main clause is one phrase; when
/// that is *volgens X*, all that follows is what X says.
///
/// # Where it fails
///
/// *volgens* with a plan or an expectation; a rule counts as a document that
/// says something.
pub(super) struct AccordingFirst;

impl Rule for AccordingFirst {
    fn id(&self) -> &'static str {
        "according-first"
    }

    fn summary(&self) -> &'static str {
        "Volgens and its source open a clause."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "Volgens Anna de Wit is de dijk sterk.",
                names: &[("Anna de Wit", Label::Per)],
                content: "is de dijk sterk",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Volgens bewoners zijn alle dijken sterk.",
                names: &[],
                content: "zijn alle dijken sterk",
                source: Some("bewoners"),
            },
            Example {
                text: "Volgens de officier van justitie verhuurde de man zijn schuur.",
                names: &[],
                content: "verhuurde de man zijn schuur",
                source: Some("de officier van justitie"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[
            Example {
                text: "Volgens planning is de dijk in mei klaar.",
                names: &[],
                content: "",
                source: None,
            },
            Example {
                text: "Volgens - Anna de Wit is de dijk in mei klaar.",
                names: &[("Anna de Wit", Label::Per)],
                content: "",
                source: None,
            },
        ]
    }

    fn find(&self, reading: &Reading<'_>) -> Vec<Report> {
        reading.levels.iter().flat_map(|level| in_level(level)).collect()
    }
}

fn in_level(level: &Level<'_>) -> Vec<Report> {
    level
        .clauses()
        .filter(|clause| level.word(clause.cue) == "volgens" && opens(level, clause.cue))
        .filter_map(|clause| {
            let (at, subject) = (clause.cue, clause.subject?);
            let start = behind_source(level, level.scene.cast.references[subject].end)?;
            let end = content_end(level, start, Order::VerbFirst);
            Some(Report::new(level.scene, start..end, Some(at), Some(subject), 0.93))
        })
        .collect()
}

/// Whether *volgens* at `at` opens a main clause.
pub(super) fn opens(level: &Level<'_>, at: usize) -> bool {
    let start = sentence_start(level);
    // "Volgens – ": what looks like a dateline.
    if at <= start {
        return at == start;
    }
    let before = level.word(at - 1);
    matches!(before, "maar" | "en" | "want" | ":" | ";" | "dus" | "-" | "–" | "—")
        || level.class(at - 1) == Class::Punctuation && before != "," && at == start + 1
}

/// The finite verb behind a source that ends at `end`, its appositions and
/// clauses passed over.
pub(super) fn behind_source(level: &Level<'_>, end: usize) -> Option<usize> {
    const REACH: usize = 30;
    let limit = level.range.end.min(end + REACH);
    let mut at = end;
    // "(VVD)", "van het instituut"
    while at < limit {
        if level.is_opaque(at) {
            at += 1;
            continue;
        }
        match level.word(at) {
            "(" => at = (at..limit).find(|&t| level.get(t) == Some(")"))? + 1,
            "," => at = (at + 1..limit).find(|&t| level.get(t) == Some(","))? + 1,
            dash @ ("-" | "–" | "—") => {
                at = (at + 1..limit).find(|&t| level.get(t) == Some(dash))? + 1;
            }
            ":" | ";" | "." => return None,
            // "Volgens hen zijn": no possessive, as the verb stands second.
            word if level.is_finite(at)
                || at == end && (word == "zijn" || level.class(at) == Class::Word) =>
            {
                return Some(at);
            }
            _ => at += 1,
        }
    }
    None
}
