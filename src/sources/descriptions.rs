//! Descriptions resolved: *de premier* to the premier the article names, *de
//! woordvoerder* to the spokesperson it introduced, others to a source of
//! their own.

use std::cell::LazyCell;
use std::ops::Range;

use super::accused::accused;
use super::cast::{Cast, Member, learn};
use super::mentions::{Count, Reading, Reference, is_plain_person};
use super::names::with_single_spaces;
use super::salience::Likely;
use super::{MentionKind, SourceKind, families, salience};
use crate::lexicon::{self, FunctionKind};
use crate::syntax::Pos;
use crate::text::Span;

/// Gives description `at` its member, a new one if it fits none.
pub(super) fn resolve(cast: &mut Cast, reading: &Reading<'_>, at: usize) {
    let reference = cast.references[at].clone();
    let head = reference.head.map_or("", |head| reading.tagged.word(head));
    let named = apposition(cast, reading, at);
    let found = named.map(Likely::certain).or_else(|| match reference.source_kind {
        SourceKind::Unnamed => person(cast, reading, at, &reference, head),
        SourceKind::Organisation => just_told_of(cast, reading, at, head)
            .or_else(|| same_words(cast, reading, at, head))
            .or_else(|| body(cast, reading, at, head))
            .map(Likely::certain),
        _ => same_words(cast, reading, at, head).map(Likely::certain),
    });
    if let Some(Likely { member, margin }) = found {
        if let Some(margin) = margin {
            cast.add_margin(at, margin);
        }
        let known = |own: &String| same_head(own, head) || lexicon::are_synonyms(own, head);
        if named.is_none() && !cast.members[member].heads.iter().any(known) {
            cast.add_guessed(at);
        }
        if cast.members[member].heads.iter().any(|own| same_head(own, head)) {
            lengthen(cast, reading, member, &reference);
        }
        cast.assign(at, member);
        learn(cast, reading, at, member);
    } else {
        let name = words(reading, reference.span);
        cast.add(Member::new(name, reference.source_kind), at);
        learn(cast, reading, at, cast.members.len() - 1);
    }
}

/// The words of a mention as a name: "Een woordvoerder" at the start of a
/// sentence is "een woordvoerder".
pub(super) fn words(reading: &Reading<'_>, span: Span) -> String {
    let name = with_single_spaces(span.of_text(reading.text));
    if !name.starts_with(char::is_uppercase) {
        return name;
    }
    let first = name.split(' ').next().unwrap_or_default().to_lowercase();
    let determiner = lexicon::word_class(&first) == Some(lexicon::WordClass::Determiner);
    let mut chars = name.chars();
    match chars.next() {
        Some(letter) if determiner => format!("{}{}", letter.to_lowercase(), chars.as_str()),
        _ => name,
    }
}

/// The fullest description names a source that has no name. One that begins
/// with a possessive or demonstrative tells less.
fn lengthen(cast: &mut Cast, reading: &Reading<'_>, member: usize, reference: &Reference) {
    let member = &mut cast.members[member];
    let other = words(reading, reference.span);
    // "de Poolse regering" tells more than "de nieuwe, voortvarende regering".
    let tells = |name: &str| {
        // The first word may have its capital from the sentence.
        let named = name.split(' ').skip(1).any(|word| word.starts_with(char::is_uppercase));
        (named, name.len())
    };
    if member.parts.is_none() && tells(&other) > tells(&member.name) {
        member.name = other;
    }
}

