//! The JSON of a document back to an annotated document.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;

use super::align::Alignment;
use super::error::{Fault, Reason};
use super::wire;
use crate::annotated::{Annotated, Warning};
use crate::attribution::{Kind, Modality, NotQuotation, Quotation, Stance};
use crate::ner::{Entity, Label};
use crate::sources::{
    Gender, GenderEvidence, Mention, MentionKind, Source, SourceIndex, SourceKind,
};
use crate::text::Document;

/// The annotation that `record` has of `document`, whose text it counts in.
pub(super) fn annotated(
    record: wire::Document<'_>,
    document: Document,
) -> Result<Annotated, Fault> {
    let alignment = Alignment::new(document.text());
    let names = names(&alignment, &record.named_entities)?;
    let (sources, ids) = sources(&alignment, &record.entities)?;
    let quotations = quotations(&alignment, record.quotes, &ids)?;
    let not_quotations = not_quotations(&alignment, &record.not_quotes)?;
    let warnings = warnings(&alignment, &record.warnings)?;
    Ok(Annotated {
        names,
        sources,
        quotations,
        not_quotations,
        warnings,
        ..Annotated::bare(document)
    })
}

/// Named entities by their start, none overlapping another.
pub(super) fn names(
    alignment: &Alignment<'_>,
    records: &[wire::NamedEntity<'_>],
) -> Result<Vec<Entity>, Fault> {
    let mut found = Vec::with_capacity(records.len());
    for (n, record) in records.iter().enumerate() {
        let fault = || Fault::of(format!("named entity {}", n + 1));
        let span = alignment.words(&record.words).map_err(fault())?;
        let label = label(&record.label).map_err(fault())?;
        found.push((n, Entity { span, label, score: record.score }));
    }
    found.sort_by_key(|(_, entity)| entity.span);
    for pair in found.windows(2) {
        let (n, entity) = pair[1];
        if pair[0].1.span.overlaps(entity.span) {
            let wire::Words { start, end, .. } = records[n].words;
            let reason = Reason::Overlap { start, end };
            return Err(Fault::of(format!("named entity {}", n + 1))(reason));
        }
    }
    Ok(found.into_iter().map(|(_, entity)| entity).collect())
}

fn label(name: &str) -> Result<Label, Reason> {
    let known = || Reason::unknown("label", name, Label::ALL.map(Label::name));
    Label::from_name(name).ok_or_else(known)
}

/// The source of each identifier of a document.
pub(super) type SourceIds = HashMap<String, SourceIndex>;

fn sources(
    alignment: &Alignment<'_>,
    records: &[wire::Entity<'_>],
) -> Result<(Vec<Source>, SourceIds), Fault> {
    let mut ids = SourceIds::new();
    let mut found = Vec::with_capacity(records.len());
    for record in records {
        let fault = || Fault::of(format!("entity {}", record.id));
        let kind = source_kind(&record.kind).map_err(fault())?;
        let gender = match record.gender.as_deref() {
            Some(name) => gender(name).map_err(fault())?,
            None => Gender::Unknown,
        };
        let gender_from =
            record.gender_from.as_deref().map(gender_evidence).transpose().map_err(fault())?;
        let mentions = record.mentions.iter().map(|m| mention(alignment, m));
        let mentions = mentions.collect::<Result<_, _>>().map_err(fault())?;
        insert(&mut ids, "entity", &record.id, SourceIndex(found.len()))?;
        found.push(Source {
            id: record.id.to_string(),
            name: record.name.to_string(),
            kind,
            affiliation: record.affiliation.as_ref().map(ToString::to_string),
            gender,
            gender_from,
            mentions,
        });
    }
    Ok((found, ids))
}

/// Adds `id`, unless it was there before.
pub(super) fn insert<T>(
    ids: &mut HashMap<String, T>,
    what: &'static str,
    id: &str,
    value: T,
) -> Result<(), Reason> {
    match ids.insert(id.to_owned(), value) {
        None => Ok(()),
        Some(_) => Err(Reason::Duplicate { what, id: id.to_owned() }),
    }
}

/// The source of that identifier.
pub(super) fn source(ids: &SourceIds, id: &str) -> Result<SourceIndex, Reason> {
    let unknown = || Reason::UnknownId { what: "entity", id: id.to_owned() };
    ids.get(id).copied().ok_or_else(unknown)
}

/// The type of that name.
pub(super) fn source_kind(name: &str) -> Result<SourceKind, Reason> {
    let known = || Reason::unknown("type", name, SourceKind::ALL.map(SourceKind::name));
    SourceKind::from_name(name).ok_or_else(known)
}

/// The kind of quotation of that name.
pub(super) fn kind(name: &str) -> Result<Kind, Reason> {
    Kind::from_name(name).ok_or_else(|| Reason::unknown("kind", name, Kind::ALL.map(Kind::name)))
}

/// The evidence of gender of that name.
fn gender_evidence(name: &str) -> Result<GenderEvidence, Reason> {
    let known =
        || Reason::unknown("gender_from", name, GenderEvidence::ALL.map(GenderEvidence::name));
    GenderEvidence::from_name(name).ok_or_else(known)
}

/// The gender of that name.
pub(super) fn gender(name: &str) -> Result<Gender, Reason> {
    let known = [Gender::Female, Gender::Male, Gender::Unknown].map(Gender::name);
    Gender::from_name(name).ok_or_else(|| Reason::unknown("gender", name, known))
}

/// The stance of that name.
pub(super) fn stance(name: &str) -> Result<Stance, Reason> {
    let known = || Reason::unknown("stance", name, Stance::ALL.map(Stance::name));
    Stance::from_name(name).ok_or_else(known)
}

/// The modality of that name.
pub(super) fn modality(name: &str) -> Result<Modality, Reason> {
    let known = || Reason::unknown("modality", name, Modality::ALL.map(Modality::name));
    Modality::from_name(name).ok_or_else(known)
}

/// The kind of mention of that name.
pub(super) fn mention_kind(name: &str) -> Result<MentionKind, Reason> {
    let known = [MentionKind::Name, MentionKind::Pronoun, MentionKind::Description];
    let unknown = || Reason::unknown("kind of mention", name, known.map(MentionKind::name));
    MentionKind::from_name(name).ok_or_else(unknown)
}

fn mention(alignment: &Alignment<'_>, record: &wire::Mention<'_>) -> Result<Mention, Reason> {
    let kind = mention_kind(&record.kind)?;
    Ok(Mention { span: alignment.words(&record.words)?, kind })
}

/// Quotations in order of their start, outer before inner.
fn quotations(
    alignment: &Alignment<'_>,
    mut records: Vec<wire::Quote<'_>>,
    sources: &SourceIds,
) -> Result<Vec<Quotation>, Fault> {
    records.sort_by_key(|record| (record.words.start, Reverse(record.words.end)));
    for (n, record) in records.iter_mut().enumerate() {
        record.id.get_or_insert_with(|| Cow::Owned(format!("q{}", n + 1)));
    }
    let mut ids = HashMap::new();
    for (n, record) in records.iter().enumerate() {
        insert(&mut ids, "quote", record.id.as_deref().unwrap_or_default(), n)?;
    }
    records.iter().map(|record| quotation(alignment, record, sources, &ids)).collect()
}

fn quotation(
    alignment: &Alignment<'_>,
    record: &wire::Quote<'_>,
    sources: &SourceIds,
    ids: &HashMap<String, usize>,
) -> Result<Quotation, Fault> {
    let id = record.id.as_deref().unwrap_or_default();
    let fault = |part: &str| Fault::of(format!("{part}quote {id}"));
    let words = |words: &Option<wire::Words<'_>>, part: &str| {
        words.as_ref().map(|words| alignment.words(words)).transpose().map_err(fault(part))
    };
    let index = |id: &Option<wire::Text<'_>>| {
        let unknown = |id: &str| Reason::UnknownId { what: "quote", id: id.to_owned() };
        let index = id.as_deref().map(|id| ids.get(id).copied().ok_or_else(|| unknown(id)));
        index.transpose().map_err(fault(""))
    };
    let speaker = record.speaker.as_ref();
    let named = speaker.and_then(|speaker| speaker.mention.as_ref());
    let named = named.map(|named| mention(alignment, named)).transpose();
    let source = speaker.map(|speaker| source(sources, &speaker.entity)).transpose();
    Ok(Quotation {
        id: id.to_owned(),
        span: alignment.words(&record.words).map_err(fault(""))?,
        kind: kind(&record.kind).map_err(fault(""))?,
        cue: words(&record.cue, "cue of ")?,
        source: source.map_err(fault(""))?,
        mention: named.map_err(fault("mention of "))?,
        rule: record.rule.as_ref().map(|rule| Cow::Owned(rule.to_string())),
        confidence: record.confidence,
        parent: index(&record.parent)?,
        continues: index(&record.continues)?,
        unclosed: record.unclosed,
        stance: record.stance.as_deref().map(stance).transpose().map_err(fault(""))?,
        modality: record.modality.as_deref().map(modality).transpose().map_err(fault(""))?,
        medium: words(&record.medium, "medium of ")?,
    })
}

