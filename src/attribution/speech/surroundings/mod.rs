//! The words around a candidate: who or what says that it is speech, a name
//! or a term.

use std::ops::Range;

mod called;
mod named;
mod nested;
mod reported;
mod shown;

use super::Evidence;
use crate::attribution::clauses::Clause;
use crate::attribution::scene::Scene;
use crate::lexicon::{self, MarkWord};
use crate::marks::Family;
use crate::syntax::Class;

/// A word that has to do with the marks stands no further from them.
const REACH: usize = 25;

/// The words beside a candidate in its sentence and its host.
struct Beside<'s, 'a> {
    scene: &'s Scene<'a>,
    candidate: usize,
    /// Tokens before the opening mark, the nearest first.
    before: Vec<usize>,
    /// Tokens behind the closing mark, the nearest first.
    after: Vec<usize>,
}

pub(super) fn gather(scene: &Scene<'_>, candidate: usize, found: &mut Vec<Evidence>) {
    let beside = Beside::new(scene, candidate);
    let first = found.len();
    beside.reports(found);
    beside.terms(found);
    let claims = [
        Evidence::SaidBeside,
        Evidence::SaidBefore,
        Evidence::Resumed,
        Evidence::Introduced,
        Evidence::NamedBefore,
        Evidence::Called,
        Evidence::CalledAfter,
        Evidence::Uttered,
        Evidence::Reported,
        Evidence::According,
        Evidence::Shown,
    ];
    let claimed = found[first..].iter().any(|evidence| claims.contains(evidence));
    if scene.candidates[candidate].parent.is_some() {
        let announced = found[first..].contains(&Evidence::Announced);
        // "zij schrijft dat ze ‘nader kijkt’"; a single word is the speaker's term.
        let content = scene.shapes[candidate].words >= 2 && !announced;
        let close = found[first..].iter().any(|evidence| {
            claims[..8].contains(evidence) || content && *evidence == Evidence::Reported
        });
        let other = (close || beside.is_inserted()) && !beside.is_by_the_speaker();
        found.push(if other { Evidence::QuotedInside } else { Evidence::NoSourceInside });
    } else if !claimed
        && !found.contains(&Evidence::WholeSentence)
        && scene.candidates[candidate].family != Family::Dash
    {
        found.push(Evidence::Uncued);
    }
}

/// The candidate before `candidate` that nothing but *en*, *of* or a comma
/// parts from it: `'laf' en 'onwaardig'`.
pub(super) fn joined_to(scene: &Scene<'_>, candidate: usize) -> Option<usize> {
    let start = scene.shapes[candidate].tokens.start;
    let mut at = start.checked_sub(1)?;
    if scene.tagged.class(at) == Class::Determiner {
        at = at.checked_sub(1)?;
    }
    let mut joined = false;
    while lexicon::is_mark_word(scene.word(at), MarkWord::Joins) {
        joined = true;
        at = at.checked_sub(1)?;
    }
    let earlier = scene.host[at].filter(|_| joined)?;
    let same = scene.candidates[earlier].parent == scene.candidates[candidate].parent
        && scene.shapes[earlier].last_sentence == scene.shapes[candidate].first_sentence;
    (same && !scene.shapes[candidate].is_clause()).then_some(earlier)
}

impl<'s, 'a> Beside<'s, 'a> {
    fn new(scene: &'s Scene<'a>, candidate: usize) -> Self {
        let shape = &scene.shapes[candidate];
        let host = scene.candidates[candidate].parent;
        // Marks of its own may lie outside a span that another program gave.
        let own = |at: &usize| scene.host[*at] == host && scene.tagged.class(*at) != Class::Mark;
        let start = scene.sentence(shape.first_sentence).tokens.start;
        let end = scene.sentence(shape.last_sentence).tokens.end;
        let near = shape.tokens.start.saturating_sub(REACH).max(start);
        let before: Range<usize> = near..shape.tokens.start;
        let after: Range<usize> = shape.tokens.end..end.min(shape.tokens.end + REACH);
        Self {
            scene,
            candidate,
            before: before.rev().filter(own).collect(),
            after: after.filter(own).collect(),
        }
    }

    fn word(&self, at: usize) -> &str {
        self.scene.word(at)
    }

    /// The word directly before the mark.
    fn last_word(&self) -> &str {
        let touching = self.before.first().filter(|at| **at + 1 == self.start());
        touching.map_or("", |at| self.word(*at))
    }

    fn start(&self) -> usize {
        self.scene.shapes[self.candidate].tokens.start
    }

    fn end(&self) -> usize {
        self.scene.shapes[self.candidate].tokens.end
    }

    fn clauses(&self) -> impl DoubleEndedIterator<Item = &Clause> {
        let shape = &self.scene.shapes[self.candidate];
        self.scene.clauses_beside(self.candidate, shape.first_sentence)
    }

    fn clauses_behind(&self) -> impl DoubleEndedIterator<Item = &Clause> {
        let shape = &self.scene.shapes[self.candidate];
        self.scene.clauses_beside(self.candidate, shape.last_sentence)
    }
}
