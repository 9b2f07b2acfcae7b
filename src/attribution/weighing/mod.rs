//! Whose a quotation is that no words beside it give to anybody: everyone near is
//! weighed by what speaks for them (who spoke last and next, who was just told of,
//! how the quotation speaks of itself), with what the rules made of it as one thing
//! among others.
//!
//! The weights lie in `weights.tsv`; `cargo run --example train_weighing` makes them
//! from labelled articles, and measures on articles left out what they bring. The
//! model is a conditional logit, as is usual for choosing an antecedent among
//! candidates (Denis & Baldridge 2007, "A ranking approach to pronoun resolution").

mod facts;
mod utterances;

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap as HashMap;

use self::facts::{Facts, Gathered};
use self::utterances::Utterances;
use super::engine::Verdict;
use super::passages::Passages;
use super::scene::Scene;
use super::stems::distinct_stems;
use super::weights::{Feature, Weights};

/// What each fact weighs.
static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("weights.tsv")));

/// The rules that go by what stands around a quotation, and not by a verb of saying.
const BY_CONTEXT: [&str; 13] = [
    "alternating",
    "continued",
    "feeling-before",
    "first-speaker",
    "heading",
    "interview",
    "last-speaker",
    "next-paragraph",
    "no-source",
    "only-speaker",
    "sentence-lead",
    "subject-before",
    "verbless-colon",
];

/// How much likelier another must be than whom the rule names to overrule it.
const LIKELIER: f32 = 1.25;

/// Whose a quotation could be.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Weighing {
    /// The rule that had decided before.
    pub(super) rule: &'static str,
    /// Whom it names, as an index into the cast's members.
    pub(super) first: Option<usize>,
    /// Everyone near, and nobody, the likeliest first.
    pub(super) options: Vec<Likelihood>,
    /// What speaks for each of them, and against: each has a stretch of its own.
    facts: Vec<Feature>,
}

/// One whose a quotation could be.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Likelihood {
    /// Who, as an index into the cast's members; `None` for nobody whom the text names.
    pub(super) member: Option<usize>,
    /// The share of the likelihood of all options.
    pub(super) share: f32,
    /// Where the weighing has what speaks for them, and against.
    facts: Range<usize>,
}

impl Weighing {
    /// What speaks for an option of it, and against.
    pub(super) fn facts_of(&self, option: &Likelihood) -> &[Feature] {
        &self.facts[option.facts.clone()]
    }

    /// The likeliest, if it is another, and likelier by far, than whom the rule names.
    pub(super) fn overruling(&self) -> Option<&Likelihood> {
        let likeliest = self.options.first()?;
        let first = self.options.iter().find(|option| option.member == self.first);
        let other = likeliest.member != self.first;
        let far = first.is_none_or(|first| likeliest.share > LIKELIER * first.share);
        (other && far).then_some(likeliest)
    }

    /// The logarithm of the odds of `member` against all others; infinite for who is
    /// the only one, or none of them.
    pub(super) fn odds_of(&self, member: Option<usize>) -> f32 {
        let option = self.options.iter().find(|option| option.member == member);
        let likelihood = option.map_or(0.0, |option| option.share);
        (likelihood / (1.0 - likelihood)).ln()
    }
}

/// Weighs whose each quotation is that was decided by what stands around it, with all
/// others as the rules left them.
pub(super) fn weigh(scene: &mut Scene<'_>) {
    let utterances = Utterances::of(scene);
    let open: Vec<usize> =
        (0..scene.candidates.len()).filter(|&at| is_by_context(scene, at)).collect();
    let mut echoes = echoes(scene, &open);
    for candidate in open {
        let echoes = echoes.remove(&candidate).unwrap_or_default();
        let weighing = weighing(scene, &utterances, candidate, &echoes);
        scene.weighings[candidate] = weighing;
    }
}

/// Whether a candidate was given to somebody, or to nobody, by what stands around it.
fn is_by_context(scene: &Scene<'_>, candidate: usize) -> bool {
    let Some(verdict) = &scene.settled[candidate] else { return false };
    BY_CONTEXT.contains(&verdict.rule)
        && verdict.speech().is_some()
        && scene.candidates[candidate].parent.is_none()
}

/// How much of each heading among the candidates every member says elsewhere: the largest
/// share of its stems in one passage.
fn echoes(scene: &Scene<'_>, candidates: &[usize]) -> HashMap<usize, HashMap<usize, f32>> {
    let headings = candidates.iter().copied().filter(|&at| scene.shapes[at].heading);
    let wanted: Vec<(usize, Vec<&str>)> =
        headings.map(|heading| (heading, distinct_stems(scene, heading))).collect();
    if wanted.is_empty() {
        return HashMap::default();
    }
    let stems = wanted.iter().flat_map(|(_, stems)| stems.iter().copied());
    let passages = Passages::new(scene, stems);
    let all = 0..scene.tagged.len();
    let of_each =
        |(heading, stems): &(usize, Vec<&str>)| (*heading, passages.best_of_each(stems, &all));
    wanted.iter().map(of_each).collect()
}

