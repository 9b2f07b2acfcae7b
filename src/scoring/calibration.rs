//! How sure against how right: what a confidence is worth.
//!
//! Each predicted quotation with a confidence is one case; it is right if it
//! is paired with a gold quotation and its speaker is right. Cases of equal
//! confidence are never parted, so that the order of the input means nothing.

use super::bootstrap::{Bootstrap, Interval};
use super::document::{self, Answer};
use super::evaluation::Evaluation;

/// Bins of a reliability table.
const BINS: usize = 10;

/// How sure against how right.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// Cases with a confidence.
    pub cases: u64,
    /// Those of them that are right.
    pub right: u64,
    /// The reliability table: about as many cases in each bin, the least sure
    /// first.
    pub bins: Vec<Bin>,
    /// Expected calibration error: the mean distance of confidence and accuracy
    /// over the bins, weighted by their cases. `None` without cases.
    pub error: Option<f64>,
    /// Its interval, with the bins as they are.
    pub error_interval: Option<Interval>,
    /// The chance that a right case is surer than a wrong one, ties counted
    /// half (area under the ROC curve). `None` unless there are both.
    pub auroc: Option<f64>,
    /// Its interval.
    pub auroc_interval: Option<Interval>,
    /// What accuracy is left if only the surest are answered: all of them
    /// first.
    pub coverage: Vec<Coverage>,
}

/// Cases of about one confidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// The least confidence in it.
    pub low: f64,
    /// The greatest confidence in it.
    pub high: f64,
    /// Its cases.
    pub cases: u64,
    /// Those that are right.
    pub right: u64,
    /// Mean confidence.
    pub confidence: f64,
    /// Share of right ones.
    pub accuracy: f64,
    /// The interval of that share.
    pub interval: Option<Interval>,
}

/// A point of the risk-coverage curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coverage {
    /// The share of cases that is answered: the surest.
    pub share: f64,
    /// The confidence of the least sure of them.
    pub threshold: f64,
    /// The share of right ones among them. Where only some of the cases of the
    /// threshold's confidence are answered, it is what any choice of them gives
    /// on average.
    pub accuracy: f64,
    /// Its interval.
    pub interval: Option<Interval>,
}

/// A predicted quotation with its confidence.
#[derive(Debug, Clone, Copy)]
struct Item {
    document: usize,
    confidence: f64,
    right: bool,
}

/// All cases, the least sure first, and where each confidence begins.
struct Items {
    items: Vec<Item>,
    starts: Vec<usize>,
}

impl Items {
    fn new(mut items: Vec<Item>) -> Self {
        items.sort_by(|a, b| {
            let by_confidence = a.confidence.total_cmp(&b.confidence);
            by_confidence.then(a.document.cmp(&b.document)).then(a.right.cmp(&b.right))
        });
        let mut starts: Vec<usize> = (0..items.len())
            .filter(|&n| n == 0 || items[n].confidence > items[n - 1].confidence)
            .collect();
        starts.push(items.len());
        Self { items, starts }
    }

    /// Cases of one confidence each, the least sure first.
    fn levels(&self) -> impl DoubleEndedIterator<Item = &[Item]> {
        self.starts.windows(2).map(|ends| &self.items[ends[0]..ends[1]])
    }

    /// Where each bin begins, and the end.
    fn bin_starts(&self) -> Vec<usize> {
        let mut starts = vec![0];
        let mut full = 0;
        for ends in self.starts.windows(2) {
            // Every tenth of the cases fills a bin; a confidence that many
            // cases have fills several at once.
            let filled = ends[1] * BINS / self.items.len();
            if filled > full {
                starts.push(ends[1]);
                full = filled;
            }
        }
        starts.push(self.items.len());
        starts.dedup();
        starts
    }
}

/// Sums over cases, each as often as its document.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    cases: f64,
    right: f64,
    confidence: f64,
}

fn sums(items: &[Item], weights: &[u32]) -> Sums {
    let mut sums = Sums::default();
    for item in items {
        let weight = f64::from(weights[item.document]);
        sums.cases += weight;
        sums.confidence += weight * item.confidence;
        sums.right += if item.right { weight } else { 0.0 };
    }
    sums
}

/// What is measured of one sample of documents.
struct Sample {
    accuracies: Vec<Option<f64>>,
    error: Option<f64>,
    auroc: Option<f64>,
    coverage: Vec<Option<f64>>,
}

