//! Who speaks where in a document, in marks and without.

use crate::attribution::engine::Verdict;
use crate::attribution::scene::{FARTHEST_NEIGHBOUR, Scene};
use crate::lexicon::Stance;

/// What somebody says at one place.
#[derive(Debug, Clone)]
pub(super) struct Utterance {
    /// The first token.
    pub(super) start: usize,
    /// One past the last.
    pub(super) end: usize,
    /// Whose it is, as an index into the cast's members.
    pub(super) member: Option<usize>,
    /// Whether words beside it name the source.
    pub(super) explicit: bool,
    /// Whether a verb of asking reports it.
    pub(super) asked: bool,
    /// The candidate, if it stands in marks.
    pub(super) candidate: Option<usize>,
}

/// All of a document, in order of their start.
#[derive(Debug)]
pub(super) struct Utterances {
    all: Vec<Utterance>,
    /// How many each member has.
    counts: Vec<usize>,
    /// How many of these are explicit.
    explicit: Vec<usize>,
    /// How many members have one.
    members: usize,
}

impl Utterances {
    pub(super) fn of(scene: &Scene<'_>) -> Self {
        let marked = scene.outer.iter().filter_map(|&at| {
            let speech = scene.settled[at].as_ref().and_then(Verdict::speech)?;
            let tokens = &scene.shapes[at].tokens;
            Some(Utterance {
                start: tokens.start,
                end: tokens.end,
                member: speech.member,
                explicit: speech.mention.is_some(),
                asked: speech.stance == Some(Stance::Ask),
                candidate: Some(at),
            })
        });
        let reported = scene.reports.iter().map(|report| Utterance {
            start: report.tokens.start,
            end: report.tokens.end,
            member: report.member,
            explicit: report.mention.is_some(),
            asked: report.stance == Some(Stance::Ask),
            candidate: None,
        });
        let mut all: Vec<Utterance> = marked.chain(reported).collect();
        all.sort_by_key(|utterance| utterance.start);
        let mut counts = vec![0; scene.cast.members.len()];
        let mut explicit = counts.clone();
        for utterance in &all {
            if let Some(member) = utterance.member {
                counts[member] += 1;
                explicit[member] += usize::from(utterance.explicit);
            }
        }
        let members = counts.iter().filter(|count| **count > 0).count();
        Self { all, counts, explicit, members }
    }

    /// How many utterances a member has.
    pub(super) fn count(&self, member: usize) -> usize {
        self.counts[member]
    }

    /// How many utterances a member has that words beside them give to it.
    pub(super) fn explicit(&self, member: usize) -> usize {
        self.explicit[member]
    }

    /// Those of somebody that end before token `start`, the last first.
    pub(super) fn before(&self, start: usize) -> impl Iterator<Item = &Utterance> {
        let end = self.all.partition_point(|it| it.start < start);
        let near = self.all[..end].iter().rev().take(FARTHEST_NEIGHBOUR);
        near.filter(move |it| it.end <= start && it.member.is_some())
    }

    /// Those of somebody that begin at token `end` or behind it.
    pub(super) fn behind(&self, end: usize) -> impl Iterator<Item = &Utterance> {
        let first = self.all.partition_point(|it| it.start < end);
        self.all[first..].iter().take(FARTHEST_NEIGHBOUR).filter(|it| it.member.is_some())
    }

    /// The members that have one of the nearest before token `at` or behind it.
    pub(super) fn near(&self, at: usize) -> impl Iterator<Item = usize> {
        /// So many utterances to either side are near.
        const NEAR: usize = 16;
        let next = self.all.partition_point(|it| it.start < at);
        let first = next.saturating_sub(NEAR);
        let last = self.all.len().min(next + NEAR);
        self.all[first..last].iter().filter_map(|it| it.member)
    }

    /// How many members have one.
    pub(super) fn members(&self) -> usize {
        self.members
    }
}
