//! How much two spans share: intersection over union, in **code points**, so
//! that a letter with an accent weighs as much as one without.

use crate::text::{CodePoints, Span};
use crate::tokenize::is_mark;

/// A stretch of a text in code points, without the quotation marks, white
/// space and `. , ; : - –` at its ends: where an annotator or a program puts
/// those is a convention and no finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Extent {
    start: u32,
    end: u32,
}

impl Extent {
    /// Length in code points.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether it holds no character.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// First code point.
    #[must_use]
    pub const fn start(self) -> u32 {
        self.start
    }

    /// One past the last code point.
    #[must_use]
    pub const fn end(self) -> u32 {
        self.end
    }

    /// What the two share.
    #[must_use]
    pub fn overlap(self, other: Self) -> Overlap {
        let shared = self.end.min(other.end).saturating_sub(self.start.max(other.start));
        Overlap { shared, union: self.len() + other.len() - shared }
    }
}

/// The code points that two extents share, and those that either has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overlap {
    /// Code points in both.
    pub shared: u32,
    /// Code points in one of them or both.
    pub union: u32,
}

impl Overlap {
    /// Whether intersection over union is `threshold` or more. Exact: nothing
    /// is rounded.
    #[must_use]
    pub fn reaches(self, threshold: Threshold) -> bool {
        let (shared, union) = (u64::from(self.shared), u64::from(self.union));
        shared > 0 && shared * threshold.of >= union * threshold.parts
    }

    /// Whether the two are the same stretch.
    #[must_use]
    pub const fn is_exact(self) -> bool {
        self.shared == self.union && self.shared > 0
    }

    /// Intersection over union as a whole number of 2⁻³², for sums that do
    /// not depend on their order.
    pub(super) fn scaled(self) -> u64 {
        if self.union == 0 { 0 } else { (u64::from(self.shared) << 32) / u64::from(self.union) }
    }
}

/// The least intersection over union at which two spans are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Threshold {
    parts: u64,
    of: u64,
}

impl Threshold {
    /// For quotations in marks: 0.8. Their ends are visible.
    pub const MARKED: Self = Self { parts: 4, of: 5 };
    /// For reported speech, mentions and cues: 0.5. Where they end is a matter
    /// of judgement.
    pub const LOOSE: Self = Self { parts: 1, of: 2 };

    /// The largest union that a span of `length` can reach the threshold in.
    pub(super) fn reach(self, length: u32) -> u32 {
        let reach = (u64::from(length) * self.of).div_ceil(self.parts);
        u32::try_from(reach).unwrap_or(u32::MAX)
    }
}

/// Measures the spans of one text.
#[derive(Debug)]
pub(super) struct Ruler<'a> {
    text: &'a str,
    points: CodePoints,
}

impl<'a> Ruler<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, points: CodePoints::new(text) }
    }

    /// The extent of a span in bytes; of one that is nothing but marks and
    /// white space, all of it.
    pub(super) fn extent(&self, span: Span) -> Extent {
        let (start, end) = self.points.points(trimmed(self.text, span));
        Extent { start, end }
    }
}

/// The span without what [`Extent`] leaves out.
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of_text(text);
    let rest = words.trim_start_matches(is_loose);
    if rest.is_empty() {
        return span;
    }
    let start = span.start() + (words.len() - rest.len()) as u32;
    Span::new(start, start + rest.trim_end_matches(is_loose).len() as u32)
}

fn is_loose(c: char) -> bool {
    c.is_whitespace() || is_mark(c) || matches!(c, '.' | ',' | ';' | ':' | '-' | '–')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extent(text: &str, part: &str) -> Extent {
        let start = text.find(part).unwrap();
        Ruler::new(text).extent(Span::of(start..start + part.len()))
    }

    #[test]
    fn marks_spaces_and_stops_at_the_ends_do_not_count() {
        let text = "– „Één ding.” , zei ze; ‘nee’:";
        let bare = extent(text, "Één ding");
        assert_eq!((bare.start(), bare.end()), (3, 11));
        for part in ["„Één ding.”", "– „Één ding.” ,", "Één ding.", "„Één ding"]
        {
            assert_eq!(extent(text, part), bare, "{part}");
        }
        assert_eq!(extent(text, "‘nee’:").len(), 3);
        assert_eq!(extent("wat nu?!", "wat nu?!").len(), 8, "these are words of the speaker");
    }

    #[test]
    fn a_span_of_marks_alone_keeps_them() {
        assert_eq!(extent("Hij zweeg: „...”", "„...”").len(), 5);
    }

    #[test]
    fn thresholds_are_exact_at_their_edge() {
        let a = Extent { start: 0, end: 10 };
        let eight = a.overlap(Extent { start: 2, end: 10 });
        assert_eq!(eight, Overlap { shared: 8, union: 10 });
        assert!(eight.reaches(Threshold::MARKED) && !eight.is_exact());
        let less = Extent { start: 0, end: 100 }.overlap(Extent { start: 21, end: 100 });
        assert!(!less.reaches(Threshold::MARKED) && less.reaches(Threshold::LOOSE));
        let half = a.overlap(Extent { start: 5, end: 10 });
        assert!(half.reaches(Threshold::LOOSE));
        assert!(!a.overlap(Extent { start: 10, end: 20 }).reaches(Threshold::LOOSE));
        assert!(a.overlap(a).is_exact());
    }

    #[test]
    fn letters_weigh_the_same_with_and_without_accent() {
        let wide = "„ééééé aaaaa”";
        let whole = extent(wide, "„ééééé aaaaa”");
        assert_eq!(whole.overlap(extent(wide, "ééééé")), Overlap { shared: 5, union: 11 });
        assert_eq!(whole.overlap(extent(wide, "aaaaa")), Overlap { shared: 5, union: 11 });
    }
}
