//! Scores as CSV: one row a group and measure.

use std::io::{self, Write};

use super::Report;
use crate::scoring::bootstrap::Interval;
use crate::scoring::tally::{Cell, Ratio};

/// Writes the score table of a report. Ratios have six decimals and are empty
/// where there is none.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write_csv(out: impl Write, report: &Report<'_>) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "group",
        "measure",
        "correct",
        "predicted",
        "gold",
        "precision",
        "precision_low",
        "precision_high",
        "recall",
        "recall_low",
        "recall_high",
        "f1",
        "f1_low",
        "f1_high",
    ])?;
    for cell in Cell::all().filter(|&cell| report.is_filled(cell)) {
        let counts = report.evaluation.total[cell];
        let mut row = vec![cell.group.name().to_owned(), cell.measure.path().to_owned()];
        row.extend([counts.correct, counts.predicted, counts.gold].map(|count| count.to_string()));
        for ratio in Ratio::ALL {
            row.push(number(counts.ratio(ratio)));
            row.extend(ends(report.interval(cell, ratio)));
        }
        csv.write_record(row)?;
    }
    csv.flush()
}

pub(super) fn number(number: Option<f64>) -> String {
    number.map_or_else(String::new, |number| format!("{number:.6}"))
}

pub(super) fn ends(interval: Option<Interval>) -> [String; 2] {
    [number(interval.map(|i| i.low)), number(interval.map(|i| i.high))]
}