/// `Jan Jansen, directeur van X,` and `de directeur van X, Jan Jansen,`.
fn apposition(cast: &Cast, reading: &Reading<'_>, at: usize) -> Option<usize> {
    /// So many others may be mentioned in the relative clause between.
    const NEXT: usize = 3;
    let reference = &cast.references[at];
    let person = reference.source_kind == SourceKind::Unnamed;
    if !person && reference.source_kind != SourceKind::Organisation {
        return None;
    }
    let comma = |token: usize| token < reading.tagged.len() && reading.tagged.word(token) == ",";
    let before = at.checked_sub(1).filter(|&n| {
        let other = &cast.references[n];
        other.name.is_some()
            && other.sentence == reference.sentence
            && behind_name(reading, other.end, reference.start)
    });
    // "Bakkers moeder, Wil Bakker": whose she is makes her as definite.
    let definite =
        reference.definite || reference.body.is_some() && !is_indefinite(reading, reference);
    let sentence = &reading.tokenized.sentences()[reference.sentence];
    // "Een van hen is Jan Jansen."
    let one_of = is_one_of(reading, reference);
    let next = (at + 1..cast.single)
        .take(NEXT)
        .take_while(|&n| cast.references[n].sentence == reference.sentence)
        .find(|&n| cast.references[n].name.is_some());
    let after = next.filter(|&n| {
        let other = &cast.references[n];
        let word = |token: usize| reading.tagged.word(token);
        // "De arbiter heet Jan Jansen", "Die gitarist was Jan Jansen."
        let closes = matches!(word(other.end.min(reading.tagged.len() - 1)), "," | "." | "(");
        let subject = sentence.tokens.start == reference.start;
        let adjacent = reference.end + 1 == other.start
            && match word(reference.end) {
                "," | "heet" | "heette" => true,
                "is" | "was" => subject && closes,
                _ => false,
            };
        let told = comma(other.start - 1)
            && is_relative(reading, reference.end..other.start - 1)
            && matches!(reading.tagged.word(other.end.min(reading.tagged.len() - 1)), "," | "(");
        definite && (adjacent || told) || one_of && adjacent
    });
    let kind = if person { SourceKind::Person } else { SourceKind::Organisation };
    let of_kind = |n: usize| cast.member_of[n].filter(|&member| cast.members[member].kind == kind);
    // "De organisator, Jan Jansen,": a body by its noun, a person by the name.
    let named = |n: usize| {
        let function = reference.head.is_some_and(|head| reading.tagged.function(head).is_some());
        let person = |&member: &usize| cast.members[member].kind == SourceKind::Person;
        of_kind(n).or_else(|| cast.member_of[n].filter(person).filter(|_| function))
    };
    let fits = |&member: &usize| cast.members[member].gender.agrees(reference.gender);
    before
        .filter(|_| person || !reference.definite)
        .and_then(of_kind)
        .filter(fits)
        .or_else(|| after.and_then(named).filter(fits))
}

/// `De man die moest uitwijken, Jan Jansen,`: whether `tokens` are one relative
/// clause, with or without a comma before it.
fn is_relative(reading: &Reading<'_>, tokens: Range<usize>) -> bool {
    let word = |token: usize| reading.tagged.word(token);
    let first = tokens.start + usize::from(tokens.start < tokens.end && word(tokens.start) == ",");
    first < tokens.end
        && matches!(word(first), "die" | "dat")
        && (first..tokens.end).all(|token| !matches!(word(token), "," | ":" | ";"))
}

/// *een van hen*, *een van de bewoners*
fn is_one_of(reading: &Reading<'_>, reference: &Reference) -> bool {
    matches!(reading.tagged.word(reference.start), "een" | "één")
        && reference.start + 1 < reference.end
        && reading.tagged.word(reference.start + 1) == "van"
}

fn is_indefinite(reading: &Reading<'_>, reference: &Reference) -> bool {
    matches!(reading.tagged.word(reference.start), "een" | "geen")
}

/// Whether a description that begins at `start` follows the name that ends at
/// `end`: `Jansen, directeur`, `Jansen (45), directeur`.
fn behind_name(reading: &Reading<'_>, end: usize, start: usize) -> bool {
    /// *(45)*, *(VVX)*.
    const PARENTHESES: usize = 3;
    let word = |token: usize| reading.tagged.word(token);
    if end + 1 == start {
        // "Jansen is zijn oudste broer": who that is.
        let possessive = matches!(word(start), "zijn" | "haar" | "hun");
        return word(end) == "," || possessive && matches!(word(end), "is" | "was");
    }
    end + PARENTHESES + 1 == start
        && word(end) == "("
        && word(end + 2) == ")"
        && word(end + 3) == ","
}

/// The person is known by the head of the description; how much that weighs
/// beside prominence (see [`salience`]).
const SAME_HEAD: f32 = 4.0;
/// The same where the head tells more than that it is a person: no nearer one who
/// is known by nothing of the kind is meant.
const SAME_FUNCTION: f32 = 12.0;
/// The person is known by a synonym of it.
const SYNONYM: f32 = 1.5;
/// The person is known by another function.
const OTHER_FUNCTION: f32 = 1.0;
/// *de man* is an unnamed person rather than one of the named.
const UNNAMED: f32 = 0.3;

