//! Verbs that can introduce reported content, with their parts and subjects.

use std::ops::Range;

use super::super::clauses;
use super::super::quotation::Modality;
use super::Report;
use super::content::{Opening, Order, opening, sentence_start};
use super::level::{Level, opens_subordinate};
use super::verb_parts::{Reading, can_be_read, readings};
use crate::lexicon::{self, Frame, Stance, Verb};
use crate::sources::SourceKind;
use crate::syntax::{Class, Pos};

/// A finite verb (or its auxiliary) that can introduce content.
pub(super) struct Introducer<'s> {
    /// The finite verb.
    pub(super) cue: usize,
    /// The reporting verb.
    pub(super) verb: &'static Verb,
    /// The last token of what belongs to the verb: particle, participle.
    pub(super) parts_end: usize,
    /// Its subject, as an index into the cast's mentions.
    pub(super) subject: Option<usize>,
    /// Where it stands.
    pub(super) level: &'s Level<'s>,
    /// Where the finite verb was read; none for an infinitive behind *door te*.
    reading: Option<&'s Reading>,
}

impl Introducer<'_> {
    /// The report of `tokens` under this verb.
    pub(super) fn report(&self, tokens: Range<usize>, confidence: f32) -> Report {
        let negated = self.is_negated(tokens.start);
        let report =
            Report::new(self.level.scene, tokens, Some(self.cue), self.subject, confidence)
                .with_stance(self.verb.stance);
        let modality = if negated { Some(Modality::Negated) } else { report.modality };
        Report { modality, ..report }
    }

    /// What opens the content behind the verb, and where, as [`opening`] has it.
    pub(super) fn opening(&self) -> Option<(Opening, usize)> {
        match self.reading {
            Some(reading) => reading.opening(self.level, self.cue),
            None => opening(self.level, self.cue + 1, self.parts_end),
        }
    }

    /// Whether the verb says that the content at `start` was expressed: not
    /// where it is negated, unless its negation is a stance of its own (`denkt
    /// niet dat`, `sluit niet uit dat`).
    pub(super) fn is_asserted(&self, start: usize) -> bool {
        // "Wie wil dat ...", "mensen die willen dat ...": nobody in particular.
        let general = self.verb.lemma == "willen"
            && self.cue.checked_sub(1).is_some_and(|at| self.level.get(at) == Some("die"));
        if !self.can_report() || self.is_questioned() || general {
            return false;
        }
        !self.is_negated(start)
            || matches!(
                self.verb.stance,
                Stance::Feel | Stance::Expect | Stance::Demand | Stance::Deny
            )
    }

    /// Whether the verb stands in a clause with *of*: `de vraag of hij vindt dat`.
    fn is_questioned(&self) -> bool {
        let level = self.level;
        (level.range.start..self.cue)
            .rev()
            .take_while(|&at| !matches!(level.get(at), Some("," | ":" | "dat" | "en" | "maar")))
            .find(|&at| level.get(at) == Some("of"))
            .is_some_and(|of| !(of + 1..self.cue).any(|at| level.is_finite(at)))
    }

    /// Whether the verb is negated before the content at `start`.
    fn is_negated(&self, start: usize) -> bool {
        // "sluit niet uit": the verb has its own.
        if self.verb.lemma.starts_with("niet ") {
            return false;
        }
        // "die niet wil zeggen of", "dat hij niet mag vertellen hoe"
        let before = self.cue.checked_sub(1).and_then(|at| self.level.get(at));
        matches!(before, Some("niet" | "nooit"))
            || (self.cue + 1..start).any(|at| {
                matches!(self.level.get(at), Some("niet" | "nooit" | "niets" | "geen" | "nergens"))
                    && !matches!(self.level.get(at + 1), Some("alleen" | "enkel"))
            })
    }

    /// Whether the verb's noun objects stand between it and `start`: *kondigde
    /// een reorganisatie aan om*, where the infinitive tells what for.
    pub(super) fn has_object(&self, start: usize) -> bool {
        const PHRASE: usize = 4;
        let level = self.level;
        let subject = self.subject.map(|subject| &level.scene.cast.references[subject]);
        (self.cue + 1..start).any(|at| {
            level.get(at).is_some()
                && level.scene.tagged.pos(at) == Pos::Noun
                && subject.is_none_or(|it| at < it.start || at >= it.end)
                && !(at.saturating_sub(PHRASE)..at).any(|token| {
                    level.get(token).is_some() && level.class(token) == Class::Preposition
                })
        })
    }

    /// Whether a noun with *het* that is no source stands before the particle that
    /// *dat* follows: the clause is that noun's.
    pub(super) fn has_neuter_object(&self, dat: usize) -> bool {
        let level = self.level;
        let noun = self.parts_end.wrapping_sub(1);
        self.parts_end + 1 == dat
            && noun > self.cue + 1
            && level.get(noun - 1) == Some("het")
            && level.scene.tagged.pos(noun) == Pos::Noun
            && !level
                .scene
                .cast
                .references_in(noun.saturating_sub(2)..noun + 1)
                .any(|(_, r)| r.end > noun)
    }

    fn can_report(&self) -> bool {
        self.subject.is_some_and(|subject| can_report(self.level, self.verb, subject))
    }

    /// Whether the reporting clause is itself subordinate and stands before its
    /// main clause: *Toen hij vroeg ...*.
    pub(super) fn order(&self) -> Order {
        if self.is_fronted() { Order::Fronted } else { Order::Subordinate }
    }

    fn is_fronted(&self) -> bool {
        let start = sentence_start(self.level);
        if self.is_relative(start) {
            return true;
        }
        start < self.cue
            && self.level.get(start).is_some_and(|word| opens_subordinate(word) || word == "nu")
            && !(start..self.cue).any(|at| self.level.get(at) == Some(","))
    }

    /// `Smit, die vermoedt dat het mag, hoopt ...`: a relative clause before the
    /// verb of its sentence.
    fn is_relative(&self, start: usize) -> bool {
        let level = self.level;
        let finite = |at: usize| level.is_finite(at);
        let opens = (start..self.cue).rev().find(|&at| level.get(at) == Some("die"));
        opens.is_some_and(|die| {
            die > start && level.get(die - 1) == Some(",") && !(start..self.cue).any(finite)
        })
    }

    /// `vindt het onzin dat`: where the judgement begins.
    pub(super) fn judgement_start(&self, dat: usize) -> Option<usize> {
        let judges = matches!(self.verb.lemma, "vinden" | "noemen" | "achten");
        let from = self.cue + 1;
        judges.then(|| (from..dat).find(|&at| self.level.get(at) == Some("het"))).flatten()
    }

    /// `noemt het opvallend dat`: without its judgement the verb reports no
    /// clause.
    pub(super) fn needs_judgement(&self) -> bool {
        matches!(self.verb.lemma, "noemen" | "achten")
    }

    /// One past a phrase at `at` that tells where, when or to whom something
    /// was said: *in een reactie*, *op Twitter*, *tegen de NOS*.
    pub(super) fn phrase_of_saying(&self, at: usize) -> Option<usize> {
        let level = self.level;
        if !matches!(
            level.get(at)?,
            "in" | "op" | "via" | "tegen" | "tegenover" | "bij" | "na" | "tijdens" | "aan"
        ) {
            return None;
        }
        // "zei tegen de krant", "zei tegen Jansen": whoever it is.
        if matches!(level.get(at), Some("tegen" | "tegenover")) {
            let (_, hearer) = level.scene.cast.references_in(at + 1..at + 3).next()?;
            return Some(hearer.end);
        }
        let mut head = at + 1;
        while head < level.range.end && level.class(head) == Class::Determiner {
            head += 1;
        }
        if level.class(head) == Class::Word
            && level.get(head)?.ends_with('e')
            && !lexicon::is_speech_noun(level.word(head))
            && head > at + 1
        {
            head += 1;
        }
        let word = level.get(head)?;
        let span = level.scene.tokenized.tokens()[head].span;
        let known = lexicon::is_speech_noun(word)
            || lexicon::is_medium(span.of_text(level.scene.document.text()));
        known.then_some(head + 1)
    }
}

