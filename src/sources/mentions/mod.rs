//! Every place where the text refers to someone or something that can speak.

mod described;
#[cfg(test)]
mod examples;
mod indefinite;
mod named;
mod pronominal;

use std::cell::LazyCell;
use std::ops::Range;

use rustc_hash::FxHashSet as HashSet;

use super::{Gender, Mention, MentionKind, SourceKind};
use crate::lexicon::{self, Frame, FunctionKind};
use crate::ner::{Entity, Label};
use crate::syntax::{Class, Tagged};
use crate::text::Span;
use crate::tokenize::{ByToken, Tokenized};

/// How many a mention refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// One person or one body.
    One,
    /// Several people.
    Many,
    /// The words do not tell: *ze*.
    Open,
}

/// A mention with all that its own words tell.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// Its bytes.
    pub span: Span,
    /// Its first token.
    pub start: usize,
    /// One past its last token.
    pub end: usize,
    /// How it refers.
    pub kind: MentionKind,
    /// What it can refer to; of a pronoun, a person or a group.
    pub source_kind: SourceKind,
    /// Gender, where the words show it.
    pub gender: Gender,
    /// Whether a given name shows it, no word for what the person is.
    pub(super) gender_by_name: bool,
    /// One or many.
    pub count: Count,
    /// The name alone, in a mention that has one.
    pub name: Option<Span>,
    /// The token of the head noun, or of the function before a name.
    pub head: Option<usize>,
    /// The body that stands behind *van*: *Noor Bakker van de rederij*.
    pub body: Option<Span>,
    /// Whether it begins with *de* or another definite determiner.
    pub definite: bool,
    /// The sentence it stands in.
    pub sentence: usize,
}

impl Reference {
    /// The mention alone.
    #[must_use]
    pub fn mention(&self) -> Mention {
        Mention { span: self.span, kind: self.kind }
    }
}

/// What mentions are read from.
pub(super) struct Reading<'a> {
    pub(super) text: &'a str,
    pub(super) tokenized: &'a Tokenized,
    pub(super) tagged: &'a Tagged,
    pub(super) names: &'a [Entity],
    /// The entity at each token.
    entities: Vec<Option<Named>>,
    /// The tokens of each entity.
    tokens: Vec<Range<usize>>,
    /// The tokens of entities, one after another.
    named_tokens: ByToken,
    /// The first letters of the places that are named, in lower case.
    places: HashSet<String>,
}

/// The entity that a token is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Named {
    /// Its place among the entities.
    entity: u32,
    label: Label,
}

/// So many letters of a place's name come back in its inhabitants'.
const STEM: usize = 4;

impl<'a> Reading<'a> {
    pub(super) fn new(
        text: &'a str,
        tokenized: &'a Tokenized,
        tagged: &'a Tagged,
        names: &'a [Entity],
    ) -> Self {
        // "Boven", where the text has "Jan Boven".
        let surnames: LazyCell<HashSet<&str>, _> = LazyCell::new(|| {
            let persons = names.iter().filter(|name| name.label == Label::Per);
            persons.filter_map(|name| Some(name.span.of_text(text).rsplit_once(' ')?.1)).collect()
        });
        let mut entities = vec![None; tagged.len()];
        let of_each: Vec<Range<usize>> =
            names.iter().map(|entity| tokenized.tokens_in(entity.span)).collect();
        for (at, tokens) in of_each.iter().enumerate() {
            // "van de": a slip of the recognizer.
            // "50Plus", "eBay" have their capital inside.
            let closed = |n: usize| {
                is_function_word(tagged, n)
                    && !surnames.contains(tokenized.tokens()[n].span.of_text(text))
            };
            if tokens.clone().all(|n| !tagged.has_capital(n) || closed(n)) {
                continue;
            }
            let label = names[at].label;
            entities[tokens.clone()].fill(Some(Named { entity: at as u32, label }));
        }
        let located = names.iter().filter(|name| name.label == Label::Loc);
        let places = located.filter_map(|name| stem(&name.span.of_text(text).to_lowercase()));
        let (tokens, places) = (of_each, places.collect());
        let of_names = (0..entities.len()).filter(|&at| entities[at].is_some());
        let named_tokens = ByToken::new(entities.len(), of_names);
        Self { text, tokenized, tagged, names, entities, tokens, named_tokens, places }
    }

