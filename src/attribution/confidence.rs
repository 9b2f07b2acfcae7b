//! How sure an answer is: a logistic model over what it rests on (the rule, how
//! the source is named, who else stands near, how far the words lie apart).
//!
//! The weights lie in `confidence.tsv`, one feature a line; `cargo run
//! --example train_confidence` makes them from labelled articles and tells how
//! well they are calibrated on others.

use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap as HashMap;

use super::clauses::Clause;
use super::engine::{Speech, Verdict};
use super::quotation::Kind;
use super::reports::Report;
use super::scene::Scene;
use crate::sources::{MentionKind, SourceKind};

/// The weights by what a feature tells of, and what of it.
static WEIGHTS: LazyLock<HashMap<(&str, &str), f32>> = LazyLock::new(|| {
    include_str!("confidence.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(name, weight)| {
            Some((name.split_once(':').unwrap_or((name, "")), weight.trim().parse().ok()?))
        })
        .collect()
});

/// One thing that an answer rests on, with how much of it there is. It is printed
/// as its name alone: `rule:clause-after`, `mentions`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Feature {
    of: &'static str,
    /// Empty for a number, which is one of its kind.
    is: &'static str,
    /// How much of it there is: 1 for what just holds, the logarithm of a count.
    pub value: f32,
}

impl Feature {
    fn number(of: &'static str, value: f32) -> Self {
        Self { of, is: "", value }
    }

    fn holds(of: &'static str, is: &'static str) -> Self {
        Self { of, is, value: 1.0 }
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is.is_empty() { f.write_str(self.of) } else { write!(f, "{}:{}", self.of, self.is) }
    }
}

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
        let mut add = |of: &'static str, is: &'static str, holds: bool| {
            if holds {
                features.push(Feature::holds(of, is));
            }
        };
        add("heading", "", shape.heading);
        add("fragment", "", !shape.is_clause());
        add("odd-marks", "", shape.odd_marks);
        add("unclosed", "", self.scene.candidates[candidate].unclosed);
        add("nested", "", self.scene.candidates[candidate].parent.is_some());
        let before = self.scene.last_speech_before(candidate);
        let previous = before.and_then(|before| self.scene.speaker(before));
        add("previous", "none", previous.is_none());
        add("previous", "same", previous.is_some() && previous == speech.member);
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
        let mut features = vec![
            Feature::number("bias", 1.0),
            Feature::holds("rule", basis.rule),
            Feature::number("strength", basis.strength),
            Feature::holds("kind", basis.kind.name()),
            Feature::number("words", logarithm(basis.tokens.len())),
        ];
        let mention = basis.mention.map(|mention| &scene.cast.references[mention]);
        let named = mention.map_or("none", |mention| mention.kind.name());
        features.push(Feature::holds("mention", named));
        if let Some(mention) = mention {
            let near = self.others_near(mention.start, basis.member);
            features.push(Feature { of: "others", is: named, value: logarithm(near) });
            if let Some(cue) = basis.cue {
                let gap = gap(&(cue..cue + 1), &(mention.start..mention.end));
                features.push(Feature::number("cue-to-mention", logarithm(gap)));
            }
        }
        if let Some(cue) = basis.cue {
            let far = gap(&basis.tokens, &(cue..cue + 1));
            features.push(Feature::number("cue-to-content", logarithm(far)));
            let verb = scene.clause_with_cue(cue).and_then(Clause::verb);
            if verb.is_some_and(|verb| verb.over_triggers) {
                features.push(Feature::holds("cue", "over"));
            }
        } else {
            features.push(Feature::holds("cue", "none"));
        }
        let Some(member) = basis.member else {
            features.push(Feature::holds("source", "none"));
            return features;
        };
        let it = &scene.cast.members[member];
        features.push(Feature::holds("source", it.kind.name()));
        features.push(Feature::number("mentions", logarithm(it.references.len())));
        features.push(Feature::number("speeches", logarithm(self.speeches[member] as usize)));
        let single = it.kind == SourceKind::Person && !it.name.contains(' ');
        if single {
            features.push(Feature::number("one-word-name", 1.0));
        }
        if mention.is_none() {
            let since = self.since_mentioned(member, basis.tokens.start);
            features.push(Feature::number("since-mentioned", logarithm(since)));
        }
        let described = mention.is_some_and(|mention| mention.kind == MentionKind::Description);
        if described && it.kind == SourceKind::Person {
            features.push(Feature::number("description-of-named", 1.0));
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
    let weight = |it: &Feature| WEIGHTS.get(&(it.of, it.is)).copied().unwrap_or_default();
    let sum: f32 = features.iter().map(|feature| weight(feature) * feature.value).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// Distances and counts tell less the larger they are.
fn logarithm(count: usize) -> f32 {
    (count as f32).ln_1p()
}

/// How many tokens lie between two stretches; none if they overlap.
fn gap(a: &Range<usize>, b: &Range<usize>) -> usize {
    b.start.saturating_sub(a.end).max(a.start.saturating_sub(b.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_numbers_and_there_are_some() {
        let lines = include_str!("confidence.tsv").lines();
        let entries = lines.filter(|line| !line.starts_with('#') && !line.is_empty()).count();
        assert_eq!(WEIGHTS.len(), entries);
        assert!(WEIGHTS.contains_key(&("bias", "")));
    }

    #[test]
    fn what_speaks_for_an_answer_makes_it_surer() {
        let bias = Feature::number("bias", 1.0);
        let named = [bias, Feature::holds("rule", "clause-after")];
        let unknown = [bias, Feature::holds("source", "none")];
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
