//! Reporting clauses: a cue (verb, *volgens*, *aldus*) and its subject.
//!
//! Dutch word order is the key. In a main clause the finite verb stands
//! second: what stands before it is the subject or, if anything else was put
//! first (a quotation, an adverb, a phrase), the subject follows the verb. In
//! a subordinate clause the subject follows the conjunction.

use std::ops::Range;

use super::scene::Scene;
use crate::lexicon::{self, Frame, Verb};
use crate::sources::{MentionKind, Reference, SourceKind};
use crate::syntax::Class;

/// What makes a clause a report.
#[derive(Debug, Clone, Copy)]
pub enum Cue {
    /// A reporting verb.
    Verb(&'static Verb),
    /// *volgens*.
    According,
    /// *aldus*, or *zo* before a source.
    Thus,
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
}

impl Clause {
    /// The verb, if the cue is one.
    #[must_use]
    pub fn verb(&self) -> Option<&'static Verb> {
        match self.kind {
            Cue::Verb(verb) => Some(verb),
            Cue::According | Cue::Thus => None,
        }
    }

    /// Whether the clause's verb introduces speech in `frame`; *volgens* and
    /// *aldus* do wherever they stand.
    #[must_use]
    pub fn takes(&self, frame: Frame) -> bool {
        self.verb().is_none_or(|verb| verb.takes(frame))
    }
}

/// How far behind its verb a subject may stand: *liet in een eerste reactie
/// gisteravond laat een woordvoerder weten*.
const SUBJECT_REACH: usize = 12;

pub(super) fn find(scene: &Scene<'_>) -> Vec<Clause> {
    let mut clauses = Vec::new();
    for (number, sentence) in scene.tokenized.sentences().iter().enumerate() {
        for stretch in stretches(scene, sentence.tokens.clone()) {
            for at in stretch.clone() {
                clauses.extend(clause_at(scene, at, &stretch, number));
            }
        }
    }
    clauses.sort_by_key(|clause| clause.cue);
    clauses
}

/// The runs of tokens of one host between colons and semicolons.
fn stretches(scene: &Scene<'_>, tokens: Range<usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
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
    found
}

fn clause_at(
    scene: &Scene<'_>,
    at: usize,
    stretch: &Range<usize>,
    sentence: usize,
) -> Option<Clause> {
    let (kind, subject) = match scene.word(at) {
        "volgens" => (Cue::According, Some(reference_from(scene, at + 1, stretch.end)?)),
        "aldus" => (Cue::Thus, reference_from(scene, at + 1, stretch.end)),
        // `"...", zo Jansen`: only with its source directly behind it.
        "zo" => (
            Cue::Thus,
            Some(starts_at(scene, at + 1, stretch.end).filter(|&n| is_source(scene, n))?),
        ),
        _ => {
            let verb = verb_at(scene, at, stretch)?;
            (Cue::Verb(verb), subject(scene, at, stretch))
        }
    };
    let negated = matches!(kind, Cue::Verb(_))
        && (at + 1..stretch.end.min(at + 4))
            .any(|token| matches!(scene.word(token), "niet" | "nooit"));
    Some(Clause {
        cue: at,
        kind,
        subject,
        sentence,
        stretch: stretch.clone(),
        host: scene.host[at],
        negated,
    })
}

fn is_source(scene: &Scene<'_>, reference: usize) -> bool {
    scene.cast.references[reference].kind != MentionKind::Pronoun
}

/// The mention that starts at token `at`.
fn starts_at(scene: &Scene<'_>, at: usize, limit: usize) -> Option<usize> {
    scene.cast.references_in(at..(at + 1).min(limit)).map(|(n, _)| n).next()
}

/// The mention that starts at `at`, or behind a word or two that its own words
/// do not cover: *volgens de altijd kritische Jansen*.
fn reference_from(scene: &Scene<'_>, at: usize, limit: usize) -> Option<usize> {
    const MODIFIERS: usize = 4;
    let (number, reference) = scene.cast.references_in(at..limit.min(at + MODIFIERS)).next()?;
    let plain = (at..reference.start).all(|token| {
        matches!(
            scene.tagged.class(token),
            Class::Word | Class::Determiner | Class::Adverb | Class::Number
        )
    });
    plain.then_some(number)
}

