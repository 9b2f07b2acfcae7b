//! The people and bodies of one article, and which mention is whose.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::mentions::{self, Count, Reading, Reference};
use super::names::NameParts;
use super::salience::Places;
use super::{
    Gender, GenderEvidence, MentionKind, Source, SourceIndex, SourceKind, descriptions, grouped,
    joined, mended, pronouns,
};
use crate::lexicon::{self, FunctionKind};
use crate::marks::Candidate;
use crate::ner::Entity;
use crate::syntax::{Class, Pos, Tagged};
use crate::text::{Document, Span};
use crate::tokenize::{ByToken, Tokenized};

/// One who can be a source.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The fullest form of the name, or the fullest description.
    pub name: String,
    /// What it is.
    pub kind: SourceKind,
    /// Gender, from titles, functions, given names.
    pub gender: Gender,
    /// What tells the gender.
    pub gender_from: Option<GenderEvidence>,
    /// Whom it speaks for.
    pub affiliation: Option<String>,
    /// Its mentions, as indices into [`Cast::references`], in order.
    pub references: Vec<usize>,
    /// Heads of its functions and descriptions, in lower case.
    pub(super) heads: Vec<String>,
    /// Whether its name is one of a place: *Zeezicht* as an actor.
    pub(super) is_place: bool,
    /// A person's surname, in lower case.
    pub(super) surname: Option<String>,
    /// Its name in parts, if it has one.
    pub(super) parts: Option<NameParts>,
}

/// Everyone in an article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cast {
    /// All mentions: those of one source in order of their start, without
    /// overlap, and behind them those of several together.
    pub references: Vec<Reference>,
    /// Whose each mention is, as an index into `members`.
    pub member_of: Vec<Option<usize>>,
    /// Those mentioned.
    pub members: Vec<Member>,
    /// Whether each mention stands in marks that hold a clause or more.
    pub quoted: Vec<bool>,
    /// Where each mention stands among others, as far as that makes it prominent.
    pub(super) places: Places,
    /// Whom a pronoun in a quotation means if not the one it was taken for: the
    /// next likely of those who agree with it.
    second: HashMap<usize, usize>,
    /// By how much whom a pronoun or a description means is more prominent than the next.
    margins: HashMap<usize, f32>,
    /// Descriptions that were taken for somebody of whom nothing of the kind is said.
    guessed: HashSet<usize>,
    /// The *ik* that tells the story.
    pub(super) narrator: Option<usize>,
    /// How many of the mentions are of one source each, and stand in no other.
    pub(super) single: usize,
    /// Where these begin.
    starts: ByToken,
    /// The mention of several that ends with each mention of one of them.
    joint_of: Vec<Option<usize>>,
    /// The longest mention of several that begins with a mention of one of them.
    joint_from: HashMap<usize, usize>,
    /// The mention of a body that stands in each mention of another.
    body_of: Vec<Option<usize>>,
    /// The persons of each surname.
    by_surname: BTreeMap<String, Vec<usize>>,
    /// The members that have a head, or a word of a body's name, of these last
    /// letters.
    by_head: HashMap<LastLetters, Vec<usize>>,
}

impl Cast {
    /// Whether a member is the *ik* of the text, of whom nothing else is known: no
    /// pronoun and no description means that one.
    pub(super) fn is_narrator(&self, member: usize) -> bool {
        self.narrator == Some(member) && self.members[member].kind != SourceKind::Person
    }

    /// Mentions of one source that begin in `tokens`, with their indices.
    #[must_use]
    pub fn references_in(
        &self,
        tokens: Range<usize>,
    ) -> impl DoubleEndedIterator<Item = (usize, &Reference)> {
        let places = self.starts.in_tokens(tokens);
        places.clone().zip(&self.references[places])
    }

    /// The mention of several together, as an index, of which mention `last` is
    /// the last: *Bakker en De Wit* of *De Wit*.
    #[must_use]
    pub fn joint(&self, last: usize) -> Option<usize> {
        self.joint_of.get(last).copied().flatten()
    }

    /// Whether a mention is of several together.
    pub(super) fn is_joint(&self, reference: usize) -> bool {
        let it = &self.references[reference];
        reference >= self.single && it.name.is_none() && it.head.is_none()
    }

    /// The longest mention of several together, as an index, of which mention `first`
    /// is the first.
    #[must_use]
    pub fn joint_from(&self, first: usize) -> Option<usize> {
        self.joint_from.get(&first).copied()
    }

    /// Whom pronoun `reference`, which stands in a quotation of `speaker`, means:
    /// nobody speaks of himself in the third person.
    #[must_use]
    pub fn other_than_speaker(&self, reference: usize, speaker: usize) -> Option<usize> {
        let own = self.member_of[reference] == Some(speaker);
        self.second.get(&reference).copied().filter(|&second| own && second != speaker)
    }

