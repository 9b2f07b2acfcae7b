//! What made an output, for whoever has to make it again.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Version, model and settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProducedBy {
    /// The version of wiezei.
    pub wiezei: String,
    /// What found the names: the model's name, or `recorded`.
    pub recognizer: String,
    /// SHA-256 of the model's weights, or of the file of names, in hexadecimal,
    /// where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checksum: Option<String>,
    /// The settings that the answers depend on.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub settings: BTreeMap<String, String>,
}

impl ProducedBy {
    /// This version, with names by `recognizer`.
    #[must_use]
    pub fn new(recognizer: impl Into<String>) -> Self {
        Self {
            wiezei: env!("CARGO_PKG_VERSION").into(),
            recognizer: recognizer.into(),
            checksum: None,
            settings: BTreeMap::new(),
        }
    }
}

/// All of it in one cell of a table.
impl fmt::Display for ProducedBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "wiezei {}, names: {}", self.wiezei, self.recognizer)?;
        if let Some(checksum) = &self.checksum {
            write!(f, " (sha256 {checksum})")?;
        }
        for (name, value) in &self.settings {
            write!(f, ", {name}: {value}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_cell_holds_all_of_it() {
        let mut produced_by = ProducedBy::new("nl-news-ner");
        produced_by.checksum = Some("ab12".into());
        produced_by.settings.insert("precision".into(), "f32".into());
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(
            produced_by.to_string(),
            format!("wiezei {version}, names: nl-news-ner (sha256 ab12), precision: f32")
        );
    }
}
