//! Pronouns resolved: agreement first, then how near and how prominent the
//! last mention of each candidate is.

use super::cast::{Cast, Member};
use super::mentions::{Count, Reading, Reference};
use super::{Gender, MentionKind, SourceKind};
use crate::syntax::Class;

/// How many sentences back a pronoun reaches.
pub(super) const REACH: usize = 8;

/// What one sentence of distance costs, against which the bonuses below are
/// set.
const SENTENCE: f32 = 1.0;
/// A pronoun that opens a paragraph reaches back over its edge less readily.
const PARAGRAPH: f32 = 0.3;
/// The last mention was the first of its sentence, its likely subject.
const SUBJECT: f32 = 0.8;
/// The last mention stands right beside a reporting verb, as its subject.
const SPEAKER: f32 = 0.5;
/// The last mention stands behind a preposition.
const OBLIQUE: f32 = 0.4;
/// The last mention was a pronoun too: the topic goes on.
const TOPIC: f32 = 0.3;
/// The gender is known to agree, not merely unknown.
const AGREES: f32 = 0.4;
/// Each earlier mention, up to three.
const MENTIONED: f32 = 0.15;
/// Unnamed people and bodies are seldom what a pronoun goes back to when a
/// person was named as near.
const UNNAMED: f32 = 0.5;
/// A body is seldom *hij* or *zij*, and *ze* are its people only at times.
const BODY: f32 = 1.2;
/// The mention stands in what the pronoun's clause reports: `Bakker komt niet,
/// zegt hij`.
const REPORTED: f32 = 1.5;
/// Nothing but the recognizer says that the name is a person's.
const UNSURE_PERSON: f32 = 0.5;

/// Gives pronoun `at` its member, if one fits.
pub(super) fn resolve(cast: &mut Cast, reading: &Reading<'_>, at: usize) {
    let reference = cast.references[at].clone();
    let found = match reference.source_kind {
        SourceKind::Document => last_document(cast, &reference, at),
        // Whom a quotation speaks of: "die" goes back to the words right before
        // it, other pronouns most likely to whom the text was about.
        _ if cast.quoted[at] => {
            let told = reference.source_kind == SourceKind::Person;
            just_named(cast, reading, at)
                .or_else(|| told.then(|| antecedent(cast, reading, at)).flatten())
        }
        SourceKind::Unnamed => return narrator(cast, at),
        _ => relative(cast, reading, at)
            .or_else(|| other_than_subject(cast, reading, at))
            .or_else(|| antecedent(cast, reading, at)),
    };
    let Some(member) = found else { return };
    cast.assign(at, member);
    let member = &mut cast.members[member];
    if !cast.quoted[at] && member.is_one_person() {
        member.gender = member.gender.or(reference.gender);
    }
}

/// The *ik* that tells the story.
fn narrator(cast: &mut Cast, at: usize) {
    if let Some(member) = cast.narrator {
        cast.assign(at, member);
    } else {
        cast.add(Member::new("ik".into(), SourceKind::Unnamed), at);
        cast.narrator = Some(cast.members.len() - 1);
    }
}

/// *Daarin staat ...*: the document last mentioned.
fn last_document(cast: &Cast, reference: &Reference, at: usize) -> Option<usize> {
    let near = |&n: &usize| cast.references[n].sentence + REACH >= reference.sentence;
    (0..at)
        .rev()
        .take_while(near)
        .filter(|&n| cast.references[n].source_kind == SourceKind::Document)
        .find_map(|n| cast.member_of[n])
}

/// `Mijn vader was schipper. Die zei altijd ...`, inside a quotation: one person
/// who was mentioned in the sentence before or in this one.
fn just_named(cast: &Cast, reading: &Reading<'_>, at: usize) -> Option<usize> {
    let reference = &cast.references[at];
    let before = at.checked_sub(1)?;
    let other = &cast.references[before];
    let near = cast.quoted[before] && other.sentence + 1 >= reference.sentence;
    let die = reading.tagged.word(reference.start) == "die";
    let member = cast.member_of[before].filter(|_| die && near)?;
    cast.members[member].is_one_person().then_some(member)
}

/// `Jansen, die ...`: the mention before the comma.
fn relative(cast: &Cast, reading: &Reading<'_>, at: usize) -> Option<usize> {
    let reference = &cast.references[at];
    let before = at.checked_sub(1)?;
    let other = &cast.references[before];
    let comma = other.end + 1 == reference.start && reading.tagged.word(other.end) == ",";
    let adjacent = other.end == reference.start;
    let die = reading.tagged.word(reference.start) == "die";
    (die && (comma || adjacent)).then(|| cast.member_of[before]).flatten()
}

