//! How far a score would move on other documents of the same sort: 95%
//! intervals by the bootstrap over documents.
//!
//! Documents are drawn with replacement, not quotations: those of one document
//! share its outlet, its sources and its difficulties, and are no independent
//! cases. The bounds are the 2.5th and 97.5th percentile of the resamples.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use rayon::prelude::*;

use super::evaluation::Evaluation;
use super::tally::{CELLS, Cell, Counts, Ratio, Tally};

/// How resamples are drawn. The same settings give the same intervals on every
/// machine and with any number of threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bootstrap {
    /// How many.
    pub resamples: u32,
    /// Where the generator starts.
    pub seed: u64,
}

impl Default for Bootstrap {
    fn default() -> Self {
        Self { resamples: 2000, seed: 1 }
    }
}

/// A 95% interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Its lower bound.
    pub low: f64,
    /// Its upper bound.
    pub high: f64,
}

impl Interval {
    /// The interval of values of resamples; `None` stands for a resample in
    /// which the ratio has no denominator. `None` if that is so in more than
    /// half of them.
    #[must_use]
    pub fn of(values: impl IntoIterator<Item = Option<f64>>) -> Option<Self> {
        let mut undefined = 0;
        let mut defined: Vec<f64> = Vec::new();
        for value in values {
            match value {
                Some(value) => defined.push(value),
                None => undefined += 1,
            }
        }
        if defined.is_empty() || undefined > defined.len() {
            return None;
        }
        defined.sort_unstable_by(f64::total_cmp);
        Some(Self { low: quantile(&defined, 0.025), high: quantile(&defined, 0.975) })
    }

    /// Whether `value` lies inside.
    #[must_use]
    pub fn holds(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

/// The quantile of sorted values, between two of them in proportion.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = share * (sorted.len() - 1) as f64;
    #[expect(clippy::cast_sign_loss, reason = "a share of a length is not negative")]
    let below = at.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (sorted[above] - sorted[below]) * (at - below as f64)
}

impl Bootstrap {
    /// What `measure` makes of each resample, in their order. It is handed how
    /// often each of the documents was drawn.
    pub(super) fn run<T: Send>(
        &self,
        documents: usize,
        measure: impl Fn(&[u32]) -> T + Sync,
    ) -> Vec<T> {
        (0..self.resamples)
            .into_par_iter()
            .map_init(
                || vec![0; documents],
                |weights, resample| {
                    weights.fill(0);
                    let mut random = generator(self.seed, resample);
                    for _ in 0..documents {
                        weights[below(&mut random, documents)] += 1;
                    }
                    measure(weights)
                },
            )
            .collect()
    }
}

/// The random numbers of one resample, or of one permutation: a stream of its
/// own, so that the order in which they are made means nothing.
pub(super) fn generator(seed: u64, stream: u32) -> ChaCha8Rng {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(u64::from(stream));
    random
}

/// A number below `limit`. Off from uniform by less than `limit` in 2³².
fn below(random: &mut ChaCha8Rng, limit: usize) -> usize {
    ((u64::from(random.next_u32()) * limit as u64) >> 32) as usize
}

/// The counts of many documents as one table, without the cells that are empty
/// in all of them.
pub(super) struct Table {
    cells: Vec<usize>,
    /// Row by row; correct, predicted, gold of each cell.
    rows: Vec<u32>,
}

impl Table {
    pub(super) fn new<'t>(tallies: impl IntoIterator<Item = &'t Tally> + Clone) -> Self {
        let mut filled = [false; CELLS];
        for tally in tallies.clone() {
            for (filled, counts) in filled.iter_mut().zip(tally.counts()) {
                *filled |= *counts != Counts::default();
            }
        }
        let cells: Vec<usize> = (0..CELLS).filter(|&cell| filled[cell]).collect();
        let mut rows = Vec::new();
        for tally in tallies {
            for &cell in &cells {
                let Counts { correct, predicted, gold } = tally.counts()[cell];
                rows.extend([correct, predicted, gold].map(|count| count as u32));
            }
        }
        Self { cells, rows }
    }

