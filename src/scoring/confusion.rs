//! Which class was taken for which.

use crate::attribution::Kind;
use crate::sources::SourceKind;

/// The classes of a confusion table.
pub trait Class: Copy + 'static {
    /// All of them, in the order of reports.
    const CLASSES: &'static [Self];

    /// The class as the JSON has it.
    fn class_name(self) -> &'static str;

    /// Its place in [`CLASSES`](Self::CLASSES).
    fn place(self) -> usize;
}

impl Class for Kind {
    const CLASSES: &'static [Self] = &Self::ALL;

    fn class_name(self) -> &'static str {
        self.name()
    }

    fn place(self) -> usize {
        self as usize
    }
}

impl Class for SourceKind {
    const CLASSES: &'static [Self] = &Self::ALL;

    fn class_name(self) -> &'static str {
        self.name()
    }

    fn place(self) -> usize {
        self as usize
    }
}

/// How often each gold class was taken for each predicted class, or for none;
/// and what was predicted where the gold labels have none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confusion<C> {
    /// Row by row; the last row and column are for none.
    counts: Vec<u64>,
    class: std::marker::PhantomData<C>,
}

impl<C: Class> Default for Confusion<C> {
    fn default() -> Self {
        let side = C::CLASSES.len() + 1;
        Self { counts: vec![0; side * side], class: std::marker::PhantomData }
    }
}

impl<C: Class> Confusion<C> {
    fn place(gold: Option<C>, predicted: Option<C>) -> usize {
        let none = C::CLASSES.len();
        gold.map_or(none, C::place) * (none + 1) + predicted.map_or(none, C::place)
    }

    /// How often `gold` was taken for `predicted`.
    #[must_use]
    pub fn count(&self, gold: Option<C>, predicted: Option<C>) -> u64 {
        self.counts[Self::place(gold, predicted)]
    }

    /// All classes, and none.
    pub fn sides() -> impl Iterator<Item = Option<C>> {
        C::CLASSES.iter().map(|&class| Some(class)).chain([None])
    }

    pub(super) fn add(&mut self, gold: Option<C>, predicted: Option<C>) {
        self.counts[Self::place(gold, predicted)] += 1;
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (own, count) in self.counts.iter_mut().zip(&other.counts) {
            *own += count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_its_own_place() {
        let mut confusion = Confusion::<SourceKind>::default();
        confusion.add(Some(SourceKind::Document), None);
        confusion.add(None, Some(SourceKind::Person));
        confusion.add(None, Some(SourceKind::Person));
        for gold in Confusion::<SourceKind>::sides() {
            for predicted in Confusion::<SourceKind>::sides() {
                let expected = match (gold, predicted) {
                    (Some(SourceKind::Document), None) => 1,
                    (None, Some(SourceKind::Person)) => 2,
                    _ => 0,
                };
                assert_eq!(confusion.count(gold, predicted), expected);
            }
        }
        for (place, &kind) in Kind::CLASSES.iter().enumerate() {
            assert_eq!(kind.place(), place);
        }
    }
}
