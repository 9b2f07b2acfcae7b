//! The people and bodies of one article, and which mention is whose.

use super::mentions::{self, Count, Reading, Reference};
use super::names::NameParts;
use super::{Gender, MentionKind, Source, SourceIndex, SourceKind, descriptions, mended, pronouns};
use crate::marks::Candidate;
use crate::ner::Entity;
use crate::syntax::Tagged;
use crate::text::Document;
use crate::tokenize::Tokenized;

/// One who can be a source.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The fullest form of the name, or the fullest description.
    pub name: String,
    /// What it is.
    pub kind: SourceKind,
    /// Gender, from titles, functions, given names.
    pub gender: Gender,
    /// Whom it speaks for.
    pub affiliation: Option<String>,
    /// Its mentions, as indices into [`Cast::references`], in order.
    pub references: Vec<usize>,
    /// Heads of its functions and descriptions, in lower case.
    pub(super) heads: Vec<String>,
    /// Its name in parts, if it has one.
    pub(super) parts: Option<NameParts>,
}

/// Everyone in an article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cast {
    /// All mentions, in order of their start, without overlap.
    pub references: Vec<Reference>,
    /// Whose each mention is, as an index into `members`.
    pub member_of: Vec<Option<usize>>,
    /// Those mentioned.
    pub members: Vec<Member>,
    /// Whether each mention stands in marks that hold a clause or more.
    pub quoted: Vec<bool>,
}

impl Cast {
    /// Mentions that begin in `tokens`, with their indices.
    #[must_use]
    pub fn references_in(
        &self,
        tokens: std::ops::Range<usize>,
    ) -> impl DoubleEndedIterator<Item = (usize, &Reference)> {
        let first = self.references.partition_point(|r| r.start < tokens.start);
        let last = self.references.partition_point(|r| r.start < tokens.end);
        (first..last.max(first)).map(|n| (n, &self.references[n]))
    }

    /// The members that `keep` keeps as sources, by their first mention, and the
    /// place of each member among them.
    #[must_use]
    pub fn sources(&self, keep: impl Fn(usize) -> bool) -> (Vec<Source>, Vec<Option<SourceIndex>>) {
        let mut order: Vec<usize> = (0..self.members.len()).filter(|&n| keep(n)).collect();
        order.sort_by_key(|&member| self.members[member].references.first().copied());
        let mut places = vec![None; self.members.len()];
        let mut sources = Vec::with_capacity(order.len());
        for (place, &member) in order.iter().enumerate() {
            places[member] = Some(SourceIndex(place));
            let it = &self.members[member];
            sources.push(Source {
                id: format!("s{}", place + 1),
                name: it.name.clone(),
                kind: it.kind,
                affiliation: it.affiliation.clone(),
                gender: it.gender,
                mentions: it.references.iter().map(|&n| self.references[n].mention()).collect(),
            });
        }
        (sources, places)
    }

    /// The last mention of `member` that begins before token `before`, outside
    /// quotations.
    pub(super) fn last_before(&self, member: usize, before: usize) -> Option<usize> {
        let of_member = self.members[member].references.iter().rev().copied();
        of_member.into_iter().find(|&n| self.references[n].start < before && !self.quoted[n])
    }

    pub(super) fn assign(&mut self, reference: usize, member: usize) {
        self.member_of[reference] = Some(member);
        let references = &mut self.members[member].references;
        let at = references.partition_point(|&n| n < reference);
        references.insert(at, reference);
    }

    pub(super) fn add(&mut self, member: Member, reference: usize) {
        self.members.push(member);
        self.assign(reference, self.members.len() - 1);
    }
}

/// Marks that hold fewer tokens than this are taken for a term or a title:
/// names in them belong to the sentence around.
const SHORTEST_SPEECH: usize = 5;

