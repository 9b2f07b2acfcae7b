//! The JSON of a document, as types: names and order of the fields, and which
//! of them are left out when they do not apply. Offsets here are **code
//! points**; [`encode`](super::encode) and [`decode`](super::decode) convert.
//!
//! Fields that a reader does not know are passed over, since later versions
//! may add some.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::ProducedBy;
use crate::text::Metadata;

/// A string of the annotation when writing, of the input when reading.
pub(super) type Text<'a> = Cow<'a, str>;

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Document<'a> {
    pub(super) id: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<Text<'a>>,
    pub(super) quotes: Vec<Quote<'a>>,
    #[serde(default)]
    pub(super) entities: Vec<Entity<'a>>,
    #[serde(default)]
    pub(super) named_entities: Vec<NamedEntity<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) not_quotes: Vec<NotQuote<'a>>,
    #[serde(default, skip_deserializing, skip_serializing_if = "Vec::is_empty")]
    pub(super) marks: Vec<Mark<'a>>,
    #[serde(default)]
    pub(super) warnings: Vec<Warning<'a>>,
    #[serde(default, skip_serializing_if = "is_empty")]
    pub(super) metadata: Cow<'a, Metadata>,
    #[serde(default, skip_deserializing, skip_serializing_if = "Option::is_none")]
    pub(super) produced_by: Option<&'a ProducedBy>,
}

#[expect(clippy::ptr_arg, reason = "serde hands over the field as it is")]
fn is_empty(metadata: &Cow<'_, Metadata>) -> bool {
    metadata.is_empty()
}

/// A stretch of the text; `text` repeats its words for whoever has no text at
/// hand.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Words<'a> {
    pub(super) start: u32,
    pub(super) end: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<Text<'a>>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Quote<'a> {
    #[serde(default)]
    pub(super) id: Option<Text<'a>>,
    #[serde(flatten)]
    pub(super) words: Words<'a>,
    pub(super) kind: Text<'a>,
    pub(super) speaker: Option<Speaker<'a>>,
    pub(super) cue: Option<Words<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) rule: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) confidence: Option<f32>,
    /// Identifier of the quotation that this one lies in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) parent: Option<Text<'a>>,
    /// Identifier of the quotation that this one takes up again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) continues: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) unclosed: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) stance: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) modality: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) medium: Option<Words<'a>>,
    /// Why it has this speaker, where that was asked for; never read.
    #[serde(default, skip_deserializing, skip_serializing_if = "Option::is_none")]
    pub(super) explanation: Option<Explanation<'a>>,
}

/// Why a quotation has its speaker.
#[derive(Debug, Serialize)]
pub(super) struct Explanation<'a> {
    pub(super) summary: &'a str,
    pub(super) evidence: Vec<Words<'a>>,
    pub(super) lost: Vec<Lost<'a>>,
    pub(super) passed_over: Vec<PassedOver<'a>>,
    /// Whose it could be, where no words beside it say whose it is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) weighed: Vec<Weighed<'a>>,
}

/// One whose a quotation could be.
#[derive(Debug, Serialize)]
pub(super) struct Weighed<'a> {
    /// `null` for nobody whom the text names.
    pub(super) speaker: Option<&'a str>,
    pub(super) share: f32,
}

/// What a rule that came too late would have decided.
#[derive(Debug, Serialize)]
pub(super) struct Lost<'a> {
    pub(super) rule: &'a str,
    pub(super) speaker: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rejects: Option<&'a str>,
}

/// Someone next to the quotation who is not its speaker.
#[derive(Debug, Serialize)]
pub(super) struct PassedOver<'a> {
    #[serde(flatten)]
    pub(super) words: Words<'a>,
    pub(super) speaker: Option<&'a str>,
    pub(super) why: &'a str,
}

/// The source of a quotation: `name` and `type` repeat the entity's.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Speaker<'a> {
    pub(super) entity: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<Text<'a>>,
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<Text<'a>>,
    pub(super) mention: Option<Mention<'a>>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Mention<'a> {
    #[serde(flatten)]
    pub(super) words: Words<'a>,
    pub(super) kind: Text<'a>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Entity<'a> {
    pub(super) id: Text<'a>,
    pub(super) name: Text<'a>,
    #[serde(rename = "type")]
    pub(super) kind: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) affiliation: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) gender: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) gender_from: Option<Text<'a>>,
    #[serde(default)]
    pub(super) mentions: Vec<Mention<'a>>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct NamedEntity<'a> {
    #[serde(flatten)]
    pub(super) words: Words<'a>,
    pub(super) label: Text<'a>,
    /// Of another program's entities without a score: 1.
    #[serde(default = "sure")]
    pub(super) score: f32,
}

const fn sure() -> f32 {
    1.0
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct NotQuote<'a> {
    #[serde(flatten)]
    pub(super) words: Words<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) rule: Option<Text<'a>>,
}

/// What was decided of a span in marks; written, never read.
#[derive(Debug, Serialize)]
pub(super) struct Mark<'a> {
    #[serde(flatten)]
    pub(super) words: Words<'a>,
    /// `direct`, `mixed`, or `none` for what is no speech.
    pub(super) decision: &'a str,
    pub(super) reason: &'a str,
    pub(super) rule: &'a str,
    pub(super) score: i32,
    pub(super) evidence: Vec<Evidence<'a>>,
}

/// One thing that was seen of a span in marks, and what it weighs.
#[derive(Debug, Serialize)]
pub(super) struct Evidence<'a> {
    pub(super) reason: &'a str,
    pub(super) weight: i32,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Warning<'a> {
    pub(super) code: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) offset: Option<u32>,
    pub(super) message: Text<'a>,
}