/// Whether the verb reports what `subject` says: in what somebody says only if
/// another is plainly said to have said something.
pub(super) fn can_report(level: &Level<'_>, verb: &Verb, subject: usize) -> bool {
    let scene = level.scene;
    let reference = &scene.cast.references[subject];
    let kind = reference.source_kind;
    // "In het rapport is te lezen dat": a rule of its own.
    let governed = reference.start > level.range.start
        && level.get(reference.start - 1).is_some()
        && level.class(reference.start - 1) == Class::Preposition;
    if kind == SourceKind::Document && governed {
        return false;
    }
    if verb.proves && kind != SourceKind::Document && verb.lemma != "zien" {
        return false;
    }
    let Some(host) = level.host else { return true };
    let says =
        matches!(verb.stance, Stance::Neutral | Stance::Ask | Stance::Claim) && !verb.over_triggers;
    let other = scene.member(subject).is_some() && scene.member(subject) != scene.speaker(host);
    says && other
}

/// The verbs of the document that take content in `frame`.
pub(super) fn introducers<'s>(
    level: &'s Level<'s>,
    frame: Frame,
) -> impl Iterator<Item = Introducer<'s>> {
    let places = level.verbs().places.iter().copied();
    places.filter(|&at| !level.is_opaque(at)).filter_map(move |at| introducer(level, at, frame))
}

