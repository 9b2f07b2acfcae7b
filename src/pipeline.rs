//! The assembly: text in, annotated documents out.

use crate::annotated::{Annotated, Warning};
use crate::error::ModelError;
use crate::ner::{Entity, Input, Recognizer};
use crate::text::Document;
use crate::tokenize::{Tokenized, tokenize};
use crate::{attribution, marks, sources, syntax};

/// All stages, ready to read documents.
pub struct Pipeline {
    recognizer: Box<dyn Recognizer>,
}

impl Pipeline {
    /// A pipeline that finds names with `recognizer`.
    #[must_use]
    pub fn new(recognizer: Box<dyn Recognizer>) -> Self {
        Self { recognizer }
    }

    /// What finds the names, for the output's `produced_by`.
    #[must_use]
    pub fn recognizer(&self) -> &dyn Recognizer {
        &*self.recognizer
    }

    /// Annotates documents, in their order. Names are found in all of them
    /// together, so that the recognizer can batch.
    ///
    /// # Errors
    ///
    /// If the recognizer fails.
    pub fn annotate(&self, documents: Vec<Document>) -> Result<Vec<Annotated>, ModelError> {
        let tokenized: Vec<_> = documents.iter().map(|d| tokenize(d.text())).collect();
        let inputs: Vec<_> = documents
            .iter()
            .zip(&tokenized)
            .map(|(document, tokenized)| Input { document, tokenized })
            .collect();
        let names = self.recognizer.recognize(&inputs)?;
        let stages = documents.into_iter().zip(tokenized).zip(names);
        Ok(stages
            .map(|((document, tokenized), names)| attribute_one(document, &tokenized, names))
            .collect())
    }
}

/// The stages behind the names, for one document.
fn attribute_one(document: Document, tokenized: &Tokenized, names: Vec<Entity>) -> Annotated {
    let marks = marks::pair(document.text(), tokenized);
    let tagged = syntax::tag(document.text(), tokenized);
    let cast = sources::cast(&document, tokenized, &tagged, &names, &marks.candidates);
    let found = attribution::attribute(&document, tokenized, &tagged, &cast, &marks.candidates);
    let warnings = marks
        .repairs
        .iter()
        .map(|repair| Warning {
            code: repair.kind.code().into(),
            offset: Some(repair.offset),
            message: repair.kind.message().into(),
        })
        .collect();
    Annotated {
        names,
        sources: found.sources,
        quotations: found.quotations,
        not_quotations: found.not_quotations,
        warnings,
        ..Annotated::bare(document)
    }
}
