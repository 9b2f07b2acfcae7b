//! Named entities: who finds them ([`Recognizer`]), what they are
//! ([`Entity`]), where a model lies ([`models`]), how a text is fed to it
//! (`windows`) and what its answer spells (`tags`, `decode`). A transformer is run
//! over libtorch by `bert` and in pure Rust by `candle`, each behind the feature of
//! that name; what they share is in `transformer`. [`Recorded`] replays entities
//! that were found before.

#[cfg(feature = "bert")]
pub mod bert;
#[cfg(feature = "candle")]
pub mod candle;
// Only a transformer uses these two, but they are tested without one as well.
#[cfg(any(feature = "transformer", test))]
mod decode;
pub mod models;
mod recorded;
mod tags;
#[cfg(feature = "transformer")]
mod transformer;
#[cfg(any(feature = "transformer", test))]
mod windows;

use std::fmt;

pub use recorded::{Recorded, on_tokens};
pub use tags::{LabelScheme, Tag};
#[cfg(any(feature = "transformer", test))]
pub use windows::Unit;

use crate::error::ModelError;
use crate::text::{Document, Span};
use crate::tokenize::Tokenized;

/// The type of a named entity, as CoNLL-2002 has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// A person.
    Per,
    /// An organisation.
    Org,
    /// A place.
    Loc,
    /// Any other name: nationalities, events, works, compounds with a name.
    Misc,
}

impl Label {
    /// All labels, in the order of reports.
    pub const ALL: [Self; 4] = [Self::Per, Self::Org, Self::Loc, Self::Misc];

    /// The label as it is written in JSON and in models.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Per => "PER",
            Self::Org => "ORG",
            Self::Loc => "LOC",
            Self::Misc => "MISC",
        }
    }

    /// The label of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|label| label.name() == name)
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A named entity at one place of the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entity {
    /// The bytes of the name, without article, title or function.
    pub span: Span,
    /// Its type.
    pub label: Label,
    /// How sure the recognizer is, from 0 to 1.
    pub score: f32,
}

/// One document as a recognizer reads it.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its paragraphs, sentences and tokens.
    pub tokenized: &'a Tokenized,
}

/// Finds named entities. Takes many documents at once, so that an
/// implementation may batch across them, and can be asked from any thread.
pub trait Recognizer: Send + Sync {
    /// The entities of each document, in the order of `inputs`; those of one
    /// document in order of their start, without overlap, each beginning and
    /// ending on a token boundary.
    ///
    /// # Errors
    ///
    /// If the model fails on a text.
    fn recognize(&self, inputs: &[Input<'_>]) -> Result<Vec<Vec<Entity>>, ModelError>;

    /// What the recognizer is, for the output's `produced_by`.
    fn name(&self) -> String;
}
