//! What the word lists and the tagger have of a word form, remembered: the forms
//! of a language's running text are few, and most of those of an article stood in
//! the last ones.

use std::cell::RefCell;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Class, tagger};
use crate::lexicon::{self, Function, Gender, Noun, Partitive, Pronoun, Verb, WordClass};
use crate::tokenize::TokenKind;

/// How many forms a thread remembers, in some megabytes, before it begins anew.
const MOST: usize = 1 << 14;
/// Longer forms seldom come back.
const LONGEST_BYTES: usize = 32;

thread_local! {
    static SEEN: RefCell<FxHashMap<Box<str>, Arc<WordForm>>> = RefCell::default();
}

/// What does not depend on where a token stands.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a list of its own")]
pub(super) struct WordForm {
    kind: TokenKind,
    pub(super) class: Class,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
    /// Whether any of its letters is one.
    pub(super) has_capital: bool,
    /// Whether it can be an adjective by its ending.
    pub(super) adjective: bool,
    pub(super) is_of_text: bool,
    pub(super) begins_indefinite: bool,
    pub(super) indefinite: Option<Partitive>,
    pub(super) partitive: Option<Partitive>,
    pub(super) function: Option<Function>,
    pub(super) noun: Option<Noun>,
    /// Gender of the given name that it is.
    pub(super) given_name: Option<Gender>,
    /// In lower case, apostrophes straight, soft hyphens left out.
    pub(super) lower: Box<str>,
    /// The reporting verbs of which it is a finite form, without their particle.
    pub(super) verbs: &'static [&'static Verb],
    /// Those of which it is one with the particle in front.
    pub(super) joined_verbs: &'static [&'static Verb],
    /// Those of which it is the participle.
    pub(super) participle_verbs: &'static [&'static Verb],
    /// Its readings as a pronoun.
    pub(super) pronouns: &'static [Pronoun],
    pub(super) features: tagger::Word,
}

impl WordForm {
    fn of(word: &str, kind: TokenKind) -> Self {
        let mut lower = String::with_capacity(word.len());
        push_lower(word, &mut lower);
        let class = class(&lower, kind);
        Self::listed(word, kind, lower, class)
    }

    /// *OM*: no word of a closed class, with its capitals.
    pub(super) fn initialism(word: &str) -> Self {
        Self::listed(word, TokenKind::Word, word.to_owned(), Class::Word)
    }

    fn listed(word: &str, kind: TokenKind, lower: String, class: Class) -> Self {
        let (function, noun) = (lexicon::function(&lower), lexicon::source_noun(&lower));
        Self {
            kind,
            class,
            capital: word.chars().next().is_some_and(char::is_uppercase),
            has_capital: word.chars().any(char::is_uppercase),
            adjective: lexicon::is_adjective_form(&lower),
            is_of_text: lexicon::is_of_text(&lower),
            begins_indefinite: lexicon::begins_indefinite(&lower),
            indefinite: lexicon::indefinite(&lower),
            partitive: lexicon::partitive(&lower),
            function,
            noun,
            given_name: lexicon::given_name(word),
            verbs: lexicon::verbs_of_form(&lower),
            joined_verbs: lexicon::verbs_of_joined_form(&lower),
            participle_verbs: lexicon::verbs_of_participle(&lower),
            pronouns: lexicon::pronouns(&lower),
            features: tagger::word(word, &lower, function.is_some() || noun.is_some()),
            lower: lower.into(),
        }
    }
}

/// The form of a token that is written as `word`.
pub(super) fn form(word: &str, kind: TokenKind) -> Arc<WordForm> {
    if word.len() > LONGEST_BYTES {
        return Arc::new(WordForm::of(word, kind));
    }
    SEEN.with_borrow_mut(|seen| {
        if let Some(form) = seen.get(word)
            && form.kind == kind
        {
            return Arc::clone(form);
        }
        if seen.len() >= MOST {
            seen.clear();
        }
        let form = Arc::new(WordForm::of(word, kind));
        seen.insert(word.into(), Arc::clone(&form));
        form
    })
}

/// Adds a word in lower case, apostrophes straight, soft hyphens left out.
pub(in crate::syntax) fn push_lower(word: &str, lower: &mut String) {
    for c in word.chars() {
        match c {
            '’' | '‘' => lower.push('\''),
            '\u{ad}' => {}
            _ => lower.extend(c.to_lowercase()),
        }
    }
}

fn class(word: &str, kind: TokenKind) -> Class {
    match kind {
        TokenKind::Mark => return Class::Mark,
        TokenKind::Punctuation | TokenKind::Symbol => return Class::Punctuation,
        TokenKind::Number => return Class::Number,
        TokenKind::Address => return Class::Word,
        TokenKind::Word => {}
    }
    // Auxiliaries that also report ("laat weten") are both; rules that look
    // for cues ask the lexicon.
    match lexicon::word_class(word) {
        Some(WordClass::Determiner) => Class::Determiner,
        Some(WordClass::Preposition) => Class::Preposition,
        Some(WordClass::Coordinator) => Class::Coordinator,
        Some(WordClass::Subordinator) => Class::Subordinator,
        Some(WordClass::Auxiliary) => Class::Auxiliary,
        Some(WordClass::Adverb) => Class::Adverb,
        None if !lexicon::pronouns(word).is_empty() => Class::Pronoun,
        None if !lexicon::verbs_of_form(word).is_empty() => Class::Reporting,
        None => Class::Word,
    }
}
