//! What the tagger tells of a word: the universal part of speech and, of verbs
//! and nouns, the form.

/// Universal parts of speech (<https://universaldependencies.org/u/pos/>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are those of Universal Dependencies")]
pub enum Pos {
    Adjective,
    Adposition,
    Adverb,
    Auxiliary,
    CoordinatingConjunction,
    Determiner,
    Interjection,
    Noun,
    Numeral,
    Pronoun,
    ProperNoun,
    Punctuation,
    SubordinatingConjunction,
    Symbol,
    Verb,
    Other,
}

/// The form of a verb, or the number of a noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Form {
    FiniteSingular,
    FinitePlural,
    Infinitive,
    Participle,
    Singular,
    Plural,
}

/// A part of speech with its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tag {
    /// Its number among [`TAGS`].
    pub(super) number: u8,
    // What stands there, which rules ask for at every word.
    pos: Pos,
    form: Option<Form>,
}

/// All tags: the part of speech as treebanks write it, and the form.
const TAGS: [(&str, Pos, Option<Form>); 27] = [
    ("ADJ", Pos::Adjective, None),
    ("ADP", Pos::Adposition, None),
    ("ADV", Pos::Adverb, None),
    ("AUX", Pos::Auxiliary, Some(Form::FiniteSingular)),
    ("AUX", Pos::Auxiliary, Some(Form::FinitePlural)),
    ("AUX", Pos::Auxiliary, Some(Form::Infinitive)),
    ("AUX", Pos::Auxiliary, Some(Form::Participle)),
    ("CCONJ", Pos::CoordinatingConjunction, None),
    ("DET", Pos::Determiner, None),
    ("INTJ", Pos::Interjection, None),
    ("NOUN", Pos::Noun, None),
    ("NOUN", Pos::Noun, Some(Form::Singular)),
    ("NOUN", Pos::Noun, Some(Form::Plural)),
    ("NUM", Pos::Numeral, None),
    ("PRON", Pos::Pronoun, None),
    ("PROPN", Pos::ProperNoun, None),
    ("PUNCT", Pos::Punctuation, None),
    ("SCONJ", Pos::SubordinatingConjunction, None),
    ("SYM", Pos::Symbol, None),
    ("VERB", Pos::Verb, Some(Form::FiniteSingular)),
    ("VERB", Pos::Verb, Some(Form::FinitePlural)),
    ("VERB", Pos::Verb, Some(Form::Infinitive)),
    ("VERB", Pos::Verb, Some(Form::Participle)),
    ("X", Pos::Other, None),
    ("PART", Pos::Other, None),
    ("VERB", Pos::Verb, None),
    ("AUX", Pos::Auxiliary, None),
];

impl Tag {
    /// How many tags there are.
    pub const COUNT: usize = TAGS.len();

    pub(in crate::syntax) const NUMBER: Self = Self::numbered(13);
    pub(in crate::syntax) const PUNCTUATION: Self = Self::numbered(16);
    pub(in crate::syntax) const SYMBOL: Self = Self::numbered(18);
    pub(in crate::syntax) const OTHER: Self = Self::numbered(23);

    /// The tag of that number among all.
    pub(super) const fn numbered(number: usize) -> Self {
        let (_, pos, form) = TAGS[number];
        Self { number: number as u8, pos, form }
    }

    /// The tag of a treebank's columns: the universal part of speech and the
    /// features (`Number=Sing|VerbForm=Fin`). `None` if the part of speech is
    /// not a universal one.
    #[must_use]
    pub fn from_treebank(pos: &str, features: &str) -> Option<Self> {
        let has = |feature: &str| features.split('|').any(|own| own == feature);
        let plural = has("Number=Plur");
        let form = match pos {
            "VERB" | "AUX" if has("VerbForm=Fin") && plural => Some(Form::FinitePlural),
            "VERB" | "AUX" if has("VerbForm=Fin") => Some(Form::FiniteSingular),
            "VERB" | "AUX" if has("VerbForm=Inf") => Some(Form::Infinitive),
            "VERB" | "AUX" if has("VerbForm=Part") => Some(Form::Participle),
            "NOUN" if plural => Some(Form::Plural),
            "NOUN" if has("Number=Sing") => Some(Form::Singular),
            _ => None,
        };
        let fits = |&(name, _, own): &(&str, Pos, Option<Form>)| name == pos && own == form;
        TAGS.iter().position(fits).map(Self::numbered)
    }

    /// The part of speech.
    #[must_use]
    #[inline]
    pub fn pos(self) -> Pos {
        self.pos
    }

    /// The form of a verb or noun, where it has one.
    #[must_use]
    #[inline]
    pub fn form(self) -> Option<Form> {
        self.form
    }

    /// The part of speech as treebanks write it, such as `NOUN`.
    #[must_use]
    pub fn name(self) -> &'static str {
        TAGS[usize::from(self.number)].0
    }

    /// Whether it is a finite verb, auxiliaries among them.
    #[must_use]
    #[inline]
    pub fn is_finite(self) -> bool {
        matches!(self.form(), Some(Form::FiniteSingular | Form::FinitePlural))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_a_treebank_make_a_tag() {
        let tag = Tag::from_treebank("VERB", "Number=Plur|Tense=Past|VerbForm=Fin").unwrap();
        assert_eq!((tag.pos(), tag.form()), (Pos::Verb, Some(Form::FinitePlural)));
        assert!(tag.is_finite());
        let tag = Tag::from_treebank("NOUN", "Gender=Com|Number=Sing").unwrap();
        assert_eq!((tag.name(), tag.form()), ("NOUN", Some(Form::Singular)));
        assert_eq!(Tag::from_treebank("ADP", "_").map(Tag::pos), Some(Pos::Adposition));
        assert_eq!(Tag::from_treebank("N(soort)", "_"), None);
    }

    #[test]
    fn the_named_tags_are_those_of_the_table() {
        assert_eq!(Tag::NUMBER.pos(), Pos::Numeral);
        assert_eq!(Tag::PUNCTUATION.pos(), Pos::Punctuation);
        assert_eq!(Tag::SYMBOL.pos(), Pos::Symbol);
        assert_eq!(Tag::OTHER.pos(), Pos::Other);
    }
}
