//! Why a quotation was given to whom it was: the rule that decided, what other
//! rules would have said, and who else stood in the sentence. Computed after
//! the fact, for people who ask; it decides nothing.

use std::fmt;

use super::confidence::Confidence;
use super::engine::{Decision, Verdict};
use super::outcome::Outcome;
use super::quotation::Quotation;
use super::reports;
use super::rules;
use super::scene::Scene;
use super::weights::Feature;
use crate::sources::{MentionKind, Reference, Source};
use crate::syntax::Class;
use crate::text::Span;

/// Why one quotation has the source it has.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The quotation, as an index.
    pub quotation: usize,
    /// What the rule that decided does, in a sentence.
    pub summary: &'static str,
    /// The sentences with its evidence, in order.
    pub evidence: Vec<Span>,
    /// What rules that come later would have decided.
    pub lost: Vec<Lost>,
    /// What its confidence rests on.
    pub features: Vec<Feature>,
    /// Whose it could be, the likeliest first, where no words say whose it is.
    pub weighed: Vec<Weighed>,
    /// Who else is mentioned in those sentences, and why it is not them.
    pub passed_over: Vec<PassedOver>,
}

impl Explanation {
    /// Of those whose it could be, the ones of whom that is not all but ruled out.
    pub fn likeliest(&self) -> impl Iterator<Item = &Weighed> {
        /// Less than this is as good as nothing.
        const SHARE: f32 = 0.02;
        self.weighed.iter().filter(|option| option.share >= SHARE)
    }
}

/// What a rule that came too late would have decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Lost {
    /// The rule.
    pub rule: &'static str,
    /// Whose the quotation would be; `None` where no one's.
    pub source: Option<String>,
    /// Why it would be no quotation at all, if that is what the rule says.
    pub rejects: Option<&'static str>,
}

/// Someone who is mentioned next to the quotation and is not its source.
#[derive(Debug, Clone, PartialEq)]
pub struct PassedOver {
    /// The words.
    pub mention: Span,
    /// Whom they mean, if that is known.
    pub source: Option<String>,
    /// Why it is not them.
    pub why: &'static str,
}

/// One whose a quotation could be.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// Who; `None` for nobody whom the text names.
    pub source: Option<Source>,
    /// The share of the likelihood of all, from 0 to 1.
    pub share: f32,
    /// Whether it is whom a rule named before.
    pub is_first: bool,
    /// What speaks for them, and against.
    pub facts: Vec<Feature>,
}

impl fmt::Display for Weighed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.source.as_ref().map_or("nobody named", |source| &source.name);
        write!(f, "{name} {:.0} %", self.share * 100.0)
    }
}

/// Explains the quotations of a settled scene.
pub(super) fn explain(scene: &mut Scene<'_>, outcome: &Outcome) -> Vec<Explanation> {
    let quotations = outcome.quotations.iter().enumerate();
    quotations.map(|(number, quotation)| explanation(scene, number, quotation)).collect()
}

fn explanation(scene: &mut Scene<'_>, number: usize, quotation: &Quotation) -> Explanation {
    let candidate = scene
        .candidates
        .iter()
        .position(|candidate| quotation.kind.is_marked() && candidate.span == quotation.span);
    let rule = quotation.rule.as_deref().unwrap_or_default();
    let evidence = evidence(scene, quotation);
    Explanation {
        quotation: number,
        summary: summary(rule),
        features: features(scene, quotation, candidate),
        weighed: candidate.map_or_else(Vec::new, |candidate| weighed(scene, candidate)),
        lost: candidate.map_or_else(Vec::new, |candidate| lost(scene, candidate)),
        passed_over: passed_over(scene, quotation, &evidence),
        evidence,
    }
}

/// What the confidence in the quotation rests on.
fn features(scene: &Scene<'_>, quotation: &Quotation, candidate: Option<usize>) -> Vec<Feature> {
    let sure = Confidence::new(scene);
    if let Some(candidate) = candidate {
        let verdict = scene.settled[candidate].as_ref();
        let speech = verdict.and_then(|verdict| Some((verdict, verdict.speech()?)));
        return speech.map_or_else(Vec::new, |(verdict, speech)| {
            sure.of_candidate(candidate, quotation.kind, verdict, speech)
        });
    }
    let tokens = scene.tokenized.tokens_in(quotation.span);
    let report = scene.reports.iter().find(|report| report.tokens == tokens);
    report.map_or_else(Vec::new, |report| sure.of_report(report))
}

/// Everyone whose a candidate could be, as they were weighed.
fn weighed(scene: &Scene<'_>, candidate: usize) -> Vec<Weighed> {
    let Some(weighing) = &scene.weighings[candidate] else { return Vec::new() };
    let weighed = weighing.options.iter().map(|option| {
        let (mut sources, _) = scene.cast.sources(|member| Some(member) == option.member);
        Weighed {
            source: sources.pop(),
            share: option.share,
            is_first: option.member == weighing.first,
            facts: weighing.facts_of(option).to_vec(),
        }
    });
    weighed.collect()
}