/// `Bakker belde haar buurvrouw. Die zei ...`: a *die* that opens its sentence
/// means whom the sentence before mentioned last, not its subject.
fn other_than_subject(cast: &Cast, reading: &Reading<'_>, at: usize) -> Option<usize> {
    let reference = &cast.references[at];
    let demonstrative = matches!(reading.tagged.word(reference.start), "die" | "deze");
    if !demonstrative || !reading.tagged.is_capital(reference.start) {
        return None;
    }
    let count = count(reading, reference);
    let before = |&n: &usize| cast.references[n].sentence + 1 == reference.sentence;
    (0..at)
        .rev()
        .filter(|&n| cast.references[n].sentence < reference.sentence)
        .take_while(before)
        .filter(|&n| !cast.quoted[n])
        .filter_map(|n| cast.member_of[n])
        .find(|&member| {
            let it = &cast.members[member];
            it.counts_as(count)
                && matches!(it.kind, SourceKind::Person | SourceKind::Unnamed | SourceKind::Group)
        })
}

/// What the finite verb next to the pronoun tells of its number.
fn count(reading: &Reading<'_>, reference: &Reference) -> Count {
    if reference.count != Count::Open {
        return reference.count;
    }
    let verb = |at: usize| {
        matches!(reading.tagged.class(at), Class::Reporting | Class::Auxiliary)
            .then(|| reading.tagged.word(at))
    };
    let after = Some(reference.end).filter(|&at| at < reading.tagged.len()).and_then(verb);
    let before = reference.start.checked_sub(1).and_then(verb);
    match before.or(after) {
        Some(verb) if verb == "zijn" || verb.ends_with("en") && verb.len() > 3 => Count::Many,
        Some(_) => Count::One,
        None => Count::Open,
    }
}

/// Whom pronoun `at` means.
fn antecedent(cast: &Cast, reading: &Reading<'_>, at: usize) -> Option<usize> {
    let reference = &cast.references[at];
    let count = count(reading, reference);
    most_prominent(cast, reading, at, reference.gender, |member| {
        let it = &cast.members[member];
        it.counts_as(count) && cast.narrator != Some(member)
    })
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
    let candidates = cast.mentioned_before(at, REACH);
    candidates
        .into_iter()
        .filter(|&(member, _)| cast.members[member].gender.agrees(gender) && fits(member))
        .map(|(member, last)| (prominence(cast, reading, at, gender, member, last), member))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, member)| member)
}

fn prominence(
    cast: &Cast,
    reading: &Reading<'_>,
    at: usize,
    gender: Gender,
    member: usize,
    last: usize,
) -> f32 {
    let (it, reference, mention) =
        (&cast.members[member], &cast.references[at], &cast.references[last]);
    let sentences = reading.tokenized.sentences();
    let mut score = -SENTENCE * (reference.sentence - mention.sentence) as f32;
    let paragraphs =
        sentences[reference.sentence].paragraph - sentences[mention.sentence].paragraph;
    score -= PARAGRAPH * paragraphs as f32;
    if reference.sentence == mention.sentence && closes_report(reading, reference) {
        score -= REPORTED;
    }
    if cast.leads[last] {
        score += SUBJECT;
    }
    if is_speaker(reading, mention) {
        score += SPEAKER;
    }
    if mention.start > 0 && reading.tagged.class(mention.start - 1) == Class::Preposition {
        score -= OBLIQUE;
    }
    if mention.kind == MentionKind::Pronoun {
        score += TOPIC;
    }
    if it.gender != Gender::Unknown && it.gender == gender {
        score += AGREES;
    }
    let earlier = it.references.partition_point(|&n| cast.references[n].start <= mention.start);
    score += MENTIONED * earlier.min(3) as f32;
    if it.kind == SourceKind::Organisation {
        score -= BODY;
    } else if it.kind != SourceKind::Person {
        score -= UNNAMED;
    } else if it.gender == Gender::Unknown && it.heads.is_empty() && it.is_single_name() {
        score -= UNSURE_PERSON;
    }
    score
}

/// Whether a pronoun stands in a clause like `, zegt hij`, behind what it
/// reports.
pub(super) fn closes_report(reading: &Reading<'_>, reference: &Reference) -> bool {
    let verb = reference.start.checked_sub(1).filter(|&verb| verb > 0);
    verb.is_some_and(|verb| {
        reading.tagged.class(verb) == Class::Reporting && reading.tagged.word(verb - 1) == ","
    })
}

/// Whether a reporting verb or *aldus* stands right beside a mention.
fn is_speaker(reading: &Reading<'_>, mention: &Reference) -> bool {
    let tagged = reading.tagged;
    let cue = |at: usize| {
        at < tagged.len()
            && (tagged.class(at) == Class::Reporting
                || matches!(tagged.word(at), "aldus" | "volgens"))
    };
    mention.start.checked_sub(1).is_some_and(cue) || cue(mention.end)
}
