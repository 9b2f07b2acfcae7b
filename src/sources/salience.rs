//! How prominent those whom an article mentions are at one place of it: the
//! nearer, the more often a subject or a speaker, the more likely a pronoun or
//! a bare description means them. What pronouns and descriptions demand beside
//! that is told where each is resolved.

use super::cast::Cast;
use super::mentions::{Reading, Reference};
use super::{Gender, MentionKind, SourceKind};
use crate::lexicon::{self, Stance};
use crate::marks::Candidate;
use crate::syntax::Class;
use crate::text::Span;
use crate::tokenize::Tokenized;

/// How many sentences of the reporter back a pronoun reaches.
pub(super) const REACH: usize = 8;

/// What one sentence of the reporter's between costs, against which the others
/// are set. Most were fitted to labelled articles, one after the other.
const SENTENCE: f32 = 1.4;
/// What one paragraph's edge between costs beside it.
const PARAGRAPH: f32 = 0.5;
/// The last mention is the one that its sentence is about.
const SUBJECT: f32 = 0.8;
/// The last mention stands right beside a reporting verb, as its subject.
const SPEAKER: f32 = 0.5;
/// The last mention stands behind a preposition.
const OBLIQUE: f32 = 0.4;
/// The last mention was a pronoun too: the topic goes on.
const TOPIC: f32 = 0.3;
/// The gender is known to agree, not merely unknown. Not fitted: names that no
/// list has are as near as others.
const AGREES: f32 = 0.5;
/// The same of a description whose noun has a gender: *de winnares* is chosen for
/// a woman whom the text has shown to be one.
const AGREES_DESCRIBED: f32 = 1.2;
/// Each earlier mention, up to three.
const MENTIONED: f32 = 0.3;
/// Unnamed people are seldom what a pronoun goes back to when a person was
/// named as near.
const UNNAMED: f32 = 0.5;
/// A body is seldom *hij* or *zij*, and *ze* are its people only at times.
const BODY: f32 = 1.2;
/// A place is so all the more.
const PLACE: f32 = 3.0;
/// The mention stands in what the pronoun's clause reports: `Bakker komt niet,
/// zegt hij`.
const REPORTED: f32 = 1.5;
/// The mention is what the clause with *volgens* and the pronoun is about: `Bakker is
/// volgens hem te laat`.
const TOLD_OF: f32 = 4.0;
/// The mention announces the quotation that the pronoun's clause closes: `Ook
/// Bakker: "Ik kom niet", zegt hij`.
const ANNOUNCES: f32 = 1.5;
/// The last mention stands in marks that hold no more than a term or a title.
const MARKED: f32 = 1.5;
/// The quotation that the pronoun's clause closes names them: `"Bakker was te laat",
/// zei hij`.
const NAMED: f32 = 2.0;
/// The last mention asks something, and the pronoun's clause closes what was said
/// next: whoever was asked answers.
const ASKS: f32 = 1.0;
/// The same of who asked right before a verb of answering.
const ASKED: f32 = 2.5;
/// Nothing but the recognizer says that the name is a person's.
const UNSURE_PERSON: f32 = 0.5;

/// Where mentions and sentences stand, as far as salience rests on it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Places {
    /// Whether each mention is the one that its sentence is about.
    leads: Vec<bool>,
    /// How many sentences, up to and with each, the reporter tells: those that
    /// lie in marks from their first word to their last do not count.
    told: Vec<usize>,
    /// One past the last token of the quotation that each mention announces: only
    /// a colon stands between.
    announces: Vec<Option<usize>>,
    /// Whether each mention stands in marks, however little these hold.
    marked: Vec<bool>,
    /// The quotation that the clause of each mention closes: nothing but its verb
    /// stands between.
    closes: Vec<Option<Span>>,
}