    /// By how much whom mention `reference` means is more prominent than the next who
    /// fits; none where nobody else fits, or where its words leave no choice.
    #[must_use]
    pub fn margin(&self, reference: usize) -> Option<f32> {
        self.margins.get(&reference).copied()
    }

    /// Whether a description was taken for somebody of whom the text says nothing of the
    /// kind elsewhere.
    #[must_use]
    pub fn is_guessed(&self, reference: usize) -> bool {
        self.guessed.contains(&reference)
    }

    pub(super) fn add_margin(&mut self, reference: usize, margin: f32) {
        self.margins.insert(reference, margin);
    }

    pub(super) fn add_guessed(&mut self, reference: usize) {
        self.guessed.insert(reference);
    }

    pub(super) fn add_second(&mut self, reference: usize, member: usize) {
        self.second.insert(reference, member);
    }

    /// The members that `keep` keeps as sources, by their first mention, and the
    /// place of each member among them.
    #[must_use]
    pub fn sources(&self, keep: impl Fn(usize) -> bool) -> (Vec<Source>, Vec<Option<SourceIndex>>) {
        let mut order: Vec<usize> = (0..self.members.len()).filter(|&n| keep(n)).collect();
        let first = |member: usize| self.members[member].references.first();
        order.sort_by_key(|&member| first(member).map(|&n| self.references[n].start));
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
                gender_from: it.gender_from,
                mentions: it.references.iter().map(|&n| self.references[n].mention()).collect(),
            });
        }
        (sources, places)
    }

    /// The mention of a body that stands in mention `at`, as an index.
    pub(super) fn inner(&self, at: usize) -> Option<usize> {
        self.body_of.get(at).copied().flatten()
    }

    /// Adds a mention of `member` that stands in mention `at`.
    pub(super) fn add_inner(&mut self, at: usize, inner: Reference, member: usize) {
        let n = self.references.len();
        self.quoted.push(self.quoted[at]);
        self.places.add_inner();
        self.member_of.push(None);
        self.references.push(inner);
        self.body_of[at] = Some(n);
        self.assign(n, member);
    }

    pub(super) fn assign(&mut self, reference: usize, member: usize) {
        self.member_of[reference] = Some(member);
        let all = &self.references;
        let start = all[reference].start;
        let own = &mut self.members[member].references;
        let at = own.partition_point(|&n| all[n].start < start);
        own.insert(at, reference);
    }

    pub(super) fn add(&mut self, member: Member, reference: usize) {
        let member = self.push(member);
        self.assign(reference, member);
    }

    /// Adds a member that has no mention yet.
    pub(super) fn push(&mut self, member: Member) -> usize {
        self.members.push(member);
        self.members.len() - 1
    }

    /// Makes `member` one that words of its name may mean.
    pub(super) fn index_words(&mut self, member: usize) {
        let name = self.members[member].name.to_lowercase();
        for word in name.split_whitespace() {
            self.index_head(word, member);
        }
    }

    /// Takes over the surname of `member`.
    pub(super) fn learn_surname(&mut self, member: usize, surname: String) {
        self.by_surname.entry(surname.clone()).or_default().push(member);
        self.members[member].surname = Some(surname);
    }

    /// The persons who share the surname of `member`, with that one.
    pub(super) fn family(&self, member: usize) -> &[usize] {
        let surname = self.members[member].surname.as_ref();
        surname.and_then(|surname| self.by_surname.get(surname)).map_or(&[], Vec::as_slice)
    }

    /// The persons of each surname that several have.
    pub(super) fn families(&self) -> impl Iterator<Item = &Vec<usize>> {
        self.by_surname.values().filter(|members| members.len() > 1)
    }

    /// Makes `member` one that descriptions with the head `word` may mean.
    pub(super) fn index_head(&mut self, word: &str, member: usize) {
        let members = self.by_head.entry(last_letters(word)).or_default();
        if members.last() != Some(&member) {
            members.push(member);
        }
    }

    /// Members of a head like `head`, the last first.
    pub(super) fn with_head(&self, head: &str) -> impl Iterator<Item = usize> + '_ {
        /// Of more people of one function, the first are forgotten.
        const MOST: usize = 64;
        let members = self.by_head.get(&last_letters(head)).into_iter().flatten();
        members.rev().take(MOST).copied()
    }

    /// The last mention of `member` that begins before token `before`, outside
    /// quotations.
    pub(crate) fn last_before(&self, member: usize, before: usize) -> Option<usize> {
        /// More mentions in quotations in a row are not looked through.
        const QUOTED: usize = 32;
        let own = &self.members[member].references;
        let end = own.partition_point(|&n| self.references[n].start < before);
        own[..end].iter().rev().take(QUOTED).copied().find(|&n| !self.quoted[n])
    }

    /// The member with a head like `head` that `fits` and whose last mention
    /// before mention `at` is nearest.
    pub(super) fn nearest(
        &self,
        at: usize,
        head: &str,
        fits: impl Fn(&Member) -> bool,
    ) -> Option<usize> {
        let start = self.references[at].start;
        self.with_head(head)
            .filter(|&member| fits(&self.members[member]))
            .filter_map(|member| {
                let last = self.last_before(member, start)?;
                Some((self.references[last].start, member))
            })
            .max()
            .map(|(_, member)| member)
    }
}