    /// Whether `word`, in lower case, begins as the name of a place does that
    /// the text mentions, and is longer than what they share.
    fn begins_place(&self, word: &str) -> bool {
        word.chars().count() > STEM + 1
            && stem(word).is_some_and(|stem| self.places.contains(&stem))
    }

    fn span(&self, tokens: Range<usize>) -> Span {
        let all = self.tokenized.tokens();
        all[tokens.start].span.cover(all[tokens.end - 1].span)
    }

    /// Token `at` as it is written.
    fn written(&self, at: usize) -> &'a str {
        self.tokenized.tokens()[at].span.of_text(self.text)
    }

    /// The label of the entity at token `at`.
    #[inline]
    fn label(&self, at: usize) -> Option<Label> {
        self.named(at).map(|named| named.label)
    }

    #[inline]
    fn named(&self, at: usize) -> Option<Named> {
        self.entities.get(at).copied().flatten()
    }

    /// Whether a part of a name stands in `tokens`.
    #[inline]
    fn has_name(&self, tokens: Range<usize>) -> bool {
        !self.named_tokens.in_tokens(tokens).is_empty()
    }

    /// Whether a named place begins where `name` does.
    pub(super) fn is_place(&self, name: Span) -> bool {
        let at = self.names.partition_point(|other| other.span.start() < name.start());
        let begins = |other: &&Entity| other.span.start() == name.start();
        self.names.get(at).filter(begins).is_some_and(|other| other.label == Label::Loc)
    }

    /// Whether token `at` is no part of a name.
    pub(super) fn is_unnamed(&self, at: usize) -> bool {
        self.label(at).is_none()
    }

    /// Whether a person's name begins at token `at`, right behind another name.
    fn parts_names(&self, at: usize) -> bool {
        self.label(at) == Some(Label::Per)
            && at
                .checked_sub(1)
                .and_then(|before| self.named(before))
                .is_some_and(|before| Some(before) != self.named(at))
    }

    /// The tokens of the entity at token `at`, up to `limit`.
    fn entity(&self, at: usize, limit: usize) -> Range<usize> {
        let Some(named) = self.named(at) else { return at..at };
        let tokens = &self.tokens[named.entity as usize];
        tokens.start..tokens.end.min(limit)
    }

    /// Whether token `at` is a word for one person: a function, a relation.
    fn is_person_noun(&self, at: usize) -> bool {
        self.tagged.class(at) == Class::Word && self.tagged.function(at).is_some()
    }
}

/// The letters that a place shares with its inhabitants, if it has so many.
fn stem(word: &str) -> Option<String> {
    let stem: String = word.chars().take(STEM).collect();
    (stem.chars().count() == STEM).then_some(stem)
}

/// A place in a sentence where a mention may begin.
#[derive(Clone, Copy)]
struct Place<'a> {
    reading: &'a Reading<'a>,
    /// The token.
    at: usize,
    /// One past the last token of the sentence.
    limit: usize,
    /// The first token of the sentence.
    first: usize,
    sentence: usize,
}

