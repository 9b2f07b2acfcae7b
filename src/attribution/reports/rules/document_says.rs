//! *Uit het rapport blijkt dat ...*, *in de brief staat dat ...*

use std::ops::Range;

use super::super::content::{
    Opening, Order, content_end, has_finite, inserted_end, main_clause_start, opening,
};
use super::super::level::Level;
use super::super::{Reading, Report};
use super::dat_refers_back::referred_to;
use super::{Example, Rule};
use crate::lexicon;
use crate::ner::Label;
use crate::sources::SourceKind;

/// A document says something.
///
/// # Pattern
///
/// `Uit het rapport blijkt dat ...`; `..., blijkt uit cijfers van X`; `Dat
/// blijkt uit ...`; `In de brief staat dat ...`; `Daarin staat dat ...`; `Navraag bij
/// X leert dat ...`. The comma before *blijkt* may be left out.
///
/// # Why it holds
///
/// *blijken uit* and *staan in* name a text as the source of what follows.
///
/// # Where it fails
///
/// *blijkt* without a source, which is the reporter's own conclusion.
pub(super) struct DocumentSays;

impl Rule for DocumentSays {
    fn id(&self) -> &'static str {
        "document-says"
    }

    fn summary(&self) -> &'static str {
        "Blijken uit or staan in names a document as the source."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "De dijk is te laag. Dat staat in een rapport dat maandag verscheen.",
                names: &[],
                content: "De dijk is te laag",
                source: Some("een rapport"),
            },
            Example {
                text: "Er is een rapport. Daarin zou staan dat de dijk sterk is.",
                names: &[],
                content: "dat de dijk sterk is",
                source: Some("een rapport"),
            },
            Example {
                text: "De dijk is te laag, zo blijkt uit het rapport van de bond: 56 procent zakt weg.",
                names: &[],
                content: "De dijk is te laag",
                source: Some("het rapport van de bond"),
            },
            Example {
                text: "Uit het rapport blijkt dat de dijk sterk is.",
                names: &[],
                content: "dat de dijk sterk is",
                source: Some("het rapport"),
            },
            Example {
                text: "Uit het onderzoek kwam naar voren dat de dijk sterk is.",
                names: &[],
                content: "dat de dijk sterk is",
                source: Some("het onderzoek"),
            },
            Example {
                text: "De dijk is op drie plaatsen te laag blijkt uit het rapport.",
                names: &[],
                content: "De dijk is op drie plaatsen te laag",
                source: Some("het rapport"),
            },
            Example {
                text: "Uit het onderzoek zou blijken dat de dijk sterk is.",
                names: &[],
                content: "dat de dijk sterk is",
                source: Some("het onderzoek"),
            },
            Example {
                text: "Navraag bij de gemeente leert dat de dijk sterk is.",
                names: &[],
                content: "dat de dijk sterk is",
                source: Some("de gemeente"),
            },
            Example {
                text: "In het rapport is te lezen dat de dijk sterk is.",
                names: &[],
                content: "dat de dijk sterk is",
                source: Some("het rapport"),
            },
            Example {
                text: "De dijk is te laag. Dat blijkt uit de Dijkmonitor.",
                names: &[("Dijkmonitor", Label::Misc)],
                content: "De dijk is te laag",
                source: Some("de Dijkmonitor"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[
            // Where it stands, and not what.
            Example {
                text: "In haar brief, die de krant heeft ingezien, staat: \"De dijk is sterk.\"",
                names: &[],
                content: "",
                source: None,
            },
            Example {
                text: "Later bleek dat de dijk sterk was.",
                names: &[],
                content: "",
                source: None,
            },
            Example {
                text: "De tweede brug staat niet meer in de plannen.",
                names: &[],
                content: "",
                source: None,
            },
        ]
    }

    fn find(&self, reading: &Reading<'_>) -> Vec<Report> {
        (0..reading.levels.len())
            .flat_map(|n| {
                let level = &reading.levels[n];
                level
                    .range
                    .clone()
                    .filter(|&at| level.scene.tagged.is_finite(at) || is_learnt(level, at))
                    .filter(|&at| !level.is_opaque(at))
                    .filter_map(|at| report(&reading.levels[..=n], at))
                    .collect::<Vec<_>>()
            })
            .collect()
    }
}

const OUT_OF: &[&str] = &["uit", "daaruit", "hieruit", "waaruit", "eruit"];
const IN: &[&str] = &["in", "op", "daarin", "hierin", "waarin", "erin", "daarop", "hierop"];

/// How far behind the verb the rest of it may stand: *kwam uit het onderzoek
/// naar voren*.
const PARTS: usize = 12;

/// Whether `words` stand together behind the verb at `cue`, before *dat*.
fn follows(level: &Level<'_>, cue: usize, words: &[&str]) -> bool {
    let end = level.range.end.min(cue + PARTS);
    let that = (cue + 1..end).find(|&at| level.get(at) == Some("dat")).unwrap_or(end);
    (cue + 1..that)
        .any(|at| words.iter().enumerate().all(|(n, word)| level.get(at + n) == Some(*word)))
}

/// *Leert*, *leerde*: what an inquiry does, whatever the tagger takes it for.
fn is_learnt(level: &Level<'_>, at: usize) -> bool {
    matches!(level.word(at), "leert" | "leerde")
}

/// `Navraag bij de gemeente leert dat`: the one who was asked.
fn inquiry(level: &Level<'_>, cue: usize) -> Option<Report> {
    let asked = level.scene.cast.references_in(level.range.start..cue).next_back();
    let (mention, it) = asked.filter(|(_, it)| it.end == cue)?;
    let inquires = it.start >= level.range.start + 2
        && level.get(it.start - 1) == Some("bij")
        && matches!(level.get(it.start - 2), Some("navraag" | "rondvraag" | "rondgang"));
    let (Opening::That, dat) = opening(level, cue + 1, cue).filter(|_| inquires)? else {
        return None;
    };
    let content = dat..content_end(level, dat, Order::Subordinate);
    Some(Report::new(level.scene, content, Some(cue), Some(mention), 0.8))
}