/// Shares of the risk-coverage curve.
fn shares() -> impl Iterator<Item = f64> {
    (1..=10).rev().map(|tenths| f64::from(tenths) / 10.0)
}

fn sample(items: &Items, bins: &[usize], weights: &[u32]) -> Sample {
    let bins: Vec<Sums> =
        bins.windows(2).map(|ends| sums(&items.items[ends[0]..ends[1]], weights)).collect();
    let levels: Vec<Sums> = items.levels().map(|level| sums(level, weights)).collect();
    let total: f64 = bins.iter().map(|bin| bin.cases).sum();
    let distance: f64 = bins.iter().map(|bin| (bin.confidence - bin.right).abs()).sum();
    Sample {
        accuracies: bins
            .iter()
            .map(|bin| (bin.cases > 0.0).then(|| bin.right / bin.cases))
            .collect(),
        error: (total > 0.0).then(|| distance / total),
        auroc: auroc(&levels),
        coverage: shares().map(|share| accuracy_of_surest(&levels, share * total)).collect(),
    }
}

fn auroc(levels: &[Sums]) -> Option<f64> {
    let right: f64 = levels.iter().map(|level| level.right).sum();
    let wrong: f64 = levels.iter().map(|level| level.cases - level.right).sum();
    let mut wrong_below = 0.0;
    let mut in_order = 0.0;
    for level in levels {
        let own_wrong = level.cases - level.right;
        in_order += level.right * (wrong_below + own_wrong / 2.0);
        wrong_below += own_wrong;
    }
    (right * wrong > 0.0).then(|| in_order / (right * wrong))
}

/// The accuracy of the `wanted` surest cases.
fn accuracy_of_surest(levels: &[Sums], wanted: f64) -> Option<f64> {
    let mut left = wanted;
    let mut right = 0.0;
    for level in levels.iter().rev().filter(|level| level.cases > 0.0) {
        let taken = left.min(level.cases);
        right += level.right * taken / level.cases;
        left -= taken;
        if left <= 0.0 {
            break;
        }
    }
    (wanted > 0.0).then(|| right / wanted)
}

impl Evaluation<'_> {
    /// Predicted quotations, whether they are right, and how sure.
    fn predictions(&self) -> impl Iterator<Item = (usize, Option<f64>, bool)> {
        self.documents.iter().enumerate().flat_map(|(n, document)| {
            let found = document
                .cases
                .iter()
                .filter_map(|case| Some((case.predicted?.0, case.answer == Answer::Right)));
            let extra = document.extras.iter().map(|extra| (extra.predicted, false));
            found.chain(extra).filter_map(move |(predicted, right)| {
                let quotation = &document.system?.quotations[predicted];
                Some((n, document::confidence(quotation).map(f64::from), right))
            })
        })
    }

    /// What the confidences are worth; with intervals, if a bootstrap is given
    /// and there are two documents or more.
    #[must_use]
    pub fn calibration(&self, bootstrap: Option<&Bootstrap>) -> Calibration {
        let items = self.predictions().filter_map(|(document, confidence, right)| {
            Some(Item { document, confidence: confidence?, right })
        });
        let items = Items::new(items.collect());
        let bins = items.bin_starts();
        let documents = self.documents.len();
        let whole = sample(&items, &bins, &vec![1; documents]);
        let resamples = match bootstrap {
            Some(bootstrap) if documents > 1 && !items.items.is_empty() => {
                bootstrap.run(documents, |weights| sample(&items, &bins, weights))
            }
            _ => Vec::new(),
        };
        let interval = |of: &dyn Fn(&Sample) -> Option<f64>| Interval::of(resamples.iter().map(of));
        let count = |items: &[Item]| items.iter().filter(|item| item.right).count() as u64;
        let bin = |(n, ends): (usize, &[usize])| {
            let own = &items.items[ends[0]..ends[1]];
            let (first, last) = (own.first()?, own.last()?);
            let sum: f64 = own.iter().map(|item| item.confidence).sum();
            Some(Bin {
                low: first.confidence,
                high: last.confidence,
                cases: own.len() as u64,
                right: count(own),
                confidence: sum / own.len() as f64,
                accuracy: whole.accuracies[n]?,
                interval: interval(&|sample| sample.accuracies[n]),
            })
        };
        let surest = |(n, share): (usize, f64)| {
            Some(Coverage {
                share,
                threshold: threshold_of_surest(&items, share)?,
                accuracy: whole.coverage[n]?,
                interval: interval(&|sample| sample.coverage[n]),
            })
        };
        Calibration {
            cases: items.items.len() as u64,
            right: count(&items.items),
            bins: bins.windows(2).enumerate().filter_map(bin).collect(),
            error: whole.error,
            error_interval: interval(&|sample| sample.error),
            auroc: whole.auroc,
            auroc_interval: interval(&|sample| sample.auroc),
            coverage: shares().enumerate().filter_map(surest).collect(),
        }
    }

    /// The least confidence at which the predicted quotations that reach it are
    /// right in the share `precision` or more; `None` if there is none. Those
    /// without a confidence are always among them.
    #[must_use]
    pub fn threshold(&self, precision: f64) -> Option<f64> {
        let mut items = Vec::new();
        let (mut cases, mut right) = (0.0, 0.0);
        for (document, confidence, is_right) in self.predictions() {
            if let Some(confidence) = confidence {
                items.push(Item { document, confidence, right: is_right });
            } else {
                cases += 1.0;
                right += if is_right { 1.0 } else { 0.0 };
            }
        }
        let items = Items::new(items);
        let mut least = None;
        for level in items.levels().rev() {
            cases += level.len() as f64;
            right += level.iter().filter(|item| item.right).count() as f64;
            if right >= precision * cases {
                least = Some(level[0].confidence);
            }
        }
        least
    }
}