/// Finds all mentions of a document and groups them.
#[must_use]
pub fn cast(
    document: &Document,
    tokenized: &Tokenized,
    tagged: &Tagged,
    names: &[Entity],
    candidates: &[Candidate],
) -> Cast {
    let text = document.text();
    let names = &mended::mended(text, tokenized, tagged, names);
    let reading = Reading::new(text, tokenized, tagged, names);
    let references = mentions::find(&reading);
    let quoted = quoted(&references, tokenized, candidates);
    let mut cast =
        Cast { member_of: vec![None; references.len()], members: Vec::new(), references, quoted };
    group_names(&mut cast, &reading);
    for at in 0..cast.references.len() {
        if cast.member_of[at].is_some() {
            continue;
        }
        match cast.references[at].kind {
            MentionKind::Name => resolve_name(&mut cast, &reading, at),
            MentionKind::Description => descriptions::resolve(&mut cast, &reading, at),
            MentionKind::Pronoun => pronouns::resolve(&mut cast, &reading, at),
        }
    }
    cast
}

fn quoted(references: &[Reference], tokenized: &Tokenized, candidates: &[Candidate]) -> Vec<bool> {
    let speech: Vec<_> = candidates
        .iter()
        .filter(|c| c.parent.is_none() && tokenized.tokens_in(c.inner).len() >= SHORTEST_SPEECH)
        .map(|c| c.span)
        .collect();
    references
        .iter()
        .map(|reference| {
            let next = speech.partition_point(|span| span.end() <= reference.span.start());
            speech.get(next).is_some_and(|span| span.contains(reference.span))
        })
        .collect()
}

/// Groups names: the longest first, then those short for them.
fn group_names(cast: &mut Cast, reading: &Reading<'_>) {
    let mut named: Vec<(usize, NameParts)> = Vec::new();
    for (at, reference) in cast.references.iter().enumerate() {
        if let Some(name) = reference.name {
            named.push((at, NameParts::new(name.of_text(reading.text))));
        }
    }
    // Full names make members, in text order, so that members are too.
    for (at, parts) in &named {
        let kind = cast.references[*at].source_kind;
        let short = named.iter().any(|(other, full)| {
            kind == SourceKind::Person
                && cast.references[*other].source_kind == kind
                && parts.is_short_for(full)
        });
        if short {
            continue;
        }
        let same = cast.members.iter().position(|member| {
            member.kind == kind && member.parts.as_ref().is_some_and(|own| own.same(parts))
        });
        let same = same.or_else(|| spelled_out(cast, reading, *at));
        if let Some(member) = same {
            cast.assign(*at, member);
            learn(cast, reading, *at, member);
        } else {
            let name = full_name(reading, &cast.references[*at]);
            cast.add(Member { parts: Some(parts.clone()), ..Member::new(name, kind) }, *at);
            learn(cast, reading, *at, cast.members.len() - 1);
        }
    }
    for (at, parts) in &named {
        if cast.member_of[*at].is_none()
            && let [only] = full_names(cast, *at, parts)[..]
        {
            cast.assign(*at, only);
            learn(cast, reading, *at, only);
        }
    }
}

/// Gives the name `at`, which can be short for several, the one of them whom
/// the text before it was about.
fn resolve_name(cast: &mut Cast, reading: &Reading<'_>, at: usize) {
    let Some(name) = cast.references[at].name else { return };
    let parts = NameParts::new(name.of_text(reading.text));
    if let Some(member) = best_full_name(cast, reading, at, &parts) {
        cast.assign(at, member);
        learn(cast, reading, at, member);
    }
}

/// The members whom a name can be short for, by name and gender.
fn full_names(cast: &Cast, at: usize, parts: &NameParts) -> Vec<usize> {
    let gender = cast.references[at].gender;
    let fits = |&member: &usize| {
        let member = &cast.members[member];
        member.kind == SourceKind::Person
            && member.parts.as_ref().is_some_and(|full| parts.is_short_for(full))
            && member.gender.agrees(gender)
    };
    (0..cast.members.len()).filter(fits).collect()
}

