//! Names of one article put together: full names make members, short ones go to
//! the full name that they are short for, short forms of bodies to the body.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::cast::{Cast, Member, learn};
use super::mentions::{Count, Reading, Reference};
use super::names::{NameParts, with_single_spaces};
use super::{Gender, MentionKind, SourceKind, joined, owners, pronouns, salience};
use crate::lexicon;
use crate::syntax::Class;
use crate::text::Span;

/// More people of one surname than this are no people of one article.
const MOST: usize = 50;

/// The names of a document by their words.
#[derive(Default)]
struct Index {
    /// The numbers of the names that end in a word.
    by_last: HashMap<String, Vec<usize>>,
    /// Those that begin with it.
    by_first: HashMap<String, Vec<usize>>,
}

impl Index {
    fn add(&mut self, number: usize, parts: &NameParts) {
        for last in parts.last_words() {
            self.by_last.entry(last.to_owned()).or_default().push(number);
        }
        self.by_first.entry(parts.first().to_owned()).or_default().push(number);
    }

    /// The names that `parts` may be short for, and more, each once or twice.
    fn candidates<'a>(&'a self, parts: &'a NameParts) -> impl Iterator<Item = usize> + 'a {
        let by_last = parts.last_words().filter_map(|word| self.by_last.get(word));
        let first = if parts.len() == 1 { self.by_first.get(parts.first()) } else { None };
        by_last.chain(first).flatten().copied()
    }
}

/// The members of each kind by their names, with and without a genitive's *s*.
#[derive(Default)]
struct KnownForms(HashMap<SourceKind, HashMap<String, usize>>);

impl KnownForms {
    fn of(&self, kind: SourceKind, parts: &NameParts) -> Option<usize> {
        let members = self.0.get(&kind)?;
        parts.forms().find_map(|form| members.get(form).copied())
    }

    /// Takes over the names of a member that no other has.
    fn learn(&mut self, kind: SourceKind, parts: &NameParts, member: usize) {
        let members = self.0.entry(kind).or_default();
        for form in parts.forms() {
            if !members.contains_key(form) {
                members.insert(form.to_owned(), member);
            }
        }
    }
}

/// The members that have a full name.
#[derive(Default)]
pub(super) struct Named {
    /// Over `forms`.
    index: Index,
    /// Each full form of a name with its member: *Sam Bakker* beside *schipper Sam
    /// Bakker*.
    forms: Vec<(NameParts, usize)>,
}

impl Named {
    fn add(&mut self, parts: &NameParts, member: usize) {
        self.index.add(self.forms.len(), parts);
        self.forms.push((parts.clone(), member));
    }

    /// The members whom the name of reference `at` can be short for, by name and
    /// gender. A surname that is a given name too (*Robin*) tells no gender.
    pub(super) fn full_names(&self, cast: &Cast, at: usize, parts: &NameParts) -> Vec<usize> {
        let Reference { gender, gender_by_name: by_name, .. } = cast.references[at];
        let mut found: Vec<usize> = Vec::new();
        for form in self.index.candidates(parts).take(MOST) {
            let (full, number) = &self.forms[form];
            let agrees =
                cast.members[*number].gender.agrees(gender) || by_name && parts.is_surname_of(full);
            if parts.is_short_for(full) && agrees && !found.contains(number) {
                found.push(*number);
            }
        }
        found
    }
}

