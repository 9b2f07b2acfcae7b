//! The two curves: how sure against how right, and what is left if only the
//! surest are answered. Coordinates are those of the drawing, from the top left.

use crate::scoring::report::{bounds, percent};
use crate::scoring::{Calibration, Interval};

/// Where the field of a drawing begins and ends.
const LEFT: f64 = 44.0;
const RIGHT: f64 = 344.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 232.0;

/// A place, as the drawing has it.
pub(super) struct Point {
    pub(super) x: String,
    pub(super) y: String,
}

/// A line of the grid, and what it stands for.
pub(super) struct Tick {
    pub(super) at: String,
    pub(super) label: String,
}

/// A value with its interval.
pub(super) struct Mark {
    pub(super) place: Point,
    /// The ends of the interval, from below.
    pub(super) range: Option<(String, String)>,
    /// What it says.
    pub(super) said: String,
}

/// A table beside a drawing.
type Rows<const N: usize> = Vec<[String; N]>;

/// How sure against how right.
pub(super) struct Reliability {
    pub(super) field: Field,
    pub(super) diagonal: (Point, Point),
    pub(super) marks: Vec<Mark>,
    pub(super) rows: Rows<5>,
    pub(super) said: String,
}

/// What is left if only the surest are answered.
pub(super) struct Coverage {
    pub(super) field: Field,
    pub(super) line: String,
    /// The band of the intervals, or nothing.
    pub(super) band: String,
    pub(super) marks: Vec<Mark>,
    pub(super) rows: Rows<4>,
}

/// The field of a drawing: ratios from `low` to 1, both ways.
pub(super) struct Field {
    across: f64,
    up: f64,
    pub(super) columns: Vec<Tick>,
    pub(super) lines: Vec<Tick>,
}

impl Field {
    /// A field from `across` and from `up`.
    fn new(across: f64, up: f64) -> Self {
        let mut field = Self { across, up, columns: Vec::new(), lines: Vec::new() };
        let shares = |low: f64| ticks(low).map(move |n| (f64::from(n) / 10.0, n * 10));
        field.columns =
            shares(across).map(|(at, n)| Tick { at: field.x(at), label: n.to_string() }).collect();
        field.lines =
            shares(up).map(|(at, n)| Tick { at: field.y(at), label: n.to_string() }).collect();
        field
    }

    fn x(&self, ratio: f64) -> String {
        format!("{:.1}", LEFT + (RIGHT - LEFT) * (ratio - self.across) / (1.0 - self.across))
    }

    fn y(&self, ratio: f64) -> String {
        format!("{:.1}", BOTTOM - (BOTTOM - TOP) * (ratio - self.up) / (1.0 - self.up))
    }

    fn point(&self, x: f64, y: f64) -> Point {
        Point { x: self.x(x), y: self.y(y) }
    }

    fn mark(&self, x: f64, y: f64, interval: Option<Interval>, said: String) -> Mark {
        let range = interval.map(|Interval { low, high }| (self.y(low), self.y(high)));
        Mark { place: self.point(x, y), range, said }
    }
}

/// Tenths from `low` to 1, each or every other one.
fn ticks(low: f64) -> impl Iterator<Item = u32> {
    #[expect(clippy::cast_sign_loss, reason = "a ratio is not negative")]
    let first = (low * 10.0).round() as u32;
    let step = if first < 5 { 2 } else { 1 };
    (0..=10).rev().step_by(step).take_while(move |&n| n >= first)
}

/// The tenth that all `values` lie above, at most 0.9.
fn below(values: impl Iterator<Item = f64>) -> f64 {
    let least = values.fold(0.9, f64::min);
    ((least * 10.0).floor() / 10.0).max(0.0)
}

