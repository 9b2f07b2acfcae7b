//! As much grammar as the rules need: a class for each token by closed word
//! lists, its part of speech by a small tagger, and noun phrases. None of it
//! knows the named-entity model, so that any and none at all work.

mod forms;
mod phrases;
pub mod tagger;

use std::sync::Arc;

pub use phrases::{Phrase, complement, phrase_at, with_complement};
pub use tagger::{Form, Pos, Tag};

use crate::lexicon::{Function, Gender, Noun, Partitive, Pronoun, Verb};
use crate::tokenize::{Token, TokenKind, Tokenized};
use forms::{Facts, WordForm, form};

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
    words: Vec<Arc<str>>,
    facts: Vec<Facts>,
    classes: Vec<Class>,
    tags: Vec<Tag>,
    /// Where the lists of verbs and pronouns are.
    forms: Vec<Arc<WordForm>>,
}

impl Tagged {
    /// The class of token `at`.
    #[must_use]
    #[inline]
    pub fn class(&self, at: usize) -> Class {
        self.classes[at]
    }

    /// The part of speech and form of token `at`.
    ///
    /// The class knows the closed lists alone and is sure of them; this is a
    /// guess from the sentence around, right 19 times in 20.
    #[must_use]
    #[inline]
    pub fn tag(&self, at: usize) -> Tag {
        self.tags[at]
    }

    /// The part of speech of token `at`.
    #[must_use]
    #[inline]
    pub fn pos(&self, at: usize) -> Pos {
        self.tags[at].pos()
    }

    /// Whether token `at` is a finite verb, auxiliaries among them.
    #[must_use]
    #[inline]
    pub fn is_finite(&self, at: usize) -> bool {
        self.tags[at].is_finite()
    }

    /// Token `at` in lower case, typographic apostrophes made straight; an
    /// initialism that looks like a word of a closed class keeps its capitals.
    #[must_use]
    #[inline]
    pub fn word(&self, at: usize) -> &str {
        &self.words[at]
    }

    /// The word for a person that token `at` is, as [`crate::lexicon::function`] has it.
    #[must_use]
    #[inline]
    pub fn function(&self, at: usize) -> Option<Function> {
        self.facts[at].function
    }

    /// What token `at` names as a source, as [`crate::lexicon::source_noun`] has it.
    #[must_use]
    #[inline]
    pub fn source_noun(&self, at: usize) -> Option<Noun> {
        self.facts[at].noun
    }

