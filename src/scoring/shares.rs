//! Shares of classes in a corpus, put right for what a system is known to get
//! wrong.
//!
//! # Method
//!
//! On labelled documents it is known how often a quotation of class *i* was
//! given class *j*, or was not found, and how often something that is no
//! quotation was given class *j*. Let *A(i, j)* be the first as a share of the
//! quotations of class *i*, plus the last as a share of all quotations. If the
//! corpus has *T(i)* quotations of class *i*, the system is expected to count
//! *n(j) = Σ T(i) A(i, j)*. The counts *n* are seen, and the equations are
//! solved for *T* (the matrix method of Buonaccorsi, *Measurement Error*, 2010,
//! and of Bakker and others for text classifiers). What comes out below zero is
//! zero. That the classes are as frequent in the corpus as in the labels is not
//! assumed; that a quotation of class *i* is mistaken as often is.
//!
//! The interval is a bootstrap over documents, of the labels and of the corpus
//! at once: it holds for the articles that the corpus is a sample of. Between
//! the percentiles stand 95 % of the resamples. A simulation beside it
//! checks that the interval holds the true share as often as it says; of a
//! corpus of fewer than 30 articles it is too narrow, as the spread among so
//! few is not seen.

use super::bootstrap::{Bootstrap, Interval};

/// What a system made of labelled documents, counted by classes.
#[derive(Debug, Clone)]
pub struct Mistakes {
    classes: usize,
    /// Of each document, row by row: true class, class given. The last row is
    /// for what is no quotation, the last column for what was not found.
    documents: Vec<Vec<u32>>,
}

impl Mistakes {
    /// No documents yet.
    #[must_use]
    pub const fn new(classes: usize) -> Self {
        Self { classes, documents: Vec::new() }
    }

    /// Adds a document: how often a true class was given a class. `None` is no
    /// quotation, or not found.
    ///
    /// # Panics
    ///
    /// If a class is none of those there are.
    pub fn add(&mut self, counts: &[(Option<usize>, Option<usize>, u32)]) {
        let side = self.classes + 1;
        let mut table = vec![0; side * side];
        for &(truth, given, count) in counts {
            let place = |class: Option<usize>| class.unwrap_or(self.classes);
            assert!(place(truth) < side && place(given) < side, "a class there is");
            table[place(truth) * side + place(given)] += count;
        }
        self.documents.push(table);
    }

    /// The documents' tables, row by row: true class, class given. The last row is
    /// for what is no quotation, the last column for what was not found.
    #[must_use]
    pub fn tables(&self) -> &[Vec<u32>] {
        &self.documents
    }

    /// How many documents.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }
}

/// The share of one class, or a number of quotations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// As the system counts.
    pub found: f64,
    /// Put right.
    pub corrected: f64,
    /// 95 % interval of the corrected one.
    pub interval: Interval,
}

/// Corrected shares of all classes.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    /// The share of each class, from 0 to 1.
    pub classes: Vec<Estimate>,
    /// The number of quotations in the corpus.
    pub total: Estimate,
}

/// The shares of the classes in a corpus, of whose documents `corpus` has the
/// counts by class. `None` without labelled documents or quotations, or if the
/// mistakes are such that nothing follows from the counts.
///
/// # Panics
///
/// If a document of the corpus has another number of classes.
#[must_use]
pub fn corrected_shares(
    mistakes: &Mistakes,
    corpus: &[Vec<u32>],
    bootstrap: Bootstrap,
) -> Option<Shares> {
    let classes = mistakes.classes;
    assert!(corpus.iter().all(|counts| counts.len() == classes), "as many classes");
    let ones = |n: usize| vec![1; n];
    let found = sum(corpus, &ones(corpus.len()), classes);
    let side = classes + 1;
    let table = sum(&mistakes.documents, &ones(mistakes.len()), side * side);
    let corrected = solved(&table, &found)?;
    let tables =
        bootstrap.run(mistakes.len(), |weights| sum(&mistakes.documents, weights, side * side));
    // Another seed, so that the two are drawn apart.
    let other = Bootstrap { seed: bootstrap.seed ^ 0x9e37_79b9_7f4a_7c15, ..bootstrap };
    let counts = other.run(corpus.len(), |weights| sum(corpus, weights, classes));
    let resamples: Vec<Option<Vec<f64>>> =
        tables.iter().zip(&counts).map(|(table, counts)| solved(table, counts)).collect();
    let estimate = |of: &dyn Fn(&[f64]) -> Option<f64>| {
        let values = resamples.iter().map(|resample| resample.as_deref().and_then(of));
        Some(Estimate {
            found: of(&found)?,
            corrected: of(&corrected)?,
            interval: Interval::of(values)?,
        })
    };
    let share = |class: usize| {
        estimate(&|counts: &[f64]| {
            let total: f64 = counts.iter().sum();
            (total > 0.0).then(|| counts[class] / total)
        })
    };
    Some(Shares {
        classes: (0..classes).map(share).collect::<Option<_>>()?,
        total: estimate(&|counts| Some(counts.iter().sum()))?,
    })
}

