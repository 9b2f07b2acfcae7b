//! Is one system better than another? Differences on the same documents, with
//! their intervals and a paired randomisation test.
//!
//! If the two systems were equally good, it would mean nothing which of them
//! gave which answer for a document. The test gives each document's answers to
//! the one or the other by lot, many times, and counts how often the difference
//! is at least as large as it is. The unit is the document, as in the
//! [bootstrap](super::Bootstrap), and so are the pairs of the intervals.

use rand_chacha::rand_core::Rng as _;
use rayon::prelude::*;

use super::bootstrap::{Bootstrap, Interval, Table, generator};
use super::evaluation::Evaluation;
use super::tally::{CELLS, Cell, Counts, Ratio};

/// How two systems differ in one ratio.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// The ratio of the first.
    pub first: Option<f64>,
    /// The ratio of the second.
    pub second: Option<f64>,
    /// The second less the first; `None` if one of them has no ratio.
    pub difference: Option<f64>,
    /// The interval of the difference.
    pub interval: Option<Interval>,
    /// How likely a difference of this size, of either sign, is by chance alone
    /// if the systems are equally good. Never 0: at least one over the number
    /// of permutations and one.
    pub p: Option<f64>,
}

/// How two systems differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    differences: Vec<[Difference; 3]>,
    counts: Vec<(Counts, Counts)>,
}

impl Comparison {
    /// The difference in a ratio.
    #[must_use]
    pub fn of(&self, cell: Cell, ratio: Ratio) -> Difference {
        self.differences[cell.index()][ratio as usize]
    }

    /// The counts of the first and of the second system.
    #[must_use]
    pub fn counts(&self, cell: Cell) -> (Counts, Counts) {
        self.counts[cell.index()]
    }
}

/// A stream of random numbers apart from those of the resamples.
const PERMUTATIONS: u64 = 0x7065_726d_7574_6521;

/// Compares two evaluations on the same gold documents: as many permutations
/// as resamples. Intervals and tests are `None` on fewer than two documents.
///
/// # Panics
///
/// If the two are of different numbers of documents.
#[must_use]
pub fn compare(
    first: &Evaluation<'_>,
    second: &Evaluation<'_>,
    bootstrap: &Bootstrap,
) -> Comparison {
    let documents = first.documents.len();
    assert_eq!(documents, second.documents.len(), "two systems, one set of documents");
    let tallies = first.documents.iter().chain(&second.documents).map(|document| &document.tally);
    let table = Table::new(tallies);
    let enough = documents > 1;
    let resamples = if enough { resampled(&table, documents, bootstrap) } else { Vec::new() };
    let permutations = if enough { permuted(&table, documents, bootstrap) } else { Vec::new() };
    let unknown =
        Difference { first: None, second: None, difference: None, interval: None, p: None };
    let mut differences = vec![[unknown; 3]; CELLS];
    let found: Vec<[Difference; 3]> = table
        .cells()
        .par_iter()
        .enumerate()
        .map(|(at, &cell)| {
            let counts = [first.total.counts()[cell], second.total.counts()[cell]];
            Ratio::ALL.map(|ratio| {
                let [first, second] = counts.map(|counts| counts.ratio(ratio));
                let difference = first.zip(second).map(|(first, second)| second - first);
                let column = |all: &[Vec<[Option<f64>; 3]>]| -> Vec<Option<f64>> {
                    all.iter().map(|cells| cells[at][ratio as usize]).collect()
                };
                let interval = difference.and_then(|_| Interval::of(column(&resamples)));
                let p = difference
                    .filter(|_| enough)
                    .map(|difference| chance(difference, &column(&permutations)));
                Difference { first, second, difference, interval, p }
            })
        })
        .collect();
    for (&cell, found) in table.cells().iter().zip(found) {
        differences[cell] = found;
    }
    let counts = first.total.counts().iter().zip(second.total.counts());
    Comparison { differences, counts: counts.map(|(first, second)| (*first, *second)).collect() }
}

/// The share of permutations, the observed one among them, whose difference is
/// at least as large.
fn chance(observed: f64, permutations: &[Option<f64>]) -> f64 {
    // Equal differences must not fall apart by rounding.
    let least = observed.abs() - 1e-12;
    let as_large = permutations.iter().flatten().filter(|value| value.abs() >= least).count();
    (as_large + 1) as f64 / (permutations.len() + 1) as f64
}

