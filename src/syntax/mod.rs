//! As much grammar as the rules need: a class for each token, and noun
//! phrases. Patterns over closed word classes, no statistics, so that any
//! named-entity model and none at all work.

mod phrases;

pub use phrases::{Phrase, phrase_at};

use crate::lexicon::{self, WordClass};
use crate::tokenize::{TokenKind, Tokenized};

/// What a token is in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Class {
    Determiner,
    Preposition,
    Coordinator,
    Subordinator,
    /// A finite form of an auxiliary or of one of the commonest verbs.
    Auxiliary,
    Adverb,
    Pronoun,
    /// A finite form of a reporting verb; some are nouns elsewhere.
    Reporting,
    Number,
    Mark,
    Punctuation,
    /// Nouns, adjectives, other verbs, names.
    Word,
}

/// The tokens of a document with their classes and their words in lower case.
#[derive(Debug, Clone)]
pub struct Tagged {
    classes: Vec<Class>,
    capitals: Vec<bool>,
    lower: String,
    ends: Vec<u32>,
}

impl Tagged {
    /// The class of token `at`.
    #[must_use]
    pub fn class(&self, at: usize) -> Class {
        self.classes[at]
    }

    /// Token `at` in lower case, typographic apostrophes made straight.
    #[must_use]
    pub fn word(&self, at: usize) -> &str {
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.lower[start..self.ends[at] as usize]
    }

    /// Whether token `at` begins with a capital.
    #[must_use]
    pub fn is_capital(&self, at: usize) -> bool {
        self.capitals[at]
    }

    /// Number of tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.classes.len()
    }

    /// Whether there is no token.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.classes.is_empty()
    }
}

/// Gives each token of `text` its class.
#[must_use]
pub fn tag(text: &str, tokenized: &Tokenized) -> Tagged {
    let tokens = tokenized.tokens();
    let mut tagged = Tagged {
        classes: Vec::with_capacity(tokens.len()),
        capitals: Vec::with_capacity(tokens.len()),
        lower: String::with_capacity(text.len()),
        ends: Vec::with_capacity(tokens.len()),
    };
    for token in tokens {
        let word = token.span.of_text(text);
        let start = tagged.lower.len();
        for c in word.chars() {
            match c {
                '’' | '‘' => tagged.lower.push('\''),
                '\u{ad}' => {}
                _ => tagged.lower.extend(c.to_lowercase()),
            }
        }
        tagged.ends.push(tagged.lower.len() as u32);
        let class = class(&tagged.lower[start..], token.kind);
        tagged.classes.push(class);
        tagged.capitals.push(word.chars().next().is_some_and(char::is_uppercase));
    }
    tagged
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokenize::tokenize;

    #[test]
    fn classes_follow_the_closed_lists() {
        let text = "Volgens hem zegt de trainer: \"Nee\".";
        let tagged = tag(text, &tokenize(text));
        let classes: Vec<_> = (0..tagged.len()).map(|at| tagged.class(at)).collect();
        assert_eq!(
            classes,
            [
                Class::Preposition,
                Class::Pronoun,
                Class::Reporting,
                Class::Determiner,
                Class::Word,
                Class::Punctuation,
                Class::Mark,
                Class::Word,
                Class::Mark,
                Class::Punctuation
            ]
        );
        assert!(tagged.is_capital(0) && !tagged.is_capital(1));
        assert_eq!(tagged.word(0), "volgens");
    }

    #[test]
    fn apostrophes_are_made_straight() {
        let text = "Zo’n man.";
        assert_eq!(tag(text, &tokenize(text)).word(0), "zo'n");
    }
}
