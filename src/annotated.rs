//! The finished bundle: a document with everything found in it. A prediction
//! and a gold document are of this one type, so that scoring compares like
//! with like.

use std::borrow::Cow;

use crate::attribution::{Explanation, MarkDecision, NotQuotation, Quotation};
use crate::ner::Entity;
use crate::sources::{Source, SourceIndex};
use crate::text::Document;

/// A document and its annotation. Indices in [`Quotation`] point into the
/// lists of the same bundle.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotated {
    /// The text.
    pub document: Document,
    /// Named entities, in order. The JSON calls them `named_entities`.
    pub names: Vec<Entity>,
    /// Sources, in order of their first mention. The JSON calls them `entities`.
    pub sources: Vec<Source>,
    /// Quotations, in order of their start, outer before inner.
    pub quotations: Vec<Quotation>,
    /// Marked spans that are no quotations, in order.
    pub not_quotations: Vec<NotQuotation>,
    /// What was decided of each span in marks, and why; only where it was asked
    /// for. The JSON calls them `marks`.
    pub decisions: Vec<MarkDecision>,
    /// What a reader should know about the text or the run.
    pub warnings: Vec<Warning>,
    /// Why the quotations have their sources; empty unless that was asked for.
    pub explanations: Vec<Explanation>,
}

impl Annotated {
    /// A document with no annotation yet.
    #[must_use]
    pub fn bare(document: Document) -> Self {
        Self {
            document,
            names: Vec::new(),
            sources: Vec::new(),
            quotations: Vec::new(),
            not_quotations: Vec::new(),
            decisions: Vec::new(),
            warnings: Vec::new(),
            explanations: Vec::new(),
        }
    }

    /// The source of a quotation.
    ///
    /// # Panics
    ///
    /// If `index` belongs to another document.
    #[must_use]
    pub fn source(&self, index: SourceIndex) -> &Source {
        &self.sources[index.0]
    }
}

/// Something found in the text that makes the result less certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// What it is: `unclosed-mark`.
    pub code: Cow<'static, str>,
    /// Where, in bytes.
    pub offset: Option<u32>,
    /// In words.
    pub message: String,
}
