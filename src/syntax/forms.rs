//! What the word lists and the tagger have of a word form, remembered: the forms
//! of a language's running text are few, and most of those of an article stood in
//! the last ones.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::{Class, tagger};
use crate::lexicon::{self, Function, Noun, WordClass};
use crate::tokenize::TokenKind;

/// How many forms a thread remembers, in some megabytes, before it begins anew.
const MOST: usize = 1 << 14;
/// Longer forms seldom come back.
const LONGEST_BYTES: usize = 32;

thread_local! {
    static SEEN: RefCell<FxHashMap<Box<str>, WordForm>> = RefCell::default();
}

/// What does not depend on where a token stands.
#[derive(Debug)]
pub(super) struct WordForm {
    kind: TokenKind,
    pub(super) class: Class,
    /// In lower case, apostrophes straight, soft hyphens left out.
    pub(super) lower: Box<str>,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
    pub(super) function: Option<Function>,
    pub(super) noun: Option<Noun>,
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
        let features = tagger::word(word, &lower, function.is_some() || noun.is_some());
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        Self { kind, class, lower: lower.into(), capital, function, noun, features }
    }
}

/// Calls `used` with the form of a token that is written as `word`.
pub(super) fn with_form<T>(word: &str, kind: TokenKind, used: impl FnOnce(&WordForm) -> T) -> T {
    if word.len() > LONGEST_BYTES {
        return used(&WordForm::of(word, kind));
    }
    SEEN.with_borrow_mut(|seen| {
        if let Some(form) = seen.get(word)
            && form.kind == kind
        {
            return used(form);
        }
        if seen.len() >= MOST {
            seen.clear();
        }
        let form = WordForm::of(word, kind);
        let result = used(&form);
        seen.insert(word.into(), form);
        result
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
