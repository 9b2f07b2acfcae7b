//! Which prediction is which gold quotation: an optimal one-to-one assignment,
//! never a greedy one.
//!
//! Of all ways to pair spans that overlap enough, the one with the most pairs
//! is taken; among those, the one with the largest sum of overlaps; among
//! those, the one with the most exact spans, and then with the most equal
//! kinds. Who spoke plays no part in it.

use std::collections::VecDeque;

use pathfinding::prelude::{Matrix, kuhn_munkres};

use super::overlap::{Extent, Overlap, Threshold};

/// A gold span and the predicted span that is taken for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    /// Index into the gold spans.
    pub(super) gold: usize,
    /// Index into the predicted spans.
    pub(super) predicted: usize,
    /// What they share.
    pub(super) overlap: Overlap,
}

/// Pairs two lists of spans, each in order of their start. `alike` says
/// whether a gold and a predicted span, by their indices, are of one kind.
///
/// Time is near linear: only spans that hang together by overlap are assigned
/// together.
pub(super) fn pair(
    gold: &[Extent],
    predicted: &[Extent],
    threshold: Threshold,
    alike: impl Fn(usize, usize) -> bool,
) -> Vec<Pair> {
    debug_assert!(gold.is_sorted_by_key(|e| e.start()), "gold spans are in order");
    debug_assert!(predicted.is_sorted_by_key(|e| e.start()), "predicted spans are in order");
    let edges = Edges::find(gold, predicted, threshold);
    let mut pairs = Vec::new();
    for component in edges.components(gold.len(), predicted.len()) {
        assign(&edges, &component, &alike, &mut pairs);
    }
    pairs.sort_by_key(|pair| (pair.gold, pair.predicted));
    pairs
}

/// Pairs of spans that overlap enough, from either side.
struct Edges {
    of_gold: Vec<Vec<(usize, Overlap)>>,
    of_predicted: Vec<Vec<usize>>,
}

/// Spans that hang together by overlap; both lists in order.
struct Component {
    gold: Vec<usize>,
    predicted: Vec<usize>,
}

impl Edges {
    fn find(gold: &[Extent], predicted: &[Extent], threshold: Threshold) -> Self {
        let mut edges = Self {
            of_gold: vec![Vec::new(); gold.len()],
            of_predicted: vec![Vec::new(); predicted.len()],
        };
        for (g, &extent) in gold.iter().enumerate() {
            // The union of two that reach the threshold is at most the gold
            // span's length over it, and both lie inside that.
            let earliest = extent.end().saturating_sub(threshold.reach(extent.len()));
            let first = predicted.partition_point(|p| p.start() < earliest);
            for (p, &other) in predicted.iter().enumerate().skip(first) {
                if other.start() >= extent.end() {
                    break;
                }
                let overlap = extent.overlap(other);
                if overlap.reaches(threshold) {
                    edges.of_gold[g].push((p, overlap));
                    edges.of_predicted[p].push(g);
                }
            }
        }
        edges
    }

    fn components(&self, golds: usize, predictions: usize) -> Vec<Component> {
        let mut seen_gold = vec![false; golds];
        let mut seen_predicted = vec![false; predictions];
        let mut components = Vec::new();
        for start in 0..golds {
            if seen_gold[start] || self.of_gold[start].is_empty() {
                continue;
            }
            let mut component = Component { gold: Vec::new(), predicted: Vec::new() };
            let mut waiting = VecDeque::from([start]);
            seen_gold[start] = true;
            while let Some(g) = waiting.pop_front() {
                component.gold.push(g);
                for &(p, _) in &self.of_gold[g] {
                    if std::mem::replace(&mut seen_predicted[p], true) {
                        continue;
                    }
                    component.predicted.push(p);
                    for &other in &self.of_predicted[p] {
                        if !std::mem::replace(&mut seen_gold[other], true) {
                            waiting.push_back(other);
                        }
                    }
                }
            }
            component.gold.sort_unstable();
            component.predicted.sort_unstable();
            components.push(component);
        }
        components
    }

    fn overlap(&self, gold: usize, predicted: usize) -> Option<Overlap> {
        self.of_gold[gold].iter().find(|(p, _)| *p == predicted).map(|&(_, overlap)| overlap)
    }
}

/// What a pair is worth: one pair outweighs every overlap, an overlap every
/// exact span, an exact span every equal kind. With fields of these widths that
/// holds for the sums over 2¹⁶ spans, more than hang together in any text.
fn worth(overlap: Overlap, alike: bool) -> i128 {
    let exact = i128::from(overlap.is_exact());
    (1 << 90) | (i128::from(overlap.scaled()) << 32) | (exact << 16) | i128::from(alike)
}