/// The reporting verb at token `at`, if that is a finite form of one, or an
/// auxiliary of one.
fn verb_at(scene: &Scene<'_>, at: usize, stretch: &Range<usize>) -> Option<&'static Verb> {
    let word = scene.word(at);
    let finite = lexicon::verbs_of_form(word);
    let auxiliary = scene.tagged.class(at) == Class::Auxiliary;
    if finite.is_empty() && !auxiliary {
        return lexicon::verbs_of_joined_form(word).first().copied();
    }
    if is_noun(scene, at, stretch) || is_infinitive(scene, at, stretch) {
        return None;
    }
    // The longer phrase is the likelier one: "laat weten" before "laat".
    // "uit" is a form of "uiten", but a preposition first.
    if scene.tagged.class(at) == Class::Preposition {
        return None;
    }
    let with_particle = finite
        .iter()
        .filter_map(|verb| Some((particle(scene, verb, at, stretch)?, *verb)))
        .max_by_key(|(words, _)| *words)
        .map(|(_, verb)| verb);
    with_particle
        .or_else(|| {
            let plain = finite.iter().find(|verb| verb.particles.is_empty()).copied()?;
            // "stelt het uit", "geeft op": the verb is another one.
            let separable = plain.over_triggers && ends_in_particle(scene, at, stretch);
            (!separable).then_some(plain)
        })
        .or_else(|| if auxiliary { verb_of_auxiliary(scene, at, stretch) } else { None })
}

/// Whether the clause of the verb at `at` ends in a word that splits off verbs.
fn ends_in_particle(scene: &Scene<'_>, at: usize, stretch: &Range<usize>) -> bool {
    let end = (at + 1..stretch.end)
        .find(|&token| matches!(scene.word(token), "," | ":" | ";" | "." | "!" | "?"))
        .unwrap_or(stretch.end);
    end > at + 1
        && matches!(
            scene.word(end - 1),
            "uit"
                | "af"
                | "in"
                | "op"
                | "aan"
                | "bij"
                | "voor"
                | "mee"
                | "om"
                | "door"
                | "terug"
                | "weg"
                | "neer"
                | "samen"
                | "tegen"
        )
}

/// Number of words of the verb's particle that stands behind `at`.
fn particle(scene: &Scene<'_>, verb: &Verb, at: usize, stretch: &Range<usize>) -> Option<usize> {
    let found = |words: &Vec<&str>| {
        let last = stretch.end.saturating_sub(words.len());
        (at + 1..=last)
            .any(|start| words.iter().enumerate().all(|(n, word)| scene.word(start + n) == *word))
    };
    verb.particles.iter().filter(|words| found(words)).map(Vec::len).max()
}

/// `heeft ... gezegd`, `wil ... benadrukken`: the verb at the clause's end.
fn verb_of_auxiliary(
    scene: &Scene<'_>,
    at: usize,
    stretch: &Range<usize>,
) -> Option<&'static Verb> {
    const PERFECT: [&str; 8] = ["heeft", "hebben", "had", "hadden", "heb", "werd", "wordt", "is"];
    const MODAL: [&str; 13] = [
        "wil", "wilde", "willen", "wilden", "kan", "kon", "moet", "moest", "zou", "zouden", "zal",
        "zullen", "mag",
    ];
    let word = scene.word(at);
    let rest = at + 1..stretch.end;
    let simple =
        |verbs: &'static [&'static Verb]| verbs.iter().find(|verb| !verb.over_triggers).copied();
    if PERFECT.contains(&word) {
        return rest
            .clone()
            .find_map(|token| simple(lexicon::verbs_of_participle(scene.word(token))));
    }
    if MODAL.contains(&word) {
        return rest.filter(|&token| scene.tagged.class(token) == Class::Reporting).find_map(
            |token| {
                let verb = simple(lexicon::verbs_of_form(scene.word(token)))?;
                (verb.lemma == scene.word(token) && verb.takes(Frame::That)).then_some(verb)
            },
        );
    }
    None
}

/// `het bericht`, `een vraag`: nouns that look like a verb form.
fn is_noun(scene: &Scene<'_>, at: usize, stretch: &Range<usize>) -> bool {
    let Some(before) = at.checked_sub(1).filter(|&before| before >= stretch.start) else {
        return false;
    };
    // "dat", "die" and "zijn" are determiners and more; before a verb form
    // that is no noun they are the more.
    let determiner = scene.tagged.class(before) == Class::Determiner
        && !matches!(scene.word(before), "dat" | "die" | "dit" | "zijn" | "veel" | "alle" | "deze");
    let preposition = scene.tagged.class(before) == Class::Preposition;
    determiner || preposition
}

/// `te zeggen`, `wil zeggen`: the form is finite only in a clause that has no
/// other finite verb.
fn is_infinitive(scene: &Scene<'_>, at: usize, stretch: &Range<usize>) -> bool {
    let word = scene.word(at);
    if !word.ends_with("en") {
        return false;
    }
    let before = at.checked_sub(1).filter(|&before| before >= stretch.start);
    if before.is_some_and(|before| scene.word(before) == "te") {
        return true;
    }
    let lemma = lexicon::verbs_of_form(word).iter().any(|verb| verb.lemma.ends_with(word));
    if !lemma {
        return false;
    }
    // The auxiliary of an infinitive stands in the same clause, before it.
    (stretch.start..at)
        .rev()
        .take_while(|&token| !matches!(scene.word(token), "," | "en" | "maar" | "of"))
        .any(|token| scene.tagged.class(token) == Class::Auxiliary)
}