/// Groups the names; those that can be short for several are left open.
pub(super) fn group(cast: &mut Cast, reading: &Reading<'_>) -> Named {
    let mut names: Vec<(usize, NameParts)> = Vec::new();
    for (at, reference) in cast.references.iter().enumerate() {
        if let Some(name) = reference.name {
            names.push((at, NameParts::new(name.of_text(reading.text))));
        }
    }
    let mut people = Index::default();
    // A name that comes back is no other candidate.
    let mut indexed: HashSet<&NameParts> = HashSet::default();
    for (number, (at, parts)) in names.iter().enumerate() {
        let person = cast.references[*at].source_kind == SourceKind::Person;
        if person && parts.len() > 1 && indexed.insert(parts) {
            people.add(number, parts);
        }
    }
    let mut full = Named::default();
    // Full names make members, in text order, so that members are too.
    let mut bodies = ShortForms::default();
    let mut known = KnownForms::default();
    for (at, parts) in &names {
        let reference = cast.references[*at].clone();
        let kind = reference.source_kind;
        let is_short = kind == SourceKind::Person
            && people.candidates(parts).take(MOST).any(|other| parts.is_short_for(&names[other].1));
        if is_short {
            continue;
        }
        let same = known.of(kind, parts);
        let same = same.or_else(|| bodies.body_of(cast, reading, *at));
        let member = if let Some(member) = same {
            cast.assign(*at, member);
            // "Rederijs plannen" first, "Rederij" later: the shorter one is the name.
            let name = full_name(reading, &reference);
            let known = &mut cast.members[member].name;
            if known.strip_suffix('s') == Some(&name) {
                *known = name;
            }
            member
        } else {
            let name = full_name(reading, &reference);
            let is_place = reference.name.is_some_and(|name| reading.is_place(name));
            let parts_of_name = Some(parts.clone());
            cast.add(Member { parts: parts_of_name, is_place, ..Member::new(name, kind) }, *at);
            let member = cast.members.len() - 1;
            if kind == SourceKind::Person {
                full.add(parts, member);
                if let Some(surname) = parts.surname() {
                    cast.learn_surname(member, surname.to_owned());
                }
            }
            member
        };
        known.learn(kind, parts, member);
        bodies.learn(reading, &reference, member);
        learn(cast, reading, *at, member);
    }
    for (at, parts) in &names {
        if cast.member_of[*at].is_none()
            && let [only] = full.full_names(cast, *at, parts)[..]
        {
            cast.assign(*at, only);
            learn(cast, reading, *at, only);
            let known = |(form, member): &(NameParts, usize)| *member == only && form == parts;
            if parts.len() > 1 && !full.forms.iter().any(known) {
                full.add(parts, only);
            }
        }
    }
    share_surnames(cast, reading);
    for at in 0..cast.references.len() {
        let Some(inner) = owners::inside(cast, reading, at) else { continue };
        let name = inner.span.of_text(reading.text);
        let parts = NameParts::new(name);
        let same = known.of(SourceKind::Organisation, &parts);
        let member = same.or_else(|| bodies.bodies.get(name).copied()).unwrap_or_else(|| {
            let member = cast.push(owners::member(name));
            cast.index_words(member);
            known.learn(SourceKind::Organisation, &parts, member);
            member
        });
        cast.add_inner(at, inner, member);
    }
    full
}

/// `Noor (12) en Sam Bakker`: a given name before *en* and a full name has the
/// surname of the other.
fn share_surnames(cast: &mut Cast, reading: &Reading<'_>) {
    for at in 1..cast.references.len() {
        let (Some(one), Some(other)) = (cast.member_of[at - 1], cast.member_of[at]) else {
            continue;
        };
        let Some(surname) = cast.members[other].surname.clone() else { continue };
        let given = |name: Span| lexicon::given_name(name.of_text(reading.text)).is_some();
        if cast.members[one].surname.is_none()
            && cast.references[at - 1].name.is_some_and(given)
            && cast.references[at].name.is_some_and(|name| name.of_text(reading.text).contains(' '))
            && joined::stands_between(cast, reading, at - 1, at, "en")
        {
            cast.learn_surname(one, surname);
        }
    }
}

/// The short forms of bodies: `Koninklijke Bond van Veerlieden (KBV)`, and the
/// initials of a name.
#[derive(Default)]
struct ShortForms {
    /// The body of each short form.
    bodies: HashMap<String, usize>,
}

impl ShortForms {
    /// The body that the name of reference `at` is a short form of.
    fn body_of(&self, cast: &Cast, reading: &Reading<'_>, at: usize) -> Option<usize> {
        let reference = &cast.references[at];
        if reference.source_kind != SourceKind::Organisation {
            return None;
        }
        let name = reference.name?.of_text(reading.text);
        if let Some(&body) = self.bodies.get(name) {
            return Some(body);
        }
        // "(KBV)" behind the name that it is short for.
        let before = at.checked_sub(1)?;
        let full = &cast.references[before];
        let enclosed = full.end + 1 == reference.start && reading.tagged.word(full.end) == "(";
        let capitals = name.chars().filter(|c| c.is_uppercase()).count();
        let body = full.source_kind == SourceKind::Organisation;
        (enclosed && body && capitals > 1 && !name.contains(' '))
            .then(|| cast.member_of[before])
            .flatten()
    }

    /// Takes over what the name of `reference` can be shortened to.
    fn learn(&mut self, reading: &Reading<'_>, reference: &Reference, member: usize) {
        let Some(name) = reference.name else { return };
        if reference.source_kind != SourceKind::Organisation {
            return;
        }
        let name = name.of_text(reading.text);
        let initials: String = name
            .split_whitespace()
            .filter_map(|word| word.chars().next())
            .filter(|c| c.is_uppercase())
            .collect();
        if initials.chars().count() > 1 {
            self.bodies.entry(initials).or_insert(member);
        }
        // The first word of a long name, if it is a word: "Tata" of Tata Steel.
        let mut words = name.split_whitespace();
        if let (Some(first), Some(_)) = (words.next(), words.next())
            && first.chars().any(char::is_lowercase)
            && first.chars().count() > 3
            && reading.tagged.is_capital(reference.end - 1)
            && lexicon::source_noun(&first.to_lowercase()).is_none()
        {
            self.bodies.entry(first.to_owned()).or_insert(member);
        }
    }
}