    fn width(&self) -> usize {
        self.cells.len() * 3
    }

    /// The sum of the rows, each as often as `weights` says.
    pub(super) fn sum(&self, weights: &[u32]) -> Vec<Counts> {
        let mut sums = vec![0u64; self.width()];
        for (row, &weight) in self.rows.chunks_exact(self.width().max(1)).zip(weights) {
            // Most weights are 0 or 1, and adding is quicker.
            match weight {
                0 => {}
                1 => sums.iter_mut().zip(row).for_each(|(sum, &count)| *sum += u64::from(count)),
                _ => {
                    for (sum, &count) in sums.iter_mut().zip(row) {
                        *sum += u64::from(weight) * u64::from(count);
                    }
                }
            }
        }
        let counts = |sums: &[u64]| Counts { correct: sums[0], predicted: sums[1], gold: sums[2] };
        sums.chunks_exact(3).map(counts).collect()
    }

    /// Indices of the cells that [`sum`](Self::sum) has counts of.
    pub(super) fn cells(&self) -> &[usize] {
        &self.cells
    }
}

/// The intervals of all cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Intervals {
    cells: Vec<[Option<Interval>; 3]>,
}

impl Intervals {
    /// The interval of a ratio; `None` if it has none in most resamples.
    #[must_use]
    pub fn of(&self, cell: Cell, ratio: Ratio) -> Option<Interval> {
        self.cells[cell.index()][ratio as usize]
    }

    /// Intervals from the ratios of the filled cells in each resample.
    pub(super) fn collect(filled: &[usize], resamples: &[Vec<[Option<f64>; 3]>]) -> Self {
        let mut cells = vec![[None; 3]; CELLS];
        let found: Vec<_> = (0..filled.len())
            .into_par_iter()
            .map(|at| {
                [0, 1, 2].map(|ratio| Interval::of(resamples.iter().map(|cells| cells[at][ratio])))
            })
            .collect();
        for (&cell, intervals) in filled.iter().zip(found) {
            cells[cell] = intervals;
        }
        Self { cells }
    }
}

impl Evaluation<'_> {
    /// The intervals of all ratios; `None` of fewer than two documents, which
    /// say nothing about others.
    #[must_use]
    pub fn intervals(&self, bootstrap: &Bootstrap) -> Option<Intervals> {
        if self.documents.len() < 2 {
            return None;
        }
        let table = Table::new(self.documents.iter().map(|document| &document.tally));
        let resamples = bootstrap.run(self.documents.len(), |weights| {
            let ratios = |counts: Counts| Ratio::ALL.map(|ratio| counts.ratio(ratio));
            table.sum(weights).into_iter().map(ratios).collect::<Vec<_>>()
        });
        Some(Intervals::collect(table.cells(), &resamples))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_values_in_proportion() {
        let sorted = [0.0, 1.0, 2.0, 3.0, 4.0];
        assert!((quantile(&sorted, 0.5) - 2.0).abs() < 1e-12);
        assert!((quantile(&sorted, 0.025) - 0.1).abs() < 1e-12);
        assert!((quantile(&sorted, 0.975) - 3.9).abs() < 1e-12);
        assert!((quantile(&[7.0], 0.975) - 7.0).abs() < 1e-12);
    }

    #[test]
    fn a_ratio_that_most_resamples_lack_has_no_interval() {
        assert_eq!(Interval::of([None, None, Some(1.0)]), None);
        assert_eq!(Interval::of([None, Some(1.0)]), Some(Interval { low: 1.0, high: 1.0 }));
        assert_eq!(Interval::of([]), None);
    }

    #[test]
    fn a_resample_draws_as_many_documents_and_the_seed_decides_which() {
        let draw = |seed| {
            Bootstrap { resamples: 50, seed }.run(20, |weights| {
                assert_eq!(weights.iter().sum::<u32>(), 20);
                weights.to_vec()
            })
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
        let drawn: u32 = draw(3).iter().map(|weights| weights[7]).sum();
        assert!((25..=80).contains(&drawn), "each is drawn about once a resample: {drawn}");
    }
}