    /// The reporting verbs of which token `at` is a finite form, as
    /// [`crate::lexicon::verbs_of_form`] has them.
    #[must_use]
    #[inline]
    pub fn verbs(&self, at: usize) -> &'static [&'static Verb] {
        if self.facts[at].has_verbs { self.forms[at].verbs } else { &[] }
    }

    /// The reporting verbs of which token `at` is a finite form with the particle
    /// in front, as [`crate::lexicon::verbs_of_joined_form`] has them.
    #[must_use]
    #[inline]
    pub fn joined_verbs(&self, at: usize) -> &'static [&'static Verb] {
        if self.facts[at].has_joined_verbs { self.forms[at].joined_verbs } else { &[] }
    }

    /// The reporting verbs of which token `at` is the participle, as
    /// [`crate::lexicon::verbs_of_participle`] has them.
    #[must_use]
    #[inline]
    pub fn participle_verbs(&self, at: usize) -> &'static [&'static Verb] {
        if self.facts[at].has_participle_verbs { self.forms[at].participle_verbs } else { &[] }
    }

    /// Whether what stands apart from a reporting verb can begin with token `at`, as
    /// [`crate::lexicon::begins_particle`] has it.
    #[must_use]
    #[inline]
    pub fn begins_particle(&self, at: usize) -> bool {
        self.facts[at].begins_particle
    }

    /// Whether a participle of several words can begin with token `at`, as
    /// [`crate::lexicon::begins_participle`] has it.
    #[must_use]
    #[inline]
    pub fn begins_participle(&self, at: usize) -> bool {
        self.facts[at].begins_participle
    }

    /// The readings of token `at` as a pronoun, as [`crate::lexicon::pronouns`] has
    /// them.
    #[must_use]
    #[inline]
    pub fn pronouns(&self, at: usize) -> &'static [Pronoun] {
        if self.facts[at].has_pronouns { self.forms[at].pronouns } else { &[] }
    }

    /// The gender of the given name that token `at` is, as
    /// [`crate::lexicon::given_name`] has it.
    #[must_use]
    #[inline]
    pub fn given_name(&self, at: usize) -> Option<Gender> {
        self.facts[at].given_name
    }

    /// How many of several token `at` names, as [`crate::lexicon::partitive`] has it.
    #[must_use]
    #[inline]
    pub fn partitive(&self, at: usize) -> Option<Partitive> {
        self.facts[at].partitive
    }

    /// How many people token `at` names without saying whom, as
    /// [`crate::lexicon::indefinite`] has it.
    #[must_use]
    #[inline]
    pub fn indefinite(&self, at: usize) -> Option<Partitive> {
        self.facts[at].indefinite
    }

    /// The words that do so behind token `at`, as
    /// [`crate::lexicon::indefinite_behind`] has them.
    #[must_use]
    #[inline]
    pub fn indefinite_behind(&self, at: usize) -> &'static [(&'static str, Partitive)] {
        if self.facts[at].has_indefinite_behind { self.forms[at].indefinite_behind } else { &[] }
    }

    /// Whether the word lists have token `at` as one that refers to somebody or something
    /// without a noun: a pronoun, *velen*, *daarin*.
    #[must_use]
    #[inline]
    pub fn refers(&self, at: usize) -> bool {
        self.facts[at].refers
    }

    /// Whether token `at` refers to a text told of before: *daarin*.
    #[must_use]
    #[inline]
    pub fn is_of_text(&self, at: usize) -> bool {
        self.facts[at].is_of_text
    }

    /// Whether token `at` can be an adjective by its ending.
    #[must_use]
    #[inline]
    pub fn is_adjective_form(&self, at: usize) -> bool {
        self.facts[at].adjective
    }

    /// Whether any letter of token `at` is a capital.
    #[must_use]
    #[inline]
    pub fn has_capital(&self, at: usize) -> bool {
        self.facts[at].has_capital
    }

    /// Whether token `at` begins with a capital.
    #[must_use]
    #[inline]
    pub fn is_capital(&self, at: usize) -> bool {
        self.facts[at].capital
    }

    /// Whether the *dan* of a comparison stands right before token `at`: *anders dan
    /// haar broer*, *meer dan de trainer*.
    #[must_use]
    pub fn is_compared(&self, at: usize) -> bool {
        at > 1 && self.word(at - 1) == "dan" && {
            let word = self.word(at - 2);
            // "niemand minder dan Bakker" is Bakker.
            let nobody_less = at > 2 && self.word(at - 3) == "niemand";
            matches!(word, "anders" | "meer" | "minder" | "liever" | "eerder" | "beter")
                && !nobody_less
                || self.pos(at - 2) == Pos::Adjective && word.ends_with("er")
        }
    }

    /// Number of tokens.
    #[must_use]
    #[inline]
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
        words: Vec::with_capacity(tokens.len()),
        facts: Vec::with_capacity(tokens.len()),
        classes: Vec::with_capacity(tokens.len()),
        tags: Vec::with_capacity(tokens.len()),
        forms: Vec::with_capacity(tokens.len()),
    };
    let mut words = Vec::with_capacity(tokens.len());
    let mut known = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let word = token.span.of_text(text);
        let mut form = form(word, token.kind);
        // No rule that looks for *om* is to find OM.
        let listed = token.kind == TokenKind::Word && form.class != Class::Word;
        if listed && is_initialism(text, tokens, at) {
            form = Arc::new(WordForm::initialism(word));
        }
        tagged.words.push(Arc::clone(&form.lower));
        tagged.facts.push(form.facts);
        tagged.classes.push(form.class);
        words.push(form.features);
        known.push(known_tag(token.kind));
        tagged.forms.push(form);
    }
    let weights = tagger::Weights::embedded();
    for sentence in tokenized.sentences() {
        let range = sentence.tokens.clone();
        tagger::tags(weights, &words[range.clone()], &known[range], &mut tagged.tags);
    }
    // "Er zijn mensen": a determiner by the lists, a verb by its sentence.
    for at in 0..tagged.len() {
        if tagged.word(at) == "zijn" && matches!(tagged.pos(at), Pos::Auxiliary | Pos::Verb) {
            tagged.classes[at] = Class::Auxiliary;
        }
    }
    tagged
}

