//! What a document says in whose name, found by the stems of a heading's words.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap as HashMap;

use super::scene::Scene;
use super::stems::stems;

/// What the body of a document says in someone's name: quotations and reported sentences.
pub(super) struct Passages<'s> {
    /// Whose each passage is: quotations first, then reports.
    members: Vec<usize>,
    /// The first token of each.
    starts: Vec<usize>,
    /// The passages that hold each stem that a heading wants.
    holding: HashMap<&'s str, Vec<usize>>,
    /// Whether one of these begins with each byte.
    initials: [bool; 256],
}

impl<'s> Passages<'s> {
    /// Those that hold one of the stems that are wanted.
    pub(super) fn new(scene: &'s Scene<'_>, wanted: impl Iterator<Item = &'s str>) -> Self {
        let holding: HashMap<&str, Vec<usize>> = wanted.map(|stem| (stem, Vec::new())).collect();
        let mut initials = [false; 256];
        for first in holding.keys().filter_map(|stem| stem.bytes().next()) {
            initials[usize::from(first)] = true;
        }
        let mut body = Self { members: Vec::new(), starts: Vec::new(), holding, initials };
        for other in (0..scene.candidates.len()).filter(|&other| !scene.shapes[other].heading) {
            if let Some(member) = scene.speaker(other) {
                body.add(scene, scene.shapes[other].inner.clone(), member);
            }
        }
        for clause in scene.clauses.iter().filter(|clause| clause.host.is_none()) {
            let Some(member) = clause.subject.and_then(|subject| scene.member(subject)) else {
                continue;
            };
            let mut tokens = scene.sentence(clause.sentence).tokens.clone();
            // "Dat meldt de krant": the content is the sentence before.
            let points_back = matches!(scene.word(tokens.start), "dat" | "dit" | "zo");
            if points_back && clause.cue == tokens.start + 1 && clause.sentence > 0 {
                tokens.start = scene.sentence(clause.sentence - 1).tokens.start;
            }
            body.add(scene, tokens, member);
        }
        body
    }

    fn add(&mut self, scene: &Scene<'_>, tokens: Range<usize>, member: usize) {
        let passage = self.members.len();
        self.members.push(member);
        self.starts.push(tokens.start);
        let initials = self.initials;
        let wanted =
            |at: &usize| scene.word(*at).bytes().next().is_some_and(|it| initials[usize::from(it)]);
        for stem in stems(scene, tokens.filter(wanted)) {
            if let Some(passages) = self.holding.get_mut(stem)
                && passages.last() != Some(&passage)
            {
                passages.push(passage);
            }
        }
    }

    /// The largest share of the wanted stems that one passage in `tokens` holds, and
    /// whose that is; the first of equals.
    pub(super) fn best(&self, wanted: &[&str], tokens: &Range<usize>) -> Option<(f32, usize)> {
        let shared = self.shared(wanted, tokens);
        let (&passage, &count) =
            shared.iter().max_by_key(|(passage, count)| (**count, Reverse(**passage)))?;
        Some((count as f32 / wanted.len() as f32, self.members[passage]))
    }

    /// The largest share of the wanted stems that one passage of each member holds, of
    /// those that begin in `tokens`.
    pub(super) fn best_of_each(
        &self,
        wanted: &[&str],
        tokens: &Range<usize>,
    ) -> HashMap<usize, f32> {
        let mut best: HashMap<usize, f32> = HashMap::default();
        for (passage, count) in self.shared(wanted, tokens) {
            let most = best.entry(self.members[passage]).or_default();
            *most = most.max(count as f32 / wanted.len() as f32);
        }
        best
    }

    /// How many of the wanted stems each passage holds, of those that begin in `tokens`.
    fn shared(&self, wanted: &[&str], tokens: &Range<usize>) -> BTreeMap<usize, usize> {
        /// A word in more passages than this tells nothing.
        const COMMON: usize = 100;
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for stem in wanted {
            let holding = self.holding.get(stem).filter(|passages| passages.len() <= COMMON);
            let inside = |passage: &&usize| tokens.contains(&self.starts[**passage]);
            for &passage in holding.into_iter().flatten().filter(inside) {
                *shared.entry(passage).or_default() += 1;
            }
        }
        shared
    }
}