fn weighing(
    scene: &Scene<'_>,
    utterances: &Utterances,
    candidate: usize,
    echoes: &HashMap<usize, f32>,
) -> Option<Weighing> {
    let verdict = scene.settled[candidate].as_ref()?;
    let speech = verdict.speech()?;
    let facts = Facts::new(scene, utterances, candidate, verdict, speech, echoes);
    let members = facts.members();
    let mut gathered = Gathered::for_options(members.len() + 1);
    let mut options: Vec<Likelihood> = Vec::with_capacity(members.len() + 1);
    for member in members.into_iter().map(Some).chain([None]) {
        let own = facts.gather(member, &mut gathered);
        options.push(Likelihood { member, share: WEIGHTS.sum(&gathered[own.clone()]), facts: own });
    }
    let most = options.iter().map(|option| option.share).fold(f32::NEG_INFINITY, f32::max);
    for option in &mut options {
        option.share = (option.share - most).exp();
    }
    let all: f32 = options.iter().map(|option| option.share).sum();
    for option in &mut options {
        option.share /= all;
    }
    options.sort_by(|a, b| b.share.total_cmp(&a.share));
    Some(Weighing {
        rule: verdict.rule,
        first: speech.member,
        options,
        facts: gathered.into_features(),
    })
}

/// The verdict where the likeliest is another than whom the rule names.
pub(super) fn overruling(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let likeliest = scene.weighings[candidate].as_ref()?.overruling()?;
    Some(Verdict::by_member(candidate, likeliest.member, 0.5))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::{Weighed, rules, testing};
    use crate::ner::Label;

    const NAMES: [(&str, Label); 2] = [("Anna de Wit", Label::Per), ("Koen Maes", Label::Per)];

    /// Everyone whose the last quotation of a text could be, the likeliest first.
    fn weighed(text: &str) -> Vec<Weighed> {
        let mut annotated = testing::explain(text, &NAMES);
        annotated.explanations.pop().expect("a quotation").weighed
    }

    fn name(option: &Weighed) -> Option<&str> {
        option.source.as_ref().map(|source| source.name.as_str())
    }

    fn weighing(first: Option<usize>, shares: &[(Option<usize>, f32)]) -> Weighing {
        let options =
            shares.iter().map(|&(member, share)| Likelihood { member, share, facts: 0..0 });
        Weighing { rule: "no-source", first, options: options.collect(), facts: Vec::new() }
    }

    #[test]
    fn what_goes_by_context_are_rules() {
        let is_rule = |id: &&str| rules::all().any(|rule| rule.id() == *id);
        assert!(BY_CONTEXT.iter().all(is_rule), "a rule was called otherwise");
    }

    #[test]
    fn everyone_near_has_a_share() {
        let options = weighed(
            "\"De dijk is oud\", zegt Koen Maes.\n\nAnna de Wit loopt over de dijk. \"Ik maak mij zorgen.\"",
        );
        let all: f32 = options.iter().map(|option| option.share).sum();
        assert!((all - 1.0).abs() < 1e-4);
        assert!(options.is_sorted_by(|a, b| a.share >= b.share));
        let mut names: Vec<_> = options.iter().map(name).collect();
        assert_eq!(names[0], Some("Anna de Wit"));
        names.sort_unstable();
        assert_eq!(names, [None, Some("Anna de Wit"), Some("Koen Maes")]);
    }

    #[test]
    fn whose_words_say_whose_it_is_is_not_weighed() {
        assert!(weighed("Koen Maes kijkt toe. \"De dijk is oud\", zegt Anna de Wit.").is_empty());
    }

    #[test]
    fn a_rule_is_overruled_by_one_who_is_likelier_by_far() {
        let overruling = |first, shares: &[(Option<usize>, f32)]| {
            weighing(first, shares).overruling().map(|likeliest| likeliest.share)
        };
        let close = [(Some(1), 0.45), (Some(0), 0.4), (None, 0.15)];
        assert_eq!(overruling(Some(0), &close), None);
        let far = [(Some(1), 0.6), (Some(0), 0.3), (None, 0.1)];
        assert_eq!(overruling(Some(0), &far), Some(0.6));
        let nobody = [(None, 0.9), (Some(0), 0.1)];
        assert_eq!(overruling(Some(0), &nobody), Some(0.9));
        let same = [(None, 0.6), (Some(0), 0.4)];
        assert_eq!(overruling(None, &same), None);
    }

    #[test]
    fn what_a_rule_made_of_a_quotation_counts_for_the_next() {
        let options = weighed(
            "Anna de Wit loopt over de dijk. \"Wij moeten er nu iets aan doen.\"\n\n\"Het water stijgt.\"",
        );
        let spoke =
            |option: &Weighed| option.facts.iter().any(|fact| fact.to_string() == "spoke-last");
        assert!(options.iter().any(|option| name(option) == Some("Anna de Wit") && spoke(option)));
    }
}
