//! How inputs are laid out for the encoder: one after the other, without
//! padding between them, those of one length together.

use std::cmp::Reverse;

/// The matrices of a batch have a multiple of this many rows, so that the
/// matrix library goes the same way whatever is in the batch.
const ROWS: usize = 16;

/// And at least this many. Products of very few rows may be made another way:
/// on some processors the last bits of a lone input of 8 wordpieces differ.
const FEWEST: usize = 32;

/// The inputs of a batch as one row of wordpieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ner) struct Packed {
    ids: Vec<i64>,
    places: Vec<i64>,
    groups: Vec<Group>,
}

/// Inputs of one length that stand beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ner) struct Group {
    /// How many inputs.
    pub(in crate::ner) count: usize,
    /// How many wordpieces each has.
    pub(in crate::ner) length: usize,
}

impl Packed {
    /// Lays inputs out, in their order. None may be empty.
    pub(in crate::ner) fn new(inputs: &[&[i64]]) -> Self {
        let total: usize = inputs.iter().map(|ids| ids.len()).sum();
        let rows = total.max(FEWEST).next_multiple_of(ROWS);
        let mut packed = Self {
            ids: Vec::with_capacity(rows),
            places: Vec::with_capacity(rows),
            groups: Vec::new(),
        };
        for ids in inputs {
            packed.ids.extend_from_slice(ids);
            packed.places.extend((0_i64..).take(ids.len()));
            match packed.groups.last_mut() {
                Some(group) if group.length == ids.len() => group.count += 1,
                _ => packed.groups.push(Group { count: 1, length: ids.len() }),
            }
        }
        // Rows of no input: nobody looks at them.
        packed.ids.resize(rows, 0);
        packed.places.resize(rows, 0);
        packed
    }

    /// The wordpieces, with some of no input at the end.
    pub(in crate::ner) fn ids(&self) -> &[i64] {
        &self.ids
    }

    /// The place of each wordpiece in its input.
    pub(in crate::ner) fn places(&self) -> &[i64] {
        &self.places
    }

    /// The inputs by length, in their order.
    pub(in crate::ner) fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// How many wordpieces there are, those of no input included.
    pub(in crate::ner) const fn rows(&self) -> usize {
        self.ids.len()
    }
}

/// Inputs of these lengths in batches of at most `pieces` wordpieces, or of one
/// input, as indices: the longest first, so that those of one length are
/// together and no thread is left with a long one at the end.
pub(in crate::ner) fn batches(lengths: &[usize], pieces: usize) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    order.sort_by_key(|&n| Reverse(lengths[n]));
    let mut batches: Vec<Vec<usize>> = Vec::new();
    let mut filled = 0;
    for n in order {
        match batches.last_mut() {
            Some(batch) if filled + lengths[n] <= pieces => batch.push(n),
            _ => {
                batches.push(vec![n]);
                filled = 0;
            }
        }
        filled += lengths[n];
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_stand_one_after_the_other() {
        let packed = Packed::new(&[&[2, 7, 3], &[2, 8, 3], &[2, 3]]);
        assert_eq!(packed.ids()[..8], [2, 7, 3, 2, 8, 3, 2, 3]);
        assert_eq!(packed.places()[..8], [0, 1, 2, 0, 1, 2, 0, 1]);
        let groups: Vec<_> = packed.groups().iter().map(|g| (g.count, g.length)).collect();
        assert_eq!(groups, [(2, 3), (1, 2)]);
        assert_eq!((packed.rows(), packed.places().len()), (FEWEST, FEWEST));
        assert_eq!(Packed::new(&[&[1; 33]]).rows(), 48);
    }

    #[test]
    fn each_input_is_in_one_batch_and_the_longest_come_first() {
        let lengths = [3, 9, 4, 4, 20, 1, 3];
        let batches = batches(&lengths, 10);
        assert_eq!(batches, [vec![4], vec![1], vec![2, 3], vec![0, 6, 5]]);
        assert_eq!(super::batches(&[], 10), Vec::<Vec<usize>>::new());
    }
}