/// The person a description means.
fn person(
    cast: &Cast,
    reading: &Reading<'_>,
    at: usize,
    reference: &Reference,
    head: &str,
) -> Option<Likely> {
    if let Some(relative) = families::relative(cast, reading, at, head) {
        return Some(Likely::certain(relative));
    }
    let bare = reference.start + 1 == reference.end || reference.head == Some(reference.start);
    if !reference.definite && bare {
        return announced(cast, reading, reference, head).map(Likely::certain);
    }
    if !reference.definite {
        return None;
    }
    let capital = reference.head.is_some_and(|head| reading.tagged.is_capital(head));
    let plain = is_plain_person(head) || capital || head.ends_with("jarige");
    // "de ex-vriend van Noor": whoever that is, not whom the text was about.
    let owned = reference.body.is_some()
        && lexicon::function(head).is_some_and(|f| f.kind == FunctionKind::Relation);
    // "de recensent van een krant": brought up here, and nobody told of before.
    let introduced = reference.body.is_some_and(|body| {
        let first = body.of_text(reading.text).split_whitespace().next();
        matches!(first, Some("een" | "één"))
    });
    let open = !cast.quoted[at]
        && !owned
        && !introduced
        && !is_possessed(reading, reference)
        && (plain || !lexicon::is_office(head));
    let own_words = LazyCell::new(|| words(reading, reference.span));
    let likely = salience::most_likely(cast, reading, at, reference.gender, |member| {
        let it = &cast.members[member];
        if !it.is_one_person() || cast.is_narrator(member) {
            return None;
        }
        let others = it.kind == SourceKind::Unnamed
            && (of_others(&it.name, &own_words) || families::is_of_another(cast, it, &own_words));
        if others {
            return None;
        }
        if it.heads.iter().any(|own| same_head(own, head)) {
            return Some(if plain { SAME_HEAD } else { SAME_FUNCTION });
        }
        // "zijn advocaat", "mijn chef": or of somebody else.
        if is_possessed(reading, reference) {
            return None;
        }
        if it.heads.iter().any(|own| lexicon::are_synonyms(own, head)) {
            return Some(SYNONYM);
        }
        // Whom a quotation speaks of is not whom the article was speaking of.
        if !open {
            return None;
        }
        // A plain "de man", "de Brit", or a first "de zangeres": the person that
        // the text is about, rather one who is not known by another function.
        if it.kind == SourceKind::Unnamed {
            return plain.then_some(UNNAMED);
        }
        let other = !plain && it.heads.iter().any(|own| is_function(own));
        Some(if other { -OTHER_FUNCTION } else { 0.0 })
    });
    let known = |member: &Member| {
        member.is_one_person()
            && member.gender.agrees(reference.gender)
            && member.heads.iter().any(|own| same_head(own, head))
            && !(member.kind == SourceKind::Unnamed
                && (of_others(&member.name, &own_words)
                    || families::is_of_another(cast, member, &own_words)))
    };
    likely.or_else(|| {
        let other = cast.nearest(at, head, known).or_else(|| accused(cast, reading, at, head));
        other.or_else(|| named_later(cast, reading, reference, head)).map(Likely::certain)
    })
}

/// `"Komt u verder", zegt de rechter. Rechter Anna Bos vraagt ...`: the only one whom
/// the text names with that function, behind a description that tells no more.
fn named_later(
    cast: &Cast,
    reading: &Reading<'_>,
    reference: &Reference,
    head: &str,
) -> Option<usize> {
    let bare = reference.body.is_none()
        && reference.end <= reference.start + 2
        && !is_possessed(reading, reference);
    if !bare || !is_function(head) {
        return None;
    }
    let known = |&member: &usize| {
        let it = &cast.members[member];
        it.kind == SourceKind::Person
            && it.heads.iter().any(|own| own == head)
            && it.gender.agrees(reference.gender)
    };
    let mut members = cast.with_head(head).filter(known);
    let only = members.next()?;
    let own = &cast.members[only].references;
    let later = own.iter().all(|&n| cast.references[n].start > reference.start);
    (later && members.next().is_none()).then_some(only)
}

