//! Who is who: mentions (names, pronouns, descriptions) grouped into sources.

mod kinds;

pub use kinds::{Mention, MentionKind, Source, SourceIndex, SourceKind};

pub use crate::lexicon::Gender;
