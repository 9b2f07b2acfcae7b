//! Scores as text: tables with the counts behind every ratio.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr as _;

use super::sections::{Section, plural};
use super::table::{Table, bounds, percent};
use super::{Report, Target};
use crate::scoring::calibration::Calibration;
use crate::scoring::confusion::{Class, Confusion};
use crate::scoring::evaluation::Notes;
use crate::scoring::rules::RuleTable;
use crate::scoring::tally::{Cell, Group, Measure, Ratio};

/// Writes a report for people. Ratios are percentages; `n/N` beside one is
/// what it was made of, and `[a, b]` its 95% interval.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write_text(mut out: impl Write, report: &Report<'_>) -> io::Result<()> {
    let out = &mut out;
    report.summary().iter().try_for_each(|line| writeln!(out, "{line}"))?;
    if let Some(target) = report.target {
        write_target(out, target, report)?;
    }
    for section in report.sections() {
        scores(out, report, &section)?;
    }
    confusions(out, report)?;
    calibration(out, &report.calibration)?;
    rules(out, &report.rules)?;
    notes(out, &report.evaluation.notes)
}

fn heading(out: &mut impl Write, title: &str, explanation: &str) -> io::Result<()> {
    writeln!(out, "\n{title}")?;
    if explanation.is_empty() { Ok(()) } else { writeln!(out, "  ({explanation})") }
}

/// A table of precision, recall and F1.
fn ratios() -> Table {
    Table::new(["", "precision", "", "n/N", "recall", "", "n/N", "F1", ""])
}

fn ratio_row(table: &mut Table, report: &Report<'_>, label: &str, cell: Cell) {
    let counts = report.evaluation.total[cell];
    let shown = |ratio| (percent(counts.ratio(ratio)), bounds(report.interval(cell, ratio)));
    let (precision, recall, f1) = (shown(Ratio::Precision), shown(Ratio::Recall), shown(Ratio::F1));
    table.row([
        label.to_owned(),
        precision.0,
        precision.1,
        format!("{}/{}", counts.correct, counts.predicted),
        recall.0,
        recall.1,
        format!("{}/{}", counts.correct, counts.gold),
        f1.0,
        f1.1,
    ]);
}

fn shares() -> Table {
    Table::new(["", "share", "", "n/N"])
}

fn share_row(table: &mut Table, report: &Report<'_>, label: &str, cell: Cell) {
    let counts = report.evaluation.total[cell];
    table.row([
        label.to_owned(),
        percent(counts.precision()),
        bounds(report.interval(cell, Ratio::Precision)),
        format!("{}/{}", counts.correct, counts.predicted),
    ]);
}

fn scores(out: &mut impl Write, report: &Report<'_>, section: &Section) -> io::Result<()> {
    let mut table = if section.is_share { shares() } else { ratios() };
    for (label, cell) in &section.rows {
        if section.is_share {
            share_row(&mut table, report, label, *cell);
        } else {
            ratio_row(&mut table, report, label, *cell);
        }
    }
    heading(out, section.title, section.explanation)?;
    table.write(out)
}

fn confusions(out: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    heading(out, "Kind of quotation: labelled (down), predicted (across)", "")?;
    confusion(out, &report.evaluation.kinds)?;
    heading(
        out,
        "Type of speaker, of the quotations found: labelled (down), predicted (across)",
        "",
    )?;
    confusion(out, &report.evaluation.types)
}

fn confusion<C: Class>(out: &mut impl Write, confusion: &Confusion<C>) -> io::Result<()> {
    let name = |class: Option<C>| class.map_or("none", C::class_name).to_owned();
    let mut table = Table::default();
    table.row(std::iter::once(String::new()).chain(Confusion::<C>::sides().map(name)));
    for gold in Confusion::<C>::sides() {
        let count = |predicted| confusion.count(gold, predicted).to_string();
        table.row(std::iter::once(name(gold)).chain(Confusion::<C>::sides().map(count)));
    }
    table.write(out)
}

