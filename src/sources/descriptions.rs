//! Descriptions resolved: *de premier* to the premier the article names, *de
//! woordvoerder* to the spokesperson it introduced, others to a source of
//! their own.

use super::SourceKind;
use super::cast::{Cast, Member, learn};
use super::mentions::{Count, Reading, Reference, is_plain_person};
use crate::lexicon::{self, FunctionKind};
use crate::text::Span;

/// How many sentences back a description that is new may still mean the person
/// last named: *Anna Bos kwam op. De zangeres ...*
const NEARBY: usize = 4;

/// Gives description `at` its member, a new one if it fits none.
pub(super) fn resolve(cast: &mut Cast, reading: &Reading<'_>, at: usize) {
    let reference = cast.references[at].clone();
    let head = reference.head.map_or("", |head| reading.tagged.word(head)).to_owned();
    let found = apposition(cast, reading, at).or_else(|| match reference.source_kind {
        SourceKind::Unnamed => person(cast, reading, at, &reference, &head),
        _ => same_words(cast, &reference, &head),
    });
    if let Some(member) = found {
        lengthen(cast, reading, member, &reference);
        cast.assign(at, member);
        learn(cast, reading, at, member);
    } else {
        let name = words(reading, reference.span);
        let affiliation = spokesperson(&head).then(|| complement(reading, &reference)).flatten();
        cast.add(Member { affiliation, ..Member::new(name, reference.source_kind) }, at);
        learn(cast, reading, at, cast.members.len() - 1);
    }
}

fn words(reading: &Reading<'_>, span: Span) -> String {
    let words = span.of_text(reading.text).split_whitespace();
    let name = words.collect::<Vec<_>>().join(" ");
    let mut chars = name.chars();
    let (first, rest) = (chars.next(), chars.as_str());
    // "Een woordvoerder" at the start of a sentence is "een woordvoerder".
    let article = matches!(
        name.split(' ').next().unwrap_or_default().to_lowercase().as_str(),
        "de" | "het"
            | "een"
            | "twee"
            | "drie"
            | "enkele"
            | "sommige"
            | "veel"
            | "deze"
            | "mijn"
            | "onze"
            | "zijn"
            | "haar"
            | "hun"
    );
    match first {
        Some(first) if article => format!("{}{rest}", first.to_lowercase()),
        _ => name.clone(),
    }
}

/// The fullest description names a source that has no name.
fn lengthen(cast: &mut Cast, reading: &Reading<'_>, member: usize, reference: &Reference) {
    let member = &mut cast.members[member];
    let longer = words(reading, reference.span);
    if member.parts.is_none() && longer.len() > member.name.len() {
        member.name = longer;
    }
}

/// `Jan Jansen, directeur van X,` and `de directeur van X, Jan Jansen,`.
fn apposition(cast: &Cast, reading: &Reading<'_>, at: usize) -> Option<usize> {
    let reference = &cast.references[at];
    if reference.source_kind != SourceKind::Unnamed {
        return None;
    }
    let comma = |token: usize| token < reading.tagged.len() && reading.tagged.word(token) == ",";
    let before = at.checked_sub(1).filter(|&n| {
        let other = &cast.references[n];
        other.name.is_some()
            && other.sentence == reference.sentence
            && other.end + 1 == reference.start
            && comma(other.end)
    });
    let after = Some(at + 1).filter(|&n| {
        cast.references.get(n).is_some_and(|other| {
            other.name.is_some()
                && reference.definite
                && other.sentence == reference.sentence
                && reference.end + 1 == other.start
                && comma(reference.end)
        })
    });
    let person = |n: usize| {
        cast.member_of[n].filter(|&member| cast.members[member].kind == SourceKind::Person)
    };
    before.and_then(person).or_else(|| after.and_then(person))
}

