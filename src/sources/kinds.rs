//! What a source is and how the text names it.

use std::fmt;

use crate::lexicon::Gender;
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
}

/// Words that refer to a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// The bytes of the words.
    pub span: Span,
    /// How they name it.
    pub kind: MentionKind,
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
    /// Where the text refers to it, in order.
    pub mentions: Vec<Mention>,
}