pub(super) fn introducer<'s>(
    level: &'s Level<'s>,
    at: usize,
    frame: Frame,
) -> Option<Introducer<'s>> {
    if let Some(introducer) = by_saying(level, at, frame) {
        return Some(introducer);
    }
    let verbs = &level.verbs().finite;
    let it = &verbs[verbs.binary_search_by_key(&at, |it| it.at).ok()?];
    let reading = it.readings.iter().find(|reading| reading.verb.takes(frame))?;
    let &Reading { verb, parts_end, .. } = reading;
    if !it.narrates && (it.generic || verb.is_first_person(level.word(at))) {
        return None;
    }
    let reading = Some(reading);
    Some(Introducer { cue: at, verb, parts_end, subject: it.subject, level, reading })
}

/// The verbs of a level that can report.
#[derive(Clone)]
pub(super) struct Verbs {
    /// The finite ones, in their order.
    finite: Vec<FiniteVerb>,
    /// Where one stands, infinitives behind *door te* among them, in order.
    places: Vec<usize>,
}

impl Verbs {
    pub(super) fn of(level: &Level<'_>) -> Self {
        let possible = level.range.clone().filter(|&at| can_be_read(level, at));
        let finite: Vec<FiniteVerb> = possible.filter_map(|at| FiniteVerb::at(level, at)).collect();
        let mut places: Vec<usize> = finite.iter().map(|verb| verb.at).collect();
        places.extend(level.range.clone().filter(|&at| is_behind_door_te(level, at)));
        places.sort_unstable();
        places.dedup();
        Self { finite, places }
    }
}

/// A finite verb that can report, with all that does not depend on the content
/// that a rule looks for.
#[derive(Clone)]
pub(super) struct FiniteVerb {
    at: usize,
    /// The reporting verbs that it can be part of, as [`readings`] has them.
    readings: Vec<Reading>,
    /// Whether its subject is the one who tells.
    narrates: bool,
    /// Whether its subject is no one in particular.
    generic: bool,
    /// Its subject, as an index into the cast's mentions.
    subject: Option<usize>,
}

