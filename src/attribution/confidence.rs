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

/// What a feature tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Topic {
    Bias,
    CueToContent,
    CueToMention,
    Cue,
    DescriptionOfNamed,
    Fragment,
    Heading,
    Kind,
    Mention,
    Mentions,
    Nested,
    OddMarks,
    OneWordName,
    Others,
    Previous,
    Rule,
    SinceMentioned,
    Source,
    Speeches,
    Strength,
    Unclosed,
    Words,
}

impl Topic {
    const ALL: [(Self, &'static str); 22] = [
        (Self::Bias, "bias"),
        (Self::CueToContent, "cue-to-content"),
        (Self::CueToMention, "cue-to-mention"),
        (Self::Cue, "cue"),
        (Self::DescriptionOfNamed, "description-of-named"),
        (Self::Fragment, "fragment"),
        (Self::Heading, "heading"),
        (Self::Kind, "kind"),
        (Self::Mention, "mention"),
        (Self::Mentions, "mentions"),
        (Self::Nested, "nested"),
        (Self::OddMarks, "odd-marks"),
        (Self::OneWordName, "one-word-name"),
        (Self::Others, "others"),
        (Self::Previous, "previous"),
        (Self::Rule, "rule"),
        (Self::SinceMentioned, "since-mentioned"),
        (Self::Source, "source"),
        (Self::Speeches, "speeches"),
        (Self::Strength, "strength"),
        (Self::Unclosed, "unclosed"),
        (Self::Words, "words"),
    ];

    /// The topic as the weights have it.
    fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

/// What each feature weighs.
#[derive(Default)]
struct Weights {
    /// Of those that are one of their kind, by their topic.
    single: [f32; Topic::ALL.len()],
    /// Of the others, by their topic and by what they are.
    of_several: HashMap<(Topic, &'static str), f32>,
}

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    let mut weights = Weights::default();
    let lines = include_str!("confidence.tsv").lines().filter(|line| !line.starts_with('#'));
    for (feature, weight) in lines.filter_map(|line| line.split_once('\t')) {
        let (name, is) = feature.split_once(':').unwrap_or((feature, ""));
        let topic = Topic::ALL.into_iter().find(|(_, other)| *other == name);
        let (Some((of, _)), Ok(weight)) = (topic, weight.trim().parse()) else { continue };
        if is.is_empty() {
            weights.single[of as usize] = weight;
        } else {
            weights.of_several.insert((of, is), weight);
        }
    }
    weights
});

/// One thing that an answer rests on, with how much of it there is. It is printed
/// as its name alone: `rule:clause-after`, `mentions`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Feature {
    of: Topic,
    /// Empty where its topic has no other.
    is: &'static str,
    /// How much of it there is: 1 for what just holds, the logarithm of a count.
    pub value: f32,
}

impl Feature {
    fn number(of: Topic, value: f32) -> Self {
        Self { of, is: "", value }
    }

    fn holds(of: Topic, is: &'static str) -> Self {
        Self { of, is, value: 1.0 }
    }

    fn weight(&self) -> f32 {
        if self.is.is_empty() {
            WEIGHTS.single[self.of as usize]
        } else {
            WEIGHTS.of_several.get(&(self.of, self.is)).copied().unwrap_or_default()
        }
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = self.of.name();
        if self.is.is_empty() { f.write_str(of) } else { write!(f, "{of}:{}", self.is) }
    }
}

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
        if let Some(mention) = mention {
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
    let sum: f32 = features.iter().map(|feature| feature.weight() * feature.value).sum();
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
    fn every_weight_has_its_topic() {
        for (place, (topic, name)) in Topic::ALL.into_iter().enumerate() {
            assert_eq!((topic as usize, topic.name()), (place, name));
        }
        let lines = include_str!("confidence.tsv").lines();
        let entries = lines.filter(|line| !line.starts_with('#') && !line.is_empty()).count();
        let single = WEIGHTS.single.iter().filter(|&&weight| weight != 0.0).count();
        assert_eq!(single + WEIGHTS.of_several.len(), entries);
    }

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