/// The person a description means.
fn person(
    cast: &Cast,
    reading: &Reading<'_>,
    at: usize,
    reference: &Reference,
    head: &str,
) -> Option<usize> {
    if !reference.definite {
        return None;
    }
    let known = |member: &Member| {
        member.is_one_person()
            && member.gender.agrees(reference.gender)
            && member.heads.iter().any(|own| same_head(own, head))
    };
    if let Some(member) = nearest(cast, reference, usize::MAX, known) {
        return Some(member);
    }
    // Whom a quotation speaks of is not whom the article was speaking of.
    if cast.quoted[at] {
        return None;
    }
    // A plain "de man", "de Brit", or a first "de zangeres": the person last
    // mentioned, unless that one is known by another function.
    let complement = reference.end > reference.head.map_or(reference.end, |head| head + 1);
    if complement {
        return None;
    }
    let plain = is_plain_person(head) || reading.tagged.is_capital(reference.head?);
    let subject = subject_before(cast, at);
    let fits = |member: &Member| {
        member.kind == SourceKind::Person
            && member.gender.agrees(reference.gender)
            && (plain || !member.heads.iter().any(|own| is_function(own)))
    };
    if let Some(member) = subject.filter(|&member| fits(&cast.members[member])) {
        return Some(member);
    }
    // A function that is new is the last person's only if no one else was near.
    let mut near = (0..cast.members.len()).filter(|&member| {
        fits(&cast.members[member])
            && cast
                .last_before(member, reference.start)
                .is_some_and(|last| reference.sentence - cast.references[last].sentence <= NEARBY)
    });
    match (near.next(), near.next()) {
        (Some(only), None) => Some(only),
        _ if plain => nearest(cast, reference, NEARBY, fits),
        _ => None,
    }
}

/// The member of the first mention of the sentence before.
fn subject_before(cast: &Cast, at: usize) -> Option<usize> {
    let sentence = cast.references[at].sentence.checked_sub(1)?;
    let first = cast.references.partition_point(|r| r.sentence < sentence);
    let reference = cast.references.get(first).filter(|r| r.sentence == sentence)?;
    let member = cast.member_of[first]?;
    (reference.count == Count::One && !cast.quoted[first]).then_some(member)
}

fn is_function(head: &str) -> bool {
    lexicon::function(head).is_some_and(|f| f.kind == FunctionKind::Function)
}

/// *directeur* and *museumdirecteur*, *leider* and *D66-leider*.
fn same_head(own: &str, head: &str) -> bool {
    const SHORTEST: usize = 5;
    let ends = |long: &str, short: &str| short.len() >= SHORTEST && long.ends_with(short);
    own == head || ends(own, head) || ends(head, own)
}

/// The member that `fits` whose last mention before `reference` is nearest, at
/// most `sentences` back.
fn nearest(
    cast: &Cast,
    reference: &Reference,
    sentences: usize,
    fits: impl Fn(&Member) -> bool,
) -> Option<usize> {
    let members = 0..cast.members.len();
    members
        .filter(|&member| fits(&cast.members[member]))
        .filter_map(|member| {
            let last = &cast.references[cast.last_before(member, reference.start)?];
            (reference.sentence - last.sentence <= sentences).then_some((last.start, member))
        })
        .max()
        .map(|(_, member)| member)
}

/// A body, group or document that was mentioned with the same head.
fn same_words(cast: &Cast, reference: &Reference, head: &str) -> Option<usize> {
    nearest(cast, reference, usize::MAX, |member| {
        member.kind == reference.source_kind
            && member.parts.is_none()
            && member.heads.iter().any(|own| own == head)
            && (reference.definite || reference.count == Count::Many)
    })
}

/// Whether the head of a description speaks for somebody else.
fn spokesperson(head: &str) -> bool {
    ["woordvoerder", "woordvoerster", "voorlichter", "voorlichtster", "zegsman", "zegsvrouw"]
        .iter()
        .any(|word| head.ends_with(word))
}

/// What stands behind *van* in a description.
fn complement(reading: &Reading<'_>, reference: &Reference) -> Option<String> {
    let head = reference.head?;
    let tokens = reading.tokenized.tokens();
    let first = head + 2;
    (first < reference.end).then(|| {
        let span = tokens[first].span.cover(tokens[reference.end - 1].span);
        words(reading, span)
    })
}
