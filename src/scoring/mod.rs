//! How good an answer is: gold labels and predictions, both as
//! [`Annotated`](crate::annotated::Annotated), to counts, ratios, intervals and
//! tests. No file is read or written here.
//!
//! [`evaluate`] scores a system, [`compare`] sets two against each other,
//! [`agreement`] sets two annotators against each other. What follows from the
//! counts alone (intervals, calibration, rules) are methods of [`Evaluation`].
//!
//! How spans are paired, in short: each gold quotation with at most one
//! prediction and the other way round, by an optimal assignment. The overlap of
//! two spans is intersection over union in code points, after quotation marks,
//! white space and `. , ; : - –` are taken off both ends. A marked quotation
//! (direct or mixed) pairs with a marked one from 0.8 on, a reported one with a
//! reported one from 0.5.
//!
//! What is refused and what is counted: two documents with one identifier and
//! texts that differ are a [`ScoringError`]; documents without an answer,
//! answers without a gold document, quotations on the same words and unusable
//! confidences are [`Notes`]. Spans that do not fit their text and unknown
//! kinds never come here: the [readers](crate::formats) refuse them.

mod agreement;
mod bootstrap;
mod calibration;
mod compare;
mod confusion;
mod document;
mod evaluation;
#[cfg(test)]
mod gaming;
mod identity;
mod overlap;
mod pairing;
pub mod report;
mod rules;
mod shares;
mod tally;
#[cfg(test)]
mod testing;

pub use agreement::{Agreed, Agreement, AgreementReport, agreement};
pub use bootstrap::{Bootstrap, Interval, Intervals};
pub use calibration::{Bin, Calibration, Coverage};
pub use compare::{Comparison, Difference, compare};
pub use confusion::{Class, Confusion};
pub use document::{Answer, Case, DocumentScore, Extra, Oddities};
pub use evaluation::{Evaluation, Notes, ScoringError, Side, evaluate};
pub use overlap::{Extent, Overlap, Threshold};
pub use rules::{Rejection, RuleScore, RuleTable};
pub use shares::{Estimate, Mistakes, Shares, corrected_shares};
pub use tally::{Cell, Counts, Group, Measure, Naming, Ratio, Tally};
