//! Who is who: mentions (names, pronouns, descriptions) grouped into sources.

mod kinds;

pub use kinds::{Gender, Mention, MentionKind, Source, SourceIndex, SourceKind};
