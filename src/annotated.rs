//! The finished bundle: a document with everything found in it. A prediction
//! and a gold document are of this one type, so that scoring compares like
//! with like.

use std::borrow::Cow;

use crate::attribution::{Explanation, Kind, MarkDecision, NotQuotation, Quotation};
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

    /// The codes of its warnings, each once, in the order in which they come.
    #[must_use]
    pub fn warning_codes(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = Vec::new();
        for warning in &self.warnings {
            if !codes.contains(&&*warning.code) {
                codes.push(&warning.code);
            }
        }
        codes
    }

    /// Leaves out the quotations of other kinds. The others keep their
    /// identifiers; what refers to one that is left out no longer refers to any.
    pub fn keep_kinds(&mut self, kinds: &[Kind]) {
        let mut places = Vec::with_capacity(self.quotations.len());
        let mut kept = 0;
        for quotation in &self.quotations {
            let is_kept = kinds.contains(&quotation.kind);
            places.push(is_kept.then_some(kept));
            kept += usize::from(is_kept);
        }
        self.quotations.retain(|quotation| kinds.contains(&quotation.kind));
        for quotation in &mut self.quotations {
            quotation.parent = quotation.parent.and_then(|index| places[index]);
            quotation.continues = quotation.continues.and_then(|index| places[index]);
        }
        self.explanations.retain_mut(|explanation| match places[explanation.quotation] {
            Some(place) => {
                explanation.quotation = place;
                true
            }
            None => false,
        });
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn quotation(id: &str, kind: Kind, parent: Option<usize>) -> Quotation {
        Quotation {
            id: id.into(),
            span: Span::new(0, 1),
            kind,
            cue: None,
            source: None,
            mention: None,
            rule: None,
            confidence: None,
            parent,
            continues: None,
            unclosed: false,
            stance: None,
            modality: None,
            medium: None,
        }
    }

    #[test]
    fn references_follow_the_quotations_that_are_kept() {
        let mut annotated = Annotated::bare(Document::new("d", "x").unwrap());
        annotated.quotations = vec![
            quotation("q1", Kind::Indirect, None),
            quotation("q2", Kind::Direct, Some(0)),
            quotation("q3", Kind::Mixed, Some(1)),
        ];
        let explanation = |quotation| Explanation {
            quotation,
            summary: "",
            evidence: Vec::new(),
            lost: Vec::new(),
            features: Vec::new(),
            passed_over: Vec::new(),
            weighed: Vec::new(),
        };
        annotated.explanations = [0, 1, 2].map(explanation).into();
        annotated.keep_kinds(&[Kind::Direct, Kind::Mixed]);
        let kept: Vec<_> = annotated.quotations.iter().map(|q| (q.id.as_str(), q.parent)).collect();
        assert_eq!(kept, [("q2", None), ("q3", Some(0))]);
        let explained: Vec<_> = annotated.explanations.iter().map(|why| why.quotation).collect();
        assert_eq!(explained, [0, 1]);
    }
}
