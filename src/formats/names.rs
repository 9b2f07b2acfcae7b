//! Reads named entities that were found before, or by another program: JSON
//! lines with `id` (a string or a number) and `named_entities`, as
//! [`write_jsonl`](super::write_jsonl) writes them. Other fields are passed over.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;

use super::align::Alignment;
use super::error::{Place, ReadError, Reason};
use super::lines::Lines;
use super::{corpus, decode, inputs, wire};
use crate::ner::Entity;
use crate::text::Document;

#[derive(Deserialize)]
struct Record {
    id: Id,
    named_entities: Vec<wire::NamedEntity<'static>>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "`id` has to be a string or a number")]
enum Id {
    Text(String),
    Number(serde_json::Number),
}

/// The named entities of many documents, by the documents' identifiers.
#[derive(Debug, Default)]
pub struct Names {
    file: String,
    checksum: String,
    records: HashMap<String, (u64, Vec<wire::NamedEntity<'static>>)>,
}

impl Names {
    /// Reads all of a file.
    ///
    /// # Errors
    ///
    /// If it cannot be read, at the first record that is no such record, or
    /// that has an identifier which another has.
    pub fn read(path: &Path) -> Result<Self, ReadError> {
        let checksum =
            corpus::sum_of(path).map_err(|error| Place::file(path).error(Reason::io(error)))?;
        let mut names = Self {
            file: path.display().to_string(),
            checksum: format!("{checksum:x}"),
            records: HashMap::new(),
        };
        let mut lines = Lines::new(inputs::open(path)?, Place::file(path));
        while let Some(line) = lines.next() {
            let place = lines.place();
            let number = place.line.unwrap_or_default();
            let record: Record = match serde_json::from_str(&line?) {
                Ok(record) => record,
                Err(error) => return Err(place.error(Reason::json(&error))),
            };
            let id = match record.id {
                Id::Text(id) => id,
                Id::Number(id) => id.to_string(),
            };
            decode::insert(&mut names.records, "document", &id, (number, record.named_entities))
                .map_err(|reason| place.error(reason))?;
        }
        Ok(names)
    }

    /// SHA-256 of the file, in hexadecimal.
    #[must_use]
    pub fn checksum(&self) -> &str {
        &self.checksum
    }

    /// The entities of `document`, in order of their start; `None` if the file
    /// has no record of it.
    ///
    /// # Errors
    ///
    /// If an entity does not fit the text: beyond it, reversed, other words
    /// than the record says, overlapping another, an unknown label.
    #[must_use]
    pub fn of(&self, document: &Document) -> Option<Result<Vec<Entity>, ReadError>> {
        let (line, records) = self.records.get(document.id())?;
        let place = Place::named(&*self.file).at_line(*line).in_document(document.id());
        let names = decode::names(&Alignment::new(document.text()), records);
        Some(names.map_err(|fault| place.fault(fault)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ner::Label;

    fn names(lines: &str) -> Result<Names, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("namen.jsonl");
        std::fs::write(&path, lines).unwrap();
        Names::read(&path).map_err(|error| error.to_string())
    }

    #[test]
    fn entities_are_aligned_with_the_document_of_their_id() {
        let names = names(
            "{\"id\":\"d\",\"named_entities\":[{\"start\":2,\"end\":6,\"label\":\"PER\"}]}\n\
             {\"id\":5,\"quotes\":[],\"named_entities\":[]}\n",
        )
        .unwrap();
        let document = Document::new("d", "😀 Noor lacht.").unwrap();
        let found = names.of(&document).unwrap().unwrap();
        assert_eq!((document.slice(found[0].span), found[0].label), ("Noor", Label::Per));
        assert!(names.of(&Document::new("5", "").unwrap()).unwrap().unwrap().is_empty());
        assert!(names.of(&Document::new("e", "").unwrap()).is_none());
        let said = names.of(&Document::new("d", "Kort").unwrap()).unwrap().unwrap_err();
        assert!(said.to_string().contains("line 1, document d, named entity 1: 2..6 reaches"));
    }

    #[test]
    fn a_record_that_cannot_be_read_says_why() {
        let twice = "{\"id\":\"d\",\"named_entities\":[]}\n".repeat(2);
        assert!(names(&twice).unwrap_err().ends_with("line 2: a second document \"d\""));
        let said = names("{\"id\":\"d\"}").unwrap_err();
        assert!(said.ends_with("missing field `named_entities`"), "{said}");
        let said = names("{\"id\":[],\"named_entities\":[]}").unwrap_err();
        assert!(said.ends_with("`id` has to be a string or a number"), "{said}");
    }
}