/// `Koninklijke Bond van Veerlieden (KBV)`: the member that the short form in
/// parentheses stands for, wherever that short form stands later.
fn spelled_out(cast: &Cast, reading: &Reading<'_>, at: usize) -> Option<usize> {
    let short = cast.references[at].name?.of_text(reading.text);
    let initials = short.chars().filter(|c| c.is_uppercase()).count();
    if initials < 2 || short.contains(' ') {
        return None;
    }
    let first = cast.references[..=at]
        .iter()
        .position(|r| r.name.is_some_and(|name| name.of_text(reading.text) == short))?;
    let before = first.checked_sub(1)?;
    let (full, short) = (&cast.references[before], &cast.references[first]);
    let enclosed = full.end + 1 == short.start && reading.tagged.word(full.end) == "(";
    (enclosed && full.source_kind == short.source_kind).then(|| cast.member_of[before]).flatten()
}

/// The name without the genitive's apostrophe.
fn full_name(reading: &Reading<'_>, reference: &Reference) -> String {
    let name = reference.name.unwrap_or(reference.span).of_text(reading.text);
    let name = name.trim_end_matches(['\'', '’']);
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Among the full names that `parts` can be short for: one whose function
/// agrees, and whose nearest mention outside quotations, of any kind, is the
/// nearest, before rather than after.
fn best_full_name(
    cast: &Cast,
    reading: &Reading<'_>,
    at: usize,
    parts: &NameParts,
) -> Option<usize> {
    let reference = &cast.references[at];
    let head = reference.head.map(|head| reading.tagged.word(head));
    let by_distance = |&member: &usize| {
        let known = head.is_some_and(|head| cast.members[member].heads.iter().any(|h| h == head));
        let nearest = cast.members[member]
            .references
            .iter()
            .filter(|&&n| !cast.quoted[n])
            .map(|&n| {
                let other = cast.references[n].start;
                let start = reference.start;
                if other <= start { (0, start - other) } else { (1, other - start) }
            })
            .min();
        (!known, nearest.unwrap_or((2, 0)))
    };
    full_names(cast, at, parts).into_iter().min_by_key(by_distance)
}

/// Takes over what a mention tells of its member: gender, function, for whom
/// it speaks.
pub(super) fn learn(cast: &mut Cast, reading: &Reading<'_>, reference: usize, member: usize) {
    let Reference { gender, head, .. } = cast.references[reference];
    let member = &mut cast.members[member];
    member.gender = member.gender.or(gender);
    if let Some(head) = head {
        let word = reading.tagged.word(head).to_owned();
        if !member.heads.contains(&word) {
            member.heads.push(word);
        }
    }
}

impl Member {
    /// A member of whom nothing else is known yet.
    pub(super) fn new(name: String, kind: SourceKind) -> Self {
        Self {
            name,
            kind,
            gender: Gender::Unknown,
            affiliation: None,
            references: Vec::new(),
            heads: Vec::new(),
            parts: None,
        }
    }

    /// Whether one word can refer to this member as to one person.
    pub(super) fn is_one_person(&self) -> bool {
        matches!(self.kind, SourceKind::Person | SourceKind::Unnamed)
    }

    /// Whether a mention of that count can be this member.
    pub(super) fn counts_as(&self, count: Count) -> bool {
        match count {
            Count::One => self.is_one_person(),
            Count::Many => matches!(self.kind, SourceKind::Group | SourceKind::Organisation),
            Count::Open => !matches!(self.kind, SourceKind::Document),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marks;
    use crate::ner::Label;
    use crate::syntax::tag;
    use crate::text::Span;
    use crate::tokenize::tokenize;

    /// The mentions of a text with the name of their member each; `names` are
    /// its named entities.
    fn members(text: &str, names: &[(&str, Label)]) -> Vec<(String, Option<String>)> {
        let document = Document::new("d", text).unwrap();
        let tokenized = tokenize(text);
        let tagged = tag(text, &tokenized);
        let mut entities: Vec<Entity> = Vec::new();
        for &(name, label) in names {
            for (start, _) in text.match_indices(name) {
                let span = Span::of(start..start + name.len());
                if !entities.iter().any(|other| other.span.overlaps(span)) {
                    entities.push(Entity { span, label, score: 1.0 });
                }
            }
        }
        entities.sort_by_key(|entity| entity.span);
        let marks = marks::pair(text, &tokenized);
        let cast = cast(&document, &tokenized, &tagged, &entities, &marks.candidates);
        let name_of = |member: usize| cast.members[member].name.clone();
        cast.references
            .iter()
            .zip(&cast.member_of)
            .map(|(r, member)| (r.span.of_text(text).to_owned(), member.map(name_of)))
            .collect()
    }

    #[track_caller]
    fn check(text: &str, names: &[(&str, Label)], expected: &[(&str, &str)]) {
        let found = members(text, names);
        for (mention, name) in expected {
            let member = found.iter().find(|(words, _)| words == mention);
            let member = member.unwrap_or_else(|| panic!("no {mention:?} in {found:?}"));
            assert_eq!(member.1.as_deref(), Some(*name), "{mention:?} in {found:?}");
        }
    }

    const PER: Label = Label::Per;
    const ORG: Label = Label::Org;

    #[test]
    fn short_names_go_to_full_names_before_and_behind() {
        check(
            "Bakkerus wint. Teun Bakkerus is blij. Teun lacht.",
            &[("Teun Bakkerus", PER), ("Bakkerus", PER), ("Teun", PER)],
            &[("Bakkerus", "Teun Bakkerus"), ("Teun", "Teun Bakkerus")],
        );
    }

    #[test]
    fn a_surname_of_two_goes_to_whom_the_text_was_about() {
        check(
            "Ineke Tromp staakt. Jeroen Tromp werkt. De bestuurder blijft buiten, zegt zij. \
             Hij blijft binnen, zegt Tromp.",
            &[("Ineke Tromp", PER), ("Jeroen Tromp", PER), ("Tromp", PER)],
            &[("Hij", "Jeroen Tromp"), ("zij", "Ineke Tromp"), ("Tromp", "Jeroen Tromp")],
        );
    }

    #[test]
    fn functions_lead_from_descriptions_to_names() {
        check(
            "Wethouder Anna Bos tekent. Directeur Piet Kwast ook. De wethouder is blij.",
            &[("Anna Bos", PER), ("Piet Kwast", PER)],
            &[("Wethouder Anna Bos", "Anna Bos"), ("De wethouder", "Anna Bos")],
        );
        check(
            "Piet Kwast, directeur van de werf, vertrekt. De directeur was moe.",
            &[("Piet Kwast", PER)],
            &[("directeur van de werf", "Piet Kwast"), ("De directeur", "Piet Kwast")],
        );
    }

    #[test]
    fn pronouns_agree_in_gender_and_number() {
        check(
            "Anna Bos sprak met Piet Kwast. Zij lachte. Hij zweeg.",
            &[("Anna Bos", PER), ("Piet Kwast", PER)],
            &[("Zij", "Anna Bos"), ("Hij", "Piet Kwast")],
        );
        check(
            "Omwonenden klagen bij Anna Bos. Ze zeggen dat het stinkt.",
            &[("Anna Bos", PER)],
            &[("Ze", "Omwonenden")],
        );
    }

    #[test]
    fn a_short_form_in_parentheses_is_the_same_body() {
        check(
            "De Bond van Veerlieden (BVV) staakt. De BVV wacht af.",
            &[("Bond van Veerlieden", ORG), ("BVV", ORG)],
            &[("BVV", "Bond van Veerlieden")],
        );
    }

    #[test]
    fn a_spokesperson_speaks_for_somebody() {
        let text = "Een woordvoerder van de gemeente belt. De woordvoerder wacht.";
        let document = Document::new("d", text).unwrap();
        let tokenized = tokenize(text);
        let tagged = tag(text, &tokenized);
        let cast = cast(&document, &tokenized, &tagged, &[], &[]);
        assert_eq!(cast.members.len(), 1, "{:?}", cast.members);
        assert_eq!(cast.members[0].affiliation.as_deref(), Some("de gemeente"));
        assert_eq!(cast.members[0].name, "een woordvoerder van de gemeente");
    }
}
