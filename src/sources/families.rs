//! Relatives resolved: *zijn zus* to the sister whom the article names.

use super::cast::Cast;
use super::mentions::Reading;
use super::{Gender, SourceKind, salience};
use crate::lexicon::{self, FunctionKind};

/// How far back a relative may have been named.
const REACH: usize = 30;

/// Whom description `at` with the head `head` means, if it is a relative of
/// someone the article tells of.
pub(super) fn relative(cast: &Cast, reading: &Reading<'_>, at: usize, head: &str) -> Option<usize> {
    let reference = &cast.references[at];
    let owner_gender = match reading.tagged.word(reference.start) {
        "zijn" | "z'n" => Gender::Male,
        "haar" => Gender::Female,
        "hun" | "diens" => Gender::Unknown,
        _ => return None,
    };
    let function = lexicon::function(head)?;
    if function.kind != FunctionKind::Relation && !matches!(head, "vrouw" | "man") {
        return None;
    }
    let gender = reference.gender;
    let owner = salience::most_prominent(cast, reading, at, owner_gender, |member| {
        cast.members[member].is_one_person()
    });
    let known = cast.nearest(at, head, |member| {
        member.is_one_person()
            && member.gender.agrees(gender)
            && member.heads.iter().any(|own| own == head)
    });
    if let Some(member) = known.filter(|&member| Some(member) != owner) {
        return Some(member);
    }
    let owner = &cast.members[owner?];
    let others: Vec<usize> = cast
        .mentioned_before(at, REACH)
        .into_iter()
        .map(|(member, _)| member)
        .filter(|&member| {
            let it = &cast.members[member];
            it.kind == SourceKind::Person && it.name != owner.name && it.gender.agrees(gender)
        })
        .collect();
    let family = |&member: &usize| {
        let surname = |name: &str| name.split(' ').next_back().map(str::to_owned);
        let it = &cast.members[member];
        !it.is_single_name() && surname(&it.name) == surname(&owner.name)
    };
    // A friend or partner: the only other one of that gender.
    let partner = lexicon::is_partner(head);
    let of_gender =
        |&member: &usize| gender != Gender::Unknown && cast.members[member].gender == gender;
    let relatives = || others.iter().copied().filter(family);
    if let Some(member) = relatives().find(of_gender).or_else(|| relatives().next()) {
        return Some(member);
    }
    let mut others = others.into_iter().filter(of_gender);
    match (others.next(), others.next()) {
        (Some(only), None) if partner => Some(only),
        _ => None,
    }
}