impl Reliability {
    pub(super) fn new(calibration: &Calibration) -> Option<Self> {
        if calibration.bins.is_empty() {
            return None;
        }
        let values = calibration.bins.iter().flat_map(|bin| {
            [bin.confidence, bin.accuracy, bin.interval.map_or(1.0, |interval| interval.low)]
        });
        // One scale for both, so that the diagonal is one.
        let low = below(values);
        let field = Field::new(low, low);
        let marks = calibration.bins.iter().map(|bin| {
            let (sure, right) = (percent(Some(bin.confidence)), percent(Some(bin.accuracy)));
            let said = format!("confidence {sure}: {right} right, of {}", bin.cases);
            field.mark(bin.confidence, bin.accuracy, bin.interval, said)
        });
        let rows = calibration.bins.iter().map(|bin| {
            [
                format!("{:.2} to {:.2}", bin.low, bin.high),
                percent(Some(bin.confidence)),
                percent(Some(bin.accuracy)),
                bounds(bin.interval),
                format!("{}/{}", bin.right, bin.cases),
            ]
        });
        let said = format!(
            "Expected calibration error {} {}; a right answer is surer than a wrong one in {} {} \
             of all pairs.",
            percent(calibration.error),
            bounds(calibration.error_interval),
            percent(calibration.auroc),
            bounds(calibration.auroc_interval),
        );
        Some(Self {
            diagonal: (field.point(low, low), field.point(1.0, 1.0)),
            marks: marks.collect(),
            rows: rows.collect(),
            said,
            field,
        })
    }
}

impl Coverage {
    pub(super) fn new(calibration: &Calibration) -> Option<Self> {
        let points = &calibration.coverage;
        if points.is_empty() {
            return None;
        }
        let lows = points.iter().flat_map(|point| {
            [point.accuracy, point.interval.map_or(1.0, |interval| interval.low)]
        });
        let field = Field::new(0.0, below(lows));
        let path = |places: &mut dyn Iterator<Item = (f64, f64)>| {
            places
                .map(|(x, y)| format!("{},{}", field.x(x), field.y(y)))
                .collect::<Vec<_>>()
                .join(" ")
        };
        let line = path(&mut points.iter().map(|point| (point.share, point.accuracy)));
        let ends = || points.iter().filter_map(|point| Some((point.share, point.interval?)));
        let band = path(
            &mut ends()
                .map(|(share, interval)| (share, interval.high))
                .chain(ends().rev().map(|(share, interval)| (share, interval.low))),
        );
        let marks = points.iter().map(|point| {
            let (share, right) = (percent(Some(point.share)), percent(Some(point.accuracy)));
            let said = format!("the surest {share}: {right} right");
            field.mark(point.share, point.accuracy, None, said)
        });
        let marks = marks.collect();
        let rows = points.iter().map(|point| {
            [
                format!("{:.0} %", 100.0 * point.share),
                format!("{:.2}", point.threshold),
                percent(Some(point.accuracy)),
                bounds(point.interval),
            ]
        });
        let rows = rows.collect();
        Some(Self { field, line, band, marks, rows })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corners_of_a_field() {
        let field = Field::new(0.5, 0.0);
        let corner = field.point(0.5, 0.0);
        assert_eq!((&*corner.x, &*corner.y), ("44.0", "232.0"));
        let corner = field.point(1.0, 1.0);
        assert_eq!((&*corner.x, &*corner.y), ("344.0", "12.0"));
        let labels = |ticks: &[Tick]| ticks.iter().map(|t| t.label.clone()).collect::<Vec<_>>();
        assert_eq!(labels(&field.columns), ["100", "90", "80", "70", "60", "50"]);
        assert_eq!(labels(&field.lines), ["100", "80", "60", "40", "20", "0"]);
    }

    #[test]
    fn a_scale_begins_at_the_tenth_below() {
        assert!((below([0.93, 0.74].into_iter()) - 0.7).abs() < 1e-9);
        assert!((below([0.99].into_iter()) - 0.9).abs() < 1e-9);
        assert!(below([0.0].into_iter()).abs() < 1e-9);
    }
}
