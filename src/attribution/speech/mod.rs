//! Whether words in marks are speech, decided before any rule asks whose.
//!
//! Each candidate gets the [`Evidence`] that its looks, its surroundings and
//! its place give; the weights are added to [`BIAS`], and above zero it is
//! speech. The decision's reason is the heaviest evidence on the side that
//! won. Weights are whole numbers set by hand, after the order and the size
//! that a logistic regression gives them on labelled articles; no weight rests
//! on a word of those articles. Fitted weights are no better: a regression held
//! near these, tried on documents that it was not fitted to, is wrong on 70 of
//! 2,236 spans at best, and these are on 68.
//!
//! Who said it is no question here: a candidate that is speech and that no
//! rule claims is speech of an unknown source.

mod evidence;
mod looks;
mod place;
mod surroundings;

pub use evidence::Evidence;

use rustc_hash::FxHashMap as HashMap;

use super::scene::Scene;

/// What words in marks are without any evidence.
pub const BIAS: i32 = 15;

/// Whether a candidate is speech, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judgement {
    /// What was seen, in the order of [`Evidence::all`].
    pub evidence: Vec<Evidence>,
}

impl Judgement {
    /// The sum of the weights: above zero for speech.
    #[must_use]
    pub fn score(&self) -> i32 {
        BIAS + self.evidence.iter().map(|evidence| evidence.weight()).sum::<i32>()
    }

    /// Whether the candidate is speech.
    #[must_use]
    pub fn is_speech(&self) -> bool {
        self.score() > 0
    }

    /// The heaviest evidence on the side that won; `None` if there is none.
    #[must_use]
    pub fn strongest(&self) -> Option<Evidence> {
        let side = if self.is_speech() { 1 } else { -1 };
        let best = self.evidence.iter().rev().max_by_key(|evidence| evidence.weight() * side)?;
        (best.weight() * side > 0).then_some(*best)
    }

    pub(in crate::attribution) fn has(&self, evidence: Evidence) -> bool {
        self.evidence.contains(&evidence)
    }

    fn add(&mut self, evidence: Evidence) {
        if let Err(at) = self.evidence.binary_search(&evidence) {
            self.evidence.insert(at, evidence);
        }
    }
}

/// Judges every candidate of the scene.
pub(super) fn judge(scene: &Scene<'_>) -> Vec<Judgement> {
    let repeated = repeated(scene);
    let mut judgements: Vec<Judgement> = (0..scene.candidates.len())
        .map(|candidate| {
            let mut found = Vec::new();
            looks::gather(scene, candidate, &mut found);
            if repeated.get(&key(scene, candidate)).is_some_and(|&times| times > 1) {
                found.push(Evidence::Repeated);
            }
            place::gather(scene, candidate, &mut found);
            surroundings::gather(scene, candidate, &mut found);
            found.sort_unstable();
            found.dedup();
            Judgement { evidence: found }
        })
        .collect();
    join(scene, &mut judgements);
    // Headings last: they are taken from what is speech in the text.
    let in_heading = |&candidate: &usize| scene.shapes[candidate].heading;
    let headings: Vec<usize> = (0..scene.candidates.len()).filter(in_heading).collect();
    if !headings.is_empty() {
        let said = place::words_of_speech(scene, &judgements);
        for heading in headings {
            if place::is_said(scene, heading, &said) {
                judgements[heading].add(Evidence::SaidInBody);
            }
        }
    }
    judgements
}

/// Terms have few words; the same sentence in marks twice is a title and its
/// source in the text.
const LONGEST_TERM: usize = 3;

/// The words of a short candidate in lower case, to find it again.
fn key<'a>(scene: &'a Scene<'_>, candidate: usize) -> Vec<&'a str> {
    let shape = &scene.shapes[candidate];
    if shape.words > LONGEST_TERM || shape.heading {
        return Vec::new();
    }
    shape.inner.clone().map(|at| scene.word(at)).collect()
}

/// How often each short candidate stands in marks.
fn repeated<'a>(scene: &'a Scene<'_>) -> HashMap<Vec<&'a str>, usize> {
    let mut times = HashMap::default();
    for candidate in 0..scene.candidates.len() {
        let key = key(scene, candidate);
        if !key.is_empty() {
            *times.entry(key).or_insert(0) += 1;
        }
    }
    times
}

/// `'onacceptabel' en 'vies'`: what nothing claims is what its neighbour is.
fn join(scene: &Scene<'_>, judgements: &mut [Judgement]) {
    let pairs: Vec<(usize, usize)> = (1..judgements.len())
        .filter_map(|later| Some((surroundings::joined_to(scene, later)?, later)))
        .collect();
    let mut lend = |from: usize, to: usize| {
        if !judgements[to].has(Evidence::Uncued) || judgements[from].has(Evidence::Uncued) {
            return;
        }
        let lent = if judgements[from].is_speech() {
            Evidence::JoinedToSpeech
        } else {
            Evidence::JoinedToTerm
        };
        judgements[to].evidence.retain(|evidence| *evidence != Evidence::Uncued);
        judgements[to].add(lent);
    };
    for &(earlier, later) in &pairs {
        lend(earlier, later);
    }
    for &(earlier, later) in pairs.iter().rev() {
        lend(later, earlier);
    }
}

#[cfg(test)]
mod observations;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_evidence_has_a_weight_and_a_reason_of_its_own() {
        let reasons: BTreeSet<_> = Evidence::all().map(Evidence::reason).collect();
        assert_eq!(reasons.len(), Evidence::all().len());
        for (place, evidence) in Evidence::all().enumerate() {
            assert_eq!(evidence as usize, place, "a row of the table is out of order");
            assert_ne!(evidence.weight(), 0, "{evidence:?}");
        }
    }

    #[test]
    fn the_strongest_evidence_is_on_the_side_that_won() {
        let judgement = |evidence: &[Evidence]| Judgement { evidence: evidence.to_vec() };
        let speech = judgement(&[Evidence::SaidBeside, Evidence::OfItsArticle]);
        assert!(speech.is_speech());
        assert_eq!(speech.strongest(), Some(Evidence::SaidBeside));
        let term = judgement(&[Evidence::CutOut, Evidence::Announced]);
        assert!(!term.is_speech());
        assert_eq!(term.strongest(), Some(Evidence::Announced));
    }
}