/// What the rule of that name does.
fn summary(id: &str) -> &'static str {
    if let Some(rule) = rules::all().find(|rule| rule.id() == id) {
        return rule.summary();
    }
    let reporting = reports::rules::ORDER.iter().find(|rule| rule.id() == id);
    reporting.map_or("", |rule| rule.summary())
}

/// The sentences of the cue, the mention, and the end of the quotation.
fn evidence(scene: &Scene<'_>, quotation: &Quotation) -> Vec<Span> {
    let token = |span: Span| scene.tokenized.tokens_in(span);
    let last = token(quotation.span).end - 1;
    let named = quotation.mention.map(|mention| token(mention.span).start);
    let cue = quotation.cue.map(|cue| token(cue).start);
    let mut sentences: Vec<usize> =
        [Some(last), cue, named].into_iter().flatten().map(|at| scene.sentence_of(at)).collect();
    sentences.sort_unstable();
    sentences.dedup();
    let tokens = scene.tokenized.tokens();
    let span = |sentence: usize| {
        let range = scene.sentence(sentence).tokens.clone();
        tokens[range.start].span.cover(tokens[range.end - 1].span)
    };
    sentences.into_iter().map(span).collect()
}

/// Lets the rules behind the one that decided decide anew.
fn lost(scene: &mut Scene<'_>, candidate: usize) -> Vec<Lost> {
    let Some(verdict) = scene.settled[candidate].take() else { return Vec::new() };
    // A rule that was overruled has lost as well.
    let weighing = scene.weighings[candidate].as_ref();
    let overruled = weighing.map(|it| it.rule).filter(|rule| *rule != verdict.rule);
    let first = overruled.unwrap_or(verdict.rule);
    // What no one claims comes last and would always be lost.
    let later = rules::ORDER.iter().skip_while(|rule| rule.id() != first);
    let later = later.skip(usize::from(overruled.is_none()));
    let mut lost = Vec::new();
    for rule in later {
        let other = rule.attribute(scene).into_iter().find(|other| other.candidate == candidate);
        lost.extend(other.map(|other| as_lost(scene, rule.id(), &other)));
    }
    scene.settled[candidate] = Some(verdict);
    lost
}

fn as_lost(scene: &Scene<'_>, rule: &'static str, verdict: &Verdict) -> Lost {
    let (source, rejects) = match &verdict.decision {
        Decision::Speech(speech) => (speech.member.map(|member| name(scene, member)), None),
        Decision::NotSpeech(reason) => (None, Some(*reason)),
    };
    Lost { rule, source, rejects }
}

fn name(scene: &Scene<'_>, member: usize) -> String {
    scene.cast.members[member].name.clone()
}

/// The mentions in the sentences of the evidence that are of someone else.
fn passed_over(scene: &Scene<'_>, quotation: &Quotation, evidence: &[Span]) -> Vec<PassedOver> {
    let named = quotation.mention.map(|mention| mention.span);
    let source = scene.cast.references.iter().position(|it| Some(it.span) == named);
    let member = source.and_then(|number| scene.member(number));
    let cue = quotation.cue.map(|cue| scene.tokenized.tokens_in(cue).start);
    let mut passed = Vec::new();
    for (number, reference) in scene.cast.references.iter().enumerate() {
        let inside = evidence.iter().any(|span| span.contains(reference.span));
        let own =
            Some(reference.span) == named || member.is_some() && scene.member(number) == member;
        // "een woordvoerder van Waterfiets": Waterfiets is a part of who was named.
        let part = named.is_some_and(|named| named.contains(reference.span));
        if inside && !own && !part {
            passed.push(PassedOver {
                mention: reference.span,
                source: scene.member(number).map(|member| name(scene, member)),
                why: why_not(scene, quotation, reference, cue),
            });
        }
    }
    passed
}

/// Why a mention does not name the source.
fn why_not(
    scene: &Scene<'_>,
    quotation: &Quotation,
    reference: &Reference,
    cue: Option<usize>,
) -> &'static str {
    let before = reference.start.checked_sub(1);
    let governed = before.is_some_and(|at| scene.tagged.class(at) == Class::Preposition);
    if quotation.span.contains(reference.span) {
        "stands inside the quotation"
    } else if scene.host[reference.start].is_some() {
        "stands inside other marks"
    } else if governed {
        "stands behind a preposition"
    } else if reference.kind == MentionKind::Pronoun
        && matches!(scene.word(reference.start), "hem" | "haar" | "hen" | "hun")
    {
        "is a pronoun of the object"
    } else if cue.is_some() {
        "is not the subject of the cue"
    } else {
        "stands farther off"
    }
}