fn report(levels: &[Level<'_>], cue: usize) -> Option<Report> {
    let level = levels.last()?;
    if is_learnt(level, cue) {
        return inquiry(level, cue);
    }
    if level.get(level.range.start) == Some("als") {
        return None;
    }
    let prepositions: &[&str] = match level.word(cue) {
        "blijkt" | "bleek" | "blijken" | "bleken" => OUT_OF,
        "staat" | "stond" | "luidt" | "luidde" => IN,
        // "uit het rapport komt naar voren dat"
        "komt" | "kwam" | "komen" | "kwamen" if follows(level, cue, &["naar", "voren"]) => OUT_OF,
        // "uit onderzoek zou blijken dat"
        "zou" | "zouden" | "moet" | "moest" if follows(level, cue, &["blijken"]) => OUT_OF,
        "wordt" | "werd" if follows(level, cue, &["duidelijk"]) => OUT_OF,
        // "uit onderzoek was gebleken dat"
        "is" | "was" if follows(level, cue, &["gebleken"]) => OUT_OF,
        // "daarin zou staan dat"
        "zou" | "zouden" if follows(level, cue, &["staan"]) => IN,
        // "in het rapport is te lezen dat"
        "is" | "was" | "valt" | "viel" if follows(level, cue, &["te", "lezen"]) => IN,
        _ => return None,
    };
    let (mention, source_end) = source(level, cue, prepositions)?;
    let scene = level.scene;
    // "is in het stuk te lezen dat": the infinitive is the verb's.
    let parts_end = (cue + 1..level.range.end.min(cue + PARTS))
        .find(|&at| {
            matches!(
                level.get(at),
                Some("lezen" | "voren" | "duidelijk" | "blijken" | "gebleken" | "staan")
            )
        })
        .unwrap_or(cue);
    // "Dat staat in een stuk dat maandag verscheen": of the noun.
    let takes_up =
        cue == level.range.start + 1 && matches!(level.word(level.range.start), "dat" | "dit");
    let content = match opening(level, cue + 1, parts_end) {
        Some((Opening::That, dat)) if !(takes_up && dat == source_end) => {
            dat..content_end(level, dat, Order::Subordinate)
        }
        _ if takes_up => referred_to(levels)?,
        _ => {
            let zo = level.get(cue - 1) == Some("zo");
            let comma = if zo { cue.checked_sub(2)? } else { cue.checked_sub(1)? };
            if level.get(comma) != Some(",") {
                let by_text = prepositions == OUT_OF && !zo;
                let content = by_text.then(|| without_comma(level, cue, source_end)).flatten()?;
                return Some(Report::new(scene, content, Some(cue), Some(mention), 0.8));
            }
            let start = main_clause_start(level, comma);
            // "In haar brief, die de krant las, staat:": where it stands, and not what.
            if scene.cast.references[mention].start == start + 1 {
                return None;
            }
            // ", zo blijkt uit het dossier, een saus"
            // ", zo blijkt uit het dossier: een derde": what was found, in numbers.
            let goes_on = level.get(source_end) != Some(":");
            let inserted = || inserted_end(level, start, comma, source_end);
            let end = goes_on.then(inserted).flatten().unwrap_or(comma);
            level.trimmed(start..end)
        }
    };
    let mut report = Report::new(scene, content, Some(cue), Some(mention), 0.9);
    if scene.cast.references[mention].start > cue
        && report.tokens.contains(&scene.cast.references[mention].start)
    {
        report.confidence = 0.7;
    }
    Some(report)
}

/// `De dijk is te laag blijkt uit het rapport.`: what stands before the verb, where
/// the comma was left out.
fn without_comma(level: &Level<'_>, cue: usize, source_end: usize) -> Option<Range<usize>> {
    let first = level.range.start;
    let whole = level.get(cue + 1) != Some("niet")
        && matches!(level.get(source_end), None | Some("."))
        && has_finite(level, first + 1..cue.checked_sub(1)?)
        && level.is_main_clause(first);
    whole.then(|| level.trimmed(first..cue))
}

/// The document behind one of `prepositions`, and one past its words; the last
/// one that the text named, for *daarin*.
fn source(level: &Level<'_>, cue: usize, prepositions: &[&str]) -> Option<(usize, usize)> {
    const REACH: usize = 14;
    let scene = level.scene;
    let near = |at: &usize| level.get(*at).is_some_and(|word| prepositions.contains(&word));
    let before = level.range.start.max(cue.saturating_sub(REACH));
    let behind = level.range.end.min(cue + REACH);
    let at = (cue + 1..behind)
        .take_while(|&at| !matches!(level.get(at), Some("dat" | ":" | ",")))
        .find(near)
        .or_else(|| (before..cue).rev().find(near))?;
    if level.word(at).len() > 3 {
        // "daaruit", "hierin"
        let (number, _) = scene
            .cast
            .references_in(0..at)
            .rev()
            .take(REACH)
            .find(|(_, r)| r.source_kind == SourceKind::Document)?;
        return Some((number, at + 1));
    }
    let (number, reference) = scene.cast.references_in(at + 1..at + 4).next()?;
    // "op de website": a body that is read.
    let read = prepositions == IN
        && reference.head.is_some_and(|head| lexicon::is_work_noun(scene.word(head)));
    let document = reference.source_kind == SourceKind::Document || read;
    document.then_some((number, reference.end))
}
