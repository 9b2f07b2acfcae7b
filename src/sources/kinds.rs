//! What a source is and how the text names it.

use std::fmt;

use crate::lexicon::{self, Gender};
use crate::text::Span;

/// What a source is. The JSON calls it `type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceKind {
    /// A named person.
    Person,
    /// A party, company, ministry, police force, newspaper, country as actor.
    Organisation,
    /// Several people without a name: residents, critics.
    Group,
    /// One person without a name: a spokesperson, a witness.
    Unnamed,
    /// A report, letter, poll or press release.
    Document,
}

impl SourceKind {
    /// All kinds, in the order of reports.
    pub const ALL: [Self; 5] =
        [Self::Person, Self::Organisation, Self::Group, Self::Unnamed, Self::Document];

    /// The kind as JSON has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Group => "group",
            Self::Unnamed => "unnamed",
            Self::Document => "document",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl fmt::Display for SourceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How a mention names its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// A proper name, with the title or function directly before it.
    Name,
    /// *hij*, *zij*, *die*.
    Pronoun,
    /// A noun phrase without a name of its own: *de burgemeester*.
    Description,
}

impl MentionKind {
    /// The kind as JSON has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Pronoun => "pronoun",
            Self::Description => "description",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Name, Self::Pronoun, Self::Description].into_iter().find(|k| k.name() == name)
    }

    /// What `mention` most likely is, of a source that is called `source`; for
    /// labels that do not say, and judged by the words alone.
    ///
    /// A name shares a capitalised word with the source's own name, or its last
    /// word before a *van* is capitalised and is not its first (which a
    /// sentence may have begun with): *premier Yılmaz*, but not *de Nederlandse
    /// premier* or *een woordvoerder van het RIVM*.
    #[must_use]
    pub fn guess(mention: &str, source: &str) -> Self {
        if !lexicon::pronouns(&mention.trim().to_lowercase()).is_empty() {
            return Self::Pronoun;
        }
        let is_named = is_proper_name(source)
            && words(mention).any(|word| is_capitalised(word) && words(source).any(|w| w == word));
        let ends_in_name = head(mention).skip(1).last().is_some_and(is_capitalised);
        if is_named || ends_in_name { Self::Name } else { Self::Description }
    }
}

/// The words of a noun phrase, without the punctuation around them.
fn words(phrase: &str) -> impl Iterator<Item = &str> {
    let words = phrase.split_whitespace();
    words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).filter(|w| !w.is_empty())
}

/// The words before a *van*, which may only begin the phrase.
fn head(phrase: &str) -> impl Iterator<Item = &str> {
    let words = words(phrase).enumerate().take_while(|&(n, word)| n == 0 || word != "van");
    words.map(|(_, word)| word)
}

/// Whether a word is a name by its capital. Compounds with a name are not:
/// *D66-leider*.
fn is_capitalised(word: &str) -> bool {
    let last_part = word.rsplit('-').next().unwrap_or(word);
    word.starts_with(char::is_uppercase)
        && !(last_part.len() < word.len() && last_part.starts_with(char::is_lowercase))
}

/// Whether a source is called by a name, and not described: *Noor Bakker*,
/// *de VVX*, *van der Aa*, but not *een woordvoerder van de VVX* or *Noorse
/// media*.
fn is_proper_name(source: &str) -> bool {
    let is_small = |word: &&str| lexicon::is_particle(word) || matches!(*word, "de" | "het");
    let begins = words(source).find(|word| !is_small(word)).is_some_and(is_capitalised);
    begins && !head(source).last().is_some_and(|word| word.starts_with(char::is_lowercase))
}

/// Words that refer to a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// The bytes of the words.
    pub span: Span,
    /// How they name it.
    pub kind: MentionKind,
}

/// What the gender of a source rests on, the first evidence that the text gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GenderEvidence {
    /// A given name: *Anna*.
    GivenName,
    /// A word for what somebody is: *woordvoerster*, *mevrouw*, *zijn zus*.
    Function,
    /// A pronoun that was resolved to them.
    Pronoun,
}

impl GenderEvidence {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::GivenName, Self::Function, Self::Pronoun];

    /// The name in the JSON format: `given-name`, `function`, `pronoun`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::GivenName => "given-name",
            Self::Function => "function",
            Self::Pronoun => "pronoun",
        }
    }

    /// The evidence of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|evidence| evidence.name() == name)
    }
}

/// The place of a source in [`Annotated::sources`](crate::annotated::Annotated).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceIndex(pub usize);

/// Someone or something that is said to have said something.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Identifier inside its document: `s1`, or what a gold file calls it.
    pub id: String,
    /// The fullest form of its name in the document, without title.
    pub name: String,
    /// What it is.
    pub kind: SourceKind,
    /// Whom a spokesperson speaks for.
    pub affiliation: Option<String>,
    /// Gender of a person.
    pub gender: Gender,
    /// What tells the gender, where it is known and the system found it.
    pub gender_from: Option<GenderEvidence>,
    /// Where the text refers to it, in order.
    pub mentions: Vec<Mention>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_mention_tell_its_kind() {
        let cases = [
            ("Hij", "Bram Yılmaz", MentionKind::Pronoun),
            ("haar", "Noor Bakker", MentionKind::Pronoun),
            ("Bakker", "Noor Bakker", MentionKind::Name),
            ("PvdX-leider Bakker", "Noor Bakker", MentionKind::Name),
            ("minister Bakker van Visserij", "Noor Bakker", MentionKind::Name),
            ("wijkagent Joris", "een wijkagent", MentionKind::Name),
            ("De VVX", "de VVX", MentionKind::Name),
            ("Van der Aa", "van der Aa", MentionKind::Name),
            ("De burgemeester", "Noor Bakker", MentionKind::Description),
            ("de Nederlandse schipper", "Noor Bakker", MentionKind::Description),
            ("de PvdX-leider", "Noor Bakker", MentionKind::Description),
            (
                "Een woordvoerder van Rijkshaven",
                "een woordvoerder van Rijkshaven",
                MentionKind::Description,
            ),
            ("Noorse media", "Noorse media", MentionKind::Description),
            ("Bewoners", "bewoners", MentionKind::Description),
        ];
        for (mention, source, kind) in cases {
            assert_eq!(MentionKind::guess(mention, source), kind, "{mention} of {source}");
        }
    }
}
