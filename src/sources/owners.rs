//! Bodies that are named inside a mention of somebody else, *een woordvoerder van
//! Waterfiets*: they are what *het bedrijf* goes back to.

use super::cast::{Cast, Member};
use super::mentions::{Count, Reading, Reference};
use super::names::{NameParts, with_single_spaces};
use super::{Gender, MentionKind, SourceKind};
use crate::ner::{Entity, Label};
use crate::text::Span;

/// The body named in mention `at`, as a mention of its own.
pub(super) fn inside(cast: &Cast, reading: &Reading<'_>, at: usize) -> Option<Reference> {
    let reference = &cast.references[at];
    let entity = body_in(reading, reference.body?)?;
    let tokens = reading.tokenized.tokens_in(entity.span);
    Some(Reference {
        span: entity.span,
        start: tokens.start,
        end: tokens.end,
        kind: MentionKind::Name,
        source_kind: SourceKind::Organisation,
        gender: Gender::Unknown,
        gender_by_name: false,
        count: Count::One,
        name: Some(entity.span),
        head: None,
        body: None,
        definite: true,
        sentence: reference.sentence,
    })
}

/// The first body named in `words`.
fn body_in(reading: &Reading<'_>, words: Span) -> Option<Entity> {
    let first = reading.names.partition_point(|name| name.span.start() < words.start());
    let inside = reading.names[first..].iter().take_while(|name| words.contains(name.span));
    inside.copied().find(|name| name.label == Label::Org)
}

/// A body of that name, of which no more is known.
pub(super) fn member(name: &str) -> Member {
    let parts = Some(NameParts::new(name));
    Member { parts, ..Member::new(with_single_spaces(name), SourceKind::Organisation) }
}
