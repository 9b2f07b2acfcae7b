//! Two systems side by side, as text, JSON and CSV.

use std::io::{self, Write};

use super::csv::{ends, number};
use super::json::{ratios, write_tree};
use super::table::{Table, bounds, percent};
use super::tree::Tree;
use crate::scoring::bootstrap::Bootstrap;
use crate::scoring::compare::{Comparison, Difference};
use crate::scoring::tally::{Cell, Counts, Group, Measure, Ratio};

/// The cells that say something about one of the two.
fn filled(comparison: &Comparison) -> impl Iterator<Item = Cell> {
    Cell::all().filter(|&cell| {
        let (first, second) = comparison.counts(cell);
        first != Counts::default() || second != Counts::default()
    })
}

/// Writes a comparison for people: F1, or the share. Differences are points of
/// a percentage, the second system less the first.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write_comparison(
    mut out: impl Write,
    comparison: &Comparison,
    (first, second): (&str, &str),
    documents: usize,
    bootstrap: &Bootstrap,
) -> io::Result<()> {
    let of = if documents == 1 { "document" } else { "documents" };
    writeln!(out, "A: {first}\nB: {second}")?;
    writeln!(
        out,
        "{documents} {of}; F1 in percent; B less A with its 95% interval ({} bootstrap resamples \
         of documents,\nseed {}); p by {} random exchanges of the two systems' answers to a \
         document. Each p is for\nits row alone: of twenty rows, one falls below 0.05 by chance.",
        bootstrap.resamples, bootstrap.seed, bootstrap.resamples,
    )?;
    for group in Group::ALL {
        let mut table = Table::new(["", "A", "B", "B - A", "", "p"]);
        for cell in filled(comparison).filter(|cell| cell.group == group) {
            if matches!(cell.measure, Measure::Named(_) | Measure::OfType(_)) {
                continue;
            }
            let found = comparison.of(cell, Ratio::F1);
            table.row([
                words(cell.measure),
                percent(found.first),
                percent(found.second),
                found
                    .difference
                    .map_or_else(|| "–".into(), |difference| format!("{:+.1}", 100.0 * difference)),
                bounds(found.interval),
                found.p.map_or_else(String::new, |p| format!("{p:.4}")),
            ]);
        }
        if !table.is_empty() {
            writeln!(out, "\n{}", group.name())?;
            table.write(&mut out)?;
        }
    }
    Ok(())
}

fn words(measure: Measure) -> String {
    let words = measure.path().replace('_', " ");
    if measure.is_share() { format!("{words} (share)") } else { words }
}

/// Writes a comparison as one JSON object: as the scores have them, with
/// `first`, `second`, `difference`, `interval` and `p` of each ratio.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write_comparison_json(
    out: impl Write,
    comparison: &Comparison,
    (first, second): (&str, &str),
    documents: usize,
    bootstrap: &Bootstrap,
) -> io::Result<()> {
    let mut tree = Tree::map([
        ("wiezei", env!("CARGO_PKG_VERSION").into()),
        ("first", first.into()),
        ("second", second.into()),
        ("documents", documents.into()),
        ("resamples", u64::from(bootstrap.resamples).into()),
        ("seed", bootstrap.seed.into()),
    ]);
    let difference = |found: Difference| {
        Tree::map([
            ("first", found.first.into()),
            ("second", found.second.into()),
            ("difference", found.difference.into()),
            ("interval", found.interval.into()),
            ("p", found.p.into()),
        ])
    };
    for cell in filled(comparison) {
        let path = cell.path();
        let (first, second) = comparison.counts(cell);
        if cell.measure.is_share() {
            tree.set(&format!("{path}.share"), difference(comparison.of(cell, Ratio::Precision)));
        } else {
            for ratio in Ratio::ALL {
                let found = difference(comparison.of(cell, ratio));
                tree.set(&format!("{path}.{}", ratio.name()), found);
            }
        }
        tree.set(&format!("{path}.counts.first"), ratios(first));
        tree.set(&format!("{path}.counts.second"), ratios(second));
    }
    write_tree(out, &tree)
}

/// Writes a comparison as CSV: one row a group, measure and ratio.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write_comparison_csv(out: impl Write, comparison: &Comparison) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "group",
        "measure",
        "ratio",
        "first",
        "second",
        "difference",
        "difference_low",
        "difference_high",
        "p",
    ])?;
    for cell in filled(comparison) {
        for ratio in Ratio::ALL {
            let name = match (cell.measure.is_share(), ratio) {
                (false, _) => ratio.name(),
                (true, Ratio::Precision) => "share",
                (true, _) => continue,
            };
            let found = comparison.of(cell, ratio);
            let [low, high] = ends(found.interval);
            csv.write_record([
                cell.group.name(),
                cell.measure.path(),
                name,
                &number(found.first),
                &number(found.second),
                &number(found.difference),
                &low,
                &high,
                &number(found.p),
            ])?;
        }
    }
    csv.flush()
}
