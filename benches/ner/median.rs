//! The median of a few runs, with an interval that asks nothing of how they
//! are distributed.

use std::fmt;

/// A median and its 95% interval.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Median {
    pub(crate) middle: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Median {
    /// Of at least one number.
    pub(crate) fn of(numbers: impl Iterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = numbers.collect();
        sorted.sort_by(f64::total_cmp);
        let count = sorted.len();
        let middle = f64::midpoint(sorted[(count - 1) / 2], sorted[count / 2]);
        let outside = outside(count);
        Self { middle, low: sorted[outside], high: sorted[count - 1 - outside] }
    }
}

/// How many of `count` sorted numbers may be left out at either end for the
/// rest to span the true median with a probability of at least 95%: each lies
/// on either side of it as a coin falls.
fn outside(count: usize) -> usize {
    let all = 2.0_f64.powi(i32::try_from(count).unwrap_or(i32::MAX));
    let mut ways = 1.0;
    let mut tail = 0.0;
    let mut outside = 0;
    for heads in 0..count / 2 {
        tail += ways / all;
        if 2.0 * tail > 0.05 {
            break;
        }
        outside = heads;
        ways *= (count - heads) as f64 / (heads + 1) as f64;
    }
    outside
}

impl fmt::Display for Median {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = f.precision().unwrap_or(2);
        write!(f, "{:.places$} [{:.places$}, {:.places$}]", self.middle, self.low, self.high)
    }
}
