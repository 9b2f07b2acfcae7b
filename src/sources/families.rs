//! Relatives resolved: *zijn zus*, *Bakkers moeder*, *de vader* to the one whom
//! the article names, mostly with the same surname.

use super::cast::{Cast, Member};
use super::mentions::Reading;
use super::names::NameParts;
use super::{Gender, SourceKind, salience};
use crate::lexicon::{self, FunctionKind, Kin};

/// How far back a friend or partner may have been named.
const REACH: usize = 30;

/// More people of one surname, or more people at all, are no family of an article.
const MOST: usize = 200;

/// Whom description `at` with the head `head` means, if it is a relative of
/// someone the article tells of.
pub(super) fn relative(cast: &Cast, reading: &Reading<'_>, at: usize, head: &str) -> Option<usize> {
    let reference = &cast.references[at];
    let function = lexicon::function(head)?;
    if function.kind != FunctionKind::Relation && !matches!(head, "vrouw" | "man") {
        return None;
    }
    if let Some(body) = reference.body {
        let owner = named(cast, body.of_text(reading.text))?;
        return kin(cast, at, owner, head);
    }
    let owner_gender = match reading.tagged.word(reference.start) {
        "zijn" | "z'n" => Gender::Male,
        "haar" | "d'r" => Gender::Female,
        "hun" | "diens" => Gender::Unknown,
        "de" if function.kind == FunctionKind::Relation => return only_one(cast, at, head),
        _ => return None,
    };
    let gender = reference.gender;
    let owner = salience::most_prominent(cast, reading, at, owner_gender, |member| {
        cast.members[member].is_one_person()
    });
    let words = reference.span.of_text(reading.text);
    let known = cast.nearest(at, head, |member| {
        member.is_one_person()
            && !is_of_another(cast, member, words)
            && member.gender.agrees(gender)
            && member.heads.iter().any(|own| own == head)
    });
    if let Some(member) = known.filter(|&member| Some(member) != owner) {
        return Some(member);
    }
    kin(cast, at, owner?, head).or_else(|| partner(cast, at, owner?, head))
}

/// The only other person of that gender, for a friend or partner.
fn partner(cast: &Cast, at: usize, owner: usize, head: &str) -> Option<usize> {
    let gender = cast.references[at].gender;
    if gender == Gender::Unknown || !lexicon::is_partner(head) {
        return None;
    }
    let family = cast.family(owner).iter().copied().take(MOST);
    let mut family = family.filter(|&member| {
        let it = &cast.members[member];
        let kin = it.heads.iter().any(|own| lexicon::kin(own).is_some());
        member != owner && it.gender == gender && !kin
    });
    if let (Some(only), None) = (family.next(), family.next()) {
        return Some(only);
    }
    let before = cast.mentioned_before(at, REACH).into_iter().map(|(member, _)| member);
    let mut others = before.filter(|&member| {
        let it = &cast.members[member];
        it.kind == SourceKind::Person && member != owner && it.gender == gender
    });
    match (others.next(), others.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

/// The person whose name, or a short form of it, is `name`.
fn named(cast: &Cast, name: &str) -> Option<usize> {
    let name = NameParts::new(name);
    let is_called = |member: &Member| {
        let same = |own: &NameParts| *own == name || name.is_short_for(own);
        member.kind == SourceKind::Person && member.parts.as_ref().is_some_and(same)
    };
    cast.members.iter().take(MOST).position(is_called)
}

/// The relative of `owner` whom description `at` means: one of the same surname
/// whose gender agrees, named before it rather than behind.
fn kin(cast: &Cast, at: usize, owner: usize, head: &str) -> Option<usize> {
    let kin = lexicon::kin(head)?;
    let reference = &cast.references[at];
    let agrees =
        |&member: &usize| member != owner && cast.members[member].gender.agrees(reference.gender);
    let nearness = |&member: &usize| {
        let own = &cast.members[member].references;
        let behind = own.partition_point(|&n| cast.references[n].start < reference.start);
        let distance = match behind.checked_sub(1) {
            Some(last) => (false, reference.start - cast.references[own[last]].start),
            None => (true, own.first().map_or(usize::MAX, |&n| cast.references[n].start)),
        };
        (another_kin(cast, member, kin), cast.members[member].gender != reference.gender, distance)
    };
    let family = cast.family(owner).iter().copied().take(MOST);
    family.filter(agrees).min_by_key(nearness)
}

/// How little the article's words for `member` fit one of that kin: the same, none,
/// another.
fn another_kin(cast: &Cast, member: usize, kin: Kin) -> u8 {
    let heads = &cast.members[member].heads;
    let known: Vec<Kin> = heads.iter().filter_map(|own| lexicon::kin(own)).collect();
    match known.contains(&kin) {
        true => 0,
        false if known.is_empty() => 1,
        false => 2,
    }
}

/// *de vader*, where the article tells of one family and only one of it can be
/// the father.
fn only_one(cast: &Cast, at: usize, head: &str) -> Option<usize> {
    let kin = lexicon::kin(head)?;
    let reference = &cast.references[at];
    let fits = |&member: &usize| {
        let it = &cast.members[member];
        let before = it.references.first().is_some_and(|&n| n < at);
        before && another_kin(cast, member, kin) < 2 && it.gender.agrees(reference.gender)
    };
    let is_known = cast.with_head(head).any(|member| {
        cast.members[member].is_one_person()
            && cast.members[member].heads.iter().any(|own| own == head)
    });
    let mut fitting = cast.families().take(MOST).flatten().copied().filter(fits);
    match (fitting.next(), fitting.next()) {
        (Some(only), None) if !is_known => Some(only),
        _ => None,
    }
}

/// Whether a member is somebody's whom the possessive that `words` begin with cannot
/// mean: *de advocaat van Bram Kok* is not *haar advocaat*.
pub(super) fn is_of_another(cast: &Cast, member: &Member, words: &str) -> bool {
    let possessor = match words.split(' ').next().map(str::to_lowercase).as_deref() {
        Some("haar") => Some(Gender::Female),
        Some("zijn" | "z'n") => Some(Gender::Male),
        Some("hun") => None,
        _ => return false,
    };
    let Some((_, owner)) = member.name.split_once(" van ") else { return false };
    let named = |it: &&Member| {
        it.parts.is_some() && (it.name.ends_with(owner) || owner.ends_with(&it.name))
    };
    let known = cast.members.iter().take(MOST).find(named).map(|it| it.gender);
    let given = owner.split(' ').next().and_then(lexicon::given_name);
    let Some(owner) = known.or(given) else { return false };
    possessor.is_none_or(|gender| owner != Gender::Unknown && !owner.agrees(gender))
}
