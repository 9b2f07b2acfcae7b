//! How sure an answer is: a logistic model over what it rests on (the rule, how
//! the source is named, who else stands near, how far the words lie apart).
//!
//! The weights lie in `confidence.tsv`, one feature a line; `cargo run
//! --example train_confidence` makes them from labelled articles and tells how
//! well they are calibrated on others.

use std::ops::Range;
use std::sync::LazyLock;

use super::clauses::Clause;
use super::engine::{Speech, Verdict};
use super::quotation::Kind;
use super::reports::Report;
use super::scene::Scene;
use super::weights::{Feature, Topic, Weights, logarithm};
use crate::lexicon::Number;
use crate::sources::{MentionKind, SourceKind};

/// What each feature weighs.
static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("confidence.tsv")));

/// Logarithms of odds beyond this, and below its opposite, are taken for it.
const FARTHEST_ODDS: f32 = 4.0;

/// No answer rests on more.
const MOST_FEATURES: usize = 24;

/// What a document tells of how sure its answers are.
pub(super) struct Confidence<'s, 'a> {
    scene: &'s Scene<'a>,
    /// How many quotations each member has.
    speeches: Vec<u32>,
}

/// An answer, of either sort.
struct Basis {
    rule: &'static str,
    /// What the rule itself thinks of its evidence.
    strength: f32,
    kind: Kind,
    tokens: Range<usize>,
    cue: Option<usize>,
    mention: Option<usize>,
    member: Option<usize>,
}

impl<'s, 'a> Confidence<'s, 'a> {
    pub(super) fn new(scene: &'s Scene<'a>) -> Self {
        let mut speeches = vec![0; scene.cast.members.len()];
        let marked = scene.settled.iter().flatten().filter_map(Verdict::speech);
        let reported = scene.reports.iter().map(|report| report.member);
        for member in marked.map(|speech| speech.member).chain(reported).flatten() {
            speeches[member] += 1;
        }
        Self { scene, speeches }
    }

