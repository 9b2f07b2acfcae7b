//! The people and bodies of one article, and which mention is whose.

use std::collections::BTreeSet;

use super::mentions::{self, Count, Reading, Reference};
use super::names::NameParts;
use super::{Gender, MentionKind, SourceKind, descriptions, pronouns};
use crate::lexicon;
use crate::marks::Candidate;
use crate::ner::{Entity, Label};
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
    let names = &whole_names(text, tokenized, tagged, names);
    let names = &repeated(text, tokenized, tagged, names);
    let reading = Reading { text, tokenized, tagged, names };
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
            MentionKind::Name => {}
            MentionKind::Description => descriptions::resolve(&mut cast, &reading, at),
            MentionKind::Pronoun => pronouns::resolve(&mut cast, &reading, at),
        }
    }
    cast
}

/// The names, mended where grammar shows the recognizer wrong: a person's name
/// that breaks off at a particle (`Marijke van`) is taken on to the surname
/// behind it, one that runs on into a word without capital (`Anna Bos
/// gisteren`) is cut, and what follows a function and begins with a given name
/// (`buurman Ali Saïd`) is a person.
fn whole_names(
    text: &str,
    tokenized: &Tokenized,
    tagged: &Tagged,
    names: &[Entity],
) -> Vec<Entity> {
    let tokens = tokenized.tokens();
    let mut whole: Vec<Entity> = Vec::with_capacity(names.len());
    for &entity in names {
        // Taken on already, by the name before it.
        if whole.last().is_some_and(|last| last.span.overlaps(entity.span)) {
            continue;
        }
        let range = tokenized.tokens_in(entity.span);
        if range.is_empty() {
            continue;
        }
        let breaks_off = entity.label == Label::Per
            && range.len() > 1
            && lexicon::is_particle(tokens[range.end - 1].span.of_text(text));
        let surname = range.end < tokens.len() && tagged.is_capital(range.end);
        let last = range.clone().rev().find(|&at| tagged.is_capital(at));
        let span = match last {
            _ if breaks_off && surname => entity.span.cover(tokens[range.end].span),
            Some(last) if entity.label == Label::Per => {
                tokens[range.start].span.cover(tokens[last].span)
            }
            _ => entity.span,
        };
        let first = tokens[range.start].span.of_text(text);
        let introduced =
            range.start > 0 && lexicon::function(tagged.word(range.start - 1)).is_some();
        let person = introduced && range.len() > 1 && lexicon::given_name(first).is_some();
        let label = if person { Label::Per } else { entity.label };
        whole.push(Entity { span, label, ..entity });
    }
    whole
}

/// The names, and with them the places where the surname of a person whose
/// full name is known stands again and the recognizer passed it over.
fn repeated(text: &str, tokenized: &Tokenized, tagged: &Tagged, names: &[Entity]) -> Vec<Entity> {
    /// Shorter surnames are words too often: *Bos*, *Vos*, *Kok*.
    const SHORTEST: usize = 5;
    let mut surnames = BTreeSet::new();
    let mut other = BTreeSet::new();
    for entity in names {
        let words: Vec<&str> = entity.span.of_text(text).split_whitespace().collect();
        match (entity.label, words.as_slice()) {
            (Label::Per, [_, .., last]) if last.chars().count() >= SHORTEST => {
                surnames.insert(*last);
            }
            (Label::Per, _) => {}
            (_, words) => other.extend(words.iter().copied()),
        }
    }
    let mut all = names.to_vec();
    let mut next = 0;
    for (at, token) in tokenized.tokens().iter().enumerate() {
        while names.get(next).is_some_and(|entity| entity.span.end() <= token.span.start()) {
            next += 1;
        }
        let word = token.span.of_text(text);
        let free = names.get(next).is_none_or(|entity| !entity.span.overlaps(token.span));
        if free && tagged.is_capital(at) && surnames.contains(word) && !other.contains(word) {
            all.push(Entity { span: token.span, label: Label::Per, score: 0.5 });
        }
    }
    all.sort_by_key(|entity| entity.span);
    all
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
        if cast.member_of[*at].is_some() {
            continue;
        }
        if let Some(member) = best_full_name(cast, reading, *at, parts) {
            cast.assign(*at, member);
            learn(cast, reading, *at, member);
        }
    }
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

/// Among the full names that `parts` can be short for: one whose gender and
/// function agree, and whose last mention is the nearest, before rather than
/// after.
fn best_full_name(
    cast: &Cast,
    reading: &Reading<'_>,
    at: usize,
    parts: &NameParts,
) -> Option<usize> {
    let reference = &cast.references[at];
    let head = reference.head.map(|head| reading.tagged.word(head));
    let fits = |member: &Member| {
        member.kind == SourceKind::Person
            && member.parts.as_ref().is_some_and(|full| parts.is_short_for(full))
            && member.gender.agrees(reference.gender)
    };
    let by_distance = |&member: &usize| {
        let known = head.is_some_and(|head| cast.members[member].heads.iter().any(|h| h == head));
        let nearest = cast.members[member]
            .references
            .iter()
            .map(|&n| {
                let other = cast.references[n].start;
                let start = reference.start;
                if other <= start { (0, start - other) } else { (1, other - start) }
            })
            .min();
        (!known, nearest.unwrap_or((2, 0)))
    };
    let members = 0..cast.members.len();
    members.filter(|&member| fits(&cast.members[member])).min_by_key(by_distance)
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