/// Whether a mention can be a subject where it stands: not behind a
/// preposition, and no pronoun of the object.
fn can_be_subject(scene: &Scene<'_>, reference: &Reference, start: usize) -> bool {
    // "op Texel", "op de Leiemarkt".
    let mut before = reference.start;
    if before > start && scene.tagged.class(before - 1) == Class::Determiner {
        before -= 1;
    }
    let governed = before > start && scene.tagged.class(before - 1) == Class::Preposition;
    let object = reference.kind == MentionKind::Pronoun
        && matches!(scene.word(reference.start), "hem" | "'m" | "haar" | "hen" | "hun" | "'r");
    !governed && !object
}

/// The subject of the finite verb at `at`.
fn subject(scene: &Scene<'_>, at: usize, stretch: &Range<usize>) -> Option<usize> {
    let left: Vec<(usize, &Reference)> =
        scene.cast.references_in(stretch.start..at).filter(|(_, r)| r.end <= at).collect();
    let reach = stretch.end.min(at + 1 + SUBJECT_REACH);
    let can =
        |(_, reference): &&(usize, &Reference)| can_be_subject(scene, reference, stretch.start);
    let number = |(number, _): &(usize, &Reference)| *number;

    // Jansen zegt.
    let adjacent = left.last().filter(|(_, r)| r.end == at);
    if let Some(found) = adjacent.filter(can) {
        return Some(coordinated(scene, &left, number(found)));
    }
    // zegt Jansen; zegt ook Jansen.
    let right: Vec<(usize, &Reference)> = scene.cast.references_in(at + 1..reach).collect();
    let inverted = right.iter().find(|(_, r)| {
        can_be_subject(scene, r, stretch.start)
            && (at + 1..r.start).all(|token| matches!(scene.tagged.class(token), Class::Adverb))
    });
    // Jansen, directeur van X, zegt; Jansen (45) zegt; trainer Jansen van Ajax zegt.
    let first = left.iter().find(can).filter(|(_, r)| opens(scene, r.start, stretch.start));
    if let Some(found) = first.filter(|(_, r)| only_modifies(scene, r.end..at)) {
        return Some(number(found));
    }
    if let Some(found) = inverted {
        return Some(number(found));
    }
    // ... dat Jansen gisteren zei; ... die gisteren zei.
    let conjunction = (stretch.start..at).rev().find(|&token| {
        scene.tagged.class(token) == Class::Subordinator
            || matches!(scene.word(token), "dat" | "als" | "die")
    });
    if let Some(conjunction) = conjunction {
        let after = left
            .iter()
            .find(|(_, r)| r.start >= conjunction && can_be_subject(scene, r, stretch.start));
        if let Some(found) = after {
            return Some(number(found));
        }
    }
    // zei in een reactie een woordvoerder.
    let far = right.iter().find(|(_, r)| {
        can_be_subject(scene, r, stretch.start)
            && (at + 1..r.start).all(|token| {
                !matches!(scene.word(token), "," | "dat" | "of")
                    && scene.tagged.class(token) != Class::Subordinator
            })
    });
    // staat in een brief; viel te lezen in het persbericht.
    let document = right.iter().find(|(_, r)| {
        r.source_kind == SourceKind::Document
            && matches!(scene.word(r.start - 1), "in" | "uit" | "op")
            && (at + 1..r.start - 1).all(|token| scene.word(token) != ",")
    });
    far.map(number)
        .or_else(|| left.iter().rev().find(can).map(number))
        .or_else(|| document.map(number))
}

/// `Jansen en De Wit zeggen`: the first of the two stands for both.
fn coordinated(scene: &Scene<'_>, left: &[(usize, &Reference)], last: usize) -> usize {
    let [.., (before, other), (_, reference)] = left else { return last };
    let and = other.end + 1 == reference.start && scene.word(other.end) == "en";
    if and { *before } else { last }
}

/// Whether nothing but a connective stands between `start` and `at`.
fn opens(scene: &Scene<'_>, at: usize, start: usize) -> bool {
    (start..at).all(|token| {
        matches!(scene.tagged.class(token), Class::Coordinator | Class::Adverb | Class::Punctuation)
    })
}

/// Whether the tokens between a subject and its verb only say more of it: no
/// other finite verb, unless between commas.
fn only_modifies(scene: &Scene<'_>, tokens: Range<usize>) -> bool {
    if tokens.is_empty() {
        return true;
    }
    let first = scene.word(tokens.start);
    let last = scene.word(tokens.end - 1);
    let enclosed =
        matches!((first, last), ("," | "die" | "wie", ",") | ("(", ")")) && tokens.len() > 1;
    let finite =
        |token: usize| matches!(scene.tagged.class(token), Class::Auxiliary | Class::Reporting);
    enclosed || !tokens.clone().any(|token| finite(token) || scene.word(token) == ",")
}