fn differences(first: &[Counts], second: &[Counts]) -> Vec<[Option<f64>; 3]> {
    let cell = |(first, second): (&Counts, &Counts)| {
        Ratio::ALL.map(|ratio| Some(second.ratio(ratio)? - first.ratio(ratio)?))
    };
    first.iter().zip(second).map(cell).collect()
}

fn resampled(table: &Table, documents: usize, bootstrap: &Bootstrap) -> Vec<Vec<[Option<f64>; 3]>> {
    bootstrap.run(documents, |weights| {
        let none = vec![0; documents];
        let first: Vec<u32> = [weights, &none].concat();
        let second: Vec<u32> = [&none, weights].concat();
        differences(&table.sum(&first), &table.sum(&second))
    })
}

fn permuted(table: &Table, documents: usize, bootstrap: &Bootstrap) -> Vec<Vec<[Option<f64>; 3]>> {
    let both = table.sum(&vec![1; 2 * documents]);
    (0..bootstrap.resamples)
        .into_par_iter()
        .map(|permutation| {
            let mut random = generator(bootstrap.seed ^ PERMUTATIONS, permutation);
            let mut first = vec![0; 2 * documents];
            let mut bits = 0;
            for document in 0..documents {
                if document % 32 == 0 {
                    bits = random.next_u32();
                }
                let swapped = bits >> (document % 32) & 1;
                first[document] = 1 - swapped;
                first[documents + document] = swapped;
            }
            // What is not given to the one is given to the other.
            let first = table.sum(&first);
            let second: Vec<Counts> =
                both.iter().zip(&first).map(|(&both, &first)| both - first).collect();
            differences(&first, &second)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotated::Annotated;
    use crate::scoring::testing::{answer, gold};
    use crate::scoring::{Group, Measure, evaluate};

    const CELL: Cell = Cell::new(Group::Marked, Measure::EndToEnd);

    fn three(of: impl Fn(&str) -> Annotated) -> Vec<Annotated> {
        ["a", "b", "c"].map(of).to_vec()
    }

    fn difference(first: &[Annotated], second: &[Annotated]) -> Difference {
        let gold = three(gold);
        let first = evaluate(&gold, first, None, None).unwrap();
        let second = evaluate(&gold, second, None, None).unwrap();
        compare(&first, &second, &Bootstrap::default()).of(CELL, Ratio::Recall)
    }

    #[test]
    fn a_system_does_not_differ_from_itself() {
        let found = difference(&three(answer), &three(answer));
        assert_eq!((found.difference, found.p), (Some(0.0), Some(1.0)));
        assert_eq!(found.interval, Some(Interval { low: 0.0, high: 0.0 }));
    }

    #[test]
    fn a_hand_computed_example() {
        // One of three against three of three, in each of three documents. Of
        // the eight ways to exchange them, two make a difference as large.
        let found = difference(&three(answer), &three(gold));
        let close = |value: Option<f64>, to: f64| value.is_some_and(|v| (v - to).abs() < 1e-9);
        assert!(close(found.first, 1.0 / 3.0) && close(found.second, 1.0));
        assert!(close(found.difference, 2.0 / 3.0));
        let interval = found.interval.unwrap();
        assert!(close(Some(interval.low), 2.0 / 3.0) && close(Some(interval.high), 2.0 / 3.0));
        let p = found.p.unwrap();
        assert!((p - 0.25).abs() < 0.03, "{p}");
    }

    #[test]
    fn the_other_way_round_is_the_negative() {
        let mut mixed = three(answer);
        mixed[1] = gold("b");
        let there = difference(&three(answer), &mixed);
        let back = difference(&mixed, &three(answer));
        assert_eq!(there.difference, back.difference.map(|difference| -difference));
        assert_eq!(there.p, back.p);
        let (there, back) = (there.interval.unwrap(), back.interval.unwrap());
        assert!((there.low + back.high).abs() < 1e-12 && (there.high + back.low).abs() < 1e-12);
    }

    #[test]
    fn one_document_has_no_test() {
        let (gold, answers) = ([gold("a")], [answer("a")]);
        let one = evaluate(&gold, &answers, None, None).unwrap();
        let other = evaluate(&gold, &gold, None, None).unwrap();
        let found = compare(&one, &other, &Bootstrap::default()).of(CELL, Ratio::F1);
        assert!(found.difference.is_some() && found.interval.is_none() && found.p.is_none());
    }
}
