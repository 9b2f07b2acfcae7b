//! Pronouns resolved: agreement first, then how near and how prominent the
//! last mention of each person is.

use super::cast::{Cast, Member};
use super::mentions::{Count, Reading, Reference};
use super::{Gender, MentionKind, SourceKind};
use crate::syntax::Class;

/// How many sentences back a pronoun reaches.
const REACH: usize = 8;

/// What one sentence of distance costs, against which the bonuses below are
/// set.
const SENTENCE: f32 = 1.0;
/// A pronoun that opens a paragraph reaches back over its edge less readily.
const PARAGRAPH: f32 = 0.3;
/// The last mention was the first of its sentence, its likely subject.
const SUBJECT: f32 = 0.8;
/// The last mention was a pronoun too: the topic goes on.
const TOPIC: f32 = 0.3;
/// The gender is known to agree, not merely unknown.
const AGREES: f32 = 0.4;
/// Each earlier mention, up to three.
const MENTIONED: f32 = 0.15;

/// Gives pronoun `at` its member, if one fits.
pub(super) fn resolve(cast: &mut Cast, reading: &Reading<'_>, at: usize) {
    if cast.quoted[at] {
        // Whom a quotation speaks of: "die" goes back to the words right before
        // it, other pronouns most likely to whom the text was about.
        let reference = cast.references[at].clone();
        let told = reference.source_kind == SourceKind::Person;
        let found = just_named(cast, reading, at)
            .or_else(|| told.then(|| antecedent(cast, reading, &reference)).flatten());
        if let Some(member) = found {
            cast.assign(at, member);
        }
        return;
    }
    let reference = cast.references[at].clone();
    if reference.source_kind == SourceKind::Unnamed {
        narrator(cast, at);
        return;
    }
    let found = relative(cast, reading, at).or_else(|| antecedent(cast, reading, &reference));
    if let Some(member) = found {
        cast.assign(at, member);
        let member = &mut cast.members[member];
        if member.is_one_person() {
            member.gender = member.gender.or(reference.gender);
        }
    }
}

/// The *ik* that tells the story.
fn narrator(cast: &mut Cast, at: usize) {
    match cast.members.iter().position(|member| member.name == "ik") {
        Some(member) => cast.assign(at, member),
        None => cast.add(Member::new("ik".into(), SourceKind::Unnamed), at),
    }
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

/// Whether the finite verb next to the pronoun is a plural.
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
        Some(verb) if verb.ends_with("en") && verb.len() > 3 => Count::Many,
        Some(_) => Count::One,
        None => Count::Open,
    }
}

fn antecedent(cast: &Cast, reading: &Reading<'_>, reference: &Reference) -> Option<usize> {
    let count = count(reading, reference);
    let score = |member: usize| {
        let it = &cast.members[member];
        if !it.counts_as(count) || !it.gender.agrees(reference.gender) || it.name == "ik" {
            return None;
        }
        let last = cast.last_before(member, reference.start)?;
        let mention = &cast.references[last];
        let distance = reference.sentence - mention.sentence;
        if distance > REACH {
            return None;
        }
        Some(prominence(cast, reading, reference, member, last))
    };
    (0..cast.members.len())
        .filter_map(|member| Some((score(member)?, member)))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, member)| member)
}

fn prominence(
    cast: &Cast,
    reading: &Reading<'_>,
    reference: &Reference,
    member: usize,
    last: usize,
) -> f32 {
    let it = &cast.members[member];
    let mention = &cast.references[last];
    let sentences = reading.tokenized.sentences();
    let mut score = -SENTENCE * (reference.sentence - mention.sentence) as f32;
    let paragraphs =
        sentences[reference.sentence].paragraph - sentences[mention.sentence].paragraph;
    score -= PARAGRAPH * paragraphs as f32;
    if is_first(cast, last) {
        score += SUBJECT;
    }
    if mention.kind == MentionKind::Pronoun {
        score += TOPIC;
    }
    if it.gender != Gender::Unknown && it.gender == reference.gender {
        score += AGREES;
    }
    let earlier = it.references.partition_point(|&n| n <= last);
    score += MENTIONED * earlier.min(3) as f32;
    // Unnamed people and bodies are seldom what a pronoun goes back to when a
    // person was named as near.
    if it.kind != SourceKind::Person {
        score -= 0.5;
    }
    score
}

/// Whether a mention is the first of its sentence that stands outside marks.
fn is_first(cast: &Cast, at: usize) -> bool {
    let sentence = cast.references[at].sentence;
    let mut earlier = (0..at).rev().take_while(|&n| cast.references[n].sentence == sentence);
    earlier.all(|n| cast.quoted[n])
}