/// The letters that two words share of which one ends in the other, the last one
/// first; a shorter word leaves the rest empty.
type LastLetters = [char; 5];

fn last_letters(word: &str) -> LastLetters {
    let mut letters = LastLetters::default();
    for (place, letter) in letters.iter_mut().zip(word.chars().rev()) {
        *place = letter;
    }
    letters
}

/// Marks that hold fewer tokens than this are taken for a term or a title:
/// names in them belong to the sentence around.
const SHORTEST_SPEECH: usize = 5;
/// A pronoun is a part of terms and titles less often.
const SHORTEST_WITH_PRONOUN: usize = 3;

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
    let entities = &mended::mended(text, tokenized, tagged, names);
    let reading = Reading::new(text, tokenized, tagged, entities);
    let references = mentions::find(&reading);
    let in_marks = in_marks(&references, tokenized, candidates);
    let single = references.len();
    let mut cast = Cast {
        member_of: vec![None; single],
        joint_of: vec![None; single],
        body_of: vec![None; single],
        places: Places::of(&reading, &references, &in_marks, candidates),
        quoted: in_marks,
        single,
        starts: ByToken::new(tagged.len(), references.iter().map(|reference| reference.start)),
        references,
        ..Cast::default()
    };
    let full_names = grouped::group(&mut cast, &reading);
    cast.narrator = signed_by(&cast, tokenized);
    for at in 0..single {
        match cast.references[at].kind {
            _ if cast.member_of[at].is_some() => {}
            MentionKind::Name => {
                if let Some(member) = grouped::nearest_full_name(&cast, &reading, &full_names, at) {
                    cast.assign(at, member);
                    learn(&mut cast, &reading, at, member);
                }
            }
            MentionKind::Description => descriptions::resolve(&mut cast, &reading, at),
            MentionKind::Pronoun => pronouns::resolve(&mut cast, &reading, at),
        }
        if let Some(joint) = joined::ending_at(&cast, &reading, at) {
            let n = cast.references.len();
            cast.quoted.push(cast.quoted[at]);
            cast.places.copy(joint.first);
            cast.member_of.push(None);
            cast.references.push(joint.reference);
            cast.joint_of[at] = Some(n);
            cast.joint_from.insert(joint.first, n);
            if let Some(member) = joined::known(&cast, &joint.name) {
                cast.assign(n, member);
            } else {
                cast.add(Member::new(joint.name, joint.kind), n);
                let member = cast.members.len() - 1;
                let name = cast.members[member].name.clone();
                cast.index_head(&name, member);
            }
        }
    }
    cast
}

/// Who signs a text: the person whose name alone is its last paragraph.
fn signed_by(cast: &Cast, tokenized: &Tokenized) -> Option<usize> {
    let last = cast.single.checked_sub(1)?;
    let reference = &cast.references[last];
    let (sentences, paragraphs) = (tokenized.sentences(), tokenized.paragraphs());
    let alone = paragraphs.len() > 1
        && paragraphs.last()?.sentences.len() == 1
        && sentences.last()?.tokens == (reference.start..reference.end);
    let person = reference.kind == MentionKind::Name && reference.source_kind == SourceKind::Person;
    (alone && person).then(|| cast.member_of[last]).flatten()
}

fn in_marks(
    references: &[Reference],
    tokenized: &Tokenized,
    candidates: &[Candidate],
) -> Vec<bool> {
    let speech: Vec<_> = candidates
        .iter()
        .filter(|c| c.parent.is_none())
        .map(|c| (c.span, tokenized.tokens_in(c.inner).len()))
        .collect();
    references
        .iter()
        .map(|reference| {
            let next = speech.partition_point(|(span, _)| span.end() <= reference.span.start());
            let pronoun = reference.kind == MentionKind::Pronoun;
            let shortest = if pronoun { SHORTEST_WITH_PRONOUN } else { SHORTEST_SPEECH };
            let inside = |(span, tokens): &(Span, usize)| {
                *tokens >= shortest && span.contains(reference.span)
            };
            speech.get(next).is_some_and(inside)
        })
        .collect()
}

