//! A settled scene to quotations and sources.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;

use super::confidence::{Confidence, confidence};
use super::engine::{Decision, Speech, Verdict};
use super::quotation::{Kind, NotQuotation, Quotation};
use super::reports::Report;
use super::scene::Scene;
use super::speech::Judgement;
use crate::lexicon;
use crate::marks::Family;
use crate::sources::{Source, SourceIndex, SourceKind};
use crate::syntax::Class;
use crate::text::Span;

/// What attribution found in a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// Sources: all persons of the article, and whoever else said something.
    pub sources: Vec<Source>,
    /// Quotations, in order of their start, outer before inner.
    pub quotations: Vec<Quotation>,
    /// Marked spans that are no speech, in order.
    pub not_quotations: Vec<NotQuotation>,
    /// What was decided of each candidate, in their order.
    pub decisions: Vec<MarkDecision>,
}

/// What was decided of one span in marks, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkDecision {
    /// The span, marks included.
    pub span: Span,
    /// How it stands in the text, if it is speech.
    pub kind: Option<Kind>,
    /// The rule that decided in the end.
    pub rule: &'static str,
    /// Why it is speech or none, in words.
    pub reason: &'static str,
    /// All that was seen.
    pub judgement: Judgement,
}

pub(super) fn outcome(scene: &Scene<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    let places = sources(scene, &mut outcome);
    let place = |member: Option<usize>| member.and_then(|member| places[member]);
    let sure = Confidence::new(scene);
    // Marked quotations with the candidate that each was, then reports.
    let mut found: Vec<(Quotation, Option<usize>)> = Vec::new();
    for (at, settled) in scene.settled.iter().enumerate() {
        let Some(verdict) = settled else { continue };
        outcome.decisions.push(decision(scene, at, verdict));
        match &verdict.decision {
            // A line with a dash is no span in marks that someone could miss.
            Decision::NotSpeech(_) if scene.candidates[at].family == Family::Dash => {}
            Decision::NotSpeech(reason) => outcome.not_quotations.push(NotQuotation {
                span: scene.candidates[at].span,
                reason: Some(Cow::Borrowed(reason)),
                rule: Some(Cow::Borrowed(verdict.rule)),
            }),
            Decision::Speech(speech) => {
                let source = place(speech.member);
                found.push((
                    Quotation { source, ..quotation(scene, &sure, at, verdict, speech) },
                    Some(at),
                ));
            }
        }
    }
    for it in &scene.reports {
        found.push((Quotation { source: place(it.member), ..reported(scene, &sure, it) }, None));
    }
    found.sort_by_key(|(quotation, candidate)| {
        (quotation.span.start(), Reverse(quotation.span.end()), candidate.is_some())
    });
    // The quotation that each candidate became, and those still open.
    let mut quotation_of = vec![None; scene.candidates.len()];
    let mut open: Vec<usize> = Vec::new();
    for (number, (quotation, candidate)) in found.into_iter().enumerate() {
        let span = quotation.span;
        while open.last().is_some_and(|&outer| !outcome.quotations[outer].span.contains(span)) {
            open.pop();
        }
        let mut continues = None;
        if let Some(candidate) = candidate {
            quotation_of[candidate] = Some(number);
            let verdict = scene.settled[candidate].as_ref();
            continues = verdict
                .and_then(|verdict| verdict.continues)
                .and_then(|earlier| quotation_of[earlier]);
        }
        let parent = open.last().copied();
        let id = format!("q{}", number + 1);
        outcome.quotations.push(Quotation { id, parent, continues, ..quotation });
        open.push(number);
    }
    outcome
}

/// What is reported without marks.
fn reported(scene: &Scene<'_>, sure: &Confidence<'_, '_>, it: &Report) -> Quotation {
    let tokens = scene.tokenized.tokens();
    let span = |range: Range<usize>| tokens[range.start].span.cover(tokens[range.end - 1].span);
    Quotation {
        id: String::new(),
        span: span(it.tokens.clone()),
        kind: Kind::Indirect,
        cue: it.cue.map(|cue| tokens[cue].span),
        source: None,
        mention: it
            .mention
            .filter(|_| it.member.is_some())
            .map(|reference| scene.cast.references[reference].mention()),
        rule: Some(Cow::Borrowed(it.rule)),
        confidence: Some(rounded(confidence(&sure.of_report(it)))),
        parent: None,
        continues: None,
        unclosed: false,
        stance: it.stance,
        modality: it.modality,
        medium: it.cue.and_then(|cue| medium(scene, cue)),
    }
}

