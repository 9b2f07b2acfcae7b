//! Scores as JSON: `GROUP.MEASURE` has `precision`, `recall`, `f1`, the counts
//! `correct`, `predicted`, `gold`, and `intervals`; a measure that is one share
//! has `share`, `count`, `of` and `interval`.

use std::io::{self, Write};

use super::tree::Tree;
use super::{Report, Target};
use crate::attribution::Kind;
use crate::scoring::calibration::{Bin, Calibration, Coverage};
use crate::scoring::confusion::{Class, Confusion};
use crate::scoring::evaluation::Notes;
use crate::scoring::rules::{Rejection, RuleScore, RuleTable};
use crate::scoring::tally::{Cell, Counts, Group, Measure, Ratio};

/// Writes a report as one JSON object.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write_json(out: impl Write, report: &Report<'_>) -> io::Result<()> {
    write_tree(out, &tree(report))
}

pub(super) fn write_tree(mut out: impl Write, tree: &Tree) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut out, tree)?;
    out.write_all(b"\n")
}

fn tree(report: &Report<'_>) -> Tree {
    let evaluation = report.evaluation;
    let mut tree = Tree::map([
        ("wiezei", env!("CARGO_PKG_VERSION").into()),
        ("system", (&report.system).into()),
        ("gold", gold(report)),
    ]);
    tree.set("min_confidence", report.least.map(f64::from).into());
    if let Some(target) = report.target {
        tree.set("target_precision", target_tree(target, report));
    }
    if let Some(bootstrap) = report.bootstrap {
        let settings =
            [("resamples", u64::from(bootstrap.resamples).into()), ("seed", bootstrap.seed.into())];
        tree.set("bootstrap", Tree::map(settings));
    }
    for cell in Cell::all() {
        if is_told(report, cell) {
            tree.set(&cell.path(), score(report, cell));
        }
    }
    tree.set("confusion.kind", confusion(&evaluation.kinds));
    tree.set("confusion.type", confusion(&evaluation.types));
    tree.set("calibration", calibration(&report.calibration));
    tree.set("rules", rules(&report.rules));
    tree.set("notes", notes(&evaluation.notes));
    tree
}

/// Cells of a run on gold quotations are told only if there was one; all others
/// always, so that their paths are always there.
fn is_told(report: &Report<'_>, cell: Cell) -> bool {
    let of_given = matches!(cell.measure, Measure::GivenGold | Measure::GivenGoldAccuracy);
    !of_given || report.evaluation.has_given
}

fn gold(report: &Report<'_>) -> Tree {
    let documents = &report.evaluation.documents;
    let count = |kind: Kind| {
        let quotations = documents.iter().flat_map(|document| &document.gold.quotations);
        quotations.filter(|quotation| quotation.kind == kind).count()
    };
    let not: usize = documents.iter().map(|document| document.gold.not_quotations.len()).sum();
    let mut tree = Tree::map([("documents", documents.len().into())]);
    for kind in Kind::ALL {
        tree.set(kind.name(), count(kind).into());
    }
    tree.set("not_quotations", not.into());
    tree
}

fn score(report: &Report<'_>, cell: Cell) -> Tree {
    let counts = report.evaluation.total[cell];
    let interval = |ratio| report.interval(cell, ratio);
    if cell.measure.is_share() {
        let mut tree = Tree::map([
            ("share", counts.precision().into()),
            ("count", counts.correct.into()),
            ("of", counts.predicted.into()),
        ]);
        if report.intervals.is_some() {
            tree.set("interval", interval(Ratio::Precision).into());
        }
        return tree;
    }
    let mut tree = ratios(counts);
    if report.intervals.is_some() {
        for ratio in Ratio::ALL {
            tree.set(&format!("intervals.{}", ratio.name()), interval(ratio).into());
        }
    }
    tree
}

pub(super) fn ratios(counts: Counts) -> Tree {
    Tree::map([
        ("precision", counts.precision().into()),
        ("recall", counts.recall().into()),
        ("f1", counts.f1().into()),
        ("correct", counts.correct.into()),
        ("predicted", counts.predicted.into()),
        ("gold", counts.gold.into()),
    ])
}

fn confusion<C: Class>(confusion: &Confusion<C>) -> Tree {
    let name = |class: Option<C>| class.map_or("none", C::class_name);
    let mut tree = Tree::Map(Vec::new());
    for gold in Confusion::<C>::sides() {
        for predicted in Confusion::<C>::sides() {
            let path = format!("{}.{}", name(gold), name(predicted));
            tree.set(&path, confusion.count(gold, predicted).into());
        }
    }
    tree
}