impl<'a> Place<'a> {
    fn tagged(&self) -> &'a Tagged {
        self.reading.tagged
    }

    /// Whether a mention can begin here for all that the token itself tells: with a
    /// name, with a word that may stand in a noun phrase, or with one that the lists
    /// have as somebody without a noun.
    fn can_begin(&self) -> bool {
        let (tagged, at) = (self.tagged(), self.at);
        match tagged.class(at) {
            Class::Determiner | Class::Number | Class::Pronoun | Class::Reporting | Class::Word => {
                true
            }
            Class::Preposition
            | Class::Coordinator
            | Class::Subordinator
            | Class::Auxiliary
            | Class::Adverb
            | Class::Mark
            | Class::Punctuation => {
                self.reading.label(at).is_some()
                    || tagged.refers(at)
                    // "volgens andere bronnen": any adjective.
                    || at > self.first && tagged.word(at - 1) == "volgens"
            }
        }
    }

    /// A mention of `tokens`, of which no more is known.
    fn mention(&self, tokens: Range<usize>, kind: MentionKind, is: SourceKind) -> Reference {
        let count = match is {
            SourceKind::Group => Count::Many,
            _ => Count::One,
        };
        Reference {
            span: self.reading.span(tokens.clone()),
            start: tokens.start,
            end: tokens.end,
            kind,
            source_kind: is,
            gender: Gender::Unknown,
            gender_by_name: false,
            count,
            name: None,
            head: None,
            body: None,
            definite: true,
            sentence: self.sentence,
        }
    }

    /// Whether the token before is a cue behind which its source stands:
    /// *aldus*, *volgens*, *zegt*.
    fn is_behind_cue(&self) -> bool {
        let Some(before) = self.at.checked_sub(1).filter(|&before| before >= self.first) else {
            return false;
        };
        // "De bond (VVX) verwacht de piek": the verb has its subject already.
        let served = before > self.first && self.tagged().word(before - 1) == ")";
        matches!(self.tagged().word(before), "aldus" | "volgens")
            || self.is_plain_cue(before) && !served
    }

    /// Whether token `at` is a form of a verb that does little but report.
    fn is_plain_cue(&self, at: usize) -> bool {
        let verbs = self.tagged().verbs(at);
        self.tagged().class(at) == Class::Reporting
            && verbs.iter().any(|verb| !verb.over_triggers && verb.particles.is_empty())
    }

    /// Whether the token before is a verb right behind what it can report: *...,
    /// vinden de buren.*
    fn is_behind_closing_cue(&self) -> bool {
        let Some(cue) = self.at.checked_sub(1).filter(|&cue| cue > self.first) else {
            return false;
        };
        let tagged = self.tagged();
        let verbs = tagged.verbs(cue);
        let mark = |at: usize| tagged.class(at) == Class::Mark;
        let comma = tagged.word(cue - 1) == ",";
        // "'...', lacht de maker": a verb of manner reports nothing but words in marks.
        let marked = mark(cue - 1) || comma && cue >= 2 && mark(cue - 2);
        (comma || marked)
            && tagged.class(cue) == Class::Reporting
            && verbs.iter().any(|verb| {
                // "..., luidde het antwoord": the words themselves.
                verb.takes(Frame::Inverted)
                    && (marked || !verb.takes(Frame::Manner))
                    && verb.particles.is_empty()
                    && verb.lemma != "luiden"
            })
    }
}

/// All mentions of a document, in order of their start, without overlap.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Reference> {
    let mut found: Vec<Reference> = Vec::new();
    for (sentence, tokens) in reading.tokenized.sentences().iter().enumerate() {
        let (first, limit) = (tokens.tokens.start, tokens.tokens.end);
        let mut at = first;
        while at < limit {
            let place = Place { reading, at, limit, first, sentence };
            if !place.can_begin() {
                at += 1;
                continue;
            }
            let reference = described::inhabitant(&place)
                .or_else(|| described::part(&place))
                .or_else(|| indefinite::indefinite(&place))
                .or_else(|| named::name(&place))
                .or_else(|| described::description(&place))
                .or_else(|| pronominal::pronoun(&place))
                .or_else(|| described::before_clause(&place))
                .or_else(|| {
                    // "De bond meldt de politie"; "In een brief meldt de bond" has none yet.
                    let fronted = reading.tagged.class(first) == Class::Preposition
                        && at > first
                        && !(first..at - 1).any(|at| reading.tagged.is_finite(at));
                    let subject = !fronted && found.last().is_some_and(|last| last.end + 1 == at);
                    if subject { None } else { described::behind_cue(&place) }
                });
            match reference {
                Some(reference) => {
                    at = reference.end;
                    found.push(reference);
                }
                None => at += 1,
            }
        }
    }
    found
}

fn is_function_word(tagged: &Tagged, at: usize) -> bool {
    matches!(
        tagged.class(at),
        Class::Determiner | Class::Preposition | Class::Coordinator | Class::Pronoun
    )
}

/// Whether the head of a description is a word for a person that tells no
/// more than that: *de man*, *de vrouw*.
pub(super) fn is_plain_person(word: &str) -> bool {
    lexicon::function(word).is_some_and(|f| f.kind == FunctionKind::Person)
}