/// `Burgemeester: brug blijft dicht`, in a heading: the burgomaster whom the
/// text names first behind it.
fn announced(
    cast: &Cast,
    reading: &Reading<'_>,
    reference: &Reference,
    head: &str,
) -> Option<usize> {
    let sentence = &reading.tokenized.sentences()[reference.sentence];
    let last = sentence.tokens.end - 1;
    let stopped = matches!(reading.tagged.word(last), "." | "!" | "?" | "…");
    if stopped {
        return None;
    }
    let behind = |&member: &usize| {
        let own = &cast.members[member].references;
        let next = own.iter().find(|&&n| cast.references[n].start > reference.start);
        next.map(|&n| (cast.references[n].start, member))
    };
    let known = |&member: &usize| {
        let it = &cast.members[member];
        it.kind == SourceKind::Person && it.heads.iter().any(|own| same_head(own, head))
    };
    let members = cast.with_head(head).filter(known);
    members.filter_map(|member| behind(&member)).min().map(|(_, member)| member)
}

/// Whether a description begins with a possessive.
fn is_possessed(reading: &Reading<'_>, reference: &Reference) -> bool {
    let readings = reading.tagged.pronouns(reference.start);
    readings.iter().any(|reading| reading.role == lexicon::Role::Possessive)
}

fn is_function(head: &str) -> bool {
    lexicon::function(head).is_some_and(|f| f.kind == FunctionKind::Function)
}

/// *directeur* and *museumdirecteur*, *leider* and *D66-leider*.
fn same_head(own: &str, head: &str) -> bool {
    const SHORTEST: usize = 5;
    let ends = |long: &str, short: &str| short.len() >= SHORTEST && long.ends_with(short);
    // "Ferrari-baas", "Ferrari-teambaas": what they share tells enough.
    let of_one_body = || match (own.rsplit_once('-'), head.rsplit_once('-')) {
        (Some((body, own)), Some((other, head))) => {
            body == other && (own.ends_with(head) || head.ends_with(own))
        }
        _ => false,
    };
    // *grootvader* and *vader* are two.
    let kin = || lexicon::kin(own).is_some() || lexicon::kin(head).is_some();
    own == head || (ends(own, head) || ends(head, own) || of_one_body()) && !kin()
}

/// `De Stadsbode opent ermee. ... schrijft de krant`: the named body that the sentence
/// before is about, where none that was called by the same word is as near.
fn just_told_of(cast: &Cast, reading: &Reading<'_>, at: usize, head: &str) -> Option<usize> {
    let reference = &cast.references[at];
    let bare = reference.definite && reference.head == Some(reference.start + 1);
    let short = reference.end == reference.start + 2;
    if !bare || !short || cast.quoted[at] || !lexicon::is_general_body(head) {
        return None;
    }
    let near = cast.mentioned_before(at, 1);
    let &(member, last) = near.iter().find(|&&(_, last)| cast.leads(last))?;
    let it = &cast.members[member];
    let named = it.kind == SourceKind::Organisation
        && it.parts.is_some()
        && !it.is_place
        && cast.references[last].kind == MentionKind::Name
        && it.heads.is_empty();
    let same = same_words(cast, reading, at, head);
    let nearer = same.is_none_or(|same| near.iter().all(|&(other, _)| other != same));
    (named && nearer && !is_possessed(reading, reference)).then_some(member)
}

/// A body, group or document that was mentioned with the same head.
fn same_words(cast: &Cast, reading: &Reading<'_>, at: usize, head: &str) -> Option<usize> {
    let reference = &cast.references[at];
    let own_words = LazyCell::new(|| words(reading, reference.span));
    let own_number = LazyCell::new(|| number(reading, reference));
    cast.nearest(at, head, |member| {
        member.kind == reference.source_kind
            && member.heads.iter().any(|own| own == head)
            && !differ(&member.name, &own_words)
            && (*own_number).is_none_or(|own| {
                let all = member.references.iter().map(|&n| &cast.references[n]);
                // *drie tolken* are not *102 tolken*.
                all.filter_map(|it| number(reading, it)).all(|other| other == own)
            })
            && (reference.definite || member.parts.is_none() && reference.count == Count::Many)
    })
}

