//! The tables of scores, and of what was taken for what.

use crate::scoring::report::{Report, bounds, percent, plural};
use crate::scoring::{Cell, Class, Confusion, Counts, Group, Interval, Measure, Ratio, RuleTable};

/// Scores under one heading.
pub(super) struct Scores {
    pub(super) title: &'static str,
    pub(super) explanation: &'static str,
    /// What the figures of each row are: one share, or three ratios.
    pub(super) columns: &'static [&'static str],
    pub(super) rows: Vec<Row>,
}

/// A label and its figures.
pub(super) struct Row {
    pub(super) label: String,
    pub(super) figures: Vec<Figure>,
}

/// A ratio, in words and drawn.
pub(super) struct Figure {
    /// In percent.
    pub(super) value: String,
    /// Its interval, or nothing.
    pub(super) bounds: String,
    /// The counts that it was made of; nothing for F1.
    pub(super) counts: String,
    pub(super) bar: Option<Bar>,
}

/// A ratio on a line of 100 units, which begins at 2.
pub(super) struct Bar {
    pub(super) at: String,
    pub(super) range: Option<(String, String)>,
}

impl Bar {
    fn new(value: f64, interval: Option<Interval>) -> Self {
        let place = |ratio: f64| format!("{:.1}", 2.0 + 100.0 * ratio);
        let range = interval.map(|Interval { low, high }| (place(low), place(high)));
        Self { at: place(value), range }
    }
}

impl Figure {
    fn new(report: &Report<'_>, cell: Cell, ratio: Ratio) -> Self {
        let counts = report.evaluation.total[cell];
        let value = counts.ratio(ratio);
        let interval = report.interval(cell, ratio);
        let whole = match ratio {
            Ratio::Precision => Some(counts.predicted),
            Ratio::Recall => Some(counts.gold),
            Ratio::F1 => None,
        };
        Self {
            value: percent(value),
            bounds: bounds(interval),
            counts: whole.map_or_else(String::new, |whole| format!("{}/{whole}", counts.correct)),
            bar: value.map(|value| Bar::new(value, interval)),
        }
    }
}

/// All scores, by heading.
pub(super) fn scores(report: &Report<'_>) -> Vec<Scores> {
    let scores = report.sections().into_iter().map(|section| {
        let (columns, ratios): (&[_], &[_]) = if section.is_share {
            (&["share"], &[Ratio::Precision])
        } else {
            (&["precision", "recall", "F1"], &Ratio::ALL)
        };
        let rows = section.rows.into_iter().map(|(label, cell)| Row {
            label,
            figures: ratios.iter().map(|&ratio| Figure::new(report, cell, ratio)).collect(),
        });
        let rows = rows.collect();
        Scores { title: section.title, explanation: section.explanation, columns, rows }
    });
    scores.collect()
}

/// Which class was taken for which.
pub(super) struct Matrix {
    pub(super) title: &'static str,
    pub(super) classes: Vec<&'static str>,
    pub(super) rows: Vec<MatrixRow>,
}

/// A labelled class, and how often it was taken for each.
pub(super) struct MatrixRow {
    pub(super) class: &'static str,
    /// The count, and whether the two classes are the same.
    pub(super) counts: Vec<(u64, bool)>,
}

impl Matrix {
    pub(super) fn new<C: Class>(title: &'static str, confusion: &Confusion<C>) -> Self {
        let name = |class: Option<C>| class.map_or("none", C::class_name);
        let row = |gold: Option<C>| {
            let count = |given| (confusion.count(gold, given), name(gold) == name(given));
            MatrixRow { class: name(gold), counts: Confusion::<C>::sides().map(count).collect() }
        };
        Self {
            title,
            classes: Confusion::<C>::sides().map(name).collect(),
            rows: Confusion::<C>::sides().map(row).collect(),
        }
    }
}

/// What the rules are worth.
pub(super) struct Rules<'a> {
    pub(super) fired: Vec<RuleRow<'a>>,
    pub(super) silent: String,
    /// Why words in marks were taken for none: reason, how many, wrongly.
    pub(super) rejections: Vec<(&'a str, u64, u64)>,
}

/// What one rule is worth.
pub(super) struct RuleRow<'a> {
    pub(super) rule: &'a str,
    pub(super) counts: [u64; 6],
    pub(super) precision: String,
    pub(super) bar: Option<Bar>,
}

impl<'a> Rules<'a> {
    pub(super) fn new(table: &'a RuleTable) -> Self {
        let rules = table.rules.iter().map(|score| RuleRow {
            rule: &score.rule,
            counts: [
                score.fired,
                score.right,
                score.wrong(),
                score.wrong_source,
                score.no_quotation,
                score.wrongly_rejected,
            ],
            precision: percent(score.precision()),
            bar: score.precision().map(|precision| Bar::new(precision, None)),
        });
        let rejections = table.rejections.iter().map(|rejection| {
            let reason = if rejection.reason.is_empty() { "no reason" } else { &rejection.reason };
            (reason, rejection.count, rejection.wrong)
        });
        Self {
            fired: rules.collect(),
            silent: table.silent.join(", "),
            rejections: rejections.collect(),
        }
    }
}

/// The least confidence that was picked on other documents.
pub(super) struct Threshold {
    pub(super) wanted: String,
    /// How it was found.
    pub(super) said: String,
    /// Where, precision and recall with their counts; nothing if none was
    /// found.
    pub(super) rows: Vec<[String; 5]>,
}

impl Threshold {
    pub(super) fn new(report: &Report<'_>) -> Option<Self> {
        let target = report.target?;
        let there = plural(target.documents, "other document");
        let row = |label: &str, counts: Counts| {
            [
                label.to_owned(),
                percent(counts.precision()),
                format!("{}/{}", counts.correct, counts.predicted),
                percent(counts.recall()),
                format!("{}/{}", counts.correct, counts.gold),
            ]
        };
        let here = report.evaluation.total[Cell::new(Group::All, Measure::EndToEnd)];
        let (said, rows) = match target.threshold {
            None => (
                format!("No confidence reaches it on the {there}; nothing is left out."),
                Vec::new(),
            ),
            Some(threshold) => (
                format!("Picked on {there}: confidence {threshold:.4} or more."),
                vec![row("where it was picked", target.there), row("here", here)],
            ),
        };
        Some(Self { wanted: percent(Some(target.precision)), said, rows })
    }
}