/// The confidence of the least sure of the surest `share`.
fn threshold_of_surest(items: &Items, share: f64) -> Option<f64> {
    let count = items.items.len();
    #[expect(clippy::cast_sign_loss, reason = "a share of a count is not negative")]
    let wanted = ((share * count as f64 - 1e-9).ceil() as usize).max(1);
    items.items.get(count.checked_sub(wanted)?).map(|item| item.confidence)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(cases: &[(f64, bool)]) -> Items {
        let item = |(n, &(confidence, right)): (usize, &(f64, bool))| Item {
            document: n,
            confidence,
            right,
        };
        Items::new(cases.iter().enumerate().map(item).collect())
    }

    fn all(items: &Items) -> Sample {
        sample(items, &items.bin_starts(), &vec![1; items.items.len()])
    }

    fn close(a: Option<f64>, b: f64) -> bool {
        a.is_some_and(|a| (a - b).abs() < 1e-12)
    }

    #[test]
    fn error_and_order_of_a_hand_computed_example() {
        // 0.9 three times (two right), 0.5 twice (one right).
        let items = items(&[(0.9, true), (0.5, false), (0.9, false), (0.5, true), (0.9, true)]);
        let sample = all(&items);
        // |2.7 - 2| + |1.0 - 1| over 5.
        assert!(close(sample.error, 0.14));
        // Right ones 0.9, 0.9, 0.5 against wrong ones 0.9, 0.5: 2 in order, 3
        // ties, of 6 pairs.
        assert!(close(sample.auroc, 3.5 / 6.0));
        // The surest 4 of 5: all of 0.9 and one of 0.5, right half the time.
        assert!(close(sample.coverage[2], 2.5 / 4.0));
        assert!(close(sample.coverage[0], 3.0 / 5.0));
        assert_eq!(threshold_of_surest(&items, 0.6), Some(0.9));
        assert_eq!(threshold_of_surest(&items, 0.7), Some(0.5));
    }

    #[test]
    fn bins_hold_as_many_cases_and_never_part_a_confidence() {
        let even: Vec<_> = (0..100).map(|n| (f64::from(n) / 100.0, true)).collect();
        assert_eq!(items(&even).bin_starts(), (0..=10).map(|n| n * 10).collect::<Vec<_>>());
        let mut tied = vec![(0.5, true); 55];
        tied.extend((0..45).map(|n| (0.6 + f64::from(n) / 1000.0, true)));
        assert_eq!(items(&tied).bin_starts(), [0, 55, 60, 70, 80, 90, 100]);
        assert_eq!(items(&[(0.5, true); 7]).bin_starts(), [0, 7]);
    }

    #[test]
    fn without_cases_nothing_is_known() {
        let sample = all(&items(&[]));
        assert!(sample.error.is_none() && sample.auroc.is_none());
        assert!(sample.coverage.iter().all(Option::is_none));
        let right = all(&items(&[(0.3, true), (0.9, true)]));
        assert!(right.auroc.is_none(), "nothing wrong to be surer than");
    }
}