/// Whether two descriptions are of people who are somebody else's each: *de advocaat
/// van de gemeente* and *de advocaat van de bewoners*.
fn of_others(one: &str, other: &str) -> bool {
    let owner = |words: &str| -> Option<Vec<String>> {
        let (_, owner) = words.split_once(" van ")?;
        let small = |word: &&str| matches!(*word, "de" | "het" | "een" | "van" | "en" | "der");
        Some(owner.split(' ').filter(|word| !small(word)).map(str::to_owned).collect())
    };
    let (Some(one), Some(other)) = (owner(one), owner(other)) else { return false };
    let initials = |words: &[String]| words.iter().filter_map(|word| word.chars().next()).collect();
    let short = |one: &[String], other: &[String]| {
        let initials: String = initials(one);
        matches!(other, [only] if *only == initials)
    };
    let shared = one.iter().any(|word| other.contains(word));
    !one.is_empty() && !other.is_empty() && !shared && !short(&one, &other) && !short(&other, &one)
}

/// Whether two descriptions name different countries, towns or bodies: *de
/// Poolse regering* and *de Franse regering*.
fn differ(one: &str, other: &str) -> bool {
    let names = |words: &str| -> Vec<String> {
        let words = words.split(' ').filter(|word| word.starts_with(char::is_uppercase));
        words.map(str::to_owned).collect()
    };
    let (one, other) = (names(one), names(other));
    !one.is_empty() && !other.is_empty() && !one.iter().any(|name| other.contains(name))
}

/// *de partij* is no *Eerste Kamer*: whether a noun in the name of a body says that it is
/// another than the general noun `head` does.
fn is_another_body(member: &Member, head: &str) -> bool {
    let told = matches!(head, "partij" | "club" | "ploeg");
    let is_other = |word: &str| {
        let word = word.to_lowercase();
        lexicon::source_noun(&word) == Some(lexicon::Noun::Organisation)
            && !same_head(&word, head)
            && !lexicon::is_general_body(&word)
    };
    told && member.name.split_whitespace().any(is_other)
}

/// How many a description says that they are: *drie tolken*.
fn number<'a>(reading: &'a Reading<'_>, reference: &Reference) -> Option<&'a str> {
    let numeral = |&at: &usize| reading.tagged.pos(at) == Pos::Numeral;
    (reference.start..reference.end).find(numeral).map(|at| reading.tagged.word(at))
}

/// `de bond` of the *Schaatsbond*, `de partij`, `het bedrijf` of the body last
/// named.
fn body(cast: &Cast, reading: &Reading<'_>, at: usize, head: &str) -> Option<usize> {
    let reference = &cast.references[at];
    let complement = reference.end > reference.head.map_or(reference.end, |head| head + 1);
    if !reference.definite || complement || reference.end > reference.start + 2 || cast.quoted[at] {
        return None;
    }
    let named = |member: &Member| member.kind == SourceKind::Organisation && member.parts.is_some();
    // "het museum": the Amsterdam Museum before the Klokkenmuseum.
    let has_noun = |member: &Member, fits: fn(&str, &str) -> bool| {
        let mut words = member.name.split_whitespace();
        named(member) && words.any(|word| fits(&word.to_lowercase(), head))
    };
    let same: fn(&str, &str) -> bool = |word, head| word == head;
    for fits in [same, same_head] {
        let prominent = salience::most_prominent(cast, reading, at, reference.gender, |member| {
            has_noun(&cast.members[member], fits)
        });
        let found = prominent.or_else(|| cast.nearest(at, head, |member| has_noun(member, fits)));
        if found.is_some() {
            return found;
        }
    }
    let general = lexicon::is_general_body(head) && !is_possessed(reading, reference);
    // "Op Facebook schrijft de organisatie": where it was said.
    let is_channel = |member: usize| {
        lexicon::is_medium(&cast.members[member].name)
            && cast.last_before(member, reference.start).is_some_and(|last| {
                let start = cast.references[last].start;
                let channel = ["op", "via", "tegen", "aan", "bij"];
                start > 0 && channel.contains(&reading.tagged.word(start - 1))
            })
    };
    general
        .then(|| {
            salience::most_prominent(cast, reading, at, reference.gender, |member| {
                let it = &cast.members[member];
                named(it) && !it.is_place && !is_channel(member) && !is_another_body(it, head)
            })
        })
        .flatten()
}