/// Takes over what a mention tells of its member: gender, function, for whom
/// it speaks.
pub(super) fn learn(cast: &mut Cast, reading: &Reading<'_>, reference: usize, member: usize) {
    let Reference { gender, head, body, kind, .. } = cast.references[reference];
    let word = head.map(|head| reading.tagged.word(head));
    let it = &mut cast.members[member];
    let by_name = cast.references[reference].gender_by_name;
    let evidence = if by_name { GenderEvidence::GivenName } else { GenderEvidence::Function };
    let surname = || {
        let own =
            cast.references[reference].name.map(|name| NameParts::new(name.of_text(reading.text)));
        own.is_some_and(|own| it.parts.as_ref().is_some_and(|full| own.is_surname_of(full)))
    };
    if gender != Gender::Unknown && !(by_name && surname()) {
        it.learn_gender(gender, evidence);
    }
    if it.affiliation.is_none() && it.is_one_person() {
        it.affiliation = affiliation(reading, word, body, kind);
    }
    if it.parts.is_some() && it.kind == SourceKind::Organisation {
        cast.index_words(member);
    }
    let predicate = predicate(reading, &cast.references[reference]);
    for word in word.into_iter().chain(predicate) {
        cast.index_head(word, member);
        let heads = &mut cast.members[member].heads;
        if !heads.iter().any(|own| own == word) {
            heads.push(word.to_owned());
        }
    }
}

/// `Joris Bakker (41) werd advocaat`: the function that a copula behind a name gives to
/// who bears it.
fn predicate<'a>(reading: &'a Reading<'_>, reference: &Reference) -> Option<&'a str> {
    /// *een bekende Vlaamse*.
    const MODIFIERS: usize = 3;
    let tagged = reading.tagged;
    let word = |at: usize| if at < tagged.len() { tagged.word(at) } else { "" };
    reference.name.filter(|_| reference.kind == MentionKind::Name)?;
    let aged = word(reference.end) == "(" && word(reference.end + 2) == ")";
    let copula = if aged { reference.end + 3 } else { reference.end };
    if !matches!(word(copula), "is" | "was" | "werd" | "wordt" | "blijft") {
        return None;
    }
    let noun = (copula + 1..tagged.len()).take(MODIFIERS + 1).find(|&at| {
        let modifies = matches!(word(at), "een" | "de")
            || tagged.class(at) == Class::Adverb && !matches!(word(at), "niet" | "nooit")
            || tagged.pos(at) == Pos::Adjective;
        !modifies
    })?;
    let function = tagged.function(noun)?;
    let given = function.kind == FunctionKind::Function && reading.is_unnamed(noun);
    given.then(|| word(noun))
}

/// Whom somebody speaks for: `een woordvoerder van de gemeente`,
/// `politiewoordvoerder`, `Noor Bakker van de rederij`.
fn affiliation(
    reading: &Reading<'_>,
    head: Option<&str>,
    body: Option<Span>,
    kind: MentionKind,
) -> Option<String> {
    let before = head.and_then(lexicon::spokesperson);
    if let Some(body) = body.filter(|_| before.is_some() || kind == MentionKind::Name) {
        return Some(descriptions::words(reading, body));
    }
    before.filter(|before| lexicon::source_noun(before).is_some()).map(str::to_owned)
}

impl Member {
    /// A member of whom nothing else is known yet.
    pub(super) fn new(name: String, kind: SourceKind) -> Self {
        Self {
            name,
            kind,
            gender: Gender::Unknown,
            gender_from: None,
            affiliation: None,
            references: Vec::new(),
            heads: Vec::new(),
            is_place: false,
            surname: None,
            parts: None,
        }
    }

    /// Takes over the gender that a mention shows, if none is known yet.
    pub(super) fn learn_gender(&mut self, gender: Gender, evidence: GenderEvidence) {
        if self.gender == Gender::Unknown && gender != Gender::Unknown {
            self.gender = gender;
            self.gender_from = Some(evidence);
        }
    }

    /// Whether its name is one of a place: *Zeezicht* as an actor.
    pub(crate) fn is_place(&self) -> bool {
        self.is_place
    }

    /// Whether one word can refer to this member as to one person.
    pub(super) fn is_one_person(&self) -> bool {
        matches!(self.kind, SourceKind::Person | SourceKind::Unnamed)
    }

    /// Whether all that is known of its name is one word.
    pub(super) fn is_single_name(&self) -> bool {
        self.parts.as_ref().is_some_and(|parts| parts.len() == 1)
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
