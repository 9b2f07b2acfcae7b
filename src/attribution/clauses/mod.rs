//! Reporting clauses: a cue (verb, *volgens*, *aldus*) and its subject.
//!
//! Dutch word order is the key. In a main clause the finite verb stands
//! second: what stands before it is the subject or, if anything else was put
//! first (a quotation, an adverb, a phrase), the subject follows the verb. In
//! a subordinate clause the subject follows the conjunction and the verb comes
//! last. A clause has one finite verb, so that a word behind one, with no edge
//! of a clause between them, is a noun or an infinitive. [`cue`] finds the verb,
//! [`subject`] its subject.

use std::ops::Range;

use super::scene::Scene;
use crate::lexicon::{Frame, Verb};
use crate::syntax::Class;

mod around;
mod cue;
mod subject;
mod wording;

pub(super) use around::around;
pub(super) use cue::{brackets, governs, is_afterthought, may_be_verb};

/// What makes a clause a report.
#[derive(Debug, Clone, Copy)]
pub enum Cue {
    /// A reporting verb.
    Verb(&'static Verb),
    /// *volgens*, *luidens*.
    According,
    /// *aldus*, *dixit*, or *zo* before a source.
    Thus,
    /// *naar eigen zeggen*, *in de ogen van*, *wat hem betreft*: no word of these
    /// is a cue as labels have it.
    Wording,
}

/// A reporting clause.
#[derive(Debug, Clone)]
pub struct Clause {
    /// The token of the finite verb, *volgens* or *aldus*.
    pub cue: usize,
    /// What kind of cue that is.
    pub kind: Cue,
    /// The mention that is its subject, as an index into the cast's.
    pub subject: Option<usize>,
    /// Its sentence, as an index.
    pub sentence: usize,
    /// The stretch of the sentence around it that no quotation, colon or
    /// semicolon interrupts.
    pub stretch: Range<usize>,
    /// The candidate that it stands in.
    pub host: Option<usize>,
    /// Whether the verb is negated or only imagined: *zegt niet*.
    pub negated: bool,
    /// Whether it is a subordinate clause: *toen hij vroeg*.
    pub subordinate: bool,
}

impl Clause {
    /// The verb, if the cue is one.
    #[must_use]
    pub fn verb(&self) -> Option<&'static Verb> {
        match self.kind {
            Cue::Verb(verb) => Some(verb),
            Cue::According | Cue::Thus | Cue::Wording => None,
        }
    }

    /// Whether its cue is a word that labels have for one.
    #[must_use]
    pub fn has_cue_word(&self) -> bool {
        !matches!(self.kind, Cue::Wording)
    }

    /// Whether the clause's verb introduces speech in `frame`; *volgens* and
    /// *aldus* do wherever they stand.
    #[must_use]
    pub fn takes(&self, frame: Frame) -> bool {
        self.verb().is_none_or(|verb| verb.takes(frame))
    }
}

/// The subject of the finite verb at `at`, a reporting one or not, in the
/// stretch of text around it.
pub(super) fn subject_of(scene: &Scene<'_>, at: usize, stretch: &Range<usize>) -> Option<usize> {
    let place = cue::place(scene, at, stretch, &[]);
    subject::of_verb(scene, at, stretch, place.subordinator)
}

/// How many tokens behind a cue the conjunction of its content is looked for.
const LONGEST_CONTENT: usize = 200;

/// Questions about a clause in its scene.
impl Clause {
    /// Whether it follows what it reports: *..., zegt Jansen*.
    pub(super) fn closes(&self, scene: &Scene<'_>) -> bool {
        let behind = self.cue > 0
            && (matches!(scene.word(self.cue - 1), "," | "zo")
                || scene.host[self.cue - 1] != scene.host[self.cue]);
        behind
            && self.subject.is_some_and(|n| scene.cast.references[n].start >= self.cue)
            && !self.follows_fronted(scene)
    }

    /// `Toen Jansen kwam, wisten buren genoeg`: a verb that commonly does not
    /// report, behind nothing but a subordinate clause, or behind a source whose words
    /// it belongs to: `Volgens Jansen, die het zag, hoort de brug er nog bij`.
    fn follows_fronted(&self, scene: &Scene<'_>) -> bool {
        let first = self.stretch.start;
        let fronted = scene.tagged.class(first) == Class::Subordinator
            || matches!(scene.word(first), "als" | "toen" | "nu");
        let over = self.verb().is_some_and(|verb| verb.over_triggers);
        let commas = (first..self.cue).filter(|&at| scene.word(at) == ",").count();
        over && (fronted && commas == 1 || scene.word(first) == "volgens" && commas <= 2)
    }