impl Places {
    pub(super) fn of(
        reading: &Reading<'_>,
        references: &[Reference],
        quoted: &[bool],
        candidates: &[Candidate],
    ) -> Self {
        let outer: Vec<Span> =
            candidates.iter().filter(|c| c.parent.is_none()).map(|c| c.span).collect();
        let ends: Vec<usize> =
            outer.iter().map(|&span| reading.tokenized.tokens_in(span).end).collect();
        Self {
            leads: leads(reading, references, quoted),
            told: told(reading.tokenized, &outer),
            announces: announces(reading, references, &outer, &ends),
            marked: references.iter().map(|r| is_marked(&outer, r.span)).collect(),
            closes: references.iter().map(|r| closed(reading, r, &outer, &ends)).collect(),
        }
    }

    /// A mention inside another: its sentence is about that one.
    pub(super) fn add_inner(&mut self) {
        self.leads.push(false);
        self.announces.push(None);
        self.marked.push(false);
        self.closes.push(None);
    }

    /// A mention that stands where mention `other` does.
    pub(super) fn copy(&mut self, other: usize) {
        self.leads.push(self.leads[other]);
        self.announces.push(self.announces[other]);
        self.marked.push(self.marked[other]);
        self.closes.push(self.closes[other]);
    }
}

/// Whether one of the spans, in order and apart, contains `mention`.
fn is_marked(outer: &[Span], mention: Span) -> bool {
    let next = outer.partition_point(|span| span.end() < mention.end());
    outer.get(next).is_some_and(|span| span.contains(mention))
}

/// How many sentences, up to and with each, are not in marks as a whole.
fn told(tokenized: &Tokenized, outer: &[Span]) -> Vec<usize> {
    let mut count = 0;
    let sentences = tokenized.sentences().iter();
    let told = sentences.map(|sentence| {
        let next = outer.partition_point(|span| span.end() < sentence.span.end());
        let inside = outer.get(next).is_some_and(|span| span.contains(sentence.span));
        count += usize::from(!inside);
        count
    });
    told.collect()
}

/// Whether each mention is the one that its sentence is about: the subject of a
/// report that closes it, else the first outside quotations that no preposition
/// governs, else the first.
fn leads(reading: &Reading<'_>, references: &[Reference], quoted: &[bool]) -> Vec<bool> {
    let mut leads = vec![false; references.len()];
    let mut start = 0;
    while start < references.len() {
        let sentence = references[start].sentence;
        let end = start + references[start..].partition_point(|r| r.sentence == sentence);
        let mut told = (start..end).filter(|&n| !quoted[n]);
        let closing = told.clone().rev().find(|&n| closes_report(reading, &references[n]));
        let free = told.clone().find(|&n| !is_oblique(reading, &references[n]));
        if let Some(lead) = closing.or(free).or_else(|| told.next()) {
            leads[lead] = true;
        }
        start = end;
    }
    leads
}

/// The quotation that each mention announces, as one past its last token; `ends` has
/// that of each outer one.
fn announces(
    reading: &Reading<'_>,
    references: &[Reference],
    outer: &[Span],
    ends: &[usize],
) -> Vec<Option<usize>> {
    let found = references.iter().map(|reference| {
        let colon = reference.end;
        if colon + 1 >= reading.tagged.len() || reading.tagged.word(colon) != ":" {
            return None;
        }
        let mark = reading.tokenized.tokens()[colon + 1].span.start();
        let at = outer.binary_search_by_key(&mark, |span| span.start()).ok()?;
        Some(ends[at])
    });
    found.collect()
}

