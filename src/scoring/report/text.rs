//! Scores as text: tables with the counts behind every ratio.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr as _;

use super::table::{Table, bounds, percent};
use super::{Report, Target};
use crate::attribution::Kind;
use crate::scoring::calibration::Calibration;
use crate::scoring::confusion::{Class, Confusion};
use crate::scoring::evaluation::Notes;
use crate::scoring::rules::RuleTable;
use crate::scoring::tally::{Cell, Group, Measure, Naming, Ratio};
use crate::sources::{MentionKind, SourceKind};

/// Writes a report for people. Ratios are percentages; `n/N` beside one is
/// what it was made of, and `[a, b]` its 95% interval.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write_text(mut out: impl Write, report: &Report<'_>) -> io::Result<()> {
    let out = &mut out;
    head(out, report)?;
    if let Some(target) = report.target {
        write_target(out, target, report)?;
    }
    found(out, report)?;
    speakers(out, report)?;
    parts(out, report)?;
    not_quotations(out, report)?;
    confusions(out, report)?;
    calibration(out, &report.calibration)?;
    rules(out, &report.rules)?;
    notes(out, &report.evaluation.notes)
}

fn head(out: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    let documents = &report.evaluation.documents;
    let quotations = || documents.iter().flat_map(|document| &document.gold.quotations);
    let kinds: Vec<_> = Kind::ALL
        .into_iter()
        .map(|kind| {
            let count = quotations().filter(|quotation| quotation.kind == kind).count();
            format!("{count} {kind}")
        })
        .collect();
    let not: usize = documents.iter().map(|document| document.gold.not_quotations.len()).sum();
    writeln!(out, "System: {}", report.system)?;
    writeln!(
        out,
        "Gold: {}, {} ({}), {not} in marks that are none",
        plural(documents.len(), "document"),
        plural(quotations().count(), "quotation"),
        kinds.join(", "),
    )?;
    if let Some(least) = report.least {
        writeln!(out, "Answers of a confidence under {least} are left out.")?;
    }
    match (&report.intervals, report.bootstrap) {
        (Some(_), Some(bootstrap)) => writeln!(
            out,
            "Percentages; [95% interval] by {} bootstrap resamples of documents, seed {}",
            bootstrap.resamples, bootstrap.seed
        ),
        (None, Some(_)) => writeln!(out, "Percentages; one document has no intervals"),
        (_, None) => writeln!(out, "Percentages"),
    }
}

