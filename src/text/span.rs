//! A half-open range of bytes in one text.

use std::fmt;
use std::ops::Range;

/// A half-open range of **bytes** in a document's text, `start <= end`.
///
/// The fields are private so that no span can be turned around by accident. A
/// span knows nothing of the text it belongs to; whoever makes one sees to it
/// that both ends stand on character boundaries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span from byte `start` up to, but not including, byte `end`.
    ///
    /// # Panics
    ///
    /// If `end < start`.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        assert!(start <= end, "a span ends before it starts");
        Self { start, end }
    }

    /// The span of a byte range that came from slicing a text.
    ///
    /// # Panics
    ///
    /// If the range is reversed or lies beyond `u32::MAX`, which no
    /// [`Document`](super::Document) allows.
    #[must_use]
    pub fn of(range: Range<usize>) -> Self {
        let fits = |n: usize| u32::try_from(n).expect("a document is at most 4 GiB");
        Self::new(fits(range.start), fits(range.end))
    }

    /// First byte.
    #[must_use]
    pub const fn start(self) -> u32 {
        self.start
    }

    /// One past the last byte.
    #[must_use]
    pub const fn end(self) -> u32 {
        self.end
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as a range for slicing.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The part of `text` that the span covers.
    ///
    /// # Panics
    ///
    /// If the span lies outside `text` or cuts a character.
    #[must_use]
    #[inline]
    pub fn of_text(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Whether `other` lies inside this span (equal ends allowed).
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` lies inside this span.
    #[must_use]
    pub const fn holds(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether the two spans share at least one byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that contains both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlap_needs_a_shared_byte() {
        assert!(Span::new(0, 3).overlaps(Span::new(2, 5)));
        assert!(!Span::new(0, 3).overlaps(Span::new(3, 5)));
        assert!(!Span::new(1, 1).overlaps(Span::new(1, 1)));
    }

    #[test]
    fn a_span_contains_itself_and_what_touches_its_ends() {
        let span = Span::new(4, 9);
        assert!(span.contains(span));
        assert!(span.contains(Span::new(4, 5)));
        assert!(span.contains(Span::new(9, 9)));
        assert!(!span.contains(Span::new(8, 10)));
        assert!(span.holds(4) && !span.holds(9));
    }

    #[test]
    fn cover_spans_the_gap() {
        assert_eq!(Span::new(7, 9).cover(Span::new(1, 2)), Span::new(1, 9));
    }

    #[test]
    #[should_panic(expected = "a span ends before it starts")]
    fn a_reversed_span_is_refused() {
        let _ = Span::new(2, 1);
    }
}
