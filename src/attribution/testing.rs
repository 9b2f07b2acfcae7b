//! What the tests of all rules share: annotating an example.

use crate::annotated::Annotated;
use crate::ner::{Entity, Label, Recorded};
use crate::pipeline::Pipeline;
use crate::text::{Document, Span};

/// Annotates a text, every occurrence of `names` being one.
pub(super) fn annotate(text: &str, names: &[(&str, Label)]) -> Annotated {
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
    Pipeline::new(Box::new(recorded)).annotate(vec![document]).unwrap().remove(0)
}
