//! The assembly: text in, annotated documents out.

use crate::annotated::Annotated;
use crate::error::ModelError;
use crate::ner::{Input, Recognizer};
use crate::text::Document;
use crate::tokenize::tokenize;

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
        let stages = documents.into_iter().zip(names);
        Ok(stages
            .map(|(document, names)| Annotated { names, ..Annotated::bare(document) })
            .collect())
    }
}