fn calibration(calibration: &Calibration) -> Tree {
    let bin = |bin: &Bin| {
        Tree::map([
            ("low", bin.low.into()),
            ("high", bin.high.into()),
            ("cases", bin.cases.into()),
            ("right", bin.right.into()),
            ("confidence", bin.confidence.into()),
            ("accuracy", bin.accuracy.into()),
            ("interval", bin.interval.into()),
        ])
    };
    let point = |point: &Coverage| {
        Tree::map([
            ("share", point.share.into()),
            ("threshold", point.threshold.into()),
            ("accuracy", point.accuracy.into()),
            ("interval", point.interval.into()),
        ])
    };
    Tree::map([
        ("cases", calibration.cases.into()),
        ("right", calibration.right.into()),
        ("expected_calibration_error", calibration.error.into()),
        ("expected_calibration_error_interval", calibration.error_interval.into()),
        ("auroc", calibration.auroc.into()),
        ("auroc_interval", calibration.auroc_interval.into()),
        ("bins", Tree::list(calibration.bins.iter().map(bin))),
        ("coverage", Tree::list(calibration.coverage.iter().map(point))),
    ])
}

fn rules(table: &RuleTable) -> Tree {
    let rule = |score: &RuleScore| {
        let value = Tree::map([
            ("fired", score.fired.into()),
            ("right", score.right.into()),
            ("wrong", score.wrong().into()),
            ("wrong_source", score.wrong_source.into()),
            ("no_quotation", score.no_quotation.into()),
            ("wrongly_rejected", score.wrongly_rejected.into()),
            ("precision", score.precision().into()),
        ]);
        (score.rule.clone(), value)
    };
    let rejection = |rejection: &Rejection| {
        Tree::map([
            ("reason", (&rejection.reason).into()),
            ("count", rejection.count.into()),
            ("wrong", rejection.wrong.into()),
        ])
    };
    Tree::map([
        ("by_rule", Tree::Map(table.rules.iter().map(rule).collect())),
        ("never_fired", Tree::list(&table.silent)),
        ("rejections", Tree::list(table.rejections.iter().map(rejection))),
    ])
}

fn notes(notes: &Notes) -> Tree {
    let odd = &notes.oddities;
    Tree::map([
        ("missing_documents", Tree::list(&notes.missing)),
        ("unlabelled_documents", Tree::list(&notes.unlabelled)),
        ("gold_duplicates", odd.gold_duplicates.into()),
        ("duplicates", odd.duplicates.into()),
        ("without_confidence", odd.without_confidence.into()),
        ("bad_confidence", odd.bad_confidence.into()),
    ])
}

fn target_tree(target: Target, report: &Report<'_>) -> Tree {
    let here = report.evaluation.total[Cell::new(Group::All, Measure::EndToEnd)];
    Tree::map([
        ("target", target.precision.into()),
        ("threshold", target.threshold.into()),
        (
            "tuned_on",
            Tree::map([
                ("documents", target.documents.into()),
                ("precision", target.there.precision().into()),
                ("recall", target.there.recall().into()),
                ("correct", target.there.correct.into()),
                ("predicted", target.there.predicted.into()),
                ("gold", target.there.gold.into()),
            ]),
        ),
        (
            "reported_on",
            Tree::map([
                ("documents", report.evaluation.documents.len().into()),
                ("precision", here.precision().into()),
                ("recall", here.recall().into()),
                ("correct", here.correct.into()),
                ("predicted", here.predicted.into()),
                ("gold", here.gold.into()),
            ]),
        ),
    ])
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::scoring::testing::{answer, gold};
    use crate::scoring::{Bootstrap, evaluate};

    #[test]
    fn every_path_is_where_it_is_said_to_be() {
        let (gold, system) = ([gold("a"), gold("b")], [answer("a"), answer("b")]);
        let evaluation = evaluate(&gold, &system, Some(&gold), None).unwrap();
        let bootstrap = Bootstrap { resamples: 10, seed: 1 };
        let report = Report::new("s", &evaluation, &evaluation, Some(bootstrap), &[]);
        let mut out = Vec::new();
        write_json(&mut out, &report).unwrap();
        let json: Value = serde_json::from_slice(&out).unwrap();
        for cell in Cell::all() {
            let path = cell.path().replace('.', "/");
            let found = json.pointer(&format!("/{path}")).unwrap_or_else(|| panic!("{path}"));
            let counts = evaluation.total[cell];
            let field = if cell.measure.is_share() { "count" } else { "correct" };
            assert_eq!(found[field], counts.correct, "{path}");
        }
        assert_eq!(json["marked"]["end_to_end"]["f1"], 0.285_714);
        assert_eq!(json["marked"]["end_to_end"]["intervals"]["f1"][0], 0.285_714);
        assert_eq!(json["confusion"]["kind"]["mixed"]["direct"], 2);
        assert_eq!(json["rules"]["by_rule"]["last-speaker"]["wrong"], 4);
        assert_eq!(json["gold"]["direct"], 4);
    }
}