fn calibration(out: &mut impl Write, calibration: &Calibration) -> io::Result<()> {
    if calibration.cases == 0 {
        return Ok(());
    }
    heading(
        out,
        "How sure and how right",
        "an answer is right if it is a quotation and has the right speaker",
    )?;
    let mut table = Table::new(["confidence", "mean", "right", "", "n/N"]);
    for bin in &calibration.bins {
        table.row([
            format!("{:.2} to {:.2}", bin.low, bin.high),
            percent(Some(bin.confidence)),
            percent(Some(bin.accuracy)),
            bounds(bin.interval),
            format!("{}/{}", bin.right, bin.cases),
        ]);
    }
    table.write(out)?;
    writeln!(
        out,
        "  Expected calibration error: {} {}",
        percent(calibration.error),
        bounds(calibration.error_interval),
    )?;
    writeln!(
        out,
        "  Right answer surer than wrong one (AUROC): {} {}",
        percent(calibration.auroc),
        bounds(calibration.auroc_interval),
    )?;
    heading(out, "If only the surest are answered", "")?;
    let mut table = Table::new(["answered", "from confidence", "right", ""]);
    for point in &calibration.coverage {
        table.row([
            format!("{:.0} %", 100.0 * point.share),
            format!("{:.2}", point.threshold),
            percent(Some(point.accuracy)),
            bounds(point.interval),
        ]);
    }
    table.write(out)
}

fn rules(out: &mut impl Write, rules: &RuleTable) -> io::Result<()> {
    if !rules.rules.is_empty() {
        heading(
            out,
            "By rule",
            "wrong: another speaker, no quotation at all, or a quotation rejected",
        )?;
        let mut table =
            Table::new(["", "fired", "right", "wrong", "speaker", "none", "rejected", "precision"]);
        for score in &rules.rules {
            table.row([
                score.rule.clone(),
                score.fired.to_string(),
                score.right.to_string(),
                score.wrong().to_string(),
                score.wrong_source.to_string(),
                score.no_quotation.to_string(),
                score.wrongly_rejected.to_string(),
                percent(score.precision()),
            ]);
        }
        table.write(out)?;
        if !rules.silent.is_empty() {
            listed(out, "Never fired:", &rules.silent)?;
        }
    }
    if !rules.rejections.is_empty() {
        heading(out, "Rejected in marks", "wrong: a labelled quotation")?;
        let mut table = Table::new(["", "rejected", "wrong"]);
        for rejection in &rules.rejections {
            let reason = if rejection.reason.is_empty() { "no reason" } else { &rejection.reason };
            table.row([
                reason.to_owned(),
                rejection.count.to_string(),
                rejection.wrong.to_string(),
            ]);
        }
        table.write(out)?;
    }
    Ok(())
}

/// Words behind a label, over as many lines as they need.
fn listed(out: &mut impl Write, label: &str, words: &[String]) -> io::Result<()> {
    const WIDTH: usize = 96;
    let mut line = format!("  {label}");
    for (n, word) in words.iter().enumerate() {
        let comma = if n + 1 < words.len() { "," } else { "" };
        if line.width() + word.width() + 2 > WIDTH {
            writeln!(out, "{line}")?;
            line = "   ".into();
        }
        line = format!("{line} {word}{comma}");
    }
    writeln!(out, "{line}")
}

fn notes(out: &mut impl Write, notes: &Notes) -> io::Result<()> {
    let lines = notes.lines();
    if lines.is_empty() {
        return Ok(());
    }
    heading(out, "Notes", "")?;
    lines.iter().try_for_each(|line| writeln!(out, "  {line}"))
}

fn write_target(out: &mut impl Write, target: Target, report: &Report<'_>) -> io::Result<()> {
    let wanted = percent(Some(target.precision));
    heading(out, &format!("Threshold for a precision of {wanted}"), "")?;
    let there = plural(target.documents, "other document");
    let Some(threshold) = target.threshold else {
        return writeln!(out, "  No confidence reaches it on the {there}; nothing is left out.");
    };
    let here = report.evaluation.total[Cell::new(Group::All, Measure::EndToEnd)];
    writeln!(out, "  Picked on {there}: confidence {threshold:.4} or more.")?;
    let mut table = Table::new(["", "precision", "n/N", "recall", "n/N"]);
    for (label, counts) in [("where it was picked", target.there), ("here", here)] {
        table.row([
            label.to_owned(),
            percent(counts.precision()),
            format!("{}/{}", counts.correct, counts.predicted),
            percent(counts.recall()),
            format!("{}/{}", counts.correct, counts.gold),
        ]);
    }
    table.write(out)
}
