//! Several who are mentioned together: *Bakker en De Wit*, *VVX, D67 en SPX*.

use super::cast::Cast;
use super::mentions::{Count, Reading, Reference};
use super::{Gender, MentionKind, SourceKind};
use crate::syntax::Class;

/// A mention of several.
pub(super) struct Joint {
    /// Their names, joined.
    pub(super) name: String,
    /// What they are together.
    pub(super) kind: SourceKind,
    /// The first mention, as an index.
    pub(super) first: usize,
    /// All of the words.
    pub(super) reference: Reference,
}

/// The mention of several of which mention `last` is the last.
pub(super) fn ending_at(cast: &Cast, reading: &Reading<'_>, last: usize) -> Option<Joint> {
    /// Longer lists are tables.
    const LONGEST: usize = 5;
    let part = |n: usize| is_part(&cast.references[n]).then(|| cast.member_of[n]).flatten();
    let before = |n: usize| before(cast, reading, n);
    let mut first = before(last).filter(|&n| stands_between(cast, reading, n, last, "en"))?;
    let mut parts = vec![first, last];
    while let Some(earlier) = before(first)
        && parts.len() < LONGEST
        && stands_between(cast, reading, earlier, first, ",")
        && part(earlier).is_some()
    {
        first = earlier;
        parts.insert(0, first);
    }
    // "zijn zus en manager Noor Bakker" is one.
    let bare = reading.tagged.class(cast.references[last].start) != Class::Determiner
        && cast.references[last].head.is_some();
    let other = &cast.references[parts[parts.len() - 2]];
    let is_body = other.source_kind == SourceKind::Organisation;
    if other.kind == MentionKind::Description && bare && !is_body {
        return None;
    }
    let members: Vec<usize> = parts.into_iter().map(part).collect::<Option<_>>()?;
    let mut distinct = members.clone();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() < members.len() {
        return None;
    }
    let bodies = |member: &usize| cast.members[*member].kind == SourceKind::Organisation;
    let all = members.iter().all(bodies);
    let kind = if all { SourceKind::Organisation } else { SourceKind::Group };
    let names: Vec<&str> =
        members.iter().map(|&member| cast.members[member].name.as_str()).collect();
    let (end, start) = names.split_last()?;
    let (from, to) = (&cast.references[first], &cast.references[last]);
    Some(Joint {
        name: format!("{} en {end}", start.join(", ")),
        kind,
        first,
        reference: Reference {
            span: from.span.cover(to.span),
            start: from.start,
            end: to.end,
            kind: to.kind,
            source_kind: kind,
            gender: Gender::Unknown,
            gender_by_name: false,
            count: Count::Many,
            name: None,
            head: None,
            body: None,
            definite: true,
            sentence: from.sentence,
        },
    })
}

/// The several that were mentioned together before under that name.
pub(super) fn known(cast: &Cast, name: &str) -> Option<usize> {
    cast.with_head(name).find(|&member| cast.members[member].name == name)
}

/// Whether a mention can be one of several.
fn is_part(reference: &Reference) -> bool {
    let body = reference.source_kind == SourceKind::Organisation;
    let person = matches!(reference.source_kind, SourceKind::Person | SourceKind::Unnamed);
    match reference.kind {
        MentionKind::Name => body || person,
        MentionKind::Description => person || body || reference.source_kind == SourceKind::Group,
        MentionKind::Pronoun => false,
    }
}

/// The mention before mention `n`, a party or short form in parentheses left out:
/// *Bond van Veerlieden (BV) en De Wit*.
fn before(cast: &Cast, reading: &Reading<'_>, n: usize) -> Option<usize> {
    let before = n.checked_sub(1)?;
    let it = &cast.references[before];
    let word = |token: usize| reading.tagged.word(token);
    let enclosed = it.start > 0
        && it.end < reading.tagged.len()
        && word(it.start - 1) == "("
        && word(it.end) == ")";
    let owner = before.checked_sub(1).filter(|&owner| cast.references[owner].end + 1 == it.start);
    if enclosed { owner.or(Some(before)) } else { Some(before) }
}

/// Whether `word` alone stands between mentions `n` and `next`, what is in
/// parentheses left out: *Bakker (45) en De Wit*.
pub(super) fn stands_between(
    cast: &Cast,
    reading: &Reading<'_>,
    n: usize,
    next: usize,
    word: &str,
) -> bool {
    /// *(Justitie en Veiligheid)*.
    const PARENTHESES: usize = 6;
    let (end, start) = (cast.references[n].end, cast.references[next].start);
    let at = |token: usize| reading.tagged.word(token);
    if end >= start || cast.references[n].sentence != cast.references[next].sentence {
        return false;
    }
    let from = if at(end) == "(" {
        let limit = start.min(end + PARENTHESES);
        match (end..limit).find(|&token| at(token) == ")") {
            Some(close) => close + 1,
            None => return false,
        }
    } else {
        end
    };
    // "de gemeente en beheerder Waterwacht": what the body is.
    let told = from + 2 == start
        && cast.references[next].source_kind == SourceKind::Organisation
        && reading.tagged.function(from + 1).is_some();
    (from + 1 == start || told) && at(from) == word
}