    /// What the answer on a candidate rests on.
    pub(super) fn of_candidate(
        &self,
        candidate: usize,
        kind: Kind,
        verdict: &Verdict,
        speech: &Speech,
    ) -> Vec<Feature> {
        let shape = &self.scene.shapes[candidate];
        let mut features = self.features(&Basis {
            rule: verdict.rule,
            strength: verdict.confidence,
            kind,
            tokens: shape.tokens.clone(),
            cue: speech.cue,
            mention: speech.mention,
            member: speech.member,
        });
        let mut add = |of: Topic, is: &'static str, holds: bool| {
            if holds {
                features.push(Feature::holds(of, is));
            }
        };
        add(Topic::Heading, "", shape.heading);
        add(Topic::Fragment, "", !shape.is_clause());
        add(Topic::OddMarks, "", shape.odd_marks);
        add(Topic::Unclosed, "", self.scene.candidates[candidate].unclosed);
        add(Topic::Nested, "", self.scene.candidates[candidate].parent.is_some());
        let before = self.scene.last_speech_before(candidate);
        let previous = before.and_then(|before| self.scene.speaker(before));
        add(Topic::Previous, "none", previous.is_none());
        add(Topic::Previous, "same", previous.is_some() && previous == speech.member);
        if let Some(member) = speech.member {
            let kind = self.scene.cast.members[member].kind.name();
            add(Topic::I, kind, self.scene.is_in_first_person(candidate, Number::Singular));
            add(Topic::We, kind, self.scene.is_in_first_person(candidate, Number::Plural));
            add(Topic::NamesItself, "", self.scene.is_named_in(candidate, member));
        }
        if let Some(weighing) = &self.scene.weighings[candidate] {
            let odds = weighing.odds_of(speech.member).clamp(-FARTHEST_ODDS, FARTHEST_ODDS);
            features.push(Feature::number(Topic::Weighed, odds));
        }
        features
    }

    /// What a report rests on.
    pub(super) fn of_report(&self, report: &Report) -> Vec<Feature> {
        self.features(&Basis {
            rule: report.rule,
            strength: report.confidence,
            kind: Kind::Indirect,
            tokens: report.tokens.clone(),
            cue: report.cue,
            mention: report.mention,
            member: report.member,
        })
    }

    fn features(&self, basis: &Basis) -> Vec<Feature> {
        let scene = self.scene;
        let mut features = Vec::with_capacity(MOST_FEATURES);
        features.extend([
            Feature::number(Topic::Bias, 1.0),
            Feature::holds(Topic::Rule, basis.rule),
            Feature::number(Topic::Strength, basis.strength),
            Feature::holds(Topic::Kind, basis.kind.name()),
            Feature::number(Topic::Words, logarithm(basis.tokens.len())),
        ]);
        let mention = basis.mention.map(|mention| &scene.cast.references[mention]);
        let named = mention.map_or("none", |mention| mention.kind.name());
        features.push(Feature::holds(Topic::Mention, named));
        if let Some((number, mention)) = basis.mention.zip(mention) {
            let doubt = doubt(scene.cast.margin(number));
            features.push(Feature { of: Topic::Doubt, is: named, value: doubt });
            if scene.cast.is_guessed(number) && basis.member == scene.member(number) {
                features.push(Feature::holds(Topic::Guessed, ""));
            }
            let near = self.others_near(mention.start, basis.member);
            features.push(Feature { of: Topic::Others, is: named, value: logarithm(near) });
            if let Some(cue) = basis.cue {
                let gap = gap(&(cue..cue + 1), &(mention.start..mention.end));
                features.push(Feature::number(Topic::CueToMention, logarithm(gap)));
            }
        }
        if let Some(cue) = basis.cue {
            let far = gap(&basis.tokens, &(cue..cue + 1));
            features.push(Feature::number(Topic::CueToContent, logarithm(far)));
            let verb = scene.clause_with_cue(cue).and_then(Clause::verb);
            if verb.is_some_and(|verb| verb.over_triggers) {
                features.push(Feature::holds(Topic::Cue, "over"));
            }
        } else {
            features.push(Feature::holds(Topic::Cue, "none"));
        }
        let Some(member) = basis.member else {
            features.push(Feature::holds(Topic::Source, "none"));
            return features;
        };
        let it = &scene.cast.members[member];
        features.push(Feature::holds(Topic::Source, it.kind.name()));
        features.push(Feature::number(Topic::Mentions, logarithm(it.references.len())));
        features.push(Feature::number(Topic::Speeches, logarithm(self.speeches[member] as usize)));
        let single = it.kind == SourceKind::Person && !it.name.contains(' ');
        if single {
            features.push(Feature::number(Topic::OneWordName, 1.0));
        }
        if mention.is_none() {
            let since = self.since_mentioned(member, basis.tokens.start);
            features.push(Feature::number(Topic::SinceMentioned, logarithm(since)));
        }
        let described = mention.is_some_and(|mention| mention.kind == MentionKind::Description);
        if described && it.kind == SourceKind::Person {
            features.push(Feature::number(Topic::DescriptionOfNamed, 1.0));
        }
        features
    }

    /// How many other people and bodies are mentioned in the tokens before a
    /// mention and just behind it.
    fn others_near(&self, start: usize, member: Option<usize>) -> usize {
        const BEFORE: usize = 40;
        const BEHIND: usize = 10;
        let tokens = start.saturating_sub(BEFORE)..start + BEHIND;
        let mut others: Vec<usize> = self
            .scene
            .cast
            .references_in(tokens)
            .filter_map(|(number, _)| self.scene.member(number))
            .filter(|&other| Some(other) != member)
            .collect();
        others.sort_unstable();
        others.dedup();
        others.len()
    }

    /// How many tokens back the member was last mentioned; many if never.
    fn since_mentioned(&self, member: usize, start: usize) -> usize {
        const NEVER: usize = 500;
        let references = &self.scene.cast.members[member].references;
        let before = references.partition_point(|&n| self.scene.cast.references[n].start < start);
        let last = before.checked_sub(1).map(|n| self.scene.cast.references[references[n]].end);
        last.map_or(NEVER, |end| start.saturating_sub(end)).min(NEVER)
    }
}

/// How sure an answer is that rests on `features`, from 0 to 1.
pub(super) fn confidence(features: &[Feature]) -> f32 {
    1.0 / (1.0 + (-WEIGHTS.sum(features)).exp())
}

/// How little whom a mention means is more prominent than the next: 1 where both are as
/// much so, 0 where there is no other.
fn doubt(margin: Option<f32>) -> f32 {
    margin.map_or(0.0, |margin| (-margin).exp())
}

/// How many tokens lie between two stretches; none if they overlap.
fn gap(a: &Range<usize>, b: &Range<usize>) -> usize {
    b.start.saturating_sub(a.end).max(a.start.saturating_sub(b.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_speaks_for_an_answer_makes_it_surer() {
        let bias = Feature::number(Topic::Bias, 1.0);
        let named = [bias, Feature::holds(Topic::Rule, "clause-after")];
        let unknown = [bias, Feature::holds(Topic::Source, "none")];
        assert_eq!(unknown.map(|feature| feature.to_string()), ["bias", "source:none"]);
        assert!(confidence(&named) > confidence(&unknown));
        assert!((0.0..=1.0).contains(&confidence(&[])));
    }

    #[test]
    fn stretches_that_overlap_have_no_gap() {
        assert_eq!(gap(&(0..3), &(5..6)), 2);
        assert_eq!(gap(&(5..6), &(0..3)), 2);
        assert_eq!(gap(&(0..6), &(5..6)), 0);
    }
}