fn assign(
    edges: &Edges,
    component: &Component,
    alike: &impl Fn(usize, usize) -> bool,
    pairs: &mut Vec<Pair>,
) {
    let Component { gold, predicted } = component;
    let mut keep = |g: usize, p: usize| {
        if let Some(overlap) = edges.overlap(g, p) {
            pairs.push(Pair { gold: g, predicted: p, overlap });
        }
    };
    if let ([g], [p]) = (&gold[..], &predicted[..]) {
        keep(*g, *p);
        return;
    }
    let weight =
        |g: usize, p: usize| edges.overlap(g, p).map_or(0, |overlap| worth(overlap, alike(g, p)));
    // The solver wants no more rows than columns.
    if gold.len() <= predicted.len() {
        let weights = Matrix::from_fn(gold.len(), predicted.len(), |(row, column)| {
            weight(gold[row], predicted[column])
        });
        for (row, column) in kuhn_munkres(&weights).1.into_iter().enumerate() {
            keep(gold[row], predicted[column]);
        }
    } else {
        let weights = Matrix::from_fn(predicted.len(), gold.len(), |(row, column)| {
            weight(gold[column], predicted[row])
        });
        for (row, column) in kuhn_munkres(&weights).1.into_iter().enumerate() {
            keep(gold[column], predicted[row]);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::scoring::overlap::Ruler;
    use crate::text::Span;

    fn extents(spans: &[(u32, u32)]) -> Vec<Extent> {
        let text = "a".repeat(400);
        let ruler = Ruler::new(&text);
        let mut extents: Vec<_> =
            spans.iter().map(|&(start, end)| ruler.extent(Span::new(start, end))).collect();
        extents.sort();
        extents
    }

    fn pairs(gold: &[(u32, u32)], predicted: &[(u32, u32)]) -> Vec<(usize, usize)> {
        let found = pair(&extents(gold), &extents(predicted), Threshold::LOOSE, |_, _| true);
        found.into_iter().map(|pair| (pair.gold, pair.predicted)).collect()
    }

    #[test]
    fn two_pairs_are_better_than_one_that_fits_best() {
        // The first gold span fits the second prediction best (8 of 10 against
        // 7 of 10), but then the second gold span would be left alone.
        let gold = [(0, 10), (2, 12)];
        let predicted = [(0, 7), (2, 10)];
        assert_eq!(pairs(&gold, &predicted), [(0, 0), (1, 1)]);
        assert_eq!(pairs(&[(0, 10), (4, 12)], &[(2, 10)]), [(0, 0)]);
    }

    #[test]
    fn a_second_prediction_of_the_same_words_stays_alone() {
        assert_eq!(pairs(&[(5, 15)], &[(5, 15), (5, 15)]).len(), 1);
    }

    #[test]
    fn among_equal_overlaps_the_kind_decides() {
        let gold = extents(&[(0, 10)]);
        let predicted = extents(&[(0, 10), (0, 10)]);
        let found = pair(&gold, &predicted, Threshold::MARKED, |_, p| p == 1);
        assert_eq!(found[0].predicted, 1);
    }

    #[test]
    fn nothing_pairs_with_nothing() {
        assert!(pairs(&[], &[(0, 4)]).is_empty());
        assert!(pairs(&[(0, 4)], &[]).is_empty());
        assert!(pairs(&[(0, 4)], &[(4, 8)]).is_empty());
    }

    /// The most pairs, and the largest overlap with that many, by trying all.
    fn best(gold: &[Extent], predicted: &[Extent], taken: &mut Vec<usize>) -> (usize, u64) {
        let Some((&first, rest)) = gold.split_first() else { return (0, 0) };
        let mut most = best(rest, predicted, taken);
        for (p, &other) in predicted.iter().enumerate() {
            let overlap = first.overlap(other);
            if !taken.contains(&p) && overlap.reaches(Threshold::LOOSE) {
                taken.push(p);
                let (pairs, sum) = best(rest, predicted, taken);
                most = most.max((pairs + 1, sum + overlap.scaled()));
                taken.pop();
            }
        }
        most
    }

    fn spans() -> impl Strategy<Value = Vec<(u32, u32)>> {
        prop::collection::vec((0u32..30, 1u32..15), 0..6)
            .prop_map(|spans| spans.into_iter().map(|(at, len)| (at, at + len)).collect())
    }

    proptest! {
        #[test]
        fn as_good_as_trying_everything(gold in spans(), predicted in spans()) {
            let (gold, predicted) = (extents(&gold), extents(&predicted));
            let found = pair(&gold, &predicted, Threshold::LOOSE, |_, _| true);
            let sum = found.iter().map(|pair| pair.overlap.scaled()).sum::<u64>();
            prop_assert_eq!((found.len(), sum), best(&gold, &predicted, &mut Vec::new()));
            let mut golds: Vec<_> = found.iter().map(|pair| pair.gold).collect();
            let mut predictions: Vec<_> = found.iter().map(|pair| pair.predicted).collect();
            golds.dedup();
            predictions.sort_unstable();
            predictions.dedup();
            prop_assert_eq!(golds.len(), found.len());
            prop_assert_eq!(predictions.len(), found.len());
        }

        #[test]
        fn the_other_way_round_is_the_same(gold in spans(), predicted in spans()) {
            let (gold, predicted) = (extents(&gold), extents(&predicted));
            let there = pair(&gold, &predicted, Threshold::LOOSE, |_, _| true);
            let back = pair(&predicted, &gold, Threshold::LOOSE, |_, _| true);
            let sum = |pairs: &[Pair]| pairs.iter().map(|pair| pair.overlap.scaled()).sum::<u64>();
            prop_assert_eq!((there.len(), sum(&there)), (back.len(), sum(&back)));
        }
    }
}