/// The sum of the documents' counts, each taken as often as it weighs.
fn sum(documents: &[Vec<u32>], weights: &[u32], cells: usize) -> Vec<f64> {
    let mut sums = vec![0.0; cells];
    for (counts, &weight) in documents.iter().zip(weights) {
        if weight > 0 {
            for (sum, &count) in sums.iter_mut().zip(counts) {
                *sum += f64::from(weight) * f64::from(count);
            }
        }
    }
    sums
}

/// The true number of each class, from what the system counted and a table of
/// its mistakes.
fn solved(table: &[f64], found: &[f64]) -> Option<Vec<f64>> {
    let classes = found.len();
    let side = classes + 1;
    let row = |truth: usize| &table[truth * side..(truth + 1) * side];
    let labelled: f64 = (0..classes).map(|truth| row(truth).iter().sum::<f64>()).sum();
    if labelled <= 0.0 {
        return None;
    }
    // Equation by equation: what is counted of a class, from each true class.
    let mut equations: Vec<Vec<f64>> = (0..classes)
        .map(|given| {
            let false_alarms = row(classes)[given] / labelled;
            let of = |truth: usize| {
                // One more, rightly found: a class that is hardly labelled is
                // not taken for one that is never found.
                let right = f64::from(u8::from(truth == given));
                (row(truth)[given] + right) / (row(truth).iter().sum::<f64>() + 1.0) + false_alarms
            };
            (0..classes).map(of).chain([found[given]]).collect()
        })
        .collect();
    let truth = eliminated(&mut equations)?;
    Some(truth.into_iter().map(|count| count.max(0.0)).collect())
}

