//! How far two annotators agree, as text, JSON and CSV.

use std::io::{self, Write};

use super::csv::{ends, number};
use super::json::write_tree;
use super::table::{Table, bounds, percent};
use super::tree::Tree;
use crate::scoring::agreement::{Agreed, AgreementReport};
use crate::scoring::tally::Counts;

fn filled(report: &AgreementReport) -> impl Iterator<Item = &Agreed> {
    report.agreed.iter().filter(|agreed| agreed.counts != Counts::default())
}

/// Writes the agreement for people.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write_agreement(mut out: impl Write, report: &AgreementReport) -> io::Result<()> {
    let of = if report.documents == 1 { "document" } else { "documents" };
    writeln!(
        out,
        "{} {of} labelled by both; percentages with 95% intervals over documents",
        report.documents
    )?;
    writeln!(
        out,
        "spans, mention, cue, non-quotations: F1; kind, speaker: share of the quotations that \
         both have\n"
    )?;
    let mut table = Table::new(["", "of", "agreement", "", "in both", "first", "second"]).left(1);
    let mut last = None;
    for agreed in filled(report) {
        let what = if last == Some(agreed.what) { "" } else { agreed.what.name() };
        last = Some(agreed.what);
        table.row([
            what.to_owned(),
            agreed.group.name().to_owned(),
            percent(agreed.value),
            bounds(agreed.interval),
            agreed.counts.correct.to_string(),
            agreed.counts.gold.to_string(),
            agreed.counts.predicted.to_string(),
        ]);
    }
    table.write(&mut out)?;
    if let Some(kappa) = report.kind_kappa {
        writeln!(out, "\nCohen's kappa of direct and mixed: {kappa:.3}")?;
    }
    for (ids, which) in [(&report.only_first, "first"), (&report.only_second, "second")] {
        if !ids.is_empty() {
            writeln!(out, "\nLabelled by the {which} alone, left out: {}", ids.join(", "))?;
        }
    }
    Ok(())
}

/// Writes the agreement as one JSON object.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write_agreement_json(out: impl Write, report: &AgreementReport) -> io::Result<()> {
    let mut tree = Tree::map([
        ("wiezei", env!("CARGO_PKG_VERSION").into()),
        ("documents", report.documents.into()),
        ("only_first", Tree::list(&report.only_first)),
        ("only_second", Tree::list(&report.only_second)),
        ("kind_kappa", report.kind_kappa.into()),
    ]);
    for agreed in &report.agreed {
        let name = agreed.what.name().replace([' ', '-'], "_");
        let value = Tree::map([
            ("agreement", agreed.value.into()),
            ("interval", agreed.interval.into()),
            ("both", agreed.counts.correct.into()),
            ("first", agreed.counts.gold.into()),
            ("second", agreed.counts.predicted.into()),
        ]);
        tree.set(&format!("{}.{name}", agreed.group.name()), value);
    }
    write_tree(out, &tree)
}

/// Writes the agreement as CSV: one row a group and subject.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write_agreement_csv(out: impl Write, report: &AgreementReport) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "group",
        "what",
        "agreement",
        "agreement_low",
        "agreement_high",
        "both",
        "first",
        "second",
    ])?;
    for agreed in filled(report) {
        let [low, high] = ends(agreed.interval);
        csv.write_record([
            agreed.group.name(),
            agreed.what.name(),
            &number(agreed.value),
            &low,
            &high,
            &agreed.counts.correct.to_string(),
            &agreed.counts.gold.to_string(),
            &agreed.counts.predicted.to_string(),
        ])?;
    }
    csv.flush()
}