/// The quotation that ends before a mention with nothing between but a comma, a verb
/// and a word or two, up to the end of the one that goes on behind its sentence.
fn closed(
    reading: &Reading<'_>,
    reference: &Reference,
    outer: &[Span],
    ends: &[usize],
) -> Option<Span> {
    /// *, zo zegt ook*.
    const GAP: usize = 4;
    let next = outer.partition_point(|span| span.end() <= reference.span.start());
    let last = next.checked_sub(1)?;
    let (span, end) = (outer[last], ends[last]);
    let between = end..reference.start;
    let reports = between.len() <= GAP
        && between.into_iter().any(|at| {
            let class = reading.tagged.class(at);
            class == Class::Reporting
                || class == Class::Auxiliary && !reading.tagged.verbs(at).is_empty()
        });
    if !reports && reading.tagged.word(end) != "aldus" {
        return None;
    }
    let sentences = reading.tokenized.sentences();
    let goes_on = outer.get(next).copied().filter(|other| {
        let own = &sentences[reference.sentence];
        sentences.get(reference.sentence + 1).is_some_and(|behind| {
            behind.paragraph == own.paragraph && behind.span.start() == other.start()
        })
    });
    Some(goes_on.map_or(span, |other| span.cover(other)))
}

/// Whether a mention stands behind a preposition that makes it no subject and no
/// source.
pub(super) fn is_oblique(reading: &Reading<'_>, reference: &Reference) -> bool {
    let governed = reference.start.checked_sub(1).is_some_and(|before| {
        reading.tagged.class(before) == Class::Preposition
            && !matches!(reading.tagged.word(before), "volgens" | "aldus")
    });
    governed || reading.tagged.is_compared(reference.start)
}

impl Cast {
    /// Whether a mention is the one that its sentence is about.
    pub(crate) fn leads(&self, reference: usize) -> bool {
        self.places.leads[reference]
    }

    /// How many sentences of the reporter's mention `at` stands behind mention
    /// `before`: 0 in the same one. What is quoted in between takes nobody's
    /// thoughts off whom the text is about.
    pub(super) fn sentences_between(&self, before: usize, at: usize) -> usize {
        let (first, last) = (self.references[before].sentence, self.references[at].sentence);
        let told = self.places.told[last].saturating_sub(self.places.told[first]);
        if first < last { told.max(1) } else { 0 }
    }

    /// The first sentence from which on at most `sentences` of the reporter's stand
    /// before mention `at`.
    fn first_sentence_near(&self, at: usize, sentences: usize) -> usize {
        let told = &self.places.told[..=self.references[at].sentence];
        let own = told.last().copied().unwrap_or_default();
        told.partition_point(|&before| before + sentences < own)
    }

    /// Those mentioned outside quotations at most `sentences` of the reporter's, one or
    /// more, before mention `at`, the last first, each with that mention.
    pub(super) fn mentioned_before(&self, at: usize, sentences: usize) -> Vec<(usize, usize)> {
        /// A sentence that lists more than this says nothing of any of them.
        const MOST: usize = 80;
        /// Seldom more people and bodies are mentioned so near.
        const FEW: usize = 16;
        let mut found: Vec<(usize, usize)> = Vec::with_capacity(FEW);
        let first = self.first_sentence_near(at, sentences);
        let told = (0..at).rev().filter(|&n| !self.quoted[n]);
        for n in told.take(MOST).take_while(|&n| self.references[n].sentence >= first) {
            for n in self.joint(n).into_iter().chain([n]).chain(self.inner(n)) {
                if let Some(member) = self.member_of[n]
                    && !found.iter().any(|&(other, _)| other == member)
                {
                    found.push((member, n));
                }
            }
        }
        found
    }
}

/// Of the members of that gender that `fits` and that were mentioned not long
/// before reference `at`, the one that the text was most about.
pub(super) fn most_prominent(
    cast: &Cast,
    reading: &Reading<'_>,
    at: usize,
    gender: Gender,
    fits: impl Fn(usize) -> bool,
) -> Option<usize> {
    most_likely(cast, reading, at, gender, |member| fits(member).then_some(0.0)).map(|it| it.member)
}

/// Whom a mention most likely means.
#[derive(Debug, Clone, Copy)]
pub(super) struct Likely {
    pub(super) member: usize,
    /// By how much that one is more prominent than the next; none where nobody else fits.
    pub(super) margin: Option<f32>,
}

