//! Pronouns resolved: agreement first, then how prominent each candidate is
//! where the pronoun stands.

use super::cast::{Cast, Member};
use super::mentions::{Count, Reading, Reference};
use super::salience::{
    Likely, REACH, closes_quotation, is_oblique, is_speaker, most_likely, most_prominent,
};
use super::{Gender, GenderEvidence, MentionKind, SourceKind};
use crate::syntax::{Class, Form};

/// A plural pronoun means several who were mentioned together rather than a body
/// among them; beside what [`salience`](super::salience) weighs.
const TOGETHER: f32 = 1.5;

/// Gives pronoun `at` its member, if one fits.
pub(super) fn resolve(cast: &mut Cast, reading: &Reading<'_>, at: usize) {
    let reference = cast.references[at].clone();
    let found = match reference.source_kind {
        SourceKind::Document => last_document(cast, &reference, at).map(Likely::certain),
        // Whom a quotation speaks of: "die" goes back to the words right before
        // it, other pronouns most likely to whom the text was about.
        _ if cast.quoted[at] => {
            let told = reference.source_kind == SourceKind::Person;
            let within = told_of_in_quotation(cast, reading, at).map(Likely::certain);
            within.or_else(|| told.then(|| antecedent(cast, reading, at)).flatten())
        }
        SourceKind::Unnamed => return narrator(cast, at),
        _ => relative(cast, reading, at)
            .or_else(|| other_than_subject(cast, reading, at))
            .or_else(|| other_than_speaker(cast, reading, at))
            .map(Likely::certain)
            .or_else(|| antecedent(cast, reading, at)),
    };
    let Some(Likely { member, margin }) = found else { return };
    if let Some(margin) = margin {
        cast.add_margin(at, margin);
    }
    if cast.quoted[at]
        && reference.source_kind == SourceKind::Person
        && let Some(second) = antecedent_but(cast, reading, at, Some(member))
    {
        cast.add_second(at, second.member);
    }
    cast.assign(at, member);
    let member = &mut cast.members[member];
    if !cast.quoted[at] && member.is_one_person() {
        member.learn_gender(reference.gender, GenderEvidence::Pronoun);
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

/// `Een man kwam binnen. Hij vroeg ...`, `Mensen zijn verbluft. Ze vragen ...`, inside a
/// quotation: the person, or the group, that the same words told of at most two
/// sentences back.
fn told_of_in_quotation(cast: &Cast, reading: &Reading<'_>, at: usize) -> Option<usize> {
    const SENTENCES: usize = 2;
    /// Those whom a quotation mentions are few.
    const MOST: usize = 12;
    let reference = &cast.references[at];
    let count = count(reading, reference);
    let paragraph = |n: usize| reading.tokenized.sentences()[cast.references[n].sentence].paragraph;
    let fits = |n: &usize| {
        let Some(member) = cast.member_of[*n] else { return false };
        let it = &cast.members[member];
        let kind = match count {
            Count::Many => it.kind == SourceKind::Group,
            Count::One => it.is_one_person(),
            Count::Open => it.is_one_person() || it.kind == SourceKind::Group,
        };
        kind && !cast.is_narrator(member) && it.gender.agrees(reference.gender)
    };
    let near = (0..at)
        .rev()
        .take(MOST)
        .take_while(|&n| {
            cast.references[n].sentence + SENTENCES >= reference.sentence
                && paragraph(n) == paragraph(at)
        })
        .filter(|&n| cast.quoted[n])
        .filter(fits);
    let told: Vec<usize> = near.collect();
    let free = told.iter().find(|&&n| !is_oblique(reading, &cast.references[n]));
    free.or(told.first()).and_then(|&n| cast.member_of[n])
}

/// `Jansen, die ...`: the mention before the comma.
fn relative(cast: &Cast, reading: &Reading<'_>, at: usize) -> Option<usize> {
    let reference = &cast.references[at];
    let before = at.checked_sub(1)?;
    let other = &cast.references[before];
    let comma = other.end + 1 == reference.start && reading.tagged.word(other.end) == ",";
    let adjacent = other.end == reference.start;
    let die = reading.tagged.word(reference.start) == "die";
    let noun = behind_preposition(cast, reading, at).filter(|_| comma).unwrap_or(before);
    (die && (comma || adjacent)).then(|| cast.member_of[noun]).flatten()
}

/// `een ambtenaar op het ministerie, die zegt`: the person before a body and its
/// preposition, where a reporting verb stands behind the pronoun.
fn behind_preposition(cast: &Cast, reading: &Reading<'_>, at: usize) -> Option<usize> {
    let [person, body, pronoun] = [at.checked_sub(2)?, at - 1, at].map(|n| &cast.references[n]);
    let one = matches!(person.source_kind, SourceKind::Unnamed | SourceKind::Person)
        && person.kind == MentionKind::Description;
    let of = person.end + 1 == body.start
        && reading.tagged.class(person.end) == Class::Preposition
        && body.source_kind == SourceKind::Organisation;
    let says =
        pronoun.end < reading.tagged.len() && reading.tagged.class(pronoun.end) == Class::Reporting;
    (one && of && says).then(|| at - 2)
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
    let told: Vec<(usize, usize)> = (0..at)
        .rev()
        .filter(|&n| cast.references[n].sentence < reference.sentence && !cast.quoted[n])
        .take_while(|&n| cast.sentences_between(n, at) == 1)
        .filter_map(|n| Some((n, cast.member_of[n]?)))
        .collect();
    let fits = |&(n, member): &(usize, usize)| {
        let it = &cast.members[member];
        let body = it.kind == SourceKind::Organisation
            && !it.is_place
            && !is_oblique(reading, &cast.references[n]);
        it.counts_as(count)
            && matches!(it.kind, SourceKind::Person | SourceKind::Unnamed | SourceKind::Group)
            || body && count != Count::Open
    };
    // "Bakker werkt bij de omroep. Die zegt": the body, and not who works there.
    let body = |&(n, member): &(usize, usize)| {
        let it = &cast.members[member];
        it.kind == SourceKind::Organisation && !it.is_place && cast.references[n].name.is_some()
    };
    let found = told.iter().find(|it| fits(it));
    let subject = found.is_none_or(|&(n, _)| cast.leads(n));
    let behind = told.first().filter(|it| subject && count != Count::Open && body(it));
    behind.or(found).map(|&(_, member)| member)
}

/// `Bakker noemt dat onzin. "Ik was er", werpt die tegen`: a *die* behind the verb means
/// whom the sentence before mentioned last, but not the one it is about and who
/// speaks there.
fn other_than_speaker(cast: &Cast, reading: &Reading<'_>, at: usize) -> Option<usize> {
    let reference = &cast.references[at];
    if reading.tagged.word(reference.start) != "die" || !closes_quotation(cast, at) {
        return None;
    }
    let count = count(reading, reference);
    (0..at)
        .rev()
        .filter(|&n| !cast.quoted[n] && cast.references[n].kind != MentionKind::Pronoun)
        .take_while(|&n| cast.sentences_between(n, at) <= 1)
        .filter(|&n| !(is_speaker(reading, &cast.references[n]) && cast.leads(n)))
        .filter_map(|n| cast.member_of[n])
        .find(|&member| {
            let it = &cast.members[member];
            it.counts_as(count) && it.is_one_person() && it.gender.agrees(reference.gender)
        })
}

/// What the finite verb next to the pronoun tells of its number.
pub(super) fn count(reading: &Reading<'_>, reference: &Reference) -> Count {
    if reference.count != Count::Open {
        return reference.count;
    }
    let verb = |at: usize| reading.tagged.tag(at).form();
    let after = Some(reference.end).filter(|&at| at < reading.tagged.len()).and_then(verb);
    let before = reference.start.checked_sub(1).and_then(verb);
    let finite = |form: &Form| matches!(form, Form::FiniteSingular | Form::FinitePlural);
    match before.filter(finite).or(after.filter(finite)) {
        Some(Form::FinitePlural) => Count::Many,
        Some(_) => Count::One,
        None => Count::Open,
    }
}

/// Whom pronoun `at` means.
fn antecedent(cast: &Cast, reading: &Reading<'_>, at: usize) -> Option<Likely> {
    antecedent_but(cast, reading, at, None)
        .or_else(|| of_other_name(cast, reading, at).map(Likely::certain))
}

/// `De 8-jarige Dex lacht. Zij ...`: where nobody agrees, one whose given name alone
/// spoke for the other gender, which tells less than the pronoun, and who was just
/// mentioned or is mentioned again and again.
fn of_other_name(cast: &Cast, reading: &Reading<'_>, at: usize) -> Option<usize> {
    let count = count(reading, &cast.references[at]);
    let near = if cast.quoted[at] { Vec::new() } else { cast.mentioned_before(at, 1) };
    most_prominent(cast, reading, at, Gender::Unknown, |member| {
        let it = &cast.members[member];
        it.gender_from == Some(GenderEvidence::GivenName)
            && it.counts_as(count)
            && !cast.is_narrator(member)
            && (it.references.len() > 1 || near.iter().any(|&(other, _)| other == member))
    })
}

/// `Een meisje vroeg haar`: whoever stands before the verb that pronoun `at` follows, and
/// is never the same.
fn before_verb(cast: &Cast, reading: &Reading<'_>, at: usize) -> Option<usize> {
    let reference = &cast.references[at];
    let word = reading.tagged.word(reference.start);
    let verb = reference.start.checked_sub(1).filter(|&verb| reading.tagged.is_finite(verb))?;
    let before = at.checked_sub(1).filter(|&n| cast.references[n].end == verb)?;
    // "In de krant schrijven zij": nor is it what stands in front of its own verb; but
    // "Bij de bond zeggen ze".
    let fronted = || {
        let start = cast.references[before].start;
        matches!(word, "hij" | "zij" | "ze")
            && start > 0
            && reading.tagged.class(start - 1) == Class::Preposition
            && reading.tagged.word(start - 1) != "bij"
    };
    let other = matches!(word, "hem" | "haar" | "hen" | "'m") || fronted();
    other.then(|| cast.member_of[before]).flatten()
}

/// The same, `other` left out.
fn antecedent_but(
    cast: &Cast,
    reading: &Reading<'_>,
    at: usize,
    other: Option<usize>,
) -> Option<Likely> {
    let reference = &cast.references[at];
    let count = count(reading, reference);
    let before = before_verb(cast, reading, at);
    let fits = |member: usize| {
        let it = &cast.members[member];
        it.counts_as(count)
            && !cast.is_narrator(member)
            && other != Some(member)
            && before != Some(member)
    };
    let together = |member: usize| {
        let own = &cast.members[member].references;
        count == Count::Many && own.iter().any(|&n| cast.is_joint(n))
    };
    most_likely(cast, reading, at, reference.gender, |member| {
        fits(member).then(|| if together(member) { TOGETHER } else { 0.0 })
    })
}
