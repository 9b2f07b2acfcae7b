//! What rules look at: one document with all layers below, its reporting
//! clauses, and what is settled so far. Frozen while a rule runs.

use std::ops::Range;

use super::clauses::{self, Clause};
use super::engine::Verdict;
use super::reports::Report;
use super::shape::{self, Shape};
use super::speech::{self, Judgement};
use super::weighing::Weighing;
use crate::marks::Candidate;
use crate::sources::{Cast, Reference, SourceKind};
use crate::syntax::Tagged;
use crate::text::Document;
use crate::tokenize::{ByToken, Sentence, Tokenized};

/// A document as rules see it.
pub struct Scene<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its tokens.
    pub tokenized: &'a Tokenized,
    /// Classes of the tokens.
    pub tagged: &'a Tagged,
    /// Who is who.
    pub cast: &'a Cast,
    /// Spans in quotation marks.
    pub candidates: &'a [Candidate],
    /// Where each candidate stands, index for index.
    pub shapes: Vec<Shape>,
    /// Reporting clauses, in order of their cue.
    pub clauses: Vec<Clause>,
    /// Where their cues stand.
    cues: ByToken,
    /// Whether each candidate is speech, index for index.
    pub judgements: Vec<Judgement>,
    /// What is settled of each candidate, index for index.
    pub settled: Vec<Option<Verdict>>,
    /// What is reported without marks, in order of its start.
    pub reports: Vec<Report>,
    /// Whose each candidate could be, where no words say whose it is.
    pub(super) weighings: Vec<Option<Weighing>>,
    /// The innermost candidate around each token, its own marks included.
    pub(super) host: Vec<Option<usize>>,
    /// The candidates that lie in no other, in order.
    pub(super) outer: Vec<usize>,
}

impl<'a> Scene<'a> {
    /// Sets the scene: nothing is settled yet.
    pub(super) fn new(
        document: &'a Document,
        tokenized: &'a Tokenized,
        tagged: &'a Tagged,
        cast: &'a Cast,
        candidates: &'a [Candidate],
    ) -> Self {
        let mut scene = Self {
            document,
            tokenized,
            tagged,
            cast,
            candidates,
            shapes: Vec::new(),
            clauses: Vec::new(),
            cues: ByToken::default(),
            judgements: Vec::new(),
            settled: vec![None; candidates.len()],
            reports: Vec::new(),
            weighings: vec![None; candidates.len()],
            host: vec![None; tagged.len()],
            outer: (0..candidates.len()).filter(|&at| candidates[at].parent.is_none()).collect(),
        };
        scene.fill_hosts();
        scene.shapes = shape::shapes(&scene);
        scene.clauses = clauses::find(&scene);
        scene.cues = ByToken::new(tagged.len(), scene.clauses.iter().map(|clause| clause.cue));
        scene.judgements = speech::judge(&scene);
        scene
    }

    fn fill_hosts(&mut self) {
        for (at, candidate) in self.candidates.iter().enumerate() {
            for token in self.tokenized.tokens_in(candidate.span) {
                self.host[token] = Some(at);
            }
        }
    }

    /// The text of token `at`, in lower case.
    #[must_use]
    #[inline]
    pub fn word(&self, at: usize) -> &str {
        self.tagged.word(at)
    }

    /// The sentence that token `at` stands in, as an index.
    #[must_use]
    pub fn sentence_of(&self, at: usize) -> usize {
        self.tokenized.sentences().partition_point(|sentence| sentence.tokens.end <= at)
    }

    /// A sentence.
    #[must_use]
    pub fn sentence(&self, index: usize) -> &Sentence {
        &self.tokenized.sentences()[index]
    }

    /// The paragraph that token `at` stands in, as an index.
    #[must_use]
    pub fn paragraph_of(&self, at: usize) -> usize {
        self.sentence(self.sentence_of(at)).paragraph
    }