fn plural(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
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

/// A table of one measure over the groups that have something to count.
fn by_group(
    out: &mut impl Write,
    report: &Report<'_>,
    measure: Measure,
    title: &str,
    explanation: &str,
) -> io::Result<()> {
    let mut table = if measure.is_share() { shares() } else { ratios() };
    for group in Group::ALL.into_iter().filter(|&group| measure.is_of(group)) {
        let cell = Cell::new(group, measure);
        if !report.is_filled(cell) {
            continue;
        }
        if measure.is_share() {
            share_row(&mut table, report, group.name(), cell);
        } else {
            ratio_row(&mut table, report, group.name(), cell);
        }
    }
    if table.is_empty() {
        return Ok(());
    }
    heading(out, title, explanation)?;
    table.write(out)
}

fn found(out: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    by_group(
        out,
        report,
        Measure::EndToEnd,
        "End to end: found, and the right speaker",
        "precision over everything predicted, recall over everything labelled",
    )?;
    by_group(
        out,
        report,
        Measure::Detection,
        "Quotations found",
        "by overlap: 0.8 in marks, 0.5 without; direct, mixed: of the right kind",
    )?;
    by_group(out, report, Measure::Exact, "Quotations found with exactly these words", "")?;
    by_group(out, report, Measure::Tokens, "Words inside quotations", "")
}

fn speakers(out: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    by_group(out, report, Measure::Speaker, "Speaker, of the quotations found", "")?;
    if report.evaluation.has_given {
        by_group(
            out,
            report,
            Measure::GivenGold,
            "Speaker, where the gold quotations are given",
            "marked ones; reported speech was not attempted",
        )?;
    }
    let mut table = ratios();
    let naming = |naming: Naming| match naming {
        Naming::By(MentionKind::Name) => "a name",
        Naming::By(MentionKind::Pronoun) => "a pronoun",
        Naming::By(MentionKind::Description) => "a description",
        Naming::Implicit => "context",
    };
    for group in [Group::Marked, Group::Kind(Kind::Indirect)] {
        for way in Naming::ALL {
            let cell = Cell::new(group, Measure::Named(way));
            if report.is_filled(cell) {
                let label = format!("{}, by {}", group.name(), naming(way));
                ratio_row(&mut table, report, &label, cell);
            }
        }
    }
    if !table.is_empty() {
        heading(
            out,
            "Speaker, by how the text names it",
            "recall over all labelled ones; precision over those found and answered",
        )?;
        table.write(out)?;
    }
    let mut table = ratios();
    for kind in SourceKind::ALL {
        let cell = Cell::new(Group::All, Measure::OfType(kind));
        if report.is_filled(cell) {
            ratio_row(&mut table, report, kind.name(), cell);
        }
    }
    if !table.is_empty() {
        heading(out, "Speaker, by what it is", "counted as in the table above")?;
        table.write(out)?;
    }
    let cell = Cell::new(Group::All, Measure::NoSource);
    if report.is_filled(cell) {
        let mut table = ratios();
        ratio_row(&mut table, report, "no source", cell);
        heading(out, "The answer that nobody is named, of the quotations found", "")?;
        table.write(out)?;
    }
    Ok(())
}

fn parts(out: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    let mut table = ratios();
    for group in [Group::Marked, Group::Kind(Kind::Indirect)] {
        for (measure, label) in [
            (Measure::Mention, "mention"),
            (Measure::MentionExact, "mention, exactly"),
            (Measure::Cue, "cue"),
            (Measure::CueExact, "cue, exactly"),
        ] {
            let cell = Cell::new(group, measure);
            if report.is_filled(cell) {
                ratio_row(&mut table, report, &format!("{}, {label}", group.name()), cell);
            }
        }
    }
    if !table.is_empty() {
        heading(out, "Words that name the speaker and the cue, of the quotations found", "")?;
        table.write(out)?;
    }
    let mut table = shares();
    for (group, measure, label) in [
        (Group::All, Measure::SpeakerAccuracy, "speaker, or rightly none"),
        (Group::Marked, Measure::KindAccuracy, "direct or mixed"),
        (Group::All, Measure::TypeAccuracy, "type of the speaker"),
    ] {
        let cell = Cell::new(group, measure);
        if report.is_filled(cell) {
            share_row(&mut table, report, label, cell);
        }
    }
    if !table.is_empty() {
        heading(out, "Right, of the quotations found", "")?;
        table.write(out)?;
    }
    Ok(())
}

fn not_quotations(out: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    let alarms = Cell::new(Group::Marked, Measure::FalseAlarms);
    let rejected = Cell::new(Group::Marked, Measure::Rejected);
    if report.is_filled(alarms) {
        heading(out, "In marks, but no quotation", "the lower, the better")?;
        let mut table = shares();
        share_row(&mut table, report, "taken for a quotation", alarms);
        table.write(out)?;
    }
    if report.evaluation.total[rejected].predicted > 0 {
        heading(out, "Listed as no quotation by the system", "")?;
        let mut table = ratios();
        ratio_row(&mut table, report, "no quotation", rejected);
        table.write(out)?;
    }
    Ok(())
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
        heading(out, "By rule", "wrong: another speaker, or no quotation at all")?;
        let mut table =
            Table::new(["", "fired", "right", "wrong", "speaker", "no quotation", "precision"]);
        for score in &rules.rules {
            table.row([
                score.rule.clone(),
                score.fired.to_string(),
                score.right.to_string(),
                score.wrong().to_string(),
                score.wrong_source.to_string(),
                score.no_quotation.to_string(),
                percent(score.precision()),
            ]);
        }
        table.write(out)?;
        if !rules.silent.is_empty() {
            listed(out, "No quotation from:", &rules.silent)?;
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
    let mut lines = Vec::new();
    let names = |ids: &[String]| {
        let more = if ids.len() > 5 { ", ..." } else { "" };
        format!("{}{more}", ids[..ids.len().min(5)].join(", "))
    };
    if !notes.missing.is_empty() {
        let count = plural(notes.missing.len(), "gold document");
        lines.push(format!(
            "{count} without an answer, all of whose quotations count as missed: {}",
            names(&notes.missing)
        ));
    }
    if !notes.unlabelled.is_empty() {
        let count = plural(notes.unlabelled.len(), "document");
        lines.push(format!("{count} without labels, left out: {}", names(&notes.unlabelled)));
    }
    let odd = notes.oddities;
    for (count, what) in [
        (odd.gold_duplicates, "gold quotations on the words of another"),
        (odd.duplicates, "predicted quotations on the words of another, counted as wrong"),
        (odd.without_confidence, "predicted quotations without a confidence"),
        (odd.bad_confidence, "confidences outside 0 to 1, taken for none"),
    ] {
        if count > 0 {
            lines.push(format!("{count} {what}"));
        }
    }
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
