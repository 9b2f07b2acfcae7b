//! Runs the rules in order and commits what they say.

use super::clauses::Clause;
use super::reports;
use super::rules::{LEFTOVERS, ORDER, OVERRULING, Rule};
use super::scene::Scene;
use super::speech::Evidence;
use super::weighing;
use crate::lexicon::Stance;

/// What a rule says of one candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The candidate, as an index.
    pub candidate: usize,
    /// Speech or not, and whose.
    pub decision: Decision,
    /// How strong the rule finds its evidence, from 0 to 1: one of the things
    /// that confidence rests on.
    pub confidence: f32,
    /// The candidate that this one takes up again.
    pub continues: Option<usize>,
    /// The rule; the engine fills it in.
    pub rule: &'static str,
}

/// Whether a candidate is speech.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// It is.
    Speech(Speech),
    /// It is not, for this reason.
    NotSpeech(&'static str),
}

/// Whose speech a candidate is, and on which words that rests.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Speech {
    /// Who said it, as an index into the cast's members.
    pub member: Option<usize>,
    /// The mention in the reporting clause, as an index into the cast's.
    pub mention: Option<usize>,
    /// The token of the cue.
    pub cue: Option<usize>,
    /// The attitude of the reporting verb.
    pub stance: Option<Stance>,
}

impl Verdict {
    /// Speech as `clause` reports it.
    pub(super) fn by_clause(
        scene: &Scene<'_>,
        candidate: usize,
        clause: &Clause,
        confidence: f32,
    ) -> Self {
        let speech = Speech {
            member: clause.subject.and_then(|subject| scene.member(subject)),
            mention: clause.subject,
            cue: clause.has_cue_word().then_some(clause.cue),
            stance: clause.verb().map(|verb| verb.stance),
        };
        Self::speech_of(candidate, speech, confidence)
    }

    /// Speech of the one that mention `reference` names, without a cue.
    pub(super) fn by_mention(
        scene: &Scene<'_>,
        candidate: usize,
        reference: usize,
        confidence: f32,
    ) -> Self {
        let speech = Speech {
            member: scene.member(reference),
            mention: Some(reference),
            ..Speech::default()
        };
        Self::speech_of(candidate, speech, confidence)
    }

    /// Speech of `member`, known from elsewhere.
    pub(super) fn by_member(candidate: usize, member: Option<usize>, confidence: f32) -> Self {
        Self::speech_of(candidate, Speech { member, ..Speech::default() }, confidence)
    }

    pub(super) fn speech_of(candidate: usize, speech: Speech, confidence: f32) -> Self {
        Self {
            candidate,
            decision: Decision::Speech(speech),
            confidence,
            continues: None,
            rule: "",
        }
    }

    /// No speech.
    pub(super) fn not_speech(candidate: usize, reason: &'static str) -> Self {
        Self {
            candidate,
            decision: Decision::NotSpeech(reason),
            confidence: 1.0,
            continues: None,
            rule: "",
        }
    }

    /// The same verdict, taking up candidate `earlier`.
    #[must_use]
    pub(super) fn continuing(mut self, earlier: usize) -> Self {
        self.continues = Some(earlier);
        self
    }

    /// The speech that the verdict finds.
    #[must_use]
    pub fn speech(&self) -> Option<&Speech> {
        match &self.decision {
            Decision::Speech(speech) => Some(speech),
            Decision::NotSpeech(_) => None,
        }
    }
}

/// Settles every candidate of the scene. A rule sees what rules before it
/// settled, never what it settles itself in the same run; neighbouring rules
/// that propagate run in turn until none of them has anything to add.
///
/// What is reported without marks is found once those rules have run that need
/// not know of it.
pub(super) fn settle(scene: &mut Scene<'_>) {
    run(scene, ORDER);
    scene.reports = reports::find(scene);
    reopen_reported(scene);
    run(scene, LEFTOVERS);
    weighing::weigh(scene);
    overrule(scene);
    part_from_speakers(scene);
}

/// Commits what the last rules say against rules before them.
fn overrule(scene: &mut Scene<'_>) {
    for rule in OVERRULING {
        for mut verdict in rule.attribute(scene) {
            verdict.rule = rule.id();
            let place = verdict.candidate;
            scene.settled[place] = Some(verdict);
        }
    }
}

/// Opens again what was no speech for want of a reporting clause, where a report was
/// found to reach over it.
fn reopen_reported(scene: &mut Scene<'_>) {
    let reopened: Vec<usize> = (0..scene.candidates.len())
        .filter(|&at| {
            let judgement = &scene.judgements[at];
            judgement.has(Evidence::Uncued)
                && !judgement.is_speech()
                && judgement.score() > Evidence::Uncued.weight()
                && scene.candidates[at].parent.is_none()
                && scene.report_around(at).is_some_and(|report| report.member.is_some())
        })
        .collect();
    for at in reopened {
        scene.settled[at] = None;
    }
}

/// `"Hij zei: 'Kom.'", zegt Bakker`: the pronoun was resolved before it was known
/// whose words it stands in; it means another than who says them.
fn part_from_speakers(scene: &mut Scene<'_>) {
    let other = |scene: &Scene<'_>, host: Option<usize>, member, mention: Option<usize>| {
        let speaker = scene.speaker(host?)?;
        let reference = mention.filter(|_| member == Some(speaker))?;
        scene.cast.other_than_speaker(reference, speaker)
    };
    for at in 0..scene.candidates.len() {
        let Some(speech) = scene.settled[at].as_ref().and_then(Verdict::speech) else { continue };
        let found = other(scene, scene.candidates[at].parent, speech.member, speech.mention);
        if let Some(Verdict { decision: Decision::Speech(speech), .. }) = &mut scene.settled[at]
            && found.is_some()
        {
            speech.member = found;
        }
    }
    for at in 0..scene.reports.len() {
        let report = &scene.reports[at];
        let host = report.mention.and_then(|n| scene.host[scene.cast.references[n].start]);
        let found = other(scene, host, report.member, report.mention);
        if found.is_some() {
            scene.reports[at].member = found;
        }
    }
}

fn run(scene: &mut Scene<'_>, rules: &[&dyn Rule]) {
    for group in rules.chunk_by(|a, b| a.propagates() && b.propagates()) {
        loop {
            let settled = group.iter().filter(|rule| commit(scene, **rule)).count();
            if settled == 0 || !group[0].propagates() {
                break;
            }
        }
    }
}

/// Commits the verdicts of one rule; `true` if there were any.
fn commit(scene: &mut Scene<'_>, rule: &dyn Rule) -> bool {
    let mut settled = false;
    for mut verdict in rule.attribute(scene) {
        let place = verdict.candidate;
        if scene.settled[place].is_none() {
            verdict.rule = rule.id();
            scene.settled[place] = Some(verdict);
            settled = true;
        }
    }
    settled
}
