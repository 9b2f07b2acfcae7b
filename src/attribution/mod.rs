//! Which candidates are speech, and whose: ordered rules over a frozen scene.
//!
//! [`attribute`] sets the [`Scene`], lets each rule of [`rules::ORDER`] give
//! its verdicts, and turns what is settled into quotations and sources.

mod clauses;
mod confidence;
mod engine;
mod explain;
mod floor;
mod outcome;
mod passages;
mod questions;
mod quotation;
pub mod reports;
pub mod rules;
mod scene;
mod shape;
pub mod speech;
mod stems;
#[cfg(test)]
mod testing;
mod weighing;
mod weights;

pub use clauses::{Clause, Cue};
pub use engine::{Decision, Speech, Verdict};
pub use explain::{Explanation, Lost, PassedOver, Weighed};
pub use outcome::{MarkDecision, Outcome};
pub use quotation::{Kind, Modality, NotQuotation, Quotation};
pub use scene::Scene;
pub use shape::Shape;
pub use weights::Feature;

pub use crate::lexicon::Stance;

use crate::marks::Candidate;
use crate::sources::Cast;
use crate::syntax::Tagged;
use crate::text::Document;
use crate::tokenize::Tokenized;

/// Decides of every candidate whether it is speech and whose.
#[must_use]
pub fn attribute(
    document: &Document,
    tokenized: &Tokenized,
    tagged: &Tagged,
    cast: &Cast,
    candidates: &[Candidate],
) -> Outcome {
    let mut scene = Scene::new(document, tokenized, tagged, cast, candidates);
    engine::settle(&mut scene);
    outcome::outcome(&scene)
}

/// The same as [`attribute`], and why each quotation has its source.
#[must_use]
pub fn attribute_explained(
    document: &Document,
    tokenized: &Tokenized,
    tagged: &Tagged,
    cast: &Cast,
    candidates: &[Candidate],
) -> (Outcome, Vec<Explanation>) {
    let mut scene = Scene::new(document, tokenized, tagged, cast, candidates);
    engine::settle(&mut scene);
    let outcome = outcome::outcome(&scene);
    let explanations = explain::explain(&mut scene, &outcome);
    (outcome, explanations)
}