    /// Whether it reports what its subject says or thinks by itself, with no
    /// quotation next to it: a verb that commonly means something else needs a
    /// clause of content, and one of manner reports only a quotation.
    pub(super) fn reports(&self, scene: &Scene<'_>) -> bool {
        let Some(verb) = self.verb() else { return true };
        if self.closes(scene) {
            return true;
        }
        let content = verb.takes(Frame::That) || verb.takes(Frame::Whether);
        if !verb.over_triggers {
            let by_itself = verb.takes(Frame::Before) && !verb.takes(Frame::Manner);
            return content || verb.takes(Frame::To) || by_itself;
        }
        let conjunction = (self.cue + 1..self.stretch.end)
            .take(LONGEST_CONTENT)
            .any(|at| matches!(scene.word(at), "dat" | "of" | "hoe" | "waarom"));
        // "noemt de familie «een begrip» en belooft ...": in the same sentence.
        let end = scene.sentence(self.sentence).tokens.end;
        let fragment = verb.takes(Frame::Fragment)
            && self.stretch.end < end
            && scene.host[self.stretch.end] != self.host;
        content && conjunction || fragment
    }
}

pub(super) fn find(scene: &Scene<'_>) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let mut found = Vec::new();
    for (number, sentence) in scene.tokenized.sentences().iter().enumerate() {
        found.clear();
        stretches(scene, sentence.tokens.clone(), &mut found);
        for stretch in &found {
            let first = clauses.len();
            for at in stretch.clone() {
                if let Some(clause) = clause_at(scene, at, stretch, number, &clauses[first..]) {
                    clauses.push(clause);
                }
            }
        }
    }
    clauses.sort_by_key(|clause| clause.cue);
    clauses
}

/// Finds the runs of tokens of one host between colons and semicolons.
fn stretches(scene: &Scene<'_>, tokens: Range<usize>, found: &mut Vec<Range<usize>>) {
    let breaks = |at: usize| matches!(scene.word(at), ":" | ";");
    for at in tokens {
        match found.last_mut() {
            Some(last)
                if last.end == at && scene.host[at - 1] == scene.host[at] && !breaks(at - 1) =>
            {
                last.end = at + 1;
            }
            _ => found.push(at..at + 1),
        }
    }
}

/// The clause whose cue is token `at`; `earlier` are those before it in the
/// stretch.
fn clause_at(
    scene: &Scene<'_>,
    at: usize,
    stretch: &Range<usize>,
    sentence: usize,
    earlier: &[Clause],
) -> Option<Clause> {
    let mut subordinate = false;
    let (kind, subject) = match scene.word(at) {
        "volgens" | "luidens" | "blijkens" => {
            (Cue::According, Some(subject::named_from(scene, at + 1, stretch.end)?))
        }
        "aldus" => (Cue::Thus, subject::named_from(scene, at + 1, stretch.end)),
        "dixit" => (Cue::Thus, subject::beside(scene, at, stretch)),
        // `"...", zo Jansen`: only with its source directly behind it.
        "zo" => (Cue::Thus, Some(subject::description_at(scene, at + 1, stretch.end)?)),
        // `naar eigen zeggen`, `in de ogen van Jansen`, `wat hem betreft`.
        _ if let Some(subject) = wording::subject_at(scene, at, stretch) => {
            (Cue::Wording, Some(subject))
        }
        _ if !cue::may_be_verb(scene, at) => return None,
        _ => {
            let place = cue::place(scene, at, stretch, earlier);
            let found = cue::verb_at(scene, at, stretch, &place)?;
            subordinate = place.subordinator.is_some();
            let subject = if found.passive {
                subject::of_passive(scene, at, stretch)
            } else {
                subject::of_verb(scene, at, stretch, place.subordinator)
            };
            (Cue::Verb(found.verb), subject)
        }
    };
    let negated = matches!(kind, Cue::Verb(_))
        && (at + 1..stretch.end.min(at + 4))
            .take_while(|&token| !matches!(scene.word(token), "dat" | "of"))
            .any(|token| matches!(scene.word(token), "niet" | "nooit"));
    Some(Clause {
        cue: at,
        kind,
        subject,
        sentence,
        stretch: stretch.clone(),
        host: scene.host[at],
        negated,
        subordinate,
    })
}