/// The name without the genitive's apostrophe.
fn full_name(reading: &Reading<'_>, reference: &Reference) -> String {
    let name = reference.name.unwrap_or(reference.span).of_text(reading.text);
    let name = name.trim_end_matches(['\'', '’']);
    with_single_spaces(name)
}

/// Among the full names that a name can be short for: one whose function
/// agrees, and whose nearest mention outside quotations, of any kind, is the
/// nearest, before rather than after.
pub(super) fn nearest_full_name(
    cast: &Cast,
    reading: &Reading<'_>,
    named: &Named,
    at: usize,
) -> Option<usize> {
    let reference = &cast.references[at];
    let parts = NameParts::new(reference.name?.of_text(reading.text));
    let head = reference.head.map(|head| reading.tagged.word(head));
    let named = of_gender(cast, named.full_names(cast, at, &parts), told_gender(cast, reading, at));
    let by_distance = |&member: &usize| {
        let known = head.is_some_and(|head| cast.members[member].heads.iter().any(|h| h == head));
        let own = &cast.members[member].references;
        let after = own.partition_point(|&n| cast.references[n].start <= reference.start);
        let before = own[..after].iter().rev().find(|&&n| !cast.quoted[n]);
        let behind = own[after..].iter().find(|&&n| !cast.quoted[n]);
        let distance = match (before, behind) {
            (Some(&n), _) => (0, reference.start - cast.references[n].start),
            (None, Some(&n)) => (1, cast.references[n].start - reference.start),
            (None, None) => (2, 0),
        };
        (!known, is_called_by_given_name(cast, reading, member), distance)
    };
    named.into_iter().min_by_key(by_distance)
}

/// Whether the reporter calls a person by the given name alone: of two who share a
/// surname, it means the other.
fn is_called_by_given_name(cast: &Cast, reading: &Reading<'_>, member: usize) -> bool {
    /// Later mentions are called as the first ones are.
    const MOST: usize = 16;
    let it = &cast.members[member];
    let Some(full) = &it.parts else { return false };
    let told = it.references.iter().take(MOST).filter(|&&n| !cast.quoted[n]);
    let names = told.filter_map(|&n| cast.references[n].name);
    names.into_iter().any(|name| NameParts::new(name.of_text(reading.text)).is_given_name_of(full))
}

/// Those of `members` whose gender is known to be that, if there are any.
fn of_gender(cast: &Cast, members: Vec<usize>, gender: Gender) -> Vec<usize> {
    let agrees = |&member: &usize| cast.members[member].gender == gender;
    if gender == Gender::Unknown || !members.iter().any(agrees) {
        return members;
    }
    members.into_iter().filter(agrees).collect()
}

/// The gender that the text behind name `at` tells of the one it means: `zegt Bos
/// aan haar keukentafel`; `Bos zweeg. Zij wilde niets zeggen`.
fn told_gender(cast: &Cast, reading: &Reading<'_>, at: usize) -> Gender {
    /// More mentions than this in between are of others.
    const NEXT: usize = 4;
    let own = &cast.references[at];
    if cast.quoted[at] {
        return Gender::Unknown;
    }
    if let Some(gender) = possessive_behind(reading, own) {
        return gender;
    }
    let told = (at + 1..cast.single).filter(|&n| !cast.quoted[n]);
    for n in told.take(NEXT).take_while(|&n| cast.sentences_between(at, n) <= 1) {
        let other = &cast.references[n];
        let closes = other.sentence == own.sentence && salience::closes_report(reading, other);
        match other.kind {
            MentionKind::Pronoun if other.gender != Gender::Unknown && !closes => {
                let one = pronouns::count(reading, other) == Count::One;
                return if one { other.gender } else { Gender::Unknown };
            }
            // "zei Bos. Haar neef lachte": her own.
            MentionKind::Description if reading.tagged.is_capital(other.start) => {
                return match reading.tagged.word(other.start) {
                    "zijn" => Gender::Male,
                    "haar" => Gender::Female,
                    _ => Gender::Unknown,
                };
            }
            // "Bos, die deze zomer zweeg": a relative tells no gender.
            MentionKind::Pronoun if !closes => {}
            _ if other.source_kind == SourceKind::Organisation => {}
            _ => return Gender::Unknown,
        }
    }
    Gender::Unknown
}

/// `Bos aan haar keukentafel`: the possessive behind the preposition that follows
/// a name.
fn possessive_behind(reading: &Reading<'_>, own: &Reference) -> Option<Gender> {
    let (preposition, possessive) = (own.end, own.end + 1);
    if possessive + 1 >= reading.tagged.len()
        || reading.tagged.class(preposition) != Class::Preposition
        || reading.tagged.class(possessive + 1) != Class::Word
    {
        return None;
    }
    match reading.tagged.word(possessive) {
        "zijn" | "z'n" => Some(Gender::Male),
        "haar" | "d'r" => Some(Gender::Female),
        _ => None,
    }
}