    /// The clauses of one sentence that stand in the same candidate as
    /// `candidate` itself does (outside all marks, for most).
    #[must_use]
    pub fn clauses_beside(
        &self,
        candidate: usize,
        sentence: usize,
    ) -> impl DoubleEndedIterator<Item = &Clause> {
        let host = self.candidates[candidate].parent;
        let tokens = &self.shapes[candidate].tokens;
        let near = tokens.start.saturating_sub(FARTHEST_CLAUSE)..tokens.end + FARTHEST_CLAUSE;
        let own = &self.sentence(sentence).tokens;
        let cues = own.start.max(near.start)..own.end.min(near.end);
        self.clauses_in(cues).iter().filter(move |clause| clause.host == host)
    }

    /// Whether a mention is the subject of a reporting clause.
    #[must_use]
    pub fn is_subject_of_report(&self, reference: usize) -> bool {
        let it = &self.cast.references[reference];
        let own = &self.sentence(it.sentence).tokens;
        let cues = own.start.max(it.start.saturating_sub(FARTHEST_CLAUSE))
            ..own.end.min(it.end + FARTHEST_CLAUSE);
        self.clauses_in(cues).iter().any(|clause| clause.subject == Some(reference))
    }

    /// The clauses of one sentence.
    #[must_use]
    pub fn clauses_of(&self, sentence: usize) -> impl DoubleEndedIterator<Item = &Clause> {
        self.clauses_in(self.sentence(sentence).tokens.clone()).iter()
    }

    /// The clauses whose cue stands in `tokens`.
    pub(super) fn clauses_in(&self, tokens: Range<usize>) -> &[Clause] {
        &self.clauses[self.cues.in_tokens(tokens)]
    }

    /// The clause whose cue is token `at`.
    pub(super) fn clause_with_cue(&self, at: usize) -> Option<&Clause> {
        self.clauses_in(at..at + 1).first()
    }

    /// The member whom mention `reference` refers to.
    #[must_use]
    pub fn member(&self, reference: usize) -> Option<usize> {
        self.cast.member_of[reference]
    }

    /// Whether `candidate` is settled as speech, and of whom.
    #[must_use]
    pub fn speaker(&self, candidate: usize) -> Option<usize> {
        self.settled[candidate].as_ref().and_then(|verdict| verdict.speech()).and_then(|s| s.member)
    }

    /// The last candidate of the same level that ends before `candidate` does
    /// and is settled as speech of someone.
    #[must_use]
    pub fn last_speech_before(&self, candidate: usize) -> Option<usize> {
        let parent = self.candidates[candidate].parent;
        (0..candidate)
            .rev()
            .take(FARTHEST_NEIGHBOUR)
            .take_while(|&other| Some(other) != parent)
            .find(|&other| self.candidates[other].parent == parent && self.speaker(other).is_some())
    }

    /// The innermost report that reaches over `candidate`.
    pub(super) fn report_around(&self, candidate: usize) -> Option<&Report> {
        let tokens = &self.shapes[candidate].tokens;
        let first = self.reports.partition_point(|report| report.tokens.start <= tokens.start);
        let before = self.reports[..first].iter().rev().take(FARTHEST_NEIGHBOUR);
        before.into_iter().find(|report| report.tokens.end >= tokens.end)
    }

    /// Candidates of no verdict yet that can be speech, outermost first.
    pub fn open(&self) -> impl Iterator<Item = usize> {
        (0..self.candidates.len()).filter(|&candidate| self.settled[candidate].is_none())
    }
}

/// A clause farther from a candidate than this, in tokens, has nothing to do
/// with it; a sentence of a million words would take time by the square.
const FARTHEST_CLAUSE: usize = 200;

/// The same of another candidate, in candidates.
pub(super) const FARTHEST_NEIGHBOUR: usize = 100;

/// Whether a mention can be who speaks without a reporting clause of its own:
/// anyone, but no document.
pub(super) fn can_speak(reference: &Reference) -> bool {
    reference.source_kind != SourceKind::Document
}
