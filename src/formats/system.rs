//! Reads annotated documents back: JSON lines as
//! [`write_jsonl`](super::write_jsonl) writes them, this program's or another's.
//!
//! `quotes` has to be there, with `start`, `end` and `kind` in each; the other
//! fields may be left out. Where a record repeats words of the text, they have
//! to be the words at those offsets.

use std::collections::{HashMap, HashSet};
use std::io::BufRead;
use std::path::Path;

use super::documents::with_own_title;
use super::error::{Place, ReadError, Reason};
use super::lines::Lines;
use super::{decode, inputs, wire};
use crate::annotated::Annotated;
use crate::text::Document;

/// Reads all documents of a file.
///
/// The text of a document is that of its record, or of the document of `given`
/// with the same identifier; where both are there, they have to be equal.
///
/// # Errors
///
/// Every record that cannot be read, if there is one: bad JSON, no text, an
/// identifier that another record has, a span that does not fit the text, an
/// unknown kind, type or entity.
pub fn read(path: &Path, given: &[Annotated]) -> Result<Vec<Annotated>, Vec<ReadError>> {
    let input = inputs::open(path).map_err(|error| vec![error])?;
    let mut found = Vec::new();
    let mut errors = Vec::new();
    for record in Records::new(input, path.display().to_string(), given) {
        match record {
            Ok(annotated) => found.push(annotated),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(found) } else { Err(errors) }
}

/// The documents of one input, one after the other, as [`read`] reads them.
#[derive(Debug)]
pub struct Records<'a, R> {
    lines: Lines<R>,
    given: HashMap<&'a str, &'a Document>,
    seen: HashSet<String>,
}

impl<'a, R: BufRead> Records<'a, R> {
    /// The documents of `input`, which messages call `name`.
    pub fn new(input: R, name: impl Into<String>, given: &'a [Annotated]) -> Self {
        let documents = given.iter().map(|annotated| &annotated.document);
        Self {
            lines: Lines::new(input, Place::named(name)),
            given: documents.map(|document| (document.id(), document)).collect(),
            seen: HashSet::new(),
        }
    }

    fn record(&mut self, line: &str) -> Result<Annotated, ReadError> {
        let place = self.lines.place();
        let mut record: wire::Document<'_> = match serde_json::from_str(line) {
            Ok(record) => record,
            Err(error) => return Err(place.error(Reason::json(&error))),
        };
        let id = record.id.to_string();
        let place = place.in_document(&*id);
        if !self.seen.insert(id.clone()) {
            return Err(place.error(Reason::Duplicate { what: "document", id }));
        }
        let document = match document(&mut record, self.given.get(&*id).copied()) {
            Ok(document) => document,
            Err(reason) => return Err(place.error(reason)),
        };
        decode::annotated(record, document).map_err(|fault| place.fault(fault))
    }
}

/// The document of a record.
fn document(record: &mut wire::Document<'_>, given: Option<&Document>) -> Result<Document, Reason> {
    match (record.text.take(), given) {
        (Some(text), Some(given)) if text != given.text() => Err(Reason::OtherText),
        (_, Some(given)) => Ok(given.clone()),
        (Some(text), None) => {
            let title = record.title.as_deref().unwrap_or_default();
            let metadata = std::mem::take(&mut record.metadata).into_owned();
            let document = with_own_title(record.id.to_string(), title, text.into_owned())?;
            Ok(document.with_metadata(metadata))
        }
        (None, None) => Err(Reason::NoText),
    }
}