/// Gaussian elimination; the last column is the right-hand side.
fn eliminated(equations: &mut [Vec<f64>]) -> Option<Vec<f64>> {
    /// Below this an equation tells nothing that the others do not.
    const NOTHING: f64 = 1e-9;
    let n = equations.len();
    for column in 0..n {
        let by_size = |&a: &usize, &b: &usize| {
            equations[a][column].abs().total_cmp(&equations[b][column].abs())
        };
        let pivot = (column..n).max_by(by_size)?;
        if equations[pivot][column].abs() < NOTHING {
            return None;
        }
        equations.swap(column, pivot);
        let chosen = equations[column].clone();
        for (other, equation) in equations.iter_mut().enumerate() {
            if other != column {
                let factor = equation[column] / chosen[column];
                for (cell, &own) in equation.iter_mut().zip(&chosen) {
                    *cell -= factor * own;
                }
            }
        }
    }
    Some((0..n).map(|place| equations[place][n] / equations[place][place]).collect())
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::Rng as _;

    use super::super::bootstrap::generator;
    use super::*;

    const BOOTSTRAP: Bootstrap = Bootstrap { resamples: 200, seed: 7 };

    #[test]
    fn without_mistakes_the_counts_stand() {
        let mut mistakes = Mistakes::new(2);
        for _ in 0..30 {
            mistakes.add(&[(Some(0), Some(0), 3), (Some(1), Some(1), 2)]);
        }
        let corpus = vec![vec![1, 3]; 40];
        let shares = corrected_shares(&mistakes, &corpus, BOOTSTRAP).unwrap();
        for (share, wanted) in shares.classes.iter().zip([0.25, 0.75]) {
            assert!((share.found - wanted).abs() < 1e-9);
            assert!((share.corrected - wanted).abs() < 1e-9);
        }
        assert!((shares.total.corrected - 160.0).abs() < 1e-6);
    }

    #[test]
    fn what_is_missed_and_what_is_invented_is_put_right() {
        // Of the first class half is missed; every tenth of the second is taken
        // for the first; one false alarm of the second on 40 quotations.
        let mut mistakes = Mistakes::new(2);
        for _ in 0..1000 {
            mistakes.add(&[
                (Some(0), Some(0), 10),
                (Some(0), None, 10),
                (Some(1), Some(1), 18),
                (Some(1), Some(0), 2),
                (None, Some(1), 1),
            ]);
        }
        // The truth is 60 and 20 in each document.
        let corpus = vec![vec![32, 20]; 50];
        let shares = corrected_shares(&mistakes, &corpus, BOOTSTRAP).unwrap();
        assert!((shares.classes[0].corrected - 0.75).abs() < 1e-3, "{shares:?}");
        assert!((shares.total.corrected - 4000.0).abs() < 4.0, "{shares:?}");
        assert!((shares.classes[0].found - 32.0 / 52.0).abs() < 1e-9);
    }

    #[test]
    fn nothing_follows_from_nothing() {
        let empty = Mistakes::new(2);
        assert_eq!(corrected_shares(&empty, &[vec![1, 1]], BOOTSTRAP), None);
        let mut mistakes = Mistakes::new(2);
        mistakes.add(&[(Some(0), Some(0), 1)]);
        assert_eq!(corrected_shares(&mistakes, &[], BOOTSTRAP), None);
    }

    /// Articles of a world that is known. Each has a mix of classes of its own,
    /// and is read well or badly as a whole, so that its quotations are alike.
    struct World {
        /// How often an article is mostly about each class.
        themes: [f64; 3],
    }

    /// In an article about one class, the share of the others.
    const OTHERS: f64 = 0.2;

    impl World {
        /// True share of each class over all articles.
        fn share(&self, class: usize) -> f64 {
            self.themes[class] * (1.0 - 2.0 * OTHERS) + (1.0 - self.themes[class]) * OTHERS
        }

        /// One article: its true classes with what the system gives.
        fn article(&self, random: &mut ChaCha8Rng) -> Vec<(Option<usize>, Option<usize>, u32)> {
            let theme = chosen(&self.themes, random);
            let mut mix = [OTHERS; 3];
            mix[theme] = 1.0 - 2.0 * OTHERS;
            let is_hard = uniform(random) < 0.3;
            let wrong = if is_hard { 0.3 } else { 0.05 };
            let mut found = Vec::new();
            for _ in 0..=random.next_u32() % 12 {
                let truth = chosen(&mix, random);
                // A wrong one is missed, or taken for the class after it.
                let given = match uniform(random) {
                    at if at < wrong / 2.0 => None,
                    at if at < wrong => Some((truth + 1) % 3),
                    _ => Some(truth),
                };
                found.push((Some(truth), given, 1));
                if uniform(random) < wrong / 3.0 {
                    found.push((None, Some(2), 1));
                }
            }
            found
        }
    }

    fn uniform(random: &mut ChaCha8Rng) -> f64 {
        f64::from(random.next_u32()) / (f64::from(u32::MAX) + 1.0)
    }

    fn chosen(shares: &[f64; 3], random: &mut ChaCha8Rng) -> usize {
        let at = uniform(random);
        if at < shares[0] {
            0
        } else if at < shares[0] + shares[1] {
            1
        } else {
            2
        }
    }

    /// How often the intervals hold the truth in corpora of so many articles, made
    /// up otherwise than the labelled ones; and how often they would around the
    /// uncorrected shares.
    fn coverage(articles: usize, corpora: u32) -> (f64, f64) {
        let labelled = World { themes: [0.4, 0.3, 0.3] };
        let asked = World { themes: [0.2, 0.65, 0.15] };
        let (mut held, mut uncorrected) = (0, 0);
        for n in 0..corpora {
            let mut random = generator(2026, n);
            let mut mistakes = Mistakes::new(3);
            for _ in 0..136 {
                mistakes.add(&labelled.article(&mut random));
            }
            let corpus: Vec<Vec<u32>> = (0..articles)
                .map(|_| {
                    let mut counts = vec![0; 3];
                    for (_, given, count) in asked.article(&mut random) {
                        if let Some(class) = given {
                            counts[class] += count;
                        }
                    }
                    counts
                })
                .collect();
            let bootstrap = Bootstrap { resamples: 200, seed: u64::from(n) };
            let shares = corrected_shares(&mistakes, &corpus, bootstrap).unwrap();
            for (class, share) in shares.classes.iter().enumerate() {
                let truth = asked.share(class);
                held += u32::from(share.interval.holds(truth));
                let shift = share.found - share.corrected;
                let Interval { low, high } = share.interval;
                let as_found = Interval { low: low + shift, high: high + shift };
                uncorrected += u32::from(as_found.holds(truth));
            }
        }
        let of_all = |count: u32| f64::from(count) / f64::from(3 * corpora);
        (of_all(held), of_all(uncorrected))
    }

    #[test]
    fn the_intervals_hold_the_truth_in_95_of_100_corpora() {
        let (held, uncorrected) = coverage(150, 500);
        assert!((0.93..=0.97).contains(&held), "{held}");
        assert!(uncorrected < 0.8, "{uncorrected}");
    }

    #[test]
    fn the_intervals_of_few_articles_are_too_narrow() {
        let (of_ten, _) = coverage(10, 300);
        let (of_thirty, _) = coverage(30, 300);
        assert!(of_ten < 0.92 && (0.92..=0.97).contains(&of_thirty), "{of_ten} {of_thirty}");
    }
}
