//! What the tests of all rules share: annotating an example.

use super::speech::Evidence;
use crate::annotated::Annotated;
use crate::ner::{Entity, Label, Recorded};
use crate::pipeline::Pipeline;
use crate::text::{Document, Span};

/// Annotates a text, every occurrence of `names` being one.
pub(super) fn annotate(text: &str, names: &[(&str, Label)]) -> Annotated {
    let (document, pipeline) = recorded(text, names);
    pipeline.annotate(vec![document]).unwrap().remove(0)
}

/// The same with the explanations.
pub(super) fn explain(text: &str, names: &[(&str, Label)]) -> Annotated {
    let (document, pipeline) = recorded(text, names);
    pipeline.explain(vec![document]).unwrap().remove(0)
}

/// What was seen of the first span in marks that reads `span`.
pub(super) fn evidence(text: &str, names: &[(&str, Label)], span: &str) -> Vec<Evidence> {
    let (document, pipeline) = recorded(text, names);
    let decisions = pipeline.marks(vec![document]).unwrap().remove(0).decisions;
    let of = decisions.into_iter().find(|decision| decision.span.of_text(text) == span);
    of.unwrap_or_else(|| panic!("{span} stands in no marks in {text}")).judgement.evidence
}

fn recorded(text: &str, names: &[(&str, Label)]) -> (Document, Pipeline) {
    let mut entities = Vec::new();
    for &(name, label) in names {
        for (start, _) in text.match_indices(name) {
            let span = Span::of(start..start + name.len());
            if !entities.iter().any(|other: &Entity| other.span.overlaps(span)) {
                entities.push(Entity { span, label, score: 1.0 });
            }
        }
    }
    entities.sort_by_key(|entity| entity.span);
    let mut recorded = Recorded::new();
    recorded.insert("example", entities);
    let document = Document::new("example", text).unwrap();
    (document, Pipeline::new(Box::new(recorded)))
}
