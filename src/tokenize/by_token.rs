//! Lists whose items each begin at a token, asked for those that begin in some
//! tokens.

use std::ops::Range;

/// Where the items of a list that is in order of their first token begin, so that
/// those of some tokens are told without a search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ByToken {
    /// How many items begin before each token, and before the end.
    before: Vec<u32>,
}

impl ByToken {
    /// The places of items that begin at `starts`, in order, among `tokens` tokens.
    #[must_use]
    pub fn new(tokens: usize, starts: impl IntoIterator<Item = usize>) -> Self {
        let mut before = Vec::with_capacity(tokens + 1);
        let mut items = 0;
        for start in starts {
            before.resize(before.len().max(start + 1), items);
            items += 1;
        }
        before.resize(before.len().max(tokens + 1), items);
        Self { before }
    }

    /// The items that begin in `tokens`, as places in the list.
    #[must_use]
    #[inline]
    pub fn in_tokens(&self, tokens: Range<usize>) -> Range<usize> {
        let before = |at: usize| self.before.get(at).or(self.before.last()).copied();
        let place = |at: usize| before(at).unwrap_or_default() as usize;
        let first = place(tokens.start);
        first..place(tokens.end).max(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_found_by_where_they_begin() {
        let places = ByToken::new(6, [0, 2, 2, 5]);
        assert_eq!(places.in_tokens(0..6), 0..4);
        assert_eq!(places.in_tokens(0..2), 0..1);
        assert_eq!(places.in_tokens(2..3), 1..3);
        assert_eq!(places.in_tokens(3..5), 3..3);
        assert_eq!(places.in_tokens(5..usize::MAX), 3..4);
        assert!(places.in_tokens(6..9).is_empty());
        #[expect(clippy::reversed_empty_ranges, reason = "callers may ask for one")]
        let reversed = places.in_tokens(4..1);
        assert!(reversed.is_empty());
        assert!(ByToken::default().in_tokens(0..9).is_empty());
    }
}
