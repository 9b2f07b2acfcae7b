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
pub(super) struct WordForm {
    kind: TokenKind,
    pub(super) class: Class,
    pub(super) facts: Facts,
    /// In lower case, apostrophes straight, soft hyphens left out.
    pub(super) lower: Arc<str>,
    /// The reporting verbs of which it is a finite form, without their particle.
    pub(super) verbs: &'static [&'static Verb],
    /// Those of which it is one with the particle in front.
    pub(super) joined_verbs: &'static [&'static Verb],
    /// Those of which it is the participle.
    pub(super) participle_verbs: &'static [&'static Verb],
    /// Its readings as a pronoun.
    pub(super) pronouns: &'static [Pronoun],
    /// The words with which it names someone without saying whom.
    pub(super) indefinite_behind: &'static [(&'static str, Partitive)],
    pub(super) features: tagger::Word,
}

/// What rules ask of one token after another, in few bytes: those of an article
/// stand side by side, where most questions end without a look at the form.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a list of its own")]
pub(super) struct Facts {
    /// Whether it begins with a capital.
    pub(super) capital: bool,
    /// Whether any of its letters is one.
    pub(super) has_capital: bool,
    /// Whether it can be an adjective by its ending.
    pub(super) adjective: bool,
    pub(super) is_of_text: bool,
    /// Whether it can be the first of two indefinite words.
    pub(super) has_indefinite_behind: bool,
    /// Whether what stands apart from a reporting verb can begin with it.
    pub(super) begins_particle: bool,
    /// Whether a participle of several words can begin with it.
    pub(super) begins_participle: bool,
    /// Whether it is a finite form of any reporting verb.
    pub(super) has_verbs: bool,
    /// Whether it is one with the particle in front.
    pub(super) has_joined_verbs: bool,
    /// Whether it is the participle of any.
    pub(super) has_participle_verbs: bool,
    /// Whether it refers to somebody or something without a noun.
    pub(super) refers: bool,
    /// Whether it is a pronoun.
    pub(super) has_pronouns: bool,
    pub(super) indefinite: Option<Partitive>,
    pub(super) partitive: Option<Partitive>,
    pub(super) function: Option<Function>,
    pub(super) noun: Option<Noun>,
    /// Gender of the given name that it is.
    pub(super) given_name: Option<Gender>,
}

// Some hundred of them are to fit a processor's nearest cache, with all else.
const _: () = assert!(size_of::<Facts>() <= 20);

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
        let verbs = lexicon::verbs_of_form(&lower);
        let joined_verbs = lexicon::verbs_of_joined_form(&lower);
        let participle_verbs = lexicon::verbs_of_participle(&lower);
        let pronouns = lexicon::pronouns(&lower);
        let indefinite_behind = lexicon::indefinite_behind(&lower);
        let is_of_text = lexicon::is_of_text(&lower);
        let (indefinite, partitive) = (lexicon::indefinite(&lower), lexicon::partitive(&lower));
        let facts = Facts {
            capital: word.chars().next().is_some_and(char::is_uppercase),
            has_capital: word.chars().any(char::is_uppercase),
            adjective: lexicon::is_adjective_form(&lower),
            is_of_text,
            has_indefinite_behind: !indefinite_behind.is_empty(),
            begins_particle: lexicon::begins_particle(&lower),
            begins_participle: lexicon::begins_participle(&lower),
            has_verbs: !verbs.is_empty(),
            has_joined_verbs: !joined_verbs.is_empty(),
            has_participle_verbs: !participle_verbs.is_empty(),
            refers: is_of_text
                || indefinite.is_some()
                || partitive.is_some()
                || !indefinite_behind.is_empty()
                || !pronouns.is_empty()
                || lower.ends_with("-ie"),
            has_pronouns: !pronouns.is_empty(),
            indefinite,
            partitive,
            function,
            noun,
            given_name: lexicon::given_name(word),
        };
        Self {
            kind,
            class,
            facts,
            verbs,
            joined_verbs,
            participle_verbs,
            pronouns,
            indefinite_behind,
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