fn decision(scene: &Scene<'_>, at: usize, verdict: &Verdict) -> MarkDecision {
    let judgement = &scene.judgements[at];
    let (kind, reason) = match &verdict.decision {
        Decision::NotSpeech(reason) => (None, *reason),
        Decision::Speech(_) => {
            let strongest = judgement.strongest().map_or("a rule claims it", |most| most.reason());
            (Some(kind(scene, at)), strongest)
        }
    };
    let span = scene.candidates[at].span;
    MarkDecision { span, kind, rule: verdict.rule, reason, judgement: judgement.clone() }
}

fn quotation(
    scene: &Scene<'_>,
    sure: &Confidence<'_, '_>,
    at: usize,
    verdict: &Verdict,
    speech: &Speech,
) -> Quotation {
    let kind = kind(scene, at);
    let candidate = &scene.candidates[at];
    let token = |token: usize| scene.tokenized.tokens()[token].span;
    Quotation {
        id: String::new(),
        span: candidate.span,
        kind,
        cue: speech.cue.map(token),
        source: None,
        // A mention without a source (a pronoun that was not resolved) names no one.
        mention: speech
            .mention
            .filter(|_| speech.member.is_some())
            .map(|reference| scene.cast.references[reference].mention()),
        rule: Some(Cow::Borrowed(verdict.rule)),
        confidence: Some(rounded(confidence(&sure.of_candidate(at, kind, verdict, speech)))),
        parent: None,
        continues: None,
        unclosed: candidate.unclosed && !candidate.reopens,
        stance: speech.stance,
        modality: None,
        medium: speech.cue.and_then(|cue| medium(scene, cue)),
    }
}

/// Three digits are more than a model of confidence can know.
fn rounded(confidence: f32) -> f32 {
    (confidence * 1000.0).round() / 1000.0
}

/// Direct, unless the words in marks are a fragment of the reporter's own
/// sentence.
pub(super) fn kind(scene: &Scene<'_>, at: usize) -> Kind {
    let shape = &scene.shapes[at];
    if scene.candidates[at].family == Family::Dash {
        return Kind::Direct;
    }
    let start = scene.sentence(shape.first_sentence).tokens.start;
    let before = shape.tokens.start.checked_sub(1).filter(|&token| token >= start);
    let embedded = before.is_some_and(|before| {
        scene.tagged.class(before) != Class::Mark
            && !matches!(scene.word(before), ":" | "," | "-" | "–" | "—" | "(")
    });
    let whole = shape.capital && (shape.verb || shape.stopped) || shape.stopped && shape.verb;
    let fragment = if embedded {
        !whole
    } else if shape.heading {
        !shape.verb && !shape.stopped && before.is_none() && shape.words < 8
    } else {
        // `"Onverantwoord", zegt zij`: a word can be all that was said.
        before.is_some_and(|before| scene.word(before) == ",") && !shape.capital && !shape.verb
    };
    if fragment { Kind::Mixed } else { Kind::Direct }
}

/// `tegen de NOS`, `op X`: the medium that the clause of a cue names.
fn medium(scene: &Scene<'_>, cue: usize) -> Option<Span> {
    const REACH: usize = 12;
    let clause = scene.clause_with_cue(cue)?;
    let names = scene.tokenized.tokens();
    let text = scene.document.text();
    (clause.stretch.start..clause.stretch.end.min(cue + REACH))
        .filter(|&at| matches!(scene.word(at), "tegen" | "aan" | "bij" | "op" | "via" | "in"))
        .find_map(|at| {
            let article =
                at + 1 < clause.stretch.end && scene.tagged.class(at + 1) == Class::Determiner;
            let start = if article { at + 2 } else { at + 1 };
            if start >= clause.stretch.end || !scene.tagged.is_capital(start) {
                return None;
            }
            // The longest name of up to four words.
            (start + 1..=clause.stretch.end.min(start + 4)).rev().find_map(|end| {
                let span = names[start].span.cover(names[end - 1].span);
                lexicon::is_medium(span.of_text(text)).then_some(span)
            })
        })
}

/// Adds the sources to the outcome; yields the place of each member there.
fn sources(scene: &Scene<'_>, outcome: &mut Outcome) -> Vec<Option<SourceIndex>> {
    let cast = scene.cast;
    let mut speaks = vec![false; cast.members.len()];
    for speech in scene.settled.iter().flatten().filter_map(Verdict::speech) {
        if let Some(member) = speech.member {
            speaks[member] = true;
        }
    }
    for member in scene.reports.iter().filter_map(|report| report.member) {
        speaks[member] = true;
    }
    let (found, places) =
        cast.sources(|member| speaks[member] || cast.members[member].kind == SourceKind::Person);
    outcome.sources = found;
    places
}
