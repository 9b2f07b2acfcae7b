//! Scores put down: as text for people, as JSON for programs and for a later
//! comparison, as CSV for a spreadsheet. Everything writes into any
//! [`Write`](std::io::Write); no file is opened here.

mod agreed;
mod baseline;
mod cases;
mod compared;
mod csv;
mod json;
mod sections;
mod table;
mod text;
mod tree;

pub use agreed::{write_agreement, write_agreement_csv, write_agreement_json};
pub use baseline::{Moved, NoSuchPath, at_path, moved, write_moved};
pub use cases::write_cases;
pub use compared::{write_comparison, write_comparison_csv, write_comparison_json};
pub use csv::write_csv;
pub use json::write_json;
pub use sections::Section;
pub(crate) use sections::plural;
pub use table::{bounds, percent};
pub use text::write_text;

use super::bootstrap::{Bootstrap, Interval, Intervals};
use super::calibration::Calibration;
use super::evaluation::Evaluation;
use super::rules::RuleTable;
use super::tally::{Cell, Counts, Ratio};

/// Everything that a report of one system says.
#[derive(Debug, Clone)]
pub struct Report<'a> {
    /// What is scored, in words.
    pub system: String,
    /// The scores: of what is answered, if there is a least confidence.
    pub evaluation: &'a Evaluation<'a>,
    /// How the intervals are drawn; `None` if there are none.
    pub bootstrap: Option<Bootstrap>,
    /// The intervals of the scores.
    pub intervals: Option<Intervals>,
    /// What the confidences of all answers are worth.
    pub calibration: Calibration,
    /// What the rules are worth.
    pub rules: RuleTable,
    /// The least confidence that counts as an answer.
    pub least: Option<f32>,
    /// How that was found, if it was.
    pub target: Option<Target>,
}

/// A least confidence that was picked on another set of documents.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    /// The precision that was wanted.
    pub precision: f64,
    /// The least confidence that reached it; `None` if none did.
    pub threshold: Option<f64>,
    /// Documents that it was picked on.
    pub documents: usize,
    /// Quotations found and given the right speaker there, of those answered.
    pub there: Counts,
}

impl<'a> Report<'a> {
    /// The report of `evaluation`; `all` is the same without a least
    /// confidence. `known` are the rules that could have decided.
    #[must_use]
    pub fn new(
        system: impl Into<String>,
        evaluation: &'a Evaluation<'a>,
        all: &Evaluation<'_>,
        bootstrap: Option<Bootstrap>,
        known: &[&str],
    ) -> Self {
        Self {
            system: system.into(),
            evaluation,
            intervals: bootstrap.and_then(|bootstrap| evaluation.intervals(&bootstrap)),
            calibration: all.calibration(bootstrap.as_ref()),
            rules: evaluation.rules(known),
            bootstrap,
            least: None,
            target: None,
        }
    }

    /// The 95% interval of a score, if it has one.
    #[must_use]
    pub fn interval(&self, cell: Cell, ratio: Ratio) -> Option<Interval> {
        self.intervals.as_ref().and_then(|intervals| intervals.of(cell, ratio))
    }

    /// Whether a cell says anything: the run that it is of took place, and
    /// something was counted.
    #[must_use]
    pub fn is_filled(&self, cell: Cell) -> bool {
        self.evaluation.total[cell] != Counts::default()
    }
}