/// *OM*, *IS*, *ME*: capitals alone, in a text that is not all in capitals, are
/// never the word of a closed class that has the same letters.
fn is_initialism(text: &str, tokens: &[Token], at: usize) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.span.of_text(text));
    let capitals = |word: &str| word.chars().all(char::is_uppercase);
    let small = |at: usize| word(at).contains(char::is_lowercase);
    let own = word(at);
    // "OM: brug blijft dicht"
    let behind_colon = word(at + 1) == ":" && small(at + 2);
    own.len() > 1 && capitals(own) && (small(at + 1) || behind_colon || at > 0 && small(at - 1))
}

/// The tag of a token of which its letters tell all.
fn known_tag(kind: TokenKind) -> Option<Tag> {
    match kind {
        TokenKind::Mark | TokenKind::Punctuation => Some(Tag::PUNCTUATION),
        TokenKind::Symbol => Some(Tag::SYMBOL),
        TokenKind::Number => Some(Tag::NUMBER),
        TokenKind::Address => Some(Tag::OTHER),
        TokenKind::Word => None,
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
    fn parts_of_speech_follow_the_sentence() {
        let text = "De wethouder zegt dat bewoners volgend jaar kunnen verhuizen.";
        let tagged = tag(text, &tokenize(text));
        let pos = |word: &str| (0..tagged.len()).find(|&at| tagged.word(at) == word).unwrap();
        assert_eq!(tagged.pos(pos("wethouder")), Pos::Noun);
        assert_eq!(tagged.tag(pos("bewoners")).form(), Some(Form::Plural));
        assert!(tagged.is_finite(pos("zegt")) && tagged.is_finite(pos("kunnen")));
        assert_eq!(tagged.tag(pos("verhuizen")).form(), Some(Form::Infinitive));
        assert_eq!(tagged.pos(pos(".")), Pos::Punctuation);
    }

    #[test]
    fn initialisms_are_of_no_closed_class() {
        let class = |text: &str, at: usize| tag(text, &tokenize(text)).class(at);
        assert_eq!(class("Dat meldt het OM vandaag.", 3), Class::Word);
        let text = "Dat meldt het OM vandaag.";
        assert_eq!(tag(text, &tokenize(text)).word(3), "OM");
        assert_eq!(class("Zij vraagt om hulp.", 2), Class::Preposition);
        assert_eq!(class("ZIJ VRAAGT OM HULP", 2), Class::Preposition);
    }

    #[test]
    fn acronyms_are_no_small_words() {
        let text = "Zij stelde dat het OM om opheldering vraagt. OM VIJF UUR.";
        let tagged = tag(text, &tokenize(text));
        let oms: Vec<_> =
            (0..tagged.len()).filter(|&at| tagged.word(at).eq_ignore_ascii_case("om")).collect();
        let classes: Vec<_> = oms.iter().map(|&at| tagged.class(at)).collect();
        assert_eq!(classes, [Class::Word, Class::Preposition, Class::Preposition]);
        assert_eq!(tagged.word(oms[0]), "OM");
    }

    #[test]
    fn apostrophes_are_made_straight() {
        let text = "Zo’n man.";
        assert_eq!(tag(text, &tokenize(text)).word(0), "zo'n");
    }
}