impl<R: BufRead> Iterator for Records<'_, R> {
    type Item = Result<Annotated, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = self.lines.next()?;
        Some(line.and_then(|line| self.record(&line)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "„Één ding”, zei ze. 😀";

    fn given() -> Vec<Annotated> {
        vec![Annotated::bare(Document::new("d", TEXT).unwrap())]
    }

    fn read(line: &str, given: &[Annotated]) -> Result<Annotated, String> {
        let mut records = Records::new(line.as_bytes(), "in", given);
        let first = records.next().expect("a record").map_err(|error| error.to_string());
        assert!(records.next().is_none());
        first
    }

    #[test]
    fn the_least_that_another_program_has_to_write() {
        let line = r#"{"id":"d","quotes":[{"start":0,"end":10,"kind":"direct"}]}"#;
        let annotated = read(line, &given()).unwrap();
        let quotation = &annotated.quotations[0];
        assert_eq!(annotated.document.slice(quotation.span), "„Één ding”");
        assert_eq!((quotation.id.as_str(), quotation.source), ("q1", None));
    }

    #[test]
    fn a_text_comes_from_the_record_or_is_given() {
        let line = r#"{"id":"d","quotes":[]}"#;
        assert!(read(line, &[]).unwrap_err().ends_with("no text of this document was given"));
        let own = r#"{"id":"d","text":"Eigen tekst.","quotes":[]}"#;
        assert_eq!(read(own, &[]).unwrap().document.text(), "Eigen tekst.");
        let said = read(own, &given()).unwrap_err();
        assert!(said.ends_with("is not that of the document that was given"), "{said}");
    }

    #[test]
    fn faults_name_the_line_the_document_and_the_quote() {
        let faults = [
            (r#"{"start":0,"end":99,"kind":"direct"}"#, "0..99 reaches beyond the text of 21"),
            (r#"{"start":5,"end":2,"kind":"direct"}"#, "5..2 is reversed"),
            (r#"{"start":5,"end":5,"kind":"direct"}"#, "5..5 is empty"),
            (r#"{"start":0,"end":3,"kind":"loud"}"#, "unknown kind \"loud\"; known: direct,"),
            (
                r#"{"start":0,"end":3,"kind":"direct","speaker":{"entity":"s9"}}"#,
                "there is no entity \"s9\"",
            ),
            (r#"{"start":0,"end":3,"kind":"direct","parent":"q9"}"#, "there is no quote \"q9\""),
            (
                r#"{"start":0,"end":3,"kind":"direct","text":"Nee"}"#,
                "0..3 is \"„Éé\" in the text, but the record says \"Nee\"",
            ),
        ];
        for (quote, reason) in faults {
            let said = read(&format!(r#"{{"id":"d","quotes":[{quote}]}}"#), &given()).unwrap_err();
            let wanted = format!("in, line 1, document d, quote q1: {reason}");
            assert!(said.starts_with(&wanted), "{said}");
        }
    }

    #[test]
    fn faults_of_entities_are_named_too() {
        let faults = [
            (r#""entities":[{"id":"s1","name":"X","type":"robot"}]"#, "entity s1: unknown type"),
            (
                r#""entities":[{"id":"s1","name":"X","type":"person"},{"id":"s1","name":"Y","type":"person"}]"#,
                "document d: a second entity \"s1\"",
            ),
            (
                r#""named_entities":[{"start":0,"end":4,"label":"PER"},{"start":2,"end":5,"label":"PER"}]"#,
                "named entity 2: 2..5 overlaps",
            ),
            (
                r#""named_entities":[{"start":0,"end":4,"label":"X"}]"#,
                "named entity 1: unknown label",
            ),
            (r#""warnings":[{"code":"c","message":"m","offset":22}]"#, "warning 1: 22..22 reaches"),
        ];
        for (field, reason) in faults {
            let line = format!(r#"{{"id":"d","quotes":[],{field}}}"#);
            let said = read(&line, &given()).unwrap_err();
            assert!(said.contains(reason), "{said}");
        }
    }

    #[test]
    fn a_document_comes_once_and_a_bad_line_does_not_stop_the_rest() {
        let lines = "{\"id\":\"d\",\"quotes\":[]}\n{\n{\"id\":\"d\",\"quotes\":[]}\n";
        let given = given();
        let found: Vec<_> = Records::new(lines.as_bytes(), "in", &given).collect();
        assert!(found[0].is_ok());
        assert!(matches!(*found[1].as_ref().unwrap_err().reason, Reason::Json { .. }));
        let said = found[2].as_ref().unwrap_err().to_string();
        assert_eq!(said, "in, line 3, document d: a second document \"d\"");
    }

    #[test]
    fn quotations_are_put_in_order_and_references_follow() {
        let line = r#"{"id":"d","quotes":[
            {"id":"in","start":1,"end":4,"kind":"mixed","parent":"uit"},
            {"id":"uit","start":0,"end":10,"kind":"direct"}]}"#;
        let annotated = read(&line.replace('\n', ""), &given()).unwrap();
        let ids: Vec<_> = annotated.quotations.iter().map(|q| q.id.as_str()).collect();
        assert_eq!(ids, ["uit", "in"]);
        assert_eq!(annotated.quotations[1].parent, Some(0));
    }
}