fn not_quotations(
    alignment: &Alignment<'_>,
    records: &[wire::NotQuote<'_>],
) -> Result<Vec<NotQuotation>, Fault> {
    let mut found = Vec::with_capacity(records.len());
    for (n, record) in records.iter().enumerate() {
        let fault = Fault::of(format!("not_quote {}", n + 1));
        let span = alignment.words(&record.words).map_err(fault)?;
        let reason = record.reason.as_ref().map(|reason| Cow::Owned(reason.to_string()));
        let rule = record.rule.as_ref().map(|rule| Cow::Owned(rule.to_string()));
        found.push(NotQuotation { span, reason, rule });
    }
    found.sort_by_key(|not| (not.span.start(), Reverse(not.span.end())));
    Ok(found)
}

fn warnings(
    alignment: &Alignment<'_>,
    records: &[wire::Warning<'_>],
) -> Result<Vec<Warning>, Fault> {
    let mut found = Vec::with_capacity(records.len());
    for (n, record) in records.iter().enumerate() {
        let offset = record.offset.map(|at| alignment.offset(at)).transpose();
        found.push(Warning {
            code: Cow::Owned(record.code.to_string()),
            offset: offset.map_err(Fault::of(format!("warning {}", n + 1)))?,
            message: record.message.to_string(),
        });
    }
    Ok(found)
}