impl FiniteVerb {
    fn at(level: &Level<'_>, at: usize) -> Option<Self> {
        let readings = readings(level, at);
        (!readings.is_empty()).then(|| Self {
            at,
            readings,
            narrates: is_narrator(level, at),
            generic: is_generic(level, at),
            subject: clauses::subject_of(level.scene, at, &around(level, at)),
        })
    }
}

/// *Hij stelde haar gerust door te zeggen dat*: the infinitive at `at` has the
/// subject of the clause around it.
fn by_saying<'s>(level: &'s Level<'s>, at: usize, frame: Frame) -> Option<Introducer<'s>> {
    if !is_behind_door_te(level, at) {
        return None;
    }
    let before = at - 2;
    let word = level.get(at)?;
    let verb = level.scene.tagged.verbs(at).iter().copied().find(|verb| {
        verb.lemma == word && verb.takes(frame) && !verb.factive && !verb.over_triggers
    })?;
    let finite = (level.range.start..before).find(|&token| level.is_finite(token))?;
    let subject = clauses::subject_of(level.scene, finite, &around(level, finite));
    Some(Introducer { cue: at, verb, parts_end: at, subject, level, reading: None })
}

fn is_behind_door_te(level: &Level<'_>, at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|before| level.get(before));
    // The class first: each token is asked, and few stand behind a preposition.
    at > 0
        && level.class(at - 1) == Class::Preposition
        && before(1) == Some("te")
        && before(2) == Some("door")
}

/// Whether the subject of the verb at `at` is no one in particular, or the one
/// who tells: *ik denk dat*, *we zien dat*, *wie denkt dat*.
fn is_generic(level: &Level<'_>, at: usize) -> bool {
    const REACH: usize = 8;
    let generic = |token: usize| {
        level.get(token).is_some_and(|word| {
            matches!(
                word,
                "ik" | "'k"
                    | "we"
                    | "wij"
                    | "je"
                    | "jij"
                    | "jullie"
                    | "u"
                    | "gij"
                    | "ge"
                    | "men"
                    | "iedereen"
                    | "niemand"
                    | "iemand"
            ) || word == "wie" && !is_governed(level, token)
        })
    };
    // "De bond roept iedereen op": the one before the verb is its subject.
    let has_subject = at > level.range.start
        && level.scene.cast.references_in(at.saturating_sub(REACH)..at).any(|(_, r)| r.end == at);
    // Behind the verb, or between it and the beginning of its clause.
    !has_subject && generic(at + 1)
        || !has_subject
            && level.get(at + 1).is_some()
            && level.class(at + 1) == Class::Adverb
            && generic(at + 2)
        || (at.saturating_sub(REACH).max(level.range.start)..at)
            .rev()
            .take_while(|&token| {
                !matches!(level.get(token), Some("," | "en" | "maar" | "dat" | ":" | "of"))
            })
            .any(generic)
}

/// Whether *ik* stands beside the verb at `at` in the reporter's own words: the
/// writer of a column tells an opinion. Who speaks in marks is known already.
fn is_narrator(level: &Level<'_>, at: usize) -> bool {
    let beside = |token: usize| level.get(token) == Some("ik");
    level.host.is_none()
        && (beside(at + 1)
            || beside(at.wrapping_sub(1))
            || beside(at.wrapping_sub(2)) && level.class(at - 1) == Class::Adverb)
}

/// *van wie hij vermoedt dat*
fn is_governed(level: &Level<'_>, at: usize) -> bool {
    at > level.range.start && level.class(at - 1) == Class::Preposition
}

/// The part of the level around `at` that its subject is looked for in.
fn around(level: &Level<'_>, at: usize) -> Range<usize> {
    const BEFORE: usize = 60;
    const BEHIND: usize = 40;
    level.range.start.max(at.saturating_sub(BEFORE))..level.range.end.min(at + BEHIND)
}
