//! The JSON of a gold document, as types.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::text::Metadata;

/// Start and end in code points.
pub(super) type Range = (u32, u32);

#[derive(Serialize, Deserialize)]
pub(super) struct Record {
    pub(super) id: String,
    /// Before the text, where a reader of the file looks for it.
    #[serde(flatten)]
    pub(super) metadata: Metadata,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
    /// Of the text, where that is not here.
    #[serde(default, deserialize_with = "if_fits", skip_serializing_if = "Option::is_none")]
    pub(super) sha256: Option<String>,
    /// Of that text, in code points.
    #[serde(default, deserialize_with = "if_fits", skip_serializing_if = "Option::is_none")]
    pub(super) length: Option<u32>,
    pub(super) entities: Vec<Entity>,
    pub(super) quotes: Vec<Quote>,
    #[serde(default)]
    pub(super) not_quotes: Vec<NotQuote>,
}

/// None where it is of another type: beside a text it is no field of the labels,
/// and others count the words of an article under such a name.
fn if_fits<'de, D: Deserializer<'de>, T: DeserializeOwned>(from: D) -> Result<Option<T>, D::Error> {
    Value::deserialize(from).map(|value| serde_json::from_value(value).ok())
}

/// The fields of [`Record`], which no metadata can be called.
pub(super) const FIELDS: [&str; 8] =
    ["id", "title", "text", "sha256", "length", "entities", "quotes", "not_quotes"];

#[derive(Serialize, Deserialize)]
pub(super) struct Entity {
    pub(super) id: String,
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Quote {
    pub(super) span: Range,
    pub(super) kind: String,
    /// Has to be there, as `null` if nobody said it: a label that was
    /// forgotten, or mistyped, is not one that was given.
    #[serde(deserialize_with = "Option::deserialize")]
    pub(super) speaker: Option<String>,
    pub(super) mention: Option<Range>,
    pub(super) cue: Option<Range>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) unclosed: bool,
}

#[derive(Serialize, Deserialize)]
pub(super) struct NotQuote {
    pub(super) span: Range,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
}