impl Likely {
    /// The only one who fits.
    pub(super) fn certain(member: usize) -> Self {
        Self { member, margin: None }
    }
}

/// The same, where what `extra` tells of a member is added to its prominence;
/// those of whom it tells nothing are left out.
pub(super) fn most_likely(
    cast: &Cast,
    reading: &Reading<'_>,
    at: usize,
    gender: Gender,
    extra: impl Fn(usize) -> Option<f32>,
) -> Option<Likely> {
    let candidates = cast.mentioned_before(at, REACH).into_iter();
    let fitting = candidates
        .filter(|&(member, _)| cast.members[member].gender.agrees(gender))
        .filter_map(|(member, last)| {
            let extra = extra(member)?;
            Some((extra + prominence(cast, reading, at, gender, member, last), member))
        });
    let mut best: Option<(f32, usize)> = None;
    let mut next: Option<f32> = None;
    for (score, member) in fitting {
        match best {
            Some((most, _)) if score < most => {
                next = Some(next.map_or(score, |next| next.max(score)));
            }
            _ => {
                next = best.map(|(most, _)| most);
                best = Some((score, member));
            }
        }
    }
    best.map(|(score, member)| Likely { member, margin: next.map(|next| score - next) })
}

fn prominence(
    cast: &Cast,
    reading: &Reading<'_>,
    at: usize,
    gender: Gender,
    member: usize,
    last: usize,
) -> f32 {
    /// The comma and the verb in `"...", zegt hij`, and an adverb.
    const GAP: usize = 3;
    let (it, reference, mention) =
        (&cast.members[member], &cast.references[at], &cast.references[last]);
    let sentences = reading.tokenized.sentences();
    let between = cast.sentences_between(last, at);
    let mut score = -SENTENCE * between as f32;
    let paragraphs =
        sentences[reference.sentence].paragraph - sentences[mention.sentence].paragraph;
    score -= PARAGRAPH * paragraphs.min(between) as f32;
    let verb = reference.start.checked_sub(1);
    let reports = verb.is_some_and(|verb| reading.tagged.class(verb) == Class::Reporting);
    let closes = |end: usize| reports && end < reference.start && end + GAP >= reference.start;
    if cast.places.announces[last].is_some_and(closes) {
        score += ANNOUNCES;
    } else if is_told_of_by(reading, reference, mention) {
        score -= TOLD_OF;
    } else if reference.sentence == mention.sentence && closes_report(reading, reference) {
        score -= REPORTED;
    }
    if cast.places.closes[at].is_some_and(|span| is_named_in(cast, member, span)) {
        score -= NAMED;
    }
    if cast.places.leads[last] {
        score += SUBJECT;
    }
    if is_speaker(reading, mention) {
        score += SPEAKER;
    }
    if is_oblique(reading, mention) {
        score -= OBLIQUE;
    }
    match mention.kind {
        MentionKind::Pronoun => score += TOPIC,
        _ if cast.places.marked[last] => score -= MARKED,
        _ => {}
    }
    if between > 0 && closes_quotation(cast, at) {
        if asks(reading, mention) {
            score -= ASKS;
        } else if answers(reading, reference) && asked(reading, mention) {
            score -= ASKED;
        }
    }
    if it.gender != Gender::Unknown && it.gender == gender {
        let described = reference.kind == MentionKind::Description;
        score += if described { AGREES_DESCRIBED } else { AGREES };
    }
    let earlier = it.references.partition_point(|&n| cast.references[n].start <= mention.start);
    score += MENTIONED * earlier.min(3) as f32;
    if it.kind == SourceKind::Organisation {
        score -= if it.is_place { PLACE } else { BODY };
    } else if it.kind != SourceKind::Person {
        score -= UNNAMED;
    } else if it.gender == Gender::Unknown && it.heads.is_empty() && it.is_single_name() {
        score -= UNSURE_PERSON;
    }
    score
}

