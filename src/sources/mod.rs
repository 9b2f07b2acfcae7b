//! Who is who: mentions (names, pronouns, descriptions) found in the text and
//! grouped into sources with a canonical name, a kind and a gender.

mod accused;
mod cast;
mod descriptions;
#[cfg(test)]
mod examples;
mod families;
mod grouped;
mod joined;
mod kinds;
mod mended;
mod mentions;
mod names;
mod owners;
mod pronouns;
mod salience;

pub use cast::{Cast, Member, cast};
pub use kinds::{GenderEvidence, Mention, MentionKind, Source, SourceIndex, SourceKind};
pub use mentions::{Count, Reference};

pub use crate::lexicon::Gender;
