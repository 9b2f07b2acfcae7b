//! *De verwachting van X is dat ...*, *..., is het oordeel van X*

use super::super::content::{Opening, Order, content_end, has_finite, main_clause_start, opening};
use super::super::level::Level;
use super::super::{Reading, Report};
use super::{Example, Rule};
use crate::lexicon;

/// A noun for what someone says or thinks is said to be something.
///
/// # Pattern
///
/// `De verwachting van X is dat ...`; `..., is de verwachting van X`; `..., luidt
/// het advies van X`.
///
/// # Why it holds
///
/// What a conclusion, a demand or an advice is, its owner said.
///
/// # Where it fails
///
/// Nouns that name more than words (`Het idee van X is een brug`): they have no
/// clause.
pub(super) struct SpeechNoun;

impl Rule for SpeechNoun {
    fn id(&self) -> &'static str {
        "speech-noun"
    }

    fn summary(&self) -> &'static str {
        "A clause is what the opinion, advice or expectation of someone is."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "De eis van de inspectie is dat de dijk hoger wordt.",
                names: &[],
                content: "dat de dijk hoger wordt",
                source: Some("de inspectie"),
            },
            Example {
                text: "De dijk kan nog jaren mee, is de verwachting van de gemeente.",
                names: &[],
                content: "De dijk kan nog jaren mee",
                source: Some("de gemeente"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[
            Example {
                text: "Het idee van de gemeente is een hogere dijk.",
                names: &[],
                content: "",
                source: None,
            },
            Example {
                text: "De kans is dat de dijk te laag is.",
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
            .flat_map(|level| {
                let verbs = level.range.clone().filter(|&at| level.can_be_verb(at));
                verbs.filter_map(|at| report(level, at))
            })
            .collect()
    }
}

fn report(level: &Level<'_>, cue: usize) -> Option<Report> {
    if !matches!(level.get(cue)?, "is" | "was" | "luidt" | "luidde") {
        return None;
    }
    before(level, cue).or_else(|| behind(level, cue))
}

/// `De verwachting van X is dat ...`
fn before(level: &Level<'_>, cue: usize) -> Option<Report> {
    let (owner, reference) = level.scene.cast.references_in(level.range.start..cue).next_back()?;
    // "de conclusie van de inspectie" can be one mention: a text.
    let text = reference.head.is_some_and(|head| lexicon::is_speech_noun(level.word(head)));
    let of_source = reference.start.checked_sub(1).is_some_and(|of| is_owned(level, of));
    if reference.end != cue || !text && !of_source {
        return None;
    }
    let (Opening::That, dat) = opening(level, cue + 1, cue)? else { return None };
    let end = content_end(level, dat, Order::Subordinate);
    Some(Report::new(level.scene, dat..end, Some(cue), Some(owner), 0.85))
}

/// `..., is de verwachting van X`
fn behind(level: &Level<'_>, cue: usize) -> Option<Report> {
    /// *het uiteindelijke oordeel van*
    const REACH: usize = 4;
    let comma = cue.checked_sub(1).filter(|&at| level.get(at) == Some(","))?;
    let of = (cue + 2..cue + 1 + REACH).find(|&at| level.get(at) == Some("van"))?;
    let (owner, _) = level.scene.cast.references_in(of + 1..of + 2).next()?;
    let start = main_clause_start(level, comma);
    let content = level.trimmed(start..comma);
    let whole = is_owned(level, of) && has_finite(level, content.clone());
    whole.then(|| Report::new(level.scene, content, Some(cue), Some(owner), 0.85))
}

/// Whether *van* at `of` stands behind a noun for what was said, with its
/// determiner: `het oordeel van`.
fn is_owned(level: &Level<'_>, of: usize) -> bool {
    level.get(of) == Some("van")
        && of > level.range.start
        && level.get(of - 1).is_some_and(lexicon::is_speech_noun)
}