/// Whether the clause of mention `at` closes a quotation.
pub(super) fn closes_quotation(cast: &Cast, at: usize) -> bool {
    cast.places.closes[at].is_some()
}

/// Whether a name of the member stands in the quotation.
fn is_named_in(cast: &Cast, member: usize, quotation: Span) -> bool {
    let own = &cast.members[member].references;
    let first = own.partition_point(|&n| cast.references[n].span.start() < quotation.start());
    own[first..]
        .iter()
        .map(|&n| &cast.references[n])
        .take_while(|it| it.span.end() <= quotation.end())
        .any(|it| it.kind == MentionKind::Name)
}

/// Whether a pronoun stands in a clause like `, zegt hij`, behind what it
/// reports.
pub(super) fn closes_report(reading: &Reading<'_>, reference: &Reference) -> bool {
    let verb = reference.start.checked_sub(1).filter(|&verb| verb > 0);
    verb.is_some_and(|verb| {
        reading.tagged.class(verb) == Class::Reporting && reading.tagged.word(verb - 1) == ","
    })
}

/// `Bakker is volgens hem te laat`, `haar tante, die volgens haar ...`: whether the
/// pronoun's clause tells of the mention, with no other clause begun between.
fn is_told_of_by(reading: &Reading<'_>, reference: &Reference, mention: &Reference) -> bool {
    let word = |at: usize| reading.tagged.word(at);
    let volgens = reference.start.wrapping_sub(1);
    let same = reference.kind == MentionKind::Pronoun
        && reference.sentence == mention.sentence
        && reference.start > mention.end
        && word(volgens) == "volgens";
    if !same {
        return false;
    }
    let first = mention.end + usize::from(word(mention.end) == ",");
    let relative = |at: usize| matches!(word(at), "die" | "dat");
    let parts =
        |at: usize| matches!(word(at), "," | "maar" | "en" | "want" | "omdat" | "terwijl" | "dus");
    let clause = if relative(first) { first + 1 } else { mention.end };
    !(clause..volgens).any(|at| relative(at) || parts(at))
}

/// `De jury vroeg haar of ...`: whether a mention is the subject of a verb of asking with
/// its question.
fn asks(reading: &Reading<'_>, mention: &Reference) -> bool {
    /// The question begins near the verb.
    const NEAR: usize = 8;
    let tagged = reading.tagged;
    let verb = mention.end;
    let end = tagged.len().min(verb + NEAR);
    verb < end
        && tagged.verbs(verb).iter().any(|verb| verb.asks_question())
        && (verb + 1..end).any(|at| lexicon::opens_question(tagged.word(at)))
}

/// `antwoordde hij`: whether a verb of answering stands right before a pronoun.
fn answers(reading: &Reading<'_>, reference: &Reference) -> bool {
    let verb = reference.start.checked_sub(1).map(|verb| reading.tagged.word(verb));
    verb.is_some_and(|verb| verb.starts_with("antwoord"))
}

/// `"Kom je?", vroeg zij`: whether a verb of asking stands right before a mention.
fn asked(reading: &Reading<'_>, mention: &Reference) -> bool {
    let verb = mention.start.checked_sub(1).map(|verb| reading.tagged.verbs(verb));
    verb.is_some_and(|verbs| verbs.iter().any(|verb| verb.stance == Stance::Ask))
}

/// Whether a reporting verb or *aldus* stands right beside a mention.
pub(super) fn is_speaker(reading: &Reading<'_>, mention: &Reference) -> bool {
    let tagged = reading.tagged;
    let cue = |at: usize| {
        at < tagged.len()
            && (tagged.class(at) == Class::Reporting
                || matches!(tagged.word(at), "aldus" | "volgens"))
    };
    mention.start.checked_sub(1).is_some_and(cue) || cue(mention.end)
}
